/** How well a signal tells two kinds apart, against counting every pair of one of each. */

import { expect, test } from "vitest";
import { Chance } from "../server/demo/random";
import { auc } from "./bench";

test("a signal that says everything has an area of 1, whichever way round, and one that says nothing a half", () => {
  const known = [true, true, false, false];
  expect(auc([9, 8, 2, 1], known)).toBe(1);
  expect(auc([1, 2, 8, 9], known)).toBe(1);
  expect(auc([5, 5, 5, 5], known)).toBe(0.5);
});

test("the area is the share of pairs that are in order, ties counting half", () => {
  const chance = new Chance("areas");
  for (let round = 0; round < 20; round += 1) {
    const all = Array.from({ length: 40 }, (_, at) => ({ signal: chance.below(10), known: at % 3 === 0 }));
    const [ones, others] = [all.filter(({ known }) => known), all.filter(({ known }) => !known)];
    let inOrder = 0;
    for (const one of ones)
      for (const other of others)
        inOrder += one.signal > other.signal ? 1 : one.signal === other.signal ? 0.5 : 0;
    const share = inOrder / (ones.length * others.length);
    const [signals, known] = [all.map(({ signal }) => signal), all.map((one) => one.known)];
    expect(auc(signals, known)).toBeCloseTo(Math.max(share, 1 - share), 12);
  }
});
