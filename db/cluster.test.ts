/** The embedded server through what happens to machines: two users, kill -9 of each part, a number used again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cp, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { connect } from "./client";
import { type Cluster, createDatabase, startCluster } from "./cluster";
import { permanentHome } from "./postgres-home";

const dataDir = await mkdtemp(join(tmpdir(), "cluster-test-"));
const { directory: home, runAs } = permanentHome(dataDir);
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  await serverGone();
  await rm(dataDir, { recursive: true });
  if (home !== dataDir) await rm(home, { recursive: true, force: true });
});

const start = () => startCluster({ dataDir, durable: true });
const serverPid = () => Number(readFileSync(join(home, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);

async function serverGone(): Promise<void> {
  for (let tries = 0; tries < 200 && existsSync(join(home, "postgres", "postmaster.pid")); tries++)
    await sleep(50);
}

/** Another process that uses the cluster until it is killed. */
async function otherUser(): Promise<ChildProcess> {
  const program = `
    import { startCluster } from ${JSON.stringify(join(import.meta.dirname, "cluster.ts"))};
    const cluster = await startCluster({ dataDir: ${JSON.stringify(dataDir)}, durable: true });
    process.send(cluster.alreadyRunning);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  started.push(child);
  await Promise.race([once(child, "message"), once(child, "exit")]);
  expect(child.exitCode).toBeNull();
  return child;
}

async function answers(cluster: Cluster): Promise<boolean> {
  const sql = connect(cluster.administrator, { max: 1 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end();
  }
}

test("passwords can be read by their owner alone, and the data by the server's user alone", async () => {
  const cluster = await start();
  expect((await stat(join(dataDir, "postgres-logins.json"))).mode & 0o777).toBe(0o600);
  expect((await stat(join(home, "postgres"))).mode & 0o777).toBe(0o700);
  await cluster.stop();
  expect(await answers(cluster)).toBe(false);
});

test("a cluster without its passwords is not given new ones", async () => {
  const file = join(dataDir, "postgres-logins.json");
  await rename(file, `${file}.kept`);
  await expect(start()).rejects.toThrow("postgres-logins.json is missing");
  await rename(`${file}.kept`, file);
});

test("a second user joins the server, and it stops with the last one", async () => {
  const other = await otherUser();
  const cluster = await start();
  expect(cluster.alreadyRunning).toBe(true);
  other.kill("SIGKILL");
  await once(other, "exit");
  await sleep(300);
  expect(await answers(cluster)).toBe(true);
  await cluster.stop();
  expect(existsSync(join(home, "postgres", "postmaster.pid"))).toBe(false);
});

test("when its only user is killed outright the server stops in good order", async () => {
  const other = await otherUser();
  other.kill("SIGKILL");
  await serverGone();
  expect(existsSync(join(home, "postgres", "postmaster.pid"))).toBe(false);
  // The server writes its last line after it has removed its pid file.
  await expect
    .poll(() => readFileSync(join(home, "postgres.log"), "utf8").trim())
    .toMatch(/database system is shut down$/);
});

test("after the server is killed outright the next start recovers what was committed", async () => {
  const first = await start();
  await createDatabase(first.administrator, "kept");
  const sql = connect(first.url("owner", "kept"), { max: 1 });
  await sql`create table kept as select 42 as answer`;
  process.kill(serverPid(), "SIGKILL");
  await sql.end({ timeout: 1 });
  const second = await start();
  const again = connect(second.url("owner", "kept"), { max: 1 });
  expect(await again`select answer from kept`).toEqual([{ answer: 42 }]);
  await again.end();
  await first.stop();
  await second.stop();
});

test("a pid file that names a stranger does not stand in the way", async () => {
  const first = await start();
  const lines = readFileSync(join(home, "postgres", "postmaster.pid"), "utf8").split("\n");
  await first.stop();
  // The number of a live process of the server's own user would make Postgres refuse.
  const stranger = spawn("sleep", ["60"], { ...runAs, stdio: "ignore" });
  started.push(stranger);
  writeFileSync(join(home, "postgres", "postmaster.pid"), [stranger.pid, ...lines.slice(1)].join("\n"));
  const second = await start();
  expect(second.alreadyRunning).toBe(false);
  expect(await answers(second)).toBe(true);
  await second.stop();
});

test("two starts at the same moment end with one server", async () => {
  const [first, second] = await Promise.all([start(), start()]);
  expect(second.port).toBe(first.port);
  await first.stop();
  expect(await answers(second)).toBe(true);
  await second.stop();
});

test("a data directory that is moved takes its database along, and a copy of it does not share it", async () => {
  const first = await start();
  await createDatabase(first.administrator, "moved");
  await first.stop();
  const elsewhere = `${dataDir}-moved`;
  await rename(dataDir, elsewhere);
  const moved = await startCluster({ dataDir: elsewhere, durable: true });
  const sql = connect(moved.administrator, { max: 1 });
  expect(await sql`select 1 as found from pg_database where datname = 'moved'`).toHaveLength(1);
  await sql.end();
  await cp(elsewhere, dataDir, { recursive: true, filter: (path) => !path.endsWith(".doorbell") });
  if (home === dataDir) {
    const copy = await start();
    expect(copy.port).not.toBe(moved.port);
    await copy.stop();
  } else {
    await expect(start()).rejects.toThrow("is a copy of");
  }
  await moved.stop();
  await rm(dataDir, { recursive: true });
  await rename(elsewhere, dataDir);
});

test("two data directories never touch each other", async () => {
  const otherDir = await mkdtemp(join(tmpdir(), "cluster-test-"));
  const [mine, other] = await Promise.all([start(), startCluster({ dataDir: otherDir, durable: false })]);
  expect(other.port).not.toBe(mine.port);
  expect(other.administrator).not.toContain(new URL(mine.administrator).password);
  await Promise.all([mine.stop(), other.stop()]);
  const otherHome = permanentHome(otherDir).directory;
  await rm(otherDir, { recursive: true });
  if (otherHome !== otherDir) await rm(otherHome, { recursive: true, force: true });
});
