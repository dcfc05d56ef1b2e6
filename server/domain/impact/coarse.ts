/**
 * Estimates made coarse enough to leave: whole days, shares to 5 in 100 at fixed days, means to one decimal. The days of
 * a curve are the same for everybody, because a step of the curve itself is somebody's day.
 */

import type { DaysSpread, PairedChange, SurvivalPoint, TimeToResolution } from "./numbers";

/** Days at which a curve is told. */
export const CURVE_DAYS = [0, 30, 60, 90, 180, 365] as const;

/** A curve is told as far as at least so many issues were still watched. */
const FEWEST_AT_RISK = 10;

const days = (value: number): number => Math.round(value);
const maybe = (value: number | null, round: (value: number) => number) =>
  value === null ? null : round(value);
const share = (value: number): number => Math.round(value * 20) / 20;
/** Never minus nothing, which text and storage write differently. */
const score = (value: number): number => Math.round(value * 10) / 10 + 0;

/** The curve at the fixed days, without how many were watched. */
export function coarseResolution({ median, curve }: TimeToResolution): Omit<TimeToResolution, "people"> {
  return {
    issues: null,
    resolved: null,
    median: { days: maybe(median.days, days), low: maybe(median.low, days), high: maybe(median.high, days) },
    curve: CURVE_DAYS.flatMap((day): SurvivalPoint[] => {
      const at = curve.findLast((point) => point.days <= day);
      const watched = curve.find((point) => point.days >= day);
      if (!at || !watched || (watched.atRisk ?? 0) < FEWEST_AT_RISK) return [];
      return [{ days: day, share: share(at.share), low: share(at.low), high: share(at.high), atRisk: null }];
    }),
  };
}

export const coarseSpread = ({ median, quarters: [low, high] }: DaysSpread): Omit<DaysSpread, "people"> => ({
  median: days(median),
  quarters: [days(low), days(high)],
});

export const coarsePaired = (change: PairedChange): Omit<PairedChange, "people"> => ({
  firstMean: score(change.firstMean),
  latestMean: score(change.latestMean),
  mean: score(change.mean),
  low: maybe(change.low, score),
  high: maybe(change.high, score),
});
