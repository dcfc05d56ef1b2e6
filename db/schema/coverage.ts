/**
 * Who reports where: each organisation's own people as figures, which the engine keeps to itself; the panels of those
 * that reported throughout, with their settled sets; and what is told of it outward.
 */

import { bigint, doublePrecision, integer, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { published } from "./published";
import { reference } from "./reference";
import { statistics } from "./statistics";

/**
 * People of any need whom an organisation reported in an area in a settled period, as a figure. No row: hidden. It
 * leaves only as "reported here in this month" and "a tenth or more of the people".
 */
export const reporter = statistics.table(
  "reporter",
  {
    period: smallint().notNull(),
    area: integer().notNull(),
    /** The organisation's number. */
    reporter: integer().notNull(),
    figure: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.period, t.area, t.reporter] })],
);

/** Which organisations make the panel of a financial year, by the authority in which they reported throughout. */
export const panelUnit = statistics.table(
  "panel_unit",
  {
    financialYear: smallint().notNull(),
    /** month, quarter or year: each has its own newest period. */
    type: text().notNull(),
    area: integer().notNull(),
    reporter: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.financialYear, t.type, t.area, t.reporter] })],
);

/** How often the panel of a period has settled, by slice (domain/coverage). */
export const panelSettlement = statistics.table(
  "panel_settlement",
  { slice: smallint().notNull(), period: smallint().notNull(), settleNo: smallint().notNull() },
  (t) => [primaryKey({ columns: [t.slice, t.period] })],
);

/**
 * Who was in a panel's first settled set: bits by the 17 periods of the year, as in `presence`, for the panel of the
 * period's own year and for that of the next.
 */
export const panelPresence = statistics.table(
  "panel_presence",
  {
    personKey: bigint({ mode: "bigint" }).notNull(),
    financialYear: smallint().notNull(),
    needNumber: smallint().notNull(),
    releaseSector: integer().notNull(),
    settled: integer().notNull().default(0),
    settledNext: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.personKey, t.needNumber, t.releaseSector, t.financialYear] })],
);

/** How a later settlement of a panel differs from the one before it, row by row. */
export const panelChange = statistics.table(
  "panel_change",
  {
    slice: smallint().notNull(),
    period: smallint().notNull(),
    settleNo: smallint().notNull(),
    personKey: bigint({ mode: "bigint" }).notNull(),
    needNumber: smallint().notNull(),
    releaseSector: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.slice, t.period, t.settleNo, t.personKey, t.needNumber, t.releaseSector] }),
  ],
);

/** What a settled cell of a panel shows, and the panel set that its figure stands for. */
export const settledPanelCell = statistics.table(
  "settled_panel_cell",
  {
    slice: smallint().notNull(),
    period: smallint().notNull(),
    area: integer().notNull(),
    node: smallint().notNull(),
    sourceSlice: smallint().notNull(),
    sourcePeriod: smallint().notNull(),
    sourceSettleNo: smallint().notNull(),
    /** Null: hidden. */
    figure: integer(),
  },
  (t) => [primaryKey({ columns: [t.slice, t.period, t.area, t.node] })],
);

/** Organisations by the authorities and larger areas where their own figure has shown, and from when to when. */
export const reporting = published.table(
  "reporting",
  {
    area: integer().notNull(),
    reporter: integer().notNull(),
    name: text().notNull(),
    /** Storage numbers of month periods. */
    firstMonth: smallint().notNull(),
    lastMonth: smallint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.area, t.reporter] })],
);

/** The organisations of an area's panel in a financial year, by type of period. */
export const panel = published.table(
  "panel",
  {
    financialYear: smallint().notNull(),
    type: text().notNull(),
    area: integer().notNull(),
    reporters: integer().array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.financialYear, t.type, t.area] })],
);

/** A published indicator of somebody else's, as its newest edition describes it: shown beside recorded need, never with it. */
export const indicator = reference.table("indicator", {
  /** The publisher's own number: "383". */
  code: text().primaryKey(),
  name: text().notNull(),
  definition: text().notNull(),
  source: text().notNull(),
  unit: text().notNull(),
  edition: smallint().notNull(),
});

/** A value of an indicator for an area and a time, as published in one edition. */
export const indicatorValue = reference.table(
  "indicator_value",
  {
    code: text().notNull(),
    edition: smallint().notNull(),
    areaCode: text().notNull(),
    /** As the publisher writes it: "2023/24". */
    timePeriod: text().notNull(),
    areaName: text().notNull(),
    value: doublePrecision().notNull(),
    /** 95% interval, where one is published. */
    low: doublePrecision(),
    high: doublePrecision(),
  },
  (t) => [primaryKey({ columns: [t.areaCode, t.code, t.edition, t.timePeriod] })],
);
