/** The data asset register of an organisation: what it holds, who answers for it, and which agreements draw on it. */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { type DataAsset, MOST_ASSETS, type SaveDataAsset } from "./domain/agreements/data-asset";
import { Conflict, NotFound } from "./domain/errors";

/** Everything in the register by name, retired data last. */
export function listDataAssets(ctx: ActorCtx): Promise<DataAsset[]> {
  requireRight(ctx, "agreement.read", ctx.actor.organisationId);
  return inTransaction(ctx, (ctx) => readAssets(ctx, null));
}

async function readAssets({ db, actor }: TxCtx, id: string | null): Promise<DataAsset[]> {
  const rows = await db<DataAsset[]>`
    select d.id, d.name, d.owner, d.place, d.detail, d.restrictions, d.used_for, d.reviewed_on, d.retired_at,
           array(
             select a.agreement_id from governance.agreement_asset as a
             where a.organisation_id = d.organisation_id and a.asset_id = d.id order by 1) as agreement_ids
    from governance.data_asset as d
    where d.organisation_id = ${actor.organisationId} and (${id}::uuid is null or d.id = ${id})
    order by d.retired_at is not null, lower(d.name), d.id`;
  return [...rows];
}

/**
 * Keeps data under its id, new or changed. Agreements that the organisation is not in are left out.
 * @throws Conflict when other data has the name, or the register is full.
 */
export function saveDataAsset(ctx: ActorCtx, { id, fields }: SaveDataAsset): Promise<DataAsset> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { name, owner, place, detail, restrictions, usedFor, reviewedOn, agreementIds } = fields;
    await db`select pg_advisory_xact_lock(${actor.organisationId}, hashtext('data-asset'))`;
    const others = (await readAssets(ctx, null)).filter((asset) => asset.id !== id);
    if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      throw new Conflict("Other data has this name. Choose a name that tells the two apart.");
    }
    if (others.length >= MOST_ASSETS) throw new Conflict(`A register holds ${MOST_ASSETS} lines at most.`);
    await db`
      insert into governance.data_asset
        (organisation_id, id, name, owner, place, detail, restrictions, used_for, reviewed_on)
      values (${actor.organisationId}, ${id}, ${name}, ${owner}, ${place}, ${detail}, ${restrictions}, ${usedFor},
              ${reviewedOn})
      on conflict (organisation_id, id) do update
        set name = excluded.name, owner = excluded.owner, place = excluded.place, detail = excluded.detail,
            restrictions = excluded.restrictions, used_for = excluded.used_for,
            reviewed_on = excluded.reviewed_on, changed_at = now()`;
    await db`
      delete from governance.agreement_asset where organisation_id = ${actor.organisationId} and asset_id = ${id}`;
    await db`
      insert into governance.agreement_asset (organisation_id, asset_id, agreement_id)
      select distinct ${actor.organisationId}::integer, ${id}::uuid, a.id from governance.agreement as a
      where a.id = any (${agreementIds}::uuid[])`;
    await record(ctx, "data-asset.save", { subjects: [], detail: { asset: id } });
    return getAsset(ctx, id);
  });
}

/** Takes data out of use, or into use again. Throws NotFound when the register does not hold it. */
export function retireDataAsset(
  ctx: ActorCtx,
  { id, retired }: { id: string; retired: boolean },
): Promise<DataAsset> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db`
      update governance.data_asset set retired_at = case when ${retired} then coalesce(retired_at, now()) end
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}`;
    const held = await getAsset(ctx, id);
    await record(ctx, retired ? "data-asset.retire" : "data-asset.use", {
      subjects: [],
      detail: { asset: id },
    });
    return held;
  });
}

async function getAsset(ctx: TxCtx, id: string): Promise<DataAsset> {
  const [held] = await readAssets(ctx, id);
  if (!held) throw new NotFound("This data");
  return held;
}
