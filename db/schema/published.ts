/**
 * Figures that have passed disclosure control, and what must be known to read them. The commissioner and public
 * connections can select from here and from `reference`, and from nowhere else.
 */

import { sql } from "drizzle-orm";
import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

export const published = pgSchema("published");

/**
 * Figures in force. A settled period without a row for a cell shows "fewer than 10". Its key, (node, slice,
 * period, area), carries the figure, so that a map is read from the index alone: see `guards.sql`.
 */
export const figure = published.table("figure", {
  node: smallint().notNull(),
  slice: smallint().notNull().default(0),
  period: smallint().notNull(),
  area: integer().notNull(),
  figure: integer().notNull(),
  /** Share of people who cannot be recognised again, as a band: see domain/disclosure. */
  anonymousBand: smallint().notNull(),
  releaseNo: integer().notNull(),
});

/** Figures that a later release replaced or withdrew, so that each release can be read as it was. */
export const supersededFigure = published.table(
  "superseded_figure",
  {
    node: smallint().notNull(),
    slice: smallint().notNull().default(0),
    period: smallint().notNull(),
    area: integer().notNull(),
    /** Null: it was hidden. */
    figure: integer(),
    fromReleaseNo: integer().notNull(),
    untilReleaseNo: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.node, t.slice, t.period, t.area, t.untilReleaseNo] })],
);

/** Periods that have settled. */
export const settledPeriod = published.table("settled_period", {
  period: smallint().primaryKey(),
  settledOn: date().notNull(),
  releaseNo: integer().notNull(),
  revisedOn: date(),
});

/** A frozen set of figures: settled periods and dated revisions. */
export const release = published.table("release", {
  number: integer().primaryKey(),
  madeOn: date().notNull(),
  madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  /** Periods settled and revised, figures moved. */
  summary: jsonb().notNull(),
});

/** Who contributed to a settled period in an area, as a band. */
export const coverage = published.table(
  "coverage",
  {
    period: smallint().notNull(),
    area: integer().notNull(),
    organisationsBand: smallint().notNull(),
    /** Whether an organisation began or stopped since the period before and since the year before: domain/coverage. */
    changed: smallint().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.period, t.area] }),
    // Few areas of a map: without it, all of them are looked through.
    index("coverage_changed").on(t.period, t.area).where(sql`changed <> 0`),
  ],
);

/** What open maps listen for; NOTIFY only rings the bell. */
export const event = published.table("event", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  /** settled or revised. */
  kind: text().notNull(),
  period: smallint().notNull(),
});
