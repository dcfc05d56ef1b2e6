/**
 * Attacks that compare figures of one cell over time: as it grows (D2), from period to period (P3, D3b), open against
 * settled (P4), and a closed period against its revision (P5, D9). The sets are those of chronic people in a cell of
 * 10 to 40, in which one person more or less is all that Alice is.
 */

import { Chance } from "../../server/demo/random";
import {
  addKeys,
  type Hmac,
  heldBy,
  openFigure,
  readFigure,
  settledQuota,
} from "../../server/domain/disclosure";
import type { CellClock } from "../../server/domain/open-cell";
import { type Period, shiftPeriod } from "../../server/domain/period";
import { type Telling, tellApart, tellByTable } from "./classifier";
import type { Guessing } from "./counts";
import { between, newPerson, poisson } from "./draws";
import type { OpenRule, Watched } from "./open-rules";
import { type ClosedRule, keyOf, period, SDC, type Shown } from "./rules";

const CELL = { id: "district:ZZ1|need:HOU|slice:all", sensitive: false };
const SIZE = [10, 40] as const;
const FIRST_MONTH = period("m:2025-10");

/** A set of people, and the figure that stands for it or for an earlier one that it may not leave. */
class Closed {
  people: number;
  private cellKey: bigint;
  private held: { figure: Shown; differing: number } | null = null;

  constructor(
    private readonly rule: ClosedRule,
    private readonly hmac: Hmac,
    private readonly chance: Chance,
  ) {
    this.people = between(chance, ...SIZE);
    this.cellKey = newPerson(chance);
  }

  /** So many people whom nobody has met before come, and so many go for good. */
  change(coming: number, going: number): void {
    const left = Math.min(going, this.people - 6);
    this.people += coming - left;
    for (let i = 0; i < coming + left; i += 1) this.cellKey = addKeys(this.cellKey, newPerson(this.chance));
    if (this.held) this.held.differing += coming + left;
  }

  /** Settles, or settles again: with hold by the product's rule, without by any other. */
  settle(when: Period): Shown {
    const earlier = this.rule === SDC && this.held ? [asEarlier(this.held)] : [];
    const quota = settledQuota(this.hmac, when, CELL.id, CELL.sensitive);
    const held = heldBy(earlier, this.people, quota);
    if (held) return held.figure;
    const at = { hmac: this.hmac, chance: this.chance, period: when, cell: CELL.id };
    const figure = this.rule.close(at, this.people, this.cellKey);
    this.held = { figure, differing: 0 };
    return figure;
  }

  /** The open figure of the set, by the product's rule; the count's by another. */
  open(when: Period): Shown {
    if (this.rule !== SDC) return this.settle(when);
    return openFigure(this.hmac, when, CELL.id, { people: this.people, cellKey: this.cellKey });
  }
}

const asEarlier = ({ figure, differing }: { figure: Shown; differing: number }) => ({
  figure: figure === null ? null : readFigure(figure),
  differing,
});

const step = (from: Shown, to: Shown) => `${from === null ? "hidden" : ""}${(to ?? 0) - (from ?? 0)}`;

/** People who come and go in a period, half and half. */
function churn(chance: Chance, set: Closed, mean: number): void {
  const changes = poisson(chance, mean);
  const coming = Array.from({ length: changes }, () => chance.happens(0.5)).filter(Boolean).length;
  set.change(coming, changes - coming);
}

/** Plays worlds with Alice and without, half each, and tells them apart by what they show. */
function tell(worlds: number, seed: string, show: (chance: Chance, came: boolean) => string): Telling {
  const chance = new Chance(seed);
  const draw = () =>
    Array.from({ length: worlds }, (_, i) => ({ came: i % 2 === 0, outcome: show(chance, i % 2 === 0) }));
  return tellByTable(draw(), draw());
}

/** P3: two closed months of the same chronic people; Alice joins in the second, and so many others change. */
export function joinedBetweenMonths(rule: ClosedRule, others: number, worlds: number, seed: string): Telling {
  return tell(worlds, seed, (chance, came) => {
    const set = new Closed(rule, keyOf(chance), chance);
    const first = set.settle(FIRST_MONTH);
    churn(chance, set, others);
    if (came) set.change(1, 0);
    return step(first, set.settle(shiftPeriod(FIRST_MONTH, 1)));
  });
}

/** D3b: twelve closed months before Alice joined and twelve after, with so many others changing each month. */
export function stepInTheMeans(rule: ClosedRule, others: number, worlds: number, seed: string): Telling {
  const chance = new Chance(seed);
  const mean = (figures: readonly number[]) =>
    figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  const moves = (figures: readonly number[]) =>
    figures.filter((figure, i) => i > 0 && figure !== figures[i - 1]).length;
  const draw = () =>
    Array.from({ length: worlds }, (_, i) => {
      const came = i % 2 === 0;
      const set = new Closed(rule, keyOf(chance), chance);
      const months = Array.from({ length: 24 }, (_, month) => {
        if (month > 0) churn(chance, set, others);
        if (month === 12 && came) set.change(1, 0);
        return set.settle(shiftPeriod(FIRST_MONTH, month)) ?? 5;
      });
      const [before, after] = [months.slice(0, 12), months.slice(12)];
      const rise = mean(after) - mean(before);
      const atOnce = (after[0] ?? 0) - (before[11] ?? 0);
      const features = [
        rise,
        Math.abs(rise),
        Math.sign(rise),
        atOnce,
        Math.sign(atOnce),
        Math.abs(atOnce),
        atOnce === 0 ? 1 : 0,
        moves(before),
        moves(after),
        atOnce === 0 ? 0 : moves(months),
      ];
      return { came, features };
    });
  return tellApart(draw(), draw());
}

/** P4: the last open figure against the settled one; so many others are late, and Alice is or is not. */
export function openAgainstSettled(rule: ClosedRule, late: number, worlds: number, seed: string): Telling {
  return tell(worlds, seed, (chance, came) => {
    const set = new Closed(rule, keyOf(chance), chance);
    const open = set.open(FIRST_MONTH);
    set.change(poisson(chance, late) + (came ? 1 : 0), 0);
    return step(open, set.settle(FIRST_MONTH));
  });
}

/** P5: a closed figure against its revision. D9: the same where Alice goes, by erasure, unlinking or a move. */
export function revised(
  rule: ClosedRule,
  late: number,
  alice: "comes" | "goes",
  worlds: number,
  seed: string,
): Telling {
  return tell(worlds, seed, (chance, happened) => {
    const set = new Closed(rule, keyOf(chance), chance);
    const first = set.settle(FIRST_MONTH);
    set.change(poisson(chance, late), 0);
    if (happened) set.change(alice === "comes" ? 1 : 0, alice === "goes" ? 1 : 0);
    return step(first, set.settle(FIRST_MONTH));
  });
}

const SURE = 0.95;
const FEWEST_IN_GROUP = 40;
const NO_CLOCK: CellClock = { slot: null, silentSlots: 0 };

/**
 * D2: a cell grows from nobody, so many people a slot (null: one at a time), to 40. How many were there when it first
 * showed, by what it showed and at which slot? Learned on half of the worlds.
 */
export function firstAppearance(
  rule: OpenRule,
  perSlot: number | null,
  worlds: number,
  seed: string,
): Guessing {
  const chance = new Chance(seed);
  const draw = () =>
    Array.from({ length: worlds }, () => {
      const hmac = keyOf(chance);
      let state: Watched = {
        period: period("m:2026-05"),
        people: 0,
        cellKey: 0n,
        differing: 0,
        refreshNo: 0,
        figure: null,
      };
      for (let slot = 1; ; slot += 1) {
        const entered = perSlot === null ? 1 : poisson(chance, perSlot);
        state = {
          ...state,
          people: state.people + entered,
          cellKey: entered > 0 ? newPerson(chance) : state.cellKey,
          differing: state.differing + entered,
        };
        state = rule.pass(hmac, CELL, NO_CLOCK, [state]).states[0] ?? state;
        const { figure, people } = state;
        if (figure !== null && figure > 0)
          return { seen: `${figure}/${perSlot === null ? 0 : Math.min(slot, 12)}`, people };
        if (people > 400) throw new Error("A cell of 400 people has never shown");
      }
    });
  const [learning, fresh] = [draw(), draw()];
  const groups = new Map<string, Map<number, number>>();
  for (const { seen, people } of learning) {
    const group = groups.get(seen) ?? new Map<number, number>();
    group.set(people, (group.get(people) ?? 0) + 1);
    groups.set(seen, group);
  }
  let [right, certain] = [0, 0];
  for (const { seen, people } of fresh) {
    const group = [...(groups.get(seen) ?? new Map<number, number>())];
    const all = group.reduce((sum, [, count]) => sum + count, 0);
    const [guess, times] = group.reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0]);
    if (guess === people) right += 1;
    if (all >= FEWEST_IN_GROUP && times / all >= SURE && people <= 9) certain += 1;
  }
  return { exact: right / worlds, certain: certain / worlds, certainOfSome: certain / worlds };
}
