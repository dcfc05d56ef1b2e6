/**
 * Published indicators beside recorded need. Recorded need is who came and was written down; an indicator is somebody
 * else's measure of everybody. They are told side by side and never on one axis.
 */

import { z } from "zod";
import type { Figure } from "./disclosure";
import { findNode } from "./needs";
import { findPeriod } from "./period";

export const besideQuery = z.object({
  area: z.int().min(200_000).max(499_999),
  node: z.string().refine((path) => findNode(path) !== null, "No need has this code"),
  period: z.string().refine((text) => findPeriod(text) !== null, "This is not a period"),
  /** The publisher's number of the indicator; null: the first there is. */
  indicator: z.string().max(40).nullable(),
});
export type BesideQuery = z.infer<typeof besideQuery>;

export interface IndicatorShown {
  code: string;
  name: string;
  definition: string;
  source: string;
  unit: string;
  /** "Fingertips November 2024". */
  edition: string;
  /** The area it is published for: the one asked about, or the smallest larger one that has a value. */
  areaName: string;
  /** Whether that is a larger area than the one asked about. */
  isWider: boolean;
  /** Newest first, at most five. */
  values: { timePeriod: string; value: number; low: number | null; high: number | null }[];
}

/** Recorded need of an area and one published indicator. */
export interface Beside {
  areaName: string;
  label: string;
  words: string;
  /** People who brought the need; hidden is null. */
  figure: Figure | null;
  /** Per 1,000 households. */
  rate: number | null;
  choices: { code: string; name: string }[];
  /** Null: none loaded, or none with a value for this area or a larger one. */
  indicator: IndicatorShown | null;
}
