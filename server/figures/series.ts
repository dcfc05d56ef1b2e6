/** Figures over time: of an area, or of each area of the reader's patch, over the settled periods and what is open. */

import { installationNow } from "../clock";
import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import { ratePerThousand, readFigure } from "../domain/disclosure";
import { NotFound } from "../domain/errors";
import type { FigureSeries, OpenPeriod, SeriesQuery } from "../domain/figures";
import { levelOf } from "../domain/geography";
import type { NotOnMenu } from "../domain/menu";
import type { NeedNode } from "../domain/needs";
import {
  dayOf,
  financialYearOf,
  findPeriod,
  type Period,
  type PeriodType,
  periodInWords,
  periodNumber,
  periodText,
} from "../domain/period";
import { fromFirstToLast, listSettled, patchOrWhole } from "./choices";
import { menuFor } from "./menu";
import { listOpen, type OpenNow, readClocks, readOpenNow } from "./open";
import { findPublishedAreas, type PublishedAreas } from "./published-areas";
import { nodeOf, readShown } from "./shown";

/**
 * Figures of an area, or of each area of the reader's patch, over the settled periods of a type, from the first in
 * which any area has a figure to the last.
 */
export async function getSeries(ctx: ActorCtx, query: SeriesQuery): Promise<FigureSeries[]> {
  const node = nodeOf(query.node);
  const today = dayOf(await installationNow(ctx.reader));
  const latest = await findPublishedAreas(ctx.reader, financialYearOf(today));
  const wanted = query.area !== null ? [query.area] : await patchOrWhole(ctx, latest);
  const settled = fromFirstToLast((await listSettled(ctx)).filter(({ type }) => type === query.type));
  const periods = settled.flatMap(({ period }) => findPeriod(period) ?? []);
  const openNow = await readOpenNow(ctx.reader);
  const open = listOpen(openNow).filter(({ type, isLive }) => isLive && type === query.type);
  const series: FigureSeries[] = [];
  for (const area of wanted) {
    const points = await seriesOf(ctx, area, node, query.type, periods, latest);
    series.push({ ...points, open: await soFarOf(ctx, area, node, { ...openNow, open }) });
  }
  return series;
}

async function seriesOf(
  ctx: ActorCtx,
  area: number,
  node: NeedNode,
  type: PeriodType,
  periods: readonly Period[],
  latest: PublishedAreas | null,
): Promise<Omit<FigureSeries, "open">> {
  const years = new Map<number, { areas: PublishedAreas; menu: NotOnMenu | null }>();
  for (const { financialYear } of periods) {
    if (years.has(financialYear)) continue;
    const areas = await findPublishedAreas(ctx.reader, financialYear);
    if (areas) years.set(financialYear, { areas, menu: (await menuFor(ctx, areas, node, type))(area) });
  }
  const named = latest?.find(area) ?? [...years.values()].at(-1)?.areas.find(area);
  if (!named) throw new NotFound("This area");
  const reasons = [...years.values()].map(({ menu }) => menu);
  const finestAreas = [...new Set([...years.values()].map(({ areas }) => areas.finest(area)))];
  const rows = await ctx.reader<{ period: number; area: number; figure: number }[]>`
    select period, area, figure
    from published.figure
    where node = ${countedNode(node.number)} and slice = 0 and area = any(${finestAreas}::int[])
      and period = any(${periods.map(periodNumber)}::smallint[])`;
  const figures = new Map(rows.map((row) => [`${row.period}/${row.area}`, readFigure(row.figure)]));
  return {
    area,
    level: levelOf(area),
    name: named.name,
    points: periods.flatMap((period) => {
      const year = years.get(period.financialYear);
      if (!year || year.menu !== null) return [];
      const figure = figures.get(`${periodNumber(period)}/${year.areas.finest(area)}`) ?? null;
      const households = year.areas.find(area)?.households ?? null;
      return [
        {
          period: periodText(period),
          words: periodInWords(period),
          figure,
          rate: ratePerThousand(figure, households),
        },
      ];
    }),
    notPublished: reasons.every((reason) => reason !== null) ? (reasons[0] ?? null) : null,
  };
}

/** What the open periods of an area's series show so far. */
async function soFarOf(
  ctx: ActorCtx,
  area: number,
  node: NeedNode,
  openNow: OpenNow & { open: readonly OpenPeriod[] },
): Promise<FigureSeries["open"]> {
  const points: FigureSeries["open"] = [];
  for (const { period: text, type, words, settlesOn } of openNow.open) {
    const period = findPeriod(text);
    const areas = period && (await findPublishedAreas(ctx.reader, period.financialYear));
    if (!period || !areas?.find(area) || (await menuFor(ctx, areas, node, type))(area) !== null) continue;
    const finest = areas.finest(area);
    const shown = await readShown(ctx, node, { period, isOpen: true }, [finest]);
    const clocks = await readClocks(ctx.reader, openNow, countedNode(node.number), [finest]);
    const slot = clocks.slotOf.get(finest);
    const figure = shown.get(finest)?.figure ?? null;
    if (slot === undefined && figure === null) continue;
    points.push({
      period: text,
      words,
      figure,
      rate: ratePerThousand(figure, areas.find(area)?.households ?? null),
      settlesOn,
      clock: slot === undefined ? null : clocks.clockOf(slot),
    });
  }
  return points;
}
