/**
 * Who is compared with whom: every method of a plan, by one score. Scores are put on a fine grid of whole numbers first,
 * so that what a fit leaves in the sixteenth digit never chooses between people who are equally near; equal ones are
 * taken in the order of the rows. The rules of order and ties are those of R's MatchIt from 4.6 on.
 */

import type { FittedPropensity, LabMethod, LabTable, Matched, OrderRange } from "./analysis";
import { strataOf } from "./exact-strata";
import { matchNearest } from "./matching-nearest";
import { matchRadius } from "./matching-radius";
import { type ScoreLine, scoreLines } from "./matching-score";
import { matchSubclasses, stratumWeights } from "./matching-strata";
import { keptOf, meanOf } from "./weighted";

/** What a method makes of a table. `rowOrder` stands in for the order of the rows, where it settles ties. */
export function matchBy(
  table: LabTable,
  fitted: FittedPropensity,
  method: LabMethod,
  rowOrder: Uint32Array | null = null,
): Matched {
  switch (method.name) {
    case "unmatched":
      return {
        weights: new Float64Array(table.rows).fill(1),
        stratum: null,
        sets: null,
        caliperWidth: null,
      };
    case "exact": {
      const stratum = strataOf(table, method.exact);
      return { ...stratumWeights(table.treated, stratum), sets: null, caliperWidth: null };
    }
    case "subclass":
      return matchSubclasses(
        table,
        scoreLines(table, fitted, { ...method, exact: [] }, rowOrder),
        method.subclasses,
      );
    case "radius":
      return matchRadius(table, scoreLines(table, fitted, method, rowOrder));
    case "nearest":
      return matchNearest(table, scoreLines(table, fitted, method, rowOrder), method);
  }
}

/** Most tables are matched so often, in other orders; very large ones fewer times. */
const ORDERS = 200;
const MOST_ROWS_SORTED = 10_000_000;

/**
 * What other orders of the rows would make of the difference of an outcome's means. Null where the order changes
 * nothing: by radius and in strata, and where no two scores are equal.
 */
export function orderRange(
  table: LabTable,
  fitted: FittedPropensity,
  method: LabMethod,
  outcome: Float64Array,
  chance: () => number,
): OrderRange | null {
  if (method.name !== "nearest") return null;
  const lines = scoreLines(table, fitted, method, null);
  if (!lines.lines.some((line) => hasTies(line, lines.keys)) && (method.order !== "data" || method.replace))
    return null;
  const orders = Math.max(10, Math.min(ORDERS, Math.floor(MOST_ROWS_SORTED / table.rows)));
  const range: OrderRange = {
    orders,
    differenceLow: Number.POSITIVE_INFINITY,
    differenceHigh: Number.NEGATIVE_INFINITY,
    treatedLow: Number.POSITIVE_INFINITY,
    treatedHigh: 0,
    comparisonLow: Number.POSITIVE_INFINITY,
    comparisonHigh: 0,
  };
  const rowOrder = Uint32Array.from({ length: table.rows }, (_, row) => row);
  for (let time = 0; time < orders; time += 1) {
    shuffle(rowOrder, chance);
    const { weights } = matchBy(table, fitted, method, rowOrder);
    const { took, others } = keptOf(table.treated, weights);
    const difference =
      meanOf(outcome, table.treated, 1, weights) - meanOf(outcome, table.treated, 0, weights);
    range.differenceLow = Math.min(range.differenceLow, difference);
    range.differenceHigh = Math.max(range.differenceHigh, difference);
    range.treatedLow = Math.min(range.treatedLow, took);
    range.treatedHigh = Math.max(range.treatedHigh, took);
    range.comparisonLow = Math.min(range.comparisonLow, others);
    range.comparisonHigh = Math.max(range.comparisonHigh, others);
  }
  return range;
}

function hasTies({ rows }: ScoreLine, keys: Float64Array): boolean {
  for (let at = 1; at < rows.length; at += 1)
    if (keys[rows[at] ?? 0] === keys[rows[at - 1] ?? 0]) return true;
  return false;
}

function shuffle(rows: Uint32Array, chance: () => number): void {
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const other = Math.floor(chance() * (at + 1));
    const kept = rows[at] ?? 0;
    rows[at] = rows[other] ?? 0;
    rows[other] = kept;
  }
}
