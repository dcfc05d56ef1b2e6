import { describe, expect, test } from "vitest";
import { BANK_HOLIDAYS } from "../../db/bank-holidays";
import { addWorkingDays, periodText, shiftPeriod } from "../domain/period";
import { makeTimeline, settlingDays } from "./timeline";

const holidays = new Set(
  BANK_HOLIDAYS.filter((holiday) => holiday.calendar === "england-and-wales").map((holiday) => holiday.day),
);

describe("the timeline of the demo", () => {
  test.each([
    // Quarter 2 of 2026 ends on 30 September and settles on 28 October.
    ["2026-10-23", "2026-10-23", "q:2026-Q2", "2026-10-28"],
    ["2026-10-24", "2027-01-26", "q:2026-Q3", "2027-01-29"],
    ["2026-08-01", "2026-10-23", "q:2026-Q2", "2026-10-28"],
  ])("loaded on %s it is %s and %s settles on %s", (loadedOn, today, quarter, settles) => {
    const timeline = makeTimeline(loadedOn, holidays);
    expect(timeline.today).toBe(today);
    expect(periodText(timeline.quarter)).toBe(quarter);
    expect(timeline.settlesOn).toBe(settles);
    expect(addWorkingDays(timeline.today, 3, holidays)).toBe(settles);
  });

  test("runs for eight quarters, with its events in months 14, 16 and 18", () => {
    const timeline = makeTimeline("2026-10-23", holidays);
    expect(timeline.firstDay).toBe("2024-10-01");
    expect(timeline.worksClosesOn).toBe("2025-11-09");
    expect(timeline.cityPoliceBeginOn).toBe("2026-01-01");
    expect(timeline.pantryOpensOn).toBe("2026-03-04");
  });

  test("never lies before the day of loading, and the next quarter settles before it ends", () => {
    for (let year = 2026; year < 2031; year++) {
      for (let month = 1; month <= 12; month++) {
        const loadedOn = `${year}-${String(month).padStart(2, "0")}-17`;
        const timeline = makeTimeline(loadedOn, holidays);
        expect(timeline.today >= loadedOn).toBe(true);
        const next = makeTimeline(timeline.settlesOn, holidays);
        expect(next.quarter).toEqual(shiftPeriod(timeline.quarter, 1));
        expect(next.settlesOn <= timeline.lastDay).toBe(true);
      }
    }
  });

  test("lists the days on which months settle, quarters and years among them", () => {
    const timeline = makeTimeline("2026-10-23", holidays);
    const days = settlingDays(timeline, timeline.today, holidays);
    expect(days).toHaveLength(23);
    expect(days).not.toContain(timeline.settlesOn);
  });
});
