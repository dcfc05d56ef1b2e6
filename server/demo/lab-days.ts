/** When the made outcome data of the demo begins and ends, and how long people in it are followed. */

import { addDays, type Day, lastDayOf, periodOf, shiftPeriod } from "../domain/period";

/** The days of the made extract, from the demo's today. */
export interface LabDays {
  /** First and last day on which somebody in it was sentenced. */
  from: Day;
  to: Day;
  /** Last day of whatever happened afterwards. */
  completeTo: Day;
  /** First and last start of a mentor in the cohort that the charity sends: two years, all of them followed for a year. */
  startedFrom: Day;
  startedTo: Day;
}

/** Days for which people are followed. */
export const FOLLOW_UP = 365;
/** Longest time in days between a sentence and the start of a programme, either way. */
export const ANCHOR_DAYS = 180;
/** Days in the extract. */
export const DAYS = 4 * FOLLOW_UP + 1;

/**
 * Four years to the end of the quarter before last. Every length is a number of days, so that the same people join and
 * are lost whenever a demo is loaded.
 */
export function labDays(today: Day): LabDays {
  const completeTo = lastDayOf(shiftPeriod(periodOf("quarter", today), -2));
  const before = (count: number) => addDays(completeTo, -count);
  return {
    ...{ from: before(DAYS - 1), to: completeTo, completeTo },
    ...{ startedFrom: before(3 * FOLLOW_UP), startedTo: before(FOLLOW_UP) },
  };
}
