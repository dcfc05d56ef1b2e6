/** Why a pair was scored as it was, in plain words and without a value of anybody. */

import { VETO_WORDS, wordsOf } from "./level-words";
import type { Score } from "./model";

/** "given name the same, home elsewhere; against: may be twins". */
export function reasonOf({ parts, vetoes }: Pick<Score, "parts" | "vetoes">): string {
  const said = parts.map(({ field, level }) => wordsOf(field, level)?.reason ?? `${field} ${level}`);
  const against = vetoes.map(({ rule }) => VETO_WORDS[rule].reason);
  return against.length === 0 ? said.join(", ") : `${said.join(", ")}; against: ${against.join(", ")}`;
}
