/**
 * Whether this process may serve and can: its logins are bound by row-level security, the database answers and
 * its tables are those of this version.
 */

import type { Sql } from "../db/client";
import { log } from "./log";
import type { Pools } from "./pools";

/** A login could read past row-level security: nothing may be served through it. */
export class UnboundLogin extends Error {
  override readonly name = "UnboundLogin";
}

/** Throws UnboundLogin when a login of this process is a superuser, bypasses row security or owns a table. */
export async function assertLoginsAreBound(pools: Pools): Promise<void> {
  for (const sql of [pools.app, pools.reader]) await assertBound(sql);
}

/** Ends the process when its logins cannot be trusted, or cannot be asked: whoever started it tries again or gives up. */
export async function endUnlessBound(pools: Pools): Promise<void> {
  try {
    await assertLoginsAreBound(pools);
  } catch (error) {
    const because = error instanceof UnboundLogin ? error.message : "The database did not answer.";
    log().fatal(`The web process will not serve. ${because}`);
    process.exit(1);
  }
}

async function assertBound(sql: Sql): Promise<void> {
  const [login] = await sql<{ name: string; unbound: boolean; owns: boolean }[]>`
    select rolname as name, rolsuper or rolbypassrls as unbound,
           exists (
             select from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'member')
               and n.nspname in ('identity', 'casework', 'reference', 'statistics', 'published', 'governance')
           ) as owns
    from pg_roles where rolname = current_user`;
  if (!login || login.unbound || login.owns) {
    throw new UnboundLogin(
      `The login "${login?.name}" could read past row-level security. Give the web process logins that are ` +
        "neither superuser nor BYPASSRLS and own no table.",
    );
  }
}

/** Whether the database answers and has been migrated; a word on what is missing otherwise. */
export async function readiness(pools: Pools): Promise<{ ready: true } | { ready: false; because: string }> {
  try {
    const [row] = await pools.app<{ migrated: boolean }[]>`
      select obj_description(oid, 'pg_namespace') like 'version %' as migrated
      from pg_namespace where nspname = 'reference'`;
    await pools.reader`select 1 from reference.installation`;
    return row?.migrated ? { ready: true } : { ready: false, because: "migrations have not run" };
  } catch {
    return { ready: false, because: "the database does not answer" };
  }
}
