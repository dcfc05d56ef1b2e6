/**
 * Looks through a story for what could show who it is about: names, places, dates, ages, numbers and addresses. Each
 * finding says where it stands and what to say instead. It helps the person who reads the story and never takes their
 * place: what nobody has listed, and a life that only one person has led, no rule can see.
 */

import { fold, isOneSlip } from "../text-match";
import type { Finding } from "./story-finding";
import {
  GIVEN_NAMES,
  NAMES_THAT_ARE_WORDS,
  PLACES_THAT_ARE_WORDS,
  PLAIN_CAPITALS,
  SHORT_FORMS,
} from "./story-names";
import { patternFindings } from "./story-patterns";

/** What is known beside the text. */
export interface StoryKnowledge {
  /** Names of the person, as they are recorded. */
  person: readonly string[];
  /** Names of members of the organisation. */
  colleagues: readonly string[];
  /** Names of places of any size, folded. */
  places: ReadonlySet<string>;
  /** Those of authorities, regions and nations, folded: seen also without a capital. */
  largePlaces: ReadonlySet<string>;
  /** What else is recorded of the person and would show who it is: phone, e-mail, postcode, address, reference. */
  details: readonly string[];
}

interface Word {
  text: string;
  from: number;
  to: number;
  folded: string;
  /** Each part of a compound: "Mary-Jane" is two. Without 's. */
  parts: readonly string[];
  capital: boolean;
  /** First of a sentence, a line or a speech, where a capital tells nothing. */
  first: boolean;
}

const WORD = /[\p{L}\p{M}]+(?:['’‘-][\p{L}\p{M}]+)*/gu;
/** What stands between two sentences, or before the first. */
const BEFORE_FIRST = /(?:^|[.!?…:;]["”’')\]]*\s+|\n\s*|[“"‘(–—]\s*|\s[-•]\s+)["“‘'(]*$/u;

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match): Word => {
    const [word] = match;
    const bare = word.replace(/['’‘]s$/iu, "");
    return {
      text: word,
      from: match.index,
      to: match.index + word.length,
      folded: fold(bare),
      parts: bare.split("-").map(fold),
      capital: /^\p{Lu}/u.test(word),
      first: BEFORE_FIRST.test(text.slice(Math.max(0, match.index - 12), match.index)) || match.index === 0,
    };
  });
}

/** Most words of the name of a place. */
const LONGEST_PLACE = 5;

interface Phrase {
  folded: string;
  from: number;
  to: number;
  words: readonly Word[];
}

/** Words from one on, as long as nothing but spaces, commas of a name or hyphens stands between; the longest first. */
function phrasesAt(words: readonly Word[], text: string, at: number): Phrase[] {
  const phrases: Phrase[] = [];
  for (let end = at; end < Math.min(words.length, at + LONGEST_PLACE); end += 1) {
    const [first, previous, last] = [words[at], words[end - 1], words[end]];
    if (!first || !last) break;
    if (end > at && previous && !/^[ \t-]+$/.test(text.slice(previous.to, last.from))) break;
    const within = words.slice(at, end + 1);
    const folded = fold(
      within.map((word) => word.text.replace(/['’‘]s$/iu, end === at ? "" : "s")).join(" "),
    );
    phrases.unshift({ folded, from: first.from, to: last.to, words: within });
  }
  return phrases;
}

const SAY_NOBODY = "Leave the name out: say “they”, “a friend”, “our worker”.";
const SAY_REGION = "Say “where they live”, “a nearby town”, or leave it out.";

/** Letters of other scripts that look like Latin ones, and those. */
const LOOK_ALIKE = {
  from: "авеіјкмнорсӏтухѕАВЕІЈКМНОРСТУХЅαοινΑΒΕΗΙΚΜΝΟΡΤΧΥΖ",
  to: "abeijkmhopcltyxsABEIJKMHOPCTYXSaoivABEHIKMNOPTXYZ",
};

/** The text as it looks: a letter for a letter, so that every place stays what it is. */
const asItLooks = (text: string) =>
  text.replace(/[Ѐ-ӿͰ-Ͽ]/gu, (letter) => LOOK_ALIKE.to[LOOK_ALIKE.from.indexOf(letter)] ?? letter);

/** Everything that a text should be asked about, in its order. Findings do not overlap. */
export function checkStory(typed: string, known: StoryKnowledge): Finding[] {
  const text = asItLooks(typed);
  const words = wordsOf(text);
  const found = [
    ...detailFindings(text, known.details),
    ...patternFindings(text),
    ...nameFindings(text, words, known),
    ...placeFindings(text, words, known),
  ];
  return withoutOverlaps(found);
}

/** Of findings that overlap, one that must come out wins, then the longer. */
function withoutOverlaps(found: readonly Finding[]): Finding[] {
  const ranked = [...found].sort(
    (a, b) => Number(b.must) - Number(a.must) || b.to - b.from - (a.to - a.from) || a.from - b.from,
  );
  const kept: Finding[] = [];
  for (const each of ranked) {
    if (!kept.some((other) => each.from < other.to && other.from < each.to)) kept.push(each);
  }
  return kept.sort((a, b) => a.from - b.from);
}

/** What is recorded of the person, however it is spaced. */
function detailFindings(text: string, details: readonly string[]): Finding[] {
  return details.flatMap((detail) => {
    const signs = [
      ...detail
        .normalize("NFC")
        .toLowerCase()
        .replace(/[^\p{L}\p{N}@]+/gu, ""),
    ];
    if (signs.length < 4) return [];
    // Letters, digits and @ alone: none means anything to the pattern.
    const pattern = signs.join("[^\\p{L}\\p{N}@]{0,3}");
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "giu");
    return [...text.matchAll(whole)].map((match) => ({
      ...{ from: match.index, to: match.index + match[0].length, kind: "contact" as const, must: true },
      what: "Something recorded about this person",
      instead: "Leave it out.",
    }));
  });
}

/** Folded names that a full name answers to: its parts, and their short forms. */
function namesOf(fullNames: readonly string[]): ReadonlySet<string> {
  const parts = fullNames.flatMap((name) => fold(name).split(" ")).filter((part) => part.length >= 2);
  const known = Object.entries(SHORT_FORMS);
  const short = parts.flatMap((part) => [
    ...(SHORT_FORMS[part] ?? []),
    ...known.flatMap(([long, forms]) => (forms.includes(part) ? [long] : [])),
  ]);
  return new Set([...parts, ...short]);
}

const FEWEST_FOR_SLIP = 5;
const FEWEST_FOR_BEGINNING = 3;

/** Words after which an ordinary word at the start of a sentence is no name: "May I", "Will they", "Rose to". */
const AFTER_A_WORD = new Set(
  "i we you he she it they there this that the a an my our your his her their to from up down out in on of and or me us not be".split(
    " ",
  ),
);

/** Somebody of whom a name is said next. */
const RELATIONS =
  "son|sons|daughter|daughters|child|baby|boy|girl|twin|wife|husband|partner|boyfriend|girlfriend|ex|fiance|fiancée|mum|mam|mother|dad|father|stepdad|stepmum|brother|sister|nan|gran|grandad|grandson|granddaughter|uncle|aunt|auntie|cousin|niece|nephew|friend|mate|neighbour|boss|landlord|landlady|teacher|worker|nurse|doctor|dog|cat|carer";
const BEFORE_A_NAME = new RegExp(`(?<![\\p{L}])(?:${RELATIONS}),?\\s+(?:(?:called|named)\\s+)?$`, "iu");
const CALLED = /(?<![\p{L}])(?:called|named|name is|name was|known as|nicknamed)\s+["“‘']?$/iu;
const TITLE =
  /(?<![\p{L}])(?:mr|mrs|ms|miss|mx|dr|sir|dame|lady|lord|rev|revd|pc|sgt|judge|sister|nurse|auntie|uncle)\.?\s+$/iu;
/** How family names of some languages end or begin: seen also where a capital tells nothing. */
const LIKE_A_FAMILY_NAME =
  /(?:ski|ska|skiej|skiego|cki|cka|wicz|czyk|owska|owski|ova|enko|escu|oglu|opoulos)$|^(?:Mc|O['’])\p{Lu}/u;

function nameFindings(text: string, words: readonly Word[], known: StoryKnowledge): Finding[] {
  const own = namesOf(known.person);
  const colleagues = namesOf(known.colleagues);
  const seenAsName = new Set(
    words.flatMap((word) =>
      word.capital && !word.first && !isPlain(word) && !NAMES_THAT_ARE_WORDS.has(word.folded)
        ? [word.folded]
        : [],
    ),
  );
  return words.flatMap((word, at): Finding[] => {
    const finding = (what: string, must: boolean, instead = SAY_NOBODY): Finding[] => [
      { from: word.from, to: word.to, kind: "name", what, instead, must },
    ];
    const before = text.slice(Math.max(0, word.from - 40), word.from);
    const isName = (names: ReadonlySet<string>) =>
      [word.folded, ...word.parts].some(
        (part) => names.has(part) && (!NAMES_THAT_ARE_WORDS.has(part) || looksLikeAName(word, words[at + 1])),
      );
    if (isName(own)) return finding("This person’s own name", true);
    if (TITLE.test(before) && word.capital) return finding("Somebody’s name", true);
    if (CALLED.test(before) && word.folded.length > 1 && !AFTER_A_WORD.has(word.folded))
      return finding("Somebody’s name", word.capital);
    const relation = BEFORE_A_NAME.exec(before);
    if (relation && word.capital && !isPlain(word) && !/[.!?]\s*$/.test(before)) {
      const who = relation[0].trim().split(/[\s,]+/)[0] ?? "friend";
      return finding("Somebody’s name", true, `Say “${who}” alone.`);
    }
    if (word.capital && isNearly(own, word)) return finding("Nearly this person’s own name", true);
    if (isName(colleagues) && word.capital) return finding("The name of somebody who works here", false);
    if (!word.capital) {
      const typed = GIVEN_NAMES.has(word.folded) || seenAsName.has(word.folded);
      return typed && word.folded.length > 2 ? finding("This may be a name", false) : [];
    }
    if (isPlain(word)) return [];
    const listed = [word.folded, ...word.parts].some((part) => GIVEN_NAMES.has(part));
    if (listed || LIKE_A_FAMILY_NAME.test(word.text)) return finding("This may be a name", false);
    if (NAMES_THAT_ARE_WORDS.has(word.folded))
      return looksLikeAName(word, words[at + 1]) ? finding("This may be a name", false) : [];
    if (word.first) return seenAsName.has(word.folded) ? finding("This may be a name", false) : [];
    return finding(
      "A capital letter: is it a name?",
      false,
      "If it names a person, a group or a place, say it in general words.",
    );
  });
}

const isPlain = ({ folded, text }: Word): boolean =>
  PLAIN_CAPITALS.has(folded) || PLAIN_CAPITALS.has(fold(text)) || folded.length < 2;

/** Whether a name that is an ordinary word stands here as a name: with a capital that the sentence does not ask for. */
function looksLikeAName(word: Word, next: Word | undefined): boolean {
  if (!word.capital) return false;
  return !word.first || !next || !AFTER_A_WORD.has(next.folded);
}

/** One slip away from a name, or its beginning, as in "Agnie" for Agnieszka. */
function isNearly(names: ReadonlySet<string>, { folded, first }: Word): boolean {
  return [...names].some(
    (name) =>
      (name.length >= FEWEST_FOR_SLIP && folded.length >= FEWEST_FOR_SLIP - 1 && isOneSlip(folded, name)) ||
      (!first &&
        folded.length >= FEWEST_FOR_BEGINNING &&
        name.length > folded.length + 1 &&
        name.startsWith(folded)),
  );
}

/** Kinds of place that a word before them names: "Maple Street", "Northgate School". */
const KINDS_OF_PLACE = new Set(
  "street road avenue close drive lane terrace court gardens crescent square grove mews estate school academy primary college university nursery hospital infirmary surgery clinic hospice prison church mosque temple gurdwara synagogue station library centre hostel hotel arms wood hill park bridge".split(
    " ",
  ),
);

/** The number of a house, and what its street is called before the last word: "14 Old ". */
const NUMBER_BEFORE = /(?<![\d\p{L}])\d{1,4}[a-z]?,?\s+(?:\p{Lu}[\p{L}'’-]*\s+)*$/u;

function placeFindings(text: string, words: readonly Word[], known: StoryKnowledge): Finding[] {
  return words.flatMap((word, at): Finding[] => {
    const phrase = phrasesAt(words, text, at).find((each) => isKnownPlace(each, known));
    if (phrase) {
      const { from, to } = phrase;
      return [{ from, to, kind: "place", what: "The name of a place", instead: SAY_REGION, must: true }];
    }
    const next = words[at + 1];
    const numbered = NUMBER_BEFORE.exec(text.slice(Math.max(0, word.from - 40), word.from));
    if (!next || !KINDS_OF_PLACE.has(next.folded) || !/^[ \t]+$/.test(text.slice(word.to, next.from)))
      return [];
    if (!numbered && (!word.capital || word.first || isPlain(word)) && !(word.capital && next.capital))
      return [];
    const instead = `Say “a ${next.text.toLowerCase()}” alone, or leave it out.`;
    const from = word.from - (numbered?.[0].length ?? 0);
    return [{ from, to: next.to, kind: "place", what: "A place that has a name", instead, must: true }];
  });
}

function isKnownPlace({ folded, words }: Phrase, { places, largePlaces }: StoryKnowledge): boolean {
  const [first] = words;
  if (!first || !(places.has(folded) || largePlaces.has(folded))) return false;
  const alone = words.length === 1;
  if (alone && (isPlain(first) || folded.length < 3)) return false;
  if (first.capital) return !(alone && first.first && PLACES_THAT_ARE_WORDS.has(folded));
  return alone ? largePlaces.has(folded) && !PLACES_THAT_ARE_WORDS.has(folded) : largePlaces.has(folded);
}
