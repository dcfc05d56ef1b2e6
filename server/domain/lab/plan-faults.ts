/**
 * What is missing or odd in a study's plan, field by field, before anybody seconds it; the attestation beside the
 * organisation's own records; and the plan in the one written form that its hash is made of. Pure.
 */

import { peopleInDigits } from "../impact/words";
import { leaveNamesOut, namesIn } from "../impact/written-names";
import { addDays, type Day, dayInWords } from "../period";
import type { AnalysisPlan, LabMethod } from "./analysis";
import { CASEWORK_DATA_SET_ID } from "./casework-set";
import { claimIn } from "./claim-words";
import type { Codebook } from "./codebook";
import type { PlanFault, Reconciliation } from "./studies";
import { FEWEST_SENT, MOST_OUTCOMES_TOLD, type StudyPlan } from "./study";

/**
 * Under this share of the service's people, 0 to 1, what is sent may be a choice of the best; over the other, and one
 * person more for small services, the days or the service are likely to be wrong. Warnings both, not faults.
 */
const SHARE_THAT_LOOKS_CHOSEN = 0.95;
const SHARE_THAT_LOOKS_WRONG = 1.05;

/** What a plan is checked against. `codebook` is null until a data set is chosen. */
export interface PlanBeside {
  codebook: Codebook | null;
  today: Day;
}

/** Everything wrong with a plan, in the order of the form; empty when a second person may be asked. */
export function faultsOfPlan(plan: StudyPlan, beside: PlanBeside): PlanFault[] {
  return [
    ...faultsOfWhat(plan),
    ...faultsOfWords(plan),
    ...faultsOfWhen(plan, beside),
    ...faultsOfCohort(plan),
    ...faultsOfBasis(plan),
    ...faultsOfAnalysis(plan, beside.codebook),
  ];
}

const fault = (field: PlanFault["field"], message: string): PlanFault => ({ field, message, stops: true });
const remark = (field: PlanFault["field"], message: string): PlanFault => ({ field, message, stops: false });

function faultsOfWhat(plan: StudyPlan): PlanFault[] {
  const asked: readonly [
    keyof StudyPlan & ("intervention" | "about" | "referralRoute" | "place" | "supportType"),
    string,
  ][] = [
    ["intervention", "Say what those who took part did, such as “had a mentor”."],
    ["about", "Say what the programme is, in a few sentences."],
    ["referralRoute", "Say how people came to it."],
    ["place", "Say where it was."],
    ["supportType", "Say what kind of support it was."],
  ];
  return [
    ...asked.flatMap(([field, message]) => (plan[field] === "" ? [fault(field, message)] : [])),
    ...(plan.sector === null ? [fault("sector", "Choose which sector your organisation is of.")] : []),
  ];
}

/** A second clause in what people did would say what came of it, in the middle of the sentence of the result. */
const SECOND_CLAUSE = /\b(?:which|because|so that|thanks to)\b/i;

/** What stands in the report in the organisation's own words: no claim, and nobody's name. */
function faultsOfWords(plan: StudyPlan): PlanFault[] {
  const fields = ["intervention", "about", "referralRoute", "place", "supportType", "inclusionRule"] as const;
  const written: { field: PlanFault["field"]; words: string }[] = [
    ...fields.map((field) => ({ field, words: plan[field] })),
    ...plan.leftOut.map(({ reason }) => ({ field: "leftOut" as const, words: reason })),
  ];
  return [
    ...written.flatMap(({ field, words }) => {
      const claim = claimIn(words);
      const names = namesIn(words, [plan.controller]);
      return [
        ...(claim === null
          ? []
          : [
              fault(
                field,
                `Leave out “${claim}”: a study cannot show it. Say what was done, not what came of it.`,
              ),
            ]),
        ...(names.length === 0 ? [] : [fault(field, leaveNamesOut(names))]),
      ];
    }),
    ...(SECOND_CLAUSE.test(plan.intervention)
      ? [
          fault(
            "intervention",
            "Say only what people did, such as “had a mentor”, and nothing of what came of it.",
          ),
        ]
      : []),
  ];
}

function faultsOfWhen(
  { startedFrom, startedTo, outcomes, dataSetId }: StudyPlan,
  { codebook, today }: PlanBeside,
): PlanFault[] {
  const faults: PlanFault[] = [];
  if (startedFrom === null)
    faults.push(fault("startedFrom", "Give the first day on which somebody started."));
  if (startedTo === null) faults.push(fault("startedTo", "Give the last day on which somebody started."));
  if (startedFrom === null || startedTo === null) return faults;
  if (startedTo < startedFrom)
    faults.push(fault("startedTo", "The last day lies before the first. Check both."));
  else if (startedTo > today) faults.push(fault("startedTo", "The last day is still to come."));
  if (!codebook || startedTo < startedFrom) return faults;
  if (startedTo < codebook.from || startedFrom > addDays(codebook.to, codebook.anchorDays)) {
    faults.push(
      fault(
        "startedFrom",
        `The data set runs from ${dayInWords(codebook.from)} to ${dayInWords(codebook.to)}: nobody of these days is in it.`,
      ),
    );
  }
  const longest = Math.max(
    0,
    ...codebook.outcomes.filter(({ name }) => outcomes.includes(name)).map(({ followUp }) => followUp),
  );
  const completeTo = dataSetId === CASEWORK_DATA_SET_ID ? today : codebook.completeTo;
  if (longest > 0 && addDays(startedTo, longest) > completeTo) {
    faults.push(
      remark(
        "startedTo",
        `Events are complete to ${dayInWords(completeTo)}. People who started less than ${longest} days before have not been followed for long enough and will be left out.`,
      ),
    );
  }
  return faults;
}

function faultsOfCohort(plan: StudyPlan): PlanFault[] {
  const faults: PlanFault[] = [];
  if (plan.dataSetId === CASEWORK_DATA_SET_ID && plan.serviceId === null) {
    faults.push(
      fault("serviceId", "Choose the service. In these records its people are known, and no file is sent."),
    );
  }
  if (!plan.wholeCohort) {
    faults.push(
      fault(
        "wholeCohort",
        "Say that everybody who started is in the cohort, whatever became of them. A chosen few cannot be studied fairly.",
      ),
    );
  }
  if (plan.inclusionRule === "")
    faults.push(fault("inclusionRule", "Say in one sentence who counts as having started."));
  if (plan.eligible === null) faults.push(fault("eligible", "Give the number of people who started."));
  else {
    const left = leftOutOf(plan);
    if (left >= plan.eligible && left > 0)
      faults.push(fault("leftOut", "More people are left out than started. Check the numbers."));
    else if (plan.eligible - left < FEWEST_SENT) {
      faults.push(
        fault(
          "eligible",
          `A study needs at least ${FEWEST_SENT} people. Wait until more have started, or put years together.`,
        ),
      );
    }
  }
  return faults;
}

function faultsOfBasis({ lawfulBasis, controller, purpose, exclusions }: StudyPlan): PlanFault[] {
  return [
    ...(exclusions.length > 0
      ? [
          remark(
            "exclusions",
            "Matching is thought not to suit these people well. The study may be done; its report says that they are in it.",
          ),
        ]
      : []),
    ...(lawfulBasis === null
      ? [fault("lawfulBasis", "Choose the lawful basis on which names are sent.")]
      : []),
    ...(controller === "" ? [fault("controller", "Name the organisation that answers for the data.")] : []),
    ...(purpose === "" ? [fault("purpose", "Say what the result is for.")] : []),
  ];
}

function faultsOfAnalysis(plan: StudyPlan, codebook: Codebook | null): PlanFault[] {
  if (plan.dataSetId === null || !codebook) {
    return [fault("dataSetId", "Choose the data set in which outcomes are looked for.")];
  }
  const faults: PlanFault[] = [];
  const known = {
    outcomes: codebook.outcomes.map(({ name }) => name),
    covariates: codebook.covariates.map(({ name }) => name),
    subgroups: codebook.covariates.filter(({ type }) => type === "category").map(({ name }) => name),
  };
  const missing = {
    outcomes: "Choose at least one outcome. The first is the headline.",
    covariates: "Choose at least one thing on which people are compared.",
  };
  for (const field of ["outcomes", "covariates", "subgroups"] as const) {
    const chosen = plan[field];
    if (field !== "subgroups" && chosen.length === 0) faults.push(fault(field, missing[field]));
    if (chosen.some((name) => !known[field].includes(name))) {
      faults.push(fault(field, "Something chosen is not in the data set any more. Choose again."));
    }
    if (new Set(chosen).size < chosen.length) faults.push(fault(field, "Something is chosen twice."));
  }
  if (plan.outcomes.length > MOST_OUTCOMES_TOLD) {
    faults.push(
      fault(
        "outcomes",
        "Choose three outcomes at the most. Each one more makes it likelier that a difference shows by chance, and tells more of each person.",
      ),
    );
  }
  faults.push(...faultsOfMethods(plan));
  return faults;
}

const exactOf = (method: LabMethod): readonly string[] => ("exact" in method ? method.exact : []);

function faultsOfMethods({ methods, covariates }: StudyPlan): PlanFault[] {
  const [headline] = methods;
  if (!headline)
    return [fault("methods", "Choose how people are matched. The first way gives the headline.")];
  if (headline.name === "unmatched") {
    return [
      fault(
        "methods",
        "The headline has to be matched. Keep “nobody is matched” for the comparison of methods.",
      ),
    ];
  }
  if (methods.flatMap(exactOf).some((name) => !covariates.includes(name))) {
    return [
      fault("methods", "A method asks for an exact match on something that people are not compared on."),
    ];
  }
  return [];
}

const leftOutOf = ({ leftOut }: Pick<StudyPlan, "leftOut">) =>
  leftOut.reduce((sum, { people }) => sum + people, 0);

/**
 * The attestation beside the records of the organisation: `started` is how many people began with the service in the
 * window by its own records, null when it keeps none here; `sent` how many rows the file has, null before there is one.
 */
export function reconcile(
  plan: StudyPlan,
  started: number | null,
  sent: number | null = null,
): Reconciliation {
  const { eligible } = plan;
  const leftOut = leftOutOf(plan);
  const expected = eligible === null ? null : Math.max(0, eligible - leftOut);
  const warnings: string[] = [];
  if (started !== null && eligible !== null && eligible < started * SHARE_THAT_LOOKS_CHOSEN) {
    warnings.push(
      `Your records say that ${peopleInDigits(started)} started with this service between these days, and you say ${peopleInDigits(eligible)}. If fewer are sent than started, the result may be of those who did well. Check the number, or say why some are left out.`,
    );
  }
  if (started !== null && eligible !== null && eligible > started * SHARE_THAT_LOOKS_WRONG + 1) {
    warnings.push(
      `You say that ${peopleInDigits(eligible)} started, and your records have ${peopleInDigits(started)}. Check the days and the service.`,
    );
  }
  if (sent !== null && expected !== null && sent !== expected) {
    warnings.push(
      sent < expected
        ? `The file has ${peopleInDigits(sent)}, and by your plan it should have ${peopleInDigits(expected)}. Check that nobody is missing.`
        : `The file has ${peopleInDigits(sent)}, more than the ${peopleInDigits(expected)} of your plan. Check that everybody in it started between the days.`,
    );
  }
  return { started, eligible, leftOut, expected, warnings };
}

/** What the analysis is told: types and follow-ups come from the codebook. Throws for what is not in it. */
export function analysisPlanOf(plan: StudyPlan, codebook: Codebook): AnalysisPlan {
  const inBook = <T extends { name: string }>(all: readonly T[], name: string): T => {
    const found = all.find((one) => one.name === name);
    if (!found) throw new Error("The plan names what the codebook does not have");
    return found;
  };
  return {
    treated: "took_part",
    covariates: plan.covariates.map((name) => ({ name, type: inBook(codebook.covariates, name).type })),
    outcomes: plan.outcomes.map((name) => {
      const { type, followUp } = inBook(codebook.outcomes, name);
      return { name, type, followUp };
    }),
    methods: plan.methods,
    subgroups: plan.subgroups,
  };
}

/** What a plan's hash is made of: the plan and the codebook that it was written for. */
export interface FixedPlan {
  plan: StudyPlan;
  dataSetId: string;
  codebookHash: string;
}
