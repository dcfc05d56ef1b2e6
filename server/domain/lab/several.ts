/** Several outcomes asked at once: p values that allow for all of them. */

/**
 * Holm's correction: whatever is true of the outcomes, the chance of calling any difference significant that is none
 * stays at 5% (Holm 1979, Scandinavian Journal of Statistics 6; R's `p.adjust`). In the order of the question.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p);
  const corrected = new Array<number>(ps.length).fill(1);
  let largest = 0;
  order.forEach(({ p, at }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (ps.length - rank)));
    corrected[at] = largest;
  });
  return corrected;
}
