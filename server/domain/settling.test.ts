import { expect, test } from "vitest";
import { findPeriod, type Period, periodNumber, periodText } from "./period";
import { bySettling, duePeriods, neighboursOf, openPeriods, unsettledPeriods } from "./settling";

const period = (text: string): Period => {
  const found = findPeriod(text);
  if (!found) throw new Error(text);
  return found;
};
const texts = (periods: Period[]) => periods.map(periodText);
const none = () => false;

test("months settle before the quarters, and quarters before the years, that end with them", () => {
  const shuffled = ["y:2025", "q:2025-Q4", "m:2026-03", "m:2026-02", "q:2025-Q3"].map(period);
  expect(texts(shuffled.sort(bySettling))).toEqual([
    "q:2025-Q3",
    "m:2026-02",
    "m:2026-03",
    "q:2025-Q4",
    "y:2025",
  ]);
});

test.each([
  ["2026-04-29", []],
  ["2026-04-30", ["m:2026-03", "q:2025-Q4", "y:2025"]],
])("on %s, 20 working days after March with Easter between, there are due: %s", (today, due) => {
  const holidays = new Set(["2026-04-03", "2026-04-06"]);
  const known = { firstDay: "2026-03-01", today, holidays, isSettled: none };
  expect(texts(duePeriods(known))).toEqual(due);
});

test("nothing before the first month counted is due, and nothing twice", () => {
  const settled = new Set([period("m:2026-01")].map(periodNumber));
  const due = duePeriods({
    firstDay: "2026-01-01",
    today: "2026-03-31",
    holidays: new Set(),
    isSettled: (number) => settled.has(number),
  });
  expect(texts(due)).toEqual(["m:2026-02"]);
});

test("periods are open from the day they begin until the day they settle", () => {
  const holidays = new Set(["2026-04-03", "2026-04-06"]);
  const open = (today: string) => texts(openPeriods({ today, holidays, isSettled: none }));
  expect(open("2026-04-29")).toEqual([
    "m:2026-03",
    "q:2025-Q4",
    "y:2025",
    "m:2026-04",
    "q:2026-Q1",
    "y:2026",
  ]);
  expect(open("2026-04-30")).toEqual(["m:2026-04", "q:2026-Q1", "y:2026"]);
  const isSettled = (number: number) => number === periodNumber(period("m:2026-04"));
  expect(texts(openPeriods({ today: "2026-05-20", holidays, isSettled }))).not.toContain("m:2026-04");
});

test("a period that is due stands for people until it has settled, where the one before has", () => {
  const settled = new Set([periodNumber(period("m:2026-02"))]);
  const known = { holidays: new Set<string>(), isSettled: (number: number) => settled.has(number) };
  const seen = texts(unsettledPeriods({ ...known, today: "2026-05-04" }));
  expect(seen).toContain("m:2026-03");
  expect(seen).not.toContain("m:2026-01");
  expect(texts(openPeriods({ ...known, today: "2026-05-04" }))).not.toContain("m:2026-03");
});

test("a year could be near to itself, the year before, and what is inside it, where they have settled", () => {
  const settled = new Set(
    ["y:2025", "m:2026-04", "q:2026-Q1", "m:2027-04"].map((text) => periodNumber(period(text))),
  );
  expect(texts(neighboursOf(period("y:2026"), (number) => settled.has(number)))).toEqual([
    "y:2025",
    "m:2026-04",
    "q:2026-Q1",
  ]);
});

test("April could be near to March of the era before", () => {
  expect(texts(neighboursOf(period("m:2026-04"), () => true))).toEqual(["m:2026-04", "m:2026-03"]);
});
