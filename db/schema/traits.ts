/**
 * What the statistics may know of people besides the needs they brought: the month of birth and the sex. The linker,
 * which alone opens details, writes them for each client under a key that the engine holds too; the engine keeps what
 * it made of them by the pseudonym of the person.
 */

import { bigint, integer, primaryKey, smallint, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytes } from "./columns";
import { identity } from "./identity";
import { statistics } from "./statistics";

/** The traits of a client, sealed for the engine. Anonymous clients have none. */
export const trait = identity.table(
  "trait",
  {
    organisationId: integer().notNull(),
    clientId: uuid().notNull(),
    /** Null: the date of birth does not open; it is tried again each day. */
    traits: bytes(),
    /** The version of the details that was looked at (client_identity); after a change they are looked at again. */
    identityVersion: integer().notNull(),
    lookedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.clientId] })],
);

/**
 * The traits of a person as counted, from a settlement on: the one with the highest number holds now, and each settled
 * set is of the one that held when it settled. No row: nothing is known.
 */
export const personTrait = statistics.table(
  "person_trait",
  {
    personKey: bigint({ mode: "bigint" }).notNull(),
    fromSettlement: integer().notNull(),
    /** Month and sex as one number: see domain/slices. */
    traits: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personKey, t.fromSettlement] })],
);

/** The order in which periods settled and were settled again: which traits a settled set is of. */
export const settlementOrder = statistics.table("settlement_order", {
  number: integer().primaryKey(),
  period: smallint().notNull(),
  settleNo: smallint().notNull(),
});
