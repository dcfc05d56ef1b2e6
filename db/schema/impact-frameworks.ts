/**
 * An organisation's own frameworks of outcomes, as a funder asks for them: named once, mapped to needs once, and chosen for
 * any summary after that. A change of lines is a new version, so that what was counted by an older one can be read.
 */

import { integer, jsonb, primaryKey, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { casework, member, organisation } from "./casework";
import { withinOrganisation } from "./columns";

export const ownFramework = casework.table(
  "own_framework",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    name: text().notNull(),
    /** Whose outcomes they are; empty: the organisation's. */
    funder: text().notNull().default(""),
    closedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("own_framework_name").on(t.organisationId, t.name),
  ],
);

/** The lines of a framework from a moment on; never changed. */
export const ownFrameworkVersion = casework.table(
  "own_framework_version",
  {
    organisationId: integer().notNull(),
    frameworkId: uuid().notNull(),
    version: integer().notNull(),
    /** A list of { code, label, needs }: needs are codes of the taxonomy. */
    lines: jsonb().notNull(),
    madeBy: uuid(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.frameworkId, t.version] }),
    withinOrganisation(t, t.frameworkId, ownFramework),
    withinOrganisation(t, t.madeBy, member),
  ],
);
