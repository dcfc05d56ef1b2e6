import { describe, expect, test } from "vitest";
import { type Figure, readFigure } from "./disclosure";
import { DOMAINS } from "./needs";
import { chanceFrom } from "./repeatable-chance";
import { distanceOf, HIDDEN_AS, liftOf, mostAlike, noiseDistance, profileOf } from "./together";

const figures = (counts: Readonly<Record<string, number>>): (Figure | null)[] =>
  DOMAINS.map(({ code }) => (counts[code] === undefined ? null : readFigure(counts[code])));

describe("two domains", () => {
  test("that have nothing to do with each other come together a × b / all times", () => {
    expect(liftOf({ both: 35, a: 150, b: 140, all: 600 })).toMatchObject({
      expected: 35,
      lift: 1,
      verdict: "not-clear",
    });
  });

  test("come together more often where the whole interval lies above chance, and less often where it lies below", () => {
    expect(liftOf({ both: 120, a: 300, b: 280, all: 1200 }).verdict).toBe("more");
    expect(liftOf({ both: 30, a: 300, b: 280, all: 1200 }).verdict).toBe("fewer");
    expect(liftOf({ both: 15, a: 60, b: 50, all: 200 }).verdict).toBe("not-clear");
  });

  test("have an interval that holds the true lift about 95 times in 100, with the errors of the figures in it", () => {
    const next = chanceFrom(11);
    const [all, ofA, ofB, ofBoth] = [900, 0.3, 0.25, 0.12];
    const truth = ofBoth / (ofA * ofB);
    const blur = (count: number) => {
      const error = Math.round((next() + next() + next() - 1.5) * 3.7);
      return 5 * Math.floor((count + error + 2) / 5);
    };
    let held = 0;
    const worlds = 2000;
    for (let world = 0; world < worlds; world += 1) {
      let [a, b, both] = [0, 0, 0];
      for (let person = 0; person < all; person += 1) {
        const u = next();
        const inBoth = u < ofBoth;
        const inA = inBoth || (u >= ofBoth && u < ofA);
        const inB = inBoth || (u >= ofA && u < ofA + ofB - ofBoth);
        a += Number(inA);
        b += Number(inB);
        both += Number(inBoth);
      }
      const { low, high } = liftOf({ both: blur(both), a: blur(a), b: blur(b), all: blur(all) });
      held += Number(low <= truth && truth <= high);
    }
    expect(held / worlds).toBeGreaterThan(0.93);
    expect(held / worlds).toBeLessThan(0.99);
  });
});

describe("areas that are alike", () => {
  const here = figures({ HOU: 100, MON: 80, BEN: 60, MEN: 40 });

  test("have shares that add up to one, with hidden domains taken as the middle of none and nine", () => {
    const profile = profileOf(here) ?? [];
    expect(profile.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(profile[DOMAINS.findIndex(({ code }) => code === "FAM")]).toBeCloseTo(
      HIDDEN_AS / (280 + HIDDEN_AS * (DOMAINS.length - 4)),
    );
    expect(profileOf(figures({ HOU: 100, MON: 80, BEN: 60 }))).toBeNull();
  });

  test("are nearest first, whatever their size, and say what they share and where they differ", () => {
    const found = mostAlike(here, [
      { area: 2, code: "B", name: "Other", figures: figures({ SAF: 100, SUB: 80, JUS: 60, MEN: 40 }) },
      { area: 1, code: "A", name: "Twice", figures: figures({ HOU: 200, MON: 160, BEN: 120, MEN: 80 }) },
      { area: 3, code: "C", name: "Few", figures: figures({ HOU: 100 }) },
    ]);
    expect(found.map(({ name }) => name)).toEqual(["Twice", "Other"]);
    expect(found[0]?.shared[0]?.code).toBe("HOU");
    expect(found[1]?.differing.map(({ code }) => code)).toContain("HOU");
    expect(found[1]?.isIndistinct).toBe(false);
  });

  test("have distances from 0 to 1, the same both ways", () => {
    const [p, q] = [profileOf(here) ?? [], profileOf(figures({ SAF: 50, SUB: 40, JUS: 30, MEN: 20 })) ?? []];
    expect(distanceOf(p, p)).toBe(0);
    expect(distanceOf(p, q)).toBeCloseTo(distanceOf(q, p));
    expect(distanceOf(p, q)).toBeLessThanOrEqual(1);
    expect(distanceOf([1, 0], [0, 1])).toBeCloseTo(1);
  });

  test("of the same needs lie about as far apart as chance and errors put them", () => {
    const next = chanceFrom(5);
    const means = [100, 80, 60, 40, 30, 20];
    const draw = () =>
      means.map((mean) => {
        // A normal approximation of a Poisson count, with the error and rounding of a figure.
        const normal = Array.from({ length: 12 }, next).reduce((sum, u) => sum + u, -6);
        const people = mean + normal * Math.sqrt(mean) + (next() - 0.5) * 6.5;
        return readFigure(Math.max(10, 5 * Math.floor((Math.round(people) + 2) / 5)));
      });
    let squares = 0;
    let expected = 0;
    for (let world = 0; world < 400; world += 1) {
      const [p, q] = [draw(), draw()];
      squares += distanceOf(profileOf(p) ?? [], profileOf(q) ?? []) ** 2;
      expected += noiseDistance(p, q) ** 2;
    }
    expect(Math.sqrt(squares / expected)).toBeGreaterThan(0.8);
    expect(Math.sqrt(squares / expected)).toBeLessThan(1.2);
  });
});
