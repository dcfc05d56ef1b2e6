import { describe, expect, test } from "vitest";
import { leastSquares } from "../change/regression";
import { chanceFrom } from "../repeatable-chance";
import type { LabTable } from "./analysis";
import { kishError, momentsOf, type WeighedGroup } from "./errors-of-means";
import { residualError } from "./errors-of-residuals";
import { modelOfCovariates } from "./propensity-model";

const PARTICIPANTS = 40;
const PEOPLE = 240;
const REGIONS = ["north", "south", "island"];

/** Outcomes that are mostly what a number and a category make of them. */
function made(seed: number) {
  const chance = chanceFrom(seed);
  const age = Float64Array.from({ length: PEOPLE }, () => 20 + 30 * chance());
  const region = Int32Array.from({ length: PEOPLE }, () => Math.floor(3 * chance()));
  const values = age.map((years, row) => 2 * years + 10 * (region[row] ?? 0) + 4 * chance());
  const table: LabTable = {
    rows: PEOPLE,
    treated: Uint8Array.from({ length: PEOPLE }, (_, row) => (row < PARTICIPANTS ? 1 : 0)),
    covariates: new Map([
      ["age", { type: "number", values: age }],
      ["region", { type: "category", levels: REGIONS, codes: region }],
    ]),
    outcomes: new Map(),
  };
  const model = modelOfCovariates(table, [
    { name: "age", type: "number" },
    { name: "region", type: "category" },
  ]);
  const group = (from: number, to: number, weightOf: () => number): WeighedGroup => ({
    rows: Int32Array.from({ length: to - from }, (_, i) => from + i),
    values: values.slice(from, to),
    weights: Float64Array.from({ length: to - from }, weightOf),
  });
  const treated = group(0, PARTICIPANTS, () => 1);
  const comparison = group(PARTICIPANTS, PEOPLE, () => 0.2 + chance());
  const design = Array.from(age, (years, row) => [
    1,
    years,
    Number(region[row] === 1),
    Number(region[row] === 2),
  ]);
  return { model, treated, comparison, design };
}

describe("the error of what covariates leave over", () => {
  test("is that of a weighted regression among those compared with, worked out apart", () => {
    const { model, treated, comparison, design } = made(3);
    const [one, other] = [momentsOf(treated), momentsOf(comparison)];
    const difference = one.mean - other.mean;
    const found = residualError(model, treated, comparison, difference);

    const weights = [...comparison.weights];
    const fit = leastSquares([...comparison.values], design.slice(PARTICIPANTS), weights);
    const predict = (row: readonly number[]) =>
      row.reduce((sum, x, i) => sum + x * (fit.coefficients[i] ?? 0), 0);
    const left = [...treated.values].map((value, i) => value - predict(design[i] ?? []));
    const adjusted = left.reduce((sum, each) => sum + each, 0) / left.length;
    const part1 =
      left.reduce((sum, each) => sum + (each - adjusted) ** 2, 0) / (left.length - 1) / left.length;
    const total = weights.reduce((sum, each) => sum + each, 0);
    // The scores of the fit are residuals times weights.
    const part0 =
      (fit.scores.reduce((sum, each) => sum + each ** 2, 0) / total ** 2) * (other.ess / (other.ess - 4));
    expect(found?.se).toBeCloseTo(Math.sqrt(part1 + part0 + (difference - adjusted) ** 2), 9);
  });

  test("is far below Kish's where covariates explain much and the groups are alike", () => {
    const { model, treated, comparison } = made(5);
    // As if matching had made the groups the same: the difference is the adjusted one.
    const kish = kishError(momentsOf(treated), momentsOf(comparison));
    const at = (difference: number) =>
      residualError(model, treated, comparison, difference)?.se ?? Number.NaN;
    const near = Math.min(...Array.from({ length: 400 }, (_, i) => at(i / 100 - 2)));
    expect(near).toBeLessThan(kish.se / 4);
    // And imbalance that is left counts in full.
    expect(at(20)).toBeGreaterThan(15);
  });

  test("is not told where the comparison group is worth too few for so many columns", () => {
    const { model, treated, comparison } = made(7);
    const few = 33;
    const small = {
      rows: comparison.rows.slice(0, few),
      values: comparison.values.slice(0, few),
      weights: comparison.weights.slice(0, few),
    };
    expect(residualError(model, treated, small, 0)).toBeNull();
  });
});
