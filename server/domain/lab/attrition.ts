/**
 * What becomes of everybody an organisation sends: a reason for each who is not in the result, in the order in which it
 * is asked. Each is lost once, for the first reason that holds.
 */

/** Losses that the file itself shows: the organisation may be told of them row by row. */
export const FILE_LOSSES = ["no-name", "no-birth-date", "sent-twice", "not-started"] as const;
/** Losses that only the data set shows: to say of whom would say who is in it. */
export const RECORD_LOSSES = [
  "not-found",
  "not-certain",
  "no-index-in-window",
  "follow-up-not-over",
  "nobody-similar",
] as const;
export const LOSSES = [...FILE_LOSSES, ...RECORD_LOSSES] as const;
export type Loss = (typeof LOSSES)[number];

export const LOSS_WORDS: Readonly<Record<Loss, string>> = {
  "no-name": "had no first or last name",
  "no-birth-date": "had no full date of birth",
  "sent-twice": "were in the file twice",
  "not-started": "had not started by the last day of the data",
  "not-found": "were not found in the records",
  "not-certain": "could have been more than one person",
  "no-index-in-window": "had nothing in the records near the time they started",
  "follow-up-not-over": "have not been followed for long enough yet",
  "nobody-similar": "had nobody similar enough to compare with",
};

/** The stages of the funnel, and which losses come before each. */
export const STAGES = [
  { stage: "sent", words: "Sent by the organisation", after: [] },
  {
    stage: "usable",
    words: "Could be looked for",
    after: ["no-name", "no-birth-date", "sent-twice", "not-started"],
  },
  { stage: "found", words: "Found in the records", after: ["not-found", "not-certain"] },
  { stage: "in-window", words: "In the time window", after: ["no-index-in-window", "follow-up-not-over"] },
  { stage: "matched", words: "Matched to similar people", after: ["nobody-similar"] },
] as const satisfies readonly { stage: string; words: string; after: readonly Loss[] }[];

/** Of a study in these records themselves: nobody is sent and nobody has to be looked for, so that there is less to lose. */
export const OWN_RECORDS = {
  sent: "Started with the service",
  stages: ["sent", "in-window", "matched"],
  losses: ["follow-up-not-over", "nobody-similar"],
} as const satisfies { sent: string; stages: readonly Stage[]; losses: readonly Loss[] };
type Stage = (typeof STAGES)[number]["stage"];

/** Losses that come before a stage. */
export const lossesBefore = (stage: string): readonly Loss[] =>
  STAGES.find((each) => each.stage === stage)?.after ?? [];

/** Exact; what is shown is made of figures. */
export interface Attrition {
  sent: number;
  lost: Readonly<Record<Loss, number>>;
}
