/**
 * Streamed exports: an organisation's records of ten thousand and of a million rows, each in a process of its own with
 * a small heap. What it takes of memory stays the same. Beside it the same rows read whole and then written.
 */

import type { TestDatabase } from "../server/testing";
import { steppedUp } from "../server/testing-people";
import { runApart } from "./apart";
import { type Bench, type Run, round } from "./bench";
import type { ExportRun } from "./exports-run";
import { inEmptyWorld } from "./world";
import { buildSummaryWorld, SUMMARY_MANAGER } from "./world-summary";

/** What a hundred times the rows may take more, in megabytes: the heap of a process that works for longer settles higher. */
const MORE_MB = 30;
/** All that the streaming process may have of heap. */
const SMALL_HEAP = ["--max-old-space-size=64", "--max-semi-space-size=4"];

export const exporting: Bench = {
  name: "exports",
  about: "an organisation's records as a file that is written while it is read, against the same read whole",
  limit: "batches of contacts by id, each read and recorded in a transaction of its own",
  rows: [10_000, 1_000_000],
  run: async (run) => {
    const streamed: { rows: number; megabytes: number }[] = [];
    for (const rows of run.rows) {
      await inEmptyWorld(run, async (db) => {
        await buildSummaryWorld(db.administrator, rows, run.say);
        const product = await exportOnce(db, "streamed", SMALL_HEAP);
        const peer = await exportOnce(db, "whole");
        if (product.sha256 !== peer.sha256) throw new Error("The two files differ");
        const megabytes = product.grown / 2 ** 20;
        streamed.push({ rows, megabytes });
        run.measured({
          bench: "exports",
          case: "records of one organisation",
          rows: product.rows,
          product_ms: round(product.ms),
          peer: "read whole, then written",
          peer_ms: round(peer.ms),
          memory_mb: round(megabytes),
          peer_memory_mb: round(peer.grown / 2 ** 20),
          file_mb: round(product.bytes / 2 ** 20),
        });
      });
    }
    sayGrowth(run, streamed);
  },
};

function sayGrowth(run: Run, streamed: readonly { rows: number; megabytes: number }[]) {
  const [small, large] = [streamed[0], streamed.at(-1)];
  if (!small || !large || small === large) return;
  const more = large.megabytes - small.megabytes;
  run.measured({
    bench: "exports",
    case: `memory beyond that of ${small.rows.toLocaleString("en-GB")} rows`,
    rows: large.rows,
    more_mb: round(more),
    target: MORE_MB,
    ok: more <= MORE_MB,
  });
}

/** One export by the manager, who has just shown again that it is they. */
async function exportOnce(
  db: TestDatabase,
  way: "streamed" | "whole",
  execArgv: readonly string[] = [],
): Promise<ExportRun> {
  const { sessionId } = await steppedUp(db, SUMMARY_MANAGER);
  return runApart("exports-run.ts", [db.urls.app, sessionId, way], execArgv);
}
