/**
 * How a need goes with deprivation: people per 1,000 households by decile of average deprivation, and the slope
 * through the deciles. From figures alone, one nation and one edition at a time. Pure.
 */

import { z } from "zod";
import { FEWEST_HOUSEHOLDS } from "./disclosure";
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
  /** Null with fewer than three deciles. */
  slope: Slope | null;
}

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
 * The slope index of inequality: least squares of the rate on the middle of each decile's share of households, ranked
 * from the most deprived, weighted by households; the difference between the two ends (Mackenbach and Kunst 1997;
 * Public Health England, "Slope index of inequality"). The interval is that of the weighted regression, on Student's t.
 * Null with fewer than three deciles.
 */
export function slopeOf(deciles: readonly DecileRate[]): Slope | null {
  const based = deciles.flatMap(({ households, rate }) => (rate === null ? [] : [{ households, rate }]));
  const quantile = T_975[based.length - 3];
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
  const round = (value: number) => Math.round(value * 10) / 10 || 0;
  // Rank 0 is the most deprived end: a rate that falls along the ranks is higher among the most deprived.
  return {
    perThousand: round(-slope),
    low: round(-slope - quantile * error),
    high: round(-slope + quantile * error),
  };
}
