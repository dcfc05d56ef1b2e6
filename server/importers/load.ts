/**
 * Loads an official file whole or not at all. Every file goes the same way: its rows are checked and copied into
 * a staging table, then merged in one statement or a few, all in one transaction. A row that cannot be used is
 * listed with its line, column, reason and remedy, and then nothing is loaded, unless the operator chose to leave
 * bad rows out. Loading a file again changes nothing.
 */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Sql, Tx } from "../../db/client";
import { LOCKS } from "../../db/locks";
import { Invalid } from "../domain/errors";
import { type CsvRow, readCsv } from "./csv";
import { openSource, type Source, type SourceEntry } from "./source";

/** A row that cannot be used. */
export interface Fault {
  line: number;
  column: string;
  /** A few words, the same for every row with this fault: they are counted. */
  reason: string;
  /** How to mend it. */
  remedy: string;
}

export interface ImportReport {
  file: string;
  kind: string;
  /** The edition loaded; null for files that have none. */
  edition: string | null;
  read: number;
  loaded: number;
  unchanged: number;
  rejected: number;
  byReason: Record<string, number>;
  /** The first bad rows. */
  faults: Fault[];
  seconds: number;
  dryRun: boolean;
  /** True when bad rows kept everything out. */
  refused: boolean;
}

export interface ImportOptions {
  /** What edition the file is of, when its name does not say it: "NSPL November 2021". */
  edition?: string;
  /** Check and merge, then undo. */
  dryRun?: boolean;
  /** Load the good rows of a file that has bad ones. */
  leaveOutBadRows?: boolean;
  /** Told now and then how many rows have been read. */
  onProgress?: (rows: number) => void;
}

/** The values of one row for the staging table, in the order of its columns. */
export type Staged = readonly (string | number | boolean | null)[];

/** What an importer makes of a table once its header is known. */
export interface Table {
  /** How many columns the header has; a row with another number is a fault. */
  width: number;
  /** Turns a row into staged values, or says what is wrong with it. */
  stage(row: CsvRow): Staged | Fault;
}

export interface Merged {
  /** Rows that changed anything. */
  loaded: number;
  edition: string | null;
}

/** One run of an importer over one file. */
export interface Load {
  /** Columns of the staging table with their SQL types: "postcode text, live boolean". */
  staging: string;
  /** Which entries of a zip hold tables to load. */
  accepts(entries: readonly SourceEntry[]): readonly SourceEntry[];
  /** Reads the header, or the first row of a file without one. */
  begin(header: CsvRow, entry: SourceEntry, options: ImportOptions): { table: Table; headerIsRow?: boolean };
  /** Brings the staged rows into the reference tables. */
  merge(tx: Tx, source: Source, options: ImportOptions): Promise<Merged>;
}

const LISTED_FAULTS = 20;
const PROGRESS_ROWS = 100_000;
const COPY_CHARACTERS = 1 << 18;

/** Thrown inside an import's transaction to undo it: a trial, or a file with bad rows. */
export class Undo extends Error {}

/** The report of a file of which nothing has been read. */
export function newReport(source: Source, kind: string, dryRun = false): ImportReport {
  return {
    file: source.name,
    kind,
    edition: null,
    read: 0,
    loaded: 0,
    unchanged: 0,
    rejected: 0,
    byReason: {},
    faults: [],
    seconds: 0,
    dryRun,
    refused: false,
  };
}

/** Whether a staged row is a fault. */
export function isFault(staged: Staged | Fault): staged is Fault {
  return "reason" in staged;
}

/** Loads one file. Throws `Invalid` when the file as a whole cannot be read. */
export async function loadFile(
  owner: Sql,
  kind: string,
  load: Load,
  path: string,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const began = Date.now();
  const source = await openSource(path);
  const report = newReport(source, kind, options.dryRun);
  try {
    await owner.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${LOCKS.importing})`;
      await tx.unsafe("set local work_mem = '256MB'");
      await tx.unsafe(`create temporary table staging (line integer, ${load.staging}) on commit drop`);
      const copy = await tx`copy staging from stdin`.writable();
      await pipeline(Readable.from(stagedLines(source, load, report, options)), copy);
      report.refused = report.rejected > 0 && !options.leaveOutBadRows;
      if (report.refused) throw new Undo();
      const merged = await load.merge(tx, source, options);
      report.edition = merged.edition;
      report.loaded = merged.loaded;
      report.unchanged = report.read - report.rejected - merged.loaded;
      if (report.dryRun) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  } finally {
    source.close();
  }
  report.seconds = Math.round((Date.now() - began) / 100) / 10;
  return report;
}

/** The lines of COPY's text format for every good row; bad ones go into the report. */
async function* stagedLines(
  source: Source,
  load: Load,
  report: ImportReport,
  options: ImportOptions,
): AsyncGenerator<string> {
  const entries = load.accepts(source.entries);
  if (entries.length === 0) throw new Invalid(`${source.name} holds no file of this kind.`);
  let lines = "";
  for (const entry of entries) {
    let table: Table | null = null;
    for await (const rows of readCsv(await entry.open())) {
      for (const row of rows) {
        if (!table) {
          const begun = load.begin(row, entry, options);
          table = begun.table;
          if (!begun.headerIsRow) continue;
        }
        report.read += 1;
        if (report.read % PROGRESS_ROWS === 0) options.onProgress?.(report.read);
        const staged = row.cells.length === table.width ? table.stage(row) : wrongWidth(row, table.width);
        if (isFault(staged)) noteFault(report, staged);
        else lines += copyLine(row.line, staged);
        if (lines.length > COPY_CHARACTERS) {
          yield lines;
          lines = "";
        }
      }
    }
    if (!table) throw new Invalid(`${entry.name} is empty.`);
  }
  if (lines) yield lines;
}

function wrongWidth(row: CsvRow, width: number): Fault {
  return {
    line: row.line,
    column: "",
    reason: "wrong number of columns",
    remedy: `The row has ${row.cells.length} columns and the header ${width}: look for a comma that is not quoted.`,
  };
}

/** Counts a bad row by its reason, and lists the first of them. */
export const noteFault = (report: ImportReport, fault: Fault): void => noteRow(report, [fault]);

/** Counts a row once if anything is wrong with it, and each of its faults by its reason. */
export function noteRow(report: ImportReport, faults: readonly Fault[]): void {
  if (faults.length > 0) report.rejected += 1;
  for (const fault of faults) {
    report.byReason[fault.reason] = (report.byReason[fault.reason] ?? 0) + 1;
    if (report.faults.length < LISTED_FAULTS) report.faults.push(fault);
  }
}

function copyLine(line: number, staged: Staged): string {
  let text = String(line);
  for (const value of staged) text += `\t${copyValue(value)}`;
  return `${text}\n`;
}

const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPED = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function copyValue(value: string | number | boolean | null): string {
  if (value === null) return "\\N";
  if (typeof value === "string") {
    return NEEDS_ESCAPE.test(value) ? value.replace(ESCAPED, (character) => ESCAPES[character] ?? "") : value;
  }
  if (typeof value === "boolean") return value ? "t" : "f";
  return String(value);
}

/** Every table of a source: the file itself, or the CSV entries of a zip. */
export function csvEntries(entries: readonly SourceEntry[]): readonly SourceEntry[] {
  return entries.length === 1 ? entries : entries.filter((entry) => /\.(?:csv|txt)$/i.test(entry.name));
}
