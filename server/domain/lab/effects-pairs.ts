/**
 * Participants each beside one person: what differs within the pairs. `reference/outcomes` (matched_pairs) holds the
 * error and the three tests to R.
 */

import { logGamma, normalP, zOf } from "../change/distributions";
import { binomialP, CONFIDENCE, type Interval } from "../change/intervals";

/** Pairs by who of the two had the outcome. */
export interface PairCounts {
  treatedOnly: number;
  comparisonOnly: number;
  both: number;
  neither: number;
}

const pairsOf = ({ treatedOnly: b, comparisonOnly: c, both, neither }: PairCounts) => b + c + both + neither;

/** Difference of the two shares with its error sqrt(b + c - (b - c)^2 / n) / n and Wald's interval. */
export function pairedDifference(pairs: PairCounts): { difference: number; se: number; wald: Interval } {
  const n = pairsOf(pairs);
  const { treatedOnly: b, comparisonOnly: c } = pairs;
  const difference = (b - c) / n;
  const se = Math.sqrt(b + c - (b - c) ** 2 / n) / n;
  const half = zOf(CONFIDENCE) * se;
  return { difference, se, wald: [difference - half, difference + half] };
}

/** For few pairs: one more of each kind that differs, then Wald (Bonett and Price 2012, JEBS 37). */
export function bonettPrice(pairs: PairCounts): Interval {
  const n = pairsOf(pairs) + 2;
  const [b, c] = [(pairs.treatedOnly + 1) / n, (pairs.comparisonOnly + 1) / n];
  const half = zOf(CONFIDENCE) * Math.sqrt((b + c - (b - c) ** 2) / n);
  return [Math.max(-1, b - c - half), Math.min(1, b - c + half)];
}

/** McNemar's test: chi-square without and with the correction for continuity. Of pairs that are all alike, p is 1. */
export function mcNemar({ treatedOnly: b, comparisonOnly: c }: PairCounts): {
  chiSquare: number;
  p: number;
  correctedChiSquare: number;
  correctedP: number;
} {
  if (b + c === 0) return { chiSquare: 0, p: 1, correctedChiSquare: 0, correctedP: 1 };
  const chiSquare = (b - c) ** 2 / (b + c);
  const correctedChiSquare = Math.max(0, Math.abs(b - c) - 1) ** 2 / (b + c);
  return {
    chiSquare,
    p: normalP(Math.sqrt(chiSquare)),
    correctedChiSquare,
    correctedP: normalP(Math.sqrt(correctedChiSquare)),
  };
}

/** McNemar's test without approximation: binomial of the pairs that differ. */
export function mcNemarExactP({ treatedOnly: b, comparisonOnly: c }: PairCounts): number {
  return binomialP(b, b + c, 0.5);
}

/**
 * The same less half of the chance of exactly what was seen: right on average where the exact test is too careful
 * (Fagerland, Lydersen and Laake 2013, BMC Medical Research Methodology 13).
 */
export function mcNemarMidP({ treatedOnly: b, comparisonOnly: c }: PairCounts): number {
  const trials = b + c;
  if (trials === 0) return 1;
  const fewer = Math.min(b, c);
  const logChance = (k: number) =>
    logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1) - trials * Math.LN2;
  let below = 0;
  for (let k = 0; k <= fewer; k += 1) below += Math.exp(logChance(k));
  return Math.min(1, 2 * below - Math.exp(logChance(fewer)));
}

/** The pairs and every test of them, by name. */
export function besidesOfPairs(pairs: PairCounts): Record<string, number> {
  const { chiSquare, p, correctedP } = mcNemar(pairs);
  const [low, high] = bonettPrice(pairs);
  return {
    pairsBoth: pairs.both,
    pairsTreatedOnly: pairs.treatedOnly,
    pairsComparisonOnly: pairs.comparisonOnly,
    pairsNeither: pairs.neither,
    sePairs: pairedDifference(pairs).se,
    mcNemarChiSquare: chiSquare,
    mcNemarP: p,
    mcNemarCorrectedP: correctedP,
    mcNemarExactP: mcNemarExactP(pairs),
    mcNemarMidP: mcNemarMidP(pairs),
    bonettPriceLow: low,
    bonettPriceHigh: high,
  };
}
