/**
 * Consent to share with other services. It is no basis for recording, which stays as it is whatever is answered. A
 * yes holds for six months (the renewal that Citizens Advice asks for) and ends at once when it is taken back. What
 * was read out is kept by the number of its words.
 */

import type { Channel } from "./contact-terms";
import { addMonths, type Day, daysBetween } from "./period";

export const CONSENT_MONTHS = 6;

export const CONSENT_ANSWERS = ["given", "declined", "withdrawn"] as const;
export type ConsentAnswer = (typeof CONSENT_ANSWERS)[number];

/**
 * How they decided (Mental Capacity Act 2005). best-interests: they could not decide this, and somebody decided for
 * them; who and why is written down.
 */
export const CAPACITIES = ["decided", "with-support", "best-interests"] as const;
export type Capacity = (typeof CAPACITIES)[number];

export const CAPACITY_LABELS: Readonly<Record<Capacity, string>> = {
  decided: "They decided by themselves",
  "with-support": "They decided with support",
  "best-interests": "Decided for them, in their best interests",
};

/**
 * Who was asked about a child. parent: somebody who answers for them. understands: the child, who understands what
 * sharing means (Gillick v West Norfolk, 1985).
 */
export const CHILD_ANSWERS = ["parent", "understands"] as const;
export type ChildAnswer = (typeof CHILD_ANSWERS)[number];

export const CHILD_LABELS: Readonly<Record<ChildAnswer, string>> = {
  parent: "A parent or carer was asked",
  understands: "They were asked, and understand what sharing means",
};

/** Under this age a parent or carer answers; from it on a child may, who understands (UK GDPR Article 8 has the same age). */
export const PARENT_UNTIL_AGE = 13;
/** From this age on nobody is asked for them. */
export const ADULT_FROM_AGE = 16;

/** Who may have been asked about somebody of this age; null: it is no child. Of whom the age is not known, either. */
export function childAnswersFor(age: number | null): readonly ChildAnswer[] | null {
  if (age === null) return CHILD_ANSWERS;
  if (age >= ADULT_FROM_AGE) return null;
  return age < PARENT_UNTIL_AGE ? ["parent"] : CHILD_ANSWERS;
}

/**
 * Who was asked, as it is written down beside a yes said at a contact; undefined: it is no answer yet, because they are
 * under 16 and it was not said who was asked, or somebody who may not answer for this age. `age` null: it is not known.
 */
export function whoAnswered(age: number | null, child: ChildAnswer | null): ChildAnswer | null | undefined {
  const possible = childAnswersFor(age);
  if (possible === null) return null;
  if (child !== null) return possible.includes(child) ? child : undefined;
  return age === null ? null : undefined;
}

/** Days before a yes lapses from which on it is time to ask again. */
export const RENEW_DAYS = 28;

/** Whether somebody should be asked again: their yes lapses soon, or lapsed not long ago. */
export function isToRenew(state: ConsentState, today: Day): boolean {
  if (state.answer !== "given" && state.answer !== "lapsed") return false;
  const days = daysBetween(today, state.until);
  return days <= RENEW_DAYS && days >= -RENEW_DAYS;
}

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

/** The day of an answer given at a contact: a contact may be dated ahead, and an answer of a day to come would win. */
export const answerDayOf = (occurredOn: Day, receivedOn: Day): Day =>
  occurredOn < receivedOn ? occurredOn : receivedOn;

/**
 * Where a client stands, from every answer about sharing in general, in any order. The latest day wins, and none is
 * later than today; of one day the latest received, except that a yes from a contact, which may arrive late, does not
 * undo a withdrawal.
 */
export function consentStateOf(answers: readonly SaidConsent[], today: Day): ConsentState {
  const said = answers.map((one) => ({ ...one, answeredOn: answerDayOf(one.answeredOn, today) }));
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
  /** The words that were read out, and their number. */
  words: string;
  wordsVersion: number;
  /** Null where nothing was noted. */
  capacity: Capacity | null;
  /** Who supported or decided, and why. */
  capacityNote: string | null;
  child: ChildAnswer | null;
  atContact: boolean;
  /** Said when something was referred, and only for that. */
  forReferral: boolean;
}
