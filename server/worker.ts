/**
 * The worker process: runs the tasks that wait in the database and the work that comes round by itself, one of
 * each at a time. Stops in good order when asked: what runs is finished, what waits stays in the queue.
 */

import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, run, type TaskList } from "graphile-worker";
import { connect } from "../db/client";
import { env } from "./env";
import { type Handler, RECURRING, type Recurring, TASKS, type WorkerCtx } from "./jobs";
import { describeError, log } from "./log";

/** A failure as the queue may keep it: its kind, without a message that could quote a value. */
class TaskFailed extends Error {
  override readonly name = "TaskFailed";
}

async function work(): Promise<void> {
  const { DATABASE_URL_APP, DATABASE_URL_STATS, DATA_DIR } = env();
  if (!DATABASE_URL_APP || !DATABASE_URL_STATS) {
    throw new Error("The worker was handed no database: start it with `npm start`.");
  }
  const stopping = new AbortController();
  const worker: WorkerCtx = {
    stats: connect(DATABASE_URL_STATS, { max: 6, name: "common-need worker" }),
    app: connect(DATABASE_URL_APP, { max: 4, name: "common-need worker casework" }),
    dataDir: resolve(DATA_DIR),
    signal: stopping.signal,
  };
  const queue = await run({
    connectionString: DATABASE_URL_STATS,
    concurrency: 2,
    maxPoolSize: 4,
    noHandleSignals: true,
    taskList: taskList(worker),
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") log().warn({ from: "queue" }, message);
    }),
  });
  const rounds = RECURRING.map((item) => comeRound(worker, item));
  log().info({ tasks: Object.keys(TASKS), recurring: RECURRING.map(({ name }) => name) }, "worker ready");

  await new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
  stopping.abort();
  await Promise.all([queue.stop(), ...rounds]);
  await Promise.all([worker.stats.end({ timeout: 5 }), worker.app.end({ timeout: 5 })]);
}

function taskList(worker: WorkerCtx): TaskList {
  return Object.fromEntries(
    Object.entries(TASKS).map(([name, handler]) => [
      name,
      (payload: unknown) => runLogged(name, handler, worker, payload),
    ]),
  );
}

async function runLogged(name: string, handler: Handler, worker: WorkerCtx, payload: unknown): Promise<void> {
  try {
    await handler(worker, payload);
  } catch (error) {
    if (worker.signal.aborted) return;
    log().error({ task: name, error: describeError(error) }, "task failed");
    throw new TaskFailed(error instanceof Error ? error.name : "unknown");
  }
}

const LONGEST_PAUSE_SECONDS = 60;

/** Runs one recurring item until the worker stops; after failures it waits longer, so that logs stay readable. */
async function comeRound(worker: WorkerCtx, { name, everySeconds, run: handler }: Recurring): Promise<void> {
  let failures = 0;
  while (!worker.signal.aborted) {
    try {
      await runLogged(name, handler, worker, null);
      failures = 0;
    } catch {
      failures += 1;
    }
    const pause =
      failures === 0 ? everySeconds : Math.min(everySeconds * 2 ** failures, LONGEST_PAUSE_SECONDS);
    await sleep(pause * 1000, undefined, { signal: worker.signal }).catch(() => {});
  }
}

await work();
