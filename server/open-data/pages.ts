/**
 * What the public pages show, picked out of the latest frozen release: the whole area, one place, a map of a need.
 * A figure on a page is one of the files; beside it stands what is published of coverage, which the files do not carry.
 */

import { quantileSorted } from "d3-array";
import type { Sql } from "../../db/client";
import { ratePerThousand, readFigure } from "../domain/disclosure";
import { classBreaks, readableStep } from "../domain/figures";
import { DOMAINS } from "../domain/needs";
import {
  type AreaRow,
  type FigureRow,
  levelInside,
  type OpenLevel,
  type ReleaseRow,
} from "../domain/open-data/tables";
import { findPeriod, type PeriodType, periodText } from "../domain/period";
import { areaRowsOf } from "../figures/area-rows";
import { readCoverageChanged } from "../figures/coverage";
import { findNewestAreas, findPublishedAreas } from "../figures/published-areas";
import { DRAWN_LEVELS, type DrawnLevel } from "./boundaries";
import { type Drawing, drawnAreas } from "./drawing";
import { type Cursor, type FiguresPage, pickFigures } from "./frozen-figures";
import { Kept } from "./kept";
import { listReleaseFiles, listReleases, type ReleaseFile } from "./release-files";

/** The frozen release that pages show, with what its periods are. */
export interface OpenRelease {
  release: ReleaseRow;
  files: ReleaseFile[];
  areas: readonly AreaRow[];
}

/** The latest release; null before the first. */
export async function findOpenRelease(reader: Sql): Promise<OpenRelease | null> {
  const [release] = await listReleases(reader);
  if (!release) return null;
  const [files, areas] = await Promise.all([listReleaseFiles(reader, release.release), newestAreas(reader)]);
  return { release, files, areas };
}

async function newestAreas(reader: Sql): Promise<readonly AreaRow[]> {
  const areas = await findNewestAreas(reader);
  return areas ? areaRowsOf(reader, areas) : [];
}

const EVERYTHING = Number.MAX_SAFE_INTEGER;
const DOMAIN_CODES = ["*", ...DOMAINS.map(({ code }) => code)];

/** Rows picked last: a release never changes, and everybody who looks at a page asks the same. */
const BYTES_A_ROW = 600;
const kept = new Kept<FigureRow[]>(64 * 2 ** 20, (rows) => 1 + BYTES_A_ROW * rows.length);

async function pickAll(
  reader: Sql,
  { release, figures_sha256 }: ReleaseRow,
  asked: { periods?: string[]; levels: OpenLevel[]; areas?: string[]; needs: string[] },
): Promise<FigureRow[]> {
  return kept.get(JSON.stringify([figures_sha256, asked]), async () => {
    const all: FigureRow[] = [];
    let cursor: Cursor | null = null;
    do {
      const page: FiguresPage = await pickFigures(reader, {
        release,
        periods: asked.periods ?? [],
        levels: asked.levels,
        areas: asked.areas ?? [],
        needs: asked.needs,
        slices: ["all"],
        limit: EVERYTHING,
        cursor,
      });
      all.push(...page.rows);
      cursor = page.next;
    } while (cursor !== null);
    return all;
  });
}

/** The widest area there is: a nation before a region before an authority; of several the one with most households. */
export function widestArea(areas: readonly AreaRow[]): AreaRow | null {
  for (const level of ["nation", "region", "authority", "district"] as const) {
    const [first] = areas
      .filter((area) => area.level === level)
      .sort((a, b) => (b.households ?? 0) - (a.households ?? 0));
    if (first) return first;
  }
  return null;
}

/** A place by its level and code; null when there is none. */
export function findArea(areas: readonly AreaRow[], level: string, code: string): AreaRow | null {
  return areas.find((area) => area.level === level && area.area === code) ?? null;
}

/** One need of a place: now, and in the same period a year before. */
export interface NeedLine {
  need: string;
  name: string;
  now: FigureRow;
  before: FigureRow | null;
}

/** A place as its page tells it. */
export interface PlaceFigures {
  area: AreaRow;
  /** The last settled period of the type; null when none has settled. */
  period: string | null;
  /** The type of period that is shown. */
  type: PeriodType;
  /** Any need first, then domains. */
  lines: NeedLine[];
  /** Whether an organisation began or stopped here since the year before. */
  coverageChanged: boolean;
  /** One need over every settled period of the type, oldest first. */
  series: { need: string; rows: FigureRow[] };
}

/** Figures of a place by domain in its last settled period, and one need over time. */
export async function readPlace(
  reader: Sql,
  { release }: OpenRelease,
  area: AreaRow,
  asked: { type: PeriodType; need: string },
): Promise<PlaceFigures> {
  const needs = [...new Set([...DOMAIN_CODES, asked.need])];
  const all = await pickAll(reader, release, { levels: [area.level], areas: [area.area], needs });
  const rows = all.filter((row) => findPeriod(row.period)?.type === asked.type);
  const period = lastOf(rows);
  const yearBefore = period === null ? null : yearBeforeOf(period);
  const find = (need: string, text: string | null) =>
    rows.find((row) => row.need === need && row.period === text) ?? null;
  const lines = DOMAIN_CODES.flatMap((need): NeedLine[] => {
    const now = find(need, period);
    return now ? [{ need, name: now.need_name, now, before: find(need, yearBefore) }] : [];
  });
  const series = rows.filter((row) => row.need === asked.need).sort(byStart);
  return {
    area,
    period,
    type: asked.type,
    lines,
    coverageChanged: (await coverageChangedIn(reader, period, area.level)).codes.has(area.area),
    series: { need: asked.need, rows: fromFirstShown(series) },
  };
}

/** Codes of the areas of a level where coverage changed, and since when: as published, at any sector or wider. */
async function coverageChangedIn(
  reader: Sql,
  text: string | null,
  level: OpenLevel,
): Promise<{ codes: ReadonlySet<string>; since: string | null }> {
  const period = findPeriod(text ?? "");
  const areas = period && (await findPublishedAreas(reader, period.financialYear));
  if (!period || !areas) return { codes: new Set(), since: null };
  const named = areas.of(levelInside(level));
  const { coverageChanged, coverageSince } = await readCoverageChanged(reader, period, named, (area) =>
    areas.finest(area),
  );
  const changed = new Set(coverageChanged);
  return {
    codes: new Set(named.flatMap(({ area, code }) => (changed.has(area) ? [code] : []))),
    since: coverageSince,
  };
}

const byStart = (a: FigureRow, b: FigureRow) => (a.period_starts < b.period_starts ? -1 : 1);

/** Periods before anything showed, and none at all where nothing ever did. */
function fromFirstShown(rows: readonly FigureRow[]): FigureRow[] {
  const first = rows.findIndex(({ status }) => status === "shown");
  return first < 0 ? [] : rows.slice(first);
}

function lastOf(rows: readonly FigureRow[]): string | null {
  return [...rows].sort(byStart).at(-1)?.period ?? null;
}

function yearBeforeOf(text: string): string | null {
  const period = findPeriod(text);
  return period ? periodText({ ...period, financialYear: period.financialYear - 1 }) : null;
}

/** How an area of a map is painted: a class of the legend from 1, or why it has none. */
export type Paint = number | "few" | "no-rate";

export interface OpenMap {
  level: DrawnLevel;
  need: string;
  needName: string;
  period: string;
  drawing: Drawing;
  areas: {
    area: AreaRow;
    number: number;
    figure: number | null;
    rate: number | null;
    paint: Paint;
    /** An organisation began or stopped there since `coverageSince`. */
    coverageChanged: boolean;
  }[];
  /** The period against which coverage is told; null where none has been settled to compare with. */
  coverageSince: string | null;
  /** Upper bounds of the classes, of people per 1,000 households, the same for every period of the type. */
  breaks: number[];
}

/** More areas than this are not drawn in one picture: the next wider level is. */
const MOST_AREAS = 600;
const CUTS = [0.2, 0.4, 0.6, 0.8];

/**
 * A map of one need in its last settled quarter: the level asked for or, where that has too many areas for one
 * picture, a wider one. Null when there is nothing to draw.
 */
export async function readMap(
  reader: Sql,
  { release, areas }: OpenRelease,
  asked: { level: DrawnLevel; need: string },
): Promise<OpenMap | null> {
  const levels = DRAWN_LEVELS.slice(DRAWN_LEVELS.indexOf(asked.level));
  const level = levels.find((each) => areas.filter((area) => area.level === each).length <= MOST_AREAS);
  if (!level) return null;
  const rows = await pickAll(reader, release, { levels: [level], needs: [asked.need] });
  const quarters = rows.filter((row) => findPeriod(row.period)?.type === "quarter");
  const period = lastOf(quarters);
  const first = quarters[0];
  const year = areas[0]?.geography_year;
  if (period === null || !first || year === undefined) return null;
  const households = new Map(
    areas.filter((area) => area.level === level).map((area) => [area.area, area.households]),
  );
  const rateOf = (row: FigureRow) =>
    ratePerThousand(row.people === null ? null : readFigure(row.people), households.get(row.area) ?? null);
  const breaks = breaksOf(quarters.flatMap((row) => rateOf(row) ?? []));
  const shown = new Map(quarters.filter((row) => row.period === period).map((row) => [row.area, row]));
  const drawing = await drawnAreas(reader, year, levelInside(level));
  const coverage = await coverageChangedIn(reader, period, level);
  const numbers = new Map(drawing.shapes.map(({ code, number }) => [code, number]));
  return {
    level,
    need: asked.need,
    needName: first.need_name,
    period,
    drawing,
    breaks,
    coverageSince: coverage.since,
    areas: areas.flatMap((area) => {
      const number = numbers.get(area.area);
      if (area.level !== level || number === undefined) return [];
      const row = shown.get(area.area);
      const rate = row ? rateOf(row) : null;
      const isFew = row?.people === null || row === undefined;
      const paint = rate !== null ? classIn(breaks, rate) : isFew ? "few" : "no-rate";
      const coverageChanged = coverage.codes.has(area.area);
      return [{ area, number, figure: row?.people ?? null, rate, paint, coverageChanged }];
    }),
  };
}

/** Class bounds from every settled quarter: a colour means the same in all of them. */
function breaksOf(rates: readonly number[]): number[] {
  const sorted = [...rates].sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const quantiles = CUTS.map((cut) => quantileSorted(sorted, cut) ?? 0);
  return classBreaks(quantiles, readableStep(quantiles.at(-1) ?? 0, 0.1));
}

const classIn = (breaks: readonly number[], rate: number) =>
  1 + breaks.filter((bound) => rate >= bound).length;
