import { describe, expect, test } from "vitest";
import {
  mayBeOffered,
  type NeedPair,
  offersFor,
  type PairCount,
  pairsWorthOffering,
  wilsonLowerBound,
} from "./need-pairs";
import { findNeed, isSensitiveNeed, NEEDS } from "./needs";
import { chanceFrom } from "./repeatable-chance";

const numberOf = (code: string) => findNeed(code)?.number ?? -1;

/** Counts of two needs among 400 people, where 40 of 400 have the other: a base rate of 1 in 10. */
const counted = (with_: Partial<PairCount> = {}): PairCount => ({
  needNumber: numberOf("HOU-04"),
  otherNumber: numberOf("MON-01"),
  peopleWith: 50,
  peopleOther: 40,
  peopleBoth: 20,
  everyone: 400,
  ...with_,
});
const isOffered = (with_: Partial<PairCount>) => pairsWorthOffering([counted(with_)]).length === 1;

/** Every pair counted among made people: for each, the numbers of the needs they have. */
function countPairs(people: readonly ReadonlySet<number>[]): PairCount[] {
  const one = new Map<number, number>();
  const both = new Map<string, { needNumber: number; otherNumber: number; peopleBoth: number }>();
  for (const needs of people) {
    for (const needNumber of needs) {
      one.set(needNumber, (one.get(needNumber) ?? 0) + 1);
      for (const otherNumber of needs) {
        if (otherNumber === needNumber) continue;
        const at = `${needNumber} ${otherNumber}`;
        both.set(at, { needNumber, otherNumber, peopleBoth: (both.get(at)?.peopleBoth ?? 0) + 1 });
      }
    }
  }
  return [...both.values()].map((pair) => ({
    ...pair,
    peopleWith: one.get(pair.needNumber) ?? 0,
    peopleOther: one.get(pair.otherNumber) ?? 0,
    everyone: people.length,
  }));
}

/** Forty needs that may be offered, from one in three people to one in a hundred. */
const COMMON = NEEDS.filter(mayBeOffered).slice(0, 40);
const rateOf = (at: number) => 0.35 * 0.91 ** at;
const independently = (chance: () => number) =>
  new Set(COMMON.flatMap(({ number }, at) => (chance() < rateOf(at) ? [number] : [])));

describe("A pair is worth offering", () => {
  test.each<[string, Partial<PairCount>, boolean]>([
    ["with 20 of 50 where 1 in 10 is usual", {}, true],
    ["not below ten people with the first", { peopleWith: 9, peopleBoth: 9 }, false],
    ["from ten on", { peopleWith: 10, peopleBoth: 9 }, true],
    ["not below five with both", { peopleWith: 10, peopleBoth: 4, peopleOther: 8 }, false],
    ["not when the other need is nearly as usual anyway", { peopleOther: 120 }, false],
    ["not when chance could have done it", { peopleWith: 20, peopleBoth: 6, peopleOther: 60 }, false],
    [
      "not when it is seldom right",
      { peopleWith: 300, peopleBoth: 29, peopleOther: 10, everyone: 9000 },
      false,
    ],
    ["not with itself", { otherNumber: numberOf("HOU-04") }, false],
    ["not when it is sensitive", { otherNumber: numberOf("SAF-01") }, false],
    ["for a sensitive need, when it is not sensitive itself", { needNumber: numberOf("SAF-01") }, true],
  ])("%s", (_, with_, offered) => {
    expect(isOffered(with_)).toBe(offered);
  });

  test("and never when sensitive or unlisted, whatever was counted", () => {
    const offered = NEEDS.filter(({ number }) =>
      isOffered({ needNumber: numberOf("HOU-04"), otherNumber: number }),
    );
    expect(offered.filter(isSensitiveNeed)).toEqual([]);
    expect(offered.map(({ code }) => code)).not.toContain("OTH-01");
    expect(offered.length).toBeGreaterThan(70);
  });

  test("by the Wilson bound as published", () => {
    // Newcombe (1998), table I: 81 of 263 at 95% has the interval 0.2553 to 0.3662; 0 of 20 begins at 0.
    expect(wilsonLowerBound(81, 263, 1.959964)).toBeCloseTo(0.2553, 4);
    expect(wilsonLowerBound(0, 20, 1.959964)).toBe(0);
    expect(wilsonLowerBound(0, 0)).toBe(0);
  });
});

test("An association that was planted is found again", () => {
  const [first, second] = [COMMON[4]?.number ?? -1, COMMON[8]?.number ?? -1];
  let found = 0;
  for (let seed = 0; seed < 100; seed += 1) {
    const chance = chanceFrom(seed);
    const people = Array.from({ length: 600 }, () => {
      const needs = independently(chance);
      // Of those with the first, about half have the second, which one in six has otherwise.
      if (needs.has(first) && chance() < 0.4) needs.add(second);
      return needs;
    });
    const pairs = pairsWorthOffering(countPairs(people));
    if (pairs.some((pair) => pair.needNumber === first && pair.otherNumber === second)) found += 1;
  }
  console.log(`Planted pairs found: ${found} of 100`);
  expect(found).toBeGreaterThanOrEqual(98);
});

test("Needs that have nothing to do with each other are hardly ever offered", () => {
  let [offered, looked] = [0, 0];
  for (let seed = 0; seed < 60; seed += 1) {
    const chance = chanceFrom(1000 + seed);
    // Teams from 100 people to 3,000.
    const people = Array.from({ length: 100 + 50 * seed }, () => independently(chance));
    const pairs = countPairs(people);
    looked += pairs.length;
    offered += pairsWorthOffering(pairs).length;
  }
  console.log(`Offers from independent needs: ${offered} of ${looked} pairs in 60 organisations`);
  expect(looked).toBeGreaterThan(60_000);
  // About one pair in an organisation, of some 1,300 that are looked at; at the usual 1.96 it would be thirteen.
  expect(offered / looked).toBeLessThan(1 / 1000);
});

describe("Offers", () => {
  const pair = (need: string, offer: string, share: number, people = 40): NeedPair => ({
    need,
    offer,
    share,
    people,
  });
  const pairs = [
    pair("HOU-04", "MON-01", 0.42),
    pair("HOU-04", "BEN-06", 0.31),
    pair("HOU-04", "MON-03", 0.3),
    pair("HOU-04", "BAS-01", 0.2),
    pair("BAS-01", "MON-03", 0.61),
    pair("BAS-01", "EDU-06", 0.11),
  ];
  const offered = (picked: string[], open: string[] = []) =>
    offersFor(picked, open, pairs).map(({ need }) => need.code);

  test("are three at most, the likeliest first, each with its reason", () => {
    expect(offersFor(["HOU-04"], [], pairs).map(({ need, reason }) => [need.code, reason])).toEqual([
      ["MON-01", "4 in 10 people here with rent or mortgage arrears also bring priority debt"],
      ["BEN-06", "3 in 10 people here with rent or mortgage arrears also bring housing cost support"],
      [
        "MON-03",
        "3 in 10 people here with rent or mortgage arrears also bring income does not cover essentials",
      ],
    ]);
  });

  test("leave out what is picked or open, and name the better of two reasons", () => {
    expect(offered(["HOU-04", "MON-01"], ["BEN-06"])).toEqual(["MON-03", "BAS-01"]);
    expect(offersFor(["HOU-04", "BAS-01"], [], pairs)[0]).toMatchObject({
      need: { code: "MON-03" },
      because: { code: "BAS-01" },
    });
    expect(offered([])).toEqual([]);
    expect(offered([], ["HOU-04"])).toEqual([]);
  });

  test("keep the capital of a language, and round to whole people in ten", () => {
    const reasons = (share: number) =>
      offersFor(["BAS-01"], [], [pair("BAS-01", "EDU-06", share)])[0]?.reason;
    expect(reasons(0.12)).toBe("1 in 10 people here with no food also bring English language need");
    expect(reasons(0.97)).toMatch(/^Nearly all people here/);
  });

  test("never hold a sensitive need, whatever a device was handed", () => {
    expect(offersFor(["HOU-08"], [], [pair("HOU-08", "SAF-01", 0.9)])).toEqual([]);
  });
});
