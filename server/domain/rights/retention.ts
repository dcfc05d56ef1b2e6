/**
 * How long records are kept. A record's time begins with the last thing that happened and ends so many months later; of
 * somebody who was a child then, never before their 25th birthday. Nothing is deleted by a rule alone: it makes a list
 * that an officer looks through.
 */

import { z } from "zod";
import { addMonths, type Day } from "../period";
import { text, uuid } from "../typed-text";

/** Kinds of records, with how long they are kept unless an officer says otherwise, and on what that rests. */
export const RECORD_TYPES = {
  adult: {
    label: "Adults",
    months: 72,
    source: "Six years after the last contact: Limitation Act 1980, section 5",
  },
  child: {
    label: "Children",
    months: 72,
    source:
      "Until the 25th birthday, and at least as long as adults: NHS Records Management Code of Practice, 2023",
  },
  "never-met": {
    label: "People who were never met",
    months: 12,
    source: "No longer than needed: UK GDPR, article 5(1)(e)",
  },
  anonymous: {
    label: "Anonymous contacts",
    months: 24,
    source: "No longer than needed for counting: UK GDPR, article 5(1)(e)",
  },
} as const;
export type RecordType = keyof typeof RECORD_TYPES;

const types = z.enum(["adult", "child", "never-met", "anonymous"]);

/** Less than this would take records away that people still come back to. */
const FEWEST_MONTHS = 6;
const MOST_MONTHS = 1200;

/** Records on one list: what an officer can look through, and no more is deleted by it. The rest come on the next one. */
export const MOST_LISTED = 1_000;

export const setRuleSchema = z.object({
  recordType: types,
  months: z
    .number()
    .int()
    .min(FEWEST_MONTHS, "Keep records for at least six months.")
    .max(MOST_MONTHS, "Keep this to 100 years."),
  source: text.min(3, "Say which law or policy says so.").max(300, "Keep this to 300 characters."),
});

export const KEEP_REASONS = {
  claim: "A claim or a complaint may come",
  needed: "Somebody still works with them",
  wrong: "The dates are wrong",
} as const;

export const keepItemSchema = z.object({
  id: uuid,
  clientId: uuid,
  /** Null: it is deleted after all. */
  because: z.enum(["claim", "needed", "wrong"]).nullable(),
});

export interface RetentionRule {
  recordType: RecordType;
  months: number;
  source: string;
  isDefault: boolean;
}

/** The rules of an organisation: the defaults, each replaced by its own where it has one. */
export function rulesOf(own: readonly Omit<RetentionRule, "isDefault">[]): RetentionRule[] {
  return types.options.map((recordType) => {
    const chosen = own.find((rule) => rule.recordType === recordType);
    if (chosen) return { ...chosen, isDefault: false };
    const { months, source } = RECORD_TYPES[recordType];
    return { recordType, months, source, isDefault: true };
  });
}

export interface Kept {
  anonymous: boolean;
  wasMet: boolean;
  /** The last day on which anything happened. */
  lastOn: Day;
  dateOfBirth: Day | null;
}

const CHILD_UNTIL_MONTHS = 18 * 12;
const KEPT_UNTIL_BIRTHDAY_MONTHS = 25 * 12;

/** Which kind a record is of, and the first day on which its time is over. */
export function dueOf(record: Kept, rules: readonly RetentionRule[]): { recordType: RecordType; dueOn: Day } {
  const { anonymous, wasMet, lastOn, dateOfBirth } = record;
  const wasChild = dateOfBirth !== null && lastOn < addMonths(dateOfBirth, CHILD_UNTIL_MONTHS);
  const recordType = anonymous ? "anonymous" : wasChild ? "child" : wasMet ? "adult" : "never-met";
  const months =
    rules.find((rule) => rule.recordType === recordType)?.months ?? RECORD_TYPES[recordType].months;
  const dueOn = addMonths(lastOn, months);
  if (recordType !== "child" || dateOfBirth === null) return { recordType, dueOn };
  const birthday = addMonths(dateOfBirth, KEPT_UNTIL_BIRTHDAY_MONTHS);
  return { recordType, dueOn: [dueOn, birthday].sort()[1] ?? dueOn };
}
