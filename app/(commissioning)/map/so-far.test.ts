/** What is said of figures that may still move. */
import { expect, test } from "vitest";
import type { OpenClock } from "../../../server/domain/figures";
import { clockInWords, openInWords } from "./so-far";

const now = new Date("2026-11-18T10:00:00Z");
const weekly: OpenClock = {
  slot: "7d",
  words: "moves each Monday",
  lastAt: null,
  nextAt: "2026-11-23T09:00:00Z",
};
const hourly: OpenClock = {
  slot: "1h",
  words: "moves each hour in working hours",
  lastAt: "2026-11-18T10:00:00Z",
  nextAt: "2026-11-18T11:00:00Z",
};

test("a clock says when it comes next: a day, or an hour of today", () => {
  expect(clockInWords(weekly, now)).toBe("moves each Monday, next on 23 November");
  expect(clockInWords(hourly, now)).toBe("moves each hour in working hours, next at 11:00");
  expect(clockInWords({ ...hourly, nextAt: "2026-11-19T09:00:00Z" }, now)).toBe(
    "moves each hour in working hours, next on 19 November",
  );
});

test("a map says its one clock, or the soonest of several, and always when it settles", () => {
  const said = (clocks: OpenClock[]) => openInWords({ settlesOn: "2027-01-29", clocks, clockOf: [] }, now);
  expect(said([weekly])).toBe(
    "so far, about 10 people behind on purpose, moves each Monday, next on 23 November, settles on 29 January 2027",
  );
  expect(said([weekly, hourly])).toBe(
    "so far, about 10 people behind on purpose; busy areas are brought up to date more often, the next on 18 November; settles on 29 January 2027",
  );
  expect(said([])).toBe("so far, about 10 people behind on purpose, settles on 29 January 2027");
});
