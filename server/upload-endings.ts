/**
 * How an upload ends, whatever ended it: its key is overwritten, its pieces are deleted, and a receipt is kept and
 * recorded, in one transaction. A round of the worker ends what nobody else will: uploads of an earlier life of the
 * worker, of studies that were withdrawn, and those that were never sent whole.
 */

import { createHash } from "node:crypto";
import type { Sql, Tx } from "../db/client";
import { record } from "./audit";
import { installationNow } from "./clock";
import { byItselfIn } from "./context";
import type { UploadKind } from "./domain/lab/sealed-file";
import type { UploadEnding } from "./domain/lab/studies";
import { forgetKey, KEEPER, type UploadName } from "./upload-keys";

/** Minutes from asking for a key to the last piece. */
const MINUTES_TO_SEND = 60;

/** What is kept with the receipt, in the same transaction; `tx` is of the engine's login. */
export type AlsoKept = (tx: Tx) => Promise<unknown>;

/**
 * Ends an upload and gives its receipt, once: false when it had ended already, and then `also` is not done. From here on
 * nobody can open what was sent.
 */
export async function endUpload(
  stats: Sql,
  { organisationId, id }: UploadName,
  ended: UploadEnding,
  also: AlsoKept = async () => {},
): Promise<boolean> {
  forgetKey({ organisationId, id });
  return stats.begin(async (tx) => {
    const [upload] = await tx<{ kind: UploadKind; subjectId: string; askedBy: string; byteCount: number }[]>`
      update lab.upload set state = 'ended' where organisation_id = ${organisationId} and id = ${id} and state <> 'ended'
      returning kind, subject_id, asked_by, byte_count`;
    if (!upload) return false;
    const { pieces, bytes, sha256 } = await destroyPieces(tx, { organisationId, id });
    const { kind, subjectId, askedBy } = upload;
    await tx`
      insert into lab.receipt
        (organisation_id, upload_id, kind, subject_id, ended, destroyed_at, byte_count, pieces, sha256, sent_by, seconded_by)
      select ${organisationId}, ${id}, ${kind}, ${subjectId}, ${ended}, ${await installationNow(tx)}, ${bytes}, ${pieces},
             ${sha256}, ${askedBy}, (
        select s.seconded_by from lab.study as s where s.organisation_id = ${organisationId} and s.id = ${subjectId})`;
    const isCohort = kind === "cohort";
    await record(byItselfIn(tx), isCohort ? "study.destroy" : "data-set.destroy", {
      subjects: [{ kind: isCohort ? "study" : "data-set", id: subjectId }],
      detail: { upload: id, ended, pieces, bytes, sha256, sentBy: askedBy },
      organisationId,
    });
    await also(tx);
    return true;
  }) as Promise<boolean>;
}

/** Deletes the pieces, and says what they were: their number, their bytes and the hash of all in order. */
async function destroyPieces(tx: Tx, { organisationId, id }: UploadName) {
  const hash = createHash("sha256");
  let [pieces, bytes] = [0, 0];
  const all = tx<{ bytes: Buffer }[]>`
    select bytes from lab.upload_piece where organisation_id = ${organisationId} and upload_id = ${id} order by number`;
  for await (const batch of all.cursor(16)) {
    for (const piece of batch) {
      hash.update(piece.bytes);
      pieces += 1;
      bytes += piece.bytes.length;
    }
  }
  await tx`delete from lab.upload_piece where organisation_id = ${organisationId} and upload_id = ${id}`;
  return { pieces, bytes, sha256: hash.digest("hex") };
}

/** Ends what nobody else will. Gives the uploads that ended, so that what works on them can stop. */
export async function endLostUploads(stats: Sql): Promise<UploadName[]> {
  const lost = await stats<
    (UploadName & { ended: Extract<UploadEnding, "restart" | "withdrawn" | "expired"> })[]
  >`
    select organisation_id, id, ended from (
      select u.organisation_id, u.id, case
        when u.keeper <> ${KEEPER} then 'restart'
        when s.state = 'withdrawn' then 'withdrawn'
        when u.kind = 'cohort' and s.upload_id is distinct from u.id then 'expired'
        when u.state <> 'sent' and u.asked_at < now() - ${MINUTES_TO_SEND} * interval '1 minute' then 'expired'
      end as ended
      from lab.upload as u
      left join lab.study as s on s.organisation_id = u.organisation_id and s.id = u.subject_id
      where u.state <> 'ended') as alive
    where ended is not null`;
  for (const { organisationId, id, ended } of lost) {
    await endUpload(stats, { organisationId, id }, ended, (tx) =>
      sendAgain(tx, { organisationId, id }, ended),
    );
  }
  return lost;
}

/** Has a study wait for its file again, and says why. A withdrawn one stays withdrawn. */
export function sendAgain(
  tx: Tx,
  { organisationId, id }: UploadName,
  because: UploadEnding,
  { refused = null, faultId = null }: { refused?: string | null; faultId?: string | null } = {},
): Promise<unknown> {
  return tx`
    update lab.study
    set state = case when state = 'withdrawn' then state else 'fixed' end, upload_id = null, stage = null,
        send_again = case when state = 'withdrawn' then null else ${because} end, refused = ${refused}, fault_id = ${faultId}
    where organisation_id = ${organisationId} and upload_id = ${id}`;
}
