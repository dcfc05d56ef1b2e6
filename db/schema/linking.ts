/**
 * What linking keeps beside its register of assertions (identity.link_assertion): the tokens by which clients who
 * could be one person meet, how far each client has come, and the models that weighed them. Pairs that wait for a
 * steward are in `link-reviews.ts`. No login reads any of it but through the functions of `linking.sql`.
 */

import { bigint, index, integer, jsonb, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytes } from "./columns";
import { identity } from "./identity";

/** How a client stands with linking. Without a row it has not been looked at; the linker finds it. */
export const linkingState = identity.table(
  "linking_state",
  {
    organisationId: integer().notNull(),
    clientId: uuid().notNull(),
    /** Key and version of the rules that its tokens were made with, "1/1"; others are made again. */
    keyedWith: text().notNull(),
    /** The model that it was last weighed with; after a newer one it is weighed again. "unreadable": a value of it does not open. */
    linkedWith: text().notNull(),
    /** The version of its details that was looked at (client_identity); after a change it is looked at again. */
    identityVersion: integer().notNull(),
    linkedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.clientId] }),
    index("linking_state_made_with").on(t.keyedWith, t.linkedWith),
  ],
);

/** Keyed tokens of a few details together, 64 bits: clients that share one are compared. */
export const blockingKey = identity.table(
  "blocking_key",
  {
    token: bigint({ mode: "bigint" }).notNull(),
    organisationId: integer().notNull(),
    clientId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.token, t.organisationId, t.clientId] }),
    index("blocking_key_client").on(t.organisationId, t.clientId),
  ],
);

/** What estimation learnt from the clients here: weights for everybody to read, and how common names are, sealed. */
export const linkModel = identity.table("link_model", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  /** Clients that it was estimated from. */
  clients: integer().notNull(),
  parameters: jsonb().notNull(),
  frequencies: bytes().notNull(),
});
