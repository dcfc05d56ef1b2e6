/** Reports for tests: an analysis of any kind at once, and the facts of a study, without anybody being matched. */

import { createHmac } from "node:crypto";
import type { Chance } from "../../demo/random";
import type { Hmac } from "../disclosure";
import { type Analysis, type BalanceBand, type Effect, type MethodResult, methodSchema } from "./analysis";
import { LOSSES, type Loss } from "./attrition";
import { type Codebook, codebookSchema } from "./codebook";
import { reportNumbers } from "./report";
import { factsOf, type StudyFacts } from "./report-facts";
import type { ReportNumbers } from "./report-numbers";
import { EXCLUSIONS, type StudyPlan, studyPlanSchema } from "./study";

export const testHmac: Hmac = (text) => createHmac("sha256", "a key for tests").update(text).digest();

export const TEST_CODEBOOK: Codebook = codebookSchema.parse({
  name: "Proven offences in Wythershire",
  about: "What the police of Wythershire know of offences that were proven.",
  population: "everybody sentenced in Wythershire",
  indexDate: "the day of the sentence",
  from: "2022-01-01",
  to: "2024-12-31",
  completeTo: "2026-01-31",
  covariates: [
    { name: "age", label: "Age", type: "number" },
    { name: "prior", label: "Earlier convictions", type: "number" },
    { name: "sex", label: "Sex", type: "category", levels: { f: "Women", m: "Men" } },
  ],
  events: [{ kind: "proven", label: "a proven offence", severity: 10 }],
  outcomes: [
    { name: "reoffended", label: "Reoffended within a year", type: "binary", verb: "reoffend within a year" },
    { name: "frequency", label: "Offences in the year", type: "count", verb: "offend" },
    { name: "days", label: "Days to the first offence", type: "time", verb: "offend" },
    { name: "severity", label: "How bad the worst offence was", type: "number", verb: "offend badly" },
  ].map((outcome) => ({ ...outcome, kinds: ["proven"], followUp: 365, better: "fewer" })),
  suitedFor: ["Support that should lead to fewer offences."],
  notSuitedFor: ["Support that is not about offending."],
  notMeasured: ["housing", "mental health", "drug use today"],
});

const METHODS = [
  { name: "radius", caliper: 0.2 },
  { name: "nearest", caliper: 0.2 },
  { name: "nearest", caliper: null, ratio: 3, replace: true },
  { name: "unmatched" },
].map((method) => methodSchema.parse(method));
const FIRST_METHOD = methodSchema.parse({ name: "radius", caliper: 0.2 });

/** What is drawn for a report; anything may be told. */
export interface Made {
  people?: number;
  rate?: number;
  difference?: number;
  band?: BalanceBand;
}

function effectsOf(chance: Chance, people: number, rate: number, difference: number): Effect[] {
  const draw = (mean: number, sd: number, many: number) => mean + (chance.normal() * sd) / Math.sqrt(many);
  const others = people * (5 + chance.below(20));
  const effect = (outcome: string, type: Effect["type"], mean: number, away: number, sd: number): Effect => {
    const n = type === "time" ? Math.round(people * rate) : people;
    const treated = Math.max(0, draw(mean + away, sd, n));
    const comparison = Math.max(0, draw(mean, sd, others));
    return {
      outcome,
      type,
      measure: type === "binary" ? "rate" : type === "time" ? "time" : "mean",
      treated: type === "binary" ? Math.min(1, Math.round(treated * n) / n) : treated,
      comparison: type === "binary" ? Math.min(1, comparison) : comparison,
      difference: treated - comparison,
      low: 0,
      high: 0,
      p: 0.5,
      se: sd * Math.sqrt(1 / n + 1 / (0.6 * others)),
      intervalBy: "Kish",
      nTreated: n,
      nComparison: others,
      apart: { treated: n * rate, comparison: n * rate },
      ess: 0.6 * others,
      besides: {},
    };
  };
  const binary = effect("reoffended", "binary", rate, difference, Math.sqrt(rate * (1 - rate)));
  // As many as it happened to in the end, spread evenly over the year.
  const curves = [90, 180, 365].flatMap((day) => [
    [`kmTreated${day}`, 1 - (binary.treated * day) / 365],
    [`kmComparison${day}`, 1 - (binary.comparison * day) / 365],
  ]);
  return [
    binary,
    effect("frequency", "count", 3 * rate, 3 * difference, 1.8),
    { ...effect("days", "time", 160, -100 * difference, 90), besides: Object.fromEntries(curves) },
    effect("severity", "number", 4, 4 * difference, 2),
  ];
}

/** An analysis as it might come out, by chance. */
export function madeAnalysis(chance: Chance, made: Made = {}): Analysis {
  const people = made.people ?? 40 + chance.below(400);
  const rate = made.rate ?? 0.1 + 0.5 * chance.unit();
  const difference = made.difference ?? chance.normal(-0.04, 0.08);
  const band = made.band ?? chance.pick(["green", "green", "amber", "red"]);
  const most = { green: 0.04, amber: 0.09, red: 0.2 }[band];
  const methods = METHODS.map((method, at): MethodResult => {
    const effects = effectsOf(chance, people, rate, difference);
    const smd = () => chance.normal(0, most / 3);
    const line = (covariate: string, level: string | null) => ({
      ...{
        covariate,
        level,
        meanTreatedBefore: 1,
        meanComparisonBefore: 1,
        meanTreated: 1,
        meanComparison: 1,
      },
      ...{ smdBefore: chance.normal(0, 0.3), smdAfter: Math.max(-most, Math.min(most, smd())) },
      ...{ varianceRatio: null, ecdfMean: 0, ecdfMax: 0 },
    });
    return {
      method,
      caliperWidth: null,
      treated: people + 5,
      treatedMatched: people,
      comparisonMatched: effects[0]?.nComparison ?? 0,
      ess: effects[0]?.ess ?? 0,
      outsideSupport: 0,
      balance: [line("age", null), line("prior", null), line("sex", "f"), line("sex", "m")],
      maxAbsSmd: most,
      band: at === 0 ? band : chance.pick(["green", "amber", "red"]),
      effects,
    };
  });
  const [main] = methods;
  return {
    treated: people + 5,
    comparison: 3_000,
    propensity: {
      ...{ terms: [], deviance: 1, nullDeviance: 2, iterations: 5, sdLogit: 1, sdProbability: 0.1, auc: 0.7 },
      remarks: [],
    },
    methods,
    noHeadline: band === "red" ? "red-balance" : null,
    subgroups:
      people > 150 && main
        ? [
            {
              covariate: "sex",
              level: "m",
              treatedMatched: people - 60,
              ess: 900,
              maxAbsSmd: 0.05,
              effects: effectsOf(chance, people - 60, rate, difference),
            },
          ]
        : [],
    subgroupsLeftOut: [],
    tests: main
      ? methods.flatMap(({ effects }) =>
          effects.map(({ outcome }) => ({ of: "a method", outcome, p: 0.5, corrected: null })),
        )
      : [],
  };
}

const OUTCOMES = TEST_CODEBOOK.outcomes.map(({ name }) => name);

/** The numbers of a report. `outcomes`: names in the order of the plan; all of them unless told. */
export function madeNumbers(
  chance: Chance,
  made: Made & { outcomes?: readonly string[]; earlier?: readonly ReportNumbers[] } = {},
): ReportNumbers {
  const analysis = madeAnalysis(chance, made);
  const lost = Object.fromEntries(LOSSES.map((loss) => [loss, chance.below(25)])) as Record<Loss, number>;
  const all = Object.values(lost).reduce((sum, each) => sum + each, 0);
  return reportNumbers({
    analysis,
    attrition: { sent: (analysis.methods[0]?.treatedMatched ?? 0) + all, lost },
    codebook: TEST_CODEBOOK,
    outcomes: made.outcomes ?? OUTCOMES,
    cohort: {
      hmac: testHmac,
      key: BigInt.asIntN(64, (BigInt(chance.next()) << 32n) | BigInt(chance.next())),
    },
    earlier: (made.earlier ?? []).map((numbers) => ({ numbers, method: FIRST_METHOD })),
  });
}

export const TEST_PLAN: StudyPlan = studyPlanSchema.parse({
  ...{
    intervention: "had a Wear mentor",
    about: "A mentor meets each person weekly.",
    referralRoute: "By probation",
  },
  ...{ place: "Wythershire", supportType: "Mentoring", sector: "voluntary" },
  ...{ startedFrom: "2023-01-01", startedTo: "2024-12-31", wholeCohort: true, eligible: 230 },
  inclusionRule: "Everybody who met a mentor at least once.",
  leftOut: [{ reason: "asked not to be in it", people: 4 }],
  ...{
    serviceId: null,
    exclusions: [],
    lawfulBasis: "public-task",
    controller: "Wear Mentors",
    purpose: "To learn.",
  },
  ...{
    dataSetId: null,
    outcomes: OUTCOMES,
    covariates: ["age", "prior", "sex"],
    methods: METHODS,
    subgroups: ["sex"],
  },
});

/** The facts of a study; what differs from one to the next by chance, unless a plan is given. */
export function madeFacts(chance: Chance, given?: StudyPlan): StudyFacts {
  const plan: StudyPlan = given ?? {
    ...TEST_PLAN,
    intervention: chance.pick([
      "had a Wear mentor",
      "took part in Steady Start",
      "lived at Harbour House",
      "finished the evening course",
    ]),
    exclusions: chance.happens(0.3) ? [chance.pick(EXCLUSIONS)] : [],
    wholeCohort: chance.happens(0.8),
  };
  return factsOf({
    number: 1 + chance.below(200),
    organisation: "Wear Mentors",
    plan,
    codebook: TEST_CODEBOOK,
    holder: "Wythershire Police",
    planHash: "a".repeat(64),
    fixedOn: "2026-03-04",
    countedOn: "2026-03-06",
    software: "1.0.0",
    destroyed: { on: "2026-03-06", sha256: "b".repeat(64) },
  });
}
