/** The organisations of an installation: an administrator adds one together with its first manager. */

import { LOCKS } from "../db/locks";
import { record } from "./audit";
import { type Ctx, inTransaction } from "./context";
import type { NewMember, NewOrganisation } from "./domain/account";
import { Conflict, NotFound } from "./domain/errors";
import { hasMailServer, type Mail, sendMail } from "./mail";
import { addMember } from "./members";

export interface Organisation {
  id: number;
  name: string;
  /** Memberships in force. */
  members: number;
  /** Whether it may hold outcome data for the data lab. */
  holdsOutcomes: boolean;
}

/** All organisations, by name. */
export async function listOrganisations(ctx: Ctx): Promise<Organisation[]> {
  const rows = await inTransaction(
    ctx,
    ({ db }) => db<Organisation[]>`
      select o.id, o.name, count(m.id)::int as members,
             exists (select from lab.data_holder as h where h.organisation_id = o.id) as holds_outcomes
      from casework.organisation as o
      left join casework.member as m on m.organisation_id = o.id and m.ended_at is null
      group by o.id order by o.name`,
    "administration",
  );
  return [...rows];
}

/** Adds an organisation and invites its first manager. Throws Conflict when one of that name is there. */
export async function addOrganisation(
  ctx: Ctx,
  given: NewOrganisation,
): Promise<{ id: number; mailSent: boolean }> {
  const { id, mail } = await inTransaction(ctx, (tx) => insertOrganisation(tx, given), "administration");
  return { id, mailSent: await sendMail(mail) };
}

/** The same by a command on the machine itself, which hands its operator the link. */
export async function addOrganisationAsOperator(
  ctx: Ctx,
  given: NewOrganisation,
): Promise<{ id: number; link: string; mailSent: boolean }> {
  const { id, mail } = await inTransaction(ctx, (tx) => insertOrganisation(tx, given), "operator");
  return { id, link: mail.link, mailSent: hasMailServer() && (await sendMail(mail)) };
}

/**
 * Makes somebody a member of any organisation, named or numbered, by a command on the machine itself.
 * Throws NotFound when there is no such organisation, Conflict for somebody who is a member already.
 */
export async function addMemberAsOperator(
  ctx: Ctx,
  organisation: string,
  given: NewMember,
): Promise<{ memberId: string; link: string; mailSent: boolean }> {
  const { memberId, mail } = await inTransaction(
    ctx,
    async (tx) => {
      const [found] = await tx.db<{ id: number; name: string }[]>`
        select id, name from casework.organisation
        where id::text = ${organisation} or lower(name) = lower(${organisation})
        order by id::text = ${organisation} desc limit 1`;
      if (!found) throw new NotFound(`The organisation "${organisation}"`);
      const made = await addMember(tx, found, given);
      await record(tx, "member.invite", {
        subjects: [{ kind: "member", id: made.memberId }],
        detail: { roles: given.roles, operator: true },
        organisationId: found.id,
      });
      return made;
    },
    "operator",
  );
  return { memberId, link: mail.link, mailSent: hasMailServer() && (await sendMail(mail)) };
}

async function insertOrganisation(
  tx: Parameters<typeof addMember>[0],
  { name, manager }: NewOrganisation,
): Promise<{ id: number; mail: Mail }> {
  await tx.db`select pg_advisory_xact_lock(${LOCKS.addingOrganisation})`;
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
    organisationId: id,
  });
  return { id, mail };
}
