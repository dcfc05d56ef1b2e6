/** Whom a request is about: records that are theirs are added and taken out, and copies of others are not handed out. */

import type { ActorCtx, TxCtx } from "./context";
import { NotFound } from "./domain/errors";
import type { ShownRequest } from "./rights-requests";
import { onOpenRequest } from "./rights-steps";

/** Says that a record is of whom the request is about, or is not after all. */
export function setPerson(
  ctx: ActorCtx,
  { id, clientId, isTheirs }: { id: string; clientId: string; isTheirs: boolean },
): Promise<ShownRequest> {
  return onOpenRequest(ctx, id, isTheirs ? "rights.add-person" : "rights.remove-person", async (ctx) => {
    const row = { organisationId: ctx.actor.organisationId, requestId: id, clientId };
    const changed = isTheirs ? await addPerson(ctx, row) : await removePerson(ctx, row);
    // Sent again, it changes nothing, and what was made stays.
    if (changed) await voidPacks(ctx, id);
    return undefined;
  });
}

interface PersonRow {
  organisationId: number;
  requestId: string;
  clientId: string;
}

async function addPerson({ db }: TxCtx, { organisationId, requestId, clientId }: PersonRow) {
  const [client] = await db`
    select from casework.client where organisation_id = ${organisationId} and id = ${clientId}`;
  if (!client) throw new NotFound("This person");
  const added = await db`
    insert into governance.rights_person (organisation_id, request_id, client_id)
    values (${organisationId}, ${requestId}, ${clientId}) on conflict do nothing returning client_id`;
  return added.length > 0;
}

async function removePerson({ db }: TxCtx, { organisationId, requestId, clientId }: PersonRow) {
  const gone = await db`
    delete from governance.rights_person
    where organisation_id = ${organisationId} and request_id = ${requestId} and client_id = ${clientId}
    returning client_id`;
  return gone.length > 0;
}

/** Destroys the copies of a request that are still kept. That one was taken stays known. */
export async function destroyPacks({ db, actor }: TxCtx, requestId: string): Promise<void> {
  await db`
    update governance.rights_pack set contents = null, destroyed_at = now()
    where organisation_id = ${actor.organisationId} and request_id = ${requestId} and destroyed_at is null`;
}

/** What was made for other records than these is not handed out, and what was taken does not answer the request. */
async function voidPacks(ctx: TxCtx, requestId: string): Promise<void> {
  await destroyPacks(ctx, requestId);
  // When it was taken stays in the audit.
  await ctx.db`
    update governance.rights_pack set taken_at = null
    where organisation_id = ${ctx.actor.organisationId} and request_id = ${requestId}`;
}
