/**
 * Sessions: a row each, read at every call, so that ending one takes hold at once. The cookie holds the row's id
 * and nothing else. Idle for 15 minutes locks a session, 12 hours end it; both by the database's real clock.
 */

import type { Sql, Tx } from "../db/client";
import { record } from "./audit";
import { type Actor, type Caller, type Ctx, inTransaction, type Session, type SignedOut } from "./context";
import { isRole, type Role } from "./domain/access";
import { NotFound } from "./domain/errors";
import { uuidv7 } from "./ids";

/** OWASP ASVS 5.0 chapter 7 at level 2: both limits, enforced by the server. */
export const IDLE_MINUTES = 15;
export const ABSOLUTE_HOURS = 12;

type Found = { session: Session; actor: Actor | null } | { signedOut: SignedOut };

interface Row {
  revoked: boolean;
  expired: boolean;
  idle: boolean;
  disabled: boolean;
  memberEnded: boolean;
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
 * Who a session belongs to and for whom it acts, or why it no longer serves. Counts as a sign of life, unless nobody
 * did anything: a screen that listens by itself must not keep a session from locking.
 */
export async function readSession(app: Sql, id: string, isSignOfLife = true): Promise<Found> {
  // Sent as one: a transaction for sign-in, the row with its sign of life, and the end.
  const [, rows] = await app.begin((tx) => [
    tx`select set_config('app.purpose', 'sign-in', true)`,
    tx<Row[]>`
      with alive as (
        update casework.session set seen_at = now()
        where id = ${id} and revoked_at is null and seen_at < now() - interval '30 seconds'
          and seen_at > now() - ${IDLE_MINUTES} * interval '1 minute' and ${isSignOfLife}
      )
      select s.revoked_at is not null as revoked,
             s.created_at <= now() - ${ABSOLUTE_HOURS} * interval '1 hour' as expired,
             s.seen_at <= now() - ${IDLE_MINUTES} * interval '1 minute' as idle,
             a.disabled_at is not null as disabled,
             m.ended_at is not null as member_ended,
             a.id as account_id, a.name, a.email,
             o.id as organisation_id, o.name as organisation_name,
             m.id as member_id, m.roles, m.service_id, m.patch
      from casework.session as s
      join casework.account as a on a.id = s.account_id
      left join casework.member as m
        on m.organisation_id = s.organisation_id and m.id = s.member_id and m.account_id = s.account_id
      left join casework.organisation as o on o.id = m.organisation_id
      where s.id = ${id}`,
  ]);
  const row = rows[0];
  if (!row) return { signedOut: "not-signed-in" };
  if (row.revoked || row.disabled || row.memberEnded) return { signedOut: "ended" };
  if (row.expired) return { signedOut: "expired" };
  if (row.idle) return { signedOut: "idle" };
  const session: Session = { id, accountId: row.accountId, name: row.name, email: row.email };
  return { session, actor: actorOf(session, row) };
}

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
 * Opens a session in the sign-in's transaction. Whoever works for one organisation acts for it at once; a member
 * of several chooses first.
 */
export async function openSession(tx: Tx, accountId: string, device: string): Promise<string> {
  const id = uuidv7();
  const memberships = await tx<{ organisationId: number; id: string }[]>`
    select organisation_id, id from casework.member where account_id = ${accountId} and ended_at is null`;
  const only = memberships.length === 1 ? memberships[0] : undefined;
  await tx`
    insert into casework.session (id, account_id, organisation_id, member_id, device)
    values (${id}, ${accountId}, ${only?.organisationId ?? null}, ${only?.id ?? null}, ${device.slice(0, 200)})`;
  return id;
}

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
      where m.account_id = ${ctx.caller.session.accountId} and m.ended_at is null
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
        from casework.member as m
        where s.id = ${session.id} and s.organisation_id is null
          and m.account_id = s.account_id and m.organisation_id = ${organisationId} and m.ended_at is null`;
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

/** What a call knows of its caller, from the session it names, if any. */
export async function findCaller(
  app: Sql,
  id: string | null,
  from: Pick<Caller, "address" | "device">,
  isSignOfLife = true,
): Promise<{ caller: Caller; actor: Actor | null }> {
  const found: Found =
    id === null ? { signedOut: "not-signed-in" } : await readSession(app, id, isSignOfLife);
  if ("signedOut" in found) {
    return { caller: { ...from, session: null, signedOut: found.signedOut }, actor: null };
  }
  return { caller: { ...from, session: found.session, signedOut: null }, actor: found.actor };
}
