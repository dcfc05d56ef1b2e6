/**
 * What a link steward does: sees which pairs wait, looks at one, masked, says whether it is one person, and takes a
 * word back. Everything goes through functions of the database that check the steward's role themselves; neither a
 * client's id nor another steward's word comes back from them. Each look and each word is recorded.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import { NotFound } from "./domain/errors";
import type { GiveOpinion, MaskedComparison, Opinion, ReviewOutcome } from "./domain/link-review";
import { openComparison } from "./link-reviews";

/** A pair as a line of a list. */
export interface QueuedReview {
  id: string;
  /** "D H". */
  initials: string;
  /** Sector, or that there is none. */
  place: string;
  probability: number;
  openedAt: Date;
  /** Whether something speaks against a link whatever else agrees. */
  isVetoed: boolean;
}

export interface ReviewQueue {
  /** All that wait for this steward, also those beyond the list. */
  waiting: number;
  /** Longest wait first. */
  items: QueuedReview[];
}

/** Most lines of a list. */
const MOST_LINES = 100;

interface LineRow {
  id: string;
  organisationId: number;
  probability: number;
  comparison: Buffer;
}

function lineOf<R extends LineRow>({ organisationId, comparison, ...row }: R) {
  const { initials, place, vetoes } = openComparison(organisationId, row.id, comparison);
  return { ...row, initials, place, isVetoed: vetoes.length > 0 };
}

const subjectsOf = (rows: readonly { id: string }[]) =>
  rows.map(({ id }) => ({ kind: "link-review" as const, id }));

/** The pairs that wait for the steward's word. */
export function listQueue(ctx: ActorCtx): Promise<ReviewQueue> {
  requireRight(ctx, "review.decide", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const rows = await ctx.db<(LineRow & { openedAt: Date; waiting: number })[]>`
      select * from identity.link_queue(${MOST_LINES})`;
    await record(ctx, "review.queue", { subjects: subjectsOf(rows) });
    return {
      waiting: rows[0]?.waiting ?? 0,
      items: rows.map(({ waiting: _, ...row }) => lineOf(row)),
    };
  });
}

/** One pair, as a steward sees it. */
export interface ShownReview {
  id: string;
  organisationA: string;
  organisationB: string;
  probability: number;
  /** Log2 of the odds. */
  weight: number;
  comparison: MaskedComparison;
  evidenceNo: number;
  openedAt: Date;
  /** What the steward said of it, if they did. */
  own: { says: Opinion; at: Date } | null;
  /** What was decided; told only to whoever has spoken. */
  outcome: ReviewOutcome | null;
  isOpen: boolean;
}

/** One pair while it is open, or when the steward has spoken on it. Throws NotFound for any other. */
export function getReview(ctx: ActorCtx, id: string): Promise<ShownReview> {
  requireRight(ctx, "review.decide", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db<
      (LineRow & Omit<ShownReview, "comparison" | "own"> & { own: Opinion | null; ownAt: Date | null })[]
    >`select * from identity.link_review_of(${id})`;
    if (!row) throw new NotFound("This pair");
    await record(ctx, "review.read", { subjects: subjectsOf([row]) });
    const { organisationId, own, ownAt, ...shown } = row;
    return {
      ...shown,
      comparison: openComparison(organisationId, row.id, row.comparison),
      own: own && ownAt ? { says: own, at: ownAt } : null,
    };
  });
}

/**
 * What came of a word. same, different, cannot-tell: that is decided now. waiting: another steward must agree.
 * Nothing was recorded: settled, because the pair was decided meanwhile; changed, because its records were, or what
 * "same" would part; busy, because that is being worked out at the moment.
 */
export type OpinionOutcome = Opinion | "waiting" | "settled" | "changed" | "busy";

/** Says what the steward thinks of a pair. When enough stewards agree, the link is asserted and counts follow. */
export function giveOpinion(
  ctx: ActorCtx,
  { id, evidenceNo, says }: GiveOpinion,
): Promise<{ outcome: OpinionOutcome }> {
  requireRight(ctx, "review.decide", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db<{ outcome: OpinionOutcome | "not-found" }[]>`
      select identity.give_link_opinion(${id}, ${evidenceNo}::smallint, ${says}) as outcome`;
    if (!row || row.outcome === "not-found") throw new NotFound("This pair");
    const { outcome } = row;
    await record(ctx, "review.decide", { subjects: subjectsOf([{ id }]), detail: { says, outcome } });
    return { outcome };
  });
}

/**
 * Takes the steward's word back, or on a decided pair of which they said nothing the words of those who are stewards no
 * more. A decision that rested on it is open again, and its clients are kept apart; one that
 * others uphold, or that something newer has answered, stays (isOpen is false).
 */
export function takeBackOpinion(ctx: ActorCtx, id: string): Promise<{ id: string; isOpen: boolean }> {
  requireRight(ctx, "review.decide", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db<{ state: "open" | "settled" | "not-found" }[]>`
      select identity.take_back_link_opinion(${id}) as state`;
    if (!row || row.state === "not-found") throw new NotFound("Your word on this pair");
    await record(ctx, "review.take-back", { subjects: subjectsOf([{ id }]) });
    return { id, isOpen: row.state === "open" };
  });
}

/** A pair that the steward has spoken on. */
export interface OwnOpinion extends Omit<QueuedReview, "openedAt"> {
  says: Opinion;
  at: Date;
  /** Null while another steward must agree. */
  outcome: ReviewOutcome | null;
}

/** What the steward said last, newest first. */
export function listOwnOpinions(ctx: ActorCtx): Promise<OwnOpinion[]> {
  requireRight(ctx, "review.decide", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const rows = await ctx.db<(LineRow & Pick<OwnOpinion, "says" | "at" | "outcome">)[]>`
      select * from identity.own_link_opinions(${MOST_LINES})`;
    await record(ctx, "review.own", { subjects: subjectsOf(rows) });
    return rows.map(lineOf);
  });
}

/** A pair that was decided by words of those who are stewards no more. */
export interface DepartedOpinion extends Omit<QueuedReview, "openedAt"> {
  at: Date;
  outcome: ReviewOutcome;
}

/** What those who are stewards no more decided last, newest first: others may take it back. */
export function listDepartedOpinions(ctx: ActorCtx): Promise<DepartedOpinion[]> {
  requireRight(ctx, "review.decide", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const rows = await ctx.db<(LineRow & Pick<DepartedOpinion, "at" | "outcome">)[]>`
      select * from identity.departed_link_opinions(${MOST_LINES})`;
    await record(ctx, "review.own", { subjects: subjectsOf(rows) });
    return rows.map(lineOf);
  });
}
