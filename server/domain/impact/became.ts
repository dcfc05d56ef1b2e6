/**
 * What became of one issue or one referral in a span of days, and how long an issue lasted: the rules that an impact
 * summary counts by, each told in docs/methods/impact.md. Also the rows that they are about, as they are read.
 */

import { type EntryStatus, isOpenStatus } from "../issue";
import { addMonths, type Day } from "../period";
import { NEED_MEASURES, type NeedMeasure, REFERRAL_MEASURES, type ReferralMeasure } from "./numbers";

/** Whole days since 1 January 1970: what is counted with. */
export type DayNumber = number;

const DAY_MS = 86_400_000;
export const dayNumber = (day: Day): DayNumber => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
export const dayOfNumber = (number: DayNumber): Day => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** A span of days that is counted, both ends included: of a period that is not over, up to the cut-off. */
export interface Span {
  first: DayNumber;
  until: DayNumber;
}

/** Where somebody lived at a contact, as it was resolved then. */
export interface HomePlace {
  kind: "postcode" | "no-fixed-address" | "unknown" | "outside";
  /** Name of the nation and of the edition of deprivation. */
  nation: string | null;
  edition: string | null;
  decile: number | null;
  /** Code of the authority, best fit. */
  authority: string | null;
}

/** A contact of the service or organisation that is asked for. */
export interface ContactSeen {
  day: DayNumber;
  home: HomePlace;
}

/** What one contact of the organisation said of an issue. */
export interface EntrySeen {
  day: DayNumber;
  /** Place of the contact's service in `services`. */
  service: number;
  status: EntryStatus;
  /** 1 low to 4 crisis. */
  severity: number;
  ours: boolean;
}

/** A referral that names an issue. */
export interface IssueReferral {
  sentOn: DayNumber;
  acceptedOn: DayNumber | null;
  withdrawnOn: DayNumber | null;
}

/** An issue with all that was said of it, by day and then by receipt. */
export interface IssueSeen {
  needNumber: number;
  entries: readonly EntrySeen[];
  referrals: readonly IssueReferral[];
}

/** A referral with the days of its steps; null: that step was not taken. */
export interface ReferralSeen {
  sentOn: DayNumber;
  acceptedOn: DayNumber | null;
  declinedOn: DayNumber | null;
  startedOn: DayNumber | null;
  completedOn: DayNumber | null;
  lostTouchOn: DayNumber | null;
  withdrawnOn: DayNumber | null;
}

/** Scores of one person on one instrument, by day and then by when they were recorded. */
export interface ScoresSeen {
  instrumentId: string;
  direction: "higher-better" | "lower-better";
  scores: readonly { day: DayNumber; score: number }[];
}

/** A service of the organisation. */
export interface ServiceSeen {
  /** Whether it is the one asked for; all are when the organisation is. */
  inScope: boolean;
  /** Storage numbers of the needs on its list; null while it has chosen none. */
  needs: ReadonlySet<number> | null;
}

/** The service whose contact said it. */
function serviceOf({ service }: EntrySeen, services: readonly ServiceSeen[]): ServiceSeen {
  const found = services[service];
  if (!found) throw new Error(`No service has the place ${service}`);
  return found;
}

/** Days within which a need that comes back is a repeat: 12 months of the calendar. */
const REPEAT_MONTHS = 12;

/** Whether a day lies within 12 months after another, and not on it. */
function withinTwelveMonths(from: DayNumber, day: DayNumber): boolean {
  if (day <= from) return false;
  // Twelve months are 365 or 366 days; only then has the calendar to be asked.
  return (
    day - from <= 365 || (day - from === 366 && dayNumber(addMonths(dayOfNumber(from), REPEAT_MONTHS)) >= day)
  );
}

/** Where issues that are watched for the time to resolution begin: those first recorded in the 12 months to a day. */
export const cohortFirst = (until: DayNumber): DayNumber =>
  dayNumber(addMonths(dayOfNumber(until), -REPEAT_MONTHS)) + 1;

/** How many of the entries are of days up to this one. They are in order. */
export function countUntil(entries: readonly EntrySeen[], until: DayNumber): number {
  let length = entries.length;
  while (length > 0 && (entries[length - 1]?.day ?? 0) > until) length -= 1;
  return length;
}

/** Each measure of needs as one bit, by its place in the list. */
const BIT = Object.fromEntries(NEED_MEASURES.map((what, at) => [what, 1 << at])) as Record<
  NeedMeasure,
  number
>;

/** The same as `becameBits`, by name. */
export const becameOf = (...asked: Parameters<typeof becameBits>): NeedMeasure[] => {
  const bits = becameBits(...asked);
  return NEED_MEASURES.filter((what) => (bits & BIT[what]) !== 0);
};

/**
 * What became of an issue in a span, each of NEED_MEASURES as the bit of its place; 0 when no contact in scope spoke of
 * it then. `others`: all issues of the same person, of which those of the same need say whether it came back. A summary
 * asks this of each issue of a service twice, so nothing is made on the way.
 */
export function becameBits(
  issue: IssueSeen,
  { first, until }: Span,
  services: readonly ServiceSeen[],
  others: readonly IssueSeen[],
): number {
  const { entries, needNumber } = issue;
  const count = countUntil(entries, until);
  const [opening] = entries;
  const latest = entries[count - 1];
  if (!opening || !latest || latest.day < first) return 0;
  let lastMention: EntrySeen | null = null;
  let isOutside = true;
  let bits = 0;
  for (let at = 0; at < count; at += 1) {
    const entry = entries[at];
    if (!entry || entry.day < first) continue;
    const service = serviceOf(entry, services);
    if (!service.inScope) continue;
    lastMention = entry;
    if (service.needs === null || service.needs.has(needNumber)) isOutside = false;
    if (entry.status === "improved") bits |= BIT.improved;
    if (entry.status === "worsened") bits |= BIT.worsened;
    if ((bits & BIT.again) === 0 && cameAgain(issue, entry, entries[at - 1], others)) bits |= BIT.again;
  }
  if (!lastMention) return 0;
  bits |= BIT.brought;
  if (opening.day >= first) bits |= BIT.opened;
  const isOpen = isOpenStatus(latest.status);
  const isTheirs = !lastMention.ours;
  const { isReferred, isAccepted } = referredBy(issue.referrals, until);
  if (isOpen) bits |= BIT.open;
  if (latest.status === "resolved") bits |= isTheirs ? BIT.resolved | BIT["theirs-resolved"] : BIT.resolved;
  if (latest.status === "no-longer-relevant") bits |= BIT["no-longer-relevant"];
  if (isTheirs) bits |= isReferred ? BIT.theirs | BIT["theirs-referred"] : BIT.theirs;
  if (isOutside) bits |= BIT["outside-list"];
  if ((isTheirs || isOutside) && isOpen && !isAccepted) bits |= BIT.unmet;
  return bits;
}

const NOT_REFERRED = { isReferred: false, isAccepted: false };

/** Whether an issue had been referred by a day, by a referral that was not taken back, and whether one was accepted. */
function referredBy(
  referrals: readonly IssueReferral[],
  until: DayNumber,
): { isReferred: boolean; isAccepted: boolean } {
  if (referrals.length === 0) return NOT_REFERRED;
  const has = (on: DayNumber | null) => on !== null && on <= until;
  const sent = referrals.filter((referral) => has(referral.sentOn) && !has(referral.withdrawnOn));
  return { isReferred: sent.length > 0, isAccepted: sent.some(({ acceptedOn }) => has(acceptedOn)) };
}

/**
 * Whether an entry brings a need again that was resolved at most 12 months before: the same issue, resolved by the entry
 * before and open again; or a new issue, when another one of this need last stood resolved. Never on one day.
 */
function cameAgain(
  issue: IssueSeen,
  entry: EntrySeen,
  before: EntrySeen | undefined,
  others: readonly IssueSeen[],
): boolean {
  if (before) {
    return (
      before.status === "resolved" && isOpenStatus(entry.status) && withinTwelveMonths(before.day, entry.day)
    );
  }
  return others.some((other) => {
    if (other === issue || other.needNumber !== issue.needNumber) return false;
    const last = other.entries[countUntil(other.entries, entry.day - 1) - 1];
    return last?.status === "resolved" && withinTwelveMonths(last.day, entry.day);
  });
}

/**
 * How long an issue lasted, watched from its first day to the end of the span: until it was first resolved; else until
 * it stood as no longer relevant; else until the end. Null when it was not first recorded in scope since `from`.
 */
export function lastingOf(
  issue: IssueSeen,
  { from, until }: { from: DayNumber; until: DayNumber },
  services: readonly ServiceSeen[],
): { days: number; ended: boolean } | null {
  const { entries } = issue;
  const count = countUntil(entries, until);
  const [opening] = entries;
  const latest = entries[count - 1];
  if (!opening || !latest || opening.day < from || !serviceOf(opening, services).inScope) return null;
  const resolved = entries.find(({ status }, at) => at < count && status === "resolved");
  const end = resolved?.day ?? (isOpenStatus(latest.status) ? until : latest.day);
  return { days: end - opening.day, ended: resolved !== undefined };
}

/** Where a referral stood on a day; empty when it was not sent by then. What was accepted stays so, whatever came after. */
export function stoodAt(referral: ReferralSeen, until: DayNumber): ReferralMeasure[] {
  const has = (on: DayNumber | null) => on !== null && on <= until;
  const said: Readonly<Record<ReferralMeasure, boolean>> = {
    sent: has(referral.sentOn),
    accepted: has(referral.acceptedOn),
    declined: has(referral.declinedOn),
    started: has(referral.startedOn),
    completed: has(referral.completedOn),
    "lost-touch": has(referral.lostTouchOn),
    waiting:
      has(referral.sentOn) &&
      !has(referral.acceptedOn) &&
      !has(referral.declinedOn) &&
      !has(referral.withdrawnOn),
  };
  return REFERRAL_MEASURES.filter((what) => said[what]);
}
