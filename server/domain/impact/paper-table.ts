/** The parts that sections are built of: tidy tables from rows, bars from counts, and words under them. */

import { inDigits } from "../number-text";
import type { BarsChart, PaperBlock, PaperCell, PaperColumn, PaperTable } from "./paper";
import { type Count, countInWords, HIDDEN, HIDDEN_BRIEFLY } from "./words";

/** A column with what a row has in it. */
export interface ColumnOf<R> extends PaperColumn {
  cell: (row: R) => PaperCell;
}

/** A tidy table, one row for each. `name` in kebab case, unique in the paper. */
export function tableOf<R>(
  { name, caption }: Pick<PaperTable, "name" | "caption">,
  rows: readonly R[],
  columns: readonly ColumnOf<R>[],
): PaperTable {
  return {
    name,
    caption,
    columns: columns.map(({ key, label, type, about }) => ({ key, label, type, about })),
    rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
  };
}

/** More lines without a number than this are named in words, not listed one by one. */
const MOST_HIDDEN = 3;

/**
 * Lines of a table apart from those that have no number to show in any column, where these are more than a few: rows of
 * nothing but "fewer than 10" hide the rows that say something.
 */
export function foldHidden<R>(
  lines: readonly R[],
  columns: readonly ColumnOf<R>[],
): { listed: readonly R[]; folded: readonly R[] } {
  const folded = lines.filter((line) =>
    columns.every(({ cell, type }) => type === "text" || typeof cell(line) !== "number"),
  );
  return folded.length > MOST_HIDDEN
    ? { listed: lines.filter((line) => !folded.includes(line)), folded }
    : { listed: lines, folded: [] };
}

/** "; kinds without a number to show are named in the text", for a caption; nothing where none are. */
export const foldedCaption = (what: string, folded: readonly unknown[]): string =>
  folded.length === 0 ? "" : `; ${what} without a number to show are named in the text`;

/** A bar of people, and within it those who are told apart; null: nobody is. */
export interface BarOf {
  label: string;
  whole: Count;
  part: Count | null;
}

/** Bars of people. `partWord` stands behind the number of the part: "105 resolved". */
export function barsOf(
  { whole, part, partWord }: { whole: string; part: string | null; partWord?: string },
  bars: readonly BarOf[],
): BarsChart {
  return {
    kind: "bars",
    whole,
    part,
    unit: "people",
    bars: bars.map((bar) => ({
      label: bar.label,
      whole: shown(bar.whole),
      part: bar.part === null || bar.whole === "few" ? null : shown(bar.part),
      note:
        bar.whole === "few"
          ? HIDDEN
          : bar.part === null || !partWord
            ? ""
            : `${bar.part === "few" ? HIDDEN_BRIEFLY : inDigits(bar.part)} ${partWord}`,
    })),
  };
}

/** More bars than this are not taken in together. */
const MOST_BARS = 10;

/**
 * Lines that are drawn, the first ones, and a sentence on the others where there are more than a picture should hold: "Not
 * drawn, with fewer people: immigration (45); other needs (fewer than 10, or none)."
 */
export function firstBars<R>(
  lines: readonly R[],
  said: (line: R) => { name: string; people: Count },
): { drawn: readonly R[]; left: string[] } {
  // One more takes no more room than the words about it.
  if (lines.length <= MOST_BARS + 1) return { drawn: lines, left: [] };
  const rest = lines
    .slice(MOST_BARS)
    .map(said)
    .map(({ name, people }) => `${name} (${countInWords(people)})`);
  return {
    drawn: lines.slice(0, MOST_BARS),
    left: [`Not drawn, with fewer people: ${rest.join("; ")}.`],
  };
}

const shown = (count: Count): number | null => (count === "few" ? null : count);

/** Words under a chart; nothing where there are none. */
export const wordsBlock = (words: readonly string[]): PaperBlock[] =>
  words.length === 0 ? [] : [{ kind: "words", words }];

/** "england-imd-2025", for the name of a table. */
export const kebab = (words: string): string =>
  words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
