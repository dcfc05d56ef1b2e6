/**
 * How people are found by a few typed letters while their names stay encrypted. A client is cut into pieces, and so
 * is what was typed; pieces are indexed under a key (`identity-vault.ts`), so that rows which share one can be
 * fetched, opened and ranked. The pieces are chosen so that a name with one slip still shares a piece.
 */

import { type DayRules, findDay, readDay } from "./day-text";
import { type CheckedIdentifier, IDENTIFIER_KINDS, readIdentifier } from "./identifiers";
import type { Day } from "./period";
import { otherNamesOf } from "./short-names";
import { beginsWithinOneSlip, fold, isOneSlip, wordsOf } from "./text-match";

/** Longest text that a search for somebody takes. */
export const MOST_LETTERS = 200;

/**
 * Which pieces clients are cut into. One more whenever `piecesOfClient` changes, or how a place is read
 * (`place-breadth.ts`): clients that were cut otherwise are cut again when the web process starts (`client-pieces.ts`).
 */
export const PIECES_VERSION = 3;

/** Names up to this length are indexed with each letter left out in turn; longer ones by both ends. */
const SHORT_NAME = 6;
const END = 3;
/** A phone number in full has ten digits or more; by its last six it can be found, too. */
const WHOLE_PHONE = 10;
const PHONE_END = 6;

/**
 * Pieces of one word of a name. One slip anywhere leaves a shared piece: in a long word it spoils one end only, in
 * a short one the word less a letter is the same on both sides.
 */
function piecesOfWord(word: string, shortest: number): string[] {
  const pieces: string[] = [];
  if (word.length >= END) pieces.push(`begins|${word.slice(0, END)}`);
  if (word.length >= shortest) pieces.push(`ends|${word.slice(-END)}`);
  return pieces;
}

function withOneLeftOut(word: string): string[] {
  const pieces = new Set([`less|${word}`]);
  for (let at = 0; at < word.length && word.length > 1; at += 1) {
    pieces.add(`less|${word.slice(0, at)}${word.slice(at + 1)}`);
  }
  return [...pieces];
}

const piecesOfName = (word: string) =>
  word.length <= SHORT_NAME
    ? [...piecesOfWord(word, SHORT_NAME + 1), ...withOneLeftOut(word)]
    : piecesOfWord(word, END);

/** A typed word may be one letter longer or shorter than the name it means, so it takes the pieces of both kinds. */
const piecesOfTyped = (word: string) =>
  word.length <= SHORT_NAME + 1
    ? [...piecesOfWord(word, END), ...withOneLeftOut(word)]
    : piecesOfWord(word, END);

/** Only the pieces that a name in full shares: for another name of the one typed, which nobody mistyped. */
const piecesOfWholeName = (word: string) =>
  word.length <= SHORT_NAME ? [`less|${word}`] : piecesOfWord(word, END);

const dayPiece = (day: Day) => `born|${day}`;
const yearPiece = (day: string) => `born-in|${day.slice(0, 4)}`;
const phonePiece = (phone: string) =>
  phone.length >= WHOLE_PHONE ? `phone|${phone}` : `phone-ends|${phone.slice(-PHONE_END)}`;
/** The piece of an organisation's own reference. */
export const referencePiece = (reference: string) => `reference|${fold(reference).replaceAll(" ", "")}`;
/** The piece of an identifier. */
export const identifierPiece = ({ kind, value }: CheckedIdentifier) => `identifier|${kind}|${value}`;

/** Everything a client can be found by. */
export function piecesOfClient(client: {
  givenName: string;
  familyName: string;
  dateOfBirth: Day | null;
  reference: string | null;
  phone: string | null;
  identifiers: readonly CheckedIdentifier[];
}): string[] {
  const pieces = wordsOf(`${client.givenName} ${client.familyName}`).flatMap(piecesOfName);
  if (client.dateOfBirth) pieces.push(dayPiece(client.dateOfBirth), yearPiece(client.dateOfBirth));
  const phone = client.phone ? phoneDigits(client.phone) : "";
  if (phone.length >= PHONE_END) pieces.push(phonePiece(phone), phonePiece(phone.slice(-PHONE_END)));
  if (client.reference) pieces.push(referencePiece(client.reference));
  pieces.push(...client.identifiers.map(identifierPiece));
  return [...new Set(pieces)];
}

/** What somebody typed to find a person, taken apart. */
export interface ClientQuery {
  words: readonly string[];
  bornOn: Day | null;
  /** A year, or a month as "1984-03", when no whole day was typed. */
  bornIn: string | null;
  /** Digits of a number, or its end. */
  phone: string | null;
  reference: string;
  identifiers: readonly CheckedIdentifier[];
}

/**
 * Takes typed text apart: a date of birth in any form or a part of one, a phone number, an identifier, a reference,
 * words of a name in any order.
 */
export function readClientQuery(text: string, currentYear: number): ClientQuery {
  const identifiers = IDENTIFIER_KINDS.flatMap((kind) => {
    const read = readIdentifier(kind, text, { currentYear, testRanges: true });
    return "value" in read ? [read] : [];
  });
  const { phone, rest: withoutPhone } = takePhone(text);
  const { born, rest } = takeBirth(withoutPhone, currentYear);
  return {
    words: wordsOf(rest),
    bornOn: born.length === 10 ? born : null,
    bornIn: born !== "" && born.length < 10 ? born : null,
    phone,
    reference: text.trim(),
    identifiers,
  };
}

/** Digits of a phone number as dialled within the country: "+44 7700 900123" is "07700900123". */
function phoneDigits(text: string): string {
  return text.replace(/^\s*(?:\+|00)44\s*(?:\(0\))?/, "0").replace(/\D/g, "");
}

/** A whole number anywhere; the end of one only when nothing else is typed, and then it may be a date as well. */
function takePhone(text: string): { phone: string | null; rest: string } {
  const [whole] = /(?:\+|\b00|\b0)\d[\d\s()-]{7,}\d\b/.exec(text) ?? [];
  if (whole && phoneDigits(whole).length >= WHOLE_PHONE) {
    return { phone: phoneDigits(whole), rest: text.replace(whole, " ") };
  }
  const digits = text.replace(/[\s()-]/g, "");
  const isEnd = /^\d+$/.test(digits) && digits.length >= PHONE_END && digits.length < WHOLE_PHONE;
  return { phone: isEnd ? digits : null, rest: text };
}

/** The longest run of words that is a date, or a month or year of birth, and the text without it. */
function takeBirth(text: string, currentYear: number): { born: string; rest: string } {
  const parts = text.trim().split(/\s+/);
  for (const read of [findDay, findMonth, findYear]) {
    for (let length = Math.min(5, parts.length); length >= 1; length -= 1) {
      for (let at = 0; at + length <= parts.length; at += 1) {
        const born = read(parts.slice(at, at + length).join(" "), { currentYear });
        if (born) return { born, rest: [...parts.slice(0, at), ...parts.slice(at + length)].join(" ") };
      }
    }
  }
  return { born: "", rest: text };
}

function findMonth(text: string, rules: DayRules): string | null {
  // A month with two digits of a year is as likely a name: "May 84", "April 12".
  const reading = /\d{4}/.test(text) ? readDay(text, rules) : null;
  return reading?.kind === "month" ? reading.month : null;
}

function findYear(text: string, { currentYear }: DayRules): string | null {
  return /^\d{4}$/.test(text) && Number(text) > currentYear - 120 && Number(text) <= currentYear
    ? text
    : null;
}

/** The pieces by which a query is looked up; whoever shares one is a candidate. */
export function piecesOfQuery(query: ClientQuery): string[] {
  const pieces = query.words.flatMap((word) => [
    ...piecesOfTyped(word),
    ...otherNamesOf(word).flatMap(piecesOfWholeName),
  ]);
  if (query.bornOn) pieces.push(dayPiece(query.bornOn));
  if (query.bornIn) pieces.push(yearPiece(query.bornIn));
  if (query.phone) pieces.push(phonePiece(query.phone));
  if (query.reference) pieces.push(referencePiece(query.reference));
  pieces.push(...query.identifiers.map(identifierPiece));
  return [...new Set(pieces)];
}

/** What is compared of a client who shares a piece with the query, opened. */
export interface Candidate {
  givenName: string;
  familyName: string;
  dateOfBirth: Day | null;
  reference: string | null;
  phone: string | null;
  /** Found by an identifier of the query. */
  hasIdentifier: boolean;
  lastContactOn: Day | null;
}

export type MatchedBy = "identifier" | "reference" | "phone" | "date-of-birth" | "name";

/**
 * Candidates that fit, the best first, at most `limit`: an identifier, reference or phone number before a name, a
 * name in full before its beginning, that before a short form of it and one with a slip; then who was seen last.
 * Where somebody fits everything typed, those who fit only a part are left out.
 */
export function rankCandidates<C extends Candidate>(
  query: ClientQuery,
  candidates: readonly C[],
  limit: number,
): { client: C; matched: MatchedBy }[] {
  const ranked = candidates.flatMap((client) => {
    const fit = fitOf(query, client);
    return fit ? [{ client, ...fit }] : [];
  });
  const most = Math.max(0, ...ranked.map(({ parts }) => parts));
  return ranked
    .filter(({ parts }) => parts === most)
    .sort(
      (a, b) =>
        b.worth - a.worth ||
        (b.client.lastContactOn ?? "").localeCompare(a.client.lastContactOn ?? "") ||
        a.client.familyName.localeCompare(b.client.familyName, "en-GB") ||
        a.client.givenName.localeCompare(b.client.givenName, "en-GB"),
    )
    .slice(0, limit)
    .map(({ client, matched }) => ({ client, matched }));
}

/** How many parts of the query a candidate fits and how well; null when it fits none. */
function fitOf(
  query: ClientQuery,
  client: Candidate,
): { parts: number; worth: number; matched: MatchedBy } | null {
  // Six digits may be a date and the end of a number: that is one part of the query.
  const all = Math.max(1, query.words.length + (query.bornOn || query.bornIn || query.phone ? 1 : 0));
  if (client.hasIdentifier) return { parts: all, worth: 1000, matched: "identifier" };
  if (client.reference && referencePiece(client.reference) === referencePiece(query.reference)) {
    return { parts: all, worth: 900, matched: "reference" };
  }
  if (query.phone && client.phone && phoneDigits(client.phone).endsWith(query.phone)) {
    return { parts: all, worth: 800, matched: "phone" };
  }
  const worths = nameWorths(wordsOf(`${client.givenName} ${client.familyName}`), query.words);
  const named = worths.filter((worth) => worth > 0).length;
  const born = query.bornOn ?? query.bornIn;
  const isBornThen = born !== null && client.dateOfBirth?.startsWith(born) === true;
  if (named === 0 && !isBornThen) return null;
  return {
    parts: named + (isBornThen ? 1 : 0),
    worth: worths.reduce((sum, worth) => sum + worth, 0) + (isBornThen ? 4 : 0),
    matched: named > 0 ? "name" : "date-of-birth",
  };
}

/**
 * How well each typed word fits a name. Two words that were typed as one, or one as two ("Mac Donald",
 * "Smith-Jones" without its hyphen), fit together.
 */
function nameWorths(names: readonly string[], typed: readonly string[]): number[] {
  const known = [...names, ...names.slice(1).map((name, at) => `${names[at]}${name}`)];
  const worths = typed.map((word) => nameWorth(known, word));
  typed.slice(1).forEach((word, at) => {
    const together = `${typed[at]}${word}`;
    if (!names.includes(together)) return;
    worths[at] = 4;
    worths[at + 1] = 4;
  });
  return worths;
}

function nameWorth(names: readonly string[], typed: string): number {
  const others = otherNamesOf(typed);
  let best = 0;
  for (const name of names) {
    if (name === typed) return 4;
    if (name.startsWith(typed)) best = Math.max(best, 3);
    else if (others.includes(name)) best = Math.max(best, 2.5);
    else if (typed.length >= 3 && isOneSlip(name, typed)) best = Math.max(best, 2);
    else if (typed.length >= 4 && beginsWithinOneSlip(name, typed)) best = Math.max(best, 1);
  }
  return best;
}
