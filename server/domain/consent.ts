/**
 * Consent to share with other services. It is no basis for recording, which stays as it is whatever is answered. A
 * yes holds for six months (the renewal that Citizens Advice asks for) and ends at once when it is taken back. What
 * was read out is kept by the number of its words.
 */

import type { Channel } from "./contact-terms";
import { addMonths, type Day } from "./period";

export const CONSENT_MONTHS = 6;

export const CONSENT_ANSWERS = ["given", "declined", "withdrawn"] as const;
export type ConsentAnswer = (typeof CONSENT_ANSWERS)[number];

/** One answer that stands: the contact it was given at, if any, was not voided. */
export interface SaidConsent {
  answer: ConsentAnswer;
  answeredOn: Day;
  /** The last day on which a yes holds. */
  expiresOn: Day | null;
  /** Said at a contact, which a device may send days later. */
  atContact: boolean;
  /** Order of receipt. */
  recordedNo: bigint;
}

/** Where a client stands on sharing today. */
export type ConsentState =
  | { answer: "not-asked" }
  | { answer: "given"; on: Day; until: Day }
  | { answer: "lapsed"; on: Day; until: Day }
  | { answer: "declined" | "withdrawn"; on: Day };

/** The last day on which a yes of this day holds. */
export function consentUntil(answeredOn: Day): Day {
  return addMonths(answeredOn, CONSENT_MONTHS);
}

/**
 * Where a client stands, from every answer about sharing in general, in any order. The latest day wins; of one day
 * the latest received, except that a yes from a contact, which may arrive late, does not undo a withdrawal.
 */
export function consentStateOf(said: readonly SaidConsent[], today: Day): ConsentState {
  const day = said
    .map(({ answeredOn }) => answeredOn)
    .sort()
    .at(-1);
  const ofDay = said.filter(({ answeredOn }) => answeredOn === day);
  const withdrawn = ofDay.some(({ answer }) => answer === "withdrawn");
  const counting = ofDay.filter(({ answer, atContact }) => !(withdrawn && answer === "given" && atContact));
  const latest = counting.reduce<SaidConsent | null>(
    (last, one) => (last && last.recordedNo > one.recordedNo ? last : one),
    null,
  );
  if (!latest) return { answer: "not-asked" };
  const { answer, answeredOn: on } = latest;
  if (answer !== "given") return { answer, on };
  const until = latest.expiresOn ?? consentUntil(on);
  return { answer: today <= until ? "given" : "lapsed", on, until };
}

/** Whether this organisation may share today on the client's word. */
export const mayShare = (state: ConsentState): boolean => state.answer === "given";

/** One answer in the history. */
export interface ShownConsent {
  id: string;
  answer: ConsentAnswer;
  answeredOn: Day;
  expiresOn: Day | null;
  how: Channel;
  /** Who asked; null for an import. */
  memberName: string | null;
  /** The words that were read out. */
  words: string;
  atContact: boolean;
  /** Said when something was referred, and only for that. */
  forReferral: boolean;
}
