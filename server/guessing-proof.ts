/**
 * Trying to find NHS numbers in the column of their indexes: there are only some 10^9 of them, so whatever can be worked
 * out without the key gives them away. With the key the same search finds each: it looks in the right place.
 */

import { createHmac, hash } from "node:crypto";
import { blindIndex } from "./identity-vault";

/** How an index would look that needs no key, or a key that everybody can guess. */
const GUESSES: readonly ((value: string) => string)[] = [
  (value) => hash("sha256", value),
  (value) => hash("sha256", `nhs-number|${value}`),
  (value) => hash("sha256", `index|nhs-number|${value}`),
  (value) => hash("md5", value),
  (value) => createHmac("sha256", Buffer.alloc(32)).update(`index|nhs-number|${value}`).digest("hex"),
];

export interface Guessed {
  tried: number;
  /** Values whose index was found without the key. */
  withoutKey: number;
  withKey: number;
}

/** Tries every number of the range for tests (NHS 999…) whose six middle digits lie in a span. */
export function guessNhsNumbers(
  kept: readonly string[],
  { from, to }: { from: number; to: number },
): Guessed {
  const columns = new Set(kept.map((value) => blindIndex("nhs-number", value).toString("hex")));
  const guessed: Guessed = { tried: 0, withoutKey: 0, withKey: 0 };
  for (let stem = from; stem < to; stem += 1) {
    const value = numberOf(stem);
    guessed.tried += 1;
    for (const guess of GUESSES) if (columns.has(guess(value).slice(0, 32))) guessed.withoutKey += 1;
    if (columns.has(blindIndex("nhs-number", value).toString("hex"))) guessed.withKey += 1;
  }
  return guessed;
}

/** The number of six digits with its check digit; those that have none are tried with 0. */
function numberOf(stem: number): string {
  const nine = `999${String(stem).padStart(6, "0")}`;
  const sum = [...nine].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return `${nine}${check === 10 ? 0 : check}`;
}
