/**
 * Who writes with which key: said in the database, by whatever holds the keys of an installation, for as long as it
 * lives. What was handed an older ring could not open what is sealed under a new secret, so that work waits for it; and
 * while anything writes with a key, that key is not thrown away, not even when no row lies under it yet.
 */

import { connect, type Db } from "../db/client";
import { LOCKS } from "../db/locks";

/** A process's word on the key that it writes with. */
export interface KeyClaim {
  /** Writes with another key from here on. */
  move(keyId: string): Promise<void>;
  release(): Promise<void>;
}

/** Says that this process writes with a key, until it is released or the process ends. */
export async function claimKey(url: string, keyId: string): Promise<KeyClaim> {
  const sql = connect(url, { max: 1, name: "common-need keys", keep: true });
  const hold = (id: string) => sql`select pg_advisory_lock_shared(${LOCKS.writingWithKey}, hashtext(${id}))`;
  let held = keyId;
  try {
    await hold(keyId);
  } catch (error) {
    await sql.end();
    throw error;
  }
  return {
    async move(id) {
      await hold(id);
      await sql`select pg_advisory_unlock_shared(${LOCKS.writingWithKey}, hashtext(${held}))`;
      held = id;
    },
    release: () => sql.end({ timeout: 5 }),
  };
}

/** Whether anything that lives writes with another key than this. */
export async function isOlderRingHeld(db: Db, keyId: string): Promise<boolean> {
  const [row] = await db<{ older: boolean }[]>`
    select exists (
      select from pg_locks
      where locktype = 'advisory' and classid = ${LOCKS.writingWithKey} and objsubid = 2
        and database = (select oid from pg_database where datname = current_database())
        and objid <> (hashtext(${keyId})::bigint & 4294967295)::oid) as older`;
  return row?.older ?? false;
}

/** Keeps everybody from writing with a key until the transaction ends; false when somebody does. */
export async function shutOut(tx: Db, keyId: string): Promise<boolean> {
  const [row] = await tx<{ shut: boolean }[]>`
    select pg_try_advisory_xact_lock(${LOCKS.writingWithKey}, hashtext(${keyId})) as shut`;
  return row?.shut ?? false;
}
