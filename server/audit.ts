/**
 * The audit: one entry a call, naming whom it showed or changed, written in the call's own transaction. When it
 * cannot be recorded, it does not happen. Entries hold ids, never values; `audit-chain.ts` seals them.
 */

import type { AskedIn } from "./context";

/** Whom or what a call showed or changed. */
export interface Subject {
  kind:
    | "account"
    | "action"
    | "agreement"
    | "breach"
    | "break-glass"
    | "client"
    | "contact"
    | "data-set"
    | "device"
    | "directory-entry"
    | "event"
    | "link-review"
    | "list-action"
    | "member"
    | "organisation"
    | "programme"
    | "referral"
    | "release"
    | "service"
    | "session"
    | "report"
    | "retention-run"
    | "rights-hold"
    | "rights-notice"
    | "rights-request"
    | "score"
    | "story"
    | "study"
    | "subject"
    | "summary";
  id: string;
}

/** What else an entry says: numbers, codes and ids. Never a name, a note or anything typed. */
export type Detail = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number)[]>
>;

export interface AuditNote {
  subjects: readonly Subject[];
  detail?: Detail;
  /** Whose data it was, for an operator's command, which has no actor. */
  organisationId?: number;
}

/** Records a read or a write of personal data. Call it inside the transaction that reads or writes. */
export async function record(ctx: AskedIn, action: string, note: AuditNote): Promise<void> {
  const { actor, caller } = ctx;
  // Whoever unlocks or gives a code acts in a session that is not open yet.
  const session = caller.session ?? caller.waiting?.session ?? null;
  await ctx.db`
    insert into governance.audit_entry
      (organisation_id, account_id, member_id, session_id, request_id, action, subjects, detail)
    values (
      ${actor?.organisationId ?? note.organisationId ?? null},
      ${actor?.accountId ?? session?.accountId ?? null},
      ${actor?.memberId ?? null},
      ${actor?.sessionId ?? session?.id ?? null},
      ${ctx.requestId},
      ${action},
      ${ctx.db.json(note.subjects.map(({ kind, id }) => ({ kind, id })))},
      ${ctx.db.json({ ...note.detail })}
    )`;
}
