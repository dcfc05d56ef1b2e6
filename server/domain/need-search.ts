/**
 * Finds needs from what a worker types, best hit first, as they type: over code, label, what workers call it and
 * the definition. Every word typed must be found; the last may be unfinished and one slip a word is forgiven.
 * Runs in the browser over the whole taxonomy.
 */

import { NEEDS, type Need } from "./needs";
import { beginsWithinOneSlip, fold, isOneSlip, wordsOf } from "./text-match";

export interface NeedHit {
  need: Need;
  /** The synonym that was found, when it was one: "skint". */
  synonym: string | null;
}

interface Indexed {
  need: Need;
  code: string;
  label: string;
  labelWords: readonly string[];
  synonyms: readonly { text: string; folded: string; words: readonly string[] }[];
  definitionWords: readonly string[];
}

const INDEX: readonly Indexed[] = NEEDS.map((need) => ({
  need,
  code: fold(need.code),
  label: fold(need.label),
  labelWords: wordsOf(need.label),
  synonyms: need.synonyms.map((text) => ({ text, folded: fold(text), words: wordsOf(text) })),
  definitionWords: wordsOf(need.definition),
}));

/** What a hit is worth: the whole text first, then how its words were found. Only their order matters. */
const WORTH = {
  code: 1000,
  whole: 900,
  codeBegins: 800,
  textBegins: 700,
  wholeWithSlip: 600,
  words: 500,
} as const;

/** Slips are forgiven in words of this length: shorter ones are too near to others. */
const SLIP_LENGTH = 4;

/**
 * Needs that fit the typed text, best first, at most `limit`. Nothing typed gives nothing.
 * Retired needs are left out from the day after they retired, when `day` is given.
 */
export function searchNeeds(typed: string, options: { limit?: number; day?: string } = {}): NeedHit[] {
  const { limit = 20, day } = options;
  const text = fold(typed);
  if (text === "") return [];
  const words = text.split(" ");
  const hits: { hit: NeedHit; worth: number }[] = [];
  for (const entry of INDEX) {
    if (day && entry.need.retiredOn && day > entry.need.retiredOn) continue;
    const found = bestOf(entry, text, words);
    if (found) hits.push({ hit: { need: entry.need, synonym: found.synonym }, worth: found.worth });
  }
  return hits
    .sort((a, b) => b.worth - a.worth || a.hit.need.number - b.hit.need.number)
    .slice(0, limit)
    .map(({ hit }) => hit);
}

function bestOf(
  entry: Indexed,
  text: string,
  words: readonly string[],
): { worth: number; synonym: string | null } | null {
  const compact = text.replaceAll(" ", "");
  if (entry.code.replace(" ", "") === compact) return { worth: WORTH.code, synonym: null };

  const synonym = entry.synonyms.find(({ folded }) => folded === text);
  if (synonym) return { worth: WORTH.whole, synonym: synonym.text };
  if (entry.label === text) return { worth: WORTH.whole - 1, synonym: null };
  if (compact.length >= 3 && entry.code.replace(" ", "").startsWith(compact)) {
    return { worth: WORTH.codeBegins, synonym: null };
  }

  const begins = entry.synonyms.find(({ folded }) => folded.startsWith(text));
  if (entry.label.startsWith(text)) return { worth: WORTH.textBegins + 1, synonym: null };
  if (begins) return { worth: WORTH.textBegins, synonym: begins.text };

  if (text.length >= SLIP_LENGTH) {
    const near = entry.synonyms.find(({ folded }) => isOneSlip(folded, text));
    if (near) return { worth: WORTH.wholeWithSlip, synonym: near.text };
    if (isOneSlip(entry.label, text)) return { worth: WORTH.wholeWithSlip, synonym: null };
  }
  return byWords(entry, words);
}

/** Each word typed is looked for everywhere; where it is found, and how well, makes the hit's worth. */
function byWords(entry: Indexed, words: readonly string[]): { worth: number; synonym: string | null } | null {
  let total = 0;
  let synonym: string | null = null;
  for (const word of words) {
    let best = Math.max(
      wordWorth(entry.labelWords, word, 60),
      wordWorth(entry.definitionWords, word, 20),
      entry.code.split(" ").includes(word) ? 60 : 0,
    );
    for (const candidate of entry.synonyms) {
      const worth = wordWorth(candidate.words, word, 50);
      if (worth <= best) continue;
      best = worth;
      synonym = candidate.text;
    }
    if (best === 0) return null;
    total += best;
  }
  return { worth: Math.min(WORTH.words, total / words.length), synonym };
}

function wordWorth(among: readonly string[], word: string, most: number): number {
  let best = 0;
  for (const candidate of among) {
    if (candidate === word) return most;
    if (candidate.startsWith(word)) best = Math.max(best, most - 5);
    else if (word.length >= SLIP_LENGTH && beginsWithinOneSlip(candidate, word)) {
      best = Math.max(best, most - 12);
    }
  }
  return best;
}
