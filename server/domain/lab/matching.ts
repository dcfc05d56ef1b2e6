/**
 * Who is compared with whom: every method of a plan, by one score. Scores are put on a fine grid of whole numbers first,
 * so that what a fit leaves in the sixteenth digit never chooses between people who are equally near; equal ones are
 * taken in the order of the rows. The rules of order and ties are those of R's MatchIt from 4.6 on.
 */

import type { FittedPropensity, LabMethod, LabTable, Matched, OrderRange } from "./analysis";
import { strataOf } from "./exact-strata";
import { matchNearest } from "./matching-nearest";
import { matchRadius } from "./matching-radius";
import { hasTies, inOrderOf, scoreLines } from "./matching-score";
import { matchSubclasses, stratumWeights } from "./matching-strata";
import { keptOf, meanOf } from "./weighted";

/** What a method makes of a table. */
export function matchBy(table: LabTable, fitted: FittedPropensity, method: LabMethod): Matched {
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
      return matchSubclasses(table, scoreLines(table, fitted, { ...method, exact: [] }), method.subclasses);
    case "radius":
      return matchRadius(table, scoreLines(table, fitted, method));
    case "nearest":
      return matchNearest(table, scoreLines(table, fitted, method), method);
  }
}

/** Most tables are matched so often, in other orders; very large ones fewer times. */
const ORDERS = 200;
const FEWEST_ORDERS = 10;
const MOST_ROWS_MATCHED = 10_000_000;

/**
 * What other orders of the rows would make of the difference of an outcome's means. Null where the order changes
 * nothing: by radius and in strata, and where no two scores are equal (which is not enough where the closest pairs go
 * first: two distances may be equal). `chance` gives numbers from 0 to below 1.
 */
export function orderRange(
  table: LabTable,
  fitted: FittedPropensity,
  method: LabMethod,
  outcome: Float64Array,
  chance: () => number,
): OrderRange | null {
  if (method.name !== "nearest") return null;
  const lines = scoreLines(table, fitted, method);
  const isByTurn = !method.replace && (method.order === "data" || method.order === "closest");
  if (!isByTurn && !hasTies(lines)) return null;
  const orders = Math.max(FEWEST_ORDERS, Math.min(ORDERS, Math.floor(MOST_ROWS_MATCHED / table.rows)));
  const range: OrderRange = {
    orders,
    differenceLow: Number.POSITIVE_INFINITY,
    differenceHigh: Number.NEGATIVE_INFINITY,
    treatedLow: Number.POSITIVE_INFINITY,
    treatedHigh: 0,
    comparisonLow: Number.POSITIVE_INFINITY,
    comparisonHigh: 0,
  };
  const places = Uint32Array.from({ length: table.rows }, (_, row) => row);
  for (let time = 0; time < orders; time += 1) {
    shuffle(places, chance);
    const { weights } = matchNearest(table, inOrderOf(lines, places), method);
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

function shuffle(places: Uint32Array, chance: () => number): void {
  for (let at = places.length - 1; at > 0; at -= 1) {
    const other = Math.floor(chance() * (at + 1));
    const kept = places[at] ?? 0;
    places[at] = places[other] ?? 0;
    places[other] = kept;
  }
}
