/**
 * Cells: how many people are in an area, of a need, in a period, and the sum of their keys. Kept for authorities
 * and above from the first person, for sectors and districts from five; below that a cell has no row and is
 * counted from presence when somebody joins it. A cell without a row can never show (`docs/methods/disclosure.md`).
 */

import type { Tx } from "../../db/client";
import { areaOfGroup, cellOf, groupOfCell, needsIn, nodeOfGroup, periodOfCell } from "../domain/counting";
import { FEWEST_PEOPLE, type PeopleSet } from "../domain/disclosure";
import { levelOf } from "../domain/geography";
import { movedBy, type RunningSet } from "../domain/open-cell";
import { maskOf, periodByNumber, periodNumber } from "../domain/period";
import type { Nesting } from "./nesting";

/** People who entered and left cells, by the number of the cell. */
export class Moves {
  readonly byCell = new Map<number, { entered: bigint[]; left: bigint[] }>();

  add(cell: number, personKey: bigint, entered: boolean): void {
    let move = this.byCell.get(cell);
    if (!move) {
      move = { entered: [], left: [] };
      this.byCell.set(cell, move);
    }
    (entered ? move.entered : move.left).push(personKey);
  }

  /** In the order of their key: rows that lie together are written together. */
  *inOrder(): Generator<[cell: number, move: { entered: bigint[]; left: bigint[] }]> {
    for (const cell of Float64Array.from(this.byCell.keys()).sort()) {
      const move = this.byCell.get(cell);
      if (move) yield [cell, move];
    }
  }
}

/** People from which a cell of an area has a row. */
export function rowFrom(area: number): number {
  const level = levelOf(area);
  return level === "sector" || level === "district" ? FEWEST_PEOPLE : 1;
}

/** Moves the cells. Presence has been written already: what has no row is counted from it. */
export async function applyMoves(tx: Tx, moves: Moves, nesting: Nesting): Promise<void> {
  const states = await readCells(tx, cellsToRead(moves));
  const written = new CellWrites();
  const uncounted: number[] = [];
  for (const [cell, { entered, left }] of moves.inOrder()) {
    const state = states.get(cell);
    if (state) written.move(cell, movedBy(state, entered, left));
    else if (rowFrom(areaOfGroup(groupOfCell(cell))) === 1) {
      written.add(cell, movedBy({ people: 0, cellKey: 0n, changed: null }, entered, left));
    } else if (entered.length > left.length) uncounted.push(cell);
  }
  // A quarter or month cannot have reached five people where the year has not.
  const years = uncounted.filter((cell) => yearCellOf(cell) === cell);
  const reached = await countFromPresence(tx, years, nesting);
  const within = uncounted.filter((cell) => {
    const year = yearCellOf(cell);
    return year !== cell && (states.has(year) || reached.has(year));
  });
  for (const [cell, set] of [...reached, ...(await countFromPresence(tx, within, nesting))]) {
    written.add(cell, { ...set, changed: null });
  }
  await written.flush(tx);
}

/** The cells that move, and the year cells of those that may have no row, in the order of their key. */
function cellsToRead(moves: Moves): number[] {
  const cells = new Set(moves.byCell.keys());
  for (const cell of moves.byCell.keys()) {
    if (rowFrom(areaOfGroup(groupOfCell(cell))) > 1) cells.add(yearCellOf(cell));
  }
  return [...Float64Array.from(cells).sort()];
}

function yearCellOf(cell: number): number {
  const { financialYear } = periodByNumber(periodOfCell(cell));
  return cellOf(groupOfCell(cell), periodNumber({ type: "year", financialYear, index: 0 }));
}

function columnsOf(cells: readonly number[]) {
  const groups = cells.map(groupOfCell);
  return { areas: groups.map(areaOfGroup), nodes: groups.map(nodeOfGroup), periods: cells.map(periodOfCell) };
}

const ROWS_A_STATEMENT = 20_000;

function* chunksOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += ROWS_A_STATEMENT) yield all.slice(at, at + ROWS_A_STATEMENT);
}

async function readCells(tx: Tx, cells: readonly number[]): Promise<Map<number, RunningSet>> {
  const states = new Map<number, RunningSet>();
  for (const chunk of chunksOf(cells)) {
    const { areas, nodes, periods } = columnsOf(chunk);
    const rows = await tx<{ at: number; people: number; cellKey: bigint; changed: bigint[] | null }[]>`
      select (t.at - 1)::int as at, c.people, c.cell_key, case when c.refresh_no > 0 then c.changed end as changed
      from unnest(${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[])
        with ordinality as t (area, node, period, at)
      join statistics.cell as c
        on c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
    for (const { at, people, cellKey, changed } of rows) {
      const cell = chunk[at];
      if (cell !== undefined) states.set(cell, { people, cellKey, changed });
    }
  }
  return states;
}

/**
 * Those of the cells that five or more people are in, counted from presence: one look into its index for each sector
 * of a cell, because the needs of a domain, and all of them, are neighbours there.
 */
async function countFromPresence(
  tx: Tx,
  cells: readonly number[],
  nesting: Nesting,
): Promise<Map<number, PeopleSet>> {
  const counted = new Map<number, PeopleSet>();
  for (const chunk of chunksOf(cells)) {
    const places = placesOf(chunk, nesting);
    // `offset 0` keeps each look apart: joined, the planner reads all of presence for a few thousand looks.
    const rows = await tx<SetRow[]>`
      select at, count(*)::int as people, sum(person_key)::text as sum
      from (
        select distinct t.at, p.person_key
        from unnest(
          ${places.map((row) => row.at)}::int[],
          ${places.map((row) => row.sector)}::int[],
          ${places.map((row) => row.year)}::smallint[],
          ${places.map((row) => row.firstNeed)}::smallint[],
          ${places.map((row) => row.lastNeed)}::smallint[],
          ${places.map((row) => row.months)}::smallint[]
        ) as t (at, sector, year, first_need, last_need, months)
        cross join lateral (
          select person_key from statistics.presence
          where release_sector = t.sector and financial_year = t.year
            and need_number between t.first_need and t.last_need and months & t.months <> 0
          offset 0
        ) as p
      ) as present
      group by at
      having count(*) >= ${FEWEST_PEOPLE}`;
    for (const { at, people, sum } of rows) {
      const cell = chunk[at];
      if (cell !== undefined) counted.set(cell, { people, cellKey: BigInt.asIntN(64, BigInt(sum)) });
    }
  }
  return counted;
}

interface SetRow {
  at: number;
  people: number;
  /** A sum beyond 64 bits. */
  sum: string;
}

/** Where to look in presence for each cell, and for which months: a row for each sector and run of needs. */
function placesOf(cells: readonly number[], nesting: Nesting) {
  return cells.flatMap((cell, at) => {
    const group = groupOfCell(cell);
    const period = periodByNumber(periodOfCell(cell));
    const { financialYear: year } = period;
    const runs = runsOf(nodeOfGroup(group));
    return nesting
      .sectorsIn(year, areaOfGroup(group))
      .flatMap((sector) => runs.map((run) => ({ at, sector, year, months: maskOf(period), ...run })));
  });
}

interface Run {
  firstNeed: number;
  lastNeed: number;
}

const runs = new Map<number, readonly Run[]>();

/** The needs that count in a node, as runs of numbers that follow one another. */
function runsOf(node: number): readonly Run[] {
  const known = runs.get(node);
  if (known) return known;
  const found: Run[] = [];
  for (const need of [...needsIn(node)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last.lastNeed === need - 1) last.lastNeed = need;
    else found.push({ firstNeed: need, lastNeed: need });
  }
  runs.set(node, found);
  return found;
}

/** What is to be written of cells, by kind of statement. */
export class CellWrites {
  private readonly added: [number, RunningSet][] = [];
  private readonly moved: [number, RunningSet][] = [];
  private readonly removed: number[] = [];

  /** A cell without a row: gets one if it has the people. */
  add(cell: number, state: RunningSet): void {
    if (state.people >= rowFrom(areaOfGroup(groupOfCell(cell)))) this.added.push([cell, state]);
  }

  /** A cell with a row: loses it below the people that give one, unless an open figure needs its changed people. */
  move(cell: number, state: RunningSet): void {
    if (state.changed || state.people >= rowFrom(areaOfGroup(groupOfCell(cell))))
      this.moved.push([cell, state]);
    else this.removed.push(cell);
  }

  async flush(tx: Tx): Promise<void> {
    for (const chunk of chunksOf(this.added)) {
      const { areas, nodes, periods } = columnsOf(chunk.map(([cell]) => cell));
      await tx`
        insert into statistics.cell (area, node, period, people, cell_key)
        select * from unnest(
          ${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[],
          ${chunk.map(([, state]) => state.people)}::int[],
          ${chunk.map(([, state]) => state.cellKey.toString())}::bigint[])`;
    }
    for (const chunk of chunksOf(this.moved.filter(([, { changed }]) => changed === null))) {
      const { areas, nodes, periods } = columnsOf(chunk.map(([cell]) => cell));
      await tx`
        update statistics.cell as c
        set people = t.people, cell_key = t.cell_key
        from unnest(
          ${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[],
          ${chunk.map(([, state]) => state.people)}::int[],
          ${chunk.map(([, state]) => state.cellKey.toString())}::bigint[]
        ) as t (area, node, period, people, cell_key)
        where c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
    }
    for (const chunk of chunksOf(this.moved.filter(([, { changed }]) => changed !== null))) {
      const { areas, nodes, periods } = columnsOf(chunk.map(([cell]) => cell));
      // Lists of different lengths are no list of lists to Postgres: each goes as its text.
      await tx`
        update statistics.cell as c
        set people = t.people, cell_key = t.cell_key, changed = t.changed::bigint[]
        from unnest(
          ${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[],
          ${chunk.map(([, state]) => state.people)}::int[],
          ${chunk.map(([, state]) => state.cellKey.toString())}::bigint[],
          ${chunk.map(([, { changed }]) => `{${changed?.join() ?? ""}}`)}::text[]
        ) as t (area, node, period, people, cell_key, changed)
        where c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
    }
    for (const chunk of chunksOf(this.removed)) {
      const { areas, nodes, periods } = columnsOf(chunk);
      await tx`
        delete from statistics.cell as c
        using unnest(${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[]) as t (area, node, period)
        where c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
    }
  }
}
