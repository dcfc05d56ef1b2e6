/**
 * Chooses the clocks of open figures, once a year and from published figures alone: on the first Monday of June, when
 * the year that ended in March has settled. An installation without clocks gets its first as soon as a quarter has.
 */

import type { Db, Sql, Tx } from "../../db/client";
import { installationNow, listHolidays } from "../clock";
import { clockYearOf, expectedInYear, SLOTS, slotFor, slotNumber } from "../domain/clock-slots";
import { groupOf } from "../domain/counting";
import { readFigure } from "../domain/disclosure";
import {
  type Day,
  dayOf,
  firstDayOf,
  type Period,
  periodByNumber,
  periodNumber,
  periodText,
} from "../domain/period";
import { duePeriods } from "../domain/settling";
import { findFirstDay } from "./basis";
import { loadNesting, type Nesting } from "./nesting";
import { tryWriting } from "./writer";

export interface ChosenClocks {
  financialYear: number;
  /** The settled period whose figures they were chosen from. */
  from: string;
  clocks: number;
}

/** Chooses the year's clocks when their day has come. Null: not yet, long since, or another engine is at work. */
export async function chooseClocks(stats: Sql): Promise<ChosenClocks | null> {
  // Asked every ten seconds, answered once a year: without the lock of a writer.
  if (!(await findSource(stats))) return null;
  return tryWriting(stats, async (tx) => {
    const source = await findSource(tx);
    return source ? choose(tx, source) : null;
  });
}

interface Source {
  financialYear: number;
  today: Day;
  period: Period;
}

/** The choice to be made now, and the settled period to make it from. */
async function findSource(db: Db): Promise<Source | null> {
  const now = await installationNow(db);
  const today = dayOf(now);
  const financialYear = clockYearOf(today);
  const choices = await db<{ financialYear: number }[]>`select financial_year from published.clock_choice`;
  if (choices.some((choice) => choice.financialYear >= financialYear)) return null;
  const rows = await db<{ period: number }[]>`select period from published.settled_period`;
  const settled = new Set(rows.map((row) => row.period));
  const latest = (type: Period["type"]) =>
    [...settled]
      .map(periodByNumber)
      .filter((period) => period.type === type)
      .sort((a, b) => (firstDayOf(a) < firstDayOf(b) ? 1 : -1))[0];
  const year = latest("year");
  // Last year's clocks stay in force until the year that ended in March has settled.
  if (choices.length > 0 && (year === undefined || year.financialYear < financialYear - 1)) return null;
  const period = year ?? latest("quarter");
  if (!period || (await isSettling(db, today, settled))) return null;
  return { financialYear, today, period };
}

/** Whether a period is due: a later one might be the one to choose from. */
async function isSettling(db: Db, today: Day, settled: ReadonlySet<number>): Promise<boolean> {
  const firstDay = await findFirstDay(db);
  if (!firstDay) return true;
  const holidays = await listHolidays(db);
  return duePeriods({ firstDay, today, holidays, isSettled: (number) => settled.has(number) }).length > 0;
}

async function choose(tx: Tx, { financialYear, today, period }: Source): Promise<ChosenClocks> {
  const rows = await tx<{ area: number; node: number; figure: number }[]>`
    select area, node, figure from published.figure
    where period = ${periodNumber(period)} and slice = 0 and node between 0 and 250`;
  const figures = new Map(rows.map((row) => [groupOf(row.area, row.node), readFigure(row.figure)]));
  const nodes = [...new Set(rows.map((row) => row.node))];
  const nesting = await loadNesting(tx);
  const chosen: { area: number; node: number; slot: number }[] = [];
  for (const [area, then] of await listCells(tx, nesting, financialYear, period.financialYear)) {
    for (const node of nodes) {
      const figure = figures.get(groupOf(then, node)) ?? null;
      const slot = slotFor(expectedInYear(period.type === "year" ? { year: figure } : { quarter: figure }));
      if (slot !== null) chosen.push({ area, node, slot: slotNumber(slot) });
    }
  }
  await tx`
    insert into published.clock_choice (financial_year, chosen_on, from_period)
    values (${financialYear}, ${today}, ${periodNumber(period)})`;
  await tx`
    insert into published.clock (financial_year, node, area, slot)
    select ${financialYear}, node, area, slot
    from unnest(
      ${chosen.map((each) => each.node)}::smallint[],
      ${chosen.map((each) => each.area)}::int[],
      ${chosen.map((each) => each.slot)}::smallint[]
    ) as t (node, area, slot)`;
  const now = await installationNow(tx);
  await tx`
    insert into published.passed_slot (slot, looked_at)
    select slot, ${now} from unnest(${SLOTS.map(({ number }) => number)}::smallint[]) as t (slot)
    on conflict do nothing`;
  return { financialYear, from: periodText(period), clocks: chosen.length };
}

/** Areas with cells of their own in the year of the clocks, each with the area whose cell stood for it then. */
async function listCells(
  tx: Tx,
  nesting: Nesting,
  financialYear: number,
  then: number,
): Promise<Map<number, number>> {
  const rows = await tx<{ area: number }[]>`
    select distinct area from published.figure where node between 0 and 250 and slice = 0
    union select number from reference.area`;
  const cells = new Map<number, number>();
  for (const { area } of rows) {
    if (nesting.finest(financialYear, area) === area) cells.set(area, nesting.finest(then, area));
  }
  return cells;
}
