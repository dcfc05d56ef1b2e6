/**
 * Who of a data set is who of a cohort: the linking of clients (`domain/linking`), applied to two files. The people of
 * the data set pass one after another, so that a million of them take little memory; what agreement is worth is learnt
 * from both files, and a pair is a link, wants a person's eyes, or is left, as everywhere else. Nobody looks here, so
 * whoever is not certain is lost and said to be. The same two files always give the same answer.
 */

import { blockingKeys } from "../linking/blocking";
import { type Comparison, compareRecords } from "../linking/comparison";
import { estimateParameters, modelOf, PatternCounts, ValueCounts } from "../linking/estimation";
import { JoinedSets } from "../linking/joined-sets";
import { type LinkModel, scorePair } from "../linking/model";
import { isOversized, withoutOversized } from "../linking/oversized-keys";
import type { LinkRecord } from "../linking/record";
import { keepsApart, vetoesOf } from "../linking/vetoes";

/** What became of a row of the cohort: the number of its person in the data set, or why there is none. */
export type RowOutcome = number | "sent-twice" | "not-found" | "not-certain";

export interface LinkedRows {
  /** By row of the cohort. */
  rows: readonly RowOutcome[];
  /** Whoever is or could be somebody of the cohort: nobody of them belongs in the comparison. */
  touched: ReadonlySet<number>;
}

/** Pairs of two strangers that are looked at to learn how often strangers agree. */
const STRANGERS = 100_000;

/** Rows of the cohort and people of the data set that share one key. */
interface Block {
  rows: number[];
  people: number[];
  /** Counted on when the people are no longer kept. */
  sharers: number;
}

interface Scored {
  person: number;
  weight: number;
}

/** A cohort that is looked for. Show it everybody of the data set once, then ask what was found. */
export class CohortSearch {
  readonly #cohort: readonly LinkRecord[];
  readonly #blocks = new Map<string, Block>();
  readonly #candidates = new Map<number, readonly LinkRecord[]>();
  readonly #values = new ValueCounts();
  readonly #strangers: LinkRecord[] = [];
  readonly #everyNth: number;
  #people = 0;

  /** `expected`: people of the data set, about. It only says how many of them are kept to learn from. */
  constructor(cohort: readonly LinkRecord[], expected: number) {
    this.#cohort = cohort;
    const wanted = Math.ceil(STRANGERS / Math.max(1, Math.min(cohort.length, STRANGERS)));
    this.#everyNth = Math.max(1, Math.floor(expected / Math.max(wanted, 200)));
    for (const [row, record] of cohort.entries()) {
      for (const key of blockingKeys(record)) {
        const block = this.#blocks.get(key);
        if (block) block.rows.push(row);
        else this.#blocks.set(key, { rows: [row], people: [], sharers: 0 });
      }
    }
    for (const block of this.#blocks.values()) block.sharers = block.rows.length;
  }

  /** Somebody of the data set, in every form that they are written in there. */
  show(person: number, forms: readonly LinkRecord[]): void {
    this.#values.add(forms);
    if (this.#people % this.#everyNth === 0) this.#strangers.push(...forms.slice(0, 1));
    this.#people += 1;
    let isCandidate = false;
    for (const key of new Set(forms.flatMap(blockingKeys))) {
      const block = this.#blocks.get(key);
      if (!block) continue;
      block.sharers += 1;
      if (isOversized(key, block.sharers)) block.people.length = 0;
      else {
        block.people.push(person);
        isCandidate = true;
      }
    }
    if (isCandidate) this.#candidates.set(person, forms);
  }

  /** What became of each row. */
  finish(): LinkedRows {
    const oversized = new Set<string>();
    for (const [key, { sharers }] of this.#blocks) if (isOversized(key, sharers)) oversized.add(key);
    const evident = (record: LinkRecord) => withoutOversized({ record }, oversized).record;
    const cohort = this.#cohort.map(evident);
    const people = new Map([...this.#candidates].map(([person, forms]) => [person, forms.map(evident)]));
    const pairs = this.#pairs(oversized);
    const model = this.#learn(cohort, people, pairs);

    const touched = new Set<number>();
    const links = cohort.map((): Scored[] => []);
    const doubts = cohort.map(() => false);
    for (const [row, record] of cohort.entries()) {
      for (const person of pairs[row] ?? []) {
        const { band, weight } = bestOf(model, record, people.get(person) ?? []);
        if (band === "leave") continue;
        touched.add(person);
        if (band === "link") links[row]?.push({ person, weight });
        else doubts[row] = true;
      }
    }
    return { rows: settle(links, doubts, this.#repeats(cohort, model, oversized)), touched };
  }

  /** The people who share a key with each row, in order. */
  #pairs(oversized: ReadonlySet<string>): number[][] {
    const found = this.#cohort.map(() => new Set<number>());
    for (const [key, { rows, people }] of this.#blocks) {
      if (oversized.has(key)) continue;
      for (const row of rows) for (const person of people) found[row]?.add(person);
    }
    return found.map((people) => [...people].sort((x, y) => x - y));
  }

  /** What agreement is worth between these two files. */
  #learn(
    cohort: readonly LinkRecord[],
    people: ReadonlyMap<number, readonly LinkRecord[]>,
    pairs: readonly (readonly number[])[],
  ): LinkModel {
    const [candidates, random] = [new PatternCounts(), new PatternCounts()];
    for (const [row, record] of cohort.entries()) {
      for (const person of pairs[row] ?? []) {
        const comparison = closest(record, people.get(person) ?? []);
        if (comparison) candidates.add(comparison);
      }
    }
    const strangers = this.#strangers.length;
    const most = Math.min(STRANGERS, strangers * cohort.length);
    for (let pair = 0; pair < most; pair += 1) {
      // Each stranger in turn beside each row in turn, the second time round beside the next one.
      const [one, other] = [
        cohort[pair % cohort.length],
        this.#strangers[(pair + Math.floor(pair / cohort.length)) % strangers],
      ];
      if (one && other) random.add(compareRecords(one, other));
    }
    // The estimate counts the pairs within one file of n records, n(n - 1)/2. Between two files there are as many as
    // within one of this size.
    const across = Math.max(1, cohort.length * this.#people);
    const records = (1 + Math.sqrt(1 + 8 * across)) / 2;
    const { parameters } = estimateParameters("cohort-1", { records, candidates, random });
    // Nobody of the cohort is more than one person of the data: however alike some are, no more pairs than rows are true.
    const prior = Math.min(parameters.prior, -Math.log2(Math.max(2, this.#people)));
    return modelOf({ ...parameters, prior }, this.#values.frequencies());
  }

  /** For each row the first row of the same person. */
  #repeats(cohort: readonly LinkRecord[], model: LinkModel, oversized: ReadonlySet<string>): Uint32Array {
    const sets = new JoinedSets(cohort.length);
    const weighed = new Set<number>();
    for (const [key, { rows }] of this.#blocks) {
      if (oversized.has(key)) continue;
      for (const [at, a] of rows.entries()) {
        for (const b of rows.slice(at + 1)) {
          const pair = a * cohort.length + b;
          const [one, other] = [cohort[a], cohort[b]];
          if (!one || !other || weighed.has(pair)) continue;
          weighed.add(pair);
          if (scorePair(model, one, other).band === "link") sets.join(a, b);
        }
      }
    }
    return sets.roots();
  }
}

/** The best that any form of somebody comes to. */
function bestOf(model: LinkModel, record: LinkRecord, forms: readonly LinkRecord[]) {
  const scores = forms.map((form) => scorePair(model, record, form));
  const order = { link: 2, review: 1, leave: 0 } as const;
  const [best] = scores.sort((x, y) => order[y.band] - order[x.band] || y.weight - x.weight);
  return best ?? { band: "leave" as const, weight: Number.NEGATIVE_INFINITY };
}

/** How a row agrees with somebody, by the first of their forms that no veto keeps apart. */
function closest(record: LinkRecord, forms: readonly LinkRecord[]): Comparison | undefined {
  for (const form of forms) {
    const comparison = compareRecords(record, form);
    if (!keepsApart(vetoesOf(record, form, comparison))) return comparison;
  }
  return undefined;
}

/**
 * What becomes of each row, from whom it is linked with. Rows of one person are one: what any of them is linked with
 * counts for the first, and the others were sent twice. Where two rows that are not each other's are linked with one
 * person, the stronger link holds.
 */
function settle(
  links: readonly (readonly Scored[])[],
  doubts: readonly boolean[],
  firstOf: Uint32Array,
): RowOutcome[] {
  const linkedOf = links.map(() => new Map<number, number>());
  const doubted = [...doubts];
  for (const [row, own] of links.entries()) {
    const first = firstOf[row] ?? row;
    const linked = linkedOf[first];
    for (const { person, weight } of own) {
      linked?.set(person, Math.max(weight, linked.get(person) ?? Number.NEGATIVE_INFINITY));
    }
    if (doubts[row]) doubted[first] = true;
  }
  const rowOf = new Map<number, { row: number; weight: number }>();
  const outcomes = linkedOf.map((linked, row): RowOutcome => {
    if (firstOf[row] !== row) return "sent-twice";
    const [only, ...more] = linked;
    if (!only) return doubted[row] ? "not-certain" : "not-found";
    if (more.length > 0) return "not-certain";
    const [person, weight] = only;
    const known = rowOf.get(person);
    if (!known || weight > known.weight) rowOf.set(person, { row, weight });
    return person;
  });
  return outcomes.map((outcome, row) =>
    typeof outcome === "number" && rowOf.get(outcome)?.row !== row ? "not-certain" : outcome,
  );
}
