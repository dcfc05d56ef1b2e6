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
  /** Place of each row in another order of the rows than the table's. */
  places: Uint32Array | null;
  /** Steps within which two people may be compared; Infinity: any. */
  reach: number;
  /** The same on the scale of the score. */
  caliperWidth: number | null;
}

/**
 * Everybody who can be compared, by score, in lines that are only compared within themselves. `caliper` is in standard
 * deviations of the score that is named; null: any distance.
 */
export function scoreLines(
  table: LabTable,
  fitted: FittedPropensity,
  how: { score: ScoreName; caliper?: number | null; exact: readonly string[] },
): ScoreLines {
  const { propensity } = fitted;
  const sd = how.score === "logit" ? propensity.sdLogit : propensity.sdProbability;
  const caliperWidth = how.caliper == null ? null : how.caliper * sd;
  const keys = onGrid(how.score === "logit" ? fitted.logit : fitted.probability, how.score);
  const order = how.score === "logit" ? fitted.byScore : ascending(keys);
  const isSetAside = (at: number) => !Number.isFinite(fitted.logit[fitted.byScore[at] ?? 0] ?? 0);
  // Whoever is set aside stands at an end.
  const can =
    isSetAside(0) || isSetAside(table.rows - 1)
      ? order.filter((row) => Number.isFinite(fitted.logit[row] ?? Infinity))
      : order;
  return {
    lines: how.exact.length === 0 ? [{ rows: can }] : parted(can, strataOf(table, how.exact)),
    keys,
    places: null,
    reach: caliperWidth === null ? Number.POSITIVE_INFINITY : caliperWidth * GRID[how.score],
    caliperWidth,
  };
}

/** Whether any two scores of a line are equal. */
export function hasTies({ lines, keys }: ScoreLines): boolean {
  return lines.some(({ rows }) => {
    for (let at = 1; at < rows.length; at += 1)
      if (keys[rows[at] ?? 0] === keys[rows[at - 1] ?? 0]) return true;
    return false;
  });
}

/** The same lines in another order of the rows: among equal scores it decides who comes first. */
export function inOrderOf({ lines, keys, ...rest }: ScoreLines, places: Uint32Array): ScoreLines {
  const moved = lines.map(({ rows: before }) => {
    const rows = before.slice();
    for (let from = 0, to = 1; from < rows.length; from = to, to += 1) {
      const key = keys[rows[from] ?? 0];
      while (to < rows.length && keys[rows[to] ?? 0] === key) to += 1;
      if (to > from + 1) rows.subarray(from, to).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
    }
    return { rows };
  });
  return { ...rest, lines: moved, keys, places };
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
