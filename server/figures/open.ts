/**
 * Open figures as people read them: which periods are open, which areas have a clock, when it last came and when it
 * comes next. Figures of a period so far are read from `published.open_figure`; everything else is as for settled ones.
 */

import type { Sql } from "../../db/client";
import { installationNow, listHolidays } from "../clock";
import { nextDueSlot, type SlotName, slotByNumber, slotInWords } from "../domain/clock-slots";
import type { OpenClock, OpenFigures, OpenPeriod } from "../domain/figures";
import {
  type Day,
  dayOf,
  type Period,
  periodInWords,
  periodNumber,
  periodText,
  settlesOn,
} from "../domain/period";
import { unsettledPeriods } from "../domain/settling";

const TYPES = ["month", "quarter", "year"] as const;

/** What is open at an instant, and by whose choice of clocks it moves. */
export interface OpenNow {
  now: Date;
  holidays: ReadonlySet<Day>;
  /** Periods that have begun and have not settled. */
  periods: readonly Period[];
  /** The year whose clocks are in force; null: none were ever chosen. */
  clocksOf: number | null;
  /** Whether anything open can be shown at all. */
  isLive: boolean;
}

/** Reads what is open: once for each answer that tells of it. */
export async function readOpenNow(reader: Sql): Promise<OpenNow> {
  const [now, holidays, [row]] = await Promise.all([
    installationNow(reader),
    listHolidays(reader),
    reader<{ settled: number[]; clocksOf: number | null; isLive: boolean }[]>`
      select array(select period::int from published.settled_period) as settled, c.year as clocks_of,
        exists (select from published.clock where financial_year = c.year) as is_live
      from (select max(financial_year) as year from published.clock_choice) as c`,
  ]);
  const settled = new Set(row?.settled);
  const periods = unsettledPeriods({
    today: dayOf(now),
    holidays,
    isSettled: (number) => settled.has(number),
  });
  return { now, holidays, periods, clocksOf: row?.clocksOf ?? null, isLive: row?.isLive ?? false };
}

/** Periods that have begun and have not settled, by type; of each type the next to settle first. */
export function listOpen({ periods, holidays, isLive }: OpenNow): OpenPeriod[] {
  return TYPES.flatMap((type) =>
    periods
      .filter((period) => period.type === type)
      .map((period) => ({
        period: periodText(period),
        type,
        words: periodInWords(period),
        settlesOn: settlesOn(period, holidays),
        isLive,
      })),
  );
}

/** The day on which a period that is open and live settles; null when it is settled, to come, or nothing is live. */
export function findOpen({ periods, holidays, isLive }: OpenNow, period: Period): { settlesOn: Day } | null {
  const number = periodNumber(period);
  if (!isLive || !periods.some((each) => periodNumber(each) === number)) return null;
  return { settlesOn: settlesOn(period, holidays) };
}

/** The clocks in force of a node: by area, and each slot with its last and next instant. */
export interface ClocksOfNode {
  slotOf: ReadonlyMap<number, SlotName>;
  clockOf: (slot: SlotName) => OpenClock;
}

/** Clocks of a node, as it is counted, in cells of these areas. */
export async function readClocks(
  reader: Sql,
  { now, holidays, clocksOf }: OpenNow,
  node: number,
  areas: readonly number[],
): Promise<ClocksOfNode> {
  const [rows, passed] = await Promise.all([
    reader<{ area: number; slot: number }[]>`
      select area, slot from published.clock
      where financial_year = ${clocksOf} and node = ${node} and slice = 0 and slot is not null
        and area = any(${[...new Set(areas)]}::int[])`,
    reader<{ slot: number; slotAt: Date | null; lookedAt: Date }[]>`
      select slot, slot_at, looked_at from published.passed_slot`,
  ]);
  const looks = new Map(passed.map((row) => [slotByNumber(row.slot), row]));
  return {
    slotOf: new Map(rows.map((row) => [row.area, slotByNumber(row.slot)])),
    clockOf(slot) {
      const look = looks.get(slot) ?? { slotAt: null, lookedAt: now };
      return {
        slot,
        words: slotInWords(slot),
        lastAt: look.slotAt?.toISOString() ?? null,
        nextAt: nextDueSlot(slot, look, now, holidays).toISOString(),
      };
    },
  };
}

/** What a map of an open period says beside its figures, for areas by the cell that serves each (null: refused). */
export function openFiguresOf(
  settles: Day,
  clocks: ClocksOfNode,
  cells: readonly (number | null)[],
): OpenFigures {
  const slots = cells.map((cell) => (cell === null ? null : (clocks.slotOf.get(cell) ?? null)));
  const used = [...new Set(slots.filter((slot) => slot !== null))];
  const places = new Map(used.map((slot, at) => [slot, at]));
  return {
    settlesOn: settles,
    clocks: used.map(clocks.clockOf),
    clockOf: slots.map((slot) => (slot === null ? null : (places.get(slot) ?? null))),
  };
}
