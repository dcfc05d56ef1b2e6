/** The last periods of one need side by side: which they are, and what they find together. */

import type { MapFigures, MapOptions, PeriodOption } from "../../../server/domain/figures";
import type { PeriodType } from "../../../server/domain/period";
import { areaInWords, areMostHidden, levelInWords, type RankedArea } from "./finding";
import { periodsOf } from "./view";

const MOST = 8;

/** The last periods of a type that have figures, oldest first. */
export function lastPeriods(options: MapOptions, type: PeriodType): PeriodOption[] {
  return periodsOf(options, type).slice(-MOST);
}

/** One period of the row, with its areas in the order of the table. */
export interface PeriodMap {
  figures: MapFigures;
  ranked: readonly RankedArea[];
}

/** The area that is highest in most of the periods, alone or level with others; null when nothing is shown. */
function mostOftenHighest(maps: readonly PeriodMap[]): { area: RankedArea; times: number } | null {
  const times = new Map<number, { area: RankedArea; times: number }>();
  for (const { ranked } of maps) {
    const highest = ranked[0]?.value ?? null;
    for (const area of ranked) {
      if (highest === null || area.value !== highest) break;
      times.set(area.area, { area, times: (times.get(area.area)?.times ?? 0) + 1 });
    }
  }
  return [...times.values()].reduce<{ area: RankedArea; times: number } | null>(
    (most, each) => (most === null || each.times > most.times ? each : most),
    null,
  );
}

/** "Housing: WY1 3 is highest in 5 of the last 8 quarters". */
export function periodsTitle(maps: readonly PeriodMap[], type: PeriodType): string {
  const [first] = maps;
  const label = first?.figures.label ?? "";
  const most = mostOftenHighest(maps);
  if (!first || most === null) return `${label}: nothing to show in these ${type}s`;
  const name = areaInWords(most.area, first.figures.level);
  const found = `${label}: ${name} is highest in ${most.times} of the last ${maps.length} ${type}s`;
  return maps.some(({ ranked }) => areMostHidden(ranked))
    ? `${found}, among the ${levelInWords(first.figures.level)} that show a figure`
    : found;
}
