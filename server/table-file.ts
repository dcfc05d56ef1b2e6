/** Reads a small CSV file that somebody brings in on a page: its rows by the names of their columns. */

import { Invalid } from "./domain/errors";
import { columnName, type TableRow } from "./domain/impact/table-rows";
import { readCsv, separatedByCommas } from "./importers/csv";

/** The columns of a kind of file. */
interface Columns {
  needed: readonly string[];
  also: readonly string[];
}

/**
 * The rows of a file. Throws Invalid when it is not CSV, when a column is missing or given twice, or when it has no row;
 * the field is `text`.
 */
export async function readTable(text: string, { needed, also }: Columns): Promise<TableRow[]> {
  const [header, ...rows] = await allRows(text);
  if (!header) throw invalid("The file is empty. Choose another, or start from the example.");
  const names = separatedByCommas(header.cells).map(columnName);
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw invalid(
      `The first line must name the columns. ${missing.length === 1 ? "One is" : "Some are"} missing: ${missing.join(", ")}.`,
    );
  }
  const twice = names.find((name, at) => name !== "" && names.indexOf(name) !== at);
  if (twice !== undefined) throw invalid(`The column “${twice}” stands in the file twice. Keep one of them.`);
  if (rows.length === 0) throw invalid("The file has column names and no row under them.");
  const known = [...needed, ...also];
  return rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(known.map((name) => [name, cells[names.indexOf(name)]?.trim() ?? ""])),
  }));
}

async function allRows(text: string) {
  const rows = [];
  for await (const block of readCsv(bytesOf(text))) rows.push(...block);
  return rows;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, "utf8");
}

const invalid = (message: string) => new Invalid(message, { text: message });
