/**
 * The error of a difference between groups that are alike in the covariates. Kish's error holds what covariates explain
 * of the outcome as chance, though after matching it is the same on both sides; where they explain much, as of a score,
 * its interval is far too wide. Here only what they leave over counts: residuals of the outcome from a weighted
 * regression among those compared with, as if the difference were adjusted for the covariates, which changes next to
 * nothing when balance is good (Ho, Imai, King and Stuart 2007, Political Analysis 15). What it would change is added to
 * the error, squared: imbalance that is left makes nobody surer.
 */

import { factorOf, packedAt, solve } from "./cholesky";
import type { WeighedGroup } from "./errors-of-means";
import { columnsOf, type LogisticData } from "./logistic-pass";
import type { PropensityModel } from "./propensity-model";

/** The columns of the covariates, by row of the table. */
export type CovariateColumns = Pick<PropensityModel, "data" | "order">;

/** Effective people beyond the columns of the covariates for residuals to mean something. */
const FEWEST_BEYOND = 30;

/** Error and degrees of freedom (Welch) of the difference of means given; null where the comparison group is worth too few people for so many columns. */
export function residualError(
  { data, order }: CovariateColumns,
  treated: WeighedGroup,
  comparison: WeighedGroup,
  difference: number,
): { se: number; freedom: number } | null {
  const columns = columnsOf(data);
  const sums = weightsOf(comparison);
  if (sums.ess < columns + FEWEST_BEYOND) return null;

  const packed = new Float64Array(packedAt(columns, 0));
  const products = new Float64Array(columns);
  const row = rowReader(data);
  comparison.rows.forEach((at, i) => {
    const weight = comparison.weights[i] ?? 0;
    const value = comparison.values[i] ?? 0;
    const { count, places, values } = row(at);
    for (let a = 0; a < count; a += 1) {
      const place = places[a] ?? 0;
      const weighed = weight * (values[a] ?? 0);
      products[place] = (products[place] ?? 0) + weighed * value;
      for (let b = 0; b <= a; b += 1) {
        const cell = packedAt(place, places[b] ?? 0);
        packed[cell] = (packed[cell] ?? 0) + weighed * (values[b] ?? 0);
      }
    }
  });
  const factor = factorOf(packed, order);
  const coefficients = solve(factor, products);
  const residualsOf = (group: WeighedGroup) =>
    group.values.map((value, i) => {
      const { count, places, values } = row(group.rows[i] ?? 0);
      let left = value;
      for (let a = 0; a < count; a += 1) left -= (coefficients[places[a] ?? 0] ?? 0) * (values[a] ?? 0);
      return left;
    });

  const freedom0 = sums.ess - factor.kept.length;
  const part0 =
    (residualsOf(comparison).reduce((sum, left, i) => sum + ((comparison.weights[i] ?? 0) * left) ** 2, 0) /
      sums.weight ** 2) *
    (sums.ess / freedom0);
  const left = residualsOf(treated);
  const people = left.length;
  const mean = left.reduce((sum, each) => sum + each, 0) / people;
  const part1 = left.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (people - 1) / people;
  const variance = part1 + part0;
  // The residuals of those compared with have the mean 0, so this is the adjusted difference.
  const adjusted = mean;
  return {
    se: Math.sqrt(variance + (difference - adjusted) ** 2),
    freedom: variance ** 2 / (part1 ** 2 / (people - 1) + part0 ** 2 / freedom0),
  };
}

function weightsOf({ weights }: WeighedGroup): { weight: number; ess: number } {
  let [weight, squares] = [0, 0];
  for (const each of weights) {
    weight += each;
    squares += each * each;
  }
  return { weight, ess: squares > 0 ? weight ** 2 / squares : 0 };
}

/** The columns of a row that are not 0, in rising order: the constant, the numbers, one level of each category. */
interface SparseRow {
  count: number;
  places: Int32Array;
  values: Float64Array;
}

/** Reads rows into one and the same place: a row is gone when the next is read. */
function rowReader({ numbers, categories }: LogisticData): (at: number) => SparseRow {
  const dense = 1 + numbers.length;
  const most = dense + categories.length;
  const row: SparseRow = { count: 0, places: new Int32Array(most), values: new Float64Array(most).fill(1) };
  for (let place = 0; place < dense; place += 1) row.places[place] = place;
  return (at) => {
    numbers.forEach(({ values, centre, scale }, i) => {
      const value = ((values[at] ?? Number.NaN) - centre) * scale;
      row.values[1 + i] = Number.isNaN(value) ? 0 : value;
    });
    let first = dense;
    row.count = dense;
    for (const { codes, levels } of categories) {
      const code = codes[at] ?? 0;
      if (code > 0 && code <= levels) {
        row.places[row.count] = first + code - 1;
        row.count += 1;
      }
      first += levels;
    }
    return row;
  };
}
