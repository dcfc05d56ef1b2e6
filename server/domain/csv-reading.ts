/**
 * Reads a CSV file that somebody has chosen in their browser, whole: the same rows there as where it is used later.
 * UTF-8 or UTF-16 with a byte-order mark, or Windows Latin; LF, CRLF or CR; commas, semicolons, tabs or bars, whichever
 * the first line is separated by; quoted fields with breaks inside. What is no CSV is refused in words that say what it
 * seems to be. Files of any size are streamed by `importers/csv.ts` instead, which finds the separator by the same rule.
 */

import { inDigits } from "./number-text";

export interface TextRow {
  /** Line of the file the row begins on; the first line is 1. */
  line: number;
  cells: readonly string[];
}

export type CsvReading = { rows: readonly TextRow[] } | { problem: string };

export interface CsvLimits {
  /** Rows with the header. */
  rows: number;
  columns: number;
  /** Characters of a cell. */
  cell: number;
}

/** What other files begin with. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], problem: string])[] = [
  [
    [0x50, 0x4b],
    "This is a spreadsheet or a zip file, not CSV. Open it, save the sheet as CSV and choose that file.",
  ],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    "This is an old spreadsheet, not CSV. Open it, save the sheet as CSV and choose that file.",
  ],
  [[0x25, 0x50, 0x44, 0x46], "This is a PDF, not CSV. Choose the file that it was made from, saved as CSV."],
  [[0x1f, 0x8b], "This is a compressed file, not CSV. Unpack it and choose the CSV file inside."],
];

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** The rows of a file, empty lines left out, or why there are none. */
export function readCsvFile(bytes: Uint8Array, limits: CsvLimits): CsvReading {
  const known = SIGNATURES.find(([signature]) => signature.every((byte, at) => bytes[at] === byte));
  if (known) return { problem: known[1] };
  const text = textOf(bytes);
  if (text === null || text.includes("\u0000")) {
    return { problem: "This is not a CSV file: it holds signs that no text has. Choose another file." };
  }
  return rowsOf(text, separatorOf(text), limits);
}

/** The text of the bytes; null when they are none. Up to a first special letter UTF-8 and Windows Latin are the same. */
function textOf(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  try {
    if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le", { fatal: true }).decode(bytes);
    if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The sign that stands most often in the first line, outside quotes; a comma where there is none. */
export function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const header = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, "");
  const counted = SEPARATORS.map((sign) => ({ sign, times: header.split(sign).length - 1 }));
  return counted.sort((a, b) => b.times - a.times)[0]?.sign ?? ",";
}

const isBreak = (sign: string | undefined) => sign === "\n" || sign === "\r";

function rowsOf(text: string, separator: string, limits: CsvLimits): CsvReading {
  const rows: TextRow[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const from = line;
    const cells: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, separator);
      if (cell === null)
        return { problem: `Line ${line} is not CSV: a quotation mark is missing or not doubled.` };
      if (cell.value.length > limits.cell)
        return { problem: `Line ${line} has a cell of more than ${limits.cell} characters. Check the file.` };
      cells.push(cell.value);
      line += cell.breaks;
      at = cell.end;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (at < text.length && !isBreak(text[at])) {
      return { problem: `Line ${line} is not CSV: a quotation mark is missing or not doubled.` };
    }
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    line += 1;
    if (cells.length > limits.columns)
      return { problem: `Line ${from} has more than ${limits.columns} columns. Check the file.` };
    if (cells.some((cell) => cell.trim() !== "")) rows.push({ line: from, cells });
    if (rows.length > limits.rows) {
      return {
        problem: `The file has more than ${inDigits(limits.rows - 1)} rows, which is the limit.`,
      };
    }
  }
  return { rows };
}

interface Cell {
  value: string;
  /** Where it ends. */
  end: number;
  breaks: number;
}

function plainCell(text: string, from: number, separator: string): Cell {
  let end = from;
  while (end < text.length && text[end] !== separator && !isBreak(text[end])) end += 1;
  return { value: text.slice(from, end), end, breaks: 0 };
}

/** Null when it is never closed. */
function quotedCell(text: string, from: number): Cell | null {
  let end = from + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) return null;
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  const value = text.slice(from + 1, end).replaceAll('""', '"');
  return { value, end: end + 1, breaks: value.split(/\r\n|\r|\n/).length - 1 };
}
