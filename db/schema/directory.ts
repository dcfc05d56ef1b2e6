/**
 * The directory of services: one for all organisations of the installation, readable by everybody. An entry keeps
 * what its source states; what people change by hand stands beside it, field by field, so that loading the source
 * again never undoes their work. Nothing here is about a client.
 */

import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { organisation, service } from "./casework";
import { withinOrganisation } from "./columns";
import { reference } from "./reference";

/** One row: a number that grows with every change, so that whoever holds a copy knows when it is old. */
export const directoryState = reference.table("directory_state", {
  id: smallint().primaryKey().default(1),
  version: bigint({ mode: "bigint" }).notNull(),
});

/** A published directory that has been loaded, from files or from an address. */
export const directorySource = reference.table("directory_source", {
  number: smallint().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique(),
});

/** One service. It comes from a source, was added by an organisation by hand, or is a service on this installation. */
export const directoryEntry = reference.table(
  "directory_entry",
  {
    id: uuid().primaryKey(),
    source: smallint().references(() => directorySource.number),
    /** Its id in the source. */
    externalId: text(),
    /** Who added it, or whose service it is; null for what was loaded. */
    organisationId: integer().references(() => organisation.id),
    /** The service on this installation that it is. */
    serviceId: uuid(),
    /** What the source, or whoever added it, states: `ServiceFacts` of server/domain/directory.ts. */
    stated: jsonb().notNull(),
    /** Digest of what is stated: loading the same again changes nothing. */
    digest: text().notNull(),
    /** The day on which a full load of the source no longer held it. */
    missingSince: date(),
    /** Taken back by whoever added it. */
    withdrawnOn: date(),
  },
  (t) => [
    unique("directory_entry_external").on(t.source, t.externalId),
    unique("directory_entry_service").on(t.organisationId, t.serviceId),
    withinOrganisation(t, t.serviceId, service),
  ],
);

/** One field of an entry, changed by hand. The newest that has not been undone stands. */
export const directoryChange = reference.table(
  "directory_change",
  {
    id: uuid().primaryKey(),
    entryId: uuid()
      .notNull()
      .references(() => directoryEntry.id),
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    /** Its name then: organisations do not see each other's rows. */
    organisationName: text().notNull(),
    field: text().notNull(),
    value: jsonb().notNull(),
    changedOn: date().notNull(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    undoneAt: timestamp({ withTimezone: true }),
  },
  (t) => [index("directory_change_entry").on(t.entryId)],
);
