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

interface KnownSettlements {
  today: Day;
  holidays: ReadonlySet<Day>;
  isSettled: (period: number) => boolean;
}

/** Periods that have begun and are neither settled nor due: their figures may move. In the order in which they settle. */
export function openPeriods(known: KnownSettlements): Period[] {
  return begunPeriods(known).filter((period) => settlesOn(period, known.holidays) > known.today);
}

/**
 * Periods that have begun and have not settled, as people see them: one that is due stands until it has settled, where
 * an earlier one of its type has. Before the first there was nothing to settle.
 */
export function unsettledPeriods(known: KnownSettlements): Period[] {
  const lastSettled = new Map<PeriodType, number>();
  for (const year of yearsAround(known.today)) {
    for (const period of periodsOfYear(year)) {
      if (known.isSettled(periodNumber(period))) lastSettled.set(period.type, periodNumber(period));
    }
  }
  return begunPeriods(known).filter((period) => {
    const last = lastSettled.get(period.type);
    const follows = last !== undefined && periodNumber(period) > last;
    return follows || settlesOn(period, known.holidays) > known.today;
  });
}

function yearsAround(today: Day): number[] {
  const financialYear = financialYearOf(today);
  return [financialYear - 1, financialYear];
}

function begunPeriods({ today, isSettled }: KnownSettlements): Period[] {
  return yearsAround(today)
    .flatMap((year) => [...periodsOfYear(year)])
    .filter((period) => firstDayOf(period) <= today && !isSettled(periodNumber(period)))
    .sort(bySettling);
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
