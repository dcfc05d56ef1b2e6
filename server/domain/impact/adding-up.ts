/**
 * Whether the numbers of a section go together. Figures are rounded one by one, each with a planned error of its own, so
 * parts can be more or less than their whole. Where a reader could see that, the section says why.
 */

import { THRESHOLD } from "../disclosure";
import type { Reading, SectionDraft } from "./reading";
import { type Count, inNumber, isSome } from "./words";

/** Parts of a whole, of which nobody is in two. isAll: everybody of the whole is in one of them. */
interface Sum {
  parts: readonly Count[];
  whole: Count;
  isAll: boolean;
}

/** A sum of each part by itself, which others of the whole may be in, too. */
export const eachOf = (whole: Count, parts: readonly Count[]): Sum[] =>
  parts.map((part) => ({ parts: [part], whole, isAll: false }));

/** Whether shown numbers can all be true as they stand; a hidden one may be anything under the threshold. */
export function addsUp({ parts, whole, isAll }: Sum): boolean {
  const shown = parts.reduce<number>((sum, part) => sum + inNumber(part), 0);
  if (whole === "few") return !parts.some(isSome);
  const mostHidden = parts.filter((part) => part === "few").length * (THRESHOLD - 1);
  return shown <= whole && (!isAll || shown + mostHidden >= whole);
}

/** The note of a section some of whose figures do not go together; nothing where all do, or numbers are exact. */
export const roundedNote = (basis: Reading["basis"], sums: readonly Sum[]): SectionDraft["notes"] =>
  basis === "exact" || sums.every(addsUp)
    ? []
    : [{ term: "Parts and wholes", means: "Rounded one by one, so parts do not add up exactly." }];
