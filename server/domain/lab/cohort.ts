/**
 * The file that names a cohort, read the same way in the browser, which shows what is wrong with it before anything is
 * sent, and in the worker, which uses it: who they are, when they started, and who is lost by the file itself. A fault
 * names a line and a column and never what stands there.
 */

import { csvFile } from "../csv";
import { type CsvLimits, readCsvFile, type TextRow } from "../csv-reading";
import { findDay } from "../day-text";
import { EXTRACT_COLUMNS, type ExtractColumn, type ExtractLayout, readExtractRow } from "../linking/extract";
import { faultsOfRow } from "../linking/extract-faults";
import type { LinkRecord } from "../linking/record";
import { type Day, dayInWords, daysBetween, isDay } from "../period";
import { MOST_UPLOAD_BYTES } from "./sealed-file";
import { FEWEST_SENT, type RowFault } from "./study";

export const MOST_COHORT_ROWS = 20_000;
const LIMITS: CsvLimits = { rows: MOST_COHORT_ROWS + 1, columns: 200, cell: 1_000 };

/** Faults that are kept of a file: by then it is another file. */
const MOST_FAULTS = 500;
/** People who were so old on the day they started, or younger, belong to those a plan declares. */
const OLDEST_CHILD = 14;
const OLDEST = 110;
const DAYS_A_YEAR = 365.2425;

const DATE_COLUMNS = ["conviction_date", "intervention_start", "intervention_end"] as const;
type DateColumn = (typeof DATE_COLUMNS)[number];
export type CohortColumn = Exclude<ExtractColumn, "organisation"> | DateColumn;

/** Columns of the file in the order of the template, what each is for, and which are needed. */
export const COHORT_COLUMNS: readonly { column: CohortColumn; needed: boolean; words: string }[] = [
  { column: "record_id", needed: false, words: "Your own number for the person. It is not kept" },
  { column: "first_name", needed: true, words: "As in official papers" },
  { column: "middle_name", needed: false, words: "If known" },
  { column: "last_name", needed: true, words: "As in official papers" },
  { column: "date_of_birth", needed: true, words: "31/12/1980 or 1980-12-31" },
  { column: "sex", needed: false, words: "F, M or X" },
  { column: "postcode", needed: false, words: "Where they lived when they started" },
  { column: "pnc_id", needed: false, words: "Police National Computer number, 1981/0000034U" },
  { column: "prison_number", needed: false, words: "A1234AA" },
  { column: "nhs_number", needed: false, words: "10 digits" },
  { column: "nino", needed: false, words: "National Insurance number" },
  { column: "cro", needed: false, words: "Criminal Records Office number" },
  { column: "address", needed: false, words: "Number and street" },
  { column: "town", needed: false, words: "If known" },
  { column: "phone", needed: false, words: "If known" },
  { column: "email", needed: false, words: "If known" },
  { column: "conviction_date", needed: false, words: "Of the sentence during which they took part" },
  { column: "intervention_start", needed: false, words: "The day they started with you" },
  { column: "intervention_end", needed: false, words: "The day they finished, if they did" },
];

/** What people call these columns otherwise. */
const ALSO: Readonly<Record<string, CohortColumn>> = {
  forename: "first_name",
  given_name: "first_name",
  middle_names: "middle_name",
  surname: "last_name",
  family_name: "last_name",
  dob: "date_of_birth",
  birth_date: "date_of_birth",
  gender: "sex",
  pnc: "pnc_id",
  pncid: "pnc_id",
  nhs: "nhs_number",
  national_insurance_number: "nino",
  start_date: "intervention_start",
  end_date: "intervention_end",
  id: "record_id",
};

/** An empty file with the names of all columns, to fill in. */
export const cohortTemplate = (): string =>
  csvFile(
    COHORT_COLUMNS.map(({ column }) => column),
    [],
  );

/** What a file is read for: the days of the plan, and today. */
export interface CohortRules {
  today: Day;
  startedFrom: Day;
  startedTo: Day;
}

/** Somebody of the file. */
export interface CohortEntry {
  line: number;
  record: LinkRecord;
  /** The day that anchors their time: of the conviction, else of the start; null where the file does not say. */
  start: Day | null;
  /** The day they started, where the file says so. */
  startedOn: Day | null;
  /** Why the file itself loses them. */
  loss: RowFault["loss"];
}

export interface CohortFile {
  entries: readonly CohortEntry[];
  /** In order of lines; the first 500. */
  faults: readonly RowFault[];
  faultCount: number;
  /** About the file as a whole, in sentences. */
  warnings: readonly string[];
  /** Names of columns that are not read. */
  unusedColumns: readonly string[];
  /** Rows that can be looked for, that have a day to anchor them, that have an identifier. */
  usable: number;
  anchored: number;
  identified: number;
}

export type CohortReading = CohortFile | { problem: string };

/** Reads a cohort's file, or says in a sentence why it cannot be. */
export function readCohort(bytes: Uint8Array, rules: CohortRules): CohortReading {
  if (bytes.length > MOST_UPLOAD_BYTES.cohort) {
    return {
      problem: "The file is larger than 10 MB. Leave out columns that are not asked for, and try again.",
    };
  }
  const read = readCsvFile(bytes, LIMITS);
  if ("problem" in read) return read;
  const [header, ...rows] = read.rows;
  if (!header) return { problem: "The file is empty. Choose another, or start from the template." };
  const columns = columnsOf(header.cells);
  if ("problem" in columns) return columns;
  if (rows.length === 0) return { problem: "The file names its columns and has no row under them." };
  return readRows(rows, columns, rules);
}

interface Columns {
  layout: ExtractLayout;
  dates: ReadonlyMap<DateColumn, number>;
  unused: readonly string[];
}

const nameOf = (text: string): string =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");

const isExtractColumn = (name: string): name is ExtractColumn =>
  EXTRACT_COLUMNS.some((column) => column === name);
const isDateColumn = (name: string): name is DateColumn => DATE_COLUMNS.some((column) => column === name);

function columnsOf(header: readonly string[]): Columns | { problem: string } {
  const at: Partial<Record<ExtractColumn, readonly number[]>> = {};
  const dates = new Map<DateColumn, number>();
  const unused: string[] = [];
  const seen = new Set<string>();
  for (const [place, written] of header.entries()) {
    const name = nameOf(written);
    const column = ALSO[name] ?? name;
    if (seen.has(column) && column !== "") {
      // A file without its header begins with somebody's details: only names that are known are said again.
      const known = COHORT_COLUMNS.some((each) => each.column === column);
      return {
        problem: known
          ? `The column ${column} stands in the file twice. Keep one of them.`
          : "Two columns have the same name. Give each its own, or start from the template.",
      };
    }
    seen.add(column);
    if (isExtractColumn(column) && column !== "organisation") at[column] = [place];
    else if (isDateColumn(column)) dates.set(column, place);
    else if (name !== "") unused.push(written.trim().slice(0, 60));
  }
  const missing = COHORT_COLUMNS.filter(({ column, needed }) => needed && !seen.has(column));
  if (missing.length > 0) {
    const names = missing.map(({ column }) => column).join(", ");
    return {
      problem: `The first line must name the columns. ${missing.length === 1 ? "One is" : "Some are"} missing: ${names}. Start from the template.`,
    };
  }
  return { layout: { at, ukFormats: true }, dates, unused };
}

function readRows(rows: readonly TextRow[], columns: Columns, rules: CohortRules): CohortFile {
  const entries: CohortEntry[] = [];
  const faults: RowFault[] = [];
  let faultCount = 0;
  const firstOf = new Map<string, number>();
  for (const row of rows) {
    const { entry, faults: own } = readRow(row, columns, rules);
    const key = sameness(entry.record);
    const first = firstOf.get(key);
    if (entry.loss === null && first !== undefined) {
      entry.loss = "sent-twice";
      own.push({
        ...{ line: row.line, column: "last_name", reason: `the same person as on line ${first}` },
        ...{ remedy: "Keep one of the two rows", loss: "sent-twice" },
      });
    } else if (entry.loss === null) firstOf.set(key, row.line);
    entries.push(entry);
    faultCount += own.length;
    faults.push(...own.slice(0, Math.max(0, MOST_FAULTS - faults.length)));
  }
  const usable = entries.filter(({ loss }) => loss === null);
  const anchored = usable.filter(({ start }) => start !== null).length;
  return {
    ...{ entries, faults, faultCount, unusedColumns: columns.unused },
    ...{ usable: usable.length, anchored },
    identified: usable.filter(({ record }) => record.identifiers.length > 0).length,
    warnings: warningsOf(usable.length, anchored, rules),
  };
}

/** Names, date of birth and identifiers: two rows that are alike in them are one person sent twice. */
const sameness = ({ givenNames, familyNames, dateOfBirth, identifiers }: LinkRecord): string =>
  JSON.stringify([
    givenNames,
    familyNames,
    dateOfBirth,
    identifiers.map(({ kind, value }) => `${kind} ${value}`).sort(),
  ]);

function warningsOf(usable: number, anchored: number, { startedFrom, startedTo }: CohortRules): string[] {
  const warnings: string[] = [];
  if (usable < FEWEST_SENT) {
    warnings.push(
      `A study needs at least ${FEWEST_SENT} people with a name and a date of birth. With fewer, nothing will be said.`,
    );
  }
  if (anchored < usable) {
    const [who, whose] = anchored === 0 ? ["No row has", "everybody"] : ["Some rows have no", "these people"];
    const days = `${dayInWords(startedFrom)} to ${dayInWords(startedTo)}`;
    warnings.push(
      `${who} ${anchored === 0 ? "a day" : "day"} of conviction or start. The follow-up of ${whose} is then counted from the middle of ${days}, which may be the wrong year. Add the days if you have them.`,
    );
  }
  return warnings;
}

interface ReadRow {
  entry: Omit<CohortEntry, "loss"> & { loss: RowFault["loss"] };
  faults: RowFault[];
}

/** A name that a spreadsheet would run as a formula is none. */
const FORMULA = /^\s*[=+@＝＋＠]|^\s*[-－]\s*\d/;

function readRow({ line, cells }: TextRow, { layout, dates }: Columns, rules: CohortRules): ReadRow {
  const currentYear = Number(rules.today.slice(0, 4));
  const { record } = readExtractRow(cells, layout, currentYear);
  const faults: RowFault[] = [];
  const add = (column: CohortColumn, reason: string, remedy: string, loss: RowFault["loss"] = null) =>
    faults.push({ line, column, reason, remedy, loss });
  const written = (column: ExtractColumn) => (cells[layout.at[column]?.[0] ?? -1] ?? "").trim();

  for (const [column, words] of [
    ["first_name", record.givenNames],
    ["last_name", record.familyNames],
  ] as const) {
    if (words.length > 0 && !FORMULA.test(written(column))) continue;
    const reason =
      words.length > 0 ? "a formula, not a name" : written(column) === "" ? "no name" : "not a name";
    add(column, reason, "Give the name, or the person cannot be looked for", "no-name");
  }
  for (const { column, reason, remedy } of faultsOfRow(cells, layout, currentYear)) {
    if (column !== "last_name" && column !== "date_of_birth" && column !== "organisation")
      add(column, reason, remedy);
  }
  const day = readDays({ line, cells }, dates, rules, add);
  const born = record.dateOfBirth;
  if (written("date_of_birth") === "" || born === null || !isDay(born) || born > rules.today) {
    const reason =
      written("date_of_birth") === ""
        ? "no date of birth"
        : born !== null && born > rules.today
          ? "a date in the future"
          : "not a full date";
    add(
      "date_of_birth",
      reason,
      "Write it as 31/12/1980, or the person cannot be looked for",
      "no-birth-date",
    );
  } else checkAge(born, day.startedOn ?? rules.startedTo, add);
  if (day.startedOn !== null && day.startedOn > rules.today) {
    add(
      "intervention_start",
      "a day that is still to come",
      "Leave the row out until they have started",
      "not-started",
    );
  }
  return {
    entry: { line, record, ...day, loss: faults.find(({ loss }) => loss !== null)?.loss ?? null },
    faults,
  };
}

type Add = (column: CohortColumn, reason: string, remedy: string, loss?: RowFault["loss"]) => void;

function checkAge(born: Day, onDay: Day, add: Add): void {
  const age = daysBetween(born, onDay) / DAYS_A_YEAR;
  if (age < 0) add("date_of_birth", "a day after the one on which they started", "Check both days");
  else if (age < OLDEST_CHILD + 1) {
    add(
      "date_of_birth",
      `${OLDEST_CHILD} or younger on the day they started`,
      "Check it. If it is right, declare it in the plan",
    );
  } else if (age > OLDEST)
    add("date_of_birth", `more than ${OLDEST} years before the start`, "Check the year");
}

/** The days of a row; one that cannot be read is taken as not known. */
function readDays(
  { cells }: TextRow,
  dates: ReadonlyMap<DateColumn, number>,
  rules: CohortRules,
  add: Add,
): Pick<CohortEntry, "start" | "startedOn"> {
  const read = (column: DateColumn): Day | null => {
    const text = (cells[dates.get(column) ?? -1] ?? "").trim();
    if (text === "") return null;
    const day = findDay(text, { currentYear: Number(rules.today.slice(0, 4)), serials: true });
    if (day === null) add(column, "not a date", "Write it as 31/05/2026, or leave it empty");
    return day;
  };
  const [convicted, started, ended] = DATE_COLUMNS.map(read);
  if (started && (started < rules.startedFrom || started > rules.startedTo) && started <= rules.today) {
    add("intervention_start", "a day outside those of the plan", "Check it, or leave the row out");
  }
  if (started && ended && ended < started)
    add("intervention_end", "a day before the start", "Check both days");
  const isToCome = convicted !== null && convicted !== undefined && convicted > rules.today;
  if (isToCome) add("conviction_date", "a day that is still to come", "Check the year");
  return { start: (isToCome ? null : convicted) ?? started ?? null, startedOn: started ?? null };
}
