/** How alike two cohorts are, by nothing but the least values of hashes. */

import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { likeness, likenessOf } from "./likeness";
import { ALIKE } from "./study";

const digests = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) =>
    createHmac("sha256", "likeness")
      .update(String(from + at))
      .digest(),
  );
const cohort = (from: number, to: number) => likenessOf(digests(from, to));

test("the same people in any order are alike altogether, and others not at all", () => {
  expect(likeness(cohort(0, 200), likenessOf(digests(0, 200).reverse()))).toBe(1);
  expect(likeness(cohort(0, 200), cohort(1_000, 1_200))).toBeLessThan(0.02);
});

test.each([60, 212, 5_000])("one person more or less among %i is nearly the same cohort", (size) => {
  for (let start = 0; start < 20; start += 1) {
    const from = start * 10_000;
    expect(likeness(cohort(from, from + size), cohort(from, from + size + 1))).toBeGreaterThan(ALIKE);
    expect(likeness(cohort(from, from + size), cohort(from + 1, from + size))).toBeGreaterThan(ALIKE);
  }
});

test.each([
  [100, 50, 0.5],
  [300, 50, 0.75],
  [900, 50, 0.947],
])("%i people in common and %i of their own on either side are told as about %d", (shared, own, share) => {
  const told = likeness(
    cohort(0, shared + own),
    likenessOf([...digests(0, shared), ...digests(9_000, 9_000 + own)]),
  );
  expect(Math.abs(told - share)).toBeLessThan(0.1);
});

test("nobody is like nobody", () => expect(likeness(likenessOf([]), likenessOf([]))).toBe(0));
