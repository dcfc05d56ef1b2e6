/**
 * How fast an organisation adds people, against what is usual for it: somebody who invents people to watch a figure
 * move must add many in a short time (`docs/methods/disclosure.md`). Pure.
 */

/** Whole weeks before the last seven days that tell what is usual. */
export const USUAL_WEEKS = 12;
/** Fewest of those weeks with somebody new in or before them: fewer tell nothing. */
const FEWEST_WEEKS = 4;
/** Above so many times the usual, an officer should look. */
const UNUSUAL_TIMES = 5;
/** Fewer people than this in a week are never unusual. */
const FEWEST_PEOPLE = 10;

export interface NewPeople {
  /** New people of the last seven days. */
  lately: number;
  /** The middle of the weeks before; null when there are too few to tell. */
  usual: number | null;
  isUnusual: boolean;
}

/** What is to be said of the new people of each week, the last seven days first. */
export function newPeopleIn(weeks: readonly number[]): NewPeople {
  const [lately = 0, ...before] = weeks.slice(0, 1 + USUAL_WEEKS);
  const known = before.slice(0, before.findLastIndex((people) => people > 0) + 1).sort((a, b) => a - b);
  if (known.length < FEWEST_WEEKS) return { lately, usual: null, isUnusual: false };
  const middle = known.length / 2;
  const usual = ((known[Math.ceil(middle) - 1] ?? 0) + (known[Math.floor(middle)] ?? 0)) / 2;
  return { lately, usual, isUnusual: lately >= FEWEST_PEOPLE && lately > UNUSUAL_TIMES * usual };
}
