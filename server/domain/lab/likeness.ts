/**
 * How alike two cohorts are, told without keeping either: of 256 hash functions each keeps the least value over its
 * people (MinHash: Broder 1997, On the resemblance of documents), and the share of equal ones is about the share of
 * people that the two have in common of all in either, within 0.04 at nine in ten. The hashes are keyed; keys stay outside.
 */

export const SLOTS = 256;
const NOBODY = 0xffff_ffff;

/** The least values over people, each given by a keyed digest of 8 bytes or more. */
export function likenessOf(digests: Iterable<Uint8Array>): Uint32Array<ArrayBuffer> {
  const slots = new Uint32Array(SLOTS).fill(NOBODY);
  for (const digest of digests) {
    const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
    const [one, step] = [view.getUint32(0), view.getUint32(4) | 1];
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const value = mixed((one + Math.imul(slot, step)) | 0);
      if (value < (slots[slot] ?? 0)) slots[slot] = value;
    }
  }
  return slots;
}

/** About the share of people in both, of those in either; 0 where one of them has nobody. */
export function likeness(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let slot = 0; slot < SLOTS; slot += 1) {
    if (a[slot] === b[slot] && a[slot] !== NOBODY) equal += 1;
  }
  return equal / SLOTS;
}

/** A word stirred so that each bit hangs on every other (the last step of MurmurHash3). */
function mixed(word: number): number {
  let w = word;
  w = Math.imul(w ^ (w >>> 16), 0x85eb_ca6b);
  w = Math.imul(w ^ (w >>> 13), 0xc2b2_ae35);
  return (w ^ (w >>> 16)) >>> 0;
}
