/**
 * A study from its first line to the register: its states, who may move it on, and what is said before any result is
 * seen. The order is the promise: what is asked is fixed by two people before names are sent, names are gone before
 * results are read, and what was read is published whichever way it points.
 */

import { z } from "zod";
import { text, uuid } from "../typed-text";
import { methodSchema } from "./analysis";
import type { LOSSES } from "./attrition";

/**
 * draft: being written. asked: waits for the second person. fixed: the plan has a hash and cannot change; a file may be
 * sent. running: the file is here. ready: the organisation reads it first. signed: a data holder's analyst checked it.
 * published: on the register. too-few: not enough people, nothing else is said. withdrawn: before or after a result.
 */
export const STUDY_STATES = [
  "draft",
  "asked",
  "fixed",
  "running",
  "ready",
  "signed",
  "published",
  "too-few",
  "withdrawn",
] as const;
export type StudyState = (typeof STUDY_STATES)[number];

/** People that matching of this kind is thought not to suit; a study that has them says so in its report. */
export const EXCLUSIONS = [
  "gangs",
  "terrorism",
  "children",
  "vulnerable",
  "substances",
  "sexual-or-domestic",
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

export const EXCLUSION_WORDS: Readonly<Record<Exclusion, string>> = {
  gangs: "members of gangs",
  terrorism: "people convicted of terrorist offences",
  children: "people aged 14 or under",
  vulnerable: "people with serious mental ill health or a learning disability",
  substances: "people who misuse drugs or alcohol",
  "sexual-or-domestic": "people convicted of sexual or domestic violence offences",
};

export const SECTORS = ["voluntary", "public", "private", "education"] as const;
export const SECTOR_WORDS: Readonly<Record<(typeof SECTORS)[number], string>> = {
  voluntary: "Voluntary or community",
  public: "Public",
  private: "Private",
  education: "Education",
};
export const LAWFUL_BASES = ["consent", "public-task", "legitimate-interests", "legal-gateway"] as const;
export const BASIS_WORDS: Readonly<Record<(typeof LAWFUL_BASES)[number], string>> = {
  consent: "Consent",
  "public-task": "Public task",
  "legitimate-interests": "Legitimate interests",
  "legal-gateway": "A legal gateway",
};

const line = (most: number) => text.max(most);

/** What the study is about and how it will be done. Drafts may leave texts empty; `faultsOfPlan` says what is missing. */
export const studyPlanSchema = z.strictObject({
  /** What those who took part did: "had a Wear mentor". */
  intervention: line(120),
  about: line(1_200),
  referralRoute: line(300),
  place: line(120),
  supportType: line(80),
  sector: z.enum(SECTORS).nullable(),
  /** First and last day on which somebody in the cohort started. */
  startedFrom: z.iso.date().nullable(),
  startedTo: z.iso.date().nullable(),
  /** Whole cohort: everybody who started between the days, whatever became of them. */
  wholeCohort: z.boolean(),
  /** Who counts as having started, in one sentence. */
  inclusionRule: line(300),
  eligible: z.number().int().min(0).max(1_000_000).nullable(),
  /** Why some of them are not in the file. */
  leftOut: z.array(z.strictObject({ reason: line(120).min(1), people: z.number().int().min(1) })).max(10),
  /** Service whose own records the cohort is compared with; null: not in these records. */
  serviceId: uuid.nullable(),
  exclusions: z.array(z.enum(EXCLUSIONS)).max(EXCLUSIONS.length),
  lawfulBasis: z.enum(LAWFUL_BASES).nullable(),
  controller: line(120),
  purpose: line(300),
  dataSetId: uuid.nullable(),
  /** Names of the data set's outcomes; the first is the headline. */
  outcomes: z.array(z.string().max(60)).max(14),
  covariates: z.array(z.string().max(60)).max(60),
  methods: z.array(methodSchema).max(12),
  subgroups: z.array(z.string().max(60)).max(5),
});
export type StudyPlan = z.output<typeof studyPlanSchema>;
export type StudyPlanText = z.input<typeof studyPlanSchema>;

/** Fewest people in a file, and fewest left on either side, for anything to be said: as the Justice Data Lab has it. */
export const FEWEST_SENT = 60;
export const FEWEST_MATCHED = 30;
/** Fewest matched participants for a sub-group to be looked at. */
export const FEWEST_IN_SUBGROUP = 60;
/** Outcomes of a plan: the error of each is made for so many that tell of the same person (`OUTCOME_DRAWS`). */
export const MOST_OUTCOMES_TOLD = 3;
/** Runs of an organisation in a month. */
export const MOST_RUNS = 4;
/** Cohorts that share this much of their people, 0 to 1, are one cohort to the error of the figures (docs/methods/lab.md). */
export const ALIKE = 0.9;

/** Where a running study is, in the worker. */
export const RUN_STAGES = [
  "opening",
  "reading",
  "looking-for",
  "comparing",
  "outcomes",
  "destroying",
] as const;
export type RunStage = (typeof RUN_STAGES)[number];

/**
 * Where it is, for whoever waits. From looking for people on it is one stage to the end: how far a run gets depends on who
 * is found.
 */
export const SHOWN_STAGES = ["opening", "reading", "looking-for"] as const satisfies readonly RunStage[];
export type ShownStage = (typeof SHOWN_STAGES)[number];

/** A stage as it is told. */
export const shownStage = (stage: RunStage | null): ShownStage | null =>
  stage && (SHOWN_STAGES.find((each) => each === stage) ?? "looking-for");

/** A row of a sent file that cannot be used, or should be looked at: never its values. */
export interface RowFault {
  /** Line of the file; the first is the header. */
  line: number;
  column: string;
  reason: string;
  remedy: string;
  /** Set when the person is lost by it. */
  loss: (typeof LOSSES)[number] | null;
}
