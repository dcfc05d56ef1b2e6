/** When the time of a record is over. */
import { expect, test } from "vitest";
import { dueOf, type Kept, type RecordType, rulesOf } from "./retention";

const rules = rulesOf([]);
const adult: Kept = { anonymous: false, wasMet: true, lastOn: "2020-03-10", dateOfBirth: "1980-01-01" };

const CASES: [Kept, RecordType, string, string][] = [
  [adult, "adult", "2026-03-10", "six years after the last contact"],
  [{ ...adult, dateOfBirth: null }, "adult", "2026-03-10", "whose age is not known"],
  [{ ...adult, dateOfBirth: "2010-06-01" }, "child", "2035-06-01", "until the 25th birthday"],
  [{ ...adult, dateOfBirth: "2002-03-11" }, "child", "2027-03-11", "a child until the day after"],
  [{ ...adult, dateOfBirth: "2002-03-10" }, "adult", "2026-03-10", "of age on the day itself"],
  [{ ...adult, wasMet: false }, "never-met", "2021-03-10", "who was never met"],
  [{ ...adult, wasMet: false, anonymous: true }, "anonymous", "2022-03-10", "an anonymous contact"],
];

test.each(CASES)("%o: %s, due on %s, %s", (record, recordType, dueOn) => {
  expect(dueOf(record, rules)).toEqual({ recordType, dueOn });
});

test("A rule of the organisation's own takes the place of the default", () => {
  const own = rulesOf([{ recordType: "adult", months: 84, source: "Our policy" }]);
  expect(dueOf(adult, own).dueOn).toBe("2027-03-10");
  expect(own.map(({ isDefault }) => isDefault)).toEqual([false, true, true, true]);
});
