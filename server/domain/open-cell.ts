/**
 * One cell while its periods are open: who changed since each figure was last made, and what happens when the cell's
 * slot comes. A figure is made afresh only at a slot, and only when at least its quota of people differ from the set it
 * stands for; otherwise nothing happens. The engine and the attacks on it run this code, and no other. Pure.
 */

import { longerSlot, type SlotName } from "./clock-slots";
import {
  addKeys,
  FEWEST_PEOPLE,
  type Figure,
  type Hmac,
  openFigure,
  openQuota,
  type PeopleSet,
} from "./disclosure";
import type { Period } from "./period";

/** The people of a cell in a period, and who changed since its open figure was last made. */
export interface RunningSet extends PeopleSet {
  /** Who is in one of the two sets and not in the other. Null: no figure was made yet, so it is everybody. */
  changed: readonly bigint[] | null;
}

/** The set after people entered and left. Whoever changes and changes back has not changed. Throws below nobody. */
export function movedBy(set: RunningSet, entered: readonly bigint[], left: readonly bigint[]): RunningSet {
  const people = set.people + entered.length - left.length;
  if (people < 0) throw new Error("More people left a cell than were in it");
  let cellKey = set.cellKey;
  for (const key of entered) cellKey = addKeys(cellKey, key);
  for (const key of left) cellKey = addKeys(cellKey, -key);
  return { people, cellKey, changed: set.changed && toggled(set.changed, entered, left) };
}

function toggled(
  changed: readonly bigint[],
  entered: readonly bigint[],
  left: readonly bigint[],
): readonly bigint[] {
  const set = new Set(changed);
  for (const key of entered) if (!set.delete(key)) set.add(key);
  for (const key of left) if (!set.delete(key)) set.add(key);
  return [...set];
}

/** How many people differ from the set that the open figure stands for. */
export function differing(set: RunningSet): number {
  return set.changed === null ? set.people : set.changed.length;
}

/** What is hashed of a cell, and whether its need is sensitive. */
export interface OpenCellName {
  /** `cellId` of the cell. */
  id: string;
  sensitive: boolean;
}

/** A cell in one open period, as a slot finds it. */
export interface OpenState extends PeopleSet {
  period: Period;
  /** People who differ from the set last refreshed, which starts empty: see `differing`. */
  differing: number;
  /** How often the figure has been made. */
  refreshNo: number;
  /** What is shown; null: nothing yet, or hidden. */
  figure: Figure | null;
}

/** The clock of a cell, shared by all its open periods. All of it can be seen from outside. */
export interface CellClock {
  /** Null: live no more until clocks are chosen again. What it shows stands until it settles. */
  slot: SlotName | null;
  /** Slots running at which no figure of the cell changed. */
  silentSlots: number;
}

/** Slots without a change after which a cell takes the next longer one. */
const SILENT_SLOTS = 2;

/** The state when the figure is made afresh at a slot; null while fewer people differ than the quota: nothing moves. */
export function refreshAt(hmac: Hmac, cell: OpenCellName, state: OpenState): OpenState | null {
  // No quota is shorter: most cells are passed without a draw.
  if (state.differing < FEWEST_PEOPLE) return null;
  if (state.differing < openQuota(hmac, state.period, cell.id, state.refreshNo, cell.sensitive)) return null;
  return {
    ...state,
    differing: 0,
    refreshNo: state.refreshNo + 1,
    figure: openFigure(hmac, state.period, cell.id, state),
  };
}

/**
 * The clock after a slot. What counts as a change is a figure that shows another number, appears or goes: a figure
 * made afresh that shows the same number must not be told from one that was not made.
 */
export function clockAfter(clock: CellClock, changed: boolean): CellClock {
  if (clock.slot === null) return clock;
  if (changed) return { slot: clock.slot, silentSlots: 0 };
  if (clock.silentSlots + 1 < SILENT_SLOTS) return { slot: clock.slot, silentSlots: clock.silentSlots + 1 };
  return { slot: longerSlot(clock.slot), silentSlots: 0 };
}

/** A slot of a cell: all its open periods, then its clock. `refreshed` holds only the states that were made afresh. */
export function passSlot(
  hmac: Hmac,
  cell: OpenCellName,
  clock: CellClock,
  periods: readonly OpenState[],
): { clock: CellClock; refreshed: OpenState[] } {
  const refreshed: OpenState[] = [];
  let changed = false;
  for (const before of periods) {
    const after = refreshAt(hmac, cell, before);
    if (after === null) continue;
    refreshed.push(after);
    changed ||= after.figure !== before.figure;
  }
  return { clock: clockAfter(clock, changed), refreshed };
}
