/**
 * What may be asked of studies and what is told of them: drafting, asking a second person, sending a file, reading,
 * signing and publishing. Shared with the browser.
 */

import { z } from "zod";
import type { Day } from "../period";
import { text, uuid } from "../typed-text";
import type { ReportNumbers } from "./report-numbers";
import { type ShownStage, type StudyPlan, type StudyState, studyPlanSchema } from "./study";

export const studyIdSchema = z.object({ id: uuid });

/** The id is made by the browser, so that beginning twice makes one. */
export const beginStudySchema = z.object({ id: uuid, plan: studyPlanSchema.partial().optional() });
export type BeginStudy = z.output<typeof beginStudySchema>;

/** `version` is the one that was read: somebody else's change in between is refused. */
export const saveStudySchema = z.object({
  id: uuid,
  version: z.number().int().min(1),
  plan: studyPlanSchema,
});
export type SaveStudy = z.output<typeof saveStudySchema>;

/** The second person says yes to the plan that they read: `version` is its own. */
export const approveStudySchema = z.object({ id: uuid, version: z.number().int().min(1) });

/** What the second person wants mended, in words for who asked. */
export const returnStudySchema = z.object({
  id: uuid,
  because: text.min(3, "Say what should be mended.").max(400, "Keep this to 400 characters."),
});

/** The upload's id is made by the browser. */
export const askUploadSchema = z.object({ id: uuid, uploadId: uuid });
export const uploadIdSchema = z.object({ uploadId: uuid });

/** A plan with nothing in it yet. */
export const EMPTY_PLAN: StudyPlan = {
  intervention: "",
  about: "",
  referralRoute: "",
  place: "",
  supportType: "",
  sector: null,
  startedFrom: null,
  startedTo: null,
  wholeCohort: false,
  inclusionRule: "",
  eligible: null,
  leftOut: [],
  serviceId: null,
  exclusions: [],
  lawfulBasis: null,
  controller: "",
  purpose: "",
  dataSetId: null,
  outcomes: [],
  covariates: [],
  methods: [],
  subgroups: [],
};

/** What another study takes over of a plan: all but who is in the cohort and since when. */
export function planAgain(plan: StudyPlan): StudyPlan {
  const { startedFrom, startedTo, wholeCohort, eligible, leftOut } = EMPTY_PLAN;
  return { ...plan, startedFrom, startedTo, wholeCohort, eligible, leftOut };
}

/** Something in a plan: a fault keeps it from being fixed, a remark should be looked at. */
export interface PlanFault {
  /** Of the plan, "startedTo". */
  field: keyof StudyPlan;
  message: string;
  stops: boolean;
}

/** One line of the list. */
export interface StudyLine {
  id: string;
  /** Counts from 1 within the organisation. */
  number: number;
  state: StudyState;
  intervention: string;
  startedFrom: Day | null;
  startedTo: Day | null;
  dataSetName: string | null;
  changedAt: Date;
  madeByName: string | null;
}

/**
 * How an upload ended. success: a result, or too few people for one. refused: the file cannot be read. fault: something
 * broke. withdrawn: the organisation took the study back. restart: the worker began anew, and its key was gone. expired:
 * the file was not sent in time.
 */
export const UPLOAD_ENDINGS = ["success", "refused", "fault", "withdrawn", "restart", "expired"] as const;
export type UploadEnding = (typeof UPLOAD_ENDINGS)[number];

/** What was destroyed, and that it was. */
export interface Receipt {
  /** Of the upload; what a receipt is quoted by. */
  uploadId: string;
  ended: UploadEnding;
  destroyedAt: Date;
  /** Of the encrypted pieces that were here. */
  bytes: number;
  pieces: number;
  /** Of the encrypted pieces in their order, in lower-case hexadecimal digits. */
  sha256: string;
  sentByName: string | null;
  secondedByName: string | null;
}

/** A study as its organisation opens it. */
export interface StudyView {
  id: string;
  number: number;
  state: StudyState;
  version: number;
  plan: StudyPlan;
  faults: readonly PlanFault[];
  dataSetName: string | null;
  /** False for a study in these records themselves: it is started, and nothing is sent. */
  needsFile: boolean;
  serviceName: string | null;
  madeByName: string | null;
  askedByName: string | null;
  askedAt: Date | null;
  secondedByName: string | null;
  fixedAt: Date | null;
  /** What the second person wanted mended, until it is asked for again. */
  returnedBecause: string | null;
  /** SHA-256 of the canonical plan; null until it is fixed. */
  planHash: string | null;
  /** Where the run is; null when none runs. */
  stage: ShownStage | null;
  /** Its people have been looked for: from then on a line of it stays on the register, also when it is withdrawn. */
  isLookedFor: boolean;
  /** The last file that was sent came to nothing, and why; null when there is nothing to say. */
  sendAgain: Exclude<UploadEnding, "success" | "withdrawn"> | null;
  /** Why the last file was refused, in words that quote nothing of it. */
  refused: string | null;
  /** Number of the fault, to quote. */
  faultId: string | null;
  receipts: readonly Receipt[];
  /** What the study says; null before, and when too few people were found. */
  numbers: ReportNumbers | null;
  readyAt: Date | null;
  signedAt: Date | null;
  /** What the holder's analyst wants cleared up before they sign, since when. */
  question: string | null;
  questionedAt: Date | null;
  publishedAt: Date | null;
  withdrawnAt: Date | null;
  /** What the viewer may do now. */
  may: {
    save: boolean;
    ask: boolean;
    approve: boolean;
    send: boolean;
    withdraw: boolean;
    publish: boolean;
  };
  /** Whoever asked may not second; true when the viewer asked. */
  isAsker: boolean;
}

/** What the organisation's own records hold of those who started with the service between the days. */
export interface Readiness {
  /** Null: the plan names no service or no days. */
  started: number | null;
  withName: number;
  withBirthDate: number;
  withBoth: number;
  withIdentifier: number;
  /** Those whose first contact gives a day that anchors the follow-up: all of them here. */
  withStartDate: number;
  reconciliation: Reconciliation;
}

/** The attestation beside the records. */
export interface Reconciliation {
  started: number | null;
  eligible: number | null;
  leftOut: number;
  /** How many rows the file should have: eligible less left out. */
  expected: number | null;
  warnings: readonly string[];
}

/**
 * Where an upload is, for the browser that sends it. key: the worker makes its key. open: pieces may be sent.
 * working: everything is here. ended: gone.
 */
export interface UploadView {
  state: "key" | "open" | "working" | "ended";
  /** Raw point of the worker's key for this upload alone, in base64; null until it is made. */
  publicKey: string | null;
  /** Pieces that are here, so that sending may go on where it broke off. */
  pieces: number;
  ended: UploadEnding | null;
  stage: ShownStage | null;
}

/** A study that a holder's analyst may read and sign: figures and the plan, nothing else. */
export interface StudyToSign {
  organisationId: number;
  organisationName: string;
  id: string;
  number: number;
  state: StudyState;
  plan: StudyPlan;
  planHash: string;
  dataSetName: string | null;
  fixedAt: Date;
  readyAt: Date;
  signedAt: Date | null;
  /** What an analyst wants cleared up before they sign, since when. */
  question: string | null;
  questionedAt: Date | null;
  numbers: ReportNumbers;
}

export const signStudySchema = z.object({ organisationId: z.number().int().positive(), id: uuid });

export const questionStudySchema = signStudySchema.extend({
  question: text.min(3, "Say what should be cleared up.").max(400, "Keep this to 400 characters."),
});
