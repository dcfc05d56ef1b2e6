/**
 * Who works for an organisation: invited by a manager or an administrator, ended by either, never above the
 * reach of whoever grants. Ending a membership stops its sessions at their next call.
 */

import { readColleagues } from "./actions";
import { record } from "./audit";
import { type ActorCtx, type Ctx, inTransaction, type TxCtx, withPurpose } from "./context";
import { revokeDevices } from "./devices";
import { isRole, mayGrant, type Role } from "./domain/access";
import type { NewMember } from "./domain/account";
import type { Colleague } from "./domain/action";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { uuidv7 } from "./ids";
import { type Mail, pageAddress, sendMail } from "./mail";
import { findOrAddAccount, makePasswordLink } from "./password-links";
import { handOver, readHeld } from "./reassignment";
import { endSessions } from "./sessions";

export interface Member {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  serviceId: string | null;
  serviceName: string | null;
  /** invited: has not set a password yet. */
  state: "invited" | "active" | "ended";
  /** When the membership was made. */
  addedAt: Date;
}

/** The members of the actor's organisation, those who left last. */
export async function listMembers(ctx: ActorCtx): Promise<Member[]> {
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.db<(Omit<Member, "roles"> & { roles: string[] })[]>`
      select m.id, a.name, a.email, m.roles, m.service_id, s.name as service_name, m.created_at as added_at,
             case when m.ended_at is not null then 'ended'
                  when a.password_hash is null and a.email not like '%.example' then 'invited'
                  else 'active' end as state
      from casework.member as m
      join casework.account as a on a.id = m.account_id
      left join casework.service as s on s.organisation_id = m.organisation_id and s.id = m.service_id
      where m.organisation_id = ${ctx.actor.organisationId}
      order by m.ended_at is not null, a.name`;
    await record(tx, "member.list", { subjects: rows.map(({ id }) => ({ kind: "member", id })) });
    return rows.map((row) => ({ ...row, roles: row.roles.filter(isRole) }));
  });
}

/** What came of an invitation. When the mail was not taken, inviting again sends a new link. */
export interface Invitation {
  memberId: string;
  mailSent: boolean;
}

/**
 * Makes somebody a member and sends them a link to set their password, or a notice when they have one. Inviting
 * somebody whose membership ended takes them back; inviting somebody who has not answered sends a new link.
 * Throws NotAllowed for roles above the actor's reach, Conflict for somebody who is a member already.
 */
export async function inviteMember(ctx: ActorCtx, given: NewMember): Promise<Invitation> {
  const { organisationId, organisationName, roles } = ctx.actor;
  if (!mayGrant(roles, given.roles)) {
    throw new NotAllowed(
      "You can give the roles caseworker, manager and analyst. Ask an administrator for others.",
    );
  }
  const { memberId, mail } = await inTransaction(ctx, async (tx) => {
    await assertService(tx, given.serviceId);
    const made = await addMember(tx, { id: organisationId, name: organisationName }, given);
    await record(tx, "member.invite", {
      subjects: [{ kind: "member", id: made.memberId }],
      detail: { roles: given.roles },
    });
    return made;
  });
  return { memberId, mailSent: await sendMail(mail) };
}

async function assertService({ db, actor }: TxCtx, serviceId: string | null): Promise<void> {
  if (serviceId === null) return;
  const [found] = await db`
    select 1 from casework.service where organisation_id = ${actor.organisationId} and id = ${serviceId}`;
  if (!found)
    throw new Invalid("Choose one of your services.", { serviceId: "Choose one of your services." });
}

/** Adds or takes back a member of an organisation that the transaction may write to; gives the mail to send. */
export async function addMember(
  tx: TxCtx<Ctx>,
  organisation: { id: number; name: string },
  given: NewMember,
): Promise<{ memberId: string; mail: Mail }> {
  const account = await findOrAddAccount(tx, given);
  const [member] = await tx.db<{ id: string }[]>`
    insert into casework.member as m (organisation_id, id, account_id, roles, service_id, patch)
    values (${organisation.id}, ${uuidv7()}, ${account.id}, ${given.roles}, ${given.serviceId}, ${given.patch})
    on conflict (organisation_id, account_id) do update
      set roles = excluded.roles, service_id = excluded.service_id, patch = excluded.patch, ended_at = null
      where m.ended_at is not null or not ${account.hasPassword}
    returning id`;
  if (!member) throw new Conflict("This person is a member already.");
  const mail = account.hasPassword
    ? notice(given.email, organisation.name)
    : invitation(given.email, organisation.name, await makePasswordLink(tx.db, account.id, "invitation"));
  return { memberId: member.id, mail };
}

const invitation = (to: string, organisation: string, link: string): Mail => ({
  to,
  link,
  kind: "invitation",
  subject: "You are invited to Common Need",
  text: `${organisation} invites you to Common Need. Set a password with this link; it works once, for seven days:`,
});

const notice = (to: string, organisation: string): Mail => ({
  to,
  link: pageAddress("/sign-in"),
  kind: "notice of membership",
  subject: "You are a member of another organisation on Common Need",
  text: `${organisation} has made you a member. Sign in as usual and choose it:`,
});

/**
 * Ends a membership of the actor's organisation and its sessions. Their devices wipe what they keep; where somebody
 * goes on working for another organisation, a device is opened again by signing in there anew. Throws NotFound when
 * there is no membership in force. Their people and open actions go to the colleague named, or to nobody.
 */
export async function endMember(
  ctx: ActorCtx,
  memberId: string,
  handOverTo: string | null = null,
): Promise<void> {
  if (memberId === ctx.actor.memberId) {
    throw new Invalid("You cannot end your own membership. Ask another manager or an administrator.");
  }
  await inTransaction(ctx, async (tx) => {
    const [ended] = await tx.db<{ accountId: string; roles: string[] }[]>`
      update casework.member set ended_at = now()
      where organisation_id = ${ctx.actor.organisationId} and id = ${memberId} and ended_at is null
      returning account_id, roles`;
    if (!ended) throw new NotFound("This member");
    if (!mayGrant(ctx.actor.roles, ended.roles.filter(isRole))) {
      throw new NotAllowed("Only an administrator can end this membership.");
    }
    await withPurpose(tx, "sign-in", async () => {
      await revokeDevices(tx.db, ended.accountId);
      await endSessions(tx.db, ended.accountId, ctx.actor.organisationId);
    });
    const people = await handOver(tx, memberId, handOverTo);
    await record(tx, "member.end", {
      subjects: [{ kind: "member", id: memberId }, ...people],
      detail: { people: people.length },
    });
  });
}

/** What a member would leave behind, and who could take it on: asked before a membership is ended. */
export function heldByMember(
  ctx: ActorCtx,
  memberId: string,
): Promise<{ people: number; actions: number; colleagues: Colleague[] }> {
  return inTransaction(ctx, async (tx) => {
    const [member] = await tx.db`
      select 1 from casework.member
      where organisation_id = ${ctx.actor.organisationId} and id = ${memberId} and ended_at is null`;
    if (!member) throw new NotFound("This member");
    const [held, colleagues] = await Promise.all([readHeld(tx, memberId), readColleagues(tx)]);
    await record(tx, "member.held", { subjects: [{ kind: "member", id: memberId }] });
    return { ...held, colleagues: colleagues.filter(({ id }) => id !== memberId) };
  });
}
