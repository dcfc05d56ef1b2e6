/**
 * Opens the pairs about which a person is asked. Runs in the linker, which alone sees two records in the clear: the
 * comparison is masked, then sealed, before anything is kept, so that a steward never needs another organisation's
 * identity rows. Idempotent: of a pair there is one open review, and running again changes nothing.
 */

import { createHmac } from "node:crypto";
import type { Sql, Tx } from "../db/client";
import { ARRAY_OF } from "./client-rows";
import { evidenceText, maskedAgreement, maskedComparison, type WeighedBy } from "./domain/link-masking";
import {
  CHECKS_A_WEEK,
  isOfTwoPeople,
  type KeptComparison,
  keptComparisonSchema,
  type MaskedComparison,
  MOST_CLIENTS,
  maskedComparisonSchema,
  type ReviewOutcome,
  type ReviewReason,
  shownScore,
  stepFor,
  wordsNeeded,
} from "./domain/link-review";
import type { Levels } from "./domain/linking/comparison";
import type { Score } from "./domain/linking/model";
import type { LinkRecord } from "./domain/linking/record";
import { open, seal } from "./identity-vault";
import { uuidv7 } from "./ids";
import { key } from "./keys";
import { type ClientKey, columnsOf, keyOf } from "./people-records";

/** A pair as the linker weighed it, in either order. */
export interface ReviewPair {
  a: ClientKey;
  b: ClientKey;
  records: { a: LinkRecord; b: LinkRecord };
  score: Score;
  model: WeighedBy;
  /** Who is one person now, and would not be any more if these two were said to be the same. */
  parting?: readonly { a: ClientKey; b: ClientKey; levels: Levels }[];
}

export interface ReviewFound extends ReviewPair {
  /**
   * likely: between the thresholds. vetoed: would be a link but for a veto. asked: somebody wants it looked at. open: not
   * found again, but there is a review of it that linking leaves open, which is brought up to date.
   */
  reason: "likely" | "vetoed" | "asked" | "open";
}

/**
 * Opens a review for each pair, or brings the open one up to date; reviews of the clients in `looked`, all of whose
 * pairs were weighed in this run, are closed when their pair was not found again. Call it in the transaction that
 * writes what linking found. Gives how many were opened or brought up to date, and how many closed.
 */
export async function openReviews(
  tx: Tx,
  found: readonly ReviewFound[],
  looked: readonly ClientKey[] = [],
): Promise<{ put: number; closed: number }> {
  const still: string[] = [];
  let put = 0;
  for (const some of chunks(found, PAIRS_AT_ONCE)) {
    const known = await readKnown(tx, some);
    const rows = some.flatMap((found, at) => rowFor(found, known.get(at + 1)));
    put += await putReviews(tx, rows);
    still.push(...rows.map(({ id }) => id));
    for (const { isOpen, id } of known.values()) if (isOpen && id) still.push(id);
  }
  let closed = 0;
  for (const some of chunks(looked, CLIENTS_AT_ONCE)) {
    const { organisations, ids } = columnsOf(some);
    const [settled] = await tx<{ closed: number }[]>`
      select identity.settle_link_reviews(${organisations}::integer[], ${ids}::uuid[], ${still}::uuid[]) as closed`;
    closed += settled?.closed ?? 0;
  }
  return { put, closed };
}

/** Pairs and clients that one statement takes: everybody may be linked at once. */
const PAIRS_AT_ONCE = 500;
const CLIENTS_AT_ONCE = 5_000;

function* chunks<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

/** A pair in order, masked. */
interface Draft {
  a: ClientKey;
  b: ClientKey;
  reason: ReviewReason;
  score: Score;
  model: WeighedBy;
  masked: KeptComparison;
  /** What the masked weights come to: what stewards see is what is kept and what asks for a second word. */
  shown: ReturnType<typeof shownScore>;
}

function draftOf({ records, score, model, ...pair }: ReviewPair, reason: ReviewReason): Draft {
  const inOrder = keyOf(pair.a) < keyOf(pair.b);
  const [a, b] = inOrder ? [pair.a, pair.b] : [pair.b, pair.a];
  const [first, second] = inOrder ? [records.a, records.b] : [records.b, records.a];
  const masked = {
    ...maskedComparison(first, second, score, model),
    // A link that is found right stays what it was: nothing is decided by it.
    parting: maskedPartings({ a, b }, reason === "sample" ? [] : (pair.parting ?? [])),
  };
  return {
    ...{ a, b },
    reason,
    score,
    model,
    masked,
    shown: shownScore(masked),
  };
}

function maskedPartings(
  { a, b }: Pick<Draft, "a" | "b">,
  parted: NonNullable<ReviewPair["parting"]>,
): KeptComparison["parting"] {
  if (parted.length === 0) return { pairs: [], mark: "" };
  const whose = (client: ClientKey) =>
    keyOf(client) === keyOf(a) ? "a" : keyOf(client) === keyOf(b) ? "b" : "other";
  const names = parted.map((part) => [keyOf(part.a), keyOf(part.b)].sort().join(" ")).sort();
  return {
    pairs: parted.map((part) => ({
      who: [whose(part.a), whose(part.b)],
      ...maskedAgreement(part.levels),
    })),
    mark: markOf(names),
  };
}

/** Tells some pairs of clients from others, to nobody but the linker: a plain hash could be tried with known clients. */
const markOf = (names: readonly string[]) =>
  createHmac("sha256", key("pseudonym"))
    .update(`parting\n${names.join("\n")}`)
    .digest("base64url")
    .slice(0, 16);

interface KnownRow {
  /** Place in the list asked about, from 1. */
  number: number;
  id: string | null;
  reason: ReviewReason | null;
  model: string | null;
  probability: number | null;
  comparison: Buffer | null;
  outcome: ReviewOutcome | null;
  isOpen: boolean;
  decided: "same" | "different" | null;
}

async function readKnown(tx: Tx, pairs: readonly Pair[]): Promise<ReadonlyMap<number, KnownRow>> {
  const ordered = pairs.map(({ a, b }) => (keyOf(a) < keyOf(b) ? { a, b } : { a: b, b: a }));
  const [a, b] = [columnsOf(ordered.map(({ a }) => a)), columnsOf(ordered.map(({ b }) => b))];
  const rows = await tx<KnownRow[]>`
    select * from identity.link_reviews_of(
      ${a.organisations}::integer[], ${a.ids}::uuid[], ${b.organisations}::integer[], ${b.ids}::uuid[])`;
  return new Map(rows.map((row) => [row.number, row]));
}

/** Pairs with an open review that linking does not close: checks, and what a person wants looked at. */
export async function reviewsLeftOpen(tx: Tx, clients: readonly ClientKey[]): Promise<Pair[]> {
  const found: Pair[] = [];
  for (const some of chunks(clients, CLIENTS_AT_ONCE)) {
    const { organisations, ids } = columnsOf(some);
    const rows = await tx<PairRow[]>`
      select * from identity.link_reviews_left_open(${organisations}::integer[], ${ids}::uuid[])`;
    found.push(...rows.map(pairOf));
  }
  return found;
}

/** Opens a kept comparison as a steward sees it. */
export function openComparison(organisationId: number, id: string, sealed: Buffer): MaskedComparison {
  return maskedComparisonSchema.parse(openSealed(organisationId, id, sealed));
}

const openKept = (organisationId: number, id: string, sealed: Buffer): KeptComparison =>
  keptComparisonSchema.parse(openSealed(organisationId, id, sealed));

const openSealed = (organisationId: number, id: string, sealed: Buffer): unknown =>
  JSON.parse(open("link_review.comparison", { organisationId, id }, sealed));

/** A review to write. */
interface ReviewRow extends Draft {
  id: string;
  repeatOf: string | null;
  needs: { same: number; different: number };
  /** Whether the records changed since the review was opened. */
  changed: boolean;
}

/** What to write of a pair; nothing when it stands as it should. */
function rowFor(found: ReviewFound, known: KnownRow | undefined): ReviewRow[] {
  const { reason, isUpdate } = reasonOf(found, known);
  if (reason === null) return [];
  const draft = draftOf(found, reason);
  const { a, score, model, masked, shown } = draft;
  const before =
    known?.id && known.comparison ? openKept(a.organisationId, known.id, known.comparison) : null;
  const partsOthers = known?.isOpen === true && before?.parting.mark !== masked.parting.mark;
  const changed = before === null || evidenceText(before) !== evidenceText(masked) || partsOthers;
  const isSameWeight =
    known?.model === model.version && Math.abs((known.probability ?? 0) - shown.probability) < 1e-9;
  const step = stepFor(
    known ?? null,
    { score, thresholds: model.thresholds },
    changed ? "changed" : "same",
    isSameWeight || isUpdate ? "same" : "changed",
  );
  if (step === "keep") return [];
  return [
    {
      ...draft,
      id: step === "refresh" && known?.id ? known.id : uuidv7(),
      repeatOf: null,
      needs: needsOf(draft, known?.decided ?? null),
      changed,
    },
  ];
}

/**
 * Why a pair is asked about. What an open review was opened for stays: a check that is under way is still a check. None
 * where only an open review would be brought up to date (isUpdate: when its records changed, not for another weight)
 * and there is none.
 */
function reasonOf(
  { reason, score }: ReviewFound,
  known: KnownRow | undefined,
): { reason: ReviewReason | null; isUpdate: boolean } {
  const isUpdate = reason === "open";
  if (known?.isOpen && known.reason) return { reason: known.reason, isUpdate };
  if (isUpdate) return { reason: null, isUpdate };
  const isVetoed = reason === "vetoed" && score.vetoes.some(isOfTwoPeople);
  return { reason: reason === "vetoed" && !isVetoed ? "likely" : reason, isUpdate };
}

const needsOf = ({ reason, shown, score, model, masked }: Draft, stands?: "same" | "different" | null) =>
  wordsNeeded(
    reason,
    {
      probability: shown.probability,
      vetoes: score.vetoes,
      isParting: masked.parting.pairs.length > 0,
    },
    model.thresholds,
    stands,
  );

async function putReviews(tx: Tx, rows: readonly ReviewRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const sealed = rows.map(({ id, a, masked }) =>
    seal("link_review.comparison", { organisationId: a.organisationId, id }, JSON.stringify(masked)),
  );
  const [written] = await tx<{ put: number }[]>`
    select identity.put_link_reviews(
      ${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ a }) => a.organisationId)}::integer[], ${rows.map(({ a }) => a.clientId)}::uuid[],
      ${rows.map(({ b }) => b.organisationId)}::integer[], ${rows.map(({ b }) => b.clientId)}::uuid[],
      ${rows.map(({ reason }) => reason)}::text[], ${rows.map(({ repeatOf }) => repeatOf)}::uuid[],
      ${rows.map(({ shown }) => shown.probability)}::double precision[],
      ${rows.map(({ shown }) => shown.weight)}::double precision[],
      ${rows.map(({ model }) => model.version)}::text[],
      ${rows.map(({ needs }) => needs.same)}::smallint[], ${rows.map(({ needs }) => needs.different)}::smallint[],
      ${rows.map(() => MOST_CLIENTS)}::smallint[],
      ${tx.array(sealed, ARRAY_OF.bytes)}::bytea[],
      ${tx.array(
        rows.map(({ changed }) => changed),
        ARRAY_OF.boolean,
      )}::boolean[]) as put`;
  return written?.put ?? 0;
}

/** Decided pairs that are given again each week. */
const REPEATS_A_WEEK = 4;
/** So long after a decision nobody remembers the pair. */
const REPEAT_AFTER_DAYS = 7;

type Pair = Pick<ReviewPair, "a" | "b">;

/** Reads both records of each pair and weighs them with the model in use; leaves out pairs that are gone. */
export type WeighAgain = (tx: Tx, pairs: readonly Pair[]) => Promise<readonly ReviewPair[]>;

interface PairRow {
  organisationIdA: number;
  clientIdA: string;
  organisationIdB: number;
  clientIdB: string;
}

const pairOf = (row: PairRow): Pair => ({
  a: { organisationId: row.organisationIdA, clientId: row.clientIdA },
  b: { organisationId: row.organisationIdB, clientId: row.clientIdB },
});

/**
 * Draws what this week's checks still lack: links that the software made, at random among all that stand, and a few
 * decided pairs to be given again. They wait among the others and do not say what they are. Recurring work of the
 * linker: running again in the same week adds nothing. Gives how many were opened.
 */
export async function drawChecks(
  stats: Sql,
  weigh: WeighAgain,
): Promise<{ samples: number; repeats: number }> {
  return stats.begin(async (tx) => {
    const samples = await tx<PairRow[]>`
      select * from identity.link_sample(date_trunc('week', now()), ${CHECKS_A_WEEK})`;
    const repeats = await tx<(PairRow & { id: string; comparison: Buffer; outcome: "same" | "different" })[]>`
      select * from identity.link_repeats(
        date_trunc('week', now()), now() - make_interval(days => ${REPEAT_AFTER_DAYS}), ${REPEATS_A_WEEK})`;
    const drawn = await weigh(tx, samples.map(pairOf));
    const sampleRows = drawn.map((pair): ReviewRow => {
      const draft = draftOf(pair, "sample");
      return { ...fresh(draft), needs: needsOf(draft) };
    });
    const again = await weigh(tx, repeats.map(pairOf));
    const repeatRows = again.flatMap((pair): ReviewRow[] => {
      const draft = draftOf(pair, "repeat");
      const first = repeats.find(
        (row) => keyOf(pairOf(row).a) === keyOf(draft.a) && keyOf(pairOf(row).b) === keyOf(draft.b),
      );
      if (!first) return [];
      // Only the same evidence is the same question.
      const before = openComparison(first.organisationIdA, first.id, first.comparison);
      if (evidenceText(before) !== evidenceText(draft.masked)) return [];
      const needs = needsOf(draft, first.outcome);
      return [{ ...fresh(draft), repeatOf: first.id, needs }];
    });
    return { samples: await putReviews(tx, sampleRows), repeats: await putReviews(tx, repeatRows) };
  });
}

const fresh = (draft: Draft) => ({ ...draft, id: uuidv7(), repeatOf: null, changed: true });
