/** Many areas: chance alone names few, what stands out is named, and hidden figures say no more than they may. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AreaFigures, compareAreas, falseDiscovery, funnelLimits } from "./several";

const area = (number: number, before: number | null, after: number | null, named = false): AreaFigures => ({
  area: number,
  before: [before],
  after: [after],
  named,
});
const type = "quarter" as const;
const ordinary = Array.from({ length: 12 }, (_, at) =>
  area(100 + at, 60 + (at % 3) * 5, 65 + ((at + 1) % 3) * 5),
);
const verdicts = (areas: AreaFigures[], apart = true) =>
  new Map(compareAreas(areas, { type, apart }).areas.map((each) => [each.area, each.verdict]));

describe("false discoveries", () => {
  test("are held as R's p.adjust(method = BH) holds them", () => {
    const found = falseDiscovery([0.01, 0.04, 0.03, 0.005, 0.5]);
    [0.025, 0.05, 0.05, 0.025, 0.5].forEach((q, at) => {
      expect(found[at]).toBeCloseTo(q, 12);
    });
  });

  test("an adjusted p is never under the p, never over 1, and keeps the order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (ps) => {
          const qs = falseDiscovery(ps);
          ps.forEach((p, at) => {
            expect(qs[at]).toBeGreaterThanOrEqual(p - 1e-12);
            expect(qs[at]).toBeLessThanOrEqual(1);
            ps.forEach((other, i) => {
              if (p < other) expect(qs[at] ?? 0).toBeLessThanOrEqual((qs[i] ?? 0) + 1e-12);
            });
          });
        },
      ),
    );
  });
});

describe("areas side by side", () => {
  test("an area that doubled is named, and the ordinary ones are not", () => {
    const found = verdicts([...ordinary, area(1, 60, 140)]);
    expect(found.get(1)).toBe("above");
    expect([...found].filter(([, verdict]) => verdict === "above" || verdict === "below")).toHaveLength(1);
  });

  test("what rose everywhere is nobody's own", () => {
    const everywhere = ordinary.map((each) => ({
      ...each,
      after: each.after.map((figure) => (figure ?? 0) * 3),
    }));
    expect(new Set(verdicts(everywhere).values())).toEqual(new Set(["not-clear"]));
    expect(compareAreas(everywhere, { type }).together).toBeGreaterThan(3);
  });

  test("areas of an event are no part of what they are compared with", () => {
    const large = [area(1, 600, 100, true), area(2, 500, 90, true)];
    const { together, areas } = compareAreas([...ordinary, ...large], { type });
    expect(together).toBeCloseTo(compareAreas(ordinary, { type }).together ?? 0, 12);
    expect(areas.filter(({ named }) => named).map(({ verdict }) => verdict)).toEqual(["below", "below"]);
  });

  test("an event written afterwards pays for the search", () => {
    const found = (apart: boolean) =>
      compareAreas([...ordinary, area(1, 60, 105, true)], { type, apart }).areas.find(
        (each) => each.area === 1,
      )?.q ?? 0;
    expect(found(false)).toBeGreaterThan(found(true));
  });

  test("a hidden figure counts as 10: a rise from there may be named, a fall from there may not", () => {
    const found = verdicts([
      ...ordinary,
      area(1, null, 90),
      area(2, null, 10),
      area(3, 95, null),
      area(4, null, null),
    ]);
    expect([found.get(1), found.get(2), found.get(3), found.get(4)]).toEqual([
      "above",
      "not-clear",
      "below",
      "hidden",
    ]);
  });

  test("with fewer than five there is nothing to compare with", () => {
    const { together, areas, tested } = compareAreas(ordinary.slice(0, 4), { type });
    expect([together, tested]).toEqual([null, 0]);
    expect(areas.every(({ verdict }) => verdict === "not-clear")).toBe(true);
  });

  test("more periods tell more, but not as if everybody in them were new", () => {
    const once = compareAreas([...ordinary], { type: "month" }).areas[0]?.information ?? 0;
    const four = ordinary.map(({ area: number, before, after }) => ({
      ...{ area: number, before: [...before, ...before, ...before, ...before] },
      after: [...after, ...after, ...after, ...after],
    }));
    const more = compareAreas(four, { type: "month" }).areas[0]?.information ?? 0;
    expect(more / once).toBeGreaterThan(2);
    expect(more / once).toBeLessThan(4);
  });

  test("periods of one financial year tell less than periods of two, for they share the error of the place", () => {
    const two = ordinary.map(({ before, after, ...rest }) => ({
      ...{ ...rest, before: [...before, ...before], after: [...after, ...after] },
    }));
    const informationOf = (...years: { before: number; after: number }[]) =>
      compareAreas(two, { type, years }).areas[0]?.information ?? 0;
    const inOne = informationOf({ before: 2024, after: 2025 }, { before: 2024, after: 2025 });
    const inTwo = informationOf({ before: 2023, after: 2025 }, { before: 2024, after: 2026 });
    expect(inOne).toBeLessThan(inTwo);
  });

  test("the funnel narrows with size and widens with spread", () => {
    const width = (information: number, dispersion: number) => {
      const { low, high } = funnelLimits(information, dispersion, 0.95);
      return high / low;
    };
    expect(width(100, 1)).toBeLessThan(width(20, 1));
    expect(width(20, 2)).toBeGreaterThan(width(20, 1));
    expect(funnelLimits(20, 1, 0.998).high).toBeGreaterThan(funnelLimits(20, 1, 0.95).high);
  });
});
