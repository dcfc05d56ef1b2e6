/**
 * What people want to do with what an agreement shares, as its drafters weigh it: kept beside the agreement, by the
 * organisation that drafts it, and for its own eyes.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import type { Group } from "./domain/agreements/grid";
import { MOST_ACTIONS, type SaveValueAction, type ValueAction } from "./domain/agreements/value-map";
import { Conflict, NotFound } from "./domain/errors";

/** The actions that the actor's organisation weighs for an agreement that it drafts, in the order of adding. */
export function listValueActions(
  ctx: ActorCtx,
  { agreementId }: { agreementId: string },
): Promise<ValueAction[]> {
  requireRight(ctx, "agreement.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await requireDrafted(ctx, agreementId);
    return readActions(ctx, agreementId);
  });
}

/** An agreement is weighed by whoever drafts it; to others it is as if there were none. */
async function requireDrafted({ db, actor }: TxCtx, agreementId: string): Promise<void> {
  const [known] = await db`
    select from governance.agreement where id = ${agreementId} and organisation_id = ${actor.organisationId}`;
  if (!known) throw new NotFound("This agreement");
}

async function readActions({ db, actor }: TxCtx, agreementId: string): Promise<ValueAction[]> {
  const rows = await db<(ValueAction & { group: Group })[]>`
    select id, name, member_group as "group", remains as values, costs, wanted
    from governance.value_action
    where organisation_id = ${actor.organisationId} and agreement_id = ${agreementId}
    order by made_at, id`;
  return [...rows];
}

/** Keeps an action under its id, new or changed. Throws Conflict when an agreement has too many. */
export function saveValueAction(
  ctx: ActorCtx,
  { id, agreementId, fields }: SaveValueAction,
): Promise<ValueAction[]> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    await db`select pg_advisory_xact_lock(${actor.organisationId}, hashtext(${agreementId}))`;
    await requireDrafted(ctx, agreementId);
    const held = await readActions(ctx, agreementId);
    if (held.length >= MOST_ACTIONS && !held.some((action) => action.id === id)) {
      throw new Conflict(`An agreement weighs ${MOST_ACTIONS} actions at most. Take one out first.`);
    }
    const { name, group, values, costs, wanted } = fields;
    await db`
      insert into governance.value_action
        (organisation_id, id, agreement_id, name, member_group, remains, costs, wanted)
      values (${actor.organisationId}, ${id}, ${agreementId}, ${name}, ${group}, ${values}, ${costs}, ${wanted})
      on conflict (organisation_id, id) do update
        set name = excluded.name, member_group = excluded.member_group, remains = excluded.remains,
            costs = excluded.costs, wanted = excluded.wanted
        where value_action.agreement_id = excluded.agreement_id`;
    await recordChange(ctx, "value-map.save", agreementId);
    return readActions(ctx, agreementId);
  });
}

/** Takes an action out. One that is gone already is no fault. */
export function removeValueAction(
  ctx: ActorCtx,
  { id, agreementId }: { id: string; agreementId: string },
): Promise<ValueAction[]> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await requireDrafted(ctx, agreementId);
    await ctx.db`
      delete from governance.value_action
      where organisation_id = ${ctx.actor.organisationId} and id = ${id} and agreement_id = ${agreementId}`;
    await recordChange(ctx, "value-map.remove", agreementId);
    return readActions(ctx, agreementId);
  });
}

const recordChange = (ctx: TxCtx, action: string, id: string) =>
  record(ctx, action, { subjects: [{ kind: "agreement", id }] });
