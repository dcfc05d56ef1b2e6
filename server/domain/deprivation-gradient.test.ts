/** Rates by decile of deprivation and the slope through them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DecileRate, decileRates, gradientOf, type RankedSector, slopeOf } from "./deprivation-gradient";

const decile = (number: number, households: number, rate: number): DecileRate => ({
  decile: number,
  sectors: 1,
  households,
  people: Math.round((rate * households) / 1000),
  rate,
});

test("sectors whose figure is hidden are left out of people and of households, and counted", () => {
  const { deciles, hidden } = decileRates([
    { decile: 1, households: 1000, figure: 40 },
    { decile: 1, households: 3000, figure: 80 },
    { decile: 1, households: 9000, figure: null },
    { decile: 4, households: 150, figure: 15 },
  ]);
  expect(deciles).toEqual([
    { decile: 1, sectors: 2, households: 4000, people: 120, rate: 30 },
    { decile: 4, sectors: 1, households: 150, people: 15, rate: null },
  ]);
  expect(hidden).toBe(1);
});

test("a rate that falls in a straight line along the ranks is found as it was made, without doubt", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 500, max: 20_000 }), { minLength: 3, maxLength: 10 }),
      fc.integer({ min: -40, max: 40 }),
      (households, between) => {
        const all = households.reduce((sum, each) => sum + each, 0);
        let before = 0;
        const deciles = households.map((each, at) => {
          const rank = (before + each / 2) / all;
          before += each;
          return decile(at + 1, each, 50 - between * rank);
        });
        const slope = slopeOf(deciles);
        expect(slope?.perThousand).toBeCloseTo(between, 6);
        expect(slope?.low).toBeCloseTo(between, 6);
        expect(slope?.high).toBeCloseTo(between, 6);
      },
    ),
  );
});

/** An independent, slow way: the normal equations with every household as a row. */
function slowly(deciles: readonly DecileRate[]) {
  const rows: [rank: number, rate: number][] = [];
  const all = deciles.reduce((sum, { households }) => sum + households, 0);
  let before = 0;
  for (const { households, rate } of deciles) {
    for (let i = 0; i < households; i += 1) rows.push([(before + households / 2) / all, rate ?? 0]);
    before += households;
  }
  const sum = (of: (row: [number, number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  const [n, x, y] = [rows.length, sum(([rank]) => rank), sum(([, rate]) => rate)];
  const [xx, xy] = [sum(([rank]) => rank * rank), sum(([rank, rate]) => rank * rate)];
  return (n * xy - x * y) / (n * xx - x * x);
}

test("the slope is that of a plain regression with a row for each household", () => {
  const deciles = [decile(1, 300, 42), decile(2, 500, 30), decile(5, 200, 33), decile(9, 400, 12)];
  expect(slopeOf(deciles)?.perThousand).toBeCloseTo(-slowly(deciles), 1);
});

test("equal weights give the interval of the textbook", () => {
  // Ranks 1/6, 1/2, 5/6 and rates 30, 18, 12: slope -27, one degree of freedom, residuals 1, -2, 1.
  const slope = slopeOf([decile(1, 1000, 30), decile(2, 1000, 18), decile(3, 1000, 12)]);
  const error = Math.sqrt(6 / 1 / (2 / 9));
  expect(slope?.perThousand).toBe(27);
  expect(slope?.low).toBeCloseTo(27 - 12.7062 * error, 1);
  expect(slope?.high).toBeCloseTo(27 + 12.7062 * error, 1);
});

test("two deciles make no slope", () => {
  expect(slopeOf([decile(1, 1000, 30), decile(2, 1000, 18)])).toBeNull();
});

describe("hidden figures", () => {
  const sectors = (hidden: number): RankedSector[] =>
    [1, 4, 7].flatMap((decile, at) =>
      Array.from({ length: 20 }, (_, number) => ({
        ...{ decile, households: 1000 },
        figure: decile === 7 && number < hidden ? null : 40 - at * 10,
      })),
    );

  test("of more than a tenth of a decile's households make no slope, and bounds past the line without them", () => {
    const { slope, bounds } = gradientOf(sectors(3));
    expect(slope).toBeNull();
    // Three of twenty at 9 or nought in place of 20 leave more between the ends, never less.
    expect(bounds?.low).toBeGreaterThan(30);
    expect(bounds?.high).toBeGreaterThan(bounds?.low ?? 0);
  });

  test("of a tenth leave the slope, whose interval reaches as far as they could bend it", () => {
    const none = gradientOf(sectors(0)).slope;
    const { slope, bounds } = gradientOf(sectors(2));
    expect(bounds).toBeNull();
    expect(slope?.perThousand).toBeCloseTo(30, 0);
    expect(slope?.high).toBeGreaterThan((none?.high ?? 0) + 2);
  });

  test("bounds are as wide as every way to fill them in makes the slope", () => {
    const made = sectors(3);
    const { bounds } = gradientOf(made);
    for (const filled of [0, 9]) {
      const { slope } = gradientOf(made.map((each) => ({ ...each, figure: each.figure ?? filled })));
      expect(bounds?.low).toBeLessThanOrEqual(slope?.perThousand ?? 0);
      expect(bounds?.high).toBeGreaterThanOrEqual(slope?.perThousand ?? 0);
    }
  });
});
