/**
 * Kaplan and Meier's curve, paired change, Wilson and Byar against numbers that others worked out: R's in REFERENCE_DIR,
 * by default the project's own, and examples that have been printed in textbooks for decades.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { byar, wilson } from "../change/intervals";
import { daysSpread, pairedChange } from "./paired";
import { medianOfCurve, survivalCurve } from "./survival";

const directory = join(process.env["REFERENCE_DIR"] ?? "fixtures/reference", "outcomes");
const NEAR = 1e-6;

const pair = z.tuple([z.number(), z.number()]);
const expected = z
  .object({
    wilson: z.array(z.object({ x: z.number(), n: z.number(), ci95: pair })),
    counts: z.array(z.object({ count: z.number(), byar: pair })),
    individual: z.object({
      km: z.array(
        z.object({ strata: z.string(), time: z.number(), surv: z.number(), se_greenwood: z.number() }),
      ),
    }),
  })
  .parse(JSON.parse(readFileSync(join(directory, "expected.json"), "utf8")));

const people = readFileSync(join(directory, "individual_outcomes.csv"), "utf8")
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.split(",").map((field) => (field === "" || field === "NA" ? null : Number(field))));

const expectNear = (found: number | null | undefined, wanted: number) =>
  expect(Math.abs((found ?? Number.NaN) - wanted)).toBeLessThanOrEqual(NEAR * Math.max(1, Math.abs(wanted)));

describe("against R's numbers", () => {
  test.each(expected.individual.km)("Kaplan and Meier: $strata on day $time", (wanted) => {
    // Columns: id, treat, weight, reoffended, frequency, days to the first; nobody was watched after a year.
    const lasting = people
      .filter(([, treat]) => wanted.strata === `treat=${treat}`)
      .map(([, , , , , days]) => ({ days: days ?? 365, ended: days !== null && days !== undefined }));
    const curve = survivalCurve(lasting);
    const point = curve.findLast(({ days }) => days <= wanted.time);
    if (!point) throw new Error("The curve has no point");
    expectNear(point.share, wanted.surv);
    // Greenwood's error out of the band: the half of it on the scale of log(-log), over z, times S and |log S|.
    const half = Math.log(Math.log(point.low) / Math.log(point.share));
    expectNear((half / 1.959963984540054) * point.share * -Math.log(point.share), wanted.se_greenwood);
  });

  test.each(expected.wilson)("Wilson: $x of $n", ({ x, n, ci95 }) => {
    wilson(x, n).forEach((end, at) => {
      expectNear(end, ci95[at] ?? Number.NaN);
    });
  });

  test.each(expected.counts)("Byar: $count", ({ count, byar: wanted }) => {
    byar(count).forEach((end, at) => {
      expectNear(end, wanted[at] ?? Number.NaN);
    });
  });
});

/** Weeks of remission of 21 people with leukaemia under 6-MP, those still in remission marked (Freireich and others 1963). */
const REMISSION = [
  ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map((days) => ({ days, ended: true })),
  ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((days) => ({ days, ended: false })),
];
/** And of the 21 who had placebo. */
const PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((days) => ({
  days,
  ended: true,
}));

describe("against printed examples", () => {
  test("remission: the shares as exact fractions, and Greenwood's errors as printed", () => {
    const curve = survivalCurve(REMISSION);
    // The product by hand: at 6 weeks three of 21, then one each of 17, 15, 12, 11, 7 and 6.
    const factors: [number, number, number][] = [
      [6, 18 / 21, 0.0764],
      [7, 16 / 17, 0.0869],
      [10, 14 / 15, 0.0963],
      [13, 11 / 12, 0.1068],
      [16, 10 / 11, 0.1141],
      [22, 6 / 7, 0.1282],
      [23, 5 / 6, 0.1346],
    ];
    let share = 1;
    for (const [days, factor, error] of factors) {
      share *= factor;
      const point = curve.find((each) => each.days === days);
      if (!point) throw new Error(`The curve has no point at ${days}`);
      expectNear(point.share, share);
      const half = Math.log(Math.log(point.low) / Math.log(point.share));
      const found = (half / 1.959963984540054) * point.share * -Math.log(point.share);
      expect(found).toBeCloseTo(error, 4);
    }
    expect(curve.map(({ atRisk }) => atRisk)).toEqual([21, 21, 17, 15, 12, 11, 7, 6, 1]);
    expect(medianOfCurve(curve)).toEqual({ days: 23, low: 13, high: null });
  });

  test("placebo: half are over by 8 weeks, 4 to 11", () => {
    expect(medianOfCurve(survivalCurve(PLACEBO))).toEqual({ days: 8, low: 4, high: 11 });
  });

  test("a curve that lies at a half for a while has its middle in the middle of it, as R and SAS say", () => {
    const curve = survivalCurve([2, 4, 6, 9].map((days) => ({ days, ended: true })));
    expect(medianOfCurve(curve).days).toBe(5);
  });

  test("sleep (Student 1908): a mean gain of 1.58 hours, 0.7001142 to 2.4598858", () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const latest = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const change = pairedChange(
      first.map((value, at) => ({ first: value, latest: latest[at] ?? Number.NaN })),
    );
    if (!change) throw new Error("Nobody was paired");
    expectNear(change.mean, 1.58);
    expectNear(change.low, 0.7001142);
    expectNear(change.high, 2.4598858);
    expectNear(change.firstMean, 0.75);
    expectNear(change.latestMean, 2.33);
  });
});

describe("what has no interval", () => {
  test("one person, or people who all moved alike, have a mean and nothing more", () => {
    expect(pairedChange([{ first: 2, latest: 5 }])).toMatchObject({ mean: 3, low: null, high: null });
    const alike = [0.1, 0.2, 0.3].map((first) => ({ first, latest: first + 0.7 }));
    expect(pairedChange(alike)).toMatchObject({ people: 3, low: null, high: null });
    expect(pairedChange([])).toBeNull();
  });

  test("nothing watched is no curve, and nothing that ended has no middle", () => {
    expect(survivalCurve([])).toEqual([]);
    expect(medianOfCurve([])).toEqual({ days: null, low: null, high: null });
    const open = survivalCurve([3, 8].map((days) => ({ days, ended: false })));
    expect(open.map(({ days, share }) => [days, share])).toEqual([
      [0, 1],
      [8, 1],
    ]);
    expect(medianOfCurve(open).days).toBeNull();
  });

  test("what ended on its first day counts from day 0", () => {
    const curve = survivalCurve([
      { days: 0, ended: true },
      { days: 4, ended: false },
    ]);
    expect(curve[0]).toMatchObject({ days: 0, share: 0.5, atRisk: 2 });
  });
});

test("days spread by quarters, straight between neighbours", () => {
  expect(daysSpread([9, 1, 4, 2], 3)).toEqual({ people: 3, median: 3, quarters: [1.75, 5.25] });
  expect(daysSpread([], 0)).toBeNull();
});
