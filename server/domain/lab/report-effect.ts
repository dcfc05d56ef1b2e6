/**
 * One difference as a study may say it: both groups' numbers made of figures, and the interval worked out of those and
 * widened for their deliberate error, so that it holds the true difference as often as it says. A verdict is given only
 * where the interval that is shown leaves out no difference.
 */

import { normalP, tOf, zOf } from "../change/distributions";
import { CONFIDENCE, newcombe } from "../change/intervals";
import { THRESHOLD } from "../disclosure";
import type { Effect } from "./analysis";
import {
  type Cohort,
  ERROR_VARIANCE,
  figureOf,
  meanWithError,
  roughFigureOf,
  toSteps,
} from "./deliberate-error";
import { participantsNeeded, participantsNeededForMeans, roughlyUp } from "./planner";
import type { Few, ReportEffect, Verdict } from "./report-numbers";
import { FEWEST_MATCHED } from "./study";

/** What an effect is in numbers, before it has words. */
export type ToldEffect = Omit<ReportEffect, "label" | "verb" | "better" | "corrected">;

/** Two people beside each participant: what is compared with is moved by one participant half as far as they are. */
const BESIDE = 2;
/** Standard deviations that one person's value is thought to lie from the mean. */
const FAR = 2;
/** Standard deviations are taken to the next of a row in which each is so many times the one before. */
const DEVIATIONS = 1.2;
/** Numbers of people needed beyond this are not said. */
const MOST_NEEDED = 20_000;

/**
 * Names of an effect's errors. Those who took part are the same by every method, so their error is; whom they are
 * compared with differs, and has an error of its own.
 */
interface Named {
  cohort: Cohort;
  /** "outcome:reoffended", or that and a sub-group. */
  name: string;
  /** The method, by its place in the plan. */
  method: number;
  /** Participants who are matched, where the effect is of all of them: their figure is said elsewhere, too. */
  matched: number;
}

/** The effect as it may be said; null where a number behind it is too small. */
export function toldEffect(effect: Effect, named: Named): ToldEffect | null {
  return effect.type === "binary" ? toldShares(effect, named) : toldMeans(effect, named);
}

/** Who is compared: figures; null where they are too few for an estimate. */
function sidesOf(effect: Effect, { cohort, name, method, matched }: Named) {
  const by = effect.nTreated === matched ? "records" : `${name}|people`;
  const people = figureOf(cohort, effect.nTreated, { by });
  const nComparison = roughFigureOf(cohort, effect.nComparison, `${name}|comparison|${method}`);
  const worth = roughFigureOf(cohort, Math.floor(effect.ess), `${name}|worth|${method}`);
  if (people === null || people < FEWEST_MATCHED) return null;
  if (nComparison === null || worth === null || worth < FEWEST_MATCHED) return null;
  return { people, nComparison, worth, beside: worth >= BESIDE * people ? BESIDE : 1 };
}

function toldShares(effect: Effect, named: Named): ToldEffect | null {
  const sides = sidesOf(effect, named);
  if (!sides) return null;
  const { people, worth, beside } = sides;
  const { cohort, name, method } = named;
  const share = (part: number, whole: number, by: string): number | null => {
    const figure = figureOf(cohort, Math.round(part), { by });
    // Those without the outcome are people, too.
    return figure === null || whole - figure < THRESHOLD ? null : figure / whole;
  };
  const treated = share(effect.treated * effect.nTreated, people, `${name}|had`);
  const comparison = share(
    effect.comparison * effect.nTreated * beside,
    people * beside,
    `${name}|similar|${method}`,
  );
  if (treated === null || comparison === null) return null;
  const difference = treated - comparison;
  const [low, high] = newcombe({ x1: treated * people, n1: people, x0: comparison * worth, n0: worth });
  const error =
    zOf(CONFIDENCE) * Math.sqrt(ERROR_VARIANCE * (1 + beside ** -2 + difference ** 2)) * (1 / people);
  const wide = {
    low: difference - Math.hypot(difference - low, error),
    high: difference + Math.hypot(high - difference, error),
  };
  const told = shown({ treated, comparison, ...wide }, 100, 0);
  const needed =
    told.verdict === "not-clear" ? neededForShares(told.difference / 100, comparison, worth) : null;
  return { outcome: effect.outcome, type: "binary", unit: "per-100", ...told, ...counts(sides), needed };
}

function toldMeans(effect: Effect, named: Named): ToldEffect | null {
  const sides = sidesOf(effect, named);
  if (!sides || !(effect.se > 0)) return null;
  const { people, worth, beside } = sides;
  const { cohort, name, method } = named;
  const exact = effect.se / Math.sqrt(1 / effect.nTreated + 1 / effect.ess);
  const deviation =
    DEVIATIONS **
    (1 + toSteps(cohort, Math.log(exact) / Math.log(DEVIATIONS), 1, `${name}|deviation|${method}`));
  const step = (FAR * deviation) / people;
  const isNeverBelowNone = effect.type !== "number";
  const mean = (value: number, by: string, each: number) => {
    const told = meanWithError(cohort, value, each, `${name}|${by}`);
    return isNeverBelowNone ? Math.max(0, told) : told;
  };
  const treated = mean(effect.treated, "had", step);
  const comparison = mean(effect.comparison, `similar|${method}`, step / beside);
  if (effect.type === "count" && Math.min(treated, comparison) * people < THRESHOLD) return null;
  const spread = deviation ** 2 * (1 / people + 1 / worth);
  const half =
    tOf(CONFIDENCE, people - 1) * Math.sqrt(spread + ERROR_VARIANCE * step ** 2 * (1 + beside ** -2));
  const difference = treated - comparison;
  const wide = { treated, comparison, low: difference - half, high: difference + half };
  const how = MEASURED[effect.type === "binary" ? "number" : effect.type];
  const told = shown(wide, how.times, how.digits ?? digitsOf(deviation));
  const needed = told.verdict === "not-clear" ? neededForMeans(difference, deviation, worth) : null;
  return { outcome: effect.outcome, type: effect.type, unit: how.unit, ...told, ...counts(sides), needed };
}

const MEASURED = {
  count: { unit: "per-100", times: 100, digits: 0 },
  time: { unit: "days", times: 1, digits: 0 },
  number: { unit: "points", times: 1, digits: null },
} as const;

const counts = ({ people, nComparison, worth }: { people: Few; nComparison: Few; worth: Few }) => ({
  nTreated: people,
  nComparison,
  worth,
});

/** Digits after the point with which a hundredth of a deviation still shows, at most three. */
const digitsOf = (deviation: number) => Math.min(3, Math.max(0, 1 - Math.floor(Math.log10(deviation))));

/** A number that lies on a step but for the last bits lies on it. */
const BITS = 1e-9;

/** The numbers as they stand in the report: ends of the interval outwards, the verdict and p by what is shown. */
function shown(
  exact: { treated: number; comparison: number; low: number; high: number },
  times: number,
  digits: number,
) {
  const unit = times * 10 ** digits;
  const back = (whole: number) => Number((whole / 10 ** digits).toFixed(digits)) + 0;
  const [treated, comparison] = [Math.round(exact.treated * unit), Math.round(exact.comparison * unit)];
  const difference = treated - comparison;
  // Rounding the two apart may move their difference past an end that was next to it.
  const low = Math.min(difference, Math.floor(exact.low * unit + BITS));
  const high = Math.max(difference, Math.ceil(exact.high * unit - BITS));
  const verdict: Verdict = high < 0 ? "fewer" : low > 0 ? "more" : "not-clear";
  return {
    treated: back(treated),
    comparison: back(comparison),
    difference: back(difference),
    low: back(low),
    high: back(high),
    p: pOf(difference, difference < 0 ? high : low),
    verdict,
  };
}

/** Two-sided p that goes with the end of the interval nearest to no difference, to two figures. */
function pOf(difference: number, end: number): number {
  if (difference === 0) return 1;
  const error = Math.abs(difference - end) / zOf(CONFIDENCE);
  return Number((error > 0 ? normalP(difference / error) : 0).toPrecision(2));
}

/** Null beyond what any study has. */
const roughly = (people: number | null): number | null =>
  people !== null && people <= MOST_NEEDED ? roughlyUp(people) : null;

function neededForShares(difference: number, comparison: number, worth: number): number | null {
  if (difference === 0) return null;
  const towards = difference < 0 ? "fewer" : "more";
  return roughly(
    participantsNeeded({ comparison: worth, baseRate: comparison, towards }, Math.abs(difference)),
  );
}

function neededForMeans(difference: number, deviation: number, worth: number): number | null {
  if (difference === 0) return null;
  return roughly(participantsNeededForMeans(difference, deviation, worth));
}
