/**
 * When the made world happens: two years of whole quarters, the last of which settles in a few days. It begins
 * relative to the day of loading, so that a demo is never old; the same day gives the same timeline.
 */

import {
  addDays,
  type Day,
  firstDayOf,
  isWorkingDay,
  lastDayOf,
  type Period,
  periodOf,
  previousPeriod,
  settlesOn,
  shiftPeriod,
} from "../domain/period";

export interface Timeline {
  /** First day with contacts: the start of the first of eight quarters. */
  firstDay: Day;
  /** The day it is when the demo has been loaded; contacts up to the evening before are there. */
  today: Day;
  /** The quarter that settles after the first week has been run. */
  quarter: Period;
  settlesOn: Day;
  /** Last day for which contacts are made: "Run a week" has this far to go. */
  lastDay: Day;
  /** Thornbeck Works closes, in month 14. */
  worksClosesOn: Day;
  /** The police of the city begin to record with the others, in month 16: a rise there that is no rise of need. */
  cityPoliceBeginOn: Day;
  /** The pantry of Saltersea opens, in month 18. */
  pantryOpensOn: Day;
}

/** Working days between today and the settling of the quarter. */
const DAYS_BEFORE = 3;
/** Weeks that can be run: past the settling of the next quarter too. */
const WEEKS_AHEAD = 16;
const QUARTERS = 8;

/** The timeline of a demo loaded on a day: its today is the first such day not before it. */
export function makeTimeline(loadedOn: Day, holidays: ReadonlySet<Day>): Timeline {
  let quarter = previousPeriod(periodOf("quarter", loadedOn));
  while (daysBefore(settlesOn(quarter, holidays), holidays) < loadedOn) quarter = shiftPeriod(quarter, 1);
  const settles = settlesOn(quarter, holidays);
  const today = daysBefore(settles, holidays);
  const first = shiftPeriod(quarter, 1 - QUARTERS);
  const month = (number: number, day: number) =>
    addDays(firstDayOf(shiftPeriod(periodOf("month", firstDayOf(first)), number - 1)), day - 1);
  return {
    firstDay: firstDayOf(first),
    today,
    quarter,
    settlesOn: settles,
    lastDay: addDays(today, WEEKS_AHEAD * 7 - 1),
    worksClosesOn: month(14, 9),
    cityPoliceBeginOn: month(16, 1),
    pantryOpensOn: month(18, 4),
  };
}

function daysBefore(settles: Day, holidays: ReadonlySet<Day>): Day {
  let day = settles;
  for (let left = DAYS_BEFORE; left > 0; ) {
    day = addDays(day, -1);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return day;
}

/** The days on which something settles, from the first day to one day, in order. */
export function settlingDays(timeline: Timeline, until: Day, holidays: ReadonlySet<Day>): Day[] {
  const days = new Set<Day>();
  let month = periodOf("month", timeline.firstDay);
  while (lastDayOf(month) < until) {
    const day = settlesOn(month, holidays);
    if (day <= until) days.add(day);
    month = shiftPeriod(month, 1);
  }
  return [...days].sort();
}
