import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holm } from "./several";

const rounded = (ps: readonly number[]) => ps.map((p) => Number(p.toFixed(10)));

describe("Holm's correction", () => {
  test("gives R's p.adjust numbers, in the order asked", () => {
    expect(rounded(holm([0.01, 0.02, 0.03, 0.04, 0.05]))).toEqual([0.05, 0.08, 0.09, 0.09, 0.09]);
    expect(rounded(holm([0.04, 0.001, 0.6]))).toEqual([0.08, 0.003, 0.6]);
  });

  test("leaves a single test as it is, and nothing as nothing", () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });

  test("never makes anything more significant, never passes Bonferroni, and keeps the order of the ps", () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 14 }), (ps) => {
        const corrected = holm(ps);
        ps.forEach((one, i) => {
          const found = corrected[i] ?? Number.NaN;
          expect(found).toBeGreaterThanOrEqual(one);
          expect(found).toBeLessThanOrEqual(Math.min(1, one * ps.length));
          ps.forEach((other, j) => {
            if (one < other) expect(found).toBeLessThanOrEqual(corrected[j] ?? Number.NaN);
          });
        });
      }),
    );
  });
});
