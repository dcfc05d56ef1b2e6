/**
 * Who looks after whom. A worker's day in one call; for a manager what each worker carries, and moves of many people
 * at once: one transaction, one entry of the audit, and a way back for a day.
 */

import { readActions, readColleagues } from "./actions";
import { record } from "./audit";
import { labelOf } from "./client-timeline";
import { readSummaries } from "./clients";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import type { ShownAction } from "./domain/action";
import { inActionOrder } from "./domain/action";
import {
  type CaseloadPerson,
  type CaseloadRow,
  type CrisisIssue,
  type DayAction,
  daysUnseen,
  isNotSeen,
  type ListPeople,
  longestUnseenFirst,
  type MyDay,
  type RecentMove,
  type TeamCaseload,
  UNDO_HOURS,
  type Worker,
  type WorkerLoad,
  type Workers,
} from "./domain/caseload";
import { NotFound } from "./domain/errors";
import { getNeedByNumber } from "./domain/needs";
import { type Day, dayOf } from "./domain/period";

/** People that a list of the day page shows before "all of them". */
const SHOWN_ON_DAY = 8;
/** Actions that one day page shows. */
const MOST_ACTIONS = 100;
const PAGE = 50;

/** Everything a worker's day begins with: actions, people not seen, crises, people whom nobody looks after. */
export function myDay(ctx: ActorCtx): Promise<MyDay> {
  requireRight(ctx, "caseload.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { memberId } = ctx.actor;
    const instant = await now(ctx);
    const today = dayOf(instant);
    const [notSeenDays, actions, rows, crises, unassignedCount, unassignedRows, colleagues] =
      await Promise.all([
        readNotSeenDays(ctx),
        readDayActions(ctx, instant),
        readRows(ctx, { whose: memberId }),
        readCrises(ctx, { whose: memberId }),
        countUnassigned(ctx),
        readRows(ctx, { whose: null, most: SHOWN_ON_DAY }),
        readColleagues(ctx),
      ]);
    const unseen = longestUnseenFirst(rows, today).filter((row) => isNotSeen(row, today, notSeenDays));
    const inCrisis = rows.filter(({ id }) => crises.has(id));
    const shownUnseen = unseen.slice(0, SHOWN_ON_DAY);
    const shownCrisis = inCrisis.slice(0, SHOWN_ON_DAY);
    const unassignedCrises = await readCrises(ctx, { ids: unassignedRows.map(({ id }) => id) });
    const people = await openPeople(
      ctx,
      [...shownUnseen, ...shownCrisis, ...unassignedRows],
      new Map([...crises, ...unassignedCrises]),
      today,
    );
    const named = await readSummaries(
      ctx,
      actions.shown.map(({ clientId }) => clientId),
    );
    const shown = new Set([...people.keys(), ...named.keys()]);
    await record(ctx, "caseload.my-day", { subjects: [...shown].map((id) => ({ kind: "client", id })) });
    const lines = (of: readonly CaseloadRow[]) => of.flatMap(({ id }) => people.get(id) ?? []);
    return {
      today,
      notSeenDays,
      actions: actions.shown.map((action): DayAction => {
        const client = named.get(action.clientId);
        return {
          ...action,
          client: client ? { givenName: client.givenName, familyName: client.familyName } : null,
        };
      }),
      moreActions: actions.more,
      people: rows.length,
      notSeen: { count: unseen.length, shown: lines(shownUnseen) },
      crisis: { count: inCrisis.length, shown: lines(shownCrisis) },
      unassigned: { count: unassignedCount, shown: lines(unassignedRows) },
      colleagues,
    };
  });
}

async function readNotSeenDays({ db, actor }: TxCtx): Promise<number> {
  const [row] = await db<{ notSeenDays: number }[]>`
    select not_seen_days from casework.member
    where organisation_id = ${actor.organisationId} and id = ${actor.memberId}`;
  if (!row) throw new NotFound("This member");
  return row.notSeenDays;
}

/** Keeps after how many days the actor's day page says that somebody was not seen. */
export function setNotSeenDays(ctx: ActorCtx, days: number): Promise<{ days: number }> {
  requireRight(ctx, "caseload.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    await ctx.db`
      update casework.member set not_seen_days = ${days}
      where organisation_id = ${organisationId} and id = ${memberId}`;
    await record(ctx, "caseload.set-not-seen", {
      subjects: [{ kind: "member", id: memberId }],
      detail: { days },
    });
    return { days };
  });
}

/** The actor's open actions, the most pressing first, and those finished today. */
async function readDayActions(ctx: TxCtx, instant: Date): Promise<{ shown: ShownAction[]; more: number }> {
  const { organisationId, memberId } = ctx.actor;
  const [open, finished] = await Promise.all([
    ctx.db<{ id: string; total: number }[]>`
      select id, count(*) over ()::int as total
      from casework.action
      where organisation_id = ${organisationId} and member_id = ${memberId} and done_at is null
      order by due_on nulls last, created_at
      limit ${MOST_ACTIONS}`,
    ctx.db<{ id: string }[]>`
      select id from casework.action
      where organisation_id = ${organisationId} and member_id = ${memberId}
        and done_at > ${instant}::timestamptz - interval '1 day'
      order by done_at desc
      limit ${MOST_ACTIONS}`,
  ]);
  const actions = await readActions(ctx, { ids: [...open, ...finished].map(({ id }) => id) });
  const today = dayOf(instant);
  const isOfToday = ({ finished }: ShownAction) => finished === null || dayOf(finished.at) === today;
  return {
    shown: inActionOrder(actions.filter(isOfToday)),
    more: Math.max(0, (open[0]?.total ?? 0) - open.length),
  };
}

interface Rows {
  /** A member, or null for nobody. */
  whose: string | null;
  /** Only these people. */
  ids?: readonly string[];
  serviceId?: string | null;
  after?: string | null;
  most?: number;
}

/** People of a member, or of nobody, with their latest contact; the newest record first. */
function readRows(
  { db, actor: { organisationId } }: TxCtx,
  { whose, ids, serviceId = null, after = null, most }: Rows,
): PromiseLike<CaseloadRow[]> {
  return db<CaseloadRow[]>`
    select c.id, c.created_at as added_at, latest.occurred_on as last_contact_on, latest.service_id
    from casework.client as c
    left join lateral (
      select k.occurred_on, k.service_id
      from casework.contact as k
      where k.organisation_id = c.organisation_id and k.client_id = c.id and k.voided_at is null
      order by k.occurred_on desc, k.received_no desc
      limit 1
    ) as latest on true
    where c.organisation_id = ${organisationId} and c.closed_on is null and not c.anonymous
      and ${whose === null ? db`c.assigned_to is null` : db`c.assigned_to = ${whose}`}
      ${ids ? db`and c.id = any (${[...ids]}::uuid[])` : db``}
      ${after ? db`and c.id < ${after}` : db``}
      ${serviceId ? db`and latest.service_id = ${serviceId}` : db``}
    order by c.id desc
    ${most ? db`limit ${most}` : db``}`;
}

async function countUnassigned({ db, actor: { organisationId } }: TxCtx): Promise<number> {
  const [row] = await db<{ people: number }[]>`
    select count(*)::int as people from casework.client
    where organisation_id = ${organisationId} and assigned_to is null and closed_on is null and not anonymous`;
  return row?.people ?? 0;
}

/** Whose crises: of a member's people, of those whom nobody looks after (null), or of these. */
type CrisesOf = { whose: string | null } | { ids: readonly string[] };

/**
 * Open issues in crisis by client: the latest word on them says so. Begins with the few issues that were ever a
 * crisis.
 */
async function readCrises(
  { db, actor: { organisationId } }: TxCtx,
  of: CrisesOf,
): Promise<ReadonlyMap<string, CrisisIssue[]>> {
  const rows = await db<
    {
      issueId: string;
      clientId: string;
      needNumber: number;
      label: string | null;
      labelSealed: Buffer | null;
      since: Day;
    }[]
  >`
    select i.id as issue_id, i.client_id, i.need_number, i.label, i.label_sealed, latest.occurred_on as since
    from (
      select distinct issue_id from casework.issue_entry
      where organisation_id = ${organisationId} and severity = 'crisis'
    ) as ever
    join casework.issue as i on i.organisation_id = ${organisationId} and i.id = ever.issue_id
    join casework.client as c
      on c.organisation_id = i.organisation_id and c.id = i.client_id
     and c.closed_on is null and not c.anonymous
     and ${"ids" in of ? db`c.id = any (${[...of.ids]}::uuid[])` : db`c.assigned_to is not distinct from ${of.whose}::uuid`}
    cross join lateral (
      select e.status, e.severity, k.occurred_on
      from casework.issue_entry as e
      join casework.contact as k on k.organisation_id = e.organisation_id and k.id = e.contact_id
      where e.organisation_id = i.organisation_id and e.issue_id = i.id and k.voided_at is null
      order by k.occurred_on desc, k.received_no desc
      limit 1
    ) as latest
    where latest.severity = 'crisis' and latest.status not in ('resolved', 'no-longer-relevant')
    order by latest.occurred_on desc, i.id`;
  const crises = new Map<string, CrisisIssue[]>();
  for (const row of rows) {
    const { issueId, clientId, since } = row;
    const label = labelOf({ organisationId, id: issueId }, row);
    const issue = { issueId, clientId, need: getNeedByNumber(row.needNumber).code, label, since };
    crises.set(clientId, [...(crises.get(clientId) ?? []), issue]);
  }
  return crises;
}

/** Lines of a caseload by id, with names opened. */
async function openPeople(
  ctx: TxCtx,
  rows: readonly CaseloadRow[],
  crises: ReadonlyMap<string, readonly CrisisIssue[]>,
  today: Day,
): Promise<ReadonlyMap<string, CaseloadPerson>> {
  const summaries = await readSummaries(ctx, [...new Set(rows.map(({ id }) => id))]);
  return new Map(
    rows.flatMap((row): [string, CaseloadPerson][] => {
      const summary = summaries.get(row.id);
      return summary
        ? [[row.id, { ...summary, daysUnseen: daysUnseen(row, today), crisis: crises.get(row.id) ?? [] }]]
        : [];
    }),
  );
}

/** One page of somebody's people, or of those whom nobody looks after. */
export interface PeoplePage {
  people: readonly CaseloadPerson[];
  /** What to ask for next; null when this was the last page. */
  next: string | null;
}

/**
 * People of one member, whoever was not seen for longest first; or whom nobody looks after, the newest first. A
 * worker may ask for a colleague's too: whoever stands in for somebody has to see whom. Throws NotFound for no
 * member here.
 */
export function listPeople(ctx: ActorCtx, asked: ListPeople): Promise<PeoplePage> {
  requireRight(ctx, "caseload.read", ctx.actor.organisationId);
  const { whose, view, serviceId, after } = asked;
  return inTransaction(ctx, async (ctx) => {
    const today = dayOf(await now(ctx));
    const owner = whose === "unassigned" ? null : whose;
    if (owner !== null) await assertMember(ctx, owner);
    const inCrisis = view === "crisis" ? [...(await readCrises(ctx, { whose: owner })).keys()] : null;
    const rows = await readPage(ctx, { owner, today, inCrisis, view, serviceId, after });
    const page = rows.slice(0, PAGE);
    const crises = await readCrises(ctx, { ids: page.map(({ id }) => id) });
    const opened = await openPeople(ctx, page, crises, today);
    const people = page.flatMap(({ id }) => opened.get(id) ?? []);
    await record(ctx, "caseload.people", { subjects: people.map(({ id }) => ({ kind: "client", id })) });
    return { people, next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
  });
}

interface PageAsked extends Pick<ListPeople, "view" | "serviceId" | "after"> {
  owner: string | null;
  today: Day;
  /** When only people in crisis are asked for: who they are. */
  inCrisis: readonly string[] | null;
}

/** The rows of a page and one more, if there is one. */
async function readPage(ctx: TxCtx, asked: PageAsked): Promise<readonly CaseloadRow[]> {
  const { owner, today, inCrisis, view, serviceId, after } = asked;
  // Those whom nobody looks after may be everybody: they are read page by page.
  if (owner === null && inCrisis === null) {
    return readRows(ctx, { whose: null, serviceId, after, most: PAGE + 1 });
  }
  const rows = await readRows(ctx, { whose: owner, serviceId, ...(inCrisis && { ids: inCrisis }) });
  const notSeenDays = view === "not-seen" ? await readNotSeenDays(ctx) : 0;
  const sifted = longestUnseenFirst(rows, today).filter((row) => isNotSeen(row, today, notSeenDays));
  const from = after === null ? 0 : sifted.findIndex(({ id }) => id === after) + 1;
  return sifted.slice(from, from + PAGE + 1);
}

/** Throws NotFound unless the organisation has, or had, this member. */
async function assertMember({ db, actor: { organisationId } }: TxCtx, id: string): Promise<void> {
  const [member] = await db`
    select 1 from casework.member where organisation_id = ${organisationId} and id = ${id}`;
  if (!member) throw new NotFound("This member");
}

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

/** People with an open issue in crisis, by who looks after them. */
function countCrises({ db, actor: { organisationId } }: TxCtx): PromiseLike<Count[]> {
  return db<Count[]>`
    select c.assigned_to as member_id, count(distinct c.id)::int as count
    from (
      select distinct issue_id from casework.issue_entry
      where organisation_id = ${organisationId} and severity = 'crisis'
    ) as ever
    join casework.issue as i on i.organisation_id = ${organisationId} and i.id = ever.issue_id
    join casework.client as c
      on c.organisation_id = i.organisation_id and c.id = i.client_id and c.closed_on is null and not c.anonymous
    cross join lateral (
      select e.status, e.severity
      from casework.issue_entry as e
      join casework.contact as k on k.organisation_id = e.organisation_id and k.id = e.contact_id
      where e.organisation_id = i.organisation_id and e.issue_id = i.id and k.voided_at is null
      order by k.occurred_on desc, k.received_no desc
      limit 1
    ) as latest
    where latest.severity = 'crisis' and latest.status not in ('resolved', 'no-longer-relevant')
    group by c.assigned_to`;
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
