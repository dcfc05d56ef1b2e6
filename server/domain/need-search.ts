/**
 * Finds needs from what a worker types, best hit first, as they type: over code, label, what workers call it, the
 * definition and the domain. The words may come in any order, in the plural and with one slip each; the last may
 * be unfinished. Runs in the browser at every key: the index is made once, at the first search.
 */

import { type LetterTree, letterTree } from "./letter-tree";
import { domainOf, NEEDS, type Need } from "./needs";
import { fold, singular, wordsOf } from "./text-match";

export interface NeedHit {
  need: Need;
  /** The synonym that was found, when it was one: "skint". */
  synonym: string | null;
}

/**
 * What a hit is worth; only the order matters. The whole text comes first, then how it begins, then its words: all
 * of them in one name, then here and there. Up to 100 is added for how much of a name the words are, so that words
 * without a slip which are most of a name come before a name with a slip, and others after it.
 */
const WORTH = {
  code: 1000,
  whole: 900,
  sameWords: 880,
  codeBegins: 800,
  textBegins: 700,
  wholeWithSlip: 640,
  exactWordsOfOneName: 600,
  textBeginsWithSlip: 560,
  wordsOfOneName: 400,
  words: 100,
  fewWords: 0,
} as const;

/** How well a typed word was found. */
const QUALITY = { exact: 1, plural: 0.95, begins: 0.8, slip: 0.7, beginsWithSlip: 0.5, stem: 0.4 } as const;

/** Where a typed word was found that is not all in one name. */
const WHERE = { label: 60, synonym: 50, definition: 20, domain: 10 } as const;

/** Slips are forgiven in texts of this length: shorter ones are too near to others. */
const SLIP_LENGTH = 4;

/** Words that tell nothing between others: "behind on the rent" is "behind on rent". */
const LITTLE = new Set(
  "a an and are at be by for from has have he her his i in is it my not of on or our she that the their they to with".split(
    " ",
  ),
);

/** Endings that may differ when nothing else was found. */
const ENDING = /(?:ing|ed|er|ion|ation|ment|ness|ly|y|e)$/;

/** A name of a need: its label or what workers call it. */
interface Name {
  need: number;
  text: string;
  words: readonly string[];
  /** Null for the label. */
  synonym: string | null;
}

interface Index {
  codes: readonly string[];
  names: readonly Name[];
  /** Texts of the names, and by their places which names have them. */
  texts: LetterTree;
  byText: readonly (readonly number[])[];
  /** Names by their words in the singular and in order. */
  byWords: ReadonlyMap<string, readonly Name[]>;
  /** Every word of a name, definition or domain; its other number; and where it stands. */
  vocabulary: LetterTree;
  bySingular: ReadonlyMap<string, readonly string[]>;
  inNames: ReadonlyMap<string, readonly number[]>;
  elsewhere: ReadonlyMap<string, readonly { need: number; where: number }[]>;
}

let made: Index | null = null;

const telling = (words: readonly string[]) => {
  const kept = words.filter((word) => !LITTLE.has(word));
  return kept.length > 0 ? kept : words;
};
const wordKey = (words: readonly string[]) => telling(words).map(singular).sort().join(" ");

function makeIndex(): Index {
  const names = NEEDS.flatMap(({ label, synonyms }, need) =>
    [{ shown: label, synonym: null }, ...synonyms.map((synonym) => ({ shown: synonym, synonym }))].map(
      ({ shown, synonym }): Name => ({ need, text: fold(shown), words: telling(wordsOf(shown)), synonym }),
    ),
  );
  const withText = new Map<string, number[]>();
  const byWords = new Map<string, Name[]>();
  const inNames = new Map<string, number[]>();
  const elsewhere = new Map<string, { need: number; where: number }[]>();
  names.forEach((name, at) => {
    addTo(withText, name.text, at);
    addTo(byWords, wordKey(name.words), name);
    for (const word of new Set(name.words)) addTo(inNames, word, at);
  });
  NEEDS.forEach((each, need) => {
    const words = (text: string) => new Set(telling(wordsOf(text)));
    for (const word of words(each.definition)) addTo(elsewhere, word, { need, where: WHERE.definition });
    for (const word of words(domainOf(each).label)) addTo(elsewhere, word, { need, where: WHERE.domain });
  });
  const texts = letterTree(withText.keys());
  const vocabulary = letterTree([...inNames.keys(), ...elsewhere.keys()]);
  const bySingular = new Map<string, string[]>();
  for (const word of vocabulary.texts) addTo(bySingular, singular(word), word);
  return {
    codes: NEEDS.map(({ code }) => compact(fold(code))),
    names,
    texts,
    byText: texts.texts.map((text) => withText.get(text) ?? []),
    byWords,
    vocabulary,
    bySingular,
    inNames,
    elsewhere,
  };
}

const compact = (text: string) => text.replaceAll(" ", "");

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}

/** The best that was found of each need. */
class Best {
  readonly #hits = new Map<number, { worth: number; synonym: string | null }>();

  add(need: number, worth: number, synonym: string | null): void {
    const held = this.#hits.get(need);
    if (!held || worth > held.worth) this.#hits.set(need, { worth, synonym });
  }

  get isEmpty(): boolean {
    return this.#hits.size === 0;
  }

  /** Best first; of equals the one that stands first in the taxonomy. */
  inOrder(): { need: number; synonym: string | null }[] {
    return [...this.#hits]
      .map(([need, hit]) => ({ need, ...hit }))
      .sort((a, b) => b.worth - a.worth || a.need - b.need);
  }
}

/**
 * Needs that fit the typed text, best first, at most `limit`. Nothing typed gives nothing.
 * Retired needs are left out from the day after they retired, when `day` is given.
 */
export function searchNeeds(typed: string, options: { limit?: number; day?: string } = {}): NeedHit[] {
  const { limit = 20, day } = options;
  const text = fold(typed);
  if (text === "") return [];
  made ??= makeIndex();
  const best = new Best();
  addCodes(made, text, best);
  addNames(made, text, best);
  addWords(made, text, best);
  const hits: NeedHit[] = [];
  for (const { need: at, synonym } of best.inOrder()) {
    const need = NEEDS[at];
    if (!need || (day && need.retiredOn && day > need.retiredOn)) continue;
    if (hits.push({ need, synonym }) === limit) break;
  }
  return hits;
}

function addCodes({ codes }: Index, text: string, best: Best): void {
  const code = compact(text);
  if (code.length < 3) return;
  codes.forEach((known, need) => {
    if (known === code) best.add(need, WORTH.code, null);
    else if (known.startsWith(code)) best.add(need, WORTH.codeBegins, null);
    else if (known.replace("0", "") === code) best.add(need, WORTH.codeBegins + 1, null);
  });
}

/** The whole text as a name or its beginning, with a slip when it is long enough. */
function addNames({ names, texts, byText, byWords }: Index, text: string, best: Best): void {
  for (const run of texts.find(text, { slips: text.length >= SLIP_LENGTH - 1 })) {
    for (const at of byText.slice(run.from, run.to).flat()) {
      const name = names[at];
      // Three letters may be a name of four with one left out, and no other slip.
      const isTooShort = run.slip && text.length < SLIP_LENGTH && name?.text.length !== SLIP_LENGTH;
      if (!name || isTooShort) continue;
      // What is nearly complete comes before what has far to go; a synonym before a label of the same length.
      const closeness = (20 * run.depth) / name.text.length;
      const isWhole = name.text.length === run.depth;
      const worth = run.slip
        ? isWhole
          ? WORTH.wholeWithSlip
          : WORTH.textBeginsWithSlip + closeness
        : isWhole
          ? WORTH.whole
          : WORTH.textBegins + closeness;
      best.add(name.need, worth + (name.synonym === null ? 0 : 1), name.synonym);
    }
  }
  for (const name of byWords.get(wordKey(text.split(" "))) ?? []) {
    best.add(name.need, WORTH.sameWords, name.synonym);
  }
}

/** What was found of the typed words in one place: which of them, as bits, and how well. */
interface Found {
  words: number;
  /** Those found without a slip. */
  sure: number;
  sum: number;
}

/** One typed word in one place. */
interface Sighting {
  worth: number;
  quality: number;
}

const MOST_WORDS = 12;
/** When no need has every word, one that has this part of them without a slip will do, a long one among them. */
const LEAST_SHARE = 0.5;

/** Each typed word wherever it stands: all in one name, or here and there; most of them when nothing else was found. */
function addWords(index: Index, text: string, best: Best): void {
  const words = telling([...new Set(text.split(" "))]).slice(0, MOST_WORDS);
  const inName = new Map<number, Found>();
  const inNeed = new Map<number, Found>();
  words.forEach((word, at) => {
    const { names, needs } = placesOf(index, word);
    collect(inName, at, names);
    collect(inNeed, at, needs);
  });

  const all = (1 << words.length) - 1;
  for (const [at, found] of inName) {
    const name = index.names[at];
    if (!name || found.words !== all) continue;
    const quality = found.sum / words.length;
    const covered = Math.min(1, words.length / name.words.length);
    const worth = quality < QUALITY.plural ? WORTH.wordsOfOneName : WORTH.exactWordsOfOneName;
    best.add(name.need, worth + 100 * quality * Math.sqrt(covered), name.synonym);
  }
  for (const [need, { words: which, sum }] of inNeed) {
    if (which === all) best.add(need, WORTH.words + sum / words.length, null);
  }
  if (!best.isEmpty) return;

  const long = words.reduce((bits, word, at) => (word.length >= SLIP_LENGTH ? bits | (1 << at) : bits), 0);
  for (const [need, { sure, sum }] of inNeed) {
    const isEnough = (sure & long) !== 0 && countBits(sure) >= LEAST_SHARE * words.length;
    if (isEnough) best.add(need, WORTH.fewWords + sum / words.length, null);
  }
}

/** Every name and need in which a typed word stands, with the best way it was found there. */
function placesOf(index: Index, word: string) {
  const names = new Map<number, Sighting>();
  const needs = new Map<number, Sighting>();
  const note = (map: Map<number, Sighting>, key: number, quality: number, worth: number) => {
    if (worth > (map.get(key)?.worth ?? 0)) map.set(key, { worth, quality });
  };
  for (const [known, quality] of knownWords(index, word)) {
    for (const at of index.inNames.get(known) ?? []) {
      const name = index.names[at];
      if (!name) continue;
      note(names, at, quality, quality);
      note(needs, name.need, quality, quality * (name.synonym === null ? WHERE.label : WHERE.synonym));
    }
    for (const { need, where } of index.elsewhere.get(known) ?? [])
      note(needs, need, quality, quality * where);
  }
  return { names, needs };
}

function collect(map: Map<number, Found>, word: number, places: ReadonlyMap<number, Sighting>): void {
  for (const [key, { worth, quality }] of places) {
    const found = map.get(key) ?? { words: 0, sure: 0, sum: 0 };
    found.words |= 1 << word;
    if (quality >= QUALITY.begins) found.sure |= 1 << word;
    found.sum += worth;
    map.set(key, found);
  }
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left > 0; left &= left - 1) count += 1;
  return count;
}

/** Words of the taxonomy that a typed word may mean, and how well each fits. */
function knownWords({ vocabulary, bySingular }: Index, word: string): Map<string, number> {
  const known = new Map<string, number>();
  const add = (text: string, quality: number) => {
    if (quality > (known.get(text) ?? 0)) known.set(text, quality);
  };
  for (const run of vocabulary.find(word, { slips: word.length >= SLIP_LENGTH })) {
    for (const text of vocabulary.texts.slice(run.from, run.to)) {
      const isWhole = text.length === run.depth;
      if (run.slip) add(text, isWhole ? QUALITY.slip : QUALITY.beginsWithSlip);
      else add(text, isWhole ? QUALITY.exact : QUALITY.begins + (0.1 * run.depth) / text.length);
    }
  }
  const one = singular(word);
  for (const text of bySingular.get(one) ?? []) add(text, QUALITY.plural);
  if (known.size > 0) return known;
  // "evicted" means "eviction": what is left without its ending, if enough is, may begin others.
  const stem = one.replace(ENDING, "");
  if (stem.length < SLIP_LENGTH) return known;
  for (const { from, to } of vocabulary.find(stem, { slips: false })) {
    for (const text of vocabulary.texts.slice(from, to)) add(text, QUALITY.stem);
  }
  return known;
}
