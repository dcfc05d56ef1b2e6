/**
 * Coverage as people read it: who reports in an area, whether a figure may have moved because somebody began or
 * stopped, and the panels of those that reported throughout, beside everybody. Over the reader's connection.
 */

import type { Db, Sql } from "../../db/client";
import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import {
  type AreaCoverage,
  type CoverageCard,
  type CoverageCardQuery,
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
import { isAuthorityOrAbove, levelOf } from "../domain/geography";
import { findNode } from "../domain/needs";
import {
  findPeriod,
  type Period,
  periodByNumber,
  periodInWords,
  periodNumber,
  periodText,
  previousPeriod,
  yearBefore,
} from "../domain/period";
import { fromFirstToLast, listSettled } from "./choices";
import { findNewestAreas, findPublishedAreas, type PublishedAreas } from "./published-areas";

/** Areas of a map where coverage changed since the year before, or since the period before where no year is. */
export async function readCoverageChanged(
  reader: Db,
  period: Period | null,
  named: readonly { area: number }[],
  finest: (area: number) => number,
): Promise<{ coverageChanged: number[]; coverageSince: string | null }> {
  if (!period) return { coverageChanged: [], coverageSince: null };
  const [year, before] = [yearBefore(period), previousPeriod(period)];
  const [told] = await reader<{ since: number | null; areas: number[] | null; changes: number[] | null }[]>`
    select
      (
        select b.period
        from unnest(${[year, before].map(periodNumber)}::smallint[]) with ordinality as b (period, place)
        where exists (select from published.coverage as c where c.period = b.period)
        order by b.place limit 1
      ) as since,
      array_to_json(array_agg(c.area)) as areas, array_to_json(array_agg(c.changed)) as changes
    from published.coverage as c
    where c.period = ${periodNumber(period)} and c.changed <> 0`;
  const since = [year, before].find((each) => told?.since === periodNumber(each));
  if (!since) return { coverageChanged: [], coverageSince: null };
  const changed = new Set(
    told?.areas?.filter((_, at) => {
      const { sinceBefore, sinceYear } = unpackChanges(told.changes?.[at] ?? 0);
      const { began, stopped } = since === year ? sinceYear : sinceBefore;
      return began || stopped;
    }),
  );
  return {
    coverageChanged: named.flatMap(({ area }) => (changed.has(finest(area)) ? [area] : [])),
    coverageSince: periodText(since),
  };
}

/** What is said of one area and period: who reports there (authority and above) and whether that changed. */
export async function getCoverageCard(ctx: ActorCtx, query: CoverageCardQuery): Promise<CoverageCard> {
  const { reader } = ctx;
  const period = findPeriod(query.period);
  const areas = period && (await findPublishedAreas(reader, period.financialYear));
  const named = areas?.find(query.area);
  if (!period || !areas || !named) throw new NotFound("This area");
  const { coverageChanged, coverageSince } = await readCoverageChanged(reader, period, [named], (area) =>
    areas.finest(area),
  );
  const [row] = await reader<{ changed: number }[]>`
    select changed from published.coverage
    where period = ${periodNumber(period)} and area = ${areas.finest(query.area)}`;
  const changes = unpackChanges(row?.changed ?? 0);
  const since = findPeriod(coverageSince ?? "");
  const change =
    since?.financialYear === period.financialYear - 1 && since.index === period.index
      ? changes.sinceYear
      : changes.sinceBefore;
  return {
    area: query.area,
    since: coverageChanged.length > 0 && since ? periodInWords(since) : null,
    change: coverageChanged.length > 0 ? change : NO_CHANGE,
    reporters: isAuthorityOrAbove(areas.finest(query.area))
      ? await listReporters(reader, areas.finest(query.area))
      : null,
    mayCompare: ctx.decide(ctx.actor, "figures.compare", { organisationId: null }).allow,
  };
}

/** Who reports in the nations, regions and authorities, as far as figures tell. */
export async function getCoverage({ reader }: ActorCtx): Promise<AreaCoverage[]> {
  const areas = await findNewestAreas(reader);
  if (!areas) return [];
  const wanted = (["nation", "region", "lad"] as const)
    .flatMap((level) => areas.of(level))
    .filter(({ area }) => isAuthorityOrAbove(areas.finest(area)));
  const all: AreaCoverage[] = [];
  for (const { area: number, code, name } of wanted) {
    const reporters = await listReporters(reader, areas.finest(number));
    all.push({
      ...{ area: number, level: levelOf(number), code, name },
      within: areas.above(number),
      reporters,
    });
  }
  return all;
}

/** Organisations whose own figure has shown in an area, longest first. */
async function listReporters(reader: Sql, area: number): Promise<Reporter[]> {
  const rows = await reader<
    { reporter: number; name: string; firstMonth: number; lastMonth: number; newest: number | null }[]
  >`
    select reporter, name, first_month, last_month,
      (select max(period) from published.settled_period where period % 32 < 12) as newest
    from published.reporting
    where area = ${area}
    order by first_month, name`;
  return rows.map((row) => ({
    organisation: row.reporter,
    name: row.name,
    first: periodText(periodByNumber(row.firstMonth)),
    last: periodText(periodByNumber(row.lastMonth)),
    reportsNow: row.newest !== null && row.lastMonth >= row.newest,
  }));
}

/**
 * The panels of an authority or larger area, of one need, beside everybody. An authority that is one sector or district
 * has none: what is published of it is what is published of that.
 */
export async function getPanels(ctx: ActorCtx, query: PanelQuery): Promise<PanelSeries> {
  const { reader } = ctx;
  const { area, type } = query;
  const node = findNode(query.node);
  const latest = await findNewestAreas(reader);
  const named = latest?.find(area);
  if (!node || !latest || !named) throw new NotFound("This area");
  if (!isAuthorityOrAbove(latest.finest(area))) throw tooSmall();
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

/** What is said of an authority that is one sector or district. */
export function tooSmall(): NotFound {
  return new NotFound(
    "This figure",
    "This is not published for an area that is one postcode sector or district. Choose another.",
  );
}

/** The cell of an authority or larger area in each year in which it is more than one sector or district. */
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
  return new Map(
    [...years]
      .map(([year, areas]): [number, number] => [year, areas.finest(area)])
      .filter(([, finest]) => isAuthorityOrAbove(finest)),
  );
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
