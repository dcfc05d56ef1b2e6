/**
 * Logistic regression by iteratively reweighted least squares, with the rules of R's `glm`: its first guess, its test of
 * convergence, its order of leaving out columns that say nothing new. Steps are asked for one at a time, so that the
 * passes over the rows can be made here or by threads; the numbers are the same.
 */

import { type Factor, factorOf, solve } from "./cholesky";
import { columnsOf, type LogisticData, passOver, stretchesOf, sumsLength } from "./logistic-pass";

/** R's `glm.control`. */
const CONVERGED = 1e-8;
const MOST_ROUNDS = 25;

export interface LogisticFit {
  /** Of each column of the model, on the scale that it is taken at; 0 where it was left out. */
  coefficients: Float64Array;
  /** Of the information matrix, for errors: that of the last round, as R's. */
  factor: Factor;
  deviance: number;
  iterations: number;
  hasConverged: boolean;
}

/**
 * The rounds of a fit: yields the coefficients (null: R's first guess) at which it wants the sums of a pass over all
 * rows, and is given them. `order` is the order in which columns are taken in; `start` begins near the answer.
 */
export function* logisticRounds(
  columns: number,
  order: readonly number[],
  start: Float64Array | null = null,
): Generator<Float64Array | null, LogisticFit, Float64Array> {
  let coefficients = start;
  let before = Number.NaN;
  let factor: Factor | null = null;
  for (let round = start ? 1 : 0; ; round += 1) {
    const sums = yield coefficients;
    const deviance = sums[0] ?? 0;
    const isClose = Math.abs(deviance - before) / (Math.abs(deviance) + 0.1) < CONVERGED;
    const now: Factor = factorOf(sums.subarray(1 + columns), factor?.kept ?? order);
    const step = solve(now, sums.subarray(1, 1 + columns));
    const isNumber = step.every((each) => Number.isFinite(each)) && Number.isFinite(deviance);
    if (factor && (isClose || !isNumber || round >= MOST_ROUNDS)) {
      const at = coefficients ?? new Float64Array(columns);
      return {
        // The sums of this round are there already: one more step costs nothing and takes away what rounding left.
        coefficients: isClose ? add(at, step) : at,
        factor,
        deviance,
        iterations: round,
        hasConverged: isClose,
      };
    }
    factor = factor ? { ...now, aliased: [...factor.aliased, ...now.aliased] } : now;
    coefficients = coefficients ? add(coefficients, step) : step;
    before = deviance;
  }
}

const add = (a: Float64Array, b: Float64Array) => a.map((each, at) => each + (b[at] ?? 0));

/** Fits a model where it stands, one row after the other. */
export function fitLogistic(data: LogisticData, order: readonly number[]): LogisticFit {
  const columns = columnsOf(data);
  const stretches = stretchesOf(data.rows);
  const rounds = logisticRounds(columns, order);
  let next = rounds.next();
  while (!next.done) {
    const coefficients = next.value;
    const parts = stretches.map((rows) => {
      const sums = new Float64Array(sumsLength(columns));
      passOver(data, rows, coefficients, sums);
      return sums;
    });
    next = rounds.next(joinSums(parts));
  }
  return next.value;
}

/** Sums of stretches, in their order. */
export function joinSums(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts[0]?.length ?? 0);
  for (const part of parts)
    for (let at = 0; at < whole.length; at += 1) whole[at] = (whole[at] ?? 0) + (part[at] ?? 0);
  return whole;
}
