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

/** Coefficients of the model: the constant, each number, each level that is no first one. */
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
  const dense = data.numbers.length + 1;
  const columns = columnsOf(data);
  const block = new Block(data);
  const triangle = sums.subarray(1 + columns);
  for (let start = rows.from; start < rows.to; start += BLOCK) {
    block.take(start, Math.min(BLOCK, rows.to - start));
    if (coefficients) block.predict(coefficients);
    sums[0] = (sums[0] ?? 0) + (coefficients ? block.weigh() : block.weighFirst());
    block.addNumbers(sums.subarray(1, 1 + columns), triangle);
    block.addCategories(sums.subarray(1, 1 + columns), triangle);
  }
  // A level with itself is a level with the constant.
  for (let level = dense; level < columns; level += 1)
    triangle[packedAt(level, level)] = triangle[packedAt(level, 0)] ?? 0;
}

/** Linear predictor of rows `from` to `to`, by row of the table; rows left aside too. */
export function predictRows(
  data: LogisticData,
  rows: { from: number; to: number },
  coefficients: Float64Array,
  into: Float64Array,
): void {
  const block = new Block(data);
  for (let start = rows.from; start < rows.to; start += BLOCK) {
    const size = Math.min(BLOCK, rows.to - start);
    block.take(start, size);
    into.set(block.predict(coefficients).subarray(0, size), start);
  }
}

/** Some rows at work. Each step is a loop of its own over them. */
class Block {
  readonly #data: LogisticData;
  /** The constant and the numbers, as they are taken and times the weight. */
  readonly #plain: readonly Float64Array[];
  readonly #weighed: readonly Float64Array[];
  readonly #weights: Float64Array;
  readonly #residual = new Float64Array(BLOCK);
  readonly #predictor = new Float64Array(BLOCK);
  /** Column of each category's reference, which has none: its levels follow it. */
  readonly #offsets: readonly number[];
  #start = 0;
  #size = 0;

  constructor(data: LogisticData) {
    this.#data = data;
    const dense = data.numbers.length + 1;
    this.#plain = Array.from({ length: dense }, () => new Float64Array(BLOCK));
    this.#plain[0]?.fill(1);
    this.#weights = new Float64Array(BLOCK);
    this.#weighed = this.#plain.map((_, at) => (at === 0 ? this.#weights : new Float64Array(BLOCK)));
    let offset = dense - 1;
    this.#offsets = data.categories.map(({ levels }) => {
      offset += levels;
      return offset - levels;
    });
  }

  take(start: number, size: number): void {
    this.#start = start;
    this.#size = size;
    this.#data.numbers.forEach((number, at) => {
      const column = this.#plain[at + 1];
      if (column) standardise(number, start, size, column);
    });
  }

  predict(coefficients: Float64Array): Float64Array {
    const predictor = this.#predictor;
    predictor.fill(coefficients[0] ?? 0);
    for (let j = 1; j < this.#plain.length; j += 1)
      addTimes(this.#plain[j] ?? predictor, coefficients[j] ?? 0, predictor, this.#size);
    this.#data.categories.forEach(({ codes }, c) => {
      const levels = coefficients.subarray(this.#offsets[c] ?? 0);
      addLevels(codes.subarray(this.#start, this.#start + this.#size), levels, predictor);
    });
    return predictor;
  }

  /** Weights and residuals at the predictor. Gives the deviance, whose logarithms are taken of products. */
  weigh(): number {
    const { outcome, aside } = this.#data;
    const [start, weights, residual, predictor] = [
      this.#start,
      this.#weights,
      this.#residual,
      this.#predictor,
    ];
    let product = 1;
    let deviance = 0;
    for (let i = 0; i < this.#size; i += 1) {
      if (aside !== null && aside[start + i] === 1) {
        weights[i] = 0;
        residual[i] = 0;
        continue;
      }
      const isOne = outcome[start + i] === 1;
      // Odds against what was seen: exact at both ends.
      const against = Math.exp(
        Math.min(LARGEST_PREDICTOR, isOne ? -(predictor[i] ?? 0) : (predictor[i] ?? 0)),
      );
      const miss = against / (1 + against);
      weights[i] = miss / (1 + against);
      residual[i] = isOne ? miss : -miss;
      product *= 1 + against;
      if (product > 1e200) {
        deviance += Math.log(product);
        product = 1;
      }
    }
    return 2 * (deviance + Math.log(product));
  }

  /** The same at R's first guess. */
  weighFirst(): number {
    const { outcome, aside } = this.#data;
    let counted = 0;
    for (let i = 0; i < this.#size; i += 1) {
      const isAside = aside !== null && aside[this.#start + i] === 1;
      this.#weights[i] = isAside ? 0 : START_WEIGHT;
      this.#residual[i] = isAside ? 0 : outcome[this.#start + i] === 1 ? START_SCORE : -START_SCORE;
      if (!isAside) counted += 1;
    }
    return 2 * counted * Math.log(START_ODDS);
  }

  addNumbers(gradient: Float64Array, triangle: Float64Array): void {
    const [plain, weighed, size] = [this.#plain, this.#weighed, this.#size];
    for (let j = 1; j < plain.length; j += 1)
      multiply(plain[j] ?? this.#weights, this.#weights, weighed[j] ?? this.#weights, size);
    addProducts(this.#residual, plain, plain.length, size, gradient, 0);
    for (let i = 0; i < plain.length; i += 1)
      addProducts(weighed[i] ?? this.#weights, plain, i + 1, size, triangle, packedAt(i, 0));
  }

  addCategories(gradient: Float64Array, triangle: Float64Array): void {
    const { categories } = this.#data;
    const here = ({ codes }: ModelCodes) => codes.subarray(this.#start, this.#start + this.#size);
    categories.forEach((category, c) => {
      const offset = this.#offsets[c] ?? 0;
      const codes = here(category);
      scatter(codes, this.#residual, gradient, offset);
      this.#weighed.forEach((values, column) => {
        scatterRows(codes, values, triangle, offset, column);
      });
      categories.slice(0, c).forEach((other, d) => {
        scatterPairs(codes, here(other), this.#weights, triangle, offset, this.#offsets[d] ?? 0);
      });
    });
  }
}

function standardise(
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

function addTimes(column: Float64Array, slope: number, into: Float64Array, size: number): void {
  if (slope === 0) return;
  for (let i = 0; i < size; i += 1) into[i] = (into[i] ?? 0) + slope * (column[i] ?? 0);
}

/** Adds each row's coefficient, by its code; the reference has none. */
function addLevels(codes: Int32Array, coefficients: Float64Array, into: Float64Array): void {
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code > 0) into[i] = (into[i] ?? 0) + (coefficients[code] ?? 0);
  }
}

function multiply(a: Float64Array, b: Float64Array, into: Float64Array, size: number): void {
  for (let i = 0; i < size; i += 1) into[i] = (a[i] ?? 0) * (b[i] ?? 0);
}

/** Adds the products of one column with the first so many others, from a place on. */
function addProducts(
  row: Float64Array,
  columns: readonly Float64Array[],
  count: number,
  size: number,
  into: Float64Array,
  at: number,
): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) addFour(row, columns, j, size, into, at + j);
  for (; j < count; j += 1) {
    const column = columns[j] ?? row;
    let sum = 0;
    for (let i = 0; i < size; i += 1) sum += (row[i] ?? 0) * (column[i] ?? 0);
    into[at + j] = (into[at + j] ?? 0) + sum;
  }
}

/** Four products at a time: each value of the first is read once for four, and four sums need not wait for one another. */
function addFour(
  row: Float64Array,
  columns: readonly Float64Array[],
  first: number,
  size: number,
  into: Float64Array,
  at: number,
): void {
  const a = columns[first] ?? row;
  const b = columns[first + 1] ?? row;
  const c = columns[first + 2] ?? row;
  const d = columns[first + 3] ?? row;
  let sumA = 0;
  let sumB = 0;
  let sumC = 0;
  let sumD = 0;
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
function scatter(codes: Int32Array, values: Float64Array, into: Float64Array, offset: number): void {
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code > 0) into[offset + code] = (into[offset + code] ?? 0) + (values[i] ?? 0);
  }
}

/** Adds each row's value to the row of its level in the triangle, at one column. */
function scatterRows(
  codes: Int32Array,
  values: Float64Array,
  triangle: Float64Array,
  offset: number,
  column: number,
): void {
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code === 0) continue;
    const at = packedAt(offset + code, column);
    triangle[at] = (triangle[at] ?? 0) + (values[i] ?? 0);
  }
}

/** Adds each row's weight where the levels of two categories meet. */
function scatterPairs(
  codes: Int32Array,
  others: Int32Array,
  weights: Float64Array,
  triangle: Float64Array,
  offset: number,
  otherOffset: number,
): void {
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    const other = others[i] ?? 0;
    if (code === 0 || other === 0) continue;
    const at = packedAt(offset + code, otherOffset + other);
    triangle[at] = (triangle[at] ?? 0) + (weights[i] ?? 0);
  }
}
