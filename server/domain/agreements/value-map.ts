/**
 * What sharing is worth, and what it costs: for each thing that people want to do, how much of its value remains at
 * each cell of the grid. Sharing is degraded step by step, the knee of the curve is marked, and the least cells that
 * still let the wanted actions be done can be written into a draft.
 */

import { z } from "zod";
import { oneLine, uuid } from "../typed-text";
import {
  DETAILS,
  type Detail,
  GROUPS,
  type Group,
  isAreaPlace,
  leastDetail,
  mostDetailFor,
  PLACES,
  type Place,
} from "./grid";

/** A number for each cell of the grid: all details of the widest place first. */
export type CellNumbers = readonly number[];

const CELLS = PLACES.length * DETAILS.length;
export const MOST_ACTIONS = 12;

/** Where a cell stands in `CellNumbers`. */
export const cellNumber = (place: Place, detail: Detail): number =>
  PLACES.indexOf(place) * DETAILS.length + DETAILS.indexOf(detail);

/** Share of its value, in per cent, with which an action still counts as one that can be done. */
export const WORKS_FROM = 80;

/** A place and a detail: what is opened, whoever sees it. */
export interface Level {
  place: Place;
  detail: Detail;
}

/** Whether any agreement could show this group so much of so small a place. */
export function canExist(group: Group, { place, detail }: Level): boolean {
  const most = mostDetailFor(group, place);
  return most !== null && DETAILS.indexOf(detail) <= DETAILS.indexOf(most);
}

const LEVELS: readonly Level[] = PLACES.flatMap((place) => DETAILS.map((detail) => ({ place, detail })));

/** More detail of the same place opens all that less detail opens, so no number may fall on the way. */
const neverFalls = (numbers: CellNumbers, exists: (level: Level) => boolean = () => true) =>
  LEVELS.every(
    (level, at) =>
      level.detail === DETAILS[0] || !exists(level) || (numbers[at] ?? 0) >= (numbers[at - 1] ?? 0),
  );

export const valueActionFields = z
  .strictObject({
    name: oneLine.min(3, "Say in a few words what will be done.").max(80, "Keep this to 80 characters."),
    group: z.enum(GROUPS),
    /** Percentage of the action's value that remains at each cell. */
    values: z.array(z.int().min(0).max(100)).length(CELLS),
    /** What the action costs from each cell, 1 to 100: work, and what is opened about people. */
    costs: z
      .array(z.int().min(1).max(100))
      .length(CELLS)
      .refine((costs) => neverFalls(costs), "More detail of a place cannot cost less."),
    /** Whether the draft is to support it. */
    wanted: z.boolean(),
  })
  .refine(({ group, values }) => LEVELS.every((level, at) => canExist(group, level) || values[at] === 0), {
    path: ["values"],
    error: "No agreement can show this group so much: no value remains there.",
  })
  .refine(({ group, values }) => neverFalls(values, (level) => canExist(group, level)), {
    path: ["values"],
    error: "More detail of a place cannot be worth less.",
  });
export type ValueActionFields = z.infer<typeof valueActionFields>;

export const aboutAgreementSchema = z.strictObject({ agreementId: uuid });
export const removeValueActionSchema = aboutAgreementSchema.extend({ id: uuid });
export const saveValueActionSchema = removeValueActionSchema.extend({ fields: valueActionFields });
export type SaveValueAction = z.infer<typeof saveValueActionSchema>;

export interface ValueAction extends ValueActionFields {
  id: string;
}

/** Share that is left for each step of detail, or each wider place, short of what an action needs. */
const LEFT_BY_A_STEP = 0.5;

/**
 * What remains at each cell, until somebody says better: everything from the level that the action needs, closer places
 * of the same kind too; half for each step short of it. Figures cannot be made from rows of places, so nothing remains
 * of an action that needs figures there.
 */
export function usualValues(group: Group, needs: Level): CellNumbers {
  return LEVELS.map((level) => {
    if (!canExist(group, level)) return 0;
    if (isAreaPlace(needs.place) && !isAreaPlace(level.place)) return 0;
    const short =
      Math.max(0, DETAILS.indexOf(needs.detail) - DETAILS.indexOf(level.detail)) +
      Math.max(0, PLACES.indexOf(needs.place) - PLACES.indexOf(level.place));
    return Math.round(100 * LEFT_BY_A_STEP ** short);
  });
}

/** What a cell costs, until somebody says better: how close times how detailed, 100 for one person in full. */
export const USUAL_COSTS: CellNumbers = LEVELS.map(({ place, detail }) =>
  Math.round((100 * (PLACES.indexOf(place) + 1) * (DETAILS.indexOf(detail) + 1)) / CELLS),
);

/** One step of the way down: nothing closer than the place and nothing beyond the detail is shared. */
export interface LadderStep extends Level {
  /** Sum over the actions of the best that remains, 0 to 100 each. */
  value: number;
  /** Sum over the actions of what sharing up to here costs. */
  cost: number;
}

/** What remains of an action when nothing is shared beyond a level. */
function valueUpTo({ values }: Pick<ValueAction, "values">, { place, detail }: Level): number {
  const within = LEVELS.flatMap((level, at) =>
    PLACES.indexOf(level.place) <= PLACES.indexOf(place) &&
    DETAILS.indexOf(level.detail) <= DETAILS.indexOf(detail)
      ? (values[at] ?? 0)
      : [],
  );
  return Math.max(...within);
}

function stepAt(actions: readonly ValueActionFields[], level: Level): LadderStep {
  const at = cellNumber(level.place, level.detail);
  return {
    ...level,
    value: actions.reduce((sum, action) => sum + valueUpTo(action, level), 0),
    cost: actions.reduce((sum, { costs }) => sum + (costs[at] ?? 0), 0),
  };
}

/**
 * From one person in full down to the widest place and "known to": each step gives up one detail or one place, whichever
 * leaves more value, or at equal value costs less.
 */
export function ladder(actions: readonly ValueActionFields[]): LadderStep[] {
  let here = stepAt(actions, { place: "person", detail: "full" });
  const steps = [here];
  for (;;) {
    const lessDetail = DETAILS[DETAILS.indexOf(here.detail) - 1];
    const widerPlace = PLACES[PLACES.indexOf(here.place) - 1];
    const next = [
      lessDetail && stepAt(actions, { place: here.place, detail: lessDetail }),
      widerPlace && stepAt(actions, { place: widerPlace, detail: here.detail }),
    ]
      .filter((step) => step !== undefined)
      .sort((a, b) => b.value - a.value || a.cost - b.cost)[0];
    if (!next) return steps;
    steps.push(next);
    here = next;
  }
}

/** Less than this above the chord is a straight line: there is no knee to speak of. */
const STRAIGHT = 0.02;

/**
 * The point after which more cost buys little value: the greatest distance above the chord of the curve, both axes
 * brought to 0 to 1 (Satopää, Albrecht, Irwin and Raghavan, "Finding a Kneedle in a Haystack", 2011, without their
 * smoothing: these curves have few points and no noise). Null for a straight line or one that bends the other way.
 */
export function knee<P extends { value: number; cost: number }>(points: readonly P[]): P | null {
  const costs = points.map(({ cost }) => cost);
  const values = points.map(({ value }) => value);
  const [lowCost, lowValue] = [Math.min(...costs), Math.min(...values)];
  const [costRange, valueRange] = [Math.max(...costs) - lowCost, Math.max(...values) - lowValue];
  if (!(costRange > 0) || !(valueRange > 0)) return null;
  let best: { point: P; above: number } | null = null;
  for (const point of points) {
    const above = (point.value - lowValue) / valueRange - (point.cost - lowCost) / costRange;
    if (above > (best?.above ?? STRAIGHT)) best = { point, above };
  }
  return best?.point ?? null;
}

/** A cell of the grid for a group. */
export interface GroupLevel extends Level {
  group: Group;
}

/** Whether an action can be done with these cells: one of its group's leaves enough of its value. */
export function isSupported(action: ValueActionFields, cells: readonly GroupLevel[]): boolean {
  return cells.some(
    ({ group, place, detail }) =>
      group === action.group && (action.values[cellNumber(place, detail)] ?? 0) >= WORKS_FROM,
  );
}

/** The least cells for some actions, and the actions for which there is no cell. */
export interface MinimumSet {
  cells: GroupLevel[];
  impossible: ValueActionFields[];
}

/**
 * The least cells with which every one of these actions can be done, where that is possible: the cheapest; of those the
 * fewest; of those with the least detail. No cell of it can be left out or lowered by a step.
 */
export function minimumSet(actions: readonly ValueActionFields[]): MinimumSet {
  const isPossible = (action: ValueActionFields) => action.values.some((value) => value >= WORKS_FROM);
  const possible = actions.filter(isPossible);
  return {
    cells: GROUPS.flatMap((group) =>
      leastFor(possible.filter((action) => action.group === group)).map((level) => ({ ...level, group })),
    ),
    impossible: actions.filter((action) => !isPossible(action)),
  };
}

/** How much detail of each place is shared: 0 for none, otherwise one more than the place of the detail in DETAILS. */
type Sharing = readonly number[];

/**
 * The least sharing for actions of one group. Each action in turn is given each place at which it can be done, with the
 * least detail that is enough there; ways that come to the same sharing go on as one.
 */
function leastFor(actions: readonly ValueActionFields[]): Level[] {
  const nothing: Sharing = PLACES.map(() => 0);
  let ways = new Map<string, Sharing>([[nothing.join(), nothing]]);
  for (const action of actions) {
    const next = new Map<string, Sharing>();
    for (const sharing of ways.values()) {
      for (const [at, place] of PLACES.entries()) {
        const enough = DETAILS.findIndex(
          (detail) => (action.values[cellNumber(place, detail)] ?? 0) >= WORKS_FROM,
        );
        if (enough < 0) continue;
        const more = sharing.with(at, Math.max(sharing[at] ?? 0, enough + 1));
        next.set(more.join(), more);
      }
    }
    ways = next;
  }
  const best = [...ways.values()].map((sharing) => ({ sharing, weight: weightOf(sharing, actions) }));
  best.sort((a, b) => compareInTurn(a.weight, b.weight));
  return (best[0]?.sharing ?? nothing).flatMap((more, at) => {
    const [place, detail] = [PLACES[at], DETAILS[more - 1]];
    return place && detail ? { place, detail } : [];
  });
}

/** What is compared first to last: cost, number of cells, steps of detail, then closeness, so that there is one answer. */
function weightOf(sharing: Sharing, actions: readonly ValueActionFields[]): number[] {
  let cost = 0;
  for (const [at, more] of sharing.entries()) {
    if (more === 0) continue;
    for (const { costs } of actions) cost += costs[at * DETAILS.length + more - 1] ?? 0;
  }
  const detail = sharing.reduce((sum, more) => sum + more, 0);
  return [cost, sharing.filter((more) => more > 0).length, detail, ...sharing.toReversed()];
}

function compareInTurn(a: readonly number[], b: readonly number[]): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] ?? 0;
    if (one !== other) return one - other;
  }
  return 0;
}

/** A way to share less than is drafted, with the actions that it still lets be done. */
export interface Lesser<C> {
  name: "as-drafted" | "no-names" | "colours-only" | "known-to-only" | "figures-only";
  cells: C[];
  supported: number;
}

const CAPS = [
  { name: "no-names", most: "coded" },
  { name: "colours-only", most: "rag" },
  { name: "known-to-only", most: "known-to" },
  { name: "figures-only", most: null },
] as const;

/**
 * What is drafted, and the ways to share less of it that differ: about people and addresses no names, colours only,
 * "known to" only, or figures only.
 */
export function lesserWays<C extends GroupLevel>(
  cells: readonly C[],
  actions: readonly ValueActionFields[],
): Lesser<C>[] {
  const count = (some: readonly C[]) => actions.filter((action) => isSupported(action, some)).length;
  const ways: Lesser<C>[] = [{ name: "as-drafted", cells: [...cells], supported: count(cells) }];
  for (const { name, most } of CAPS) {
    const less = capped(cells, most);
    if (sameCells(less, ways.at(-1)?.cells ?? [])) continue;
    ways.push({ name, cells: less, supported: count(less) });
  }
  return ways;
}

/** Cells of close places lowered to a detail, or left out; what then stands there twice stands once. */
function capped<C extends GroupLevel>(cells: readonly C[], most: Detail | null): C[] {
  const kept = new Map<string, C>();
  for (const cell of cells) {
    const within = isAreaPlace(cell.place) ? cell.detail : most && leastDetail(cell.detail, most);
    if (within === null) continue;
    const lowered = { ...cell, detail: within };
    const key = JSON.stringify(Object.entries(lowered).sort());
    if (!kept.has(key)) kept.set(key, lowered);
  }
  return [...kept.values()];
}

const sameCells = (a: readonly GroupLevel[], b: readonly GroupLevel[]) =>
  a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
