/**
 * The two tables of an outcome data set, row by row: people.csv into who somebody is and what they were on an index
 * date, events.csv into what happened to them. A row that cannot be used is said by line, column, reason and remedy,
 * never by its values. What no outcome can ever count is not kept.
 */

import { Invalid } from "../errors";
import { type ExtractLayout, readLayout } from "../linking/extract";
import { faultsOfRow } from "../linking/extract-faults";
import { inDigits } from "../number-text";
import { type Day, dayInWords, isDay } from "../period";
import type { Codebook } from "./codebook";
import {
  type Covariates,
  type Events,
  IDENTITY_COLUMNS,
  type Identities,
  INDEX_DATE,
  MOST_PEOPLE,
  MOST_ROWS,
  PEOPLE_A_BLOCK,
  type Value,
} from "./data-set";

/** A row that cannot be used. */
export interface TableFault {
  line: number;
  column: string;
  /** A few words, the same for every row with this fault: they are counted. */
  reason: string;
  /** How to mend it. */
  remedy: string;
}

/** Somebody as the tables tell of them, before they get a place. */
interface Told {
  forms: string[][];
  indexes: Map<Day, Value[]>;
  events: [Day, number][];
}

/** People of one block, in their order. */
export interface PeopleBlock {
  identities: Identities;
  covariates: Covariates;
  events: Events;
}

/** A day as 2026-05-31 or 31/05/2026; null when it is neither, or in no calendar. */
export function readDay(text: string): Day | null {
  const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [, day = "", month = "", year = ""] = british ?? [];
  const iso = british ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
  return isDay(iso) ? iso : null;
}

const plain = (text: string) => text.trim().toLowerCase();

/** What takes the rows of a table. */
export interface RowTaker {
  /** The header. Throws Invalid when the table cannot be used. */
  begin(header: readonly string[]): void;
  /** Everything that is wrong with a row. */
  take(line: number, cells: readonly string[]): TableFault[];
}

/** One table, its header first: a row with other cells than the header is told so and goes no further. */
export class TableRows {
  #width = 0;
  /** Rows below the header. */
  read = 0;

  constructor(private readonly taker: RowTaker) {}

  /** Whether there was a header. */
  get hasBegun(): boolean {
    return this.#width > 0;
  }

  /** The next row; everything that is wrong with it. */
  next(line: number, cells: readonly string[]): TableFault[] {
    if (!this.hasBegun) {
      this.taker.begin(cells);
      this.#width = cells.length;
      return [];
    }
    this.read += 1;
    if (cells.length === this.#width) return this.taker.take(line, cells);
    const remedy = `The row has ${cells.length} columns and the header ${this.#width}: look for a separator that is not quoted.`;
    return [{ line, column: "", reason: "wrong number of columns", remedy }];
  }
}

/** A data set while its tables are read: people first, then events. */
export class DataSetReader {
  readonly #told = new Map<string, Told>();
  #layout: ExtractLayout = { at: {}, ukFormats: true };
  #placeOf = new Map<string, number>();
  #eventAt = { record: -1, date: -1, kind: -1 };
  #kinds: ReadonlyMap<string, number>;
  #rows = 0;
  #events = 0;
  #eventRows = 0;

  constructor(private readonly codebook: Codebook) {
    this.#kinds = new Map(codebook.events.map(({ kind }, place) => [kind, place]));
  }

  /** Rows of people.csv that were taken. */
  get indexRecords(): number {
    return this.#rows;
  }
  get people(): number {
    return this.#told.size;
  }
  /** Events that an outcome may count. */
  get events(): number {
    return this.#events;
  }

  /** The header of people.csv; gives the columns that the codebook does not name, which are not kept. */
  beginPeople(header: readonly string[]): string[] {
    this.#layout = readLayout(header, null);
    this.#placeOf = new Map(header.map((name, place) => [plain(name), place]));
    const { covariates } = this.codebook;
    const wanted = ["date_of_birth", INDEX_DATE, ...covariates.map(({ name }) => name)];
    const missing = wanted.filter((name) => !this.#placeOf.has(name));
    if (missing.length > 0) {
      if (["record_id", "date", "kind"].every((name) => this.#placeOf.has(name))) {
        throw new Invalid("The file given as people.csv is the table of events. Change the two files over.");
      }
      throw new Invalid(
        `people.csv has no column ${missing.join(", ")}. Add it, or take it out of the codebook.`,
      );
    }
    const kept: readonly string[] = ["record_id", ...IDENTITY_COLUMNS, ...wanted];
    return header.filter((name) => !kept.includes(plain(name)));
  }

  /** A row of people.csv. Everything that is wrong with it; nothing when it was taken. */
  takePerson(line: number, cells: readonly string[]): TableFault[] {
    const faults: TableFault[] = [];
    const fault = (column: string, reason: string, remedy: string) =>
      faults.push({ line, column, reason, remedy: `${remedy}.` });
    const id = this.#cell(cells, "record_id");
    if (id === "") fault("record_id", "no record_id", "Give every row the number of its person");
    for (const { column, reason, remedy } of faultsOfRow(cells, this.#layout, this.#currentYear())) {
      if (column === "last_name" || column === "date_of_birth") fault(column, reason, remedy);
    }
    const told: Told = this.#told.get(id) ?? { forms: [], indexes: new Map(), events: [] };
    const date = readDay(this.#cell(cells, INDEX_DATE));
    const { from, to } = this.codebook;
    if (date === null) fault(INDEX_DATE, "no index date", "Write it as 2025-12-31 or 31/12/2025");
    else if (date < from || date > to) {
      const days = `${dayInWords(from)} to ${dayInWords(to)}`;
      fault(INDEX_DATE, "an index date outside the codebook", `The codebook says ${days}: mend either`);
    } else if (told.indexes.has(date)) {
      fault(INDEX_DATE, "the same person and index date twice", "Keep one row of the two");
    }
    const values: Value[] = [];
    for (const covariate of this.codebook.covariates) {
      const read = readValue(covariate, this.#cell(cells, covariate.name));
      if (typeof read === "object" && read !== null) fault(covariate.name, read.reason, read.remedy);
      else values.push(read);
    }
    if (faults.length > 0 || date === null) return faults;
    const form = IDENTITY_COLUMNS.map((column) => this.#cell(cells, column));
    if (!told.forms.some((known) => known.every((cell, place) => cell === form[place])))
      told.forms.push(form);
    told.indexes.set(date, values);
    this.#told.set(id, told);
    this.#rows += 1;
    if (this.#told.size > MOST_PEOPLE || this.#rows > MOST_ROWS) {
      throw new Invalid(
        `A data set has ${inDigits(MOST_PEOPLE)} people and ${inDigits(MOST_ROWS)} rows at most. Load it in parts by year.`,
      );
    }
    return faults;
  }

  /** The header of events.csv. Throws Invalid when a column is missing. */
  beginEvents(header: readonly string[]): void {
    const names = header.map(plain);
    this.#eventAt = {
      record: names.indexOf("record_id"),
      date: names.indexOf("date"),
      kind: names.indexOf("kind"),
    };
    if (Object.values(this.#eventAt).includes(-1)) {
      throw new Invalid("events.csv needs the columns record_id, date and kind.");
    }
  }

  /** A row of events.csv. Everything that is wrong with it; nothing when it was taken. */
  takeEvent(line: number, cells: readonly string[]): TableFault[] {
    this.#eventRows += 1;
    if (this.#eventRows > MOST_ROWS) {
      throw new Invalid(`A data set has ${inDigits(MOST_ROWS)} events at most. Load it in parts by year.`);
    }
    const faults: TableFault[] = [];
    const fault = (column: string, reason: string, remedy: string) =>
      faults.push({ line, column, reason, remedy: `${remedy}.` });
    const cell = (place: number) => (cells[place] ?? "").trim();
    const told = this.#told.get(cell(this.#eventAt.record));
    if (!told) {
      fault("record_id", "nobody of this number in people.csv", "Add the person, or leave the event out");
    }
    const date = readDay(cell(this.#eventAt.date));
    if (date === null) fault("date", "no date", "Write it as 2025-12-31 or 31/12/2025");
    else if (date > this.codebook.completeTo) {
      const last = dayInWords(this.codebook.completeTo);
      fault("date", "after the last complete day", `Events are complete to ${last}: leave later ones out`);
    }
    const kind = this.#kinds.get(cell(this.#eventAt.kind));
    if (kind === undefined) {
      fault("kind", "a kind that is not in the codebook", "Add it to the codebook, or leave the event out");
    }
    if (faults.length > 0 || !told || date === null || kind === undefined) return faults;
    // Nothing that came before every index date can be an outcome.
    let first = "9999";
    for (const index of told.indexes.keys()) if (index < first) first = index;
    if (date > first) {
      told.events.push([date, kind]);
      this.#events += 1;
    }
    return faults;
  }

  /** Everybody in blocks, in the order of the holder's numbers, whatever the order of the rows. */
  *blocks(): Generator<PeopleBlock> {
    const ids = [...this.#told.keys()].sort();
    for (let first = 0; first < ids.length; first += PEOPLE_A_BLOCK) {
      const people = ids.slice(first, first + PEOPLE_A_BLOCK).flatMap((id) => this.#told.get(id) ?? []);
      yield {
        identities: people.map(({ forms }) => forms.sort(byText)),
        covariates: people.map(({ indexes }) =>
          [...indexes].sort(([one], [other]) => (one < other ? -1 : 1)),
        ),
        events: people.map(({ events }) =>
          events.sort(([one, a], [other, b]) => (one < other ? -1 : one > other ? 1 : a - b)),
        ),
      };
    }
  }

  #cell(cells: readonly string[], column: string): string {
    return (cells[this.#placeOf.get(column) ?? -1] ?? "").trim();
  }

  #currentYear(): number {
    return Number(this.codebook.completeTo.slice(0, 4));
  }
}

const byText = (one: readonly string[], other: readonly string[]) =>
  one.join("\u{0}") < other.join("\u{0}") ? -1 : 1;

type Wrong = Pick<TableFault, "reason" | "remedy">;

/** A value as the codebook says it is, not known when it is empty; or what is wrong with it. */
function readValue(covariate: Codebook["covariates"][number], text: string): Value | Wrong {
  if (text === "") return null;
  const { type, levels, lowest = Number.NEGATIVE_INFINITY, highest = Number.POSITIVE_INFINITY } = covariate;
  if (type === "category") {
    if (!levels || Object.hasOwn(levels, text)) return text;
    return { reason: "a value that the codebook does not list", remedy: "Add it to the levels, or mend it" };
  }
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return { reason: "no number", remedy: "Write digits alone, or leave it empty" };
  if (value < lowest || value > highest) {
    return {
      reason: "a number outside the codebook's bounds",
      remedy: "Check it, or mend lowest and highest",
    };
  }
  return value;
}
