/** What a change is read from: the figures of a level over its settled periods, as the map reads them. */

import type { ActorCtx } from "../context";
import type { AreaName } from "../domain/change/ask";
import { Invalid, NotFound } from "../domain/errors";
import type { MapFigures } from "../domain/figures";
import { type Level, levelOf } from "../domain/geography";
import { type NotOnMenu, PERIOD_TYPES_OF } from "../domain/menu";
import { findPeriod, type Period, type PeriodType, periodText } from "../domain/period";
import { getFigures } from "../figures";
import { fromFirstToLast, listSettled } from "./choices";

/** The figures of a level in one settled period. */
export interface Column {
  period: Period;
  of: ReadonlyMap<number, number | null>;
  names: readonly AreaName[];
  notPublished: ReadonlyMap<number, NotOnMenu>;
  /** Areas where an organisation began or stopped since the same period a year before. */
  coverageChanged: ReadonlySet<number>;
}

/** The one level of some areas. Throws Invalid where they are of several. */
export function levelFor(areas: readonly number[]): Level {
  const levels = new Set(areas.map(levelOf));
  const [level] = levels;
  if (level === undefined || levels.size > 1) {
    throw new Invalid("The areas are of different kinds.", { areas: "Choose areas of one kind" });
  }
  return level;
}

/** The settled periods of a type, oldest first; none where the menu of the level has none. */
export async function listPeriods(ctx: ActorCtx, level: Level, type: PeriodType): Promise<Period[]> {
  if (!PERIOD_TYPES_OF[level].includes(type)) return [];
  const settled = fromFirstToLast((await listSettled(ctx)).filter((each) => each.type === type));
  return settled.flatMap(({ period }) => findPeriod(period) ?? []);
}

/** Figures of a level over some periods. One after another: a reader of many years leaves connections to others. */
export async function readColumns(
  ctx: ActorCtx,
  node: string,
  level: Level,
  periods: readonly Period[],
): Promise<Column[]> {
  const columns: Column[] = [];
  for (const period of periods) {
    try {
      columns.push(columnOf(await getFigures(ctx, { level, node, period: periodText(period) })));
    } catch (fault) {
      // A need that is not on this reader's menu at this level.
      if (!(fault instanceof NotFound)) throw fault;
    }
  }
  return columns;
}

function columnOf({ period, areas, figures, notPublished, coverageChanged }: MapFigures): Column {
  const found = findPeriod(period);
  if (!found) throw new Error(`${period} is not a period`);
  return {
    period: found,
    names: areas.map(({ area, code, name }) => ({ area, code, name })),
    of: new Map(areas.map(({ area }, at) => [area, figures[at] ?? null])),
    notPublished: new Map(notPublished.map(({ area, reason }) => [area, reason])),
    coverageChanged: new Set(coverageChanged),
  };
}
