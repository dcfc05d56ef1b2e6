/** The words for a trend follow their rule, and doubt of the figures is in them. */

import { describe, expect, test } from "vitest";
import { figureInterval } from "./figure-error";
import { byar } from "./intervals";
import { trendOf, yearChange } from "./trend";

const quarters = (...values: (number | null)[]) => trendOf(yearChange(values, 4));

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
    expect(
      yearChange([1000, 1000, 1000, 1000, 100, 100, 100, 100, 100, 100, 100, 100], 4)?.ratio,
    ).toBeCloseTo(1, 12);
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
