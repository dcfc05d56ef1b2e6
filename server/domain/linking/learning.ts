/**
 * Learns from records what agreement is worth: which pairs to look at, what they come to, and how common each value is
 * among people. In steps, so that whoever has other work to do can do it between two of them.
 */

import { compareRecords } from "./comparison";
import { type Estimate, estimateParameters, frequenciesOf, modelOf, PatternCounts } from "./estimation";
import { JoinedSets } from "./joined-sets";
import { type LinkModel, type LinkParameters, SHIPPED_MODEL, scorePair } from "./model";
import { sharedKeys } from "./oversized-keys";
import type { LinkRecord } from "./record";
import { keepsApart, vetoesOf } from "./vetoes";

/** Whatever has a record: a client, a row of an extract. */
interface Recorded {
  readonly record: LinkRecord;
}

export interface LearningOptions {
  /** What the estimate begins with and is shrunk to; also its thresholds. */
  start?: LinkParameters;
  /** Pairs taken at random to learn how often strangers agree. */
  randomPairs?: number;
}

export interface Learnt {
  estimate: Estimate;
  model: LinkModel;
}

/** Pairs taken at random to learn how often strangers agree, unless told otherwise. */
export const RANDOM_PAIRS = 500_000;

/** Pairs of a step. */
const PAIRS_A_STEP = 2_000;

/** Learns a model of this version from records and those of their pairs that share a key (`candidatePairs`). */
export function* learning(
  version: string,
  named: readonly Recorded[],
  pairs: readonly [number, number][],
  { start = SHIPPED_MODEL, randomPairs = RANDOM_PAIRS }: LearningOptions = {},
): Generator<void, Learnt> {
  const [candidates, random] = [new PatternCounts(), new PatternCounts()];
  for (const { one, other, isStep } of recordsOf(named, pairs)) {
    const comparison = compareRecords(one, other);
    if (!keepsApart(vetoesOf(one, other, comparison))) candidates.add(comparison);
    if (isStep) yield;
  }
  for (const { one, other, isStep } of recordsOf(named, pairsAtRandom(named.length, randomPairs))) {
    random.add(compareRecords(one, other));
    if (isStep) yield;
  }
  const evidence = { records: named.length, candidates, random };
  const estimate = estimateParameters(version, evidence, start);
  yield;
  // Who is who at first sight, whatever any veto says: enough to count how many people carry a value.
  const rough = modelOf(estimate.parameters, {});
  const people = new JoinedSets(named.length);
  for (const { a, b, one, other, isStep } of recordsOf(named, pairs)) {
    if (scorePair(rough, one, other).probability >= rough.thresholds.link) people.join(a, b);
    if (isStep) yield;
  }
  const owned = named.map(({ record }, at) => ({ record, person: people.rootOf(at) }));
  return { estimate, model: modelOf(estimate.parameters, frequenciesOf(owned)) };
}

/** The records of each pair, and whether a step is done with it. */
function* recordsOf(named: readonly Recorded[], pairs: Iterable<readonly [number, number]>) {
  let taken = 0;
  for (const [a, b] of pairs) {
    const [one, other] = [named[a]?.record, named[b]?.record];
    if (!one || !other) continue;
    taken += 1;
    yield { a, b, one, other, isStep: taken % PAIRS_A_STEP === 0 };
  }
}

/** Takes every step, one after another. */
export function atOnce<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Pairs of places that share a key, the smaller first, each once, in order; and the records as they are to be compared,
 * without what too many share.
 */
export function candidatePairs<R extends Recorded>(
  records: readonly R[],
): { evident: readonly R[]; pairs: [number, number][]; oversizedKeys: number } {
  const { blocks, oversized, evident } = sharedKeys(records);
  const found = new Set<number>();
  for (const block of blocks.values()) {
    for (const [at, a] of block.entries()) {
      for (const b of block.slice(at + 1)) found.add(a * records.length + b);
    }
  }
  const pairs = [...found]
    .sort((x, y) => x - y)
    .map((pair): [number, number] => [Math.floor(pair / records.length), pair % records.length]);
  return { evident, pairs, oversizedKeys: oversized.size };
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
