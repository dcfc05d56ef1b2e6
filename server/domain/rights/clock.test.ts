/** The clock of a request: one month, pauses, two further months, working days. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, daysBetween, isWorkingDay } from "../period";
import { clockOf, type Timed } from "./clock";

const asked: Timed = {
  kind: "access",
  receivedOn: "2026-03-02",
  acknowledgedOn: null,
  extendedOn: null,
  closedOn: null,
  pauses: [],
};
const NONE: ReadonlySet<string> = new Set();
const due = (request: Partial<Timed>, today = "2026-03-10", holidays = NONE) =>
  clockOf({ ...asked, ...request }, today, holidays).dueOn;

test.each([
  ["2026-03-02", "2026-04-02", "the same day of the next month"],
  ["2026-01-30", "2026-03-02", "the last day of a shorter month is a Saturday: the next working day"],
  ["2026-03-31", "2026-04-30", "there is no 31 April"],
  ["2026-11-25", "2026-12-29", "Christmas, Boxing Day on a Saturday, its Monday, then a Tuesday"],
])("A request of %s is due on %s: %s", (receivedOn, dueOn) => {
  expect(due({ receivedOn }, receivedOn, new Set(["2026-12-25", "2026-12-28"]))).toBe(dueOn);
});

test("The clock stands while the person is asked, and shows it", () => {
  const pauses = [{ fromOn: "2026-03-05", untilOn: null }];
  const clock = clockOf({ ...asked, pauses }, "2026-03-10", NONE);
  expect(clock).toMatchObject({ isPaused: true, pausedDays: 5, dueOn: "2026-04-07", daysLeft: 28 });
  // The last day moves on day by day, but for weekends.
  expect(due({ pauses }, "2026-03-13")).toBe("2026-04-10");
});

test("Overlapping pauses count once", () => {
  const pauses = [
    { fromOn: "2026-03-05", untilOn: "2026-03-09" },
    { fromOn: "2026-03-07", untilOn: "2026-03-10" },
  ];
  expect(clockOf({ ...asked, pauses }, "2026-03-20", NONE).pausedDays).toBe(5);
});

test("A longer one has three months in all", () => {
  expect(due({ extendedOn: "2026-03-20" })).toBe("2026-06-02");
});

test("A complaint is to be acknowledged within 30 days, until it is", () => {
  expect(clockOf({ ...asked, kind: "complaint" }, "2026-03-03", NONE).acknowledgeBy).toBe("2026-04-01");
  const told = { ...asked, kind: "complaint", acknowledgedOn: "2026-03-04" };
  expect(clockOf(told, "2026-03-05", NONE).acknowledgeBy).toBeNull();
});

test("Whatever the pauses, the last day is a working day and never earlier than a month after the request", () => {
  const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays("2026-03-02", days));
  const pause = fc.tuple(day, fc.integer({ min: 0, max: 30 })).map(([fromOn, days]) => ({
    fromOn,
    untilOn: addDays(fromOn, days),
  }));
  fc.assert(
    fc.property(fc.array(pause, { maxLength: 5 }), (pauses) => {
      const { dueOn, pausedDays } = clockOf({ ...asked, pauses }, "2026-09-01", NONE);
      expect(isWorkingDay(dueOn, NONE)).toBe(true);
      const extra = daysBetween("2026-04-02", dueOn) - pausedDays;
      expect(extra).toBeGreaterThanOrEqual(0);
      expect(extra).toBeLessThanOrEqual(2);
      expect(pausedDays).toBeLessThanOrEqual(
        pauses.reduce((sum, { fromOn, untilOn }) => sum + daysBetween(fromOn, untilOn), 0),
      );
    }),
  );
});
