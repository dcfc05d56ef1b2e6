/**
 * The one writer of CSV: RFC 4180, CRLF, UTF-8 with a byte order mark so that spreadsheets read it as such.
 * Text that a spreadsheet would run as a formula is written with an apostrophe before it.
 */

export type CsvValue = string | number | null;

/** What starts a formula in a spreadsheet, full-width forms too (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** One value as it stands in a file. Numbers stay numbers, negative ones too. */
export function csvValue(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line with its ending. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvValue).join(",")}\r\n`;
}

/** A whole file. */
export function csvFile(columns: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  let text = `\uFEFF${csvLine(columns)}`;
  for (const row of rows) text += csvLine(row);
  return text;
}
