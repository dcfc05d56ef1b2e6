/**
 * How a process works through jobs: the tasks that wait for it in the database and the work that comes round by
 * itself, one of each at a time. Stops in good order when asked: what runs is finished, what waits stays in the queue.
 */

import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, run, type TaskList } from "graphile-worker";
import type { Handler, JobsCtx, Recurring } from "./jobs";
import { describeError, log } from "./log";

/** A failure as the queue may keep it: its kind, without a message that could quote a value. */
class TaskFailed extends Error {
  override readonly name = "TaskFailed";
}

export interface Work<C extends JobsCtx> {
  /** What the process is called in the log. */
  name: string;
  /** Address of the queue, for the login that owns it. */
  queue: string;
  /** Tasks of others stay in the queue. */
  tasks: Readonly<Record<string, Handler<C>>>;
  recurring: readonly Recurring<C>[];
}

/** Works until the process is told to stop; `open` is given what says so, and `close` comes last. */
export async function workUntilStopped<C extends JobsCtx>(
  { name, queue, tasks, recurring }: Work<C>,
  open: (signal: AbortSignal) => C,
  close: (ctx: C) => Promise<unknown>,
): Promise<void> {
  const stopping = new AbortController();
  // Each round waits by it, and may hand it on to one piece of work.
  setMaxListeners(2 * recurring.length + 10, stopping.signal);
  const ctx = open(stopping.signal);
  const runner = await run({
    connectionString: queue,
    concurrency: 2,
    maxPoolSize: 4,
    noHandleSignals: true,
    taskList: taskList(ctx, tasks),
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") log().warn({ from: "queue" }, message);
    }),
  });
  const rounds = recurring.map((item) => comeRound(ctx, item));
  log().info({ tasks: Object.keys(tasks), recurring: recurring.map(({ name }) => name) }, `${name} ready`);

  await new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
  stopping.abort();
  await Promise.all([runner.stop(), ...rounds]);
  await close(ctx);
}

function taskList<C extends JobsCtx>(ctx: C, tasks: Readonly<Record<string, Handler<C>>>): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, handler]) => [
      name,
      (payload: unknown) => runLogged(name, handler, ctx, payload),
    ]),
  );
}

async function runLogged<C extends JobsCtx>(
  name: string,
  handler: Handler<C>,
  ctx: C,
  payload: unknown,
): Promise<void> {
  try {
    await handler(ctx, payload);
  } catch (error) {
    if (ctx.signal.aborted) return;
    log().error({ task: name, error: describeError(error) }, "task failed");
    throw new TaskFailed(error instanceof Error ? error.name : "unknown");
  }
}

const LONGEST_PAUSE_SECONDS = 60;

/** Runs one recurring item until the process stops; after failures it waits longer, so that logs stay readable. */
async function comeRound<C extends JobsCtx>(
  ctx: C,
  { name, everySeconds, run: handler }: Recurring<C>,
): Promise<void> {
  let failures = 0;
  while (!ctx.signal.aborted) {
    try {
      await runLogged(name, handler, ctx, null);
      failures = 0;
    } catch {
      failures += 1;
    }
    const pause =
      failures === 0 ? everySeconds : Math.min(everySeconds * 2 ** failures, LONGEST_PAUSE_SECONDS);
    await sleep(pause * 1000, undefined, { signal: ctx.signal }).catch(() => {});
  }
}
