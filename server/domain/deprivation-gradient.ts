/**
 * How a need goes with deprivation: people per 1,000 households by decile of average deprivation, and the slope
 * through the deciles. From figures alone, one nation and one edition at a time. Pure.
 */

import { z } from "zod";
import { FIGURE_VARIANCE } from "./change/figure-error";
import { LARGEST_HIDDEN_SHARE } from "./change/segmented";
import { FEWEST_HOUSEHOLDS, THRESHOLD } from "./disclosure";
import { figuresQuery } from "./figures";

/** `whole` false: the sectors of the reader's own patch, where they have one. */
export const gradientQuery = figuresQuery.pick({ node: true, period: true }).extend({ whole: z.boolean() });
export type GradientQuery = z.infer<typeof gradientQuery>;

/** A sector with its figure; null: hidden. */
export interface RankedSector {
  /** Decile of the household-weighted mean rank, 1 the most deprived. */
  decile: number;
  households: number;
  figure: number | null;
}

/** Sectors of one decile whose figure is shown. */
export interface DecileRate {
  decile: number;
  sectors: number;
  households: number;
  people: number;
  /** Per 1,000 households; null under 200 households. */
  rate: number | null;
}

/** Difference of the rate between the most and the least deprived end, with its 95% interval. */
export interface Slope {
  perThousand: number;
  low: number;
  high: number;
}

export interface Gradient {
  nation: string;
  edition: string;
  /** Deciles with a figure, 1 first. */
  deciles: DecileRate[];
  /** Sectors whose figure is hidden, which are left out of people and of households. */
  hidden: number;
  /** Null with fewer than three deciles, and where too many are hidden. */
  slope: Slope | null;
  /** In place of a slope that too many hidden figures would bend: how far apart it can lie. Else null. */
  bounds: Bounds | null;
}

/** The least and the most that the slope can be. */
export type Bounds = Pick<Slope, "low" | "high">;

/** Fewest deciles for a slope: two make a line without doubt of any kind. */
const FEWEST_DECILES = 3;
/** Quantiles of 0.975 of Student's t by degrees of freedom (R: `qt(0.975, 1:8)`). */
const T_975 = [12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.306];

/** Rates by decile, from sectors whose figure is shown. */
export function decileRates(sectors: readonly RankedSector[]): { deciles: DecileRate[]; hidden: number } {
  const shown = sectors.filter(({ figure }) => figure !== null);
  const deciles = Array.from({ length: 10 }, (_, at) => at + 1).flatMap((decile): DecileRate[] => {
    const own = shown.filter((sector) => sector.decile === decile);
    if (own.length === 0) return [];
    const households = own.reduce((sum, sector) => sum + sector.households, 0);
    const people = own.reduce((sum, sector) => sum + (sector.figure ?? 0), 0);
    const rate = households < FEWEST_HOUSEHOLDS ? null : Math.round((people / households) * 10_000) / 10;
    return [{ decile, sectors: own.length, households, people, rate }];
  });
  return { deciles, hidden: sectors.length - shown.length };
}

/**
 * What is said of a need and deprivation, from the sectors of one nation and edition. Hidden figures are the low ones:
 * left out, they bend the slope towards nothing. So there is one only where in no decile more than a tenth of the
 * households lie in hidden sectors, and its interval reaches as far as they could bend it; otherwise bounds alone.
 */
export function gradientOf(
  sectors: readonly RankedSector[],
): Pick<Gradient, "deciles" | "hidden" | "slope" | "bounds"> {
  const { deciles, hidden } = decileRates(sectors);
  const bounds = boundsOf(sectors);
  const tooMany = Array.from({ length: 10 }, (_, at) => at + 1).some((decile) => {
    const own = sectors.filter((sector) => sector.decile === decile);
    const out = own.filter(({ figure }) => figure === null);
    return householdsOf(out) > LARGEST_HIDDEN_SHARE * householdsOf(own);
  });
  if (tooMany) return { deciles, hidden, slope: null, bounds };
  const slope = slopeOf(deciles);
  const reach = slope &&
    bounds && { low: Math.min(slope.low, bounds.low), high: Math.max(slope.high, bounds.high) };
  return { deciles, hidden, slope: slope && { ...slope, ...reach }, bounds: null };
}

const householdsOf = (sectors: readonly RankedSector[]) =>
  sectors.reduce((sum, { households }) => sum + households, 0);

/** One decimal, and never minus nought. */
const round = (value: number) => Math.round(value * 10) / 10 || 0;

/**
 * How far apart the slope through all sectors can lie: it is a sum of the sectors' people, each times a factor, so it
 * is least with 0 in the hidden sectors that raise it and 9 in those that lower it, and most the other way round. The
 * error of the figures that show is added on both sides (95%). Null with fewer than three deciles.
 */
function boundsOf(sectors: readonly RankedSector[]): Bounds | null {
  const deciles = Array.from({ length: 10 }, (_, at) => sectors.filter(({ decile }) => decile === at + 1))
    .map((own) => ({ own, households: householdsOf(own) }))
    .filter(({ households }) => households >= FEWEST_HOUSEHOLDS);
  if (deciles.length < FEWEST_DECILES) return null;
  const pulls = pullsOf(deciles.map(({ households }) => households));
  let [low, high, variance] = [0, 0, 0];
  deciles.forEach(({ own, households }, at) => {
    // How far one person more in a sector of the decile moves the slope.
    const pull = ((pulls[at] ?? 0) * 1000) / households;
    for (const { figure } of own) {
      const most = (THRESHOLD - 1) * pull;
      low += figure === null ? Math.min(0, most) : figure * pull;
      high += figure === null ? Math.max(0, most) : figure * pull;
      // What is hidden carries the error too: eleven people with an error of -2 are hidden.
      variance += FIGURE_VARIANCE * pull ** 2;
    }
  });
  const error = 1.96 * Math.sqrt(variance);
  return { low: round(low - error), high: round(high + error) };
}

/** How far the slope goes up when the rate of each group does by one: groups in order, by their households. */
function pullsOf(households: readonly number[]): number[] {
  const all = households.reduce((sum, each) => sum + each, 0);
  let before = 0;
  const points = households.map((each) => {
    const rank = (before + each / 2) / all;
    before += each;
    return { rank, weight: each / all };
  });
  const mean = points.reduce((sum, { rank, weight }) => sum + weight * rank, 0);
  const spread = points.reduce((sum, { rank, weight }) => sum + weight * (rank - mean) ** 2, 0);
  // Rank 0 is the most deprived end: a rate that falls along the ranks is higher among the most deprived.
  return points.map(({ rank, weight }) => (-weight * (rank - mean)) / spread);
}

/**
 * The slope index of inequality: least squares of the rate on the middle of each decile's share of households, ranked
 * from the most deprived, weighted by households; the difference between the two ends (Mackenbach and Kunst 1997;
 * Public Health England, "Slope index of inequality"). The interval is that of the weighted regression, on Student's t.
 * Null with fewer than three deciles.
 */
export function slopeOf(deciles: readonly DecileRate[]): Slope | null {
  const based = deciles.flatMap(({ households, rate }) => (rate === null ? [] : [{ households, rate }]));
  const quantile = T_975[based.length - FEWEST_DECILES];
  if (quantile === undefined) return null;
  const all = based.reduce((sum, { households }) => sum + households, 0);
  let before = 0;
  const points = based.map(({ households, rate }) => {
    const rank = (before + households / 2) / all;
    before += households;
    return { rank, rate, weight: households / all };
  });
  const mean = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + point.weight * of(point), 0);
  const [meanRank, meanRate] = [mean(({ rank }) => rank), mean(({ rate }) => rate)];
  const spread = mean(({ rank }) => (rank - meanRank) ** 2);
  const slope = mean(({ rank, rate }) => (rank - meanRank) * (rate - meanRate)) / spread;
  const left = mean(({ rank, rate }) => (rate - meanRate - slope * (rank - meanRank)) ** 2);
  const error = Math.sqrt(left / spread / (points.length - 2));
  // Rank 0 is the most deprived end: a rate that falls along the ranks is higher among the most deprived.
  return {
    perThousand: round(-slope),
    low: round(-slope - quantile * error),
    high: round(-slope + quantile * error),
  };
}
