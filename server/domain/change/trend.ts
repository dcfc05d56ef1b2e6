/**
 * Words for how a series goes, by a rule that is stated: the latest year's figures against the same periods of the
 * year before. "Rising" and "falling" when the whole 95% interval of the ratio is past 1; "about level" when it lies
 * between nine and eleven tenths; otherwise "not clear".
 */

import { zOf } from "./distributions";
import { FIGURE_VARIANCE } from "./figure-error";

export type Trend = "rising" | "falling" | "level" | "not-clear" | "too-short";

/** Fewest pairs of periods a year apart. */
export const FEWEST_PAIRS = 2;
/** Between these the change is called none worth a word. */
export const LEVEL_BETWEEN = [0.9, 1.1] as const;

export interface YearChange {
  ratio: number;
  low: number;
  high: number;
  /** Pairs of periods compared. */
  pairs: number;
}

/**
 * Ratio of the figures of the latest year to those of the year before, over the pairs of periods that both show. Its
 * interval takes the count's own chance and the error of each figure; people who come in several periods of a year
 * make it wider by as much as the pairs differ among themselves. Null with no pair.
 */
export function yearChange(
  values: readonly (number | null)[],
  perYear: number,
  figures = 1,
): YearChange | null {
  const pairs: { after: number; before: number }[] = [];
  for (let at = values.length - 1; at >= perYear && at > values.length - 1 - perYear; at -= 1) {
    const after = values[at];
    const before = values[at - perYear];
    if (typeof after === "number" && typeof before === "number") pairs.push({ after, before });
  }
  if (pairs.length === 0) return null;
  const after = pairs.reduce((sum, pair) => sum + pair.after, 0);
  const before = pairs.reduce((sum, pair) => sum + pair.before, 0);
  const ratio = after / before;
  const blur = FIGURE_VARIANCE * figures;
  const varianceOf = (sum: number, count: number) => 1 / sum + (blur * count) / sum ** 2;
  const variance = varianceOf(after, pairs.length) + varianceOf(before, pairs.length);
  const half = zOf(0.95) * Math.sqrt(variance * spreadOf(pairs, ratio, blur));
  return { ratio, low: ratio * Math.exp(-half), high: ratio * Math.exp(half), pairs: pairs.length };
}

/** How much more the pairs differ than chance and the figures' error would make them, at least 1. */
function spreadOf(pairs: readonly { after: number; before: number }[], ratio: number, blur: number): number {
  if (pairs.length < 3) return 1;
  const squares = pairs.reduce((sum, { after, before }) => {
    const variance = 1 / after + 1 / before + blur / after ** 2 + blur / before ** 2;
    return sum + Math.log(after / before / ratio) ** 2 / variance;
  }, 0);
  return Math.max(1, squares / (pairs.length - 1));
}

/** The word of the rule. */
export function trendOf(change: YearChange | null): Trend {
  if (!change || change.pairs < FEWEST_PAIRS) return "too-short";
  if (change.low > 1) return "rising";
  if (change.high < 1) return "falling";
  return change.low >= LEVEL_BETWEEN[0] && change.high <= LEVEL_BETWEEN[1] ? "level" : "not-clear";
}
