/**
 * What the difference of two figures tells of the few people who are in one and not in the other: everybody less the
 * panel, and a domain less its pair with another. Played with the functions of disclosure control themselves, many
 * times, under keys of their own; the numbers stand in `docs/methods/coverage.md`.
 */

import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { cellId, pairCellId, settledFigure } from "./disclosure";
import { findNode, type NeedNode } from "./needs";
import type { Period } from "./period";
import { chanceFrom } from "./repeatable-chance";

const WORLDS = 12_000;
const MOST = 9;
const period: Period = { type: "quarter", financialYear: 2026, index: 1 };

function nodeOf(path: string): NeedNode {
  const node = findNode(path);
  if (!node) throw new Error(path);
  return node;
}

/**
 * How often the best guess of 1 to 9 people is right, given the differences of both figures in `views` periods in which
 * the same few stand apart; and in how many worlds one answer has odds of 95 in 100 or more.
 */
function attack(larger: string, smaller: string, views: number, seed: number) {
  const next = chanceFrom(seed);
  const seen = new Map<string, number[]>();
  for (let world = 0; world < WORLDS; world += 1) {
    const key = `${seed}/${world}`;
    const hmac = (text: string) => createHmac("sha256", key).update(text).digest();
    const few = 1 + Math.floor(next() * MOST);
    const differences = Array.from({ length: views }, () => {
      const people = 60 + Math.floor(next() * 200);
      const cellKey = BigInt(Math.floor(next() * 2 ** 48));
      const rest = BigInt(Math.floor(next() * 2 ** 48));
      const all = settledFigure(hmac, period, larger, { people: people + few, cellKey: cellKey + rest }) ?? 0;
      return all - (settledFigure(hmac, period, smaller, { people, cellKey }) ?? 0);
    });
    const id = views === 1 ? differences.join() : String(differences.reduce((sum, each) => sum + each, 0));
    const counts = seen.get(id) ?? Array.from({ length: MOST + 1 }, () => 0);
    counts[few] = (counts[few] ?? 0) + 1;
    seen.set(id, counts);
  }
  let [right, certain] = [0, 0];
  for (const counts of seen.values()) {
    const all = counts.reduce((sum, count) => sum + count, 0);
    const best = Math.max(...counts);
    right += best;
    // Rare differences say nothing of odds.
    if (all >= 40 && best / all >= 0.95) certain += all;
  }
  return { exact: right / WORLDS, certain };
}

const area = "lad:E08000024";
const whole = cellId({ area, node: nodeOf("HOU"), slice: "all" });

test("Everybody less the panel: the best guess of 1 to 9 others is right in at most 30 of 100, and none is certain", () => {
  const { exact, certain } = attack(whole, cellId({ area, node: nodeOf("HOU"), slice: "panel" }), 1, 7);
  expect(exact).toBeGreaterThan(0.1);
  expect(exact).toBeLessThan(0.3);
  expect(certain).toBe(0);
});

test("A domain less its pair with another: the same", () => {
  const { exact, certain } = attack(whole, pairCellId(area, nodeOf("HOU"), nodeOf("MON")), 1, 8);
  expect(exact).toBeLessThan(0.3);
  expect(certain).toBe(0);
});

test("The same few apart in four quarters, with other people each time: at most 35 of 100, and none is certain", () => {
  const { exact, certain } = attack(whole, cellId({ area, node: nodeOf("HOU"), slice: "panel" }), 4, 9);
  expect(exact).toBeLessThan(0.35);
  expect(certain).toBe(0);
});
