import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ERROR_VARIANCE } from "./deliberate-error";
import {
  chanceOfSeeing,
  outlookOf,
  ownRateInterval,
  participantsNeeded,
  participantsNeededForMeans,
  smallestDifference,
} from "./planner";

const size = { participants: 142, comparison: 14_500, baseRate: 0.4 };

describe("the smallest difference that would be seen", () => {
  test("is larger for few people: 17 in a hundred for 60, 11 for 142", () => {
    expect(smallestDifference({ ...size, participants: 60, comparison: 6_000 })).toBeCloseTo(0.17, 3);
    expect(smallestDifference(size)).toBeCloseTo(0.113, 3);
  });

  test("is seen with exactly the power asked for", () => {
    const sizes = fc.record({
      participants: fc.integer({ min: 40, max: 5_000 }),
      comparison: fc.integer({ min: 40, max: 50_000 }),
      baseRate: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      towards: fc.constantFrom("fewer" as const, "more" as const),
      power: fc.constantFrom(0.5, 0.8, 0.9),
    });
    fc.assert(
      fc.property(sizes, (given) => {
        const smallest = smallestDifference(given);
        if (smallest === null) {
          const all = given.towards === "more" ? 1 - given.baseRate : given.baseRate;
          expect(chanceOfSeeing(given, all * 0.999_999)).toBeLessThanOrEqual(given.power + 1e-6);
        } else expect(chanceOfSeeing(given, smallest)).toBeCloseTo(given.power, 6);
      }),
    );
  });

  test("is the same for fewer with an outcome as for more without it", () => {
    const fewer = smallestDifference({ ...size, baseRate: 0.3 });
    const more = smallestDifference({ ...size, baseRate: 0.7, towards: "more" });
    expect(fewer).toBeCloseTo(more ?? Number.NaN, 10);
  });

  test("is none where not even everybody being helped would show", () => {
    expect(smallestDifference({ participants: 20, comparison: 1_000, baseRate: 0.05 })).toBeNull();
    expect(smallestDifference({ participants: 0, comparison: 1_000, baseRate: 0.4 })).toBeNull();
    expect(smallestDifference({ ...size, baseRate: 0 })).toBeNull();
  });
});

describe("how many people a difference needs", () => {
  test("is the fewest that do: one fewer does not", () => {
    const needed = participantsNeeded(size, 0.06);
    if (needed === null) throw new Error("No number would do");
    expect(chanceOfSeeing({ ...size, participants: needed }, 0.06)).toBeGreaterThanOrEqual(0.8);
    expect(chanceOfSeeing({ ...size, participants: needed - 1 }, 0.06)).toBeLessThan(0.8);
  });

  test("is more where the deliberate error of a report is reckoned in, and the power is kept with it", () => {
    const exact = participantsNeeded(size, 0.1) ?? Number.NaN;
    const shown = participantsNeeded({ ...size, asShown: true }, 0.1) ?? Number.NaN;
    expect(shown).toBeGreaterThan(1.1 * exact);
    expect(shown).toBeLessThan(1.4 * exact);
    const found = { ...size, participants: shown, asShown: true };
    expect(chanceOfSeeing(found, 0.1)).toBeGreaterThanOrEqual(0.8);
    expect(chanceOfSeeing({ ...found, asShown: false }, 0.1)).toBeGreaterThan(0.8);
    const means = (highest: number) =>
      participantsNeededForMeans(5, { deviation: 20, highest }, 4_000) ?? Number.NaN;
    const n = means(100);
    expect(n).toBeGreaterThan(means(0));
    const variance = (ERROR_VARIANCE * 1.25 * 100 ** 2) / n ** 2 + 20 ** 2 / n + 20 ** 2 / 4_000;
    expect(5 / Math.sqrt(variance)).toBeCloseTo(2.8016, 1);
  });

  test("is no number where the comparison group is too small or the difference cannot be", () => {
    expect(participantsNeeded({ ...size, comparison: 200 }, 0.02)).toBeNull();
    expect(participantsNeeded({ ...size, baseRate: 0.03 }, 0.06)).toBeNull();
  });

  test("of two means grows with their spread, and is no number beside too few", () => {
    const exactly = (deviation: number) => ({ deviation, highest: 0 });
    // 2.801585 = z of 97.5% + z of 80%; at this difference 100 people on each side are just enough.
    const difference = 2.801_586 * 10 * Math.sqrt(0.02);
    expect(participantsNeededForMeans(difference, exactly(10), 100)).toBe(100);
    expect(participantsNeededForMeans(-difference, exactly(10), 100)).toBe(100);
    expect(participantsNeededForMeans(difference, exactly(12), 100)).toBeGreaterThan(100);
    expect(participantsNeededForMeans(difference, exactly(20), 100)).toBeNull();
  });
});

describe("what a page of planning says", () => {
  const question = { sent: 212, kept: 0.9, comparison: 4_000, baseRate: 0.4 };

  test("whole people at the end, their own rate with its interval, and each likely difference", () => {
    const outlook = outlookOf(question);
    expect(outlook.participants).toBe(190);
    expect(outlook.ownRate).toEqual(ownRateInterval({ participants: 190, baseRate: 0.4 }));
    expect(outlook.reach).toBe("large");
    const [two, , six] = outlook.likely;
    expect(two?.chance).toBeLessThan(six?.chance ?? 0);
    expect(six?.cohorts).toBe(Math.ceil((six?.participants ?? 0) / 190));
  });

  test("several cohorts reach further", () => {
    expect(outlookOf({ ...question, cohorts: 4 }).reach).toBe("some");
    expect(outlookOf({ ...question, cohorts: 20, comparison: 40_000 }).reach).toBe("most");
  });

  test("too few people, or nobody at all, is said as such", () => {
    expect(outlookOf({ ...question, sent: 59 }).reach).toBe("too-few");
    expect(outlookOf({ ...question, kept: 0.1 }).reach).toBe("too-few");
    expect(outlookOf({ ...question, comparison: 29 }).reach).toBe("too-few");
    const nobody = outlookOf({ ...question, sent: 0 });
    expect(nobody).toMatchObject({ participants: 0, smallest: null, ownRate: [0, 1], reach: "too-few" });
    expect(nobody.likely.map(({ chance, cohorts }) => ({ chance, cohorts }))).toEqual([
      { chance: 0, cohorts: null },
      { chance: 0, cohorts: null },
      { chance: 0, cohorts: null },
    ]);
  });

  test("too few with the outcome, or without it, to be shown is said as such: it takes 20 of each", () => {
    const isTooRare = (baseRate: number) =>
      outlookOf({ ...question, sent: 200, kept: 1, baseRate }).reach === "too-rare";
    expect([0.09, 0.11, 0.89, 0.91].map(isTooRare)).toEqual([true, false, false, true]);
  });

  test("a difference larger than the rate itself has no chance to speak of", () => {
    const [two, four] = outlookOf({ ...question, baseRate: 0.03 }).likely;
    expect(two?.chance).toBeGreaterThan(0);
    expect(four).toMatchObject({ chance: null, participants: null, cohorts: null });
  });
});
