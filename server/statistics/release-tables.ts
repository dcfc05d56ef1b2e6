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
import { hasPeriods, hasSlices, isOpen, openNodes } from "../domain/open-data/menu";
import {
  ALL_SLICE,
  type AreaRow,
  type CoverageRow,
  type FigureRow,
  openLevelOf,
  type PeriodRow,
  type RevisionRow,
  type Status,
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
import { DIMENSIONS, getSlice, isSliceLevel, notSliced, type SliceCell, slicesOf } from "../domain/slices";
import { areaRowsOf, namedAreas } from "../figures/area-rows";
import { readCoverageChanged } from "../figures/coverage";
import { findPublishedAreas, type PublishedAreas } from "../figures/published-areas";
import { type Deprivation, deprivationOf, hiddenBy, placeOf } from "../figures/slices";

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

/** A period as a row of the open table of periods. `coverageSince`: what its coverage is compared with. */
export function periodRow(
  { period, settledOn, releaseNo }: ReleasePeriod,
  coverageSince: string | null,
): PeriodRow {
  return {
    period: periodText(period),
    period_name: periodInWords(period),
    type: period.type,
    period_starts: firstDayOf(period),
    period_ends: lastDayOf(period),
    settled_on: settledOn,
    first_release: releaseNo,
    coverage_compared_with: coverageSince,
  };
}

/** Where an organisation began or stopped recording in a period, as the public pages tell it, and since when. */
export async function coverageOf(
  db: Db,
  { period }: ReleasePeriod,
): Promise<{ since: string | null; rows: CoverageRow[] }> {
  const areas = await findPublishedAreas(db, period.financialYear);
  if (!areas) return { since: null, rows: [] };
  const named = LEVELS.flatMap((level) =>
    hasPeriods(openLevelOf(numbersOf(level).before - 1), period.type) ? areas.of(level) : [],
  );
  const { coverageChanged, coverageSince } = await readCoverageChanged(db, period, named, (area) =>
    areas.finest(area),
  );
  if (coverageSince === null) return { since: null, rows: [] };
  const changed = new Set(coverageChanged);
  const rows = named
    .filter(({ area }) => changed.has(area))
    .map(
      ({ area, code, name }): CoverageRow => ({
        period: periodText(period),
        level: openLevelOf(area),
        area: code,
        area_name: name,
        compared_with: coverageSince,
        coverage: "changed",
        geography_year: areas.financialYear,
      }),
    );
  return { since: coverageSince, rows };
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

const SLICE_NUMBERS = [
  0,
  ...DIMENSIONS.flatMap((dimension) => slicesOf(dimension).map(({ number }) => number)),
];

/**
 * Every cell of the open menu in a period, as a release shows it: by level, area, need, and where the whole figure is
 * at least 100 by slice. Nothing without areas.
 */
export async function* figureBlocks(
  db: Db,
  release: number,
  settled: ReleasePeriod,
): AsyncGenerator<FigureBlock, undefined> {
  const areas = await findPublishedAreas(db, settled.period.financialYear);
  if (!areas) return undefined;
  const deprivation = await deprivationOf(db, areas);
  for (const level of LEVELS) {
    const open = openLevelOf(numbersOf(level).before - 1);
    if (!hasPeriods(open, settled.period.type)) continue;
    const nodes = openNodes(open);
    const named = namedAreas(areas, level);
    const shown = await readInForce(db, release, settled.number, areas, level, deprivation);
    const rowsOfArea = nodes.length * (hasSlices(open) ? SLICE_NUMBERS.length : 1);
    const perBlock = Math.max(1, Math.floor(MOST_ROWS / rowsOfArea));
    for (let at = 0; at < named.length; at += perBlock) {
      const block = named.slice(at, at + perBlock);
      const [first, last] = [block[0], block.at(-1)];
      if (!first || !last) continue;
      const rows = block.flatMap((area) =>
        nodes.flatMap((node) => {
          const cells = cellsOf(areas.finest(area.area), node, settled.period, deprivation, shown);
          return cells.map((cell) => rowOf(areas.financialYear, area, node, settled, cell));
        }),
      );
      yield { level, areaFrom: first.area, areaTo: last.area, rows };
    }
  }
  return undefined;
}

interface ShownCell {
  slice: string;
  people: Figure | null;
  status: Status;
}

/** Figures by node, then by area and slice. */
type Shown = ReadonlyMap<number, ReadonlyMap<number, Figure>>;

const NONE: ReadonlyMap<number, Figure> = new Map();
const statusOf = (people: Figure | null): Status => (people === null ? "fewer-than-10" : "shown");

/** What is shown of a need in an area: everybody, then each slice where there are slices. */
function cellsOf(
  area: number,
  node: NeedNode,
  period: Period,
  deprivation: Deprivation,
  all: Shown,
): ShownCell[] {
  if (!isOpen(area, node, period.type)) return [{ slice: ALL_SLICE, people: null, status: "not-published" }];
  const shown = all.get(countedNode(node.number)) ?? NONE;
  const whole = shown.get(placeOf({ area, slice: 0 })) ?? null;
  const everybody: ShownCell = { slice: ALL_SLICE, people: whole, status: statusOf(whole) };
  if (notSliced(area, whole) !== null) return [everybody];
  // Of 100 people the sexes are four parts: one of them shows whenever slices were made at all.
  const areMade = slicesOf("sex").some(({ number }) => shown.has(placeOf({ area, slice: number })));
  if (!areMade) return [everybody];
  const sliceOf = (slice: number, cell: SliceCell): ShownCell => {
    const isHidden = hiddenBy(cell, area, node, period, shown) !== null;
    const people = isHidden ? null : (shown.get(placeOf(cell)) ?? null);
    return { slice: getSlice(slice).name, people, status: isHidden ? "not-published" : statusOf(people) };
  };
  return [
    everybody,
    ...(["age", "sex"] as const).flatMap((dimension) =>
      slicesOf(dimension).map(({ number }) => sliceOf(number, { area, slice: number })),
    ),
    ...deprivation.slices.of(area).map(({ slice, cell }) => sliceOf(slice, cell)),
  ];
}

function rowOf(
  geographyYear: number,
  named: { area: number; code: string; name: string },
  node: NeedNode,
  { period, settledOn }: ReleasePeriod,
  { slice, people, status }: ShownCell,
): FigureRow {
  return {
    period: periodText(period),
    level: openLevelOf(named.area),
    area: named.code,
    area_name: named.name,
    need: node.path,
    need_name: node.label,
    slice,
    people,
    status,
    period_starts: firstDayOf(period),
    period_ends: lastDayOf(period),
    settled_on: settledOn,
    geography_year: geographyYear,
  };
}

/** Figures in force at a release, of the areas of a level and of the finer areas that stand for parts of them. */
async function readInForce(
  db: Db,
  release: number,
  period: number,
  areas: PublishedAreas,
  level: Level,
  deprivation: Deprivation,
): Promise<Shown> {
  const { from, before } = numbersOf(level);
  const finer = areas.of(level).flatMap(({ area }) => {
    const finest = areas.finest(area);
    const sliced = isSliceLevel(finest) ? deprivation.slices.of(finest).map(({ cell }) => cell.area) : [];
    return [finest, ...sliced].filter((other) => levelOf(other) !== level);
  });
  const equals = [...new Set(finer)];
  // Named one by one, so that the key of the table answers.
  const nodes = [...new Set(openNodes(openLevelOf(before - 1)).map(({ number }) => countedNode(number)))];
  const slices = isSliceLevel(from) ? SLICE_NUMBERS : [0];
  const rows = await db<{ node: number; slice: number; area: number; figure: number }[]>`
    with later as (
      select distinct on (node, slice, area) node, slice, area, figure
      from published.superseded_figure
      where node = any(${nodes}::smallint[]) and slice = any(${slices}::smallint[]) and period = ${period}
        and until_release_no > ${release}
        and ((area >= ${from} and area < ${before}) or area = any(${equals}::int[]))
      order by node, slice, area, until_release_no
    )
    select node, slice, area, figure from later where figure is not null
    union all
    select f.node, f.slice, f.area, f.figure
    from published.figure as f
    where f.node = any(${nodes}::smallint[]) and f.slice = any(${slices}::smallint[]) and f.period = ${period}
      and f.release_no <= ${release}
      and ((f.area >= ${from} and f.area < ${before}) or f.area = any(${equals}::int[]))
      and not exists (
        select from later as l where l.node = f.node and l.slice = f.slice and l.area = f.area)`;
  const shown = new Map<number, Map<number, Figure>>();
  for (const { node, slice, area, figure } of rows) {
    const places = shown.get(node) ?? new Map<number, Figure>();
    shown.set(node, places);
    places.set(placeOf({ area, slice }), readFigure(figure));
  }
  return shown;
}

/** Open figures of periods settled before that a release changed, in the order of its figures. */
export async function revisionRows(db: Db, release: number): Promise<RevisionRow[]> {
  const touched = await db<{ period: number }[]>`
    select distinct s.period
    from published.superseded_figure as s
    join published.settled_period as p on p.period = s.period and p.release_no < ${release}
    where s.until_release_no = ${release}`;
  const periods = new Set(touched.map(({ period }) => period));
  const rows: RevisionRow[] = [];
  for (const settled of await periodsOf(db, release)) {
    if (!periods.has(settled.number)) continue;
    const before = figureBlocks(db, release - 1, settled);
    for await (const block of figureBlocks(db, release, settled)) {
      const { value } = await before.next();
      const old = new Map(value?.rows.map((row): [string, FigureRow] => [cellKey(row), row]));
      rows.push(...block.rows.flatMap((row) => revisionOf(old.get(cellKey(row)), row)));
    }
  }
  return rows;
}

const cellKey = ({ area, need, slice }: FigureRow) => `${area}|${need}|${slice}`;

function revisionOf(before: FigureRow | undefined, now: FigureRow): RevisionRow[] {
  if (!before || before.people === now.people) return [];
  return [
    {
      period: now.period,
      level: now.level,
      area: now.area,
      area_name: now.area_name,
      need: now.need,
      need_name: now.need_name,
      slice: now.slice,
      from_people: before.people,
      from_status: before.status,
      to_people: now.people,
      to_status: now.status,
      why: "changed-since-settled",
      geography_year: now.geography_year,
    },
  ];
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
