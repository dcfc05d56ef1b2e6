/**
 * The short form of `npm run bench -- attack`: a few hundred worlds and wider limits, and every kind of attack is seen
 * to succeed where it should, or its failing against the product would mean nothing.
 */

import { describe, expect, test } from "vitest";
import { Chance } from "../server/demo/random";
import { type Seen, tellApart } from "./attack/classifier";
import { lessOwnCaseload, periodLessShorter, play, totalLessParts } from "./attack/counts";
import { arm } from "./attack/insider";
import { addAlice } from "./attack/lab";
import { KNOWING, knowAllOthers } from "./attack/lab-knowing";
import { USUAL, watchNested } from "./attack/nested";
import { BOUNDED_QUOTA, LIVE, OPEN_PEERS } from "./attack/open-rules";
import { joinedBetweenMonths, openAgainstSettled, revised } from "./attack/over-time";
import { KNOWN_PLACE_ERRORS, keyOf, period, RAW, SDC } from "./attack/rules";

/** What a few hundred worlds may add to a score by chance alone. */
const BY_CHANCE = 0.12;
const WORLDS = 200;
const TRIALS = 1_200;

const [raw] = OPEN_PEERS;
if (!raw) throw new Error("Raw counts are missing");

describe("somebody who watches every open cell of Alice's visit", () => {
  test("learns little with the product's clocks, and is never sure", () => {
    const { nested, cells } = watchNested(LIVE, USUAL, WORLDS, "short");
    expect(cells).toBe(30);
    expect(nested.advantage).toBeLessThan(0.25 + BY_CHANCE);
    expect(nested.proved).toBe(0);
  });

  test("knows that she came when cells move every ten seconds, by the product's quota of before or by raw counts", () => {
    const everyTick = { ...USUAL, tickSeconds: 10 };
    const bounded = watchNested(BOUNDED_QUOTA, everyTick, WORLDS, "short");
    expect(bounded.nested.advantage).toBeGreaterThan(0.8);
    expect(bounded.nested.proved).toBeGreaterThan(0.5);
    expect(watchNested(raw, everyTick, 100, "short").nested.advantage).toBeGreaterThan(0.95);
  });
});

describe("somebody who subtracts figures", () => {
  const games = { lessOwnCaseload, totalLessTwo: (rule: typeof SDC) => totalLessParts(rule, 2) };
  test.each(Object.entries(games))("is seldom right and never certain: %s", (name, game) => {
    const { exact, certain } = play(TRIALS, name, game(SDC));
    expect(exact).toBeLessThan(0.3 + BY_CHANCE);
    expect(certain).toBe(0);
    expect(play(200, name, game(RAW))).toMatchObject({ exact: 1, certain: 1 });
  });

  test("a year from three quarters gives no more than that", () => {
    const { exact, certain } = play(TRIALS, "year", periodLessShorter(SDC, "quarter"));
    expect(exact).toBeLessThan(0.35);
    expect(certain).toBe(0);
  });
});

describe("somebody who compares figures over time", () => {
  const attacks = {
    "two months of the same people": joinedBetweenMonths,
    "open against settled": openAgainstSettled,
    "a revision": (rule: typeof SDC, late: number, worlds: number, seed: string) =>
      revised(rule, late, "comes", worlds, seed),
    "an erasure": (rule: typeof SDC, late: number, worlds: number, seed: string) =>
      revised(rule, late, "goes", worlds, seed),
  };
  test.each(Object.entries(attacks))("cannot tell one person more or less by %s", (seed, attack) => {
    for (const others of [0, 3]) {
      expect(attack(SDC, others, TRIALS, seed).advantage).toBeLessThan(0.15 + BY_CHANCE);
    }
    expect(attack(RAW, 0, 200, seed).advantage).toBe(1);
  });

  test("cannot arm a quota without memory with invented people, and could arm one with an end", () => {
    expect(arm(LIVE, 120, TRIALS, "arm").advantage).toBeLessThan(0.15 + BY_CHANCE / 2);
    expect(arm(BOUNDED_QUOTA, 120, TRIALS, "arm").advantage).toBeGreaterThan(0.5);
  });
});

describe("somebody who sends a cohort again with Alice in it", () => {
  test("reads the same numbers, and could tell by numbers as they are or by errors that follow those counted", () => {
    const tellings = addAlice("outcome", 30, "short");
    expect((1 + tellings["sdc-1"].advantage) / 2).toBeLessThanOrEqual(0.6);
    expect((1 + tellings["sdc-1 unguarded"].advantage) / 2).toBeLessThan(0.6 + BY_CHANCE);
    expect(tellings["sdc-1 unguarded"].proved).toBe(0);
    // 0.67 in many worlds (docs/methods/lab.md), less what chance does in so few.
    expect((1 + tellings["subset-key"].advantage) / 2).toBeGreaterThan(0.67 - BY_CHANCE);
    expect((1 + tellings.raw.advantage) / 2).toBeGreaterThan(0.9);
  });
});

describe("somebody who knows what became of all others in a cohort", () => {
  test.each(KNOWING.filter(({ runs }) => runs === 1))("learns little of Alice: $what", (of) => {
    const { advantage, proved } = knowAllOthers(of, 40, "short");
    expect((1 + advantage) / 2).toBeLessThan(0.6 + BY_CHANCE);
    expect(proved).toBe(0);
  });
});

describe("the attacker", () => {
  test("finds a known difference: normal scores one apart give an advantage of 0.38", () => {
    const chance = new Chance("known truth");
    const draw = (): Seen[] =>
      Array.from({ length: 4_000 }, (_, i) => {
        const came = i % 2 === 0;
        return { came, features: [chance.normal(came ? 1 : 0), chance.normal()] };
      });
    const { advantage, proved } = tellApart(draw(), draw());
    // 2 Phi(1/2) - 1
    expect(advantage).toBeCloseTo(0.383, 1);
    expect(proved).toBeLessThan(0.1);
  });

  test("knows the tables that the product draws from", () => {
    const chance = new Chance("tables");
    const drawn = new Map<number, number>();
    const tries = 4_000;
    for (let i = 0; i < tries; i += 1) {
      const at = { hmac: keyOf(chance), period: period("q:2026-Q1"), cell: `cell ${i}` };
      const error = SDC.placeError(at);
      drawn.set(error, (drawn.get(error) ?? 0) + 1);
    }
    for (const [error, likely] of KNOWN_PLACE_ERRORS) {
      expect((drawn.get(error) ?? 0) / tries).toBeCloseTo(likely, 1);
    }
  });
});
