/** What each worker of an organisation carries, for its managers; and the moves of people that can still be undone. */

import { record } from "./audit";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { countCrises } from "./crises";
import {
  type RecentMove,
  type TeamCaseload,
  UNDO_HOURS,
  type Worker,
  type WorkerLoad,
  type Workers,
} from "./domain/caseload";
import { dayOf } from "./domain/period";

/** Whose people a manager can look at, and the services to narrow them by; without counting anything. */
export function listWorkers(ctx: ActorCtx): Promise<Workers> {
  requireRight(ctx, "caseload.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const [workers, services, instant] = await Promise.all([readWorkers(ctx), readServices(ctx), now(ctx)]);
    await record(ctx, "caseload.team", { subjects: workers.map(({ id }) => ({ kind: "member", id })) });
    return { today: dayOf(instant), workers, services };
  });
}

function readServices({ db, actor: { organisationId } }: TxCtx): PromiseLike<{ id: string; name: string }[]> {
  return db<{ id: string; name: string }[]>`
    select id, name from casework.service
    where organisation_id = ${organisationId} and closed_on is null order by lower(name)`;
}

/** What each worker carries, what nobody carries, and the moves that can still be undone. */
export function teamCaseload(ctx: ActorCtx): Promise<TeamCaseload> {
  requireRight(ctx, "caseload.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const today = dayOf(await now(ctx));
    const [workers, people, overdue, crisis, services, moves] = await Promise.all([
      readWorkers(ctx),
      ctx.db<Count[]>`
        select assigned_to as member_id, count(*)::int as count from casework.client
        where organisation_id = ${organisationId} and closed_on is null and not anonymous
        group by assigned_to`,
      ctx.db<Count[]>`
        select member_id, count(*)::int as count from casework.action
        where organisation_id = ${organisationId} and done_at is null and due_on < ${today}
        group by member_id`,
      countCrises(ctx),
      readServices(ctx),
      readMoves(ctx),
    ]);
    const countOf = (counts: readonly Count[], id: string | null) =>
      counts.find(({ memberId }) => memberId === id)?.count ?? 0;
    const loadOf = (id: string | null) => ({
      people: countOf(people, id),
      crisis: countOf(crisis, id),
      overdue: countOf(overdue, id),
    });
    await record(ctx, "caseload.team", {
      subjects: workers.map(({ id }) => ({ kind: "member", id })),
    });
    return {
      today,
      workers: workers.map((worker): WorkerLoad => ({ ...worker, ...loadOf(worker.id) })),
      unassigned: loadOf(null),
      services,
      moves,
    };
  });
}

interface Count {
  memberId: string | null;
  count: number;
}

/** Everybody who works with clients, and whoever still has people although they no longer do. */
function readWorkers({ db, actor: { organisationId } }: TxCtx): PromiseLike<Worker[]> {
  return db<Worker[]>`
    select m.id, a.name, m.service_id, s.name as service_name
    from casework.member as m
    join casework.account as a on a.id = m.account_id
    left join casework.service as s on s.organisation_id = m.organisation_id and s.id = m.service_id
    where m.organisation_id = ${organisationId}
      and ((m.ended_at is null and m.roles && array['caseworker', 'manager'])
           or exists (select from casework.client as c
                      where c.organisation_id = m.organisation_id and c.assigned_to = m.id
                        and c.closed_on is null))
    order by lower(a.name), m.id`;
}

const MOST_MOVES = 5;

function readMoves({ db, actor: { organisationId } }: TxCtx): PromiseLike<RecentMove[]> {
  return db<RecentMove[]>`
    select r.id, r.made_at, coalesce(a.name, '') as made_by, t.name as to,
           (select count(*)::int from casework.reassigned_client as c
            where c.organisation_id = r.organisation_id and c.reassignment_id = r.id) as people
    from casework.reassignment as r
    left join casework.member as m on m.organisation_id = r.organisation_id and m.id = r.made_by
    left join casework.account as a on a.id = m.account_id
    left join casework.member as n on n.organisation_id = r.organisation_id and n.id = r.to_member
    left join casework.account as t on t.id = n.account_id
    where r.organisation_id = ${organisationId} and r.undone_at is null
      and r.made_at > now() - ${UNDO_HOURS} * interval '1 hour'
    order by r.made_at desc
    limit ${MOST_MOVES}`;
}
