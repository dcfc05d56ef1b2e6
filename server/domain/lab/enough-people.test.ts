/** Whether people are enough: never too few of them, and hardly by one person more or less. */

import { expect, test } from "vitest";
import { areEnough, ENOUGH } from "./enough-people";
import { FEWEST_MATCHED } from "./study";
import { testHmac } from "./testing-report";

const COHORTS = Array.from({ length: 400 }, (_, at) => ({ hmac: testHmac, key: BigInt(at) * 7_919n }));
const shareOf = (people: number) =>
  COHORTS.filter((cohort) => areEnough(cohort, people, "took part")).length / COHORTS.length;

test("fewer than 30 never are, twenty more always, and in between it follows the cohort", () => {
  expect(shareOf(FEWEST_MATCHED - 1)).toBe(0);
  expect(shareOf(ENOUGH + (ENOUGH - FEWEST_MATCHED))).toBe(1);
  expect(shareOf(ENOUGH)).toBeGreaterThan(0.4);
  expect(shareOf(ENOUGH)).toBeLessThan(0.7);
});

test("one person more decides in fewer than one cohort of five, however many the others are", () => {
  for (let people = FEWEST_MATCHED - 2; people < ENOUGH + 12; people += 1)
    expect(shareOf(people + 1) - shareOf(people)).toBeLessThan(0.2);
});

test("the same cohort is told the same", () => {
  for (const cohort of COHORTS.slice(0, 50))
    expect(areEnough(cohort, ENOUGH, "took part")).toBe(areEnough(cohort, ENOUGH, "took part"));
});
