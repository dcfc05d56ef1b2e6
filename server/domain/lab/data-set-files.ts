/**
 * The three files of a data set as one, for the way from a browser to the worker: a line that says how long each is,
 * and then the files themselves.
 */

import { z } from "zod";
import { readCsvFile } from "../csv-reading";
import { Invalid } from "../errors";

/** The files, in their order. */
export const DATA_SET_FILES = ["codebook.json", "people.csv", "events.csv"] as const;
export type DataSetFile = (typeof DATA_SET_FILES)[number];

/** More than the header of a table is long. */
const HEADER_BYTES = 64 << 10;

/**
 * Which of the three a chosen file is: a codebook is JSON, events have a column `kind`, and people are what is left.
 * What cannot be told by what is in it goes by its name.
 */
export function dataSetFileOf(name: string, bytes: Uint8Array): DataSetFile {
  const start = bytes.subarray(0, HEADER_BYTES);
  if (/\.json$/i.test(name) || /^\uFEFF?\s*\{/.test(new TextDecoder().decode(start))) return "codebook.json";
  const end = start.indexOf(NEWLINE);
  const read = readCsvFile(end < 0 ? start : start.subarray(0, end), HEADER_LIMITS);
  const header = "rows" in read ? (read.rows[0]?.cells ?? []) : [];
  const names = header.map((cell) => cell.trim().toLowerCase());
  const isEvents = names.includes("record_id") ? names.includes("kind") : /event/i.test(name);
  return isEvents ? "events.csv" : "people.csv";
}

const HEADER_LIMITS = { rows: 2, columns: 200, cell: 2_000 };

const lengths = z.tuple([z.number().int().min(0), z.number().int().min(0), z.number().int().min(0)]);

/** More than the first line can be long. */
const LINE_BYTES = 100;
const NEWLINE = 0x0a;

/** Joins the files. */
export function joinFiles(files: Readonly<Record<DataSetFile, Uint8Array>>): Uint8Array<ArrayBuffer> {
  const parts = DATA_SET_FILES.map((name) => files[name]);
  const line = new TextEncoder().encode(`${JSON.stringify(parts.map(({ length }) => length))}\n`);
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, line.length));
  let at = 0;
  for (const part of [line, ...parts]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Parts them again, as views of the same bytes. Throws Invalid when they are not what `joinFiles` made. */
export function partFiles(whole: Uint8Array): Record<DataSetFile, Uint8Array> {
  const end = whole.subarray(0, LINE_BYTES).indexOf(NEWLINE);
  const read = lengths.safeParse(end < 0 ? null : parsed(new TextDecoder().decode(whole.subarray(0, end))));
  const [codebook = 0, people = 0, events = 0] = read.data ?? [];
  const from = end + 1;
  if (!read.success || from + codebook + people + events !== whole.length) {
    throw new Invalid("What arrived is not a codebook, people and events. Choose the three files again.");
  }
  return {
    "codebook.json": whole.subarray(from, from + codebook),
    "people.csv": whole.subarray(from + codebook, from + codebook + people),
    "events.csv": whole.subarray(from + codebook + people),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
