/**
 * How far a figure may be from the number of people it stands for: disclosure control adds a small error and rounds.
 * Every interval drawn from figures includes it; the variances are those of the published tables.
 */

import { ROUNDED_TO } from "../disclosure";
import { countInterval, type Interval } from "./intervals";

/** Variance of the error of the place and need: the same all through a financial year (static table, D = 2). */
export const PLACE_VARIANCE = 1.5;
/** Variance of the error of the set of people (table of the people, D = 3). */
export const SET_VARIANCE = 2;
/** Rounding whole numbers to the nearest 5 moves them by -2 to 2, each as likely: (5² - 1) / 12. */
export const ROUNDING_VARIANCE = (ROUNDED_TO ** 2 - 1) / 12;
/** Of one figure as a whole: a root of 2.35 people. */
export const FIGURE_VARIANCE = PLACE_VARIANCE + SET_VARIANCE + ROUNDING_VARIANCE;

/** Financial years of two periods a year apart. */
export interface YearsOfPair {
  before: number;
  after: number;
}

/**
 * Variance that the error of figures gives to the logarithm of a ratio of two sums, each of one figure for each area
 * and period. The errors of people and of rounding are drawn anew for each figure; the error of the place is one for
 * all periods of a financial year, so it adds up with them, and goes out where both sums hold that year alike.
 */
export function ratioErrorVariance(
  pairs: readonly YearsOfPair[],
  { before, after, areas }: { before: number; after: number; areas: number },
): number {
  const shared = new Map<number, number>();
  const add = (year: number, share: number) => shared.set(year, (shared.get(year) ?? 0) + share);
  for (const pair of pairs) {
    add(pair.after, 1 / after);
    add(pair.before, -1 / before);
  }
  const place = [...shared.values()].reduce((sum, share) => sum + share ** 2, 0);
  const own = pairs.length * (1 / before ** 2 + 1 / after ** 2);
  return areas * (PLACE_VARIANCE * place + (SET_VARIANCE + ROUNDING_VARIANCE) * own);
}

/**
 * 95% interval of what a figure stands for, taken as a rate of people coming: Byar's interval of the count, widened
 * by the error of the figure on each side (squared and added, as Newcombe does for differences). `figures` is how
 * many figures were added to make the number; a number made of several carries the error of each.
 */
export function figureInterval(figure: number, figures = 1): Interval {
  const [lower, upper] = countInterval(figure);
  const blur = 1.96 ** 2 * FIGURE_VARIANCE * figures;
  return [
    Math.max(0, figure - Math.sqrt((figure - lower) ** 2 + blur)),
    figure + Math.sqrt((upper - figure) ** 2 + blur),
  ];
}
