/**
 * Everybody in the order of a score, by exact stratum: what nearest neighbours, radius and subclasses start from. Whoever
 * can be compared with nobody is not in it.
 */

import type { FittedPropensity, LabTable } from "./analysis";
import { strataOf } from "./exact-strata";
import { ascending, GRID, onGrid, type ScoreName } from "./score-order";

/** Rows of one exact stratum, from the lowest score to the highest, equal ones in the order of the rows. */
export interface ScoreLine {
  rows: Uint32Array;
}

export interface ScoreLines {
  lines: readonly ScoreLine[];
  /** Score of each row, in steps. */
  keys: Float64Array;
  /** Place of each row in the order of the rows. */
  places: Uint32Array | null;
  /** Steps within which two people may be compared; Infinity: any. */
  reach: number;
  /** The same on the scale of the score. */
  caliperWidth: number | null;
}

export function scoreLines(
  table: LabTable,
  fitted: FittedPropensity,
  how: { score: ScoreName; caliper?: number | null; exact: readonly string[] },
  rowOrder: Uint32Array | null,
): ScoreLines {
  const { propensity } = fitted;
  const sd = how.score === "logit" ? propensity.sdLogit : propensity.sdProbability;
  const caliperWidth = how.caliper == null ? null : how.caliper * sd;
  const keys = onGrid(how.score === "logit" ? fitted.logit : fitted.probability, how.score);
  const order = rowOrder === null && how.score === "logit" ? fitted.byScore : sorted(keys, rowOrder);
  const isSetAside = (at: number) => !Number.isFinite(fitted.logit[fitted.byScore[at] ?? 0] ?? 0);
  // Whoever is set aside stands at an end.
  const can =
    isSetAside(0) || isSetAside(table.rows - 1)
      ? order.filter((row) => Number.isFinite(fitted.logit[row] ?? Infinity))
      : order;
  return {
    lines: how.exact.length === 0 ? [{ rows: can }] : parted(can, strataOf(table, how.exact)),
    keys,
    places: rowOrder && placesOf(rowOrder),
    reach: caliperWidth === null ? Number.POSITIVE_INFINITY : caliperWidth * GRID[how.score],
    caliperWidth,
  };
}

function sorted(keys: Float64Array, rowOrder: Uint32Array | null): Uint32Array {
  if (!rowOrder) return ascending(keys);
  const moved = Float64Array.from(rowOrder, (row) => keys[row] ?? 0);
  return ascending(moved).map((place) => rowOrder[place] ?? 0);
}

function placesOf(rowOrder: Uint32Array): Uint32Array {
  const places = new Uint32Array(rowOrder.length);
  for (const [place, row] of rowOrder.entries()) places[row] = place;
  return places;
}

function parted(rows: Uint32Array, stratum: Int32Array): ScoreLine[] {
  const counts: number[] = [];
  for (const row of rows) counts[stratum[row] ?? 0] = (counts[stratum[row] ?? 0] ?? 0) + 1;
  const lines = Array.from(counts, (count = 0) => ({ rows: new Uint32Array(count) }));
  const filled = new Uint32Array(counts.length);
  for (const row of rows) {
    const at = stratum[row] ?? 0;
    const line = lines[at];
    if (line) line.rows[filled[at] ?? 0] = row;
    filled[at] = (filled[at] ?? 0) + 1;
  }
  return lines;
}
