/** Scores on a fine grid, and rows from the lowest to the highest, equal ones in the order of the table. */

/** Steps of the grid on which scores are compared: much finer than any difference, much coarser than rounding. */
export const GRID = { logit: 1e10, probability: 1e12 } as const;
export type ScoreName = keyof typeof GRID;

/** A score in whole steps of its grid. Infinity stays. */
export function onGrid(values: Float64Array, score: ScoreName): Float64Array {
  const steps = GRID[score];
  const keys = new Float64Array(values.length);
  for (let row = 0; row < keys.length; row += 1) keys[row] = Math.round((values[row] ?? 0) * steps);
  return keys;
}

const DIGITS = 1 << 16;
/** Fewer than these are sorted sooner by comparing. */
const FEW = 4_096;

/** Indices of values in ascending order, stable, by a radix sort on the bits; infinities at the ends, NaN last. */
export function ascending(values: Float64Array): Uint32Array {
  const rows = values.length;
  let order = Uint32Array.from({ length: rows }, (_, row) => row);
  if (rows < FEW) return order.sort((a, b) => compare(values[a] ?? 0, values[b] ?? 0) || a - b);
  const keys = keysOf(values);
  let into = new Uint32Array(rows);
  const counts = new Uint32Array(DIGITS);
  // Four digits of 16 bits, the lowest first; words lie low then high.
  for (let digit = 0; digit < 4; digit += 1) {
    const word = digit >> 1;
    const shift = (digit & 1) * 16;
    counts.fill(0);
    for (let row = 0; row < rows; row += 1) {
      const key = ((keys[2 * row + word] ?? 0) >>> shift) & 0xffff;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    if (counts.includes(rows)) continue;
    let before = 0;
    for (let key = 0; key < DIGITS; key += 1) {
      const count = counts[key] ?? 0;
      counts[key] = before;
      before += count;
    }
    for (let at = 0; at < rows; at += 1) {
      const row = order[at] ?? 0;
      const key = ((keys[2 * row + word] ?? 0) >>> shift) & 0xffff;
      const place = counts[key] ?? 0;
      counts[key] = place + 1;
      into[place] = row;
    }
    [order, into] = [into, order];
  }
  return order;
}

function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Bits of each value as two words, turned so that they sort as the numbers do: negative ones have all bits flipped. */
function keysOf(values: Float64Array): Uint32Array {
  const own = new Float64Array(values.length);
  // Adding 0 makes -0 the 0 that it equals.
  for (let row = 0; row < values.length; row += 1) own[row] = (values[row] ?? 0) + 0;
  const words = new Uint32Array(own.buffer);
  for (let at = 0; at < words.length; at += 2) {
    const high = words[at + 1] ?? 0;
    if (high >>> 31 === 1) {
      words[at] = ~(words[at] ?? 0);
      words[at + 1] = ~high;
    } else words[at + 1] = (high | 0x80000000) >>> 0;
  }
  return words;
}
