/**
 * How right the linking of an extract was, for a file whose truth is known: over all pairs of records, by band. The
 * truth is used here and nowhere else.
 */

import { Invalid } from "./domain/errors";
import { blockingKeys } from "./domain/linking/blocking";
import { compareRecords } from "./domain/linking/comparison";
import type { ExtractMap } from "./domain/linking/extract";
import type { LinkedPair } from "./domain/linking/link-all";
import { isOversized } from "./domain/linking/oversized-keys";
import type { LinkRecord } from "./domain/linking/record";
import { extractRecords, rowsOfFile } from "./extract-file";

/** Shares from 0 to 1 over all pairs of records. */
export interface Accuracy {
  pairs: number;
  precision: number;
  recall: number;
  f1: number;
}

export interface Trial {
  truePairs: number;
  /** Share of the true pairs that have a blocking key in common. */
  blockingRecall: number;
  link: Accuracy;
  linkAndReview: Accuracy;
  /** The probability from which taking every pair found gives the highest F1, and that F1. */
  bestF1: { threshold: number; f1: number };
  /** Linked pairs that are two people's, by what they look like: twins, one name with two dates, others. */
  wrongLinks: { twins: number; oneName: number; other: number };
}

/** Compares the pairs found in an extract with its truth: a file of record_id and person_id. */
export async function tryAgainstTruth(
  pairs: readonly LinkedPair[],
  files: { extract: string; truth: string; map: ExtractMap | null },
  currentYear: number,
): Promise<Trial> {
  const personOf = await readTruth(files.truth);
  const records = new Map<string, LinkRecord>();
  for await (const { id, record } of extractRecords(files.extract, files.map, currentYear)) {
    if (personOf.has(id)) records.set(id, record);
  }
  return trialOf(pairs, records, personOf);
}

async function readTruth(path: string): Promise<ReadonlyMap<string, string>> {
  const personOf = new Map<string, string>();
  for await (const { cells, header } of rowsOfFile(path, placesOfTruth)) {
    personOf.set((cells[header.id] ?? "").trim(), (cells[header.person] ?? "").trim());
  }
  return personOf;
}

function placesOfTruth(columns: readonly string[]): { id: number; person: number } {
  const names = columns.map((cell) => cell.trim().toLowerCase());
  const places = { id: names.indexOf("record_id"), person: names.indexOf("person_id") };
  if (places.id >= 0 && places.person >= 0) return places;
  throw new Invalid("The truth needs the columns record_id and person_id.");
}

/** What a band is worth against the truth; found pairs that are two people's are handed back. */
export interface Scored<P> {
  link: Accuracy;
  linkAndReview: Accuracy;
  wrongLinks: P[];
}

/** Counts how many of the pairs found are of one person, by band, and how many of those there are were found. */
export function scorePairs<P extends { band: LinkedPair["band"] }>(
  pairs: Iterable<P>,
  isTrue: (pair: P) => boolean,
  truePairs: number,
): Scored<P> {
  const found = { link: 0, review: 0 };
  const right = { link: 0, review: 0 };
  const wrongLinks: P[] = [];
  for (const pair of pairs) {
    found[pair.band] += 1;
    if (isTrue(pair)) right[pair.band] += 1;
    else if (pair.band === "link") wrongLinks.push(pair);
  }
  const accuracy = (pairs: number, right: number): Accuracy => ({
    pairs,
    precision: share(right, pairs),
    recall: share(right, truePairs),
    f1: share(2 * right, pairs + truePairs),
  });
  return {
    link: accuracy(found.link, right.link),
    linkAndReview: accuracy(found.link + found.review, right.link + right.review),
    wrongLinks,
  };
}

/** Compares pairs with the person of each record. */
export function trialOf(
  pairs: readonly LinkedPair[],
  records: ReadonlyMap<string, LinkRecord>,
  personOf: ReadonlyMap<string, string>,
): Trial {
  const truePairs = countPairs(membersOf(records, personOf));
  const isTrue = ({ a, b }: LinkedPair) => personOf.has(a) && personOf.get(a) === personOf.get(b);
  const { link, linkAndReview, wrongLinks } = scorePairs(pairs, isTrue, truePairs);
  return {
    truePairs,
    blockingRecall: blockingRecallOf(records, personOf),
    link,
    linkAndReview,
    bestF1: bestF1(pairs, isTrue, truePairs),
    wrongLinks: looksOf(wrongLinks, records),
  };
}

type Members = ReadonlyMap<string, readonly string[]>;

function membersOf(records: ReadonlyMap<string, LinkRecord>, personOf: ReadonlyMap<string, string>): Members {
  const members = new Map<string, string[]>();
  for (const id of records.keys()) {
    const person = personOf.get(id) ?? "";
    const ids = members.get(person);
    if (ids) ids.push(id);
    else members.set(person, [id]);
  }
  return members;
}

function countPairs(members: Members): number {
  let pairs = 0;
  for (const ids of members.values()) pairs += (ids.length * (ids.length - 1)) / 2;
  return pairs;
}

/** To four digits; nothing of nothing is 0. */
const share = (part: number, whole: number) => Math.round((10_000 * part) / Math.max(1, whole)) / 10_000;

/** Share of the true pairs that have a blocking key in common which is not oversized. */
export function blockingRecallOf(
  records: ReadonlyMap<string, LinkRecord>,
  personOf: ReadonlyMap<string, string>,
): number {
  const members = membersOf(records, personOf);
  const sharers = new Map<string, number>();
  const keysOf = new Map<string, readonly string[]>();
  for (const [id, record] of records) {
    const keys = blockingKeys(record);
    keysOf.set(id, keys);
    for (const key of keys) sharers.set(key, (sharers.get(key) ?? 0) + 1);
  }
  let kept = 0;
  for (const ids of members.values()) {
    for (const [at, a] of ids.entries()) {
      const keys = new Set(keysOf.get(a)?.filter((key) => !isOversized(key, sharers.get(key) ?? 0)));
      kept += ids.slice(at + 1).filter((b) => keysOf.get(b)?.some((key) => keys.has(key))).length;
    }
  }
  return share(kept, countPairs(members));
}

function bestF1(
  pairs: readonly LinkedPair[],
  isTrue: (pair: LinkedPair) => boolean,
  truePairs: number,
): Trial["bestF1"] {
  const best = { threshold: 1, f1: 0 };
  const ordered = [...pairs].sort((x, y) => y.probability - x.probability);
  let right = 0;
  for (const [at, pair] of ordered.entries()) {
    if (isTrue(pair)) right += 1;
    if (ordered[at + 1]?.probability === pair.probability) continue;
    const f1 = share(2 * right, at + 1 + truePairs);
    if (f1 > best.f1) Object.assign(best, { threshold: pair.probability, f1 });
  }
  return best;
}

function looksOf(
  wrong: readonly LinkedPair[],
  records: ReadonlyMap<string, LinkRecord>,
): Trial["wrongLinks"] {
  const found = { twins: 0, oneName: 0, other: 0 };
  for (const { a, b } of wrong) {
    const [one, other] = [records.get(a), records.get(b)];
    const levels = one && other ? compareRecords(one, other).levels : null;
    const family = levels?.familyName ?? levels?.womansFamilyName;
    const otherName = levels?.givenName === "different" || levels?.givenName === "similar";
    if (levels?.dateOfBirth === "same" && otherName && family === "same") found.twins += 1;
    else if (levels?.givenName === "same" && family === "same" && levels.dateOfBirth !== "same")
      found.oneName += 1;
    else found.other += 1;
  }
  return found;
}
