/**
 * A table of a paper in a PDF: it may run over pages, its head with it, and no row is cut in two. One that is wider than
 * the sheet is set as several under one another, each with its first column, so that no number is cut. What is hidden is
 * said in two words, which the caption explains: the whole sentence in each cell would be all that is seen.
 */

import type { Content, TableCell } from "pdfmake/interfaces";
import type { PaperCell, PaperColumn, PaperTable } from "../domain/impact/paper";
import { cellWords, isHidden, isNumeric } from "../domain/impact/paper-cell";
import { HIDDEN, HIDDEN_BRIEFLY } from "../domain/impact/words";
import { type Heading, headed } from "./pdf-document";
import { stretches } from "./pdf-letters";
import { fitsPage, roomOf } from "./pdf-room";
import { INK, PAPER } from "./pdf-style";

/** A table of more rows may run over a page: to keep it whole would leave half a page white. */
const MOST_ROWS = 12;

/** What a column of numbers takes, in points; names have the rest. */
const NUMBER = 84;

/** Longest word of a column of numbers and of one of names; longer ones are broken. */
const LONGEST = { number: 16, text: 24 } as const;

/** Points that a letter of a table takes at most, and those between two columns. */
const LETTER = 5.6;
const BETWEEN = 8;
/** Points that a column of words is read in at least, where the table is parted anyway. */
const READABLE = 72;

/**
 * Points without which a column cannot be set: those of its longest word, or, `inOneLine`, of the longest of what stands
 * where a number is missing.
 */
function leastWidth(column: PaperColumn, cells: readonly PaperCell[], inOneLine: boolean): number {
  const longest = LONGEST[isNumeric(column) ? "number" : "text"];
  const parts = (words: string) => (inOneLine && isNumeric(column) ? [words] : words.split(/\s/));
  const letters = [...column.label.split(/\s/), ...cells.flatMap((cell) => parts(said(cell, column)))].reduce(
    (most, word) => Math.max(most, Math.min(word.length, longest)),
    1,
  );
  return letters * LETTER + BETWEEN;
}

function leastWidths({ columns, rows }: PaperTable, inOneLine = false): number[] {
  return columns.map((column, at) =>
    leastWidth(
      column,
      rows.map((row) => row[at] ?? null),
      inOneLine,
    ),
  );
}

const sumOf = (points: readonly number[]) => points.reduce((sum, each) => sum + each, 0);

/** Whether a table of few rows can be read in this width: no word of it is broken, and its numbers are not crowded. */
export const fitsWidth = (table: PaperTable, width: number): boolean =>
  table.rows.length <= MOST_ROWS && sumOf(leastWidths(table, true)) + BETWEEN * table.columns.length <= width;

/** The table itself where the sheet has room for its columns; else in parts, each with the first column. */
function partsOf(table: PaperTable): readonly PaperTable[] {
  const { columns, rows } = table;
  const least = leastWidths(table);
  if (sumOf(least) <= PAPER.width) return [table];
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
    caption:
      number === 0 ? table.caption : table.caption === "" ? "Continued" : `${table.caption}, continued`,
    columns: columns.filter((_, at) => at === 0 || part.includes(at)),
    rows: rows.map((row) => row.filter((_, at) => at === 0 || part.includes(at))),
  }));
}

/** Points that a table takes at most, with its caption, in all its parts. */
const tableRoom = (table: PaperTable, width: number): number =>
  sumOf(partsOf(table).map((part) => partRoom(part, width)));

function partRoom(part: PaperTable, width: number): number {
  const { columns, rows } = part;
  const numbers = columns.filter(isNumeric).length;
  const names = Math.max(60, (width - numbers * (NUMBER + 8)) / Math.max(1, columns.length - numbers));
  const line = (cells: readonly string[]) =>
    Math.max(
      ...cells.map((words, at) => roomOf(words, 9.5, columns[at]?.type === "text" ? names - 8 : NUMBER)),
    );
  return (
    30 +
    roomOf(captionOf(part), 9, width) +
    line(columns.map(({ label }) => label)) +
    rows.reduce((sum, row) => sum + line(columns.map((column, at) => said(row[at] ?? null, column))) - 4, 0)
  );
}

/** What stands in a cell where a number is hidden, in one line. */
const BRIEFLY = HIDDEN_BRIEFLY.replaceAll(" ", "\u00a0");

/** A cell as the PDF says it. */
export const said = (cell: PaperCell, column: PaperColumn) =>
  isHidden(cell, column) ? BRIEFLY : cellWords(cell, column);

/** What a table is of, and what stands for a hidden number in it. */
function captionOf({ caption, columns, rows }: PaperTable): string {
  const hides = rows.some((row) => columns.some((column, at) => isHidden(row[at] ?? null, column)));
  return [caption, ...(hides ? [`“${HIDDEN_BRIEFLY}” is ${HIDDEN}.`] : [])]
    .filter((words) => words !== "")
    .join(". ");
}

/** A table with what heads it, and how much room it takes: without end where it may run over pages. */
export function tablePiece(
  table: PaperTable,
  title: string,
  heading: Heading,
  width = PAPER.width,
): { content: Content[]; room: number } {
  const room = table.rows.length > MOST_ROWS ? Number.POSITIVE_INFINITY : tableRoom(table, width) + 40;
  const mayBreak = !fitsPage(room);
  return {
    content: [headed(title, { ...heading, isAlone: mayBreak }), ...tableOf(table, mayBreak, width)],
    room,
  };
}

/** The table under its caption. `mayBreak`: it is not kept on one page, so its caption must not stay behind. */
const tableOf = (table: PaperTable, mayBreak: boolean, width: number): Content[] =>
  partsOf(table).flatMap((part) => partOf(part, mayBreak, width));

/** Letters of a code; a column of nothing longer needs no more room than it takes. */
const CODE = 8;

/** Whether a column holds codes, and another one the words for them. */
const isOfCodes = ({ columns, rows }: PaperTable, at: number): boolean =>
  columns.some((column, other) => other > at && !isNumeric(column)) &&
  rows.every((row) => String(row[at]).length <= CODE);

const CAPTION: [number, number, number, number] = [0, 2, 0, 2];

function partOf(part: PaperTable, mayBreak: boolean, width: number): Content[] {
  const { columns, rows } = part;
  const narrow = columns.length > 4 || width < PAPER.width;
  const inOneLine = sumOf(leastWidths(part, true)) <= width;
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
        ...(inOneLine && isNumeric(column) && { noWrap: true }),
        alignment: isNumeric(column) ? "right" : "left",
      };
    }),
  );
  const caption = captionOf(part);
  return [
    ...(caption === ""
      ? []
      : [
          {
            text: stretches(caption),
            style: "caption",
            margin: CAPTION,
            ...(mayBreak && { headlineLevel: 3 }),
          },
        ]),
    {
      table: {
        headerRows: 1,
        keepWithHeaderRows: 2,
        dontBreakRows: true,
        widths: columns.map((column, at) =>
          isNumeric(column) ? (narrow ? "auto" : NUMBER) : isOfCodes(part, at) ? "auto" : "*",
        ),
        body: [head, ...body],
      },
      layout: {
        hLineWidth: (at) => (at === 0 ? 0 : at === 1 ? 1.2 : 0.5),
        hLineColor: (at) => (at === 1 ? INK.first : INK.line),
        vLineWidth: () => 0,
        paddingLeft: (at) => (at === 0 ? 0 : 8),
        paddingRight: () => 0,
        paddingTop: () => 2.5,
        paddingBottom: () => 2.5,
      },
      margin: [0, 0, 0, 10],
    },
  ];
}
