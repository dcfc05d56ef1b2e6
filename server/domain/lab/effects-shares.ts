/**
 * Two shares beside each other, in the ways that are stated where cells are small or a ratio is asked for. Counts may be
 * fractions: a weighted group of effective size n with the share p has x = n p. `reference/outcomes` holds each to R.
 */

import { logGamma, normalP, solveRising, zOf } from "../change/distributions";
import { CONFIDENCE, type Interval, newcombe, type TwoProportions } from "../change/intervals";

/** Under this, in any of the four cells, the interval is Newcombe's: Wald's is too sure of itself there. */
export const SMALL_CELL = 10;

/** Fewest of those with and those without the outcome, on either side. */
export function smallestCell({ x1, n1, x0, n0 }: TwoProportions): number {
  return Math.min(x1, n1 - x1, x0, n0 - x0);
}

/**
 * Two-sided p that goes with Newcombe's interval: 1 less the confidence at which its nearer end touches no difference.
 * So the interval and the test never say different things.
 */
export function newcombeP(shares: TwoProportions): number {
  const difference = shares.x1 / shares.n1 - shares.x0 / shares.n0;
  if (difference === 0) return 1;
  // How far the interval reaches past no difference; it grows with the confidence.
  const reach = (confidence: number) => {
    const [low, high] = newcombe(shares, confidence);
    return difference > 0 ? -low : high;
  };
  const sure = 1 - 1e-13;
  return reach(sure) < 0 ? 0 : 1 - solveRising(0, reach, 1e-9, sure);
}

/** One event and one person without it more on each side, then Wald (Agresti and Caffo 2000, American Statistician 54). */
export function agrestiCaffo({ x1, n1, x0, n0 }: TwoProportions, confidence = CONFIDENCE): Interval {
  const [p1, p0] = [(x1 + 1) / (n1 + 2), (x0 + 1) / (n0 + 2)];
  const half = zOf(confidence) * Math.sqrt((p1 * (1 - p1)) / (n1 + 2) + (p0 * (1 - p0)) / (n0 + 2));
  return [p1 - p0 - half, p1 - p0 + half];
}

/** A ratio with its 95% interval. */
export interface Ratio {
  ratio: number;
  low: number;
  high: number;
}

/** A ratio from its error on the scale of logarithms. */
export function ratioFrom(ratio: number, logError: number, confidence = CONFIDENCE): Ratio {
  const stretch = Math.exp(zOf(confidence) * logError);
  return { ratio, low: ratio / stretch, high: ratio * stretch };
}

/** Ratio of the two shares (Katz and others 1978, Biometrics 34). Null without an event on one of the sides. */
export function riskRatio({ x1, n1, x0, n0 }: TwoProportions): Ratio | null {
  if (!(x1 > 0 && x0 > 0)) return null;
  return ratioFrom(x1 / n1 / (x0 / n0), Math.sqrt(1 / x1 - 1 / n1 + 1 / x0 - 1 / n0));
}

/** Ratio of the odds (Woolf 1955). Null where a cell is empty. */
export function oddsRatio(shares: TwoProportions): Ratio | null {
  if (!(smallestCell(shares) > 0)) return null;
  const { x1, n1, x0, n0 } = shares;
  const error = Math.sqrt(1 / x1 + 1 / (n1 - x1) + 1 / x0 + 1 / (n0 - x0));
  return ratioFrom((x1 * (n0 - x0)) / ((n1 - x1) * x0), error);
}

/** Chi-square of a table of four with Yates's correction (R's `prop.test`), and its p. */
export function yates({ x1, n1, x0, n0 }: TwoProportions): { chiSquare: number; p: number } {
  const people = n1 + n0;
  const events = x1 + x0;
  const apart = Math.abs(x1 * (n0 - x0) - x0 * (n1 - x1));
  const corrected = Math.max(0, apart - people / 2);
  const chiSquare = (people * corrected ** 2) / (events * (people - events) * n1 * n0);
  return { chiSquare, p: normalP(Math.sqrt(chiSquare)) };
}

/** R counts tables as no likelier than the one seen within this share. */
const NEAR = 1e-7;

/** Fisher's exact test of whole counts, two-sided: the sum of all tables that are no likelier (R's `fisher.test`). */
export function fisherP({ x1, n1, x0, n0 }: TwoProportions): number {
  const events = x1 + x0;
  const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const all = logChoose(n1 + n0, events);
  const logOf = (x: number) => logChoose(n1, x) + logChoose(n0, events - x) - all;
  const seen = logOf(x1) + NEAR;
  let sum = 0;
  for (let x = Math.max(0, events - n0); x <= Math.min(n1, events); x += 1) {
    const log = logOf(x);
    if (log <= seen) sum += Math.exp(log);
  }
  return Math.min(1, sum);
}
