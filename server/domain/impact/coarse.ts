/**
 * Estimates made coarse enough to leave: whole days, shares to 5 in 100 at fixed days, means to a step that one person's
 * value can hardly move them by. The days of a curve are the same for everybody, because a step of the curve itself is
 * somebody's day.
 */

import type { DaysSpread, PairedChange, SurvivalPoint, TimeToResolution } from "./numbers";

/** Days at which a curve is told. */
export const CURVE_DAYS = [0, 30, 60, 90, 180, 365] as const;

/** A curve is told as far as issues of at least so many people were still watched. */
export const FEWEST_AT_RISK = 10;

const days = (value: number): number => Math.round(value);
const maybe = (value: number | null, round: (value: number) => number) =>
  value === null ? null : round(value);

/** Shares are told in steps of so many to the whole: 5 in 100. */
const STEPS = 20;
/** A share that lies on a step but for the last bits lies on it. */
const BITS = 1e-9;

/** A share with its interval, outwards and at least a step to each side: rounding alone must not make it look surer. */
function coarseShare({ share, low, high }: Pick<SurvivalPoint, "share" | "low" | "high">) {
  const middle = Math.round(share * STEPS);
  return {
    share: middle / STEPS,
    low: Math.max(0, Math.min(Math.floor(low * STEPS + BITS), middle - 1)) / STEPS,
    high: Math.min(STEPS, Math.max(Math.ceil(high * STEPS - BITS), middle + 1)) / STEPS,
  };
}

/** What a score can be, at the least and at the most. */
interface Scale {
  lowest: number;
  highest: number;
}

/**
 * The step that a mean of so many people is told to: the least of 0.1, 0.2, 0.5, 1, 2, 5, 10 and so on that is not less
 * than the farthest that one person's score can move it.
 */
function stepOf({ lowest, highest }: Scale, people: number): number {
  const farthest = (highest - lowest) / people;
  for (let unit = 1; ; unit *= 10) {
    const step = [1, 2, 5].map((each) => (each * unit) / 10).find((each) => each >= farthest);
    if (step !== undefined) return step;
  }
}

/** To a step. Never minus nothing, which text and storage write differently. */
const toStep = (step: number) => (value: number) =>
  Math.round(Math.round(value * (1 / step)) * step * 10) / 10 + 0;

/** The curve at the fixed days, without how many were watched. `peopleAtRisk`: whose issues were watched to a day. */
export function coarseResolution(
  { median, curve }: Pick<TimeToResolution, "median" | "curve">,
  peopleAtRisk: (day: number) => number,
): Omit<TimeToResolution, "people"> {
  return {
    issues: null,
    resolved: null,
    median: { days: maybe(median.days, days), low: maybe(median.low, days), high: maybe(median.high, days) },
    curve: CURVE_DAYS.flatMap((day): SurvivalPoint[] => {
      const at = curve.findLast((point) => point.days <= day);
      if (!at || peopleAtRisk(day) < FEWEST_AT_RISK) return [];
      return [{ days: day, ...coarseShare(at), atRisk: null }];
    }),
  };
}

export const coarseSpread = ({ median, quarters: [low, high] }: DaysSpread): Omit<DaysSpread, "people"> => ({
  median: days(median),
  quarters: [days(low), days(high)],
});

/** Means to the step of the scale; differences of two scores to the same. */
export function coarsePaired(change: PairedChange, scale: Scale): Omit<PairedChange, "people"> {
  const score = toStep(stepOf(scale, change.people));
  return {
    firstMean: score(change.firstMean),
    latestMean: score(change.latestMean),
    mean: score(change.mean),
    low: maybe(change.low, score),
    high: maybe(change.high, score),
  };
}
