/**
 * Figures of periods that have not settled, and the clocks by which they move. All of it may be seen from outside:
 * which people changed, and how often a figure was made afresh, stay with the engine (`statistics.cell`).
 */

import { date, index, integer, primaryKey, smallint, timestamp } from "drizzle-orm/pg-core";
import { published } from "./published";

/**
 * Open figures. No row: fewer than 10 so far, or not live. It is not kept when a figure was last made afresh, because a
 * figure made afresh that shows the same number must not be told from one that was not made.
 */
export const openFigure = published.table(
  "open_figure",
  {
    node: smallint().notNull(),
    slice: smallint().notNull().default(0),
    period: smallint().notNull(),
    area: integer().notNull(),
    figure: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.node, t.slice, t.period, t.area] })],
);

/**
 * The clock of each live cell from one choice to the next: see domain/clock-slots. One clock serves all open periods of
 * the cell. No row: the cell is not live.
 */
export const clock = published.table(
  "clock",
  {
    /** The year whose choice it is. */
    financialYear: smallint().notNull(),
    node: smallint().notNull(),
    slice: smallint().notNull().default(0),
    area: integer().notNull(),
    /** Null: too few new people came, and what it shows stands still until it settles. */
    slot: smallint(),
    /** Slots running at which none of the cell's figures changed. */
    silentSlots: smallint().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.financialYear, t.node, t.slice, t.area] }),
    index("clock_slot").on(t.financialYear, t.slot),
  ],
);

/** When clocks were chosen, and from the figures of which settled period. */
export const clockChoice = published.table("clock_choice", {
  financialYear: smallint().primaryKey(),
  chosenOn: date().notNull(),
  fromPeriod: smallint().notNull(),
});

/** The last slot of each length at which the engine looked. Instants of the installation's clock. */
export const passedSlot = published.table("passed_slot", {
  slot: smallint().primaryKey(),
  /** Null: none since the first clocks were chosen. */
  slotAt: timestamp({ withTimezone: true }),
  /** When it looked, or when the first clocks were chosen. */
  lookedAt: timestamp({ withTimezone: true }).notNull(),
});
