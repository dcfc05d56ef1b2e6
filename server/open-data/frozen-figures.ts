/**
 * Figures picked out of a frozen release: by period, level, area and need, page by page. They come from the release's
 * own bytes and nowhere else, so an answer says exactly what the file says, whatever has happened since.
 */

import type { Sql } from "../../db/client";
import { hasPeriods, hasSlices, openNodes } from "../domain/open-data/menu";
import {
  ALL_SLICE,
  columnsOf,
  type FigureRow,
  figureRow,
  levelInside,
  OPEN_LEVELS,
  type OpenLevel,
  TABLES,
} from "../domain/open-data/tables";
import { findPeriod, periodNumber } from "../domain/period";
import { SLICES } from "../domain/slices";
import { Kept } from "./kept";
import { readFrozen } from "./release-files";

export interface FiguresAsked {
  release: number;
  /** Nothing in a list: all there is. */
  periods: readonly string[];
  levels: readonly OpenLevel[];
  areas: readonly string[];
  needs: readonly string[];
  slices: readonly string[];
  limit: number;
  /** Where the page before ended. */
  cursor: Cursor | null;
}

/** A row of a release: the stretch it lies in and its place there. */
export interface Cursor {
  position: number;
  row: number;
}

export interface FiguresPage {
  rows: FigureRow[];
  /** The row after the last one of this page; null when there is none. */
  next: Cursor | null;
}

interface Stretch {
  sha256: string;
  position: number;
}

/** A question reads so many stretches and then says where to go on: nobody can have a whole release read by one. */
const MOST_STRETCHES = 24;

/** Figures of a frozen release. No rows and nothing next: what was asked for is not published. */
export async function pickFigures(
  reader: Sql,
  asked: FiguresAsked,
  mostStretches = MOST_STRETCHES,
): Promise<FiguresPage> {
  const picked: FigureRow[] = [];
  const levels = levelsOnMenu(asked);
  if (levels.length === 0) return { rows: [], next: null };
  const start = asked.cursor ?? { position: 0, row: 0 };
  const stretches = await findStretches(reader, { ...asked, levels }, start.position);
  for (const [at, { sha256, position }] of stretches.entries()) {
    if (at === mostStretches) return { rows: picked, next: { position, row: 0 } };
    const lines = await linesOf(reader, sha256);
    const from = position === start.position ? start.row : 0;
    for (let row = from; row < lines.length; row += 1) {
      const line = lines[row] ?? "";
      if (!mayBe(line, asked)) continue;
      const figure = parseFigure(line);
      if (!isAsked(figure, asked)) continue;
      if (picked.length === asked.limit) return { rows: picked, next: { position, row } };
      picked.push(figure);
    }
  }
  return { rows: picked, next: null };
}

const isSliceName = (text: string) => SLICES.some(({ name }) => name === text);

/** The levels asked for at which the menu has one of the needs, slices and periods asked for. */
function levelsOnMenu(asked: FiguresAsked): readonly OpenLevel[] {
  const types = asked.periods.flatMap((text) => findPeriod(text)?.type ?? []);
  const slices = asked.slices.filter((slice) => slice === ALL_SLICE || isSliceName(slice));
  const some = (wanted: readonly string[], isThere: () => boolean) => wanted.length === 0 || isThere();
  return (asked.levels.length === 0 ? OPEN_LEVELS : asked.levels).filter(
    (level) =>
      some(asked.needs, () => openNodes(level).some(({ path }) => asked.needs.includes(path))) &&
      some(asked.slices, () => slices.some((slice) => slice === ALL_SLICE || hasSlices(level))) &&
      some(asked.periods, () => types.some((type) => hasPeriods(level, type))),
  );
}

/** Stretches of the figures that may hold what was asked for. */
async function findStretches(reader: Sql, asked: FiguresAsked, from: number): Promise<Stretch[]> {
  const periods = asked.periods.flatMap((text) => findPeriod(text) ?? []).map(periodNumber);
  const levels = [...new Set(asked.levels.map(levelInside))];
  return reader<Stretch[]>`
    select p.sha256, p.position
    from published.release_part as p
    where p.release_no = ${asked.release} and p.name = 'figures.csv' and p.period is not null
      and p.position >= ${from}
      and (${asked.periods.length} = 0 or p.period = any(${periods}::smallint[]))
      and (${levels.length} = 0 or p.level = any(${levels}::text[]))
      and (${asked.areas.length} = 0 or exists (
        select from reference.area as a
        where a.code = any(${[...asked.areas]}::text[]) and a.level = p.level
          and a.number between p.area_from and p.area_to))
    order by p.position`;
}

/** A cheap look before a line is taken apart: whether the codes asked for are in it at all. */
function mayBe(line: string, { areas, needs, slices }: FiguresAsked): boolean {
  return (
    (slices.length === 0 || slices.some((slice) => line.includes(`,${slice},`))) &&
    (areas.length === 0 || areas.some((area) => line.includes(`,${area},`))) &&
    (needs.length === 0 || needs.some((need) => line.includes(`,${need},`)))
  );
}

function isAsked(figure: FigureRow, asked: FiguresAsked): boolean {
  const has = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);
  return (
    has(asked.levels, figure.level) &&
    has(asked.areas, figure.area) &&
    has(asked.needs, figure.need) &&
    has(asked.slices, figure.slice)
  );
}

const COLUMNS = columnsOf(TABLES.figures);
const NUMBERS = new Set(["people", "geography_year"]);

/** A line of the frozen file as a row. Throws for a line that is none. */
function parseFigure(line: string): FigureRow {
  const values = splitLine(line);
  return figureRow.parse(
    Object.fromEntries(
      COLUMNS.map((column, at) => {
        const value = values[at] ?? "";
        if (!NUMBERS.has(column)) return [column, value];
        return [column, value === "" ? null : Number(value)];
      }),
    ),
  );
}

/** The values of a line of RFC 4180 without line breaks in values, of which our tables have none. */
function splitLine(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const values = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? [];
  return values.map((value) => (value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value));
}

/** Stretches read last, as lines: a place's whole series, and pages one after another, read the same few again. */
const kept = new Kept<readonly string[]>(96 * 2 ** 20, (lines) =>
  lines.reduce((bytes, line) => bytes + 2 * line.length, 1),
);

const linesOf = (reader: Sql, sha256: string): Promise<readonly string[]> =>
  kept.get(sha256, async () =>
    (await readFrozen(reader, sha256)).toString("utf8").split("\r\n").slice(0, -1),
  );
