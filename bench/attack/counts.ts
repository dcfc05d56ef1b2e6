/**
 * Attacks on a hidden count by closed figures (D3, D5, D5b, D6, D8, P1, P2): sums of figures that contain it, figures
 * beside one's own caseload, several figures of one set. Whoever guesses knows the method, its tables and the ranges
 * that counts are drawn from, and works out the whole posterior.
 */

import { Chance } from "../../server/demo/random";
import {
  type EarlierSet,
  type Figure,
  type Hmac,
  heldBy,
  openFigure,
  settledFigure,
  settledQuota,
} from "../../server/domain/disclosure";
import { type Period, shiftPeriod } from "../../server/domain/period";
import { between, newPerson } from "./draws";
import { bestGuess, Knowledge, plus, type Spread, spreadOf } from "./posterior";
import { type ClosedRule, keyOf, period, SDC, type Shown } from "./rules";

/** How often a guess was right, and in which share of trials one could be 95% sure of a true count of 1 to 9. */
export interface Guessing {
  exact: number;
  /** Where 0 to 14 were thought possible, which is how certainty is defined (`docs/methods/disclosure.md`). */
  certain: number;
  /** Where it was known beforehand that there are 1 to 9: the truncated prior itself then gives away the ends. */
  certainOfSome: number;
}

/** What was hidden, and how likely what was seen is for each count. */
interface Guess {
  truth: number;
  /** Counts that are thought possible for the guess. */
  prior: readonly [least: number, most: number];
  likelihood: (count: number) => number;
}

export type Game = (chance: Chance) => Guess;

const SURE = 0.95;
/** Counts that are hidden, those of cells beside them, and those of parents that are cut in many ways. */
const HIDDEN = [1, 9] as const;
const WIDE = [0, 14] as const;
const SEEN = [10, 40] as const;
const PARENT = [100, 200] as const;

/** Plays a game so many times. */
export function play(trials: number, seed: string, game: Game): Guessing {
  const chance = new Chance(seed);
  let [right, certain, certainOfSome] = [0, 0, 0];
  for (let trial = 0; trial < trials; trial += 1) {
    const { truth, prior, likelihood: work } = game(chance);
    const likelihood = remembering(work);
    const { guess, sure } = bestGuess(spreadOf(...prior, likelihood));
    if (guess === truth) right += 1;
    if (truth > HIDDEN[1]) continue;
    if (sure >= SURE) certainOfSome += 1;
    if (bestGuess(spreadOf(...WIDE, likelihood)).sure >= SURE) certain += 1;
  }
  return { exact: right / trials, certain: certain / trials, certainOfSome: certainOfSome / trials };
}

function remembering(work: (count: number) => number): (count: number) => number {
  const known = new Map<number, number>();
  return (count) => {
    const found = known.get(count) ?? work(count);
    known.set(count, found);
    return found;
  };
}

/** Where a game is played: a key of its own, so that no error is met twice but by chance. */
function table(chance: Chance) {
  const hmac = keyOf(chance);
  const at = (cell: string, when = "q:2026-Q1") => ({ hmac, chance, period: period(when), cell });
  return { hmac, at };
}

/** D8: the figure of a cell less one's own caseload in it. One other organisation. */
export function lessOwnCaseload(rule: ClosedRule): Game {
  const known = new Knowledge(rule);
  return (chance) => {
    const { at } = table(chance);
    const own = between(chance, ...SEEN);
    const truth = between(chance, ...HIDDEN);
    const shown = rule.close(at("whole"), own + truth);
    return { truth, prior: HIDDEN, likelihood: (count) => known.anyPlace(shown, own + count) };
  };
}

/** D5: a total less its other parts, all of them in sight; nobody is in two parts. The hidden part's own figure is read too. */
export function totalLessParts(rule: ClosedRule, parts: number): Game {
  const known = new Knowledge(rule);
  const ofPart = new Map<Shown, Spread>();
  const partOf = (shown: Shown) => {
    const spread = ofPart.get(shown) ?? spreadOf(...SEEN, (count) => known.anyPlace(shown, count));
    ofPart.set(shown, spread);
    return spread;
  };
  return (chance) => {
    const { at } = table(chance);
    const truth = between(chance, ...HIDDEN);
    const counts = Array.from({ length: parts }, () => between(chance, ...SEEN));
    const total = rule.close(
      at("total"),
      counts.reduce((sum, count) => sum + count, truth),
    );
    const own = rule.close(at("hidden"), truth);
    const others = counts.map((count, i) => partOf(rule.close(at(`part ${i}`), count))).reduce(plus);
    return {
      truth,
      prior: HIDDEN,
      likelihood: (count) =>
        sumOver(others, (other) => known.anyPlace(total, count + other)) * known.anyPlace(own, count),
    };
  };
}

/**
 * P1 and P2: a period less the shorter ones inside it, all but one in sight: a quarter less two months, a year less
 * three quarters. Nobody comes twice, which is the worst case. One place, so its error is in every figure. Hold is
 * asked, as in settling, and finds the sets too far apart.
 */
export function periodLessShorter(rule: ClosedRule, shorter: "month" | "quarter"): Game {
  const known = new Knowledge(rule);
  const [whole, first, parts] =
    shorter === "month" ? (["q:2026-Q1", "m:2026-04", 2] as const) : (["y:2026", "q:2026-Q1", 3] as const);
  const periods = Array.from({ length: parts + 1 }, (_, i) => shiftPeriod(period(first), i));
  const ofPart = new Map<string, Spread>();
  const partOf = (shown: Shown, place: number) => {
    const name = `${shown}/${place}`;
    const spread = ofPart.get(name) ?? spreadOf(...SEEN, (count) => known.chance(shown, count, place));
    ofPart.set(name, spread);
    return spread;
  };
  return (chance) => {
    const { hmac } = table(chance);
    const cell = "district:ZZ1|need:HOU|slice:all";
    const truth = between(chance, ...HIDDEN);
    const counts = [...Array.from({ length: parts }, () => between(chance, ...SEEN)), truth];
    const people = counts.reduce((sum, count) => sum + count, 0);
    const shown = periods.map((each, i) => rule.close({ hmac, chance, period: each, cell }, counts[i] ?? 0));
    // What settled before is as far from the whole as there are people in the rest.
    const earlier = counts.map((count) => ({ figure: null, differing: people - count }));
    const quota = settledQuota(hmac, period(whole), cell, false);
    if (rule === SDC && heldBy(earlier, people, quota))
      throw new Error("These sets are too far apart to hold");
    const total = rule.close({ hmac, chance, period: period(whole), cell }, people);
    const places = rule.placeErrors.map(([place, likely]) => ({
      place,
      likely,
      others: shown
        .slice(0, parts)
        .map((figure) => partOf(figure, place))
        .reduce(plus),
    }));
    return {
      truth,
      prior: HIDDEN,
      likelihood: (count) =>
        places.reduce((sum, { place, likely, others }) => {
          const rest = sumOver(others, (other) => known.chance(total, count + other, place));
          return sum + likely * rest * known.chance(shown[parts] ?? null, count, place);
        }, 0),
    };
  };
}

/**
 * D5b: the same, by somebody who has averaged away the error that follows the people and the rounding of every cell,
 * an upper bound of long watching. Only the errors of the places are left.
 */
export function placeErrorsAlone(rule: ClosedRule, parts: number): Game {
  const place: Spread = {
    from: Math.min(...rule.placeErrors.map(([error]) => error)),
    chances: Float64Array.from(rule.placeErrors, ([, likely]) => likely),
  };
  // Errors are as likely up as down, so the difference of several spreads as their sum.
  const errors = Array.from({ length: parts + 1 }, () => place).reduce(plus);
  return (chance) => {
    const { at } = table(chance);
    const truth = between(chance, ...HIDDEN);
    const wholeError = rule.placeError(at("total"));
    const partErrors = Array.from({ length: parts }, (_, i) => rule.placeError(at(`part ${i}`)));
    const left = truth + wholeError - partErrors.reduce((sum, error) => sum + error, 0);
    return { truth, prior: HIDDEN, likelihood: (count) => errors.chances[left - count - errors.from] ?? 0 };
  };
}

/**
 * D6: a parent that is cut in several ways, every part of each read: all of it put together gives its count. `parts`
 * of each cut; what share falls into which part is anyone's guess, and small parts are hidden, as they are in life.
 */
export function everyCut(rule: ClosedRule, parts: readonly number[]): Game {
  const known = new Knowledge(rule);
  const ofPart = new Map<Shown, Spread>();
  const partOf = (shown: Shown) => {
    const spread =
      ofPart.get(shown) ?? trimmed(spreadOf(0, PARENT[1], (count) => known.anyPlace(shown, count)));
    ofPart.set(shown, spread);
    return spread;
  };
  return (chance) => {
    const { at } = table(chance);
    const truth = between(chance, ...PARENT);
    const total = rule.close(at("whole"), truth);
    const cuts = parts.map((number, cut) =>
      partsOf(chance, truth, number)
        .map((count, i) => partOf(rule.close(at(`cut ${cut} part ${i}`), count)))
        .reduce(plus),
    );
    return {
      truth,
      prior: PARENT,
      likelihood: (count) =>
        cuts.reduce(
          (product, { from, chances }) => product * (chances[count - from] ?? 0),
          known.anyPlace(total, count),
        ),
    };
  };
}

/** D3: a set that does not change, read for a year: its open figure, then the settled one, month after month. */
export function stillSet(rule: ClosedRule): Game {
  const known = new Knowledge(rule);
  return (chance) => {
    const { hmac } = table(chance);
    const cell = "district:ZZ1|need:HOU|slice:all";
    const truth = between(chance, ...SEEN);
    const shown =
      rule === SDC ? yearOfStillSet(hmac, chance, cell, truth) : peerYear(rule, hmac, chance, cell, truth);
    return {
      truth,
      prior: SEEN,
      likelihood: (count) =>
        rule.placeErrors.reduce(
          (sum, [place, likely]) =>
            sum +
            shown.reduce<number>((product, figure) => product * known.chance(figure, count, place), likely),
          0,
        ),
    };
  };
}

/** The figures of twelve months of one set, each different draw once: whoever reads one twice learns nothing. */
function yearOfStillSet(hmac: Hmac, chance: Chance, cell: string, people: number): Shown[] {
  const set = { people, cellKey: newPerson(chance) };
  const open = new Set<Figure | null>();
  const settled = new Set<Figure | null>();
  let before: EarlierSet | null = null;
  for (let month = 0; month < 12; month += 1) {
    const now: Period = shiftPeriod(period("m:2026-04"), month);
    open.add(openFigure(hmac, now, cell, set));
    const held: EarlierSet | null = heldBy(
      before ? [before] : [],
      people,
      settledQuota(hmac, now, cell, false),
    );
    before = { figure: held ? held.figure : settledFigure(hmac, now, cell, set), differing: 0 };
    settled.add(before.figure);
  }
  if (open.size > 1 || settled.size > 1)
    throw new Error("A set that does not change has shown more than two figures");
  return [...open, ...settled];
}

function peerYear(rule: ClosedRule, hmac: Hmac, chance: Chance, cell: string, people: number): Shown[] {
  return [rule.close({ hmac, chance, period: period("m:2026-04"), cell }, people)];
}

/** A count in so many parts, of which some are several times as large as others. */
function partsOf(chance: Chance, count: number, parts: number): number[] {
  const weights = Array.from({ length: parts }, () => 0.3 - Math.log(1 - chance.unit()));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = new Array<number>(parts).fill(0);
  for (let person = 0; person < count; person += 1) {
    let at = chance.unit() * all;
    let part = 0;
    while (part < parts - 1 && at >= (weights[part] ?? 0)) {
      at -= weights[part] ?? 0;
      part += 1;
    }
    counts[part] = (counts[part] ?? 0) + 1;
  }
  return counts;
}

/** A spread without the ends that cannot be. */
function trimmed({ from, chances }: Spread): Spread {
  const first = chances.findIndex((likely) => likely > 0);
  let last = chances.length - 1;
  while (last > first && chances[last] === 0) last -= 1;
  return { from: from + first, chances: chances.slice(first, last + 1) };
}

function sumOver({ from, chances }: Spread, of: (value: number) => number): number {
  let sum = 0;
  for (const [i, likely] of chances.entries()) if (likely > 0) sum += likely * of(from + i);
  return sum;
}
