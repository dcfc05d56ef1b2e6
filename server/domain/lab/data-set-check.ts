/**
 * The three files of a data set looked over in the browser, by the same readers that load them: what would be refused is
 * said before anything is sent. Large tables are left to the worker.
 */

import { readCsvFile } from "../csv-reading";
import { Invalid } from "../errors";
import { readCodebook } from "./codebook-reading";
import type { DataSetFile } from "./data-set-files";
import { DataSetReader, type RowTaker, type TableFault, TableRows } from "./data-set-reading";

/** What is wrong with one file. Line 0: the file as a whole, or a place of the codebook. */
export interface FileFaults {
  file: DataSetFile;
  /** Of the first rows that have any. */
  faults: readonly TableFault[];
  /** Rows that have one, also those whose faults are not listed. */
  rows: number;
}

export type DataSetCheck =
  | { ok: true; name: string; people: number; eventsKept: number; columnsLeftOut: readonly string[] }
  /** Too large to be read here: the worker says what is wrong with it. */
  | { ok: true; name: string; unread: true }
  | { ok: false; wrong: readonly FileFaults[] };

/** Bytes of a table that a browser reads without being slow to answer. */
const MOST_BYTES = 30 << 20;
const LIMITS = { rows: 1_000_000, columns: 200, cell: 2_000 };
const MOST_LISTED = 50;

/** Looks a data set over. */
export function checkDataSet(files: Readonly<Record<DataSetFile, Uint8Array>>): DataSetCheck {
  try {
    const codebook = readCodebook(new TextDecoder().decode(files["codebook.json"]));
    const [people, events] = [files["people.csv"], files["events.csv"]];
    if (people.length + events.length > MOST_BYTES) return { ok: true, name: codebook.name, unread: true };
    const reader = new DataSetReader(codebook);
    let columnsLeftOut: string[] = [];
    const wrong = checkTable("people.csv", people, {
      begin: (header) => {
        columnsLeftOut = reader.beginPeople(header);
      },
      take: (line, cells) => reader.takePerson(line, cells),
    });
    // Where people are missing, every event of theirs would be a fault as well.
    const then =
      wrong ??
      checkTable("events.csv", events, {
        begin: (header) => reader.beginEvents(header),
        take: (line, cells) => reader.takeEvent(line, cells),
      });
    if (then) return { ok: false, wrong: [then] };
    return {
      ok: true,
      name: codebook.name,
      people: reader.people,
      eventsKept: reader.events,
      columnsLeftOut,
    };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const faults = Object.entries(error.fields).map(([column, reason]) => ({
      ...{ line: 0, column, reason },
      remedy: "",
    }));
    const file = "codebook.json";
    return {
      ok: false,
      wrong: [faults.length > 0 ? { file, faults, rows: 0 } : ofWhole(file, error.message)],
    };
  }
}

/** What is wrong with one table; null when nothing is. */
function checkTable(file: DataSetFile, bytes: Uint8Array, taker: RowTaker): FileFaults | null {
  const read = readCsvFile(bytes, LIMITS);
  if ("problem" in read) return ofWhole(file, read.problem);
  const table = new TableRows(taker);
  const listed: TableFault[] = [];
  let rows = 0;
  try {
    for (const { line, cells } of read.rows) {
      const faults = table.next(line, cells);
      if (faults.length > 0) rows += 1;
      if (listed.length < MOST_LISTED) listed.push(...faults);
    }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return ofWhole(file, error.message);
  }
  // Nothing may have happened to anybody; but nobody is no data.
  if (table.read === 0 && !(file === "events.csv" && table.hasBegun)) {
    return ofWhole(file, "It has no row below its first line.");
  }
  return rows > 0 ? { file, faults: listed, rows } : null;
}

/** A fault of a file that cannot be used as a whole. */
const ofWhole = (file: DataSetFile, reason: string): FileFaults => ({
  file,
  faults: [{ line: 0, column: "", reason, remedy: "" }],
  rows: 0,
});
