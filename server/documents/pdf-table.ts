/** A table of a paper in a PDF: it may run over pages, its head with it, and no row is cut in two. */

import type { Content, TableCell } from "pdfmake/interfaces";
import type { PaperTable } from "../domain/impact/paper";
import { cellWords, isNumeric } from "./paper-words";
import { stretches } from "./pdf-letters";
import { INK } from "./pdf-style";

/** Up to so many rows a table is kept on one page. */
export const KEPT_TOGETHER = 18;
/** What a column of numbers takes, in points; names have the rest. */
const NUMBER = 84;

/** The table with its caption. */
export function tableOf({ caption, columns, rows }: PaperTable): Content {
  const narrow = columns.length > 4;
  const head = columns.map(
    (column): TableCell => ({
      text: stretches(column.label),
      style: "head",
      alignment: isNumeric(column) ? "right" : "left",
    }),
  );
  const body = rows.map((row) =>
    columns.map((column, at): TableCell => {
      const cell = row[at] ?? null;
      return {
        text: stretches(cellWords(cell, column)),
        style: isNumeric(column) && typeof cell !== "number" ? "said" : "cell",
        alignment: isNumeric(column) ? "right" : "left",
      };
    }),
  );
  return {
    stack: [
      { text: stretches(caption), style: "caption", margin: [0, 2, 0, 2] },
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
    ],
  };
}
