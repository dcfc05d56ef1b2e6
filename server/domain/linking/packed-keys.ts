/**
 * Blocking for millions of records in little memory: a key is a bit that says whether it is an identifier's, and 39 of
 * a hash, beside 24 bits for its record, so that sorting numbers brings those that share a key together, and a pair is
 * one number. Two keys of one hash (about 100 in ten million) bring a pair together that shares none: it is compared
 * as any other, and left.
 */

import { isBlockOfIdentifier } from "./blocking";
import { areTooMany } from "./oversized-keys";

/** Records that 24 bits can tell apart. */
export const MOST_RECORDS = 2 ** 24;

/** The two halves of a packed key: 32 bits of its hash, and 7 more below the bit of identifiers (after cyrb53, public domain: two multiplicative mixes). */
export function packKey(text: string, into: Uint32Array, at: number): void {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  into[at] = two >>> 0;
  into[at + 1] = (one >>> 25) | (isBlockOfIdentifier(text) ? IDENTIFIER_BIT : 0);
}

const IDENTIFIER_BIT = 0x80;

/** What the keys of many records come to. */
interface PackedPairs {
  /** Every pair of records that share a key, each once and in order, as the number `a * records + b`, a below b. */
  pairs: Float64Array;
  /** Keys that too many share: passed over. */
  oversized: number;
  /** Records with an identifier that too many carry. */
  carriers: ReadonlySet<number>;
}

/** Keys of many records, sorted so that those of one hash lie together. */
export class PackedKeys {
  readonly #keys: BigUint64Array;
  readonly #halves: Uint32Array;
  #length = 0;

  constructor(most: number) {
    this.#keys = new BigUint64Array(most);
    // Low half first: as every processor that Node runs on has it.
    this.#halves = new Uint32Array(this.#keys.buffer);
  }

  add(high: number, low: number, record: number): void {
    const at = 2 * this.#length;
    this.#halves[at] = ((low << 24) | record) >>> 0;
    this.#halves[at + 1] = high;
    this.#length += 1;
  }

  /** The pairs among so many records. */
  pairs(records: number): PackedPairs {
    const keys = this.#keys.subarray(0, this.#length).sort();
    const halves = new Uint32Array(keys.buffer, keys.byteOffset, 2 * keys.length);
    const found = new Numbers();
    const carriers = new Set<number>();
    let oversized = 0;
    for (let start = 0; start < keys.length; ) {
      const [low = 0, high = 0] = [halves[2 * start], halves[2 * start + 1]];
      let end = start + 1;
      while (
        end < keys.length &&
        halves[2 * end + 1] === high &&
        (halves[2 * end] ?? 0) >>> 24 === low >>> 24
      )
        end += 1;
      const isOfIdentifier = ((low >>> 24) & IDENTIFIER_BIT) !== 0;
      if (areTooMany(end - start, isOfIdentifier)) {
        oversized += 1;
        for (let one = start; isOfIdentifier && one < end; one += 1) {
          carriers.add((halves[2 * one] ?? 0) & 0xffffff);
        }
      } else {
        for (let one = start; one < end; one += 1) {
          const a = (halves[2 * one] ?? 0) & 0xffffff;
          for (let other = one + 1; other < end; other += 1) {
            // Records of one hash stand in order, so a is below b, or the same where two of its keys have one hash.
            const b = (halves[2 * other] ?? 0) & 0xffffff;
            if (a !== b) found.add(a * records + b);
          }
        }
      }
      start = end;
    }
    return { pairs: distinct(found.taken()), oversized, carriers };
  }
}

/** A growing list of numbers without a box for each. */
class Numbers {
  #values = new Float64Array(1 << 16);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(2 * this.#length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  taken(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}

/** Sorted, each once; in the array it was given. */
function distinct(values: Float64Array): Float64Array {
  values.sort();
  let kept = 0;
  let last = -1;
  for (const value of values) {
    if (value === last) continue;
    values[kept] = value;
    kept += 1;
    last = value;
  }
  return values.subarray(0, kept);
}
