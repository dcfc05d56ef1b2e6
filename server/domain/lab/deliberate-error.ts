/**
 * The deliberate error of a study's numbers. It follows the whole cohort that was sent and what is counted, never the
 * people who are counted: the same cohort has the same error however it is asked about, and of two cohorts that differ in
 * one person every error differs, so that nobody can tell that person's part from it (`docs/methods/lab.md`).
 */

import {
  addKeys,
  cellKeyHex,
  FEWEST_PEOPLE,
  type Hmac,
  publish,
  ROUNDED_TO,
  recordKey,
  settledError,
  staticError,
  THRESHOLD,
} from "../disclosure";
import type { Few } from "./report-numbers";

/** The installation's keyed hash, and whom a study is about. */
export interface Cohort {
  hmac: Hmac;
  /** Sum of the record keys of everybody who was sent, modulo 2^64 (`cohortKeyOf`). */
  key: bigint;
}

/** Key of a cohort: of everybody in the file, whatever became of them. A person sent twice counts once. */
export function cohortKeyOf(hmac: Hmac, people: Iterable<string>): bigint {
  let key = 0n;
  for (const person of new Set(people)) key = addKeys(key, recordKey(hmac, person));
  return key;
}

/** A cohort's errors never begin anew: a later year would be another draw for the same people. */
const ERA = "lab";

/**
 * Draws that are added up to the error of what came of people. An organisation may know what became of all of its cohort
 * but one: as many outcomes as a plan has (`MOST_OUTCOMES_TOLD`) then tell of that one together what a single count with
 * one draw would.
 */
export const OUTCOME_DRAWS = 3;

/** Variance of what came of people, as shown, about the true number, in people: each draw (1.5 and 2), rounding to 5 (2). */
export const ERROR_VARIANCE = OUTCOME_DRAWS * (1.5 + 2) + 2;

/** Two people beside each participant: what is compared with is moved by one participant half as far as they are. */
const BESIDE = 2;

/** As many similar people a comparison group is told as, for each participant: two where it is worth so many, else one. */
export const besideOf = (participants: number, worth: number): number =>
  worth >= BESIDE * participants ? BESIDE : 1;

/** Variance of a difference of two shares by their deliberate errors and rounding, with so many participants. */
export const varianceOfDifference = (participants: number, worth: number, difference: number): number =>
  (ERROR_VARIANCE * (1 + besideOf(participants, worth) ** -2 + difference ** 2)) / participants ** 2;

/** The two layers for what is counted: -2 to 2 and -3 to 3. */
function errorOf({ hmac, key }: Cohort, what: string): { place: number; set: number } {
  const cell = `study:${cellKeyHex(key)}|lab:${what}`;
  // What is counted stands among the people as one more: each count of a cohort has a draw of its own.
  const set = addKeys(key, recordKey(hmac, `lab|${what}`));
  return { place: staticError(hmac, ERA, cell), set: settledError(hmac, ERA, set) };
}

/**
 * A number of people as a figure, or null for fewer than 10 and none. Counts with the same `by` have the same error, so
 * that whoever moves all of them at once cannot be told from another error; with `against` they have its opposite.
 */
export function figureOf(
  cohort: Cohort,
  people: number,
  { by, against = false }: { by: string; against?: boolean },
): Few {
  const { place, set } = errorOf(cohort, by);
  return against ? publish(people, -place, -set) : publish(people, place, set);
}

/** Fewest that a figure of so many draws shows: no figure stands for fewer than five people, whatever its error is. */
const fewestShown = (draws: number): number => THRESHOLD + (THRESHOLD - FEWEST_PEOPLE) * (draws - 1);

/** Fewest people with an outcome, and fewest without it, of whom a number is shown: 20. */
export const FEWEST_WITH_OUTCOME = fewestShown(OUTCOME_DRAWS);

/**
 * A number of people whom something came of, as a figure with the error of an outcome. Null where they could be fewer
 * than five by what is shown (fewer than 20 with three draws), and where the rest of `of` people could.
 */
export function outcomeFigureOf(
  cohort: Cohort,
  people: number,
  { by, of = Number.POSITIVE_INFINITY, draws = OUTCOME_DRAWS }: { by: string; of?: number; draws?: number },
): Few {
  const error = outcomeError(cohort, by, draws);
  const fewest = Math.min(people + error, of - people - error);
  return fewest < fewestShown(draws) ? null : publish(people, error, 0);
}

/** As many draws added up, in people. */
function outcomeError(cohort: Cohort, by: string, draws: number): number {
  let sum = 0;
  for (let at = 0; at < draws; at += 1) {
    const { place, set } = errorOf(cohort, `${by}|draw ${at}`);
    sum += place + set;
  }
  return sum;
}

/** Rough figures are on a row in which each is so many times the one before. */
const ROUGH = 1.3;

/**
 * A figure that says how large a group is and no more, to two digits: of those compared, which one participant more moves
 * by many.
 */
export function roughFigureOf(cohort: Cohort, people: number, by: string): Few {
  const figure = figureOf(cohort, people, { by });
  if (figure === null) return null;
  const rough = ROUGH ** toSteps(cohort, Math.log(people) / Math.log(ROUGH), 1, `${by}|size`);
  const unit = Math.max(ROUNDED_TO, 10 ** (Math.floor(Math.log10(rough)) - 1));
  return publish(Math.round(rough / unit) * unit, 0, 0);
}

/**
 * A mean with the error of an outcome, where `step` is as far as one person can move it: an error of people in steps, to
 * five steps.
 */
export function meanWithError(cohort: Cohort, mean: number, step: number, by: string): number {
  const error = outcomeError(cohort, by, OUTCOME_DRAWS);
  return Math.round((mean / step + error) / ROUNDED_TO) * ROUNDED_TO * step;
}

/** A number to steps, with its error. One person must move it by a fifth of a step at the most, as in a figure. */
export function toSteps(cohort: Cohort, value: number, step: number, by: string): number {
  return Math.round(value / step + stepError(cohort, by)) * step;
}

/** The error where a step is five people: -1 to 1. */
export function stepError(cohort: Cohort, by: string): number {
  const { place, set } = errorOf(cohort, by);
  return (place + set) / ROUNDED_TO;
}
