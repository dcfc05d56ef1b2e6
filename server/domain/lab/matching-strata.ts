/** Strata: people with the same values, or with scores between the same quantiles of those who took part. */

import { Invalid } from "../errors";
import type { LabTable, Matched } from "./analysis";
import type { ScoreLines } from "./matching-score";
import { scaleComparisons } from "./weighted";

/** Weights within strata; -1 and no weight where one side is missing. Strata are numbered from 0 in the answer. */
export function stratumWeights(
  treated: Uint8Array,
  strata: Int32Array,
): Pick<Matched, "weights"> & { stratum: Int32Array } {
  const took: number[] = [];
  const others: number[] = [];
  for (let row = 0; row < strata.length; row += 1) {
    const at = strata[row] ?? -1;
    if (at < 0) continue;
    const side = treated[row] === 1 ? took : others;
    side[at] = (side[at] ?? 0) + 1;
  }
  const weights = new Float64Array(strata.length);
  const stratum = strata.map((at, row) => {
    const [here = 0, beside = 0] = [took[at], others[at]];
    if (at < 0 || here === 0 || beside === 0) return -1;
    weights[row] = treated[row] === 1 ? 1 : here / beside;
    return at;
  });
  return { weights: scaleComparisons(treated, weights), stratum };
}

/**
 * Subclasses between quantiles of the scores of those who took part (R's type 7; a score on a border belongs above it;
 * scores beyond the ends belong to the first or last). One without people on both sides is joined to the one below it.
 */
export function matchSubclasses(table: LabTable, { lines, keys }: ScoreLines, subclasses: number): Matched {
  const { treated } = table;
  const rows = lines[0]?.rows ?? new Uint32Array(0);
  const scores = Float64Array.from(
    rows.filter((row) => treated[row] === 1),
    (row) => keys[row] ?? 0,
  );
  if (scores.length === 0)
    throw new Invalid("There is nobody who took part and can be compared with anybody.");
  const borders = Array.from({ length: subclasses - 1 }, (_, at) => quantile(scores, (at + 1) / subclasses));
  const strata = new Int32Array(table.rows).fill(-1);
  let at = 0;
  let [took, others] = [0, 0];
  let border = 0;
  for (const row of rows) {
    while (border < borders.length && (keys[row] ?? 0) >= (borders[border] ?? 0)) {
      border += 1;
      if (took === 0 || others === 0) continue;
      at += 1;
      took = 0;
      others = 0;
    }
    strata[row] = at;
    if (treated[row] === 1) took += 1;
    else others += 1;
  }
  if ((took === 0 || others === 0) && at > 0)
    for (const row of rows) if (strata[row] === at) strata[row] = at - 1;
  return { ...stratumWeights(treated, strata), sets: null, caliperWidth: null };
}

/** Type 7 (Hyndman and Fan 1996) of values in ascending order. */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at + 4 * Number.EPSILON);
  const [value = 0, next = value] = [sorted[low], sorted[low + 1]];
  return value + Math.max(0, at - low) * (next - value);
}
