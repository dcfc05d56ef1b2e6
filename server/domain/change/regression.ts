/**
 * Regression of counts over time: ordinary least squares, Poisson and negative binomial by iteratively reweighted
 * least squares, with robust standard errors. Small designs (a handful of columns), so plain arrays and a Cholesky
 * factor do. `reference/outcomes/expected.json` holds every estimate and error to R's.
 */

import { digamma, logGamma, trigamma } from "./distributions";

/** Rows of a design matrix, all of one length; the first column is usually 1. */
export type Design = readonly (readonly number[])[];
export type Matrix = readonly (readonly number[])[];

export interface Fit {
  coefficients: number[];
  /** (X'WX)^-1: the model's covariance for a dispersion of 1. */
  bread: Matrix;
  fitted: number[];
  /** Derivative of the score of each row by its linear predictor, at the fit: W. */
  weights: number[];
  /** (y - mu) on the scale of the score: W x working residual. */
  scores: number[];
  /** Sum of squared Pearson residuals over the degrees of freedom left. */
  dispersion: number;
  freedom: number;
  deviance: number;
}

/** A design whose columns repeat each other: there is no one answer. */
export class Singular extends Error {
  constructor() {
    super("The columns of the design depend on each other");
  }
}

const SMALLEST_PIVOT = 1e-11;

/** Inverse of a symmetric positive definite matrix by Cholesky. Throws Singular where it is none. */
export function inverseOf(matrix: Matrix): number[][] {
  const size = matrix.length;
  const at = (rows: Matrix, i: number, j: number) => rows[i]?.[j] ?? 0;
  const lower = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = at(matrix, i, j);
      for (let k = 0; k < j; k += 1) sum -= at(lower, i, k) * at(lower, j, k);
      const row = lower[i];
      if (!row) throw new Singular();
      if (i === j) {
        if (!(sum > SMALLEST_PIVOT * at(matrix, i, i))) throw new Singular();
        row[j] = Math.sqrt(sum);
      } else row[j] = sum / at(lower, j, j);
    }
  }
  const inverse = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let column = 0; column < size; column += 1) {
    const forward: number[] = [];
    for (let i = 0; i < size; i += 1) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k += 1) sum -= at(lower, i, k) * (forward[k] ?? 0);
      forward.push(sum / at(lower, i, i));
    }
    for (let i = size - 1; i >= 0; i -= 1) {
      let sum = forward[i] ?? 0;
      for (let k = i + 1; k < size; k += 1) sum -= at(lower, k, i) * at(inverse, k, column);
      const row = inverse[i];
      if (row) row[column] = sum / at(lower, i, i);
    }
  }
  return inverse;
}

/** X'diag(w)X. */
function cross(design: Design, weights: readonly number[]): number[][] {
  const columns = design[0]?.length ?? 0;
  const sums = Array.from({ length: columns }, () => new Array<number>(columns).fill(0));
  design.forEach((row, t) => {
    const weight = weights[t] ?? 0;
    for (let i = 0; i < columns; i += 1) {
      const sum = sums[i];
      if (!sum) continue;
      for (let j = 0; j < columns; j += 1) sum[j] = (sum[j] ?? 0) + weight * (row[i] ?? 0) * (row[j] ?? 0);
    }
  });
  return sums;
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
const times = (matrix: Matrix, vector: readonly number[]) => matrix.map((row) => dot(row, vector));

function product(a: Matrix, b: Matrix): number[][] {
  return a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? 0), 0)));
}

/** How a family of counts is fitted: its variance, by which rows are weighed. The link is the logarithm. */
interface Family {
  /** Variance at a mean, for a dispersion of 1. */
  variance(mean: number): number;
  deviance(y: number, mean: number): number;
}

const ylogy = (y: number, mean: number) => (y === 0 ? 0 : y * Math.log(y / mean));

const POISSON: Family = {
  variance: (mean) => mean,
  deviance: (y, mean) => 2 * (ylogy(y, mean) - (y - mean)),
};

const negativeBinomial = (theta: number): Family => ({
  variance: (mean) => mean + (mean * mean) / theta,
  deviance: (y, mean) => 2 * (ylogy(y, mean) - (y + theta) * Math.log((y + theta) / (mean + theta))),
});

const MOST_ROUNDS = 100;
const CONVERGED = 1e-12;

function fitCounts(
  y: readonly number[],
  design: Design,
  family: Family,
  offset: readonly number[],
  start?: readonly number[],
): Fit {
  let means = start ? [...start] : y.map((value) => value + 0.1);
  let before = Number.POSITIVE_INFINITY;
  let coefficients: number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const weights = means.map((mean) => mean ** 2 / family.variance(mean));
    const working = means.map((mean, t) => Math.log(mean) - (offset[t] ?? 0) + ((y[t] ?? 0) - mean) / mean);
    coefficients = times(inverseOf(cross(design, weights)), weighted(design, weights, working));
    means = design.map((row, t) => Math.exp(dot(row, coefficients) + (offset[t] ?? 0)));
    const deviance = y.reduce((sum, value, t) => sum + family.deviance(value, means[t] ?? 1), 0);
    const moved = Math.abs(deviance - before) / (Math.abs(deviance) + 0.1);
    before = deviance;
    if (moved < CONVERGED) break;
  }
  const weights = means.map((mean) => mean ** 2 / family.variance(mean));
  const scores = means.map((mean, t) => (((y[t] ?? 0) - mean) * mean) / family.variance(mean));
  const freedom = y.length - coefficients.length;
  const pearson = means.reduce((sum, mean, t) => sum + ((y[t] ?? 0) - mean) ** 2 / family.variance(mean), 0);
  return {
    coefficients,
    bread: inverseOf(cross(design, weights)),
    fitted: means,
    weights,
    scores,
    dispersion: freedom > 0 ? pearson / freedom : Number.NaN,
    freedom,
    deviance: before,
  };
}

function weighted(design: Design, weights: readonly number[], values: readonly number[]): number[] {
  return (design[0] ?? []).map((_, i) =>
    design.reduce((sum, row, t) => sum + (row[i] ?? 0) * (weights[t] ?? 0) * (values[t] ?? 0), 0),
  );
}

const none = (y: readonly number[]) => y.map(() => 0);

/** Poisson regression with a log link (Nelder and Wedderburn 1972). `offset` is on the log scale. */
export function poissonRegression(y: readonly number[], design: Design, offset = none(y)): Fit {
  return fitCounts(y, design, POISSON, offset);
}

/** Log likelihood of a Poisson fit. */
export function poissonLikelihood(y: readonly number[], fitted: readonly number[]): number {
  return y.reduce((sum, value, t) => {
    const mean = fitted[t] ?? 1;
    return sum + value * Math.log(mean) - mean - logGamma(value + 1);
  }, 0);
}

/** Above this, a negative binomial is a Poisson in all but name. */
export const LARGEST_THETA = 1e6;

/**
 * Negative binomial regression: the mean by reweighted least squares and theta by maximum likelihood in turn
 * (Venables and Ripley 2002, 7.4; `glm.nb`). Without more spread than a Poisson's, theta ends at its largest.
 */
export function negativeBinomialRegression(
  y: readonly number[],
  design: Design,
  offset = none(y),
): Fit & { theta: number; likelihood: number } {
  let fit = poissonRegression(y, design, offset);
  let theta = thetaOf(y, fit.fitted);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    fit = fitCounts(y, design, negativeBinomial(theta), offset, fit.fitted);
    const next = thetaOf(y, fit.fitted);
    const isSame = Math.abs(next - theta) < 1e-10 * theta;
    theta = next;
    if (isSame || theta >= LARGEST_THETA) break;
  }
  fit = fitCounts(y, design, negativeBinomial(theta), offset, fit.fitted);
  const likelihood = y.reduce((sum, value, t) => {
    const mean = fit.fitted[t] ?? 1;
    return (
      sum +
      logGamma(theta + value) -
      logGamma(theta) -
      logGamma(value + 1) +
      theta * Math.log(theta / (theta + mean)) +
      value * Math.log(mean / (theta + mean))
    );
  }, 0);
  return { ...fit, theta, likelihood };
}

/** Maximum likelihood theta for means that are known: Newton's steps, held above 0 (`theta.ml`). */
function thetaOf(y: readonly number[], means: readonly number[]): number {
  const spread = y.reduce((sum, value, t) => sum + (value / (means[t] ?? 1) - 1) ** 2, 0);
  let theta = Math.max(1e-3, y.length / Math.max(spread, 1e-9));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let score = 0;
    let information = 0;
    y.forEach((value, t) => {
      const mean = means[t] ?? 1;
      score +=
        digamma(theta + value) -
        digamma(theta) +
        Math.log(theta) +
        1 -
        Math.log(theta + mean) -
        (value + theta) / (mean + theta);
      information +=
        -trigamma(theta + value) +
        trigamma(theta) -
        1 / theta +
        2 / (mean + theta) -
        (value + theta) / (mean + theta) ** 2;
    });
    // Far from the answer the curve may bend the other way: then theta is doubled or halved towards it.
    const step = information > 0 ? score / information : score > 0 ? theta : -theta / 2;
    const next = Math.min(Math.max(theta + step, theta / 4), theta * 4);
    if (next >= LARGEST_THETA) return LARGEST_THETA;
    if (Math.abs(next - theta) < 1e-12 * theta) return next;
    theta = next;
  }
  return theta;
}

/** Ordinary least squares; with weights, weighted least squares. `dispersion` is the residual variance. */
export function leastSquares(y: readonly number[], design: Design, weights = y.map(() => 1)): Fit {
  const bread = inverseOf(cross(design, weights));
  const coefficients = times(bread, weighted(design, weights, y));
  const fitted = times(design, coefficients);
  const scores = y.map((value, t) => (value - (fitted[t] ?? 0)) * (weights[t] ?? 0));
  const freedom = y.length - coefficients.length;
  const squares = y.reduce((sum, value, t) => sum + (weights[t] ?? 0) * (value - (fitted[t] ?? 0)) ** 2, 0);
  const dispersion = freedom > 0 ? squares / freedom : Number.NaN;
  return {
    coefficients,
    bread,
    fitted,
    weights: [...weights],
    scores,
    dispersion,
    freedom,
    deviance: squares,
  };
}

/** Durbin and Watson's statistic of residuals in order: near 2 when one says nothing of the next. */
export function durbinWatson(residuals: readonly number[]): number {
  const squares = residuals.reduce((sum, each) => sum + each ** 2, 0);
  const steps = residuals.slice(1).reduce((sum, each, t) => sum + (each - (residuals[t] ?? 0)) ** 2, 0);
  return steps / squares;
}

/** Covariance of the coefficients as the model has it, for a dispersion (1 unless given). */
export function modelCovariance({ bread }: Fit, dispersion = 1): number[][] {
  return bread.map((row) => row.map((value) => value * dispersion));
}

/** White's covariance (HC0): right whatever the variance of each row (White 1980; `sandwich` 3.0). */
export function whiteCovariance(fit: Fit, design: Design): number[][] {
  return neweyWestCovariance(fit, design, 0);
}

/**
 * Newey and West's covariance: right when rows near in time move together, up to a lag (Newey and West 1987; Bartlett
 * weights 1 - l / (L + 1), no prewhitening). `adjusted` multiplies by n / (n - k) for small samples.
 */
export function neweyWestCovariance(fit: Fit, design: Design, lag: number, adjusted = false): number[][] {
  const columns = design[0]?.length ?? 0;
  const score = (t: number, i: number) => (design[t]?.[i] ?? 0) * (fit.scores[t] ?? 0);
  const meat = Array.from({ length: columns }, (_, i) =>
    Array.from({ length: columns }, (_, j) => {
      let sum = 0;
      for (let t = 0; t < design.length; t += 1) {
        sum += score(t, i) * score(t, j);
        for (let l = 1; l <= lag && l <= t; l += 1) {
          const weight = 1 - l / (lag + 1);
          sum += weight * (score(t, i) * score(t - l, j) + score(t - l, i) * score(t, j));
        }
      }
      return sum;
    }),
  );
  const n = design.length;
  const stretch = adjusted ? n / (n - columns) : 1;
  return product(product(fit.bread, meat), fit.bread).map((row) => row.map((value) => value * stretch));
}

/** The usual lag for so many points: floor(4 (n / 100)^(2/9)) (Newey and West 1994). */
export const usualLag = (points: number): number => Math.floor(4 * (points / 100) ** (2 / 9));

/** Roots of the diagonal: standard errors. */
export const errorsOf = (covariance: Matrix): number[] =>
  covariance.map((row, i) => Math.sqrt(Math.max(0, row[i] ?? 0)));

/** Variance of a combination of coefficients: r'Vr. */
export function varianceOf(covariance: Matrix, row: readonly number[]): number {
  return Math.max(0, dot(row, times(covariance, row)));
}

/** A row of the design times the coefficients. */
export const predictorOf = (row: readonly number[], coefficients: readonly number[]): number =>
  dot(row, coefficients);
