/**
 * What an impact summary is asked for: a service or the whole organisation, a period, for whom, with which sections, in
 * which words. A plan is kept with the summary made from it, so that the same plan run twice gives the same file.
 */

import { z } from "zod";
import { findPeriod, type Period } from "../period";
import { text, uuid } from "../typed-text";

/**
 * Who reads it. team: inside the organisation, exact numbers. Everybody else reads figures, because what leaves the
 * organisation travels on.
 */
export const AUDIENCES = ["team", "trustees", "funder", "commissioner", "public"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** For whom a summary is, where it is chosen and on the paper itself. */
export const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  team: "For our own team",
  trustees: "For trustees",
  funder: "For a funder",
  commissioner: "For a commissioner",
  public: "For the public",
};

/** Whether what the audience reads is made of figures. */
export const leavesOrganisation = (audience: Audience) => audience !== "team";

/** Sections in their order on paper. */
export const SECTIONS = [
  "needs",
  "others",
  "referrals",
  "time",
  "change",
  "places",
  "people",
  "unmet",
  "value",
  "stories",
] as const;
export type SectionKey = (typeof SECTIONS)[number];

/** Parts of a paper whose words can be edited: the title, the lead and the text of each section. */
export const TEXT_KEYS = ["title", "lead", ...SECTIONS] as const;
export type TextKey = (typeof TEXT_KEYS)[number];

const periodSchema = z.string().transform((text, context): Period => {
  const period = findPeriod(text);
  if (period) return period;
  context.addIssue({ code: "custom", message: "Choose a month, a quarter or a financial year." });
  return z.NEVER;
});

export const MOST_TEXT = 1_200;
export const MOST_STORIES = 3;

export const planSchema = z.object({
  /** Null: the whole organisation. */
  serviceId: uuid.nullable(),
  period: periodSchema,
  audience: z.enum(AUDIENCES),
  /** Sections that are on. */
  sections: z.array(z.enum(SECTIONS)).max(SECTIONS.length),
  /** A framework of `frameworks.ts`, or the id of one of the organisation's own; null: domains and needs. */
  framework: z.string().max(60).nullable(),
  /** Words in place of the drafted ones. */
  texts: z.partialRecord(z.enum(TEXT_KEYS), text.min(1).max(MOST_TEXT)),
  storyIds: z.array(uuid).max(MOST_STORIES),
});
export type Plan = z.output<typeof planSchema>;
/** A plan as it travels and is kept: the period is text. */
export type PlanText = z.input<typeof planSchema>;
