/**
 * When a scheduled summary is prepared: for the team on the day after its period ends, for everybody else when the
 * period has settled, so that late entries are in it. Pure: the day and the calendar are passed in.
 */

import {
  addDays,
  type Day,
  lastDayOf,
  nextPeriod,
  type Period,
  type PeriodType,
  periodOf,
  previousPeriod,
  settlesOn,
} from "../period";
import { type Audience, leavesOrganisation } from "./plan";

/** The day from which a period's summary is prepared for an audience. */
export function preparedOn(period: Period, audience: Audience, holidays: ReadonlySet<Day>): Day {
  return leavesOrganisation(audience) ? settlesOn(period, holidays) : addDays(lastDayOf(period), 1);
}

/** The first period of a new schedule: the earliest whose day has not come. */
export function firstScheduled(
  every: Extract<PeriodType, "month" | "quarter">,
  audience: Audience,
  today: Day,
  holidays: ReadonlySet<Day>,
): Period {
  let first = periodOf(every, today);
  // A period settles a month or so after its end: of months, the one before last may still be to come.
  while (preparedOn(previousPeriod(first), audience, holidays) > today) first = previousPeriod(first);
  return first;
}

/** The periods that are due on a day, beginning with the next one, oldest first; at most so many. */
export function duePeriods(
  next: Period,
  audience: Audience,
  today: Day,
  holidays: ReadonlySet<Day>,
  most: number,
): Period[] {
  const due: Period[] = [];
  for (let period = next; due.length < most; period = nextPeriod(period)) {
    if (preparedOn(period, audience, holidays) > today) break;
    due.push(period);
  }
  return due;
}
