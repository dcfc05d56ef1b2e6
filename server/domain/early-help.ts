/**
 * Early help: when a worker is asked to think of it, by one stated rule over an organisation's own records. The rule is
 * shown with what met it; the worker decides. Nothing is counted up, ranked or kept but the worker's own answer.
 */

import { z } from "zod";
import { FRAMEWORKS } from "./impact/frameworks";
import type { EntryStatus } from "./issue";
import { addMonths, type Day } from "./period";
import { uuid } from "./typed-text";

/** Outcomes of the framework that have to be touched, and within how many months. */
export const FEWEST_OUTCOMES = 3;
export const RULE_MONTHS = 6;
/** How long an answer stands before it is asked again. */
export const ANSWER_MONTHS = 3;

export const RULE_WORDS =
  "Needs under three or more outcomes of the Supporting Families Outcome Framework 2022 within six months.";

export const EARLY_HELP_ANSWERS = ["agree", "not-now"] as const;
export type EarlyHelpAnswer = (typeof EARLY_HELP_ANSWERS)[number];

/** Why not now. */
export const NOT_NOW_REASONS = ["already-helped", "they-said-no", "another-leads", "does-not-fit"] as const;
export type NotNowReason = (typeof NOT_NOW_REASONS)[number];

export const NOT_NOW_LABELS: Readonly<Record<NotNowReason, string>> = {
  "already-helped": "They have this help already",
  "they-said-no": "They do not want it",
  "another-leads": "Another service leads",
  "does-not-fit": "It does not fit what they need",
};

export const answerEarlyHelpSchema = z
  .strictObject({
    id: uuid,
    clientId: uuid,
    answer: z.enum(EARLY_HELP_ANSWERS),
    because: z.enum(NOT_NOW_REASONS).nullable(),
  })
  .refine(({ answer, because }) => (answer === "not-now") === (because !== null), {
    path: ["because"],
    message: "Choose why not now.",
  });
export type AnswerEarlyHelp = z.output<typeof answerEarlyHelpSchema>;

/** What one contact said of one need. */
export interface EarlyHelpEntry {
  needNumber: number;
  status: EntryStatus;
  occurredOn: Day;
}

/** An outcome that needs of the last months stand under. */
export interface TouchedOutcome {
  label: string;
  /** Storage numbers, in order. */
  needs: number[];
}

const SUPPORTING_FAMILIES = FRAMEWORKS.find(({ key }) => key === "supporting-families")?.lines ?? [];
const ENDED: readonly EntryStatus[] = ["resolved", "no-longer-relevant"];

/**
 * The outcomes that meet the rule on a day, in the framework's order; null when it is not met. A need counts when a
 * contact of the last six months said that it is there, also if it was met since. The same entries on the same day give
 * the same answer, in whatever order they come.
 */
export function earlyHelpOutcomes(entries: readonly EarlyHelpEntry[], today: Day): TouchedOutcome[] | null {
  const from = addMonths(today, -RULE_MONTHS);
  const needs = new Set(
    entries
      .filter(({ status, occurredOn }) => occurredOn > from && occurredOn <= today && !ENDED.includes(status))
      .map(({ needNumber }) => needNumber),
  );
  const touched = SUPPORTING_FAMILIES.flatMap(({ label, needs: ofLine }) => {
    const met = ofLine.filter((need) => needs.has(need)).sort((a, b) => a - b);
    return met.length > 0 ? [{ label, needs: met }] : [];
  });
  return touched.length >= FEWEST_OUTCOMES ? touched : null;
}

/** Whether an answer of a day still stands: nobody is asked again while it does. */
export const answerStands = (answeredOn: Day, today: Day): boolean =>
  today < addMonths(answeredOn, ANSWER_MONTHS);
