/**
 * How a cell of a paper is said, on screen and in every file. Forms differ in how they look, never in what they say.
 * What is hidden is said in words, and is never shown as 0, a dash or nothing.
 */

import type { PaperCell, PaperColumn } from "./paper";
import { type Count, FEWEST_FOR_PERCENT, HIDDEN, percentOf } from "./words";

/** A cell that has nothing to say for its row: an empty one would not say why. */
export const DOES_NOT_APPLY = "does not apply";

/** A percentage of so few that it would mislead. */
const BASE_TOO_SMALL = "base too small";
/** What is made of a hidden number, or of rounded ones that do not go together. */
const NOT_SHOWN = "not shown";
/** Days to a share that had not come about while it was followed. */
export const NOT_REACHED = "not reached";

/** Every reason why a cell of numbers has no number, in the words that stand in it, and what they mean. */
export const ABSENCES: readonly { words: string; means: string }[] = [
  { words: HIDDEN, means: "Hidden, so that nobody can be picked out. It may be none; it is not 0." },
  {
    words: BASE_TOO_SMALL,
    means: `A percentage of fewer than ${FEWEST_FOR_PERCENT.exact} people, or ${FEWEST_FOR_PERCENT.figures} where numbers are rounded, would mislead.`,
  },
  {
    words: NOT_SHOWN,
    means: "It would be made of a hidden number, or of rounded ones that do not go together.",
  },
  { words: NOT_REACHED, means: "It had not come about while it was followed." },
  { words: DOES_NOT_APPLY, means: "There is no such number for this row." },
];

/** A percentage as a cell: whole per cent, or in words why there is none. Null: there is nobody to be a share of. */
export function percentCell(part: Count, whole: Count, basis: "exact" | "figures"): PaperCell {
  if (whole === 0) return null;
  if (part === "few" || whole === "few") return NOT_SHOWN;
  if (whole < FEWEST_FOR_PERCENT[basis]) return BASE_TOO_SMALL;
  return percentOf(part, whole, basis) ?? NOT_SHOWN;
}

/**
 * The share of a row that is the whole: 100% of exact numbers. None of figures, because the shares of its parts are of
 * numbers that were rounded one by one and seldom make 100%.
 */
export const wholeCell = (whole: Count, basis: "exact" | "figures"): PaperCell =>
  basis === "figures" ? null : percentCell(whole, whole, basis);

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
  if (type === "number") return numberWords(cell, String(cell).split(".")[1]?.length ?? 0);
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
