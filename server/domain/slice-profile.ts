/**
 * The profile of one figure: its people by age band, by sex and by average deprivation of their sector, as it travels
 * between server and browser. Figures only; hidden is null and never zero; shares come from figures.
 */

import type { Figure } from "./disclosure";
import type { Dimension, NotSliced, SliceName } from "./slices";

export const DIMENSION_LABELS: Readonly<Record<Dimension, string>> = {
  age: "Age",
  sex: "Sex",
  deprivation: "Deprivation",
};

/** Why a band shows no figure. */
export type BandHidden =
  | "fewer-than-10"
  /** Its sectors are one sector or district by itself, whose figure is not on the reader's menu. */
  | "one-small-area"
  /** Its sectors are those of a smaller area whose own figure is under 100. */
  | "smaller-area-under-100";

export const BAND_HIDDEN_WORDS: Readonly<Record<BandHidden, string>> = {
  "fewer-than-10": "fewer than 10",
  "one-small-area": "one sector or district by itself, where single needs are not published",
  "smaller-area-under-100": "all in one smaller area, whose figure is under 100",
};

export interface SliceBand {
  name: SliceName;
  label: string;
  figure: Figure | null;
  /** Whole per cent of the whole figure; null when hidden. */
  share: number | null;
  whyHidden: BandHidden | null;
}

export interface SliceDimension {
  dimension: Dimension;
  bands: SliceBand[];
}

export interface SliceProfile {
  area: number;
  node: string;
  period: string;
  /** The figure of everybody. */
  whole: Figure | null;
  /** Why nothing is shown by slice; null when it is. */
  notSliced: NotSliced | null;
  dimensions: SliceDimension[];
  /** What the tenths are of; null when the area has none. */
  deprivation: { nation: string; edition: string } | null;
}

/** A figure's share of the whole, in whole per cent. Both are rounded with an error, so a part may seem the larger. */
export function shareOf(part: Figure, whole: Figure): number {
  return Math.min(100, Math.round((part / whole) * 100));
}
