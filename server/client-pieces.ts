/**
 * Cuts clients again who were cut for search by an older version of the product, so that everything added to the
 * search also finds people who were known before; and makes the keyed indexes of where they live. Work of the web
 * process, which alone holds the keys of names; it runs after the start, a few people a transaction, and is done when
 * nobody is left. Several processes share it.
 */

import { record } from "./audit";
import { type ClientRow, insertTokens, openClient, putPlaces } from "./client-rows";
import { type Ctx, inTransaction, makeContext, type TxCtx } from "./context";
import { PIECES_VERSION } from "./domain/client-search";
import type { CheckedIdentifier, IdentifierKind } from "./domain/identifiers";
import { open } from "./identity-vault";
import type { Pools } from "./pools";

const CLIENTS_A_BATCH = 200;

/** Cuts every client again who needs it; gives how many. Stopped anywhere, it goes on with the next call. */
export async function renewPieces(pools: Pools): Promise<number> {
  const ctx = makeContext(pools, null);
  const organisations = await inTransaction(
    ctx,
    ({ db }) => db<{ id: number }[]>`select id from casework.organisation order by id`,
    "operator",
  );
  let renewed = 0;
  for (const { id } of organisations) {
    let batch = 0;
    do {
      batch = await inTransaction(ctx, (tx) => renewSome(tx, id));
      renewed += batch;
    } while (batch > 0);
  }
  return renewed;
}

async function renewSome(ctx: TxCtx<Ctx>, organisationId: number): Promise<number> {
  const { db } = ctx;
  await db`select set_config('app.organisation_id', ${String(organisationId)}, true)`;
  const rows = await db<ClientRow[]>`
    select c.id, c.anonymous, c.reference as plain_reference, i.reference, c.closed_on,
           i.given_name, i.family_name, i.date_of_birth, i.sex,
           i.postcode, i.address, i.home_is_secret, i.phone, i.email
    from identity.client_identity as i
    join casework.client as c on c.organisation_id = i.organisation_id and c.id = i.client_id
    where i.organisation_id = ${organisationId} and i.pieces_version < ${PIECES_VERSION}
    order by i.client_id
    limit ${CLIENTS_A_BATCH}
    for update of i skip locked`;
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const identifiers = await readIdentifiers(ctx, organisationId, ids);
  await db`
    delete from identity.client_token
    where organisation_id = ${organisationId} and client_id = any (${ids}::uuid[])`;
  const opened = rows.map((row) => ({
    id: row.id,
    details: openClient(organisationId, row),
    identifiers: identifiers.get(row.id) ?? [],
  }));
  await insertTokens({ db, organisationId }, opened);
  await putPlaces({ db, organisationId }, opened);
  await db`
    update identity.client_identity set pieces_version = ${PIECES_VERSION}
    where organisation_id = ${organisationId} and client_id = any (${ids}::uuid[])`;
  await record(ctx, "client.make-findable", {
    subjects: ids.map((id) => ({ kind: "client", id })),
    organisationId,
  });
  return rows.length;
}

async function readIdentifiers({ db }: TxCtx<Ctx>, organisationId: number, ids: readonly string[]) {
  const rows = await db<{ clientId: string; kind: IdentifierKind; value: Buffer }[]>`
    select client_id, kind, value from identity.client_identifier
    where organisation_id = ${organisationId} and client_id = any (${ids}::uuid[])`;
  const held = new Map<string, CheckedIdentifier[]>();
  for (const { clientId, kind, value } of rows) {
    const opened = open(`client_identifier.${kind}`, { organisationId, id: clientId }, value);
    held.set(clientId, [...(held.get(clientId) ?? []), { kind, value: opened }]);
  }
  return held;
}
