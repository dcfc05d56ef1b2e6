/**
 * The panels: figures of the people whom those organisations reported that reported throughout two financial years, in
 * the authorities where they did. A panel is chosen when a period settles, and its figures go through the whole of
 * disclosure control as cells of their own (`docs/methods/coverage.md`).
 */

import type { Tx } from "../../db/client";
import { areaOfGroup, groupOf, nodeOfGroup, nodesOf } from "../domain/counting";
import { NEXT_PANEL_SLICE, PANEL_SLICE, reportedThroughout } from "../domain/coverage";
import {
  addKeys,
  cellId,
  FEWEST_PEOPLE,
  type Figure,
  type Hmac,
  heldBy,
  readFigure,
  settledFigure,
  settledQuota,
} from "../domain/disclosure";
import { getNodeByNumber, isSensitiveNode } from "../domain/needs";
import { type Period, periodByNumber, periodNumber } from "../domain/period";
import { bySettling, neighboursOf } from "../domain/settling";
import type { YearAuthorities } from "./authorities";
import type { Nesting } from "./nesting";
import { keepPanelSet, type PanelNow, type PanelSet, PanelSets } from "./panel-sets";
import { moveFigures } from "./publish";
import type { Reported } from "./reported";
import type { ReportedMonths } from "./reporters";

/** What the panels are made with. */
export interface PanelWork {
  tx: Tx;
  hmac: Hmac;
  nesting: Nesting;
  authorities: (financialYear: number) => YearAuthorities;
  months: ReportedMonths;
  reported: Reported;
  names: ReadonlyMap<number, string>;
  releaseNo: number;
}

/** Where an organisation reported throughout: it and the authority. */
interface Unit {
  reporter: number;
  area: number;
}

/** Settles the panels that a period is in, and all of its year's when the panel is another now. Gives figures moved. */
export async function settlePanels(work: PanelWork, period: Period): Promise<number> {
  const { tx } = work;
  const settled = (
    await tx<{ period: number }[]>`select period from statistics.settlement order by period`
  ).map((row) => periodByNumber(row.period));
  const ofType = settled.filter(({ type }) => type === period.type);
  const inYear = (year: number) =>
    ofType.filter(({ financialYear }) => financialYear === year).sort(bySettling);
  const { financialYear } = period;
  const newest = inYear(financialYear).at(-1) ?? period;
  const units = [...work.months.all()]
    .filter(({ months }) => reportedThroughout(months, newest))
    .map(({ reporter, authority }): Unit => ({ reporter, area: authority }));
  const isNew = await keepUnits(work, period, units);
  const targets: [slice: number, period: Period, units: readonly Unit[]][] = isNew
    ? [
        ...inYear(financialYear - 1).map((each): [number, Period, Unit[]] => [NEXT_PANEL_SLICE, each, units]),
        ...inYear(financialYear).map((each): [number, Period, Unit[]] => [PANEL_SLICE, each, units]),
      ]
    : [[PANEL_SLICE, period, units]];
  // A revised period is in the panel of the next year too.
  const next = await readUnits(tx, financialYear + 1, period.type);
  if (next.length > 0) targets.push([NEXT_PANEL_SLICE, period, next]);
  let moved = 0;
  for (const [slice, each, of] of targets) moved += await settlePanel(work, slice, each, of);
  return moved;
}

/** Keeps who the panel is and tells it; whether it is another than before. */
async function keepUnits(
  work: PanelWork,
  { financialYear, type }: Period,
  units: readonly Unit[],
): Promise<boolean> {
  const { tx } = work;
  const idOf = (all: readonly Unit[]) =>
    all
      .map(({ reporter, area }) => `${area}/${reporter}`)
      .sort()
      .join();
  if (idOf(await readUnits(tx, financialYear, type)) === idOf(units)) return false;
  await tx`delete from statistics.panel_unit where financial_year = ${financialYear} and type = ${type}`;
  await tx`delete from published.panel where financial_year = ${financialYear} and type = ${type}`;
  if (units.length === 0) return true;
  await tx`
    insert into statistics.panel_unit (financial_year, type, area, reporter)
    select ${financialYear}, ${type}, * from unnest(
      ${units.map(({ area }) => area)}::int[], ${units.map(({ reporter }) => reporter)}::int[])`;
  const year = work.authorities(financialYear);
  const byArea = new Map<number, Set<number>>();
  for (const area of year.wide) {
    for (const unit of units) {
      if (!year.within(area).has(unit.area)) continue;
      byArea.set(area, (byArea.get(area) ?? new Set()).add(unit.reporter));
    }
  }
  for (const [area, reporters] of byArea) {
    await tx`
      insert into published.panel (financial_year, type, area, reporters)
      values (${financialYear}, ${type}, ${area}, ${[...reporters].sort((a, b) => a - b)})`;
  }
  return true;
}

function readUnits(tx: Tx, financialYear: number, type: string): Promise<readonly Unit[]> {
  return tx<Unit[]>`
    select area, reporter from statistics.panel_unit where financial_year = ${financialYear} and type = ${type}`;
}

/** A cell of a panel as it settles. */
interface PanelCell {
  people: number;
  cellKey: bigint;
  /** By the index of an earlier set: people in one and not in the other. */
  differing: Map<number, number>;
}

/** What an earlier cell shows and the set it stands for. */
interface Shown extends PanelSet {
  figure: Figure | null;
}

interface SettledPanelCell extends Shown {
  area: number;
  node: number;
}

async function settlePanel(
  work: PanelWork,
  slice: number,
  period: Period,
  units: readonly Unit[],
): Promise<number> {
  const { tx } = work;
  const number = periodNumber(period);
  const [before] = await tx<{ settleNo: number }[]>`
    select settle_no from statistics.panel_settlement where slice = ${slice} and period = ${number}`;
  // No panel, and never one: nothing to settle.
  if (!before && units.length === 0) return 0;
  await work.reported.need(period);
  const year = work.authorities(period.financialYear);
  const places = await tx<{ sector: number }[]>`
    select distinct release_sector as sector from pg_temp.reported where period = ${number}`;
  const pairs = places.flatMap(({ sector }) =>
    units.filter(({ area }) => area === year.of(sector)).map(({ reporter }) => ({ reporter, sector })),
  );
  const now: PanelNow = {
    slice,
    period,
    reporters: pairs.map(({ reporter }) => reporter),
    sectors: pairs.map(({ sector }) => sector),
  };
  const sets = new PanelSets();
  const settleNo = (before?.settleNo ?? 0) + 1;
  const earlier = await readEarlier(work, sets, slice, period);
  const cells = await countCells(work, sets, now, earlier.reach);
  const settled = await settleCells(work, { slice, period, settleNo }, cells, earlier.shown);
  await keepPanelSet(tx, now, settleNo);
  await tx`
    insert into statistics.panel_settlement (slice, period, settle_no) values (${slice}, ${number}, ${settleNo})
    on conflict (slice, period) do update set settle_no = excluded.settle_no`;
  await keepCells(tx, slice, number, settled);
  const figures = settled.map(({ area, node, figure, ...source }) => ({
    area,
    node,
    slice,
    figure,
    anonymousBand: 0 as const,
    sourcePeriod: source.period,
    sourceSettleNo: source.settleNo,
  }));
  return moveFigures(tx, number, [slice], figures, work.releaseNo);
}

/** Settled panels near to this one, nearest kind first: what each shows in an area, and its set. */
interface Earlier {
  reach: readonly number[];
  shown: readonly ((group: number) => { set: number; shows: Shown })[];
}

async function readEarlier(
  work: PanelWork,
  sets: PanelSets,
  slice: number,
  period: Period,
): Promise<Earlier> {
  const { tx, nesting } = work;
  const settlements = await tx<PanelSet[]>`select slice, period, settle_no from statistics.panel_settlement`;
  const latest = new Map(settlements.map((row) => [`${row.slice}/${row.period}`, row.settleNo]));
  const near = neighboursOf(period, (number) => latest.has(`${slice}/${number}`)).map((each) => ({
    slice,
    period: each,
  }));
  // The panels of two years are mostly the same organisations: then their figures of a period are the same.
  const other = slice === PANEL_SLICE ? NEXT_PANEL_SLICE : PANEL_SLICE;
  if (latest.has(`${other}/${periodNumber(period)}`)) near.push({ slice: other, period });
  const shown: Earlier["shown"][number][] = [];
  const reach = new Set<number>();
  for (const neighbour of near) {
    const number = periodNumber(neighbour.period);
    const own = {
      slice: neighbour.slice,
      period: number,
      settleNo: latest.get(`${neighbour.slice}/${number}`) ?? 0,
    };
    const rows = await tx<
      {
        area: number;
        node: number;
        sourceSlice: number;
        source: number;
        sourceNo: number;
        figure: number | null;
      }[]
    >`
      select area, node, source_slice, source_period as source, source_settle_no as source_no, figure
      from statistics.settled_panel_cell where slice = ${neighbour.slice} and period = ${number}`;
    const byGroup = new Map(
      rows.map((row): [number, Shown] => [
        groupOf(row.area, row.node),
        {
          slice: row.sourceSlice,
          period: row.source,
          settleNo: row.sourceNo,
          figure: row.figure === null ? null : readFigure(row.figure),
        },
      ]),
    );
    for (const each of [own, ...byGroup.values()]) reach.add(sets.indexOf(each));
    shown.push((group) => {
      const then = nesting.finest(neighbour.period.financialYear, areaOfGroup(group));
      const shows = byGroup.get(groupOf(then, nodeOfGroup(group))) ?? { ...own, figure: null };
      return { set: sets.indexOf(shows), shows };
    });
  }
  return { reach: [...reach], shown };
}

/** Reads everybody in the set or an earlier one: how many are in each cell, and how far each earlier set is. */
async function countCells(
  work: PanelWork,
  sets: PanelSets,
  now: PanelNow,
  reach: readonly number[],
): Promise<Map<number, PanelCell>> {
  const { financialYear } = now.period;
  const areas = new Map<string, readonly number[]>();
  const areasOf = (rowYear: number, sector: number) => {
    const id = `${rowYear}/${sector}`;
    const known = areas.get(id) ?? [
      ...new Set(
        work
          .authorities(rowYear)
          .wider(sector)
          .map((area) => work.nesting.finest(financialYear, area)),
      ),
    ];
    areas.set(id, known);
    return known;
  };
  const cells = new Map<number, PanelCell>();
  for await (const rows of sets.people(work.tx, now)) {
    const groups = new Map<number, { counted: boolean; sets: Set<number> }>();
    for (const row of rows) {
      for (const area of areasOf(row.financialYear, row.releaseSector)) {
        for (const node of nodesOf(row.needNumber)) {
          const group = groupOf(area, node);
          const known = groups.get(group);
          if (!known) groups.set(group, { counted: row.counted, sets: new Set(row.sets) });
          else {
            known.counted ||= row.counted;
            for (const set of row.sets) known.sets.add(set);
          }
        }
      }
    }
    for (const [group, { counted, sets: within }] of groups) {
      const cell = cells.get(group) ?? { people: 0, cellKey: 0n, differing: new Map<number, number>() };
      cells.set(group, cell);
      for (const set of reach) {
        if (within.has(set) !== counted) cell.differing.set(set, (cell.differing.get(set) ?? 0) + 1);
      }
      if (!counted || !rows[0]) continue;
      cell.people += 1;
      cell.cellKey = addKeys(cell.cellKey, rows[0].personKey);
    }
  }
  return cells;
}

async function settleCells(
  { tx, hmac, names }: PanelWork,
  { slice, period, settleNo }: { slice: number; period: Period; settleNo: number },
  cells: ReadonlyMap<number, PanelCell>,
  earlier: Earlier["shown"],
): Promise<SettledPanelCell[]> {
  const number = periodNumber(period);
  const shown = await readShown(tx, number);
  const settled: SettledPanelCell[] = [];
  for (const [group, cell] of cells) {
    if (cell.people < FEWEST_PEOPLE) continue;
    const place = { area: areaOfGroup(group), node: nodeOfGroup(group) };
    const own = { slice, period: number, settleNo };
    // Where everybody's figure is hidden, the panel's would be a lower bound of it.
    if (!shown.has(group)) {
      settled.push({ ...place, ...own, figure: null });
      continue;
    }
    const area = names.get(place.area);
    if (area === undefined) throw new Error(`No area has the number ${place.area}`);
    const node = getNodeByNumber(place.node);
    const name = cellId({ area, node, slice: "panel" });
    const quota = settledQuota(hmac, period, name, isSensitiveNode(node));
    const near = earlier.map((of) => {
      const { set, shows } = of(group);
      return { figure: shows.figure, differing: cell.differing.get(set) ?? 0, shows };
    });
    const held = heldBy(near, cell.people, quota);
    if (held) settled.push({ ...place, ...held.shows });
    else settled.push({ ...place, ...own, figure: settledFigure(hmac, period, name, cell) });
  }
  return settled;
}

/** Cells of a settled period whose figure of everybody shows. */
async function readShown(tx: Tx, period: number): Promise<Set<number>> {
  const rows = await tx<{ area: number; node: number }[]>`
    select area, node from statistics.settled_cell
    where period = ${period} and slice = 0 and figure is not null`;
  return new Set(rows.map(({ area, node }) => groupOf(area, node)));
}

async function keepCells(
  tx: Tx,
  slice: number,
  period: number,
  settled: readonly SettledPanelCell[],
): Promise<void> {
  await tx`delete from statistics.settled_panel_cell where slice = ${slice} and period = ${period}`;
  if (settled.length === 0) return;
  await tx`
    insert into statistics.settled_panel_cell
      (slice, period, area, node, source_slice, source_period, source_settle_no, figure)
    select ${slice}, ${period}, * from unnest(
      ${settled.map(({ area }) => area)}::int[],
      ${settled.map(({ node }) => node)}::smallint[],
      ${settled.map((cell) => cell.slice)}::smallint[],
      ${settled.map((cell) => cell.period)}::smallint[],
      ${settled.map(({ settleNo }) => settleNo)}::smallint[],
      ${settled.map(({ figure }) => figure)}::int[])`;
}
