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
import { chunksOf, listOf, readAhead } from "./chunks";
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
}

/** People from which a cell of an area has a row. */
export function rowFrom(area: number): number {
  const level = levelOf(area);
  return level === "sector" || level === "district" ? FEWEST_PEOPLE : 1;
}

/** Moves the cells. Presence has been written already: what has no row is counted from it. */
export async function applyMoves(tx: Tx, moves: Moves, nesting: Nesting): Promise<void> {
  const uncounted: number[] = [];
  const standing = new Set<number>();
  const cells = chunksOf(cellsToRead(moves), CELLS_A_STATEMENT);
  for await (const [chunk, states] of readAhead(cells, (chunk) => readCells(tx, chunk))) {
    const written = new CellWrites();
    for (const cell of chunk) {
      const state = states.get(cell);
      if (state && yearCellOf(cell) === cell) standing.add(cell);
      const move = moves.byCell.get(cell);
      if (!move) continue;
      const { entered, left } = move;
      if (state) written.move(cell, movedBy(state, entered, left));
      else if (rowFrom(areaOfGroup(groupOfCell(cell))) === 1) {
        written.add(cell, movedBy({ people: 0, cellKey: 0n, changed: null }, entered, left));
      } else if (entered.length > left.length) uncounted.push(cell);
    }
    await written.flush(tx);
  }
  // A quarter or month cannot have reached five people where the year has not.
  const newYears = new Set(uncounted.filter((cell) => yearCellOf(cell) === cell));
  const possible = uncounted.filter((cell) => {
    const year = yearCellOf(cell);
    return standing.has(year) || newYears.has(year);
  });
  const written = new CellWrites();
  for (const [cell, set] of await countFromPresence(tx, possible, nesting)) {
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

/** Rows that a statement reads or writes. */
const CELLS_A_STATEMENT = 4000;
/** Areas and needs of a year that a statement counts from presence. */
const LOOKS_A_STATEMENT = 2000;

/** Where cells are, as lists for a statement. */
function columnsOf(cells: readonly number[]) {
  const groups = cells.map(groupOfCell);
  return {
    areas: listOf(groups.map(areaOfGroup)),
    nodes: listOf(groups.map(nodeOfGroup)),
    periods: listOf(cells.map(periodOfCell)),
  };
}

async function readCells(tx: Tx, cells: readonly number[]): Promise<Map<number, RunningSet>> {
  const states = new Map<number, RunningSet>();
  const { areas, nodes, periods } = columnsOf(cells);
  const rows = await tx<{ at: number; people: number; cellKey: bigint; changed: bigint[] | null }[]>`
    select (t.at - 1)::int as at, c.people, c.cell_key, case when c.refresh_no > 0 then c.changed end as changed
    from unnest(${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[])
      with ordinality as t (area, node, period, at)
    join statistics.cell as c
      on c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
  for (const { at, people, cellKey, changed } of rows) {
    const cell = cells[at];
    if (cell !== undefined) states.set(cell, { people, cellKey, changed });
  }
  return states;
}

/**
 * Those of the cells that five or more people are in, counted from presence. Presence is looked up once for all the
 * periods of an area, need and year, by one range of its index for each sector: the needs of a domain, and all of them,
 * are neighbours there.
 */
async function countFromPresence(
  tx: Tx,
  cells: readonly number[],
  nesting: Nesting,
): Promise<Map<number, PeopleSet>> {
  const byYear = new Map<number, number[]>();
  for (const cell of cells) {
    const within = byYear.get(yearCellOf(cell));
    if (within) within.push(cell);
    else byYear.set(yearCellOf(cell), [cell]);
  }
  const count = async (years: readonly (readonly [year: number, within: readonly number[]])[]) => {
    const looks = years.flatMap(([year], at) => looksOf(year, nesting).map((look) => ({ at, ...look })));
    const wanted = years.flatMap(([, within], at) => within.map((cell) => ({ at, cell })));
    // `offset 0` keeps each look apart: joined, the planner reads all of presence for a few thousand looks.
    const rows = await tx<SetRow[]>`
      with present as materialized (
        select t.at, p.person_key, bit_or(p.months) as months
        from unnest(
          ${listOf(looks.map((look) => look.at))}::int[],
          ${listOf(looks.map((look) => look.sector))}::int[],
          ${listOf(looks.map((look) => look.year))}::smallint[],
          ${listOf(looks.map((look) => look.firstNeed))}::smallint[],
          ${listOf(looks.map((look) => look.lastNeed))}::smallint[]
        ) as t (at, sector, year, first_need, last_need)
        cross join lateral (
          select person_key, months from statistics.presence
          where release_sector = t.sector and financial_year = t.year
            and need_number between t.first_need and t.last_need and months <> 0
          offset 0
        ) as p
        group by 1, 2
      )
      select (w.wanted - 1)::int as wanted, count(*)::int as people, sum(p.person_key)::text as sum
      from unnest(
        ${listOf(wanted.map(({ at }) => at))}::int[],
        ${listOf(wanted.map(({ cell }) => maskOf(periodByNumber(periodOfCell(cell)))))}::smallint[]
      ) with ordinality as w (at, months, wanted)
      join present as p on p.at = w.at and p.months & w.months <> 0
      group by w.wanted
      having count(*) >= ${FEWEST_PEOPLE}`;
    return rows.map(({ wanted: at, ...set }) => ({ cell: wanted[at]?.cell, ...set }));
  };
  const counted = new Map<number, PeopleSet>();
  for await (const [, rows] of readAhead(chunksOf([...byYear], LOOKS_A_STATEMENT), count)) {
    for (const { cell, people, sum } of rows) {
      if (cell !== undefined) counted.set(cell, { people, cellKey: BigInt.asIntN(64, BigInt(sum)) });
    }
  }
  return counted;
}

interface SetRow {
  wanted: number;
  people: number;
  /** A sum beyond 64 bits. */
  sum: string;
}

/** Where to look in presence for a cell: a look for each sector and run of needs. */
function looksOf(cell: number, nesting: Nesting) {
  const group = groupOfCell(cell);
  const { financialYear: year } = periodByNumber(periodOfCell(cell));
  const runs = runsOf(nodeOfGroup(group));
  return nesting
    .sectorsIn(year, areaOfGroup(group))
    .flatMap((sector) => runs.map((run) => ({ sector, year, ...run })));
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
    for (const chunk of chunksOf(this.added, CELLS_A_STATEMENT)) {
      const { areas, nodes, periods } = columnsOf(chunk.map(([cell]) => cell));
      await tx`
        insert into statistics.cell (area, node, period, people, cell_key)
        select * from unnest(
          ${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[],
          ${listOf(chunk.map(([, state]) => state.people))}::int[],
          ${listOf(chunk.map(([, state]) => state.cellKey))}::bigint[])`;
    }
    const counted = this.moved.filter(([, { changed }]) => changed === null);
    const live = this.moved.filter(([, { changed }]) => changed !== null);
    for (const chunk of chunksOf(counted, CELLS_A_STATEMENT)) {
      const { areas, nodes, periods } = columnsOf(chunk.map(([cell]) => cell));
      await tx`
        update statistics.cell as c
        set people = t.people, cell_key = t.cell_key
        from unnest(
          ${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[],
          ${listOf(chunk.map(([, state]) => state.people))}::int[],
          ${listOf(chunk.map(([, state]) => state.cellKey))}::bigint[]
        ) as t (area, node, period, people, cell_key)
        where c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
    }
    for (const chunk of chunksOf(live, CELLS_A_STATEMENT)) {
      const { areas, nodes, periods } = columnsOf(chunk.map(([cell]) => cell));
      // Lists of different lengths are no list of lists to Postgres: each goes as its text.
      await tx`
        update statistics.cell as c
        set people = t.people, cell_key = t.cell_key, changed = t.changed::bigint[]
        from unnest(
          ${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[],
          ${listOf(chunk.map(([, state]) => state.people))}::int[],
          ${listOf(chunk.map(([, state]) => state.cellKey))}::bigint[],
          ${chunk.map(([, { changed }]) => `{${changed?.join() ?? ""}}`)}::text[]
        ) as t (area, node, period, people, cell_key, changed)
        where c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
    }
    for (const chunk of chunksOf(this.removed, CELLS_A_STATEMENT)) {
      const { areas, nodes, periods } = columnsOf(chunk);
      await tx`
        delete from statistics.cell as c
        using unnest(${areas}::int[], ${nodes}::smallint[], ${periods}::smallint[]) as t (area, node, period)
        where c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
    }
  }
}
