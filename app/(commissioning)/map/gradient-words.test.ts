/** What is said of a need and deprivation. */
import { expect, test } from "vitest";
import type { Gradient, Slope } from "../../../server/domain/deprivation-gradient";
import { gradientInWords, gradientSource } from "./gradient-words";

const gradient = (slope: Slope | null, hidden = 0): Gradient => ({
  nation: "England",
  edition: "IMD 2019",
  deciles: [],
  hidden,
  slope,
  bounds: null,
});

test("the end that is higher is named with how much and the interval", () => {
  expect(gradientInWords("Food", gradient({ perThousand: 12.4, low: 4.1, high: 20.7 }))).toBe(
    "Food: 12.4 more people per 1,000 households at the most deprived end than at the least (95% interval 4.1 to 20.7)",
  );
  expect(gradientInWords("Food", gradient({ perThousand: -3, low: -5, high: -1 }))).toContain(
    "3.0 more people per 1,000 households at the least deprived end",
  );
});

test("an interval that holds nought is not clear, and too few tenths say nothing", () => {
  expect(gradientInWords("Food", gradient({ perThousand: 2, low: -1, high: 5 }))).toBe(
    "Food: no clear slope with deprivation (95% interval -1.0 to 5.0). We cannot tell whether need goes with deprivation here.",
  );
  expect(gradientInWords("Food", gradient(null))).toContain("too few tenths");
});

test("nation, edition and what is left out are always said", () => {
  expect(gradientSource(gradient(null), false)).toContain("England, IMD 2019.");
  expect(gradientSource(gradient(null, 12), false)).toContain(
    "12 sectors with fewer than 10 people left out",
  );
  expect(gradientSource(gradient(null), false)).not.toContain("coverage");
  expect(gradientSource(gradient(null), true)).toContain("Sectors where coverage changed are in it too");
});

test("where too many are hidden, how far apart the ends can be stands in place of a slope", () => {
  const words = (low: number, high: number) =>
    gradientInWords("Food", { ...gradient(null, 40), bounds: { low, high } });
  expect(words(4, 12)).toBe(
    "Food: too many sectors have fewer than 10 people to draw a slope with deprivation. At the most deprived end there are between 4.0 and 12.0 more people per 1,000 households than at the least.",
  );
  expect(words(-12, -4)).toContain("At the least deprived end there are between 4.0 and 12.0 more");
  expect(words(-2, 5)).toContain(
    "anything from 2.0 more people per 1,000 households at the least deprived end to 5.0 more at the most deprived end. We cannot tell",
  );
});
