/**
 * Chance that repeats: the same seed gives the same draws on every machine. For made worlds only, never for
 * keys, ids of real records or the noise of figures.
 */

/** A stream of draws. Streams of different names are independent, so one part can change without the others. */
export class Chance {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(readonly seed: string) {
    // Three 32-bit words by FNV-1a over the seed with three different tails.
    const word = (tail: string) => {
      let hash = 0x811c9dc5;
      for (const character of seed + tail) {
        hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
      }
      return hash >>> 0;
    };
    [this.#a, this.#b, this.#c] = [word("\u0001"), word("\u0002"), word("\u0003")];
    for (let i = 0; i < 12; i++) this.next();
  }

  /** An independent stream of its own name. */
  stream(name: string): Chance {
    return new Chance(`${this.seed}/${name}`);
  }

  /** The next 32 bits: sfc32 of PractRand. */
  next(): number {
    const t = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return t >>> 0;
  }

  /** At least 0, below 1. */
  unit(): number {
    return this.next() / 2 ** 32;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** True with a probability. */
  happens(probability: number): boolean {
    return this.unit() < probability;
  }

  /** From a normal distribution (Box and Muller). */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.unit());
  }

  /** One of a list, each as likely. */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new Error("There is nothing to pick from");
    return picked;
  }

  /** One of a list by weight. */
  weighted<T>(list: readonly T[], weightOf: (item: T) => number): T {
    let left = this.unit() * list.reduce((sum, item) => sum + weightOf(item), 0);
    for (const item of list) {
      left -= weightOf(item);
      if (left < 0) return item;
    }
    return this.pick(list);
  }
}

/** A UUID v7 of an instant whose other bits come from a stream: the same world has the same ids. */
export function madeId(chance: Chance, at: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const time = hex(at, 12);
  const [a, b, c] = [chance.next(), chance.next(), chance.next()];
  const variant = hex(0x8000 | (b & 0x3fff), 4);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a & 0xfff, 3)}-${variant}-${hex(a >>> 16, 4)}${hex(c, 8)}`;
}
