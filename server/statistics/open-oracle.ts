/**
 * What open figures should be, by the words of the method: sets of people and the sets that figures stand for. It is
 * told at which slots the engine has looked, and looks itself.
 */

import { SLOTS, type SlotName, slotNumber } from "../domain/clock-slots";
import { cellId, type Figure, type Hmac, openFigure, openQuota } from "../domain/disclosure";
import { getNodeByNumber, isSensitiveNode } from "../domain/needs";
import { type Day, firstDayOf, periodByNumber, periodNumber, settlesOn } from "../domain/period";
import { areaText, changedBetween, isCounted, type Oracle, type Sets } from "./recount-oracle";

/** A figure of an open period, and the set that it stands for. */
export interface OpenCell {
  base: ReadonlySet<string>;
  refreshNo: number;
  figure: Figure | null;
}

export class OpenOracle {
  /** Clocks by "area/node", and open cells by "area/node/period". */
  readonly clocks = new Map<string, { slot: SlotName | null; silent: number }>();
  readonly cells = new Map<string, OpenCell>();
  /** Figures that changed, and looks at a cell with people waiting that changed nothing. */
  moved = 0;
  waited = 0;

  constructor(
    private readonly oracle: Oracle,
    private readonly hmac: Hmac,
    private readonly holidays: ReadonlySet<Day>,
  ) {}

  /** Looks at every cell of these slots, once, longest slots first. */
  look(slots: readonly SlotName[], today: Day): void {
    const sets = this.oracle.sets();
    const longestFirst = [...slots].sort((a, b) => slotNumber(b) - slotNumber(a));
    for (const slot of longestFirst) {
      for (const [cell, clock] of this.clocks) {
        if (clock.slot !== slot) continue;
        const changed = this.periodsOf(cell, sets, today).filter((id) => this.refresh(id, sets.get(id)));
        clock.silent = changed.length > 0 ? 0 : clock.silent + 1;
        this.moved += changed.length;
        if (clock.silent < 2) continue;
        clock.silent = 0;
        clock.slot = SLOTS.find(({ number }) => number === slotNumber(slot) + 1)?.name ?? null;
      }
    }
  }

  /** A period has settled: nothing of it is open. */
  settle(period: number): void {
    for (const id of this.cells.keys()) if (id.endsWith(`/${period}`)) this.cells.delete(id);
  }

  private periodsOf(cell: string, sets: Sets, today: Day): string[] {
    const [area = 0, node = 0] = cell.split("/").map(Number);
    const known = [...sets.keys(), ...this.cells.keys()].filter((id) => id.startsWith(`${cell}/`));
    return [...new Set(known)].filter((id) => {
      const period = periodByNumber(Number(id.split("/")[2]));
      const isOpen =
        firstDayOf(period) <= today &&
        settlesOn(period, this.holidays) > today &&
        !this.oracle.settled.has(periodNumber(period));
      return isOpen && isCounted(period, area, node);
    });
  }

  /** Whether the figure shows another number now. */
  private refresh(id: string, set: ReadonlySet<string> = new Set()): boolean {
    const [area = 0, nodeNumber = 0, number = 0] = id.split("/").map(Number);
    const period = periodByNumber(number);
    const node = getNodeByNumber(nodeNumber);
    const text = cellId({ area: areaText(area), node, slice: "all" });
    const old = this.cells.get(id) ?? { base: new Set<string>(), refreshNo: 0, figure: null };
    const quota = openQuota(this.hmac, period, text, old.refreshNo, isSensitiveNode(node));
    const differing = changedBetween(old.base, set).length;
    if (differing < quota) {
      if (differing > 0) this.waited += 1;
      return false;
    }
    const figure = openFigure(this.hmac, period, text, this.oracle.keyed(set));
    this.cells.set(id, { base: new Set(set), refreshNo: old.refreshNo + 1, figure });
    return figure !== old.figure;
  }
}
