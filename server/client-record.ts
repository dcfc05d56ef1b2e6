/**
 * The record of a client as its page and its print show it: profile, issues, contacts, answers about sharing, closings,
 * values that wait for a choice, and who has looked. One transaction and one entry in the audit for each.
 */

import { record } from "./audit";
import { type Look, readLastLooks } from "./client-looks";
import { type ContactPage, readContactPage, type TimelinePage } from "./client-timeline";
import { readClientProfile } from "./clients";
import { readClosings } from "./closing";
import { readConsents } from "./consents";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { NotFound } from "./domain/errors";
import type { ClientRecord } from "./domain/profile";
import { readObjections } from "./objections";
import { readConflicts } from "./profile-conflicts";

/** The record with its latest contacts, and the last who looked. Throws NotFound as `getClient` does. */
export function getRecord(
  ctx: ActorCtx,
  { id }: { id: string },
): Promise<ClientRecord & { looks: Look[]; looksInAll: number }> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const shown = await readRecord(ctx, id, { before: null });
    const { looks, total } = await readLastLooks(ctx, id);
    await record(ctx, "client.read", {
      subjects: [{ kind: "client", id }],
      detail: { contacts: shown.contacts.length, identifiersInFull: false },
    });
    return { ...shown, looks, looksInAll: total };
  });
}

/** The whole record for paper: every contact, and who took it out when. */
export function printRecord(
  ctx: ActorCtx,
  { id }: { id: string },
): Promise<ClientRecord & { printedBy: string; printedAt: Date }> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const shown = await readRecord(ctx, id, "all");
    await record(ctx, "client.print", {
      subjects: [{ kind: "client", id }],
      detail: { contacts: shown.contacts.length },
    });
    return { ...shown, printedBy: ctx.actor.name, printedAt: await now(ctx) };
  });
}

/** A further page of contacts of a client. */
export function listContacts(
  ctx: ActorCtx,
  { clientId, before }: { clientId: string; before: string },
): Promise<ContactPage> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const [client] = await ctx.db`
      select from casework.client where organisation_id = ${organisationId} and id = ${clientId}`;
    if (!client) throw new NotFound("This person");
    const page = await readContactPage(ctx, clientId, before);
    await record(ctx, "client.read", {
      subjects: [{ kind: "client", id: clientId }],
      detail: { contacts: page.contacts.length, identifiersInFull: false },
    });
    return page;
  });
}

async function readRecord(ctx: TxCtx, id: string, page: TimelinePage): Promise<ClientRecord> {
  const profile = await readClientProfile(ctx, id, { showIdentifiers: false, page });
  const [consents, objections, closings, conflicts] = await Promise.all([
    readConsents(ctx, id),
    readObjections(ctx.db, ctx.actor.organisationId, id),
    readClosings(ctx, id),
    readConflicts(ctx, [id]),
  ]);
  return { ...profile, consents: consents.history, objections, closings, conflicts };
}
