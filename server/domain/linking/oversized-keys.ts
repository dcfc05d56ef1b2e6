/**
 * What too many records share says nothing of any of them: such a blocking key is not followed, and an identifier that
 * so many carry is taken off their records before anything is compared, learnt or counted. One rule for the clients
 * that are kept, for an extract, and for a file of millions.
 */

import type { CheckedIdentifier } from "../identifiers";
import { blockingKeys, blockOfIdentifier, isBlockOfIdentifier } from "./blocking";
import type { LinkRecord } from "./record";

/** A key that more records share says too little: the pairs have other keys in common if they are one person's. */
export const LARGEST_BLOCK = 300;

/**
 * An identifier that more clients than this carry names nobody and is no evidence: it was typed to get past a form.
 * The warehouse of the US homelessness system stops at 50 sources a person.
 */
export const MOST_SHARERS = 50;

/** Whether more share a key, of an identifier or another, than it says anything of. */
export const areTooMany = (sharers: number, isOfIdentifier: boolean): boolean =>
  sharers > (isOfIdentifier ? MOST_SHARERS : LARGEST_BLOCK);

/** Whether too many share a blocking key for it to say anything of them. */
export const isOversized = (key: string, sharers: number): boolean =>
  areTooMany(sharers, isBlockOfIdentifier(key));

/** Whatever has a record: a client, a row of an extract. */
interface Recorded {
  readonly record: LinkRecord;
}

/** One with a record, less the identifiers that too many carry: they are no evidence, for or against. */
export function withoutOversized<R extends Recorded>(one: R, oversized: ReadonlySet<string>): R {
  const { record } = one;
  const isEvidence = (identifier: CheckedIdentifier) => !oversized.has(blockOfIdentifier(identifier));
  return record.identifiers.every(isEvidence)
    ? one
    : { ...one, record: { ...record, identifiers: record.identifiers.filter(isEvidence) } };
}

/** Records by what they share. */
export interface SharedKeys<R> {
  /** Places, in order, of those who share each key that says something. */
  blocks: ReadonlyMap<string, readonly number[]>;
  /** Keys that too many share. */
  oversized: ReadonlySet<string>;
  /** All of them, in the order given, less the identifiers that too many carry. */
  evident: readonly R[];
}

/** Who shares which blocking keys, among all of these. */
export function sharedKeys<R extends Recorded>(all: readonly R[]): SharedKeys<R> {
  const blocks = new Map<string, number[]>();
  for (const [place, { record }] of all.entries()) {
    for (const key of blockingKeys(record)) {
      const block = blocks.get(key);
      if (block) block.push(place);
      else blocks.set(key, [place]);
    }
  }
  const oversized = new Set<string>();
  for (const [key, { length }] of blocks) if (isOversized(key, length)) oversized.add(key);
  for (const key of oversized) blocks.delete(key);
  return { blocks, oversized, evident: all.map((one) => withoutOversized(one, oversized)) };
}
