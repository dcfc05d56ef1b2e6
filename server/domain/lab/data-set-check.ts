/**
 * The three files of a data set looked over in the browser, by the same readers that load them: what would be refused is
 * said before anything is sent. Large tables are left to the worker.
 */

import { readCsvFile } from "../csv-reading";
import { Invalid } from "../errors";
import { readCodebook } from "./codebook-reading";
import type { DataSetFile } from "./data-set-files";
import { DataSetReader, type TableFault } from "./data-set-reading";

/** What is wrong with one file. Line 0: the file as a whole, or a place of the codebook. */
export interface FileFaults {
  file: DataSetFile;
  faults: readonly TableFault[];
  /** With those that are not listed. */
  count: number;
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
    const places = Object.entries(error.fields);
    const faults =
      places.length > 0
        ? places.map(([column, reason]) => ({ line: 0, column, reason, remedy: "" }))
        : [whole(error.message)];
    return { ok: false, wrong: [{ file: "codebook.json", faults, count: faults.length }] };
  }
}

const whole = (reason: string): TableFault => ({ line: 0, column: "", reason, remedy: "" });

interface TableReader {
  begin(header: readonly string[]): void;
  take(line: number, cells: readonly string[]): TableFault | null;
}

/** What is wrong with one table; null when nothing is. */
function checkTable(file: DataSetFile, bytes: Uint8Array, { begin, take }: TableReader): FileFaults | null {
  const read = readCsvFile(bytes, LIMITS);
  if ("problem" in read) return { file, faults: [whole(read.problem)], count: 1 };
  const [header, ...rows] = read.rows;
  if (!header || rows.length === 0) {
    return file === "events.csv" && header
      ? null
      : { file, faults: [whole("It has no row below its first line.")], count: 1 };
  }
  try {
    begin(header.cells);
    const faults = rows.flatMap(({ line, cells }) => take(line, cells) ?? []);
    return faults.length > 0 ? { file, faults: faults.slice(0, MOST_LISTED), count: faults.length } : null;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { file, faults: [whole(error.message)], count: 1 };
  }
}
