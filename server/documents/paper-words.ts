/**
 * How a paper is said in every form: its cells in words, its tables in order, and the words that stand round them.
 * Forms differ in how they look, never in what they say.
 */

import { ROUNDED_TO, THRESHOLD } from "../domain/disclosure";
import type { Paper, PaperBlock, PaperCell, PaperColumn, PaperTable } from "../domain/impact/paper";
import type { Audience, SectionKey } from "../domain/impact/plan";
import { clean } from "../domain/plain-text";

/** A hidden number. It may be none, and it is never shown as 0 or as nothing. */
export const FEW = `fewer than ${THRESHOLD}`;
/** A cell that has nothing to say for its row: an empty one would not say why. */
export const DOES_NOT_APPLY = "does not apply";

const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  team: "For our own team",
  trustees: "For trustees",
  funder: "For a funder",
  commissioner: "For commissioners",
  public: "For everybody",
};

/** "For trustees". */
export const audienceWords = ({ audience }: Paper) => AUDIENCE_WORDS[audience];

/** What the numbers are, in a sentence. */
export const basisWords = ({ basis }: Paper) =>
  basis === "exact"
    ? "Exact numbers, for use inside the organisation only: small ones could point at somebody."
    : `Figures: numbers of people are rounded to the nearest ${ROUNDED_TO} with a small planned error, and under ${THRESHOLD} is “${FEW}”, which may be none.`;

/** What stands by words that a person wrote in place of the drafted ones. */
export const EDITED = "In the organisation’s own words.";

/** A whole number with its thousands told apart: "1,140". */
const grouped = (whole: string) => whole.replace(/\B(?=(?:\d{3})+$)/g, ",");

function numberWords(value: number, digits: number): string {
  const [whole = "", rest] = Math.abs(value).toFixed(digits).split(".");
  const zero = Number(Math.abs(value).toFixed(digits)) === 0;
  return `${value < 0 && !zero ? "−" : ""}${grouped(whole)}${rest === undefined ? "" : `.${rest}`}`;
}

/** A cell as people read it. */
export function cellWords(cell: PaperCell, { type }: Pick<PaperColumn, "type">): string {
  if (cell === null) return DOES_NOT_APPLY;
  // In a column of text it would be somebody’s word.
  if (cell === "few" && type !== "text") return FEW;
  if (typeof cell === "string") return cell;
  if (type === "score") return numberWords(cell, 1);
  if (type === "percent") return `${numberWords(cell, Number.isInteger(cell) ? 0 : 1)}%`;
  if (type === "money") {
    const words = numberWords(cell, Number.isInteger(cell) ? 0 : 2);
    return words.startsWith("−") ? `−£${words.slice(1)}` : `£${words}`;
  }
  return numberWords(cell, Number.isInteger(cell) ? 0 : 1);
}

/** A cell as it stands in a file of data: numbers plain, the rest in words, never empty. */
export function dataCell(cell: PaperCell, { type }: Pick<PaperColumn, "type">): string | number {
  if (cell === null) return DOES_NOT_APPLY;
  return cell === "few" && type !== "text" ? FEW : cell;
}

/** Whether a column holds numbers, which stand to the right. */
export const isNumeric = ({ type }: Pick<PaperColumn, "type">) => type !== "text";

/** A table with the section that it stands in. */
export interface PlacedTable {
  section: SectionKey;
  sectionTitle: string;
  table: PaperTable;
}

/** Every table of a paper, in order: those of charts among them. */
export function tablesOf(paper: Paper): PlacedTable[] {
  return paper.sections.flatMap(({ key, title, blocks }) =>
    blocks.flatMap((block) => {
      const table = tableOf(block);
      return table ? [{ section: key, sectionTitle: title, table }] : [];
    }),
  );
}

const tableOf = (block: PaperBlock): PaperTable | null =>
  block.kind === "chart" || block.kind === "table" ? block.table : null;

export type ChartBlock = Extract<PaperBlock, { kind: "chart" }>;

/** Every chart of a paper, in order. */
export function chartsOf(paper: Paper): ChartBlock[] {
  return paper.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "chart"));
}

/** The same paper without characters that cannot be seen, that turn text round, or that a file cannot hold; a tab is a space. */
export function cleanPaper(paper: Paper): Paper {
  return cleaned(paper);
}

function cleaned<T>(value: T): T;
function cleaned(value: unknown): unknown {
  if (typeof value === "string") return clean(value).replaceAll("\t", " ").trim();
  if (Array.isArray(value)) return value.map((each) => cleaned(each));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each)]));
}
