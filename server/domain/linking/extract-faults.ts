/**
 * What of a row of an extract cannot be read, and how to mend it. Such a value is taken as not known, so that a slip
 * in one column does not keep the row from being linked by the others.
 */

import { readIdentifier } from "../identifiers";
import { type ExtractColumn, type ExtractLayout, IDENTIFIER_COLUMNS, readExtractRow } from "./extract";
import { saysNoSex } from "./record";

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
  if (written("date_of_birth") !== "" && record.dateOfBirth === null) {
    add("date_of_birth", "no date of birth", "Write it as 1980-12-31 or 31/12/1980, or leave it empty");
  }
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
