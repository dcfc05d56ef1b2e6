/**
 * The one writer of `statistics` and `published`: whoever writes holds one lock until its transaction ends, and
 * reads one snapshot throughout.
 */

import type { Sql, Tx } from "../../db/client";
import { LOCKS } from "../../db/locks";

/** Runs the work as the one writer, in one transaction; null when another writer is at work. */
export async function tryWriting<T>(stats: Sql, work: (tx: Tx) => Promise<T>): Promise<T | null> {
  try {
    const result = await stats.begin("isolation level repeatable read", async (tx) => {
      const [lock] = await tx<{ got: boolean }[]>`select pg_try_advisory_xact_lock(${LOCKS.counting}) as got`;
      return lock?.got ? { done: await work(tx) } : null;
    });
    return (result as { done: T } | null)?.done ?? null;
  } catch (error) {
    if (isOvertaken(error)) return null;
    throw error;
  }
}

/**
 * Another writer finished between this transaction's snapshot and its lock: what this one meant to change has
 * changed already. Nothing was written.
 */
function isOvertaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "40001";
}
