import { describe, expect, test } from "vitest";
import { findPeriod, type Period, periodText } from "../period";
import { duePeriods, firstScheduled, preparedOn } from "./schedule";

const NO_HOLIDAYS: ReadonlySet<string> = new Set();
const periodOf = (text: string): Period => {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return period;
};

test.each([
  ["m:2026-09", "team", "2026-10-01"],
  ["q:2026-Q2", "team", "2026-10-01"],
  // Wednesday 30 September and 20 working days.
  ["q:2026-Q2", "funder", "2026-10-28"],
  ["m:2026-09", "public", "2026-10-28"],
] as const)("%s for the %s is prepared on %s", (period, audience, day) => {
  expect(preparedOn(periodOf(period), audience, NO_HOLIDAYS)).toBe(day);
});

test("a bank holiday is no working day", () => {
  expect(preparedOn(periodOf("q:2026-Q2"), "funder", new Set(["2026-10-05"]))).toBe("2026-10-29");
});

describe("a new schedule begins with the earliest period whose day has not come", () => {
  test.each([
    ["quarter", "team", "2026-10-01", "q:2026-Q3"],
    ["quarter", "funder", "2026-10-01", "q:2026-Q2"],
    ["quarter", "funder", "2026-10-28", "q:2026-Q3"],
    ["month", "team", "2026-10-15", "m:2026-10"],
    ["month", "funder", "2026-10-15", "m:2026-09"],
    ["month", "funder", "2026-10-30", "m:2026-10"],
  ] as const)("each %s for the %s, from %s: %s", (every, audience, today, first) => {
    expect(periodText(firstScheduled(every, audience, today, NO_HOLIDAYS))).toBe(first);
  });
});

test("what is due comes oldest first, and no more at once than asked for", () => {
  const due = (today: string, most = 9) =>
    duePeriods(periodOf("m:2026-06"), "team", today, NO_HOLIDAYS, most).map(periodText);
  expect(due("2026-06-30")).toEqual([]);
  expect(due("2026-09-01")).toEqual(["m:2026-06", "m:2026-07", "m:2026-08"]);
  expect(due("2026-09-01", 2)).toEqual(["m:2026-06", "m:2026-07"]);
});
