/**
 * A holder's data set on its way from a browser: sealed for one upload like a cohort, opened and loaded by the worker, and
 * what was sent destroyed with a receipt. What became of it is kept for the page that sent it: bad rows by line and
 * column, never a value.
 */

import type { Sql, Tx } from "../db/client";
import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import { isBrokenRule } from "./domain/errors";
import { partFiles } from "./domain/lab/data-set-files";
import { type DataSetLoad, dataSetLoadSchema } from "./domain/lab/data-sets";
import type { UploadEnding, UploadView } from "./domain/lab/studies";
import { uuidv7 } from "./ids";
import { importOutcomes, requireHolder } from "./importers/outcomes";
import { getUpload, insertUpload, takeUploadTurn } from "./lab-uploads";
import { describeError, log } from "./log";
import { endUpload } from "./upload-endings";
import { KEEPER, NotSealedSo, openUpload, type UploadName } from "./upload-keys";

/** Asks for a key to send a data set with. Throws NotAllowed unless the organisation may hold outcome data. */
export async function askDataSetUpload(
  ctx: ActorCtx,
  { id, uploadId }: { id: string; uploadId: string },
): Promise<UploadView> {
  requireRight(ctx, "data-set.manage", ctx.actor.organisationId);
  await takeUploadTurn(ctx);
  await inTransaction(ctx, async (ctx) => {
    await requireHolder(ctx.db, ctx.actor.organisationId);
    await insertUpload(ctx, { uploadId, kind: "data-set", subjectId: id });
    await record(ctx, "data-set.ask-upload", {
      subjects: [{ kind: "data-set", id }],
      detail: { upload: uploadId },
    });
  });
  return getUpload(ctx, uploadId);
}

/** What became of a data set that was sent; null while it is not known yet. */
export function getDataSetLoad(ctx: ActorCtx, uploadId: string): Promise<DataSetLoad | null> {
  const { organisationId } = ctx.actor;
  requireRight(ctx, "data-set.manage", organisationId);
  return inTransaction(ctx, async ({ db }) => {
    const [row] = await db<{ load: unknown }[]>`
      select load from lab.data_set_load where organisation_id = ${organisationId} and upload_id = ${uploadId}`;
    if (row) return dataSetLoadSchema.parse(row.load);
    const [receipt] = await db<{ ended: UploadEnding }[]>`
      select ended from lab.receipt where organisation_id = ${organisationId} and upload_id = ${uploadId}`;
    return receipt ? { outcome: "lost", message: LOST[receipt.ended] ?? NOT_LOADED } : null;
  });
}

const NOT_LOADED = "Nothing was loaded. Send the files again.";
const LOST: Readonly<Partial<Record<UploadEnding, string>>> = {
  restart:
    "The program was started anew while your files were here, and with that their key was gone. What was here of them is destroyed. Send them again.",
  expired: "The files did not arrive in time. What was here of them is destroyed. Send them again.",
};

/** Loads every data set that was sent whole, one after another. Comes round by itself in the worker. */
export async function loadSentDataSets({
  stats,
  signal,
}: {
  stats: Sql;
  signal: AbortSignal;
}): Promise<void> {
  while (!signal.aborted) {
    const [sent] = await stats<(UploadName & { subjectId: string; askedBy: string })[]>`
      select organisation_id, id, subject_id, asked_by from lab.upload
      where state = 'sent' and kind = 'data-set' and keeper = ${KEEPER}
      order by sent_at, id limit 1`;
    if (!sent) return;
    await loadSent(stats, { organisationId: sent.organisationId, id: sent.id }, sent);
  }
}

async function loadSent(
  stats: Sql,
  upload: UploadName,
  { subjectId, askedBy }: { subjectId: string; askedBy: string },
): Promise<void> {
  let bytes = Buffer.alloc(0);
  try {
    bytes = await openUpload(stats, upload);
    const files = partFiles(bytes);
    const report = await importOutcomes(
      stats,
      {
        codebook: inPieces(files["codebook.json"]),
        people: inPieces(files["people.csv"]),
        events: inPieces(files["events.csv"]),
      },
      { organisationId: upload.organisationId, memberId: askedBy, id: subjectId },
    );
    const { dataSetId, refused, people, eventsKept, columnsLeftOut } = report;
    const load: DataSetLoad =
      refused || dataSetId === null
        ? {
            outcome: "refused",
            message: "Nothing was loaded. Mend the rows in your files and send them again.",
            files: report.files.map(({ file, read, rejected, faults }) => ({ file, read, rejected, faults })),
          }
        : {
            outcome: dataSetId === subjectId ? "loaded" : "unchanged",
            ...{ dataSetId, people, eventsKept, columnsLeftOut: [...columnsLeftOut] },
          };
    await endUpload(stats, upload, refused ? "refused" : "success", (tx) => keepLoad(tx, upload, load));
  } catch (error) {
    await endInVain(stats, upload, error);
  } finally {
    bytes.fill(0);
  }
}

async function endInVain(stats: Sql, upload: UploadName, error: unknown): Promise<void> {
  if (error instanceof NotSealedSo) {
    const load: DataSetLoad = {
      outcome: "lost",
      message: "What arrived is not what was sent. Send the files again.",
    };
    await endUpload(stats, upload, "refused", (tx) => keepLoad(tx, upload, load));
  } else if (isBrokenRule(error)) {
    const places = "fields" in error ? Object.entries(error.fields) : [];
    const load: DataSetLoad = {
      outcome: "refused",
      message: error.message,
      files: places.length === 0 ? [] : [codebookFaults(places)],
    };
    await endUpload(stats, upload, "refused", (tx) => keepLoad(tx, upload, load));
  } else {
    const faultId = uuidv7();
    log().error({ fault: faultId, error: describeError(error) }, "a data set could not be loaded");
    const load: DataSetLoad = {
      outcome: "lost",
      message: `Something broke on our side. Nothing was loaded. Send the files again; if you ask for help, quote ${faultId}.`,
    };
    await endUpload(stats, upload, "fault", (tx) => keepLoad(tx, upload, load));
  }
}

/** Places of a codebook as rows of a file are told of. */
const codebookFaults = (places: readonly (readonly [string, string])[]) => ({
  ...{ file: "codebook.json", read: 0, rejected: places.length },
  faults: places.map(([column, reason]) => ({ line: 0, column, reason, remedy: "" })),
});

const keepLoad = (tx: Tx, { organisationId, id }: UploadName, load: DataSetLoad) => tx`
  insert into lab.data_set_load (organisation_id, upload_id, load)
  values (${organisationId}, ${id}, ${tx.json(load)})`;

const READ_AT_ONCE = 256 * 1024;

/** Bytes piece by piece, so that the worker's other work is not kept waiting for a large file. */
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += READ_AT_ONCE) {
    yield bytes.subarray(from, from + READ_AT_ONCE);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
