import { describe, expect, test } from "vitest";
import { Invalid } from "../errors";
import { chanceFrom } from "../repeatable-chance";
import { analyse, analysisOf, comparisonOf } from "./analyse";
import { type AnalysisPlanText, analysisPlanSchema, type LabTable } from "./analysis";

/** People who take part more often when they are older, and in the north; of whom the young offend more. */
function made(seed: number, people = 1_500, pull = 1): LabTable {
  const chance = chanceFrom(seed);
  const age = new Float64Array(people);
  const region = new Int32Array(people);
  const treated = new Uint8Array(people);
  const [again, times, days] = [new Float64Array(people), new Float64Array(people), new Float64Array(people)];
  for (let row = 0; row < people; row += 1) {
    const years = 18 + 40 * chance();
    // Three in a hundred live on the island.
    const place = chance() < 0.03 ? 2 : chance() < 0.5 ? 0 : 1;
    const took = chance() < 1 / (1 + Math.exp(1.6 - pull * ((years - 38) / 20 + (place === 0 ? 0.4 : 0))));
    const has = chance() < 0.5 - (years - 38) / 100 - (took ? 0.1 : 0);
    age[row] = years;
    region[row] = place;
    treated[row] = took ? 1 : 0;
    again[row] = has ? 1 : 0;
    times[row] = has ? 1 + Math.floor(3 * chance()) : 0;
    days[row] = has ? Math.ceil(365 * chance()) : Number.NaN;
  }
  return {
    rows: people,
    treated,
    covariates: new Map([
      ["age", { type: "number", values: age }],
      ["region", { type: "category", levels: ["north", "south", "island"], codes: region }],
    ]),
    outcomes: new Map(Object.entries({ again, times, days })),
  };
}

const planOf = (changes: Partial<AnalysisPlanText> = {}) =>
  analysisPlanSchema.parse({
    treated: "took",
    covariates: [
      { name: "age", type: "number" },
      { name: "region", type: "category" },
    ],
    outcomes: [
      { name: "again", type: "binary" },
      { name: "times", type: "count" },
      { name: "days", type: "time" },
    ],
    methods: [
      { name: "radius", caliper: 0.2 },
      { name: "nearest", caliper: 0.2 },
    ],
    ...changes,
  });

describe("an analysis", () => {
  const table = made(1);

  test("of groups that are too unlike says how unlike they are, without any outcome", () => {
    const comparison = comparisonOf(
      table,
      planOf({ methods: [{ name: "unmatched" }], subgroups: ["region"] }),
    );
    expect(comparison.noHeadline).toBe("red-balance");
    const { methods, tests, subgroups, noHeadline } = analysisOf(comparison, null);
    expect(methods[0]?.maxAbsSmd).toBeGreaterThan(0.1);
    expect([noHeadline, tests]).toEqual(["red-balance", []]);
    expect([...methods, ...subgroups].flatMap(({ effects }) => effects)).toEqual([]);
  });

  test("has every method of the plan with its balance and its effects, in order", () => {
    const { methods, treated, comparison, noHeadline } = analyse(table, planOf());
    expect(treated + comparison).toBe(table.rows);
    expect(noHeadline).toBeNull();
    expect(methods.map(({ method }) => method.name)).toEqual(["radius", "nearest"]);
    for (const method of methods) {
      expect(method.effects.map(({ outcome }) => outcome)).toEqual(["again", "times", "days"]);
      expect(method.band).not.toBe("red");
      expect(method.treatedMatched).toBeGreaterThan(0.9 * treated);
    }
    const [radius, nearest] = methods;
    expect(radius?.ess).toBeLessThanOrEqual(radius?.comparisonMatched ?? 0);
    expect(nearest?.comparisonMatched).toBe(nearest?.treatedMatched);
  });

  test("reads outcomes only after the groups were compared", () => {
    const { outcomes, ...people } = table;
    const comparison = comparisonOf(people, planOf());
    expect(comparison.noHeadline).toBeNull();
    expect(comparison.methods[0]?.result).not.toHaveProperty("effects");
    expect(analysisOf(comparison, outcomes)).toEqual(analyse(table, planOf()));
  });

  test("does not depend on the order of the rows", () => {
    const rows = Array.from({ length: table.rows }, (_, row) => table.rows - 1 - row);
    const turned: LabTable = {
      rows: table.rows,
      treated: Uint8Array.from(rows, (row) => table.treated[row] ?? 0),
      covariates: new Map(
        [...table.covariates].map(([name, column]) => [
          name,
          column.type === "number"
            ? { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? 0) }
            : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? 0) },
        ]),
      ),
      outcomes: new Map(
        [...table.outcomes].map(([name, values]) => [
          name,
          Float64Array.from(rows, (row) => values[row] ?? Number.NaN),
        ]),
      ),
    };
    const [one, other] = [table, turned].map((each) => analyse(each, planOf()).methods);
    one?.forEach(({ effects }, at) => {
      effects.forEach(({ difference, low }, i) => {
        expect(other?.[at]?.effects[i]?.difference).toBeCloseTo(difference, 9);
        expect(other?.[at]?.effects[i]?.low).toBeCloseTo(low, 9);
      });
    });
  });

  test("lists every test, and corrects those of the headline for one another", () => {
    const { tests, methods } = analyse(table, planOf({ subgroups: ["region"] }));
    const headline = tests.filter(({ corrected }) => corrected !== null);
    expect(headline.map(({ outcome }) => outcome)).toEqual(["again", "times", "days"]);
    expect(headline.map(({ p }) => p)).toEqual(methods[0]?.effects.map(({ p }) => p));
    for (const { p, corrected } of headline) expect(corrected).toBeGreaterThanOrEqual(p);
    // Four each (the days twice: their mean, and the whole curve) of two methods and two sub-groups.
    expect(tests).toHaveLength(16);
    expect(tests.filter(({ of }) => of.endsWith("whole curve"))).toHaveLength(4);
  });
});

describe("no headline", () => {
  test("where the groups are still unlike, and then nothing is corrected", () => {
    const { noHeadline, tests, methods } = analyse(made(2), planOf({ methods: [{ name: "unmatched" }] }));
    expect(methods[0]?.band).toBe("red");
    expect(noHeadline).toBe("red-balance");
    expect(tests.every(({ corrected }) => corrected === null)).toBe(true);
  });

  test("where nobody could be matched", () => {
    const table = made(3, 400);
    const covariate = { name: "age", type: "number" } as const;
    const values = table.covariates.get("age");
    if (values?.type !== "number") throw new Error("Age is a number");
    // Ages that no two people share, and everybody must be exactly as old as somebody.
    const { noHeadline, methods } = analyse(
      table,
      planOf({ covariates: [covariate], methods: [{ name: "exact", exact: ["age"] }] }),
    );
    expect(noHeadline).toBe("nobody-matched");
    expect(methods[0]?.effects).toEqual([]);
  });
});

describe("sub-groups", () => {
  test("are looked at where they have enough people, each matched within itself", () => {
    const { subgroups, subgroupsLeftOut } = analyse(made(1), planOf({ subgroups: ["region"] }));
    expect(subgroups.map(({ level }) => level)).toEqual(["north", "south"]);
    expect(subgroupsLeftOut).toEqual([{ covariate: "region", level: "island", why: "too-few" }]);
    for (const { treatedMatched, maxAbsSmd, effects } of subgroups) {
      expect(treatedMatched).toBeGreaterThanOrEqual(60);
      expect(maxAbsSmd).toBeLessThanOrEqual(0.1);
      expect(effects).toHaveLength(3);
    }
  });

  test("of people of one kind are those people's own analysis", () => {
    const table = made(1);
    const region = table.covariates.get("region");
    if (region?.type !== "category") throw new Error("Region is a category");
    const rows = [...region.codes.keys()].filter((row) => region.codes[row] === 0);
    const age = table.covariates.get("age");
    const north: LabTable = {
      rows: rows.length,
      treated: Uint8Array.from(rows, (row) => table.treated[row] ?? 0),
      covariates: new Map([
        [
          "age",
          {
            type: "number",
            values: Float64Array.from(rows, (row) => (age?.type === "number" ? (age.values[row] ?? 0) : 0)),
          },
        ],
      ]),
      outcomes: new Map(
        [...table.outcomes].map(([name, values]) => [
          name,
          Float64Array.from(rows, (row) => values[row] ?? Number.NaN),
        ]),
      ),
    };
    const alone = analyse(north, planOf({ covariates: [{ name: "age", type: "number" }] }));
    const [found] = analyse(table, planOf({ subgroups: ["region"] })).subgroups;
    expect(found?.effects).toEqual(alone.methods[0]?.effects);
  });

  test("of a number, or of the only covariate, are refused", () => {
    expect(() => analyse(made(1), planOf({ subgroups: ["age"] }))).toThrow(Invalid);
    const only = planOf({ covariates: [{ name: "region", type: "category" }], subgroups: ["region"] });
    expect(() => analyse(made(1), only)).toThrow(Invalid);
  });
});

test("a table where nobody, or everybody, took part is refused", () => {
  const table = made(1, 100);
  expect(() => analyse({ ...table, treated: new Uint8Array(100) }, planOf())).toThrow(Invalid);
  expect(() => analyse({ ...table, treated: new Uint8Array(100).fill(1) }, planOf())).toThrow(Invalid);
});
