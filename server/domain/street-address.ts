/**
 * Where somebody lives, read from one typed line: which home of which street. People write one address in many ways;
 * here each has one text, by which records of several organisations meet (`place-breadth.ts`), and one way to be shown.
 * What cannot be read is left out rather than guessed: two homes that are taken for one would show somebody's troubles to
 * the wrong door. Pure, and light enough for a browser.
 */

import { parsePostcode } from "./geography";
import { capital } from "./label-text";
import { BLOCKS, FLOORS, HOUSES, IN_NAMES, PERHAPS_STREETS, SIDES, STREETS, UNITS } from "./street-words";
import { fold } from "./text-match";

/** A part of an address: the text by which it is found, and how somebody reads it. */
interface Part {
  key: string;
  shown: string;
}

export interface StreetAddress {
  /** Flat and number, or the name of a house; null when the line names none, or not enough of one to tell it. */
  building: Part | null;
  street: Part | null;
}

/** Words that begin small within a name. */
const SMALL = new Set(["and", "of", "the", "on", "in", "upon", "by"]);

interface Word {
  /** Folded, in our spelling. */
  key: string;
  /** As it was typed, without marks around it. */
  typed: string;
}

/** A number of a house: "14", "14a", "12-14". */
const NUMBER = /^\d{1,5}[a-z]?(?:-\d{1,5}[a-z]?)*$/;
/** Where letters go and not where somebody lives; or a person, or a firm. */
const NOT_A_HOME = /^(?:p ?o box|po box|c o|care of|bfpo|no fixed|nfa|homeless|unknown|not known)\b/;

/** Reads a line such as "Flat 2, 14 Whitby St." A line that names no street and no house gives neither. */
export function readStreetAddress(line: string): StreetAddress {
  const parts = partsOf(line);
  const at = streetPart(parts);
  if (at === null) return { building: buildingAlone(parts), street: null };
  const { index, start, end } = at;
  const street = parts[index] ?? [];
  const name = street.slice(start, end);
  // Before the street any words may be the name of a house; after it they are a town, unless they say what they are.
  const around = [
    ...parts.slice(0, index).map((words) => ({ words, before: true })),
    { words: street.slice(0, start), before: true },
    { words: street.slice(end), before: false },
    ...parts.slice(index + 1).map((words) => ({ words, before: false })),
  ].filter(({ words }) => words.length > 0);
  return { building: buildingOf(around, at.perhaps), street: { key: keyOf(name), shown: shownName(name) } };
}

function partsOf(line: string): Word[][] {
  const plain = line
    .normalize("NFKC")
    .replace(/&/g, " and ")
    // A range is one word, whatever stroke is between.
    .replace(/(\d[a-z]?)\s*[-\u2010-\u2015/]\s*(?=\d)/gi, "$1~");
  return plain
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "" && !parsePostcode(part).ok && !NOT_A_HOME.test(fold(part)))
    .map(wordsIn)
    .filter((words) => words.length > 0);
}

function wordsIn(part: string): Word[] {
  const typed = part
    .replace(/[.]/g, " ")
    .replace(/[^\p{L}\p{N}~'’‘`\p{M}]+/gu, " ")
    .trim()
    .split(" ");
  const words = typed.flatMap((text): Word[] => {
    const key = text
      .split("~")
      .map(fold)
      .filter((piece) => piece !== "")
      .join("-");
    return key === ""
      ? []
      : [{ key: IN_NAMES.get(key) ?? BLOCKS.get(key) ?? key, typed: text.replaceAll("~", "-") }];
  });
  const without = withoutPostcode(words);
  return joinLetters(without.filter(({ key }, at) => !isNumberSign(key, without[at + 1])));
}

/** "No. 14" and "Number 14". */
const isNumberSign = (key: string, next: Word | undefined) =>
  (key === "no" || key === "number") && next !== undefined && NUMBER.test(next.key);

/** A postcode that ends the line without a comma before it. */
function withoutPostcode(words: readonly Word[]): readonly Word[] {
  for (const length of [2, 1]) {
    const tail = words.slice(-length).map(({ key }) => key);
    if (words.length > length && parsePostcode(tail.join(" ")).ok) return words.slice(0, -length);
  }
  return words;
}

/** "14 A" is one word with "14A". */
function joinLetters(words: readonly Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last && /^\d+$/.test(last.key) && /^[a-z]$/.test(word.key)) {
      joined[joined.length - 1] = { key: `${last.key}${word.key}`, typed: `${last.typed}${word.typed}` };
    } else joined.push(word);
  }
  return joined;
}

interface StreetAt {
  /** Of the part. */
  index: number;
  start: number;
  end: number;
  /** It may be a block of homes as well as a street: "Whitby Court". */
  perhaps: boolean;
}

/** Where the street is named: by a word that only a street has, else by one that it may have, else after a number. */
function streetPart(parts: readonly (readonly Word[])[]): StreetAt | null {
  for (const perhaps of [false, true]) {
    for (const [index, words] of parts.entries()) {
      const found = streetWithin(words, perhaps);
      if (found) return { index, ...found, perhaps };
    }
  }
  for (const [index, words] of parts.entries()) {
    const start = words.findIndex(({ key }) => NUMBER.test(key)) + 1;
    const isUnit = UNITS.has(words[start - 2]?.key ?? "");
    const rest = words.slice(start);
    const isName = rest.length > 0 && !isUnit && !rest.some(({ key }) => isHouse(key) || NUMBER.test(key));
    if (start > 0 && isName) return { index, start, end: words.length, perhaps: false };
  }
  return null;
}

const isHouse = (key: string) => HOUSES.has(key);
const isUnit = (key: string) => UNITS.has(key);

function streetWithin(words: readonly Word[], perhaps: boolean): { start: number; end: number } | null {
  const isKind = (at: number) => {
    const key = words[at]?.key ?? "";
    return STREETS.has(key) || isStreetSt(words, at) || (perhaps && PERHAPS_STREETS.has(key));
  };
  for (let at = 1; at < words.length; at += 1) {
    if (!isKind(at) || endsBefore(words[at - 1])) continue;
    let last = at;
    while (isKind(last + 1) || PERHAPS_STREETS.has(words[last + 1]?.key ?? "")) {
      // "Station Road Park" is no street: what may be one goes on only to what is one.
      if (!isKind(last + 1) && !isKind(last + 2)) break;
      last += 1;
    }
    const start = startOfName(words, last);
    if (start >= last) continue;
    const isSide = last + 2 === words.length && SIDES.has(words[last + 1]?.key ?? "");
    return { start, end: last + (isSide ? 2 : 1) };
  }
  return null;
}

/** Nothing that ends in a number is the name of a street. */
const endsBefore = (word: Word | undefined) => word === undefined || NUMBER.test(word.key);

/** "St" is Saint where a name begins, and Street where one ends. */
function isStreetSt(words: readonly Word[], at: number): boolean {
  if (words[at]?.key !== "st" || endsBefore(words[at - 1]) || isUnit(words[at - 1]?.key ?? "")) return false;
  const before = words[at - 1]?.key ?? "";
  // "Whitby St St Helens": what follows the street is a town.
  if ((before === "st" || STREETS.has(before)) && at + 1 < words.length) return false;
  const later = words.slice(at + 1);
  return !later.some(({ key }) => STREETS.has(key) || key === "st") || words[at + 1]?.key === "st";
}

/** The words of a name reach back to a number, a flat, or the name of a house that stands before them. */
function startOfName(words: readonly Word[], last: number): number {
  let start = last;
  while (start > 0) {
    const before = words[start - 1];
    if (!before || NUMBER.test(before.key)) break;
    const letterOfUnit = /^[a-z]$/.test(before.key) && isUnit(words[start - 2]?.key ?? "");
    if (letterOfUnit) break;
    const hasName = last - start > 0;
    if (hasName && isUnit(before.key)) break;
    if (hasName && isHouse(before.key) && isHouseName(words, start - 1)) break;
    start -= 1;
  }
  return start;
}

/** A word such as "house" ends a name only after another word. */
const isHouseName = (words: readonly Word[], at: number) =>
  at > 0 && !NUMBER.test(words[at - 1]?.key ?? "") && !isUnit(words[at - 1]?.key ?? "");

interface Around {
  words: readonly Word[];
  before: boolean;
}

/** What was found of a building. */
interface Found {
  unit: Part | null;
  number: Part | null;
  name: Part | null;
}

/** A house that stands alone, without a street: only one that says what it is. */
function buildingAlone(parts: readonly (readonly Word[])[]): Part | null {
  return buildingOf(
    parts.map((words) => ({ words, before: false })),
    false,
  );
}

/**
 * The building from what stands around the name of the street. A number tells it, and then the name of the house is not
 * needed, which one organisation writes and another does not; a flat without either tells a home only in a block.
 */
function buildingOf(around: readonly Around[], inBlock: boolean): Part | null {
  const found: Found = { unit: null, number: null, name: null };
  for (const part of around) takePart(found, part);
  const { unit, number, name } = found;
  const house = number ?? name;
  if (!house)
    return inBlock && unit && NUMBER.test(unit.key) ? { ...unit, shown: shownNumber(unit.key) } : null;
  if (!unit) return house;
  return { key: `${unit.key}|${house.key}`, shown: `${unit.shown}, ${house.shown}` };
}

function takePart(found: Found, { words, before }: Around): void {
  let rest = [...words];
  const unitAt = rest.findIndex(({ key }) => isUnit(key));
  if (unitAt >= 0) {
    const next = rest[unitAt + 1];
    const last = rest[unitAt - 1]?.key ?? "";
    const isFloorsFlat = last === "floor" || FLOORS.has(last);
    const isNamed =
      !isFloorsFlat && next !== undefined && (NUMBER.test(next.key) || /^[a-z]\d{0,3}$/.test(next.key));
    if (isNamed) {
      found.unit ??= { key: next.key, shown: `Flat ${shownNumber(next.key)}` };
      rest = [...rest.slice(0, unitAt), ...rest.slice(unitAt + 2)];
    } else {
      rest = rest.filter((_, at) => at !== unitAt);
    }
  }
  const floors = rest.filter(({ key }, at) => isFloor(rest, key, at, unitAt >= 0));
  if (floors.length > 0) {
    const words = floors.map(({ key }) => key).filter((key) => key !== "floor");
    const key = [...words].sort().join(" ");
    found.unit ??= { key, shown: `${capital(words.join(" "))} flat` };
    rest = rest.filter((word) => !floors.includes(word));
  }
  const numbers = rest.filter(({ key }) => NUMBER.test(key));
  const names = rest.filter(({ key }) => !NUMBER.test(key));
  const isHouseHere = names.length > 1 && names.some(({ key }) => isHouse(key) || PERHAPS_STREETS.has(key));
  const [first] = numbers;
  const last = numbers.at(-1);
  if (names.length > 0 && (isHouseHere || before)) {
    found.name ??= { key: keyOf(names), shown: shownName(names) };
    // "2 Ryhope House": a number before the name of a block is a home in it, one after it is the block's own.
    const ofUnit = rest.indexOf(first ?? { key: "", typed: "" }) === 0 && first;
    if (ofUnit) found.unit ??= { key: ofUnit.key, shown: `Flat ${shownNumber(ofUnit.key)}` };
    if (last && last !== ofUnit) found.number ??= { key: last.key, shown: shownNumber(last.key) };
    return;
  }
  if (names.length > 0 || !last || !first) return;
  if (first !== last) found.unit ??= { key: first.key, shown: `Flat ${shownNumber(first.key)}` };
  found.number ??= { key: last.key, shown: shownNumber(last.key) };
}

/** "Ground floor", "top flat": of a flat only where somebody says flat or floor. */
function isFloor(words: readonly Word[], key: string, at: number, hasUnit: boolean): boolean {
  const spoken = hasUnit || words.some((word) => word.key === "floor");
  if (!spoken) return false;
  return key === "floor" || (FLOORS.has(key) && words.slice(0, at).every((word) => FLOORS.has(word.key)));
}

const shownNumber = (key: string) => key.toUpperCase();

/** One text for a name however it is spaced: "White Hall Road" and "Whitehall Road". */
function keyOf(words: readonly Word[]): string {
  const named = words.length > 2 && words[0]?.key === "the" ? words.slice(1) : words;
  return spelled(named)
    .map(({ key }) => key)
    .join("");
}

const shownName = (words: readonly Word[]) =>
  spelled(words)
    .map(({ shown }) => shown)
    .join(" ");

/** Words in full, those that stand for a kind of street in the place where they do. */
function spelled(words: readonly Word[]): { key: string; shown: string }[] {
  return words.map((word, at) => {
    const { key, typed } = word;
    if (key === "st") {
      const street = isStreetSt(words, at);
      return street ? { key: "street", shown: "Street" } : { key: "saint", shown: "St" };
    }
    if (key === "saint") return { key, shown: "St" };
    const kind = at > 0 ? (STREETS.get(key) ?? PERHAPS_STREETS.get(key)) : undefined;
    if (kind) return { key: kind, shown: capital(kind) };
    if (at > 0 && SMALL.has(key)) return { key, shown: key };
    return { key, shown: titled(fold(typed) === key ? typed : key) };
  });
}

/** "WHITBY" and "whitby" as "Whitby"; "McArthur" as it was typed. */
function titled(typed: string): string {
  const isPlain = typed === typed.toUpperCase() || typed === typed.toLowerCase();
  return isPlain ? capital(typed.toLowerCase()) : typed;
}
