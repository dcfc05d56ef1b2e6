/** Draws that the worlds of the attacks are made of: numbers of arrivals, and keys of people nobody has met. */

import type { Chance } from "../../server/demo/random";

/** From here on a Poisson number is drawn from the normal distribution, which differs by less than the attacks see. */
const LARGE_MEAN = 60;

/** How many arrive where so many are expected (Knuth; normal for large means). */
export function poisson(chance: Chance, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > LARGE_MEAN) return Math.max(0, Math.round(chance.normal(mean, Math.sqrt(mean))));
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; product *= chance.unit()) count += 1;
  return count;
}

/** A whole number from `from` to `to`, both possible. */
export function between(chance: Chance, from: number, to: number): number {
  return from + chance.below(to - from + 1);
}

/**
 * What the statistics call a person nobody has met. A record key is a keyed hash, so to whoever has no key, and in
 * sums, it is 64 bits of chance; the hashes that make errors and quotas are always the real ones.
 */
export function newPerson(chance: Chance): bigint {
  return BigInt.asIntN(64, (BigInt(chance.next()) << 32n) | BigInt(chance.next()));
}
