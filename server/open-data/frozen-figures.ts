/**
 * Figures picked out of a frozen release: by period, level, area and need, page by page. They come from the release's
 * own bytes and nowhere else, so an answer says exactly what the file says, whatever has happened since.
 */

import type { Sql } from "../../db/client";
import {
  columnsOf,
  type FigureRow,
  figureRow,
  levelInside,
  type OpenLevel,
  TABLES,
} from "../domain/open-data/tables";
import { findPeriod, periodNumber } from "../domain/period";
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

/** Figures of a frozen release. No rows: what was asked for is not published. */
export async function pickFigures(reader: Sql, asked: FiguresAsked): Promise<FiguresPage> {
  const picked: FigureRow[] = [];
  const start = asked.cursor ?? { position: 0, row: 0 };
  for (const { sha256, position } of await findStretches(reader, asked, start.position)) {
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
function mayBe(line: string, { areas, needs }: FiguresAsked): boolean {
  return (
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
const kept = new Map<string, readonly string[]>();
const MOST_KEPT = 48;

async function linesOf(reader: Sql, sha256: string): Promise<readonly string[]> {
  const known = kept.get(sha256);
  if (known) {
    kept.delete(sha256);
    kept.set(sha256, known);
    return known;
  }
  const lines = (await readFrozen(reader, sha256)).toString("utf8").split("\r\n").slice(0, -1);
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(sha256, lines);
  return lines;
}
