import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BAND_EDGES,
  BAND_LABELS,
  linkQuality,
  type QualityCount,
  roughCount,
  roughShareOf,
  shareOf,
} from "./link-quality";

const count = (over: Partial<QualityCount>): QualityCount => ({
  reason: "sample",
  model: "m1",
  band: 6,
  outcome: "same",
  firstWord: "same",
  reviews: 1,
  probabilitySum: 0.9995,
  ...over,
});

describe("A share and its interval", () => {
  test("are those of the published example: 81 of 263 is 30.8%, 25.5% to 36.6%", () => {
    // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    expect(shareOf(81, 263)).toMatchObject({
      low: expect.closeTo(0.2553, 4),
      high: expect.closeTo(0.3662, 4),
    });
    expect(shareOf(15, 148)).toMatchObject({
      low: expect.closeTo(0.0624, 4),
      high: expect.closeTo(0.1605, 4),
    });
    expect(shareOf(0, 20)).toMatchObject({ share: 0, low: 0, high: expect.closeTo(0.1611, 4) });
    expect(shareOf(1, 29)).toMatchObject({
      low: expect.closeTo(0.0061, 4),
      high: expect.closeTo(0.1718, 4),
    });
  });

  test("are nothing when there is nothing to divide by", () => {
    expect(shareOf(0, 0)).toBeNull();
  });

  test("lie between 0 and 1 around the share, and narrow as the whole grows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (whole, part) => {
        fc.pre(part <= whole);
        const [few, many] = [shareOf(part, whole), shareOf(part * 4, whole * 4)];
        if (!few || !many) throw new Error("no share");
        expect(few.low).toBeLessThanOrEqual(few.share);
        expect(few.high).toBeGreaterThanOrEqual(few.share);
        expect(few.low).toBeGreaterThanOrEqual(0);
        expect(few.high).toBeLessThanOrEqual(1);
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
    );
  });

  test("hold the truth in about 95 of 100 samples", () => {
    // Every sample of 40 at a true rate of 5%, weighed by how likely it is.
    const [n, truth] = [40, 0.05];
    let covered = 0;
    let chance = (1 - truth) ** n;
    for (let wrong = 0; wrong <= n; wrong += 1) {
      const share = shareOf(wrong, n);
      if (share && share.low <= truth && truth <= share.high) covered += chance;
      chance *= ((n - wrong) / (wrong + 1)) * (truth / (1 - truth));
    }
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.985);
  });
});

describe("A count that is told", () => {
  test.each([
    [0, "few"],
    [9, "few"],
    [10, 10],
    [14, 10],
    [15, 20],
    [1234, 1230],
  ] as const)("of %d is %s", (count, told) => {
    expect(roughCount(count)).toBe(told);
  });

  test("does not tell one more, but at an edge", () => {
    const edges = Array.from({ length: 1000 }, (_, count) => count).filter(
      (count) => roughCount(count) !== roughCount(count + 1),
    );
    expect(edges.slice(0, 4)).toEqual([9, 14, 24, 34]);
    expect(edges).toHaveLength(100);
  });
});

describe("A share of rounded counts", () => {
  test("is nothing below ten", () => {
    expect(roughShareOf(0, 9)).toBeNull();
    expect(roughShareOf(9, 9)).toBeNull();
  });

  test("is exact where nothing is rounded away, but its interval does not tell that", () => {
    expect(roughShareOf(10, 40)).toMatchObject({ whole: 40, share: 0.25 });
    expect(roughShareOf(10, 40)).toEqual(roughShareOf(12, 44));
    expect(roughShareOf(0, 400)).toEqual(roughShareOf(2, 395));
  });

  test("holds the interval of the exact share, whatever was rounded away, and is near it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 3000 }), fc.nat(3000), (whole, part) => {
        fc.pre(part <= whole);
        const [rough, exact] = [roughShareOf(part, whole), shareOf(part, whole)];
        if (!rough || !exact) throw new Error("no share");
        expect(rough.low).toBeLessThanOrEqual(exact.low);
        expect(rough.high).toBeGreaterThanOrEqual(exact.high);
        expect(rough.share).toBeLessThanOrEqual(1);
        expect(Math.abs(rough.share - exact.share)).toBeLessThan(8 / whole);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("The quality of links", () => {
  test("says nothing where nothing was decided", () => {
    expect(linkQuality([])).toEqual({
      checks: { wrong: null, open: "few", cannotTell: "few", byModel: [], byBand: [] },
      calibration: [],
      outcomes: { same: "few", different: "few", cannotTell: "few", settled: "few", open: "few" },
    });
    expect(linkQuality([count({ outcome: "open", firstWord: null, reviews: 30 })]).checks).toMatchObject({
      wrong: null,
      open: 30,
    });
  });

  test("counts errors among links drawn for checking only, by model and band", () => {
    const { checks } = linkQuality([
      count({ reviews: 55 }),
      count({ outcome: "different", firstWord: "different", reviews: 5 }),
      count({ model: "m2", reviews: 40, band: 5 }),
      count({ model: "m3", reviews: 9, band: 4 }),
      count({ outcome: "cannot-tell", firstWord: null, reviews: 20 }),
      count({ reason: "likely", outcome: "different", firstWord: "different", reviews: 500, band: 2 }),
    ]);
    expect(checks.wrong).toMatchObject({ share: 5 / 110, whole: 110 });
    expect(checks.cannotTell).toBe(20);
    expect(checks.byModel.map(({ model, wrong }) => [model, wrong.share, wrong.whole])).toEqual([
      ["m1", 5 / 60, 60],
      ["m2", 0, 40],
    ]);
    expect(checks.byBand.map(({ label, wrong }) => [label, wrong.whole])).toEqual([
      ["99 in 100", 40],
      ["over 999 in 1,000", 60],
    ]);
  });

  test("recovers a known share of wrong links, whether or not a second steward comes", () => {
    // Three in ten are wrong. Found right is decided at one word; found wrong waits for a second.
    const right = count({ reviews: 70 });
    const said = { firstWord: "different" as const, reviews: 30 };
    for (const outcome of ["open", "different"] as const) {
      expect(linkQuality([right, count({ ...said, outcome })]).checks.wrong).toMatchObject({
        whole: 100,
        share: 0.3,
      });
    }
  });

  test("compares what was said with what was, without repeats and without what is vetoed", () => {
    const wrong = { outcome: "different", firstWord: "different" } as const;
    const { calibration, outcomes } = linkQuality([
      count({ reason: "likely", band: 4, reviews: 95, probabilitySum: 95 * 0.951 }),
      count({ reason: "likely", band: 4, ...wrong, reviews: 5, probabilitySum: 5 * 0.951 }),
      count({ reason: "likely", band: 4, outcome: "open", firstWord: null, reviews: 50, probabilitySum: 46 }),
      count({ reason: "repeat", band: 4, ...wrong, reviews: 90, probabilitySum: 90 * 0.95 }),
      count({ reason: "vetoed", band: 4, ...wrong, reviews: 70, probabilitySum: 70 * 0.95 }),
    ]);
    expect(calibration).toEqual([
      {
        label: "90 to 98 in 100",
        said: 0.95,
        were: expect.objectContaining({ share: 0.95, whole: 100 }),
      },
    ]);
    expect(outcomes).toMatchObject({ same: 100, different: 80, open: 50 });
  });

  test("has a name for each band", () => {
    expect(BAND_LABELS).toHaveLength(BAND_EDGES.length + 1);
  });
});
