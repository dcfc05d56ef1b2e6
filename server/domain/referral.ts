/**
 * A referral: issues of a client handed over to a service, with a loop that closes. Every step is an event that is
 * added and never changed; where a referral stands is worked out from them. Pure: the day and the calendar are handed in.
 * The database holds the same table of steps (`casework.add_referral_event`); a test compares the two, pair by pair.
 */

import { addWorkingDays, type Day, dayOf } from "./period";

/**
 * What can be done with a referral once it is sent: each leads to the state of its name. "lost-touch": the person could not
 * be reached or stopped coming.
 */
export const REFERRAL_STEPS = [
  "accepted",
  "declined",
  "started",
  "completed",
  "lost-touch",
  "withdrawn",
] as const;
export type ReferralStep = (typeof REFERRAL_STEPS)[number];

/** Where a referral can stand. */
export const REFERRAL_STATES = ["sent", ...REFERRAL_STEPS] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** Who takes a step: the organisation that sent it, or the service that it went to. */
export type Side = "sender" | "receiver";

/** How a referral travels: inside the platform, by a link in an e-mail, or told over the phone. */
export const WAYS = ["platform", "email", "phone"] as const;
export type Way = (typeof WAYS)[number];

const RULES: Readonly<Record<ReferralStep, { from: readonly ReferralState[]; by: Side }>> = {
  accepted: { from: ["sent"], by: "receiver" },
  declined: { from: ["sent"], by: "receiver" },
  started: { from: ["accepted"], by: "receiver" },
  completed: { from: ["started"], by: "receiver" },
  "lost-touch": { from: ["accepted", "started"], by: "receiver" },
  withdrawn: { from: ["sent"], by: "sender" },
};

/**
 * Whether somebody may take a step from where a referral stands. A service outside cannot write here, so the sender
 * may write down what it told them, however the referral went out.
 */
export function mayStep(
  state: ReferralState,
  step: ReferralStep,
  { side, way }: { side: Side; way: Way },
): boolean {
  const { from, by } = RULES[step];
  const speaks = side === by || (side === "sender" && way !== "platform");
  return speaks && from.includes(state);
}

/** The steps that somebody may take now, in the order in which they are offered. */
export function stepsFrom(state: ReferralState, as: { side: Side; way: Way }): ReferralStep[] {
  return REFERRAL_STEPS.filter((step) => mayStep(state, step, as));
}

/** Whether nothing more can happen to it. */
export function isOver(state: ReferralState): boolean {
  return REFERRAL_STEPS.every((step) => !RULES[step].from.includes(state));
}

/** Why a service says no. */
export const DECLINE_REASONS = [
  "full",
  "not-eligible",
  "outside-area",
  "wrong-service",
  "person-said-no",
  "not-enough-information",
  "other",
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** What came of an issue that was referred. */
export const OUTCOMES = ["achieved", "partly", "not"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What happens on the way and changes no state: the mail, its links, and the first look at it from outside. */
export const NOTES = ["opened", "mail-sent", "mail-failed", "link-made", "links-ended"] as const;
export type ReferralNote = (typeof NOTES)[number];

/** One thing that happened, in the order in which it was written. */
export interface ReferralEvent {
  kind: ReferralStep | ReferralNote;
  at: Date;
  /** Why a service said no. */
  reason?: DeclineReason | null;
  /** What came of each issue, in the order of the issues. */
  outcomes?: readonly Outcome[] | null;
}

export interface ReferralCourse {
  state: ReferralState;
  /** When it came to stand where it stands. */
  since: Date;
  sentAt: Date;
  acceptedAt: Date | null;
  startedAt: Date | null;
  /** When it was declined, withdrawn, completed or lost; null while it is open. */
  endedAt: Date | null;
  reason: DeclineReason | null;
  outcomes: readonly Outcome[];
  /** How the mail stands: null when none was ever asked for. */
  mail: "sent" | "failed" | null;
  /** When somebody first looked at it by its link. */
  openedAt: Date | null;
}

const isStep = (kind: string): kind is ReferralStep => REFERRAL_STEPS.some((step) => step === kind);

/** Where a referral stands, from all that happened to it, oldest first. */
export function foldReferral(sentAt: Date, events: readonly ReferralEvent[]): ReferralCourse {
  const course: ReferralCourse = {
    state: "sent",
    since: sentAt,
    sentAt,
    acceptedAt: null,
    startedAt: null,
    endedAt: null,
    reason: null,
    outcomes: [],
    mail: null,
    openedAt: null,
  };
  for (const { kind, at, reason, outcomes } of events) {
    if (kind === "mail-sent") course.mail = "sent";
    if (kind === "mail-failed") course.mail = "failed";
    if (kind === "opened") course.openedAt ??= at;
    if (!isStep(kind)) continue;
    course.state = kind;
    course.since = at;
    if (kind === "accepted") course.acceptedAt = at;
    if (kind === "started") course.startedAt = at;
    if (isOver(kind)) course.endedAt = at;
    course.reason = reason ?? course.reason;
    course.outcomes = outcomes ?? course.outcomes;
  }
  return course;
}

/** Working days without an answer after which both sides are reminded, and after which they are again. */
export const REMIND_AFTER = { due: 3, overdue: 7 } as const;

/** Whether a referral waits for an answer too long: for both sides, by the installation's working days. */
export function reminderFor(
  { state, sentAt }: Pick<ReferralCourse, "state" | "sentAt">,
  today: Day,
  holidays: ReadonlySet<Day>,
): "due" | "overdue" | null {
  if (state !== "sent") return null;
  const sentOn = dayOf(sentAt);
  if (addWorkingDays(sentOn, REMIND_AFTER.overdue, holidays) <= today) return "overdue";
  return addWorkingDays(sentOn, REMIND_AFTER.due, holidays) <= today ? "due" : null;
}

/** The middle of some numbers of days, and of how many; null for none. */
export function medianOf(days: readonly number[]): { days: number; of: number } | null {
  const sorted = [...days].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : { days: (low + high) / 2, of: sorted.length };
}

/** Letters and digits that are not mistaken for one another (Crockford's base 32). */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What two services quote to each other over the phone instead of a name: "R-7KQ2-M4XP", from the end of the id. */
export function referenceOf(id: string): string {
  let rest = BigInt(`0x${id.replaceAll("-", "").slice(-10)}`);
  let text = "";
  for (let sign = 0; sign < 8; sign += 1) {
    text = (SIGNS[Number(rest % 32n)] ?? "") + text;
    rest /= 32n;
  }
  return `R-${text.slice(0, 4)}-${text.slice(4)}`;
}
