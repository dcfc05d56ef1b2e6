/**
 * Referrals as they are shown: a line in a list, one in full to either side, and one to whoever holds its link. These
 * are answers only; what is sent lies in `referral-input.ts`.
 */

import type { EntryStatus } from "./issue";
import type { Severity } from "./needs";
import type { Day } from "./period";
import type {
  DeclineReason,
  Outcome,
  ReferralCourse,
  ReferralNote,
  ReferralStep,
  Side,
  Way,
} from "./referral";
import type { ConsentWay, Shareable, SharedDetails } from "./referral-input";

export interface ReferredIssue {
  /** Code of the need. */
  need: string;
  severity: Severity;
  /** The sender's own words for it, when they were sent along. */
  label: string | null;
  outcome: Outcome | null;
}

export interface ShownReferralEvent {
  id: string;
  kind: ReferralStep | ReferralNote;
  at: Date;
  /** here: by the service. link: by somebody who holds the link. told: written down by the sender. sent: by the sender. */
  how: "here" | "link" | "told" | "sent";
  /** Null for what the software did by itself. */
  byName: string | null;
  reason: DeclineReason | null;
  words: string | null;
}

/** One line of a list, to the side that it names. */
export interface ListedReferral {
  id: string;
  /** What both sides quote instead of a name. */
  reference: string;
  side: Side;
  way: Way;
  /** Who sent it, by organisation. */
  fromName: string;
  /** The service that it went to, and its organisation where that is on the platform. */
  toName: string;
  toOrganisationName: string | null;
  /** The person, as this side knows them: null when the name was not shared, or is shared no longer. */
  personName: string | null;
  /** This organisation's own client. */
  clientId: string | null;
  /** Codes of the needs. */
  needs: readonly string[];
  course: ReferralCourse;
  /** Whole days since it was sent. */
  daysSinceSent: number;
  /** An answer is due, for the first or the second time. */
  reminder: "due" | "overdue" | null;
  /** Sent by the viewer, or accepted by them. */
  mine: boolean;
}

export interface ShownReferral extends ListedReferral {
  /** Name of whoever sent it. */
  sentByName: string | null;
  toEmail: string | null;
  toPhone: string | null;
  /** The service outside, in the directory. */
  toDirectoryId: string | null;
  issues: readonly ReferredIssue[];
  shared: readonly Shareable[];
  /** Null when nothing was shared, or when it is shown no more. */
  details: SharedDetails | null;
  message: string | null;
  consent: { on: Day; how: ConsentWay | null; words: string | null };
  /** Oldest first. */
  events: readonly ShownReferralEvent[];
  /** What the viewer may do next. */
  steps: readonly ReferralStep[];
  /** For the sender of one that went by e-mail: until when a link holds, and whether mail can be sent. */
  link: { until: Date | null; canMail: boolean } | null;
}

export interface ReferralList {
  /** Latest first; those that wait for an answer before the others. */
  referrals: readonly ListedReferral[];
  /** How many fit, shown or not. */
  total: number;
  /** How many wait for an answer in this box. */
  waiting: number;
  /** Middle number of days, of how many; null while there is none. */
  toAccept: { days: number; of: number } | null;
  toComplete: { days: number; of: number } | null;
}

/** A referral as somebody outside sees it by its link. */
export interface LinkedReferral {
  reference: string;
  fromName: string;
  sentByName: string | null;
  toName: string;
  course: ReferralCourse;
  issues: readonly ReferredIssue[];
  shared: readonly Shareable[];
  details: SharedDetails | null;
  message: string | null;
  consentOn: Day;
  events: readonly ShownReferralEvent[];
  steps: readonly ReferralStep[];
}

/** Where a referral can go to. */
export interface ReferralDestination {
  /** Unique in the list. */
  key: string;
  name: string;
  organisationName: string;
  /** On the platform: it sees the referral at once. */
  platform: { organisationId: number; serviceId: string } | null;
  directoryId: string | null;
  email: string | null;
  /** Who entered that address, where no source states it: "changed by Harbour Housing on 3 March 2026". */
  emailBy: string | null;
  phone: string | null;
  url: string | null;
  /** Why it is offered: "Helps with rent arrears", "Serves Wytherhaven". */
  why: readonly string[];
  /** "Check before you send: last checked 14 March 2025"; null for what is fresh. */
  staleWords: string | null;
  openingWords: string;
}

/** What a contact may say of one issue because of a referral: to be looked at, changed and saved by a person. */
export interface ReferralEntry {
  /** The sender's own issue; null for one that opens here. */
  issueId: string | null;
  need: string;
  severity: Severity;
  label: string | null;
  status: EntryStatus;
}
