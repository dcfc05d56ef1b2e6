/**
 * How people are found by a few typed letters while their names stay encrypted. A client is cut into pieces, and so
 * is what was typed; pieces are indexed under a key (`identity-vault.ts`), so that rows which share one can be
 * fetched, opened and ranked. The pieces are chosen so that a name with one slip still shares a piece.
 */

import { findDay } from "./day-text";
import { type CheckedIdentifier, IDENTIFIER_KINDS, readIdentifier } from "./identifiers";
import type { Day } from "./period";
import { beginsWithinOneSlip, fold, isOneSlip, wordsOf } from "./text-match";

/** Names up to this length are indexed with each letter left out in turn; longer ones by both ends. */
const SHORT_NAME = 6;
const END = 3;

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

const dayPiece = (day: Day) => `born|${day}`;
/** The piece of an organisation's own reference. */
export const referencePiece = (reference: string) => `reference|${fold(reference).replaceAll(" ", "")}`;
const identifierPiece = ({ kind, value }: CheckedIdentifier) => `identifier|${kind}|${value}`;

/** Everything a client can be found by. */
export function piecesOfClient(client: {
  givenName: string;
  familyName: string;
  dateOfBirth: Day | null;
  reference: string | null;
  identifiers: readonly CheckedIdentifier[];
}): string[] {
  const pieces = wordsOf(`${client.givenName} ${client.familyName}`).flatMap(piecesOfName);
  if (client.dateOfBirth) pieces.push(dayPiece(client.dateOfBirth));
  if (client.reference) pieces.push(referencePiece(client.reference));
  pieces.push(...client.identifiers.map(identifierPiece));
  return [...new Set(pieces)];
}

/** What somebody typed to find a person, taken apart. */
export interface ClientQuery {
  words: readonly string[];
  bornOn: Day | null;
  reference: string;
  identifiers: readonly CheckedIdentifier[];
}

/** Takes typed text apart: a date of birth in any form, an identifier, a reference, words of a name in any order. */
export function readClientQuery(text: string, currentYear: number): ClientQuery {
  const identifiers = IDENTIFIER_KINDS.flatMap((kind) => {
    const read = readIdentifier(kind, text, { currentYear, testRanges: true });
    return "value" in read ? [read] : [];
  });
  const { bornOn, rest } = takeDay(text, currentYear);
  return { words: wordsOf(rest), bornOn, reference: text.trim(), identifiers };
}

/** The longest run of words that is a date, and the text without it. */
function takeDay(text: string, currentYear: number): { bornOn: Day | null; rest: string } {
  const parts = text.trim().split(/\s+/);
  for (let length = Math.min(5, parts.length); length >= 1; length -= 1) {
    for (let at = 0; at + length <= parts.length; at += 1) {
      const bornOn = findDay(parts.slice(at, at + length).join(" "), { currentYear });
      if (bornOn) return { bornOn, rest: [...parts.slice(0, at), ...parts.slice(at + length)].join(" ") };
    }
  }
  return { bornOn: null, rest: text };
}

/** The pieces by which a query is looked up; whoever shares one is a candidate. */
export function piecesOfQuery(query: ClientQuery): string[] {
  const pieces = query.words.flatMap(piecesOfTyped);
  if (query.bornOn) pieces.push(dayPiece(query.bornOn));
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
  /** Found by an identifier of the query. */
  hasIdentifier: boolean;
  lastContactOn: Day | null;
}

export type MatchedBy = "identifier" | "reference" | "date-of-birth" | "name";

/**
 * Candidates that fit, the best first, at most `limit`: an identifier or reference before a name, a name in full
 * before its beginning, that before one with a slip; then who was seen last. Where somebody fits everything typed,
 * those who fit only a part are left out.
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
  const all = query.words.length + (query.bornOn ? 1 : 0);
  if (client.hasIdentifier) return { parts: Math.max(all, 1), worth: 1000, matched: "identifier" };
  if (client.reference && referencePiece(client.reference) === referencePiece(query.reference)) {
    return { parts: Math.max(all, 1), worth: 900, matched: "reference" };
  }
  const names = wordsOf(`${client.givenName} ${client.familyName}`);
  const worths = query.words.map((word) => nameWorth(names, word));
  const named = worths.filter((worth) => worth > 0).length;
  const born = query.bornOn !== null && query.bornOn === client.dateOfBirth;
  if (named === 0 && !born) return null;
  return {
    parts: named + (born ? 1 : 0),
    worth: worths.reduce((sum, worth) => sum + worth, 0) + (born ? 4 : 0),
    matched: named > 0 ? "name" : "date-of-birth",
  };
}

function nameWorth(names: readonly string[], typed: string): number {
  let best = 0;
  for (const name of names) {
    if (name === typed) return 4;
    if (name.startsWith(typed)) best = Math.max(best, 3);
    else if (typed.length >= 3 && isOneSlip(name, typed)) best = Math.max(best, 2);
    else if (typed.length >= 4 && beginsWithinOneSlip(name, typed)) best = Math.max(best, 1);
  }
  return best;
}
