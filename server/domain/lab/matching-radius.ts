/**
 * Radius: everybody within the caliper, each with an equal part of the weight of whom they are compared with. Two
 * pointers walk along the scores and a difference array takes the parts, so that no table of pairs is ever made: the
 * answer has no order in it.
 */

import type { LabTable, Matched } from "./analysis";
import type { ScoreLines } from "./matching-score";
import { scaleComparisons } from "./weighted";

/** Weights of everybody, and for each participant who is kept the others within reach. Each line is in order of score. */
export function matchRadius(
  { treated, rows }: LabTable,
  { lines, keys, reach, caliperWidth }: ScoreLines,
): Matched {
  const weights = new Float64Array(rows);
  const sets: { treated: number; controls: Uint32Array }[] = [];
  for (const line of lines) {
    const controls = line.rows.filter((row) => treated[row] === 0);
    const parts = new Float64Array(controls.length + 1);
    const open = new Int32Array(controls.length + 1);
    let [from, to] = [0, 0];
    for (let at = 0; at < line.rows.length; at += 1) {
      const row = line.rows[at] ?? 0;
      if (treated[row] !== 1) continue;
      const key = keys[row] ?? 0;
      while (from < controls.length && (keys[controls[from] ?? 0] ?? 0) < key - reach) from += 1;
      while (to < controls.length && (keys[controls[to] ?? 0] ?? 0) <= key + reach) to += 1;
      if (to === from) continue;
      weights[row] = 1;
      sets.push({ treated: row, controls: controls.subarray(from, to) });
      const part = 1 / (to - from);
      parts[from] = (parts[from] ?? 0) + part;
      parts[to] = (parts[to] ?? 0) - part;
      open[from] = (open[from] ?? 0) + 1;
      open[to] = (open[to] ?? 0) - 1;
    }
    let [sum, count] = [0, 0];
    for (let at = 0; at < controls.length; at += 1) {
      count += open[at] ?? 0;
      sum += parts[at] ?? 0;
      // Nobody reaches here: what rounding left of the parts is no weight.
      if (count === 0) sum = 0;
      weights[controls[at] ?? 0] = sum;
    }
  }
  sets.sort((a, b) => a.treated - b.treated);
  return { weights: scaleComparisons(treated, weights), stratum: null, sets, caliperWidth };
}
