import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clocksChosenOn,
  clockYearOf,
  dueSlot,
  expectedInYear,
  lastSlot,
  longerSlot,
  nextDueSlot,
  nextSlot,
  SLOTS,
  type SlotName,
  slotByNumber,
  slotFor,
  slotInWords,
  slotNumber,
  slotsBetween,
  workingSecondsBetween,
} from "./clock-slots";
import { dayOf } from "./period";

/** England and Wales, from April 2026 to May 2027. */
const HOLIDAYS = new Set([
  ...["2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28"],
  ...["2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31"],
]);
const names = SLOTS.map(({ name }) => name);
const at = (text: string) => new Date(text);
const between = (name: SlotName, from: string, until: string) =>
  slotsBetween(name, at(from), at(until), HOLIDAYS).map((slot) => slot.toISOString().slice(0, 16));

const instant = fc
  .integer({ min: Date.parse("2024-01-01T00:00Z"), max: Date.parse("2031-12-31T00:00Z") })
  .map((ms) => new Date(ms));

describe("how long a slot is", () => {
  test.each([
    ["10s", 10_800_000],
    ["1min", 1_800_000],
    ["10min", 180_000],
    ["1h", 30_000],
    ["1d", 3000],
    ["2d", 1500],
    ["7d", 600],
    ["14d", 300],
    ["28d", 150],
  ] as const)("%s from %i people a year", (name, people) => {
    expect(slotFor(people)).toBe(name);
    expect(slotFor(people - 1)).toBe(SLOTS[names.indexOf(name) + 1]?.name ?? null);
  });

  test("fewer than 150 people a year, or a hidden figure, or none: not live", () => {
    expect(slotFor(145)).toBeNull();
    expect(slotFor(expectedInYear({ year: null, quarter: 500 }))).toBeNull();
    expect(slotFor(expectedInYear({}))).toBeNull();
  });

  test("without a closed year, twice the last closed quarter is expected", () => {
    expect(expectedInYear({ quarter: 300 })).toBe(600);
    expect(expectedInYear({ year: 700, quarter: 300 })).toBe(700);
    expect(expectedInYear({ quarter: null })).toBeNull();
  });

  test("the next longer one, up to none", () => {
    expect(names.map(longerSlot)).toEqual([...names.slice(1), null]);
  });

  test("is kept by number and said in words", () => {
    for (const name of names) expect(slotByNumber(slotNumber(name))).toBe(name);
    expect(() => slotByNumber(0)).toThrow();
    expect(slotInWords("7d")).toBe("moves each Monday");
    expect(slotInWords(null)).toBe("stands still until it settles");
  });
});

describe("when slots fall", () => {
  test("each hour from 09:00 to 18:00 of a working day in London, by its summer and winter time", () => {
    const summer = between("1h", "2026-06-01T00:00Z", "2026-06-02T00:00Z");
    expect(summer).toHaveLength(10);
    expect([summer[0], summer.at(-1)]).toEqual(["2026-06-01T08:00", "2026-06-01T17:00"]);
    expect(between("1h", "2026-11-02T00:00Z", "2026-11-03T00:00Z")[0]).toBe("2026-11-02T09:00");
  });

  test("not at 08:00, when it would show who came in the night", () => {
    expect(lastSlot("10s", at("2026-06-02T07:00:09Z"), HOLIDAYS)).toEqual(at("2026-06-01T17:00Z"));
    expect(nextSlot("10s", at("2026-06-01T17:00Z"), HOLIDAYS)).toEqual(at("2026-06-02T07:00:10Z"));
  });

  test("at 06:00 of working days, over the weekend in which clocks change too", () => {
    expect(between("1d", "2026-10-22T12:00Z", "2026-10-27T12:00Z")).toEqual([
      "2026-10-23T05:00",
      "2026-10-26T06:00",
      "2026-10-27T06:00",
    ]);
    expect(between("1d", "2026-04-02T12:00Z", "2026-04-08T12:00Z")).toEqual([
      "2026-04-07T05:00",
      "2026-04-08T05:00",
    ]);
  });

  test("every second working day from 1 April", () => {
    expect(between("2d", "2026-03-31T12:00Z", "2026-04-10T12:00Z")).toEqual([
      "2026-04-01T05:00",
      "2026-04-07T05:00",
      "2026-04-09T05:00",
    ]);
  });

  test("on Mondays counted from the first of April; a holiday's slot falls on the next working day", () => {
    expect(between("7d", "2026-04-01T00:00Z", "2026-05-12T00:00Z")).toEqual([
      "2026-04-07T05:00",
      "2026-04-13T05:00",
      "2026-04-20T05:00",
      "2026-04-27T05:00",
      "2026-05-05T05:00",
      "2026-05-11T05:00",
    ]);
    expect(between("14d", "2026-04-01T00:00Z", "2026-05-12T00:00Z")).toEqual([
      "2026-04-07T05:00",
      "2026-04-20T05:00",
      "2026-05-05T05:00",
    ]);
    expect(between("28d", "2026-04-01T00:00Z", "2026-06-01T00:00Z")).toEqual([
      "2026-04-07T05:00",
      "2026-05-05T05:00",
    ]);
  });

  test("the last is at or before an instant, the next after it, and none lies between", () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), instant, (name, now) => {
        const last = lastSlot(name, now, HOLIDAYS);
        const next = nextSlot(name, now, HOLIDAYS);
        expect(last.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(nextSlot(name, last, HOLIDAYS)).toEqual(next);
        expect(lastSlot(name, next, HOLIDAYS)).toEqual(next);
      }),
      { numRuns: 500 },
    );
  });

  test("two are never closer than the slot is long, in working time, but for a Monday put off by a holiday", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SLOTS), instant, ({ name, workingSeconds }, now) => {
        const last = lastSlot(name, now, HOLIDAYS);
        const next = nextSlot(name, now, HOLIDAYS);
        const seconds = workingSecondsBetween(last, next, HOLIDAYS);
        // A week with a bank holiday is a day shorter: fewer come, as in any quiet week.
        const holidays = workingSeconds >= 180_000 ? 3 * 36_000 : 0;
        expect(seconds).toBeGreaterThanOrEqual(workingSeconds - holidays);
      }),
      { numRuns: 500 },
    );
  });

  test("long slots fall on short ones", () => {
    const chains: SlotName[][] = [
      ["1h", "10min", "1min", "10s"],
      ["28d", "14d", "7d", "1d"],
      ["2d", "1d"],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...chains), instant, (chain, now) => {
        const [longest = "1d", ...shorter] = chain;
        const slot = nextSlot(longest, now, HOLIDAYS);
        for (const name of shorter) expect(lastSlot(name, slot, HOLIDAYS)).toEqual(slot);
      }),
      { numRuns: 500 },
    );
  });

  test("slots between two instants are all of them", () => {
    expect(between("10min", "2026-06-01T16:45Z", "2026-06-02T07:15Z")).toEqual([
      "2026-06-01T16:50",
      "2026-06-01T17:00",
      "2026-06-02T07:10",
    ]);
    expect(between("1h", "2026-06-06T00:00Z", "2026-06-08T00:00Z")).toEqual([]);
  });
});

describe("when the engine looks", () => {
  const look = (slotAt: string | null, lookedAt: string) => ({
    slotAt: slotAt === null ? null : at(slotAt),
    lookedAt: at(lookedAt),
  });
  const due = (name: SlotName, seen: ReturnType<typeof look>, now: string) =>
    dueSlot(name, seen, at(now), HOLIDAYS)?.toISOString().slice(0, 16) ?? null;

  test("once for a slot, however many went by", () => {
    const seen = look("2026-06-08T05:00Z", "2026-06-08T05:00:07Z");
    expect(due("7d", seen, "2026-06-14T23:00Z")).toBeNull();
    expect(due("7d", seen, "2026-06-15T05:00Z")).toBe("2026-06-15T05:00");
    expect(due("7d", seen, "2026-07-08T12:00Z")).toBe("2026-07-06T05:00");
  });

  test("not at a slot that comes too soon after a look that was late, nor says that it will", () => {
    const late = look("2026-06-01T05:00Z", "2026-06-04T12:00Z");
    expect(due("7d", late, "2026-06-08T12:00Z")).toBeNull();
    expect(nextDueSlot("7d", late, at("2026-06-04T13:00Z"), HOLIDAYS)).toEqual(at("2026-06-15T05:00Z"));
  });

  test("later on the day of its slot, when a whole slot has gone by since a look that was late", () => {
    // On Thursday at 13:00: on Friday at 06:00 half of a working day has gone by.
    const late = look("2026-06-04T05:00Z", "2026-06-04T12:00Z");
    expect(due("1d", late, "2026-06-05T05:00Z")).toBeNull();
    expect(due("1d", late, "2026-06-05T11:59Z")).toBeNull();
    expect(due("1d", late, "2026-06-05T12:00Z")).toBe("2026-06-05T05:00");
    expect(nextDueSlot("1d", late, at("2026-06-04T13:00Z"), HOLIDAYS)).toEqual(at("2026-06-05T05:00Z"));
  });

  test("at every slot, where each look is a little late", () => {
    const seen = look("2026-06-02T09:00:00Z", "2026-06-02T09:00:02Z");
    expect(due("10s", seen, "2026-06-02T09:00:11Z")).toBeNull();
    expect(due("10s", seen, "2026-06-02T09:00:12Z")).toBe("2026-06-02T09:00");
    expect(due("1h", seen, "2026-06-02T10:00:02Z")).toBe("2026-06-02T10:00");
    const week = look("2026-05-18T05:00Z", "2026-05-18T05:00:07Z");
    // A week with a bank holiday, after which the slot falls on a Tuesday.
    expect(due("7d", week, "2026-05-26T05:00Z")).toBe("2026-05-26T05:00");
    expect(due("7d", look("2026-05-26T05:00Z", "2026-05-26T05:00:07Z"), "2026-06-01T05:00Z")).toBe(
      "2026-06-01T05:00",
    );
  });

  test("never twice in less working time than its slot is long, however late a look was", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SLOTS),
        instant,
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        ({ name, workingSeconds }, start, late, wait) => {
          const slotAt = lastSlot(name, start, HOLIDAYS);
          const lookedAt = new Date(slotAt.getTime() + late * workingSeconds * 1000);
          const now = new Date(lookedAt.getTime() + wait * workingSeconds * 4000);
          const slot = dueSlot(name, { slotAt, lookedAt }, now, HOLIDAYS);
          if (slot === null) return;
          const regular = workingSecondsBetween(
            lastSlot(name, new Date(slot.getTime() - 1), HOLIDAYS),
            slot,
            HOLIDAYS,
          );
          expect(workingSecondsBetween(lookedAt, now, HOLIDAYS)).toBeGreaterThanOrEqual(
            Math.min(workingSeconds, regular),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test("first at a slot that comes well after clocks were chosen", () => {
    const chosen = look(null, "2026-06-01T12:00Z");
    expect(due("1d", chosen, "2026-06-01T12:00:10Z")).toBeNull();
    expect(due("1d", chosen, "2026-06-02T05:00:10Z")).toBe("2026-06-02T05:00");
  });
});

describe("which clocks are in force", () => {
  test("they are chosen on the first Monday of June, and last to the next", () => {
    expect(clocksChosenOn(2026)).toBe("2026-06-01");
    expect(clocksChosenOn(2027)).toBe("2027-06-07");
    expect(clockYearOf("2026-05-31")).toBe(2025);
    expect(clockYearOf("2026-06-01")).toBe(2026);
    expect(clockYearOf("2027-06-06")).toBe(2026);
    expect(clockYearOf(dayOf(at("2027-06-06T23:30Z")))).toBe(2027);
  });
});
