/**
 * Published figures as people read them: the map and an area's card; series are in figures/series.ts. Over the
 * connection that can select from `published` and `reference` and nothing else; every derived number comes from
 * figures. What is not on the menu is not found, whatever the data.
 */

import type { ActorCtx } from "./context";
import { countedNode } from "./domain/counting";
import { changeBetween, type Figure, ratePerThousand, readOrganisationsBand } from "./domain/disclosure";
import { NotFound } from "./domain/errors";
import type {
  AreaCard,
  AreasQuery,
  CardQuery,
  FiguresQuery,
  MapFigures,
  MapOptions,
  NamedArea,
} from "./domain/figures";
import { BUCKETS, LEVELS, type Level, levelOf } from "./domain/geography";
import { LEVEL_LABELS, type NotOnMenu, PERIOD_TYPES_OF } from "./domain/menu";
import { getNodeByNumber, type NeedNode } from "./domain/needs";
import { findPeriod, type Period, periodInWords, periodNumber, periodText } from "./domain/period";
import { readAreaFacts } from "./figures/area-facts";
import { listPatch, listSettled } from "./figures/choices";
import { readCoverageChanged } from "./figures/coverage";
import { keptMaps, readStanding, type Standing } from "./figures/kept-maps";
import { readBreaks } from "./figures/legend";
import { menuFor, menuIn, needPatch, needsAtSector } from "./figures/menu";
import { listOpen, openFiguresOf, readClocks, readOpenNow } from "./figures/open";
import { findPublishedAreas, type PublishedAreas } from "./figures/published-areas";
import {
  getShownPeriod,
  nodeOf,
  notPublished,
  readLevel,
  readShown,
  type ShownPeriod,
} from "./figures/shown";

/** What the reader may choose from: levels, settled periods, periods that are open, their patch. */
export async function getMapOptions(ctx: ActorCtx): Promise<MapOptions> {
  const { reader } = ctx;
  const [periods, open, patch, bySector, [release]] = await Promise.all([
    listSettled(ctx),
    readOpenNow(reader).then(listOpen),
    listPatch(ctx),
    needsAtSector(ctx),
    reader<{ number: number; madeOn: string }[]>`
      select number, made_on from published.release order by number desc limit 1`,
  ]);
  return {
    levels: LEVELS.map((level) => ({
      level,
      label: LEVEL_LABELS[level],
      periodTypes: PERIOD_TYPES_OF[level],
      needs: level === "sector" ? [...bySector].map((number) => getNodeByNumber(number).path) : null,
    })),
    periods,
    open,
    patch,
    release: release ?? null,
  };
}

/**
 * Figures of every area of a level, of one need, in one period: settled, or so far. A map of a settled period is read
 * once until anything settled moves; the answer is shared by those who have the same menu.
 */
export async function getFigures(ctx: ActorCtx, query: FiguresQuery): Promise<MapFigures> {
  const { reader } = ctx;
  const { level } = query;
  const node = nodeOf(query.node);
  const period = findPeriod(query.period);
  if (!period || !PERIOD_TYPES_OF[level].includes(period.type)) throw notPublished();
  const [standing, patch] = await Promise.all([readStanding(reader, period), needPatch(ctx, node)]);
  const areas = await findPublishedAreas(reader, period.financialYear, standing.formed);
  if (!areas) throw notPublished();
  const inside = [...patch].sort((a, b) => a - b).join(" ");
  const question = [level, query.node, query.period, areas.financialYear, areas.version, inside].join("/");
  const maps = keptMaps(reader);
  const known = standing.settled ? maps.find(standing.mark, question) : null;
  if (known) return known;
  const shownPeriod = await getShownPeriod(ctx, period, standing.settled);
  const map = await readMap(ctx, {
    ...{ level, node, shownPeriod, areas, standing },
    menu: menuIn(areas, node, period.type, patch),
  });
  return shownPeriod.open ? map : maps.keep(standing.mark, question, map);
}

interface MapAsked {
  level: Level;
  node: NeedNode;
  shownPeriod: ShownPeriod;
  areas: PublishedAreas;
  standing: Standing;
  menu: (area: number) => NotOnMenu | null;
}

async function readMap(
  ctx: ActorCtx,
  { level, node, shownPeriod, areas, standing, menu }: MapAsked,
): Promise<MapFigures> {
  const { reader } = ctx;
  const { period, open } = shownPeriod;
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
    open ? readClocks(reader, open, countedNode(node.number), [...finest]) : null,
    readCoverageChanged(reader, open ? null : period, named, finestOf),
    readBreaks(reader, { level, node: countedNode(node.number), type: period.type }, standing),
  ]);
  const figures = finest.map((counted, at) => (refused.has(named[at]?.area ?? 0) ? null : shown(counted)));
  return {
    level,
    node: node.path,
    label: node.label,
    period: periodText(period),
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
    areas: named,
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
  const { settled, formed } = await readStanding(ctx.reader, period);
  const [shownPeriod, areas] = await Promise.all([
    getShownPeriod(ctx, period, settled),
    findPublishedAreas(ctx.reader, period.financialYear, formed),
  ]);
  if (!areas) throw notPublished();
  const { open } = shownPeriod;
  const named = areas.find(query.area);
  if (!named) throw new NotFound("This area");
  const level = levelOf(query.area);
  const menu = await menuFor(ctx, areas, node, period.type);
  const above = areas.above(query.area);
  const finest = areas.finest(query.area);
  const yearBefore = { ...period, financialYear: period.financialYear - 1 };
  const [shown, before, facts, clocks] = await Promise.all([
    readShown(ctx, node, { period, isOpen: open !== null }, [
      finest,
      ...above.map((area) => areas.finest(area)),
    ]),
    // What has come so far is no match for a whole period.
    open ? null : readBefore(ctx, query.area, node, yearBefore),
    readAreaFacts(ctx.reader, areas.financialYear, query.area),
    open && readClocks(ctx.reader, open, countedNode(node.number), [finest]),
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
  return (await readShown(ctx, node, { period, isOpen: false }, [finest])).get(finest)?.figure ?? null;
}

async function findCoverage(ctx: ActorCtx, period: Period, area: number) {
  const [row] = await ctx.reader<{ band: number }[]>`
    select organisations_band as band from published.coverage
    where period = ${periodNumber(period)} and area = ${area}`;
  return row ? readOrganisationsBand(row.band) : null;
}
