/**
 * Emergency access: a worker opens, for at most four hours, what another organisation holds about the person in front
 * of them beyond what their agreement shows them. Both organisations are told at once, and an officer of each says
 * within two working days whether it was right. The database holds the same limits (`db/desk.sql`).
 */

import { z } from "zod";
import type { SharedPerson } from "./agreements/known-to";
import { addDays, type Day, isWorkingDay } from "./period";
import { text, uuid } from "./typed-text";

/** Hours that can be asked for. */
export const GLASS_HOURS = [1, 2, 4] as const;

export const GLASS_REASONS = ["life-at-risk", "child-at-risk", "adult-at-risk", "serious-crime"] as const;
export type GlassReason = (typeof GLASS_REASONS)[number];

export const GLASS_REASON_LABELS: Readonly<Record<GlassReason, string>> = {
  "life-at-risk": "Somebody’s life is at risk",
  "child-at-risk": "A child may come to harm",
  "adult-at-risk": "An adult who needs care may come to harm",
  "serious-crime": "To prevent a serious crime",
};

/** How often a member may open one, and look through those they opened, within an hour: nobody walks through a list. */
export const GLASS_OPENINGS_AN_HOUR = 5;
export const GLASS_LOOKS_AN_HOUR = 20;

/** Working days in which an officer of each side reviews it. */
export const REVIEW_WORKING_DAYS = 2;

export const openGlassSchema = z.strictObject({
  /** Made by the page. */
  id: uuid,
  /** The worker's own client. */
  clientId: uuid,
  givingOrganisationId: z.int().positive(),
  reason: z.enum(GLASS_REASONS, "Choose why this cannot wait."),
  words: text.min(10, "Say what has happened, in a sentence.").max(600),
  hours: z.union([z.literal(1), z.literal(2), z.literal(4)]),
});
export type OpenGlass = z.output<typeof openGlassSchema>;

export const VERDICTS = ["right", "wrong"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const reviewGlassSchema = z.strictObject({
  id: uuid,
  verdict: z.enum(VERDICTS, "Say whether it was right."),
  words: text.min(5, "Say why you think so.").max(600),
});
export type ReviewGlass = z.output<typeof reviewGlassSchema>;

/** The day by which a review is due: so many working days after the day it was opened. */
export function reviewDueOn(openedOn: Day, holidays: ReadonlySet<Day>): Day {
  let day = openedOn;
  for (let left = REVIEW_WORKING_DAYS; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return day;
}

/** What one record of the other organisation shows: the fullest level, and not a field more. */
export type ThroughGlass = Required<Pick<SharedPerson, "services" | "colour" | "needs">> & {
  givenName: string;
  familyName: string;
  phone: string | null;
};
