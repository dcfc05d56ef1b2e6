/**
 * The menu of figures: which areas, needs and periods may be asked for at all. Anything else is "not published",
 * whatever the data, so that what is missing tells nothing. Pure: screens and server ask the same rule.
 */

import type { NeedNode } from "./needs";
import type { PeriodType } from "./period";

/** Levels of area, finest first. */
export const AREA_LEVELS = ["sector", "district", "lad", "region", "nation"] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

export const LEVEL_LABELS: Readonly<Record<AreaLevel, string>> = {
  sector: "Postcode sectors",
  district: "Postcode districts",
  lad: "Local authorities",
  region: "Regions",
  nation: "Nations",
};

/** First number of each level in `reference.area`; a level ends where the next begins. */
const FIRST_NUMBER: Readonly<Record<AreaLevel, number>> = {
  sector: 1,
  district: 100_000,
  lad: 200_000,
  region: 300_000,
  nation: 400_000,
};

/** Numbers of the buckets for clients without a place on the map: no fixed address, unknown, outside. */
export const BUCKETS = { noFixedAddress: 1, unknown: 2, outside: 3 } as const;

export function isBucket(area: number): boolean {
  return area >= 1 && area <= 3;
}

/** Numbers of a level: from the first (inclusive) to the next level's first (exclusive). */
export function numbersOf(level: AreaLevel): { from: number; before: number } {
  const next = AREA_LEVELS[AREA_LEVELS.indexOf(level) + 1];
  return { from: FIRST_NUMBER[level], before: next ? FIRST_NUMBER[next] : 500_000 };
}

/** The level that an area's number belongs to. */
export function levelOf(area: number): AreaLevel {
  for (const level of AREA_LEVELS) if (area < numbersOf(level).before) return level;
  throw new Error(`No level has the area number ${area}`);
}

/** Types of period by level: a sector has no months, because too few people come in one. */
export const PERIOD_TYPES_OF: Readonly<Record<AreaLevel, readonly PeriodType[]>> = {
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
    "Single needs by sector are shown to commissioners, for the areas they answer for.",
};

/**
 * Whether a figure is on the menu; null when it is.
 * `level` is the level of the finest area that is the same set of sectors. `needAtSector` says whether the reader
 * may see single needs there.
 */
export function notOnMenu(asked: {
  level: AreaLevel;
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
