/**
 * What a study may say, made from what was computed: every count a figure, every rate, difference, interval and p worked
 * out of figures and rounded numbers, all with the error of the whole cohort. Of an almost same cohort on the same data
 * the earlier numbers stand, so that no two reports differ by one person.
 */

import {
  type Analysis,
  BAND_ENDS,
  type BalanceBand,
  type Effect,
  type LabMethod,
  type MethodResult,
} from "./analysis";
import { type Attrition, FILE_LOSSES, LOSS_WORDS, LOSSES, type Loss, STAGES } from "./attrition";
import { type Codebook, highestOf } from "./codebook";
import { type Cohort, figureOf, stepError, toSteps } from "./deliberate-error";
import { methodWords } from "./method-words";
import { toldCurves } from "./report-curves";
import { eventsName, type ToldEffect, toldEffect } from "./report-effect";
import type { Few, ReportEffect, ReportNumbers } from "./report-numbers";
import { holm } from "./several";
import { FEWEST_IN_SUBGROUP } from "./study";

export interface ReportGiven {
  analysis: Analysis;
  attrition: Attrition;
  codebook: Codebook;
  /** Names of outcomes as the plan has them: the first is the headline. */
  outcomes: readonly string[];
  cohort: Cohort;
  /** What earlier studies of nearly the same people (`ALIKE`) said from the same data set, the first one first. */
  earlier: readonly EarlierReport[];
}

/** What an earlier study said, and the first method of its plan, by which it said it. */
export interface EarlierReport {
  numbers: ReportNumbers;
  method: LabMethod;
}

/** The numbers of the report. The same analysis and cohort make the same numbers. */
export function reportNumbers(given: ReportGiven): ReportNumbers {
  const [first] = given.earlier;
  if (!first) return freshNumbers(given);
  return standing(given, isRed(first.numbers) ? null : freshNumbers(given, first.numbers.band));
}

/** What earlier studies said of outcomes, where nothing more can be said. Throws when there is none. */
export const saidAgain = (given: Pick<ReportGiven, "earlier" | "outcomes" | "codebook">): ReportNumbers =>
  standing(given, null);

/** Whether the groups were too unlike for any difference to be said. */
export const isRed = ({ noHeadline }: Pick<ReportNumbers, "noHeadline">): boolean =>
  noHeadline === "red-balance";

/** `band`: that which was told of nearly the same people, and stands whatever it would be now. */
function freshNumbers(
  { analysis, attrition, codebook, outcomes, cohort }: ReportGiven,
  band: BalanceBand | null = null,
): ReportNumbers {
  const [main, ...others] = analysis.methods;
  if (!main) throw new Error("A study has at least one method");
  const losses = lossesOf(attrition, cohort);
  const common = {
    again: false,
    attrition: losses,
    balance: balanceOf({ ...main, band: band ?? main.band }, codebook, cohort),
    band: band ?? toldBand(main, cohort),
    testsRun: analysis.tests.length,
  };
  // Too unlike to be compared: then every other way of comparing them says as little, and would be read as the result.
  if (band === null && (main.band === "red" || analysis.noHeadline !== null)) {
    return {
      ...common,
      noHeadline: "red-balance",
      notTold: [],
      effects: [],
      grid: [],
      subgroups: [],
      curves: null,
    };
  }
  const told = new Map(
    outcomes.map((name) => [name, effectOf(main, name, tellerOf(cohort, codebook, main, 0))]),
  );
  const effects = worded(outcomes, told, codebook);
  const [headline = ""] = outcomes;
  const isTold = Boolean(told.get(headline));
  return {
    ...common,
    noHeadline: isTold ? null : "small-numbers",
    notTold: outcomes
      .filter((name) => !told.get(name))
      .map((outcome) => ({ outcome, label: offered(codebook, outcome)?.label ?? outcome })),
    effects,
    grid: isTold ? gridOf(others, headline, codebook, cohort) : [],
    subgroups: isTold ? subgroupsOf(analysis, headline, codebook, cohort) : [],
    curves: toldCurves(main, told, codebook, cohort),
  };
}

/**
 * Everything that was said before stands, that it was too unlike as well: of each outcome, of each other method, of each
 * group and of each thing that was made alike what was said of it first. Only what none of them was asked is said now.
 */
function standing(
  { earlier, outcomes, codebook }: Pick<ReportGiven, "earlier" | "outcomes" | "codebook">,
  fresh: ReportNumbers | null,
): ReportNumbers {
  const all = earlier.map(({ numbers }) => numbers);
  const [first] = all;
  if (!first) throw new Error("Nothing was said before");
  if (isRed(first)) return { ...first, again: true };
  const said = firstSaid(all);
  const told = new Map(
    outcomes.flatMap((name) => {
      const effect = said.has(name) ? said.get(name) : fresh?.effects.find(({ outcome }) => outcome === name);
      return effect ? [[name, effect] as const] : [];
    }),
  );
  const [headline = ""] = outcomes;
  const isTold = told.has(headline);
  const isAllSaid = fresh === null || outcomes.every((name) => said.has(name));
  return {
    again: true,
    attrition: first.attrition,
    band: first.band,
    balance: balanceSaid(all, fresh),
    noHeadline: isTold ? null : "small-numbers",
    notTold: outcomes
      .filter((name) => !told.has(name))
      .map((outcome) => ({ outcome, label: offered(codebook, outcome)?.label ?? outcome })),
    effects: worded(outcomes, told, codebook),
    grid: isTold ? gridOfAll(earlier, fresh, headline) : [],
    subgroups: isTold
      ? byFirst([...all.flatMap((each) => groupsSaid(each, headline)), ...(fresh?.subgroups ?? [])])
      : [],
    // Points of a curve are the outcome's own numbers once more: they are said with it or not at all.
    curves: all.find(({ curves }) => curves !== null)?.curves ?? null,
    testsRun: Math.max(...all.map(({ testsRun }) => testsRun), isAllSaid ? 0 : fresh.testsRun),
  };
}

/** Of each outcome that was asked before what was said of it first; null: that it cannot be told. */
function firstSaid(all: readonly ReportNumbers[]): Map<string, ReportEffect | null> {
  const said = new Map<string, ReportEffect | null>();
  for (const { effects, notTold } of all) {
    for (const effect of effects) if (!said.has(effect.outcome)) said.set(effect.outcome, effect);
    for (const { outcome } of notTold) if (!said.has(outcome)) said.set(outcome, null);
  }
  return said;
}

/** The things that were looked at before as they were said, and then those that none of them looked at. */
function balanceSaid(all: readonly ReportNumbers[], fresh: ReportNumbers | null): ReportNumbers["balance"] {
  const said = new Set<string>();
  return [...all, ...(fresh ? [fresh] : [])].flatMap(({ balance }) => {
    const lines = balance.filter(({ covariate }) => !said.has(covariate));
    for (const { covariate } of lines) said.add(covariate);
    return lines;
  });
}

const headlineOf = ({ noHeadline, effects }: ReportNumbers): string | null =>
  noHeadline === null ? (effects[0]?.outcome ?? null) : null;

/**
 * The lines of the other methods. What the first method of an earlier plan said is its line where another plan has it
 * among the others.
 */
function gridOfAll(
  earlier: readonly EarlierReport[],
  fresh: ReportNumbers | null,
  headline: string,
): ReportNumbers["grid"] {
  const now = fresh?.grid ?? [];
  const firsts = earlier.flatMap(({ numbers, method }) => {
    const by = numbers.effects.find(({ outcome }) => outcome === headline);
    const label = methodWords(method);
    // What it said again was said by the first method of another plan.
    if (!by || numbers.again || now.every((line) => line.label !== label)) return [];
    return [{ method, label, band: numbers.band, ...rangeOf(by) }];
  });
  const before = earlier.flatMap(({ numbers }) => (headlineOf(numbers) === headline ? numbers.grid : []));
  return byFirst([...firsts, ...before, ...now]);
}

const rangeOf = ({ difference, low, high }: ReportEffect) => ({ difference, low, high });

const groupsSaid = (numbers: ReportNumbers, headline: string): ReportNumbers["subgroups"] =>
  headlineOf(numbers) === headline ? numbers.subgroups : [];

/** The first line of each label. */
const byFirst = <T extends { label: string }>(lines: readonly T[]): T[] =>
  lines.filter(({ label }, at) => lines.findIndex((each) => each.label === label) === at);

const offered = ({ outcomes }: Codebook, name: string) => outcomes.find((each) => each.name === name);

const effectOf = (
  { effects }: { effects: readonly Effect[] },
  outcome: string,
  told: (effect: Effect) => ToldEffect | null,
): ToldEffect | null => {
  const effect = effects.find((each) => each.outcome === outcome);
  return effect ? told(effect) : null;
};

/** How an effect on all who are matched is told: the same people by every method. */
const tellerOf =
  (cohort: Cohort, codebook: Codebook, { treatedMatched: matched }: MethodResult, method: number) =>
  (effect: Effect): ToldEffect | null => {
    const outcome = offered(codebook, effect.outcome);
    if (!outcome) return null;
    return toldEffect(effect, {
      ...{ cohort, name: `outcome:${effect.outcome}`, events: eventsName(outcome), method, matched },
      highest: highestOf(outcome, codebook),
    });
  };

/** The effects with the words of the codebook, and p corrected for every outcome of the plan, said or not. */
function worded(
  outcomes: readonly string[],
  told: ReadonlyMap<string, ToldEffect | null>,
  codebook: Codebook,
): ReportEffect[] {
  const corrected = holm(outcomes.map((name) => told.get(name)?.p ?? 1));
  return outcomes.flatMap((name, at) => {
    const effect = told.get(name);
    const words = offered(codebook, name);
    if (!effect || !words) return [];
    const { label, verb, better } = words;
    const own = outcomes.length > 1 ? Number((corrected[at] ?? 1).toPrecision(2)) : null;
    return [{ ...effect, label, verb, better, corrected: own }];
  });
}

function gridOf(
  methods: readonly MethodResult[],
  headline: string,
  codebook: Codebook,
  cohort: Cohort,
): ReportNumbers["grid"] {
  return methods.flatMap((result, at) => {
    const told = effectOf(result, headline, tellerOf(cohort, codebook, result, at + 1));
    if (!told) return [];
    const { difference, low, high } = told;
    const label = methodWords(result.method);
    return [{ method: result.method, label, band: roughBand(result, label, cohort), difference, low, high }];
  });
}

function subgroupsOf(
  { subgroups }: Analysis,
  headline: string,
  codebook: Codebook,
  cohort: Cohort,
): ReportNumbers["subgroups"] {
  const outcome = offered(codebook, headline);
  if (!outcome) return [];
  return subgroups.flatMap((group) => {
    const what = `${group.covariate}=${group.level}`;
    const told = effectOf(group, headline, (effect) =>
      toldEffect(effect, {
        ...{ cohort, name: `outcome:${headline}|${what}`, method: 0, matched: Number.POSITIVE_INFINITY },
        ...{ events: `${eventsName(outcome)}|${what}`, highest: highestOf(outcome, codebook) },
      }),
    );
    if (!told || (told.nTreated ?? 0) < FEWEST_IN_SUBGROUP) return [];
    const { nTreated, difference, low, high } = told;
    const { label, level } = labelsOf(group.covariate, group.level, codebook);
    return [{ label: `${label}: ${level}`, people: nTreated, difference, low, high }];
  });
}

function labelsOf(covariate: string, level: string | null, { covariates }: Codebook) {
  const found = covariates.find(({ name }) => name === covariate);
  return {
    label: found?.label ?? covariate,
    level: level === null ? null : (found?.levels?.[level] ?? level),
  };
}

/** Steps in which differences are told, in standard deviations: before matching one person moves them further. */
const AFTER = 0.05;
const BEFORE = 0.2;

/**
 * The band as it is told: that of the largest difference and an error on top, so never a better one than is true. Red is
 * told where it is true and nowhere else, because it takes the result away.
 */
function toldBand({ band, maxAbsSmd }: MethodResult, cohort: Cohort): BalanceBand {
  if (band === "red") return "red";
  const told = maxAbsSmd + AFTER * Math.abs(stepError(cohort, "band"));
  return told <= BAND_ENDS.green ? "green" : "amber";
}

/**
 * The band of another method, with an error to both sides: where each is compared with few, one participant more may
 * change whom all the others are compared with.
 */
function roughBand({ maxAbsSmd }: MethodResult, name: string, cohort: Cohort): BalanceBand {
  const told = maxAbsSmd + BEFORE * stepError(cohort, `band:${name}`);
  return told <= BAND_ENDS.green ? "green" : told <= BAND_ENDS.amber ? "amber" : "red";
}

/** How alike the groups are in each thing, in steps and with an error of its own. None is told as worse than the band. */
function balanceOf(
  { balance, band }: Pick<MethodResult, "balance" | "band">,
  codebook: Codebook,
  cohort: Cohort,
): ReportNumbers["balance"] {
  // A number that cannot be worked out is not told; it makes the band red.
  const lines = balance.filter((line) => Number.isFinite(line.smdBefore) && Number.isFinite(line.smdAfter));
  return lines.map((line) => {
    const { covariate, smdBefore, smdAfter } = line;
    const { label, level } = labelsOf(covariate, line.level, codebook);
    const by = `balance:${covariate}=${line.level ?? ""}`;
    const after = toSteps(cohort, smdAfter, AFTER, `${by}|after`);
    return {
      ...{ covariate, label, level },
      before: tidy(toSteps(cohort, smdBefore, BEFORE, `${by}|before`)),
      after: tidy(Math.sign(after) * Math.min(Math.abs(after), BAND_ENDS[band])),
    };
  });
}

const tidy = (value: number) => Number(value.toFixed(2)) + 0;

/** Errors of what the records show: whoever is found moves all of these at once, and "not found" the other way. */
const RECORDS = "records";

function lossesOf({ sent, lost }: Attrition, cohort: Cohort): ReportNumbers["attrition"] {
  const isOfFile = (loss: Loss) => FILE_LOSSES.some((each) => each === loss);
  let left = sent;
  let before: Few = null;
  const stages = STAGES.map(({ stage, words, after }, at) => {
    for (const loss of after) left -= lost[loss];
    const by = after.every(isOfFile) ? stage : RECORDS;
    const figure = figureOf(cohort, left, { by });
    // Errors of their own could show more people at a later stage.
    const people: Few = at > 0 && (before === null || (figure !== null && figure > before)) ? before : figure;
    before = people;
    return { stage, words, people };
  });
  return {
    sent: stages[0]?.people ?? null,
    stages,
    losses: LOSSES.map((loss) => ({
      loss,
      words: LOSS_WORDS[loss],
      people: figureOf(
        cohort,
        lost[loss],
        loss === "not-found" ? { by: RECORDS, against: true } : { by: `loss:${loss}` },
      ),
    })),
  };
}
