import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { record } from "./audit";
import { inTransaction, makeContext } from "./context";
import { LINKER_RECURRING, LINKER_TASKS, RECURRING, TASKS } from "./jobs";
import { testDatabase } from "./testing";

const db = await testDatabase();
const root = join(import.meta.dirname, "..");

test("every task that anything asks for is there", () => {
  const sources = ["server", "db"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /(?<!\.test)\.(ts|sql)$/.test(path))
      .map((path) => readFileSync(join(root, folder, path), "utf8")),
  );
  expect(sources.length).toBeGreaterThan(50);
  const asked = sources.flatMap((text) => [...text.matchAll(/(?:select|perform) jobs\.add\('([\w.-]+)'/g)]);
  const names = new Set(asked.map(([, name]) => name).filter((name) => name !== "name"));
  const tasks = { ...TASKS, ...LINKER_TASKS };
  expect(Object.keys(tasks)).toHaveLength(Object.keys(TASKS).length + Object.keys(LINKER_TASKS).length);
  expect([...names].filter((name) => !(name !== undefined && name in tasks))).toEqual([]);
});

test("recurring work has names of its own and comes round", () => {
  const all = [...RECURRING, ...LINKER_RECURRING];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { everySeconds } of all) expect(everySeconds).toBeGreaterThanOrEqual(1);
});

test("a task belongs to the transaction that asks for it, and holds what app may ask", async () => {
  await db.app.begin((tx) => tx`select jobs.add('people.link', '{"organisationId": 1}')`);
  const undone = db.app.begin(async (tx) => {
    await tx`select jobs.add('people.link', '{"organisationId": 2}')`;
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  const [row] = await db.stats`select count(*)::int as waiting from graphile_worker.jobs`;
  expect(row).toEqual({ waiting: 1 });
  await expect(db.app`select * from graphile_worker.jobs`).rejects.toMatchObject({ code: "42501" });
  await db.administrator`truncate graphile_worker._private_jobs`;
});

test("the worker seals what was done within seconds, and stops in good order", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "worker-"));
  const worker = spawn(process.execPath, ["--import", "tsx", "server/worker.ts"], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "test",
      DATA_DIR: dataDir,
      DATABASE_URL_APP: db.urls.app,
      DATABASE_URL_STATS: db.urls.stats,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  worker.stderr.on("data", (text) => {
    complaints += text;
  });
  const sealed = async () => {
    const [row] = await db.stats<{ n: number }[]>`select count(*)::int as n from governance.audit_seal`;
    return row?.n ?? 0;
  };
  const ctx = makeContext({ app: db.app, reader: db.reader }, null);
  const act = () => inTransaction(ctx, (tx) => record(tx, "test.entry", { subjects: [] }), "operator");
  try {
    await act();
    await expect.poll(sealed, { timeout: 30_000, interval: 100 }).toBe(1);
    await act();
    await expect.poll(sealed, { timeout: 20_000, interval: 100 }).toBe(2);
  } finally {
    worker.kill("SIGTERM");
    const [code] = await Promise.race([once(worker, "exit"), sleep(20_000).then(() => ["too late"])]);
    rmSync(dataDir, { recursive: true });
    expect({ code, complaints: complaints.replace(/npm warn.*\n/g, "") }).toEqual({
      code: 0,
      complaints: "",
    });
  }
});
