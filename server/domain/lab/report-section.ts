/** What every section of a study's report is put together from. */

import type { PaperBlock, PaperCell, PaperSection } from "../impact/paper";
import type { ColumnOf } from "../impact/paper-table";
import type { Few } from "./report-numbers";

export type ReportSection = PaperSection<string>;

/** A section whose words nobody has edited. */
export const section = (
  key: string,
  title: string,
  text: string,
  blocks: readonly PaperBlock[],
  notes: ReportSection["notes"] = [],
): ReportSection => ({ key, title, text, edited: false, blocks, notes });

/** A column of words. */
export const words = <R>(
  key: string,
  label: string,
  about: string,
  cell: (row: R) => PaperCell,
): ColumnOf<R> => ({ key, label, about, cell, type: "text" });

/** A column of numbers; `about` says of what. */
export const number = <R>(
  key: string,
  label: string,
  about: string,
  cell: (row: R) => PaperCell,
): ColumnOf<R> => ({ key, label, about, cell, type: "number" });

/** A column of people, where too few for a number read "fewer than 10". */
export const people = <R>(
  key: string,
  label: string,
  about: string,
  count: (row: R) => Few,
): ColumnOf<R> => ({
  ...{ key, label, about },
  type: "people",
  cell: (row) => count(row) ?? "few",
});
