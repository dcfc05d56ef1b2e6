/**
 * What every room is given first: who asks, on which connection, at what time.
 * A room opens one transaction for a call; the organisation is named in it, and row-level security does the rest.
 */

import type { Sql, Tx } from "../db/client";
import { installationNow } from "./clock";
import { type Action, type Decision, decide, type Resource, type Role } from "./domain/access";
import { NotAllowed, NotFound } from "./domain/errors";
import { uuidv7 } from "./ids";

/** Somebody signed in, acting for one organisation. */
export interface Actor {
  accountId: string;
  memberId: string;
  sessionId: string | null;
  organisationId: number;
  organisationName: string;
  name: string;
  roles: readonly Role[];
  /** The service a worker logs for unless they choose another. */
  serviceId: string | null;
  /** Areas a commissioner answers for, as level and code: "lad:E08000024". */
  patch: readonly string[];
}

/** Somebody signed in, whether or not they have chosen the organisation they act for. */
export interface Session {
  id: string;
  accountId: string;
  name: string;
  email: string;
  /** The device that opened its work in this session (devices.ts), if one did. */
  deviceId: string | null;
}

/**
 * Why a call is not signed in. not-signed-in: it never was. second-factor: only the password was right so far, or
 * the account has no second factor yet. locked: five minutes went by without use. expired: its day is over. ended:
 * the session, the account or the membership was ended. device-revoked: the device was, and wipes what it keeps.
 * somebody-else: a device calls for one person, and another has signed in there, or for another organisation.
 */
export type SignedOut =
  | "not-signed-in"
  | "second-factor"
  | "locked"
  | "expired"
  | "ended"
  | "device-revoked"
  | "somebody-else";

/** A session that answers nothing before one thing is done. To everything else it is as if nobody were signed in. */
export interface Waiting {
  /** unlock: prove again who sits there. second-factor: give the code. enrolment: set a second factor up. */
  for: "unlock" | "second-factor" | "enrolment";
  session: Session;
  /** One of the demo's people, who need no code and unlock with one press. */
  isDemo: boolean;
  /** A session that began at the organisation's own sign-in provider, which can also unlock it. */
  atOrganisation?: boolean;
}

/** What is known of a call before the actor: filled in for calls from outside. */
export interface Caller {
  session: Session | null;
  signedOut: SignedOut | null;
  /** A session there is, but none that is open: what it waits for. */
  waiting?: Waiting;
  /** Network address, for the throttle; "local" for work on this machine. */
  address: string;
  /** What the browser calls itself. */
  device: string;
}

export interface Ctx {
  actor: Actor | null;
  caller: Caller;
  /** A pool of the `app` login, or the open transaction. */
  db: Sql | Tx;
  /** A pool of the `reader` login: published figures and reference data, nothing else. */
  reader: Sql;
  requestId: string;
  /** Who may do what. Tests replace it to prove the second wall alone. */
  decide: (actor: Actor | null, action: Action, resource: Resource) => Decision;
}

/** The context of a call by somebody who is signed in. */
export type ActorCtx = Ctx & { actor: Actor };

/** A context whose `db` is an open transaction. */
export type TxCtx<C extends Ctx = ActorCtx> = Omit<C, "db"> & { db: Tx };

const LOCAL: Caller = { session: null, signedOut: "not-signed-in", address: "local", device: "" };

/** What a call works with: who acts, where the call came from, and the connections it may use. */
export function makeContext(
  pools: { app: Sql; reader: Sql },
  actor: Actor | null,
  caller: Caller = LOCAL,
): Ctx {
  return { actor, caller, db: pools.app, reader: pools.reader, requestId: uuidv7(), decide };
}

/** Who asked for a call, and the transaction that it runs in: what the audit says of it. */
export type AskedIn = Pick<TxCtx<Ctx>, "actor" | "caller" | "requestId" | "db">;

/** What the machine does by itself in a transaction that is open: nobody asked for it. */
export const byItselfIn = (db: Tx): AskedIn => ({ actor: null, caller: LOCAL, requestId: uuidv7(), db });

/**
 * Refuses unless the actor may take the action for the organisation (null: nobody's).
 * Another organisation's row reads as not found, so that nobody learns that it exists.
 */
export function requireRight<C extends Ctx>(
  ctx: C,
  action: Action,
  organisationId: number | null,
): asserts ctx is C & { actor: Actor } {
  const decision = ctx.decide(ctx.actor, action, { organisationId });
  if (decision.allow) return;
  if (decision.reason === "not-yours") throw new NotFound("This");
  throw new NotAllowed(decision.reason === "not-signed-in" ? "Sign in first, then try again." : undefined);
}

/**
 * Why a transaction may look beyond one organisation. sign-in: before the organisation is known. administration:
 * an administrator's work; Postgres checks that the actor is one. operator: a command on the machine itself.
 */
export type Purpose = "sign-in" | "administration" | "operator";

/**
 * Runs the work in one transaction that names the actor's organisation, so that row-level security holds.
 * Called inside an open transaction it joins it. `oneInstant`: whatever it reads is as it was when it began.
 */
export async function inTransaction<C extends Ctx, T>(
  ctx: C,
  work: (ctx: TxCtx<C>) => Promise<T>,
  purpose?: Purpose,
  { oneInstant = false } = {},
): Promise<T> {
  if (isTransaction(ctx.db)) return work({ ...ctx, db: ctx.db });
  const result = await ctx.db.begin(oneInstant ? "isolation level repeatable read" : "", async (tx) => {
    const organisation = ctx.actor ? String(ctx.actor.organisationId) : "";
    await tx`
      select set_config('app.organisation_id', ${organisation}, true),
             set_config('app.member_id', ${ctx.actor?.memberId ?? ""}, true),
             set_config('app.purpose', ${purpose ?? ""}, true)`;
    return work({ ...ctx, db: tx });
  });
  return result as T;
}

/** Widens what an open transaction may see for one piece of work, and narrows it again. */
export async function withPurpose<T>(ctx: { db: Tx }, purpose: Purpose, work: () => Promise<T>): Promise<T> {
  const [before] = await ctx.db<{ purpose: string }[]>`
    select coalesce(current_setting('app.purpose', true), '') as purpose`;
  await ctx.db`select set_config('app.purpose', ${purpose}, true)`;
  // When the work fails its transaction is over, and the setting with it.
  const result = await work();
  await ctx.db`select set_config('app.purpose', ${before?.purpose ?? ""}, true)`;
  return result;
}

function isTransaction(db: Sql | Tx): db is Tx {
  return "savepoint" in db;
}

/** The instant it is for this installation, as the transaction sees it. */
export function now(ctx: Ctx): Promise<Date> {
  return installationNow(ctx.db);
}
