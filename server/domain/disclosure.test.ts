import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addKeys,
  anonymousBand,
  cellId,
  FEWEST_PEOPLE,
  heldBy,
  publish,
  ratePerThousand,
  readFigure,
  recordKey,
  settledFigure,
  settledQuota,
} from "./disclosure";
import { findNode, type NeedNode } from "./needs";
import { findPeriod, type Period } from "./period";

const KEY = Buffer.from("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "hex");
const hmac = (text: string) => createHmac("sha256", KEY).update(text).digest();

function nodeOf(path: string): NeedNode {
  const node = findNode(path);
  if (!node) throw new Error(path);
  return node;
}
function periodOf(text: string): Period {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return period;
}

const errors = { place: fc.integer({ min: -2, max: 2 }), set: fc.integer({ min: -3, max: 3 }) };

describe("publish", () => {
  test.each([
    [9, 0, 0, null],
    [10, 0, 0, 10],
    [12, 0, 0, 10],
    [13, 0, 0, 15],
    [14, -1, 0, 15],
    [7, 1, 3, 10],
    [4, 2, 3, null],
    [5, 2, 3, 10],
    [0, 0, 0, null],
  ])("%i people with errors %i and %i show as %s", (count, place, set, shown) => {
    expect(publish(count, place, set)).toBe(shown);
  });

  test("no figure stands for fewer than five people", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: FEWEST_PEOPLE - 1 }), errors.place, errors.set, (count, a, b) => {
        expect(publish(count, a, b)).toBeNull();
      }),
    );
  });

  test("a figure is a multiple of 5, at least 10, and at most 7 people away", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 1_000_000 }), errors.place, errors.set, (count, a, b) => {
        const figure = publish(count, a, b);
        if (figure === null) {
          expect(count + a + b).toBeLessThan(10);
        } else {
          expect(figure % 5).toBe(0);
          expect(figure).toBeGreaterThanOrEqual(10);
          expect(Math.abs(figure - count)).toBeLessThanOrEqual(7);
        }
      }),
    );
  });
});

describe("a settled figure", () => {
  const cell = cellId({ area: "sector:M1 4", node: nodeOf("HOU"), slice: "all" });
  const people = fc.uniqueArray(fc.uuid(), { minLength: 0, maxLength: 60 });

  test("is the same for the same people in the same era, in whatever order and period", () => {
    fc.assert(
      fc.property(people, (ids) => {
        const set = (order: string[]) => ({
          people: order.length,
          cellKey: order.map((id) => recordKey(hmac, id)).reduce(addKeys, 0n),
        });
        const quarter = settledFigure(hmac, periodOf("q:2026-Q1"), cell, set(ids));
        const year = settledFigure(hmac, periodOf("y:2026"), cell, set([...ids].reverse()));
        expect(year).toBe(quarter);
      }),
      { numRuns: 50 },
    );
  });

  test("is right on average: the two errors cancel", () => {
    let sum = 0;
    const tries = 4000;
    for (let i = 0; i < tries; i += 1) {
      const ids = Array.from({ length: 40 }, (_, at) => `${i}-${at}`);
      const cellKey = ids.map((id) => recordKey(hmac, id)).reduce(addKeys, 0n);
      const name = cellId({ area: `sector:T${i}`, node: nodeOf("HOU"), slice: "all" });
      sum += (settledFigure(hmac, periodOf("q:2026-Q1"), name, { people: 40, cellKey }) ?? 0) - 40;
    }
    // Root mean square error is 2.34, so the mean of 4,000 has a standard error of 0.037.
    expect(Math.abs(sum / tries)).toBeLessThan(0.15);
  });

  test("takes the longer quota for a sensitive need", () => {
    const quotas = (path: string) =>
      Array.from({ length: 300 }, (_, i) =>
        settledQuota(hmac, periodOf("q:2026-Q1"), `sector:Z${i}|need:${path}|slice:all`, path !== "HOU"),
      );
    expect([Math.min(...quotas("HOU")), Math.max(...quotas("HOU"))]).toEqual([5, 9]);
    expect([Math.min(...quotas("MEN")), Math.max(...quotas("MEN"))]).toEqual([10, 19]);
  });
});

describe("hold", () => {
  const set = (figure: number | null, differing: number) => ({
    figure: figure === null ? null : readFigure(figure),
    differing,
  });

  test("shows the nearest earlier figure while fewer people than the quota differ", () => {
    expect(heldBy([set(20, 6), set(25, 3)], 24, 7)?.figure).toBe(25);
    expect(heldBy([set(20, 7)], 24, 7)).toBeNull();
    expect(heldBy([set(null, 4)], 8, 5)).toEqual({ figure: null, differing: 4 });
    expect(heldBy([], 24, 7)).toBeNull();
  });

  test("the first of equally near sets wins", () => {
    expect(heldBy([set(20, 3), set(25, 3)], 24, 7)?.figure).toBe(20);
  });

  test("never shows a figure for a cell that has fallen below five people", () => {
    expect(heldBy([set(10, 2)], 4, 7)).toBeNull();
  });
});

test("the share that cannot be recognised is a band of two figures", () => {
  expect(anonymousBand(readFigure(100), null)).toBe(0);
  expect(anonymousBand(readFigure(100), readFigure(10))).toBe(1);
  expect(anonymousBand(readFigure(100), readFigure(50))).toBe(3);
  expect(anonymousBand(readFigure(10), readFigure(15))).toBe(4);
});

test("a number that has not passed is not read as a figure", () => {
  for (const stored of [0, 3, 5, 7, 12, 11.5, -10]) expect(() => readFigure(stored)).toThrow();
});

test("a rate needs a figure and 200 households", () => {
  expect(ratePerThousand(readFigure(25), 2000)).toBe(12.5);
  expect(ratePerThousand(readFigure(25), 199)).toBeNull();
  expect(ratePerThousand(readFigure(25), null)).toBeNull();
  expect(ratePerThousand(null, 2000)).toBeNull();
});
