/**
 * The intervals that a report shows hold the true difference as often as they say, with the deliberate error in them:
 * made groups of a known truth, errors drawn anew for each.
 */

import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Chance } from "../../demo/random";
import type { Hmac } from "../disclosure";
import type { Effect } from "./analysis";
import { kishError, momentsOf } from "./errors-of-means";
import { toldEffect } from "./report-effect";

const RUNS = 1_200;
const hmac: Hmac = (text) => createHmac("sha256", "a key for trying").update(text).digest();

/** The effect of two groups of known people. */
function effectOf(type: Effect["type"], treated: number[], comparison: number[]): Effect {
  const group = (values: number[]) =>
    momentsOf({
      rows: Int32Array.from(values.keys()),
      values: Float64Array.from(values),
      weights: new Float64Array(values.length).fill(1),
    });
  const [one, other] = [group(treated), group(comparison)];
  return {
    outcome: "made",
    type,
    measure: type === "binary" ? "rate" : "mean",
    treated: one.mean,
    comparison: other.mean,
    difference: one.mean - other.mean,
    low: Number.NaN,
    high: Number.NaN,
    p: Number.NaN,
    se: kishError(one, other).se,
    intervalBy: "Kish",
    nTreated: treated.length,
    nComparison: comparison.length,
    apart: { treated: treated.length, comparison: treated.length },
    ess: other.ess,
    besides: {},
  };
}

type Draw = (chance: Chance, ofTreated: boolean) => number;

/** The highest value of each kind of outcome: what is drawn stays below it. */
const HIGHEST: Readonly<Record<Effect["type"], number>> = { binary: 1, count: 5, time: 365, number: 100 };

/** Of many studies of one kind: how often the interval holds the truth, and what is said of it. */
function studies(type: Effect["type"], size: number, others: number, truth: number, draw: Draw) {
  const chance = new Chance(`${type} ${size} ${others} ${truth}`);
  const say = { told: 0, holds: 0, clear: 0, wrong: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const people = (many: number, ofTreated: boolean) =>
      Array.from({ length: many }, () => draw(chance, ofTreated));
    const effect = effectOf(type, people(size, true), people(others, false));
    const key = BigInt.asIntN(64, (BigInt(chance.next()) << 32n) | BigInt(chance.next()));
    const told = toldEffect(effect, {
      ...{ cohort: { hmac, key }, name: "made", events: "made", method: 0, matched: size },
      highest: HIGHEST[type],
    });
    if (!told) continue;
    say.told += 1;
    if (told.low <= truth && truth <= told.high) say.holds += 1;
    if (told.verdict !== "not-clear") say.clear += 1;
    if ((told.verdict === "fewer" && truth >= 0) || (told.verdict === "more" && truth <= 0)) say.wrong += 1;
  }
  return {
    share: say.holds / say.told,
    clear: say.clear / say.told,
    wrong: say.wrong / say.told,
    told: say.told,
  };
}

const happens =
  (rate: number, difference: number): Draw =>
  (chance, ofTreated) =>
    chance.happens(ofTreated ? rate + difference : rate) ? 1 : 0;

/** Of five chances as many happen: a mean of `mean`, which differs from person to person. */
const events =
  (mean: number, difference: number): Draw =>
  (chance, ofTreated) => {
    const rate = (ofTreated ? mean + difference : mean) / 5;
    const own = chance.happens(0.5) ? 0.4 * rate : 1.6 * rate;
    return [1, 2, 3, 4, 5].filter(() => chance.happens(own)).length;
  };

describe("the interval that is shown of shares", () => {
  // The last is how often it is told at all: with 20 who have the outcome about half the time, with 24 four times in five.
  test.each([
    [60, 600, 0.4, 0, 0.78],
    [60, 120, 0.5, -0.15, 0.55],
    [100, 3_000, 0.3, -0.1, 0.48],
    [100, 3_000, 0.4, -0.1, 0.9],
    [194, 4_000, 0.43, -0.12, 0.99],
    [500, 5_000, 0.25, -0.05, 0.99],
  ])(
    "holds the truth in 93 to 99 of 100: %d people beside %d, %d less %d",
    (size, others, rate, difference, often) => {
      const { share, wrong, told } = studies(
        "binary",
        size,
        others,
        100 * difference,
        happens(rate, difference),
      );
      expect(told).toBeGreaterThan(often * RUNS);
      expect(share).toBeGreaterThan(0.93);
      expect(share).toBeLessThan(0.995);
      expect(wrong).toBeLessThan(0.05);
    },
  );
});

describe("the interval that is shown of means", () => {
  test.each([
    [60, 900, 1.2, 0],
    [194, 4_000, 1.3, -0.4],
  ])(
    "holds the truth of how many events there were: %d people beside %d",
    (size, others, mean, difference) => {
      const { share } = studies("count", size, others, 100 * difference, events(mean, difference));
      expect(share).toBeGreaterThan(0.93);
      expect(share).toBeLessThan(0.995);
    },
  );

  test.each([
    [60, 600, 160, -20],
    [150, 300, 160, 0],
  ])("and of days: %d people beside %d", (size, others, mean, difference) => {
    const draw: Draw = (chance, ofTreated) =>
      Math.min(365, Math.max(1, chance.normal(ofTreated ? mean + difference : mean, 90)));
    const { share } = studies("time", size, others, difference, draw);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.995);
  });

  test.each([
    [60, 900, 30, 0],
    [194, 4_000, 30, -8],
    [500, 5_000, 45, 5],
  ])("and of a measured number: %d people beside %d", (size, others, mean, difference) => {
    const draw: Draw = (chance, ofTreated) => {
      const own = (ofTreated ? mean + difference : mean) / 0.6;
      return chance.happens(0.6) ? chance.normal(own, 12) : 0;
    };
    const { share, wrong, told } = studies("number", size, others, difference, draw);
    expect(told).toBe(RUNS);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.99);
    expect(wrong).toBeLessThan(0.07);
  });
});
