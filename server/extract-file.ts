/**
 * A flat extract to be linked, or a file that goes with one, as it lies on the disk: plain, gzipped or the one file of
 * a zip. Its rows one after another, as records, and what of them cannot be read. Nothing is kept.
 */

import { Invalid } from "./domain/errors";
import { type ExtractMap, type ExtractRow, readExtractRow, readLayout } from "./domain/linking/extract";
import { type ExtractFault, faultsOfRow } from "./domain/linking/extract-faults";
import { readCsv, separatedByCommas } from "./importers/csv";
import { openSource } from "./importers/source";

/** The bytes of the file. Throws Invalid when there is none, or a zip holds several: nobody could say which is meant. */
export async function* bytesOfFile(path: string): AsyncGenerator<Uint8Array> {
  const source = await openSource(path);
  try {
    const [entry, ...more] = source.entries;
    if (!entry || more.length > 0)
      throw new Invalid(`${source.name} holds ${source.entries.length} files: give one.`);
    yield* await entry.open();
  } finally {
    source.close();
  }
}

/** The rows after the header with the line each begins on, and what the header was read as. */
export async function* rowsOfFile<T>(
  path: string,
  readHeader: (cells: readonly string[]) => T,
): AsyncGenerator<{ line: number; cells: readonly string[]; header: T }> {
  let header: { read: T } | undefined;
  for await (const rows of readCsv(bytesOfFile(path))) {
    for (const { line, cells } of rows) {
      if (header) yield { line, cells, header: header.read };
      else header = { read: readHeader(separatedByCommas(cells)) };
    }
  }
}

/** The records of an extract, in the order of the file. Throws Invalid when a column is missing that it needs. */
export async function* extractRecords(
  path: string,
  map: ExtractMap | null,
  currentYear: number,
): AsyncGenerator<ExtractRow> {
  for await (const { cells, header } of rowsOfFile(path, (columns) => readLayout(columns, map))) {
    yield readExtractRow(cells, header, currentYear);
  }
}

export interface LineFault extends ExtractFault {
  line: number;
}

/** Every value of the extract that could not be read, in order of lines. */
export async function* extractFaults(
  path: string,
  map: ExtractMap | null,
  currentYear: number,
): AsyncGenerator<LineFault> {
  for await (const { line, cells, header } of rowsOfFile(path, (columns) => readLayout(columns, map))) {
    for (const fault of faultsOfRow(cells, header, currentYear)) yield { line, ...fault };
  }
}
