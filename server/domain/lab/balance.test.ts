/** Balance: its definition in a few lines beside it, and what it makes of awkward columns. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BalanceLine } from "./analysis";
import { balanceOf, bandOf, maxAbsSmdOf } from "./balance";
import { category, numbers, tableOf } from "./testing-lab";

const number = (name: string) => ({ name, type: "number" }) as const;

test("a number has the differences of its definition", () => {
  const rows = fc.array(
    fc.record({
      took: fc.boolean(),
      value: fc.integer({ min: -5, max: 5 }),
      weight: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 8, maxLength: 60 },
  );
  fc.assert(
    fc.property(rows, (made) => {
      // Three values on each side, so that there is a spread.
      const all = [
        ...made,
        ...[-6, 0, 7].flatMap((value) => [true, false].map((took) => ({ took, value, weight: 1 }))),
      ];
      const table = tableOf(
        all.map(({ took }) => Number(took)),
        { x: numbers(...all.map(({ value }) => value)) },
      );
      const weights = Float64Array.from(all, ({ weight }) => weight);
      const [line] = balanceOf(table, [number("x")], { weights });
      const side = (took: boolean) => all.filter((each) => each.took === took);
      const mean = (of: typeof all) =>
        of.reduce((sum, { value, weight }) => sum + value * weight, 0) /
        of.reduce((sum, { weight }) => sum + weight, 0);
      const even = (of: typeof all) => of.map((each) => ({ ...each, weight: 1 }));
      const treated = even(side(true));
      const sd = Math.sqrt(
        treated.reduce((sum, { value }) => sum + (value - mean(treated)) ** 2, 0) / (treated.length - 1),
      );
      const below = (of: typeof all, most: number) =>
        of.reduce((sum, { value, weight }) => sum + (value <= most ? weight : 0), 0) /
        of.reduce((sum, { weight }) => sum + weight, 0);
      const apart = [...new Set(all.map(({ value }) => value))].map((value) =>
        Math.abs(below(side(true), value) - below(side(false), value)),
      );
      expect(line?.smdAfter).toBeCloseTo((mean(side(true)) - mean(side(false))) / sd, 9);
      expect(line?.smdBefore).toBeCloseTo((mean(treated) - mean(even(side(false)))) / sd, 9);
      expect(line?.ecdfMax).toBeCloseTo(Math.max(...apart), 9);
      expect(line?.ecdfMean).toBeCloseTo(apart.reduce((sum, each) => sum + each, 0) / apart.length, 9);
    }),
  );
});

const even = (rows: number) => ({ weights: new Float64Array(rows).fill(1) });

test("each level of a category has a line, and so has not being known", () => {
  const table = tableOf([1, 1, 1, 1, 0, 0, 0, 0], {
    region: category(["north", "south"], 0, 0, 1, -1, 0, 1, 1, 1),
  });
  const lines = balanceOf(table, [{ name: "region", type: "category" }], even(8));
  expect(lines.map(({ level, meanTreated, meanComparison }) => [level, meanTreated, meanComparison])).toEqual(
    [
      ["north", 0.5, 0.25],
      ["south", 0.25, 0.75],
      ["not known", 0.25, 0],
    ],
  );
  expect(lines.map(({ smdBefore }) => smdBefore)).toEqual([
    0.25 / 0.5,
    -0.5 / Math.sqrt(0.1875),
    0.25 / Math.sqrt(0.1875),
  ]);
  expect(lines.every(({ varianceRatio }) => varianceRatio === null)).toBe(true);
});

test("a number that is not known for some is compared where it is, and has a line for where it is not", () => {
  const table = tableOf([1, 1, 1, 0, 0, 0], { age: numbers(20, 30, Number.NaN, 25, 35, 45) });
  const [age, lacks] = balanceOf(table, [number("age")], even(6));
  expect([age?.meanTreated, age?.meanComparison]).toEqual([25, 35]);
  expect([lacks?.level, lacks?.meanTreated, lacks?.meanComparison]).toEqual(["not known", 1 / 3, 0]);
});

test("what is the same for everybody who took part is measured by the spread within both sides", () => {
  const table = tableOf([1, 0, 0, 0, 0], { x: numbers(1, 1, 0, 0, 0) });
  const [line] = balanceOf(table, [number("x")], even(5));
  expect(line?.smdBefore).toBeCloseTo(0.75 / Math.sqrt((4 * 0.1875) / 5), 12);
});

describe("bands", () => {
  const line = (smdAfter: number): BalanceLine => ({
    covariate: "x",
    level: null,
    meanTreatedBefore: 0,
    meanComparisonBefore: 0,
    meanTreated: 0,
    meanComparison: 0,
    smdBefore: 0,
    smdAfter,
    varianceRatio: 1,
    ecdfMean: 0,
    ecdfMax: 0,
  });

  test.each([
    [0, "green"],
    [0.05, "green"],
    [0.0501, "amber"],
    [-0.1, "amber"],
    [-0.1001, "red"],
    [Number.NaN, "red"],
  ])("a difference of %d is %s", (smd, band) => {
    expect(bandOf([line(0.01), line(smd)])).toBe(band);
  });

  test("the largest difference counts, whichever way", () => {
    expect(maxAbsSmdOf([line(0.02), line(-0.3), line(0.1)])).toBe(0.3);
  });
});

test("a number that nobody has is not compared, and an infinite one counts as missing", () => {
  const none = tableOf([1, 1, 1, 0, 0, 0], { x: numbers(...new Array<number>(6).fill(Number.NaN)) });
  const weights = new Float64Array(6).fill(1);
  expect(balanceOf(none, [number("x")], { weights })).toEqual([]);
  const infinite = tableOf([1, 1, 1, 0, 0, 0], { x: numbers(Number.POSITIVE_INFINITY, 1, 2, 3, 1, 2) });
  const lines = balanceOf(infinite, [number("x")], { weights });
  expect(lines).toHaveLength(2);
  for (const { smdBefore, smdAfter } of lines) {
    expect(Number.isFinite(smdBefore) && Number.isFinite(smdAfter)).toBe(true);
  }
});
