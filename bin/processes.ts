/**
 * The processes that `npm start` runs. Each is on a leash (it ends when we end, however), in a group of its own
 * (so that we decide the order of stopping), and gets exactly the environment that it is given.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const GRACE_MS = 8_000;
const LEASH = join(import.meta.dirname, "leash.mjs");

export interface Running {
  name: string;
  process: ChildProcess;
  /** How it ended: "code 1" or "signal SIGKILL". */
  ended: Promise<string>;
}

/** A program ended badly; it has said why itself. */
export class ProcessFailed extends Error {}

const all = new Set<Running>();

/** Starts a Node program. `typescript` loads it through tsx; `quiet` shows what it says only when it fails. */
export function startProcess(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { typescript = false, quiet = false } = {},
): Running {
  const loaders = ["--import", LEASH, ...(typescript ? ["--import", "tsx"] : [])];
  const child = spawn(process.execPath, [...loaders, ...args], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...environment, LEASH_HOLDER: String(process.pid) },
    detached: true,
    stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit", "pipe"],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part: Buffer) => said.push(part));
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
  });
  const running = { name, process: child, ended };
  all.add(running);
  void ended.then((how) => {
    all.delete(running);
    if (how !== "code 0") process.stderr.write(Buffer.concat(said));
  });
  return running;
}

/** Runs a program to its end. Throws when it does not end well. */
export async function runProcess(...parameters: Parameters<typeof startProcess>): Promise<void> {
  const { name, ended } = startProcess(...parameters);
  const how = await ended;
  if (how !== "code 0") throw new ProcessFailed(`${name} ended with ${how}.`);
}

/** Asks every process to stop, and ends those that have not after some seconds. */
export async function stopProcesses(): Promise<void> {
  await Promise.all([...all].map(stopProcess));
}

async function stopProcess({ process: child, ended }: Running): Promise<void> {
  signalGroup(child, "SIGTERM");
  const late = new AbortController();
  await Promise.race([ended, sleep(GRACE_MS, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
  signalGroup(child, "SIGKILL"); // what it started and left behind, too
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // nobody left in the group
  }
}
