/**
 * A subject access pack as PDF, A4: real text with its language, its title and an outline of its headings, a small table
 * of names and values for each row. What was blacked out is not in the pack, and so not in here.
 */

import type { Content, TDocumentDefinitions } from "pdfmake/interfaces";
import { inDigits } from "../domain/impact/words";
import type { HeldRow, HeldTable, Pack } from "../domain/rights/pack";
import { pdfBytes } from "./pdf";
import { FACE, stretches } from "./pdf-letters";
import { INK, MARGIN, STYLES } from "./pdf-style";
import {
  isId,
  labelOf,
  leadOf,
  lookInWords,
  RIGHTS_WORDS,
  shareInWords,
  shownTables,
  titleOf,
  valueInWords,
} from "./subject-words";

/** The bytes of the document. */
export function subjectPdf(pack: Pack): Promise<Uint8Array> {
  const { filled, counted } = shownTables(pack);
  const title = titleOf(pack);
  const definition: TDocumentDefinitions = {
    pageSize: "A4",
    pageMargins: [MARGIN, 40, MARGIN, 46],
    version: "1.7",
    language: "en-GB",
    displayTitle: true,
    info: { title, author: pack.organisation.name, creator: "Common Need", producer: "Common Need" },
    defaultStyle: { font: FACE, fontSize: 10.5, lineHeight: 1.08, color: INK.first },
    styles: STYLES,
    footer: (page, pages) => ({
      margin: [MARGIN, 14, MARGIN, 0],
      columns: [
        { width: "*", text: stretches(title), style: "foot" },
        { width: 64, text: `Page ${page} of ${pages}`, style: "foot", alignment: "right", noWrap: true },
      ],
    }),
    // A heading at the foot of a page goes with what it heads.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel !== undefined && (startPosition?.verticalRatio ?? 0) > 0.86,
    content: [
      { text: stretches(pack.organisation.name), style: "second" },
      { text: stretches(title, 24), style: "title" },
      { text: stretches(leadOf(pack)), style: "lead" },
      ...filled.flatMap(tableSection),
      heading("With whom it was shared"),
      listed(pack.shares.map(shareInWords), "Nothing was shared with anybody."),
      heading("Who has looked"),
      listed(pack.looks.map(lookInWords), "Nobody has looked."),
      heading("What is kept and cannot be read back"),
      listed(
        [
          ...counted.map(({ title, why, count }) => `${title}: ${inDigits(count)}. ${why}`),
          ...pack.explained,
        ],
        "Nothing.",
      ),
      heading("Your rights"),
      { text: RIGHTS_WORDS, style: "body" },
    ],
  };
  return pdfBytes(definition);
}

const heading = (title: string): Content => ({
  text: stretches(title, 24),
  style: "section",
  headlineLevel: 1,
  outline: true,
  outlineText: title,
});

const listed = (lines: readonly string[], none: string): Content =>
  lines.length === 0
    ? { text: none, style: "body" }
    : { ul: lines.map((words) => ({ text: stretches(words), style: "listed" })) };

const tableSection = ({ title, why, rows }: HeldTable): Content[] => [
  heading(title),
  { text: stretches(why), style: "says" },
  ...(rows ?? []).flatMap(rowOf),
];

/** A row as names and values; one that holds nothing but ids is left to the file for programs. */
function rowOf({ values }: HeldRow): Content[] {
  const pairs = Object.entries(values).filter(([, value]) => !isId(value));
  if (pairs.length === 0) return [];
  return [
    {
      margin: [0, 4, 0, 8],
      table: {
        widths: [130, "*"],
        dontBreakRows: true,
        body: pairs.map(([column, value]) => [
          { text: stretches(labelOf(column), 20), style: "said" },
          { text: stretches(valueInWords(value), 40), style: "cell" },
        ]),
      },
      layout: {
        hLineWidth: (at, { table }) => (at === 0 || at === table.body.length ? 0.75 : 0),
        hLineColor: () => INK.line,
        vLineWidth: () => 0,
        paddingLeft: (at) => (at === 0 ? 0 : 8),
        paddingRight: () => 0,
        paddingTop: () => 2.5,
        paddingBottom: () => 2.5,
      },
    },
  ];
}
