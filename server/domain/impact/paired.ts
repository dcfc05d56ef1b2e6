/**
 * How far the same people have come between two measurements, and the middle of a spread of days. Pure; the numbers
 * agree with R's `t.test(paired = TRUE)` and `quantile` (type 7).
 */

import { tOf } from "../change/distributions";
import type { DaysSpread, PairedChange } from "./numbers";

/** The first and the latest value of one person. */
interface Pair {
  first: number;
  latest: number;
}

/**
 * Mean of the differences, latest less first, with Student's t interval (Student 1908, Biometrika 6). No interval for
 * fewer than two people, or where all differ by the same. Null for nobody.
 */
export function pairedChange(pairs: readonly Pair[], confidence = 0.95): PairedChange | null {
  const people = pairs.length;
  if (people === 0) return null;
  const meanOf = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / people;
  const mean = meanOf(({ first, latest }) => latest - first);
  const squares = pairs.reduce((sum, { first, latest }) => sum + (latest - first - mean) ** 2, 0);
  const isSpread = people > 1 && squares > 1e-12 * people;
  const half = isSpread
    ? tOf(confidence, people - 1) * Math.sqrt(squares / (people - 1) / people)
    : Number.NaN;
  return {
    people,
    firstMean: meanOf(({ first }) => first),
    latestMean: meanOf(({ latest }) => latest),
    mean,
    low: isSpread ? mean - half : null,
    high: isSpread ? mean + half : null,
  };
}

/** The value below which a share of sorted numbers lies: straight between neighbours (Hyndman and Fan 1996, type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error("Nothing has no quantiles");
  return below + (above - below) * (at - Math.floor(at));
}

/** Middle and quarter points of some days, which are of so many people; null for none. */
export function daysSpread(days: readonly number[], people: number): DaysSpread | null {
  if (days.length === 0) return null;
  const sorted = [...days].sort((a, b) => a - b);
  return {
    people,
    median: quantile(sorted, 0.5),
    quarters: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
  };
}
