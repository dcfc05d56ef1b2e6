/**
 * The data lab, proved by recovery: made cohorts whose effect is known, analysed as a study is, and how near the headline
 * comes, how often its 95% interval holds the truth, and how often no effect is called one. The planner beside it: the
 * power that it promises against made studies. The short form is `lab-recovery.test.ts`.
 */

import { normalP } from "../server/domain/change/distributions";
import { proportionDifference } from "../server/domain/change/intervals";
import { analyse } from "../server/domain/lab/analyse";
import { type AnalysisPlan, analysisPlanSchema, type LabTable } from "../server/domain/lab/analysis";
import { type StudySize, smallestDifference } from "../server/domain/lab/planner";
import { type Bench, round } from "./bench";
import { Draws } from "./change-coverage";
import { type MadeCohort, makeCohort, type Truth } from "./made-cohorts";

const RUNS = 2_000;
const SEED = 7;
/** What the issue asks: bias against the plain comparison's, coverage, and how often none is called an effect. */
export const MOST_BIAS = 0.1;
export const COVERED = { least: 0.93, most: 0.99 };
export const FALSE_EFFECTS = { least: 0.02, most: 0.07 };
/** The planner's power against made studies, in shares. */
export const NEAR_POWER = 0.01;

const usual = { people: 4_000, participants: 200, baseRate: 0.4, confounding: 1 };

export const MADE_COHORTS: readonly MadeCohort[] = [
  { ...usual, name: "200 of 4,000, eight in a hundred fewer", effect: -0.08 },
  { ...usual, name: "200 of 4,000, no effect", effect: 0 },
  {
    ...usual,
    name: "500 of 4,000, strong confounding, more for those at risk",
    participants: 500,
    effect: -0.06,
    logOdds: -0.4,
    confounding: 1.5,
  },
  {
    ...usual,
    name: "500 of 4,000, strong confounding, no effect",
    participants: 500,
    effect: 0,
    confounding: 1.5,
  },
  { ...usual, name: "70 of 2,000, no effect", people: 2_000, participants: 70, baseRate: 0.3, effect: 0 },
];

/** What the headline made of an outcome over many cohorts. */
export interface Recovery {
  /** Of the estimate and of the plain comparison, less the truth, on average. */
  bias: number;
  naive: number;
  covered: number;
  significant: number;
  /** Standard error as it is told, on average, over the spread that estimates have. */
  errorRatio: number;
}

const NUMBERS = ["age", "risk", "employed", "earlier", "custody", "female"] as const;

export const RECOVERY_PLAN: AnalysisPlan = analysisPlanSchema.parse({
  treated: "treated",
  covariates: [...NUMBERS.map((name) => ({ name, type: "number" })), { name: "region", type: "category" }],
  outcomes: [
    { name: "rate", type: "binary" },
    { name: "frequency", type: "count" },
    { name: "score", type: "number" },
  ],
  methods: [{ name: "radius", caliper: 0.2 }],
});

/** The headline of so many made cohorts, by outcome. */
export function recoveryOf(
  made: MadeCohort,
  runs: number,
  seed: number,
): { byOutcome: ReadonlyMap<keyof Truth, Recovery>; red: number } {
  const draws = new Draws(seed);
  const found = new Map<
    keyof Truth,
    { error: number; naive: number; covered: boolean; p: number; se: number }[]
  >([
    ["rate", []],
    ["frequency", []],
    ["score", []],
  ]);
  let red = 0;
  for (let run = 0; run < runs; run += 1) {
    const { table, truth } = makeCohort(made, draws);
    const { methods, noHeadline } = analyse(table, RECOVERY_PLAN);
    if (noHeadline !== null) red += 1;
    for (const [outcome, list] of found) {
      const effect = methods[0]?.effects.find((each) => each.outcome === outcome);
      if (!effect) throw new Error("A made cohort has no effect");
      const true_ = truth[outcome];
      list.push({
        error: effect.difference - true_,
        naive: plainDifference(table, outcome) - true_,
        covered: effect.low <= true_ && true_ <= effect.high,
        p: effect.p,
        se: effect.se,
      });
    }
  }
  return {
    red,
    byOutcome: new Map(
      [...found].map(([outcome, list]) => {
        const mean = (of: (one: (typeof list)[number]) => number) =>
          list.reduce((sum, one) => sum + of(one), 0) / list.length;
        const bias = mean(({ error }) => error);
        const spread = Math.sqrt(mean(({ error }) => (error - bias) ** 2));
        return [
          outcome,
          {
            bias,
            naive: mean(({ naive }) => naive),
            covered: mean(({ covered }) => (covered ? 1 : 0)),
            significant: mean(({ p }) => (p <= 0.05 ? 1 : 0)),
            errorRatio: mean(({ se }) => se) / spread,
          },
        ];
      }),
    ),
  };
}

function plainDifference({ treated, outcomes }: LabTable, outcome: string): number {
  const sums = [0, 0];
  const people = [0, 0];
  outcomes.get(outcome)?.forEach((value, row) => {
    const side = treated[row] ?? 0;
    sums[side] = (sums[side] ?? 0) + value;
    people[side] = (people[side] ?? 0) + 1;
  });
  return (sums[1] ?? 0) / (people[1] ?? 1) - (sums[0] ?? 0) / (people[0] ?? 1);
}

/** Whether a recovery is what the issue asks; a false effect is asked only of a cohort without one. */
export function isRecovered(made: MadeCohort, { bias, naive, covered, significant }: Recovery): boolean {
  const isNull = made.effect === 0;
  return (
    Math.abs(bias) <= MOST_BIAS * Math.abs(naive) &&
    covered >= COVERED.least &&
    covered <= COVERED.most &&
    (!isNull || (significant >= FALSE_EFFECTS.least && significant <= FALSE_EFFECTS.most))
  );
}

/** Sizes for which the planner is tried. */
export const STUDY_SIZES: readonly StudySize[] = [
  { participants: 60, comparison: 6_000, baseRate: 0.4 },
  { participants: 142, comparison: 2_000, baseRate: 0.4 },
  { participants: 500, comparison: 5_000, baseRate: 0.25 },
  { participants: 300, comparison: 300, baseRate: 0.5, towards: "more" },
];

/** Share of made studies that see the smallest difference the planner promises: two plain groups, the pooled test. */
export function powerAtSmallest(size: StudySize, runs: number, seed: number): number {
  const smallest = smallestDifference(size);
  if (smallest === null) throw new Error("No difference would be seen");
  const draws = new Draws(seed);
  const { participants: n1, comparison: n0, baseRate, towards } = size;
  const rate = baseRate + (towards === "more" ? smallest : -smallest);
  let seen = 0;
  for (let run = 0; run < runs; run += 1) {
    const shares = { x1: draws.binomial(n1, rate), n1, x0: draws.binomial(n0, baseRate), n0 };
    const { z } = proportionDifference(shares);
    if (normalP(z) <= 0.05) seen += 1;
  }
  return seen / runs;
}

const POWER_RUNS = 20_000;

export const labRecovery: Bench = {
  name: "lab-recovery",
  about: "made cohorts with a known effect: bias, coverage and false effects of the data lab's headline",
  async run({ measured }) {
    for (const made of MADE_COHORTS) {
      const from = performance.now();
      const { byOutcome, red } = recoveryOf(made, RUNS, SEED);
      const took = performance.now() - from;
      for (const [outcome, recovery] of byOutcome) {
        measured({
          bench: "lab-recovery",
          case: `${made.name}: ${outcome}`,
          rows: made.people,
          product_ms: took / RUNS,
          runs: RUNS,
          red,
          bias: round(recovery.bias, 5),
          naive_bias: round(recovery.naive, 5),
          bias_share: round(recovery.bias / recovery.naive, 4),
          covered: round(recovery.covered, 4),
          significant: round(recovery.significant, 4),
          error_ratio: round(recovery.errorRatio, 3),
          ok: isRecovered(made, recovery),
        });
      }
    }
    for (const size of STUDY_SIZES) {
      const power = powerAtSmallest(size, POWER_RUNS, SEED);
      const { participants, comparison, baseRate, towards = "fewer" } = size;
      measured({
        bench: "lab-recovery",
        case: `planner: ${participants} against ${comparison} at ${baseRate}, ${towards}`,
        rows: participants + comparison,
        runs: POWER_RUNS,
        smallest: round(smallestDifference(size) ?? Number.NaN, 4),
        power: round(power, 4),
        target: 0.8,
        ok: Math.abs(power - 0.8) <= NEAR_POWER,
      });
    }
  },
};
