import { expect, test } from "vitest";
import { isTooOld, learnTime, todayOn } from "./today";

const DAY_MS = 86_400_000;
const noon = new Date("2026-11-22T12:00:00Z");
const server = (deviceNow: number) => learnTime(noon, "2026-11-22", deviceNow);

test.each([
  ["right", 0],
  ["three years slow", -3 * 365 * DAY_MS],
  ["three years fast", 3 * 365 * DAY_MS],
  ["in another time zone's hour", 5 * 3_600_000],
])("a clock that is %s, and stays so, gives the server's day", (_how, wrongBy) => {
  const then = noon.getTime() + wrongBy;
  expect(todayOn(then, server(then))).toBe("2026-11-22");
  expect(todayOn(then + 2 * DAY_MS, server(then))).toBe("2026-11-24");
});

test("a clock that was set since gives no day, and the worker is asked", () => {
  const then = noon.getTime();
  expect(todayOn(then - DAY_MS, server(then))).toBeNull();
  expect(todayOn(then - 3 * 365 * DAY_MS, server(then))).toBeNull();
  expect(todayOn(then + 14 * DAY_MS, server(then))).toBe("2026-12-06");
  expect(todayOn(then + 15 * DAY_MS, server(then))).toBeNull();
});

test("days end at midnight in London, also in summer", () => {
  const at = Date.parse("2026-07-01T22:59:00Z");
  const learnt = learnTime(new Date(at), "2026-07-01", at);
  expect(todayOn(at, learnt)).toBe("2026-07-01");
  expect(todayOn(at + 60_000, learnt)).toBe("2026-07-02");
});

test("what is carried is too old after fourteen days", () => {
  expect(isTooOld(14 * DAY_MS, 0)).toBe(false);
  expect(isTooOld(14 * DAY_MS + 1, 0)).toBe(true);
});
