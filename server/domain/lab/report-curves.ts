/**
 * Two curves at a few fixed days: of every 100, how many had no event yet. Made of figures of those who had one by then.
 * The last has the error of the outcome that happened or not where the plan has it, so that both say the same. The days
 * before have larger errors of their own: with the same one, whoever knows of one day would know the error of all.
 */

import { THRESHOLD } from "../disclosure";
import type { MethodResult } from "./analysis";
import type { Codebook, OfferedOutcome } from "./codebook";
import { besideOf, type Cohort, figureOf, OUTCOME_DRAWS, outcomeFigureOf } from "./deliberate-error";
import { CURVE_DAYS } from "./effects-time";
import { eventsName, type ToldEffect } from "./report-effect";
import type { ReportNumbers } from "./report-numbers";

/** The curves of the first outcome of the plan that is a time; null where a number behind them is too small. */
export function toldCurves(
  { effects, treatedMatched }: MethodResult,
  told: ReadonlyMap<string, ToldEffect | null>,
  codebook: Codebook,
  cohort: Cohort,
): ReportNumbers["curves"] {
  const effect = effects.find(({ type }) => type === "time");
  const offered = codebook.outcomes.find(({ name }) => name === effect?.outcome);
  if (!effect || !offered) return null;
  const [happened] = codebook.outcomes.filter(
    (each) => each.type === "binary" && isSame(each, offered) && told.get(each.name),
  );
  const binary = happened && told.get(happened.name);
  const people = binary?.nTreated ?? figureOf(cohort, treatedMatched, { by: "records" });
  if (people === null) return null;
  const name = eventsName(offered);
  const beside = besideOf(people, binary?.worth ?? 0);
  const left = (share: number | undefined, times: number, side: string, day: number): number | null => {
    const of = treatedMatched * times;
    const many = Math.round((1 - (share ?? 1)) * of);
    const how =
      day === offered.followUp ? { by: side, of } : { by: `${side}|by day ${day}`, of, draws: DRAWS_BEFORE };
    const had = outcomeFigureOf(cohort, many, how);
    if (had === null || people * times - had < THRESHOLD) return null;
    // What is left of what is said of the outcome, so that the two add up.
    return 100 - Math.round((100 * had) / (people * times));
  };
  const points = CURVE_DAYS.filter((day) => day <= offered.followUp).flatMap((day) => {
    const treated = left(effect.besides[`kmTreated${day}`], 1, `${name}|had`, day);
    const comparison = left(effect.besides[`kmComparison${day}`], beside, `${name}|similar|0`, day);
    return treated === null || comparison === null ? [] : [{ day, treated, comparison }];
  });
  if (points.length === 0) return null;
  return {
    days: points.map(({ day }) => day),
    treated: falling(points.map(({ treated }) => treated)),
    comparison: falling(points.map(({ comparison }) => comparison)),
  };
}

/** Draws of the error of the days before the last. */
const DRAWS_BEFORE = 2 * OUTCOME_DRAWS;

/** Errors of their own could show fewer at an earlier day: none is below a later one. */
const falling = (shares: readonly number[]) => shares.map((_, at) => Math.max(...shares.slice(at)));

/** Whether two outcomes are of the same events over the same time. */
const isSame = (one: OfferedOutcome, other: OfferedOutcome) => eventsName(one) === eventsName(other);
