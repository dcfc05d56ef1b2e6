/**
 * A paper as the sheets of a workbook: first what the numbers are and what they are not, then one tidy table a sheet.
 * Every cell is a text or a number, so nothing in it can be run.
 */

import { type AnyPaper, FOOT_HEADINGS, type PaperColumn } from "../domain/impact/paper";
import { ABSENCES, dataCell, isNumeric } from "../domain/impact/paper-cell";
import { audienceWords, basisWords, nounOf, tablesOf } from "./paper-words";

export interface SheetCell {
  value: string | number;
  bold?: true;
}

export interface Sheet {
  /** Unique in the workbook, of at most 31 letters: what every program takes. */
  name: string;
  /** Widths of the columns, in letters. */
  widths: readonly number[];
  /** Whether the first row heads the others. */
  headed: boolean;
  rows: readonly (readonly SheetCell[])[];
}

const UNITS: Readonly<Record<PaperColumn["type"], string>> = {
  text: "words",
  people: "people",
  count: "number of things",
  percent: "%",
  days: "days",
  score: "score",
  money: "£",
  number: "number",
};

/** The name of a column as it heads a sheet, with its unit where the number alone would not tell. */
const headOf = ({ label, type }: PaperColumn) =>
  (type === "percent" && !label.includes("%")) || type === "money" ? `${label} (${UNITS[type]})` : label;

/** The sheets of a workbook, the notes first. */
export function sheetsOf(paper: AnyPaper): Sheet[] {
  const names = new Set<string>(["notes"]);
  const tables = tablesOf(paper).map((placed) => ({ ...placed, sheet: sheetName(placed.table.name, names) }));
  return [
    notesSheet(paper, tables),
    ...tables.map(
      ({ sheet, table: { columns, rows } }): Sheet => ({
        name: sheet,
        widths: columns.map((column, at) => {
          const cells = rows.map((row) => String(dataCell(row[at] ?? null, column)));
          return isNumeric(column)
            ? Math.max(14, ...[headOf(column), ...cells].map(({ length }) => length + 2))
            : widthOf(cells);
        }),
        headed: true,
        rows: [
          columns.map((column) => ({ value: headOf(column), bold: true })),
          ...rows.map((row) => columns.map((column, at) => ({ value: dataCell(row[at] ?? null, column) }))),
        ],
      }),
    ),
  ];
}

const widthOf = (words: readonly string[]) =>
  Math.min(60, Math.max(18, ...words.map((each) => each.length + 2)));

/** Names of sheets may not be longer, nor differ in small and capital letters alone. */
function sheetName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? "" : `-${number}`;
    const short = `${name.slice(0, 31 - end.length)}${end}`;
    if (taken.has(short.toLowerCase())) continue;
    taken.add(short.toLowerCase());
    return short;
  }
}

type NamedTable = ReturnType<typeof tablesOf>[number] & { sheet: string };

function notesSheet(paper: AnyPaper, tables: readonly NamedTable[]): Sheet {
  const { title, from, period, foot, countedOn, counted, limits, version, sections } = paper;
  const bold = (value: string): SheetCell => ({ value, bold: true });
  const lines = (head: string, values: readonly string[]) =>
    values.map((value, at) => [at === 0 ? bold(head) : { value: "" }, { value }]);
  return {
    name: "Notes",
    widths: [30, 44, 18, 70],
    headed: false,
    rows: [
      [bold(title)],
      ...lines("Of", [from]),
      ...lines("Period", [period]),
      ...lines("For whom", [audienceWords(paper)]),
      ...lines("What the numbers are", [basisWords(paper)]),
      ...lines("Counted on", [countedOn]),
      ...lines("", [foot]),
      ...(version ? lines("Version", [String(version.number), ...version.changes]) : []),
      [],
      ...lines(FOOT_HEADINGS.counted, counted),
      ...lines(FOOT_HEADINGS.limits, limits),
      [],
      [bold("Words in place of numbers")],
      ...ABSENCES.map(({ words, means }) => [{ value: words }, { value: means }]),
      [],
      [bold("Sheet"), bold("Column"), bold("Unit"), bold("What it counts")],
      ...tables.flatMap(({ sheet, table: { columns } }) =>
        columns.map((column) => [
          { value: sheet },
          { value: headOf(column) },
          { value: UNITS[column.type] },
          { value: column.about },
        ]),
      ),
      [],
      [bold(`Part of the ${nounOf(paper)}`), bold("Term"), bold(""), bold("How it is counted")],
      ...sections.flatMap((section) =>
        section.notes.map(({ term, means }) => [
          { value: section.title },
          { value: term },
          { value: "" },
          { value: means },
        ]),
      ),
    ],
  };
}
