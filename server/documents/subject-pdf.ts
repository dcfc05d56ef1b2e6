/**
 * A subject access pack as PDF, A4: real text with its language, its title and an outline of its headings, a small table
 * of names and values for each row. What was blacked out is not in the pack, and so not in here.
 */

import type { Content } from "pdfmake/interfaces";
import { inDigits } from "../domain/number-text";

import type { HeldRow, HeldTable, Pack } from "../domain/rights/pack";
import { documentPdf, headed } from "./pdf-document";
import { stretches } from "./pdf-letters";
import { kept, roomOf } from "./pdf-room";
import { INK, PAPER } from "./pdf-style";
import { labelOf } from "./subject-signs";
import {
  cellInWords,
  isId,
  leadOf,
  lookInWords,
  RIGHTS_WORDS,
  shareInWords,
  shownTables,
  titleOf,
} from "./subject-words";

/** The bytes of the document: of the same pack, the same. */
export function subjectPdf(pack: Pack): Promise<Uint8Array> {
  const { filled, counted } = shownTables(pack);
  const title = titleOf(pack);
  const heading = (words: string) => headed(words, { style: "section", isAlone: true });
  return documentPdf({
    title,
    from: pack.organisation.name,
    subject: title,
    madeAt: pack.asOf,
    madeOf: pack,
    foot: title,
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
  });
}

const listed = (lines: readonly string[], none: string): Content =>
  lines.length === 0
    ? { text: none, style: "body" }
    : { ul: lines.map((words) => ({ text: stretches(words), style: "listed" })) };

/** The rows of a table under its title, which stands on the page of the first. */
function tableSection({ place, title, why, rows }: HeldTable): Content[] {
  const [first, ...rest] = (rows ?? []).flatMap((row) => rowOf(place, row));
  const head = [headed(title, { style: "section" }), { text: stretches(why), style: "says" }];
  const headRoom = roomOf(title, 15, PAPER.width) + roomOf(why, 10.5, PAPER.width) + 18;
  return [
    ...kept([...head, ...(first ? [first.content] : [])], headRoom + (first?.room ?? 0)),
    ...rest.flatMap(({ content, room }) => kept([content], room)),
  ];
}

/** Points for the name of a value. */
const NAME = 130;

/** A row as names and values, with the points that it takes at most; one that holds nothing but ids is left to the file for programs. */
function rowOf(place: string, row: HeldRow): { content: Content; room: number }[] {
  const pairs = Object.entries(row.values)
    .filter(([, value]) => !isId(value))
    .map(([column]) => ({ name: labelOf(column), says: cellInWords(place, row, column) }));
  if (pairs.length === 0) return [];
  const content: Content = {
    margin: [0, 4, 0, 8],
    table: {
      headerRows: 0,
      widths: [NAME, "*"],
      dontBreakRows: true,
      body: pairs.map(({ name, says }) => [
        { text: stretches(name, 20), style: "said" },
        { text: stretches(says, 40), style: "cell" },
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
  };
  const room = pairs.reduce(
    (sum, { name, says }) => sum + Math.max(roomOf(name, 9, NAME), roomOf(says, 9, PAPER.width - NAME - 8)),
    12,
  );
  return [{ content, room }];
}
