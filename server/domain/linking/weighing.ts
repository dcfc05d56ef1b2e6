/** Clients as they are weighed: two and two, each pair once, the lower one first. */

import { pairKey } from "./clusters";
import { compareRecords, type Levels } from "./comparison";
import { type LinkModel, type Score, scorePair } from "./model";
import type { LinkRecord } from "./record";

/** A client, opened. */
export interface LinkClient {
  /** Organisation and id as one text, by which pairs are ordered. */
  key: string;
  organisationId: number;
  clientId: string;
  personId: string;
  /** The person made with the client. */
  originPersonId: string;
  record: LinkRecord;
}

/** Two clients that were compared; the lower one is a. */
export interface WeighedPair {
  a: LinkClient;
  b: LinkClient;
  levels: Levels;
  score: Score;
}

/** Weighs a pair, whichever comes first. */
export type Weigh = (one: LinkClient, other: LinkClient) => WeighedPair;

/** Weighs a pair. */
export function weighPair(model: LinkModel, one: LinkClient, other: LinkClient): WeighedPair {
  const [a, b] = one.key < other.key ? [one, other] : [other, one];
  const comparison = compareRecords(a.record, b.record);
  const score = scorePair(model, a.record, b.record, comparison);
  return { a, b, levels: comparison.levels, score };
}

/** Weighs pairs, each once: those weighed already are taken from `pairs`, and what is weighed is put there. */
export function weigher(model: LinkModel, pairs: Map<string, WeighedPair>): Weigh {
  return (one, other) => {
    const name = pairKey(one.key, other.key);
    const known = pairs.get(name);
    if (known) return known;
    const pair = weighPair(model, one, other);
    pairs.set(name, pair);
    return pair;
  };
}

/** Kinds of identifier of which two clients have the same one, in order. */
export function sharedKinds(a: LinkClient, b: LinkClient): string[] {
  const kinds = a.record.identifiers.flatMap(({ kind, value }) =>
    b.record.identifiers.some((other) => other.kind === kind && other.value === value) ? [kind] : [],
  );
  return [...new Set(kinds)].sort();
}

/** Whether two clients are tied by what they are: then whoever is tied to the other matters as well. */
export const isTie = ({ a, b, score }: WeighedPair): boolean =>
  score.band === "link" || sharedKinds(a, b).length > 0;
