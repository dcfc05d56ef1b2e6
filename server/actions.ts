/**
 * What is still to do for clients: added, given to a colleague, done, found not needed, opened again. Titles are
 * sealed; an action added twice under one id is there once.
 */

import { record, type Subject } from "./audit";
import { labelOf } from "./client-timeline";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import {
  type ActionOutcome,
  type AddAction,
  type ChangeAction,
  type ClientActions,
  type Colleague,
  dueFault,
  inActionOrder,
  type ShownAction,
} from "./domain/action";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { getNeedByNumber } from "./domain/needs";
import { type Day, dayOf } from "./domain/period";
import { open, seal } from "./identity-vault";

const subjectsOf = (id: string, clientId: string): Subject[] => [
  { kind: "action", id },
  { kind: "client", id: clientId },
];

/** The actions of one client, finished ones last; who looks after them, and the colleagues who could. */
export function listClientActions(ctx: ActorCtx, clientId: string): Promise<ClientActions> {
  requireRight(ctx, "action.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const [client] = await ctx.db<{ id: string | null; name: string | null }[]>`
      select m.id, a.name
      from casework.client as c
      left join casework.member as m on m.organisation_id = c.organisation_id and m.id = c.assigned_to
      left join casework.account as a on a.id = m.account_id
      where c.organisation_id = ${organisationId} and c.id = ${clientId}`;
    if (!client) throw new NotFound("This person");
    const [actions, colleagues] = await Promise.all([
      readActions(ctx, { clientId }),
      readColleagues(ctx),
      record(ctx, "action.list", { subjects: [{ kind: "client", id: clientId }] }),
    ]);
    const looksAfter = client.id ? { id: client.id, name: client.name ?? "" } : null;
    return { actions: inActionOrder(actions), colleagues, looksAfter };
  });
}

/** Members who work with clients and have not left, by name. */
export function readColleagues({ db, actor: { organisationId } }: TxCtx): PromiseLike<Colleague[]> {
  return db<Colleague[]>`
    select m.id, a.name
    from casework.member as m
    join casework.account as a on a.id = m.account_id
    where m.organisation_id = ${organisationId} and m.ended_at is null and a.disabled_at is null
      and m.roles && array['caseworker', 'manager']
    order by lower(a.name), m.id`;
}

/** Throws Invalid unless the member works with clients here. Null is nobody, which is fine. */
export async function assertColleague(ctx: TxCtx, memberId: string | null, field: string): Promise<void> {
  if (memberId === null) return;
  const colleagues = await readColleagues(ctx);
  if (colleagues.some(({ id }) => id === memberId)) return;
  const words = "Choose somebody who works with people here.";
  throw new Invalid(words, { [field]: words });
}

/**
 * Adds an action. Throws NotFound for a client or an issue that is not the organisation's, Invalid for a day that
 * has passed or a member who does not work with clients.
 */
export function addAction(
  ctx: ActorCtx,
  given: AddAction,
): Promise<{ id: string; outcome: "stored" | "already-stored" }> {
  requireRight(ctx, "action.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const { id, clientId, issueId, title, dueOn } = given;
    await ctx.db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    const [held] = await ctx.db<{ clientId: string }[]>`
      select client_id from casework.action where organisation_id = ${organisationId} and id = ${id}`;
    if (held && held.clientId !== clientId) throw new Conflict("Another action has this id. Add it anew.");
    await record(ctx, "action.add", { subjects: subjectsOf(id, clientId) });
    if (held) return { id, outcome: "already-stored" };
    const [client] = await ctx.db<{ issueKnown: boolean }[]>`
      select ${issueId}::uuid is null or exists (
        select from casework.issue as i
        where i.organisation_id = c.organisation_id and i.client_id = c.id and i.id = ${issueId}
      ) as issue_known
      from casework.client as c
      where c.organisation_id = ${organisationId} and c.id = ${clientId}`;
    if (!client) throw new NotFound("This person");
    if (!client.issueKnown) throw new NotFound("This issue");
    await assertColleague(ctx, given.memberId, "memberId");
    assertDue(dueOn, dayOf(await now(ctx)));
    await ctx.db`
      insert into casework.action
        (organisation_id, id, client_id, issue_id, title, due_on, member_id)
      values (${organisationId}, ${id}, ${clientId}, ${issueId},
              ${seal("action.title", { organisationId, id }, title)}, ${dueOn}, ${given.memberId})`;
    return { id, outcome: "stored" };
  });
}

function assertDue(dueOn: Day | null, today: Day, before: Day | null = null): void {
  const fault = dueFault(dueOn, today, before);
  if (fault) throw new Invalid(fault, { dueOn: fault });
}

interface Held {
  clientId: string;
  dueOn: Day | null;
  memberId: string | null;
  doneAt: Date | null;
  outcome: ActionOutcome | null;
}

/** The action, held until the end of the transaction. Throws NotFound when the organisation has none. */
async function holdAction({ db, actor: { organisationId } }: TxCtx, id: string): Promise<Held> {
  const [held] = await db<Held[]>`
    select client_id, due_on, member_id, done_at, outcome from casework.action
    where organisation_id = ${organisationId} and id = ${id}
    for update`;
  if (!held) throw new NotFound("This action");
  return held;
}

/** Changes the words, the day or the member of an open action. Throws Conflict when it was finished meanwhile. */
export function changeAction(ctx: ActorCtx, given: ChangeAction): Promise<{ id: string }> {
  requireRight(ctx, "action.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const { id, title, dueOn, memberId } = given;
    const held = await holdAction(ctx, id);
    if (held.doneAt) throw new Conflict("This action was finished meanwhile. Open it again to change it.");
    if (memberId !== held.memberId) await assertColleague(ctx, memberId, "memberId");
    assertDue(dueOn, dayOf(await now(ctx)), held.dueOn);
    await ctx.db`
      update casework.action
      set title = ${seal("action.title", { organisationId, id }, title)}, due_on = ${dueOn},
          member_id = ${memberId}, changed_at = now()
      where organisation_id = ${organisationId} and id = ${id}`;
    await record(ctx, "action.change", { subjects: subjectsOf(id, held.clientId) });
    return { id };
  });
}

/** Finishes an action. Sent again it changes nothing; throws Conflict when it was finished the other way. */
export function finishAction(
  ctx: ActorCtx,
  { id, outcome }: { id: string; outcome: ActionOutcome },
): Promise<{ id: string; outcome: ActionOutcome }> {
  requireRight(ctx, "action.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const held = await holdAction(ctx, id);
    if (held.outcome !== null && held.outcome !== outcome) {
      throw new Conflict("Somebody finished this action meanwhile. Look at it again.");
    }
    await record(ctx, "action.finish", { subjects: subjectsOf(id, held.clientId), detail: { outcome } });
    if (held.outcome === null) {
      await ctx.db`
        update casework.action
        set done_at = ${await now(ctx)}, done_by = ${memberId}, outcome = ${outcome}, changed_at = now()
        where organisation_id = ${organisationId} and id = ${id}`;
    }
    return { id, outcome };
  });
}

/** Opens a finished action again; one that is open stays as it is. */
export function reopenAction(ctx: ActorCtx, { id }: { id: string }): Promise<{ id: string }> {
  requireRight(ctx, "action.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const held = await holdAction(ctx, id);
    await ctx.db`
      update casework.action
      set done_at = null, done_by = null, outcome = null, changed_at = now()
      where organisation_id = ${organisationId} and id = ${id} and done_at is not null`;
    await record(ctx, "action.reopen", { subjects: subjectsOf(id, held.clientId) });
    return { id };
  });
}

interface ActionRow {
  id: string;
  clientId: string;
  title: Buffer;
  dueOn: Day | null;
  memberId: string | null;
  memberName: string | null;
  issueId: string | null;
  needNumber: number | null;
  label: string | null;
  labelSealed: Buffer | null;
  createdAt: Date;
  doneAt: Date | null;
  doneByName: string | null;
  outcome: ActionOutcome | null;
}

/** Which actions are read: those of one client, or the ones named. */
type Which = { clientId: string } | { ids: readonly string[] };

/** Reads actions with their titles opened, in no order. Whoever calls writes the audit entry. */
export async function readActions(
  { db, actor: { organisationId } }: TxCtx,
  which: Which,
): Promise<ShownAction[]> {
  const rows = await db<ActionRow[]>`
    select t.id, t.client_id, t.title, t.due_on, t.member_id, a.name as member_name, t.issue_id, i.need_number,
           i.label, i.label_sealed, t.created_at, t.done_at, b.name as done_by_name, t.outcome
    from casework.action as t
    left join casework.member as m on m.organisation_id = t.organisation_id and m.id = t.member_id
    left join casework.account as a on a.id = m.account_id
    left join casework.member as n on n.organisation_id = t.organisation_id and n.id = t.done_by
    left join casework.account as b on b.id = n.account_id
    left join casework.issue as i on i.organisation_id = t.organisation_id and i.id = t.issue_id
    where t.organisation_id = ${organisationId}
      and ${"clientId" in which ? db`t.client_id = ${which.clientId}` : db`t.id = any (${[...which.ids]}::uuid[])`}`;
  return rows.map((row) => shownAction(organisationId, row));
}

function shownAction(organisationId: number, row: ActionRow): ShownAction {
  const { id, clientId, dueOn, createdAt } = row;
  return {
    id,
    clientId,
    title: open("action.title", { organisationId, id }, row.title),
    dueOn,
    member: row.memberId ? { id: row.memberId, name: row.memberName ?? "" } : null,
    issue:
      row.issueId && row.needNumber !== null
        ? {
            id: row.issueId,
            need: getNeedByNumber(row.needNumber).code,
            label: labelOf({ organisationId, id: row.issueId }, row),
          }
        : null,
    createdAt,
    finished: row.doneAt && row.outcome ? { at: row.doneAt, by: row.doneByName, outcome: row.outcome } : null,
  };
}
