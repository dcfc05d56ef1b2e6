/** The linker process as `npm start` runs it: with its own keys and login alone, and links within seconds. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { handOver, keysFor } from "./keys";
import { testDatabase } from "./testing";
import { arrangeTeam } from "./testing-casework";
import { addPerson, areOne } from "./testing-linking";

const db = await testDatabase();
const root = join(import.meta.dirname, "..");
/** The ring of every run of tests (bin/vitest-cluster.ts). */
const ring = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
const [advice, council] = [await arrangeTeam(db, "Advice"), await arrangeTeam(db, "Council")];

let complaints = "";

function startLinker(): ChildProcess {
  const linker = spawn(process.execPath, ["--import", "tsx", "server/linker.ts"], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "test",
      DATABASE_URL_APP: "",
      DATABASE_URL_STATS: db.urls.stats,
      HANDED_KEYS: handOver(ring, keysFor("linker")),
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  linker.stderr.on("data", (text) => {
    complaints += text;
  });
  return linker;
}

const known = async (familyName: string) => {
  const details = { familyName, dateOfBirth: "1971-06-14", phone: "01999 555701" };
  return [await addPerson(advice, details), await addPerson(council, details)] as const;
};

test("the linker is handed the keys of identity and neither the disclosure key nor one for sessions", () => {
  const keys = keysFor("linker");
  expect(keys).toEqual(expect.arrayContaining(["identity", "blind-index", "linking", "pseudonym"]));
  for (const other of ["disclosure", "session", "audit-seal"] as const) expect(keys).not.toContain(other);
  for (const holder of ["web", "worker"] as const) expect(keysFor(holder)).not.toContain("linking");
});

test("somebody known elsewhere is linked within seconds, also after the linker was killed, and it stops in good order", async () => {
  let linker = startLinker();
  try {
    const [a, b] = await known("Kingsweather");
    await expect.poll(() => areOne(db, a, b), { timeout: 40_000, interval: 50 }).toBe(true);
    linker.kill("SIGKILL");
    await once(linker, "exit");
    const [c, d] = await known("Thornquist");
    // What a dead linker holds.
    await db.administrator`
      update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now()`;
    linker = startLinker();
    await expect.poll(() => areOne(db, c, d), { timeout: 40_000, interval: 50 }).toBe(true);
    const [e, f] = await known("Pemberline");
    await expect.poll(() => areOne(db, e, f), { timeout: 20_000, interval: 50 }).toBe(true);
  } finally {
    linker.kill("SIGTERM");
    const [code] = await Promise.race([once(linker, "exit"), sleep(20_000).then(() => ["too late"])]);
    expect({ code, complaints: complaints.replace(/npm warn.*\n/g, "") }).toEqual({
      code: 0,
      complaints: "",
    });
  }
});
