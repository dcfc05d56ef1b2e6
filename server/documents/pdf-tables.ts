/**
 * The tables of a paper at the end of its PDF, numbered, under the headings of their sections: whoever reads the pages
 * before them meets words and charts, and finds every number here.
 */

import type { Content, ContentText } from "pdfmake/interfaces";
import type { AnyPaper, PaperSection, PaperTable } from "../domain/impact/paper";
import { headed } from "./pdf-document";
import { stretches } from "./pdf-letters";
import { fitsPage, kept } from "./pdf-room";
import { CONTENT, PAPER } from "./pdf-style";
import { fitsWidth, tablePiece } from "./pdf-table";

/** What heads them. */
export const TABLES_HEADING = "The numbers in tables";

/** The number of a table at the end of the document. */
export type TableNumber = (table: PaperTable) => number;

/** Whether a table of a section stands at the end: where a chart shows the most of it, or the section is too narrow for it. */
export const standsAtEnd = ({ blocks }: Pick<PaperSection<string>, "blocks">, table: PaperTable): boolean =>
  blocks.some(({ kind }) => kind === "chart") || !fitsWidth(table, CONTENT);

interface Placed {
  section: PaperSection<string>;
  tables: readonly { title: string; table: PaperTable }[];
}

/** Tables that stand at the end, by section. Those of charts are called by what they are of, not by what the chart found. */
function placedOf({ sections }: AnyPaper): Placed[] {
  return sections
    .map((section) => ({
      section,
      tables: section.blocks.flatMap((block) => {
        if (block.kind === "chart") return [{ title: block.table.caption, table: block.table }];
        if (block.kind === "table" && standsAtEnd(section, block.table)) return [block];
        return [];
      }),
    }))
    .filter(({ tables }) => tables.length > 0);
}

/** Numbers the tables of a paper that stand at its end, from 1. */
export function tableNumbers(paper: AnyPaper): TableNumber {
  const numbers = new Map(
    placedOf(paper)
      .flatMap(({ tables }) => tables)
      .map(({ table }, at) => [table.name, at + 1]),
  );
  return ({ name }) => {
    const number = numbers.get(name);
    if (number === undefined) throw new Error(`The table ${name} does not stand at the end`);
    return number;
  };
}

/** The end of the document; nothing where no table stands there. */
export function tablesAtEnd(paper: AnyPaper, numberOf: TableNumber): Content[] {
  const placed = placedOf(paper);
  if (placed.length === 0) return [];
  return placed.flatMap((each, at) => tablesOfSection(each, numberOf, at === 0));
}

/**
 * The tables of a section under its title, two beside each other where both are narrow. What heads all tables stands on
 * the page of the first.
 */
function tablesOfSection({ section, tables }: Placed, numberOf: TableNumber, isFirst: boolean): Content[] {
  const headsOf = (isAlone: boolean): ContentText[] => [
    ...(isFirst ? [headed(TABLES_HEADING, { style: "section", id: "tables", isAlone })] : []),
    { text: stretches(section.title), style: "tablesOf", ...(isAlone && { headlineLevel: 1 }) },
  ];
  const pieces = inPairs(tables).map((pair) => {
    const set = pair.map((each) => pieceOf(each, numberOf(each.table), pair.length > 1));
    const [one, other] = set;
    if (!one || !other) return one ?? { content: [], room: 0 };
    return {
      content: [{ columns: [{ stack: one.content }, { stack: other.content }], columnGap: PAPER.gap }],
      room: Math.max(one.room, other.room),
    };
  });
  return pieces.flatMap(({ content, room }, at) => {
    if (at > 0) return kept(content, room);
    const all = room + (isFirst ? 2 : 1) * TITLE;
    return kept([...headsOf(!fitsPage(all)), ...content], all);
  });
}

/** Points that a title takes above tables. */
const TITLE = 40;

function pieceOf({ title, table }: Placed["tables"][number], number: number, isHalf: boolean) {
  const named = `Table ${number}. ${title}`;
  // What heads it already says what it is of.
  const set = title === table.caption ? { ...table, caption: "" } : table;
  return tablePiece(set, named, { style: "tableTitle", under: "tables" }, isHalf ? HALF : PAPER.width);
}

const HALF = (PAPER.width - PAPER.gap) / 2;

/** Tables that follow one another and are both narrow enough for half the sheet, by two; the others alone. */
function inPairs<T extends { table: PaperTable }>(tables: readonly T[]): T[][] {
  const pairs: T[][] = [];
  for (const each of tables) {
    const last = pairs.at(-1);
    if (last?.length === 1 && [...last, each].every(({ table }) => fitsWidth(table, HALF))) last.push(each);
    else pairs.push([each]);
  }
  return pairs;
}
