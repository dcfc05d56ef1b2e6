/** People for the benchmark of the data lab: some of them took part, twelve covariates that tell a little of who. */

import type { Covariate, LabTable } from "../server/domain/lab/analysis";
import { sharedNumbers } from "../server/domain/lab/shared-numbers";
import { chanceFrom } from "../server/domain/repeatable-chance";

export const COVARIATES = 12;
export const PARTICIPANTS = 5_000;

export const LAB_COVARIATES: readonly Covariate[] = Array.from({ length: COVARIATES }, (_, at) => ({
  name: `x${at + 1}`,
  type: "number",
}));

/** How much higher those who took part are in each covariate, in standard deviations. */
const SHIFT = [0.5, -0.3, 0.2, 0.4, -0.2, 0.1, 0.3, -0.1, 0.25, 0, 0.15, -0.35];

/** A third of the covariates are yes or no, a third whole numbers, a third measured to four decimals. */
export function makeLabTable(seed: number, took: number, others: number): LabTable {
  const chance = chanceFrom(seed);
  const rows = took + others;
  // A prime step spreads those who took part evenly among the rows.
  const treated = new Uint8Array(rows);
  for (let at = 0, row = 0; at < took; at += 1) {
    row = (row + 7_919) % rows;
    while (treated[row] === 1) row = (row + 1) % rows;
    treated[row] = 1;
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const columns = LAB_COVARIATES.map(({ name }, at) => {
    const shift = SHIFT[at] ?? 0;
    const values = sharedNumbers(rows);
    for (let row = 0; row < rows; row += 1) {
      const value = normal() + (treated[row] === 1 ? shift : 0);
      values[row] =
        at % 3 === 0
          ? Number(value > 0.5)
          : at % 3 === 1
            ? Math.round(10 + 4 * value)
            : Math.round(value * 10_000) / 10_000;
    }
    return [name, { type: "number", values }] as const;
  });
  return { rows, treated, covariates: new Map(columns), outcomes: new Map() };
}
