/**
 * Cholesky's factor of a symmetric matrix that is packed by rows of its lower triangle, taking in one column after the
 * other: one that says nothing beyond those before it is left out, as R's `glm` leaves out aliased columns.
 */

/** Place of an entry of a packed lower triangle: row i, column j up to i. */
export const packedAt = (i: number, j: number): number => (i * (i + 1)) / 2 + j;

/** Of what is left of a column beside those before it: below this share it says nothing new (1 - R squared). */
const NOTHING_NEW = 1e-10;

export interface Factor {
  /** Column of the matrix at each place of the factor. */
  kept: readonly number[];
  /** Columns that were left out. */
  aliased: readonly number[];
  /** Packed lower triangle, by place. */
  lower: Float64Array;
}

/** Factor of a packed matrix, its columns taken in an order. */
export function factorOf(packed: Float64Array, order: readonly number[]): Factor {
  const kept: number[] = [];
  const aliased: number[] = [];
  const lower = new Float64Array(packedAt(order.length, 0));
  for (const column of order) {
    const place = kept.length;
    const row = packedAt(place, 0);
    const whole = packed[packedAt(column, column)] ?? 0;
    let left = whole;
    for (let k = 0; k < place; k += 1) {
      const other = kept[k] ?? 0;
      let sum = packed[column > other ? packedAt(column, other) : packedAt(other, column)] ?? 0;
      const above = packedAt(k, 0);
      for (let m = 0; m < k; m += 1) sum -= (lower[row + m] ?? 0) * (lower[above + m] ?? 0);
      const entry = sum / (lower[above + k] ?? 1);
      lower[row + k] = entry;
      left -= entry * entry;
    }
    if (left > NOTHING_NEW * whole) {
      lower[row + place] = Math.sqrt(left);
      kept.push(column);
    } else aliased.push(column);
  }
  return { kept, aliased, lower: lower.slice(0, packedAt(kept.length, 0)) };
}

/** Solves L y = b for the kept columns of b, by place. */
function forward({ kept, lower }: Factor, vector: ArrayLike<number>): Float64Array {
  const solved = new Float64Array(kept.length);
  for (let i = 0; i < kept.length; i += 1) {
    const row = packedAt(i, 0);
    let sum = vector[kept[i] ?? 0] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= (lower[row + k] ?? 0) * (solved[k] ?? 0);
    solved[i] = sum / (lower[row + i] ?? 1);
  }
  return solved;
}

/** Solves A x = b; 0 at the columns that were left out. */
export function solve(factor: Factor, vector: ArrayLike<number>): Float64Array {
  const { kept, lower } = factor;
  const half = forward(factor, vector);
  const solved = new Float64Array(vector.length);
  for (let i = kept.length - 1; i >= 0; i -= 1) {
    let sum = half[i] ?? 0;
    for (let k = i + 1; k < kept.length; k += 1)
      sum -= (lower[packedAt(k, i)] ?? 0) * (solved[kept[k] ?? 0] ?? 0);
    solved[kept[i] ?? 0] = sum / (lower[packedAt(i, i)] ?? 1);
  }
  return solved;
}

/** v' A^-1 v: the variance of a combination, where A is an information matrix. */
export function inverseForm(factor: Factor, vector: ArrayLike<number>): number {
  return forward(factor, vector).reduce((sum, each) => sum + each * each, 0);
}
