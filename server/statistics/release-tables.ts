/**
 * The rows of a release's tables, as it was in force: figures that a later release replaced are read from where they
 * were put aside, so a release reads the same whenever its files are made.
 */

import type { Db } from "../../db/client";
import { countedNode } from "../domain/counting";
import { type Figure, readFigure } from "../domain/disclosure";
import { LEVELS, type Level, levelOf } from "../domain/geography";
import { numbersOf } from "../domain/menu";
import type { NeedNode } from "../domain/needs";
import { hasPeriods, isOpen, OPEN_SLICES, openNodes } from "../domain/open-data/menu";
import {
  type AreaRow,
  type FigureRow,
  openLevelOf,
  type PeriodRow,
  type RevisionRow,
} from "../domain/open-data/tables";
import {
  type Day,
  firstDayOf,
  lastDayOf,
  type Period,
  periodByNumber,
  periodInWords,
  periodText,
} from "../domain/period";
import { areaRowsOf, namedAreas } from "../figures/area-rows";
import { findPublishedAreas, type PublishedAreas } from "../figures/published-areas";

export interface ReleasePeriod {
  number: number;
  period: Period;
  settledOn: Day;
  /** The release in which it was settled. */
  releaseNo: number;
}

/** Periods settled in a release or before it, in their order. */
export async function periodsOf(db: Db, release: number): Promise<ReleasePeriod[]> {
  const rows = await db<{ number: number; settledOn: Day; releaseNo: number }[]>`
    select period as number, settled_on, release_no from published.settled_period
    where release_no <= ${release} order by period`;
  return rows.map((row) => ({ ...row, period: periodByNumber(row.number) }));
}

export function periodRow({ period, settledOn, releaseNo }: ReleasePeriod): PeriodRow {
  return {
    period: periodText(period),
    period_name: periodInWords(period),
    type: period.type,
    period_starts: firstDayOf(period),
    period_ends: lastDayOf(period),
    settled_on: settledOn,
    first_release: releaseNo,
  };
}

/** Rows of figures kept together: some areas of one level in one period. */
export interface FigureBlock {
  level: Level;
  areaFrom: number;
  areaTo: number;
  rows: FigureRow[];
}

/** A block is read whole to answer for one area of it. */
const MOST_ROWS = 8_000;

const sliceNumbers = OPEN_SLICES.map(({ number }) => number);

/** Every cell of the open menu in a period, as a release shows it: by level, area, need. Nothing without areas. */
export async function* figureBlocks(
  db: Db,
  release: number,
  settled: ReleasePeriod,
): AsyncGenerator<FigureBlock> {
  const areas = await findPublishedAreas(db, settled.period.financialYear);
  if (!areas) return;
  for (const level of LEVELS) {
    const open = openLevelOf(numbersOf(level).before - 1);
    if (!hasPeriods(open, settled.period.type)) continue;
    const nodes = openNodes(open);
    const named = namedAreas(areas, level);
    const shown = await readInForce(db, release, settled.number, areas, level);
    const perBlock = Math.max(1, Math.floor(MOST_ROWS / (nodes.length * OPEN_SLICES.length)));
    for (let at = 0; at < named.length; at += perBlock) {
      const block = named.slice(at, at + perBlock);
      const [first, last] = [block[0], block.at(-1)];
      if (!first || !last) continue;
      yield {
        level,
        areaFrom: first.area,
        areaTo: last.area,
        rows: block.flatMap((area) => rowsOf(areas, area, nodes, settled, shown)),
      };
    }
  }
}

function rowsOf(
  areas: PublishedAreas,
  named: { area: number; code: string; name: string },
  nodes: readonly NeedNode[],
  { period, settledOn }: ReleasePeriod,
  shown: ReadonlyMap<string, Figure>,
): FigureRow[] {
  const finest = areas.finest(named.area);
  const [text, starts, ends] = [periodText(period), firstDayOf(period), lastDayOf(period)];
  return nodes.flatMap((node) => {
    const open = isOpen(finest, node, period.type);
    return OPEN_SLICES.map((slice): FigureRow => {
      const figure = open ? (shown.get(cellKey(node.number, slice.number, finest)) ?? null) : null;
      return {
        period: text,
        level: openLevelOf(named.area),
        area: named.code,
        area_name: named.name,
        need: node.path,
        need_name: node.label,
        slice: slice.text,
        people: figure,
        status: figure !== null ? "shown" : open ? "fewer-than-10" : "not-published",
        period_starts: starts,
        period_ends: ends,
        settled_on: settledOn,
        geography_year: areas.financialYear,
      };
    });
  });
}

const cellKey = (node: number, slice: number, area: number) => `${countedNode(node)}/${slice}/${area}`;

/** Figures in force at a release, of the areas of a level and of the finer areas that stand for some of them. */
async function readInForce(
  db: Db,
  release: number,
  period: number,
  areas: PublishedAreas,
  level: Level,
): Promise<Map<string, Figure>> {
  const { from, before } = numbersOf(level);
  const equals = areas
    .of(level)
    .map(({ area }) => areas.finest(area))
    .filter((area) => levelOf(area) !== level);
  const rows = await db<{ node: number; slice: number; area: number; figure: number }[]>`
    with later as (
      select distinct on (node, slice, area) node, slice, area, figure
      from published.superseded_figure
      where period = ${period} and slice = any(${sliceNumbers}::smallint[]) and until_release_no > ${release}
        and ((area >= ${from} and area < ${before}) or area = any(${equals}::int[]))
      order by node, slice, area, until_release_no
    )
    select node, slice, area, figure from later where figure is not null
    union all
    select f.node, f.slice, f.area, f.figure
    from published.figure as f
    where f.period = ${period} and f.slice = any(${sliceNumbers}::smallint[]) and f.release_no <= ${release}
      and ((f.area >= ${from} and f.area < ${before}) or f.area = any(${equals}::int[]))
      and not exists (
        select from later as l where l.node = f.node and l.slice = f.slice and l.area = f.area)`;
  return new Map(
    rows.map(({ node, slice, area, figure }) => [`${node}/${slice}/${area}`, readFigure(figure)]),
  );
}

/** Open figures of periods settled before that a release changed, in the order of its figures. */
export async function revisionRows(db: Db, release: number): Promise<RevisionRow[]> {
  const moved = await db<
    { period: number; node: number; slice: number; area: number; before: number | null; now: number | null }[]
  >`
    select s.period, s.node, s.slice, s.area, s.figure as before,
      case when l.until_release_no is null then f.figure else l.figure end as now
    from published.superseded_figure as s
    join published.settled_period as p on p.period = s.period and p.release_no < ${release}
    left join lateral (
      select figure, until_release_no from published.superseded_figure as l
      where l.node = s.node and l.slice = s.slice and l.period = s.period and l.area = s.area
        and l.until_release_no > ${release}
      order by l.until_release_no limit 1
    ) as l on true
    left join published.figure as f
      on f.node = s.node and f.slice = s.slice and f.period = s.period and f.area = s.area
    where s.until_release_no = ${release} and s.slice = any(${sliceNumbers}::smallint[])`;
  const byPeriod = new Map<number, Map<string, { before: Figure | null; now: Figure | null }>>();
  for (const { period, node, slice, area, before, now } of moved) {
    if (before === now) continue;
    const cells = byPeriod.get(period) ?? new Map();
    byPeriod.set(period, cells);
    cells.set(`${node}/${slice}/${area}`, { before: asShown(before), now: asShown(now) });
  }
  const rows: RevisionRow[] = [];
  for (const [number, cells] of [...byPeriod].sort(([a], [b]) => a - b)) {
    const areas = await findPublishedAreas(db, periodByNumber(number).financialYear);
    if (areas) rows.push(...revisionsIn(areas, periodByNumber(number), cells));
  }
  return rows;
}

const asShown = (figure: number | null) => (figure === null ? null : readFigure(figure));

function revisionsIn(
  areas: PublishedAreas,
  period: Period,
  cells: ReadonlyMap<string, { before: Figure | null; now: Figure | null }>,
): RevisionRow[] {
  const rows: RevisionRow[] = [];
  for (const level of LEVELS) {
    const open = openLevelOf(numbersOf(level).before - 1);
    if (!hasPeriods(open, period.type)) continue;
    for (const named of namedAreas(areas, level)) {
      const finest = areas.finest(named.area);
      for (const node of openNodes(open)) {
        if (!isOpen(finest, node, period.type)) continue;
        for (const slice of OPEN_SLICES) {
          const cell = cells.get(cellKey(node.number, slice.number, finest));
          if (!cell) continue;
          rows.push({
            period: periodText(period),
            level: openLevelOf(named.area),
            area: named.code,
            area_name: named.name,
            need: node.path,
            need_name: node.label,
            slice: slice.text,
            from_people: cell.before,
            from_status: cell.before === null ? "fewer-than-10" : "shown",
            to_people: cell.now,
            to_status: cell.now === null ? "fewer-than-10" : "shown",
            why: "changed-since-settled",
            geography_year: areas.financialYear,
          });
        }
      }
    }
  }
  return rows;
}

/** Areas of the years that serve these periods. */
export async function releaseAreaRows(db: Db, periods: readonly ReleasePeriod[]): Promise<AreaRow[]> {
  const rows = new Map<number, AreaRow[]>();
  for (const financialYear of new Set(periods.map(({ period }) => period.financialYear))) {
    const areas = await findPublishedAreas(db, financialYear);
    if (areas && !rows.has(areas.financialYear)) rows.set(areas.financialYear, await areaRowsOf(db, areas));
  }
  return [...rows].sort(([a], [b]) => a - b).flatMap(([, each]) => each);
}
