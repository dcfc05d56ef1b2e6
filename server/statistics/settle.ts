/**
 * Settles a period, or settles it again: makes the figure of every cell from its exact set of people, holds the
 * figure of an earlier set where too few people differ, and writes down which set each figure stands for. One
 * transaction: all of a period's figures move, or none.
 */

import type { Tx } from "../../db/client";
import { areaOfGroup, groupOf, nodeOfGroup, nodesOf } from "../domain/counting";
import {
  addKeys,
  anonymousBand,
  cellId,
  FEWEST_PEOPLE,
  type Hmac,
  heldBy,
  readAnonymousBand,
  readFigure,
  settledFigure,
  settledQuota,
} from "../domain/disclosure";
import { levelOf } from "../domain/geography";
import { PERIOD_TYPES_OF } from "../domain/menu";
import { getNodeByNumber, isSensitiveNode, type NeedNode } from "../domain/needs";
import { type Day, maskOf, type Period, periodNumber, slotOf } from "../domain/period";
import { neighboursOf } from "../domain/settling";
import { readAreaNames } from "./area-names";
import { loadAuthorities } from "./authorities";
import type { Nesting } from "./nesting";
import { closeOpenFigures } from "./open";
import { PairCells } from "./pairs";
import { moveFigures, type SettledCell, tellSettled } from "./publish";
import { settleCoverage } from "./settle-coverage";
import { SettledSets } from "./settled-sets";
import { SLICE_NUMBERS, settleSlices } from "./slices";

/** A cell that settles: its set, and how far the settled sets near it are. */
interface Cell {
  group: number;
  people: number;
  cellKey: bigint;
  /** People seen while reading presence: must be as many as were counted. */
  seen: number;
  anonymous: { people: number; cellKey: bigint };
  earlier: { set: number; differing: number; shows: SettledCell }[];
}

export interface Settlement {
  period: Period;
  settleNo: number;
  /** Figures that appeared, changed or went. */
  moved: number;
}

/** Settles a period under the number of a release. A period that had settled is revised. */
export async function settlePeriod(
  tx: Tx,
  hmac: Hmac,
  nesting: Nesting,
  period: Period,
  release: { number: number; today: Day },
): Promise<Settlement> {
  const settlements = await readSettlements(tx);
  const settleNo = (settlements.get(periodNumber(period)) ?? 0) + 1;
  const sets = new SettledSets();
  const cells = await readCells(tx, period);
  await findEarlier(tx, nesting, period, settlements, cells, sets);
  const authorities = await loadAuthorities(tx, nesting);
  const { wide } = authorities(period.financialYear);
  const pairs = await PairCells.prepare(tx, nesting, period, settlements, sets, wide);
  await readPeople(tx, nesting, period, cells, sets, pairs);

  const names = await readAreaNames(tx);
  const nodes = new Map<number, NeedNode>();
  const settled = [...cells.values()].map((cell) => {
    if (cell.seen !== cell.people) {
      throw new Error("A cell's count is not what presence says. Run `npm run admin -- statistics recount`.");
    }
    const number = nodeOfGroup(cell.group);
    const node = nodes.get(number) ?? getNodeByNumber(number);
    nodes.set(number, node);
    const area = names.get(areaOfGroup(cell.group));
    if (area === undefined) throw new Error(`No area has the number ${areaOfGroup(cell.group)}`);
    return settleCell(hmac, period, settleNo, cell, area, node);
  });

  await keepSet(tx, period, settleNo);
  await keepCells(tx, period, settleNo, settled);
  const slices = await settleSlices(tx, hmac, nesting, { period, settleNo, settled, areaNames: names });
  await tx`
    insert into statistics.settlement (period, settle_no, settled_on, release_no)
    values (${periodNumber(period)}, ${settleNo}, ${release.today}, ${release.number})
    on conflict (period) do update
    set settle_no = excluded.settle_no, settled_on = excluded.settled_on, release_no = excluded.release_no`;
  await closeOpenFigures(tx, period);
  const coverage = await settleCoverage(tx, hmac, nesting, {
    period,
    settleNo,
    settled,
    names,
    authorities,
    releaseNo: release.number,
  });
  const moved =
    (await pairs.settle(tx, hmac, settled, names, { settleNo, releaseNo: release.number })) +
    (await moveFigures(tx, periodNumber(period), SLICE_NUMBERS, slices, release.number)) +
    (await moveFigures(tx, periodNumber(period), [0], settled, release.number));
  // The panel is another line, chosen anew by other periods too: it is no revision of this one.
  await tellSettled(tx, period, settleNo, settled, moved > 0, release);
  await coverage.tell();
  return { period, settleNo, moved: moved + coverage.moved };
}

function settleCell(
  hmac: Hmac,
  period: Period,
  settleNo: number,
  cell: Cell,
  area: string,
  node: NeedNode,
): SettledCell {
  const name = cellId({ area, node, slice: "all" });
  const quota = settledQuota(hmac, period, name, isSensitiveNode(node));
  const earlier = cell.earlier.map(({ differing, shows }) => ({ figure: shows.figure, differing, shows }));
  const held = heldBy(earlier, cell.people, quota);
  const place = { area: areaOfGroup(cell.group), node: nodeOfGroup(cell.group), slice: 0 };
  if (held) return { ...held.shows, ...place };
  const figure = settledFigure(hmac, period, name, cell);
  const anonymous = settledFigure(hmac, period, cellId({ area, node, slice: "anonymous" }), cell.anonymous);
  return {
    ...place,
    figure,
    anonymousBand: figure === null ? 0 : anonymousBand(figure, anonymous),
    sourcePeriod: periodNumber(period),
    sourceSettleNo: settleNo,
  };
}

async function readSettlements(tx: Tx): Promise<Map<number, number>> {
  const rows = await tx<{ period: number; settleNo: number }[]>`
    select period, settle_no from statistics.settlement`;
  return new Map(rows.map((row) => [row.period, row.settleNo]));
}

/** Cells with five people or more; all others are hidden whatever happens. */
async function readCells(tx: Tx, period: Period): Promise<Map<number, Cell>> {
  const rows = await tx<{ area: number; node: number; people: number; cellKey: bigint }[]>`
    select area, node, people, cell_key
    from statistics.cell
    where period = ${periodNumber(period)} and slice = 0 and people >= ${FEWEST_PEOPLE}`;
  return new Map(
    rows.map(({ area, node, people, cellKey }) => {
      const group = groupOf(area, node);
      const anonymous = { people: 0, cellKey: 0n };
      return [group, { group, people, cellKey, seen: 0, anonymous, earlier: [] }];
    }),
  );
}

/** Gives each cell the settled sets that could be near to its own, and what they show. */
async function findEarlier(
  tx: Tx,
  nesting: Nesting,
  period: Period,
  settlements: ReadonlyMap<number, number>,
  cells: ReadonlyMap<number, Cell>,
  sets: SettledSets,
): Promise<void> {
  for (const neighbour of neighboursOf(period, (number) => settlements.has(number))) {
    const number = periodNumber(neighbour);
    const latest = settlements.get(number) ?? 0;
    const rows = await tx<
      {
        area: number;
        node: number;
        figure: number | null;
        anonymousBand: number;
        source: number;
        sourceNo: number;
      }[]
    >`
      select area, node, figure, anonymous_band, source_period as source, source_settle_no as source_no
      from statistics.settled_cell
      where period = ${number} and slice = 0`;
    const shown = new Map(
      rows.map((row): [number, SettledCell] => [
        groupOf(row.area, row.node),
        {
          area: row.area,
          node: row.node,
          slice: 0,
          figure: row.figure === null ? null : readFigure(row.figure),
          anonymousBand: readAnonymousBand(row.anonymousBand),
          sourcePeriod: row.source,
          sourceSettleNo: row.sourceNo,
        },
      ]),
    );
    for (const cell of cells.values()) {
      const area = areaOfGroup(cell.group);
      const node = nodeOfGroup(cell.group);
      if (!PERIOD_TYPES_OF[levelOf(area)].includes(neighbour.type)) continue;
      // Last year the area may have been the same as a finer one, whose cell then stood for both.
      const then = nesting.finest(neighbour.financialYear, area);
      if (!PERIOD_TYPES_OF[levelOf(then)].includes(neighbour.type)) continue;
      const shows = shown.get(groupOf(then, node)) ?? {
        area,
        node,
        slice: 0,
        figure: null,
        anonymousBand: 0,
        sourcePeriod: number,
        sourceSettleNo: latest,
      };
      cell.earlier.push({ set: sets.indexOf(shows.sourcePeriod, shows.sourceSettleNo), differing: 0, shows });
    }
  }
}

/** Reads everybody in this set or an earlier one, and counts for each cell who is in one and not in the other. */
async function readPeople(
  tx: Tx,
  nesting: Nesting,
  period: Period,
  cells: ReadonlyMap<number, Cell>,
  sets: SettledSets,
  pairs: PairCells,
): Promise<void> {
  for await (const person of sets.people(tx, period)) {
    const groups = new Map<number, { counted: boolean; sets: Set<number> }>();
    for (const row of person.rows) {
      for (const area of nesting.allAreas(row.financialYear, row.releaseSector)) {
        for (const node of nodesOf(row.needNumber)) {
          const group = groupOf(area, node);
          if (!cells.has(group)) continue;
          const known = groups.get(group);
          if (!known) groups.set(group, { counted: row.counted, sets: new Set(row.sets) });
          else {
            known.counted ||= row.counted;
            for (const set of row.sets) known.sets.add(set);
          }
        }
      }
    }
    pairs.take(person.personKey, groups);
    for (const [group, { counted, sets: within }] of groups) {
      const cell = cells.get(group);
      if (!cell) continue;
      for (const earlier of cell.earlier) if (within.has(earlier.set) !== counted) earlier.differing += 1;
      if (!counted) continue;
      cell.seen += 1;
      if (person.anonymous) {
        cell.anonymous.people += 1;
        cell.anonymous.cellKey = addKeys(cell.anonymous.cellKey, person.personKey);
      }
    }
  }
}

/** Remembers who is in the set: a bit in presence the first time, later the rows that differ from the time before. */
async function keepSet(tx: Tx, period: Period, settleNo: number): Promise<void> {
  const { financialYear } = period;
  const months = maskOf(period);
  const slot = slotOf(period);
  if (settleNo === 1) {
    await tx`
      update statistics.presence
      set settled = settled | ${1 << slot}::int
      where financial_year = ${financialYear} and months & ${months}::int <> 0`;
    return;
  }
  await tx`
    insert into statistics.settled_change (period, settle_no, person_key, need_number, release_sector)
    select ${periodNumber(period)}, ${settleNo}, person_key, need_number, release_sector
    from (
      select person_key, need_number, release_sector, months, settled
      from statistics.presence
      where financial_year = ${financialYear}
    ) as p
    full join (
      select person_key, need_number, release_sector, count(*)::int % 2 as turned
      from statistics.settled_change
      where period = ${periodNumber(period)}
      group by 1, 2, 3
    ) as c using (person_key, need_number, release_sector)
    where (coalesce(p.months, 0) & ${months}::int <> 0)
      <> (((coalesce(p.settled, 0) >> ${slot}::int) & 1) # coalesce(c.turned, 0) = 1)`;
}

async function keepCells(
  tx: Tx,
  period: Period,
  settleNo: number,
  settled: readonly SettledCell[],
): Promise<void> {
  await tx`delete from statistics.settled_cell where period = ${periodNumber(period)} and slice = 0`;
  if (settled.length === 0) return;
  await tx`
    insert into statistics.settled_cell
      (area, node, period, settle_no, source_period, source_settle_no, figure, anonymous_band)
    select area, node, ${periodNumber(period)}, ${settleNo}, source_period, source_settle_no, figure, band
    from unnest(
      ${settled.map((cell) => cell.area)}::int[],
      ${settled.map((cell) => cell.node)}::smallint[],
      ${settled.map((cell) => cell.sourcePeriod)}::smallint[],
      ${settled.map((cell) => cell.sourceSettleNo)}::smallint[],
      ${settled.map((cell) => cell.figure)}::int[],
      ${settled.map((cell) => cell.anonymousBand)}::smallint[]
    ) as t (area, node, source_period, source_settle_no, figure, band)`;
}
