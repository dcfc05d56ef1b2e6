/** What is said of a mean, and when nothing is: it must not be a few people in other words. */

import { expect, test } from "vitest";
import { Chance } from "../../demo/random";
import type { Effect } from "./analysis";
import { highestOf } from "./codebook";
import { toldEffect } from "./report-effect";
import { TEST_CODEBOOK, testHmac } from "./testing-report";

const EFFECT: Effect = {
  ...{ outcome: "made", type: "count", measure: "mean", treated: 1.2, comparison: 1.4, difference: -0.2 },
  ...{ low: -0.5, high: 0.1, p: 0.2, se: 0.15, intervalBy: "Kish", nTreated: 90, nComparison: 900, ess: 600 },
  ...{ apart: { treated: 50, comparison: 60 }, besides: {} },
};

/** Told of many cohorts: each has errors of its own. */
const toldOf = (over: Partial<Effect>, highest = 5) =>
  Array.from({ length: 200 }, (_, at) => {
    const key = BigInt(new Chance(`cohort ${at}`).next());
    const named = { cohort: { hmac: testHmac, key }, name: "made", events: "made", method: 0, matched: 90 };
    return toldEffect({ ...EFFECT, ...over }, { ...named, highest });
  });

test("a mean is told between none and the highest value", () => {
  for (const told of [...toldOf({}), ...toldOf({ treated: 0.2 }), ...toldOf({ treated: 4.9 })]) {
    expect(told?.treated ?? 0).toBeGreaterThanOrEqual(0);
    expect(told?.treated ?? 0).toBeLessThanOrEqual(500);
  }
  expect(toldOf({}).filter(Boolean)).toHaveLength(200);
});

test.each<[string, Partial<Effect>]>([
  [
    "everybody has one value, but for the last bits",
    { type: "number", treated: 5, comparison: 3, se: 4e-16 },
  ],
  ["nobody among those who took part has another value", { apart: { treated: 0, comparison: 60 } }],
  ["a number is not one", { se: Number.NaN }],
  ["a number has no end", { treated: Number.POSITIVE_INFINITY }],
])("nothing is told where %s", (_what, over) => {
  const told = toldOf(over).filter(Boolean);
  // An error of a figure may lift none above ten, seldom.
  expect(told.length).toBeLessThan(5);
});

test("the width of a range hardly follows one person who did as much as counts", () => {
  // Of 90 people, 89 with a variance of 1.5 about 1.2, and she with 5 or none.
  const errorWith = (value: number) => {
    const variance = 1.5 + (value - 1.2) ** 2 / 90;
    return Math.sqrt(variance * (1 / 90 + 1 / 600));
  };
  const width = (value: number) =>
    toldOf({ se: errorWith(value) }).reduce((sum, told) => sum + (told ? told.high - told.low : 0), 0) / 200;
  const [none, most] = [width(0), width(5)];
  const all = toldOf({ se: errorWith(0) }).map((told) => (told ? told.high - told.low : 0));
  const spread = Math.sqrt(all.reduce((sum, each) => sum + (each - none) ** 2, 0) / all.length);
  expect(Math.abs(most - none)).toBeLessThan(0.5 * spread);
});

test("the highest value follows from the codebook alone", () => {
  const highest = TEST_CODEBOOK.outcomes.map((outcome) => highestOf(outcome, TEST_CODEBOOK));
  expect(highest).toEqual([1, 5, 365, 10]);
  const [, count] = TEST_CODEBOOK.outcomes;
  if (!count) throw new Error("There is a count");
  expect(highestOf({ ...count, most: 12 }, TEST_CODEBOOK)).toBe(12);
});
