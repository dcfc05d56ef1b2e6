import { expect, test } from "vitest";
import { breachStepSchema, instantOf, timeFault } from "./breach";

test.each([
  ["2026-01-05", "14:30", "2026-01-05T14:30:00.000Z"],
  ["2026-07-05", "14:30", "2026-07-05T13:30:00.000Z"],
  ["2026-07-05", "0.15", "2026-07-04T23:15:00.000Z"],
  ["2026-07-05", "0930", "2026-07-05T08:30:00.000Z"],
  // Had twice, when clocks go back: the first.
  ["2026-10-25", "01:30", "2026-10-25T00:30:00.000Z"],
])("a breach on %s at %s is at the instant when clocks in London show it", (day, time, instant) => {
  expect(instantOf(day, time)?.toISOString()).toBe(instant);
});

test.each([
  ["2026-01-05", ""],
  ["2026-01-05", "24:00"],
  ["2026-01-05", "half past two"],
  // Left out, when clocks go forward.
  ["2026-03-29", "01:30"],
])("%s at %s is no instant", (day, time) => {
  expect(instantOf(day, time)).toBeNull();
});

test("that nobody is at risk is decided with a reason, and nothing else takes one", () => {
  const id = "0199d1f0-7a51-7c11-8c55-9d1a5f3a7b10";
  const noRisk = { id, step: "commissioner-no-risk" };
  expect(breachStepSchema.safeParse(noRisk).success).toBe(false);
  expect(breachStepSchema.safeParse({ ...noRisk, reason: " fine " }).error?.issues).toMatchObject([
    { path: ["reason"], message: "Say why nobody is at risk, in a sentence." },
  ]);
  expect(breachStepSchema.safeParse({ ...noRisk, reason: "x".repeat(2_001) }).success).toBe(false);
  expect(breachStepSchema.safeParse({ ...noRisk, reason: "It was found unopened." }).success).toBe(true);
  expect(breachStepSchema.safeParse({ id, step: "close" }).success).toBe(true);
  expect(breachStepSchema.safeParse({ id, step: "close", reason: "It was found." }).success).toBe(false);
});

test.each([
  ["2026-01-05", "", null],
  ["2026-01-05", " 23:59 ", null],
  ["", "14:30", null],
  ["2026-01-05", "25:99", "The time must be between 00:00 and 23:59."],
  ["", "2400", "The time must be between 00:00 and 23:59."],
  ["2026-01-05", "half past two", "Write the time like 14:30."],
  ["2026-03-29", "01:30", "Clocks went forward over this time: enter one before or after it."],
] as const)("of the day “%s” and the time “%s” is said: %s", (day, time, fault) => {
  expect(timeFault(day, time)).toBe(fault);
});
