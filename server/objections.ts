/**
 * Objections of clients. Whoever reads for sharing or counting looks for them itself, in the database: one holds for the
 * next read and the next count, and the person is marked for counting again in the same transaction.
 */

import type { Tx } from "../db/client";
import { record } from "./audit";
import { requireNamedClient } from "./client-rows";
import { readSummaries } from "./clients";
import { installationNow } from "./clock";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { type Waiting, waitingOf } from "./domain/desk";
import { Conflict, NotFound } from "./domain/errors";
import {
  type Against,
  type DecideObjection,
  decideBy,
  type MakeObjection,
  type ShownObjection,
} from "./domain/objection";
import { type Day, dayOf } from "./domain/period";
import { type EndedSharing, endSharing, takenBackIn } from "./sharing-end";

/** Everything that a client of the organisation objected to, the latest first. */
export function listObjections(ctx: ActorCtx, clientId: string): Promise<ShownObjection[]> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    await requireNamedClient(ctx, clientId);
    const objections = await readObjections(ctx.db, organisationId, clientId);
    await record(ctx, "objection.read", { subjects: [{ kind: "client", id: clientId }] });
    return objections;
  });
}

/**
 * Writes down, for the client, what they object to. Sent twice under one id it is written once. Gives what ended with it;
 * null when it leaves sharing alone, or was written before.
 */
export function object(
  ctx: ActorCtx,
  objection: MakeObjection,
): Promise<{ objections: ShownObjection[]; ended: EndedSharing | null }> {
  requireRight(ctx, "consent.record", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { clientId, against } = objection;
    await requireNamedClient(ctx, clientId);
    const ended = await writeObjection(ctx.db, { organisationId, madeBy: memberId, ...objection });
    await record(ctx, "objection.make", {
      subjects: [{ kind: "client", id: clientId }, ...takenBackIn(ended)],
      detail: { against, through: "member" },
    });
    return { objections: await readObjections(ctx.db, organisationId, clientId), ended };
  });
}

/** Takes back an objection, as the client asked: they are shared and counted again. */
export function takeBackObjection(
  ctx: ActorCtx,
  { id, clientId }: { id: string; clientId: string },
): Promise<ShownObjection[]> {
  requireRight(ctx, "consent.record", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    await endObjection(ctx.db, { organisationId, id, clientId, takenBackBy: memberId });
    await record(ctx, "objection.take-back", { subjects: [{ kind: "client", id: clientId }] });
    return readObjections(ctx.db, organisationId, clientId);
  });
}

/** An objection that waits for an officer, and whose it is. */
export interface WaitingObjection extends ShownObjection {
  clientId: string;
  givenName: string;
  familyName: string;
  dateOfBirth: Day | null;
}

/** Objections that no officer has decided yet, the oldest first: each holds meanwhile. */
export function listWaitingObjections(ctx: ActorCtx): Promise<WaitingObjection[]> {
  requireRight(ctx, "objection.decide", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const rows = await ctx.db<(ShownObjection & { clientId: string })[]>`
      select id, client_id, against, made_through, made_at, state, decided_at, because
      from governance.objection
      where organisation_id = ${organisationId} and state = 'stands' order by made_at`;
    const named = await readSummaries(
      ctx,
      rows.map(({ clientId }) => clientId),
    );
    await record(ctx, "objection.list", {
      subjects: rows.map(({ clientId }) => ({ kind: "client", id: clientId })),
    });
    return rows.map((row) => {
      const { givenName = "", familyName = "", dateOfBirth = null } = named.get(row.clientId) ?? {};
      return { ...row, givenName, familyName, dateOfBirth };
    });
  });
}

/** Objections that no officer has decided yet, and by when; not whose they are. */
export async function countWaitingObjections(ctx: TxCtx): Promise<Waiting> {
  const { db, actor } = ctx;
  const rows = await db<{ madeAt: Date }[]>`
    select made_at from governance.objection
    where organisation_id = ${actor.organisationId} and state = 'stands'`;
  const today = dayOf(await now(ctx));
  return waitingOf(
    rows.map(({ madeAt }) => {
      const dueOn = decideBy(madeAt);
      return { dueOn, isLate: dueOn < today };
    }),
  );
}

/** An officer's decision. Refused, sharing and counting go on; upheld, it stands for good. */
export function decideObjection(ctx: ActorCtx, { id, decision, because }: DecideObjection): Promise<void> {
  requireRight(ctx, "objection.decide", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const decidedAt = await now(ctx);
    const [decided] = await ctx.db<{ clientId: string }[]>`
      update governance.objection
      set state = ${decision}, because = ${because}, decided_by = ${memberId}, decided_at = ${decidedAt}
      where organisation_id = ${organisationId} and id = ${id} and state = 'stands'
      returning client_id`;
    if (!decided) throw new NotFound("This objection");
    await markForCounting(ctx.db, organisationId, decided.clientId);
    await record(ctx, "objection.decide", {
      subjects: [{ kind: "client", id: decided.clientId }],
      detail: { decision, because },
    });
  });
}

/** What a client objected to, inside the caller's transaction and without an audit entry. */
export async function readObjections(
  db: Tx,
  organisationId: number,
  clientId: string,
): Promise<ShownObjection[]> {
  return [
    ...(await db<ShownObjection[]>`
      select id, against, made_through, made_at, state, decided_at, because
      from governance.objection
      where organisation_id = ${organisationId} and client_id = ${clientId}
      order by made_at desc, id desc`),
  ];
}

interface ObjectionToWrite {
  organisationId: number;
  id: string;
  clientId: string;
  against: Against;
  /** Null when the client made it on their own page. */
  madeBy: string | null;
}

/**
 * Writes an objection once, ends what was shared where it is against that, and marks the person. Gives what ended; null
 * when nothing had to. Throws Conflict when another lies under its id.
 */
export async function writeObjection(db: Tx, objection: ObjectionToWrite): Promise<EndedSharing | null> {
  const { organisationId, id, clientId, against, madeBy } = objection;
  const madeAt = await installationNow(db);
  const [written] = await db`
    insert into governance.objection (organisation_id, id, client_id, against, made_through, made_by, made_at)
    values (${organisationId}, ${id}, ${clientId}, ${against}, ${madeBy === null ? "client" : "member"}, ${madeBy},
            ${madeAt})
    on conflict do nothing returning id`;
  if (!written) {
    const [held] = await db<{ clientId: string; against: Against }[]>`
      select client_id, against from governance.objection where organisation_id = ${organisationId} and id = ${id}`;
    if (held?.clientId !== clientId || held.against !== against) {
      throw new Conflict("Another objection was made under this id. Make yours again.");
    }
    return null;
  }
  const ended =
    against === "counting" ? null : await endSharing(db, { organisationId, clientId, byName: null });
  await markForCounting(db, organisationId, clientId);
  return ended;
}

/** Takes an objection back. Throws NotFound when there is none that can be. */
export async function endObjection(
  db: Tx,
  ended: { organisationId: number; id: string; clientId: string; takenBackBy: string | null },
): Promise<void> {
  const { organisationId, id, clientId, takenBackBy } = ended;
  const decidedAt = await installationNow(db);
  const [row] = await db`
    update governance.objection
    set state = 'taken-back', decided_by = ${takenBackBy}, decided_at = ${decidedAt}
    where organisation_id = ${organisationId} and id = ${id} and client_id = ${clientId}
      and state in ('stands', 'upheld')
    returning id`;
  if (!row) throw new NotFound("This objection");
  await markForCounting(db, organisationId, clientId);
}

/** Whoever left the figures, or is back in them, is counted again: all their periods, and not only from a day on. */
const markForCounting = (db: Tx, organisationId: number, clientId: string) =>
  db`select statistics.mark_changed(${organisationId}, ${[clientId]}::uuid[])`;
