/**
 * A million NHS numbers tried against the column of their indexes, without the key: none is found. The short form is
 * `server/identity-vault.test.ts`.
 */

import { guessNhsNumbers } from "../server/guessing-proof";
import { type Bench, timed } from "./bench";
import { holdBenchKeys } from "./world";

const NUMBERS = 1_000_000;

export const guessing: Bench = {
  name: "guessing",
  about: "a million NHS numbers tried against their indexes without the key: none is found",
  async run({ measured }) {
    holdBenchKeys();
    let guessed = { tried: 0, withoutKey: 0, withKey: 0 };
    const product_ms = await timed(async () => {
      guessed = guessNhsNumbers(["9990471118", "9990471223"], { from: 0, to: NUMBERS });
    });
    measured({
      bench: "guessing",
      case: "without the key",
      rows: 0,
      product_ms,
      tried: guessed.tried,
      found: guessed.withoutKey,
      found_with_key: guessed.withKey,
      ok: guessed.withoutKey === 0 && guessed.withKey === 2,
    });
  },
};
