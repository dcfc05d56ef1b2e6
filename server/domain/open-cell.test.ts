import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FEWEST_PEOPLE, LONGEST_QUOTA, openFigure, openQuota, readFigure, recordKey } from "./disclosure";
import {
  type CellClock,
  clockAfter,
  differing,
  movedBy,
  type OpenState,
  passSlot,
  type RunningSet,
  refreshAt,
} from "./open-cell";
import { findPeriod, type Period } from "./period";

const hmac = (text: string) => createHmac("sha256", Buffer.alloc(32, 7)).update(text).digest();
const CELL = { id: "sector:M1 4|need:HOU|slice:all", sensitive: false };

function periodOf(text: string): Period {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return period;
}
const QUARTER = periodOf("q:2026-Q1");
const MONTH = periodOf("m:2026-05");

const person = (number: number) => recordKey(hmac, `person ${number}`);
const people = (from: number, count: number) => Array.from({ length: count }, (_, at) => person(from + at));
const EMPTY: RunningSet = { people: 0, cellKey: 0n, changed: null };
const stateOf = (set: RunningSet, rest: Partial<OpenState> = {}): OpenState => ({
  people: set.people,
  cellKey: set.cellKey,
  differing: differing(set),
  period: QUARTER,
  refreshNo: 0,
  figure: null,
  ...rest,
});

describe("who changed", () => {
  test("is everybody before the first figure", () => {
    expect(differing(movedBy(EMPTY, people(1, 12), []))).toBe(12);
  });

  test("is nobody when somebody leaves and comes back, in whatever order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }), (changes) => {
        const inside = new Set(people(1, 6));
        const base = new Set(inside);
        let set: RunningSet = { ...movedBy(EMPTY, [...inside], []), changed: [] };
        for (const who of changes) {
          const key = person(who);
          const leaves = inside.delete(key);
          if (!leaves) inside.add(key);
          set = movedBy(set, leaves ? [] : [key], leaves ? [key] : []);
        }
        expect(new Set(set.changed)).toEqual(
          new Set(people(1, 12).filter((key) => inside.has(key) !== base.has(key))),
        );
        expect(set.people).toBe(inside.size);
        expect(set.cellKey).toBe(movedBy(EMPTY, [...inside], []).cellKey);
      }),
    );
  });

  test("is never less than nobody", () => expect(() => movedBy(EMPTY, [], [person(1)])).toThrow());
});

describe("a slot", () => {
  const size = fc.integer({ min: 0, max: 90 });
  const no = fc.integer({ min: 0, max: 500 });

  test("makes no figure for fewer than five people, and none more than 7 people away", () => {
    fc.assert(
      fc.property(size, no, fc.integer({ min: 0, max: 500 }), (count, refreshNo, from) => {
        const set = movedBy(EMPTY, people(from, count), []);
        const after = refreshAt(hmac, CELL, stateOf(set, { refreshNo, differing: LONGEST_QUOTA }));
        if (!after) throw new Error("64 people fire every quota");
        if (count < FEWEST_PEOPLE) expect(after.figure).toBeNull();
        if (after.figure !== null) expect(Math.abs(after.figure - count)).toBeLessThanOrEqual(7);
        expect([after.differing, after.refreshNo]).toEqual([0, refreshNo + 1]);
      }),
    );
  });

  test("moves nothing below the quota and makes the figure afresh from it on", () => {
    fc.assert(
      fc.property(size, no, fc.boolean(), (count, refreshNo, sensitive) => {
        const cell = { ...CELL, sensitive };
        const quota = openQuota(hmac, QUARTER, CELL.id, refreshNo, sensitive);
        const after = refreshAt(hmac, cell, stateOf(movedBy(EMPTY, people(1, count), []), { refreshNo }));
        expect(after !== null).toBe(count >= quota);
        expect(quota).toBeGreaterThanOrEqual(sensitive ? 10 : 5);
        expect(quota).toBeLessThanOrEqual(LONGEST_QUOTA);
      }),
    );
  });

  test("gives the same people of the same era the same figure, in every period and after every history", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 80 }), no, (count, refreshNo) => {
        const set = movedBy(EMPTY, people(1, count), []);
        const quarter = refreshAt(hmac, CELL, stateOf(set, { refreshNo, differing: 64 }));
        const month = refreshAt(hmac, CELL, stateOf(set, { period: MONTH, differing: 64 }));
        expect(month?.figure).toBe(quarter?.figure);
        expect(quarter?.figure).toBe(openFigure(hmac, QUARTER, CELL.id, set));
      }),
    );
  });

  test("has no memory: however long a cell waits, the next person fires it with chance 1 in 8", () => {
    const quotas = Array.from({ length: 20_000 }, (_, refreshNo) =>
      openQuota(hmac, QUARTER, CELL.id, refreshNo, false),
    );
    for (const waiting of [5, 8, 12, 20, 30]) {
      const left = quotas.filter((quota) => quota >= waiting).length;
      const fired = quotas.filter((quota) => quota === waiting).length;
      expect(fired / left).toBeGreaterThan(0.125 - 4 * Math.sqrt(0.11 / left));
      expect(fired / left).toBeLessThan(0.125 + 4 * Math.sqrt(0.11 / left));
    }
    const mean = quotas.reduce((sum, quota) => sum + quota, 0) / quotas.length;
    expect(Math.abs(mean - 12)).toBeLessThan(0.25);
  });
});

describe("the clock of a cell", () => {
  const clock: CellClock = { slot: "7d", silentSlots: 0 };

  test("takes the next longer slot after two silent ones running", () => {
    const once = clockAfter(clock, false);
    expect(once).toEqual({ slot: "7d", silentSlots: 1 });
    expect(clockAfter(once, true)).toEqual(clock);
    expect(clockAfter(once, false)).toEqual({ slot: "14d", silentSlots: 0 });
  });

  test("ends after the longest slot", () => {
    expect(clockAfter({ slot: "28d", silentSlots: 1 }, false)).toEqual({ slot: null, silentSlots: 0 });
    expect(clockAfter({ slot: null, silentSlots: 0 }, false).slot).toBeNull();
  });

  test("is shared by all open periods: one that moves keeps it", () => {
    const still = stateOf(movedBy(EMPTY, people(1, 3), []));
    const moves = stateOf(movedBy(EMPTY, people(1, 70), []), { period: MONTH });
    const { clock: after, refreshed } = passSlot(hmac, CELL, { slot: "1d", silentSlots: 1 }, [still, moves]);
    expect(after).toEqual({ slot: "1d", silentSlots: 0 });
    expect(refreshed.map(({ period }) => period)).toEqual([MONTH]);
  });

  test("does not tell a figure made afresh with the same number from one that was not made", () => {
    const set = movedBy(EMPTY, people(1, 70), []);
    const figure = openFigure(hmac, QUARTER, CELL.id, set);
    const { clock: after, refreshed } = passSlot(hmac, CELL, clock, [stateOf(set, { figure })]);
    expect(refreshed).toHaveLength(1);
    expect(after.silentSlots).toBe(1);
    const shown = stateOf(set, { figure: readFigure(10) });
    expect(passSlot(hmac, CELL, clock, [shown]).clock.silentSlots).toBe(0);
  });
});
