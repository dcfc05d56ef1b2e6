/**
 * The engine's own. Nothing outside the statistics engine reads or writes it, except that a transaction which
 * changes what a person presented adds that person to `changed_person`.
 */

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { xid8 } from "./columns";

export const statistics = pgSchema("statistics");

/** People to recount. Insert-only for all but the engine, which takes whole transactions. */
export const changedPerson = statistics.table("changed_person", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  transaction: xid8().notNull().default(sql`pg_current_xact_id()`),
  personId: uuid().notNull(),
  /** The first day on which anything is otherwise than before. Null: nobody says. */
  since: date(),
  markedAt: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
});

/**
 * What was last counted: one row for a person, need, release sector and financial year. `months` has April as
 * bit 0; `settled` has, for each of the year's 17 periods (months 0-11, quarters 12-15, year 16), whether the
 * row was in that period's first settled set. The person is a pseudonym: the record key of disclosure control.
 */
export const presence = statistics.table(
  "presence",
  {
    personKey: bigint({ mode: "bigint" }).notNull(),
    financialYear: smallint().notNull(),
    needNumber: smallint().notNull(),
    releaseSector: integer().notNull(),
    months: smallint().notNull(),
    settled: integer().notNull().default(0),
    anonymous: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personKey, t.needNumber, t.releaseSector, t.financialYear] }),
    index("presence_place").on(t.releaseSector, t.financialYear, t.needNumber),
  ],
);

/** How a later settlement of a period differs from the one before it, row by row (in becomes out, out becomes in). */
export const settledChange = statistics.table(
  "settled_change",
  {
    period: smallint().notNull(),
    settleNo: smallint().notNull(),
    personKey: bigint({ mode: "bigint" }).notNull(),
    needNumber: smallint().notNull(),
    releaseSector: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.period, t.settleNo, t.personKey, t.needNumber, t.releaseSector] }),
    index("settled_change_person").on(t.personKey),
  ],
);

/**
 * Running count and cell key. A sector or district cell has a row once it has reached five people; an
 * authority, region or nation from the first. Once the cell's open figure has been made, the row stays and keeps who
 * changed since, until its period settles.
 */
export const cell = statistics.table(
  "cell",
  {
    area: integer().notNull(),
    node: smallint().notNull(),
    slice: smallint().notNull().default(0),
    period: smallint().notNull(),
    people: integer().notNull(),
    cellKey: bigint({ mode: "bigint" }).notNull(),
    /** How often the open figure has been made. */
    refreshNo: integer().notNull().default(0),
    /** Who is in one and not the other: this set, and the one that the open figure stands for. */
    changed: bigint({ mode: "bigint" }).array().notNull().default(sql`'{}'`),
  },
  (t) => [primaryKey({ columns: [t.area, t.node, t.slice, t.period] })],
);

/**
 * What the counts rest on: the disclosure key ("key") and the geography of each financial year ("geography 2026"),
 * by fingerprint. Under another key the engine refuses to count; under another geography it forms that year's
 * cells again.
 */
export const basis = statistics.table("basis", {
  name: text().primaryKey(),
  fingerprint: text().notNull(),
});

/** A period that has been settled, and how often. */
export const settlement = statistics.table("settlement", {
  period: smallint().primaryKey(),
  settleNo: smallint().notNull(),
  settledOn: date().notNull(),
  releaseNo: integer().notNull(),
});

/**
 * What a settled cell shows and where its figure came from: the period and settlement whose set it stands for.
 * No row: fewer than five people, hidden, standing for its own set.
 */
export const settledCell = statistics.table(
  "settled_cell",
  {
    area: integer().notNull(),
    node: smallint().notNull(),
    slice: smallint().notNull().default(0),
    period: smallint().notNull(),
    settleNo: smallint().notNull(),
    sourcePeriod: smallint().notNull(),
    sourceSettleNo: smallint().notNull(),
    /** Null: hidden. */
    figure: integer(),
    /** Share of people who cannot be recognised again, of the set that the figure stands for. */
    anonymousBand: smallint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.period, t.area, t.node, t.slice] })],
);
