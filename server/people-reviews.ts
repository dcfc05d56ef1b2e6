/**
 * The pairs that linking asks people about, each with what "same" would part: worked out over everybody whom either of
 * the two could be one with, in the transaction that links, so that it is never older than the links themselves.
 */

import type { Tx } from "../db/client";
import { type Findings, type Known, linksOf, peopleOf } from "./domain/linking/findings";
import { partingRule } from "./domain/linking/parting";
import { type ReviewFound, type ReviewPair, reviewsLeftOpen } from "./link-reviews";
import type { ModelInUse } from "./people-model";
import { neighbourhood } from "./people-neighbourhood";
import { type ClientKey, keyOf } from "./people-records";
import { readSaid } from "./people-said";

interface Pair {
  a: ClientKey;
  b: ClientKey;
}

/**
 * What was found for review, and what is open of these clients and not for linking to close, as reviews are written.
 * Gives also how many clients were opened for it, beside those that are known.
 */
export async function reviewsToWrite(
  tx: Tx,
  known: Known,
  { reviews, people }: Findings,
  inUse: ModelInUse,
): Promise<{ found: ReviewFound[]; opened: number }> {
  const asked = new Map<string, Pair & { reason: ReviewFound["reason"] }>();
  for (const pair of await reviewsLeftOpen(tx, [...known.clients.values()])) {
    asked.set(nameOf(pair), { ...pair, reason: "open" });
  }
  for (const { pair, reason } of reviews) asked.set(nameOf(pair), { a: pair.a, b: pair.b, reason });
  const isHere = ({ a, b }: Pair) => known.clients.has(keyOf(a)) && known.clients.has(keyOf(b));
  const pairs = [...asked.values()];
  const here = weighedWith({ known, partedBy: partingRule(known, people) }, pairs.filter(isHere), inUse);
  const there = await weighForReview(
    tx,
    pairs.filter((pair) => !isHere(pair)),
    inUse,
  );
  const found = [...here, ...there.pairs].flatMap((pair): ReviewFound[] => {
    const reason = asked.get(nameOf(pair))?.reason;
    return reason ? [{ ...pair, reason }] : [];
  });
  return { found, opened: there.opened };
}

const nameOf = ({ a, b }: Pair) => [keyOf(a), keyOf(b)].sort().join(" ");

/** What is known around some pairs. */
interface Seen {
  known: Known;
  partedBy: ReturnType<typeof partingRule>;
}

function weighedWith({ known, partedBy }: Seen, pairs: readonly Pair[], inUse: ModelInUse): ReviewPair[] {
  return pairs.flatMap((pair) => {
    const [one, other] = [known.clients.get(keyOf(pair.a)), known.clients.get(keyOf(pair.b))];
    if (!one || !other) return [];
    const { a, b, score } = known.weigh(one, other);
    const records = { a: a.record, b: b.record };
    const model = { ...inUse.model, madeOn: inUse.madeOn };
    return [{ a, b, records, score, model, parting: partedBy(a, b) }];
  });
}

/** Pairs that are looked around at once. */
const PAIRS_AT_ONCE = 50;

/** Reads and weighs pairs, with what "same" would part; leaves out those of whom one cannot be read. */
export async function weighForReview(
  tx: Tx,
  pairs: readonly Pair[],
  inUse: ModelInUse,
): Promise<{ pairs: ReviewPair[]; opened: number }> {
  if (pairs.length === 0) return { pairs: [], opened: 0 };
  if (pairs.length > PAIRS_AT_ONCE) return inTwo(tx, pairs, inUse);
  const both = pairs.flatMap(({ a, b }) => [a, b]);
  const near = await neighbourhood(tx, both, inUse.model);
  if (!near.isWhole && pairs.length > 1) return inTwo(tx, pairs, inUse);
  const clients = [...near.clients.values()];
  const known = { ...near, model: inUse.model, said: await readSaid(tx, clients) };
  // Who is tied to too many is left as they are whatever anybody says, until everybody is linked at once.
  const partedBy = near.isWhole ? partingRule(known, peopleOf(known, linksOf(known), clients)) : () => [];
  return { pairs: weighedWith({ known, partedBy }, pairs, inUse), opened: near.opened };
}

async function inTwo(tx: Tx, pairs: readonly Pair[], inUse: ModelInUse): ReturnType<typeof weighForReview> {
  const middle = Math.ceil(pairs.length / 2);
  const first = await weighForReview(tx, pairs.slice(0, middle), inUse);
  const second = await weighForReview(tx, pairs.slice(middle), inUse);
  return { pairs: [...first.pairs, ...second.pairs], opened: first.opened + second.opened };
}
