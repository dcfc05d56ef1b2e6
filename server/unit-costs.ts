/** Unit costs of an organisation: entered on a page or brought in from a file, and closed when they are out of date. */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { Conflict, NotFound } from "./domain/errors";
import { type FileOutcome, MOST_FAULTS } from "./domain/impact/table-rows";
import { costsOfRows, UNIT_COST_COLUMNS } from "./domain/impact/unit-cost-rows";
import { type SaveUnitCost, type UnitCost, type UnitCostFields, unitCostFields } from "./domain/impact/value";
import { uuidv7 } from "./ids";
import { readTable } from "./table-file";

/** The organisation's unit costs by name, closed ones last. */
export function listUnitCosts(ctx: ActorCtx): Promise<UnitCost[]> {
  requireRight(ctx, "unit-cost.read", ctx.actor.organisationId);
  return inTransaction(ctx, (ctx) => readUnitCosts(ctx, ctx.actor.organisationId));
}

async function readUnitCosts(
  { db }: Pick<TxCtx, "db">,
  organisationId: number,
  id: string | null = null,
): Promise<UnitCost[]> {
  const rows = await db<({ id: string; closed: boolean } & Record<keyof UnitCostFields, unknown>)[]>`
    select id, name, basis, path, value, low, high, source, year, confidence, closed_at is not null as closed
    from casework.unit_cost
    where organisation_id = ${organisationId} and (${id}::uuid is null or id = ${id})
    order by closed_at is not null, lower(name)`;
  return rows.map(({ id, closed, ...fields }) => ({ id, closed, ...unitCostFields.parse(fields) }));
}

/** Unit costs for a new summary: those that are not closed. In a transaction that names the organisation. */
export async function unitCostsFor(tx: Pick<TxCtx, "db">, organisationId: number): Promise<UnitCost[]> {
  return (await readUnitCosts(tx, organisationId)).filter(({ closed }) => !closed);
}

/** Keeps a unit cost under its id, new or changed. Throws Conflict when another one has the name. */
export function saveUnitCost(ctx: ActorCtx, { id, fields }: SaveUnitCost): Promise<UnitCost> {
  requireRight(ctx, "unit-cost.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    await lockCosts(ctx);
    const [named] = await ctx.db`
      select 1 from casework.unit_cost
      where organisation_id = ${organisationId} and name = ${fields.name} and id <> ${id}`;
    if (named) throw new Conflict("Another unit cost has this name. Choose a name that tells the two apart.");
    await writeCost(ctx, id, fields);
    await record(ctx, "unit-cost.save", { subjects: [], detail: { cost: id } });
    return getUnitCost(ctx, id);
  });
}

/** Names are looked at before a row is written: one writer at a time. */
async function lockCosts({ db, actor }: TxCtx): Promise<void> {
  await db`select pg_advisory_xact_lock(${actor.organisationId}, hashtext('unit-cost'))`;
}

async function writeCost({ db, actor: { organisationId } }: TxCtx, id: string, fields: UnitCostFields) {
  const { name, basis, path, value, low, high, source, year, confidence } = fields;
  await db`
    insert into casework.unit_cost
      (organisation_id, id, name, basis, path, value, low, high, source, year, confidence)
    values (${organisationId}, ${id}, ${name}, ${basis}, ${path}, ${value}, ${low}, ${high}, ${source}, ${year},
            ${confidence})
    on conflict (organisation_id, id) do update
      set name = excluded.name, basis = excluded.basis, path = excluded.path, value = excluded.value,
          low = excluded.low, high = excluded.high, source = excluded.source, year = excluded.year,
          confidence = excluded.confidence, changed_at = now()`;
}

async function getUnitCost(ctx: TxCtx, id: string): Promise<UnitCost> {
  const [held] = await readUnitCosts(ctx, ctx.actor.organisationId, id);
  if (!held) throw new NotFound("This unit cost");
  return held;
}

/** Closes a unit cost for new summaries, or opens it again. Throws NotFound when there is none with this id. */
export function closeUnitCost(
  ctx: ActorCtx,
  { id, closed }: { id: string; closed: boolean },
): Promise<UnitCost> {
  requireRight(ctx, "unit-cost.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db`
      update casework.unit_cost set closed_at = case when ${closed} then coalesce(closed_at, now()) end
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}`;
    const held = await getUnitCost(ctx, id);
    await record(ctx, closed ? "unit-cost.close" : "unit-cost.open", { subjects: [], detail: { cost: id } });
    return held;
  });
}

/**
 * Takes the unit costs of a file: all of them, or none when any row has a fault. Brought in again it adds nothing. Throws
 * Invalid when it is no such file.
 */
export async function importUnitCosts(ctx: ActorCtx, text: string): Promise<FileOutcome> {
  requireRight(ctx, "unit-cost.manage", ctx.actor.organisationId);
  const rows = await readTable(text, UNIT_COST_COLUMNS);
  return inTransaction(ctx, async (ctx) => {
    await lockCosts(ctx);
    const { fresh, unchanged, faults } = costsOfRows(
      rows,
      await readUnitCosts(ctx, ctx.actor.organisationId),
    );
    const taken = faults.length === 0 ? fresh : [];
    for (const fields of taken) await writeCost(ctx, uuidv7(), fields);
    await record(ctx, "unit-cost.import", {
      subjects: [],
      detail: { rows: rows.length, added: taken.length, faults: faults.length },
    });
    return { rows: rows.length, added: taken.length, unchanged, faults: faults.slice(0, MOST_FAULTS) };
  });
}
