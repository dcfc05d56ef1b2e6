/** Domains that come together: people who brought needs of both in an area in a quarter or year, as figures. */

import { integer, primaryKey, smallint } from "drizzle-orm/pg-core";
import { published } from "./published";
import { statistics } from "./statistics";

/** In force. A settled period without a row for a pair shows "fewer than 10". `domainA` is the lower number. */
export const pairFigure = published.table(
  "pair_figure",
  {
    period: smallint().notNull(),
    area: integer().notNull(),
    domainA: smallint().notNull(),
    domainB: smallint().notNull(),
    figure: integer().notNull(),
    releaseNo: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.period, t.area, t.domainA, t.domainB] })],
);

/** What a settled pair shows, and the settled set that its figure stands for. */
export const settledPair = statistics.table(
  "settled_pair",
  {
    period: smallint().notNull(),
    area: integer().notNull(),
    domainA: smallint().notNull(),
    domainB: smallint().notNull(),
    sourcePeriod: smallint().notNull(),
    sourceSettleNo: smallint().notNull(),
    /** Null: hidden. */
    figure: integer(),
  },
  (t) => [primaryKey({ columns: [t.period, t.area, t.domainA, t.domainB] })],
);
