/** A study's row, and what is read beside it: whoever reads or moves a study begins here. */

import { record } from "./audit";
import type { TxCtx } from "./context";
import { Conflict, NotFound } from "./domain/errors";
import type { ReportNumbers } from "./domain/lab/report-numbers";
import type { Receipt, StudyView, UploadEnding } from "./domain/lab/studies";
import {
  type RunStage,
  type StudyPlan,
  type StudyPlanText,
  type StudyState,
  studyPlanSchema,
} from "./domain/lab/study";
import type { Day } from "./domain/period";

/** Lines of the list, newest first. */
export const MOST_LISTED = 500;

export interface StudyRow {
  id: string;
  number: number;
  state: StudyState;
  version: number;
  plan: StudyPlan;
  madeBy: string;
  askedBy: string | null;
  secondedBy: string | null;
  madeByName: string | null;
  askedByName: string | null;
  askedAt: Date | null;
  secondedByName: string | null;
  fixedAt: Date | null;
  returnedBecause: string | null;
  planHash: string | null;
  uploadId: string | null;
  stage: RunStage | null;
  sendAgain: StudyView["sendAgain"];
  refused: string | null;
  faultId: string | null;
  numbers: ReportNumbers | null;
  ranAt: Date | null;
  readyAt: Date | null;
  signedAt: Date | null;
  question: string | null;
  questionedAt: Date | null;
  publishedAt: Date | null;
  withdrawnAt: Date | null;
  changedAt: Date;
  serviceName: string | null;
  countedOn: Day | null;
}

const nameOf = (db: TxCtx["db"], column: "made_by" | "asked_by" | "seconded_by") => db`
  (select a.name from casework.member as m join casework.account as a on a.id = m.account_id
   where m.organisation_id = s.organisation_id and m.id = s.${db(column)})`;

/** What holds of every study `s` but of drafts that were deleted. */
export const notDeleted = (db: TxCtx["db"]) => db`(s.state <> 'withdrawn' or s.fixed_at is not null)`;

/** The study of this id, held until the transaction ends when `hold`. Throws NotFound when the organisation has none. */
export async function getStudyRow(
  { db, actor }: TxCtx,
  id: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<StudyRow> {
  if (hold) {
    await db`select 1 from lab.study where organisation_id = ${actor.organisationId} and id = ${id} for update`;
  }
  const [row] = await db<(Omit<StudyRow, "plan"> & { plan: StudyPlanText })[]>`
    select s.id, s.number, s.state, s.version, s.plan, s.made_by, s.asked_by, s.seconded_by, s.asked_at, s.fixed_at,
           s.returned_because, s.plan_hash, s.upload_id, s.stage, s.send_again, s.refused, s.fault_id, s.numbers,
           s.ran_at, s.ready_at, s.signed_at, s.question, s.questioned_at, s.published_at, s.withdrawn_at, s.changed_at, s.counted_on,
           ${nameOf(db, "made_by")} as made_by_name, ${nameOf(db, "asked_by")} as asked_by_name,
           ${nameOf(db, "seconded_by")} as seconded_by_name,
           (select v.name from casework.service as v
            where v.organisation_id = s.organisation_id and v.id = (s.plan ->> 'serviceId')::uuid) as service_name
    from lab.study as s
    where s.organisation_id = ${actor.organisationId} and s.id = ${id} and ${notDeleted(db)}`;
  if (!row) throw new NotFound("This study");
  return { ...row, plan: studyPlanSchema.parse(row.plan) };
}

/** A study that must be in one of these states to be moved on. Throws Conflict when somebody has moved it meanwhile. */
export function requireState(row: StudyRow, ...states: readonly StudyState[]): void {
  if (states.includes(row.state)) return;
  throw new Conflict("This study has moved on meanwhile. Open it again.");
}

/** What was destroyed of a study, the newest first. */
export async function receiptsOf({ db, actor }: TxCtx, studyId: string): Promise<Receipt[]> {
  const rows = await db<(Omit<Receipt, "bytes"> & { ended: UploadEnding; byteCount: number })[]>`
    select r.upload_id, r.ended, r.destroyed_at, r.byte_count, r.pieces, r.sha256,
           (select a.name from casework.member as m join casework.account as a on a.id = m.account_id
            where m.organisation_id = r.organisation_id and m.id = r.sent_by) as sent_by_name,
           (select a.name from casework.member as m join casework.account as a on a.id = m.account_id
            where m.organisation_id = r.organisation_id and m.id = r.seconded_by) as seconded_by_name
    from lab.receipt as r
    where r.organisation_id = ${actor.organisationId} and r.subject_id = ${studyId}
    order by r.destroyed_at desc, r.upload_id desc`;
  return rows.map(({ byteCount, ...receipt }) => ({ ...receipt, bytes: byteCount }));
}

/** Records something that was done with a study. */
export const recordStudy = (
  ctx: TxCtx,
  action: string,
  id: string,
  detail: Readonly<Record<string, string | number | null>> = {},
): Promise<void> => record(ctx, action, { subjects: [{ kind: "study", id }], detail });
