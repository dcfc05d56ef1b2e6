/** Counts one summary in a process of its own, so that what it takes of memory is its own, too. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { connect } from "../db/client";
import { inOrganisation } from "../server/acting";
import { exactNumbers } from "../server/domain/impact/count-numbers";
import { measures } from "../server/domain/impact/numbers";
import { findPeriod } from "../server/domain/period";
import { countImpact } from "../server/reports/impact-count";
import { holdBenchKeys } from "./world";
import { SUMMARY_ORGANISATION, SUMMARY_SERVICE } from "./world-summary";

/** What counting took. */
export interface SummaryRun {
  ms: number;
  /** Most of resident memory beyond what the process had before, in bytes. */
  grown: number;
  /** Processor time of this process; the rest is Postgres. */
  ownMs: number;
  /** Longest that the process did nothing else: so long a page waits that is asked for meanwhile. */
  longestPauseMs: number;
  helped: number;
  contacts: number;
}

const LOOK_EVERY_MS = 20;

holdBenchKeys();
const [, , url = "", periodText = ""] = process.argv;
const period = findPeriod(periodText);
if (!period) throw new Error(`${periodText} is no period`);
const app = connect(url, { max: 1, name: "common-need bench summary" });
await app`select 1`;
const before = process.memoryUsage.rss();
let most = before;
const look = () => {
  most = Math.max(most, process.memoryUsage.rss());
};
const looking = setInterval(look, LOOK_EVERY_MS);
const pauses = monitorEventLoopDelay({ resolution: 1 });
pauses.enable();
const from = performance.now();
const cpu = process.cpuUsage();
const numbers = await inOrganisation(app, SUMMARY_ORGANISATION, async (tx) => {
  const count = await countImpact(tx, {
    organisationId: SUMMARY_ORGANISATION,
    serviceId: SUMMARY_SERVICE,
    period,
    today: "2026-05-01",
    lines: null,
  });
  look();
  return exactNumbers(count);
});
const ms = performance.now() - from;
const { user, system } = process.cpuUsage(cpu);
look();
clearInterval(looking);
const run: SummaryRun = {
  ms,
  grown: most - before,
  ownMs: (user + system) / 1000,
  longestPauseMs: pauses.max / 1e6,
  helped: numbers.people[measures.helped] ?? 0,
  contacts: numbers.things.contacts,
};
process.send?.(run);
await app.end({ timeout: 5 });
