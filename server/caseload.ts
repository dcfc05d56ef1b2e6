/**
 * Who looks after whom: a worker's day in one call, and lists of people by who looks after them. What a whole team
 * carries is in `team-caseload.ts`, moves from one worker to another in `reassignment.ts`.
 */

import { readActions, readColleagues } from "./actions";
import { record } from "./audit";
import { readSummaries } from "./clients";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { readCrises } from "./crises";
import { inActionOrder, type ShownAction } from "./domain/action";
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
} from "./domain/caseload";
import { NotFound } from "./domain/errors";
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
