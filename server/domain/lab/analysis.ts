/**
 * A matched comparison: a table of people, some of whom took part, a plan that was fixed before outcomes were read, and
 * what comes out. Everything here is exact and stays where it was computed; what is shown passes `report-numbers.ts`.
 */

import { z } from "zod";

/** A column as long as the table. Missing: NaN among numbers, -1 among categories. */
export type LabColumn =
  | { type: "number"; values: Float64Array }
  | { type: "category"; levels: readonly string[]; codes: Int32Array };

/** People, a row each; names never come here. */
export interface LabTable {
  rows: number;
  /** 1 for somebody who took part. */
  treated: Uint8Array;
  covariates: ReadonlyMap<string, LabColumn>;
  /** NaN: not known; for `time` no event in the follow-up. */
  outcomes: ReadonlyMap<string, Float64Array>;
}

const name = z.string().trim().min(1).max(100);

/** 200 columns are more than anybody checks, and each costs the square of their number. */
export const MOST_COVARIATES = 200;
const MOST_OUTCOMES = 14;
const MOST_METHODS = 12;

export const covariateSchema = z.strictObject({ name, type: z.enum(["number", "category"]) });
export type Covariate = z.output<typeof covariateSchema>;

/**
 * binary: 0 or 1; count: events in the follow-up; time: days to the first event, empty for none, which is censored at
 * the end of the follow-up; number: anything else that is measured, such as severity.
 */
export const outcomeSchema = z.strictObject({
  name,
  type: z.enum(["binary", "count", "time", "number"]),
  /** Days after which a time is censored. */
  followUp: z.number().int().positive().max(3_660).default(365),
});
export type LabOutcome = z.output<typeof outcomeSchema>;

/** In standard deviations of the score, over everybody; null: none. */
const caliper = z.number().positive().max(10).nullable().default(null);
const exact = z.array(name).max(10).default([]);
/** The score that distances are of: the logit, or the probability. */
const score = z.enum(["logit", "probability"]).default("logit");

export const methodSchema = z.discriminatedUnion("name", [
  /** Everybody within the caliper, each with an equal part of the weight of whom they are compared with. */
  z.strictObject({ name: z.literal("radius"), caliper: z.number().positive().max(10), exact, score }),
  z.strictObject({
    name: z.literal("nearest"),
    caliper,
    ratio: z.number().int().min(1).max(100).default(1),
    replace: z.boolean().default(false),
    order: z.enum(["largest", "smallest", "data", "closest"]).default("largest"),
    exact,
    score,
  }),
  z.strictObject({
    name: z.literal("subclass"),
    subclasses: z.number().int().min(2).max(100).default(6),
    score,
  }),
  z.strictObject({ name: z.literal("exact"), exact: z.array(name).min(1).max(10) }),
  /** Nobody is matched: the two groups as they are. */
  z.strictObject({ name: z.literal("unmatched") }),
]);
export type LabMethod = z.output<typeof methodSchema>;

export const analysisPlanSchema = z.strictObject({
  /** The column that says who took part, 0 or 1. */
  treated: name,
  /** The column that tells people apart, for ties; none: the order of the file. */
  id: name.optional(),
  covariates: z.array(covariateSchema).min(1).max(MOST_COVARIATES),
  outcomes: z.array(outcomeSchema).min(1).max(MOST_OUTCOMES),
  /** The first is the headline; the others are its sensitivity grid. */
  methods: z.array(methodSchema).min(1).max(MOST_METHODS),
  /** Names of category covariates whose levels are looked at one by one, where they have enough people. */
  subgroups: z.array(name).max(5).default([]),
});
export type AnalysisPlan = z.output<typeof analysisPlanSchema>;
export type AnalysisPlanText = z.input<typeof analysisPlanSchema>;

/** A term of the model of who takes part. */
export interface PropensityTerm {
  /** "(Intercept)", "age", or a level: "region: North East". */
  term: string;
  estimate: number;
  se: number;
}

export interface Propensity {
  terms: readonly PropensityTerm[];
  deviance: number;
  nullDeviance: number;
  iterations: number;
  /** Over everybody, n - 1. */
  sdLogit: number;
  sdProbability: number;
  /** Chance that a participant's score is above another's. */
  auc: number;
  /** What was left out or changed so that the model could be fitted, in words. */
  remarks: readonly string[];
}

/** The fitted model and everybody's score by it, by row of the table (`propensity.ts` makes it). */
export interface FittedPropensity {
  propensity: Propensity;
  /** Log-odds of having taken part; -Infinity or Infinity for whoever has nobody to be compared with (see remarks). */
  logit: Float64Array;
  probability: Float64Array;
  /** Rows from the lowest score to the highest; equal ones in the order of the table. */
  byScore: Uint32Array;
}

/**
 * What a result becomes in other orders of the rows, where the order settles who of equally near people is taken: the
 * difference of means of one outcome, and what else moves with it. With `id` in a plan the order is fixed.
 */
export interface OrderRange {
  orders: number;
  differenceLow: number;
  differenceHigh: number;
  treatedLow: number;
  treatedHigh: number;
  comparisonLow: number;
  comparisonHigh: number;
}

/** Who is compared with whom, by row of the table. */
export interface Matched {
  /** 1 for a participant who is kept; those compared with them so that their mean is 1; 0 for whoever is left out. */
  weights: Float64Array;
  /** Without replacement: pair or stratum of a row, -1 for none; null where there are none. */
  stratum: Int32Array | null;
  /** With replacement: rows of each kept participant and of whoever is beside them. By radius, views of one list. */
  sets: readonly { treated: number; controls: Uint32Array }[] | null;
  caliperWidth: number | null;
}

/** One covariate, or one level of one, before and after. */
export interface BalanceLine {
  covariate: string;
  level: string | null;
  meanTreatedBefore: number;
  meanComparisonBefore: number;
  meanTreated: number;
  meanComparison: number;
  /** Differences in standard deviations of all participants; a share's is sqrt(p(1 - p)). */
  smdBefore: number;
  smdAfter: number;
  /** Null for a level. */
  varianceRatio: number | null;
  ecdfMean: number;
  ecdfMax: number;
}

/** How alike two groups are in what they are least alike in. With red there is no headline. */
export type BalanceBand = "green" | "amber" | "red";

/** Largest standardised difference of each band, without a sign (the Justice Data Lab's traffic lights). */
export const BAND_ENDS: Readonly<Record<BalanceBand, number>> = {
  green: 0.05,
  amber: 0.1,
  red: Number.POSITIVE_INFINITY,
};

export interface Effect {
  outcome: string;
  type: LabOutcome["type"];
  /** rate: difference of shares; mean: of means; time: of mean days among those with an event. */
  measure: "rate" | "mean" | "time";
  treated: number;
  comparison: number;
  difference: number;
  low: number;
  high: number;
  p: number;
  se: number;
  /** "Newcombe", "Kish", "pairs" …: how the interval came about. */
  intervalBy: string;
  nTreated: number;
  nComparison: number;
  /**
   * People whose value is not the commonest one of their side; those compared with as a share of their weight, times the
   * people who took part. Few of them are seen one by one in a mean.
   */
  apart: { treated: number; comparison: number };
  /** Effective size of the weighted comparison group: (sum w)^2 / sum w^2. */
  ess: number;
  /** Named numbers beside it: other errors, McNemar, ratio, hazard ratio, Kaplan-Meier at 90, 180 and 365 days. */
  besides: Readonly<Record<string, number>>;
}

export interface MethodResult {
  method: LabMethod;
  caliperWidth: number | null;
  treated: number;
  treatedMatched: number;
  comparisonMatched: number;
  ess: number;
  /** Participants whose score no other comes near. */
  outsideSupport: number;
  balance: readonly BalanceLine[];
  maxAbsSmd: number;
  band: BalanceBand;
  effects: readonly Effect[];
  /** Of the first outcome; null or absent where the order of the rows changes nothing. */
  orderRange?: OrderRange | null;
}

export interface SubgroupResult
  extends Pick<MethodResult, "treatedMatched" | "ess" | "maxAbsSmd" | "effects"> {
  covariate: string;
  level: string;
}

/** A test that was run; all are listed. */
export interface TestRun {
  /** Which analysis: the headline, a method of the grid, or a sub-group, in words. */
  of: string;
  outcome: string;
  p: number;
  /** Holm's, over the outcomes of the headline; null for what is beside it. */
  corrected: number | null;
}

/** A sub-group that nothing is said of, and why. */
export interface SubgroupLeftOut {
  covariate: string;
  level: string;
  why: "too-few" | "red-balance";
}

export interface Analysis {
  treated: number;
  comparison: number;
  propensity: Propensity;
  /** In the order of the plan. */
  methods: readonly MethodResult[];
  /** Why the first method gives no headline, when it gives none; its effects then serve no report. */
  noHeadline: "red-balance" | "nobody-matched" | null;
  subgroups: readonly SubgroupResult[];
  subgroupsLeftOut: readonly SubgroupLeftOut[];
  tests: readonly TestRun[];
}
