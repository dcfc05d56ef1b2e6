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
  close = CONVERGED,
): Generator<Float64Array | null, LogisticFit, Float64Array> {
  let coefficients = start;
  let before = Number.NaN;
  let factor: Factor | null = null;
  for (let round = start ? 1 : 0; ; round += 1) {
    const sums = yield coefficients;
    const deviance = sums[0] ?? 0;
    const isClose = Math.abs(deviance - before) / (Math.abs(deviance) + 0.1) < close;
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

/** Fits a model where it stands, one stretch of rows after the other. */
export function fitLogistic(data: LogisticData, order: readonly number[]): LogisticFit {
  return fitRows(data, logisticRounds(columnsOf(data), order, startOf(data, order)));
}

function fitRows(data: LogisticData, rounds: ReturnType<typeof logisticRounds>): LogisticFit {
  const stretches = stretchesOf(data.rows);
  const parts = stretches.map(() => new Float64Array(sumsLength(columnsOf(data))));
  let next = rounds.next();
  while (!next.done) {
    const coefficients = next.value;
    stretches.forEach((rows, at) => {
      const sums = parts[at];
      if (sums) passOver(data, rows, coefficients, sums.fill(0));
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

/** Fewer rows than these are fitted from R's first guess, in R's number of rounds. */
const MANY_ROWS = 50_000;
/** Of the larger group in the sample, for each of the smaller, and of all its rows; and the most that is worth it. */
const BESIDE = 3;
const LEAST_SAMPLED = 0.05;
const MOST_SAMPLED = 0.25;
/** How closely the sample is fitted: it is a start, and its chance is larger than this. */
const NEAR_ENOUGH = 1e-4;

/**
 * Coefficients near the answer for very many rows, so that few passes over all of them are left: those of the smaller
 * group and a sample of the larger, whose constant is put right by the share that was taken (Prentice and Pyke 1979).
 * Null for R's first guess.
 */
export function startOf(data: LogisticData, order: readonly number[]): Float64Array | null {
  if (data.rows < MANY_ROWS) return null;
  let took = 0;
  let counted = 0;
  for (let row = 0; row < data.rows; row += 1) {
    if (data.aside !== null && data.aside[row] === 1) continue;
    counted += 1;
    took += data.outcome[row] ?? 0;
  }
  const rarer = took <= counted - took ? 1 : 0;
  const rare = Math.min(took, counted - took);
  const share = Math.max(LEAST_SAMPLED, (BESIDE * rare) / (counted - rare));
  if (share > MOST_SAMPLED) return null;
  const picked = pick(data, sampleOf(data, rarer, share));
  const fit = fitRows(picked, logisticRounds(columnsOf(data), order, null, NEAR_ENOUGH));
  if (!fit.hasConverged || fit.factor.aliased.length > 0) return null;
  const start = fit.coefficients.slice();
  start[0] = (start[0] ?? 0) + (rarer === 1 ? Math.log(share) : -Math.log(share));
  return start;
}

/** All of one group, and a share of the other, evenly along the rows. */
function sampleOf({ rows, outcome, aside }: LogisticData, all: number, share: number): Uint32Array {
  const kept = new Uint32Array(rows);
  let count = 0;
  let due = 0;
  for (let row = 0; row < rows; row += 1) {
    if (aside !== null && aside[row] === 1) continue;
    if (outcome[row] !== all) {
      due += share;
      if (due < 1) continue;
      due -= 1;
    }
    kept[count] = row;
    count += 1;
  }
  return kept.slice(0, count);
}

function pick(data: LogisticData, rows: Uint32Array): LogisticData {
  const outcome = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) outcome[at] = data.outcome[rows[at] ?? 0] ?? 0;
  return {
    rows: rows.length,
    outcome,
    aside: null,
    numbers: data.numbers.map((number) => {
      const values = new Float64Array(rows.length);
      for (let at = 0; at < rows.length; at += 1) values[at] = number.values[rows[at] ?? 0] ?? Number.NaN;
      return { ...number, values };
    }),
    categories: data.categories.map(({ codes, levels }) => {
      const own = new Int32Array(rows.length);
      for (let at = 0; at < rows.length; at += 1) own[at] = codes[rows[at] ?? 0] ?? 0;
      return { codes: own, levels };
    }),
  };
}
