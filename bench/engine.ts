/**
 * The engine of the ingest benchmark, in a process of its own: counts and looks at open figures every ten seconds until
 * it is told to stop. The periods of a made world that are due are settled in a measurement of their own.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "../db/client";
import { key } from "../server/keys";
import { drain } from "../server/statistics";
import { keyedHash } from "../server/statistics/keyed-hash";
import { passSlots } from "../server/statistics/open";
import type { EngineReport } from "./ingest";
import { holdBenchKeys } from "./world";

const EVERY_MS = 10_000;

holdBenchKeys();
const stats = connect(process.argv[2] ?? "", { max: 4, name: "common-need bench engine" });
const hmac = keyedHash(key("disclosure"));
const report: EngineReport = { busyMs: 0, people: 0, longestLookMs: 0, refreshed: 0 };
let stopping = false;
const stopped = new Promise<void>((stop) => {
  process.once("message", () => {
    stopping = true;
    stop();
  });
});

async function tick(): Promise<void> {
  const from = performance.now();
  const drained = await drain(stats, hmac);
  const counted = performance.now();
  const passed = drained.isDone ? await passSlots(stats, hmac) : null;
  report.longestLookMs = Math.max(report.longestLookMs, performance.now() - counted);
  report.refreshed += passed?.reduce((sum, slot) => sum + slot.refreshed, 0) ?? 0;
  report.busyMs += performance.now() - from;
  report.people += drained.people;
}

// People whom an earlier measurement left waiting are counted first, and do not count here.
await tick();
Object.assign(report, { busyMs: 0, people: 0, longestLookMs: 0, refreshed: 0 });
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
