/**
 * Records whose time is over: a list, an officer who looks through it, and then the worker, which deletes what is on it
 * and nothing else. What is held stays, and so does whoever came back meanwhile.
 */

import { z } from "zod";
import type { Sql, Tx } from "../db/client";
import { inOrganisation } from "./acting";
import { record } from "./audit";
import { readClients } from "./clients";
import { type ActorCtx, byItselfIn, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, NotFound } from "./domain/errors";
import { addMonths, type Day, dayOf } from "./domain/period";
import { dueOf, MOST_LISTED, type RecordType, type RetentionRule, rulesOf } from "./domain/rights/retention";

export type RunState = "review" | "confirmed" | "done" | "cancelled";

export interface RetentionItem {
  clientId: string;
  name: string;
  recordType: RecordType;
  lastOn: Day;
  dueOn: Day;
  held: boolean;
  keptBecause: string | null;
}

export interface RetentionRun {
  id: string;
  state: RunState;
  onDay: Day;
  /** Records on the list, and how many of them are to be deleted: neither held nor taken out. */
  listed: number;
  toDelete: number;
  deleted: number | null;
}

export interface Retention {
  rules: RetentionRule[];
  runs: RetentionRun[];
  /** The list that waits for an officer. */
  review: { run: RetentionRun; items: RetentionItem[] } | null;
}

/** Rules, runs, and the list that waits. */
export function getRetention(ctx: ActorCtx): Promise<Retention> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const rules = await readRules(ctx);
    const runs = await readRuns(ctx);
    const run = runs.find(({ state }) => state === "review");
    const items = run ? await readItems(ctx, run.id) : [];
    await record(ctx, "retention.read", {
      subjects: items.map(({ clientId }) => ({ kind: "client", id: clientId })),
    });
    return { rules, runs, review: run ? { run, items } : null };
  });
}

/** For how long each kind of record is kept, inside the caller's transaction and without an audit entry. */
export async function readRules({ db, actor }: TxCtx): Promise<RetentionRule[]> {
  return rulesOf(
    await db<Omit<RetentionRule, "isDefault">[]>`
      select record_type, months, source from governance.retention_rule
      where organisation_id = ${actor.organisationId}`,
  );
}

async function readRuns({ db, actor }: TxCtx): Promise<RetentionRun[]> {
  const rows = await db<RetentionRun[]>`
    select r.id, r.state, r.on_day, r.deleted, count(i.client_id)::int as listed,
           count(i.client_id) filter (where not i.held and i.kept_because is null)::int as to_delete
    from governance.retention_run as r
    left join governance.retention_item as i on i.organisation_id = r.organisation_id and i.run_id = r.id
    where r.organisation_id = ${actor.organisationId}
    group by r.organisation_id, r.id order by r.made_at desc limit 20`;
  return [...rows];
}

async function readItems(ctx: TxCtx, runId: string): Promise<RetentionItem[]> {
  const rows = await ctx.db<Omit<RetentionItem, "name">[]>`
    select client_id, record_type, last_on, due_on, held, kept_because from governance.retention_item
    where organisation_id = ${ctx.actor.organisationId} and run_id = ${runId}
    order by due_on, client_id limit ${MOST_LISTED}`;
  const clients = await readClients(
    ctx,
    rows.map(({ clientId }) => clientId),
  );
  const names = new Map(
    clients.map(({ id, anonymous, givenName, familyName }) => [
      id,
      anonymous ? "Anonymous contact" : [givenName, familyName].filter(Boolean).join(" ") || "No name",
    ]),
  );
  return rows.map((row) => ({ ...row, name: names.get(row.clientId) ?? "No name" }));
}

/** Says how long a kind of record is kept from the next list on. */
export function setRule(
  ctx: ActorCtx,
  { recordType, months, source }: { recordType: RecordType; months: number; source: string },
): Promise<{ ok: true }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    await ctx.db`
      insert into governance.retention_rule (organisation_id, record_type, months, source, changed_by)
      values (${organisationId}, ${recordType}, ${months}, ${source}, ${memberId})
      on conflict (organisation_id, record_type) do update
      set months = excluded.months, source = excluded.source, changed_by = excluded.changed_by, changed_at = now()`;
    await record(ctx, "retention.set-rule", { subjects: [], detail: { recordType, months } });
    return { ok: true };
  });
}

/** Makes the list of records whose time is over today, as many as an officer can look through. Throws Conflict while another list waits. */
export function makeRun(ctx: ActorCtx, { id }: { id: string }): Promise<{ id: string; listed: number }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId, memberId } = actor;
    // One list at a time: two would name the same people.
    await db`select pg_advisory_xact_lock(${organisationId}, hashtext('retention'))`;
    const [waiting] = await db`
      select from governance.retention_run
      where organisation_id = ${organisationId} and state in ('review', 'confirmed') and id <> ${id}`;
    if (waiting) throw new Conflict("Another list waits. Finish it first.");
    const today = dayOf(await now(ctx));
    const rules = await readRules(ctx);
    const added = await db`
      insert into governance.retention_run (organisation_id, id, on_day, made_by)
      values (${organisationId}, ${id}, ${today}, ${memberId}) on conflict do nothing returning id`;
    if (added.length > 0) await listDue(ctx, id, today, rules);
    const [counted] = await db<{ listed: number }[]>`
      select count(*)::int as listed from governance.retention_item
      where organisation_id = ${organisationId} and run_id = ${id}`;
    const listed = counted?.listed ?? 0;
    await record(ctx, "retention.list", { subjects: [{ kind: "retention-run", id }], detail: { listed } });
    return { id, listed };
  });
}

/** Clients whose dates of birth are opened at once. */
const A_BATCH = 500;

/** Lists whose time was over first. Whoever is held comes last: holds cannot keep the others off every list. */
async function listDue(
  ctx: TxCtx,
  runId: string,
  today: Day,
  rules: readonly RetentionRule[],
): Promise<void> {
  const { db, actor } = ctx;
  const due = await findDue(ctx, today, rules);
  await db`
    insert into governance.retention_item
      (organisation_id, run_id, client_id, record_type, last_on, due_on, held)
    select ${actor.organisationId}, ${runId}, d.client_id, d.record_type, d.last_on, d.due_on, h.held
    from unnest(${due.map(({ clientId }) => clientId)}::uuid[], ${due.map(({ recordType }) => recordType)}::text[],
                ${due.map(({ lastOn }) => lastOn)}::date[], ${due.map(({ dueOn }) => dueOn)}::date[])
      as d (client_id, record_type, last_on, due_on)
    cross join lateral (select exists (
      select from governance.rights_hold as r
      where r.organisation_id = ${actor.organisationId} and r.client_id = d.client_id and r.lifted_at is null)
      as held) as h
    order by h.held, d.due_on, d.client_id limit ${MOST_LISTED}`;
}

interface Due {
  clientId: string;
  recordType: RecordType;
  lastOn: Day;
  dueOn: Day;
}

/** Everybody whose time is over on a day. */
async function findDue(ctx: TxCtx, today: Day, rules: readonly RetentionRule[]): Promise<Due[]> {
  const fewest = Math.min(...rules.map(({ months }) => months));
  const old = await ctx.db<{ clientId: string; anonymous: boolean; wasMet: boolean; lastOn: Day }[]>`
    select * from governance.last_activity(${ctx.actor.organisationId}, ${addMonths(today, -fewest)}, null)`;
  const due: Due[] = [];
  for (let from = 0; from < old.length; from += A_BATCH) {
    const batch = old.slice(from, from + A_BATCH);
    const clients = await readClients(
      ctx,
      batch.map(({ clientId }) => clientId),
    );
    const born = new Map(clients.map(({ id, dateOfBirth }) => [id, dateOfBirth]));
    for (const row of batch) {
      const { recordType, dueOn } = dueOf({ ...row, dateOfBirth: born.get(row.clientId) ?? null }, rules);
      if (dueOn <= today) due.push({ clientId: row.clientId, recordType, lastOn: row.lastOn, dueOn });
    }
  }
  return due;
}

/** Takes somebody out of the list with a reason, or puts them back. */
export function keepItem(
  ctx: ActorCtx,
  { id, clientId, because }: { id: string; clientId: string; because: string | null },
): Promise<{ ok: true }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await holdReview(ctx, id);
    const kept = await ctx.db`
      update governance.retention_item set kept_because = ${because}
      where organisation_id = ${ctx.actor.organisationId} and run_id = ${id} and client_id = ${clientId}
      returning client_id`;
    if (kept.length === 0) throw new NotFound("This person");
    await record(ctx, "retention.keep", {
      subjects: [
        { kind: "retention-run", id },
        { kind: "client", id: clientId },
      ],
      detail: { because },
    });
    return { ok: true };
  });
}

/** Holds a list that waits for an officer. Throws NotFound, or Conflict when it waits no longer. */
async function holdReview({ db, actor }: TxCtx, id: string): Promise<void> {
  const [run] = await db<{ state: RunState }[]>`
    select state from governance.retention_run
    where organisation_id = ${actor.organisationId} and id = ${id} for update`;
  if (!run) throw new NotFound("This list");
  if (run.state !== "review") throw new Conflict("This list waits no longer.");
}

/** An officer has looked through the list: the worker deletes what is on it. Or it is put away. */
export function endReview(
  ctx: ActorCtx,
  { id, confirmed }: { id: string; confirmed: boolean },
): Promise<{ state: RunState }> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId, memberId } = actor;
    await holdReview(ctx, id);
    const state = confirmed ? "confirmed" : "cancelled";
    await db`
      update governance.retention_run
      set state = ${state}, confirmed_by = ${memberId}, confirmed_at = now()
      where organisation_id = ${organisationId} and id = ${id}`;
    if (confirmed) await db`select jobs.add('rights.retention', ${db.json({ organisationId, runId: id })})`;
    await record(ctx, confirmed ? "retention.confirm" : "retention.cancel", {
      subjects: [{ kind: "retention-run", id }],
    });
    return { state };
  });
}

const payloadSchema = z.object({ organisationId: z.number().int(), runId: z.uuid() });

/** People who are deleted in one transaction: as many as others can wait for. */
const DELETED_AT_ONCE = 25;

/**
 * Deletes what a confirmed list names, a few people a transaction; stopped anywhere, the next try goes on. Gives how many
 * were deleted in all. A list that was not confirmed deletes nobody.
 */
export async function deleteListed(app: Sql, payload: unknown): Promise<number> {
  const run = payloadSchema.parse(payload);
  let left = true;
  while (left) left = await inOrganisation(app, run.organisationId, (db) => deleteSome(db, run));
  const [done] = await inOrganisation(
    app,
    run.organisationId,
    (db) => db<{ deleted: number | null }[]>`
      select deleted from governance.retention_run
      where organisation_id = ${run.organisationId} and id = ${run.runId}`,
  );
  return done?.deleted ?? 0;
}

type Run = z.output<typeof payloadSchema>;
type Item = { clientId: string; lastOn: Day };

/** Deletes the next few of a confirmed list, or marks it as done. Whether there may be more. */
async function deleteSome(db: Tx, { organisationId, runId }: Run): Promise<boolean> {
  await db`select set_config('app.retention_run', ${runId}, true)`;
  const [run] = await db<{ state: RunState }[]>`
    select state from governance.retention_run
    where organisation_id = ${organisationId} and id = ${runId} for update`;
  if (run?.state !== "confirmed") return false;
  const items = await db<Item[]>`
    select client_id, last_on from governance.retention_item
    where organisation_id = ${organisationId} and run_id = ${runId} and outcome is null
      and kept_because is null and not held
    order by client_id limit ${DELETED_AT_ONCE}`;
  if (items.length === 0) {
    await db`
      update governance.retention_run set state = 'done', done_at = now(), deleted = (
        select count(*) from governance.retention_item
        where organisation_id = ${organisationId} and run_id = ${runId} and outcome = 'deleted')
      where organisation_id = ${organisationId} and id = ${runId}`;
    return false;
  }
  const outcomes = await outcomesOf(db, organisationId, items);
  const gone = outcomes.filter(({ outcome }) => outcome === "deleted").map(({ clientId }) => clientId);
  if (gone.length > 0) await db`select casework.erase_clients(${organisationId}, ${gone}::uuid[])`;
  await db`
    update governance.retention_item as i set outcome = o.outcome
    from unnest(${outcomes.map(({ clientId }) => clientId)}::uuid[],
                ${outcomes.map(({ outcome }) => outcome)}::text[]) as o (client_id, outcome)
    where i.organisation_id = ${organisationId} and i.run_id = ${runId} and i.client_id = o.client_id`;
  await record(byItselfIn(db), "retention.delete", {
    organisationId,
    subjects: [
      { kind: "retention-run" as const, id: runId },
      ...gone.map((id) => ({ kind: "client" as const, id })),
    ],
    detail: { deleted: gone.length },
  });
  return true;
}

/** What becomes of each: nobody is deleted who is held by now, or for whom something was recorded since the list. */
async function outcomesOf(
  db: Tx,
  organisationId: number,
  items: readonly Item[],
): Promise<{ clientId: string; outcome: "held" | "deleted" | "changed" }[]> {
  const ids = items.map(({ clientId }) => clientId);
  // Whoever writes to one of them finishes first, and is seen below.
  await db`
    select from casework.client
    where organisation_id = ${organisationId} and id = any (${ids}::uuid[]) order by id for update`;
  const holds = await db<{ clientId: string }[]>`
    select client_id from governance.rights_hold
    where organisation_id = ${organisationId} and client_id = any (${ids}::uuid[]) and lifted_at is null`;
  const held = new Set(holds.map(({ clientId }) => clientId));
  const activity = await db<Item[]>`
    select client_id, last_on from governance.last_activity(${organisationId}, 'infinity', ${ids}::uuid[])`;
  const lastOf = new Map(activity.map(({ clientId, lastOn }) => [clientId, lastOn]));
  return items.map(({ clientId, lastOn }) => {
    if (held.has(clientId)) return { clientId, outcome: "held" };
    return { clientId, outcome: lastOf.get(clientId) === lastOn ? "deleted" : "changed" };
  });
}
