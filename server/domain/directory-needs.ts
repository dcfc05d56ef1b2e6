/**
 * Which needs a published service helps with. The rule, in this order:
 * 1. A term that the crosswalk knows by its id: its needs, "by code".
 * 2. Any other term, and the name of the service: what the crosswalk knows by these words; else the needs whose label
 *    or one of whose synonyms holds every telling word of it, three at most; "by words".
 * 3. Only when nothing was found so far: labels and synonyms of two words, or of one long word, that stand whole in
 *    the description, three at most; "by words".
 * What is found by words is marked so, for a person to put right. The same text always gives the same needs.
 */

import { type MatchedNeed, MOST } from "./directory";
import { needsOfLabel, needsOfTerm } from "./directory-crosswalk";
import { NEEDS, type Need } from "./needs";
import { fold, isOneSlip, wordsOf } from "./text-match";

/** A term of a vocabulary, as a source gives it. */
export interface Term {
  /** "esdServiceTypes", "openEligibility"; empty when it is not said. */
  vocabulary: string;
  /** Its address, code and id, whichever it has: any of them may be known. */
  ids: readonly string[];
  name: string;
}

const MOST_BY_WORDS = 3;
/** A single word of a description tells something only when it is long. */
const TELLING_LETTERS = 8;

/** Words that many services have in their names and that say nothing of a need. */
const IDLE = new Set(
  (
    "a advice advise advisory aid all an and area association at based by care center centre charity city club community " +
    "council county department directory drop for foundation free from general group groups guidance health help helpline " +
    "home hub in information line local national network of office older on online or other outreach partnership people " +
    "peoples programme project provision scheme service services support society team the therapy to trust uk with women " +
    "men young youth"
  ).split(" "),
);

/** Long words of the taxonomy that say something else in most descriptions. */
const AMBIGUOUS = new Set(
  "abandonment activities advocate assault boundaries capacity catalogue cleaning deductions disabled disclosure discharged discipline discrimination diversion exercise furniture gardening harassment interview isolated maintenance mediation mobility overdraft password personal prescription release screening shopping something suspended terminal training tribunal volunteer wheelchair".split(
    " ",
  ),
);

interface Said {
  need: Need;
  text: string;
  words: readonly string[];
}

const SAID: readonly Said[] = NEEDS.filter(
  ({ code, retiredOn }) => !retiredOn && !code.startsWith("OTH"),
).flatMap((need) =>
  [need.label, ...need.synonyms].map((text) => ({ need, text: fold(text), words: wordsOf(text) })),
);

/** The needs of a service, each once, in the order found. */
export function matchNeeds(service: {
  name: string;
  description: string;
  terms: readonly Term[];
}): MatchedNeed[] {
  const found = new Map<string, MatchedNeed>();
  const add = (needs: readonly string[], by: MatchedNeed["by"], from: string) => {
    for (const code of needs) {
      const known = found.get(code);
      if (!known || (known.by === "words" && by === "code")) {
        found.set(code, { code, by, from: from.slice(0, MOST.line) });
      }
    }
  };
  for (const term of service.terms) {
    const byId = keysOf(term)
      .map(needsOfTerm)
      .find((needs) => needs !== null);
    if (byId) add(byId, "code", term.name || (term.ids[0] ?? ""));
    else add(needsOfWords(term.name), "words", term.name);
  }
  add(needsOfWords(service.name), "words", service.name);
  if (found.size === 0) {
    for (const { code, from } of needsInText(service.description)) add([code], "words", from);
  }
  return [...found.values()].slice(0, MOST.needs);
}

/** The keys by which the crosswalk may know a term. */
function keysOf({ vocabulary, ids }: Term): string[] {
  const tried = ids.flatMap((text) => {
    const esd = /id\.esd\.org\.uk\/(need|service|circumstance)\/([\w-]+)/i.exec(text);
    if (esd) return [`esd-${esd[1]?.toLowerCase()}:${esd[2]?.toLowerCase()}`];
    const curie = /^([a-z][\w-]*):([\w.-]+)$/i.exec(text);
    const [name, local] = curie ? [curie[1] ?? "", curie[2] ?? ""] : [vocabulary, text];
    const known = vocabularyOf(name) ?? vocabularyOf(vocabulary);
    return known ? [`${known}:${local.toLowerCase()}`] : [];
  });
  return [...new Set(tried)];
}

function vocabularyOf(name: string): string | null {
  const folded = name.toLowerCase().replace(/[^a-z]/g, "");
  if (/^(?:esd)?needs?$/.test(folded)) return "esd-need";
  if (/^(?:esd)?(?:services?|servicetypes?)$/.test(folded)) return "esd-service";
  if (/^(?:esd)?circumstances?$/.test(folded)) return "esd-circumstance";
  return /^openeligibility/.test(folded) ? "open-eligibility" : null;
}

/** Needs of a short text: a term or a name. The whole of it first, then the longest known phrase in it, then its words. */
export function needsOfWords(text: string): string[] {
  const folded = fold(text);
  const whole = needsOfLabel(folded) ?? codesOf(SAID.filter((said) => said.text === folded));
  if (whole.length > 0) return [...whole];
  const words = folded.split(" ");
  for (let length = words.length - 1; length >= 2; length -= 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      const phrase = words.slice(at, at + length);
      const known =
        needsOfLabel(phrase.join(" ")) ?? codesOf(SAID.filter((said) => isPhrase(said.words, phrase)));
      if (known.length > 0) return known.slice(0, MOST_BY_WORDS);
    }
  }
  const telling = words.filter((word) => word.length > 1 && !IDLE.has(word));
  const bare = needsOfLabel(telling.join(" "));
  if (bare) return [...bare];
  // One short word alone stands in too many labels: only a label or synonym that is just this word counts.
  const isBare = telling.length < 2 && (telling[0]?.length ?? 0) < 5;
  const fits = SAID.filter((said) =>
    isBare
      ? said.text === telling[0]
      : telling.every((word) => said.words.some((other) => isSame(word, other))),
  );
  const exact = fits.filter((said) => isPhrase(said.words, telling));
  return codesOf(exact.length > 0 ? exact : fits).slice(0, MOST_BY_WORDS);
}

const codesOf = (said: readonly Said[]) => [...new Set(said.map(({ need }) => need.code))];

/** Whether two phrases are the same word for word, plurals aside. */
const isPhrase = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((word, i) => isSame(word, others[i] ?? ""));

/** A word, its plural, or one slip away from it when it is long. */
function isSame(word: string, other: string): boolean {
  if (word === other || `${word}s` === other || word === `${other}s`) return true;
  return word.length >= 6 && other.length >= 6 && isOneSlip(word, other);
}

/** Needs that a long text names, in its order. */
function needsInText(text: string): { code: string; from: string }[] {
  const padded = ` ${fold(text)} `;
  const hits = SAID.filter(
    ({ text: said, words }) => words.length > 1 || (said.length >= TELLING_LETTERS && !AMBIGUOUS.has(said)),
  ).flatMap(({ need, text: said }) => {
    const at = padded.indexOf(` ${said} `);
    return at === -1 ? [] : [{ code: need.code, from: said, at }];
  });
  hits.sort((a, b) => a.at - b.at || b.from.length - a.from.length || (a.code < b.code ? -1 : 1));
  const first = new Map<string, string>();
  for (const { code, from } of hits) if (!first.has(code)) first.set(code, from);
  return [...first].slice(0, MOST_BY_WORDS).map(([code, from]) => ({ code, from }));
}
