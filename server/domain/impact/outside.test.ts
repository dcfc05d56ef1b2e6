/** What readers outside must be able to trust: what they are told is no surer, and no more or less, than what is known. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coarseResolution } from "./coarse";
import { shownFigures, wholeOf } from "./figures";
import { makePaper } from "./make-paper";
import { type Measure, measures } from "./numbers";
import { exactOf, planFor, SCOPE } from "./testing-numbers";

const NO_MIDDLE = { days: null, low: null, high: null };
const NO_ESTIMATES = exactOf({}).estimates;

describe("how many people a curve follows", () => {
  const settled = (people: [Measure, number][]) =>
    new Map(
      people.map(([measure, figure]) => [
        measure,
        { measure, source: { period: 1, settleNo: 1 }, figure, estimate: null, members: null },
      ]),
    );

  test("is more than were helped in the period, because it looks back 12 months", () => {
    expect(wholeOf(measures.watched)).toBeNull();
    const shown = shownFigures(
      settled([
        [measures.helped, 30],
        [measures.watched, 200],
      ]),
    );
    expect(shown.get(measures.watched)).toBe(200);
  });
});

describe("a curve outside", () => {
  test("has a likely range that holds the true one, and is never narrower than five points to each side", () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(unit, unit, unit), (drawn) => {
        const [low = 0, share = 0, high = 0] = [...drawn].sort((a, b) => a - b);
        const { curve } = coarseResolution(
          { median: NO_MIDDLE, curve: [{ days: 0, share, low, high, atRisk: 90 }] },
          () => 90,
        );
        for (const told of curve) {
          expect(told.low).toBeLessThanOrEqual(low + 1e-9);
          expect(told.high).toBeGreaterThanOrEqual(high - 1e-9);
          expect(told.low).toBeLessThanOrEqual(Math.max(0, told.share - 0.05) + 1e-9);
          expect(told.high).toBeGreaterThanOrEqual(Math.min(1, told.share + 0.05) - 1e-9);
          for (const each of [told.share, told.low, told.high]) expect((each * 20) % 1).toBeCloseTo(0);
        }
      }),
    );
  });

  test("is told at the same day in a draft, which could follow a few people further", () => {
    const point = (days: number, atRisk: number | null) => ({
      days,
      share: 0.5,
      low: 0.4,
      high: 0.6,
      atRisk,
    });
    const said = (curve: ReturnType<typeof point>[]) => {
      const resolution = { issues: 40, people: 40, resolved: 20, median: NO_MIDDLE, curve };
      const numbers = exactOf({ [measures.helped]: 40 }, { estimates: { ...NO_ESTIMATES, resolution } });
      return makePaper({ plan: planFor("funder", { sections: ["time"] }), numbers, scope: SCOPE }).sections[0]
        ?.text;
    };
    expect(said([point(90, 40), point(180, 4)])).toMatch(/ After 90 days, /);
    expect(said([point(90, 40), point(180, 12)])).toMatch(/ After 180 days, /);
    expect(said([point(90, null), point(180, null)])).toMatch(/ After 180 days, /);
  });
});
