import { describe, expect, test } from "vitest";
import { Invalid } from "../errors";
import { analysisPlanSchema } from "./analysis";
import { byNumberThenText, PeopleReader } from "./evaluate";

const plan = analysisPlanSchema.parse({
  treated: "took",
  id: "id",
  covariates: [
    { name: "age", type: "number" },
    { name: "region", type: "category" },
  ],
  outcomes: [
    { name: "again", type: "binary" },
    { name: "times", type: "count" },
    { name: "days", type: "time" },
  ],
  methods: [{ name: "radius", caliper: 0.2 }],
});
const header = ["id", "took", "age", "region", "again", "times", "days"];

function read(rows: readonly string[], given = plan) {
  const reader = new PeopleReader(given, header);
  const faults = rows.flatMap((row, i) => reader.add(i + 2, row.split(",")));
  return { reader, faults };
}

describe("a file of people", () => {
  test("becomes a table in the order of its ids: 2 before 10, whatever the order of its rows", () => {
    const { reader, faults } = read(["10,0,31,2,0,0,", "2,1,40.5,10,1,3,17", "1,0,,,,,"]);
    expect(faults).toEqual([]);
    const table = reader.table();
    expect([...table.treated]).toEqual([0, 1, 0]);
    expect(table.covariates.get("age")).toEqual({
      type: "number",
      values: Float64Array.from([Number.NaN, 40.5, 31]),
    });
    // Levels are sorted, and -1 is not known.
    expect(table.covariates.get("region")).toEqual({
      type: "category",
      levels: ["2", "10"],
      codes: Int32Array.from([-1, 1, 0]),
    });
    expect([...(table.outcomes.get("days") ?? [])]).toEqual([Number.NaN, 17, Number.NaN]);
  });

  test("without an id keeps the order of the file", () => {
    const { id: _, ...rest } = plan;
    const { reader } = read(["10,0,31,2,0,0,", "2,1,40,10,1,3,17"], rest);
    expect([...reader.table().treated]).toEqual([0, 1]);
  });

  test("NA, as R writes it, is a number that is not known", () => {
    const { reader, faults } = read(["1,1,NA,NA,NA,NA,NA"]);
    expect(faults).toEqual([]);
    expect(reader.table().covariates.get("age")).toEqual({
      type: "number",
      values: Float64Array.of(Number.NaN),
    });
    // A place may be called so.
    expect(reader.table().covariates.get("region")).toMatchObject({ levels: ["NA"] });
  });

  test("of any length", () => {
    const { reader } = read(Array.from({ length: 5_000 }, (_, i) => `${i},${i % 2},${i},x,0,0,`));
    const age = reader.table().covariates.get("age");
    expect(age?.type === "number" ? age.values[4_999] : null).toBe(4_999);
  });
});

describe("what cannot be right", () => {
  test("is told by line and column, without the value", () => {
    const { faults, reader } = read(["1,yes,old,x,2,1.5,-3", ",1,40,x,,,"]);
    expect(faults.map(({ line, column }) => ({ line, column }))).toEqual([
      { line: 2, column: "took" },
      { line: 2, column: "age" },
      { line: 2, column: "again" },
      { line: 2, column: "times" },
      { line: 2, column: "days" },
      { line: 3, column: "id" },
    ]);
    expect(JSON.stringify(faults)).not.toContain("old");
    expect(() => reader.table()).toThrow();
  });

  test("a row that ends early has not said who took part", () => {
    expect(read(["1"]).faults).toEqual([expect.objectContaining({ line: 2, column: "took" })]);
  });

  test("the same id twice", () => {
    const { reader } = read(["7,1,40,x,,,", "8,0,40,x,,,", "7,0,41,x,,,"]);
    expect(reader.doubles()).toEqual([expect.objectContaining({ line: 4, column: "id" })]);
  });

  test("a category with a value for everybody is none", () => {
    const { faults } = read(Array.from({ length: 1_100 }, (_, i) => `${i},${i % 2},30,place ${i},0,0,`));
    expect(faults).toEqual([expect.objectContaining({ line: 1_002, column: "region" })]);
  });

  test("a header without a column of the plan, or with one twice", () => {
    const missing = () => new PeopleReader(plan, ["id", "took", "age", "age", "again", "times", "days"]);
    expect(missing).toThrow(Invalid);
    try {
      missing();
    } catch (error) {
      expect(error instanceof Invalid ? Object.keys(error.fields) : []).toEqual(["age", "region"]);
    }
  });
});

test("names are sorted as people count: NSW2 before NSW10, NSW before PSID", () => {
  const sorted = ["PSID1", "NSW10", "NSW2", "NSW", "10", "9", "b", "a"].sort(byNumberThenText);
  expect(sorted).toEqual(["9", "10", "NSW", "NSW2", "NSW10", "PSID1", "a", "b"]);
});
