/** The short form of `prove lab-recovery`: fewer cohorts and runs, and the room that fewer runs need. */

import { describe, expect, test } from "vitest";
import { MADE_COHORTS, powerAtSmallest, recoveryOf, STUDY_SIZES } from "./lab-recovery";

const RUNS = 100;
const SEED = 11;

describe("a known effect comes out again", () => {
  const shorter = MADE_COHORTS.slice(0, 2).map((made) => ({ ...made, people: 1_500 }));

  test.each(shorter)("an effect of $effect", (made) => {
    const { byOutcome, red } = recoveryOf(made, RUNS, SEED);
    expect(red).toBe(0);
    for (const { bias, naive, covered, significant } of byOutcome.values()) {
      // Three standard errors of so many runs wider than the long form.
      expect(Math.abs(bias)).toBeLessThan(0.4 * Math.abs(naive));
      expect(covered).toBeGreaterThan(0.88);
      if (made.effect === 0) expect(significant).toBeLessThan(0.12);
    }
  });
});

test.each(STUDY_SIZES)("the planner's power: $participants against $comparison", (size) => {
  expect(
    Math.abs(powerAtSmallest({ ...size, comparison: Math.min(size.comparison, 1_000) }, 1_500, SEED) - 0.8),
  ).toBeLessThan(0.04);
});
