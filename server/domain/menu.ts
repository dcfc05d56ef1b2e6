/**
 * The menu of figures: which areas, needs and periods may be asked for at all. Anything else is "not published",
 * whatever the data, so that what is missing tells nothing. Pure: screens and server ask the same rule.
 */

import { FIRST_NUMBER, type Level } from "./geography";
import type { NeedNode } from "./needs";
import type { PeriodType } from "./period";

export const LEVEL_LABELS: Readonly<Record<Level, string>> = {
  sector: "Postcode sectors",
  district: "Postcode districts",
  lad: "Local authorities",
  region: "Regions",
  nation: "Nations",
};

/** Numbers of a level's areas: from the first (the buckets count as sectors) to the next level's first. */
export function numbersOf(level: Level): { from: number; before: number } {
  const from = level === "sector" ? 1 : FIRST_NUMBER[level];
  return { from, before: Math.floor(from / 100_000) * 100_000 + 100_000 };
}

/** Types of period by level: a sector has no months, because too few people come in one. */
export const PERIOD_TYPES_OF: Readonly<Record<Level, readonly PeriodType[]>> = {
  sector: ["quarter", "year"],
  district: ["month", "quarter", "year"],
  lad: ["month", "quarter", "year"],
  region: ["month", "quarter", "year"],
  nation: ["month", "quarter", "year"],
};

/** Why something is not on the menu. */
export type NotOnMenu = "no-months-at-sector" | "need-at-sector-needs-a-commissioner";

export const NOT_ON_MENU_WORDS: Readonly<Record<NotOnMenu, string>> = {
  "no-months-at-sector": "Sectors have quarters and years only, because too few people come in a month.",
  "need-at-sector-needs-a-commissioner":
    "Single needs by sector are shown to commissioners under an agreement, for the areas they answer for.",
};

/**
 * Whether a figure is on the menu; null when it is.
 * `level` is the level of the finest area that is the same set of sectors. `needAtSector` says whether the reader
 * may see single needs there.
 */
export function notOnMenu(asked: {
  level: Level;
  node: NeedNode;
  periodType: PeriodType;
  needAtSector: boolean;
}): NotOnMenu | null {
  if (!PERIOD_TYPES_OF[asked.level].includes(asked.periodType)) return "no-months-at-sector";
  if (asked.level === "sector" && asked.node.kind === "need" && !asked.needAtSector) {
    return "need-at-sector-needs-a-commissioner";
  }
  return null;
}
