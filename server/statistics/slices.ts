/**
 * Settles the slices of a period: the people of each figure of 100 or more, of an authority or above, by age band, by
 * sex and by the average deprivation of their sector. Made of exact sets, held and rounded as every other cell. A
 * slice's set is the settled set of its area and need, with the traits of its people as they were when it settled.
 */

import type { Tx } from "../../db/client";
import { groupOf, nodesOf } from "../domain/counting";
import {
  addKeys,
  cellId,
  type EarlierSet,
  type Hmac,
  heldBy,
  readFigure,
  settledFigure,
  settledQuota,
} from "../domain/disclosure";
import { FIRST_NUMBER } from "../domain/geography";
import { getNodeByNumber, isSensitiveNode } from "../domain/needs";
import {
  firstDayOf,
  type Period,
  type PeriodType,
  periodByNumber,
  periodNumber,
  periodsInside,
  shiftPeriod,
} from "../domain/period";
import {
  ageSlice,
  type DeprivationSlices,
  getSlice,
  monthNumberOf,
  notSliced,
  SLICES,
  sexSlice,
  slicesOf,
  unpackTraits,
} from "../domain/slices";
import { Deciles } from "./deciles";
import type { Nesting } from "./nesting";
import type { SettledCell } from "./publish";
import { type PersonInSets, SettledSets } from "./settled-sets";
import { NOW, TraitsAsSettled } from "./traits";

const NUMBERS = SLICES.map(({ number }) => number);
/** Numbers of every slice, for publishing. */
export const SLICE_NUMBERS: readonly number[] = NUMBERS;

/** What a slice showed in an earlier set, and how many people differ from that set. */
interface Earlier extends EarlierSet {
  /** Index of the settled set that the figure stands for. */
  set: number;
  sourcePeriod: number;
  sourceSettleNo: number;
}

/** A slice that settles. */
interface SliceState {
  area: number;
  node: number;
  slice: number;
  people: number;
  cellKey: bigint;
  earlier: Earlier[];
}

/** By area and node, then by slice. */
type States = Map<number, Map<number, SliceState>>;

/** A period that settles, and the figures of everybody that it settled to. */
export interface SettlingPeriod {
  period: Period;
  settleNo: number;
  settled: readonly SettledCell[];
  /** `lad:E08000024`, by number. */
  areaNames: ReadonlyMap<number, string>;
}

/** Settles the slices of a period and keeps them. Gives what they show. */
export async function settleSlices(
  tx: Tx,
  hmac: Hmac,
  nesting: Nesting,
  { period, settleNo, settled, areaNames }: SettlingPeriod,
): Promise<SettledCell[]> {
  const deciles = await Deciles.load(tx, nesting);
  const orders = await readOrders(tx);
  const states = statesOf(settled, deciles.of(period.financialYear));
  const sets = new SettledSets();
  const world = new SetsOfSlices(period, orders);
  await findEarlier(tx, nesting, period, orders, states, (source, no) => {
    const index = sets.indexOf(source, no);
    world.know(index, source, no);
    return index;
  });
  if (states.size > 0) {
    world.traits = await TraitsAsSettled.load(tx);
    const places = new Places(nesting, deciles, states);
    for await (const person of sets.people(tx, period)) tally(person, states, places, world);
  }
  const cells = [...states.values()]
    .flatMap((slices) => [...slices.values()])
    .map((state) => settleState(hmac, period, settleNo, state, areaNames));
  await keepSlices(tx, period, settleNo, cells);
  return cells;
}

/** The slices on the menu: of figures that may be sliced, every band, and the deciles that are cells of their own. */
function statesOf(settled: readonly SettledCell[], deciles: DeprivationSlices): States {
  const states: States = new Map();
  for (const { area, node, slice: whole, figure } of settled) {
    if (whole !== 0 || notSliced(area, figure) !== null) continue;
    const own = deciles.of(area).filter(({ slice, cell }) => cell.area === area && cell.slice === slice);
    const slices = [
      ...slicesOf("age").map(({ number }) => number),
      ...slicesOf("sex").map(({ number }) => number),
      ...own.map(({ slice }) => slice),
    ];
    states.set(
      groupOf(area, node),
      new Map(
        slices.map((slice) => [slice, { area, node, slice, people: 0, cellKey: 0n, earlier: [] }] as const),
      ),
    );
  }
  return states;
}

/** Number of each settlement that made slices, by period and how often it had settled. */
type Orders = ReadonlyMap<string, number>;
const orderOf = (period: number, settleNo: number) => `${period}/${settleNo}`;

async function readOrders(tx: Tx): Promise<Orders> {
  const rows = await tx<{ number: number; period: number; settleNo: number }[]>`
    select number, period, settle_no from statistics.settlement_order`;
  return new Map(rows.map((row) => [orderOf(row.period, row.settleNo), row.number]));
}

/** Periods of a type in a year: so far back a slice that was off the menu meanwhile is looked for. */
const BACK: Readonly<Record<PeriodType, number>> = { month: 12, quarter: 4, year: 1 };

/**
 * Gives each slice the settled sets that could be near to its own: its own earlier settlement, the last period of the
 * same type in which it was on the menu, and the periods inside this one.
 */
async function findEarlier(
  tx: Tx,
  nesting: Nesting,
  period: Period,
  orders: Orders,
  states: States,
  indexOf: (sourcePeriod: number, sourceSettleNo: number) => number,
): Promise<void> {
  const made = new Set([...orders.keys()].map((order) => Number(order.split("/")[0])));
  const before = Array.from({ length: BACK[period.type] }, (_, at) => shiftPeriod(period, -1 - at));
  const found = new Set<SliceState>();
  for (const neighbour of [period, ...before, ...periodsInside(period)]) {
    const number = periodNumber(neighbour);
    if (!made.has(number)) continue;
    const isBefore = before.includes(neighbour);
    const shown = await readShown(tx, number);
    for (const slices of states.values()) {
      for (const state of slices.values()) {
        if (isBefore && found.has(state)) continue;
        const then = nesting.finest(neighbour.financialYear, state.area);
        const row = shown.get(placeOf(then, state.node, state.slice));
        if (!row) continue;
        if (isBefore) found.add(state);
        const { figure, source, sourceNo } = row;
        state.earlier.push({
          figure: figure === null ? null : readFigure(figure),
          differing: 0,
          set: indexOf(source, sourceNo),
          sourcePeriod: source,
          sourceSettleNo: sourceNo,
        });
      }
    }
  }
}

interface Shown {
  area: number;
  node: number;
  slice: number;
  figure: number | null;
  source: number;
  sourceNo: number;
}

const placeOf = (area: number, node: number, slice: number) => groupOf(area, node) * 128 + slice;

async function readShown(tx: Tx, period: number): Promise<Map<number, Shown>> {
  const rows = await tx<Shown[]>`
    select area, node, slice, figure, source_period as source, source_settle_no as source_no
    from statistics.settled_cell
    where period = ${period} and slice = any(${NUMBERS}::smallint[])`;
  return new Map(rows.map((row) => [placeOf(row.area, row.node, row.slice), row]));
}

/** The slices of a person in the set that settles and in each earlier one. */
class SetsOfSlices {
  traits: TraitsAsSettled | null = null;
  private readonly month: number;
  private readonly known: { month: number; order: number }[] = [];

  constructor(
    period: Period,
    private readonly orders: Orders,
  ) {
    this.month = monthNumberOf(firstDayOf(period));
  }

  know(index: number, period: number, settleNo: number): void {
    const order = this.orders.get(orderOf(period, settleNo));
    if (order === undefined) throw new Error("A slice stands for a set that never made slices");
    this.known[index] = { month: monthNumberOf(firstDayOf(periodByNumber(period))), order };
  }

  /** Age and sex of a person now, and in the set of each index. */
  of(personKey: bigint): { now: BySlice; before: (set: number) => BySlice } {
    const { traits } = this;
    if (!traits) throw new Error("Traits are read before people are");
    const place = traits.placeOf(personKey);
    const found: BySlice[] = [];
    const at = (settlement: number, month: number): BySlice => {
      const { ageMonth, sex } = unpackTraits(traits.at(place, personKey, settlement));
      return { age: ageSlice(ageMonth, month), sex: sexSlice(sex) };
    };
    return {
      now: at(NOW, this.month),
      before: (set) => {
        const known = this.known[set];
        if (!known) throw new Error("A set without a settlement");
        found[set] ??= at(known.order, known.month);
        return found[set];
      },
    };
  }
}

/** Dimensions that a person brings, whatever the place. */
const PERSONAL = ["age", "sex"] as const;
type BySlice = Readonly<Record<(typeof PERSONAL)[number], number>>;

/** More than there are numbers of sectors. */
const SECTORS = FIRST_NUMBER.district;

/** Where a release sector counts: the areas that are sliced, each with the sector's decile there. */
class Places {
  private readonly known = new Map<number, readonly { area: number; decile: number | null }[]>();
  private readonly areas: ReadonlySet<number>;

  constructor(
    private readonly nesting: Nesting,
    private readonly deciles: Deciles,
    states: States,
  ) {
    this.areas = new Set(
      [...states.values()].flatMap((slices) => [...slices.values()].map(({ area }) => area)),
    );
  }

  of(financialYear: number, sector: number): readonly { area: number; decile: number | null }[] {
    const at = financialYear * SECTORS + sector;
    const known = this.known.get(at);
    if (known) return known;
    const deciles = this.deciles.of(financialYear);
    const places = this.nesting
      .allAreas(financialYear, sector)
      .filter((area) => this.areas.has(area))
      .map((area) => ({
        area,
        decile: deciles.sliceIn(this.nesting.finest(financialYear, area), sector),
      }));
    this.known.set(at, places);
    return places;
  }
}

/** Whether a person is in the set that settles, and in which earlier ones: few, so a list is quicker than a set. */
interface Membership {
  counted: boolean;
  sets: number[];
}

interface InGroup extends Membership {
  deciles: (Membership & { slice: number })[];
}

/** Counts a person in every slice they are in, and as a difference wherever they were in an earlier set and not now. */
function tally(person: PersonInSets, states: States, places: Places, world: SetsOfSlices): void {
  const { personKey } = person;
  const groups = groupsOf(person, states, places);
  if (groups.size === 0) return;
  const { now, before } = world.of(personKey);
  const touched: number[] = [];
  for (const [group, within] of groups) {
    const slices = states.get(group);
    if (!slices) continue;
    for (const dimension of PERSONAL) {
      touched.length = 0;
      if (within.counted) touched.push(now[dimension]);
      for (const set of within.sets) {
        const slice = before(set)[dimension];
        if (!touched.includes(slice)) touched.push(slice);
      }
      for (const slice of touched) {
        const state = slices.get(slice);
        if (!state) continue;
        const counted = within.counted && now[dimension] === slice;
        for (const earlier of state.earlier) {
          const wasIn = within.sets.includes(earlier.set) && before(earlier.set)[dimension] === slice;
          if (wasIn !== counted) earlier.differing += 1;
        }
        if (counted) count(state, personKey);
      }
    }
    for (const { slice, counted, sets } of within.deciles) {
      const state = slices.get(slice);
      if (!state) continue;
      for (const earlier of state.earlier) {
        if (sets.includes(earlier.set) !== counted) earlier.differing += 1;
      }
      if (counted) count(state, personKey);
    }
  }
}

/** Where a person is or was: the areas and needs that are sliced. */
function groupsOf(person: PersonInSets, states: States, places: Places): Map<number, InGroup> {
  const groups = new Map<number, InGroup>();
  for (const row of person.rows) {
    if (!row.counted && row.sets.length === 0) continue;
    const nodes = nodesOf(row.needNumber);
    for (const { area, decile } of places.of(row.financialYear, row.releaseSector)) {
      for (const node of nodes) {
        const group = groupOf(area, node);
        let within = groups.get(group);
        if (!within) {
          if (!states.has(group)) continue;
          within = { counted: false, sets: [], deciles: [] };
          groups.set(group, within);
        }
        join(within, row);
        if (decile === null) continue;
        let own = within.deciles.find(({ slice }) => slice === decile);
        if (!own) {
          own = { slice: decile, counted: false, sets: [] };
          within.deciles.push(own);
        }
        join(own, row);
      }
    }
  }
  return groups;
}

function join(membership: Membership, row: { counted: boolean; sets: readonly number[] }): void {
  membership.counted ||= row.counted;
  for (const set of row.sets) if (!membership.sets.includes(set)) membership.sets.push(set);
}

function count(state: SliceState, personKey: bigint): void {
  state.people += 1;
  state.cellKey = addKeys(state.cellKey, personKey);
}

function settleState(
  hmac: Hmac,
  period: Period,
  settleNo: number,
  state: SliceState,
  areaNames: ReadonlyMap<number, string>,
): SettledCell {
  const { area, node: number, slice } = state;
  const name = areaNames.get(area);
  if (name === undefined) throw new Error(`No area has the number ${area}`);
  const node = getNodeByNumber(number);
  const cell = cellId({ area: name, node, slice: getSlice(slice).name });
  const held = heldBy(state.earlier, state.people, settledQuota(hmac, period, cell, isSensitiveNode(node)));
  return {
    area,
    node: number,
    slice,
    figure: held ? held.figure : settledFigure(hmac, period, cell, state),
    // Not told of slices.
    anonymousBand: 0,
    sourcePeriod: held?.sourcePeriod ?? periodNumber(period),
    sourceSettleNo: held?.sourceSettleNo ?? settleNo,
  };
}

/** Keeps what the slices show, and that this settlement made them: which traits its sets are of. */
async function keepSlices(
  tx: Tx,
  period: Period,
  settleNo: number,
  cells: readonly SettledCell[],
): Promise<void> {
  const number = periodNumber(period);
  await tx`
    insert into statistics.settlement_order (number, period, settle_no)
    select coalesce(max(number), 0) + 1, ${number}, ${settleNo} from statistics.settlement_order`;
  await tx`
    delete from statistics.settled_cell
    where period = ${number} and slice = any(${NUMBERS}::smallint[])`;
  if (cells.length === 0) return;
  await tx`
    insert into statistics.settled_cell
      (area, node, slice, period, settle_no, source_period, source_settle_no, figure, anonymous_band)
    select area, node, slice, ${number}, ${settleNo}, source_period, source_settle_no, figure, 0
    from unnest(
      ${cells.map((cell) => cell.area)}::int[],
      ${cells.map((cell) => cell.node)}::smallint[],
      ${cells.map((cell) => cell.slice)}::smallint[],
      ${cells.map((cell) => cell.sourcePeriod)}::smallint[],
      ${cells.map((cell) => cell.sourceSettleNo)}::smallint[],
      ${cells.map((cell) => cell.figure)}::int[]
    ) as t (area, node, slice, source_period, source_settle_no, figure)`;
}
