import { describe, expect, test } from "vitest";
import { chanceFrom } from "../repeatable-chance";
import { type Field, LEVELS, type Levels } from "./comparison";
import { estimateParameters, PatternCounts } from "./estimation";
import { type Chance, SHIPPED_MODEL } from "./model";

/** A known world: how often each level is found in pairs of one person and of two, unlike the model that ships. */
const TRUTH: Partial<Record<Field, Readonly<Record<string, Chance>>>> = {
  givenName: {
    same: { m: 0.7, u: 0.02 },
    nickname: { m: 0.15, u: 0.01 },
    close: { m: 0.1, u: 0.01 },
    different: { m: 0.05, u: 0.96 },
  },
  familyName: { same: { m: 0.78, u: 0.012 }, close: { m: 0.12, u: 0.008 }, different: { m: 0.1, u: 0.98 } },
  dateOfBirth: {
    same: { m: 0.75, u: 0.0004 },
    exchanged: { m: 0.1, u: 0.0004 },
    slip: { m: 0.1, u: 0.002 },
    different: { m: 0.05, u: 0.9972 },
  },
  place: { postcode: { m: 0.4, u: 0.001 }, district: { m: 0.2, u: 0.02 }, different: { m: 0.4, u: 0.979 } },
  sex: { same: { m: 0.9, u: 0.55 }, different: { m: 0.1, u: 0.45 } },
};
/** Share of values that are not known, in each field. */
const UNKNOWN = 0.1;
const RECORDS = 800;
const MATCHES = 3_000;

const NOTHING = Object.fromEntries(Object.keys(LEVELS).map((field) => [field, null]));

/** A pair as it would be found in the known world. */
function drawPair(random: () => number, of: "m" | "u"): Levels {
  const drawn = Object.entries(TRUTH).map(([field, levels]) => {
    if (random() < UNKNOWN) return [field, null];
    let left = random();
    const found = Object.entries(levels).find(([, chance]) => {
      left -= chance[of];
      return left < 0;
    });
    return [field, found?.[0] ?? "different"];
  });
  return { ...NOTHING, ...Object.fromEntries(drawn) };
}

function world(seed: number) {
  const random = chanceFrom(seed);
  const [candidates, strangers] = [new PatternCounts(), new PatternCounts()];
  const pairs = (RECORDS * (RECORDS - 1)) / 2;
  for (let at = 0; at < pairs; at += 1) {
    const levels = drawPair(random, at < MATCHES ? "m" : "u");
    candidates.add({ levels });
    // Pairs at random are of one person as often as any.
    if (at % 3 === 0) strangers.add({ levels });
  }
  return { records: RECORDS, candidates, random: strangers };
}

describe("learning what agreement is worth", () => {
  test.each([1, 2, 3])("recovers a known m, u and prior that it did not begin with (world %i)", (seed) => {
    const { parameters, expectedPairs } = estimateParameters("known", world(seed));
    for (const [field, levels] of Object.entries(TRUTH)) {
      const found = Object.entries(parameters.fields).find(([name]) => name === field)?.[1];
      for (const [level, truth] of Object.entries(levels)) {
        // Four standard errors of a share among 2,700 known pairs are 0.037 at most, and 30 pairs hold the start.
        expect(Math.abs((found?.[level]?.m ?? 0) - truth.m), `m of ${field} ${level}`).toBeLessThan(0.03);
        expect(Math.abs((found?.[level]?.u ?? 0) - truth.u), `u of ${field} ${level}`).toBeLessThan(0.006);
      }
    }
    expect(Math.abs(expectedPairs / MATCHES - 1)).toBeLessThan(0.03);
    const prior = MATCHES / ((RECORDS * (RECORDS - 1)) / 2);
    expect(Math.abs(parameters.prior - Math.log2(prior / (1 - prior)))).toBeLessThan(0.05);
  });

  test("with hardly any pairs stays near the model it begins with", () => {
    const few = new PatternCounts();
    few.add({ levels: drawPair(chanceFrom(9), "m") });
    const { parameters } = estimateParameters("few", { records: 10, candidates: few, random: few });
    for (const [field, levels] of Object.entries(parameters.fields)) {
      const shipped = Object.entries(SHIPPED_MODEL.fields).find(([name]) => name === field)?.[1];
      for (const [level, { m }] of Object.entries(levels)) {
        expect(Math.abs(m - (shipped?.[level]?.m ?? 0)), `${field} ${level}`).toBeLessThan(0.05);
      }
    }
  });

  test("does not depend on the order in which pairs are counted", () => {
    const random = chanceFrom(4);
    const drawn = Array.from({ length: 500 }, (_, at) => drawPair(random, at % 5 === 0 ? "m" : "u"));
    const count = (levels: readonly Levels[]) => {
      const counts = new PatternCounts();
      for (const one of levels) counts.add({ levels: one });
      return counts;
    };
    const [there, back] = [count(drawn), count(drawn.toReversed())];
    const estimate = (counts: PatternCounts) =>
      estimateParameters("order", { records: 60, candidates: counts, random: counts });
    expect(estimate(back)).toEqual(estimate(there));
  });
});
