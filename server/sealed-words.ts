/**
 * Seals what older versions of the product kept plain: why a contact was late or voided, what an issue was called whose
 * need is not listed, and an organisation's own references of its clients. Work of the web process, which alone holds
 * the keys; it runs after the start, a batch a transaction, and is done when nothing is left. What the rows say does
 * not change.
 */

import { ARRAY_OF } from "./client-rows";
import { type Ctx, inTransaction, makeContext, type TxCtx } from "./context";
import { type SealedColumn, seal, sealIfAny } from "./identity-vault";
import type { Pools } from "./pools";

const ROWS_A_BATCH = 500;

const KINDS = [
  { kind: "late", column: "contact.late_reason" },
  { kind: "void", column: "contact.void_reason" },
  { kind: "label", column: "issue.label" },
] as const satisfies readonly { kind: string; column: SealedColumn }[];

type Kind = (typeof KINDS)[number]["kind"];

/** Seals what lies plain; gives how many rows. Stopped anywhere, it goes on with the next call. */
export async function sealOldWords(pools: Pools): Promise<number> {
  const ctx = makeContext(pools, null);
  const organisations = await inTransaction(
    ctx,
    ({ db }) => db<{ id: number }[]>`select id from casework.organisation order by id`,
    "operator",
  );
  let sealed = 0;
  for (const { id } of organisations) {
    for (const { kind, column } of KINDS) {
      let batch = 0;
      do {
        batch = await inTransaction(ctx, (tx) => sealSome(tx, id, kind, column));
        sealed += batch;
      } while (batch > 0);
    }
    let references = 0;
    do {
      references = await inTransaction(ctx, (tx) => sealReferences(tx, id));
      sealed += references;
    } while (references > 0);
  }
  return sealed;
}

/** References move from casework to where people's details are; what they are found by is there already. */
async function sealReferences({ db }: TxCtx<Ctx>, organisationId: number): Promise<number> {
  await db`select set_config('app.organisation_id', ${String(organisationId)}, true)`;
  const plain = await db<{ id: string; reference: string }[]>`
    select c.id, c.reference
    from identity.client_identity as i
    join casework.client as c on c.organisation_id = i.organisation_id and c.id = i.client_id
    where c.organisation_id = ${organisationId} and c.reference is not null
    order by c.id
    limit ${ROWS_A_BATCH}
    for update of i, c skip locked`;
  if (plain.length === 0) return 0;
  const ids = plain.map(({ id }) => id);
  const sealed = plain.map(({ id, reference }) =>
    sealIfAny("client_identity.reference", { organisationId, id }, reference),
  );
  await db`
    update identity.client_identity as i set reference = coalesce(i.reference, w.sealed)
    from unnest(${ids}::uuid[], ${db.array(sealed, ARRAY_OF.bytes)}::bytea[]) as w (id, sealed)
    where i.organisation_id = ${organisationId} and i.client_id = w.id`;
  await db`
    update casework.client set reference = null
    where organisation_id = ${organisationId} and id = any (${ids}::uuid[])`;
  return plain.length;
}

async function sealSome(
  { db }: TxCtx<Ctx>,
  organisationId: number,
  kind: Kind,
  column: SealedColumn,
): Promise<number> {
  await db`select set_config('app.organisation_id', ${String(organisationId)}, true)`;
  const plain = await db<{ id: string; words: string }[]>`
    ${
      kind === "label"
        ? db`select id, label as words from casework.issue where label is not null and label_sealed is null`
        : kind === "late"
          ? db`select id, late_reason as words from casework.contact
               where late_reason is not null and late_reason_sealed is null`
          : db`select id, void_reason as words from casework.contact
               where void_reason is not null and void_reason_sealed is null`
    }
    and organisation_id = ${organisationId}
    limit ${ROWS_A_BATCH}`;
  if (plain.length === 0) return 0;
  const sealed = plain.map(({ id, words }) => seal(column, { organisationId, id }, words));
  const [moved] = await db<{ rows: number }[]>`
    select casework.seal_words(${organisationId}, ${kind}, ${plain.map(({ id }) => id)}::uuid[],
                               ${db.array(sealed, ARRAY_OF.bytes)}::bytea[]) as rows`;
  return moved?.rows ?? 0;
}
