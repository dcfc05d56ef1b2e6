/**
 * The work that happens behind the pages. A room adds a line to one of two lists: tasks that something asks for
 * (`select jobs.add('name', payload)` in the transaction that causes it; payloads hold ids only), and work that
 * comes round by itself. A task that fails is tried again later; every handler may therefore run twice.
 */

import type { Sql } from "../db/client";
import { anchorHead, sealEntries } from "./audit-chain";
import { key } from "./keys";
import { refreshNeedPairs } from "./need-pairs";
import { linkPeople } from "./people";
import { mailReferral } from "./referral-links";
import { statisticsTick } from "./statistics";
import { forgetAttempts } from "./throttle";

/** What a handler works with: the engine's login, the casework login, and the directory of the installation. */
export interface WorkerCtx {
  stats: Sql;
  app: Sql;
  dataDir: string;
  /** Ends when the worker is asked to stop: leave at the next good moment. */
  signal: AbortSignal;
}

export type Handler = (worker: WorkerCtx, payload: unknown) => Promise<unknown>;

/** Asked for by name. */
export const TASKS: Readonly<Record<string, Handler>> = {
  "people.link": ({ stats }, payload) => linkPeople(stats, payload),
  "referral.mail": ({ app }, payload) => mailReferral(app, payload),
};

export interface Recurring {
  name: string;
  everySeconds: number;
  run: Handler;
}

/** Comes round by itself; each waits for its own last run, and the database's clock decides what is due. */
export const RECURRING: readonly Recurring[] = [
  {
    name: "statistics.run",
    everySeconds: 10,
    run: ({ stats, signal }) => statisticsTick(stats, key("disclosure"), { signal }),
  },
  { name: "audit.seal", everySeconds: 2, run: ({ stats }) => sealEntries(stats) },
  { name: "audit.anchor", everySeconds: 60, run: ({ stats, dataDir }) => anchorHead(stats, dataDir) },
  { name: "throttle.forget", everySeconds: 3600, run: ({ app }) => forgetAttempts(app) },
  // Counts once a day: the first round after midnight does the work.
  { name: "need-pairs.refresh", everySeconds: 3600, run: ({ app }) => refreshNeedPairs(app) },
];
