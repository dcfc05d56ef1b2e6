/** Paragraphs and lines of a PDF. */

import type { Content, ContentText } from "pdfmake/interfaces";
import { stretches } from "./pdf-letters";

/** A line across, so long and thick. */
export const line = (
  width: number,
  thick: number,
  color: string,
  margin: [number, number, number, number],
): Content => ({
  canvas: [{ type: "line", x1: 0, y1: 0, x2: width, y2: 0, lineWidth: thick, lineColor: color }],
  margin,
});

/** Paragraphs of a text that may have several lines. */
export const paragraphs = (text: string, style: string): ContentText[] =>
  text
    .split(/\n+/)
    .filter((each) => each.trim() !== "")
    .map((each) => ({ text: stretches(each), style }));
