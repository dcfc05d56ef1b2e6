/**
 * The difference of two weighted means and how sure it is, in the ways that evaluations state: Kish's effective size
 * with Welch's degrees of freedom, heteroscedasticity-robust (HC0, HC1), clustered, and two-way clustered where people
 * are compared more than once. A weighted regression on one indicator is this difference, so each error is a sum of the
 * parts that people have in it; `reference/matching` and `reference/outcomes` hold them to R's `sandwich`.
 */

import { tOf, tP } from "../change/distributions";
import { CONFIDENCE } from "../change/intervals";
import type { Matched } from "./analysis";

/** People of one side whose outcome is known: row of the table, outcome, weight. */
export interface WeighedGroup {
  rows: Int32Array;
  values: Float64Array;
  weights: Float64Array;
}

export interface Moments {
  people: number;
  /** Sum of the weights. */
  weight: number;
  mean: number;
  /** Kish's effective size: (sum w)^2 / sum w^2. */
  ess: number;
  /** Weighted variance x ESS / (ESS - 1): the usual sample variance where all weights are 1. NaN for one person. */
  variance: number;
}

/** What weighted values come to. NaN throughout for nobody. */
export function momentsOf({ values, weights }: WeighedGroup): Moments {
  let weight = 0;
  let squares = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    const w = weights[i] ?? 0;
    weight += w;
    squares += w * w;
    sum += w * (values[i] ?? 0);
  }
  const mean = sum / weight;
  let spread = 0;
  for (let i = 0; i < values.length; i += 1) spread += (weights[i] ?? 0) * ((values[i] ?? 0) - mean) ** 2;
  const ess = (weight * weight) / squares;
  return { people: values.length, weight, mean, ess, variance: ((spread / weight) * ess) / (ess - 1) };
}

/** A difference with an error and degrees of freedom, as an interval and a test by Student's t. */
export interface Stated {
  se: number;
  freedom: number;
  low: number;
  high: number;
  p: number;
}

/** Student's interval and two-sided p. Without any spread the interval is a point and p is 1 for no difference, else 0. */
export function stateByT(difference: number, se: number, freedom: number): Stated {
  if (!(se > 0)) {
    return { se: 0, freedom, low: difference, high: difference, p: difference === 0 ? 1 : 0 };
  }
  const half = tOf(CONFIDENCE, freedom) * se;
  return { se, freedom, low: difference - half, high: difference + half, p: tP(difference / se, freedom) };
}

/**
 * Kish and Welch: each side's variance over its effective size, degrees of freedom after Satterthwaite with the
 * effective sizes (Kish 1965; Welch 1947). With weights of 1 it is Welch's two-sample t.
 */
export function kishError(treated: Moments, comparison: Moments): { se: number; freedom: number } {
  const part1 = treated.variance / treated.ess;
  const part0 = comparison.variance / comparison.ess;
  const variance = part1 + part0;
  const freedom = variance ** 2 / (part1 ** 2 / (treated.ess - 1) + part0 ** 2 / (comparison.ess - 1));
  return { se: Math.sqrt(variance), freedom };
}

/** As if every comparison person counted in full: too small where weights vary, told to be compared with. */
export function nominalError(treated: Moments, comparison: Moments): number {
  const uncorrected = (comparison.variance * (comparison.ess - 1)) / comparison.ess;
  const people = comparison.people;
  return Math.sqrt(treated.variance / treated.ess + uncorrected / (people - 1));
}

/** What each person adds to the difference of means: +-w(y - mean) / sum w. Their squares add up to the HC0 variance. */
export function partsOf({ values, weights }: WeighedGroup, moments: Moments, sign: 1 | -1): Float64Array {
  return values.map((value, i) => (sign * (weights[i] ?? 0) * (value - moments.mean)) / moments.weight);
}

const sumOfSquares = (parts: Float64Array) => parts.reduce((sum, part) => sum + part * part, 0);

/** A regression on a constant and on having taken part. */
const COEFFICIENTS = 2;

export interface Parts {
  treated: Float64Array;
  comparison: Float64Array;
}

/** White's errors: HC0, and HC1 with its n / (n - 2) (White 1980; MacKinnon and White 1985). */
export function robustErrors({ treated, comparison }: Parts): { hc0: number; hc1: number } {
  const variance = sumOfSquares(treated) + sumOfSquares(comparison);
  const people = treated.length + comparison.length;
  return { hc0: Math.sqrt(variance), hc1: Math.sqrt((variance * people) / (people - COEFFICIENTS)) };
}

/**
 * Errors clustered on pair or stratum: parts are added up within each first. HC0 without corrections; HC1 times
 * G / (G - 1) and (n - 1) / (n - 2) (Liang and Zeger 1986; `vcovCL`).
 */
export function clusterErrors(
  groups: { treated: WeighedGroup; comparison: WeighedGroup },
  parts: Parts,
  stratum: Int32Array,
): { clusters: number; hc0: number; hc1: number } {
  const sums = new Map<number, number>();
  for (const side of ["treated", "comparison"] as const) {
    parts[side].forEach((part, i) => {
      const of = stratum[groups[side].rows[i] ?? -1] ?? -1;
      sums.set(of, (sums.get(of) ?? 0) + part);
    });
  }
  const variance = sumOfSquares(Float64Array.from(sums.values()));
  const people = parts.treated.length + parts.comparison.length;
  const clusters = sums.size;
  const stretch = (clusters / (clusters - 1)) * ((people - 1) / (people - COEFFICIENTS));
  return { clusters, hc0: Math.sqrt(variance), hc1: Math.sqrt(variance * stretch) };
}

export interface TwoWay {
  /** Sets or people, whichever are fewer. */
  clusters: number;
  se: number;
}

/**
 * Error clustered on set and on person, for comparison with replacement: everybody once for each set they are in, a
 * comparison person of a set of k with the weight 1 / k; variance by set, plus by person, less by each place (Cameron,
 * Gelbach and Miller 2011; HC1 as `vcovCL` has it). Null when the variance comes out below 0, as it may. Outcomes are by
 * row of the table, NaN where not known: those are left out of their sets, and a set without its participant or without
 * anybody beside them is left out whole.
 */
export function twoWayError(sets: NonNullable<Matched["sets"]>, outcome: Float64Array): TwoWay | null {
  const outcomeOf = (row: number) => outcome[row] ?? Number.NaN;
  const used: { treated: number; controls: Uint32Array; known: number; mean: number }[] = [];
  let [mean1, mean0] = [0, 0];
  for (const { treated, controls } of sets) {
    let [known, sum] = [0, 0];
    for (const row of controls) {
      const value = outcomeOf(row);
      if (Number.isNaN(value)) continue;
      known += 1;
      sum += value;
    }
    if (known === 0 || Number.isNaN(outcomeOf(treated))) continue;
    used.push({ treated, controls, known, mean: sum / known });
    mean1 += outcomeOf(treated);
    mean0 += sum / known;
  }
  const count = used.length;
  if (count < 2) return null;
  mean1 /= count;
  mean0 /= count;

  // By row, with a mark for who is in a set at all: millions of places are too many for a map.
  const byPerson = new Float64Array(outcome.length);
  const isIn = new Uint8Array(outcome.length);
  let [bySet, byPlace, places, people] = [0, 0, 0, 0];
  const add = (row: number, part: number) => {
    if (isIn[row] === 0) people += 1;
    isIn[row] = 1;
    byPerson[row] = (byPerson[row] ?? 0) + part;
    byPlace += part * part;
    places += 1;
  };
  for (const { treated, controls, known, mean } of used) {
    add(treated, (outcomeOf(treated) - mean1) / count);
    for (const row of controls) {
      const value = outcomeOf(row);
      if (!Number.isNaN(value)) add(row, (mean0 - value) / known / count);
    }
    bySet += ((outcomeOf(treated) - mean1 + mean0 - mean) / count) ** 2;
  }
  const corrected = (variance: number, clusters: number) => (variance * clusters) / (clusters - 1);
  const variance =
    corrected(bySet, count) + corrected(sumOfSquares(byPerson), people) - corrected(byPlace, places);
  if (!(variance > 0)) return null;
  const stretch = (places - 1) / (places - COEFFICIENTS);
  return { clusters: Math.min(count, people), se: Math.sqrt(variance * stretch) };
}
