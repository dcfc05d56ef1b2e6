/**
 * Attacks by somebody inside one organisation, who can add invented people and sees the figures move (D4, D4b). Nobody
 * else comes meanwhile, and a cell may move at every tick: both worse than any clock.
 */

import { Chance } from "../../server/demo/random";
import type { CellClock } from "../../server/domain/open-cell";
import { type Telling, tellByTable } from "./classifier";
import { type Guessing, play } from "./counts";
import { between, newPerson } from "./draws";
import type { OpenRule, Watched } from "./open-rules";
import { Knowledge } from "./posterior";
import { type ClosedRule, keyOf, period, type Shown } from "./rules";

const CELL = { id: "district:ZZ1|need:HOU|slice:all", sensitive: false };
const NO_CLOCK: CellClock = { slot: null, silentSlots: 0 };
const MOST_WAITING = 64;

/** Chance that a figure is made afresh when so many wait, and none was made before: what is known of each quota. */
export const MEMORYLESS = (waiting: number) => (waiting < 5 ? 0 : waiting >= MOST_WAITING ? 1 : 1 / 8);
/** The same for a quota from 5 to 9, as a settled figure holds: the longer nothing moved, the likelier it does. */
export const BOUNDED = (waiting: number) => (waiting < 5 ? 0 : 1 / Math.max(1, 10 - waiting));
/** The same where a figure is made afresh at every look. */
export const ALWAYS = () => 1;

function start(people: number, cellKey: bigint): Watched {
  return { period: period("m:2026-05"), people, cellKey, differing: people, refreshNo: 0, figure: null };
}

function joined(state: Watched, chance: Chance): Watched {
  return { ...state, people: state.people + 1, cellKey: newPerson(chance), differing: state.differing + 1 };
}

/**
 * D4: how many others are in a cell that nobody else changes? The insider adds invented people one by one, and follows
 * what may have happened inside: how many wait, which error the place has, for each number of others.
 */
export function addOneByOne(
  rule: OpenRule,
  known: ClosedRule,
  hazard: (waiting: number) => number,
  { invented, trials, seed }: { invented: number; trials: number; seed: string },
): Guessing {
  const knowledge = new Knowledge(known);
  return play(trials, seed, (chance) => {
    const hmac = keyOf(chance);
    const truth = between(chance, 1, 9);
    let state = start(truth, newPerson(chance));
    const shown: Shown[] = [];
    for (let added = 0; added <= invented; added += 1) {
      if (added > 0) state = joined(state, chance);
      state = rule.pass(hmac, CELL, NO_CLOCK, [state]).states[0] ?? state;
      shown.push(state.figure);
    }
    return {
      truth,
      prior: [1, 9],
      likelihood: (others) =>
        known.placeErrors.reduce(
          (sum, [place, likely]) => sum + likely * chanceOf(shown, others, place, knowledge, hazard),
          0,
        ),
    };
  });
}

/** Chance of all that was shown, with so many others and this error of the place: forward over how many wait. */
function chanceOf(
  shown: readonly Shown[],
  others: number,
  place: number,
  knowledge: Knowledge,
  hazard: (waiting: number) => number,
): number {
  let waiting = new Float64Array(MOST_WAITING + 1);
  // The others came together, before anything was shown.
  let still = 1;
  for (let i = 1; i <= others; i += 1) still *= 1 - hazard(i);
  const first = shown[0] ?? null;
  waiting[0] = (1 - still) * knowledge.chance(first, others, place);
  if (others === 0 && hazard(0) === 1) waiting[0] = knowledge.chance(first, 0, place);
  else if (first === null) waiting[others] = (waiting[others] ?? 0) + still;
  for (let added = 1; added < shown.length; added += 1) {
    const figure = shown[added] ?? null;
    const same = figure === shown[added - 1];
    const fresh = knowledge.chance(figure, others + added, place);
    const next = new Float64Array(MOST_WAITING + 1);
    for (let i = 0; i < MOST_WAITING; i += 1) {
      const before = waiting[i] ?? 0;
      if (before === 0) continue;
      const made = hazard(i + 1);
      next[0] = (next[0] ?? 0) + before * made * fresh;
      if (same) next[i + 1] = (next[i + 1] ?? 0) + before * (1 - made);
    }
    waiting = next;
  }
  return waiting.reduce((sum, chance) => sum + chance, 0);
}

/** Additions without a visible change after which the insider thinks the cell armed. */
const ARMED = 8;

/**
 * D4b: the insider adds invented people until the cell has not moved for long, which arms a bounded quota, and then
 * waits: does it move when Alice comes? Nobody else comes.
 */
export function arm(rule: OpenRule, budget: number, worlds: number, seed: string): Telling {
  const chance = new Chance(seed);
  const draw = () =>
    Array.from({ length: worlds }, (_, i) => {
      const came = i % 2 === 0;
      const hmac = keyOf(chance);
      let state = start(between(chance, 10, 40), newPerson(chance));
      const tick = () => {
        const before = state.figure;
        state = rule.pass(hmac, CELL, NO_CLOCK, [state]).states[0] ?? state;
        return state.figure !== before;
      };
      tick();
      let waiting = 0;
      for (let added = 0; added < budget && waiting < ARMED; added += 1) {
        state = joined(state, chance);
        waiting = tick() ? 0 : waiting + 1;
      }
      if (came) state = joined(state, chance);
      const moved = tick();
      return { came, outcome: `${waiting}/${moved}` };
    });
  return tellByTable(draw(), draw());
}
