/** The words for a trend follow their rule, and doubt of the figures is in them. */

import { describe, expect, test } from "vitest";
import { FIGURE_VARIANCE, figureInterval, PLACE_VARIANCE, ratioErrorVariance } from "./figure-error";
import { byar } from "./intervals";
import { trendOf, yearChange } from "./trend";

const pointsOf = (values: readonly (number | null)[]) =>
  values.map((value, at) => ({ value, era: 2024 + Math.floor(at / 4) }));
const changeOf = (values: readonly (number | null)[]) => yearChange(pointsOf(values), { type: "quarter" });
const quarters = (...values: (number | null)[]) => trendOf(changeOf(values));

describe("a trend", () => {
  test.each<[string, (number | null)[], string]>([
    ["rising", [100, 100, 100, 100, 150, 150, 150, 150], "rising"],
    ["falling", [150, 150, 150, 150, 100, 100, 100, 100], "falling"],
    [
      "about level when many people hardly changed",
      [2000, 2000, 2000, 2000, 2010, 1990, 2005, 2000],
      "level",
    ],
    ["not clear when few people hardly changed", [20, 20, 20, 20, 25, 20, 20, 20], "not-clear"],
    ["not clear when the pairs of a year disagree", [50, 200, 50, 200, 200, 55, 200, 60], "not-clear"],
    ["too short with one year", [100, 100, 100, 100], "too-short"],
    ["too short with one pair", [100, 100, 100, 100, 150], "too-short"],
    ["from the pairs that both show", [null, 100, 100, 100, 150, 200, 200, 200], "rising"],
  ])("%s", (_, values, word) => expect(quarters(...values)).toBe(word));

  test("compares the latest year with the same periods of the year before, and with nothing older", () => {
    expect(changeOf([1000, 1000, 1000, 1000, 100, 100, 100, 100, 100, 100, 100, 100])?.ratio).toBeCloseTo(
      1,
      12,
    );
  });
});

describe("the error of a ratio of two years", () => {
  const sums = { before: 200, after: 250, areas: 1 };

  test("of one pair is that of two figures", () => {
    const variance = FIGURE_VARIANCE * (1 / 200 ** 2 + 1 / 250 ** 2);
    expect(ratioErrorVariance([{ before: 1, after: 2 }], sums)).toBeCloseTo(variance, 12);
  });

  test("adds the error of the place up over the periods of a year, which share it", () => {
    const four = Array.from({ length: 4 }, () => ({ before: 1, after: 2 }));
    const own = (FIGURE_VARIANCE - PLACE_VARIANCE) * 4;
    const variance = (PLACE_VARIANCE * 4 ** 2 + own) * (1 / 200 ** 2 + 1 / 250 ** 2);
    expect(ratioErrorVariance(four, sums)).toBeCloseTo(variance, 12);
  });

  test("leaves the place's out where both sums hold the same year alike", () => {
    const same = { before: 200, after: 200, areas: 3 };
    const variance = ((FIGURE_VARIANCE - PLACE_VARIANCE) * 3 * 2) / 200 ** 2;
    expect(ratioErrorVariance([{ before: 1, after: 1 }], same)).toBeCloseTo(variance, 12);
  });
});

describe("the interval of a figure", () => {
  test("is wider than that of a count, more so for a sum of several figures", () => {
    const [low, high] = byar(40);
    const one = figureInterval(40);
    const four = figureInterval(40, 4);
    expect(one[0]).toBeLessThan(low);
    expect(one[1]).toBeGreaterThan(high);
    expect(four[1]).toBeGreaterThan(one[1]);
    expect(figureInterval(10)[0]).toBeGreaterThanOrEqual(0);
  });
});
