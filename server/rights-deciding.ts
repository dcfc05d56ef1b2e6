/**
 * What an officer decides about a record: correcting it and telling whoever it was shared with, erasing it by purpose,
 * and holding it back. Holds are kept by the database itself: nothing that is held can be erased, whoever asks.
 */

import { record } from "./audit";
import { editProfile } from "./client-edits";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import type { MakeObjection } from "./domain/objection";
import { type Day, dayOf } from "./domain/period";
import { valueText } from "./domain/profile-terms";
import type { DecideErasure, ErasurePurpose, HoldKind, PlaceHold, Rectify } from "./domain/rights/deciding";
import { open, openIfAny, seal, sealIfAny } from "./identity-vault";
import { writeObjection } from "./objections";
import { peopleOf, readRequest, recordStep, type ShownRequest } from "./rights-requests";
import { onOpenRequest } from "./rights-steps";
import { type EndedSharing, takenBackIn } from "./sharing-end";
import { requireStepUp } from "./step-up";

export interface ShownHold {
  id: string;
  clientId: string;
  kind: HoldKind;
  reason: string;
  reviewOn: Day;
}

export interface ErasureDecision {
  purpose: ErasurePurpose;
  decision: "erase" | "keep";
  because: string | null;
  doneAt: Date | null;
}

export interface Correction {
  id: string;
  outcome: "corrected" | "refused";
  about: readonly string[];
  before: string;
  after: string | null;
  disagreement: string | null;
  madeAt: Date;
}

export interface Recipient {
  id: string;
  kind: string;
  toName: string;
  way: string;
  toldAt: Date | null;
}

/** What was decided in a request so far. */
export interface Decided {
  holds: readonly ShownHold[];
  erasure: readonly ErasureDecision[];
  corrections: readonly Correction[];
  recipients: readonly Recipient[];
}

/** Holds, decisions, corrections and whom was told, of the people of a request. */
export function getDecided(ctx: ActorCtx, id: string): Promise<Decided> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId } = actor;
    await readRequest(ctx, id);
    const people = await peopleOf(ctx, id);
    const [erasure, corrections, recipients] = await Promise.all([
      db<ErasureDecision[]>`
        select purpose, decision, because, done_at from governance.erasure_decision
        where organisation_id = ${organisationId} and request_id = ${id} order by decided_at`,
      db<
        (Omit<Correction, "before" | "after" | "disagreement"> &
          Record<"before", Buffer> &
          Record<"after" | "disagreement", Buffer | null>)[]
      >`
        select id, outcome, about, before, after, disagreement, made_at from governance.rectification
        where organisation_id = ${organisationId} and request_id = ${id} order by made_at`,
      db<Recipient[]>`
        select id, kind, to_name, way, told_at from governance.rights_recipient
        where organisation_id = ${organisationId} and request_id = ${id} order by made_at, to_name`,
    ]);
    const holds = await readHolds(ctx, people);
    await recordStep(ctx, "rights.read", id);
    return {
      holds,
      erasure: [...erasure],
      corrections: corrections.map((row) => {
        const at = { organisationId, id: row.id };
        return {
          ...row,
          before: open("rectification.before", at, row.before),
          after: openIfAny("rectification.after", at, row.after),
          disagreement: openIfAny("rectification.disagreement", at, row.disagreement),
        };
      }),
      recipients: [...recipients],
    };
  });
}

/** Holds that stand on these records. */
async function readHolds({ db, actor }: TxCtx, clients: readonly string[]): Promise<ShownHold[]> {
  const rows = await db<(Omit<ShownHold, "reason"> & { reason: Buffer })[]>`
    select id, client_id, kind, reason, review_on from governance.rights_hold
    where organisation_id = ${actor.organisationId} and client_id = any (${[...clients]}::uuid[])
      and lifted_at is null
    order by placed_at`;
  return rows.map((row) => ({
    ...row,
    reason: open("rights_hold.reason", { organisationId: actor.organisationId, id: row.id }, row.reason),
  }));
}

/**
 * Holds a record back from erasing until an officer lifts it: once, however often it is sent. Throws Invalid for a review
 * that is past, and Conflict for a hold of something else under the same id.
 */
export function placeHold(ctx: ActorCtx, given: PlaceHold): Promise<{ id: string }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId, memberId } = actor;
    const [client] = await db`
      select from casework.client where organisation_id = ${organisationId} and id = ${given.clientId} for update`;
    if (!client) throw new NotFound("This person");
    if (given.reviewOn <= dayOf(await now(ctx))) {
      throw new Invalid("This day is past.", {
        reviewOn: "Enter the day on which you will look at it again.",
      });
    }
    const added = await db`
      insert into governance.rights_hold (organisation_id, id, client_id, kind, reason, review_on, placed_by)
      values (${organisationId}, ${given.id}, ${given.clientId}, ${given.kind},
              ${seal("rights_hold.reason", { organisationId, id: given.id }, given.reason)}, ${given.reviewOn},
              ${memberId})
      on conflict do nothing returning id`;
    if (added.length === 0) {
      await requireSameHold(ctx, given);
      return { id: given.id };
    }
    if (given.kind === "restriction") await tellOfRestriction(ctx, given.clientId);
    await record(ctx, "rights.hold", {
      subjects: [
        { kind: "rights-hold", id: given.id },
        { kind: "client", id: given.clientId },
      ],
      detail: { kind: given.kind },
    });
    return { id: given.id };
  });
}

async function requireSameHold({ db, actor }: TxCtx, { id, clientId, kind }: PlaceHold): Promise<void> {
  const [same] = await db`
    select from governance.rights_hold
    where organisation_id = ${actor.organisationId} and id = ${id} and client_id = ${clientId} and kind = ${kind}`;
  if (!same) throw new Conflict("Another hold has this id.");
}

/** Whoever was handed the record must know that its use is held back (UK GDPR, article 19). */
async function tellOfRestriction({ db, actor }: TxCtx, clientId: string): Promise<void> {
  const { organisationId } = actor;
  const [asked] = await db<{ id: string }[]>`
    select r.id from governance.rights_request as r
    join governance.rights_person as p on p.organisation_id = r.organisation_id and p.request_id = r.id
    where r.organisation_id = ${organisationId} and p.client_id = ${clientId} and r.kind = 'restrict'
      and r.state = 'open'
    order by r.received_on limit 1`;
  await db`
    select from governance.tell_receivers(${organisationId}, ${[clientId]}::uuid[], 'restricted', '{}', ${asked?.id ?? null})`;
}

/** Lifts a hold. Throws NotFound when it is not there or lifted already. */
export function liftHold(ctx: ActorCtx, { id }: { id: string }): Promise<{ id: string }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const [lifted] = await ctx.db<{ clientId: string; kind: string }[]>`
      update governance.rights_hold set lifted_at = now(), lifted_by = ${memberId}
      where organisation_id = ${organisationId} and id = ${id} and lifted_at is null
      returning client_id, kind`;
    if (!lifted) throw new NotFound("This hold");
    await record(ctx, "rights.lift-hold", {
      subjects: [
        { kind: "rights-hold", id },
        { kind: "client", id: lifted.clientId },
      ],
      detail: { kind: lifted.kind },
    });
    return { id };
  });
}

/** Keeps what was decided of one purpose. It can be decided otherwise until it is carried out. */
export function decideErasure(ctx: ActorCtx, given: DecideErasure): Promise<ShownRequest> {
  return onOpenRequest(ctx, given.id, "rights.decide-erasure", async (ctx, request) => {
    const { db, actor } = ctx;
    requireKind(request, "erase");
    const because = given.decision === "keep" ? given.because : null;
    const [kept] = await db`
      insert into governance.erasure_decision
        (organisation_id, request_id, purpose, decision, because, decided_by)
      values (${actor.organisationId}, ${given.id}, ${given.purpose}, ${given.decision}, ${because},
              ${actor.memberId})
      on conflict (organisation_id, request_id, purpose) do update
      set decision = excluded.decision, because = excluded.because, decided_by = excluded.decided_by,
          decided_at = now()
      where erasure_decision.done_at is null
      returning purpose`;
    if (!kept) throw new Conflict("This has been erased already.");
    return { purpose: given.purpose, decision: given.decision };
  });
}

function requireKind(request: ShownRequest, kind: ShownRequest["kind"]): void {
  if (request.kind !== kind) throw new Conflict("This request asks for something else.");
  if (request.identityOn === null) throw new Conflict("Check first who asks.");
  if (request.people.length === 0) throw new Conflict("Find first whose record it is.");
}

/**
 * Erases what was decided to be erased, and tells whoever it was handed to. Throws NotAllowed without a
 * fresh step-up, Conflict while a hold stands or while nothing was decided.
 */
export async function carryOutErasure(ctx: ActorCtx, { id }: { id: string }): Promise<ShownRequest> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  await requireStepUp(ctx);
  return onOpenRequest(ctx, id, "rights.erase", async (ctx, request) => {
    const { db, actor } = ctx;
    const { organisationId } = actor;
    requireKind(request, "erase");
    const people = await peopleOf(ctx, id);
    if ((await readHolds(ctx, people)).length > 0) {
      throw new Conflict("A hold stands on this record. Lift it first, or keep the record and say why.");
    }
    const decided = await db<{ purpose: ErasurePurpose }[]>`
      select purpose from governance.erasure_decision
      where organisation_id = ${organisationId} and request_id = ${id} and decision = 'erase' and done_at is null`;
    const purposes = decided.map(({ purpose }) => purpose);
    if (purposes.length === 0) throw new Conflict("Decide first what is to be erased.");
    if (purposes.includes("record") || purposes.includes("referrals")) {
      await db`
        select from governance.tell_receivers(${organisationId}, ${people}::uuid[], 'erased', '{}', ${id})`;
      await db`select set_config('app.telling', 'done', true)`;
    }
    if (purposes.includes("record")) {
      await db`select casework.erase_clients(${organisationId}, ${people}::uuid[])`;
    } else {
      if (purposes.includes("referrals")) {
        await db`select governance.erase_referrals(${organisationId}, ${people}::uuid[])`;
      }
      if (purposes.includes("stories")) {
        await db`select governance.erase_stories(${organisationId}, ${people}::uuid[])`;
      }
    }
    await db`
      update governance.erasure_decision set done_at = now()
      where organisation_id = ${organisationId} and request_id = ${id} and decision = 'erase' and done_at is null`;
    return { purposes };
  });
}

/**
 * Corrects a detail, or notes a correction that a worker made, or that it was refused with what the person says to it.
 * Whoever was handed the record is told of what was put right. Throws Conflict when the detail has changed meanwhile.
 */
export function rectify(ctx: ActorCtx, given: Rectify): Promise<ShownRequest> {
  return onOpenRequest(ctx, given.id, "rights.rectify", async (ctx, request) => {
    const { db, actor } = ctx;
    const { organisationId, memberId } = actor;
    requireKind(request, "rectify");
    if (!request.people.some(({ clientId }) => clientId === given.clientId))
      throw new NotFound("This person");
    const row = { organisationId, id: given.correctionId };
    const noted = await applied(ctx, given);
    const added = await db`
      insert into governance.rectification
        (organisation_id, id, request_id, client_id, outcome, about, before, after, disagreement, made_by)
      values (${organisationId}, ${given.correctionId}, ${given.id}, ${given.clientId},
              ${given.outcome === "refused" ? "refused" : "corrected"}, ${noted.about},
              ${seal("rectification.before", row, noted.before)},
              ${sealIfAny("rectification.after", row, noted.after)},
              ${sealIfAny("rectification.disagreement", row, noted.disagreement)}, ${memberId})
      on conflict do nothing returning id`;
    if (added.length > 0 && given.outcome !== "refused") {
      await db`
        select from governance.tell_receivers(${organisationId}, ${[given.clientId]}::uuid[], 'rectified',
                                              ${noted.about}::text[], ${given.id})`;
    }
    return { outcome: given.outcome, about: noted.about };
  });
}

interface Noted {
  about: string[];
  before: string;
  after: string | null;
  disagreement: string | null;
}

async function applied(ctx: TxCtx, given: Rectify): Promise<Noted> {
  if (given.outcome === "noted") {
    return { about: ["record"], before: given.before, after: given.after, disagreement: null };
  }
  if (given.outcome === "refused") {
    return { about: [], before: given.before, after: null, disagreement: given.disagreement };
  }
  const { field, from, to } = given.change;
  const answer = await editProfile(ctx, {
    id: given.clientId,
    editId: given.correctionId,
    changes: [given.change],
  });
  if (answer.fields.some(({ outcome }) => outcome === "conflict")) {
    throw new Conflict("Somebody has changed this detail meanwhile. Look at it again.");
  }
  return {
    about: [field],
    before: valueText(from) || "Nothing",
    after: valueText(to) || "Nothing",
    disagreement: null,
  };
}

/** Says that somebody whom software cannot reach was told. */
export function noteTold(
  ctx: ActorCtx,
  { id, recipientId }: { id: string; recipientId: string },
): Promise<{ ok: true }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const told = await ctx.db`
      update governance.rights_recipient set told_at = coalesce(told_at, now()), told_by = ${memberId}
      where organisation_id = ${organisationId} and id = ${recipientId} and request_id = ${id} returning id`;
    if (told.length === 0) throw new NotFound("This receiver");
    await recordStep(ctx, "rights.tell", id);
    return { ok: true };
  });
}

/** Writes down what the person of a request objects to: it holds from now on. Gives what ended with it, if anything did. */
export async function noteObjection(
  ctx: ActorCtx,
  { requestId, id, clientId, against }: MakeObjection & { requestId: string },
): Promise<{ ended: EndedSharing | null }> {
  let ended: EndedSharing | null = null;
  await onOpenRequest(ctx, requestId, "rights.object", async (ctx, request, touched) => {
    requireKind(request, "object");
    if (!request.people.some((person) => person.clientId === clientId)) throw new NotFound("This person");
    const { organisationId, memberId } = ctx.actor;
    ended = await writeObjection(ctx.db, { organisationId, id, clientId, against, madeBy: memberId });
    touched.push(...takenBackIn(ended));
    return { against };
  });
  return { ended };
}
