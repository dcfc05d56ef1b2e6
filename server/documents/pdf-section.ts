/**
 * A section of a paper in a PDF: how it is counted in the margin, charts with their words above and their table
 * beneath, and no chart cut in two.
 */

import type { Content, ContentText } from "pdfmake/interfaces";
import type { PaperBlock, PaperSection, PaperTable } from "../domain/impact/paper";
import type { DrawChart } from "./page";
import { EDITED } from "./paper-words";
import { FACE, isCovered, OTHER_FACE, stretches } from "./pdf-letters";
import { fitsPage, kept, roomOf, roomOfAll, TALLEST } from "./pdf-room";
import { CONTENT, INK, MARGIN_NOTES, PAPER } from "./pdf-style";
import { tableOf, tableRoom } from "./pdf-table";
import { line, paragraphs } from "./pdf-text";

/** Charts are drawn in pixels on a wider sheet, so that their letters come out a little smaller than the text. */
const CHART_PIXELS = 540;
/** A table of more rows may run over a page: to keep it whole would leave half a page white. */
const MOST_ROWS = 12;

/**
 * A section as it stands in the document: its heading, words and first block on one page wherever they can be.
 * `isParted`: the block may stand on the next.
 */
export function sectionOf(section: PaperSection<string>, draw: DrawChart, isParted: boolean): Content[] {
  const { key, title, text, edited, blocks, notes } = section;
  const pieces = blocks.flatMap((block) => piecesOf(block, key, draw));
  const [first, ...rest] = pieces;
  // The headings below name this one by its id, which the types know for anchors alone.
  const heading: ContentText & { id: string } = {
    text: stretches(title),
    style: "section",
    id: key,
    outline: true,
    outlineText: title,
    outlineExpanded: true,
  };
  const words = [...paragraphs(text, "body"), ...(edited ? [{ text: EDITED, style: "caption" }] : [])];
  const wordsRoom = 60 + roomOf(title, 15, CONTENT) + roomOf(text, 10.5, CONTENT);
  const notesRoom = roomOfAll(
    notes.map(({ term, means }) => `${term}\n${means}`),
    9,
    MARGIN_NOTES,
  );
  const beside = (stack: Content[]): Content => ({
    columns: [
      { width: CONTENT, stack },
      ...(notes.length > 0
        ? [{ width: MARGIN_NOTES, stack: notesOf(notes, MARGIN_NOTES), margin: marginTop(22) }]
        : []),
    ],
    columnGap: PAPER.gap,
  });
  const each = (some: readonly Piece[]) => some.flatMap(({ content, room }) => kept(content, room));
  const startRoom = first?.wide
    ? Math.max(wordsRoom, notesRoom) + first.room
    : Math.max(wordsRoom + (first?.room ?? 0), notesRoom);
  if (fitsPage(startRoom) && !isParted) {
    const start = first?.wide
      ? [beside([heading, ...words]), ...first.content]
      : [beside([heading, ...words, ...(first?.content ?? [])])];
    return [...kept(start, startRoom), ...each(rest)];
  }
  const openingRoom = Math.max(wordsRoom, notesRoom);
  if (fitsPage(openingRoom)) return [...kept([beside([heading, ...words])], openingRoom), ...each(pieces)];
  // Columns that run over a page would be read in pieces: what is so long stands under one another.
  return [{ ...heading, headlineLevel: 1 }, ...words, ...notesOf(notes, CONTENT), ...each(pieces)];
}

const marginTop = (points: number): [number, number, number, number] => [0, points, 0, 0];

const notesOf = (notes: PaperSection<string>["notes"], width: number): Content[] => [
  line(width, 1.5, INK.first, [0, 0, 0, 5]),
  ...notes.map(
    ({ term, means }): Content => ({
      text: [
        { text: stretches(term, 20), bold: true, color: INK.first },
        "\n",
        { text: stretches(means, 22) },
      ],
      style: "note",
    }),
  ),
];

interface Piece {
  content: Content[];
  /** Takes the whole width, so nothing can stand beside it. */
  wide: boolean;
  /** Points that it takes at most. */
  room: number;
}

function piecesOf(block: PaperBlock, section: string, draw: DrawChart): Piece[] {
  switch (block.kind) {
    case "words":
      return [
        {
          content: block.words.flatMap((words) => paragraphs(words, "body")),
          wide: false,
          room: roomOfAll(block.words, 10.5, CONTENT),
        },
      ];
    case "story":
      return [
        {
          content: [storyOf(block)],
          wide: false,
          room: 40 + roomOfAll([...block.quote, block.who, block.consent], 13, CONTENT - 20),
        },
      ];
    case "table":
      return [tablePiece(block.table, headingOf(block.title, section))];
    case "chart": {
      const svg = inOurLetters(draw(block, CHART_PIXELS));
      return [
        {
          content: [
            headingOf(block.title, section),
            ...paragraphs(block.says, "says"),
            { svg, fit: [CONTENT, TALLEST], margin: [0, 4, 0, 4] },
          ],
          wide: false,
          room:
            Math.min(TALLEST, heightOf(svg)) +
            roomOf(block.title, 11.5, CONTENT) +
            roomOf(block.says, 10.5, CONTENT) +
            8,
        },
        tablePiece(block.table),
      ];
    }
  }
}

/** Points that a drawing takes at the width of the content. */
const heightOf = (svg: string) =>
  (Number(/^<svg[^>]*\sheight="([\d.]+)"/.exec(svg)?.[1] ?? CHART_PIXELS) / CHART_PIXELS) * CONTENT;

function tablePiece(table: PaperTable, heading?: ContentText): Piece {
  const room =
    table.rows.length > MOST_ROWS ? Number.POSITIVE_INFINITY : tableRoom(table) + (heading ? 40 : 0);
  const mayBreak = !fitsPage(room);
  return {
    content: [
      ...(heading ? [mayBreak ? { ...heading, headlineLevel: 2 } : heading] : []),
      ...tableOf(table, mayBreak),
    ],
    wide: true,
    room,
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
