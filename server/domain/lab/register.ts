/**
 * The open register: what each study came to and what all of them come to together. A study stands there whichever way
 * it points, by the day on which it was put there; there is no order by result, so that nobody is ranked.
 */

import { z } from "zod";
import { readFigure } from "../disclosure";
import { type Day, daysBetween } from "../period";
import { type StudyFacts, studyFactsSchema } from "./report-facts";
import type { Few, ReportNumbers, Verdict } from "./report-numbers";

/**
 * What a study came to. no-headline: nothing could be said of its first outcome, and why is said. waiting: its result is
 * there, and has not been checked or put here yet.
 */
export const FINDINGS = [
  "fewer",
  "more",
  "not-clear",
  "no-headline",
  "too-few",
  "waiting",
  "withdrawn",
] as const;
export type Finding = (typeof FINDINGS)[number];

/** Where a study stands on the register: its number there and the name of its report's PDF, once there is one. */
export interface RegisterPlace {
  number: number;
  report: string | null;
}

export const FINDING_WORDS: Readonly<Record<Finding, string>> = {
  fewer: "Fewer",
  more: "More",
  "not-clear": "Not clear",
  "no-headline": "No result",
  "too-few": "Not enough people",
  waiting: "Result waiting",
  withdrawn: "Withdrawn",
};

/** What each finding says of a study, in a sentence. */
export const FINDING_MEANS: Readonly<Record<Finding, string>> = {
  fewer: "Its people had less of the first outcome than similar people, by more than chance.",
  more: "Its people had more of the first outcome than similar people, by more than chance.",
  "not-clear": "Its range holds no difference. Not clear is not the same as no effect.",
  "no-headline": "The groups were too unlike, or a number was too small to show.",
  "too-few": "Too few people were found for anything to be said.",
  waiting:
    "Its result has been made. The data holder has not checked it yet, or its organisation has not put it here.",
  withdrawn: "Its organisation took it back after its people had been looked for.",
};

/** Days in which a result is checked and put on the register, as a rule. */
const DAYS_TO_WAIT = 30;

/** What is said of a result that has waited longer. */
export const OVERDUE_WORDS = `It has been ready for more than ${DAYS_TO_WAIT} days and is still not here.`;

/** Whether a result has waited so long that its line says so plainly. */
export const isOverdue = (
  { finding, publishedOn }: Pick<RegisterLine, "finding" | "publishedOn">,
  today: Day,
): boolean => finding === "waiting" && daysBetween(publishedOn, today) > DAYS_TO_WAIT;

/** What the first outcome of a study came to. */
export function findingOf({ noHeadline, effects }: ReportNumbers): Finding {
  const verdict: Verdict | undefined = effects[0]?.verdict;
  return noHeadline === null && verdict ? verdict : "no-headline";
}

/** A study as it lies on the register. Its numbers were made by `report.ts` and are kept as they were. */
export interface RegisterRecord {
  facts: StudyFacts;
  numbers: ReportNumbers;
}

/** A line of the list. */
export interface RegisterLine {
  number: number;
  organisation: string;
  intervention: string;
  dataSet: string;
  finding: Finding;
  sent: Few;
  compared: Few;
  /** For a result that waits the day from which it has. */
  publishedOn: Day;
  withdrawnOn: Day | null;
}

export interface RegisterFile {
  name: string;
  mediaType: string;
  sha256: string;
  /** In bytes. */
  size: number;
}

/** One study, with the files of its report. */
export interface RegisterStudy extends RegisterLine {
  /** Null where nothing but the line is said. */
  record: RegisterRecord | null;
  files: readonly RegisterFile[];
}

/** All studies together. People are sums of figures; a hidden number adds none. */
export interface RegisterSummary {
  studies: number;
  findings: Readonly<Record<Finding, number>>;
  sent: number;
  compared: number;
}

/** What the studies of a register come to. */
export function summaryOf(
  lines: readonly Pick<RegisterLine, "finding" | "sent" | "compared">[],
): RegisterSummary {
  const findings: Record<Finding, number> = {
    fewer: 0,
    more: 0,
    "not-clear": 0,
    "no-headline": 0,
    "too-few": 0,
    waiting: 0,
    withdrawn: 0,
  };
  let [sent, compared] = [0, 0];
  for (const line of lines) {
    findings[line.finding] += 1;
    sent += line.sent ?? 0;
    compared += line.compared ?? 0;
  }
  return { studies: lines.length, findings, sent, compared };
}

/** Facts as they were kept, checked; numbers as they were made. */
export const keptRecord = z.object({
  facts: studyFactsSchema,
  numbers: z.custom<ReportNumbers>(
    (value) => typeof value === "object" && value !== null && "attrition" in value,
  ),
});

/** A figure as it was kept, or hidden. */
export const keptFigure = (stored: number | null): Few => (stored === null ? null : readFigure(stored));

/** Studies on a page of the list. */
export const PAGE_OF_REGISTER = 50;

/** Which page is asked for; there is nothing to sort by. */
export const registerQuerySchema = z.strictObject({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
