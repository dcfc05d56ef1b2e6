/**
 * Small files that people keep in a spreadsheet and bring in on a page: rows by the names of their columns, and what is
 * wrong with them line by line. A file is taken whole or not at all.
 */

import { fromWindowsLatin } from "../windows-latin";

/** Most characters of such a file. */
export const MOST_FILE_CHARACTERS = 200_000;
/** Most faults that are told at once: by then the file is another one. */
export const MOST_FAULTS = 50;

/**
 * The text of a file as spreadsheets save it: UTF-8, UTF-16 with its mark, or else Windows Latin, as official files are
 * read (importers/csv.ts). Anything but UTF-8 read as UTF-8 would put a question mark in the place of a pound sign.
 */
export function textOfFile(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fromWindowsLatin(bytes);
  }
}

/** A row under its header: cells by column, trimmed; columns that are not known are left out. */
export interface TableRow {
  /** Of the file; the header is line 1. */
  line: number;
  cells: Readonly<Record<string, string>>;
}

export interface RowFault {
  line: number;
  column: string;
  wrong: string;
  mend: string;
}

/** How a file went: with a fault nothing of it was taken. */
export interface FileOutcome {
  rows: number;
  added: number;
  /** There already, with the same values. */
  unchanged: number;
  faults: readonly RowFault[];
}

/** A column as people name it: "Counted by" and "counted_by" are one. */
export const columnName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "_");
