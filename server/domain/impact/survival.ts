/**
 * How long things last when some are not over yet: the Kaplan–Meier curve with its band, and the middle with its
 * interval. Pure; times are whole days. The numbers agree with R's `survfit(conf.type = "log-log")`.
 */

import { zOf } from "../change/distributions";
import type { MedianDays, SurvivalPoint } from "./numbers";

/** How long one thing was watched, in days, and whether it ended then (true) or was still going on (false). */
interface Lasting {
  days: number;
  ended: boolean;
  /** For how many it counts; 1 unless said. */
  weight?: number;
}

const CONFIDENCE = 0.95;

/** Within this of a half a share counts as a half: sums of fractions are not exact. */
const NEAR = 1e-8;

/**
 * The share still going on (Kaplan and Meier 1958, JASA 53), with a band from Greenwood's variance on the scale of
 * log(-log), so that it stays within 0 to 1 (Kalbfleisch and Prentice 1980, 1.3). A point at day 0, at every day on
 * which something ended, and at the last day watched. Where nothing is left the band has no formula: its lower end is
 * 0 and its upper end that of the step before. Empty for nothing watched. With weights the shares are weighted, and the
 * band is that of as many things as the weights add up to.
 */
export function survivalCurve(lasting: readonly Lasting[], confidence = CONFIDENCE): SurvivalPoint[] {
  const ended = new Map<number, number>();
  const left = new Map<number, number>();
  let atRisk = 0;
  for (const { days, ended: over, weight = 1 } of lasting) {
    atRisk += weight;
    left.set(days, (left.get(days) ?? 0) + weight);
    if (over) ended.set(days, (ended.get(days) ?? 0) + weight);
  }
  const z = zOf(confidence);
  const curve: SurvivalPoint[] = [];
  let share = 1;
  let sum = 0;
  let band = { low: 1, high: 1 };
  const days = [...left.keys()].sort((a, b) => a - b);
  if (days.length > 0 && days[0] !== 0) curve.push({ days: 0, share, ...band, atRisk });
  for (const day of days) {
    const over = ended.get(day) ?? 0;
    if (over > 0) {
      // Sums of weights are not exact.
      const isAll = atRisk - over <= atRisk * NEAR;
      share = isAll ? 0 : share * (1 - over / atRisk);
      sum += over / (atRisk * (atRisk - over));
      band = isAll ? { low: 0, high: band.high } : bandOf(share, sum, z);
    }
    if (over > 0 || day === 0 || day === days.at(-1)) curve.push({ days: day, share, ...band, atRisk });
    atRisk -= left.get(day) ?? 0;
  }
  return curve;
}

function bandOf(share: number, greenwood: number, z: number): { low: number; high: number } {
  const log = Math.log(share);
  const half = (z * Math.sqrt(greenwood)) / Math.abs(log);
  return { low: share ** Math.exp(half), high: share ** Math.exp(-half) };
}

/**
 * The day by which half are over, and the days at which the band crosses a half (Brookmeyer and Crowley 1982,
 * Biometrics 38). Where the curve lies at exactly a half for a while, the middle of that while, as R and SAS have it.
 */
export function medianOfCurve(curve: readonly SurvivalPoint[]): MedianDays {
  const reaches = (of: (point: SurvivalPoint) => number): number | null => {
    const at = curve.findIndex((point) => of(point) < 0.5 + NEAR);
    const found = curve[at];
    if (!found) return null;
    const value = of(found);
    if (Math.abs(value - 0.5) >= NEAR) return found.days;
    const next = curve.slice(at + 1).find((point) => of(point) < value - NEAR);
    return next ? (found.days + next.days) / 2 : found.days;
  };
  return {
    days: reaches(({ share }) => share),
    low: reaches(({ low }) => low),
    high: reaches(({ high }) => high),
  };
}
