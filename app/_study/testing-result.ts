/** A made study for tests: its facts and what it may say, with a headline that is clear. */
import { readFigure } from "../../server/domain/disclosure";
import { LOSS_WORDS, LOSSES, STAGES } from "../../server/domain/lab/attrition";
import type { StudyFacts } from "../../server/domain/lab/report-facts";
import type { ReportEffect, ReportNumbers } from "../../server/domain/lab/report-numbers";

const HASH = "9f3c81d04be277a6".repeat(4);

export const FACTS: StudyFacts = {
  ...{ number: 14, organisation: "Wytherwork", intervention: "had a Wytherwork mentor", about: "" },
  ...{ referralRoute: "", place: "", supportType: "", sector: "voluntary", lawfulBasis: "consent" },
  ...{ startedFrom: "2023-01-01", startedTo: "2024-12-31", inclusionRule: "", wholeCohort: true },
  ...{ leftOut: [], exclusions: [], controller: "Wytherwork", planHash: HASH, software: "0" },
  ...{ fixedOn: "2026-08-04", countedOn: "2026-10-16", destroyed: { on: "2026-10-15", sha256: HASH } },
  dataSet: {
    ...{ name: "Sentenced in Wythershire", holder: "Wythershire Police", about: "", indexDate: "" },
    ...{ population: "everybody sentenced in Wythershire", completeTo: "2026-06-30", outcomes: [] },
    ...{ notMeasured: ["housing", "mental health"], notSuitedFor: [] },
  },
};

export const EFFECT: ReportEffect = {
  ...{ outcome: "reoffended", label: "Reoffended within a year", verb: "reoffend within a year" },
  ...{ type: "binary", better: "fewer", unit: "per-100", treated: 31, comparison: 43, difference: -12 },
  ...{ low: -19, high: -5, p: 0.001, corrected: 0.003, verdict: "fewer", needed: null },
  ...{ nTreated: readFigure(160), nComparison: readFigure(7215), worth: readFigure(4100) },
};

/** The same outcome where its interval holds no difference. */
export const NOT_CLEAR_EFFECT: ReportEffect = {
  ...EFFECT,
  ...{ treated: 38, difference: -5, low: -14, high: 4, p: 0.26, corrected: 0.52, verdict: "not-clear" },
  needed: 1_400,
};

const PEOPLE = [320, 305, 285, 190, 160];

export const NUMBERS: ReportNumbers = {
  ...{ noHeadline: null, again: false, notTold: [], band: "amber", testsRun: 8, curves: null },
  attrition: {
    sent: readFigure(320),
    stages: STAGES.map(({ stage, words }, at) => ({ stage, words, people: readFigure(PEOPLE[at] ?? 10) })),
    losses: LOSSES.map((loss) => ({
      loss,
      words: LOSS_WORDS[loss],
      people: loss === "not-found" ? readFigure(20) : null,
    })),
  },
  effects: [EFFECT],
  balance: [
    { covariate: "age", label: "Age", level: null, before: 0.4, after: 0.05 },
    { covariate: "area", label: "Area", level: "the coast", before: -0.2, after: 0.1 },
  ],
  grid: [
    {
      method: { name: "unmatched" },
      ...{ label: "No matching at all", band: "red", difference: -4, low: -11, high: 3 },
    },
  ],
  subgroups: [{ label: "Sentence: prison", people: readFigure(65), difference: -15, low: -29, high: -1 }],
};
