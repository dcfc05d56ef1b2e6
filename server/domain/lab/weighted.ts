/** Weighted summaries of one side of a comparison. Values that are not known, and rows without weight, do not count. */

/** Mean of one side: 1 for those who took part, 0 for the others. NaN where there is nobody. */
export function meanOf(
  values: Float64Array,
  treated: Uint8Array,
  side: 0 | 1,
  weights: Float64Array,
): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < values.length; row += 1) {
    const weight = weights[row] ?? 0;
    const value = values[row] ?? Number.NaN;
    if (treated[row] !== side || weight === 0 || Number.isNaN(value)) continue;
    total += weight;
    sum += weight * value;
  }
  return sum / total;
}

/** Effective size of the weighted comparison group: (sum w)^2 / sum w^2 (Kish 1965). */
export function effectiveSize(treated: Uint8Array, weights: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < weights.length; row += 1) {
    if (treated[row] === 1) continue;
    const weight = weights[row] ?? 0;
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}

/** Weights of raw parts (1 for each kept participant, shared among their comparisons): comparisons' mean becomes 1. */
export function scaleComparisons(treated: Uint8Array, weights: Float64Array): Float64Array {
  const { others } = keptOf(treated, weights);
  let sum = 0;
  for (let row = 0; row < weights.length; row += 1) if (treated[row] === 0) sum += weights[row] ?? 0;
  if (sum === 0) return weights;
  const scale = others / sum;
  for (let row = 0; row < weights.length; row += 1)
    if (treated[row] === 0) weights[row] = (weights[row] ?? 0) * scale;
  return weights;
}

/** How many on each side have a weight. */
export function keptOf(treated: Uint8Array, weights: Float64Array): { took: number; others: number } {
  let [took, others] = [0, 0];
  for (let row = 0; row < weights.length; row += 1) {
    if (!((weights[row] ?? 0) > 0)) continue;
    if (treated[row] === 1) took += 1;
    else others += 1;
  }
  return { took, others };
}
