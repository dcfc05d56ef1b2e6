/**
 * Whether enough people are left for anything to be said. Decided with a deliberate error, because the answer is one that
 * an organisation can ask for again and again: on exact numbers it would tell whether one person more was found.
 */

import { type Cohort, stepError } from "./deliberate-error";
import { FEWEST_MATCHED } from "./study";

/** People that one error is made of at the most. */
const REACH = 5;
/** Two errors of their own: no single person then decides in more than about one cohort of seven. */
const PARTS = ["one", "two"] as const;

/** People of whom it is as likely as not that they are enough. Whatever the error, `FEWEST_MATCHED` are there. */
export const ENOUGH = FEWEST_MATCHED + PARTS.length * REACH;

/** Whether so many people are enough to go on with. The same cohort gets the same answer; `by` says who is counted. */
export function areEnough(cohort: Cohort, people: number, by: string): boolean {
  const error = PARTS.reduce((sum, part) => sum + REACH * stepError(cohort, `enough:${by}|${part}`), 0);
  return people + error >= ENOUGH;
}
