import fc from "fast-check";
import { expect, test } from "vitest";
import { findDay, readDay } from "./day-text";
import { addDays, dayInWords } from "./period";

const rules = { currentYear: 2026 };

test.each([
  ["31/05/2026", "2026-05-31"],
  ["31/5/26", "2026-05-31"],
  ["31-05-2026", "2026-05-31"],
  ["31.5.2026", "2026-05-31"],
  ["31 5 2026", "2026-05-31"],
  ["31 May 2026", "2026-05-31"],
  ["31st of May, 2026", "2026-05-31"],
  ["Sunday 31 May 2026", "2026-05-31"],
  ["31-May-26", "2026-05-31"],
  ["31May2026", "2026-05-31"],
  ["1 Sept 2026", "2026-09-01"],
  ["May 31, 2026", "2026-05-31"],
  ["2026-05-31", "2026-05-31"],
  ["2026/05/31", "2026-05-31"],
  ["2026-05-31T23:30:00Z", "2026-05-31"],
  ["2026-05-31 09:15:00.000+01:00", "2026-05-31"],
  ["31/05/2026 14:05", "2026-05-31"],
  ["31052026", "2026-05-31"],
  ["20260531", "2026-05-31"],
  ["310526", "2026-05-31"],
  ["31/05/84", "1984-05-31"],
  ["29/02/2024", "2024-02-29"],
])("%s is %s", (text, day) => {
  expect(readDay(text, rules)).toEqual({ kind: "day", day });
});

test.each([
  ["2026-05", "2026-05"],
  ["May 2026", "2026-05"],
  ["may-26", "2026-05"],
  ["05/2026", "2026-05"],
])("%s is the month %s", (text, month) => {
  expect(readDay(text, rules)).toEqual({ kind: "month", month });
});

test.each([
  "",
  "soon",
  "31/02/2026",
  "05/31/2026",
  "29/02/2026",
  "31 Mai 2026",
  "45000",
  "1/1/0026",
  "20102010x",
])("%s is no day, and it says how to mend it", (text) => {
  const reading = readDay(text, rules);
  expect(reading.kind).toBe("none");
  if (reading.kind === "none") expect(reading.problem).toMatch(/[A-Z].+\.$/);
});

test("A month before its day is not turned round by guessing", () => {
  expect(readDay("05/31/2026", rules)).toMatchObject({
    problem: expect.stringContaining("day before the month"),
  });
});

test("A spreadsheet's number is a day only where it is asked for", () => {
  expect(readDay("46173", { ...rules, serials: true })).toEqual({ kind: "day", day: "2026-05-31" });
  expect(readDay("46173", rules).kind).toBe("none");
});

test("Every day of a century is read back from each way of writing it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_000 }), (days) => {
      const day = addDays("1928-01-01", days);
      const [year, month, date] = day.split("-");
      const written = [
        day,
        dayInWords(day),
        `${date}/${month}/${year}`,
        `${Number(date)}.${Number(month)}.${year}`,
      ];
      expect(written.map((text) => findDay(text, rules))).toEqual(written.map(() => day));
    }),
  );
});
