/**
 * Coverage as people read it: who reports in an area, whether a figure may have moved because somebody began or
 * stopped, and the panels of those that reported throughout, beside everybody. Over the reader's connection.
 */

import type { Sql } from "../../db/client";
import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import {
  type AreaCoverage,
  type CoverageChange,
  NEXT_PANEL_SLICE,
  NO_CHANGE,
  PANEL_SLICE,
  type Panel,
  type PanelQuery,
  type PanelSeries,
  type Reporter,
  unpackChanges,
} from "../domain/coverage";
import { type Figure, readFigure } from "../domain/disclosure";
import { NotFound } from "../domain/errors";
import { levelOf } from "../domain/geography";
import { findNode } from "../domain/needs";
import {
  findPeriod,
  type Period,
  periodByNumber,
  periodInWords,
  periodNumber,
  periodText,
} from "../domain/period";
import { fromFirstToLast, listSettled } from "./choices";
import { findPublishedAreas, type PublishedAreas } from "./published-areas";

/** Later than any year with a geography: the newest one names the areas. */
const NEWEST = 2999;

/** What changed in who reports, by area, where a settled period has figures at all. */
export async function readChanges(
  reader: Sql,
  period: Period,
): Promise<Map<number, { sinceBefore: CoverageChange; sinceYear: CoverageChange }>> {
  const rows = await reader<{ area: number; changed: number }[]>`
    select area, changed from published.coverage where period = ${periodNumber(period)}`;
  return new Map(rows.map((row) => [row.area, unpackChanges(row.changed)]));
}

/** Who reports in an area and in the areas of the level below it, as far as figures tell. */
export async function getCoverage({ reader }: ActorCtx, area: number | null): Promise<AreaCoverage[]> {
  const areas = await findPublishedAreas(reader, NEWEST);
  if (!areas) return [];
  const named = (["nation", "region", "lad"] as const).flatMap((level) => areas.of(level));
  const wanted = area === null ? named : named.filter((each) => each.area === area);
  if (area !== null && wanted.length === 0) throw new NotFound("This area");
  const finest = [...new Set(wanted.map((each) => areas.finest(each.area)))];
  const rows = await reader<
    { area: number; reporter: number; name: string; firstMonth: number; lastMonth: number }[]
  >`
    select area, reporter, name, first_month, last_month
    from published.reporting
    where area = any(${finest}::int[])
    order by first_month, name`;
  const [newest] = await reader<{ month: number | null }[]>`
    select max(period) as month from published.settled_period where period % 32 < 12`;
  return wanted.map(({ area: number, code, name }) => ({
    area: number,
    level: levelOf(number),
    code,
    name,
    reporters: rows
      .filter((row) => row.area === areas.finest(number))
      .map(
        (row): Reporter => ({
          organisation: row.reporter,
          name: row.name,
          first: periodText(periodByNumber(row.firstMonth)),
          last: periodText(periodByNumber(row.lastMonth)),
          reportsNow: newest?.month != null && row.lastMonth >= newest.month,
        }),
      ),
  }));
}

/** The panels of an authority or larger area, of one need, beside everybody. */
export async function getPanels(ctx: ActorCtx, query: PanelQuery): Promise<PanelSeries> {
  const { reader } = ctx;
  const { area, type } = query;
  const node = findNode(query.node);
  const latest = await findPublishedAreas(reader, NEWEST);
  const named = latest?.find(area);
  if (!node || !named) throw new NotFound("This area");
  const settled = fromFirstToLast((await listSettled(ctx)).filter((period) => period.type === type));
  const periods = settled.flatMap(({ period }) => findPeriod(period) ?? []);
  const finest = await finestByYear(reader, area, periods);
  const rows = await reader<{ period: number; area: number; slice: number; figure: number }[]>`
    select period, area, slice, figure
    from published.figure
    where node = ${countedNode(node.number)} and slice = any(${[0, PANEL_SLICE, NEXT_PANEL_SLICE]}::smallint[])
      and area = any(${[...new Set(finest.values())]}::int[]) and period = any(${periods.map(periodNumber)}::smallint[])`;
  const shown = new Map(
    rows.map((row) => [`${row.slice}/${row.period}/${row.area}`, readFigure(row.figure)]),
  );
  const figureOf = (slice: number, period: Period): Figure | null =>
    shown.get(`${slice}/${periodNumber(period)}/${finest.get(period.financialYear)}`) ?? null;
  const changes = await reader<{ period: number; area: number; changed: number }[]>`
    select period, area, changed
    from published.coverage
    where area = any(${[...new Set(finest.values())]}::int[]) and period = any(${periods.map(periodNumber)}::smallint[])`;
  const changed = new Map(changes.map((row) => [`${row.period}/${row.area}`, unpackChanges(row.changed)]));
  return {
    area,
    level: levelOf(area),
    name: named.name,
    node: query.node,
    label: node.label,
    type,
    whole: periods.map((period) => {
      const change = changed.get(`${periodNumber(period)}/${finest.get(period.financialYear)}`);
      return {
        period: periodText(period),
        words: periodInWords(period),
        figure: figureOf(0, period),
        sinceBefore: change?.sinceBefore ?? NO_CHANGE,
        sinceYear: change?.sinceYear ?? NO_CHANGE,
      };
    }),
    panels: (await listPanels(reader, type, finest)).map(
      ({ financialYear, organisations }): Panel => ({
        financialYear,
        organisations,
        points: periods
          .filter(
            (period) => period.financialYear === financialYear || period.financialYear === financialYear - 1,
          )
          .map((period) => ({
            period: periodText(period),
            words: periodInWords(period),
            figure: figureOf(period.financialYear === financialYear ? PANEL_SLICE : NEXT_PANEL_SLICE, period),
          })),
      }),
    ),
  };
}

async function finestByYear(
  reader: Sql,
  area: number,
  periods: readonly Period[],
): Promise<Map<number, number>> {
  const years = new Map<number, PublishedAreas>();
  for (const { financialYear } of periods) {
    if (years.has(financialYear)) continue;
    const areas = await findPublishedAreas(reader, financialYear);
    if (areas) years.set(financialYear, areas);
  }
  return new Map([...years].map(([year, areas]) => [year, areas.finest(area)]));
}

async function listPanels(
  reader: Sql,
  type: string,
  finest: ReadonlyMap<number, number>,
): Promise<Pick<Panel, "financialYear" | "organisations">[]> {
  const rows = await reader<{ financialYear: number; area: number; reporters: number[] }[]>`
    select financial_year, area, reporters from published.panel where type = ${type} order by financial_year`;
  const names = await reader<{ reporter: number; name: string }[]>`
    select distinct on (reporter) reporter, name from published.reporting order by reporter, last_month desc`;
  const nameOf = new Map(names.map((row) => [row.reporter, row.name]));
  return rows
    .filter((row) => finest.get(row.financialYear) === row.area)
    .map(({ financialYear, reporters }) => ({
      financialYear,
      organisations: reporters.map((organisation) => ({
        organisation,
        name: nameOf.get(organisation) ?? "An organisation",
      })),
    }));
}
