/**
 * Why an organisation may hold what it records, for each purpose: a basis of Article 6 and a condition of Article 9 of
 * the UK GDPR, said in plain words first. It is apart from consent to share: a no to sharing changes none of it.
 */

import { z } from "zod";

/** What records are kept for. */
export const RECORDING_PURPOSES = ["direct-support", "safeguarding", "service-planning"] as const;
export type RecordingPurpose = (typeof RECORDING_PURPOSES)[number];

export const RECORDING_PURPOSE_WORDS: Readonly<Record<RecordingPurpose, string>> = {
  "direct-support": "To help you",
  safeguarding: "To keep people safe",
  "service-planning": "To count what people need and plan help",
};

export const RECORDING_BASES = [
  "public-task",
  "legal-obligation",
  "recognised-legitimate-interests",
  "legitimate-interests",
  "consent",
] as const;
export type RecordingBasis = (typeof RECORDING_BASES)[number];

/** What officers call it, what is said of it to the people it is about, and where the law has it. */
export interface ReasonWords {
  name: string;
  plain: string;
  law: string;
}

export const BASIS_WORDS: Readonly<Record<RecordingBasis, ReasonWords>> = {
  "public-task": {
    name: "Public task",
    plain: "It is part of our public work.",
    law: "UK GDPR Article 6(1)(e), public task",
  },
  "legal-obligation": {
    name: "Legal obligation",
    plain: "The law says that we must.",
    law: "UK GDPR Article 6(1)(c), legal obligation",
  },
  "recognised-legitimate-interests": {
    name: "Recognised legitimate interests",
    plain: "It keeps people safe, and the law allows it for that.",
    law: "UK GDPR Article 6(1)(ea), recognised legitimate interests",
  },
  "legitimate-interests": {
    name: "Legitimate interests",
    plain: "We need it for our work, and we have weighed this against your wishes.",
    law: "UK GDPR Article 6(1)(f), legitimate interests",
  },
  consent: { name: "Consent", plain: "You said yes to it.", law: "UK GDPR Article 6(1)(a), consent" },
};

export const RECORDING_CONDITIONS = [
  "social-care",
  "safeguarding",
  "counselling",
  "statistics",
  "explicit-consent",
] as const;
export type RecordingCondition = (typeof RECORDING_CONDITIONS)[number];

export const CONDITION_WORDS: Readonly<Record<RecordingCondition, ReasonWords>> = {
  "social-care": {
    name: "Health or social care",
    plain: "Health and beliefs: only as far as care and support need it.",
    law: "Article 9(2)(h), health or social care; Data Protection Act 2018, schedule 1, paragraph 2",
  },
  safeguarding: {
    name: "Safeguarding",
    plain: "Health and beliefs: only to keep children and people at risk safe.",
    law: "Article 9(2)(g), substantial public interest; Data Protection Act 2018, schedule 1, paragraph 18",
  },
  counselling: {
    name: "Counselling, advice and support",
    plain: "Health and beliefs: only for advice and support in confidence.",
    law: "Article 9(2)(g), substantial public interest; Data Protection Act 2018, schedule 1, paragraph 17",
  },
  statistics: {
    name: "Statistics",
    plain: "Health and beliefs: only as numbers in which nobody can be picked out.",
    law: "Article 9(2)(j), statistics; Data Protection Act 2018, schedule 1, paragraph 4",
  },
  "explicit-consent": {
    name: "Explicit consent",
    plain: "Health and beliefs: you said a clear yes to it.",
    law: "Article 9(2)(a), explicit consent",
  },
};

/** One purpose with what it rests on. */
export interface ShownBasis {
  purpose: RecordingPurpose;
  /** Null: an officer has not said yet. */
  basis: RecordingBasis | null;
  condition: RecordingCondition | null;
  /** Since when. */
  setAt: Date | null;
}

export const setBasisSchema = z.strictObject({
  purpose: z.enum(RECORDING_PURPOSES),
  basis: z.enum(RECORDING_BASES),
  condition: z.enum(RECORDING_CONDITIONS),
});
export type SetBasis = z.output<typeof setBasisSchema>;
