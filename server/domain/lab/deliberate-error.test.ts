/** No number of those whom something came of, and none of the rest, stands for fewer than five people. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Chance } from "../../demo/random";
import { FEWEST_PEOPLE } from "../disclosure";
import { FEWEST_WITH_OUTCOME, OUTCOME_DRAWS, outcomeFigureOf } from "./deliberate-error";
import { reportNumbers } from "./report";
import { madeAnalysis, TEST_CODEBOOK, testHmac } from "./testing-report";

const cohort = (key: bigint) => ({ hmac: testHmac, key });

describe("a figure of those whom something came of", () => {
  const asked = fc.record({
    key: fc.bigInt({ min: 0n, max: 2n ** 62n }),
    people: fc.integer({ min: 0, max: 60 }),
    rest: fc.integer({ min: 0, max: 60 }),
    draws: fc.constantFrom(OUTCOME_DRAWS, 2 * OUTCOME_DRAWS),
  });

  test("never stands for fewer than five people, nor leaves fewer than five without", () => {
    fc.assert(
      fc.property(asked, ({ key, people, rest, draws }) => {
        const figure = outcomeFigureOf(cohort(key), people, { by: "had", of: people + rest, draws });
        if (figure === null) return;
        expect(Math.min(people, rest)).toBeGreaterThanOrEqual(FEWEST_PEOPLE);
        expect(figure).toBeGreaterThanOrEqual(draws === OUTCOME_DRAWS ? 20 : 35);
      }),
      { numRuns: 4_000 },
    );
  });

  test("is hidden about half of the time at the fewest that it shows, and hardly ever at 30", () => {
    const shown = (people: number) =>
      Array.from({ length: 1_000 }, (_, at) =>
        outcomeFigureOf(cohort(BigInt(at)), people, { by: "had", of: 1_000 }),
      ).filter((figure) => figure !== null).length / 1_000;
    expect(FEWEST_WITH_OUTCOME).toBe(20);
    expect(shown(20)).toBeGreaterThan(0.45);
    expect(shown(20)).toBeLessThan(0.65);
    expect(shown(30)).toBeGreaterThan(0.99);
  });
});

test("no report says what came of fewer than five people, or of all but so few", () => {
  const chance = new Chance("few of them");
  let told = 0;
  for (let run = 0; run < 1_500; run += 1) {
    const people = 30 + chance.below(60);
    const few = chance.below(8) / people;
    const analysis = madeAnalysis(chance, {
      ...{ people, rate: chance.happens(0.5) ? few : 1 - few, difference: 0, band: "green" as const },
    });
    const none = { "no-name": 0, "no-birth-date": 0, "sent-twice": 0, "not-started": 0, "not-found": 0 };
    const later = { "not-certain": 0, "no-index-in-window": 0, "follow-up-not-over": 0, "nobody-similar": 0 };
    const numbers = reportNumbers({
      analysis,
      attrition: { sent: people, lost: { ...none, ...later } },
      codebook: TEST_CODEBOOK,
      outcomes: ["reoffended"],
      cohort: cohort(BigInt(run)),
      earlier: [],
    });
    const truth = analysis.methods[0]?.effects.find(({ outcome }) => outcome === "reoffended");
    if (!truth) throw new Error("The made analysis has no such outcome");
    const had = Math.round(truth.treated * truth.nTreated);
    if (numbers.effects.length === 0) continue;
    told += 1;
    expect(Math.min(had, truth.nTreated - had)).toBeGreaterThanOrEqual(FEWEST_PEOPLE);
  }
  // Of five to ten people with the largest errors there are something could be told, and hardly ever is.
  expect(told).toBeLessThan(15);
});
