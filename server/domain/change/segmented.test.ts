/** Before and after: what goes into the model by rule, what is refused, and that a step is found as large as it was. */

import { describe, expect, test } from "vitest";
import { type SeriesPoint, segmentedFit } from "./segmented";

interface Made {
  before: number;
  after: number;
  value: (t: number, isAfter: boolean) => number | null;
  comparison?: (t: number) => number;
}

const series = ({ before, after, value, comparison }: Made): SeriesPoint[] =>
  Array.from({ length: before + 1 + after }, (_, t) => ({
    value: value(t, t > before),
    comparison: comparison?.(t) ?? null,
    side: t < before ? "before" : t > before ? "after" : "across",
    era: Math.floor(t / 12),
  }));

const fitted = (made: Made, type: "month" | "quarter" = "month") => {
  const answer = segmentedFit(series(made), { type, compared: made.comparison !== undefined });
  if (!answer.ok) throw new Error(answer.why);
  return answer;
};

describe("a step without any noise", () => {
  test("is found as large as it was, whatever the line before it", () => {
    const { effect, level, slope } = fitted({
      before: 24,
      after: 24,
      value: (t, isAfter) => 100 * Math.exp(0.01 * t) * (isAfter ? 0.7 : 1),
    });
    expect(effect.ratio).toBeCloseTo(0.7, 6);
    expect(level.ratio).toBeCloseTo(0.7, 6);
    expect(slope?.ratio).toBeCloseTo(1, 6);
  });

  test("is told apart from a season that the comparison shares", () => {
    const season = (t: number) => 1 + 0.4 * Math.sin(t / 2);
    const { effect, holds } = fitted({
      before: 10,
      after: 5,
      value: (t, isAfter) => 60 * season(t) * (isAfter ? 0.6 : 1),
      comparison: (t) => 500 * season(t),
    });
    expect(effect.ratio).toBeCloseTo(0.6, 6);
    expect(holds).toEqual({ line: false, slope: false, season: false, comparison: true });
  });

  test("draws what was to be expected without it, after the day alone", () => {
    const { expected, fitted: line } = fitted({
      before: 24,
      after: 12,
      value: (_, isAfter) => (isAfter ? 50 : 100),
    });
    expect(expected.slice(0, 25).every((each) => each === null)).toBe(true);
    expect(expected.at(-1)?.mean).toBeCloseTo(100, 5);
    expect(line.at(-1)).toBeCloseTo(50, 5);
    expect(line[24]).toBeNull();
  });
});

describe("what goes into the model", () => {
  const flat = (before: number, after: number): Made => ({ before, after, value: (t) => 60 + (t % 3) * 5 });

  test("is a line and a step; the season from two turns on; a change of slope from twelve months after", () => {
    expect(fitted(flat(12, 6)).holds).toEqual({ line: true, slope: false, season: false, comparison: false });
    expect(fitted(flat(18, 6)).holds).toMatchObject({ slope: false, season: true });
    expect(fitted(flat(24, 12)).holds).toMatchObject({ slope: true, season: true });
  });

  test("beside a comparison is the step alone until there are enough periods before for a line", () => {
    const beside = (before: number): Made => ({ ...flat(before, 4), comparison: (t) => 300 + (t % 2) * 10 });
    expect(fitted(beside(11)).holds.line).toBe(false);
    expect(fitted(beside(12)).holds.line).toBe(true);
  });

  test("the period that holds the day is in neither part", () => {
    const wild: Made = { before: 12, after: 12, value: (t) => (t === 12 ? 5000 : 80) };
    expect(fitted(wild).effect.ratio).toBeCloseTo(1, 6);
  });

  test("with more spread than a Poisson's is negative binomial, and its interval is wider", () => {
    const calm = fitted({ before: 24, after: 24, value: (t) => 100 + (t % 2) * 5 });
    const wild = fitted({ before: 24, after: 24, value: (t) => 100 + ((t * 7) % 5) * 25 });
    expect([calm.family, wild.family]).toEqual(["Poisson", "negative binomial"]);
    expect(wild.effect.high / wild.effect.low).toBeGreaterThan(calm.effect.high / calm.effect.low);
  });
});

describe("there is no answer", () => {
  const answer = (made: Made) =>
    segmentedFit(series(made), { type: "month", compared: made.comparison !== undefined });
  test.each<[string, Made, string]>([
    ["too few before", { before: 5, after: 12, value: () => 50 }, "too-few-before"],
    ["too few after", { before: 12, after: 1, value: () => 50 }, "too-few-after"],
    [
      "more than a tenth hidden on one side",
      { before: 12, after: 6, value: (t, isAfter) => (isAfter && t % 2 === 0 ? null : 20) },
      "too-many-hidden",
    ],
  ])("%s", (_, made, why) => expect(answer(made)).toEqual({ ok: false, why }));

  test("a few hidden ones are left out", () => {
    expect(answer({ before: 12, after: 8, value: (t) => (t === 3 ? null : 40) })).toMatchObject({
      ok: true,
      before: 11,
      after: 8,
    });
  });
});
