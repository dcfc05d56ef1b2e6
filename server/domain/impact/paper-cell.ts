/**
 * How a cell of a paper is said, on screen and in every file. Forms differ in how they look, never in what they say.
 * What is hidden is said in words, and is never shown as 0, a dash or nothing.
 */

import type { PaperCell, PaperColumn } from "./paper";
import { HIDDEN } from "./words";

/** A cell that has nothing to say for its row: an empty one would not say why. */
export const DOES_NOT_APPLY = "does not apply";

/** Whether a cell is a number that is hidden. In a column of text "few" would be somebody’s word. */
export const isHidden = (cell: PaperCell, { type }: Pick<PaperColumn, "type">): boolean =>
  cell === "few" && type !== "text";

/** A whole number with its thousands told apart: "1,140". */
const grouped = (whole: string) => whole.replace(/\B(?=(?:\d{3})+$)/g, ",");

function numberWords(value: number, digits: number): string {
  const [whole = "", rest] = Math.abs(value).toFixed(digits).split(".");
  const zero = Number(Math.abs(value).toFixed(digits)) === 0;
  return `${value < 0 && !zero ? "−" : ""}${grouped(whole)}${rest === undefined ? "" : `.${rest}`}`;
}

/** A cell as people read it: "1,140", "37%", "−1.7", "£2,300", "£87.50", "fewer than 10, or none", "does not apply". */
export function cellWords(cell: PaperCell, column: Pick<PaperColumn, "type">): string {
  if (cell === null) return DOES_NOT_APPLY;
  if (isHidden(cell, column)) return HIDDEN;
  if (typeof cell === "string") return cell;
  const { type } = column;
  if (type === "score") return numberWords(cell, 1);
  if (type === "percent") return `${numberWords(cell, Number.isInteger(cell) ? 0 : 1)}%`;
  if (type === "money") {
    const words = numberWords(cell, Number.isInteger(cell) ? 0 : 2);
    return words.startsWith("−") ? `−£${words.slice(1)}` : `£${words}`;
  }
  return numberWords(cell, Number.isInteger(cell) ? 0 : 1);
}

/** A cell as it stands in a file of data: numbers plain, the rest in words, never empty. */
export function dataCell(cell: PaperCell, column: Pick<PaperColumn, "type">): string | number {
  if (cell === null) return DOES_NOT_APPLY;
  return isHidden(cell, column) ? HIDDEN : cell;
}

/** Whether a column holds numbers, which stand to the right. */
export const isNumeric = ({ type }: Pick<PaperColumn, "type">) => type !== "text";
