/** The model of who takes part: what it makes of awkward columns, and plain textbook steps beside it. */

import { expect, test } from "vitest";
import { Invalid } from "../errors";
import { chanceFrom } from "../repeatable-chance";
import type { Covariate, LabTable } from "./analysis";
import { matchBy } from "./matching";
import { fitPropensity } from "./propensity";
import { onGrid } from "./score-order";
import { category, numbers, reordered, tableOf } from "./testing-lab";

const REGIONS = ["north", "south", "west"];
const AGE = { name: "age", type: "number" } as const;
const REGION = { name: "region", type: "category" } as const;

/** People of whom about a third took part: by age, by region. */
function madePeople(rows: number): LabTable {
  const chance = chanceFrom(11);
  const made = Array.from({ length: rows }, () => {
    const [age, region] = [20 + Math.round(400 * chance()) / 10, Math.floor(3 * chance())];
    const odds = Math.exp(-0.9 + 0.03 * (age - 40) + (region === 1 ? 0.5 : 0));
    return { age, region, took: Number(chance() < odds / (1 + odds)) };
  });
  return tableOf(
    made.map(({ took }) => took),
    {
      age: numbers(...made.map(({ age }) => age)),
      region: category(REGIONS, ...made.map(({ region }) => region)),
    },
  );
}

const people = madePeople(600);
const withColumn = (name: string, value: (row: number) => number, table = people): LabTable => ({
  ...table,
  covariates: new Map([
    ...table.covariates,
    [name, numbers(...Array.from({ length: table.rows }, (_, row) => value(row)))],
  ]),
});
const valuesOf = (table: LabTable, name: string) => {
  const column = table.covariates.get(name);
  return column?.type === "number" ? column.values : new Float64Array(0);
};
const expectSame = (found: Float64Array, expected: Float64Array) =>
  expect(Math.max(...found.map((each, row) => Math.abs(each - (expected[row] ?? Number.NaN))))).toBeLessThan(
    1e-9,
  );

/** Newton's steps over whole matrices, by elimination: nothing is packed, standardised or shared. */
function plainFit(treated: Uint8Array, rows: readonly (readonly number[])[]): number[] {
  const width = rows[0]?.length ?? 0;
  let slopes = new Array<number>(width).fill(0);
  for (let round = 0; round < 30; round += 1) {
    const matrix = Array.from({ length: width }, () => new Array<number>(width + 1).fill(0));
    rows.forEach((row, at) => {
      const mu = 1 / (1 + Math.exp(-row.reduce((sum, x, j) => sum + x * (slopes[j] ?? 0), 0)));
      matrix.forEach((line, i) => {
        for (let j = 0; j < width; j += 1)
          line[j] = (line[j] ?? 0) + (row[i] ?? 0) * (row[j] ?? 0) * mu * (1 - mu);
        line[width] = (line[width] ?? 0) + (row[i] ?? 0) * ((treated[at] ?? 0) - mu);
      });
    });
    for (let i = 0; i < width; i += 1)
      for (let k = 0; k < width; k += 1) {
        const [line, other] = [matrix[i] ?? [], matrix[k] ?? []];
        if (k === i) continue;
        const times = (other[i] ?? 0) / (line[i] ?? 1);
        for (let j = 0; j <= width; j += 1) other[j] = (other[j] ?? 0) - times * (line[j] ?? 0);
      }
    slopes = slopes.map((slope, i) => slope + (matrix[i]?.[width] ?? 0) / (matrix[i]?.[i] ?? 1));
  }
  return slopes;
}

test.each([600, 60_000])("%i people have the estimates of textbook steps", (rows) => {
  const table = madePeople(rows);
  const region = table.covariates.get("region");
  const design = Array.from(valuesOf(table, "age"), (age, row) => {
    const code = region?.type === "category" ? region.codes[row] : 0;
    return [1, age - 40, Number(code === 1), Number(code === 2)];
  });
  const [constant = 0, slope = 0, ...levels] = plainFit(table.treated, design);
  const { terms } = fitPropensity(table, [AGE, REGION]).propensity;
  expect(terms.map(({ term }) => term)).toEqual(["(Intercept)", "age", "region: south", "region: west"]);
  [constant - 40 * slope, slope, ...levels].forEach((estimate, at) => {
    expect(terms[at]?.estimate).toBeCloseTo(estimate, 9);
  });
});

test("a number that is not known counts as the mean, with a term that says so, and nobody is dropped", () => {
  const chance = chanceFrom(3);
  const gaps = withColumn("income", () => (chance() < 0.2 ? Number.NaN : Math.round(1_000 * chance())));
  const income = valuesOf(gaps, "income");
  const known = income.filter((each) => !Number.isNaN(each));
  const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
  const byHand = withColumn(
    "lacks",
    (row) => Number(Number.isNaN(income[row])),
    withColumn("filled", (row) => (Number.isNaN(income[row]) ? mean : (income[row] ?? 0))),
  );
  const found = fitPropensity(gaps, [AGE, { name: "income", type: "number" }]);
  const expected = fitPropensity(byHand, [
    AGE,
    { name: "filled", type: "number" },
    { name: "lacks", type: "number" },
  ]);
  expectSame(found.logit, expected.logit);
  expect(found.propensity.terms.map(({ term }) => term)).toEqual([
    "(Intercept)",
    "age",
    "income",
    "income: not known",
  ]);
  expect(found.propensity.terms[3]?.se).toBeCloseTo(expected.propensity.terms[3]?.se ?? 0, 9);
  expect(found.propensity.remarks).toHaveLength(1);
});

test("a category that is not known is a level of its own", () => {
  const region = people.covariates.get("region");
  const codes = region?.type === "category" ? [...region.codes] : [];
  const unknown = {
    ...people,
    covariates: new Map([
      ...people.covariates,
      ["region", category(REGIONS, ...codes.map((code, row) => (row % 5 === 0 ? -1 : code)))],
    ]),
  };
  const { terms } = fitPropensity(unknown, [REGION]).propensity;
  expect(terms.map(({ term }) => term)).toEqual([
    "(Intercept)",
    "region: south",
    "region: west",
    "region: not known",
  ]);
});

test.each([
  ["is the same for everybody", () => 7],
  ["repeats another", (row: number) => 3 * (valuesOf(people, "age")[row] ?? 0) - 5],
])("a column that %s is left out and said", (_, value) => {
  const more: Covariate[] = [AGE, REGION, { name: "more", type: "number" }];
  const { propensity, logit } = fitPropensity(withColumn("more", value), more);
  expectSame(logit, fitPropensity(people, [AGE, REGION]).logit);
  expect(propensity.terms.map(({ term }) => term)).not.toContain("more");
  expect(propensity.remarks.join()).toContain("“more”");
});

test("a level that nobody who took part has is set aside, and the others are as if it were not there", () => {
  const region = people.covariates.get("region");
  const codes = region?.type === "category" ? region.codes : new Int32Array(0);
  const far = reordered(
    people,
    Array.from(codes.keys()).filter((row) => codes[row] !== 2 || people.treated[row] === 0),
  );
  const farCodes = far.covariates.get("region");
  const isFar = (row: number) => farCodes?.type === "category" && farCodes.codes[row] === 2;
  const near = reordered(
    far,
    Array.from(far.treated.keys()).filter((row) => !isFar(row)),
  );
  const [found, expected] = [far, near].map((table) => fitPropensity(table, [AGE, REGION]));
  const kept = found?.logit.filter((_, row) => !isFar(row)) ?? new Float64Array(0);
  expectSame(kept, expected?.logit ?? new Float64Array(0));
  expect(found?.logit.filter((_, row) => isFar(row)).every((each) => each === -Infinity)).toBe(true);
  expect(found?.propensity.sdLogit).toBeCloseTo(expected?.propensity.sdLogit ?? 0, 9);
  expect(found?.propensity.auc).toBeCloseTo(expected?.propensity.auc ?? 0, 9);
  expect(found?.propensity.remarks).toEqual([
    "Nobody who took part has “region: west”: others who do are left out.",
  ]);
  if (!found) return;
  const { weights } = matchBy(far, found, { name: "radius", caliper: 0.2, exact: [], score: "logit" });
  expect(weights.filter((_, row) => isFar(row)).every((weight) => weight === 0)).toBe(true);
});

test("a variable that tells who took part is named, and nothing is fitted", () => {
  const telling = withColumn("sent", (row) => (people.treated[row] ?? 0) * 100 + (row % 50));
  const asked: Covariate[] = [AGE, REGION, { name: "sent", type: "number" }];
  expect(() => fitPropensity(telling, asked)).toThrow(Invalid);
  expect(() => fitPropensity(telling, asked)).toThrow("“sent” tells almost by itself who took part");
});

test("a table in which everybody or nobody took part is refused", () => {
  const table = (took: number) => tableOf([took, took, took], { age: numbers(1, 2, 3) });
  expect(() => fitPropensity(table(1), [AGE])).toThrow(Invalid);
  expect(() => fitPropensity(table(0), [AGE])).toThrow(Invalid);
});

test("the order of the rows moves no score by as much as a step of the grid", () => {
  const chance = chanceFrom(5);
  const rows = Array.from(people.treated.keys(), (row) => ({ row, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
  const before = onGrid(fitPropensity(people, [AGE, REGION]).logit, "logit");
  const after = onGrid(fitPropensity(reordered(people, rows), [AGE, REGION]).logit, "logit");
  rows.forEach((row, at) => {
    expect(after[at]).toBe(before[row]);
  });
});
