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

/** What a thread can be told to do: what it is given, and what it answers. */
interface Tasks {
  read: {
    given: { block: Uint8Array; latin: boolean; first: boolean; layout: ExtractLayout; year: number };
    answer: ReadBlock;
  };
  /** Shows it the records of all threads. */
  share: { given: SharedRecords; answer: null };
  /** Fills in the codes of some of the pairs, in memory that all threads share. */
  compare: {
    given: { pairs: SharedArrayBuffer; codes: SharedArrayBuffer; from: number; to: number };
    answer: null;
  };
  model: { given: LinkModel; answer: null };
  score: { given: Float64Array; answer: ScoredBlock };
}
export type TaskKind = keyof Tasks;
export type GivenFor<K extends TaskKind> = Tasks[K]["given"];
export type AnswerTo<K extends TaskKind> = Tasks[K]["answer"];

export interface Message<K extends TaskKind = TaskKind> {
  kind: K;
  given: GivenFor<K>;
}

export interface Reply {
  answer?: AnswerTo<TaskKind>;
  error?: { message: string; invalid: boolean };
}

/** What was read of a block: rows in order. */
export interface ReadBlock {
  ids: string[];
  organisations: string[];
  /** Line of each row, counted from the block's first line as 0. */
  lines: Uint32Array<ArrayBuffer>;
  /** Lines of the block. */
  lineCount: number;
  text: Uint8Array<ArrayBuffer>;
  /** Bytes of each record's text. */
  sizes: Uint32Array<ArrayBuffer>;
  /** Number of keys of each row. */
  keyCounts: Uint16Array<ArrayBuffer>;
  /** Two numbers a key. */
  keys: Uint32Array<ArrayBuffer>;
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

/** How each task is done. What is transferred with an answer is no longer this thread's. */
const HOW: {
  readonly [K in TaskKind]: (given: GivenFor<K>) => { answer: AnswerTo<K>; transfer?: ArrayBuffer[] };
} = {
  read,
  share(records) {
    store = new RecordStore(records);
    return { answer: null };
  },
  compare(given) {
    compare(given);
    return { answer: null };
  },
  model(given) {
    model = given;
    return { answer: null };
  },
  score: (pairs) => ({ answer: score(pairs) }),
};

const run = <K extends TaskKind>({ kind, given }: Message<K>) => HOW[kind](given);

function read({ block, latin, first, layout, year }: GivenFor<"read">) {
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
  return { answer: read, transfer: sent.map(({ buffer }) => buffer) };
}

function compare({ pairs, codes, from, to }: GivenFor<"compare">): void {
  const records = opened();
  const [given, found] = [new Float64Array(pairs), new Float64Array(codes)];
  forEachPair(records, given.subarray(from, to), (at, a, b) => {
    const comparison = compareRecords(a, b);
    found[from + at] = codeOf(comparison, vetoesOf(a, b, comparison));
  });
}

function score(pairs: Float64Array): ScoredBlock {
  const records = opened();
  const using = model;
  if (!using) throw new Error("No model was handed over");
  const at: number[] = [];
  const weights: number[] = [];
  const probabilities: number[] = [];
  const bands: ScoredBlock["bands"] = [];
  const reasons: string[] = [];
  forEachPair(records, pairs, (place, a, b) => {
    const found = scorePair(using, a, b);
    if (found.band === "leave") return;
    at.push(place);
    weights.push(found.weight);
    probabilities.push(found.probability);
    bands.push(found.band);
    reasons.push(reasonOf(found));
  });
  return {
    bands,
    reasons,
    at: Uint32Array.from(at),
    weights: Float64Array.from(weights),
    probabilities: Float64Array.from(probabilities),
  };
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

const reply = (said: Reply, transfer: readonly ArrayBuffer[] = []) => parentPort?.postMessage(said, transfer);

parentPort?.on("message", (message: Message) => {
  try {
    const { answer, transfer } = run(message);
    reply({ answer }, transfer);
  } catch (error) {
    // A class does not survive the way to another thread.
    const message = error instanceof Error ? error.message : String(error);
    reply({ error: { message, invalid: error instanceof Invalid } });
  }
});
