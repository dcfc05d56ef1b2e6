import { describe, expect, test } from "vitest";
import { survivalCurve } from "../impact/survival";
import { chanceFrom } from "../repeatable-chance";
import { hazardRatio, logRank, type Ties, type Watched } from "./effects-time";

/** People who come to the event at random, several on a day, with weights. */
function watchedFrom(seed: number, people = 60): Watched[] {
  const chance = chanceFrom(seed);
  return Array.from({ length: people }, (_, i) => {
    const days = Math.ceil(chance() * 20);
    const treated = i % 3 === 0;
    const ended = chance() < 0.7;
    return { treated, days, ended, weight: treated ? 1 : 0.3 + 2 * chance() };
  });
}

const reweighed = (watched: readonly Watched[], at: number, factor: number) =>
  watched.map((each, i) => (i === at ? { ...each, weight: each.weight * factor } : each));

describe("the hazard ratio", () => {
  test.each<Ties>(["efron", "breslow"])(
    "its robust error adds up what each person moves it by (%s)",
    (ties) => {
      const watched = watchedFrom(3);
      const found = hazardRatio(watched, ties);
      if (!found) throw new Error("There is no hazard ratio");
      // What a little more of one person does to the logarithm, times their weight: by trying, without the formula.
      const step = 1e-5;
      const logAt = (at: number, factor: number) =>
        Math.log(hazardRatio(reweighed(watched, at, factor), ties)?.ratio ?? Number.NaN);
      const squares = watched.reduce(
        (sum, _, at) => sum + ((logAt(at, 1 + step) - logAt(at, 1 - step)) / (2 * step)) ** 2,
        0,
      );
      expect(found.robustLogError).toBeCloseTo(Math.sqrt(squares), 6);
    },
  );

  test("does not change when everybody counts twice, nor does its robust error or the log-rank test", () => {
    const watched = watchedFrom(5);
    const twice = watched.map((each) => ({ ...each, weight: 2 * each.weight }));
    const [one, two] = [hazardRatio(watched), hazardRatio(twice)];
    expect(two?.ratio).toBeCloseTo(one?.ratio ?? Number.NaN, 10);
    expect(two?.robustLogError).toBeCloseTo(one?.robustLogError ?? Number.NaN, 10);
    expect(logRank(twice)?.chiSquare).toBeCloseTo(logRank(watched)?.chiSquare ?? Number.NaN, 10);
  });

  test("is turned round when the sides are", () => {
    const watched = watchedFrom(8).map((each) => ({ ...each, weight: 1 }));
    const turned = watched.map((each) => ({ ...each, treated: !each.treated }));
    expect(hazardRatio(turned)?.ratio).toBeCloseTo(1 / (hazardRatio(watched)?.ratio ?? Number.NaN), 8);
  });

  test("has no answer where one side, or everybody, has no event", () => {
    const watched = watchedFrom(2).map((each) => ({ ...each, ended: each.ended && each.treated }));
    expect(hazardRatio(watched)).toBeNull();
    const none = watched.map((each) => ({ ...each, ended: false }));
    expect(hazardRatio(none)).toBeNull();
    expect(logRank(none)).toBeNull();
    expect(hazardRatio([])).toBeNull();
  });
});

describe("the curve with weights", () => {
  test("whole weights are so many people", () => {
    const watched = watchedFrom(11).map((each, i) => ({ ...each, weight: 1 + (i % 3) }));
    const people = watched.flatMap((each) =>
      Array.from({ length: each.weight }, () => ({ ...each, weight: 1 })),
    );
    expect(survivalCurve(watched)).toEqual(survivalCurve(people));
  });

  test("ends at nothing when everybody had the event, whatever their weights", () => {
    const watched = watchedFrom(4).map((each) => ({ ...each, ended: true }));
    expect(survivalCurve(watched).at(-1)?.share).toBe(0);
  });
});
