/**
 * What an organisation sees of its own clients: the line in a list, and the profile with its issues and contacts.
 * These are answers only; what is sent lies in `client.ts` and `contact.ts`.
 */

import type { Place } from "./client";
import type { Sex } from "./client-terms";
import type { ShownClosing } from "./closing";
import type { ConsentState, ShownConsent } from "./consent";
import type { Channel, ContactConsent } from "./contact-terms";
import type { IdentifierKind } from "./identifiers";
import type { EntryStatus } from "./issue";
import type { Severity } from "./needs";
import type { ShownObjection } from "./objection";
import type { Day } from "./period";
import type { ShownConflict } from "./profile-terms";

/** One line of a list of people. */
export interface ClientSummary {
  id: string;
  givenName: string;
  familyName: string;
  dateOfBirth: Day | null;
  reference: string | null;
  /** Null while the organisation works with them. */
  closedOn: Day | null;
  /** Day of the latest contact that was not voided. */
  lastContactOn: Day | null;
  /** Issues that are open now. */
  openIssues: number;
}

/** One person found, and by what: the best hit first. */
export interface FoundClient extends ClientSummary {
  matched: "name" | "date-of-birth" | "reference" | "phone" | "identifier";
}

export interface ShownIdentifier {
  kind: IdentifierKind;
  /** Dots and the last three characters, unless shown in full was asked for. */
  value: string;
}

/** What one contact said of one issue, as its timeline shows it. */
export interface ShownEntry {
  issueId: string;
  /** Code of the need. */
  need: string;
  label: string | null;
  status: EntryStatus;
  severity: Severity;
  ours: boolean;
}

export interface ShownContact {
  id: string;
  occurredOn: Day;
  receivedAt: Date;
  /** When the device says that it was logged; null for an import. Shown, never counted by. */
  claimedAt: Date | null;
  channel: Channel;
  service: { id: string; name: string };
  /** Name of the colleague who logged it; null for an import. */
  memberName: string | null;
  note: string | null;
  /** When a manager removed the note for good, and who; null when nobody did. */
  noteRemoved: { at: Date; memberName: string | null } | null;
  lateReason: string | null;
  /** What was said at this contact about sharing; null when the question was not on the form. */
  consent: ContactConsent | null;
  place: {
    kind: "postcode" | "no-fixed-address" | "unknown" | "outside";
    /** Decile 1 is the most deprived tenth of its nation and edition; null where none is known. */
    decile: number | null;
    edition: string | null;
    nation: string | null;
  };
  voided: { at: Date; reason: string; memberName: string | null } | null;
  entries: readonly ShownEntry[];
  /** The contact that this one corrects, and so on; null when it was right at once. */
  replaces: ShownContact | null;
}

/** One contact as it was logged: what a correction begins from. */
export interface KeptContact {
  id: string;
  clientId: string;
  anonymous: boolean;
  serviceId: string;
  occurredOn: Day;
  channel: Channel;
  lateReason: string | null;
  /** A correction that names no place keeps this one. */
  placeKind: ShownContact["place"]["kind"];
  note: string | null;
  consent: ContactConsent | null;
  entries: readonly ShownEntry[];
  /** Why it can no longer be corrected; null when it can. */
  fixed: "voided" | "imported" | null;
}

/** An issue with where it stands now and how it came there: entries of contacts that were not voided. */
export interface ShownIssue {
  id: string;
  need: string;
  label: string | null;
  /** Null when every contact that spoke of it was voided. */
  status: EntryStatus | null;
  open: boolean;
  severity: Severity | null;
  ours: boolean | null;
  /** Oldest first; the first one opens the issue. */
  course: readonly { contactId: string; occurredOn: Day; status: EntryStatus; severity: Severity }[];
}

export interface ClientProfile {
  id: string;
  anonymous: boolean;
  /** Grows with each change of the profile; 0 for somebody who gave no name. */
  version: number;
  reference: string | null;
  givenName: string;
  familyName: string;
  dateOfBirth: Day | null;
  /** Whole years on the installation's day. */
  age: number | null;
  sex: Sex;
  place: Place;
  /** Why the postcode has no place on the map; null when it has one, or there is none. */
  placeNote: string | null;
  /** House number and street. */
  address: string | null;
  /** Nobody outside may find this home. */
  homeIsSecret: boolean;
  phone: string | null;
  email: string | null;
  identifiers: readonly ShownIdentifier[];
  closedOn: Day | null;
  /** Where the client stands on sharing with other services today. */
  sharing: ConsentState;
  /** Lives in one of the 20% most deprived small areas of the nation; null where no decile is known. */
  inMostDeprivedFifth: boolean | null;
  /** Open ones first, then by the latest mention. */
  issues: readonly ShownIssue[];
  /** Latest first: by day, then by receipt. A page of them. */
  contacts: readonly ShownContact[];
  /** Where the next page of contacts begins; null on the last. */
  nextContacts: string | null;
  /** Contacts that were not voided. */
  contactCount: number;
}

/** The record of a client as its page shows it. */
export interface ClientRecord extends ClientProfile {
  /** Every answer about sharing, the latest first. */
  consents: readonly ShownConsent[];
  /** What they object to, the latest first. */
  objections: readonly ShownObjection[];
  /** Each time that it was closed or opened again, the latest first. */
  closings: readonly ShownClosing[];
  /** Pairs of values that wait for a choice. */
  conflicts: readonly ShownConflict[];
}
