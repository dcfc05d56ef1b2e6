/**
 * Links a whole extract: blocks, estimates the model from the extract itself, scores every candidate pair and joins
 * those that hold together. The answer does not depend on the order of the records. One thread, all in memory.
 */

import { blockingKeys } from "./blocking";
import { linkClients, pairKey, type ScoredPair } from "./clusters";
import { compareRecords } from "./comparison";
import { type Estimate, estimateParameters, frequenciesOf, modelOf, PatternCounts } from "./estimation";
import {
  type Band,
  type LinkModel,
  type LinkParameters,
  type Score,
  SHIPPED_MODEL,
  scorePair,
} from "./model";
import type { LinkRecord } from "./record";
import { vetoesOf } from "./vetoes";

export interface NamedRecord {
  /** Different for each record of the extract. */
  id: string;
  record: LinkRecord;
}

export interface LinkAllOptions {
  /** What the estimate begins with and is shrunk to; also its thresholds. */
  start?: LinkParameters;
  /** Pairs taken at random to learn how often strangers agree. */
  randomPairs?: number;
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
  crowdedKeys: number;
  estimate: Estimate;
  model: LinkModel;
}

/** A key that more records share says too little: the pairs have other keys in common if they are one person's. */
export const LARGEST_BLOCK = 300;

const RANDOM_PAIRS = 1_000_000;

/** A pair below these log2 odds is never brought into one person by way of others. */
export const UNLIKELY_WEIGHT = -7;

/** Links an extract. Throws RangeError when two records have one id. */
export function linkAll(given: readonly NamedRecord[], options: LinkAllOptions = {}): LinkedExtract {
  const named = [...given].sort((x, y) => (x.id < y.id ? -1 : 1));
  refuseSameIds(named);
  const { pairs, crowdedKeys } = candidatePairs(named.map(({ record }) => record));
  const { estimate, model } = estimateFrom(named, pairs, options);
  const at = (place: number): NamedRecord => {
    const found = named[place];
    if (!found) throw new RangeError(`There is no record ${place}`);
    return found;
  };
  const placeOf = new Map(named.map(({ id }, place) => [id, place]));
  const score = (a: number, b: number) => scorePair(model, at(a).record, at(b).record);

  const scored: (ScoredPair & { score: Score })[] = [];
  for (const [a, b] of pairs) {
    const found = score(a, b);
    if (found.band === "leave") continue;
    scored.push({
      a: at(a).id,
      b: at(b).id,
      probability: found.probability,
      weight: found.weight,
      score: found,
    });
  }
  const mayBeOne = (a: string, b: string) => {
    const { weight, vetoes } = score(placeOf.get(a) ?? -1, placeOf.get(b) ?? -1);
    return weight >= UNLIKELY_WEIGHT && !vetoes.some(({ effect }) => effect === "apart");
  };
  const { people } = linkClients(
    named.map(({ id }) => ({ key: id, originPersonId: id, dateOfBirth: null, identifiers: [] })),
    [],
    { pairs: scored.filter(({ score: { band } }) => band === "link"), mayBeOne },
  );
  const clusters = clustersOf(people);
  return {
    pairs: pairsOf(scored, clusters, (a, b) => score(placeOf.get(a) ?? -1, placeOf.get(b) ?? -1)),
    clusters,
    candidates: pairs.length,
    crowdedKeys,
    estimate,
    model,
  };
}

function refuseSameIds(named: readonly NamedRecord[]): void {
  const twice = named.find(({ id }, at) => id === named[at + 1]?.id);
  if (twice) throw new RangeError(`Two records have the id ${twice.id}`);
}

/** Pairs of places that share a key, the smaller first, each once, in order. */
export function candidatePairs(records: readonly LinkRecord[]): {
  pairs: [number, number][];
  crowdedKeys: number;
} {
  const blocks = new Map<string, number[]>();
  for (const [place, record] of records.entries()) {
    for (const key of blockingKeys(record)) {
      const block = blocks.get(key);
      if (block) block.push(place);
      else blocks.set(key, [place]);
    }
  }
  let crowdedKeys = 0;
  const found = new Set<number>();
  for (const block of blocks.values()) {
    if (block.length > LARGEST_BLOCK) {
      crowdedKeys += 1;
      continue;
    }
    for (const [at, a] of block.entries()) {
      for (const b of block.slice(at + 1)) found.add(a * records.length + b);
    }
  }
  const pairs = [...found]
    .sort((x, y) => x - y)
    .map((pair): [number, number] => [Math.floor(pair / records.length), pair % records.length]);
  return { pairs, crowdedKeys };
}

function estimateFrom(
  named: readonly NamedRecord[],
  pairs: readonly [number, number][],
  { start = SHIPPED_MODEL, randomPairs = RANDOM_PAIRS }: LinkAllOptions,
): { estimate: Estimate; model: LinkModel } {
  const [candidates, random] = [new PatternCounts(), new PatternCounts()];
  for (const [a, b] of pairs) {
    const [one, other] = [named[a]?.record, named[b]?.record];
    if (!one || !other) continue;
    const comparison = compareRecords(one, other);
    if (!vetoesOf(one, other, comparison).some(({ effect }) => effect === "apart"))
      candidates.add(comparison);
  }
  for (const [a, b] of pairsAtRandom(named.length, randomPairs)) {
    const [one, other] = [named[a]?.record, named[b]?.record];
    if (one && other) random.add(compareRecords(one, other));
  }
  const estimate = estimateParameters("extract-1", { records: named.length, candidates, random }, start);
  const people = roughPeople(named, pairs, modelOf(estimate.parameters, {}));
  const frequencies = frequenciesOf(named.map(({ record }, at) => ({ record, person: people[at] ?? at })));
  return { estimate, model: modelOf(estimate.parameters, frequencies) };
}

/** Who is who at first sight, by links alone: enough to count how many people carry a value. */
function roughPeople(
  named: readonly NamedRecord[],
  pairs: readonly [number, number][],
  model: LinkModel,
): readonly number[] {
  const parent = named.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[at] = root;
    return root;
  };
  for (const [a, b] of pairs) {
    const [one, other] = [named[a]?.record, named[b]?.record];
    if (!one || !other || scorePair(model, one, other).band !== "link") continue;
    const [x, y] = [rootOf(a), rootOf(b)];
    parent[Math.max(x, y)] = Math.min(x, y);
  }
  return named.map((_, at) => rootOf(at));
}

/**
 * Pairs of places: all there are when they are few, else this many spread evenly over all of them by a fixed stride,
 * so that the same extract always gives the same pairs.
 */
export function* pairsAtRandom(records: number, most: number): Generator<[number, number]> {
  const all = (records * (records - 1)) / 2;
  if (all <= most) {
    for (let a = 0; a < records; a += 1) for (let b = a + 1; b < records; b += 1) yield [a, b];
    return;
  }
  let state = 0x9e3779b9;
  const next = () => {
    // xorshift32 (Marsaglia 2003): enough to pick pairs by.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let taken = 0; taken < most; ) {
    const [a, b] = [Math.floor(next() * records), Math.floor(next() * records)];
    if (a === b) continue;
    taken += 1;
    yield a < b ? [a, b] : [b, a];
  }
}

function clustersOf(people: ReadonlyMap<string, string>): string[][] {
  const members = new Map<string, string[]>();
  for (const [id, person] of people) members.set(person, [...(members.get(person) ?? []), id]);
  return [...members.values()]
    .filter((ids) => ids.length > 1)
    .map((ids) => ids.sort())
    .sort(([x = ""], [y = ""]) => (x < y ? -1 : 1));
}

function pairsOf(
  scored: readonly (ScoredPair & { score: Score })[],
  clusters: readonly string[][],
  scoreOf: (a: string, b: string) => Score,
): LinkedPair[] {
  const clusterOf = new Map(clusters.flatMap((ids, cluster) => ids.map((id) => [id, cluster] as const)));
  const found = new Map<string, LinkedPair>();
  for (const { a, b, probability, score } of scored) {
    const together = clusterOf.has(a) && clusterOf.get(a) === clusterOf.get(b);
    if (together) continue;
    const refused = score.band === "link" ? "; not joined, because others of the group do not fit" : "";
    found.set(pairKey(a, b), { a, b, probability, band: "review", reason: `${reasonOf(score)}${refused}` });
  }
  for (const ids of clusters) {
    for (const [at, a] of ids.entries()) {
      for (const b of ids.slice(at + 1)) {
        const score = scoreOf(a, b);
        const through = score.band === "link" ? "" : "; linked through others of the group";
        found.set(pairKey(a, b), {
          a,
          b,
          probability: score.probability,
          band: "link",
          reason: `${reasonOf(score)}${through}`,
        });
      }
    }
  }
  return [...found.values()].sort(
    (x, y) =>
      (x.band < y.band ? -1 : x.band > y.band ? 1 : 0) ||
      y.probability - x.probability ||
      (pairKey(x.a, x.b) < pairKey(y.a, y.b) ? -1 : 1),
  );
}

/** What agrees and what does not. */
function reasonOf({ parts, vetoes }: Score): string {
  const said = parts.map(({ field, level }) => `${field} ${level}`).join(", ");
  const against = vetoes.map(({ rule }) => rule).join(", ");
  return against === "" ? said : `${said}; against: ${against}`;
}
