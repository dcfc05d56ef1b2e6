/**
 * Made series of two years in which nothing changes, in figures by the product's own disclosure control, and how often
 * a trend is called "rising" or "falling" all the same. People stay on from period to period, as they do in casework.
 */

import { trendOf, yearChange } from "../server/domain/change/trend";
import { MONTHS_OF, type PeriodType } from "../server/domain/period";
import { Draws, figuresOf } from "./change-coverage";

export interface SteadySeries {
  name: string;
  type: PeriodType;
  /** People a period. */
  level: number;
  /** Share of the people of one period who come in the next too. */
  stay: number;
}

const steady = (type: PeriodType, level: number, stay: number, words: string): SteadySeries => ({
  ...{ type, level, stay },
  name: `two years of ${type}s of ${level} that do not change, ${words} again`,
});

export const STEADY_SERIES: readonly SteadySeries[] = [
  ...[20, 60, 200].map((level) => steady("month", level, 1 / 3, "a third come")),
  ...[20, 60, 200].map((level) => steady("month", level, 0.6, "six tenths come")),
  steady("month", 20, 0, "nobody comes"),
  ...[20, 60, 200].map((level) => steady("quarter", level, 0.2, "a fifth come")),
  ...[20, 60, 200].map((level) => steady("quarter", level, 0.4, "two fifths come")),
];

/** Share of so many series, starting in any period of a financial year, with a word for a change that there is not. */
export function falseWords({ type, level, stay }: SteadySeries, series: number, seed: number): number {
  const draws = new Draws(seed);
  const perYear = 12 / MONTHS_OF[type];
  let said = 0;
  let heard = 0;
  for (let number = 0; number < series; number += 1) {
    const start = Math.floor(draws.unit() * perYear);
    const eras = Array.from({ length: 2 * perYear }, (_, at) => Math.floor((start + at) / perYear));
    const means = eras.map(() => level);
    const values = figuresOf(means, eras, { size: Number.POSITIVE_INFINITY, stay }, draws);
    const points = values.map((value, at) => ({ value, era: eras[at] ?? 0 }));
    const word = trendOf(yearChange(points, { type }));
    if (word !== "too-short") heard += 1;
    if (word === "rising" || word === "falling") said += 1;
  }
  return said / heard;
}
