/**
 * Sealed files on their way to the worker, as the web process sees them: an upload that waits for a key, pieces that it
 * cannot open, and how it ended. What is in them is read by the worker alone (upload-keys.ts, lab-run.ts).
 */

import { type ActorCtx, type Ctx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { CASEWORK_DATA_SET_ID } from "./domain/lab/casework-set";
import { MOST_PIECE_BYTES, MOST_UPLOAD_BYTES, piecesOf, type UploadKind } from "./domain/lab/sealed-file";
import type { UploadEnding, UploadView } from "./domain/lab/studies";
import { type RunStage, shownStage } from "./domain/lab/study";
import { requireRunLeft } from "./run-limit";
import { findStudyDataSet } from "./study-data-sets";
import { getStudyRow, recordStudy, requireState } from "./study-rows";
import { takeTurn } from "./throttle";

const GONE =
  "The data set of this study was withdrawn, so no names are needed. Withdraw the study, and plan another in a data set that is there.";

/** Uploads that one member may ask for in five minutes. */
const MOST_UPLOADS = 10;

/**
 * Asks for a key to send a cohort with. Asking again under the same id asks for nothing more.
 * @throws Conflict unless the plan is fixed and its data set is there, and when the runs of a month are used up.
 */
export async function askUpload(
  ctx: ActorCtx,
  { id, uploadId }: { id: string; uploadId: string },
): Promise<UploadView> {
  await takeUploadTurn(ctx);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const row = await getStudyRow(ctx, id, { hold: true });
    if (row.uploadId !== uploadId) {
      requireState(row, "fixed");
      if (row.plan.dataSetId === CASEWORK_DATA_SET_ID) throw new Conflict("For this study no file is sent.");
      const dataSet = await findStudyDataSet(db, row.plan.dataSetId);
      if (dataSet && !dataSet.isOffered) throw new Conflict(GONE);
      await requireRunLeft(db, actor.organisationId);
      await insertUpload(ctx, { uploadId, kind: "cohort", subjectId: id });
      await db`
        update lab.study set upload_id = ${uploadId}, send_again = null, refused = null, fault_id = null
        where organisation_id = ${actor.organisationId} and id = ${id}`;
      await recordStudy(ctx, "study.ask-upload", id, { upload: uploadId });
    }
    return readUpload(ctx, uploadId);
  });
}

/**
 * Starts a study in these records themselves, for which no file is sent. Throws Conflict unless its plan is fixed, when it
 * is a study for which one is, and when the runs of a month are used up.
 */
export function startStudy(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const row = await getStudyRow(ctx, id, { hold: true });
    if (row.state === "running") return;
    requireState(row, "fixed");
    if (row.plan.dataSetId !== CASEWORK_DATA_SET_ID) throw new Conflict("For this study a file is sent.");
    await requireRunLeft(db, actor.organisationId);
    await db`
      update lab.study
      set state = 'running', send_again = null, refused = null, fault_id = null,
          changed_at = ${await now(ctx)}
      where organisation_id = ${actor.organisationId} and id = ${id}`;
    await recordStudy(ctx, "study.start", id);
  });
}

/** Counts an upload that somebody asks for. Throws Conflict when there were too many. */
export async function takeUploadTurn(ctx: ActorCtx): Promise<void> {
  const turn = await inTransaction(
    ctx,
    ({ db }) => takeTurn(db, ["lab-upload", ctx.actor.memberId], MOST_UPLOADS),
    "sign-in",
  );
  if (!turn) throw new Conflict("That was a great many files. Wait five minutes, then go on.");
}

/** Notes an upload that waits for its key. An earlier one of the same subject that is still open is left to end. */
export async function insertUpload(
  { db, actor }: TxCtx,
  { uploadId, kind, subjectId }: { uploadId: string; kind: UploadKind; subjectId: string },
): Promise<void> {
  const added = await db`
    insert into lab.upload (organisation_id, id, kind, subject_id, asked_by)
    values (${actor.organisationId}, ${uploadId}, ${kind}, ${subjectId}, ${actor.memberId})
    on conflict do nothing returning 1`;
  if (added.length === 0) throw new Conflict("Another file was sent under this id. Begin again.");
}

/** Where an upload is. Throws NotFound when the organisation has none with this id. */
export function getUpload(ctx: ActorCtx, uploadId: string): Promise<UploadView> {
  return inTransaction(ctx, (ctx) => readUpload(ctx, uploadId));
}

/** The same inside a transaction. */
async function readUpload({ db, actor }: TxCtx, uploadId: string): Promise<UploadView> {
  const [row] = await db<
    {
      state: "key" | "open" | "sent" | "ended";
      publicKey: Buffer | null;
      pieces: number;
      ended: UploadEnding | null;
      stage: RunStage | null;
    }[]
  >`
    select u.state, u.public_key, u.pieces, r.ended,
           (select s.stage from lab.study as s
            where s.organisation_id = u.organisation_id and s.upload_id = u.id) as stage
    from lab.upload as u
    left join lab.receipt as r on r.organisation_id = u.organisation_id and r.upload_id = u.id
    where u.organisation_id = ${actor.organisationId} and u.id = ${uploadId}`;
  if (!row) throw new NotFound("This upload");
  const { state, publicKey, stage, ...view } = row;
  return {
    ...view,
    stage: shownStage(stage),
    state: state === "sent" ? "working" : state,
    publicKey: state === "open" ? (publicKey?.toString("base64") ?? null) : null,
  };
}

/** A piece as it comes in. */
export interface SentPiece {
  uploadId: string;
  number: number;
  isLast: boolean;
  bytes: Buffer;
}

/**
 * Keeps the next piece of an upload. Sent again, a piece that is here already changes nothing; one out of its order, or
 * more than may be sent, is refused.
 * @throws NotFound when the upload is not the organisation's; NotAllowed; Conflict when it takes no piece; Invalid when
 * the piece is not the next one or too large.
 */
export function takePiece(
  ctx: Ctx,
  { uploadId, number, isLast, bytes }: SentPiece,
): Promise<{ pieces: number }> {
  requireRight(ctx, "study.write", ctx.actor?.organisationId ?? null);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const [upload] = await ctx.db<
      {
        kind: UploadKind;
        subjectId: string;
        state: string;
        pieces: number;
        byteCount: number;
        askedBy: string;
      }[]
    >`
      select kind, subject_id, state, pieces, byte_count, asked_by from lab.upload
      where organisation_id = ${organisationId} and id = ${uploadId} for update`;
    if (!upload || upload.askedBy !== ctx.actor.memberId) throw new NotFound("This upload");
    if (number < upload.pieces && upload.state !== "ended") return { pieces: upload.pieces };
    if (upload.state !== "open") throw new Conflict("This upload takes no more pieces. Send the file again.");
    const mostPieces = piecesOf(MOST_UPLOAD_BYTES[upload.kind]);
    if (number !== upload.pieces || number >= mostPieces)
      throw new Invalid("This is not the next piece of the file.");
    if (bytes.length === 0 || bytes.length > MOST_PIECE_BYTES)
      throw new Invalid("This piece is not of a size that is sent.");
    await ctx.db`
      insert into lab.upload_piece (organisation_id, upload_id, number, bytes)
      values (${organisationId}, ${uploadId}, ${number}, ${bytes})`;
    await ctx.db`
      update lab.upload set pieces = pieces + 1, byte_count = byte_count + ${bytes.length}
      where organisation_id = ${organisationId} and id = ${uploadId}`;
    if (isLast) await closeUpload(ctx, uploadId, upload);
    return { pieces: upload.pieces + 1 };
  });
}

/** Everything is here: from now on it is the worker's. */
async function closeUpload(
  ctx: TxCtx,
  uploadId: string,
  { kind, subjectId }: { kind: UploadKind; subjectId: string },
): Promise<void> {
  const { organisationId } = ctx.actor;
  if (kind === "cohort") {
    const row = await getStudyRow(ctx, subjectId, { hold: true });
    requireState(row, "fixed");
    if (row.uploadId !== uploadId) throw new Conflict("Another file was sent for this study meanwhile.");
    await ctx.db`
      update lab.study set state = 'running' where organisation_id = ${organisationId} and id = ${subjectId}`;
    await recordStudy(ctx, "study.send", subjectId, { upload: uploadId });
  }
  await ctx.db`
    update lab.upload set state = 'sent', sent_at = now()
    where organisation_id = ${organisationId} and id = ${uploadId}`;
}
