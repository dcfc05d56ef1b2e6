/**
 * Sessions: a row each, read at every call, so that ending one takes hold at once. The cookie holds the row's id
 * and nothing else. A session is open when the second factor was given and somebody has been there within five
 * minutes; until then it answers nothing but what opens it. 12 hours end it. Time is the database's real clock.
 */

import type { Sql, Tx } from "../db/client";
import { record } from "./audit";
import {
  type Actor,
  type Caller,
  type Ctx,
  inTransaction,
  type Session,
  type SignedOut,
  type TxCtx,
  type Waiting,
  withPurpose,
} from "./context";
import { isRole, type Role } from "./domain/access";
import { IDLE_MINUTES } from "./domain/browser";
import { NotFound } from "./domain/errors";
import { uuidv7 } from "./ids";
import { mayGoOn } from "./sso-check";

/**
 * OWASP ASVS 5.0, 7.1.1 and 7.3: an idle and an absolute limit, documented and enforced by the server. Twelve hours
 * are the most that NIST SP 800-63B 4.2.3 allows at its second level, a working day; five minutes are stricter than
 * its thirty, because people's details lie on phones that are put down among strangers (docs/decisions/0016).
 */
export const ABSOLUTE_HOURS = 12;
/** How long a right password waits for its second factor, or for one to be set up. */
const HALF_OPEN_MINUTES = 30;

type Found =
  | { session: Session; actor: Actor | null; atOrganisation: boolean }
  | { signedOut: SignedOut; waiting?: Waiting | undefined };

interface Row {
  revoked: boolean;
  expired: boolean;
  locked: boolean;
  halfOpenOver: boolean;
  passedSecondFactor: boolean;
  enrolled: boolean;
  isDemo: boolean;
  atOrganisation: boolean;
  disabled: boolean;
  memberEnded: boolean;
  deviceId: string | null;
  deviceRevoked: boolean;
  accountId: string;
  name: string;
  email: string;
  organisationId: number | null;
  organisationName: string | null;
  memberId: string | null;
  roles: string[] | null;
  serviceId: string | null;
  patch: string[] | null;
}

/**
 * Who a session belongs to and for whom it acts, or why it does not answer. `isSignOfLife` when somebody did
 * something: what a screen asks by itself must not keep a session from locking.
 */
export async function readSession(app: Sql, id: string, isSignOfLife = true): Promise<Found> {
  // Sent as one: a transaction for sign-in, the row with its sign of life, and the end.
  const [, rows] = await app.begin((tx) => [
    tx`select set_config('app.purpose', 'sign-in', true)`,
    tx<Row[]>`
      with alive as (
        update casework.session set seen_at = now()
        where id = ${id} and revoked_at is null and locked_at is null
          and seen_at < now() - interval '30 seconds'
          and seen_at > now() - ${IDLE_MINUTES} * interval '1 minute' and ${isSignOfLife}
      )
      select s.revoked_at is not null as revoked,
             s.created_at <= now() - ${ABSOLUTE_HOURS} * interval '1 hour' as expired,
             s.locked_at is not null or s.seen_at <= now() - ${IDLE_MINUTES} * interval '1 minute' as locked,
             s.created_at <= now() - ${HALF_OPEN_MINUTES} * interval '1 minute' as half_open_over,
             s.second_factor_at is not null as passed_second_factor,
             f.confirmed_at is not null as enrolled,
             ${isDemoAccount(tx)} as is_demo,
             exists (select from casework.sign_in_session as i where i.id = s.id) as at_organisation,
             s.device_id, coalesce(d.revoked_at >= s.created_at, false) as device_revoked,
             a.disabled_at is not null as disabled,
             m.ended_at is not null as member_ended,
             a.id as account_id, a.name, a.email,
             o.id as organisation_id, o.name as organisation_name,
             m.id as member_id, m.roles, m.service_id, m.patch
      from casework.session as s
      join casework.account as a on a.id = s.account_id
      left join casework.second_factor as f on f.account_id = s.account_id
      left join casework.device as d on d.account_id = s.account_id and d.id = s.device_id
      left join casework.member as m
        on m.organisation_id = s.organisation_id and m.id = s.member_id and m.account_id = s.account_id
      left join casework.organisation as o on o.id = m.organisation_id
      where s.id = ${id}`,
  ]);
  const row = rows[0];
  if (!row) return { signedOut: "not-signed-in" };
  if (row.deviceRevoked) return { signedOut: "device-revoked" };
  if (row.revoked || row.disabled || row.memberEnded) return { signedOut: "ended" };
  if (row.expired) return { signedOut: "expired" };
  const { accountId, name, email, deviceId, isDemo } = row;
  const session: Session = { id, accountId, name, email, deviceId };
  if (!row.passedSecondFactor && !isDemo) {
    // Nobody was ever in: there is nothing to say of a session that ended.
    if (row.halfOpenOver) return { signedOut: "not-signed-in" };
    const missing = row.enrolled ? "second-factor" : "enrolment";
    return { signedOut: "second-factor", waiting: { for: missing, session, isDemo } };
  }
  const { atOrganisation } = row;
  if (row.locked) {
    return { signedOut: "locked", waiting: { for: "unlock", session, isDemo, atOrganisation } };
  }
  return { session, actor: actorOf(session, row), atOrganisation };
}

/**
 * Whether the account `a` is one of the demo's people: in a demo installation, with an address that can belong to
 * nobody (RFC 2606) and no password, which only the demo world makes.
 */
export const isDemoAccount = (tx: Tx) => tx`
  (a.email like '%.example' and a.password_hash is null and (select demo from reference.installation))`;

function actorOf(session: Session, row: Row): Actor | null {
  if (row.organisationId === null || row.organisationName === null || row.memberId === null) return null;
  return {
    accountId: session.accountId,
    memberId: row.memberId,
    sessionId: session.id,
    organisationId: row.organisationId,
    organisationName: row.organisationName,
    name: session.name,
    roles: (row.roles ?? []).filter(isRole),
    serviceId: row.serviceId,
    patch: row.patch ?? [],
  };
}

/**
 * The actor with the roles that they have at this moment, for work that goes on after its call began. Null when the
 * membership, the account or the session has ended since, or the device of the session was revoked. A session that
 * locked meanwhile stands: a lock is no sign-out.
 */
export async function actorNow(ctx: TxCtx): Promise<Actor | null> {
  const { actor, db } = ctx;
  const [row] = await withPurpose(
    ctx,
    "sign-in",
    () => db<{ roles: string[] }[]>`
      select m.roles
      from casework.member as m
      join casework.account as a on a.id = m.account_id
      where m.organisation_id = ${actor.organisationId} and m.id = ${actor.memberId}
        and m.ended_at is null and a.disabled_at is null
        and (${actor.sessionId}::uuid is null or exists (
          select from casework.session as s
          left join casework.device as d on d.account_id = s.account_id and d.id = s.device_id
          where s.id = ${actor.sessionId} and s.member_id = m.id and s.revoked_at is null
            and s.created_at > now() - ${ABSOLUTE_HOURS} * interval '1 hour'
            and not coalesce(d.revoked_at >= s.created_at, false)))`,
  );
  return row ? { ...actor, roles: row.roles.filter(isRole) } : null;
}

/**
 * Whether the member `m` of the account `a` signs in at their organisation's own provider: then a password of theirs
 * opens nothing there, or whoever left could go on with it. The demo's people, who have none, do both.
 */
export const signsInElsewhere = (tx: Tx) => tx`
  (a.password_hash is not null and exists (
    select from casework.sign_in_subject as u
    join casework.sign_in_provider as p on p.organisation_id = u.organisation_id and p.id = u.provider_id
    where u.organisation_id = m.organisation_id and u.member_id = m.id and p.is_on))`;

/**
 * Opens a session in the sign-in's transaction. Whoever works for one organisation acts for it at once; a member
 * of several chooses first. Without the second factor it is half open: all it can do is to give one.
 */
export async function openSession(
  tx: Tx,
  accountId: string,
  device: string,
  { withSecondFactor = false }: { withSecondFactor?: boolean } = {},
): Promise<string> {
  const id = uuidv7();
  const memberships = await tx<{ organisationId: number; id: string }[]>`
    select m.organisation_id, m.id
    from casework.member as m join casework.account as a on a.id = m.account_id
    where m.account_id = ${accountId} and m.ended_at is null and not ${signsInElsewhere(tx)}`;
  const only = memberships.length === 1 ? memberships[0] : undefined;
  await insertSession(tx, id, {
    ...{ accountId, device, withSecondFactor },
    ...{ organisationId: only?.organisationId ?? null, memberId: only?.id ?? null },
  });
  return id;
}

interface NewSession {
  accountId: string;
  organisationId: number | null;
  memberId: string | null;
  device: string;
  withSecondFactor: boolean;
}

/** Opens a session that acts for the organisation whose provider vouched for its member, and for no other. */
export async function openSessionFor(
  tx: Tx,
  session: NewSession & { organisationId: number; memberId: string },
): Promise<string> {
  const id = uuidv7();
  await insertSession(tx, id, session);
  return id;
}

const insertSession = (
  tx: Tx,
  id: string,
  { accountId, organisationId, memberId, device, withSecondFactor }: NewSession,
) => tx`
  insert into casework.session (id, account_id, organisation_id, member_id, device, second_factor_at)
  values (${id}, ${accountId}, ${organisationId}, ${memberId}, ${device.slice(0, 200)},
          ${withSecondFactor ? tx`now()` : null})`;

/** Ends one session; gives back whose it was. Runs in a transaction for sign-in. */
export async function endSession(tx: Tx, id: string): Promise<string | null> {
  const [ended] = await tx<{ accountId: string }[]>`
    update casework.session set revoked_at = now() where id = ${id} and revoked_at is null returning account_id`;
  return ended?.accountId ?? null;
}

/** Ends every session of an account, or those that act for one organisation. Gives back how many. */
export async function endSessions(tx: Tx, accountId: string, organisationId?: number): Promise<number> {
  const ended = await tx`
    update casework.session set revoked_at = now()
    where account_id = ${accountId} and revoked_at is null
      ${organisationId === undefined ? tx`` : tx`and organisation_id = ${organisationId}`}`;
  return ended.count;
}

/** Somewhere that an account works. */
export interface Membership {
  organisationId: number;
  organisationName: string;
  roles: Role[];
}

/** Where the caller works at present, by name of organisation. */
export async function listMemberships(ctx: Ctx & { caller: { session: Session } }): Promise<Membership[]> {
  const rows = await inTransaction(
    ctx,
    ({ db }) => db<{ organisationId: number; organisationName: string; roles: string[] }[]>`
      select o.id as organisation_id, o.name as organisation_name, m.roles
      from casework.member as m join casework.organisation as o on o.id = m.organisation_id
      join casework.account as a on a.id = m.account_id
      where m.account_id = ${ctx.caller.session.accountId} and m.ended_at is null and not ${signsInElsewhere(db)}
      order by o.name`,
    "sign-in",
  );
  return rows.map((row) => ({ ...row, roles: row.roles.filter(isRole) }));
}

/** Chooses whom the session acts for, once. Throws NotFound for an organisation that the caller does not work for. */
export async function chooseOrganisation(
  ctx: Ctx & { caller: { session: Session } },
  organisationId: number,
): Promise<void> {
  const { session } = ctx.caller;
  await inTransaction(
    ctx,
    async (tx) => {
      const chosen = await tx.db`
        update casework.session as s set organisation_id = m.organisation_id, member_id = m.id
        from casework.member as m join casework.account as a on a.id = m.account_id
        where s.id = ${session.id} and s.organisation_id is null
          and m.account_id = s.account_id and m.organisation_id = ${organisationId} and m.ended_at is null
          and not ${signsInElsewhere(tx.db)}`;
      if (chosen.count === 0) throw new NotFound("This organisation");
      await record(tx, "session.choose", {
        subjects: [{ kind: "organisation", id: String(organisationId) }],
      });
    },
    "sign-in",
  );
}

/** Ends every session of the caller's account, this one too. Takes hold at the next call of each. */
export async function signOutEverywhere(
  ctx: Ctx & { caller: { session: Session } },
): Promise<{ ended: number }> {
  const { accountId } = ctx.caller.session;
  return inTransaction(
    ctx,
    async (tx) => {
      const ended = await endSessions(tx.db, accountId);
      await record(tx, "session.end-all", {
        subjects: [{ kind: "account", id: accountId }],
        detail: { ended },
      });
      return { ended };
    },
    "sign-in",
  );
}

const notSignedIn: Found = { signedOut: "not-signed-in" };

/** A session as it is once its organisation's provider, where it began at one, was asked whether it stands. */
async function readLiving(app: Sql, id: string, isSignOfLife: boolean): Promise<Found> {
  const found = await readSession(app, id, isSignOfLife);
  if ("signedOut" in found || !found.atOrganisation) return found;
  return (await mayGoOn(app, id)) ? found : { signedOut: "ended" };
}

/** What a call knows of its caller, from the session it names, if any. */
export async function findCaller(
  app: Sql,
  id: string | null,
  from: Pick<Caller, "address" | "device">,
  isSignOfLife = true,
): Promise<{ caller: Caller; actor: Actor | null }> {
  const found = id === null ? notSignedIn : await readLiving(app, id, isSignOfLife);
  if ("signedOut" in found) {
    const { signedOut, waiting } = found;
    return { caller: { ...from, session: null, signedOut, ...(waiting && { waiting }) }, actor: null };
  }
  return { caller: { ...from, session: found.session, signedOut: null }, actor: found.actor };
}
