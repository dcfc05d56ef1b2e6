import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BAND_EDGES, BAND_LABELS, linkQuality, type QualityCount, shareOf } from "./link-quality";

const count = (over: Partial<QualityCount>): QualityCount => ({
  reason: "sample",
  model: "m1",
  band: 6,
  outcome: "same",
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

describe("The quality of links", () => {
  test("says nothing where nothing was decided", () => {
    expect(linkQuality([])).toEqual({
      checks: { wrong: null, open: 0, cannotTell: 0, byModel: [], byBand: [] },
      calibration: [],
      outcomes: { same: 0, different: 0, cannotTell: 0, settled: 0, open: 0 },
    });
    expect(linkQuality([count({ outcome: "open", reviews: 3 })]).checks).toMatchObject({
      wrong: null,
      open: 3,
    });
  });

  test("counts errors among links drawn for checking only, by model and band", () => {
    const { checks } = linkQuality([
      count({ reviews: 57 }),
      count({ outcome: "different", reviews: 2 }),
      count({ model: "m2", reviews: 40, band: 5 }),
      count({ outcome: "cannot-tell", reviews: 4 }),
      count({ reason: "likely", outcome: "different", reviews: 500, band: 2 }),
    ]);
    expect(checks.wrong).toMatchObject({ part: 2, whole: 99 });
    expect(checks.cannotTell).toBe(4);
    expect(checks.byModel.map(({ model, wrong }) => [model, wrong.part, wrong.whole])).toEqual([
      ["m1", 2, 59],
      ["m2", 0, 40],
    ]);
    expect(checks.byBand.map(({ label, wrong }) => [label, wrong.whole])).toEqual([
      ["99 in 100", 40],
      ["over 999 in 1,000", 59],
    ]);
  });

  test("compares what was said with what was, without repeats and without what is vetoed", () => {
    const { calibration, outcomes } = linkQuality([
      count({ reason: "likely", band: 4, reviews: 19, probabilitySum: 19 * 0.95 }),
      count({ reason: "likely", band: 4, outcome: "different", reviews: 1, probabilitySum: 0.95 }),
      count({ reason: "repeat", band: 4, outcome: "different", reviews: 9, probabilitySum: 9 * 0.95 }),
      count({ reason: "vetoed", band: 4, outcome: "different", reviews: 7, probabilitySum: 7 * 0.95 }),
    ]);
    expect(calibration).toEqual([
      {
        label: "90 to 98 in 100",
        said: expect.closeTo(0.95, 9),
        were: expect.objectContaining({ part: 19, whole: 20 }),
      },
    ]);
    expect(outcomes).toMatchObject({ same: 19, different: 8 });
  });

  test("has a name for each band", () => {
    expect(BAND_LABELS).toHaveLength(BAND_EDGES.length + 1);
  });
});
