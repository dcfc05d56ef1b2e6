/**
 * Cells: how many people are in an area, of a need, in a period, and the sum of their keys. Kept for authorities
 * and above from the first person, for sectors and districts from five; below that a cell has no row and is
 * counted from presence when somebody joins it. A cell without a row can never show (`docs/methods/disclosure.md`).
 */

import type { Tx } from "../../db/client";
import {
  areaOfGroup,
  cellOf,
  groupOf,
  groupOfCell,
  needsIn,
  nodeOfGroup,
  nodesHolding,
  periodOfCell,
  periodsOf,
  YEAR_BIT,
} from "../domain/counting";
import { FEWEST_PEOPLE, type PeopleSet } from "../domain/disclosure";
import { levelOf } from "../domain/geography";
import { movedBy, type RunningSet } from "../domain/open-cell";
import { maskOf, periodByNumber, yearNumber } from "../domain/period";
import { chunksOf, listOf, readAhead } from "./chunks";
import type { Nesting } from "./nesting";

/** Periods of a year that a person entered and left in a group of cells, as bits: `periodBits`. */
interface PersonMove {
  personKey: bigint;
  entered: number;
  left: number;
}

/** A group of cells in a financial year, by the cell of its first month, and who moved in it. */
interface GroupMoves {
  firstCell: number;
  people: PersonMove[];
}

/** People who entered and left cells. */
export class Moves {
  private readonly byFirstCell = new Map<number, GroupMoves>();

  add(group: number, firstPeriod: number, move: PersonMove): void {
    const firstCell = cellOf(group, firstPeriod);
    const known = this.byFirstCell.get(firstCell);
    if (known) known.people.push(move);
    else this.byFirstCell.set(firstCell, { firstCell, people: [move] });
  }

  /** In the order of the key of cells. */
  inOrder(): GroupMoves[] {
    const cells = Float64Array.from(this.byFirstCell.keys()).sort();
    return Array.from(cells, (cell) => this.byFirstCell.get(cell)).filter((moves) => moves !== undefined);
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
  const groups = chunksOf(moves.inOrder(), GROUPS_A_STATEMENT);
  for await (const [chunk, states] of readAhead(groups, (chunk) => readCells(tx, chunk))) {
    const written = new CellWrites();
    for (const { firstCell, people } of chunk) {
      const hasRows = rowFrom(areaOfGroup(groupOfCell(firstCell))) === 1;
      const yearCell = yearCellOf(firstCell);
      if (states.has(yearCell)) standing.add(yearCell);
      for (let rest = movedBits(people); rest !== 0; rest &= rest - 1) {
        const bit = rest & -rest;
        const cell = firstCell + 31 - Math.clz32(bit);
        const entered = keysOf(people, ({ entered }) => (entered & bit) !== 0);
        const left = keysOf(people, ({ left }) => (left & bit) !== 0);
        const state = states.get(cell);
        if (state) written.move(cell, movedBy(state, entered, left));
        else if (hasRows)
          written.add(cell, movedBy({ people: 0, cellKey: 0n, changed: null }, entered, left));
        else if (entered.length > left.length) uncounted.push(cell);
      }
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

/** Periods in which anybody moved, as bits. */
function movedBits(people: readonly PersonMove[]): number {
  return people.reduce((bits, { entered, left }) => bits | entered | left, 0);
}

function keysOf(people: readonly PersonMove[], moved: (move: PersonMove) => boolean): bigint[] {
  const keys: bigint[] = [];
  for (const move of people) if (moved(move)) keys.push(move.personKey);
  return keys;
}

function yearCellOf(cell: number): number {
  return cellOf(groupOfCell(cell), yearNumber(periodOfCell(cell)));
}

/** Groups of a year that a statement reads the cells of. */
const GROUPS_A_STATEMENT = 1500;
/** Rows that a statement writes. */
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

/**
 * The cells that move, and the year cells of those that may have no row. The periods of a group are neighbours in the key:
 * they are found by one look.
 */
async function readCells(tx: Tx, groups: readonly GroupMoves[]): Promise<Map<number, RunningSet>> {
  const states = new Map<number, RunningSet>();
  const { areas, nodes } = columnsOf(groups.map(({ firstCell }) => firstCell));
  const periods = groups.map(({ firstCell, people }) => {
    const first = periodOfCell(firstCell);
    const bits = movedBits(people) | YEAR_BIT;
    return `"{${periodsOf(bits).map((slot) => first + slot)}}"`;
  });
  const rows = await tx<
    { at: number; period: number; people: number; cellKey: bigint; changed: bigint[] | null }[]
  >`
    select (t.at - 1)::int as at, c.period, c.people, c.cell_key,
      case when c.refresh_no > 0 then c.changed end as changed
    from unnest(${areas}::int[], ${nodes}::smallint[], ${listOf(periods)}::text[])
      with ordinality as t (area, node, periods, at)
    join statistics.cell as c
      on c.area = t.area and c.node = t.node and c.slice = 0 and c.period = any(t.periods::smallint[])`;
  for (const { at, period, people, cellKey, changed } of rows) {
    const group = groups[at];
    if (group) states.set(cellOf(groupOfCell(group.firstCell), period), { people, cellKey, changed });
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
  for (const years of coarsestFirst(byYear, nesting, counted)) {
    for await (const [, rows] of readAhead(chunksOf(years, LOOKS_A_STATEMENT), count)) {
      for (const { cell, people, sum } of rows) {
        if (cell !== undefined) counted.set(cell, { people, cellKey: BigInt.asIntN(64, BigInt(sum)) });
      }
    }
  }
  return counted;
}

/**
 * The cells of each year by what holds them, so that each is counted after those that hold it: where fewer than five
 * people are in a district, a domain or both for a year, nobody needs to look into its sectors and needs.
 */
function* coarsestFirst(
  byYear: ReadonlyMap<number, readonly number[]>,
  nesting: Nesting,
  counted: ReadonlyMap<number, PeopleSet>,
): Generator<readonly (readonly [year: number, within: readonly number[]])[]> {
  let left = [...byYear].map(([year, within]) => ({
    year,
    within,
    holding: yearsHolding(year, nesting).filter((other) => byYear.has(other)),
  }));
  const waiting = new Set(byYear.keys());
  const few = new Set<number>();
  while (left.length > 0) {
    const [next, later] = [[] as typeof left, [] as typeof left];
    for (const each of left) (each.holding.some((other) => waiting.has(other)) ? later : next).push(each);
    yield next.map(({ year, within }) => [year, within] as const);
    for (const { year, within } of next) {
      waiting.delete(year);
      if (within.includes(year) && !counted.has(year)) few.add(year);
    }
    left = later.filter(({ year, holding }) => {
      const isFew = holding.some((other) => few.has(other));
      if (isFew) waiting.delete(year);
      return !isFew;
    });
  }
}

/** Year cells that everybody in a year cell is in too, of areas whose cells may have no row. */
function yearsHolding(cell: number, nesting: Nesting): number[] {
  const group = groupOfCell(cell);
  const period = periodOfCell(cell);
  const area = areaOfGroup(group);
  const areas = nesting.cellAreas(periodByNumber(period).financialYear, area).filter((of) => rowFrom(of) > 1);
  return areas
    .flatMap((of) => nodesHolding(nodeOfGroup(group)).map((node) => cellOf(groupOf(of, node), period)))
    .filter((other) => other !== cell);
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
