/**
 * A section of a paper in a PDF: its words and charts, and beside them how it is counted. No chart is cut in two. The
 * tables behind charts stand at the end of the document, and so do those that are too wide to stand here (pdf-tables.ts).
 */

import type { Column, Content } from "pdfmake/interfaces";
import type { ChartBlock, PaperBlock, PaperSection } from "../domain/impact/paper";
import { listInWords } from "../domain/impact/words";
import type { DrawChart } from "./page";
import { EDITED } from "./paper-words";
import { headed } from "./pdf-document";
import { FACE, isCovered, OTHER_FACE, stretches } from "./pdf-letters";
import { fitsPage, kept, roomOf, roomOfAll, TALLEST } from "./pdf-room";
import { CONTENT, INK, MARGIN_NOTES, PAPER } from "./pdf-style";
import { tablePiece } from "./pdf-table";
import { standsAtEnd, type TableNumber } from "./pdf-tables";
import { pictured } from "./pdf-tags";
import { line, paragraphs } from "./pdf-text";

/** Charts are drawn in pixels on a wider sheet, so that their letters come out a little smaller than the text. */
const CHART_PIXELS = 540;

/** Points of a heading with a sentence or two, which would look lost at the foot of a page. */
const FEW_WORDS = 170;

/** A section as it stands in the document. Its notes are beside it on the page on which it begins. */
export function sectionOf(section: PaperSection<string>, draw: DrawChart, numberOf: TableNumber): Content[] {
  const { key, title, text, edited, blocks, notes } = section;
  const named = { style: "section", id: key } as const;
  const words = [...paragraphs(text, "body"), ...(edited ? [{ text: EDITED, style: "caption" }] : [])];
  const wordsRoom = 60 + roomOf(title, 15, CONTENT) + roomOf(text, 10.5, CONTENT);
  const notesRoom = roomOfAll(
    notes.map(({ term, means }) => `${term}\n${means}`),
    9,
    MARGIN_NOTES,
  );
  const pieces = [
    ...blocks.flatMap((block) => piecesOf(block, section, draw, numberOf)),
    ...elsewhere(section, numberOf),
  ];
  const each = (some: readonly Piece[]) => some.flatMap(({ content, room }) => kept(content, room));
  // Columns of so many words would be read in pieces: they stand under one another.
  if (!fitsPage(Math.max(wordsRoom, notesRoom))) {
    return [
      headed(title, { ...named, isAlone: true }),
      ...words,
      ...notesOf(notes, CONTENT),
      ...each(pieces),
    ];
  }
  // A heading with few words goes with what it heads, and what is longer than its words has notes beside it, too.
  const [first] = pieces;
  const withFirst = first !== undefined && (wordsRoom < FEW_WORDS || notesRoom > wordsRoom);
  const startRoom = Math.max(wordsRoom + (withFirst ? first.room : 0), notesRoom);
  const isJoined = withFirst && fitsPage(startRoom);
  const start = [headed(title, named), ...words, ...(isJoined ? first.content : [])];
  const margin: Column = { width: MARGIN_NOTES, stack: notesOf(notes, MARGIN_NOTES), margin: marginTop(18) };
  const columns = { columns: [{ width: CONTENT, stack: start }, margin], columnGap: PAPER.gap };
  return [
    // In one piece, so that notes never stand on another page than what they are of.
    ...kept(
      notes.length > 0 ? [columns] : [narrow(start)],
      isJoined ? startRoom : Math.max(wordsRoom, notesRoom),
    ),
    narrow(each(isJoined ? pieces.slice(1) : pieces)),
  ];
}

/** As wide as the words of a section, with the margin for notes left white. */
const narrow = (stack: Content[]): Content => ({ stack, margin: [0, 0, PAPER.gap + MARGIN_NOTES, 0] });

/** Where the tables of a section are that no chart of it leads to. */
function elsewhere(section: PaperSection<string>, numberOf: TableNumber): Piece[] {
  const numbers = section.blocks.flatMap((block) =>
    block.kind === "table" && standsAtEnd(section, block.table) ? [String(numberOf(block.table))] : [],
  );
  if (numbers.length === 0) return [];
  const words = `More numbers: ${numbers.length === 1 ? "table" : "tables"} ${listInWords(numbers)}.`;
  return [{ content: [{ text: words, style: "caption" }], room: roomOf(words, 9, CONTENT) }];
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

/** Something that stands in one piece where it can. */
interface Piece {
  content: Content[];
  /** Points that it takes at most. */
  room: number;
}

function piecesOf(
  block: PaperBlock,
  section: PaperSection<string>,
  draw: DrawChart,
  numberOf: TableNumber,
): Piece[] {
  switch (block.kind) {
    case "words":
      return [
        {
          content: block.words.flatMap((words) => paragraphs(words, "body")),
          room: roomOfAll(block.words, 10.5, CONTENT),
        },
      ];
    case "story":
      return [
        {
          content: [storyOf(block)],
          room: 40 + roomOfAll([...block.quote, block.who, block.consent], 13, CONTENT - 20),
        },
      ];
    case "table":
      return standsAtEnd(section, block.table)
        ? []
        : [tablePiece(block.table, block.title, { style: "block", under: section.key }, CONTENT)];
    case "chart":
      return [chartPiece(block, section.key, draw, numberOf)];
  }
}

function chartPiece(block: ChartBlock, section: string, draw: DrawChart, numberOf: TableNumber): Piece {
  const { title, says, table } = block;
  const svg = inOurLetters(draw(block, CHART_PIXELS));
  const words = [roomOf(title, 11.5, CONTENT), roomOf(`${says} Numbers: table 10.`, 10.5, CONTENT)];
  return {
    content: [
      headed(title, { style: "block", under: section }),
      ...paragraphs(`${says} Numbers: table ${numberOf(table)}.`, "says"),
      pictured({ svg, fit: [CONTENT, TALLEST], margin: [0, 4, 0, 4] }, `${title}. ${says}`),
    ],
    room: words.reduce((sum, points) => sum + points, 8 + Math.min(TALLEST, heightOf(svg))),
  };
}

/** Points that a drawing takes at the width of the content. */
const heightOf = (svg: string) =>
  (Number(/^<svg[^>]*\sheight="([\d.]+)"/.exec(svg)?.[1] ?? CHART_PIXELS) / CHART_PIXELS) * CONTENT;

/** A chart with names that the reading face cannot write is lettered in the other. */
const inOurLetters = (svg: string) =>
  isCovered(svg) ? svg : svg.replaceAll(`font-family="${FACE},`, `font-family="${OTHER_FACE},`);

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
