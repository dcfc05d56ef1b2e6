/**
 * One difference as a study may say it: both groups' numbers made of figures, and the interval worked out of those and
 * widened for their deliberate error, so that it holds the true difference as often as it says. A verdict is given only
 * where the interval that is shown leaves out no difference.
 */

import { normalP, tOf, zOf } from "../change/distributions";
import { CONFIDENCE, newcombe } from "../change/intervals";
import { THRESHOLD } from "../disclosure";
import type { Effect } from "./analysis";
import type { OfferedOutcome } from "./codebook";
import {
  besideOf,
  type Cohort,
  ERROR_VARIANCE,
  figureOf,
  meanWithError,
  outcomeFigureOf,
  roughFigureOf,
  varianceOfDifference,
} from "./deliberate-error";
import { participantsNeeded, participantsNeededForMeans, roughlyUp } from "./planner";
import type { Few, ReportEffect, Verdict } from "./report-numbers";
import { FEWEST_MATCHED } from "./study";

/** What an effect is in numbers, before it has words. */
export type ToldEffect = Omit<ReportEffect, "label" | "verb" | "better" | "corrected">;

/** A spread is told so many people's moves above what comes out with its error: too small a one would be the worse mistake. */
const ABOVE = 3;
/** An error below this share of the mean is what is left of the last bits. */
const NO_SPREAD = 1e-9;
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
  /** Of which events in which time it is (`eventsName`), or that and a sub-group: whom they happened to has one error. */
  events: string;
  /** The method, by its place in the plan. */
  method: number;
  /** Participants who are matched: their figure is said elsewhere, too. Infinity where the effect is not of all of them. */
  matched: number;
  /** The highest value that one person can have in the outcome (`highestOf`); the lowest is 0. */
  highest: number;
}

/** Name of the errors of events and a time: outcomes of the same ones count the same people. */
export const eventsName = ({ kinds, followUp }: Pick<OfferedOutcome, "kinds" | "followUp">) =>
  `events:${[...kinds].sort().join()}|${followUp}`;

/** The effect as it may be said; null where a number behind it is too small. */
export function toldEffect(effect: Effect, named: Named): ToldEffect | null {
  if (![effect.treated, effect.comparison, effect.se].every(Number.isFinite)) return null;
  return effect.type === "binary" ? toldShares(effect, named) : toldMeans(effect, named);
}

/** Who is compared: figures; null where they are too few for an estimate. */
function sidesOf(effect: Effect, { cohort, name, events, method, matched }: Named) {
  const isOfAll = effect.nTreated === matched;
  const people = isOfAll
    ? figureOf(cohort, effect.nTreated, { by: "records" })
    : effect.type === "time"
      ? outcomeFigureOf(cohort, effect.nTreated, { by: `${events}|had`, of: matched })
      : figureOf(cohort, effect.nTreated, { by: `${name}|people` });
  const nComparison = roughFigureOf(cohort, effect.nComparison, `${name}|comparison|${method}`);
  const worth = roughFigureOf(cohort, Math.floor(effect.ess), `${name}|worth|${method}`);
  if (people === null || people < FEWEST_MATCHED) return null;
  if (nComparison === null || worth === null || worth < FEWEST_MATCHED) return null;
  return { people, nComparison, worth, beside: besideOf(people, worth) };
}

function toldShares(effect: Effect, named: Named): ToldEffect | null {
  const sides = sidesOf(effect, named);
  if (!sides) return null;
  const { people, worth, beside } = sides;
  const { cohort, events, method } = named;
  const share = (rate: number, times: number, by: string): number | null => {
    const [of, whole] = [effect.nTreated * times, people * times];
    // Those without the outcome are people, too.
    const figure = outcomeFigureOf(cohort, Math.round(rate * of), { by, of });
    return figure === null || whole - figure < THRESHOLD ? null : figure / whole;
  };
  const treated = share(effect.treated, 1, `${events}|had`);
  const comparison = share(effect.comparison, beside, `${events}|similar|${method}`);
  if (treated === null || comparison === null) return null;
  const difference = treated - comparison;
  const [low, high] = newcombe({ x1: treated * people, n1: people, x0: comparison * worth, n0: worth });
  const error = zOf(CONFIDENCE) * Math.sqrt(varianceOfDifference(people, worth, difference));
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
  const { cohort, name, events, method, highest } = named;
  const larger = Math.max(Math.abs(effect.treated), Math.abs(effect.comparison));
  if (!sides || !(effect.se > NO_SPREAD * (larger + 1)) || !(highest > 0)) return null;
  const { people, worth, beside } = sides;
  // Where nearly everybody has one value, a mean is a count of the few others.
  const apart = [
    outcomeFigureOf(cohort, Math.round(effect.apart.treated), { by: `${events}|had` }),
    outcomeFigureOf(cohort, Math.round(effect.apart.comparison), { by: `${events}|similar|${method}` }),
  ];
  if (apart.includes(null)) return null;
  // One person moves a mean as far as from the lowest value to the highest, whatever the others have.
  const step = highest / people;
  const mean = (value: number, by: string, each: number) =>
    Math.min(highest, Math.max(0, meanWithError(cohort, value, each, `${name}|${by}`)));
  const treated = mean(effect.treated, "had", step);
  const comparison = mean(effect.comparison, `similar|${method}`, step / beside);
  if (effect.type === "count" && Math.min(treated, comparison) * people < THRESHOLD) return null;
  const variance = toldVariance(effect, named, { people, about: (treated + comparison) / 2 });
  const deviation = Math.sqrt(variance);
  const spread = variance * (1 / people + 1 / worth);
  const half =
    tOf(CONFIDENCE, people - 1) * Math.sqrt(spread + ERROR_VARIANCE * step ** 2 * (1 + beside ** -2));
  const difference = treated - comparison;
  const wide = { treated, comparison, low: difference - half, high: difference + half };
  const how = MEASURED[effect.type === "binary" ? "number" : effect.type];
  const told = shown(wide, how.times, how.digits ?? digitsOf(deviation));
  const needed =
    told.verdict === "not-clear" ? neededForMeans(difference, { deviation, highest }, worth) : null;
  return { outcome: effect.outcome, type: effect.type, unit: how.unit, ...told, ...counts(sides), needed };
}

/**
 * The variance of a value as it may be told. One person moves it as far as the square of the greatest distance from the
 * mean, over the number of people: it has an error of so many people, to five, and is never above what values between
 * none and the highest can have about such a mean.
 */
function toldVariance(
  { se, nTreated, ess }: Effect,
  { cohort, name, method, highest }: Named,
  { people, about }: { people: number; about: number },
): number {
  const mean = Math.min(highest * MIDDLING, Math.max(highest * (1 - MIDDLING), about));
  const exact = se ** 2 / (1 / nTreated + 1 / ess);
  const step = Math.max(mean, highest - mean) ** 2 / people;
  const told = meanWithError(cohort, exact, step, `${name}|variance|${method}`) + ABOVE * step;
  return Math.min(mean * (highest - mean), Math.max(step, told));
}

/** A mean nearer to an end than this share of the way would leave no room for a spread. */
const MIDDLING = 0.99;

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
    participantsNeeded(
      { comparison: worth, baseRate: comparison, towards, asShown: true },
      Math.abs(difference),
    ),
  );
}

function neededForMeans(
  difference: number,
  of: { deviation: number; highest: number },
  worth: number,
): number | null {
  if (difference === 0) return null;
  return roughly(participantsNeededForMeans(difference, of, worth));
}
