/**
 * What is asked when a referral is sent or answered, one schema for the browser and the server; and the words in which
 * the person is asked whether it may be sent. Consent names the service, the details and the issues, so the words are
 * made from those and kept with the referral.
 */

import { z } from "zod";
import { daySchema } from "./client";
import { labelInSentence } from "./label-text";
import { findNeed } from "./needs";
import {
  DECLINE_REASONS,
  type DeclineReason,
  OUTCOMES,
  type Outcome,
  REFERRAL_STEPS,
  type ReferralState,
} from "./referral";
import { oneLine, optionalText, text, uuid } from "./typed-text";

const name = (what: string) => oneLine.min(2, `Enter ${what}.`).max(200, "Keep this to 200 characters.");

/** Details of a person that can go along, each only when it is ticked. */
export const SHAREABLE = ["name", "date-of-birth", "phone", "email", "postcode"] as const;
export type Shareable = (typeof SHAREABLE)[number];

export const SHAREABLE_WORDS: Readonly<Record<Shareable, string>> = {
  name: "name",
  "date-of-birth": "date of birth",
  phone: "phone number",
  email: "e-mail address",
  postcode: "postcode",
};

/** The details as they travel, sealed: what was not ticked is not in it. */
export const sharedDetailsSchema = z.object({
  givenName: z.string().optional(),
  familyName: z.string().optional(),
  dateOfBirth: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  /** A postcode, or "no fixed address". */
  postcode: z.string().optional(),
});
export type SharedDetails = z.output<typeof sharedDetailsSchema>;

export const CONSENT_WAYS = ["face-to-face", "phone", "video", "message", "email", "letter"] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

export const CONSENT_WAY_WORDS: Readonly<Record<ConsentWay, string>> = {
  "face-to-face": "In person",
  phone: "By phone",
  video: "By video",
  message: "By message",
  email: "By e-mail",
  letter: "By letter",
};

/** Where a referral goes: a service on the platform, or one outside with the way to reach it. */
export const destinationSchema = z.discriminatedUnion("way", [
  z.object({
    way: z.literal("platform"),
    organisationId: z.number().int().positive(),
    serviceId: uuid,
  }),
  z.object({
    way: z.literal("email"),
    name: name("the name of the service"),
    email: z.email("Enter the e-mail address of the service.").trim().toLowerCase().max(254),
    phone: optionalText(40),
    /** The service in the directory, when it was picked from there. */
    directoryId: optionalText(200),
  }),
  z.object({
    way: z.literal("phone"),
    name: name("the name of the service"),
    phone: oneLine.min(5, "Enter the phone number of the service.").max(40),
    directoryId: optionalText(200),
  }),
]);
export type Destination = z.output<typeof destinationSchema>;

export const MESSAGE_LENGTH = 1_000;
export const ANSWER_LENGTH = 500;

export const sendReferralSchema = z.object({
  /** UUID v7 from the device: sent any number of times, it is one referral. */
  id: uuid,
  clientId: uuid,
  to: destinationSchema,
  issues: z
    .array(
      z.object({
        issueId: uuid,
        /** Send the worker's own words for it along, where there are any. */
        withLabel: z.boolean().default(false),
      }),
    )
    .min(1, "Choose at least one issue to hand over.")
    .max(20, "Hand over at most 20 issues at once."),
  share: z
    .array(z.enum(SHAREABLE))
    .refine((ticked) => new Set(ticked).size === ticked.length, "A detail is ticked twice."),
  consent: z.object({
    answer: z.enum(["given", "declined"], "Ask the person, and say what they answered."),
    how: z.enum(CONSENT_WAYS),
    on: daySchema,
  }),
  /** For the service that receives it. */
  message: optionalText(MESSAGE_LENGTH),
});
export type SendReferralInput = z.input<typeof sendReferralSchema>;
export type SendReferral = z.output<typeof sendReferralSchema>;

const answer = {
  /** UUID v7 from the device: the same answer sent again is one answer. */
  eventId: uuid,
  step: z.enum(REFERRAL_STEPS),
  reason: z
    .enum(DECLINE_REASONS)
    .nullish()
    .transform((value) => value ?? null),
  /** More words on the reason or on how it went. */
  words: optionalText(ANSWER_LENGTH),
  /** What came of each issue, in the order in which they were sent. */
  outcomes: z.array(z.enum(OUTCOMES)).max(20).default([]),
};

type Said = { step: string; reason: DeclineReason | null; outcomes: readonly Outcome[] };

/** A no has its reason, and an end what came of each issue. */
function whole({ step, reason, outcomes }: Said, context: z.RefinementCtx): void {
  if (step === "declined" && reason === null) {
    const message = "Say why, so that the sender can find another way.";
    context.addIssue({ code: "custom", path: ["reason"], message });
  }
  if (step === "completed" && outcomes.length === 0) {
    context.addIssue({ code: "custom", path: ["outcomes"], message: "Say what came of each issue." });
  }
}

/** A step on a referral by a member of the organisation that sent it or received it. */
export const referralStepSchema = z
  .object({
    id: uuid,
    ...answer,
    /** Who told the sender, when a service outside answered by phone. */
    heardFrom: optionalText(100),
  })
  .superRefine(whole);

export type AnswerReferral = z.output<typeof referralStepSchema>;

/** A step by whoever holds the link of a referral. */
export const linkStepSchema = z
  .object({ token: z.string().max(100), ...answer, name: name("your name") })
  .superRefine(whole);
export type AnswerByLink = z.output<typeof linkStepSchema>;

export const referralIdSchema = z.object({ id: uuid });
export const clientOfReferralsSchema = z.object({ clientId: uuid });

/** Services for a client's issues; words narrow them by name. */
export const findDestinationsSchema = z.object({
  clientId: uuid,
  /** Codes of the needs to hand over. */
  needs: z.array(z.string().max(10)).max(20).default([]),
  text: text.max(200).default(""),
});
export type FindDestinations = z.output<typeof findDestinationsSchema>;

/** Makes somebody who was referred the receiver's own client, new or one whom they know already. */
export const takeOnSchema = z.object({ id: uuid, clientId: uuid, known: z.boolean().default(false) });
export type TakeOn = z.output<typeof takeOnSchema>;

export const BOXES = ["received", "sent"] as const;

export const listReferralsSchema = z.object({
  box: z.enum(BOXES),
  /** new: waits for an answer. open: not over. mine: sent or accepted by me. */
  show: z.enum(["new", "open", "mine", "all"]).default("open"),
});
export type ListReferrals = z.output<typeof listReferralsSchema>;

/** "a, b and c". */
function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** What is asked of the person, word for word: the service, the details and the issues by name. */
export function consentWords(asked: {
  service: string;
  share: readonly Shareable[];
  /** Codes of the needs. */
  needs: readonly string[];
}): string {
  const details = SHAREABLE.filter((detail) => asked.share.includes(detail)).map(
    (detail) => `your ${SHAREABLE_WORDS[detail]}`,
  );
  const needs = [...new Set(asked.needs)].map((code) => labelInSentence(findNeed(code)?.label ?? code));
  const what = listed([...details, `that you would like help with ${listed(needs)}`]);
  return `May we tell ${asked.service} ${what}? They use it to get in touch with you and to help, and tell us how it goes. You can say no, and still call them yourself.`;
}

/** Where a referral stands, said in a word or two. */
export const STATE_WORDS: Readonly<Record<ReferralState, string>> = {
  sent: "Sent",
  accepted: "Accepted",
  declined: "Declined",
  started: "Started",
  completed: "Completed",
  "lost-touch": "Lost touch",
  withdrawn: "Taken back",
};

export const DECLINE_WORDS: Readonly<Record<DeclineReason, string>> = {
  full: "We have no room at present",
  "not-eligible": "The person does not fit who we may help",
  "outside-area": "They live outside our area",
  "wrong-service": "Another service fits better",
  "person-said-no": "The person does not want it",
  "not-enough-information": "We were told too little to begin",
  other: "Another reason",
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  achieved: "Achieved",
  partly: "Partly",
  not: "Not achieved",
};
