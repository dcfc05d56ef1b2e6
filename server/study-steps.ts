/**
 * What moves a study on: asking a second person, their yes, which fixes the plan, taking it back, withdrawing and
 * publishing. Nothing of a plan changes once it is fixed; the database refuses it, too.
 */

import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { canonicalJson } from "./domain/canonical-json";
import { Conflict, Invalid, NotAllowed } from "./domain/errors";
import { type FixedPlan, faultsOfPlan } from "./domain/lab/plan-faults";
import { EMPTY_PLAN } from "./domain/lab/studies";
import type { StudyPlan } from "./domain/lab/study";
import { dayOf } from "./domain/period";
import { sha256Of } from "./sha256";
import { findStudyDataSet, type StudyDataSet } from "./study-data-sets";
import { getStudyRow, recordStudy, requireState, type StudyRow } from "./study-rows";

/** Asks somebody else to look at a draft. Throws Invalid, by field, while something of the plan is missing. */
export function askForStudy(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const row = await getStudyRow(ctx, id, { hold: true });
    requireState(row, "draft");
    await requireWhole(ctx, row.plan);
    const at = await now(ctx);
    await ctx.db`
      update lab.study set state = 'asked', asked_by = ${ctx.actor.memberId}, asked_at = ${at}, returned_because = null,
             changed_at = ${at}
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}`;
    await recordStudy(ctx, "study.ask", id, { version: row.version });
  });
}

/** The data set of a plan that has no fault. Throws Invalid for one that has. */
async function requireWhole(ctx: TxCtx, plan: StudyPlan): Promise<StudyDataSet> {
  const dataSet = await findStudyDataSet(ctx.db, plan.dataSetId);
  const today = dayOf(await now(ctx));
  const codebook = dataSet?.isOffered ? dataSet.codebook : null;
  const faults = faultsOfPlan(plan, { codebook, today }).filter(({ stops }) => stops);
  if (faults.length > 0 || !dataSet) {
    throw new Invalid(
      "Something of the plan is still missing.",
      Object.fromEntries(faults.map(({ field, message }) => [`plan.${field}`, message])),
    );
  }
  return dataSet;
}

/** Makes a plan that waits for the second person a draft again. */
export function takeBackStudy(ctx: ActorCtx, id: string): Promise<void> {
  return backToDraft(ctx, id, "study.take-back", null);
}

/** The second person says what should be mended. */
export function returnStudy(ctx: ActorCtx, { id, because }: { id: string; because: string }): Promise<void> {
  return backToDraft(ctx, id, "study.return", because);
}

function backToDraft(ctx: ActorCtx, id: string, action: string, because: string | null): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    requireState(await getStudyRow(ctx, id, { hold: true }), "asked");
    await ctx.db`
      update lab.study set state = 'draft', asked_by = null, asked_at = null, returned_because = ${because},
             changed_at = ${await now(ctx)}
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}`;
    await recordStudy(ctx, action, id);
  });
}

/**
 * The second person says yes to the plan that they read: it gets its hash and never changes again.
 * @throws NotAllowed for whoever asked; Conflict when the plan is not the one that was read; Invalid when the data set
 * went or changed meanwhile.
 */
export function approveStudy(
  ctx: ActorCtx,
  { id, version }: { id: string; version: number },
): Promise<{ planHash: string }> {
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const row = await getStudyRow(ctx, id, { hold: true });
    requireState(row, "asked");
    if (row.askedBy === memberId) {
      throw new NotAllowed("You asked for this study. Somebody else has to say yes to it.");
    }
    if (row.version !== version) throw new Conflict("This is not the plan that you read. Open it again.");
    const dataSet = await requireWhole(ctx, row.plan);
    const fixed: FixedPlan = { plan: row.plan, dataSetId: dataSet.id, codebookHash: dataSet.codebookHash };
    const canonical = canonicalJson(fixed);
    const planHash = sha256Of(canonical);
    const at = await now(ctx);
    await ctx.db`
      update lab.study set state = 'fixed', seconded_by = ${memberId}, fixed_at = ${at}, canonical = ${canonical},
             plan_hash = ${planHash}, holder_organisation_id = ${dataSet.holderOrganisationId ?? organisationId},
             changed_at = ${at}
      where organisation_id = ${organisationId} and id = ${id}`;
    await recordStudy(ctx, "study.approve", id, { planHash });
    return { planHash };
  });
}

/** Its people have been looked for: withdrawing then leaves a line on the register that says so. */
const isLookedFor = ({ ranAt }: Pick<StudyRow, "ranAt">) => ranAt !== null;

/**
 * Takes a study back. A file that is here is destroyed by the worker within seconds; what was read of it is not kept. One
 * that was never fixed is deleted: nothing was sent for it, and nobody said yes to it.
 */
export function withdrawStudy(ctx: ActorCtx, id: string): Promise<{ staysOnRegister: boolean }> {
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const row = await getStudyRow(ctx, id, { hold: true });
    const staysOnRegister = isLookedFor(row);
    if (row.state === "withdrawn") return { staysOnRegister };
    if (row.fixedAt === null) {
      await deleteDraft(ctx, row);
      return { staysOnRegister };
    }
    if (row.state === "published") requireRight(ctx, "study.publish", organisationId);
    const at = await now(ctx);
    await ctx.db`
      update lab.study set state = 'withdrawn', withdrawn_by = ${memberId}, withdrawn_at = ${at}, changed_at = ${at}
      where organisation_id = ${organisationId} and id = ${id}`;
    await recordStudy(ctx, "study.withdraw", id, { from: row.state });
    return { staysOnRegister };
  });
}

/** Empties a plan that was never fixed; what is left is its number, which nobody sees (`notDeleted`). */
async function deleteDraft(ctx: TxCtx, { id, state, version }: StudyRow): Promise<void> {
  const { organisationId, memberId } = ctx.actor;
  const at = await now(ctx);
  if (state === "asked") {
    await ctx.db`
      update lab.study set state = 'draft', asked_by = null, asked_at = null
      where organisation_id = ${organisationId} and id = ${id}`;
  }
  await ctx.db`
    update lab.study set state = 'withdrawn', plan = ${ctx.db.json(EMPTY_PLAN)}, version = ${version + 1},
           returned_because = null, withdrawn_by = ${memberId}, withdrawn_at = ${at}, changed_at = ${at}
    where organisation_id = ${organisationId} and id = ${id}`;
  await recordStudy(ctx, "study.delete-draft", id);
}

/** Puts a signed study on the register, whichever way it points. */
export function publishStudy(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const row = await getStudyRow(ctx, id, { hold: true });
    if (row.state === "published") return;
    requireState(row, "signed");
    const at = await now(ctx);
    await ctx.db`
      update lab.study set state = 'published', published_by = ${ctx.actor.memberId}, published_at = ${at},
             changed_at = ${at}
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}`;
    await recordStudy(ctx, "study.publish", id);
  });
}
