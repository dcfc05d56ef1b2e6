/**
 * A world for the nested watch: a sector in a district that crosses its authority, in a region, in a nation; people
 * come as Poisson arrivals in working time; somebody watches every open cell that Alice's visit would count in, with
 * the product's own clocks or with a tick. Its numbers (`docs/methods/disclosure.md`): contacts a month of
 * each level as a whole, a quarter of them of Alice's domain and 8% of her need, 60% new to the quarter and half of
 * those new to the year.
 */

import { BANK_HOLIDAYS } from "../../db/bank-holidays";
import type { Chance } from "../../server/demo/random";
import { type SlotName, slotFor, slotsBetween } from "../../server/domain/clock-slots";
import { type Hmac, settledFigure } from "../../server/domain/disclosure";
import type { CellClock, OpenCellName } from "../../server/domain/open-cell";
import { firstDayOf, type Period, type PeriodType } from "../../server/domain/period";
import { newPerson, poisson } from "./draws";
import type { OpenRule, Watched } from "./open-rules";
import { keyOf, type Shown } from "./rules";

export interface NestedSetting {
  /** Actual arrivals for each that the clocks expect. */
  flow: number;
  /** Sizes of all areas against those of the research. */
  size: number;
  /** One county: authority, region and nation are the same set; served as one cell, or as three. */
  county?: "alias" | "three names";
  /** Invented people whom an insider adds to Alice's sector, domain and need just before her visit. */
  insider: number;
  /** People expected a slot for each 12: 1 is the product's spacing. */
  spacing: number;
  /** Whether the settled figures of the three periods are read as well. */
  settledToo: boolean;
  /** Null: the product's clocks. Otherwise every cell may move at every tick of so many seconds, whatever its size. */
  tickSeconds: number | null;
}

const LEVELS = ["sector", "district", "lad", "region", "nation"] as const;
type AreaLevel = (typeof LEVELS)[number];
const NODES = ["any", "domain", "need"] as const;
type Node = (typeof NODES)[number];
const TYPES: readonly PeriodType[] = ["month", "quarter", "year"];

/** Zones that everybody lives in, contacts a month in each, and the areas it lies in. Two fifths of the district lie in the next authority. */
const ZONES: readonly { monthly: number; within: readonly AreaLevel[] }[] = [
  { monthly: 20, within: LEVELS },
  { monthly: 84, within: ["district", "lad", "region", "nation"] },
  { monthly: 56, within: ["district", "region", "nation"] },
  { monthly: 696, within: ["lad", "region", "nation"] },
  { monthly: 7_144, within: ["region", "nation"] },
  { monthly: 64_000, within: ["nation"] },
];
const COUNTY_ZONES: typeof ZONES = [
  { monthly: 20, within: LEVELS },
  { monthly: 84, within: LEVELS.slice(1) },
  { monthly: 56, within: ["district"] },
  { monthly: 696, within: LEVELS.slice(2) },
];

/** Kinds of contacts: of which node, and to which periods the person is new. */
const KINDS = NODES.flatMap((_, nodeDepth) =>
  TYPES.map((_, newTo) => ({
    nodeDepth,
    newTo,
    share: ([0.75, 0.17, 0.08][nodeDepth] ?? 0) * ([0.4, 0.3, 0.3][newTo] ?? 0),
  })),
);
const NEW_TO_YEAR = 0.3;
const NODE_SHARE: Readonly<Record<Node, number>> = { any: 1, domain: 0.25, need: 0.08 };

const WORKING_DAY = 36_000;
const SECONDS_A_MONTH = (250 * WORKING_DAY) / 12;
/** Slots before the visit that are watched, and after it. */
export const BEFORE = 6;
export const AFTER = 3;

/** The financial year of the visits, and the calendar around it. */
const YEAR = 2026;
const FAR = { from: new Date("2025-04-01T00:00:00Z"), to: new Date("2028-04-01T00:00:00Z") };
const HOLIDAYS: ReadonlySet<string> = new Set(
  BANK_HOLIDAYS.filter(({ calendar }) => calendar === "england-and-wales").map(({ day }) => day),
);
/** First instants of the twelve months, and of the month after. Nobody comes at night, so the hour does not matter. */
const MONTHS = Array.from({ length: 13 }, (_, index) =>
  Date.parse(firstDayOf({ type: "month", financialYear: YEAR + Math.floor(index / 12), index: index % 12 })),
);
const MONTHS_IN: Readonly<Record<PeriodType, number>> = { month: 1, quarter: 3, year: 12 };

/** The slots of each length about the year of the visits, as instants. */
const slotsOf = new Map<SlotName, readonly number[]>();
function allSlots(name: SlotName): readonly number[] {
  const known = slotsOf.get(name);
  if (known) return known;
  const slots = slotsBetween(name, FAR.from, FAR.to, HOLIDAYS).map((slot) => slot.getTime());
  slotsOf.set(name, slots);
  return slots;
}

/** Working seconds of the calendar up to an instant: arrivals come evenly in them. */
function workingSeconds(at: number): number {
  const days = allSlots("1d");
  const day = after(days, at) - 1;
  const opens = (days[day] ?? 0) + 2 * 3_600_000;
  return day * WORKING_DAY + Math.min(WORKING_DAY, Math.max(0, (at - opens) / 1000));
}

function instantOf(seconds: number): number {
  const day = Math.floor(seconds / WORKING_DAY);
  return (allSlots("1d")[day] ?? 0) + 2 * 3_600_000 + (seconds - day * WORKING_DAY) * 1000;
}

/** Index of the first instant after `at`, in instants that rise. */
function after(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A cell that contains Alice's visit, as it is fixed for a setting. */
interface NestedCell {
  level: number;
  node: number;
  types: readonly number[];
  name: OpenCellName;
  slot: SlotName | null;
  /** People a working second who are new to the month; to the quarter and year by share. */
  perSecond: number;
  /** Cells of the same number hold the same people. */
  set: number;
}

interface Layout {
  zones: typeof ZONES;
  levels: readonly AreaLevel[];
  cells: readonly NestedCell[];
}

/** The cells of a setting: with the product's clocks those that are live, with a tick all that are on the menu. */
export function layoutOf(setting: NestedSetting): Layout {
  const zones = setting.county ? COUNTY_ZONES : ZONES;
  const levels = setting.county === "alias" ? LEVELS.slice(0, 3) : LEVELS;
  const zonesOf = (level: AreaLevel) =>
    zones.flatMap(({ within }, i) => (within.includes(level) ? [i] : [])).join();
  const cells = levels.flatMap((level, at) =>
    NODES.flatMap((node, depth): NestedCell[] => {
      const monthly =
        zones.reduce((sum, zone) => sum + (zone.within.includes(level) ? zone.monthly : 0), 0) *
        setting.size *
        NODE_SHARE[node];
      const closedYear = 5 * Math.round((12 * monthly * NEW_TO_YEAR) / 5);
      const slot =
        setting.tickSeconds === null ? slotFor(closedYear < 10 ? null : closedYear / setting.spacing) : null;
      if (setting.tickSeconds === null && slot === null) return [];
      return [
        {
          level: at,
          node: depth,
          types: level === "sector" ? [1, 2] : [0, 1, 2],
          name: { id: `${level}:ZZ1|need:${node}|slice:all`, sensitive: false },
          slot,
          perSecond: monthly / SECONDS_A_MONTH,
          set: levels.findIndex((other) => zonesOf(other) === zonesOf(level)) * NODES.length + depth,
        },
      ];
    }),
  );
  return { zones, levels, cells };
}

/** What one open period of a cell showed: up to the last slot before the visit, and from the first after it. */
export interface Watching {
  before: Shown[];
  after: Shown[];
  /** People expected between the last slot before the visit and the first after it. */
  expected: number;
  /** And to the end of the watch. */
  expectedInAll: number;
  /** What it settled with, when settled figures are read. */
  settled?: Shown;
}

/** Plays one world; gives what was seen of each open period of each cell, in the order of the layout. */
export function watchWorld(
  chance: Chance,
  setting: NestedSetting,
  layout: Layout,
  rule: OpenRule,
  came: boolean,
): Watching[] {
  const hmac = remembering(keyOf(chance));
  return setting.tickSeconds === null
    ? watchSlots(chance, setting, layout, rule, came, hmac)
    : watchTicks(chance, setting, layout, rule, came, hmac, setting.tickSeconds);
}

/** Errors of places are asked for again and again. */
function remembering(hmac: Hmac): Hmac {
  const known = new Map<string, Uint8Array>();
  return (text) => {
    if (!text.startsWith("st|")) return hmac(text);
    const hash = known.get(text) ?? hmac(text);
    known.set(text, hash);
    return hash;
  };
}

function watchSlots(
  chance: Chance,
  setting: NestedSetting,
  layout: Layout,
  rule: OpenRule,
  came: boolean,
  hmac: Hmac,
): Watching[] {
  const start = MONTHS[0] ?? 0;
  const end = MONTHS[12] ?? 0;
  const visit = instantOf(
    workingSeconds(start) + chance.unit() * (workingSeconds(end) - workingSeconds(start)),
  );
  const month = after(MONTHS, visit) - 1;
  const periods = TYPES.map(
    (type): Period => ({ type, financialYear: YEAR, index: Math.floor(month / MONTHS_IN[type]) }),
  );
  const bounds = periods.map(({ type, index }) => {
    const length = MONTHS_IN[type];
    return [MONTHS[index * length] ?? 0, MONTHS[(index + 1) * length] ?? 0] as const;
  });
  const windows = layout.cells.map((cell) => {
    const slots = cell.slot ? allSlots(cell.slot) : [];
    const first = after(slots, visit);
    return slots.slice(first - BEFORE - 1, first + AFTER);
  });
  const instants = [...new Set([...windows.flat(), ...bounds.flat()])].sort((a, b) => a - b);
  const arrivals = drawArrivals(chance, setting, layout, instants, bounds);
  const keys = new Map<string, bigint>();

  return layout.cells.flatMap((cell, at) => {
    const window = windows[at] ?? [];
    const states: Watched[] = [];
    const counts = cell.types.map((type) => {
      const [from] = bounds[type] ?? [0];
      const began = window[0] ?? 0;
      // A period that had begun before the watch did has a figure made at its first slot, of whoever came till then.
      const rate = cell.perSecond * setting.flow * (NEW_TO[type] ?? 0);
      const people =
        from < began ? poisson(chance, rate * (workingSeconds(began) - workingSeconds(from))) : 0;
      const state: Watched = {
        period: periods[type] ?? never(),
        people,
        cellKey: keyAt(chance, keys, cell.set, type, people),
        differing: 0,
        refreshNo: people > 0 ? 1 + chance.below(1000) : 0,
        figure: null,
      };
      if (people > 0) state.figure = rule.figure(hmac, cell.name, state);
      states.push(state);
      return arrivals(cell, type);
    });
    const seen = cell.types.map((type): Watching => {
      const [from = 0, to = 0] = bounds[type] ?? [];
      const inPeriod = (instant = 0) => workingSeconds(Math.min(to, Math.max(from, instant)));
      const rate = cell.perSecond * setting.flow * (NEW_TO[type] ?? 0);
      const within = (first: number, last: number) =>
        rate * (inPeriod(window[last]) - inPeriod(window[first]));
      return {
        before: [],
        after: [],
        expected: within(BEFORE, BEFORE + 1),
        expectedInAll: within(BEFORE, window.length - 1),
      };
    });
    let clock: CellClock = { slot: cell.slot, silentSlots: 0 };
    let current = states;
    for (let i = 1; i < window.length; i += 1) {
      const [from, to] = [window[i - 1] ?? 0, window[i] ?? 0];
      const visited = from < visit && visit <= to;
      current = current.map((state, k) => {
        const own = visited ? setting.insider + (came ? 1 : 0) : 0;
        const entered = (counts[k]?.(from, to) ?? 0) + own;
        if (entered === 0) return state;
        const people = state.people + entered;
        const type = cell.types[k] ?? 0;
        const cellKey = keyAt(chance, keys, cell.set, type, people);
        return { ...state, people, cellKey, differing: state.differing + entered };
      });
      // A cell that was silent moves at its longer slots only, which fall on short ones.
      if (clock.slot !== null && isSlot(clock.slot, to)) {
        const passed = rule.pass(hmac, cell.name, clock, current);
        clock = passed.clock;
        current = passed.states;
      }
      for (const [k, state] of current.entries())
        (i <= BEFORE ? seen[k]?.before : seen[k]?.after)?.push(state.figure);
    }
    if (setting.settledToo) {
      for (const [k, state] of current.entries()) {
        const type = cell.types[k] ?? 0;
        const left = Math.max(0, workingSeconds(bounds[type]?.[1] ?? 0) - workingSeconds(window.at(-1) ?? 0));
        const more = poisson(chance, left * cell.perSecond * setting.flow * (NEW_TO[type] ?? 0));
        const set = {
          people: state.people + more,
          cellKey: keyAt(chance, keys, cell.set, type, state.people + more),
        };
        const watching = seen[k];
        if (watching) watching.settled = settledFigure(hmac, state.period, cell.name.id, set);
      }
    }
    return seen;
  });
}

/** Share of a month's people who are new to the month, the quarter, the year. */
const NEW_TO = [1, 0.6, 0.3];

/** The key of a set, by how many are in it: people only join, so as many people of one set are the same people. */
function keyAt(chance: Chance, keys: Map<string, bigint>, set: number, type: number, people: number): bigint {
  const name = `${set}/${type}/${people}`;
  const known = keys.get(name) ?? newPerson(chance);
  keys.set(name, known);
  return known;
}

/** Draws who comes in every zone between each two instants; gives the people of a cell between two of them. */
function drawArrivals(
  chance: Chance,
  { flow, size }: NestedSetting,
  { zones, levels }: Layout,
  instants: readonly number[],
  bounds: readonly (readonly [number, number])[],
): (cell: NestedCell, type: number) => (from: number, to: number) => number {
  const seconds = instants.map(workingSeconds);
  const indexOf = new Map(instants.map((instant, i) => [instant, i]));
  const width = NODES.length * TYPES.length;
  // Running totals by level, node and type of period: of everybody of the node or below it, new to the period.
  const totals = levels.map(() => new Int32Array(instants.length * width));
  const draws = new Int32Array(width);
  for (let i = 1; i < instants.length; i += 1) {
    for (const total of totals) total.copyWithin(i * width, (i - 1) * width, i * width);
    const inside = bounds.map(([from, to]) => (instants[i - 1] ?? 0) >= from && (instants[i] ?? 0) <= to);
    if (!inside.includes(true)) continue;
    const length = ((seconds[i] ?? 0) - (seconds[i - 1] ?? 0)) * flow * size;
    if (length === 0) continue;
    for (const { monthly, within } of zones) {
      draws.fill(0);
      for (const { nodeDepth, newTo, share } of KINDS) {
        const count = poisson(chance, (monthly / SECONDS_A_MONTH) * share * length);
        if (count === 0) continue;
        for (let node = 0; node <= nodeDepth; node += 1) {
          for (let type = 0; type <= newTo; type += 1) {
            if (inside[type])
              draws[node * TYPES.length + type] = (draws[node * TYPES.length + type] ?? 0) + count;
          }
        }
      }
      for (const [at, level] of levels.entries()) {
        if (!within.includes(level)) continue;
        const total = totals[at];
        if (total)
          for (let k = 0; k < width; k += 1)
            total[i * width + k] = (total[i * width + k] ?? 0) + (draws[k] ?? 0);
      }
    }
  }
  return (cell, type) => {
    const total = totals[cell.level];
    const column = cell.node * TYPES.length + type;
    const upTo = (instant: number) => total?.[(indexOf.get(instant) ?? 0) * width + column] ?? 0;
    return (from, to) => upTo(to) - upTo(from);
  };
}

/** Steps of single arrivals by which a cell comes to where it stands before the visit. */
const WARM_UP = 14;

function watchTicks(
  chance: Chance,
  setting: NestedSetting,
  layout: Layout,
  rule: OpenRule,
  came: boolean,
  hmac: Hmac,
  tick: number,
): Watching[] {
  const instants = Array.from(
    { length: AFTER + 1 },
    (_, i) => (allSlots("1d")[40] ?? 0) + 7_200_000 + i * tick * 1000,
  );
  const everywhere = [[instants[0] ?? 0, instants.at(-1) ?? 0] as const];
  const bounds = TYPES.flatMap(() => everywhere);
  // A tick of a day is a day's work, whatever hours it has.
  const perTick = tick >= 86_400 ? WORKING_DAY : tick;
  const inWork =
    tick >= 86_400 ? instants.map((_, i) => (allSlots("1d")[40 + i] ?? 0) + 7_200_000) : instants;
  const spans = tick >= 86_400 ? bounds.map(() => [inWork[0] ?? 0, inWork.at(-1) ?? 0] as const) : bounds;
  const arrivals = drawArrivals(chance, setting, layout, inWork, spans);
  const clock: CellClock = { slot: null, silentSlots: 0 };
  return layout.cells.flatMap((cell) =>
    cell.types.map((type): Watching => {
      const rate = cell.perSecond * setting.flow * (NEW_TO[type] ?? 0) * perTick;
      // All cells are in sight: small ones show 10 to 40 people (`disclosure-live`, 1).
      const people =
        cell.level < 2 ? 10 + chance.below(31) : Math.round((cell.perSecond * SECONDS_A_MONTH) / 2) + 20;
      let state: Watched = {
        period: { type: TYPES[type] ?? "month", financialYear: YEAR, index: 0 },
        people,
        cellKey: newPerson(chance),
        differing: 0,
        refreshNo: chance.below(1000),
        figure: null,
      };
      state.figure = rule.figure(hmac, cell.name, state);
      const step = (entered: number) => {
        if (entered > 0) {
          state = {
            ...state,
            people: state.people + entered,
            cellKey: newPerson(chance),
            differing: state.differing + entered,
          };
        }
        state = rule.pass(hmac, cell.name, clock, [state]).states[0] ?? state;
        return state.figure;
      };
      const before = Array.from({ length: WARM_UP }, () => step(poisson(chance, Math.max(1, rate)))).slice(
        -BEFORE,
      );
      const between = arrivals(cell, type);
      const seen = inWork.slice(1).map((to, i) => {
        const own = i === 0 ? setting.insider + (came ? 1 : 0) : 0;
        return step(between(inWork[i] ?? 0, to) + own);
      });
      return { before, after: seen, expected: rate, expectedInAll: rate * AFTER };
    }),
  );
}

function isSlot(name: SlotName, instant: number): boolean {
  const slots = allSlots(name);
  return slots[after(slots, instant) - 1] === instant;
}

function never(): never {
  throw new Error("There are three types of periods");
}
