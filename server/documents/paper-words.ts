/**
 * How a paper is said in every form: its tables in order, and the words that stand round them (cells: paper-cell.ts).
 * Forms differ in how they look, never in what they say.
 */

import { ROUNDED_TO, THRESHOLD } from "../domain/disclosure";
import type { AnyPaper, ChartBlock, PaperBlock, PaperTable } from "../domain/impact/paper";
import { AUDIENCE_WORDS } from "../domain/impact/plan";
import { HIDDEN } from "../domain/impact/words";
import { clean } from "../domain/plain-text";

/** What a paper is called in its own forms, and its files. */
export const nounOf = (paper: AnyPaper) => ("study" in paper ? "report" : "summary");

/** "For trustees"; "Study 14 on the register". */
export const audienceWords = (paper: AnyPaper) =>
  "study" in paper ? paper.study : AUDIENCE_WORDS[paper.audience];

/** What the numbers are, in a sentence. */
export const basisWords = ({ basis }: Pick<AnyPaper, "basis">) =>
  basis === "exact"
    ? "Exact numbers, for use inside the organisation only: small ones could point at somebody."
    : `Figures: numbers of people are rounded to the nearest ${ROUNDED_TO} with a small planned error, and under ${THRESHOLD} is “${HIDDEN}”.`;

/** What stands by words that a person wrote in place of the drafted ones. */
export const EDITED = "In the organisation’s own words.";

/** A table with the section that it stands in. */
export interface PlacedTable {
  section: string;
  sectionTitle: string;
  table: PaperTable;
}

/** Every table of a paper, in order: those of charts among them. */
export function tablesOf(paper: AnyPaper): PlacedTable[] {
  return paper.sections.flatMap(({ key, title, blocks }) =>
    blocks.flatMap((block) => {
      const table = tableOf(block);
      return table ? [{ section: key, sectionTitle: title, table }] : [];
    }),
  );
}

const tableOf = (block: PaperBlock): PaperTable | null =>
  block.kind === "chart" || block.kind === "table" ? block.table : null;

/** Every chart of a paper, in order. */
export function chartsOf(paper: AnyPaper): ChartBlock[] {
  return paper.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "chart"));
}

/** The same paper without characters that cannot be seen, that turn text round, or that a file cannot hold; a tab is a space. */
export function cleanPaper<P extends AnyPaper>(paper: P): P {
  return cleaned(paper);
}

function cleaned<T>(value: T): T;
function cleaned(value: unknown): unknown {
  if (typeof value === "string") return clean(value).replaceAll("\t", " ").trim();
  if (Array.isArray(value)) return value.map((each) => cleaned(each));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each)]));
}
