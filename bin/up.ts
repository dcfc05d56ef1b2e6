/**
 * The second part of `npm start`: database, demo world, build, then the three serving processes, each with its
 * own keys and logins and no others. Runs until it is told to stop or something it needs has gone for good.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { connect } from "../db/client";
import { LOCKS } from "../db/locks";
import { isDemo } from "../server/clock";
import { makeContext } from "../server/context";
import { type Environment, env } from "../server/env";
import { type Installation, openInstallation } from "../server/installation";
import { handOver, keysFor } from "../server/keys";
import { firstAdministratorLink } from "../server/password-links";
import { build, isBuilt } from "./build";
import { ProcessFailed, type Running, runProcess, startProcess, stopProcesses } from "./processes";
import { duration, say, step } from "./progress.mjs";

/** A message for the person at the terminal; anything else that is thrown is a bug and shows its stack. */
class Stop extends Error {}

const RESTARTS = 3;
const RESTARTS_WITHIN_MS = 60_000;
const READY_WITHIN_MS = 60_000;

let installation: Installation | undefined;
let stopping = false;

/** Starts everything and returns when the pages answer. */
export async function up(): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
  stopWithNpm();
  try {
    await start(env());
  } catch (error) {
    if (stopping) return;
    console.error(error instanceof Stop || error instanceof ProcessFailed ? `\n${error.message}` : error);
    await stop(1);
  }
}

async function start(settings: Environment): Promise<void> {
  const from = performance.now();
  const address = `http://127.0.0.1:${settings.PORT}`;
  const marker = join(resolve(settings.DATA_DIR), "demo-is-loading");
  const opened = await step(settings.DATABASE_URL ? "Opening the database" : "Starting the database", () =>
    openInstallation(settings, { afresh: existsSync(marker), onClaimLost }),
  );
  installation = opened;
  if (opened.clusterDirectory && opened.clusterDirectory !== opened.dataDir) {
    say(
      `The database is in ${opened.clusterDirectory}, because the user postgres cannot enter ${opened.dataDir}.`,
    );
  }
  await claimInstallation(opened, address);
  await assertPortFree(settings.PORT);

  const loadDemo = async () => {
    // A load that is killed leaves its marker, and the next start begins again with an empty database.
    writeFileSync(marker, "");
    const command = ["server/cli/index.ts", "demo", "load", "--size", settings.DEMO_SIZE];
    await runProcess("Loading the demo county", command, process.env, { typescript: true });
    rmSync(marker);
  };
  await Promise.all([
    settings.DEMO && opened.empty ? step("Loading the demo county", loadDemo) : undefined,
    isBuilt() ? undefined : step("Building the pages", build),
  ]);
  keepRunning(webProcess(settings, opened, address));
  keepRunning(workerProcess(settings, opened, address));
  keepRunning(linkerProcess(settings, opened, address));
  await waitUntilServing(address);
  say(`\nCommon Need is ready at ${address}, ${duration(performance.now() - from)} after the start.`);
  say(await howToSignIn(opened));
  say("Ctrl-C stops it and everything that it started.");
}

/**
 * The environment that is no secret: what this process got, less every login and key. They are empty and not left
 * out, because the web process reads what is left out from the file `.env` by itself.
 */
export function commonEnvironment(
  settings: Pick<Environment, "PORT" | "NEXTAUTH_URL">,
  address: string,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: "",
    DATABASE_URL_APP: "",
    DATABASE_URL_STATS: "",
    DATABASE_URL_READER: "",
    KEY_RING: "",
    HANDED_KEYS: "",
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(settings.PORT),
    NEXTAUTH_URL: settings.NEXTAUTH_URL ?? address,
  };
}

type Start = () => Running;

/** Web pages and casework: no login that can read or write the statistics, and not the disclosure key. */
function webProcess(settings: Environment, { urls, ring }: Installation, address: string): Start {
  const next = "node_modules/next/dist/bin/next";
  const environment = {
    ...commonEnvironment(settings, address),
    DATABASE_URL_APP: urls.app,
    DATABASE_URL_READER: urls.reader,
    HANDED_KEYS: handOver(ring, keysFor("web")),
  };
  return () =>
    startProcess(
      "The web process",
      [next, "start", "-H", "127.0.0.1", "-p", `${settings.PORT}`],
      environment,
    );
}

/** Statistics engine and jobs: not the keys of identity or sessions. */
function workerProcess(settings: Environment, { urls, ring }: Installation, address: string): Start {
  const environment = {
    ...commonEnvironment(settings, address),
    DATABASE_URL_APP: urls.app,
    DATABASE_URL_STATS: urls.stats,
    HANDED_KEYS: handOver(ring, keysFor("worker")),
  };
  return () => startProcess("The worker process", ["server/worker.ts"], environment, { typescript: true });
}

/** Who is one person: the keys of identity and the engine's login, and neither casework nor the disclosure key. */
function linkerProcess(settings: Environment, { urls, ring }: Installation, address: string): Start {
  const environment = {
    ...commonEnvironment(settings, address),
    DATABASE_URL_STATS: urls.stats,
    HANDED_KEYS: handOver(ring, keysFor("linker")),
  };
  return () => startProcess("The linker process", ["server/linker.ts"], environment, { typescript: true });
}

/** Nobody knows any more that we write with our key, so it could be thrown away: everything that writes stops. */
function onClaimLost(): void {
  if (stopping) return;
  say("The connection that says which key is written with was lost. Stopping, so that nothing is lost.");
  void stop(1);
}

/** Starts a process again when it ends by itself, and gives up when it keeps ending. */
function keepRunning(start: Start): void {
  if (stopping) return;
  const begins: number[] = [];
  const begin = () => {
    begins.push(Date.now());
    const { name, ended } = start();
    void ended.then(async (how) => {
      if (stopping) return;
      const recent = begins.filter((at) => at > Date.now() - RESTARTS_WITHIN_MS).length;
      if (recent > RESTARTS) {
        say(
          `${name} ended ${recent} times within a minute (last with ${how}). Stopping; see its messages above.`,
        );
        await stop(1);
        return;
      }
      say(`${name} ended unexpectedly (${how}). Starting it again.`);
      await sleep(500);
      if (!stopping) begin();
    });
  };
  begin();
}

/**
 * Keeps a lock in the database for as long as this process lives: two of `npm start` on one database would be
 * two engines. The holder's name on its connection says where it serves.
 */
async function claimInstallation({ urls, dataDir }: Installation, address: string): Promise<void> {
  const sql = postgres(urls.owner, {
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    onnotice: () => {},
    connection: { application_name: `npm start ${address}` },
    onclose: () => {
      if (stopping || !claimed) return;
      say("The connection to the database was lost.");
      void stop(1);
    },
  });
  let claimed = false;
  const [row] = await sql<{ claimed: boolean }[]>`select pg_try_advisory_lock(${LOCKS.serving}) as claimed`;
  claimed = row?.claimed ?? false;
  if (claimed) return;
  const [holder] = await sql<{ name: string }[]>`
    select application_name as name from pg_stat_activity join pg_locks using (pid)
    where locktype = 'advisory' and objid = ${LOCKS.serving} and granted`;
  await sql.end();
  const where = holder?.name.replace("npm start ", "");
  throw new Stop(
    `This installation is running already${where ? ` at ${where}` : ""} (its data is in ${dataDir}).\n` +
      "Stop that one first, or start another beside it: DATA_DIR=.data-2 PORT=3001 npm start",
  );
}

async function assertPortFree(port: number): Promise<void> {
  const free = await new Promise<boolean>((answer) => {
    const probe = createServer();
    probe.once("error", () => answer(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => answer(true)));
  });
  if (free) return;
  throw new Stop(`Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`);
}

async function waitUntilServing(address: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!stopping && Date.now() < deadline) {
    try {
      const { ok } = await fetch(`${address}/api/health`);
      if (ok) return;
    } catch {
      // Nobody listens there yet.
    }
    await sleep(100);
  }
  if (!stopping) throw new Stop(`The web process did not answer at ${address} as it should within a minute.`);
}

/** npm killed outright cannot pass a signal on; its children being handed to another parent tells the same. */
function stopWithNpm(): void {
  if (!process.env["npm_lifecycle_event"]) return;
  const before = parents();
  setInterval(() => parents() !== before && void stop(0), 1_000).unref();
}

/** Our parent and, where npm put a shell between, the parent of that. */
function parents(): string {
  try {
    // "4711 (sh) S 4710 ...": the name, the state, and the parent's number.
    const status = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    const [, grandparent] = /^\d+ \((?:sh|dash|bash)\) \S (\d+) /.exec(status) ?? [];
    return `${process.ppid} ${grandparent ?? ""}`;
  } catch {
    return `${process.ppid} `;
  }
}

/** Stops in order: the serving processes, then the database. Asked twice, it stops waiting. */
async function stop(code: number): Promise<void> {
  if (stopping) process.exit(code || 1);
  stopping = true;
  say("\nStopping ...");
  await stopProcesses();
  await installation?.stop();
  say("Stopped.");
  process.exit(code);
}

async function howToSignIn({ urls }: Installation): Promise<string> {
  const [app, reader] = [connect(urls.app, { max: 1 }), connect(urls.reader, { max: 1 })];
  try {
    if (await isDemo(app)) {
      return "Open it and choose whom to sign in as: this is a made-up county, and nobody needs a password.";
    }
    const link = await firstAdministratorLink(makeContext({ app, reader }, null));
    if (!link) return "Sign in with your e-mail address and password.";
    return `Nobody can sign in yet. The first administrator sets a name and password here, once:\n\n  ${link}\n`;
  } finally {
    await Promise.all([app.end(), reader.end()]);
  }
}
