/**
 * Linking of whole extracts: made records, a fifth of them further records of somebody, through the file reader, on
 * all processors; how right it is in the same run; and a straightforward Fellegi-Sunter in SQL on the same file.
 */

import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { csvLine } from "../server/domain/csv";
import { readCsv } from "../server/importers/csv";
import { runApart } from "./apart";
import { type Bench, type Run, round } from "./bench";
import { linkInSql } from "./linking-peer";
import type { LinkingRun } from "./linking-run";
import { accuracyOf, type FoundPair } from "./linking-score";
import { MADE_COLUMNS, type MadePeople, makePeople } from "./made-people";
import { openWorlds } from "./world";

const DUPLICATES = 0.2;
/** The largest file of the target, and the largest that the peer is given: in SQL more takes too long to wait for. */
const MOST = 1_000_000;
const MOST_FOR_PEER = 100_000;
/** Splink's own claim for a laptop: a million records in a minute. */
const TARGET_PER_SECOND = 1_000_000 / 60;

export const linking: Bench = {
  name: "linking",
  about: "made records, a fifth of them duplicates, against a Fellegi-Sunter in SQL; a million in a minute",
  limit: "normalising text, and comparing pairs of names letter by letter, on the processors there are",
  async run(run) {
    await mkdir(run.dataDir, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(run.dataDir, "linking-"));
    try {
      for (const rows of run.rows.filter((count) => count <= MOST)) await measure(run, folder, rows);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(run: Run, folder: string, rows: number): Promise<void> {
  const [file, out] = [join(folder, `${rows}.csv`), join(folder, `${rows}.pairs.csv`)];
  run.say(`Making ${rows.toLocaleString("en-GB")} records`);
  const made = makePeople({ seed: `bench ${rows}`, records: rows, duplicates: DUPLICATES });
  await writeMade(made, file);
  const took = await runApart<LinkingRun>("linking-run.ts", [file, out]);
  for (const stage of took.stages) run.say(`  ${stage}`);
  const { wrong, ...accuracy } = accuracyOf(made, await readPairs(out));
  const seconds = took.ms / 1000;
  const line = {
    bench: "linking",
    case: "a made extract",
    rows,
    product_ms: round(took.ms),
    seconds: round(seconds),
    rows_per_second: Math.round(rows / seconds),
    pairs_compared: took.pairsCompared,
    of_all_pairs: Number((took.pairsCompared / ((rows * (rows - 1)) / 2)).toPrecision(2)),
    cpu_seconds: round(took.cpuSeconds),
    peak_megabytes: Math.round(took.peakMegabytes),
    true_pairs: made.truePairs,
    ...accuracy,
    wrong_links: JSON.stringify(wrong),
  };
  if (rows > MOST_FOR_PEER) {
    const ratio = round(rows / seconds / TARGET_PER_SECOND, 2);
    run.measured({ ...line, ratio, target: 1, ok: ratio >= 1 });
    return;
  }
  const peer = await measurePeer(run, made, file);
  run.measured({ ...line, ...peer, ratio: round(peer.peer_ms / took.ms, 2) });
}

/** Writes a made file with its header; a million rows are some 110 MB. */
async function writeMade(made: MadePeople, file: string): Promise<void> {
  function* lines() {
    yield csvLine(MADE_COLUMNS);
    for (const record of made.records()) yield csvLine(MADE_COLUMNS.map((column) => record[column]));
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

/** The number of a made record is its row, from 1. */
const rowOf = (recordId: string) => Number(recordId.slice(1)) - 1;

async function readPairs(out: string): Promise<FoundPair[]> {
  const found: FoundPair[] = [];
  for await (const rows of readCsv(createReadStream(out, { highWaterMark: 1 << 20 }))) {
    for (const { cells } of rows) {
      const [a = "", b = "", , band] = cells;
      if (band === "link" || band === "review") found.push({ a: rowOf(a), b: rowOf(b), band });
    }
  }
  return found;
}

async function measurePeer({ dataDir, say }: Run, made: MadePeople, file: string) {
  const worlds = await openWorlds(dataDir, say);
  const world = await worlds.empty();
  try {
    const from = performance.now();
    const { pairs, compared } = await linkInSql(world.administrator, file);
    const peer_ms = performance.now() - from;
    const found = pairs.map(
      ({ a, b, probability }): FoundPair => ({ a, b, band: probability >= 0.99 ? "link" : "review" }),
    );
    const { precision, recall, f1, f1_with_review } = accuracyOf(made, found);
    return {
      peer: "Fellegi-Sunter in SQL",
      peer_ms: round(peer_ms),
      peer_pairs_compared: compared,
      peer_precision: precision,
      peer_recall: recall,
      peer_f1: f1,
      peer_f1_with_review: f1_with_review,
    };
  } finally {
    await world.leave();
    await worlds.stop();
  }
}
