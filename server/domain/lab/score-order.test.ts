/** The order of scores: that of comparing them one by one, whatever they are. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { chanceFrom } from "../repeatable-chance";
import { ascending, onGrid } from "./score-order";

const MANY = 5_000;
const chance = chanceFrom(2);
const drawn = (draw: (at: number) => number) => Float64Array.from({ length: MANY }, (_, at) => draw(at));

function compared(values: Float64Array): number[] {
  const isLast = (value: number) => Number(Number.isNaN(value));
  return Array.from(values.keys()).sort((a, b) => {
    const [one = 0, other = 0] = [values[a], values[b]];
    return isLast(one) - isLast(other) || (one < other ? -1 : Number(one > other)) || a - b;
  });
}

test.each([
  ["fractions of both signs", drawn(() => chance() - 0.5)],
  ["whole numbers with many equal", drawn(() => Math.floor(10 * chance()) - 5)],
  [
    "scores on their grid",
    onGrid(
      drawn(() => 8 * chance() - 6),
      "logit",
    ),
  ],
  ["whole numbers far apart", drawn((at) => (at % 2 === 0 ? -1 : 1) * Math.floor(2 ** 52 * chance()))],
  ["one value", drawn(() => 3)],
  [
    "zeros of both signs, infinities and gaps",
    drawn((at) => [0, -0, Infinity, -Infinity, Number.NaN, 1.5, -2][at % 7] ?? 0),
  ],
])("%s are put in the order of comparing them", (_, values) => {
  expect([...ascending(values)]).toEqual(compared(values));
});

test("few values are put in the same order", () => {
  fc.assert(
    fc.property(fc.float64Array({ maxLength: 50 }), (values) => {
      expect([...ascending(values)]).toEqual(compared(values));
    }),
  );
});
