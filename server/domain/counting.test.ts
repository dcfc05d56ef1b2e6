import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changedMonthsByGroup,
  countedNode,
  groupOf,
  menuBits,
  monthsBefore,
  monthsByGroup,
  monthsNow,
  needsIn,
  nodesHolding,
  nodesOf,
  periodBits,
} from "./counting";
import { findNode, NEEDS } from "./needs";
import { maskOf, periodByNumber, periodNumber, slotOf } from "./period";

const number = (path: string) => findNode(path)?.number ?? -1;

test("months lie in exactly the periods that hold one of them", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4095 }), (months) => {
      for (let slot = 0; slot < 17; slot += 1) {
        const period = periodByNumber(periodNumber({ type: "month", financialYear: 2026, index: 0 }) + slot);
        expect((periodBits(months) >> slotOf(period)) & 1).toBe(months & maskOf(period) ? 1 : 0);
      }
    }),
  );
});

test("a sector has quarters and years, a district months too", () => {
  expect(periodBits(1) & menuBits(10)).toBe((1 << 12) | (1 << 16));
  expect(periodBits(1) & menuBits(100_001)).toBe(1 | (1 << 12) | (1 << 16));
});

test("a need counts in itself, its domain and any need; a domain with one need is that need", () => {
  expect(nodesOf(number("HOU-04"))).toEqual([number("HOU-04"), number("HOU"), number("*")]);
  expect(nodesOf(number("OTH-01"))).toEqual([number("OTH-01"), number("*")]);
  expect(countedNode(number("OTH"))).toBe(number("OTH-01"));
  expect(countedNode(number("HOU"))).toBe(number("HOU"));
});

test("two needs in two sectors are one person in the areas and nodes that hold both", () => {
  const groups = monthsByGroup(
    [
      { needNumber: number("HOU-01"), releaseSector: 10, months: 1 },
      { needNumber: number("HOU-04"), releaseSector: 11, months: 2 },
    ],
    (sector) => [sector, 100_001],
  );
  expect(groups.get(groupOf(100_001, number("HOU")))).toBe(3);
  expect(groups.get(groupOf(10, number("HOU")))).toBe(1);
  expect(groups.get(groupOf(100_001, number("HOU-04")))).toBe(2);
});

test("the groups in which anything changed have the months of before and of now that a count of all rows gives", () => {
  const months = fc.integer({ min: 0, max: 4095 });
  const row = fc.record({
    needNumber: fc.constantFrom(...NEEDS.slice(0, 12).map((need) => need.number)),
    releaseSector: fc.integer({ min: 10, max: 13 }),
    months,
    was: fc.option(months, { nil: null }),
  });
  const areasOf = (sector: number) => [sector, 100_000 + (sector >> 1), 400_000];
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (drawn) => {
      const rows = drawn.map(({ was, ...rest }) => ({ ...rest, was: was ?? rest.months }));
      const before = monthsByGroup(
        rows.map((each) => ({ ...each, months: each.was })),
        areasOf,
      );
      const now = monthsByGroup(rows, areasOf);
      const changed = changedMonthsByGroup(rows, areasOf);
      for (const [group, both] of changed) {
        expect([monthsBefore(both), monthsNow(both)]).toEqual([before.get(group) ?? 0, now.get(group) ?? 0]);
      }
      for (const group of [...before.keys(), ...now.keys()]) {
        if (before.get(group) !== now.get(group)) expect([...changed.keys()]).toContain(group);
      }
    }),
  );
});

test("what holds a node counts every need of it", () => {
  expect(nodesHolding(number("HOU-04"))).toEqual([number("HOU-04"), number("HOU"), number("*")]);
  expect(nodesHolding(number("HOU"))).toEqual([number("HOU"), number("*")]);
  expect(nodesHolding(number("*"))).toEqual([number("*")]);
  for (const need of NEEDS) {
    for (const node of nodesOf(need.number)) {
      for (const holding of nodesHolding(node))
        expect(needsIn(holding)).toEqual(expect.arrayContaining([...needsIn(node)]));
    }
  }
});
