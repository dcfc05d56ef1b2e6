/**
 * A request about somebody's rights: what can be asked, what is sent for each step, and which step is next. One schema
 * for the browser and the server.
 */

import { z } from "zod";
import { daySchema } from "../client";
import type { Day } from "../period";
import { oneLine, optionalText, text, uuid } from "../typed-text";
import type { Clock } from "./clock";

export const REQUEST_KINDS = ["access", "rectify", "erase", "object", "restrict", "complaint"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What each is called, and what the law calls it. */
export const KIND_WORDS: Readonly<Record<RequestKind, { label: string; law: string }>> = {
  access: { label: "Copy of what we hold", law: "Right of access, UK GDPR article 15" },
  rectify: { label: "Put something right", law: "Right to rectification, article 16" },
  erase: { label: "Erase", law: "Right to erasure, article 17" },
  object: { label: "Object to a use", law: "Right to object, article 21" },
  restrict: { label: "Hold use back", law: "Right to restriction, article 18" },
  complaint: { label: "Complaint", law: "Data Protection Act 2018, section 164A" },
};

export const REQUEST_WAYS = {
  "in-person": "In person",
  phone: "Phone",
  email: "E-mail",
  letter: "Letter",
  "own-page": "Their own page",
} as const;

export const ASKERS = {
  self: "The person",
  parent: "A parent or carer of a child",
  representative: "Somebody who acts for them",
} as const;

export const IDENTITY_WAYS = {
  known: "A worker who knows them was there",
  document: "A document with a photograph",
  "details-we-hold": "They named details that only they would know",
  authority: "Written authority, and the person’s own identity",
} as const;

export const PAUSE_REASONS = {
  identity: "We asked them to show who they are",
  meaning: "We asked which information they mean",
} as const;

export const EXTENSION_REASONS = {
  complex: "The request is complex",
  many: "They made several requests",
} as const;

export const REFUSAL_REASONS = {
  "not-shown": "Who they are was not shown",
  unfounded: "It is not meant in earnest (manifestly unfounded)",
  excessive: "It asks for far too much, or again and again (manifestly excessive)",
  exempt: "The law lets us keep this back (exemption)",
  duty: "A duty or a claim asks us to keep it",
} as const;

const codesOf = <T extends Readonly<Record<string, string>>>(words: T) =>
  z.enum(Object.keys(words) as [keyof T & string, ...(keyof T & string)[]]);

const ASKER_LENGTH = 300;
const WORDS_LENGTH = 4000;

export const openRequestSchema = z.object({
  id: uuid,
  kind: z.enum(REQUEST_KINDS),
  receivedOn: daySchema,
  way: codesOf(REQUEST_WAYS),
  askerKind: codesOf(ASKERS),
  asker: oneLine.pipe(
    z
      .string()
      .min(2, "Say who asked, and where to answer.")
      .max(ASKER_LENGTH, "Keep this to 300 characters."),
  ),
  words: optionalText(WORDS_LENGTH),
});
export type OpenRequest = z.output<typeof openRequestSchema>;

export const ofRequestSchema = z.object({ id: uuid });
export const personOfRequestSchema = z.object({ id: uuid, clientId: uuid, isTheirs: z.boolean() });
export const identitySchema = z.object({ id: uuid, way: codesOf(IDENTITY_WAYS) });
export const pauseSchema = z.object({ id: uuid, because: codesOf(PAUSE_REASONS) });
export const extendSchema = z.object({ id: uuid, because: codesOf(EXTENSION_REASONS) });
export const answerSchema = z.discriminatedUnion("outcome", [
  z.object({ id: uuid, outcome: z.literal("done"), words: optionalText(WORDS_LENGTH) }),
  z.object({ id: uuid, outcome: z.literal("withdrawn"), words: optionalText(WORDS_LENGTH) }),
  z.object({
    id: uuid,
    outcome: z.literal("refused"),
    because: codesOf(REFUSAL_REASONS),
    words: text.min(3, "Say why, as you answered them.").max(WORDS_LENGTH, "Keep this to 4,000 characters."),
  }),
]);
export type AnswerRequest = z.output<typeof answerSchema>;

export type RequestState = "open" | "done" | "refused" | "withdrawn";

/** What an officer sees of a request in the list. */
export interface ListedRequest {
  id: string;
  kind: RequestKind;
  state: RequestState;
  receivedOn: Day;
  closedOn: Day | null;
  asker: string | null;
  clock: Clock;
}

/** The steps of a request, in their order. */
export type Step = "acknowledge" | "identity" | "find" | "work" | "answer" | "none";

/** What is to be done next: the one clear thing of the page. */
export function nextStep(request: {
  kind: RequestKind;
  state: RequestState;
  acknowledgedOn: Day | null;
  identityOn: Day | null;
  people: number;
  worked: boolean;
}): Step {
  if (request.state !== "open") return "none";
  if (request.kind === "complaint") return request.acknowledgedOn === null ? "acknowledge" : "answer";
  if (request.identityOn === null) return "identity";
  if (request.worked) return "answer";
  return request.people === 0 ? "find" : "work";
}
