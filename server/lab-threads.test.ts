/** Threads against the plain fit: the same numbers to the last bit, however many threads there are. */

import { expect, test } from "vitest";
import { type Covariate, type LabColumn, type LabTable, methodSchema } from "./domain/lab/analysis";
import { matchBy } from "./domain/lab/matching";
import { fitPropensity } from "./domain/lab/propensity";
import { chanceFrom } from "./domain/repeatable-chance";
import { fitPropensityInThreads } from "./lab-threads";

const PAIRS = methodSchema.parse({ name: "nearest", caliper: 0.2 });

/** People of whom a twentieth took part, with numbers, some of them not known, and two categories. */
function madePeople(rows: number): { table: LabTable; covariates: Covariate[] } {
  const chance = chanceFrom(7);
  const [age, crimes, days] = [0, 1, 2].map(() => new Float64Array(rows));
  const [region, housing] = [0, 1].map(() => new Int32Array(rows));
  const treated = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const [a, c, d] = [18 + 50 * chance(), Math.floor(10 * chance() ** 3), 365 * chance()];
    const [r, h] = [Math.floor(10 * chance()), Math.floor(4 * chance()) - 1];
    if (age) age[row] = a;
    if (crimes) crimes[row] = c;
    if (days) days[row] = chance() < 0.1 ? Number.NaN : d;
    if (region) region[row] = r;
    if (housing) housing[row] = h;
    const odds = Math.exp(-3.2 - 0.02 * (a - 40) + 0.1 * c + (r < 3 ? 0.4 : 0) + (h === 1 ? 0.3 : 0));
    treated[row] = chance() < odds / (1 + odds) ? 1 : 0;
  }
  const number = (values = new Float64Array(rows)): LabColumn => ({ type: "number", values });
  const category = (codes = new Int32Array(rows), count = 10): LabColumn => ({
    type: "category",
    levels: Array.from({ length: count }, (_, at) => `level ${at}`),
    codes,
  });
  const covariates = new Map([
    ["age", number(age)],
    ["region", category(region)],
    ["crimes", number(crimes)],
    ["days", number(days)],
    ["housing", category(housing, 3)],
  ]);
  return {
    table: { rows, treated, covariates, outcomes: new Map() },
    covariates: [...covariates].map(([name, { type }]) => ({ name, type })),
  };
}

test.each([60_000, 5_000])(
  "%i people have the same scores and pairs from one thread as from three",
  async (rows) => {
    const { table, covariates } = madePeople(rows);
    const plain = fitPropensity(table, covariates);
    for (const threads of [1, 3]) {
      const threaded = await fitPropensityInThreads(table, covariates, threads);
      expect(threaded.propensity).toEqual(plain.propensity);
      expect(Buffer.from(threaded.logit.slice().buffer).equals(Buffer.from(plain.logit.buffer))).toBe(true);
      expect(threaded.byScore).toEqual(plain.byScore);
      const pairs = matchBy(table, plain, PAIRS).stratum;
      expect(matchBy(table, threaded, PAIRS).stratum).toEqual(pairs);
    }
  },
);

test("what is wrong with a model is said from threads as it is without", async () => {
  const { table, covariates } = madePeople(5_000);
  const told = Float64Array.from(table.treated, (took, row) => took * 10 + (row % 7));
  const telling = {
    ...table,
    covariates: new Map([...table.covariates, ["told", { type: "number", values: told } as const]]),
  };
  const asked = [...covariates, { name: "told", type: "number" } as const];
  expect(() => fitPropensity(telling, asked)).toThrow("“told”");
  await expect(fitPropensityInThreads(telling, asked, 2)).rejects.toThrow("“told”");
});
