/**
 * How a pseudonym is written: ten letters or digits that are not mistaken for one another, and an eleventh that shows a
 * slip: "P-7KQ2-M4XP-0BT". It can be said over the phone and typed again.
 */

/** Crockford's base 32. */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIGNS_BEFORE_CHECK = 10;

/**
 * The pseudonym of some keyed bytes, of which it takes the first 50 bits: among 100,000 people two share one with a
 * chance of 1 in 200,000. Throws for fewer than seven bytes.
 */
export function pseudonymCode(bytes: Uint8Array): string {
  if (bytes.length < 7) throw new Error("A pseudonym is made of seven bytes or more");
  let rest = bytes.subarray(0, 7).reduce((number, byte) => number * 256n + BigInt(byte), 0n) >> 6n;
  const values: number[] = [];
  for (let sign = 0; sign < SIGNS_BEFORE_CHECK; sign += 1) {
    values.unshift(Number(rest % 32n));
    rest /= 32n;
  }
  const text = [...values, checkOf(values)].map((value) => SIGNS[value]).join("");
  return `P-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

/** A pseudonym as somebody typed it, in its one written form; null when there is a slip in it. */
export function readPseudonym(typed: string): string | null {
  const text = typed
    .toUpperCase()
    .replace(/^\s*P[\s-]/, "")
    .replaceAll(/[\s-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  const values = [...text].map((sign) => SIGNS.indexOf(sign));
  if (values.length !== SIGNS_BEFORE_CHECK + 1 || values.includes(-1)) return null;
  if (checkOf(values.slice(0, -1)) !== values.at(-1)) return null;
  return `P-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

/**
 * Sum of the signs, each times another power of x, in the field of 32 elements (x^5 = x^2 + 1): a wrong sign always
 * changes it, and so do two neighbours exchanged.
 */
function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value) => timesX(sum ^ value), 0);
}

function timesX(value: number): number {
  const doubled = value << 1;
  return doubled & 0b100000 ? doubled ^ 0b100101 : doubled;
}
