/**
 * Words for how a series goes, by a rule that is stated: the latest year's figures against the same periods of the
 * year before. "Rising" and "falling" when the whole 95% interval of the ratio is past 1; "about level" when it lies
 * between nine and eleven tenths; otherwise "not clear".
 */

import { MONTHS_OF, type PeriodType } from "../period";
import { zOf } from "./distributions";
import { FIGURE_VARIANCE, ratioErrorVariance, type YearsOfPair } from "./figure-error";
import { comingAgain } from "./several";

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
 * Share of the people of one period who come in the next, taken high: a series alone has no other areas whose spread
 * would show that people stay longer, and a word that is not true is worse than none.
 */
const COME_AGAIN: Readonly<Record<PeriodType, number>> = { month: 1 / 2, quarter: 3 / 10, year: 1 / 10 };

/** One period of a series. */
export interface YearlyPoint {
  /** The figure, or the sum of several areas' figures; null when any of them is hidden. */
  value: number | null;
  /** Its financial year: within one, the error of place and need is the same. */
  era: number;
}

/**
 * Ratio of the figures of the latest year to those of the year before, over the pairs of periods that both show. Its
 * interval takes the count's own chance, as much wider as people who come in several periods make it; the error of the
 * figures; and what the pairs differ among themselves. `areas` were added up for each value. Null with no pair.
 */
export function yearChange(
  points: readonly YearlyPoint[],
  { type, areas = 1 }: { type: PeriodType; areas?: number },
): YearChange | null {
  const perYear = 12 / MONTHS_OF[type];
  const pairs: { after: number; before: number; years: YearsOfPair }[] = [];
  for (let at = points.length - 1; at >= perYear && at > points.length - 1 - perYear; at -= 1) {
    const [after, before] = [points[at], points[at - perYear]];
    if (typeof after?.value === "number" && typeof before?.value === "number") {
      const years = { before: before.era, after: after.era };
      pairs.push({ after: after.value, before: before.value, years });
    }
  }
  if (pairs.length === 0) return null;
  const after = pairs.reduce((sum, pair) => sum + pair.after, 0);
  const before = pairs.reduce((sum, pair) => sum + pair.before, 0);
  const ratio = after / before;
  const chance = comingAgain(COME_AGAIN[type], pairs.length) * (1 / after + 1 / before);
  const error = ratioErrorVariance(
    pairs.map(({ years }) => years),
    { before, after, areas },
  );
  const half = zOf(0.95) * Math.sqrt((chance + error) * spreadOf(pairs, ratio, FIGURE_VARIANCE * areas));
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
