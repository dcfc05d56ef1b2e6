/**
 * What is kept on one page of a PDF. The renderer loses what it is told to keep together and cannot: so nothing is kept
 * together that might be taller than a page, by a guess that is always on the high side.
 */

import type { Content } from "pdfmake/interfaces";

/** Room for text on an A4 page, in points, with some to spare. */
const PAGE = 640;
/** A letter is half as wide as it is high; with this, most lines come out longer than they are. */
const LETTER = 0.56;
/** From line to line, in heights of a letter. */
const LINE = 1.45;
/** White that may stand round a paragraph. */
const ROUND = 12;

/** Points that a text takes at most, with its paragraphs, at a size and width. */
export function roomOf(text: string, size: number, width: number): number {
  const letters = Math.max(1, Math.floor(width / (size * LETTER)));
  return text
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / letters)) * size * LINE + ROUND, 0);
}

/** Points that texts take under one another. */
export const roomOfAll = (texts: readonly string[], size: number, width: number) =>
  texts.reduce((sum, text) => sum + roomOf(text, size, width), 0);

/** Whether something of this height is sure to stand on one page. */
export const fitsPage = (points: number) => points < PAGE;

/** As one piece that no page cuts, when it is sure to stand on one. */
export const kept = (content: readonly Content[], points: number): Content[] =>
  fitsPage(points) ? [{ unbreakable: true, stack: [...content] }] : [...content];

/** Tallest that a drawing may be. */
export const TALLEST = PAGE - 60;
