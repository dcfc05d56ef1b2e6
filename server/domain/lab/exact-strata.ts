/** People with the same values of some covariates. */

import type { LabTable } from "./analysis";
import { columnOf } from "./propensity-model";

/** Number of each row's stratum: rows with the same values of these covariates; not known is a value of its own. */
export function strataOf(table: LabTable, names: readonly string[]): Int32Array {
  let strata = new Int32Array(table.rows);
  for (const name of names) {
    const column = columnOf(table, name);
    const values = column.type === "number" ? column.values : column.codes;
    const numberOf = new Map<string | number, number>();
    const next = new Int32Array(table.rows);
    for (let row = 0; row < table.rows; row += 1) {
      const key = `${strata[row] ?? 0} ${(values[row] ?? 0) + 0}`;
      let number = numberOf.get(key);
      if (number === undefined) {
        number = numberOf.size;
        numberOf.set(key, number);
      }
      next[row] = number;
    }
    strata = next;
  }
  return strata;
}
