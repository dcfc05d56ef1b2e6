/**
 * Which other services know the person in front of a worker: what is asked, the rules for what is answered, and the
 * answer itself, which has no field beside these. The database applies the same rules (`db/known-to.sql`).
 */

import { z } from "zod";
import { CHANNELS } from "../contact-terms";
import { addMonths, type Day } from "../period";
import { optionalText, uuid } from "../typed-text";
import { PURPOSES, type Rests } from "./agreement";
import type { Detail } from "./grid";

/** Look-ups that one member has in an hour. */
export const LOOKS_AN_HOUR = 20;

/** Why somebody looks now. */
export const LOOK_REASONS = [
  "they-told-us",
  "before-a-visit",
  "who-does-what",
  "before-referring",
  "urgent",
  "worried",
] as const;
export type LookReason = (typeof LOOK_REASONS)[number];

export const LOOK_REASON_LABELS: Readonly<Record<LookReason, string>> = {
  "they-told-us": "They said that somebody else helps them",
  "before-a-visit": "Before a first visit",
  "who-does-what": "To agree who does what",
  "before-referring": "Before a referral",
  urgent: "Something is urgent today",
  worried: "Worried about their safety",
};

export const lookSchema = z.strictObject({
  /** Made by the device. */
  id: uuid,
  /** A client of the worker's own organisation: nobody else can be asked about, and nobody can be searched for. */
  clientId: uuid,
  purpose: z.enum(PURPOSES),
  reason: z.enum(LOOK_REASONS),
  words: optionalText(300),
});
export type LookInput = z.output<typeof lookSchema>;

/** A yes that the person said to the worker who looked, for whoever answered that look. */
export const passOnYesSchema = z.strictObject({ lookId: uuid, how: z.enum(CHANNELS) });
export type PassOnYes = z.output<typeof passOnYesSchema>;

/** Younger people's yes is not handed on: whoever gives asks them, or who decides for them. */
export const PASS_ON_FROM_AGE = 16;

/** How long ago a service last dealt with a need that the agreement covers. */
export const RECENCIES = ["0-3", "3-12", "over-12"] as const;
export type Recency = (typeof RECENCIES)[number];

export const RECENCY_LABELS: Readonly<Record<Recency, string>> = {
  "0-3": "In the last 3 months",
  "3-12": "3 to 12 months ago",
  "over-12": "Over 12 months ago",
};

/** How recent a day is; exactly three months ago is no longer within three months. */
export function recencyOf(lastOn: Day, today: Day): Recency {
  if (lastOn > addMonths(today, -3)) return "0-3";
  return lastOn > addMonths(today, -12) ? "3-12" : "over-12";
}

/** consult: they are working on something with this person, so speak with them first. refer: they are not. */
export const NEXT_STEPS = ["consult", "refer"] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

export const NEXT_STEP_LABELS: Readonly<Record<NextStep, string>> = {
  consult: "Speak with them first: they have something open with this person.",
  refer: "Nothing is open with them. Refer if you need their help.",
};

/** The same of a place of a list, where it is somebody's who lives there. */
export const NEXT_STEP_AT_PLACE: Readonly<Record<NextStep, string>> = {
  consult: "Speak with them first: they have something open with somebody there.",
  refer: "Nothing is open with them. Refer if you need their help.",
};

/** Consult a service that has a covered issue open, else refer to it. */
export const nextStepOf = (hasOpenIssue: boolean): NextStep => (hasOpenIssue ? "consult" : "refer");

/** A service that knows the person. */
export const knownServiceSchema = z.strictObject({
  organisation: z.string(),
  service: z.string(),
  /** How to reach its team; null where its manager has not said. */
  team: z.strictObject({
    name: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  }),
  recency: z.enum(RECENCIES),
  next: z.enum(NEXT_STEPS),
});
export type KnownService = z.infer<typeof knownServiceSchema>;

/** The whole answer of a look for "known to". */
export const knownToSchema = z.strictObject({ services: z.array(knownServiceSchema) });
export type KnownTo = z.infer<typeof knownToSchema>;

/** By the worst issue that is open. none: none is. */
export const COLOURS = ["red", "amber", "green", "none"] as const;
export type Colour = (typeof COLOURS)[number];

/** The colour of open issues of these severities. */
export function colourOf(severities: readonly ("low" | "medium" | "high" | "crisis")[]): Colour {
  if (severities.some((one) => one === "crisis" || one === "high")) return "red";
  if (severities.includes("medium")) return "amber";
  return severities.length > 0 ? "green" : "none";
}

/** A need that is open, or was spoken of in the last twelve months, and the last word on it. */
export interface SharedNeed {
  /** Code of the need. */
  need: string;
  status: "new" | "ongoing" | "improved" | "worsened" | "resolved" | "no-longer-relevant";
  /** What both mean for the reader, in the words of their profession. */
  words: { need: string; status: string };
}

/** Why this much is shown, and how long it can be. */
export interface Because {
  agreement: { id: string; version: number; title: string; lastDay: Day };
  rests: Rests;
  /** When they said yes, and the last day on which it holds; null where it rests on something else. */
  consent: { on: Day; until: Day } | null;
}

/**
 * What one organisation's record of the person gives, at its level of detail. A field that the level does not open is
 * not there.
 */
export interface SharedPerson {
  organisation: string;
  detail: Detail;
  because: Because;
  services: Omit<KnownService, "organisation">[];
  colour?: Colour;
  needs?: SharedNeed[];
  people?: { givenName: string; familyName: string; phone: string | null }[];
}
