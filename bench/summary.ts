/**
 * The count of a summary of one large service, in a process of its own: how long it takes, how much memory it needs, and
 * how both grow with the service. There is no peer: nothing else gives these sets.
 */

import { runApart } from "./apart";
import { type Bench, median, type Run, round } from "./bench";
import type { SummaryRun } from "./summary-run";
import { inEmptyWorld } from "./world";
import { buildSummaryWorld } from "./world-summary";

const TARGET_ROWS = 1_000_000;
const TARGET_MS = 5_000;
const TARGET_MB = 200;
const RUNS = 3;

const PERIODS = [
  ["q:2025-Q4", "a quarter"],
  ["y:2025", "a year"],
] as const;

export const summary: Bench = {
  name: "summary",
  about: "the count of a summary of one service, its time and its memory",
  limit: "sorting what was said by person and issue in Postgres, and reading a row for each issue",
  rows: [100_000, TARGET_ROWS],
  run: async (run) => {
    for (const rows of run.rows) {
      await inEmptyWorld(run, async ({ urls, administrator }) => {
        await buildSummaryWorld(administrator, rows, run.say);
        for (const [period, words] of PERIODS) await measure(run, { rows, url: urls.app, period, words });
      });
    }
  },
};

async function measure(
  run: Run,
  { rows, url, period, words }: { rows: number; url: string; period: string; words: string },
): Promise<void> {
  const runs: SummaryRun[] = [];
  for (let each = 0; each < RUNS; each += 1)
    runs.push(await runApart<SummaryRun>("summary-run.ts", [url, period]));
  const ms = median(runs.map((each) => each.ms));
  const megabytes = Math.max(...runs.map(({ grown }) => grown)) / 2 ** 20;
  const isTarget = rows >= TARGET_ROWS;
  run.measured({
    bench: "summary",
    case: `a service over ${words}`,
    rows,
    product_ms: round(ms),
    memory_mb: round(megabytes),
    own_processor_ms: round(median(runs.map(({ ownMs }) => ownMs))),
    longest_pause_ms: round(median(runs.map(({ longestPauseMs }) => longestPauseMs))),
    ...(isTarget && {
      target: TARGET_MS,
      target_mb: TARGET_MB,
      ok: ms <= TARGET_MS && megabytes <= TARGET_MB,
    }),
    people: runs[0]?.helped ?? 0,
    contacts: runs[0]?.contacts ?? 0,
  });
}
