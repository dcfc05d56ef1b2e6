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

export interface Ctx {
  actor: Actor | null;
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

export function makeContext(pools: { app: Sql; reader: Sql }, actor: Actor | null): Ctx {
  return { actor, db: pools.app, reader: pools.reader, requestId: uuidv7(), decide };
}

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

export type Purpose = "sign-in" | "administration";

/**
 * Runs the work in one transaction that names the actor's organisation, so that row-level security holds.
 * Called inside an open transaction it joins it.
 */
export async function inTransaction<C extends Ctx, T>(
  ctx: C,
  work: (ctx: TxCtx<C>) => Promise<T>,
  purpose?: Purpose,
): Promise<T> {
  if (isTransaction(ctx.db)) return work({ ...ctx, db: ctx.db });
  const result = await ctx.db.begin(async (tx) => {
    const organisation = ctx.actor ? String(ctx.actor.organisationId) : "";
    await tx`
      select set_config('app.organisation_id', ${organisation}, true),
             set_config('app.purpose', ${purpose ?? ""}, true)`;
    return work({ ...ctx, db: tx });
  });
  return result as T;
}

function isTransaction(db: Sql | Tx): db is Tx {
  return "savepoint" in db;
}

/** The instant it is for this installation, as the transaction sees it. */
export function now(ctx: Ctx): Promise<Date> {
  return installationNow(ctx.db);
}
