/**
 * Closing a client and opening one again. Whoever closes says what became of each open issue: what ended is written
 * as a contact, so that figures and courses know it; what was handed on stays open, because nothing new was learned of
 * it on the day of the paperwork. Pure; one schema for the browser and the server.
 */

import { z } from "zod";
import { optionalLine } from "./client";
import type { Day } from "./period";
import { uuid } from "./typed-text";

export const CLOSING_REASONS = ["finished", "lost-touch", "moved", "asked-to-stop", "died", "other"] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];
export const CLOSING_REASON_LABELS: Readonly<Record<ClosingReason, string>> = {
  finished: "The work is finished",
  "lost-touch": "We lost touch",
  moved: "They moved away",
  "asked-to-stop": "They asked us to stop",
  died: "They have died",
  other: "Another reason",
};

export const REOPENING_REASONS = ["came-back", "closed-in-error", "other"] as const;
export type ReopeningReason = (typeof REOPENING_REASONS)[number];
export const REOPENING_REASON_LABELS: Readonly<Record<ReopeningReason, string>> = {
  "came-back": "They came back",
  "closed-in-error": "Closed in error",
  other: "Another reason",
};

export const ISSUE_ENDS = ["resolved", "no-longer-relevant", "handed-on"] as const;
export type IssueEnd = (typeof ISSUE_ENDS)[number];
export const ISSUE_END_LABELS: Readonly<Record<IssueEnd, string>> = {
  resolved: "Resolved",
  "no-longer-relevant": "Not relevant",
  "handed-on": "Handed on",
};

const otherNeedsWords = <S extends { because: string; reason: string | null }>(sent: S) =>
  sent.because !== "other" || sent.reason !== null;
const sayWhy = { message: "Say why, in a few words.", path: ["reason"] };
export const closeClientSchema = z
  .object({
    /** Made by the device: sent twice, the client is closed once. */
    id: uuid,
    clientId: uuid,
    because: z.enum(CLOSING_REASONS, "Choose why."),
    reason: optionalLine(300),
    /** The service that the closing contact is logged for. */
    serviceId: uuid,
    /** One line for each issue that is open. */
    issues: z.array(z.object({ issueId: uuid, end: z.enum(ISSUE_ENDS) })).max(200),
  })
  .refine(otherNeedsWords, sayWhy);
export type CloseClient = z.output<typeof closeClientSchema>;

export const reopenClientSchema = z
  .object({
    id: uuid,
    clientId: uuid,
    because: z.enum(REOPENING_REASONS, "Choose why."),
    reason: optionalLine(300),
  })
  .refine(otherNeedsWords, sayWhy);
export type ReopenClient = z.output<typeof reopenClientSchema>;

/** One time that a client was closed or opened again. */
export interface ShownClosing {
  id: string;
  kind: "closed" | "re-opened";
  onDay: Day;
  because: ClosingReason | ReopeningReason;
  reason: string | null;
  memberName: string | null;
  /** Issues that were open then and handed on. */
  handedOn: readonly string[];
}

const LABELS: Readonly<Record<ClosingReason | ReopeningReason, string>> = {
  ...CLOSING_REASON_LABELS,
  ...REOPENING_REASON_LABELS,
};

/** Why, in words. */
export function closingInWords({ because, reason }: Pick<ShownClosing, "because" | "reason">): string {
  if (because === "other") return reason ?? LABELS.other;
  return reason ? `${LABELS[because]}: ${reason}` : LABELS[because];
}
