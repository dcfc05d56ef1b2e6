/**
 * Worlds for the attack on the data lab: the records of a county, a cohort of 60 to 120 whose names are sent, and Alice,
 * whom the attacker adds. He knows everybody he sends and what Alice is like, and gets both reports.
 */

import type { Chance } from "../../server/demo/random";
import { analysisOf, comparisonOf, type LabPeople } from "../../server/domain/lab/analyse";
import {
  type Analysis,
  type AnalysisPlan,
  analysisPlanSchema,
  type LabColumn,
} from "../../server/domain/lab/analysis";
import { type Attrition, LOSSES, type Loss } from "../../server/domain/lab/attrition";
import { type Codebook, codebookSchema, highestOf } from "../../server/domain/lab/codebook";
import { poisson } from "./draws";

/** What the attacker does not know. outcome: whether it happened to her. records: whether she is in them at all. */
export type Secret = "outcome" | "records";

/** What was computed of both cohorts: exact, and never shown as it is. */
export interface TwoRuns {
  /** Whether the secret is true of Alice. */
  came: boolean;
  /** How many were sent, of whom so many could be looked for. */
  sent: number;
  without: { analysis: Analysis; attrition: Attrition };
  with: { analysis: Analysis; attrition: Attrition };
}

const OTHERS = 600;
const [FEWEST, MOST] = [60, 120];
const REGIONS = ["north", "east", "south"] as const;
const OFFENCES = ["theft", "drugs", "violence", "driving"] as const;

/** How bad an offence can be. */
export const WORST = 10;

/** Somebody in the records; the outcome is `days` to a first event or none, how many there were, and how bad. */
export interface Person {
  age: number;
  prior: number;
  woman: number;
  region: number;
  offence: number;
  days: number | null;
  events: number;
  severity: number;
}

const expit = (x: number) => 1 / (1 + Math.exp(-x));

/** What comes of somebody. */
type Fate = Pick<Person, "days" | "events" | "severity">;

/** Nothing came of it. */
export const NOTHING: Fate = { days: null, events: 0, severity: 0 };

function eventsOf(chance: Chance, happens: boolean): Fate {
  if (!happens) return NOTHING;
  const events = 1 + poisson(chance, 1.2 * -Math.log(1 - chance.unit()));
  const severity = Math.min(WORST, Math.max(1, chance.normal(4, 1.5)));
  return { days: 1 + chance.below(364), events, severity };
}

/**
 * Somebody of the county, or of the cohort, whose people are younger and have more behind them. `odds`: how much likelier
 * or rarer what happens is, as log odds.
 */
export function person(chance: Chance, ofCohort: boolean, odds = 0): Person {
  const age = Math.max(18, Math.min(70, chance.normal(ofCohort ? 29 : 34, 9)));
  const prior = Math.min(30, poisson(chance, (ofCohort ? 4 : 2.5) * -Math.log(1 - chance.unit())));
  const rate = expit(odds - 0.3 + 0.12 * prior - 0.03 * (age - 32) - (ofCohort ? 0.35 : 0));
  return {
    age: Math.round(age),
    prior,
    woman: chance.happens(0.25) ? 1 : 0,
    region: chance.below(REGIONS.length),
    offence: chance.below(OFFENCES.length),
    ...eventsOf(chance, chance.happens(rate)),
  };
}

/** What the attacker knows Alice to be like: not of the middle, so that her coming moves what is told. */
export const alice = (chance: Chance, reoffended: boolean): Person => ({
  age: 21,
  prior: 8,
  woman: 1,
  region: 0,
  offence: 1,
  ...eventsOf(chance, reoffended),
});

export const PLAN: AnalysisPlan = analysisPlanSchema.parse({
  treated: "treated",
  covariates: [
    { name: "age", type: "number" },
    { name: "prior", type: "number" },
    { name: "woman", type: "number" },
    { name: "region", type: "category" },
    { name: "offence", type: "category" },
  ],
  outcomes: [
    { name: "reoffended", type: "binary" },
    { name: "frequency", type: "count" },
    { name: "days_to_first", type: "time" },
  ],
  methods: [{ name: "radius", caliper: 0.5 }, { name: "nearest", caliper: 0.5 }, { name: "unmatched" }],
  subgroups: ["region"],
});

export const OUTCOMES = PLAN.outcomes.map(({ name }) => name);

export const CODEBOOK: Codebook = codebookSchema.parse({
  name: "Records of a county",
  about: "Made for an attack.",
  population: "everybody sentenced",
  indexDate: "the day of the sentence",
  from: "2023-01-01",
  to: "2024-12-31",
  completeTo: "2026-01-31",
  covariates: PLAN.covariates.map((covariate) => ({ ...covariate, label: covariate.name })),
  events: [{ kind: "offence", label: "an offence", severity: WORST }],
  outcomes: [...PLAN.outcomes, { name: "severity", type: "number" }].map(({ name, type }) => ({
    ...{ name, type, label: name, kinds: ["offence"], followUp: 365, better: "fewer", verb: "reoffend" },
  })),
  suitedFor: ["an attack"],
  notSuitedFor: ["anything else"],
  notMeasured: ["everything else"],
});

/** A table of those who took part and the others, without what came of them. */
export function tableOf(took: readonly Person[], others: readonly Person[]): LabPeople {
  const all = [...took, ...others];
  const column = (of: (person: Person) => number): LabColumn => ({
    ...{ type: "number", values: Float64Array.from(all, of) },
  });
  const category = (levels: readonly string[], of: (person: Person) => number): LabColumn => ({
    ...{ type: "category", levels, codes: Int32Array.from(all, of) },
  });
  return {
    rows: all.length,
    treated: Uint8Array.from(all, (_, at) => (at < took.length ? 1 : 0)),
    covariates: new Map<string, LabColumn>([
      ["age", column(({ age }) => age)],
      ["prior", column(({ prior }) => prior)],
      ["woman", column(({ woman }) => woman)],
      ["region", category(REGIONS, ({ region }) => region)],
      ["offence", category(OFFENCES, ({ offence }) => offence)],
    ]),
  };
}

const VALUES: Readonly<Record<string, (person: Person) => number>> = {
  reoffended: ({ days }) => (days === null ? 0 : 1),
  frequency: ({ events }) => events,
  days_to_first: ({ days }) => days ?? Number.NaN,
  severity: ({ severity }) => severity,
};

/** What came of everybody, as far as it counts. */
export const outcomesOf = (all: readonly Person[]): Map<string, Float64Array> =>
  new Map(
    CODEBOOK.outcomes.map((outcome) => [
      outcome.name,
      Float64Array.from(all, (each) =>
        Math.min(highestOf(outcome, CODEBOOK), VALUES[outcome.name]?.(each) ?? Number.NaN),
      ),
    ]),
  );

const analysed = (took: readonly Person[], others: readonly Person[]): Analysis =>
  analysisOf(comparisonOf(tableOf(took, others), PLAN), outcomesOf([...took, ...others]));

/** A world with both runs. The coin decides what is true of Alice. */
export function twoRuns(chance: Chance, secret: Secret): TwoRuns {
  const came = chance.happens(0.5);
  const size = FEWEST + chance.below(MOST - FEWEST + 1);
  const notFound = 4 + chance.below(20);
  const noBirthDate = chance.below(12);
  const cohort = Array.from({ length: size }, () => person(chance, true));
  const others = Array.from({ length: OTHERS }, () => person(chance, false));
  const isThere = secret === "outcome" || came;
  const added = alice(chance, secret === "outcome" ? came : chance.happens(0.6));
  const without = analysed(cohort, isThere ? [...others, added] : others);
  const both = isThere ? analysed([...cohort, added], others) : without;
  const sent = size + notFound + noBirthDate;
  const attritionOf = (analysis: Analysis, sentAll: number, inTable: number, missing: number): Attrition => ({
    sent: sentAll,
    lost: {
      ...NONE_LOST,
      "no-birth-date": noBirthDate,
      "not-found": missing,
      "nobody-similar": inTable - (analysis.methods[0]?.treatedMatched ?? 0),
    },
  });
  return {
    came,
    sent,
    without: { analysis: without, attrition: attritionOf(without, sent, size, notFound) },
    with: {
      analysis: both,
      attrition: attritionOf(both, sent + 1, size + (isThere ? 1 : 0), notFound + (isThere ? 0 : 1)),
    },
  };
}

export const NONE_LOST = Object.fromEntries(LOSSES.map((loss) => [loss, 0])) as Record<Loss, number>;
