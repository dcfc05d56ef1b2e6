/** The steps of a plan in their order, and which answers each asks for. */
import type { PlanFault } from "../../../../server/domain/lab/studies";
import type { StudyPlan } from "../../../../server/domain/lab/study";

export const STEPS = [
  {
    key: "what",
    title: "What was done, and for whom",
    short: "What was done",
    fields: [
      ...(["intervention", "about", "supportType", "referralRoute", "place", "sector"] as const),
      ...(["startedFrom", "startedTo"] as const),
    ],
  },
  {
    key: "records",
    title: "Which records, and what to look for",
    short: "Records",
    fields: ["dataSetId", "outcomes"],
  },
  {
    key: "people",
    title: "Everybody who started",
    short: "People",
    fields: ["serviceId", "inclusionRule", "eligible", "leftOut", "wholeCohort", "exclusions"],
  },
  {
    key: "basis",
    title: "Why you may send names",
    short: "Lawful basis",
    fields: ["lawfulBasis", "controller", "purpose"],
  },
  {
    key: "how",
    title: "How people are compared",
    short: "Comparison",
    fields: ["methods", "covariates", "subgroups"],
  },
  { key: "check", title: "Check, then ask a second person", short: "Check and ask", fields: [] },
] as const satisfies readonly {
  key: string;
  title: string;
  short: string;
  fields: readonly (keyof StudyPlan)[];
}[];

export type Step = (typeof STEPS)[number];
export type StepKey = Step["key"];

export const isStepKey = (text: string | null): text is StepKey => STEPS.some(({ key }) => key === text);

export const stepOf = (key: StepKey): Step => STEPS.find((step) => step.key === key) ?? STEPS[0];

/** The step that asks for an answer. */
export function stepWith(field: keyof StudyPlan): StepKey {
  const has = ({ fields }: { fields: readonly (keyof StudyPlan)[] }) => fields.includes(field);
  return STEPS.find(has)?.key ?? "check";
}

/** Faults and remarks of one step. */
export const faultsOfStep = (faults: readonly PlanFault[], key: StepKey): PlanFault[] =>
  faults.filter(({ field }) => stepWith(field) === key);

/** The first step that still misses an answer; the last one, where a second person is asked, when none does. */
export const firstNotDone = (faults: readonly PlanFault[]): StepKey =>
  STEPS.find(({ key }) => faultsOfStep(faults, key).some(({ stops }) => stops))?.key ?? "check";

/** Id of the field that asks for an answer. */
export const fieldId = (field: keyof StudyPlan): string => `plan-${field}`;
