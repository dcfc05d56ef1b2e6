/**
 * What lets somebody see their own record, and on which basis an organisation holds it: codes that a worker gives, of
 * which a keyed hash is kept, and the basis for each purpose, of which every choice stays to be read.
 */

import {
  bigint,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { client, organisation } from "./casework";
import { bytes, withinOrganisation } from "./columns";
import { governance } from "./governance";

/** A code that opens one client's page to the person themself, together with their date of birth. */
export const residentCode = governance.table(
  "resident_code",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    codeHash: bytes().notNull().unique(),
    madeBy: uuid().notNull(),
    /** Real time, as for every key to a door. */
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    revokedAt: timestamp({ withTimezone: true }),
    usedAt: timestamp({ withTimezone: true }),
    /** Wrong dates of birth that were given with it; too many, and it is revoked. */
    wrongDates: smallint().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("resident_code_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.clientId, client),
  ],
);

/** On which basis an organisation holds what it records, for one purpose. The latest of a purpose stands. */
export const recordingBasis = governance.table(
  "recording_basis",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    number: bigint({ mode: "bigint" }).notNull().generatedAlwaysAsIdentity(),
    /** A code of domain/recording-basis.ts, and so are the next two. */
    purpose: text().notNull(),
    basis: text().notNull(),
    condition: text().notNull(),
    setBy: uuid().notNull(),
    setAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.number] }),
    unique("recording_basis_purpose").on(t.organisationId, t.purpose, t.number),
  ],
);
