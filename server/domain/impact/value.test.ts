/** Estimates of value: a range that holds, nothing from a hidden number, and no total. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { inPounds } from "../number-text";
import { measures, type PeopleNumbers } from "./numbers";
import {
  countedInWords,
  estimateInWords,
  measureOfCost,
  sourceInWords,
  type UnitCost,
  unitCostFields,
  valueEstimateOf,
  valueLines,
} from "./value";

const cost = (over: Partial<UnitCost> = {}): UnitCost => ({
  ...{ id: "c", name: "An eviction that did not happen", basis: "resolved", path: "HOU-04", closed: false },
  ...{ value: 1250, low: 800.5, high: 1900, source: "A made-up database", year: 2024, confidence: "medium" },
  ...over,
});
const problems = (over: Partial<UnitCost>) => {
  const read = unitCostFields.safeParse(cost(over));
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

test("people times the cost of one, to three digits, low end down and high end up", () => {
  expect(valueEstimateOf({ low: 800.5, value: 1250, high: 1900 }, 105)).toEqual({
    low: 84_000,
    value: 131_000,
    high: 200_000,
  });
  expect(valueEstimateOf({ low: 0.5, value: 0.99, high: 2 }, 3)).toEqual({ low: 1, value: 3, high: 6 });
  expect(valueEstimateOf({ low: 1, value: 2, high: 3 }, 0)).toEqual({ low: 0, value: 0, high: 0 });
  expect(() => valueEstimateOf({ low: 1, value: 2, high: 3 }, 2.5)).toThrow();
});

test("the range always holds the exact product and the value", () => {
  const pence = fc.integer({ min: 0, max: 100_000_000 }).map((pence) => pence / 100);
  fc.assert(
    fc.property(pence, pence, pence, fc.nat(1_000_000), (a, b, c, people) => {
      const [low = 0, value = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
      const made = valueEstimateOf({ low, value, high }, people);
      expect(made.low).toBeLessThanOrEqual(low * people + 1e-6 * (1 + low * people));
      expect(made.high).toBeGreaterThanOrEqual(high * people - 1e-6 * (1 + high * people));
      expect(made.low).toBeLessThanOrEqual(made.value);
      expect(made.value).toBeLessThanOrEqual(made.high);
    }),
  );
});

test("outside it is made from the figure, and from nothing where the figure is hidden or missing", () => {
  const people = {
    [measures.need("resolved", "HOU-04")]: 105,
    [measures.helped]: null,
  } as PeopleNumbers;
  const costs = [cost(), cost({ basis: "helped", path: "*" }), cost({ basis: "referred", path: "*" })];
  expect(
    valueLines(costs, { basis: "figures", people }).map(({ people, estimate }) => [people, estimate?.value]),
  ).toEqual([
    [105, 131_000],
    [null, undefined],
    [null, undefined],
  ]);
  const [, , nobody] = valueLines(costs, { basis: "exact", people });
  expect(nobody).toMatchObject({ people: 0, estimate: { low: 0, value: 0, high: 0 } });
});

test("each basis is one set of people", () => {
  expect(measureOfCost({ basis: "helped", path: "*" })).toBe("helped");
  expect(measureOfCost({ basis: "improved", path: "HOU" })).toBe("need|improved|HOU");
  expect(measureOfCost({ basis: "referred", path: "*" })).toBe("referral|completed");
  expect(countedInWords({ basis: "resolved", path: "HOU-04" })).toBe(
    "people with “Rent or mortgage arrears” resolved",
  );
});

test("words say that it is an estimate, of which year and from whom", () => {
  expect(estimateInWords({ low: 84_000, value: 131_000, high: 200_000 })).toBe(
    "An estimate: about £131,000, between £84,000 and £200,000.",
  );
  expect(estimateInWords({ low: 5, value: 5, high: 5 })).toBe("An estimate: about £5.");
  expect(sourceInWords(cost())).toBe(
    "Prices of 2024, from A made-up database; confidence medium: published, about something like it.",
  );
  expect(inPounds(800.5)).toBe("£800.50");
});

test("what cannot be is refused by field", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ low: 1300 })).toEqual(["low: The low value is not above the value."]);
  expect(problems({ high: 10 })).toEqual(["high: The high value is not below the value."]);
  expect(problems({ value: 1250.001 })).toEqual(["value: Use pence at the finest."]);
  expect(problems({ basis: "helped" })).toEqual(["path: A need is asked for only where needs are counted."]);
  expect(problems({ path: "HOU-99" })).toEqual(["path: Choose a need or a domain."]);
  expect(problems({ year: 24 })).toEqual(["year: Use a year from 1990."]);
});
