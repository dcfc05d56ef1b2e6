/**
 * On which basis an organisation holds what it records, set by its officer. Each choice is kept: what held on a day can
 * be read later. It has nothing to do with consent to share.
 */

import type { Tx } from "../db/client";
import { record } from "./audit";
import { type ActorCtx, inTransaction, now, requireRight } from "./context";
import { PROFESSIONS, type Profession } from "./domain/plain-wording";
import {
  RECORDING_PURPOSES,
  type RecordingBasis,
  type RecordingCondition,
  type RecordingPurpose,
  type SetBasis,
  type ShownBasis,
} from "./domain/recording-basis";

/** Why the organisation may hold what it records, and the words that its members read of others. */
export interface Basis {
  bases: ShownBasis[];
  profession: Profession;
}

/** What stands now. About nobody, so that reading it is not recorded. */
export function getBasis(ctx: ActorCtx): Promise<Basis> {
  requireRight(ctx, "basis.read", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db, actor }) => ({
    bases: await readBases(db, actor.organisationId),
    profession: await readProfession(db, actor.organisationId),
  }));
}

/** Sets what one purpose rests on, from now on. The same again changes nothing. */
export function setBasis(ctx: ActorCtx, chosen: SetBasis): Promise<ShownBasis[]> {
  requireRight(ctx, "basis.set", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { purpose, basis, condition } = chosen;
    const before = (await readBases(ctx.db, organisationId)).find((one) => one.purpose === purpose);
    if (before?.basis !== basis || before.condition !== condition) {
      await ctx.db`
        insert into governance.recording_basis (organisation_id, purpose, basis, condition, set_by, set_at)
        values (${organisationId}, ${purpose}, ${basis}, ${condition}, ${memberId}, ${await now(ctx)})`;
    }
    await record(ctx, "basis.set", {
      subjects: [{ kind: "organisation", id: String(organisationId) }],
      detail: { purpose, basis, condition, before: before?.basis ?? null },
    });
    return readBases(ctx.db, organisationId);
  });
}

/** Says what kind of organisation it is. */
export function setProfession(ctx: ActorCtx, profession: Profession): Promise<{ profession: Profession }> {
  requireRight(ctx, "basis.set", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    await ctx.db`update casework.organisation set profession = ${profession} where id = ${organisationId}`;
    await record(ctx, "basis.set-profession", {
      subjects: [{ kind: "organisation", id: String(organisationId) }],
      detail: { profession },
    });
    return { profession };
  });
}

/** Every purpose with what it rests on now, for the transaction's own organisation. */
export async function readBases(db: Tx, organisationId: number): Promise<ShownBasis[]> {
  const rows = await db<
    { purpose: RecordingPurpose; basis: RecordingBasis; condition: RecordingCondition; setAt: Date }[]
  >`
    select distinct on (purpose) purpose, basis, condition, set_at from governance.recording_basis
    where organisation_id = ${organisationId} order by purpose, number desc`;
  const set = new Map(rows.map((row) => [row.purpose, row]));
  return RECORDING_PURPOSES.map(
    (purpose) => set.get(purpose) ?? { purpose, basis: null, condition: null, setAt: null },
  );
}

/** In whose words the transaction's organisation reads what others record. */
export async function readProfession(db: Tx, organisationId: number): Promise<Profession> {
  const [row] = await db<{ profession: string }[]>`
    select profession from casework.organisation where id = ${organisationId}`;
  return PROFESSIONS.find((known) => known === row?.profession) ?? "other";
}
