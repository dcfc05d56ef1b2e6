/**
 * A table of a paper in a PDF: it may run over pages, its head with it, and no row is cut in two. One that is wider than
 * the sheet is set as several under one another, each with its first column, so that no number is cut.
 */

import type { Content, TableCell } from "pdfmake/interfaces";
import type { PaperCell, PaperColumn, PaperTable } from "../domain/impact/paper";
import { cellWords, isHidden, isNumeric } from "../domain/impact/paper-cell";
import { stretches } from "./pdf-letters";
import { roomOf } from "./pdf-room";
import { INK, PAPER } from "./pdf-style";

/** What a column of numbers takes, in points; names have the rest. */
const NUMBER = 84;

/** Longest word of a column of numbers and of one of names; longer ones are broken. */
const LONGEST = { number: 16, text: 24 } as const;

/** Points that a letter of a table takes at most, and those between two columns. */
const LETTER = 5.6;
const BETWEEN = 8;
/** Points that a column of words is read in at least, where the table is parted anyway. */
const READABLE = 72;

/** Points without which a column cannot be set: those of its longest word. */
function leastWidth(column: PaperColumn, cells: readonly PaperCell[]): number {
  const longest = LONGEST[isNumeric(column) ? "number" : "text"];
  const letters = [column.label, ...cells.map((cell) => said(cell, column))]
    .flatMap((words) => words.split(/\s/))
    .reduce((most, word) => Math.max(most, Math.min(word.length, longest)), 1);
  return letters * LETTER + BETWEEN;
}

/** The table itself where the sheet has room for its columns; else in parts, each with the first column. */
function partsOf(table: PaperTable): readonly PaperTable[] {
  const { columns, rows } = table;
  const least = columns.map((column, at) =>
    leastWidth(
      column,
      rows.map((row) => row[at] ?? null),
    ),
  );
  if (least.reduce((sum, points) => sum + points, 0) <= PAPER.width) return [table];
  const [first = 0] = least;
  const start = Math.max(first, READABLE);
  const parts: number[][] = [];
  let left = 0;
  for (const [at, column] of columns.entries()) {
    if (at === 0) continue;
    const needs = isNumeric(column) ? (least[at] ?? 0) : Math.max(READABLE, least[at] ?? 0);
    if (parts.length === 0 || needs > left) {
      parts.push([]);
      left = PAPER.width - start;
    }
    parts.at(-1)?.push(at);
    left -= needs;
  }
  return parts.map((part, number) => ({
    ...table,
    caption: number === 0 ? table.caption : `${table.caption}, continued`,
    columns: columns.filter((_, at) => at === 0 || part.includes(at)),
    rows: rows.map((row) => row.filter((_, at) => at === 0 || part.includes(at))),
  }));
}

/** Points that a table takes at most, with its caption, in all its parts. */
export const tableRoom = (table: PaperTable): number =>
  partsOf(table).reduce((sum, part) => sum + partRoom(part), 0);

function partRoom({ caption, columns, rows }: PaperTable): number {
  const numbers = columns.filter(isNumeric).length;
  const names = Math.max(60, (PAPER.width - numbers * (NUMBER + 8)) / Math.max(1, columns.length - numbers));
  const line = (cells: readonly string[]) =>
    Math.max(
      ...cells.map((words, at) => roomOf(words, 9.5, columns[at]?.type === "text" ? names - 8 : NUMBER)),
    );
  return (
    30 +
    roomOf(caption, 9, PAPER.width) +
    line(columns.map(({ label }) => label)) +
    rows.reduce((sum, row) => sum + line(columns.map((column, at) => said(row[at] ?? null, column))) - 4, 0)
  );
}

/** What is hidden in two lines: a column as wide as all its words would leave names no room. */
const said = (cell: PaperCell, column: PaperColumn) =>
  isHidden(cell, column) ? cellWords(cell, column).replace(", ", ",\n") : cellWords(cell, column);

/** The table under its caption. `mayBreak`: it is not kept on one page, so its caption must not stay behind. */
export const tableOf = (table: PaperTable, mayBreak: boolean): Content[] =>
  partsOf(table).flatMap((part) => partOf(part, mayBreak));

function partOf({ caption, columns, rows }: PaperTable, mayBreak: boolean): Content[] {
  const narrow = columns.length > 4;
  const head = columns.map(
    (column): TableCell => ({
      text: stretches(column.label, isNumeric(column) ? LONGEST.number : LONGEST.text),
      style: "head",
      alignment: isNumeric(column) ? "right" : "left",
    }),
  );
  const body = rows.map((row) =>
    columns.map((column, at): TableCell => {
      const cell = row[at] ?? null;
      return {
        text: stretches(said(cell, column), isNumeric(column) ? LONGEST.number : LONGEST.text),
        style: isNumeric(column) && typeof cell !== "number" ? "said" : "cell",
        alignment: isNumeric(column) ? "right" : "left",
      };
    }),
  );
  return [
    {
      text: stretches(caption),
      style: "caption",
      margin: [0, 2, 0, 2],
      ...(mayBreak && { headlineLevel: 3 }),
    },
    {
      table: {
        headerRows: 1,
        keepWithHeaderRows: 2,
        dontBreakRows: true,
        widths: columns.map((column) => (isNumeric(column) ? (narrow ? "auto" : NUMBER) : "*")),
        body: [head, ...body],
      },
      layout: {
        hLineWidth: (at) => (at === 0 ? 0 : at === 1 ? 1.2 : 0.5),
        hLineColor: (at) => (at === 1 ? INK.first : INK.line),
        vLineWidth: () => 0,
        paddingLeft: (at) => (at === 0 ? 0 : 8),
        paddingRight: () => 0,
        paddingTop: () => 3,
        paddingBottom: () => 3,
      },
      margin: [0, 0, 0, 10],
    },
  ];
}
