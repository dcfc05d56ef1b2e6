/**
 * Who writes with which key: said in the database, by whatever holds the keys of an installation, for as long as it
 * lives. What was handed an older ring could not open what is sealed under a new secret, so that work waits for it; and
 * while anything writes with a key, that key is not thrown away, not even when no row lies under it yet.
 *
 * A claim goes with its connection, when Postgres restarts for instance. It is taken again, or whoever made it ends,
 * within a time that those who ask wait out (QUIET_MS): nobody who still writes is overlooked for as long as that.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Db } from "../db/client";
import { LOCKS } from "../db/locks";

/** A process's word on the key that it writes with. */
export interface KeyClaim {
  /** Writes with another key from here on. */
  move(keyId: string): Promise<void>;
  release(): Promise<void>;
}

interface Pace {
  /** Milliseconds between two looks at whether the claim still stands. */
  beatMs: number;
  /** Milliseconds without a claim after which it is lost. */
  leaseMs: number;
}

const PACE: Pace = { beatMs: 2_000, leaseMs: 10_000 };

/** For so long is a key watched before it counts as out of use: the lease, and time for `npm start` to stop (8 s). */
export const QUIET_MS = 30_000;

const ASK_AGAIN_MS = 1_000;

/**
 * Says that this process writes with a key, until it is released or the process ends. `onLost` is told, once, when the
 * claim is gone and could not be taken again: what writes with the key must end then.
 */
export async function claimKey(
  url: string,
  keyId: string,
  onLost: () => void,
  { beatMs, leaseMs }: Pace = PACE,
): Promise<KeyClaim> {
  const sql = connect(url, { max: 1, name: "common-need keys", keep: true });
  const hold = (id: string) => sql`select pg_advisory_lock_shared(${LOCKS.writingWithKey}, hashtext(${id}))`;
  let held = keyId;
  try {
    await hold(keyId);
  } catch (error) {
    await sql.end();
    throw error;
  }

  /** A new connection takes the claim, unless the key is being thrown away. */
  const look = async (): Promise<"stands" | "taken again" | "gone"> => {
    const [row] = await sql<{ stands: boolean; taken: boolean | null }[]>`
      select mine.stands,
             case when not mine.stands
               then pg_try_advisory_lock_shared(${LOCKS.writingWithKey}, hashtext(${held})) end as taken
      from (select exists (
        select from pg_locks
        where locktype = 'advisory' and pid = pg_backend_pid() and granted and objsubid = 2
          and classid = ${LOCKS.writingWithKey} and objid = ${lockOf(sql, held)}) as stands offset 0) as mine`;
    if (row?.stands) return "stands";
    return row?.taken ? "taken again" : "gone";
  };
  let stoodAt = Date.now();
  let unanswered = 0;
  let over = false;
  const lose = () => {
    clearInterval(beats);
    if (!over) onLost();
    over = true;
  };
  const beat = async () => {
    unanswered += 1;
    if (unanswered > 1) {
      // Beats are counted and not the time: this process may have had no time itself, and the answer be here.
      if (unanswered > leaseMs / beatMs) lose();
      return;
    }
    const from = Date.now();
    const found = await look().catch(() => "gone" as const);
    unanswered = 0;
    const tooLate = Date.now() - stoodAt > leaseMs;
    if (found === "stands" || (found === "taken again" && !tooLate)) stoodAt = from;
    else if (tooLate) lose();
  };
  const beats = setInterval(() => void beat(), beatMs).unref();

  return {
    async move(id) {
      await hold(id);
      const before = held;
      held = id;
      await sql`select pg_advisory_unlock_shared(${LOCKS.writingWithKey}, hashtext(${before}))`;
    },
    async release() {
      over = true;
      clearInterval(beats);
      await sql.end({ timeout: 5 });
    },
  };
}

/** How pg_locks writes the second number of a key's lock. */
const lockOf = (db: Db, keyId: string) => db`(hashtext(${keyId})::bigint & 4294967295)::oid`;

/** Whether anything that lives writes with another key than this. */
export async function isOlderRingHeld(db: Db, keyId: string): Promise<boolean> {
  const [row] = await db<{ older: boolean }[]>`
    select exists (
      select from pg_locks
      where locktype = 'advisory' and classid = ${LOCKS.writingWithKey} and objsubid = 2
        and database = (select oid from pg_database where datname = current_database())
        and objid <> ${lockOf(db, keyId)}) as older`;
  return row?.older ?? false;
}

/** Watches for some milliseconds, or until the signal; true as soon as something writes with another key than this. */
export async function appearsOlderRing(
  db: Db,
  keyId: string,
  quietMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const until = performance.now() + quietMs;
  for (;;) {
    if (await isOlderRingHeld(db, keyId)) return true;
    const left = until - performance.now();
    if (left <= 0 || signal?.aborted) return false;
    await sleep(Math.min(left, ASK_AGAIN_MS), undefined, { signal }).catch(() => {});
  }
}

/**
 * Keeps everybody from writing with a key until the transaction ends; false when somebody does. A writer whose claim
 * was cut off cannot take it again from here on: it has ended after `quietMs`, and only then is this done.
 */
export async function shutOut(tx: Db, keyId: string, quietMs: number): Promise<boolean> {
  const [row] = await tx<{ shut: boolean }[]>`
    select pg_try_advisory_xact_lock(${LOCKS.writingWithKey}, hashtext(${keyId})) as shut`;
  if (!row?.shut) return false;
  await sleep(quietMs);
  return true;
}

/** Keeps everybody else from changing the key ring until the transaction ends; false when somebody is at it. */
export async function takeRingChange(tx: Db): Promise<boolean> {
  const [row] = await tx<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(${LOCKS.changingRing}) as taken`;
  return row?.taken ?? false;
}
