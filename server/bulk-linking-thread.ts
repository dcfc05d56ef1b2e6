/**
 * A thread of `bulk-linking.ts`: reads blocks of an extract, and compares and scores the pairs that it is told to.
 * It holds nothing between two tasks but the records that all threads share.
 */

import { parentPort } from "node:worker_threads";
import { RecordStore, recordText, type SharedRecords } from "./bulk-records";
import { Invalid } from "./domain/errors";
import { blockingKeys } from "./domain/linking/blocking";
import { compareRecords } from "./domain/linking/comparison";
import { type ExtractLayout, readExtractRow } from "./domain/linking/extract";
import { type Band, type LinkModel, scorePair } from "./domain/linking/model";
import { packKey } from "./domain/linking/packed-keys";
import { codeOf } from "./domain/linking/pattern-codes";
import { reasonOf } from "./domain/linking/reasons";
import { vetoesOf } from "./domain/linking/vetoes";
import { rowsOfBlock } from "./importers/csv";

export type Task =
  | { kind: "read"; block: Uint8Array; latin: boolean; first: boolean; layout: ExtractLayout; year: number }
  | { kind: "share"; records: SharedRecords }
  | { kind: "compare"; pairs: SharedArrayBuffer; codes: SharedArrayBuffer; from: number; to: number }
  | { kind: "model"; model: LinkModel }
  | { kind: "score"; pairs: Float64Array };

/** What was read of a block: rows in order. */
export interface ReadBlock {
  ids: string[];
  organisations: string[];
  /** Line of each row, counted from the block's first line as 0. */
  lines: Uint32Array;
  /** Lines of the block. */
  lineCount: number;
  text: Uint8Array;
  /** Bytes of each record's text. */
  sizes: Uint32Array;
  /** Number of keys of each row. */
  keyCounts: Uint16Array;
  /** Two numbers a key. */
  keys: Uint32Array;
}

/** The pairs that are not left: places in the task's pairs, and what is to be said of each. */
export interface ScoredBlock {
  at: Uint32Array;
  weights: Float64Array;
  probabilities: Float64Array;
  bands: Exclude<Band, "leave">[];
  reasons: string[];
}

let store: RecordStore | undefined;
let model: LinkModel | undefined;

function run(task: Task): { answer: unknown; transfer: ArrayBuffer[] } {
  switch (task.kind) {
    case "read":
      return read(task);
    case "share":
      store = new RecordStore(task.records);
      return { answer: null, transfer: [] };
    case "compare":
      compare(task);
      return { answer: null, transfer: [] };
    case "model":
      ({ model } = task);
      return { answer: null, transfer: [] };
    case "score":
      return score(task);
  }
}

function read({ block, latin, first, layout, year }: Task & { kind: "read" }) {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  const { rows, nextLine } = rowsOfBlock({ bytes, latin, first }, 0);
  const body = first ? rows.slice(1) : rows;
  const read: ReadBlock = {
    ids: [],
    organisations: [],
    lines: Uint32Array.from(body, ({ line }) => line),
    lineCount: nextLine,
    text: new Uint8Array(0),
    sizes: new Uint32Array(body.length),
    keyCounts: new Uint16Array(body.length),
    keys: new Uint32Array(0),
  };
  let keys = new Uint32Array(64 * body.length);
  let keyed = 0;
  const texts: string[] = [];
  for (const [row, { cells }] of body.entries()) {
    const { id, organisation, record } = readExtractRow(cells, layout, year);
    read.ids.push(id);
    read.organisations.push(organisation);
    const text = recordText(record);
    texts.push(text);
    read.sizes[row] = Buffer.byteLength(text);
    const own = blockingKeys(record);
    read.keyCounts[row] = own.length;
    if (2 * (keyed + own.length) > keys.length) {
      const grown = new Uint32Array(2 * keys.length + 2 * own.length);
      grown.set(keys);
      keys = grown;
    }
    for (const key of own) {
      packKey(key, keys, 2 * keyed);
      keyed += 1;
    }
  }
  read.text = new TextEncoder().encode(texts.join(""));
  read.keys = keys.slice(0, 2 * keyed);
  const sent = [read.lines, read.text, read.sizes, read.keyCounts, read.keys];
  return { answer: read, transfer: sent.map(({ buffer }) => buffer as ArrayBuffer) };
}

function compare({ pairs, codes, from, to }: Task & { kind: "compare" }): void {
  const records = opened();
  const [given, found] = [new Float64Array(pairs), new Float64Array(codes)];
  forEachPair(records, given.subarray(from, to), (at, a, b) => {
    const comparison = compareRecords(a, b);
    found[from + at] = codeOf(comparison, vetoesOf(a, b, comparison));
  });
}

function score({ pairs }: Task & { kind: "score" }) {
  const records = opened();
  const using = model;
  if (!using) throw new Error("No model was handed over");
  const at: number[] = [];
  const weights: number[] = [];
  const probabilities: number[] = [];
  const answer = { bands: [] as Exclude<Band, "leave">[], reasons: [] as string[] };
  forEachPair(records, pairs, (place, a, b) => {
    const found = scorePair(using, a, b);
    if (found.band === "leave") return;
    at.push(place);
    weights.push(found.weight);
    probabilities.push(found.probability);
    answer.bands.push(found.band);
    answer.reasons.push(reasonOf(found));
  });
  const scored: ScoredBlock = {
    ...answer,
    at: Uint32Array.from(at),
    weights: Float64Array.from(weights),
    probabilities: Float64Array.from(probabilities),
  };
  return { answer: scored, transfer: [] };
}

/** Pairs in order share their first record, which is made once. */
function forEachPair(
  records: RecordStore,
  pairs: Float64Array,
  each: (at: number, a: ReturnType<RecordStore["at"]>, b: ReturnType<RecordStore["at"]>) => void,
): void {
  let place = -1;
  let record = records.at(0);
  for (let at = 0; at < pairs.length; at += 1) {
    const pair = pairs[at] ?? 0;
    const a = Math.floor(pair / records.length);
    if (a !== place) {
      place = a;
      record = records.at(a);
    }
    each(at, record, records.at(pair % records.length));
  }
}

function opened(): RecordStore {
  if (!store) throw new Error("No records were shared");
  return store;
}

parentPort?.on("message", ({ task }: { task: Task }) => {
  try {
    const { answer, transfer } = run(task);
    parentPort?.postMessage({ answer }, transfer);
  } catch (error) {
    // A class does not survive the way to another thread.
    const message = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ error: { message, invalid: error instanceof Invalid } });
  }
});
