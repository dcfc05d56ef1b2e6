/**
 * Reads CSV as offices publish it: UTF-8 with or without a byte-order mark, or Windows Latin; LF or CRLF; fields
 * quoted or not, with line breaks inside. Gives rows in blocks with the line each begins on. Streams: a file of
 * any size takes a few megabytes.
 */

import { isUtf8 } from "node:buffer";
import Papa from "papaparse";
import { separatorOf } from "../domain/csv-reading";
import { Invalid } from "../domain/errors";
import { fromWindowsLatin } from "../domain/windows-latin";

export interface CsvRow {
  /** Line of the file the row begins on; the first line is 1. */
  line: number;
  cells: readonly string[];
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;
/** More than this without the end of a quoted field means that a quotation mark is missing. */
const LONGEST_ROW_BYTES = 16 << 20;

/** A piece of a file that ends where a row ends. */
export interface CsvBlock {
  bytes: Buffer;
  /** Written in Windows Latin, not UTF-8. */
  latin: boolean;
  /** The first of the file: it may begin with a byte-order mark. */
  first: boolean;
}

/**
 * Blocks of rows, the header among them. Empty lines are left out. `anySeparator`: as people save their own files, also
 * in UTF-16 and with whatever the first line is separated by, as `csv-reading.ts` reads them in a browser. Throws
 * `Invalid` when it is not CSV.
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  { anySeparator = false } = {},
): AsyncGenerator<CsvRow[]> {
  let line = 1;
  let separator = anySeparator ? undefined : ",";
  for await (const block of csvBlocks(anySeparator ? inUtf8(bytes) : bytes)) {
    separator ??= separatorOf(textOf(block));
    const { rows, nextLine } = rowsOfBlock(block, line, separator);
    line = nextLine;
    yield rows;
  }
}

/** What else people separate columns by. */
const SEPARATORS = { ";": "semicolons", "\t": "tabs", "|": "bars" } as const;

/** The names of columns, as given. Throws `Invalid` where they stand in one cell because something else separates them. */
export function separatedByCommas(header: readonly string[]): readonly string[] {
  const [only = ""] = header;
  const found = header.length === 1 && Object.entries(SEPARATORS).find(([sign]) => only.includes(sign));
  if (!found) return header;
  throw new Invalid(
    `The columns of this file are separated by ${found[1]}. Save it as CSV with commas between them, and try again.`,
  );
}

/** The pieces of a file, cut between rows, so that each can be read by itself. Throws `Invalid` when it is not CSV. */
export async function* csvBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvBlock> {
  let rest: Buffer = Buffer.alloc(0);
  let latin = false;
  let first = true;
  let lines = 1;
  const block = (piece: Buffer): CsvBlock => {
    // Names in older lists are Windows Latin. Up to the first such name both encodings read the same.
    latin ||= !isUtf8(piece);
    const made = { bytes: piece, latin, first };
    first = false;
    return made;
  };
  for await (const chunk of bytes) {
    if (first && rest.length === 0 && isUtf16(chunk)) {
      throw new Invalid("This file is saved as UTF-16. Save it as CSV UTF-8 and try again.");
    }
    const all: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
    const end = endOfLastRow(all);
    if (end > 0) {
      const piece = all.subarray(0, end);
      lines += newlinesIn(piece);
      yield block(piece);
    }
    rest = all.subarray(end);
    if (rest.length > LONGEST_ROW_BYTES) {
      throw new Invalid(`A quotation mark that opens on line ${lines} or after is never closed.`);
    }
  }
  if (rest.length > 0) yield block(rest);
}

function newlinesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

/** The rows of a block that begins on a line, and the line after it. Throws `Invalid` when it is not CSV. */
export function rowsOfBlock(
  block: CsvBlock,
  firstLine: number,
  separator = ",",
): { rows: CsvRow[]; nextLine: number } {
  return parseBlock(textOf(block), firstLine, separator);
}

function textOf({ bytes, latin, first }: CsvBlock): string {
  const text = latin ? fromWindowsLatin(bytes) : bytes.toString("utf8");
  return first ? text.replace(/^\u{feff}/u, "") : text;
}

/** The same text in UTF-8, where it was saved in UTF-16. */
async function* inUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | null | undefined;
  for await (const chunk of bytes) {
    if (decoder === undefined) {
      decoder = isUtf16(chunk) ? new TextDecoder(chunk[0] === 0xff ? "utf-16le" : "utf-16be") : null;
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
}

function isUtf16(chunk: Uint8Array): boolean {
  return (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
}

/** Where the last whole row ends: after the last line break that is not inside quotes. */
function endOfLastRow(bytes: Buffer): number {
  let quote = bytes.indexOf(QUOTE);
  if (quote < 0) return bytes.lastIndexOf(NEWLINE) + 1;
  let end = 0;
  let from = 0;
  while (quote >= 0) {
    const newline = bytes.lastIndexOf(NEWLINE, quote);
    if (newline >= from) end = newline + 1;
    const closing = bytes.indexOf(QUOTE, quote + 1);
    if (closing < 0) return end;
    from = closing + 1;
    quote = bytes.indexOf(QUOTE, from);
  }
  const newline = bytes.lastIndexOf(NEWLINE);
  return newline >= from ? newline + 1 : end;
}

function parseBlock(
  text: string,
  firstLine: number,
  delimiter: string,
): { rows: CsvRow[]; nextLine: number } {
  const parsed = Papa.parse<string[]>(text, {
    delimiter,
    newline: text.includes("\r\n") ? "\r\n" : "\n",
  });
  const fault = parsed.errors.find((error) => error.type === "Quotes");
  if (fault) {
    const line = firstLine + (fault.row ?? 0);
    throw new Invalid(`Line ${line} is not CSV: a quotation mark is missing or not doubled.`);
  }
  const quoted = text.includes('"');
  const rows: CsvRow[] = [];
  let line = firstLine;
  for (const cells of parsed.data) {
    if (cells.length > 1 || cells[0]?.trim()) rows.push({ line, cells });
    line += 1;
    if (quoted) for (const cell of cells) line += breaksIn(cell);
  }
  // A block that ends with a line break gives one empty row more than it has lines.
  return { rows, nextLine: text.endsWith("\n") ? line - 1 : line };
}

function breaksIn(cell: string): number {
  let breaks = 0;
  for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) breaks += 1;
  return breaks;
}
