/**
 * Closing a client and opening one again, each with its reason. What became of the open issues goes through the ledger
 * as a contact of the day, in the same transaction. A closed client is found by search and keeps everything; a contact
 * that comes late from a device is taken as any other.
 */

import { record } from "./audit";
import { readTimeline } from "./client-timeline";
import { storeContacts } from "./contacts";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import type {
  CloseClient,
  ClosingReason,
  ReopenClient,
  ReopeningReason,
  ShownClosing,
} from "./domain/closing";
import type { NewContactInput } from "./domain/contact";
import { MOST_ENTRIES } from "./domain/contact-terms";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { type Day, dayOf } from "./domain/period";
import type { ShownIssue } from "./domain/profile";
import { openIfAny, sealIfAny } from "./identity-vault";
import { uuidv7 } from "./ids";

export interface ClosingAnswer {
  outcome: "stored" | "already-stored";
  closedOn: Day | null;
}

/**
 * Closes a client today. Throws Conflict when the open issues are others than those answered for, or when somebody
 * closed the client meanwhile; Invalid when the closing contact is refused.
 */
export function closeClient(ctx: ActorCtx, closing: CloseClient): Promise<ClosingAnswer> {
  requireRight(ctx, "client.close", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { id, clientId, because, reason, issues } = closing;
    const { closedOn, held } = await holdClient(ctx, clientId, id);
    if (held) return { outcome: "already-stored", closedOn };
    if (closedOn) throw new Conflict("This record is closed already. Open it to see who closed it and why.");
    const today = dayOf(await now(ctx));
    const { issues: all } = await readTimeline(ctx, clientId, { before: null });
    const open = all.filter((issue) => issue.open);
    const answered = new Map(issues.map(({ issueId, end }) => [issueId, end]));
    if (open.length !== answered.size || open.some((issue) => !answered.has(issue.id))) {
      throw new Conflict(
        "The open issues have changed meanwhile. Look at them again, then close the record.",
      );
    }
    const ended = open.filter((issue) => answered.get(issue.id) !== "handed-on");
    const handedOn = open.filter((issue) => answered.get(issue.id) === "handed-on").map((issue) => issue.id);
    const contacts = await storeClosingContacts(ctx, closing, ended, today);
    const contactId = contacts[0] ?? null;
    await insertClosing(ctx, {
      id,
      clientId,
      kind: "closed",
      onDay: today,
      because,
      reason,
      contactId,
      handedOn,
    });
    await setClosedOn(ctx, clientId, today);
    await record(ctx, "client.close", {
      subjects: [
        { kind: "client", id: clientId },
        ...contacts.map((contact) => ({ kind: "contact" as const, id: contact })),
      ],
      detail: { because, ended: ended.length, handedOn: handedOn.length },
    });
    return { outcome: "stored", closedOn: today };
  });
}

/** Opens a closed client again. Throws Conflict when it is open. */
export function reopenClient(ctx: ActorCtx, reopening: ReopenClient): Promise<ClosingAnswer> {
  requireRight(ctx, "client.close", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { id, clientId, because, reason } = reopening;
    const { closedOn, held } = await holdClient(ctx, clientId, id);
    if (held) return { outcome: "already-stored", closedOn };
    if (!closedOn) throw new Conflict("This record is open already.");
    const today = dayOf(await now(ctx));
    const row = { id, clientId, kind: "re-opened", onDay: today, because, reason } as const;
    await insertClosing(ctx, { ...row, contactId: null, handedOn: [] });
    await setClosedOn(ctx, clientId, null);
    await record(ctx, "client.reopen", { subjects: [{ kind: "client", id: clientId }], detail: { because } });
    return { outcome: "stored", closedOn: null };
  });
}

/** The client, held against everybody else who would close it, and whether this was done before. */
async function holdClient({ db, actor: { organisationId } }: TxCtx, clientId: string, id: string) {
  const [client] = await db<{ closedOn: Day | null }[]>`
    select closed_on from casework.client
    where organisation_id = ${organisationId} and id = ${clientId} and not anonymous
    for update`;
  if (!client) throw new NotFound("This person");
  const [before] = await db<{ clientId: string }[]>`
    select client_id from casework.closing where organisation_id = ${organisationId} and id = ${id}`;
  if (before && before.clientId !== clientId) throw new Conflict("This id was used for somebody else.");
  return { closedOn: client.closedOn, held: before !== undefined };
}

/** Writes what ended as a contact of the day; as several when it is more than one contact may hold. */
async function storeClosingContacts(
  ctx: TxCtx,
  { clientId, serviceId, issues }: CloseClient,
  ended: readonly ShownIssue[],
  today: Day,
): Promise<string[]> {
  const { organisationId, memberId } = ctx.actor;
  const resolved = new Set(issues.flatMap(({ issueId, end }) => (end === "resolved" ? issueId : [])));
  const contacts = Array.from(
    { length: Math.ceil(ended.length / MOST_ENTRIES) },
    (_, at): NewContactInput => ({
      id: uuidv7(),
      clientId,
      serviceId,
      occurredOn: today,
      channel: "other",
      entries: ended.slice(at * MOST_ENTRIES, (at + 1) * MOST_ENTRIES).map((issue) => ({
        issueId: issue.id,
        need: issue.need,
        status: resolved.has(issue.id) ? "resolved" : "no-longer-relevant",
        severity: issue.severity ?? "low",
        ours: issue.ours ?? true,
      })),
    }),
  );
  if (contacts.length === 0) return [];
  const answers = await storeContacts({ db: ctx.db, organisationId, memberId }, contacts);
  const refused = answers.find(({ outcome }) => outcome !== "stored");
  if (refused) throw new Invalid(refused.reason ?? "The closing contact was not accepted.", refused.fields);
  return contacts.map(({ id }) => id);
}

async function insertClosing(
  { db, actor: { organisationId, memberId } }: TxCtx,
  closing: Omit<ShownClosing, "memberName"> & { clientId: string; contactId: string | null },
): Promise<void> {
  const { id, clientId, kind, onDay, because, reason, contactId, handedOn } = closing;
  await db`
    insert into casework.closing
      (organisation_id, id, client_id, kind, on_day, because, reason, made_by, contact_id, handed_on)
    values (${organisationId}, ${id}, ${clientId}, ${kind}, ${onDay}, ${because},
            ${sealIfAny("closing.reason", { organisationId, id }, reason)}, ${memberId}, ${contactId},
            ${[...handedOn]}::uuid[])`;
}

async function setClosedOn(
  { db, actor: { organisationId } }: TxCtx,
  clientId: string,
  closedOn: Day | null,
): Promise<void> {
  await db`
    update casework.client set closed_on = ${closedOn}
    where organisation_id = ${organisationId} and id = ${clientId}`;
}

interface ClosingRow {
  id: string;
  kind: ShownClosing["kind"];
  onDay: Day;
  because: ClosingReason | ReopeningReason;
  reason: Buffer | null;
  memberName: string | null;
  handedOn: string[];
}

/** Each time that a client was closed or opened again, the latest first; without an audit entry. */
export async function readClosings(
  { db, actor: { organisationId } }: TxCtx,
  clientId: string,
): Promise<ShownClosing[]> {
  const rows = await db<ClosingRow[]>`
    select k.id, k.kind, k.on_day, k.because, k.reason, a.name as member_name, k.handed_on
    from casework.closing as k
    left join casework.member as m on m.organisation_id = k.organisation_id and m.id = k.made_by
    left join casework.account as a on a.id = m.account_id
    where k.organisation_id = ${organisationId} and k.client_id = ${clientId}
    order by k.number desc`;
  return rows.map(({ reason, ...row }) => ({
    ...row,
    reason: openIfAny("closing.reason", { organisationId, id: row.id }, reason),
  }));
}
