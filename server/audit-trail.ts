/** Reading the audit of one's organisation: newest first, a page at a time. Reading it is recorded too. */

import { z } from "zod";
import { record, type Subject } from "./audit";
import { type ActorCtx, inTransaction } from "./context";

export const auditQuestion = z.object({
  /** Entries before this id, for the next page. */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .default(null),
  /** Entries of this action only: "client.read". */
  action: z.string().max(60).nullable().default(null),
  /** Entries that name this client, contact or member. */
  subject: z.uuid().nullable().default(null),
});
export type AuditQuestion = z.infer<typeof auditQuestion>;

export interface TrailEntry {
  id: string;
  at: Date;
  action: string;
  /** Who did it; null for the software itself. */
  memberName: string | null;
  subjects: Subject[];
  detail: Record<string, unknown>;
  /** Its number in the chain; null for the seconds until it is sealed. */
  sealNumber: string | null;
}

const PAGE = 50;

/** A page of the audit of the actor's organisation, and where the next one begins. */
export async function listTrail(
  ctx: ActorCtx,
  { before, action, subject }: AuditQuestion,
): Promise<{ entries: TrailEntry[]; next: string | null }> {
  return inTransaction(ctx, async (tx) => {
    const { db } = tx;
    const rows = await db<TrailEntry[]>`
      select e.id::text, e.at, e.action, a.name as member_name, e.subjects, e.detail, s.number::text as seal_number
      from governance.audit_entry as e
      ${subject === null ? db`` : db`join governance.audit_subject as x on x.entry_id = e.id`}
      left join governance.audit_seal as s on s.entry_id = e.id
      left join casework.member as m on m.organisation_id = e.organisation_id and m.id = e.member_id
      left join casework.account as a on a.id = m.account_id
      where e.organisation_id = ${ctx.actor.organisationId}
        ${before === null ? db`` : db`and e.id < ${before}::bigint`}
        ${action === null ? db`` : db`and e.action = ${action}`}
        ${subject === null ? db`` : db`and x.organisation_id = e.organisation_id and x.subject_id = ${subject}`}
      order by e.id desc limit ${PAGE}`;
    await record(tx, "audit.read", { subjects: subject === null ? [] : [{ kind: "subject", id: subject }] });
    return { entries: [...rows], next: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null };
  });
}
