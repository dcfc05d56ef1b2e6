/** Costs of one person's outcome, worked out by somebody else, that an organisation uses for estimates of value. */

import {
  doublePrecision,
  integer,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { casework, organisation } from "./casework";

export const unitCost = casework.table(
  "unit_cost",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    name: text().notNull(),
    /** Which people it is a cost of (`COST_BASES` of server/domain/impact/value.ts), and for which need. */
    basis: text().notNull(),
    path: text().notNull(),
    /** Pounds, with pence. */
    value: doublePrecision().notNull(),
    low: doublePrecision().notNull(),
    high: doublePrecision().notNull(),
    source: text().notNull(),
    year: smallint().notNull(),
    confidence: text().notNull(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    closedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    unique("unit_cost_name").on(t.organisationId, t.name),
  ],
);
