import fc from "fast-check";
import { expect, test } from "vitest";
import { classOf } from "../../../server/domain/figures";
import { legendOf } from "./legend-class";

const breaks = [20, 40, 60, 80];

test.each([
  [10, 1],
  [19.9, 1],
  [20, 2],
  [79, 4],
  [80, 5],
  [5000, 5],
])("%d is in class %d", (value, expected) => {
  expect(classOf(value, breaks)).toBe(expected);
});

test("the same value has the same class whatever else is on the map, and a higher value is never paler", () => {
  const values = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1 });
  fc.assert(
    fc.property(values, values, (period, another) => {
      const classes = new Map(period.map((value) => [value, classOf(value, breaks)]));
      for (const value of another) {
        const known = classes.get(value);
        if (known !== undefined) expect(classOf(value, breaks)).toBe(known);
      }
      const rising = [...period].sort((a, b) => a - b).map((value) => classOf(value, breaks));
      expect(rising).toEqual([...rising].sort());
    }),
  );
});

test("the legend says where each class begins, and its classes are those of the colours", () => {
  const legend = legendOf(breaks, 10);
  expect(legend.map((part) => part.words)).toEqual(["10", "20", "40", "60", "80+"]);
  expect(legend.map((part) => part.range)[1]).toBe("20 to under 40");
  for (const [at, bound] of breaks.entries())
    expect(classOf(bound, breaks)).toBe(legend[at + 1]?.legendClass);
});

test("an indicator with few different values has fewer classes, palest first", () => {
  expect(legendOf([], 10).map((part) => part.words)).toEqual(["10"]);
  expect(legendOf([15], 10).map((part) => part.words)).toEqual(["10", "15+"]);
});

test("a class that can hold nothing is not in the legend, and the others keep their colours", () => {
  expect(legendOf([10, 20], 10).map(({ legendClass, words }) => [legendClass, words])).toEqual([
    [2, "10"],
    [3, "20+"],
  ]);
});
