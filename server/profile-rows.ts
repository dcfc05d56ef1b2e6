/** The profile of a client as it stands, opened whole: inside the caller's transaction and without an audit entry. */

import { type ClientRow, openClient } from "./client-rows";
import type { TxCtx } from "./context";
import { NotFound } from "./domain/errors";
import type { IdentifierKind } from "./domain/identifiers";
import type { Profile } from "./domain/profile-edit";
import { open } from "./identity-vault";

/** A profile as it stands, and how often it was changed. */
export interface Standing extends Profile {
  version: number;
}

/** The profile of a client who is known by name. Throws NotFound. */
export const readProfile = (ctx: TxCtx, id: string): Promise<Standing> => openProfile(ctx, id, ctx.db``);

/** The same, held against everybody else who would change it until the transaction ends. */
export const holdProfile = (ctx: TxCtx, id: string): Promise<Standing> =>
  openProfile(ctx, id, ctx.db`for update of i`);

async function openProfile(
  { db, actor: { organisationId } }: TxCtx,
  id: string,
  lock: ReturnType<TxCtx["db"]>,
): Promise<Standing> {
  const [row] = await db<(ClientRow & { version: number })[]>`
    select c.id, c.anonymous, c.reference as plain_reference, i.reference, c.closed_on,
           i.given_name, i.family_name, i.date_of_birth, i.sex,
           i.postcode, i.address, i.home_is_secret, i.phone, i.email, i.version
    from identity.client_identity as i
    join casework.client as c on c.organisation_id = i.organisation_id and c.id = i.client_id
    where i.organisation_id = ${organisationId} and i.client_id = ${id}
    ${lock}`;
  if (!row) throw new NotFound("This person");
  const rows = await db<{ kind: IdentifierKind; value: Buffer }[]>`
    select kind, value from identity.client_identifier
    where organisation_id = ${organisationId} and client_id = ${id}
    order by added_at, kind`;
  const identifiers = rows.map(({ kind, value }) => ({
    kind,
    value: open(`client_identifier.${kind}`, { organisationId, id }, value),
  }));
  const { givenName, familyName, dateOfBirth, place, address, homeIsSecret, sex, phone, email, reference } =
    openClient(organisationId, row);
  return {
    details: {
      givenName,
      familyName,
      dateOfBirth,
      place,
      address,
      homeIsSecret,
      sex,
      phone,
      email,
      reference,
    },
    identifiers,
    version: row.version,
  };
}
