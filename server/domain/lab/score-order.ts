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

/** Fewer than these are sorted sooner by comparing. */
const FEW = 4_096;

/** Indices of values in ascending order, stable, by a radix sort; infinities at the ends, NaN last. */
export function ascending(values: Float64Array): Uint32Array {
  if (values.length < FEW)
    return indices(values.length).sort((a, b) => compare(values[a] ?? 0, values[b] ?? 0) || a - b);
  return sortedByWords(wordsOfIntegers(values) ?? wordsOfBits(values));
}

const indices = (length: number) => {
  const all = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) all[at] = at;
  return all;
};

function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is sorted by: two words a value, of so many bits each. */
interface Words {
  low: Uint32Array;
  high: Uint32Array;
  bits: number;
}

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Whole numbers are sorted by how far they are from the least: scores on their grid, ages, counts. */
const INTEGER_WORD_BITS = 22;

/** Null where a value is no whole number, or too far from another. */
function wordsOfIntegers(values: Float64Array): Words | null {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? 0;
    if (Math.floor(value) !== value) return null;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const word = 2 ** INTEGER_WORD_BITS;
  if (!(most - least < word * word)) return null;
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const above = (values[row] ?? 0) - least;
    const times = Math.floor(above / word);
    high[row] = times;
    low[row] = above - times * word;
  }
  return { low, high, bits: INTEGER_WORD_BITS };
}

/** Bits of each value, turned so that they sort as the numbers do: negative ones have all of them flipped. */
function wordsOfBits(values: Float64Array): Words {
  const own = new Float64Array(values.length);
  // Adding 0 makes -0 the 0 that it equals.
  for (let row = 0; row < values.length; row += 1) own[row] = (values[row] ?? 0) + 0;
  const bits = new Uint32Array(own.buffer);
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const [lower = 0, upper = 0] = [bits[2 * row], bits[2 * row + 1]];
    const isNegative = upper >>> 31 === 1;
    low[row] = isNegative ? ~lower : lower;
    high[row] = isNegative ? ~upper : upper | 0x80000000;
  }
  return { low, high, bits: 32 };
}

/** Places digit after digit, the lowest first; the words move with the rows, so that memory is read in its order. */
function sortedByWords({ low, high, bits }: Words): Uint32Array {
  const rows = low.length;
  let [order, into] = [indices(rows), new Uint32Array(rows)];
  let [words, wordsInto]: [Uint32Array, Uint32Array] = [low, new Uint32Array(rows)];
  let [others, othersInto]: [Uint32Array, Uint32Array] = [high, new Uint32Array(rows)];
  const places = new Uint32Array(DIGITS);
  for (const word of [0, 1]) {
    if (word === 1) [words, others] = [others, words];
    for (let shift = 0; shift < bits; shift += DIGIT_BITS) {
      if (!placesOf(words, shift, places)) continue;
      for (let at = 0; at < rows; at += 1) {
        const value = words[at] ?? 0;
        const digit = (value >>> shift) & (DIGITS - 1);
        const place = places[digit] ?? 0;
        places[digit] = place + 1;
        wordsInto[place] = value;
        othersInto[place] = others[at] ?? 0;
        into[place] = order[at] ?? 0;
      }
      [order, into] = [into, order];
      [words, wordsInto] = [wordsInto, words];
      [others, othersInto] = [othersInto, others];
    }
  }
  return order;
}

/** Where the values of each digit begin. False where all have one digit. */
function placesOf(words: Uint32Array, shift: number, places: Uint32Array): boolean {
  places.fill(0);
  for (let at = 0; at < words.length; at += 1) {
    const digit = ((words[at] ?? 0) >>> shift) & (DIGITS - 1);
    places[digit] = (places[digit] ?? 0) + 1;
  }
  let before = 0;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const count = places[digit] ?? 0;
    if (count === words.length) return false;
    places[digit] = before;
    before += count;
  }
  return true;
}
