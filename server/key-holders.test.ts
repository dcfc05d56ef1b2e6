import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { LOCKS } from "../db/locks";
import { appearsOlderRing, claimKey, isOlderRingHeld, type KeyClaim, shutOut } from "./key-holders";
import { testDatabase } from "./testing";

const db = await testDatabase();
const claims: KeyClaim[] = [];
afterAll(() => Promise.all(claims.map((claim) => claim.release())));
afterEach(async () => {
  await Promise.all(claims.splice(0).map((claim) => claim.release()));
});

/** As in earnest, and faster; a busy machine may take a second for a connection. */
const PACE = { beatMs: 30, leaseMs: 1_500 };
const QUIET_MS = 4_000;
const SOON = { timeout: 10_000 };

/** Something that lives and writes with a key; `ended` says when it knows that its word is gone. */
async function running(keyId: string, pace = PACE) {
  const app = { ended: false };
  const end = () => {
    app.ended = true;
  };
  const claim = await claimKey(db.urls.stats, keyId, end, pace);
  claims.push(claim);
  return Object.assign(app, { claim });
}

/** Of locks those of this database: other tests have theirs in the same cluster. */
const HERE = db.administrator`database = (select oid from pg_database where datname = current_database())`;

/** What a restart of Postgres or a broken network does to a claim. */
const cutOff = (keyId: string) => db.administrator`
  select pg_terminate_backend(pid, 5000) from pg_locks
  where ${HERE} and locktype = 'advisory' and classid = ${LOCKS.writingWithKey} and mode = 'ShareLock'
    and objid = (hashtext(${keyId})::bigint & 4294967295)::oid`;

describe("a claim whose connection was cut", () => {
  test("is there again, and whoever would renew or retire waits as before", async () => {
    const app = await running("1");
    expect(await isOlderRingHeld(db.stats, "2")).toBe(true);
    for (let cut = 0; cut < 3; cut += 1) {
      expect(await cutOff("1")).toHaveLength(1);
      await expect.poll(() => isOlderRingHeld(db.stats, "2"), SOON).toBe(true);
    }
    expect(await db.stats.begin((tx) => shutOut(tx, "1", 0))).toBe(false);
    expect(app.ended).toBe(false);
  });

  test("is for the key that is written with now, not for the one at the start", async () => {
    const app = await running("1");
    await app.claim.move("2");
    expect(await cutOff("2")).toHaveLength(1);
    await expect.poll(() => isOlderRingHeld(db.stats, "1"), SOON).toBe(true);
    expect(await isOlderRingHeld(db.stats, "2")).toBe(false);
  });

  test("ends its process before the key counts as out of use, when it cannot be taken again", async () => {
    const app = await running("1");
    const shut = await db.stats.begin(async (tx) => {
      // In the queue for the lock, so that it comes before the connection that is made again.
      const first = tx`select pg_advisory_xact_lock(${LOCKS.writingWithKey}, hashtext('1'))`.execute();
      await expect
        .poll(
          () =>
            db.administrator`select from pg_locks where ${HERE} and locktype = 'advisory' and not granted`,
          SOON,
        )
        .toHaveLength(1);
      await cutOff("1");
      await first;
      expect(app.ended).toBe(false);
      expect(await shutOut(tx, "1", QUIET_MS)).toBe(true);
      return app.ended;
    });
    expect(shut).toBe(true);
  });

  test("ends its process too when the database is gone and does not come back", async () => {
    const app = await running("1");
    const letIn = (most: number) =>
      db.administrator.unsafe(
        `do $$ begin execute format('alter database %I connection limit ${most}', current_database()); end $$`,
      );
    await letIn(0);
    try {
      await cutOff("1");
      await expect.poll(() => app.ended, SOON).toBe(true);
    } finally {
      await letIn(-1);
    }
  });

  test("stands through work that lets nothing else run for longer than the lease", async () => {
    const app = await running("1");
    const until = performance.now() + 2 * PACE.leaseMs;
    while (performance.now() < until);
    await sleep(5 * PACE.beatMs);
    expect(app.ended).toBe(false);
    expect(await isOlderRingHeld(db.stats, "2")).toBe(true);
  });

  test("is lost when it was away for longer than the lease, though it could be taken again", async () => {
    const app = await running("1", { beatMs: 2_000, leaseMs: 300 });
    await cutOff("1");
    await expect.poll(() => app.ended, SOON).toBe(true);
  });

  test("is seen by whoever watches for a while, though not at the first look", async () => {
    const watching = appearsOlderRing(db.stats, "2", 5_000);
    await running("1");
    expect(await watching).toBe(true);
  });
});
