/**
 * Moves of people from one worker to another: one transaction whatever their number, one entry of the audit that
 * names them, and a way back for a day. Their open actions go along.
 */

import { assertColleague } from "./actions";
import { record, type Subject } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { type Reassign, UNDO_HOURS } from "./domain/caseload";
import { Conflict, NotFound } from "./domain/errors";

/** What came of a move. */
export interface Moved {
  /** What to undo it by; null when nobody had to be moved. */
  id: string | null;
  moved: number;
}

/**
 * Moves people to a colleague, or to nobody. Sent again it changes nothing. Throws NotFound when one of them is not
 * the organisation's, so that nobody is moved; Invalid for somebody who does not work with clients.
 */
export function reassign(ctx: ActorCtx, given: Reassign): Promise<Moved> {
  requireRight(ctx, "caseload.manage", ctx.actor.organisationId);
  return inTransaction(ctx, (ctx) => move(ctx, given, "caseload.reassign"));
}

/** Moves one person: a worker takes somebody on, or hands them over. */
export function assignClient(
  ctx: ActorCtx,
  { id, clientId, to }: { id: string; clientId: string; to: string | null },
): Promise<Moved> {
  requireRight(ctx, "client.assign", ctx.actor.organisationId);
  return inTransaction(ctx, (ctx) => move(ctx, { id, clientIds: [clientId], to }, "client.assign"));
}

const clients = (ids: readonly string[]) => ids.map((id): Subject => ({ kind: "client", id }));

async function move(ctx: TxCtx, { id, clientIds, to }: Reassign, action: string): Promise<Moved> {
  const { db, actor } = ctx;
  const { organisationId, memberId } = actor;
  await db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
  const [made] = await db<{ people: number }[]>`
    select (select count(*)::int from casework.reassigned_client as c
            where c.organisation_id = r.organisation_id and c.reassignment_id = r.id) as people
    from casework.reassignment as r
    where r.organisation_id = ${organisationId} and r.id = ${id}`;
  if (made) {
    await record(ctx, action, { subjects: [], detail: { again: true } });
    return { id, moved: made.people };
  }
  await assertColleague(ctx, to, "to");
  const held = await db<{ id: string; assignedTo: string | null }[]>`
    select id, assigned_to from casework.client
    where organisation_id = ${organisationId} and id = any (${clientIds}::uuid[]) and not anonymous
    order by id
    for update`;
  if (held.length < clientIds.length) {
    throw new NotFound(clientIds.length === 1 ? "This person" : "One of these people");
  }
  const moving = held.filter(({ assignedTo }) => assignedTo !== to);
  const ids = moving.map(({ id }) => id);
  await record(ctx, action, {
    subjects: [...clients(ids), ...(to ? [{ kind: "member" as const, id: to }] : [])],
    detail: { people: ids.length },
  });
  if (ids.length === 0) return { id: null, moved: 0 };
  await db`
    insert into casework.reassignment (organisation_id, id, to_member, made_by)
    values (${organisationId}, ${id}, ${to}, ${memberId})`;
  await db`
    with moving as (
      select * from unnest(${ids}::uuid[], ${moving.map(({ assignedTo }) => assignedTo)}::uuid[])
        as m (client_id, from_member)
    ), gone as (
      update casework.action as a
      set member_id = ${to}, changed_at = now()
      from moving as m
      where a.organisation_id = ${organisationId} and a.client_id = m.client_id and a.done_at is null
        and a.member_id is not distinct from m.from_member
      returning a.id, a.client_id
    ), moved as (
      update casework.client as c
      set assigned_to = ${to}, assigned_at = now()
      from moving as m
      where c.organisation_id = ${organisationId} and c.id = m.client_id
    )
    insert into casework.reassigned_client
      (organisation_id, reassignment_id, client_id, from_member, action_ids)
    select ${organisationId}, ${id}, m.client_id, m.from_member,
           array(select gone.id from gone where gone.client_id = m.client_id)
    from moving as m`;
  return { id, moved: ids.length };
}

/**
 * Puts people and their actions back where they were before a move. Whoever was moved on meanwhile stays, as does
 * whoever would go back to a member who has left. Throws Conflict when the move was undone already or is too old.
 */
export function undoMove(
  ctx: ActorCtx,
  { id }: { id: string },
): Promise<{ returned: number; stayed: number }> {
  requireRight(ctx, "caseload.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db } = ctx;
    const { organisationId } = ctx.actor;
    const [made] = await db<{ toMember: string | null; undone: boolean; old: boolean }[]>`
      select to_member, undone_at is not null as undone,
             made_at < now() - ${UNDO_HOURS} * interval '1 hour' as old
      from casework.reassignment
      where organisation_id = ${organisationId} and id = ${id}
      for update`;
    if (!made) throw new NotFound("This move");
    if (made.undone) throw new Conflict("This move was undone already.");
    if (made.old) throw new Conflict("This move is more than a day old. Move the people again instead.");
    const returned = await db<{ clientId: string }[]>`
      with back as (
        select r.client_id, r.from_member, r.action_ids
        from casework.reassigned_client as r
        join casework.client as c
          on c.organisation_id = r.organisation_id and c.id = r.client_id
         and c.assigned_to is not distinct from ${made.toMember}::uuid
        left join casework.member as m on m.organisation_id = r.organisation_id and m.id = r.from_member
        where r.organisation_id = ${organisationId} and r.reassignment_id = ${id}
          and (r.from_member is null or m.ended_at is null)
        order by r.client_id
        for update of c
      ), actions as (
        update casework.action as a
        set member_id = b.from_member, changed_at = now()
        from back as b
        where a.organisation_id = ${organisationId} and a.id = any (b.action_ids) and a.done_at is null
          and a.member_id is not distinct from ${made.toMember}::uuid
      )
      update casework.client as c
      set assigned_to = b.from_member, assigned_at = now()
      from back as b
      where c.organisation_id = ${organisationId} and c.id = b.client_id
      returning c.id as client_id`;
    const [all] = await db<{ people: number }[]>`
      select count(*)::int as people from casework.reassigned_client
      where organisation_id = ${organisationId} and reassignment_id = ${id}`;
    await db`
      update casework.reassignment set undone_at = now()
      where organisation_id = ${organisationId} and id = ${id}`;
    await record(ctx, "caseload.undo", {
      subjects: clients(returned.map(({ clientId }) => clientId)),
      detail: { people: returned.length },
    });
    return { returned: returned.length, stayed: (all?.people ?? 0) - returned.length };
  });
}

/** What somebody who leaves would leave behind. */
export async function readHeld(
  { db, actor: { organisationId } }: TxCtx,
  memberId: string,
): Promise<{ people: number; actions: number }> {
  const [held] = await db<{ people: number; actions: number }[]>`
    select (select count(*)::int from casework.client
            where organisation_id = ${organisationId} and assigned_to = ${memberId} and closed_on is null) as people,
           (select count(*)::int from casework.action
            where organisation_id = ${organisationId} and member_id = ${memberId} and done_at is null) as actions`;
  return held ?? { people: 0, actions: 0 };
}

/**
 * Gives everything that a leaving member held to a colleague, or to nobody, where a manager finds it; their
 * calendar ends. In the transaction that ends the membership, whose audit entry names the people given.
 */
export async function handOver(ctx: TxCtx, memberId: string, to: string | null): Promise<Subject[]> {
  const { db, actor } = ctx;
  const { organisationId } = actor;
  await assertColleague(ctx, to, "to");
  const moved = await db<{ id: string }[]>`
    update casework.client set assigned_to = ${to}, assigned_at = now()
    where organisation_id = ${organisationId} and assigned_to = ${memberId}
    returning id`;
  await db`
    update casework.action set member_id = ${to}, changed_at = now()
    where organisation_id = ${organisationId} and member_id = ${memberId} and done_at is null`;
  await db`
    delete from casework.calendar_feed
    where organisation_id = ${organisationId} and member_id = ${memberId}`;
  return clients(moved.map(({ id }) => id));
}
