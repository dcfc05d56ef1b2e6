/** Matching: what must hold whatever the people, and a slow version that looks at everybody for everybody. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chanceFrom } from "../repeatable-chance";
import { type LabMethod, type LabTable, type Matched, methodSchema } from "./analysis";
import { matchBy, orderRange } from "./matching";
import { category, fittedAs, numbers, reordered, tableOf } from "./testing-lab";

/** Some people with scores in steps of a quarter (many are equal) or all different, as their distances are; and a region. */
const people = (isCoarse: boolean) =>
  fc
    .array(
      fc.record({
        took: fc.boolean(),
        score: isCoarse
          ? fc.integer({ min: -8, max: 8 }).map((each) => each / 4)
          : fc.double({ min: -3, max: 3, noNaN: true }),
        region: fc.integer({ min: -1, max: 1 }),
      }),
      { minLength: 2, maxLength: 40 },
    )
    .map((each) => {
      const scores = each.map(({ score }, at) => score + (isCoarse ? 0 : 1e-3 * Math.sin(1 + 12.9898 * at)));
      return {
        table: tableOf(
          each.map(({ took }) => Number(took)),
          { region: category(["north", "south"], ...each.map(({ region }) => region)) },
        ),
        fitted: fittedAs(Float64Array.from(scores)),
      };
    });

const nearest = fc
  .record({
    caliper: fc.constantFrom(null, 0.1, 0.5, 2),
    ratio: fc.integer({ min: 1, max: 3 }),
    replace: fc.boolean(),
    order: fc.constantFrom("largest", "smallest", "data", "closest"),
    exact: fc.constantFrom([], ["region"]),
  })
  .map((how) => methodSchema.parse({ name: "nearest", ...how }));
const radius = fc
  .record({ caliper: fc.constantFrom(0.05, 0.3, 1), exact: fc.constantFrom([], ["region"]) })
  .map((how) => methodSchema.parse({ name: "radius", ...how }));
const strata = fc
  .constantFrom({ name: "subclass", subclasses: 3 }, { name: "exact", exact: ["region"] })
  .map((how) => methodSchema.parse(how));

const regionOf = ({ covariates }: LabTable, row: number) => {
  const column = covariates.get("region");
  return column?.type === "category" ? column.codes[row] : undefined;
};

/** Whom each participant is compared with, by row. */
function companyOf({ rows, treated }: LabTable, { stratum, sets }: Matched): Map<number, number[]> {
  if (sets) return new Map(sets.map(({ treated: row, controls }) => [row, [...controls]]));
  const all = Array.from({ length: rows }, (_, row) => row);
  return new Map(
    all
      .filter((row) => treated[row] === 1 && (stratum?.[row] ?? -1) >= 0)
      .map((row) => [row, all.filter((each) => treated[each] === 0 && stratum?.[each] === stratum?.[row])]),
  );
}

describe("whatever the people", () => {
  test("kept participants weigh 1, comparisons 1 on average, and who is left out nothing", () => {
    fc.assert(
      fc.property(people(true), fc.oneof(nearest, radius, strata), ({ table, fitted }, method) => {
        if (method.name === "subclass" && !table.treated.includes(1)) return;
        const { weights } = matchBy(table, fitted, method);
        const [took, others] = [1, 0].map((side) =>
          [...weights].filter((weight, row) => table.treated[row] === side && weight !== 0),
        );
        expect(took?.every((weight) => weight === 1)).toBe(true);
        expect(others?.every((weight) => weight > 0)).toBe(true);
        const sum = others?.reduce((total, weight) => total + weight, 0) ?? 0;
        expect(sum).toBeCloseTo(others?.length ?? 0, 9);
        expect(took?.length === 0).toBe(others?.length === 0);
      }),
    );
  });

  test("nobody is used twice without replacement, and nobody is given more than was asked for", () => {
    fc.assert(
      fc.property(people(true), nearest, ({ table, fitted }, method) => {
        const company = [...companyOf(table, matchBy(table, fitted, method)).values()];
        const ratio = method.name === "nearest" ? method.ratio : 0;
        for (const each of company) {
          expect(each.length).toBeGreaterThanOrEqual(1);
          expect(each.length).toBeLessThanOrEqual(ratio);
          expect(new Set(each).size).toBe(each.length);
        }
        if (method.name === "nearest" && !method.replace)
          expect(new Set(company.flat()).size).toBe(company.flat().length);
      }),
    );
  });

  test("nobody is compared beyond the caliper or across strata", () => {
    fc.assert(
      fc.property(
        fc.oneof(people(true), people(false)),
        fc.oneof(nearest, radius),
        ({ table, fitted }, method) => {
          const matched = matchBy(table, fitted, method);
          const width = matched.caliperWidth ?? Number.POSITIVE_INFINITY;
          for (const [row, company] of companyOf(table, matched))
            for (const other of company) {
              const apart = Math.abs((fitted.logit[row] ?? 0) - (fitted.logit[other] ?? 0));
              expect(apart).toBeLessThanOrEqual(width + 1e-9);
              if ("exact" in method && method.exact.length > 0)
                expect(regionOf(table, other)).toBe(regionOf(table, row));
            }
        },
      ),
    );
  });

  test("the order of the rows changes nothing by radius, in strata, or where no two scores are equal", () => {
    const shuffled = <T extends { table: LabTable }>(made: fc.Arbitrary<T>) =>
      made.chain((each) =>
        fc.record({
          made: fc.constant(each),
          rows: fc.shuffledSubarray(
            Array.from({ length: each.table.rows }, (_, row) => row),
            { minLength: each.table.rows },
          ),
        }),
      );
    const weightsOf = (table: LabTable, logit: Float64Array, method: LabMethod) =>
      matchBy(table, fittedAs(logit), method).weights;
    const hold = (coarse: boolean, methods: fc.Arbitrary<LabMethod>) =>
      fc.assert(
        fc.property(shuffled(people(coarse)), methods, ({ made: { table, fitted }, rows }, method) => {
          if (method.name === "subclass" && !table.treated.includes(1)) return;
          if (method.name === "nearest" && method.order === "data") return;
          // One spread for both: in another order it is summed otherwise.
          const sd = fitted.propensity.sdLogit;
          const other = fittedAs(Float64Array.from(rows, (row) => fitted.logit[row] ?? 0));
          const moved = { ...other, propensity: { ...other.propensity, sdLogit: sd } };
          const [before, after] = [
            matchBy(table, fitted, method).weights,
            matchBy(reordered(table, rows), moved, method).weights,
          ];
          rows.forEach((row, at) => {
            expect(after[at]).toBeCloseTo(before[row] ?? 0, 9);
          });
        }),
      );
    hold(true, fc.oneof(radius, strata));
    hold(false, fc.oneof(nearest, radius, strata));
    expect(
      weightsOf(tableOf([1, 0]), Float64Array.of(0, 0), methodSchema.parse({ name: "unmatched" })),
    ).toEqual(Float64Array.of(1, 1));
  });
});

/** Nearest neighbours by looking at everybody for everybody. */
function slowNearest(
  table: LabTable,
  logit: Float64Array,
  method: Extract<LabMethod, { name: "nearest" }>,
  width: number,
): Map<number, number[]> {
  const all = Array.from({ length: table.rows }, (_, row) => row);
  const found = new Map<number, number[]>();
  for (const region of new Set(all.map((row) => (method.exact.length > 0 ? regionOf(table, row) : 0)))) {
    const line = all
      .filter((row) => method.exact.length === 0 || regionOf(table, row) === region)
      .sort((a, b) => (logit[a] ?? 0) - (logit[b] ?? 0) || a - b);
    const place = (row: number) => line.indexOf(row);
    const used = new Set<number>();
    /** Everybody who may still be taken, the best first. */
    const offers = (row: number) => {
      const own = found.get(row) ?? [];
      const places = [row, ...own].map(place);
      const [low, high] = [Math.min(...places), Math.max(...places)];
      return line
        .filter((other) => table.treated[other] === 0 && !used.has(other) && !own.includes(other))
        .map((other) => ({
          other,
          apart: Math.abs((logit[other] ?? 0) - (logit[row] ?? 0)),
          steps: place(other) < low ? low - place(other) : place(other) - high,
          side: place(other) < low ? 0 : 1,
        }))
        .filter(({ apart }) => apart <= width + 1e-11)
        .sort((a, b) => a.apart - b.apart || a.steps - b.steps || a.side - b.side);
    };
    const turn: Record<typeof method.order, (a: number, b: number) => number> = {
      largest: (a, b) => (logit[b] ?? 0) - (logit[a] ?? 0),
      smallest: (a, b) => (logit[a] ?? 0) - (logit[b] ?? 0),
      data: () => 0,
      closest: () => 0,
    };
    const seekers = line
      .filter((row) => table.treated[row] === 1)
      .sort((a, b) => turn[method.order](a, b) || a - b);
    for (let round = 0; round < method.ratio; round += 1)
      for (const row of seekers) {
        const [best] = (found.get(row)?.length ?? 0) === round ? offers(row) : [];
        if (!best) continue;
        found.set(row, [...(found.get(row) ?? []), best.other]);
        if (!method.replace) used.add(best.other);
      }
  }
  return found;
}

describe("beside a slow version that looks at everybody for everybody", () => {
  test("nearest neighbours are the same people", () => {
    fc.assert(
      fc.property(people(true), nearest, ({ table, fitted }, method) => {
        if (method.name !== "nearest" || (method.order === "closest" && !method.replace)) return;
        const matched = matchBy(table, fitted, method);
        const slow = slowNearest(
          table,
          fitted.logit,
          method,
          matched.caliperWidth ?? Number.POSITIVE_INFINITY,
        );
        const fast = companyOf(table, matched);
        expect([...fast.keys()].sort()).toEqual([...slow.keys()].sort());
        for (const [row, company] of fast) expect(company.sort()).toEqual(slow.get(row)?.sort());
      }),
      { numRuns: 500 },
    );
  });

  test("the nearest pair of all is taken next where the closest go first", () => {
    fc.assert(
      fc.property(people(false), fc.constantFrom(null, 0.3), ({ table, fitted }, caliper) => {
        const method = methodSchema.parse({ name: "nearest", order: "closest", caliper });
        const matched = matchBy(table, fitted, method);
        const width = matched.caliperWidth ?? Number.POSITIVE_INFINITY;
        const pairs = Array.from({ length: table.rows }, (_, row) => row)
          .filter((row) => table.treated[row] === 1)
          .flatMap((row) =>
            Array.from({ length: table.rows }, (_, other) => ({
              row,
              other,
              apart: Math.abs((fitted.logit[row] ?? 0) - (fitted.logit[other] ?? 0)),
            })),
          )
          .filter(({ other, apart }) => table.treated[other] === 0 && apart <= width)
          .sort((a, b) => a.apart - b.apart);
        // Whose distances are equal to the last digit of the grid may go either way.
        if (pairs.some(({ apart }, at) => at > 0 && apart - (pairs[at - 1]?.apart ?? 0) < 1e-9)) return;
        const slow = new Map<number, number>();
        for (const { row, other } of pairs)
          if (!slow.has(row) && ![...slow.values()].includes(other)) slow.set(row, other);
        const fast = companyOf(table, matched);
        expect(new Map([...fast].map(([row, [other]]) => [row, other]))).toEqual(
          new Map([...slow].sort(([a], [b]) => a - b)),
        );
      }),
    );
  });

  test("a radius gives everybody within it their part", () => {
    fc.assert(
      fc.property(people(true), radius, ({ table, fitted }, method) => {
        const matched = matchBy(table, fitted, method);
        const parts = new Float64Array(table.rows);
        const company = companyOf(table, matched);
        for (let row = 0; row < table.rows; row += 1) {
          if (table.treated[row] !== 1) continue;
          const near = Array.from({ length: table.rows }, (_, other) => other).filter(
            (other) =>
              table.treated[other] === 0 &&
              Math.abs((fitted.logit[row] ?? 0) - (fitted.logit[other] ?? 0)) <=
                (matched.caliperWidth ?? 0) + 1e-11 &&
              (method.name !== "radius" ||
                method.exact.length === 0 ||
                regionOf(table, other) === regionOf(table, row)),
          );
          expect([...(company.get(row) ?? [])].sort()).toEqual(near.sort());
          for (const other of near) parts[other] = (parts[other] ?? 0) + 1 / near.length;
        }
        const kept = [...parts].filter((part) => part > 0);
        const sum = kept.reduce((total, part) => total + part, 0);
        matched.weights.forEach((weight, row) => {
          if (table.treated[row] === 0)
            expect(weight).toBeCloseTo(((parts[row] ?? 0) * kept.length) / sum || 0, 9);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("people whom nobody can be compared with", () => {
  const table = tableOf([1, 1, 0, 0, 0]);
  const fitted = fittedAs(Float64Array.of(0, Infinity, 0.1, -0.1, -Infinity));
  fitted.propensity.sdLogit = 1;

  test.each(["radius", "nearest", "subclass"])("are left out by %s", (name) => {
    const method = methodSchema.parse({
      name,
      ...(name === "subclass" ? { subclasses: 2 } : { caliper: 10 }),
    });
    const { weights } = matchBy(table, fitted, method);
    expect([weights[1], weights[4]]).toEqual([0, 0]);
    expect(weights[0]).toBe(1);
  });
});

test("subclasses without people of both sides are joined to their neighbour", () => {
  const table = tableOf([1, 1, 1, 1, 0, 0]);
  const fitted = fittedAs(Float64Array.of(0, 1, 2, 3, -5, 0.2));
  const { stratum, weights } = matchBy(
    table,
    fitted,
    methodSchema.parse({ name: "subclass", subclasses: 4 }),
  );
  expect([...(stratum ?? [])].every((each) => each >= 0)).toBe(true);
  expect([...weights.subarray(0, 4)]).toEqual([1, 1, 1, 1]);
});

describe("other orders of the rows", () => {
  const method = methodSchema.parse({ name: "nearest" });
  const outcome = Float64Array.of(1, 0, 10, 20, 30);

  test("are looked at where equal scores let them choose, and the range holds every choice", () => {
    const table = tableOf([1, 1, 0, 0, 0]);
    const fitted = fittedAs(Float64Array.of(0, 1, 0, 0, 1));
    expect(orderRange(table, fitted, method, outcome, chanceFrom(1))).toEqual({
      orders: 200,
      differenceLow: 0.5 - 25,
      differenceHigh: 0.5 - 20,
      treatedLow: 2,
      treatedHigh: 2,
      comparisonLow: 2,
      comparisonHigh: 2,
    });
  });

  test("are nothing where no two scores are equal, and by radius", () => {
    const table = tableOf([1, 1, 0, 0, 0]);
    const distinct = fittedAs(Float64Array.of(0, 1, 0.2, 0.3, 0.9));
    expect(orderRange(table, distinct, method, outcome, chanceFrom(1))).toBeNull();
    const tied = fittedAs(Float64Array.of(0, 1, 0, 0, 1));
    const byRadius = methodSchema.parse({ name: "radius", caliper: 0.2 });
    expect(orderRange(table, tied, byRadius, outcome, chanceFrom(1))).toBeNull();
  });

  test("what rounding leaves between equal scores chooses nobody", () => {
    const table = tableOf([1, 0, 0], { x: numbers(1, 1, 1) });
    const [even, odd] = [0.1 + 0.2, 0.3];
    const pick = (...scores: number[]) => [
      ...matchBy(table, fittedAs(Float64Array.from(scores)), method).weights,
    ];
    expect(pick(even, even, odd)).toEqual(pick(even, odd, even));
  });
});
