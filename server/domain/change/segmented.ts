/**
 * Before and after a day: segmented regression of a series of figures (Wagner and others 2002; Bernal, Cummins and
 * Gasparrini 2017). The logarithm of the mean follows a line in time and a step at the day; a comparison series, where
 * there is one, carries what moved everywhere (the season, more people coming), and the step is against it. The rules
 * for what goes into the model stand here as constants, so that nobody chooses after looking.
 */

import type { PeriodType } from "../period";
import { tOf } from "./distributions";
import { PLACE_VARIANCE } from "./figure-error";
import {
  type Design,
  type Fit,
  type Matrix,
  negativeBinomialRegression,
  neweyWestCovariance,
  poissonRegression,
  predictorOf,
  Singular,
  usualLag,
  varianceOf,
} from "./regression";

/** One period of a series. */
export interface SeriesPoint {
  /** The figure, or the sum of several areas' figures; null when any of them is hidden. */
  value: number | null;
  /** The comparison series in that period; null without one, or when it is hidden. */
  comparison: number | null;
  /** Whether the period lies before the day, after it, or holds it and so is neither. */
  side: "before" | "after" | "across";
  /** Financial year: within one, the error of place and need is the same. */
  era: number;
}

/** Fewest periods of use on each side; with fewer, a step is not told from chance. */
export const FEWEST_BEFORE = { alone: 6, compared: 3 } as const;
export const FEWEST_AFTER = 2;
/** No more than this share of the periods on a side may be hidden: hidden ones are the low ones, and are left out. */
export const LARGEST_HIDDEN_SHARE = 0.1;
/** A line in time is in a compared model from so many periods before the day on; alone it always is. */
const LINE_FROM: Readonly<Record<PeriodType, number>> = { month: 12, quarter: 8, year: 8 };
/** A change of slope after the day is in the model from so many periods after it on. */
const SLOPE_FROM: Readonly<Record<PeriodType, number>> = { month: 12, quarter: 8, year: 8 };
/** The season is in the model from so many periods on: two turns of months, four of quarters. */
const SEASON_FROM: Readonly<Record<PeriodType, number>> = {
  month: 24,
  quarter: 16,
  year: Number.POSITIVE_INFINITY,
};
const TURN: Readonly<Record<PeriodType, number>> = { month: 12, quarter: 4, year: 1 };
/** Periods on each side that the method asks for; with fewer, the page says so. */
export const ENOUGH: Readonly<Record<PeriodType, number>> = { month: 12, quarter: 8, year: 8 };
/** With more spread than this times a Poisson's, the model is a negative binomial. */
const OVERDISPERSED = 1.5;

export interface Effect {
  /** Times as many as without the step: 0.67 is a third fewer. */
  ratio: number;
  low: number;
  high: number;
}

export interface Segmented {
  ok: true;
  /** All periods after the day together, against what the model expects without the step. */
  effect: Effect;
  /** The step at the day, and the change of slope for each period after it (null when not in the model). */
  level: Effect;
  slope: Effect | null;
  /** For each point: the fit, and what was to be expected without the step with its 95% band (after the day). */
  fitted: (number | null)[];
  expected: ({ mean: number; low: number; high: number } | null)[];
  family: "Poisson" | "negative binomial";
  /** What the model holds besides a level and a step. */
  holds: { line: boolean; slope: boolean; season: boolean; comparison: boolean };
  before: number;
  after: number;
  freedom: number;
}

export type WhyNoFit = "too-few-before" | "too-few-after" | "too-many-hidden" | "no-one-answer";

export type SegmentedAnswer = Segmented | { ok: false; why: WhyNoFit };

/** Before and after, from the points of a series in order of time. `figures` were added up for each value. */
export function segmentedFit(
  points: readonly SeriesPoint[],
  { type, figures = 1, compared }: { type: PeriodType; figures?: number; compared: boolean },
): SegmentedAnswer {
  const shown = (point: SeriesPoint) => point.value !== null && (!compared || (point.comparison ?? 0) > 0);
  const used = points.flatMap((point, at) =>
    point.side !== "across" && shown(point) ? [{ ...point, at }] : [],
  );
  const count = (list: readonly { side: string }[], side: string) =>
    list.filter((each) => each.side === side).length;
  const before = count(used, "before");
  const after = count(used, "after");
  for (const side of ["before", "after"]) {
    const all = count(points, side);
    const seen = side === "before" ? before : after;
    if (all > 0 && (all - seen) / all > LARGEST_HIDDEN_SHARE) return { ok: false, why: "too-many-hidden" };
  }
  if (before < FEWEST_BEFORE[compared ? "compared" : "alone"]) return { ok: false, why: "too-few-before" };
  if (after < FEWEST_AFTER) return { ok: false, why: "too-few-after" };

  const firstAfter = points.findIndex(({ side }) => side === "after");
  const holds = {
    line: !compared || before >= LINE_FROM[type],
    slope: after >= SLOPE_FROM[type] && (!compared || before >= LINE_FROM[type]),
    season: !compared && before + after >= SEASON_FROM[type] - 1,
    comparison: compared,
  };
  const rowOf = (at: number, isAfter: boolean): number[] => {
    const since = isAfter ? at - firstAfter : 0;
    const turn = (2 * Math.PI * at) / TURN[type];
    return [
      1,
      isAfter ? 1 : 0,
      ...(holds.line ? [at - firstAfter] : []),
      ...(holds.slope ? [since] : []),
      ...(holds.season ? [Math.sin(turn), Math.cos(turn)] : []),
    ];
  };
  const y = used.map(({ value }) => value ?? 0);
  const design = used.map(({ at, side }) => rowOf(at, side === "after"));
  const offset = used.map(({ comparison }) => (compared ? Math.log(comparison ?? 1) : 0));
  const eras = used.map(({ era }) => era);

  let fit: Fit;
  let family: Segmented["family"] = "Poisson";
  try {
    fit = poissonRegression(y, design, offset);
    if (fit.dispersion > OVERDISPERSED) {
      fit = negativeBinomialRegression(y, design, offset);
      family = "negative binomial";
    }
  } catch (fault) {
    if (fault instanceof Singular) return { ok: false, why: "no-one-answer" };
    throw fault;
  }
  if (fit.freedom < 1 || !fit.coefficients.every(Number.isFinite)) return { ok: false, why: "no-one-answer" };

  const covariances = errorsToCover(fit, design, { eras, figures });
  const t = tOf(0.95, fit.freedom);
  const half = (row: readonly number[]) =>
    t * Math.sqrt(Math.max(...covariances.map((covariance) => varianceOf(covariance, row))));
  const effectOf = (row: readonly number[]): Effect => {
    const middle = predictorOf(row, fit.coefficients);
    const width = half(row);
    return { ratio: Math.exp(middle), low: Math.exp(middle - width), high: Math.exp(middle + width) };
  };
  const width = design[0]?.length ?? 0;
  const slopeAt = holds.line ? 3 : 2;
  const unit = (values: Readonly<Record<number, number>>) =>
    Array.from({ length: width }, (_, i) => values[i] ?? 0);
  const sinceMean =
    used.filter(({ side }) => side === "after").reduce((sum, { at }) => sum + at - firstAfter, 0) / after;
  const step = unit({ 1: 1 });
  const meanOf = (at: number, isAfter: boolean, comparison: number | null) =>
    Math.exp(predictorOf(rowOf(at, isAfter), fit.coefficients)) * (compared ? (comparison ?? 0) : 1);
  const mayDraw = (point: SeriesPoint) => !compared || (point.comparison ?? 0) > 0;
  return {
    ok: true,
    effect: effectOf(holds.slope ? unit({ 1: 1, [slopeAt]: sinceMean }) : step),
    level: effectOf(step),
    slope: holds.slope ? effectOf(unit({ [slopeAt]: 1 })) : null,
    fitted: points.map((point, at) =>
      mayDraw(point) && point.side !== "across" ? meanOf(at, point.side === "after", point.comparison) : null,
    ),
    expected: points.map((point, at) => {
      if (!mayDraw(point) || point.side !== "after") return null;
      const mean = meanOf(at, false, point.comparison);
      const stretch = Math.exp(half(rowOf(at, false)));
      return { mean, low: mean / stretch, high: mean * stretch };
    }),
    family,
    holds,
    before,
    after,
    freedom: fit.freedom,
  };
}

/**
 * Covariances of the coefficients, of which the wider counts for each question: the model's own with the spread that
 * was seen (never less than a Poisson's), and Newey and West's, which also holds where neighbouring periods move
 * together. Both carry the part of the figures' error that all periods of a financial year share, which residuals
 * cannot show.
 */
function errorsToCover(
  fit: Fit,
  design: Design,
  { eras, figures }: { eras: readonly number[]; figures: number },
): Matrix[] {
  const shared = sharedError(fit, design, eras, PLACE_VARIANCE * figures);
  const add = (matrix: Matrix) =>
    matrix.map((row, i) => row.map((value, j) => value + (shared[i]?.[j] ?? 0)));
  const spread = Math.max(1, fit.dispersion) * carriedOver(fit);
  const model = fit.bread.map((row) => row.map((value) => value * spread));
  return [add(model), add(neweyWestCovariance(fit, design, usualLag(design.length), true))];
}

/** No more than this of one period is taken to carry over to the next. */
const MOST_CARRIED = 0.7;

/**
 * How much wider errors are when people who came in one period come in the next: (1 + r) / (1 - r) of the residuals'
 * first autocorrelation, mended for what fitting takes from it (about 1 / n for each coefficient; Kendall 1954).
 */
function carriedOver({ scores, weights, coefficients }: Fit): number {
  const residuals = scores.map((score, t) => score / Math.sqrt(weights[t] ?? 1));
  const squares = residuals.reduce((sum, each) => sum + each * each, 0);
  const pairs = residuals.slice(1).reduce((sum, each, t) => sum + each * (residuals[t] ?? 0), 0);
  const found = pairs / squares + coefficients.length / residuals.length;
  const r = Math.min(MOST_CARRIED, Math.max(0, found));
  return (1 + r) / (1 - r);
}

/** What an error that is the same all through a year does to the coefficients: off the diagonal alone. */
function sharedError(fit: Fit, design: Design, eras: readonly number[], variance: number): number[][] {
  const columns = design[0]?.length ?? 0;
  // How far each coefficient moves when one period has one person more.
  const pulls = design.map((row, t) => {
    const perPerson = (fit.weights[t] ?? 0) / (fit.fitted[t] ?? 1);
    return fit.bread.map((line) =>
      line.reduce((sum, value, i) => sum + value * (row[i] ?? 0) * perPerson, 0),
    );
  });
  const total = Array.from({ length: columns }, () => new Array<number>(columns).fill(0));
  for (const era of new Set(eras)) {
    const own = pulls.filter((_, t) => eras[t] === era);
    for (let i = 0; i < columns; i += 1) {
      const row = total[i];
      if (!row) continue;
      for (let j = 0; j < columns; j += 1) {
        const sum = (k: number) => own.reduce((whole, pull) => whole + (pull[k] ?? 0), 0);
        const diagonal = own.reduce((whole, pull) => whole + (pull[i] ?? 0) * (pull[j] ?? 0), 0);
        row[j] = (row[j] ?? 0) + variance * (sum(i) * sum(j) - diagonal);
      }
    }
  }
  return total;
}
