/**
 * A paper as PDF, A4: real text with its language and title, an outline of its headings, charts as vectors with their
 * words above and their table beneath, how it is counted in the margin. Reading order is the order of the paper.
 */

import { createHash } from "node:crypto";
import pdfMake from "pdfmake";
import type { Content, ContentText, TDocumentDefinitions } from "pdfmake/interfaces";
import type { Paper, PaperBlock, PaperSection, PaperTable } from "../domain/impact/paper";
import type { DrawChart } from "./page";
import { audienceWords, basisWords, EDITED } from "./paper-words";
import { FACE, FACE_FILES, FACES, isCovered, OTHER_FACE, stretches } from "./pdf-letters";
import { CONTENT, INK, MARGIN, MARGIN_NOTES, PAPER, STYLES } from "./pdf-style";
import { KEPT_TOGETHER, tableOf } from "./pdf-table";

pdfMake.setFonts(FACES);
// Nothing of a paper names a file or an address: the faces are all that is read.
pdfMake.setUrlAccessPolicy(() => false);
pdfMake.setLocalAccessPolicy((path) => FACE_FILES.has(path));

/** Charts are drawn in pixels on a wider sheet, so that their letters come out a little smaller than the text. */
const CHART_PIXELS = 540;

/** The bytes of the document: of the same paper, the same. */
export async function paperPdf(paper: Paper, draw: DrawChart): Promise<Uint8Array> {
  const definition: TDocumentDefinitions = {
    pageSize: "A4",
    pageMargins: [MARGIN, 42, MARGIN, 50],
    version: "1.7",
    language: "en-GB",
    displayTitle: true,
    info: {
      title: paper.title,
      author: paper.from,
      subject: `${paper.from}, ${paper.period}`,
      creator: "Common Need",
      producer: "Common Need",
      creationDate: new Date(`${paper.countedOn}T12:00:00Z`),
      // The id of a PDF is made of what stands here: with this, another paper has another.
      keywords: createHash("sha256").update(JSON.stringify(paper)).digest("hex").slice(0, 32),
    },
    defaultStyle: { font: FACE, fontSize: 10.5, lineHeight: 1.08, color: INK.first },
    styles: STYLES,
    footer: (page, pages) => footOf(paper, page, pages),
    // A heading at the foot of a page goes with what it heads. Only those outside of what is kept together have a level.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel !== undefined && (startPosition?.verticalRatio ?? 0) > 0.86,
    content: [
      ...headOf(paper),
      ...paper.sections.flatMap((section) => sectionOf(section, draw)),
      ...closingOf(paper),
    ],
  };
  return new Uint8Array(await pdfMake.createPdf(definition).getBuffer());
}

const line = (
  width: number,
  thick: number,
  color: string,
  margin: [number, number, number, number],
): Content => ({
  canvas: [{ type: "line", x1: 0, y1: 0, x2: width, y2: 0, lineWidth: thick, lineColor: color }],
  margin,
});

/** Paragraphs of a text that may have several lines. */
const paragraphs = (text: string, style: string): ContentText[] =>
  text
    .split(/\n+/)
    .filter((each) => each.trim() !== "")
    .map((each) => ({ text: stretches(each), style }));

function headOf(paper: Paper): Content[] {
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
    { text: stretches(paper.title), style: "title" },
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

function headlinesOf({ headlines }: Paper): Content[] {
  if (headlines.length === 0) return [];
  const rows = headlines.length > 4 ? [headlines.slice(0, 3), headlines.slice(3)] : [headlines];
  return [
    line(PAPER.width, 1.5, INK.first, [0, 12, 0, 12]),
    ...rows.map(
      (row): Content => ({
        unbreakable: true,
        columns: row.map(({ value, what, note }) => ({
          width: "*",
          stack: [
            { text: stretches(value), style: value.length > 9 ? "figureLong" : "figure" },
            { text: stretches(what), style: "figureWhat" },
            { text: stretches(note), style: "caption" },
          ],
        })),
        columnGap: 16,
      }),
    ),
    line(PAPER.width, 0.75, INK.line, [0, 8, 0, 0]),
  ];
}

/** The first block is kept with its heading, beside the notes; the others follow, as wide as they need. */
function sectionOf({ key, title, text, edited, blocks, notes }: PaperSection, draw: DrawChart): Content[] {
  const [first, ...rest] = blocks.flatMap((block) => piecesOf(block, key, draw));
  const opening: Content[] = [
    {
      text: stretches(title),
      style: "section",
      id: key,
      // Of what is kept together no part may begin a page: the renderer would lose what follows it.
      ...(first && !first.together && { headlineLevel: 1 }),
      outline: true,
      outlineText: title,
      outlineExpanded: true,
    },
    ...paragraphs(text, "body"),
    ...(edited ? [{ text: EDITED, style: "caption" }] : []),
    ...(first && !first.wide ? [first.content] : []),
  ];
  const beside: Content = {
    columns: [
      { width: CONTENT, stack: opening },
      ...(notes.length > 0 ? [{ width: MARGIN_NOTES, stack: notesOf(notes), margin: marginTop(22) }] : []),
    ],
    columnGap: PAPER.gap,
  };
  const start: Content[] = first?.wide ? [beside, first.content] : [beside];
  return [
    ...(first && !first.together ? start : [{ unbreakable: true, stack: start }]),
    ...rest.map(
      ({ content, together }): Content => (together ? { unbreakable: true, stack: [content] } : content),
    ),
  ];
}

const marginTop = (points: number): [number, number, number, number] => [0, points, 0, 0];

const notesOf = (notes: PaperSection["notes"]): Content[] => [
  line(MARGIN_NOTES, 1.5, INK.first, [0, 0, 0, 5]),
  ...notes.map(
    ({ term, means }): Content => ({
      text: [{ text: stretches(term), bold: true, color: INK.first }, " ", { text: stretches(means) }],
      style: "note",
    }),
  ),
];

interface Piece {
  content: Content;
  /** Takes the whole width, so nothing can stand beside it. */
  wide: boolean;
  /** Is kept on one page. */
  together: boolean;
}

function piecesOf(block: PaperBlock, section: string, draw: DrawChart): Piece[] {
  switch (block.kind) {
    case "words":
      return [
        {
          content: { stack: block.words.flatMap((words) => paragraphs(words, "body")) },
          wide: false,
          together: true,
        },
      ];
    case "story":
      return [{ content: storyOf(block), wide: false, together: true }];
    case "table":
      return [tablePiece(block.table, headingOf(block.title, section))];
    case "chart":
      return [
        {
          content: {
            stack: [
              headingOf(block.title, section),
              ...paragraphs(block.says, "says"),
              { svg: inOurLetters(draw(block, CHART_PIXELS)), width: CONTENT, margin: [0, 4, 0, 4] },
            ],
          },
          wide: false,
          together: true,
        },
        tablePiece(block.table),
      ];
  }
}

function tablePiece(table: PaperTable, heading?: ContentText): Piece {
  const together = table.rows.length <= KEPT_TOGETHER;
  const content = tableOf(table);
  if (!heading) return { content, wide: true, together };
  return {
    content: { stack: [together ? heading : { ...heading, headlineLevel: 2 }, content] },
    wide: true,
    together,
  };
}

/** A chart with names that the reading face cannot write is lettered in the other. */
const inOurLetters = (svg: string) =>
  isCovered(svg) ? svg : svg.replaceAll(`font-family="${FACE},`, `font-family="${OTHER_FACE},`);

const headingOf = (title: string, section: string): ContentText => ({
  text: stretches(title),
  style: "block",
  outline: true,
  outlineText: title,
  outlineParentId: section,
});

function storyOf({ quote, who, consent }: Extract<PaperBlock, { kind: "story" }>): Content {
  return {
    table: {
      widths: ["*"],
      body: [
        [
          {
            stack: [
              ...quote.flatMap((words) => paragraphs(words, "quote")),
              { text: stretches(who), style: "second" },
              { text: stretches(consent), style: "caption" },
            ],
          },
        ],
      ],
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (at) => (at === 0 ? 2.5 : 0),
      vLineColor: () => INK.brand,
      paddingLeft: () => 12,
      paddingTop: () => 0,
      paddingBottom: () => 0,
    },
    margin: [0, 6, 0, 6],
  };
}

function closingOf({ counted, limits, version }: Paper): Content[] {
  const box = (title: string, lines: readonly string[]): Content => ({
    stack: [
      { text: title, style: "boxTitle", outline: true, outlineText: title },
      ...lines.map((words): Content => ({ text: stretches(words), style: "boxLine" })),
    ],
  });
  return [
    {
      unbreakable: true,
      table: {
        widths: ["*", "*"],
        body: [[box("How we counted", counted), box("What this does not show", limits)]],
      },
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
    },
    ...(version && version.changes.length > 0
      ? [
          {
            ...headed(`What is different from version ${version.number - 1}`),
          },
          { ul: version.changes.map((words) => ({ text: stretches(words), style: "listed" })) },
        ]
      : []),
  ];
}

const headed = (title: string): ContentText => ({
  text: title,
  style: "section",
  headlineLevel: 1,
  outline: true,
  outlineText: title,
});

const footOf = (paper: Paper, page: number, pages: number): Content => ({
  margin: [MARGIN, 14, MARGIN, 0],
  columns: [
    {
      width: "*",
      text: stretches(
        paper.basis === "exact" ? `Exact numbers: not to leave the organisation. ${paper.foot}` : paper.foot,
      ),
      style: "foot",
    },
    { width: "auto", text: `Page ${page} of ${pages}`, style: "foot" },
  ],
  columnGap: 16,
});

/** Two circles that share a middle. */
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" width="22" height="15.9" viewBox="0 0 36 26"><circle cx="12.5" cy="13" r="11" fill="none" stroke="${INK.brand}" stroke-width="2.6"/><circle cx="23.5" cy="13" r="11" fill="none" stroke="${INK.brand}" stroke-width="2.6"/><path d="M18 3.5a11 11 0 0 1 0 19 11 11 0 0 1 0-19z" fill="${INK.brand}"/></svg>`;
