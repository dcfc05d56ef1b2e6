/**
 * What a data holder's analyst sees of studies in their data set, and their signature or what keeps them from it: the
 * plan and what may be said, through functions of the lab's own that give nothing else of another organisation.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, type TxCtx } from "./context";
import { Conflict, NotFound } from "./domain/errors";
import type { StudyToSign } from "./domain/lab/studies";
import { type StudyPlanText, studyPlanSchema } from "./domain/lab/study";
import { findStudyDataSet } from "./study-data-sets";

interface Named {
  organisationId: number;
  id: string;
}

/** Studies in data sets of the actor's organisation that have a result, those that wait for a signature first. */
export function listStudiesToSign(ctx: ActorCtx): Promise<StudyToSign[]> {
  return inTransaction(ctx, async (ctx) => {
    const studies = await readHeld(ctx, null);
    await record(ctx, "study.list-to-sign", { subjects: [], detail: { studies: studies.length } });
    return studies;
  });
}

/** One of them. Throws NotFound for a study in somebody else's data set. */
export function getStudyToSign(ctx: ActorCtx, named: Named): Promise<StudyToSign> {
  return inTransaction(ctx, async (ctx) => {
    const [study] = await readHeld(ctx, named);
    if (!study) throw new NotFound("This study");
    await record(ctx, "study.read-to-sign", { subjects: [{ kind: "study", id: named.id }] });
    return study;
  });
}

async function readHeld(ctx: TxCtx, named: Named | null): Promise<StudyToSign[]> {
  const rows = await ctx.db<(Omit<StudyToSign, "plan" | "dataSetName"> & { plan: StudyPlanText })[]>`
    select organisation_id, organisation_name, id, number, state, plan, plan_hash, fixed_at, ready_at, signed_at, question,
           questioned_at, numbers
    from lab.studies_held()
    where ${named === null ? ctx.db`true` : ctx.db`organisation_id = ${named.organisationId} and id = ${named.id}`}
    order by signed_at is not null, ready_at desc, organisation_id, id`;
  return Promise.all(
    rows.map(async (row) => {
      const plan = studyPlanSchema.parse(row.plan);
      return { ...row, plan, dataSetName: (await findStudyDataSet(ctx.db, plan.dataSetId))?.name ?? null };
    }),
  );
}

/**
 * Says that the study was done as its plan says and that its words are borne out. Throws NotFound for a study in somebody
 * else's data set, Conflict when it has moved on, and for whoever asked for or seconded it themselves.
 */
export function signStudy(ctx: ActorCtx, named: Named): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await check(ctx, named, null);
    await record(ctx, "study.sign", about(named));
  });
}

/**
 * Says what must be cleared up before the signature; the organisation reads it, and the result waits. Asked again, the
 * later words stand. Throws as `signStudy`, and Conflict for a study that is signed.
 */
export function questionStudy(
  ctx: ActorCtx,
  { question, ...named }: Named & { question: string },
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    if ((await check(ctx, named, question)) === "already")
      throw new Conflict("This study is signed already.");
    await record(ctx, "study.question", about(named));
  });
}

const about = ({ organisationId, id }: Named) => ({
  subjects: [{ kind: "study", id }] as const,
  detail: { of: organisationId },
});

async function check(
  { db }: TxCtx,
  { organisationId, id }: Named,
  question: string | null,
): Promise<"done" | "already"> {
  const [answer] = await db<{ said: "done" | "already" | "not-found" | "moved-on" | "own" }[]>`
    select lab.check_study(${organisationId}, ${id}, ${question}) as said`;
  switch (answer?.said) {
    case "done":
    case "already":
      return answer.said;
    case "own":
      throw new Conflict("You asked for this study or said yes to it. Somebody else has to sign it.");
    case "moved-on":
      throw new Conflict("This study has moved on meanwhile. Open it again.");
    default:
      throw new NotFound("This study");
  }
}
