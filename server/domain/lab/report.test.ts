/** What a study may say follows its whole cohort: figures only, the same for the same people, and never one person apart. */

import { describe, expect, test } from "vitest";
import { Chance } from "../../demo/random";
import { type Cohort, cohortKeyOf, figureOf } from "./deliberate-error";
import { reportNumbers } from "./report";
import type { ReportNumbers } from "./report-numbers";
import { madeAnalysis, madeNumbers, TEST_CODEBOOK, testHmac } from "./testing-report";

const USUAL = { people: 200, rate: 0.45, difference: -0.1, band: "green" } as const;
const cohort: Cohort = { hmac: testHmac, key: 77n };

describe("a cohort", () => {
  test("has one key whatever the order, and each person counts once", () => {
    expect(cohortKeyOf(testHmac, ["a", "b", "c"])).toBe(cohortKeyOf(testHmac, ["c", "b", "a", "b"]));
    expect(cohortKeyOf(testHmac, ["a", "b"])).not.toBe(cohortKeyOf(testHmac, ["a", "b", "c"]));
  });

  test("has the same figures however often it is asked about", () => {
    const given = () => madeNumbers(new Chance("again"), USUAL);
    expect(given()).toEqual(given());
  });

  test("shows a count by an error of its own for each thing that is counted, by up to 5 and rounding", () => {
    const shown = Array.from({ length: 400 }, (_, at) => figureOf(cohort, 100, { by: `thing ${at}` }) ?? 0);
    expect(new Set(shown).size).toBeGreaterThan(2);
    expect(Math.max(...shown.map((figure) => Math.abs(figure - 100)))).toBeLessThanOrEqual(5);
    const mean = shown.reduce<number>((sum, figure) => sum + figure, 0) / shown.length;
    expect(mean).toBeGreaterThan(99);
    expect(mean).toBeLessThan(101);
    const variance = shown.reduce<number>((sum, figure) => sum + (figure - 100) ** 2, 0) / shown.length;
    expect(variance).toBeLessThan(9);
  });

  test("shows nothing of fewer than ten", () => {
    for (let people = 0; people < 5; people += 1) expect(figureOf(cohort, people, { by: "few" })).toBeNull();
  });
});

/** What is said of an outcome, but for p corrected for how many others the plan asks for. */
function saidOf({ effects }: ReportNumbers, outcome: string) {
  const found = effects.find((each) => each.outcome === outcome);
  return found && { ...found, corrected: null };
}

describe("nearly the same cohort on the same data", () => {
  const earlier = madeNumbers(new Chance("first"), USUAL);

  test("is told the same numbers again, whatever came out this time", () => {
    const { again, testsRun, ...told } = madeNumbers(new Chance("second"), { ...USUAL, earlier: [earlier] });
    const { again: _, testsRun: tests, ...before } = earlier;
    expect(again).toBe(true);
    expect(testsRun).toBe(tests);
    expect(told).toEqual(before);
  });

  test("is told afresh only what was not asked before", () => {
    const first = madeNumbers(new Chance("first"), { ...USUAL, outcomes: ["reoffended"] });
    const more = madeNumbers(new Chance("second"), {
      ...USUAL,
      outcomes: ["frequency", "reoffended"],
      earlier: [first],
    });
    expect(more.effects.map(({ outcome }) => outcome)).toEqual(["frequency", "reoffended"]);
    expect(saidOf(more, "reoffended")).toEqual(saidOf(first, "reoffended"));
  });

  test("is told of each outcome what any of them said first, in whatever order they were asked", () => {
    const asked = (seed: string, outcomes: string[], said: readonly ReportNumbers[]) =>
      madeNumbers(new Chance(seed), { ...USUAL, outcomes, earlier: said });
    for (const second of [["frequency"], ["reoffended", "frequency"]]) {
      const one = asked("one", ["reoffended"], []);
      const two = asked("two", second, [one]);
      const three = asked("three", ["reoffended", "frequency"], [one, two]);
      expect(saidOf(three, "reoffended")).toEqual(saidOf(one, "reoffended"));
      expect(saidOf(three, "frequency")).toEqual(saidOf(two, "frequency"));
      expect(three.grid).toEqual(one.grid);
      expect(three.subgroups).toEqual(one.subgroups);
      expect(three).toMatchObject({ attrition: one.attrition, balance: one.balance, band: one.band });
    }
  });

  test("keeps the answer of the first, too unlike or not", () => {
    const { testsRun: _, ...same } = madeNumbers(new Chance("second"), {
      ...USUAL,
      band: "red",
      earlier: [earlier],
    });
    expect(same).toMatchObject({ noHeadline: null, band: "green", effects: earlier.effects });
    const red = madeNumbers(new Chance("first"), { ...USUAL, band: "red" });
    expect(madeNumbers(new Chance("second"), { ...USUAL, earlier: [red] })).toEqual({ ...red, again: true });
  });

  test("is told that an outcome cannot be told where that was said of it first", () => {
    const rare = { people: 70, rate: 0.03, difference: 0, band: "green", outcomes: ["reoffended"] } as const;
    const hidden = madeNumbers(new Chance("rare"), rare);
    expect(hidden.effects).toEqual([]);
    const now = madeNumbers(new Chance("now"), { ...USUAL, outcomes: ["reoffended"], earlier: [hidden] });
    expect(now).toMatchObject({ noHeadline: "small-numbers", effects: [], grid: [], subgroups: [] });
    expect(now.notTold).toEqual(hidden.notTold);
  });
});

describe("numbers that are too small", () => {
  test("are left out with what is made of them, and named", () => {
    const numbers = madeNumbers(new Chance("rare"), { people: 70, rate: 0.03, difference: 0, band: "green" });
    expect(numbers.noHeadline).toBe("small-numbers");
    expect(numbers.notTold.map(({ outcome }) => outcome)).toContain("reoffended");
    expect(numbers.effects.some(({ outcome }) => outcome === "reoffended")).toBe(false);
  });

  test("hide the losses behind them: none and nine read the same", () => {
    const attrition = (lost: number): ReportNumbers["attrition"] => {
      const none = { "no-name": 0, "no-birth-date": 0, "sent-twice": 0, "not-started": 0, "not-found": 0 };
      const later = {
        "not-certain": 0,
        "no-index-in-window": 0,
        "follow-up-not-over": 0,
        "nobody-similar": 0,
      };
      return reportNumbers({
        analysis: madeAnalysis(new Chance("losses"), USUAL),
        attrition: { sent: 200 + lost, lost: { ...none, ...later, "no-name": lost } },
        codebook: TEST_CODEBOOK,
        outcomes: ["reoffended"],
        cohort,
        earlier: [],
      }).attrition;
    };
    for (const lost of [0, 1, 4])
      expect(attrition(lost).losses[0]).toMatchObject({ loss: "no-name", people: null });
  });
});

test("later stages never show more people than earlier ones, and the curves end where the first outcome does", () => {
  const chance = new Chance("stages");
  for (let run = 0; run < 300; run += 1) {
    const { attrition, curves, effects } = madeNumbers(chance, { band: "green" });
    attrition.stages.reduce((before, { people }) => {
      expect(people ?? 0).toBeLessThanOrEqual(before);
      return people ?? 0;
    }, Number.POSITIVE_INFINITY);
    const headline = effects.find(({ outcome }) => outcome === "reoffended");
    if (!curves || !headline || !curves.days.includes(365)) continue;
    expect(100 - (curves.treated.at(-1) ?? 0)).toBe(headline.treated);
  }
});
