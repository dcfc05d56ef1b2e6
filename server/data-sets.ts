/**
 * Outcome data sets as organisations see them: a list to choose from, a codebook, and taking one back. Whoever may do
 * studies reads what every data set is about, whoever holds it; nobody reads who is in it.
 */

import { record } from "./audit";
import { type ActorCtx, type Ctx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { decide } from "./domain/access";
import { Conflict, NotFound } from "./domain/errors";
import { CASEWORK_CODEBOOK, CASEWORK_DATA_SET_ID } from "./domain/lab/casework-set";
import { type Codebook, codebookSchema } from "./domain/lab/codebook";
import { aboutPeople, type DataSetLine, type DataSetView, type LetHold } from "./domain/lab/data-sets";
import { codebookHash } from "./importers/outcomes";

interface DataSetRow {
  id: string;
  organisationId: number;
  holderName: string;
  codebook: unknown;
  codebookHash: string;
  people: number;
  loadedAt: Date;
  withdrawnAt: Date | null;
  isHeld: boolean;
}

function rowsOf({ db }: TxCtx, id: string | null): Promise<DataSetRow[]> {
  return db<DataSetRow[]>`
    select d.id, d.organisation_id, coalesce(o.name, e.organisation_name, '') as holder_name, d.codebook,
           d.codebook_hash, d.people, d.loaded_at, d.withdrawn_at, h.organisation_id is not null as is_held
    from lab.data_set as d
    left join lab.data_holder as h on h.organisation_id = d.organisation_id
    left join casework.organisation as o on o.id = d.organisation_id
    left join casework.organisations_elsewhere() as e on e.organisation_id = d.organisation_id
    where ${id}::uuid is null or d.id = ${id}
    order by d.withdrawn_at is not null, d.loaded_at desc, d.id`;
}

function viewOf({ actor, decide }: TxCtx, row: DataSetRow): DataSetView {
  const codebook = codebookSchema.parse(row.codebook);
  const { organisationId, withdrawnAt, isHeld } = row;
  return {
    ...lineOf(codebook),
    id: row.id,
    holderName: row.holderName,
    isOurs: organisationId === actor.organisationId,
    people: aboutPeople(row.people),
    loadedAt: row.loadedAt,
    withdrawnAt,
    isOffered: withdrawnAt === null && isHeld,
    codebook,
    codebookHash: row.codebookHash,
    mayWithdraw: withdrawnAt === null && decide(actor, "data-set.manage", { organisationId }).allow,
  };
}

const lineOf = ({ name, about }: Codebook) => ({ name, about });

/** What these records themselves can say of outcomes: nobody holds it, and nobody can take it back. */
function caseworkView(): DataSetView {
  return {
    ...lineOf(CASEWORK_CODEBOOK),
    id: CASEWORK_DATA_SET_ID,
    holderName: "Common Need",
    isOurs: false,
    people: "everybody in these records",
    loadedAt: null,
    withdrawnAt: null,
    isOffered: true,
    codebook: CASEWORK_CODEBOOK,
    codebookHash: codebookHash(CASEWORK_CODEBOOK),
    mayWithdraw: false,
  };
}

/** Every data set that a study may choose, and the organisation's own that no study may choose any more. */
export function listDataSets(ctx: ActorCtx): Promise<DataSetLine[]> {
  requireRight(ctx, "data-set.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const held = (await rowsOf(ctx, null)).map((row) => viewOf(ctx, row));
    return [...held.filter(({ isOffered, isOurs }) => isOffered || isOurs), caseworkView()].map(
      ({ codebook: _, codebookHash: __, mayWithdraw: ___, ...line }) => line,
    );
  });
}

/** One data set with its codebook. A withdrawn one can still be read about: studies were done in it. */
export function getDataSet(ctx: ActorCtx, id: string): Promise<DataSetView> {
  requireRight(ctx, "data-set.read", ctx.actor.organisationId);
  if (id === CASEWORK_DATA_SET_ID) return Promise.resolve(caseworkView());
  return inTransaction(ctx, async (ctx) => {
    const [row] = await rowsOf(ctx, id);
    if (!row) throw new NotFound("The data set");
    return viewOf(ctx, row);
  });
}

/** Whether the organisation may hold outcome data, and whether the viewer may load any. */
export function getHolding(ctx: ActorCtx): Promise<{ holds: boolean; mayLoad: boolean }> {
  const { organisationId } = ctx.actor;
  requireRight(ctx, "data-set.read", organisationId);
  return inTransaction(ctx, async ({ db, actor }) => {
    const [row] = await db`select 1 from lab.data_holder where organisation_id = ${organisationId}`;
    const holds = row !== undefined;
    return { holds, mayLoad: holds && decide(actor, "data-set.manage", { organisationId }).allow };
  });
}

/**
 * Takes a data set back: everybody in it is deleted for good. Studies that were done stand; those that were not run yet
 * say that it is gone. Throws NotFound for another organisation's, Conflict when it was withdrawn before.
 */
export function withdrawDataSet(ctx: ActorCtx, id: string): Promise<void> {
  const { organisationId } = ctx.actor;
  requireRight(ctx, "data-set.manage", organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const [held] = await db<{ withdrawnAt: Date | null }[]>`
      select withdrawn_at from lab.data_set where organisation_id = ${organisationId} and id = ${id}`;
    if (!held) throw new NotFound("The data set");
    const [done] = await db`
      update lab.data_set set withdrawn_at = ${await now(ctx)}, withdrawn_by = ${actor.memberId}, digest = null
      where organisation_id = ${organisationId} and id = ${id} and withdrawn_at is null
      returning id`;
    if (!done) throw new Conflict("This data set was withdrawn already.");
    await db`delete from lab.data_set_block where organisation_id = ${organisationId} and data_set_id = ${id}`;
    await record(ctx, "data-set.withdraw", { subjects: [{ kind: "data-set", id }] });
  });
}

/** An administrator lets an organisation hold outcome data, or no more: what it holds is not offered then. */
export async function letHold(ctx: ActorCtx, given: LetHold): Promise<void> {
  requireRight(ctx, "organisation.manage", null);
  await inTransaction(ctx, (tx) => setHolding(tx, given), "administration");
}

/** The same by a command on the machine itself. */
export function letHoldAsOperator(ctx: Ctx, given: LetHold): Promise<void> {
  return inTransaction(ctx, (tx) => setHolding(tx, given), "operator");
}

async function setHolding(tx: TxCtx<Ctx>, { organisationId, holds }: LetHold): Promise<void> {
  const [found] = await tx.db`select 1 from casework.organisation where id = ${organisationId}`;
  if (!found) throw new NotFound("The organisation");
  await tx.db`select lab.let_hold(${organisationId}, ${holds})`;
  await record(tx, holds ? "data-set.allow" : "data-set.disallow", {
    subjects: [{ kind: "organisation", id: String(organisationId) }],
    organisationId,
  });
}
