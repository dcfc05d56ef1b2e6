/**
 * The tables of a paper as CSV, one file a table, all its numbers once more in one long file, and beside them what
 * every column may hold and means (CSVW), for people's programs.
 */

import { csvFile } from "../domain/csv";
import type { AnyPaper, PaperCell, PaperColumn } from "../domain/impact/paper";
import { ABSENCES, DOES_NOT_APPLY, dataCell, isNumeric } from "../domain/impact/paper-cell";
import { describeGroup, type Json } from "../domain/open-data/csvw";
import { basisWords, nounOf, type PlacedTable, tablesOf } from "./paper-words";

/** A file of text, by name. */
export interface TextFile {
  name: string;
  text: string;
}

/** Where CSVW looks for the description of the CSV files of a folder. */
export const CSV_DESCRIPTION = "csv-metadata.json";

/** Every CSV file of a paper. */
export function csvFiles(paper: AnyPaper): TextFile[] {
  const tables = tablesOf(paper).map(({ table }) => ({
    name: `${table.name}.csv`,
    text: csvFile(
      table.columns.map(({ key }) => key),
      table.rows.map((row) => table.columns.map((column, at) => dataCell(row[at] ?? null, column))),
    ),
  }));
  return [
    {
      name: `${nounOf(paper)}.csv`,
      text: csvFile(
        longColumns(nounOf(paper)).map(({ name }) => name),
        longRows(paper),
      ),
    },
    ...tables,
  ];
}

/** The description of all of them. */
export function csvDescription(paper: AnyPaper): Json {
  return describeGroup(
    {
      "dc:title": `${paper.title} – ${paper.from}, ${paper.period}`,
      "dc:publisher": paper.from,
      "dc:date": { "@value": paper.countedOn, "@type": "xsd:date" },
      "dc:description": [basisWords(paper), ...paper.counted, ...paper.limits, paper.foot].join(" "),
    },
    [
      {
        url: `${nounOf(paper)}.csv`,
        title: `Every number of the ${nounOf(paper)}, one a row`,
        description: `All tables of the ${nounOf(paper)} under one another. Start here to load it into a program.`,
        schema: {
          columns: longColumns(nounOf(paper)).map(({ name, about, datatype, required }) => ({
            name,
            titles: name,
            "dc:description": about,
            datatype,
            required,
          })),
          primaryKey: ["table", "row", "column"],
        },
      },
      ...tablesOf(paper).map((placed) => describeTable(placed)),
    ],
  );
}

function describeTable({ sectionTitle, table }: PlacedTable) {
  return {
    url: `${table.name}.csv`,
    title: table.caption,
    description: `From the part “${sectionTitle}”.`,
    schema: { columns: table.columns.map(describeColumn) },
  };
}

function describeColumn(column: PaperColumn): Json {
  const { key, label, about } = column;
  return {
    name: key.replace(/[^A-Za-z0-9_]/g, "_"),
    titles: key,
    "dc:title": label,
    "dc:description": about,
    datatype: datatypeOf(column),
    // These words stand where there is no number to read.
    null: isNumeric(column) ? ABSENCES.map(({ words }) => words) : [DOES_NOT_APPLY],
    required: false,
  };
}

function datatypeOf({ type }: PaperColumn): Json {
  if (type === "text") return "string";
  return type === "people" || type === "count" ? { base: "integer", minimum: 0 } : "decimal";
}

/** Units of the columns of either kind of paper. */
const UNIT_WORDS = {
  summary: "people, count (of things), percent, days, score or money (pounds).",
  report: "people, days or number (whatever its row is counted in).",
} as const;

const longColumns = (noun: keyof typeof UNIT_WORDS) =>
  [
    { name: "section", about: `Part of the ${noun}.`, datatype: "string", required: true },
    { name: "table", about: "Table, and the name of its own file.", datatype: "string", required: true },
    { name: "row", about: "Row of that table, from 1.", datatype: "integer", required: true },
    {
      name: "of",
      about: "What the row is of: its cells of text, joined by “ / ”.",
      datatype: "string",
      required: false,
    },
    { name: "column", about: "Column of that table.", datatype: "string", required: true },
    { name: "counts", about: "What the column counts.", datatype: "string", required: true },
    {
      name: "unit",
      about: UNIT_WORDS[noun],
      datatype: "string",
      required: true,
    },
    {
      name: "shown",
      about: `The number, or why there is none: ${ABSENCES.map(({ words }) => `“${words}”`).join(", ")}.`,
      datatype: "string",
      required: true,
    },
    {
      name: "value",
      about: "The number alone; empty where “shown” says why there is none.",
      datatype: "decimal",
      required: false,
    },
  ] as const;

type LongRow = [string, string, number, string, string, string, string, string | number, number | null];

function* longRows(paper: AnyPaper): Generator<LongRow> {
  for (const { section, table } of tablesOf(paper)) {
    for (const [line, row] of table.rows.entries()) {
      const cells = table.columns.map((column, at): [PaperColumn, PaperCell] => [column, row[at] ?? null]);
      const of = cells
        .flatMap(([column, cell]) => (isNumeric(column) || cell === null ? [] : [cell]))
        .join(" / ");
      for (const [column, cell] of cells) {
        if (!isNumeric(column)) continue;
        const value = typeof cell === "number" ? cell : null;
        yield [
          section,
          table.name,
          line + 1,
          of,
          column.key,
          column.about,
          column.type,
          dataCell(cell, column),
          value,
        ];
      }
    }
  }
}
