/** For tests of matching: people whose scores are given, and the same people in another order. */

import type { FittedPropensity, LabColumn, LabTable } from "./analysis";
import { ascending, onGrid } from "./score-order";

/** A fit that gives these log-odds. */
export function fittedAs(logit: Float64Array): FittedPropensity {
  const probability = logit.map((each) => 1 / (1 + Math.exp(-each)));
  const spread = (values: Float64Array) => {
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
    return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1));
  };
  return {
    propensity: {
      terms: [],
      deviance: Number.NaN,
      nullDeviance: Number.NaN,
      iterations: 0,
      sdLogit: spread(logit),
      sdProbability: spread(probability),
      auc: Number.NaN,
      remarks: [],
    },
    logit,
    probability,
    byScore: ascending(onGrid(logit, "logit")),
  };
}

/** A table of these covariates. */
export function tableOf(
  treated: readonly number[],
  covariates: Readonly<Record<string, LabColumn>> = {},
): LabTable {
  return {
    rows: treated.length,
    treated: Uint8Array.from(treated),
    covariates: new Map(Object.entries(covariates)),
    outcomes: new Map(),
  };
}

export const numbers = (...values: number[]): LabColumn => ({
  type: "number",
  values: Float64Array.from(values),
});

export const category = (levels: readonly string[], ...codes: number[]): LabColumn => ({
  type: "category",
  levels,
  codes: Int32Array.from(codes),
});

/** Rows of a table, in another order or some of them: `rows` says which comes where. */
export function reordered(table: LabTable, rows: readonly number[]): LabTable {
  return {
    ...table,
    rows: rows.length,
    treated: Uint8Array.from(rows, (row) => table.treated[row] ?? 0),
    covariates: new Map(
      [...table.covariates].map(([name, column]): [string, LabColumn] => [
        name,
        column.type === "number"
          ? numbers(...rows.map((row) => column.values[row] ?? Number.NaN))
          : category(column.levels, ...rows.map((row) => column.codes[row] ?? -1)),
      ]),
    ),
  };
}
