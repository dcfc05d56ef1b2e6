/**
 * What an organisation calls a person in what it hands out: a pseudonym of its own, which no other organisation's can be
 * joined with, and which says no more than its own records do: two of its clients share one when it knows them to be
 * one person itself, whatever others know. It stays the same from extract to extract (docs/decisions/0025).
 */

import { createHmac } from "node:crypto";
import { record } from "./audit";
import { type Ctx, inTransaction, type TxCtx } from "./context";
import { pseudonymCode } from "./domain/pseudonym";
import { openIfAny } from "./identity-vault";
import { key } from "./keys";

/** The pseudonym of a person in one organisation's own view: of the first of the clients that it knows to be them. */
function pseudonymOf(organisationId: number, firstClientId: string): string {
  return pseudonymCode(
    createHmac("sha256", key("pseudonym")).update(`${organisationId}|${firstClientId}`).digest(),
  );
}

export interface ClientPseudonym {
  clientId: string;
  /** The organisation's own reference. */
  reference: string | null;
  pseudonym: string;
}

const CLIENTS_AT_ONCE = 2_000;

/** Every client of an organisation with the person's pseudonym, anonymous ones left out, in the order of their ids. */
export function listPseudonyms(ctx: Ctx, organisationId: number): Promise<ClientPseudonym[]> {
  return inTransaction(ctx, async (tx) => {
    await tx.db`select set_config('app.organisation_id', ${String(organisationId)}, true)`;
    const all: ClientPseudonym[] = [];
    for (;;) {
      const some = await someAfter(tx, organisationId, all.at(-1)?.clientId ?? null);
      all.push(...some);
      if (some.length < CLIENTS_AT_ONCE) break;
    }
    await record(tx, "people.pseudonyms", {
      subjects: [],
      detail: { clients: all.length },
      organisationId,
    });
    return all;
  });
}

async function someAfter(
  { db }: TxCtx<Ctx>,
  organisationId: number,
  after: string | null,
): Promise<ClientPseudonym[]> {
  const rows = await db<{ id: string; first: string; reference: Buffer | null; plain: string | null }[]>`
    with taken as (
      select c.id, c.reference from casework.client as c
      where c.organisation_id = ${organisationId} and not c.anonymous and (${after}::uuid is null or c.id > ${after})
      order by c.id
      limit ${CLIENTS_AT_ONCE}
    )
    select t.id, p.first_client_id as first, i.reference, t.reference as plain
    from taken as t
    join identity.own_people(${organisationId}, (select array_agg(id) from taken)) as p on p.client_id = t.id
    left join identity.client_identity as i on i.organisation_id = ${organisationId} and i.client_id = t.id
    order by t.id`;
  return rows.map(({ id, first, reference, plain }) => ({
    clientId: id,
    reference: openIfAny("client_identity.reference", { organisationId, id }, reference) ?? plain,
    pseudonym: pseudonymOf(organisationId, first),
  }));
}
