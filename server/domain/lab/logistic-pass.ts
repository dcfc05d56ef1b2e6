/**
 * One pass of logistic regression over some rows: the deviance, the gradient and the packed information matrix, added
 * up together. Rows are taken in blocks that stay in the fastest memory; a category costs one addition a row for each
 * number beside it, however many levels it has. Sums are kept by stretch of rows and joined in their order, so that
 * they are the same to the last bit however many threads add them up.
 */

import { packedAt } from "./cholesky";

/** A number of the model, taken as (value - centre) x scale; not known (NaN): 0, which is its mean. */
export interface ModelNumber {
  values: Float64Array;
  centre: number;
  scale: number;
}

/** A category: 0 for its reference, 1 and up for the levels with a column each. */
export interface ModelCodes {
  codes: Int32Array;
  levels: number;
}

/** Columns of the model: a constant, the numbers, then the levels of each category. */
export interface LogisticData {
  rows: number;
  outcome: Uint8Array;
  /** 1 for a row that the model leaves aside; null: none. */
  aside: Uint8Array | null;
  numbers: readonly ModelNumber[];
  categories: readonly ModelCodes[];
}

export const columnsOf = ({ numbers, categories }: LogisticData): number =>
  1 + numbers.length + categories.reduce((sum, { levels }) => sum + levels, 0);

/** Length of the sums of a pass: deviance, gradient, packed triangle. */
export const sumsLength = (columns: number): number => 1 + columns + packedAt(columns, 0);

const STRETCH = 16_384;
const MOST_STRETCHES = 64;

/** Rows of the stretches whose sums are kept apart, from and to. */
export function stretchesOf(rows: number): { from: number; to: number }[] {
  const size = Math.max(STRETCH, Math.ceil(rows / MOST_STRETCHES));
  return Array.from({ length: Math.max(1, Math.ceil(rows / size)) }, (_, at) => ({
    from: at * size,
    to: Math.min(rows, (at + 1) * size),
  }));
}

/** 512 rows of 13 columns, as they are and weighed, are 100 kB. */
const BLOCK = 512;

/** R's first guess, mu = (y + 1/2) / 2, has this weight, predictor and residual for y = 1. */
const START_WEIGHT = 3 / 16;
const START_SCORE = START_WEIGHT * Math.log(3) + 1 / 4;
const START_ODDS = 4 / 3;
/** Products of odds are kept below 1e200 times this one's exponential, which a number can hold. */
const LARGEST_PREDICTOR = 230;

/** Adds the sums of rows `from` to `to` at these coefficients into `sums`; at null, those of R's first guess. */
export function passOver(
  data: LogisticData,
  rows: { from: number; to: number },
  coefficients: Float64Array | null,
  sums: Float64Array,
): void {
  const { numbers, categories, outcome, aside } = data;
  const dense = numbers.length + 1;
  const columns = columnsOf(data);
  const gradient = sums.subarray(1, 1 + columns);
  const triangle = sums.subarray(1 + columns);
  const plain = Array.from({ length: dense }, () => new Float64Array(BLOCK));
  const weighed = Array.from({ length: dense }, () => new Float64Array(BLOCK));
  const residual = new Float64Array(BLOCK);
  const predictor = new Float64Array(BLOCK);
  plain[0]?.fill(1);
  let firstLevel = dense;
  const offsets = categories.map(({ levels }) => {
    firstLevel += levels;
    return firstLevel - levels - 1;
  });
  let deviance = 0;
  for (let start = rows.from; start < rows.to; start += BLOCK) {
    const size = Math.min(BLOCK, rows.to - start);
    numbers.forEach((number, at) => {
      const column = plain[at + 1];
      if (column) stage(number, start, size, column);
    });
    if (coefficients) predict(plain, categories, offsets, coefficients, start, size, predictor);
    deviance += weigh(
      { outcome, aside, isStart: !coefficients },
      start,
      size,
      predictor,
      residual,
      weighed[0] ?? predictor,
    );
    const weights = weighed[0] ?? predictor;
    for (let j = 1; j < dense; j += 1) multiply(plain[j] ?? weights, weights, weighed[j] ?? weights, size);
    for (let i = 0; i < dense; i += 1) {
      const row = weighed[i] ?? weights;
      const at = packedAt(i, 0);
      gradient[i] = (gradient[i] ?? 0) + dot(residual, plain[i] ?? weights, size);
      let j = 0;
      for (; j + 3 <= i; j += 4)
        dotFour(
          row,
          plain[j] ?? row,
          plain[j + 1] ?? row,
          plain[j + 2] ?? row,
          plain[j + 3] ?? row,
          size,
          triangle,
          at + j,
        );
      for (; j <= i; j += 1) triangle[at + j] = (triangle[at + j] ?? 0) + dot(row, plain[j] ?? row, size);
    }
    categories.forEach(({ codes }, c) => {
      const offset = offsets[c] ?? 0;
      scatter(codes, start, size, residual, gradient, offset);
      for (let j = 0; j < dense; j += 1)
        scatterRows(codes, start, size, weighed[j] ?? weights, triangle, offset, j);
      for (let d = 0; d < c; d += 1) {
        const other = categories[d]?.codes ?? codes;
        scatterPairs(codes, other, start, size, weights, triangle, offset, offsets[d] ?? 0);
      }
    });
  }
  // A level with itself is a level with the constant.
  for (let level = dense; level < columns; level += 1)
    triangle[packedAt(level, level)] = triangle[packedAt(level, 0)] ?? 0;
  sums[0] = (sums[0] ?? 0) + deviance;
}

/** Linear predictor of rows `from` to `to`, by row of the table; rows left aside too. */
export function predictRows(
  data: LogisticData,
  rows: { from: number; to: number },
  coefficients: Float64Array,
  into: Float64Array,
): void {
  const { numbers, categories } = data;
  const plain = Array.from({ length: numbers.length + 1 }, () => new Float64Array(BLOCK));
  plain[0]?.fill(1);
  let firstLevel = numbers.length + 1;
  const offsets = categories.map(({ levels }) => {
    firstLevel += levels;
    return firstLevel - levels - 1;
  });
  for (let start = rows.from; start < rows.to; start += BLOCK) {
    const size = Math.min(BLOCK, rows.to - start);
    numbers.forEach((number, at) => {
      const column = plain[at + 1];
      if (column) stage(number, start, size, column);
    });
    predict(
      plain,
      categories,
      offsets,
      coefficients,
      start,
      size,
      into.subarray(start, Math.min(start + BLOCK, into.length)),
    );
  }
}

function stage(
  { values, centre, scale }: ModelNumber,
  start: number,
  size: number,
  into: Float64Array,
): void {
  for (let i = 0; i < size; i += 1) {
    const value = ((values[start + i] ?? 0) - centre) * scale;
    into[i] = Number.isNaN(value) ? 0 : value;
  }
}

function predict(
  plain: readonly Float64Array[],
  categories: readonly ModelCodes[],
  offsets: readonly number[],
  coefficients: Float64Array,
  start: number,
  size: number,
  into: Float64Array,
): void {
  into.fill(coefficients[0] ?? 0, 0, size);
  for (let j = 1; j < plain.length; j += 1) {
    const column = plain[j];
    const slope = coefficients[j] ?? 0;
    if (column && slope !== 0)
      for (let i = 0; i < size; i += 1) into[i] = (into[i] ?? 0) + slope * (column[i] ?? 0);
  }
  categories.forEach(({ codes }, c) => {
    const offset = offsets[c] ?? 0;
    for (let i = 0; i < size; i += 1) {
      const code = codes[start + i] ?? 0;
      if (code > 0) into[i] = (into[i] ?? 0) + (coefficients[offset + code] ?? 0);
    }
  });
}

/** Weight and residual of each row at its predictor; gives the deviance, whose logarithms are taken of products. */
function weigh(
  { outcome, aside, isStart }: { outcome: Uint8Array; aside: Uint8Array | null; isStart: boolean },
  start: number,
  size: number,
  predictor: Float64Array,
  residual: Float64Array,
  weights: Float64Array,
): number {
  let product = 1;
  let deviance = 0;
  for (let i = 0; i < size; i += 1) {
    const isOne = outcome[start + i] === 1;
    if (aside !== null && aside[start + i] === 1) {
      weights[i] = 0;
      residual[i] = 0;
    } else if (isStart) {
      weights[i] = START_WEIGHT;
      residual[i] = isOne ? START_SCORE : -START_SCORE;
      product *= START_ODDS;
    } else {
      // Odds against what was seen: exact at both ends.
      const against = Math.exp(
        Math.min(LARGEST_PREDICTOR, isOne ? -(predictor[i] ?? 0) : (predictor[i] ?? 0)),
      );
      const miss = against / (1 + against);
      weights[i] = miss / (1 + against);
      residual[i] = isOne ? miss : -miss;
      product *= 1 + against;
    }
    if (product > 1e200) {
      deviance += Math.log(product);
      product = 1;
    }
  }
  return 2 * (deviance + Math.log(product));
}

function multiply(a: Float64Array, b: Float64Array, into: Float64Array, size: number): void {
  for (let i = 0; i < size; i += 1) into[i] = (a[i] ?? 0) * (b[i] ?? 0);
}

function dot(a: Float64Array, b: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Four products at a time: each value of the first is read once for four, and four sums need not wait for one another. */
function dotFour(
  row: Float64Array,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  d: Float64Array,
  size: number,
  into: Float64Array,
  at: number,
): void {
  let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
  for (let i = 0; i < size; i += 1) {
    const value = row[i] ?? 0;
    sumA += value * (a[i] ?? 0);
    sumB += value * (b[i] ?? 0);
    sumC += value * (c[i] ?? 0);
    sumD += value * (d[i] ?? 0);
  }
  into[at] = (into[at] ?? 0) + sumA;
  into[at + 1] = (into[at + 1] ?? 0) + sumB;
  into[at + 2] = (into[at + 2] ?? 0) + sumC;
  into[at + 3] = (into[at + 3] ?? 0) + sumD;
}

/** Adds each row's value to the column of its level. */
function scatter(
  codes: Int32Array,
  start: number,
  size: number,
  values: Float64Array,
  into: Float64Array,
  offset: number,
): void {
  for (let i = 0; i < size; i += 1) {
    const code = codes[start + i] ?? 0;
    if (code > 0) into[offset + code] = (into[offset + code] ?? 0) + (values[i] ?? 0);
  }
}

/** Adds each row's value to the row of its level in the triangle, at one column. */
function scatterRows(
  codes: Int32Array,
  start: number,
  size: number,
  values: Float64Array,
  triangle: Float64Array,
  offset: number,
  column: number,
): void {
  for (let i = 0; i < size; i += 1) {
    const code = codes[start + i] ?? 0;
    if (code === 0) continue;
    const level = offset + code;
    const at = (level * (level + 1)) / 2 + column;
    triangle[at] = (triangle[at] ?? 0) + (values[i] ?? 0);
  }
}

/** Adds each row's weight where the levels of two categories meet. */
function scatterPairs(
  codes: Int32Array,
  others: Int32Array,
  start: number,
  size: number,
  weights: Float64Array,
  triangle: Float64Array,
  offset: number,
  otherOffset: number,
): void {
  for (let i = 0; i < size; i += 1) {
    const code = codes[start + i] ?? 0;
    const other = others[start + i] ?? 0;
    if (code === 0 || other === 0) continue;
    const level = offset + code;
    const at = (level * (level + 1)) / 2 + otherOffset + other;
    triangle[at] = (triangle[at] ?? 0) + (weights[i] ?? 0);
  }
}
