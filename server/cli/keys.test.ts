import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { LOCKS } from "../../db/locks";
import { addClient, findClients } from "../clients";
import { addClientSchema } from "../domain/client";
import { uuidv7 } from "../ids";
import { claimKey, type KeyClaim } from "../key-holders";
import { findKeyRing, keepKeyRing, withNewSecret } from "../key-ring";
import { currentKeyId, holdKeys, type KeyRing } from "../keys";
import { testDatabase } from "../testing";
import { arrangeTeam } from "../testing-casework";
import type { Command } from "./command";
import { keysList, keysRenew, keysRetire, keysRotate } from "./keys";
import { openedIn, runCommand } from "./testing-command";

const db = await testDatabase();
const team = await arrangeTeam(db, "Keys");
const dataDir = mkdtempSync(join(tmpdir(), "keys-cli-"));
process.env["DATA_DIR"] = dataDir;
const first: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
const claims: KeyClaim[] = [];
/** Of locks those of this database: other tests have theirs in the same cluster. */
const HERE = db.administrator`database = (select oid from pg_database where datname = current_database())`;
/** Nobody is waited for, but where a test says so. */
let quietMs = 0;
afterAll(async () => {
  await Promise.all(claims.map((claim) => claim.release()));
  rmSync(dataDir, { recursive: true });
});

/** Something that lives and writes with a key: the running app, or a long import. */
async function running(keyId: string): Promise<KeyClaim> {
  const claim = await claimKey(db.urls.stats, keyId, () => {});
  claims.push(claim);
  return claim;
}

/** Runs a command as another process would: with the ring that is kept, and word of the key that it writes with. */
async function run(command: Command, ...args: string[]) {
  const ring = findKeyRing(dataDir) ?? first;
  holdKeys(ring);
  const claim = await claimKey(db.urls.stats, ring.current, () => {});
  const opened = openedIn(db, dataDir, { ring, quietMs, writeWith: ({ current }) => claim.move(current) });
  try {
    return await runCommand(command, args, { opened });
  } finally {
    await claim.release();
  }
}

const add = async (familyName: string) => {
  const id = uuidv7();
  await addClient(team.ctx, addClientSchema.parse({ id, familyName, dateOfBirth: "1990-01-02" }));
  return id;
};
const find = async (text: string) => (await findClients(team.ctx, text)).map(({ id }) => id);
const keysThere = () => Object.keys(findKeyRing(dataDir)?.secrets ?? {});

beforeEach(() => {
  keepKeyRing(dataDir, first, {});
  holdKeys(first);
  quietMs = 0;
});

describe("keys rotate", () => {
  test("adds a secret, says to restart, and leaves the rows to the app", async () => {
    const id = await add("Brennan");
    const rotated = await run(keysRotate);
    expect(rotated).toMatchObject({ code: 0, results: [{ key: "2", place: join(dataDir, "keys.json") }] });
    expect(rotated.words).toContain("Restart the app");
    expect(keysThere()).toEqual(["1", "2"]);
    expect(findKeyRing(dataDir)?.lasting).toMatchObject({ disclosure: expect.any(Buffer) });
    const { results } = await run(keysList);
    expect(results).toMatchObject([
      { key: "1", state: "old", under: { "identity.client_identity.family_name": expect.any(Number) } },
      { key: "2", state: "in use" },
    ]);
    expect(await find("brennan")).toEqual([id]);
  });

  test("is recorded", async () => {
    await run(keysRotate);
    const [entry] = await db.administrator`
      select action, detail, subjects from governance.audit_entry order by id desc limit 1`;
    expect(entry).toEqual({ action: "keys.rotate", detail: { key: "2" }, subjects: [] });
  });

  test("can do the work at once when nothing runs, and shows how far it is", async () => {
    await add("Castellanos");
    const { code, results } = await run(keysRotate, "--now");
    expect(code).toBe(0);
    expect(results.at(-1)).toMatchObject({ waits: null, indexed: expect.any(Number) });
    expect(await run(keysList)).toMatchObject({
      results: expect.arrayContaining([{ key: "1", state: "old", rows: 0, under: {} }]),
    });
    expect(await find("castellanos")).toHaveLength(1);
  });

  test("waits for what was started with an older ring: it could not read what is sealed anew", async () => {
    const app = await running("1");
    const refused = await run(keysRotate, "--now");
    expect(refused).toMatchObject({ code: 1, results: [{ key: "2" }, { waits: "older-ring", sealed: 0 }] });
    await app.move("2");
    expect(await run(keysRenew)).toMatchObject({ code: 0, results: [{ waits: null }] });
    await app.release();
  });

  test("puts the ring into a file where it is kept in the environment, and only there", async () => {
    const out = join(dataDir, "new-ring.json");
    const { words } = await run(keysRotate, "--out", out);
    expect(words).toContain("KEY_RING");
    expect(keysThere()).toEqual(["1"]);
    expect(currentKeyId()).toBe("1");
    expect(findKeyRing("/nowhere", { KEY_RING: readFileSync(out, "utf8") })?.current).toBe("2");
    await expect(run(keysRotate, "--out", out)).rejects.toThrow("there already");
  });
});

describe("keys retire", () => {
  test("throws a secret away once nothing lies under it, and everything is read as before", async () => {
    const id = await add("Delacroix");
    await run(keysRotate);
    await expect(run(keysRetire, "1")).rejects.toThrow(/Under key 1 still lie .*identity\.client_identity/);
    await run(keysRenew);
    expect(await run(keysRetire, "1")).toMatchObject({ code: 0, results: [{ retired: "1" }] });
    expect(keysThere()).toEqual(["2"]);
    holdKeys(findKeyRing(dataDir) ?? first);
    expect(await find("delacroix")).toEqual([id]);
  });

  test("refuses the key in use, and one that there is not", async () => {
    await expect(run(keysRetire, "1")).rejects.toThrow("in use");
    await expect(run(keysRetire, "9")).rejects.toThrow('no key "9"');
  });

  test("refuses while anything still writes with it, though no row lies under it yet", async () => {
    await run(keysRotate, "--now");
    const longImport = await running("1");
    await expect(run(keysRetire, "1")).rejects.toThrow("still writes with key 1");
    expect(keysThere()).toEqual(["1", "2"]);
    await longImport.release();
    expect(await run(keysRetire, "1")).toMatchObject({ code: 0 });
  });

  test("refuses or outlives what writes with it and has lost the connection that said so", async () => {
    await run(keysRotate, "--now");
    quietMs = 4_000;
    const app = { ended: false };
    const end = () => {
      app.ended = true;
    };
    const claim = await claimKey(db.urls.stats, "1", end, { beatMs: 50, leaseMs: 1_500 });
    await db.administrator`
      select pg_terminate_backend(pid, 5000) from pg_locks
      where ${HERE} and locktype = 'advisory' and classid = ${LOCKS.writingWithKey} and mode = 'ShareLock'`;
    const retired = await run(keysRetire, "1").then(
      () => true,
      () => false,
    );
    await claim.release();
    expect(app.ended).toBe(retired);
    expect(keysThere()).toEqual(retired ? ["2"] : ["1", "2"]);
  });

  test("keeps what phones need of it for as long as a phone that began with it is left", async () => {
    const accountId = team.ctx.actor.accountId;
    await db.administrator`
      insert into casework.device (account_id, id, name, key_id) values (${accountId}, ${uuidv7()}, 'Phone', '1')`;
    await run(keysRotate, "--now");
    await run(keysRetire, "1");
    expect(findKeyRing(dataDir)).toMatchObject({ retired: ["1"], devices: { "1": expect.any(Buffer) } });
    await db.administrator`delete from casework.device`;
  });
});

describe("two commands at once", () => {
  /** Keeps every count of rows waiting until it is told to go on. */
  async function holdCounting(): Promise<() => Promise<void>> {
    const sql = await db.administrator.reserve();
    await sql`begin`;
    await sql`lock table casework.closing in access exclusive mode`;
    return async () => {
      await sql`commit`;
      sql.release();
    };
  }

  /** Waits until a count of rows stands at the table that is held. */
  const counting = () =>
    expect
      .poll(
        () => db.administrator`
          select from pg_locks
          where ${HERE} and relation = 'casework.closing'::regclass and not granted`,
        { timeout: 10_000 },
      )
      .toHaveLength(1);

  test("a secret that is added while another is thrown away is not lost", async () => {
    await run(keysRotate, "--now");
    const goOn = await holdCounting();
    const retiring = run(keysRetire, "1");
    await counting();
    await expect(run(keysRotate)).rejects.toThrow("Another command is changing the key ring");
    await goOn();
    expect(await retiring).toMatchObject({ code: 0 });
    expect(await run(keysRotate)).toMatchObject({ results: [{ key: "3" }] });
    expect(keysThere()).toEqual(["2", "3"]);
  });

  test("of two new secrets at the same moment each that was told of is there", async () => {
    const rotated = await Promise.allSettled([run(keysRotate), run(keysRotate)]);
    const told = rotated.flatMap((one) => (one.status === "fulfilled" ? one.value.results : []));
    expect(told.length).toBeGreaterThan(0);
    expect(keysThere()).toEqual(["1", ...told.map(({ key }) => key).sort()]);
  });

  test("a ring that was put there by hand meanwhile stays as it is", async () => {
    await run(keysRotate, "--now");
    const goOn = await holdCounting();
    const retiring = expect(run(keysRetire, "1")).rejects.toThrow("was changed meanwhile");
    await counting();
    const byHand = withNewSecret(findKeyRing(dataDir) ?? first);
    keepKeyRing(dataDir, byHand, {});
    await goOn();
    await retiring;
    expect(findKeyRing(dataDir)).toEqual(byHand);
  });

  test("a command that lost what kept the others out changes nothing", async () => {
    await run(keysRotate, "--now");
    const goOn = await holdCounting();
    const retiring = expect(run(keysRetire, "1")).rejects.toThrow();
    await counting();
    await db.administrator`
      select pg_terminate_backend(pid, 5000) from pg_locks
      where ${HERE} and locktype = 'advisory' and classid = ${LOCKS.writingWithKey} and mode = 'ExclusiveLock'`;
    await goOn();
    await retiring;
    expect(keysThere()).toEqual(["1", "2"]);
  });
});
