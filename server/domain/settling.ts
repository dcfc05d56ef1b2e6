/**
 * Settling: when a period's figures are made, in which order, and which settled sets could be near to one that
 * settles now (`docs/methods/disclosure.md`). Pure: the day, the calendar and what has settled are passed in.
 */

import {
  type Day,
  financialYearOf,
  firstDayOf,
  lastDayOf,
  type Period,
  type PeriodType,
  periodNumber,
  periodsInside,
  previousPeriod,
  settlesOn,
} from "./period";

const LENGTH: Readonly<Record<PeriodType, number>> = { month: 1, quarter: 3, year: 12 };

/** Order in which periods settle: by their last month; months, then quarters, then years that end with it. */
export function bySettling(a: Period, b: Period): number {
  return endMonth(a) - endMonth(b) || LENGTH[a.type] - LENGTH[b.type];
}

function endMonth({ type, financialYear, index }: Period): number {
  return financialYear * 12 + (index + 1) * LENGTH[type];
}

function* periodsOfYear(financialYear: number): Generator<Period> {
  const year: Period = { type: "year", financialYear, index: 0 };
  yield* periodsInside(year);
  yield year;
}

/** Periods that should have settled by a day and have not, in the order to settle them. */
export function duePeriods(known: {
  /** The first day of the first month in which anything was counted. */
  firstDay: Day;
  today: Day;
  holidays: ReadonlySet<Day>;
  isSettled: (period: number) => boolean;
}): Period[] {
  const due: Period[] = [];
  for (let year = financialYearOf(known.firstDay); year <= financialYearOf(known.today); year += 1) {
    for (const period of periodsOfYear(year)) {
      if (lastDayOf(period) < known.firstDay || lastDayOf(period) >= known.today) continue;
      if (known.isSettled(periodNumber(period))) continue;
      if (settlesOn(period, known.holidays) <= known.today) due.push(period);
    }
  }
  return due.sort(bySettling);
}

/** Periods that have begun and are neither settled nor due: their figures are open. In the order in which they settle. */
export function openPeriods(known: {
  today: Day;
  holidays: ReadonlySet<Day>;
  isSettled: (period: number) => boolean;
}): Period[] {
  const open: Period[] = [];
  const financialYear = financialYearOf(known.today);
  for (const year of [financialYear - 1, financialYear]) {
    for (const period of periodsOfYear(year)) {
      if (firstDayOf(period) > known.today || known.isSettled(periodNumber(period))) continue;
      if (settlesOn(period, known.holidays) > known.today) open.push(period);
    }
  }
  return open.sort(bySettling);
}

/**
 * Periods whose settled sets could be near to this one's: its own earlier settlement, the period of the same type
 * before it, and the settled periods inside it. Nearest first where two are equally near.
 */
export function neighboursOf(period: Period, isSettled: (period: number) => boolean): Period[] {
  return [period, previousPeriod(period), ...periodsInside(period)].filter((each) =>
    isSettled(periodNumber(each)),
  );
}
