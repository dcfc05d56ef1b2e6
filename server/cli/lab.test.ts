import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Invalid } from "../domain/errors";
import { type Call, WrongUsage } from "./command";
import { labEvaluate } from "./lab";

const folder = mkdtempSync(join(tmpdir(), "lab-evaluate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Runs the command; nothing here may open an installation. */
async function run(args: readonly string[], json = true) {
  const results: Record<string, unknown>[] = [];
  const said: string[] = [];
  const call: Call = {
    args,
    json,
    say: (text) => said.push(text),
    result: (line, words) => {
      results.push({ ...line });
      if (words !== undefined) said.push(words);
    },
    open: () => Promise.reject(new Error("No installation is needed to evaluate a file")),
  };
  const code = await labEvaluate.run(call).catch((error: unknown) => error);
  return { results, said: said.join("\n"), code };
}

const SIM = "fixtures/reference/matching/sim5k.csv";
const plan = {
  treated: "treat",
  id: "id",
  covariates: [
    ...["age", "female", "prev_convictions", "prev_custody", "age_first", "risk", "severity", "custody"],
    ...["employed_days", "benefit_days"],
  ].map((name) => ({ name, type: "number" })),
  outcomes: [
    { name: "reoffended", type: "binary" },
    { name: "frequency", type: "count" },
    { name: "days_to_first", type: "time" },
  ],
  methods: [
    { name: "radius", caliper: 0.2 },
    { name: "nearest", caliper: 0.2, ratio: 1 },
  ],
};
plan.covariates.push({ name: "ethnicity", type: "category" }, { name: "region", type: "category" });
const planFile = file("plan.json", JSON.stringify({ ...plan, subgroups: ["ethnicity"] }));

describe("lab evaluate", () => {
  test("writes the model, each method with its balance and effects, sub-groups and all tests, a line each", async () => {
    const { results, code } = await run([SIM, "--plan", planFile]);
    expect(code).toBe(0);
    expect(results[0]).toEqual({ people: 5_000, treated: 638, comparison: 4_362 });
    expect(results[1]).toMatchObject({
      propensity: { deviance: expect.closeTo(3642.2918206, 6), iterations: 5 },
    });
    const [radius, nearest] = results.filter((line) => "method" in line);
    expect(radius).toMatchObject({
      ...{ isHeadline: true, treatedMatched: 638, comparisonMatched: 4_355, band: "green" },
      effects: [
        { outcome: "reoffended", difference: expect.closeTo(-0.0724669674, 9) },
        { outcome: "frequency" },
        { outcome: "days_to_first" },
      ],
    });
    expect(nearest).toMatchObject({ isHeadline: false, treatedMatched: 636, comparisonMatched: 636 });
    expect(results.filter((line) => "subgroup" in line)).toHaveLength(3);
    expect(results.filter((line) => "subgroupLeftOut" in line)).toHaveLength(1);
    expect(results.at(-1)).toMatchObject({ noHeadline: null, tests: { length: 20 } });
    // Every line is JSON that keeps its numbers: what could not be worked out is not there.
    expect(JSON.stringify(radius)).not.toContain("null,null");
  });

  test("says the same in words", async () => {
    const { said } = await run([SIM, "--plan", planFile], false);
    expect(said).toContain("638 people who took part, 4,362 people to compare them with.");
    expect(said).toContain(
      "reoffended: 25.4 against 32.6 in 100, a difference of -7.2 (-11.0 to -3.5, Kish)",
    );
    expect(said).toContain("Nothing is said of ethnicity 3: too few people.");
    expect(said).toContain("Tests run: 20.");
  });

  test("takes a file whole or not at all, and says which values by line and column", async () => {
    const path = file("bad.csv", "treat,age,again\n1,30,0\nmaybe,31,1\n0,thirty,2\n");
    const small = file(
      "small.json",
      JSON.stringify({
        treated: "treat",
        covariates: [{ name: "age", type: "number" }],
        outcomes: [{ name: "again", type: "binary" }],
        methods: [{ name: "radius", caliper: 0.2 }],
      }),
    );
    const { results, code } = await run([path, "--plan", small]);
    expect(results.map(({ line, column }) => ({ line, column }))).toEqual([
      { line: 3, column: "treat" },
      { line: 4, column: "age" },
      { line: 4, column: "again" },
    ]);
    expect(code).toBeInstanceOf(Invalid);
    expect(String(code)).toContain("3 values");
    const { code: empty } = await run([file("empty.csv", "treat,age,again\n"), "--plan", small]);
    expect(String(empty)).toContain("holds nobody");
    const { code: unfit } = await run([file("unfit.csv", "took,age,again\n1,30,0\n"), "--plan", small]);
    expect(unfit).toMatchObject({ fields: { treat: expect.any(String) } });
  });

  test("says what is wrong with a plan, and what is missing when it is typed wrongly", async () => {
    const { code } = await run([SIM, "--plan", file("odd.json", JSON.stringify({ ...plan, methods: [] }))]);
    expect(code).toMatchObject({ fields: { methods: expect.any(String) } });
    expect((await run([SIM])).code).toBeInstanceOf(WrongUsage);
    expect((await run(["--plan", planFile])).code).toBeInstanceOf(WrongUsage);
    const { code: gone } = await run([SIM, "--plan", join(folder, "nowhere.json")]);
    expect(String(gone)).toMatch(/The plan .*nowhere\.json cannot be read/);
  });
});
