import { expect, test } from "vitest";
import { decideBy } from "./objection";

test.each([
  ["2026-03-02T09:00:00Z", "2026-04-02", "one month later"],
  ["2026-01-31T09:00:00Z", "2026-02-28", "the last day of a shorter month"],
  ["2026-06-30T23:30:00Z", "2026-08-01", "from the day it was in London"],
])("An objection made at %s is decided by %s: %s", (madeAt, dueOn) => {
  expect(decideBy(new Date(madeAt))).toBe(dueOn);
});
