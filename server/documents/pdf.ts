/**
 * A paper as PDF, A4: real text with its language and title, an outline of its headings, charts as vectors with their
 * words above, how it is counted in the margin, and the tables behind the charts at the end. Reading order is the order
 * of the paper.
 */

import type { Content } from "pdfmake/interfaces";
import { type AnyPaper, FOOT_HEADINGS } from "../domain/impact/paper";
import type { DrawChart } from "./page";
import { audienceWords, basisWords, EDITED } from "./paper-words";
import { documentPdf, headed } from "./pdf-document";
import { stretches } from "./pdf-letters";
import { fitsPage, kept, roomOfAll } from "./pdf-room";
import { sectionOf } from "./pdf-section";
import { INK, PAPER } from "./pdf-style";
import { tableNumbers, tablesAtEnd } from "./pdf-tables";
import { line, paragraphs } from "./pdf-text";

/** The bytes of the document: of the same paper, the same. */
export function paperPdf(paper: AnyPaper, draw: DrawChart): Promise<Uint8Array> {
  const { title, from, period, basis, countedOn } = paper;
  const numberOf = tableNumbers(paper);
  return documentPdf({
    title,
    from,
    subject: `${from}, ${period}`,
    madeAt: new Date(`${countedOn}T12:00:00Z`),
    madeOf: paper,
    foot: basis === "exact" ? `Exact numbers: not to leave the organisation. ${paper.foot}` : paper.foot,
    content: [
      ...headOf(paper),
      ...paper.sections.flatMap((section) => sectionOf(section, draw, numberOf)),
      ...closingOf(paper),
      ...tablesAtEnd(paper, numberOf),
    ],
  });
}

function headOf(paper: AnyPaper): Content[] {
  return [
    {
      columns: [
        { svg: MARK, width: 22, margin: [0, 1, 0, 0] },
        { text: stretches(paper.from), style: "second", width: "*" },
        { text: audienceWords(paper), style: "second", width: "auto" },
      ],
      columnGap: 8,
      margin: [0, 0, 0, 14],
    },
    { text: stretches(paper.title, 24), style: "title" },
    ...paragraphs(paper.lead, "lead"),
    ...(paper.titleEdited || paper.leadEdited ? [{ text: EDITED, style: "caption" }] : []),
    paper.basis === "exact"
      ? {
          table: { widths: ["*"], body: [[{ text: basisWords(paper), style: "warned" }]] },
          layout: {
            hLineWidth: () => 0,
            vLineWidth: (at) => (at === 0 ? 3 : 0),
            vLineColor: () => INK.wait,
            fillColor: () => PAPER.wait,
            paddingLeft: () => 8,
            paddingTop: () => 5,
            paddingBottom: () => 5,
          },
          margin: [0, 2, 0, 4],
        }
      : { text: basisWords(paper), style: "caption" },
    ...headlinesOf(paper),
  ];
}

function headlinesOf({ headlines }: AnyPaper): Content[] {
  if (headlines.length === 0) return [];
  // A value of more letters than a column has room for is smaller, and may be broken.
  const rows = headlines.length > 4 ? [headlines.slice(0, 3), headlines.slice(3)] : [headlines];
  return [
    line(PAPER.width, 1.5, INK.first, [0, 10, 0, 10]),
    ...rows.map(
      (row): Content => ({
        unbreakable: true,
        columns: row.map(({ value, what, note }) => ({
          width: "*",
          stack: [
            { text: stretches(value, 11), style: value.length > 9 ? "figureLong" : "figure" },
            { text: stretches(what, 18), style: "figureWhat" },
            { text: stretches(note), style: "caption" },
          ],
        })),
        columnGap: 16,
      }),
    ),
    line(PAPER.width, 0.75, INK.line, [0, 6, 0, 0]),
  ];
}

function closingOf({ counted, limits, version }: AnyPaper): Content[] {
  const box = (title: string, lines: readonly string[]): Content => ({
    stack: [
      headed(title, { style: "boxTitle" }),
      ...lines.map((words): Content => ({ text: stretches(words), style: "boxLine" })),
    ],
  });
  const half = PAPER.width / 2 - 30;
  const room = 90 + Math.max(roomOfAll(counted, 9.5, half), roomOfAll(limits, 9.5, half));
  const boxes = [box(FOOT_HEADINGS.counted, counted), box(FOOT_HEADINGS.limits, limits)];
  const inOneBox: Content = {
    table: { widths: ["*", "*"], body: [boxes] },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      fillColor: () => PAPER.sunk,
      paddingLeft: () => 16,
      paddingRight: () => 12,
      paddingTop: () => 14,
      paddingBottom: () => 10,
    },
    margin: [0, 26, 0, 0],
  };
  return [
    // Columns that run over a page would be read in pieces.
    ...(fitsPage(room) ? kept([inOneBox], room) : boxes),
    ...(version && version.changes.length > 0
      ? [
          headed(`What is different from version ${version.number - 1}`, { style: "section", isAlone: true }),
          { ul: version.changes.map((words) => ({ text: stretches(words), style: "listed" })) },
        ]
      : []),
  ];
}

/** Two circles that share a middle. */
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" width="22" height="15.9" viewBox="0 0 36 26"><circle cx="12.5" cy="13" r="11" fill="none" stroke="${INK.brand}" stroke-width="2.6"/><circle cx="23.5" cy="13" r="11" fill="none" stroke="${INK.brand}" stroke-width="2.6"/><path d="M18 3.5a11 11 0 0 1 0 19 11 11 0 0 1 0-19z" fill="${INK.brand}"/></svg>`;
