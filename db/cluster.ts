/**
 * The embedded Postgres of one data directory: made once, started when first wanted, shared by every process
 * that asks for it, and stopped when the last of them has gone, however it went.
 *
 * No lock files: `postmaster.pid` decides who starts, and a named pipe (the doorbell) counts who is there.
 * Each user of the server keeps the pipe open for writing; a small shell process, the doorkeeper, reads it
 * and stops the server at end of file, which the kernel brings about even when the last user was killed.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { connect, type Sql } from "./client";
import { makeServerDirectory, permanentHome, type ServerHome, temporaryHome } from "./postgres-home";

/** The logins of an installation, none of them a superuser or able to bypass row security. */
export const LOGINS = ["owner", "app", "stats", "reader"] as const;
export type Login = (typeof LOGINS)[number];
export type LoginUrls = Record<Login, string>;

/** A running embedded server, as one process sees it. */
export interface Cluster {
  port: number;
  /** Where its files are: the data directory, or a place that the server's user can reach. */
  directory: string;
  /** True when another process had started it. */
  alreadyRunning: boolean;
  /** Address of `database` for one login. */
  url(login: Login, database: string): string;
  /** Address of the superuser, for making and dropping databases. */
  administrator: string;
  /** Leaves the server; it stops when nobody else uses it, and then this waits for the end. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Directory of the installation; `undefined` makes a cluster that is removed when its last user goes. */
  dataDir: string | undefined;
  /** True keeps every promise of durability; false is for tests, which lose nothing of value. */
  durable: boolean;
}

/** How long a server that exits at once is tried again. */
const RETRY_WITHIN_MS = 20_000;
/** How long a server that lives may take: recovery after a crash replays its log first. */
const READY_WITHIN_MS = 600_000;
const STOP_WITHIN_MS = 30_000;
const LOG_LIMIT_BYTES = 10_000_000;

const COMMON_SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "150",
  shared_buffers: "256MB",
  work_mem: "16MB",
  maintenance_work_mem: "256MB",
  max_wal_size: "4GB",
  random_page_cost: "1.1",
  timezone: "UTC",
  log_timezone: "UTC",
  // Details of an error can quote a row; rows are about people.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
};

/**
 * An eighth of the memory that there is, 256 MB to 2 GB: counting reads the whole history of people at random, and
 * what does not fit is read from the disk each time. Tests start many small clusters and keep the least.
 */
function sharedBuffers(): string {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const megabytes = Math.floor(memory / 8 / 2 ** 20);
  return `${Math.min(2_048, Math.max(256, megabytes))}MB`;
}

const THROWAWAY_SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** Starts or joins the cluster. Throws with the end of the server's log when it cannot be brought up. */
export async function startCluster({ dataDir, durable }: ClusterOptions): Promise<Cluster> {
  const home = dataDir === undefined ? temporaryHome() : permanentHome(dataDir);
  const passwordFile = join(dataDir ?? home.directory, "postgres-logins.json");
  const made = existsSync(filesOf(home).data);
  if (made && !existsSync(passwordFile)) {
    throw new Error(
      `The database in ${home.directory} is there, but ${passwordFile} is missing. Put it back.`,
    );
  }
  const passwords = readPasswords(passwordFile);
  if (!made) makeCluster(home, passwords, durable);

  const joined = await joinRunning(home);
  const running = joined ?? (await startServer(home, passwords, durable, dataDir === undefined));
  const url = (login: Login | "postgres", database: string) =>
    `postgres://${login}:${passwords[login]}@127.0.0.1:${running.port}/${database}`;
  const administrator = url("postgres", "postgres");
  try {
    await ensureLogins(administrator, passwords);
  } catch (error) {
    closeSync(running.doorbell);
    throw error;
  }
  let stopped = false;
  return {
    port: running.port,
    directory: home.directory,
    alreadyRunning: joined !== undefined,
    url,
    administrator,
    stop: async () => {
      if (stopped) return;
      stopped = true;
      closeSync(running.doorbell);
      await waitForEnd(home);
    },
  };
}

const filesOf = ({ directory }: ServerHome) => ({
  data: join(directory, "postgres"),
  pid: join(directory, "postgres", "postmaster.pid"),
  log: join(directory, "postgres.log"),
  doorbell: join(directory, "postgres.doorbell"),
});

/** Passwords are made once, before the cluster; of two first starts at the same moment, one makes them. */
function readPasswords(file: string): Record<Login | "postgres", string> {
  if (!existsSync(file)) {
    const made = Object.fromEntries(
      ["postgres", ...LOGINS].map((name) => [name, randomBytes(24).toString("hex")]),
    );
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(made, null, 2), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
    unlinkSync(draft);
  }
  return JSON.parse(readFileSync(file, "utf8")) as Record<Login | "postgres", string>;
}

/** Makes the cluster beside its place and moves it there whole, so that a killed start leaves no half of one. */
function makeCluster(home: ServerHome, passwords: Record<"postgres", string>, durable: boolean): void {
  const files = filesOf(home);
  const draft = `${files.data}.${process.pid}`;
  const passwordFile = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  makeServerDirectory(draft, home.runAs);
  writeFileSync(passwordFile, passwords.postgres, { mode: 0o600 });
  if (home.runAs) chownSync(passwordFile, home.runAs.uid, home.runAs.gid);
  const made = spawnSync(
    join(home.native, "bin", "initdb"),
    [
      `--pgdata=${draft}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      ...(durable ? ["--data-checksums"] : ["--no-data-checksums", "--no-sync"]),
    ],
    { ...home.runAs, cwd: home.directory, encoding: "utf8", env: serverEnvironment() },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  }
  try {
    renameSync(draft, files.data);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(files.data)) throw error; // otherwise another first start was quicker
  }
}

interface Running {
  port: number;
  /** The pipe kept open for as long as this process uses the server. */
  doorbell: number;
}

/** Joins a server that runs already, whoever started it; undefined when there is none. */
async function joinRunning(home: ServerHome): Promise<Running | undefined> {
  let server = runningServer(home);
  const deadline = Date.now() + READY_WITHIN_MS;
  while (server && !server.port && Date.now() < deadline) {
    await sleep(50);
    server = runningServer(home);
  }
  if (!server) return undefined;
  const doorbell = ring(home) ?? (await engageDoorkeeper(home, server.pid, false));
  // The last user may have left a moment ago: the doorkeeper then has the server stopping already.
  await sleep(50);
  const again = runningServer(home);
  const probe = ring(home);
  if (probe !== undefined) closeSync(probe);
  if (again?.pid === server.pid && again.port && probe !== undefined) return { port: again.port, doorbell };
  closeSync(doorbell);
  await waitForEnd(home);
  return undefined;
}

async function startServer(
  home: ServerHome,
  passwords: Record<Login | "postgres", string>,
  durable: boolean,
  temporary: boolean,
): Promise<Running> {
  const files = filesOf(home);
  if (existsSync(files.log) && statSync(files.log).size > LOG_LIMIT_BYTES)
    renameSync(files.log, `${files.log}.1`);
  const deadline = Date.now() + RETRY_WITHIN_MS;
  let wanted = rememberedPort(home);
  // After a crash the memory of the old server can outlive it by some seconds, and a free port can be taken
  // by somebody else before the server binds it: both pass, so try until the deadline.
  for (;;) {
    const port = await freePort(wanted);
    disownStalePid(home);
    const server = spawnServer(home, port, durable);
    const ready = await becomesReady(
      server,
      `postgres://postgres:${passwords.postgres}@127.0.0.1:${port}/postgres`,
    );
    if (ready && server.pid !== undefined) {
      server.unref();
      writeFileSync(join(home.directory, "postgres.port"), `${port}\n`);
      return { port, doorbell: await engageDoorkeeper(home, server.pid, temporary) };
    }
    server.kill("SIGINT");
    const other = await joinRunning(home);
    if (other) return other;
    if (Date.now() > deadline) {
      throw new Error(`Postgres did not start. The end of ${files.log}:\n${tail(files.log)}`);
    }
    wanted = undefined;
    await sleep(500);
  }
}

function spawnServer(home: ServerHome, port: number, durable: boolean): ChildProcess {
  const files = filesOf(home);
  const settings: Record<string, string> = {
    ...COMMON_SETTINGS,
    ...(durable ? { shared_buffers: sharedBuffers() } : THROWAWAY_SETTINGS),
    ...(smallSharedMemory() ? { dynamic_shared_memory_type: "mmap" } : {}),
    port: String(port),
  };
  const log = openSync(files.log, "a", 0o600);
  const server = spawn(
    join(home.native, "bin", "postgres"),
    ["-D", files.data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // Its own session: Ctrl-C in a terminal reaches us, and the doorkeeper stops the server in good order.
    {
      ...home.runAs,
      cwd: home.directory,
      detached: true,
      stdio: ["ignore", log, log],
      env: serverEnvironment(),
    },
  );
  closeSync(log);
  server.on("error", (error) =>
    writeFileSync(files.log, `could not run postgres: ${error.message}\n`, { flag: "a" }),
  );
  return server;
}

/** Nothing of ours: the server's environment may hold no secret. */
const serverEnvironment = (): NodeJS.ProcessEnv => {
  const { PATH, NODE_ENV } = process.env;
  return { PATH, NODE_ENV, LC_ALL: "C.UTF-8", TZ: "UTC" };
};

/** Containers often have 64 MB of shared memory, too little for parallel queries; files serve instead. */
function smallSharedMemory(): boolean {
  if (!existsSync("/dev/shm")) return false;
  const { blocks, bsize } = statfsSync("/dev/shm");
  return blocks * bsize < 256 * 1024 * 1024;
}

/** True when the server answers; false when it ends before that, or takes longer than any recovery should. */
async function becomesReady(server: ChildProcess, url: string): Promise<boolean> {
  let ended = false;
  for (const event of ["exit", "error"]) {
    server.once(event, () => {
      ended = true;
    });
  }
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!ended && Date.now() < deadline) {
    const sql = connect(url, { max: 1 });
    try {
      await sql`select 1`;
      return true;
    } catch (error) {
      // Class 28: it answers, and does not know us. Waiting would not help.
      if (error instanceof postgres.PostgresError && error.code.startsWith("28")) {
        server.kill("SIGINT");
        throw error;
      }
      await sleep(50);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  return false;
}

async function ensureLogins(administrator: string, passwords: Record<Login, string>): Promise<void> {
  await administer(administrator, async (sql) => {
    const found = await sql<{ name: string }[]>`select rolname as name from pg_roles`;
    for (const login of LOGINS) {
      if (found.some(({ name }) => name === login)) continue;
      // CREATE ROLE takes no parameters; the password is hexadecimal digits that we made.
      await sql.unsafe(
        `create role "${login}" login nosuperuser nocreatedb nocreaterole nobypassrls password '${passwords[login]}'`,
      );
    }
  });
}

/**
 * Makes a database for the login `owner`, empty or a copy of `template`, unless it is there already. A copy is made
 * file by file: by way of the log, as Postgres would without being told, ours takes three times as long.
 */
export async function createDatabase(
  administrator: string,
  database: string,
  template?: string,
): Promise<void> {
  await administer(administrator, async (sql) => {
    const [found] = await sql`select 1 from pg_database where datname = ${database}`;
    if (found) return;
    await sql`create database ${sql(database)} owner owner ${template ? sql`template ${sql(template)} strategy file_copy` : sql``}`;
    await sql`revoke all on database ${sql(database)} from public`;
    await sql`grant connect on database ${sql(database)} to app, stats, reader`;
  });
}

/** Drops a database. With `force` it ends the connections to it; without, it throws when there are some. */
export async function dropDatabase(administrator: string, database: string, force: boolean): Promise<void> {
  await administer(administrator, async (sql) => {
    await sql`drop database if exists ${sql(database)} ${force ? sql`with (force)` : sql``}`;
  });
}

async function administer(administrator: string, work: (sql: Sql) => Promise<void>): Promise<void> {
  const sql = connect(administrator, { max: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

/** Opens the doorbell as a user of the server; undefined when no doorkeeper listens. */
function ring(home: ServerHome): number | undefined {
  try {
    return openSync(filesOf(home).doorbell, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

/** Starts the process that stops server `pid` when the doorbell's last user has gone, and rings for ourselves. */
async function engageDoorkeeper(home: ServerHome, pid: number, temporary: boolean): Promise<number> {
  const files = filesOf(home);
  if (!existsSync(files.doorbell)) {
    spawnSync("mkfifo", ["-m", "600", files.doorbell]);
    if (home.runAs) chownSync(files.doorbell, home.runAs.uid, home.runAs.gid);
  }
  const script = `
    cat "$1" > /dev/null
    [ "$(head -n 1 "$2")" = "$3" ] && kill -INT "$3"
    [ -n "$4" ] || exit 0
    while kill -0 "$3"; do sleep 0.1; done
    rm -rf "$4"`;
  spawn(
    "/bin/sh",
    ["-c", script, "sh", files.doorbell, files.pid, String(pid), temporary ? home.directory : ""],
    {
      // As the server's user, so that it can signal nothing else; a temporary home is removed by who made it.
      ...(temporary ? {} : home.runAs),
      cwd: "/",
      detached: true,
      stdio: "ignore",
      env: serverEnvironment(),
    },
  ).unref();
  const deadline = Date.now() + 5_000;
  for (;;) {
    const doorbell = ring(home);
    if (doorbell !== undefined) return doorbell;
    if (Date.now() > deadline) throw new Error(`No process answers at ${files.doorbell}.`);
    await sleep(10);
  }
}

/** Waits until the server has stopped, or returns at once when somebody else still uses it. */
async function waitForEnd(home: ServerHome): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    await sleep(20);
    const others = ring(home);
    if (others === undefined) break; // the doorkeeper has gone to stop the server
    closeSync(others);
    if (tries === 9) return;
  }
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (runningServer(home) && Date.now() < deadline) await sleep(25);
}

/** The live server of this home, from its pid file: `port` is missing while it starts. */
function runningServer(home: ServerHome): { pid: number; port: number | undefined } | undefined {
  const lines = pidFile(home);
  const pid = Number(lines[0]);
  if (!pid || !isOurServer(pid, filesOf(home).data)) return undefined;
  return { pid, port: lines[7]?.trim() === "ready" ? Number(lines[3]) : undefined };
}

/** The port of the last start, so that an operator's tools need not be told a new one each time. */
function rememberedPort({ directory }: ServerHome): number | undefined {
  const file = join(directory, "postgres.port");
  return existsSync(file) ? Number(readFileSync(file, "utf8")) || undefined : undefined;
}

function pidFile(home: ServerHome): string[] {
  try {
    return readFileSync(filesOf(home).pid, "utf8").split("\n");
  } catch {
    return [];
  }
}

/**
 * A pid file left by a crash can name a process that is somebody else by now, and Postgres would not start.
 * Naming ourselves, the parent of the server to come, makes it look past the number and still check that no
 * orphan of the old server holds its memory; removing the file would lose that check.
 */
function disownStalePid(home: ServerHome): void {
  const lines = pidFile(home);
  const pid = Number(lines[0]);
  if (!pid || isOurServer(pid, filesOf(home).data)) return;
  writeFileSync(filesOf(home).pid, [String(process.pid), ...lines.slice(1)].join("\n"));
}

/** A postmaster works in its data directory; that tells it from a stranger that got its number. */
function isOurServer(pid: number, data: string): boolean {
  try {
    if (existsSync("/proc/self/cwd")) return readlinkSync(`/proc/${pid}/cwd`) === data;
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes(data);
  } catch {
    return false;
  }
}

/** The wanted port of 127.0.0.1 when it is free, else any. */
async function freePort(wanted: number | undefined): Promise<number> {
  const probe = (port: number) =>
    new Promise<number | undefined>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(undefined));
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
      });
    });
  const port = (wanted && (await probe(wanted))) || (await probe(0));
  if (!port) throw new Error("No free port on 127.0.0.1.");
  return port;
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(-20).join("\n") : "(no log)";
}
