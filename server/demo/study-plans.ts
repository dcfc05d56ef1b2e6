/**
 * The three studies of the made county: what their organisations wrote down before anything was sent. Two are done when
 * the demo begins; the third, the mentors', is ready to be seconded and sent by whoever tries it.
 */

import type { StudyPlanText } from "../domain/lab/study";
import { addDays } from "../domain/period";
import type { LabDays } from "./lab-days";
import type { ProgrammeKey } from "./sentenced";

/** Compared by the data set of the county: the same for all, so that nobody chose what suited. */
const HOW = {
  outcomes: ["reoffended", "offences", "days_to_first"],
  covariates: [
    ...["age", "sex_recorded", "earlier_convictions", "age_first", "sentence", "violent_before"],
    ...["drugs_before", "employment_days", "benefit_days", "area"],
  ],
  methods: [
    { name: "radius", caliper: 0.2 },
    { name: "nearest", caliper: 0.2 },
    { name: "radius", caliper: 0.1 },
    { name: "unmatched" },
  ],
} satisfies Partial<StudyPlanText>;

/** The plan of a programme's study, of a data set. */
export function studyPlanOf(key: ProgrammeKey, days: LabDays, dataSetId: string): StudyPlanText {
  return { ...HOW, dataSetId, ...PLANS[key](days) };
}

const COMMON = {
  wholeCohort: true,
  serviceId: null,
  exclusions: [],
  lawfulBasis: "consent",
  subgroups: [],
} satisfies Partial<StudyPlanText>;

type PlanOf = (days: LabDays) => Omit<StudyPlanText, "dataSetId" | "outcomes" | "covariates" | "methods">;

const PLANS: Readonly<Record<ProgrammeKey, PlanOf>> = {
  mentors: ({ startedFrom, startedTo }) => ({
    ...COMMON,
    intervention: "had a Wytherwork mentor",
    about:
      "A mentor who has been in work for long meets somebody with a conviction each week for about four months: looks " +
      "for work with them, comes along to the first day, and stays in touch with the employer.",
    referralRoute: "Sent by probation, by a prison or by a friend.",
    place: "Wythershire",
    supportType: "Employment",
    sector: "voluntary",
    ...{ startedFrom, startedTo },
    inclusionRule: "Everybody who met a mentor at least once.",
    eligible: 220,
    leftOut: [{ reason: "asked us not to send their details", people: 8 }],
    subgroups: ["sentence"],
    controller: "Wytherwork",
    purpose: "To know whether people with a mentor reoffend less, and to tell those who pay for it.",
  }),
  "court-desk": ({ startedFrom, startedTo }) => ({
    ...COMMON,
    intervention: "used the advice desk at court",
    about:
      "A desk of Wythershire Advice at the magistrates’ court for women who have just been sentenced: debts, benefits, " +
      "a place to live, and a call in the weeks after.",
    referralRoute: "Shown there by the court or by probation.",
    place: "Wytherhaven",
    supportType: "Advice",
    sector: "voluntary",
    ...{ startedFrom, startedTo },
    inclusionRule: "Every woman who sat down at the desk.",
    eligible: 187,
    leftOut: [],
    controller: "Wythershire Advice",
    purpose: "To see whether advice on the day of the sentence is followed by fewer offences.",
  }),
  pilot: ({ from, startedFrom }) => ({
    ...COMMON,
    intervention: "took the four-morning work course",
    about: "Four mornings about applications and interviews. It was given up for mentors after a year.",
    referralRoute: "Sent by probation.",
    place: "Wytherhaven",
    supportType: "Employment",
    sector: "voluntary",
    startedFrom: from,
    startedTo: addDays(startedFrom, -1),
    inclusionRule: "Everybody who came to the first morning.",
    eligible: 96,
    leftOut: [],
    controller: "Wytherwork",
    purpose: "To know whether the course changed anything.",
  }),
};
