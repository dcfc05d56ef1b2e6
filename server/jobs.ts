/**
 * The work that happens behind the pages, of the worker and of the linker. A room adds a line to one of two lists of
 * either: tasks that something asks for (`select jobs.add('name', payload)` in the transaction that causes it;
 * payloads hold ids only), and work that comes round by itself. A task that fails is tried again later; every handler
 * may therefore run twice.
 */

import type { Sql } from "../db/client";
import { anchorHead, anchorPlaces, keepHead } from "./audit-anchors";
import { sealEntries } from "./audit-chain";
import { checkRound } from "./audit-checks";
import { mailGlass } from "./break-glass";
import { loadSentDataSets } from "./data-set-uploads";
import { listErasures } from "./erasure-list";
import { renewRows } from "./key-rotation";
import { key } from "./keys";
import { keepUploads, runSentStudies } from "./lab-run";
import { drawChecks } from "./link-reviews";
import { emptyOldListActions } from "./list-actions";
import { mailLookDigests } from "./look-digest";
import { refreshNeedPairs } from "./need-pairs";
import { linkPeople } from "./people";
import { keepTraitsOfWhoWaits, linkWhoWaits, releaseJobs, renewModel, weighAgain } from "./people-rounds";
import { mailReferral } from "./referral-links";
import { keepRegister } from "./register-keeping";
import { deleteListed } from "./retention";
import { destroyOldPacks } from "./rights-packs";
import { statisticsTick } from "./statistics";
import { makeSummary } from "./summary-making";
import { summaryRound } from "./summary-rounds";
import { forgetAttempts } from "./throttle";

/** What every handler is given. */
export interface JobsCtx {
  /** Ends when the process is asked to stop: leave at the next good moment. */
  signal: AbortSignal;
}

/** What the worker's handlers work with: the engine's login, the casework login, the directory of the installation. */
export interface WorkerCtx extends JobsCtx {
  stats: Sql;
  app: Sql;
  dataDir: string;
}

/** What the linker's handlers work with: the engine's login, and keys of identity that the worker does not hold. */
export interface LinkerCtx extends JobsCtx {
  stats: Sql;
}

export type Handler<C extends JobsCtx> = (ctx: C, payload: unknown) => Promise<unknown>;

function runStatistics({ stats, signal }: WorkerCtx): Promise<unknown> {
  return statisticsTick(stats, key("disclosure"), { signal });
}

async function sealAndKeep({ stats, dataDir }: WorkerCtx): Promise<void> {
  if ((await sealEntries(stats)) > 0) await keepHead(stats, anchorPlaces(dataDir));
}

/** Asked of the worker by name. */
export const TASKS: Readonly<Record<string, Handler<WorkerCtx>>> = {
  // "Run a week" lets days go by faster than the engine comes round by itself.
  "statistics.run": runStatistics,
  "break-glass.mail": ({ app }, payload) => mailGlass(app, payload),
  "referral.mail": ({ app }, payload) => mailReferral(app, payload),
  "impact.make": makeSummary,
  "rights.retention": ({ app }, payload) => deleteListed(app, payload),
};

/** Asked of the linker by name. */
export const LINKER_TASKS: Readonly<Record<string, Handler<LinkerCtx>>> = {
  "people.link": ({ stats }, payload) => linkPeople(stats, payload),
};

export interface Recurring<C extends JobsCtx> {
  name: string;
  everySeconds: number;
  run: Handler<C>;
}

/** Comes round by itself; each waits for its own last run, and the database's clock decides what is due. */
export const RECURRING: readonly Recurring<WorkerCtx>[] = [
  {
    name: "statistics.run",
    everySeconds: 10,
    run: runStatistics,
  },
  { name: "audit.seal", everySeconds: 2, run: sealAndKeep },
  {
    name: "audit.anchor",
    everySeconds: 60,
    run: ({ stats, dataDir }) => anchorHead(stats, anchorPlaces(dataDir)),
  },
  // What is new each hour; all of it in the first round of a day.
  {
    name: "audit.check",
    everySeconds: 3600,
    run: ({ stats, dataDir }) => checkRound(stats, anchorPlaces(dataDir)),
  },
  { name: "throttle.forget", everySeconds: 3600, run: ({ app }) => forgetAttempts(app) },
  // Once a week for each organisation where somebody looked.
  { name: "look-digest.mail", everySeconds: 3600, run: ({ app }) => mailLookDigests(app) },
  // Counts once a day: the first round after midnight does the work.
  { name: "need-pairs.refresh", everySeconds: 3600, run: ({ app }) => refreshNeedPairs(app) },
  // Studies that were published, withdrawn or found too few people.
  { name: "register.keep", everySeconds: 10, run: ({ stats, signal }) => keepRegister(stats, signal) },
  // Summaries whose schedule has come, and any whose job was lost.
  { name: "impact.round", everySeconds: 60, run: summaryRound },
  { name: "lists.empty", everySeconds: 3600, run: ({ app }) => emptyOldListActions(app) },
  { name: "rights.packs", everySeconds: 600, run: ({ app }) => destroyOldPacks(app) },
  { name: "rights.erasures", everySeconds: 10, run: ({ stats, dataDir }) => listErasures(stats, dataDir) },
  // Somebody waits for the key, and a file that nobody can open any more is to be gone at once.
  { name: "lab.uploads", everySeconds: 1, run: keepUploads },
  { name: "lab.data-sets", everySeconds: 2, run: loadSentDataSets },
  { name: "lab.run", everySeconds: 1, run: runSentStudies },
];

/** Comes round by itself in the linker. */
export const LINKER_RECURRING: readonly Recurring<LinkerCtx>[] = [
  // Whoever waits: clients from before there was linking, everybody once keys, rules or the model change, and any whose
  // job was lost.
  { name: "people.wait", everySeconds: 60, run: ({ stats, signal }) => linkWhoWaits(stats, signal) },
  // Month of birth and sex for the statistics: clients from before there were slices, and any whose job was lost.
  {
    name: "people.traits",
    everySeconds: 60,
    run: ({ stats, signal }) => keepTraitsOfWhoWaits(stats, signal),
  },
  { name: "people.release", everySeconds: 60, run: ({ stats }) => releaseJobs(stats, "held for long") },
  { name: "people.estimate", everySeconds: 600, run: ({ stats, signal }) => renewModel(stats, signal) },
  // Once a week: the first round of the week draws them.
  { name: "people.checks", everySeconds: 3600, run: ({ stats }) => drawChecks(stats, weighAgain) },
  // After a new secret: the linker alone can open names and look at every organisation.
  { name: "keys.renew", everySeconds: 60, run: ({ stats, signal }) => renewRows(stats, signal) },
];
