/**
 * What of a row of an extract cannot be read, and how to mend it. Such a value is taken as not known, so that a slip
 * in one column does not keep the row from being linked by the others.
 */

import { readIdentifier } from "../identifiers";
import { isDay } from "../period";
import { type ExtractColumn, type ExtractLayout, IDENTIFIER_COLUMNS, readExtractRow } from "./extract";
import { readBirthDate, saysNoSex } from "./record";

/** Something wrong in one column of a row. No value of the row is told. */
export interface ExtractFault {
  column: ExtractColumn;
  reason: string;
  remedy: string;
}

/** The faults of a row; none for most. */
export function faultsOfRow(
  cells: readonly string[],
  layout: ExtractLayout,
  currentYear: number,
): readonly ExtractFault[] {
  const { record } = readExtractRow(cells, layout, currentYear);
  const written = (column: ExtractColumn) =>
    (layout.at[column] ?? []).map((place) => (cells[place] ?? "").trim()).join("");
  const faults: ExtractFault[] = [];
  const add = (column: ExtractColumn, reason: string, remedy: string) =>
    faults.push({ column, reason, remedy });
  if (record.givenNames.length === 0 && record.familyNames.length === 0 && record.identifiers.length === 0) {
    add("last_name", "neither a name nor an identifier", "Give a name, or leave the row out");
  }
  const born = birthFault(written("date_of_birth"), record.dateOfBirth, currentYear);
  if (born) add("date_of_birth", ...born);
  if (record.sex === null && !saysNoSex(written("sex"))) {
    add("sex", "a word that is not known here", "Write F, M or X, or leave it empty");
  }
  if (written("phone") !== "" && record.phones.length === 0) {
    add("phone", "no telephone number", "Write all its digits, or leave it empty");
  }
  if (written("email") !== "" && record.emails.length === 0) {
    add("email", "no e-mail address", "Write it as name@example.org, or leave it empty");
  }
  if (layout.ukFormats) {
    for (const [column, kind] of IDENTIFIER_COLUMNS) {
      if (written(column) === "") continue;
      const read = readIdentifier(kind, written(column), { currentYear, testRanges: true });
      if ("problem" in read) add(column, "not a valid number", read.problem.replace(/\.$/, ""));
    }
  }
  return faults;
}

/** Any year as the current one: a date that is read by it and not by today's lies in the future. */
const ANY_YEAR = 9998;

/** What is wrong with a date of birth, and how to mend it. `read` is what it is compared as; null when it is not. */
function birthFault(
  written: string,
  read: string | null,
  currentYear: number,
): [reason: string, remedy: string] | null {
  if (written === "") return null;
  const date = read ?? readBirthDate(written, ANY_YEAR);
  if (date !== null && Number(date.slice(0, 4)) > currentYear) {
    return ["a date in the future", "Check the year"];
  }
  if (read === null) return ["no date of birth", "Write it as 1980-12-31 or 31/12/1980, or leave it empty"];
  if (isDay(read)) return null;
  return ["a day that is in no calendar", "Check the day and the month"];
}
