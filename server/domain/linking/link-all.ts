/**
 * Links a whole extract: blocks, estimates the model from the extract itself, scores every candidate pair and joins
 * those that hold together. The answer does not depend on the order of the records. One thread, all in memory.
 */

import { linkClients, pairKey, type ScoredPair } from "./clusters";
import type { Estimate } from "./estimation";
import { connectedIds } from "./joined-sets";
import { atOnce, candidatePairs, type LearningOptions, learning } from "./learning";
import { type Band, type LinkModel, mayBeOne, type Score, scorePair } from "./model";
import { reasonOf } from "./reasons";
import type { LinkRecord } from "./record";

export interface NamedRecord {
  /** Different for each record of the extract. */
  id: string;
  record: LinkRecord;
}

/** A pair that is linked or that a person should look at. The smaller id first. */
export interface LinkedPair {
  a: string;
  b: string;
  probability: number;
  band: Exclude<Band, "leave">;
  /** Why, in plain words. */
  reason: string;
}

export interface LinkedExtract {
  /** Links first by probability, then reviews; every pair of a cluster is among them. */
  pairs: LinkedPair[];
  /** Ids of the records of each person with more than one. */
  clusters: string[][];
  /** Pairs that share a key. */
  candidates: number;
  /** Keys that more records share than are compared. */
  oversizedKeys: number;
  estimate: Estimate;
  model: LinkModel;
}

/** Links an extract. Throws RangeError when two records have one id. */
export function linkAll(given: readonly NamedRecord[], options: LearningOptions = {}): LinkedExtract {
  const asWritten = [...given].sort((x, y) => (x.id < y.id ? -1 : 1));
  refuseSameIds(asWritten);
  const { evident: named, pairs, oversizedKeys } = candidatePairs(asWritten);
  const { estimate, model } = atOnce(learning("extract-1", named, pairs, options));
  const at = (place: number): NamedRecord => {
    const found = named[place];
    if (!found) throw new RangeError(`There is no record ${place}`);
    return found;
  };
  const placeOf = new Map(named.map(({ id }, place) => [id, place]));
  const score = (a: number, b: number) => scorePair(model, at(a).record, at(b).record);

  const scored: ScoredLink[] = [];
  for (const [a, b] of pairs) {
    const found = score(a, b);
    if (found.band !== "leave") scored.push(scoredLink(at(a).id, at(b).id, found));
  }
  const scoreOf = (a: string, b: string) => score(placeOf.get(a) ?? -1, placeOf.get(b) ?? -1);
  return { ...joinScored(scored, scoreOf), candidates: pairs.length, oversizedKeys, estimate, model };
}

/** A pair that is not left, with what is to be said of it. */
export interface ScoredLink extends ScoredPair {
  band: Band;
  reason: string;
}

/** A pair and its score. */
function scoredLink(a: string, b: string, score: Score): ScoredLink {
  const { probability, weight, band } = score;
  return { a, b, probability, weight, band, reason: reasonOf(score) };
}

/**
 * Joins what was scored: the pairs to write and the clusters. Pairs without a way between them do not meet, so each
 * connected part is joined by itself.
 */
export function joinScored(
  scored: readonly ScoredLink[],
  scoreOf: (a: string, b: string) => Score,
): { pairs: LinkedPair[]; clusters: string[][] } {
  const clusters = connectedParts(scored.filter(({ band }) => band === "link")).flatMap(({ ids, links }) => {
    const clients = ids.map((id) => ({ key: id, originPersonId: id, dateOfBirth: null, identifiers: [] }));
    return clustersOf(
      linkClients(clients, [], {
        pairs: links,
        mayBeOne: (a, b) => mayBeOne(scoreOf(a, b)),
      }).people,
    );
  });
  clusters.sort(([x = ""], [y = ""]) => (x < y ? -1 : 1));
  return { pairs: pairsOf(scored, clusters, scoreOf), clusters };
}

/** Ids that links connect, with their links. */
function connectedParts(links: readonly ScoredLink[]): { ids: string[]; links: ScoredLink[] }[] {
  const parts = connectedIds(links).map((ids) => ({ ids, links: [] as ScoredLink[] }));
  const partOf = new Map(parts.flatMap((part) => part.ids.map((id) => [id, part] as const)));
  for (const link of links) partOf.get(link.a)?.links.push(link);
  return parts;
}

function refuseSameIds(named: readonly NamedRecord[]): void {
  const twice = named.find(({ id }, at) => id === named[at + 1]?.id);
  if (twice) throw new RangeError(`Two records have the id ${twice.id}`);
}

function clustersOf(people: ReadonlyMap<string, string>): string[][] {
  const members = new Map<string, string[]>();
  for (const [id, person] of people) {
    const ids = members.get(person);
    if (ids) ids.push(id);
    else members.set(person, [id]);
  }
  return [...members.values()].filter((ids) => ids.length > 1).map((ids) => ids.sort());
}

function pairsOf(
  scored: readonly ScoredLink[],
  clusters: readonly string[][],
  scoreOf: (a: string, b: string) => Score,
): LinkedPair[] {
  const clusterOf = new Map(clusters.flatMap((ids, cluster) => ids.map((id) => [id, cluster] as const)));
  const known = new Map<string, ScoredLink>();
  const found: LinkedPair[] = [];
  for (const pair of scored) {
    const { a, b, probability, band, reason } = pair;
    if (clusterOf.has(a) && clusterOf.get(a) === clusterOf.get(b)) {
      known.set(pairKey(a, b), pair);
      continue;
    }
    const refused = band === "link" ? "; not joined, because others of the group do not fit" : "";
    found.push({ a, b, probability, band: "review", reason: `${reason}${refused}` });
  }
  for (const ids of clusters) {
    for (const [at, a] of ids.entries()) {
      for (const b of ids.slice(at + 1)) {
        const { probability, band, reason } = known.get(pairKey(a, b)) ?? scoredLink(a, b, scoreOf(a, b));
        const through = band === "link" ? "" : "; linked through others of the group";
        found.push({ a, b, probability, band: "link", reason: `${reason}${through}` });
      }
    }
  }
  return found.sort(
    (x, y) =>
      (x.band < y.band ? -1 : x.band > y.band ? 1 : 0) ||
      y.probability - x.probability ||
      (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1),
  );
}
