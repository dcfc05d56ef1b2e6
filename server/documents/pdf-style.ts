/** Measures (in points), colours and text styles of a PDF: the tokens of the look book on A4. */

import type { StyleDictionary } from "pdfmake/interfaces";

/** White round the text. */
export const MARGIN = 48;

export const PAPER = {
  /** A4. */
  sheet: { width: 595.28, height: 841.89 },
  /** Of the text between the margins. */
  width: 595.28 - 2 * MARGIN,
  /** Between the content and its notes. */
  gap: 24,
  sunk: "#efece4",
  wait: "#fbf0d5",
} as const;

/** Notes stand in a margin of their own. */
export const MARGIN_NOTES = 126;
export const CONTENT = PAPER.width - PAPER.gap - MARGIN_NOTES;

export const INK = {
  first: "#1a211e",
  second: "#454e49",
  third: "#626a64",
  line: "#dedacf",
  brand: "#1a594d",
  wait: "#7a4f00",
} as const;

/** Line heights are in the face’s own, which are 1.25 of its size. */
export const STYLES: StyleDictionary = {
  title: { fontSize: 23, bold: true, lineHeight: 0.94, characterSpacing: -0.3, margin: [0, 0, 30, 8] },
  lead: { fontSize: 12, color: INK.second, lineHeight: 1.1, margin: [0, 0, 40, 6] },
  section: { fontSize: 15, bold: true, lineHeight: 0.96, margin: [0, 18, 0, 5] },
  block: { fontSize: 11.5, bold: true, lineHeight: 1, margin: [0, 8, 0, 2] },
  tablesOf: { fontSize: 11.5, bold: true, color: INK.brand, lineHeight: 1, margin: [0, 10, 0, 0] },
  tableTitle: { fontSize: 10, bold: true, lineHeight: 1, margin: [0, 7, 0, 2] },
  body: { margin: [0, 0, 0, 6] },
  says: { color: INK.second, margin: [0, 0, 0, 2] },
  second: { fontSize: 10, color: INK.second },
  caption: { fontSize: 9, color: INK.third, lineHeight: 1.04, margin: [0, 1, 0, 4] },
  note: { fontSize: 9, color: INK.second, lineHeight: 1.08, margin: [0, 0, 0, 6] },
  warned: { fontSize: 10 },
  figure: { fontSize: 29, bold: true, lineHeight: 0.9, characterSpacing: -0.4 },
  figureLong: { fontSize: 17, bold: true, lineHeight: 1, margin: [0, 6, 0, 4] },
  figureWhat: { bold: true, lineHeight: 1, margin: [0, 0, 0, 1] },
  quote: { fontSize: 13, lineHeight: 1.14, margin: [0, 0, 0, 6] },
  head: { fontSize: 9, bold: true, lineHeight: 1 },
  cell: { fontSize: 9, lineHeight: 1 },
  said: { fontSize: 9, lineHeight: 1, color: INK.second },
  boxTitle: { fontSize: 11, bold: true, margin: [0, 0, 0, 4] },
  boxLine: { fontSize: 9.5, color: INK.second, lineHeight: 1.08, margin: [0, 0, 0, 4] },
  listed: { color: INK.second, margin: [0, 0, 0, 3] },
  foot: { fontSize: 8.5, color: INK.third },
};
