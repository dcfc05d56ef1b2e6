/**
 * What an officer decides about a record: erasing by purpose, holds that block it, corrections and their refusal. One
 * schema for the browser and the server.
 */

import { z } from "zod";
import { daySchema } from "../client";
import { profileChangeSchema } from "../profile-edit";
import { optionalText, reasonSchema, text, uuid } from "../typed-text";

/** What can be erased by itself, with what goes. The record takes the other two with it. */
export const ERASURE_PURPOSES = {
  record: {
    label: "The whole record",
    goes: "Details, contacts, needs, actions, scores, answers, referrals and stories; the links to other records; and the person in the next counts.",
  },
  referrals: {
    label: "What was handed over",
    goes: "Every referral with its details. Whoever took one is told that it was erased here.",
  },
  stories: {
    label: "Stories",
    goes: "The story, what was said about it, and the summaries’ files that tell it.",
  },
} as const;
export type ErasurePurpose = keyof typeof ERASURE_PURPOSES;

export const KEEP_REASONS = {
  duty: "A law says that we must keep it",
  task: "We need it for our public task, and that weighs more",
  claim: "We need it for a legal claim",
  safeguarding: "We need it to keep somebody safe",
} as const;

const purposes = z.enum(["record", "referrals", "stories"]);

export const decideErasureSchema = z.discriminatedUnion("decision", [
  z.object({ id: uuid, purpose: purposes, decision: z.literal("erase") }),
  z.object({
    id: uuid,
    purpose: purposes,
    decision: z.literal("keep"),
    because: z.enum(["duty", "task", "claim", "safeguarding"]),
  }),
]);
export type DecideErasure = z.output<typeof decideErasureSchema>;

/** Why a record may not be erased for now. A restriction says only that nobody may use or erase it. */
export const HOLD_KINDS = {
  legal: "Legal claim or duty",
  safeguarding: "Safeguarding",
  complaint: "A complaint is open",
  restriction: "The person asked us to hold use back",
} as const;
export type HoldKind = keyof typeof HOLD_KINDS;

export const placeHoldSchema = z.object({
  id: uuid,
  clientId: uuid,
  kind: z.enum(["legal", "safeguarding", "complaint", "restriction"]),
  reason: reasonSchema,
  reviewOn: daySchema,
});
export type PlaceHold = z.output<typeof placeHoldSchema>;

const noted = { id: uuid, correctionId: uuid, clientId: uuid };

/** Details are put right here and now; what a worker wrote is put right by a worker, and noted here. */
export const rectifySchema = z.discriminatedUnion("outcome", [
  z.object({ ...noted, outcome: z.literal("details"), change: profileChangeSchema }),
  z.object({
    ...noted,
    outcome: z.literal("noted"),
    before: text.min(1, "Say what stands there.").max(2000),
    after: text.min(1, "Say what is right.").max(2000),
  }),
  z.object({
    ...noted,
    outcome: z.literal("refused"),
    before: text.min(1, "Say what stays.").max(2000),
    disagreement: optionalText(2000),
  }),
]);
export type Rectify = z.output<typeof rectifySchema>;
