/**
 * Rules for open figures: the product's, by the very code that its engine runs, and what peers do at each tick. Who
 * attacks sees nothing of a cell but what it shows.
 */

import {
  eraOf,
  type Hmac,
  openError,
  openFigure,
  readFigure,
  settledQuota,
} from "../../server/domain/disclosure";
import { type CellClock, type OpenCellName, type OpenState, passSlot } from "../../server/domain/open-cell";
import { CELL_KEY, type ClosedRule, NHS, RAW, type Shown, TEN_FIVE, UNDER_5 } from "./rules";

/** An open cell in one period, by any rule. */
export type Watched = Omit<OpenState, "figure"> & { figure: Shown };

/** What a rule does with the open periods of a cell at one slot or tick. */
export interface OpenRule {
  name: string;
  pass(
    hmac: Hmac,
    cell: OpenCellName,
    clock: CellClock,
    states: readonly Watched[],
  ): { clock: CellClock; states: Watched[] };
  /** What is shown of a set when its figure is made. */
  figure(hmac: Hmac, cell: OpenCellName, state: Watched): Shown;
}

/** The product's rule for open figures. */
export const LIVE: OpenRule = {
  name: "sdc-1",
  pass(hmac, cell, clock, states) {
    const open = states.map(
      (state): OpenState => ({ ...state, figure: state.figure === null ? null : readFigure(state.figure) }),
    );
    const passed = passSlot(hmac, cell, clock, open);
    const fresh = (state: OpenState) => passed.refreshed.find(({ period }) => period === state.period);
    return { clock: passed.clock, states: open.map((state) => fresh(state) ?? state) };
  },
  figure: (hmac, cell, state) => openFigure(hmac, state.period, cell.id, state),
};

/** The product's rule as it was before clocks: a bounded quota of 5 to 9 people, at every tick. */
export const BOUNDED_QUOTA: OpenRule = {
  name: "sdc-1 without clock",
  pass(hmac, cell, clock, states) {
    return {
      clock,
      states: states.map((state) => {
        if (state.differing < 5) return state;
        const quota = settledQuota(hmac, state.period, `${cell.id}|${state.refreshNo}`, cell.sensitive);
        if (state.differing < quota) return state;
        const figure = openFigure(hmac, state.period, cell.id, state);
        return { ...state, differing: 0, refreshNo: state.refreshNo + 1, figure };
      }),
    };
  },
  figure: LIVE.figure,
};

/** A closed rule applied afresh at every tick. */
function atEveryTick(rule: ClosedRule): OpenRule {
  const figure = (hmac: Hmac, state: Watched) =>
    rule.show(
      state.people,
      0,
      rule.peopleErrors.length > 1 ? openError(hmac, eraOf(state.period), state.cellKey) : 0,
    );
  return {
    name: rule.name,
    pass: (hmac, _, clock, states) => ({
      clock,
      states: states.map((state) => ({ ...state, differing: 0, figure: figure(hmac, state) })),
    }),
    figure: (hmac, _, state) => figure(hmac, state),
  };
}

export const OPEN_PEERS: readonly OpenRule[] = [RAW, UNDER_5, NHS, TEN_FIVE, CELL_KEY].map(atEveryTick);
