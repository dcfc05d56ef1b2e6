/** Acting for organisations in a job: each under its own row-level security, and with two logins at one instant. */

import type { Sql, Tx } from "../db/client";

/** Has a transaction act for an organisation, from here on. */
export const actFor = (tx: Tx, organisationId: number) =>
  tx`select set_config('app.organisation_id', ${String(organisationId)}, true)`;

/** Does work in a transaction of the casework login that acts for an organisation. */
export function inOrganisation<T>(
  app: Sql,
  organisationId: number,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return app.begin(async (tx) => {
    await actFor(tx, organisationId);
    return work(tx);
  }) as Promise<T>;
}

/** Looks with the engine's login at the very instant of another transaction, which reads repeatably. */
export async function atInstantOf<T>(stats: Sql, tx: Tx, look: (view: Tx) => Promise<T>): Promise<T> {
  const [row] = await tx<{ snapshot: string }[]>`select pg_export_snapshot() as snapshot`;
  const snapshot = row?.snapshot ?? "";
  if (!/^[0-9A-F-]+$/.test(snapshot)) throw new Error("The database gave no snapshot");
  return stats.begin("isolation level repeatable read read only", async (view) => {
    await view.unsafe(`set transaction snapshot '${snapshot}'`);
    return look(view);
  }) as Promise<T>;
}
