/**
 * The steps of a request about somebody's rights, each in one transaction and with its trace: noted, identity shown,
 * clock stopped and set going, more time, acknowledged, answered.
 */

import type { Detail, Subject } from "./audit";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, Invalid } from "./domain/errors";
import { type Day, dayOf } from "./domain/period";
import type { AnswerRequest, OpenRequest } from "./domain/rights/request";
import { openIfAny, seal, sealIfAny } from "./identity-vault";
import { peopleOf, readRequest, recordStep, type ShownRequest } from "./rights-requests";

/** Notes a request once, however often it is sent. Throws Conflict for another one under the same id. */
export function openRequest(ctx: ActorCtx, given: OpenRequest): Promise<{ id: string }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const row = { organisationId: actor.organisationId, id: given.id };
    if (given.receivedOn > dayOf(await now(ctx))) {
      throw new Invalid("This day has not come yet.", { receivedOn: "Enter the day on which it came." });
    }
    const added = await db`
      insert into governance.rights_request
        (organisation_id, id, kind, received_on, way, asker_kind, asker, words, made_by)
      values (${actor.organisationId}, ${given.id}, ${given.kind}, ${given.receivedOn}, ${given.way},
              ${given.askerKind}, ${seal("rights_request.asker", row, given.asker)},
              ${sealIfAny("rights_request.words", row, given.words)}, ${actor.memberId})
      on conflict do nothing returning id`;
    if (added.length > 0) await recordStep(ctx, "rights.open", given.id, { kind: given.kind });
    else await requireSame(ctx, given);
    return { id: given.id };
  });
}

interface NotedRow {
  kind: string;
  receivedOn: Day;
  way: string;
  askerKind: string;
  asker: Buffer | null;
  words: Buffer | null;
}

/** Throws Conflict when what was noted under an id is another request. Of one that was erased, its days are compared. */
async function requireSame({ db, actor }: TxCtx, given: OpenRequest): Promise<void> {
  const at = { organisationId: actor.organisationId, id: given.id };
  const [noted] = await db<NotedRow[]>`
    select kind, received_on, way, asker_kind, asker, words from governance.rights_request
    where organisation_id = ${at.organisationId} and id = ${at.id}`;
  const isSame =
    noted !== undefined &&
    noted.kind === given.kind &&
    noted.receivedOn === given.receivedOn &&
    noted.way === given.way &&
    noted.askerKind === given.askerKind &&
    (noted.asker === null ||
      (openIfAny("rights_request.asker", at, noted.asker) === given.asker &&
        openIfAny("rights_request.words", at, noted.words) === given.words));
  if (!isSame) throw new Conflict("Another request has this id.");
}

/**
 * Does one step of an open request in one transaction, and gives it as it is then. What the work adds to `touched` stands
 * in the step's audit entry beside the request and its people. Throws Conflict when it is answered.
 */
export function onOpenRequest(
  ctx: ActorCtx,
  id: string,
  action: string,
  work: (ctx: TxCtx, request: ShownRequest, touched: Subject[]) => Promise<Detail | undefined>,
): Promise<ShownRequest> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const request = await readRequest(ctx, id, true);
    if (request.state !== "open") throw new Conflict("This request has been answered already.");
    const people = await peopleOf(ctx, id);
    const touched: Subject[] = [];
    const detail = await work(ctx, request, touched);
    // Also whom the step took out of the request.
    const clients = [...new Set([...people, ...(await peopleOf(ctx, id))])];
    await recordStep(ctx, action, id, { kind: request.kind, ...detail }, { clients, touched });
    return readRequest(ctx, id);
  });
}

/** Notes how whoever asked showed who they are, and that it was today. Noted again, the later way and day stand. */
export function setIdentity(ctx: ActorCtx, { id, way }: { id: string; way: string }): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.check-identity", async ({ db, actor }, { today }) => {
    await db`
      update governance.rights_request
      set identity_way = ${way}, identity_on = ${today}, identity_by = ${actor.memberId}
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    return { way };
  });
}

/** Stops the clock: the person was asked something. Throws Conflict when it stands already. */
export function pauseRequest(
  ctx: ActorCtx,
  { id, because }: { id: string; because: string },
): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.pause", async ({ db, actor }, { clock, pauses, today }) => {
    if (clock.isPaused) throw new Conflict("The clock stands already.");
    await db`
      insert into governance.rights_pause (organisation_id, request_id, number, from_on, because)
      values (${actor.organisationId}, ${id}, ${pauses.length + 1}, ${today}, ${because})`;
    return { because };
  });
}

/** The person answered: the clock goes on. Throws Conflict when it goes on already. */
export function resumeRequest(ctx: ActorCtx, { id }: { id: string }): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.resume", async ({ db, actor }, { clock, today }) => {
    if (!clock.isPaused) throw new Conflict("The clock goes on already.");
    await db`
      update governance.rights_pause set until_on = ${today}
      where organisation_id = ${actor.organisationId} and request_id = ${id} and until_on is null`;
    return undefined;
  });
}

/** Two further months, once, while the first is not over. */
export function extendRequest(
  ctx: ActorCtx,
  { id, because }: { id: string; because: string },
): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.extend", async ({ db, actor }, request) => {
    if (request.extendedOn !== null) throw new Conflict("This request has its two further months already.");
    if ((request.clock.daysLeft ?? 0) < 0) {
      throw new Conflict("The first month is over: more time had to be asked for before.");
    }
    await db`
      update governance.rights_request set extended_on = ${request.today}, extended_because = ${because}
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    return { because };
  });
}

/** Notes that a complaint was acknowledged today. Noted again, the first day stands. */
export function acknowledgeRequest(ctx: ActorCtx, { id }: { id: string }): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, "rights.acknowledge", async ({ db, actor }, { today }) => {
    await db`
      update governance.rights_request set acknowledged_on = coalesce(acknowledged_on, ${today})
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    return undefined;
  });
}

/** Ends a request: answered, refused with a reason, or taken back by whoever asked. */
export function answerRequest(ctx: ActorCtx, given: AnswerRequest): Promise<ShownRequest> {
  const { id, outcome } = given;
  const because = outcome === "refused" ? given.because : null;
  return onOpenRequest(ctx, id, "rights.answer", async ({ db, actor }, request) => {
    // Where nobody is found, that is the answer.
    if (outcome === "done" && request.next !== "answer" && request.next !== "find") {
      throw new Conflict("Something is still to be done before this request is answered.");
    }
    const row = { organisationId: actor.organisationId, id };
    await db`
      update governance.rights_request
      set state = ${outcome}, closed_on = ${request.today}, refused_because = ${because},
          answer = ${sealIfAny("rights_request.answer", row, given.words)}
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    await db`
      update governance.rights_pause set until_on = ${request.today}
      where organisation_id = ${actor.organisationId} and request_id = ${id} and until_on is null`;
    return { outcome, because };
  });
}
