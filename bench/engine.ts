/** The engine of the ingest benchmark, in a process of its own: counts every ten seconds until it is told to stop. */

import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "../db/client";
import { key } from "../server/keys";
import { statisticsTick } from "../server/statistics";
import type { EngineReport } from "./ingest";
import { holdBenchKeys } from "./world";

const EVERY_MS = 10_000;

holdBenchKeys();
const stats = connect(process.argv[2] ?? "", { max: 4, name: "common-need bench engine" });
const report: EngineReport = { busyMs: 0, people: 0 };
let stopping = false;
const stopped = new Promise<void>((stop) => {
  process.once("message", () => {
    stopping = true;
    stop();
  });
});

async function tick(): Promise<void> {
  const from = performance.now();
  const { drained } = await statisticsTick(stats, key("disclosure"));
  report.busyMs += performance.now() - from;
  report.people += drained?.people ?? 0;
}

// People whom an earlier measurement left waiting are counted first, and do not count here.
await tick();
Object.assign(report, { busyMs: 0, people: 0 });
process.send?.("ready");
while (!stopping) {
  const from = performance.now();
  await tick();
  await Promise.race([stopped, sleep(Math.max(0, EVERY_MS - (performance.now() - from)))]);
}
await tick();
await stats.end({ timeout: 5 });
process.send?.(report);
process.disconnect();
