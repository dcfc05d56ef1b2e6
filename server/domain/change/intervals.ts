/**
 * Intervals of proportions, counts and rates. Each names its source; `reference/outcomes/expected.json`, made with R,
 * holds all of them. An interval is [lower, upper].
 */

import { betaBelow, betaQuantile, chiSquareQuantile, logGamma, normalP, zOf } from "./distributions";

export type Interval = readonly [lower: number, upper: number];

/** Of every interval that is shown, unless its function is told another. */
export const CONFIDENCE = 0.95;

/** A proportion x of n: Wilson's score interval (Wilson 1927, JASA 22). It never leaves 0 to 1. */
export function wilson(x: number, n: number, confidence = CONFIDENCE): Interval {
  const z = zOf(confidence);
  const p = x / n;
  const scale = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** Two groups: x of n with the event. */
export interface TwoProportions {
  x1: number;
  n1: number;
  x0: number;
  n0: number;
}

/** Difference of two proportions: Newcombe's hybrid score interval (1998, Statistics in Medicine 17, method 10). */
export function newcombe({ x1, n1, x0, n0 }: TwoProportions, confidence = CONFIDENCE): Interval {
  const [p1, p0] = [x1 / n1, x0 / n0];
  const [low1, high1] = wilson(x1, n1, confidence);
  const [low0, high0] = wilson(x0, n0, confidence);
  const difference = p1 - p0;
  return [difference - Math.hypot(p1 - low1, high0 - p0), difference + Math.hypot(high1 - p1, p0 - low0)];
}

/** Difference of two proportions with its unpooled standard error, and the pooled test of no difference. */
export function proportionDifference(
  { x1, n1, x0, n0 }: TwoProportions,
  confidence = CONFIDENCE,
): { difference: number; error: number; wald: Interval; z: number; p: number } {
  const [p1, p0] = [x1 / n1, x0 / n0];
  const pooled = (x1 + x0) / (n1 + n0);
  const difference = p1 - p0;
  const error = Math.sqrt((p1 * (1 - p1)) / n1 + (p0 * (1 - p0)) / n0);
  const z = difference / Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0));
  const half = zOf(confidence) * error;
  return { difference, error, wald: [difference - half, difference + half], z, p: normalP(z) };
}

/** A count, by Byar's approximation of the exact Poisson limits (Breslow and Day 1987, page 69). */
export function byar(count: number, confidence = CONFIDENCE): Interval {
  const z = zOf(confidence);
  const lower = count === 0 ? 0 : count * (1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3;
  const more = count + 1;
  return [lower, more * (1 - 1 / (9 * more) + z / (3 * Math.sqrt(more))) ** 3];
}

/** A count, by exact Poisson limits from chi-square quantiles (Garwood 1936). */
export function exactCount(count: number, confidence = CONFIDENCE): Interval {
  const tail = (1 - confidence) / 2;
  return [
    count === 0 ? 0 : chiSquareQuantile(tail, 2 * count) / 2,
    chiSquareQuantile(1 - tail, 2 * count + 2) / 2,
  ];
}

/** A count, as English public health states it: exact under 10, Byar from 10 (PHE technical guide, crude rates). */
export function countInterval(count: number, confidence = CONFIDENCE): Interval {
  return count < 10 ? exactCount(count, confidence) : byar(count, confidence);
}

/** Events over time or people, in two groups. */
export interface TwoRates {
  events1: number;
  time1: number;
  events0: number;
  time0: number;
}

/**
 * Ratio of two rates: on the log scale with error sqrt(1/e1 + 1/e0), and exactly, by the binomial share of the events
 * (Clopper and Pearson 1934; R's `poisson.test`). The difference has a Wald interval.
 */
export function rateRatio({ events1, time1, events0, time0 }: TwoRates, confidence = CONFIDENCE) {
  const z = zOf(confidence);
  const tail = (1 - confidence) / 2;
  const [rate1, rate0] = [events1 / time1, events0 / time0];
  const ratio = rate1 / rate0;
  const logError = Math.sqrt(1 / events1 + 1 / events0);
  const differenceError = Math.sqrt(events1 / time1 ** 2 + events0 / time0 ** 2);
  const odds = (share: number) => ((share / (1 - share)) * time0) / time1;
  const exact: Interval = [
    events1 === 0 ? 0 : odds(betaQuantile(tail, events1, events0 + 1)),
    events0 === 0 ? Number.POSITIVE_INFINITY : odds(betaQuantile(1 - tail, events1 + 1, events0)),
  ];
  const difference = rate1 - rate0;
  return {
    ratio,
    wald: [ratio * Math.exp(-z * logError), ratio * Math.exp(z * logError)] satisfies Interval,
    exact,
    exactP: binomialP(events1, events1 + events0, time1 / (time1 + time0)),
    difference,
    differenceWald: [difference - z * differenceError, difference + z * differenceError] satisfies Interval,
  };
}

/** Two-sided exact binomial p: the sum of what is no likelier than what was seen (R's `binom.test`). */
export function binomialP(successes: number, trials: number, share: number): number {
  const logOf = (k: number) =>
    logGamma(trials + 1) -
    logGamma(k + 1) -
    logGamma(trials - k + 1) +
    k * Math.log(share) +
    (trials - k) * Math.log1p(-share);
  const seen = logOf(successes);
  const near = 1e-7;
  const isNoLikelier = (k: number) => logOf(k) <= seen + near;
  const middle = trials * share;
  // Each tail in one step: P(X <= k) is the share of a beta distribution (Abramowitz and Stegun 26.5.24).
  const upTo = (k: number) => (k < 0 ? 0 : k >= trials ? 1 : 1 - betaBelow(share, k + 1, trials - k));
  if (successes === middle) return 1;
  if (successes < middle) {
    let from = Math.ceil(middle);
    while (from <= trials && !isNoLikelier(from)) from += 1;
    return Math.min(1, upTo(successes) + (1 - upTo(from - 1)));
  }
  let until = Math.floor(middle);
  while (until >= 0 && !isNoLikelier(until)) until -= 1;
  return Math.min(1, upTo(until) + (1 - upTo(successes - 1)));
}

/** A stratum, such as an age band: events, people there, people in the standard population. */
export interface Stratum {
  events: number;
  people: number;
  standard: number;
}

/** Fewest events for a standardised rate (English public-health practice). */
export const FEWEST_EVENTS = 10;

/**
 * Directly standardised rate per person with Dobson's interval (Dobson and others 1991, Statistics in Medicine 10)
 * around Byar's limits of the count; null with fewer than 10 events.
 */
export function standardisedRate(
  strata: readonly Stratum[],
  confidence = CONFIDENCE,
): { events: number; crude: number; rate: number; variance: number; interval: Interval } | null {
  const sum = (of: (stratum: Stratum) => number) => strata.reduce((total, each) => total + of(each), 0);
  const events = sum((each) => each.events);
  if (events < FEWEST_EVENTS) return null;
  const standard = sum((each) => each.standard);
  const rate = sum(({ standard: w, events: x, people: n }) => (w * x) / n) / standard;
  const variance = sum(({ standard: w, events: x, people: n }) => (w * w * x) / (n * n)) / standard ** 2;
  const stretch = Math.sqrt(variance / events);
  const [lower, upper] = byar(events, confidence);
  return {
    events,
    crude: events / sum((each) => each.people),
    rate,
    variance,
    interval: [rate + stretch * (lower - events), rate + stretch * (upper - events)],
  };
}
