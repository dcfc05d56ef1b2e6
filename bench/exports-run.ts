/** Writes one export in a process of its own, so that what it takes of memory is its own, too. */

import { createHash } from "node:crypto";
import { connect } from "../db/client";
import { makeContext } from "../server/context";
import { csvStretches } from "../server/documents/csv-stream";
import { csvFile } from "../server/domain/csv";
import { RECORD_COLUMNS } from "../server/domain/records";
import { takeRecords } from "../server/records";
import { holdBenchKeys } from "./world";
import { SUMMARY_MANAGER } from "./world-summary";

/** What an export took. */
export interface ExportRun {
  ms: number;
  rows: number;
  bytes: number;
  sha256: string;
  /** Most of resident memory beyond what the process had before, in bytes. */
  grown: number;
}

const LOOK_EVERY_MS = 20;

holdBenchKeys();
const [, , url = "", sessionId = "", way = "streamed"] = process.argv;
const app = connect(url, { max: 1, name: "common-need bench exports" });
const ctx = makeContext({ app, reader: app }, { ...SUMMARY_MANAGER, sessionId });
await app`select 1`;
const before = process.memoryUsage.rss();
let most = before;
const look = () => {
  most = Math.max(most, process.memoryUsage.rss());
};
const looking = setInterval(look, LOOK_EVERY_MS);
const from = performance.now();
const hash = createHash("sha256");
let bytes = 0;
let rows = 0;
// One key for both ways: their files are compared.
const batches = await takeRecords(ctx, { period: null, serviceId: null }, Buffer.alloc(32));
if (way === "streamed") {
  const counted = (async function* () {
    for await (const batch of batches) {
      rows += batch.length;
      yield batch;
    }
  })();
  for await (const stretch of csvStretches(RECORD_COLUMNS, counted)) {
    bytes += stretch.length;
    hash.update(stretch);
    look();
  }
} else {
  const all = [];
  for await (const batch of batches) all.push(...batch);
  rows = all.length;
  const file = Buffer.from(csvFile(RECORD_COLUMNS, all));
  bytes = file.length;
  hash.update(file);
  look();
}
const ms = performance.now() - from;
clearInterval(looking);
const run: ExportRun = { ms, rows, bytes, sha256: hash.digest("hex"), grown: most - before };
process.send?.(run);
await app.end({ timeout: 5 });
