/** The organisations of an installation: an administrator adds one together with its first manager. */

import { record } from "./audit";
import { type Ctx, inTransaction, type Purpose } from "./context";
import type { NewOrganisation } from "./domain/account";
import { Conflict } from "./domain/errors";
import { type Mail, sendMail } from "./mail";
import { addMember } from "./members";

export interface Organisation {
  id: number;
  name: string;
  /** Memberships in force. */
  members: number;
}

/** All organisations, by name. */
export async function listOrganisations(ctx: Ctx): Promise<Organisation[]> {
  const rows = await inTransaction(
    ctx,
    ({ db }) => db<Organisation[]>`
      select o.id, o.name, count(m.id)::int as members
      from casework.organisation as o
      left join casework.member as m on m.organisation_id = o.id and m.ended_at is null
      group by o.id order by o.name`,
    "administration",
  );
  return [...rows];
}

/**
 * Adds an organisation and invites its first manager. Throws Conflict when one of that name is there.
 * `purpose` is "operator" for a command on the machine.
 */
export async function addOrganisation(
  ctx: Ctx,
  given: NewOrganisation,
  purpose: Purpose = "administration",
): Promise<{ id: number; mailSent: boolean }> {
  const { id, mail } = await inTransaction(ctx, (tx) => insertOrganisation(tx, given), purpose);
  return { id, mailSent: await sendMail(mail) };
}

async function insertOrganisation(
  tx: Parameters<typeof addMember>[0],
  { name, manager }: NewOrganisation,
): Promise<{ id: number; mail: Mail }> {
  await tx.db`select pg_advisory_xact_lock(hashtext('casework.organisation'))`;
  const [same] = await tx.db`select 1 from casework.organisation where lower(name) = lower(${name})`;
  if (same) throw new Conflict("There is an organisation of this name already.");
  const [organisation] = await tx.db<{ id: number }[]>`
    insert into casework.organisation (name) values (${name}) returning id`;
  if (!organisation) throw new Error("The organisation was not made");
  const { id } = organisation;
  const { memberId, mail } = await addMember(
    tx,
    { id, name },
    { ...manager, roles: ["manager"], serviceId: null, patch: [] },
  );
  await record(tx, "organisation.add", {
    subjects: [
      { kind: "organisation", id: String(id) },
      { kind: "member", id: memberId },
    ],
  });
  return { id, mail };
}
