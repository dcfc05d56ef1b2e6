/**
 * An organisation's own frameworks of outcomes, and any framework by the key that a plan names it with. A change is a new
 * version beside the old ones.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { Conflict, NotFound } from "./domain/errors";
import { type Framework, findFramework } from "./domain/impact/frameworks";
import {
  frameworkOf,
  OUTCOME_COLUMNS,
  type Outcome,
  type OwnFramework,
  outcomesOfRows,
  outcomesSchema,
  type SaveOwnFramework,
} from "./domain/impact/own-framework";
import { MOST_FAULTS, type RowFault } from "./domain/impact/table-rows";
import { uuid } from "./domain/typed-text";
import { readTable } from "./table-file";

/** The organisation's own frameworks by name, closed ones last, each as it stands now. */
export function listOwnFrameworks(ctx: ActorCtx): Promise<OwnFramework[]> {
  requireRight(ctx, "framework.read", ctx.actor.organisationId);
  return inTransaction(ctx, (ctx) => readOwnFrameworks(ctx, ctx.actor.organisationId));
}

async function readOwnFrameworks(
  { db }: Pick<TxCtx, "db">,
  organisationId: number,
  id: string | null = null,
): Promise<OwnFramework[]> {
  const rows = await db<(Omit<OwnFramework, "outcomes"> & { lines: unknown })[]>`
    select f.id, f.name, f.funder, f.closed_at is not null as closed, v.version, v.made_at, v.lines
    from casework.own_framework as f
    join lateral (
      select version, made_at, lines from casework.own_framework_version
      where organisation_id = f.organisation_id and framework_id = f.id
      order by version desc limit 1
    ) as v on true
    where f.organisation_id = ${organisationId} and (${id}::uuid is null or f.id = ${id})
    order by f.closed_at is not null, lower(f.name)`;
  return rows.map(({ lines, ...framework }) => ({ ...framework, outcomes: outcomesSchema.parse(lines) }));
}

/**
 * The framework of a plan: a national one, or one of the organisation's own as it stands now, closed or not. Null when
 * the organisation has none of this key. Works in a transaction that names the organisation, on the page and in jobs.
 */
export async function findPlanFramework(
  tx: Pick<TxCtx, "db">,
  organisationId: number,
  key: string,
): Promise<Framework | null> {
  const national = findFramework(key);
  if (national) return national;
  const id = uuid.safeParse(key);
  if (!id.success) return null;
  const [own] = await readOwnFrameworks(tx, organisationId, id.data);
  return own ? frameworkOf(own) : null;
}

/**
 * Keeps a framework: a new one, or a new version where the outcomes differ. Sent again it adds nothing. Throws Conflict
 * when another has the name, or when somebody else made a version meanwhile.
 */
export function saveOwnFramework(ctx: ActorCtx, given: SaveOwnFramework): Promise<OwnFramework> {
  requireRight(ctx, "framework.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { id, name, funder, outcomes, from } = given;
    await ctx.db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    const [named] = await ctx.db`
      select 1 from casework.own_framework
      where organisation_id = ${organisationId} and name = ${name} and id <> ${id}`;
    if (named) throw new Conflict("Another framework has this name. Choose a name that tells the two apart.");
    const [held] = await readOwnFrameworks(ctx, organisationId, id);
    const changed = JSON.stringify(held?.outcomes) !== JSON.stringify(outcomes);
    if (changed && (held?.version ?? 0) !== from) {
      throw new Conflict(
        "Somebody else changed these outcomes meanwhile. Open them again and make your change.",
      );
    }
    await ctx.db`
      insert into casework.own_framework (organisation_id, id, name, funder)
      values (${organisationId}, ${id}, ${name}, ${funder})
      on conflict (organisation_id, id) do update set name = excluded.name, funder = excluded.funder`;
    if (changed) {
      await ctx.db`
        insert into casework.own_framework_version (organisation_id, framework_id, version, lines, made_by)
        values (${organisationId}, ${id}, ${from + 1}, ${ctx.db.json(outcomes)}, ${memberId})`;
    }
    await record(ctx, "framework.save", {
      subjects: [],
      detail: { framework: id, version: changed ? from + 1 : from, outcomes: outcomes.length },
    });
    return getOwnFramework(ctx, id);
  });
}

async function getOwnFramework(ctx: TxCtx, id: string): Promise<OwnFramework> {
  const [held] = await readOwnFrameworks(ctx, ctx.actor.organisationId, id);
  if (!held) throw new NotFound("This framework");
  return held;
}

/** Closes a framework for new summaries, or opens it again. Throws NotFound when there is none with this id. */
export function closeOwnFramework(
  ctx: ActorCtx,
  { id, closed }: { id: string; closed: boolean },
): Promise<OwnFramework> {
  requireRight(ctx, "framework.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db`
      update casework.own_framework set closed_at = case when ${closed} then coalesce(closed_at, now()) end
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}`;
    const held = await getOwnFramework(ctx, id);
    await record(ctx, closed ? "framework.close" : "framework.open", {
      subjects: [],
      detail: { framework: id },
    });
    return held;
  });
}

/** Outcomes that a file holds, to be looked at before they are kept. Throws Invalid when it is no such file. */
export async function readOutcomesFile(
  ctx: ActorCtx,
  text: string,
): Promise<{ outcomes: readonly Outcome[]; faults: readonly RowFault[] }> {
  requireRight(ctx, "framework.manage", ctx.actor.organisationId);
  const { outcomes, faults } = outcomesOfRows(await readTable(text, OUTCOME_COLUMNS));
  return faults.length > 0 ? { outcomes: [], faults: faults.slice(0, MOST_FAULTS) } : { outcomes, faults };
}
