/**
 * Published figures as people read them: the map, an area's card, series. Over the connection that can select from
 * `published` and `reference` and nothing else; every derived number comes from figures. What is not on the menu is
 * not found, whatever the data.
 */

import { installationNow } from "./clock";
import type { ActorCtx } from "./context";
import { countedNode } from "./domain/counting";
import {
  type AnonymousBand,
  changeBetween,
  type Figure,
  ratePerThousand,
  readAnonymousBand,
  readFigure,
  readOrganisationsBand,
} from "./domain/disclosure";
import { NotFound } from "./domain/errors";
import type {
  AreaCard,
  AreasQuery,
  CardQuery,
  FigureSeries,
  FiguresQuery,
  MapFigures,
  MapOptions,
  NamedArea,
  OpenPeriod,
  SeriesQuery,
} from "./domain/figures";
import { BUCKETS, LEVELS, type Level, levelOf } from "./domain/geography";
import { LEVEL_LABELS, type NotOnMenu, numbersOf, PERIOD_TYPES_OF } from "./domain/menu";
import { ANY_NODE, findNode, type NeedNode } from "./domain/needs";
import {
  dayOf,
  financialYearOf,
  findPeriod,
  type Period,
  type PeriodType,
  periodInWords,
  periodNumber,
  periodText,
} from "./domain/period";
import { readAreaFacts } from "./figures/area-facts";
import { fromFirstToLast, listPatch, listSettled, patchOrWhole } from "./figures/choices";
import { readCoverageChanged } from "./figures/coverage";
import { readBreaks } from "./figures/legend";
import { maySeeNeedAtSector, menuFor } from "./figures/menu";
import { findOpen, listOpen, openFiguresOf, readClocks } from "./figures/open";
import { findPublishedAreas, type PublishedAreas } from "./figures/published-areas";

/** What the reader may choose from: levels, settled periods, periods that are open, their patch. */
export async function getMapOptions(ctx: ActorCtx): Promise<MapOptions> {
  const { reader } = ctx;
  const [periods, open, patch, [release]] = await Promise.all([
    listSettled(ctx),
    listOpen(reader),
    listPatch(ctx),
    reader<{ number: number; madeOn: string }[]>`
      select number, made_on from published.release order by number desc limit 1`,
  ]);
  const needsAtSector = patch.length > 0 && maySeeNeedAtSector(ctx);
  return {
    levels: LEVELS.map((level) => ({
      level,
      label: LEVEL_LABELS[level],
      periodTypes: PERIOD_TYPES_OF[level],
      needs: level !== "sector" || needsAtSector,
    })),
    periods,
    open,
    patch,
    release: release ?? null,
  };
}

/** Figures of every area of a level, of one need, in one period: settled, or so far. */
export async function getFigures(ctx: ActorCtx, query: FiguresQuery): Promise<MapFigures> {
  const { reader } = ctx;
  const { level } = query;
  const node = nodeOf(query.node);
  const period = findPeriod(query.period);
  if (!period || !PERIOD_TYPES_OF[level].includes(period.type)) throw notPublished();
  const [shownPeriod, { areas, menu }] = await Promise.all([
    getShownPeriod(ctx, period),
    areasFor(ctx, period).then(async (areas) => ({
      areas,
      menu: await menuFor(ctx, areas, node, period.type),
    })),
  ]);
  const { open } = shownPeriod;
  const named = areas.of(level);
  const finest = areas.finestOf(level);
  const refused = new Map<number, NotOnMenu>();
  const equals: number[] = [];
  for (const [at, { area }] of named.entries()) {
    const reason = menu(area);
    if (reason) refused.set(area, reason);
    const equal = finest[at];
    if (equal !== undefined && equal !== area && levelOf(equal) !== level) equals.push(equal);
  }
  if (named.length > 0 && refused.size === named.length) throw notPublished();
  const finestOf = (area: number) => areas.finest(area);
  const [shown, clocks, coverage, breaks] = await Promise.all([
    readLevel(ctx, node, shownPeriod, level, equals),
    open ? readClocks(reader, countedNode(node.number), [...finest]) : null,
    readCoverageChanged(reader, open ? null : period, named, finestOf),
    readBreaks(reader, { level, node: countedNode(node.number), type: period.type }),
  ]);
  const figures = finest.map((counted, at) => (refused.has(named[at]?.area ?? 0) ? null : shown(counted)));
  return {
    level,
    node: query.node,
    label: node.label,
    period: query.period,
    words: periodInWords(period),
    settledOn: shownPeriod.settledOn,
    revisedOn: shownPeriod.revisedOn,
    releaseNo: shownPeriod.releaseNo,
    open:
      open && clocks
        ? openFiguresOf(
            open.settlesOn,
            clocks,
            named.map(({ area }) => (refused.has(area) ? null : areas.finest(area))),
          )
        : null,
    periodHasFigures: shownPeriod.hasFigures,
    geographyYear: areas.financialYear,
    geographyVersion: areas.version,
    areas: [...named],
    figures,
    rates: figures.map((figure, at) => ratePerThousand(figure, named[at]?.households ?? null)),
    notPublished: [...refused].map(([area, reason]) => ({ area, reason })),
    buckets:
      level === "sector" && node.kind !== "need"
        ? Object.values(BUCKETS).map((area) => ({
            area,
            name: areas.find(area)?.name ?? String(area),
            figure: shown(area),
          }))
        : [],
    householdsInNeighbour: areas.householdsInNeighbour(level),
    ...coverage,
    breaks,
  };
}

/** The areas of a level in a year's geography, in the order of every map's figures. */
export async function getAreas(
  { reader }: ActorCtx,
  { level, year }: AreasQuery,
): Promise<readonly NamedArea[]> {
  const areas = await findPublishedAreas(reader, year);
  if (!areas) throw notPublished();
  return areas.of(level);
}

/** Everything to be said of one area, need and period. */
export async function getCard(ctx: ActorCtx, query: CardQuery): Promise<AreaCard> {
  const node = nodeOf(query.node);
  const period = findPeriod(query.period);
  if (!period) throw notPublished();
  const shownPeriod = await getShownPeriod(ctx, period);
  const { open } = shownPeriod;
  const areas = await areasFor(ctx, period);
  const named = areas.find(query.area);
  if (!named) throw new NotFound("This area");
  const level = levelOf(query.area);
  const menu = await menuFor(ctx, areas, node, period.type);
  const above = areas.above(query.area);
  const finest = areas.finest(query.area);
  const yearBefore = { ...period, financialYear: period.financialYear - 1 };
  const [shown, before, facts, clocks] = await Promise.all([
    readShown(ctx, node, shownPeriod, [finest, ...above.map((area) => areas.finest(area))]),
    // What has come so far is no match for a whole period.
    open ? null : readBefore(ctx, query.area, node, yearBefore),
    readAreaFacts(ctx.reader, areas.financialYear, query.area),
    open && readClocks(ctx.reader, countedNode(node.number), [finest]),
  ]);
  const refused = menu(query.area);
  const own = refused ? undefined : shown.get(finest);
  const figure = own?.figure ?? null;
  const coverage = figure === null ? null : await findCoverage(ctx, period, finest);
  const slot = refused ? undefined : clocks?.slotOf.get(finest);
  const clock = slot === undefined ? null : (clocks?.clockOf(slot) ?? null);
  const isLive = !open || clock !== null;
  return {
    area: query.area,
    level,
    code: named.code,
    name: named.name,
    node: query.node,
    label: node.label,
    period: query.period,
    words: periodInWords(period),
    settledOn: shownPeriod.settledOn,
    revisedOn: shownPeriod.revisedOn,
    releaseNo: shownPeriod.releaseNo,
    open: open && { settlesOn: open.settlesOn, clock },
    figure,
    whyHidden: refused ?? (figure !== null ? null : isLive ? "fewer-than-10" : "not-live"),
    rate: ratePerThousand(figure, named.households),
    change:
      figure !== null && before !== null
        ? {
            period: periodText(yearBefore),
            words: periodInWords(yearBefore),
            figure: before,
            ...changeBetween(before, figure),
          }
        : null,
    anonymous: own?.anonymous ?? null,
    organisations: coverage,
    households: named.households,
    residents: facts.residents,
    bestFit: areas.bestFit(query.area),
    deprivation: facts.deprivation,
    widerAreas: above.flatMap((area) => {
      const wider = areas.find(area);
      if (!wider || menu(area) !== null || areas.finest(area) !== area) return [];
      const widerFigure = shown.get(areas.finest(area))?.figure ?? null;
      return [{ area, level: levelOf(area), name: wider.name, figure: widerFigure }];
    }),
    sectors: facts.sectors,
  };
}

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
  const open = (await listOpen(ctx.reader)).filter(({ type, isLive }) => isLive && type === query.type);
  const series: FigureSeries[] = [];
  for (const area of wanted) {
    const points = await seriesOf(ctx, area, node, query.type, periods, latest);
    series.push({ ...points, open: await soFarOf(ctx, area, node, open) });
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
  open: readonly OpenPeriod[],
): Promise<FigureSeries["open"]> {
  const points: FigureSeries["open"] = [];
  for (const { period: text, type, words, settlesOn } of open) {
    const period = findPeriod(text);
    const areas = period && (await findPublishedAreas(ctx.reader, period.financialYear));
    if (!period || !areas?.find(area) || (await menuFor(ctx, areas, node, type))(area) !== null) continue;
    const finest = areas.finest(area);
    const shown = await readShown(ctx, node, { period, open: { settlesOn } }, [finest]);
    const clocks = await readClocks(ctx.reader, countedNode(node.number), [finest]);
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

function notPublished(): NotFound {
  return new NotFound("This figure", "This figure is not published. Choose another need, area or period.");
}

function nodeOf(path: string): NeedNode {
  const node = findNode(path);
  if (!node) throw notPublished();
  return node;
}

/** A period of which figures may be read: settled, or open and live. */
interface ShownPeriod {
  period: Period;
  /** Set while it is open. */
  open: { settlesOn: string } | null;
  settledOn: string | null;
  revisedOn: string | null;
  releaseNo: number | null;
  hasFigures: boolean;
}

async function getShownPeriod(ctx: ActorCtx, period: Period): Promise<ShownPeriod> {
  const [row] = await ctx.reader<
    { settledOn: string; revisedOn: string | null; releaseNo: number; hasFigures: boolean }[]
  >`
    select s.settled_on, s.revised_on, s.release_no,
      exists (select from published.coverage as c where c.period = s.period) as has_figures
    from published.settled_period as s
    where s.period = ${periodNumber(period)}`;
  if (row) return { period, open: null, ...row };
  const open = await findOpen(ctx.reader, period);
  if (!open) throw notPublished();
  const [any] = await ctx.reader<{ hasFigures: boolean }[]>`
    select exists (
      select from published.open_figure where node = ${ANY_NODE} and slice = 0 and period = ${periodNumber(period)}
    ) as has_figures`;
  return {
    period,
    open,
    settledOn: null,
    revisedOn: null,
    releaseNo: null,
    hasFigures: any?.hasFigures ?? false,
  };
}

async function areasFor(ctx: ActorCtx, period: Period): Promise<PublishedAreas> {
  const areas = await findPublishedAreas(ctx.reader, period.financialYear);
  if (!areas) throw notPublished();
  return areas;
}

/** Figures of a whole level, and of some areas beside it: one range of the key, answered from the index alone. */
async function readLevel(
  ctx: ActorCtx,
  node: NeedNode,
  shown: ShownPeriod,
  level: Level,
  beside: readonly number[],
): Promise<(area: number) => Figure | null> {
  const { reader } = ctx;
  const { from, before } = numbersOf(level);
  // As two lists in one row: a row for each of 11,000 sectors takes longer to read than to find.
  const [[found], besides] = await Promise.all([
    reader<{ areas: number[] | null; figures: number[] | null }[]>`
      select array_to_json(array_agg(area)) as areas, array_to_json(array_agg(figure)) as figures
      from ${shown.open ? reader`published.open_figure` : reader`published.figure`}
      where node = ${countedNode(node.number)} and slice = 0 and period = ${periodNumber(shown.period)}
        and area >= ${from} and area < ${before}`,
    beside.length > 0 ? readShown(ctx, node, shown, beside) : null,
  ]);
  const { areas, figures } = found ?? {};
  // By number from the first of the level: a map of as many numbers takes longer to fill than all else here.
  const values = new Int32Array(areas ? before - from : 0);
  for (const [at, area] of areas?.entries() ?? []) values[area - from] = figures?.[at] ?? 0;
  return (area) => {
    const value = values[area - from];
    return value ? readFigure(value) : (besides?.get(area)?.figure ?? null);
  };
}

async function readShown(
  ctx: ActorCtx,
  node: NeedNode,
  { period, open }: Pick<ShownPeriod, "period" | "open">,
  areas: readonly number[],
): Promise<Map<number, { figure: Figure; anonymous: AnonymousBand | null }>> {
  const { reader } = ctx;
  const rows = await reader<{ area: number; figure: number; band: number | null }[]>`
    select area, figure, ${open ? reader`null::smallint` : reader`anonymous_band`} as band
    from ${open ? reader`published.open_figure` : reader`published.figure`}
    where node = ${countedNode(node.number)} and slice = 0 and period = ${periodNumber(period)}
      and area = any(${[...new Set(areas)]}::int[])`;
  return new Map(
    rows.map((row) => [
      row.area,
      { figure: readFigure(row.figure), anonymous: row.band === null ? null : readAnonymousBand(row.band) },
    ]),
  );
}

/** The figure of the same period a year before, where it is published for this reader. */
async function readBefore(
  ctx: ActorCtx,
  area: number,
  node: NeedNode,
  period: Period,
): Promise<Figure | null> {
  const areas = await findPublishedAreas(ctx.reader, period.financialYear);
  if (!areas?.find(area)) return null;
  const menu = await menuFor(ctx, areas, node, period.type);
  if (menu(area) !== null) return null;
  const finest = areas.finest(area);
  return (await readShown(ctx, node, { period, open: null }, [finest])).get(finest)?.figure ?? null;
}

async function findCoverage(ctx: ActorCtx, period: Period, area: number) {
  const [row] = await ctx.reader<{ band: number }[]>`
    select organisations_band as band from published.coverage
    where period = ${periodNumber(period)} and area = ${area}`;
  return row ? readOrganisationsBand(row.band) : null;
}
