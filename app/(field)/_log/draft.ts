/**
 * What somebody has said so far on the log screen, before it is saved. Pure: each change gives a new draft, and the
 * draft becomes exactly what `contacts.log` takes. Ids are made once, when the draft or an issue begins.
 */
import type { NewClientInput, Place } from "../../../server/domain/client";
import type { ChildAnswer } from "../../../server/domain/consent";
import type { NewContactInput } from "../../../server/domain/contact";
import { type Channel, type ContactConsent, LATE_DAYS } from "../../../server/domain/contact-terms";
import type { EntryStatus } from "../../../server/domain/issue";
import { findNeed, type Need, type Severity } from "../../../server/domain/needs";
import { type Day, daysBetween } from "../../../server/domain/period";

/** What a first mention may say: new to them, going on already, or met at this very contact. */
export const FIRST_CHOICES = [
  { value: "new", label: "New" },
  { value: "ongoing", label: "Ongoing" },
  { value: "resolved", label: "Resolved" },
] as const satisfies readonly { value: EntryStatus; label: string }[];
export type FirstStatus = (typeof FIRST_CHOICES)[number]["value"];

/** An issue named here for the first time. */
export interface NewIssue {
  kind: "new";
  issueId: string;
  need: string;
  status: FirstStatus;
  ours: boolean;
  severity: Severity;
  /** For a need that is not listed: what it is. */
  label: string;
}

/** An issue that was open already, and what this contact says of it. */
export interface OpenIssue {
  kind: "open";
  issueId: string;
  need: string;
  status: Exclude<EntryStatus, "new">;
  ours: boolean;
  severity: Severity;
}

export type DraftIssue = NewIssue | OpenIssue;

/** An open issue as far as the log screen shows it. */
export interface KnownIssue {
  id: string;
  need: string;
  label: string | null;
  /** Day of the first entry. */
  since: Day | null;
  severity: Severity | null;
  ours: boolean | null;
}

export interface Draft {
  contactId: string;
  clientId: string;
  anonymous: boolean;
  /** Who is added with this contact; null for somebody who is known here. */
  newClient: NewClientInput | null;
  serviceId: string;
  channel: Channel;
  /** Null: the device does not know which day it is, and the worker has not said. */
  occurredOn: Day | null;
  lateReason: string;
  /** Null: the place in the client's profile. */
  place: Place | null;
  /** What was said of sharing with other services; null when nothing was. */
  consent: ContactConsent | null;
  /** Who was asked, where they are under 16 and said yes. */
  consentChild: ChildAnswer | null;
  note: string;
  /** The contact that this one puts right, and why. */
  corrects: { contactId: string; reason: string } | null;
  /** In the order picked. */
  issues: readonly DraftIssue[];
}

export type Change =
  | { type: "channel"; channel: Channel }
  | { type: "service"; serviceId: string }
  | { type: "day"; day: Day }
  | { type: "late-reason"; text: string }
  | { type: "place"; place: Place | null }
  | { type: "consent"; consent: ContactConsent | null }
  | { type: "consent-child"; child: ChildAnswer }
  | { type: "note"; text: string }
  | { type: "correction-reason"; text: string }
  | { type: "add-need"; issueId: string; need: Need; ours: boolean }
  | { type: "carry-on"; issue: KnownIssue; status: OpenIssue["status"] }
  | {
      type: "edit";
      issueId: string;
      status?: FirstStatus;
      ours?: boolean;
      severity?: Severity;
      label?: string;
    }
  | { type: "remove"; issueId: string };

/** What a draft begins with, beside new ids: what is usual, so that it needs no tap. */
export interface DraftStart {
  contactId: string;
  clientId: string;
  anonymous: boolean;
  serviceId: string;
  channel: Channel;
  today: Day | null;
}

export function beginDraft({ today, ...start }: DraftStart): Draft {
  return {
    ...start,
    newClient: null,
    occurredOn: today,
    lateReason: "",
    place: null,
    consent: null,
    consentChild: null,
    note: "",
    corrects: null,
    issues: [],
  };
}

export function changeDraft(draft: Draft, change: Change): Draft {
  switch (change.type) {
    case "channel":
      return { ...draft, channel: change.channel };
    case "service":
      return { ...draft, serviceId: change.serviceId };
    case "day":
      return { ...draft, occurredOn: change.day };
    case "late-reason":
      return { ...draft, lateReason: change.text };
    case "place":
      return { ...draft, place: change.place };
    case "consent":
      return { ...draft, consent: change.consent, consentChild: null };
    case "consent-child":
      return { ...draft, consentChild: change.child };
    case "note":
      return { ...draft, note: change.text };
    case "correction-reason":
      return draft.corrects ? { ...draft, corrects: { ...draft.corrects, reason: change.text } } : draft;
    case "add-need":
      return addNeed(draft, change);
    case "carry-on":
      return carryOn(draft, change);
    case "edit":
      return {
        ...draft,
        issues: draft.issues.map((issue) =>
          issue.issueId === change.issueId ? edited(issue, change) : issue,
        ),
      };
    case "remove":
      return { ...draft, issues: draft.issues.filter((issue) => issue.issueId !== change.issueId) };
  }
}

function addNeed(draft: Draft, { issueId, need, ours }: Extract<Change, { type: "add-need" }>): Draft {
  const issue: NewIssue = {
    kind: "new",
    issueId,
    need: need.code,
    status: "new",
    ours,
    severity: need.severityHint,
    label: "",
  };
  return { ...draft, issues: [...draft.issues, issue] };
}

function carryOn(draft: Draft, { issue, status }: Extract<Change, { type: "carry-on" }>): Draft {
  const said = draft.issues.find((known) => known.issueId === issue.id);
  if (said) {
    return {
      ...draft,
      issues: draft.issues.map((known) =>
        known.issueId === issue.id && known.kind === "open" ? { ...known, status } : known,
      ),
    };
  }
  const open: OpenIssue = {
    kind: "open",
    issueId: issue.id,
    need: issue.need,
    status,
    ours: issue.ours ?? true,
    severity: issue.severity ?? findNeed(issue.need)?.severityHint ?? "medium",
  };
  return { ...draft, issues: [...draft.issues, open] };
}

function edited(issue: DraftIssue, change: Extract<Change, { type: "edit" }>): DraftIssue {
  const both = { ours: change.ours ?? issue.ours, severity: change.severity ?? issue.severity };
  return issue.kind === "new"
    ? { ...issue, ...both, status: change.status ?? issue.status, label: change.label ?? issue.label }
    : { ...issue, ...both };
}

/** Whether the day is so far back that a reason is asked for. A correction that keeps its day had one. */
export function isLate(draft: Draft, today: Day | null): boolean {
  if (!today || !draft.occurredOn || draft.corrects) return false;
  return daysBetween(draft.occurredOn, today) > LATE_DAYS;
}

/** Whether anything was said that would be missed. */
export function hasContent(draft: Draft): boolean {
  return draft.issues.length > 0 || draft.note !== "" || draft.lateReason !== "" || draft.newClient !== null;
}

/**
 * The contact as `contacts.log` takes it. `claimedAt` is the device's time of saving: sent again, the contact is the
 * same to the letter, or it would be another one under the same id.
 */
export function contactOf(draft: Draft, occurredOn: Day, claimedAt: Date): NewContactInput {
  return {
    id: draft.contactId,
    clientId: draft.clientId,
    anonymous: draft.anonymous,
    ...(draft.newClient && { newClient: draft.newClient }),
    serviceId: draft.serviceId,
    occurredOn,
    channel: draft.channel,
    deviceClaimedAt: claimedAt.toISOString(),
    ...(draft.lateReason && { lateReason: draft.lateReason }),
    ...(draft.place && { place: draft.place }),
    ...(draft.consent && { consent: draft.consent }),
    ...(draft.consentChild && { consentChild: draft.consentChild }),
    ...(draft.note && { note: draft.note }),
    ...(draft.corrects && { corrects: draft.corrects }),
    entries: draft.issues.map((issue) => ({
      issueId: issue.issueId,
      need: issue.need,
      status: issue.status,
      severity: issue.severity,
      ours: issue.ours,
      ...(issue.kind === "new" && issue.label && { label: issue.label }),
    })),
  };
}

/**
 * A saved contact as a draft again, with everything in its place: to be mended, changed or corrected. An entry speaks
 * of an open issue when its issue is known and was not opened by this contact.
 */
export function draftOf(contact: NewContactInput, known: readonly KnownIssue[]): Draft {
  const ids = new Set(known.map(({ id }) => id));
  return {
    contactId: contact.id,
    clientId: contact.clientId,
    anonymous: contact.anonymous ?? false,
    newClient: contact.newClient ?? null,
    serviceId: contact.serviceId,
    channel: contact.channel,
    occurredOn: contact.occurredOn,
    lateReason: contact.lateReason ?? "",
    place: contact.place ?? null,
    consent: contact.consent ?? null,
    consentChild: contact.consentChild ?? null,
    note: contact.note ?? "",
    corrects: contact.corrects ?? null,
    issues: contact.entries.map((entry): DraftIssue => {
      const { issueId, need, status, severity, ours } = entry;
      const isFirst = FIRST_CHOICES.find(({ value }) => value === status)?.value;
      if (status !== "new" && (ids.has(issueId) || !isFirst)) {
        return { kind: "open", issueId, need, status, ours, severity };
      }
      return {
        kind: "new",
        issueId,
        need,
        status: isFirst ?? "new",
        ours,
        severity,
        label: entry.label ?? "",
      };
    }),
  };
}

/** Open issues that a contact may carry on: not those that it opened itself, which stand among its own. */
export function openBeside(
  known: readonly KnownIssue[],
  entries: readonly { issueId: string; status: EntryStatus }[],
): KnownIssue[] {
  const own = new Set(entries.filter(({ status }) => status === "new").map(({ issueId }) => issueId));
  return known.filter(({ id }) => !own.has(id));
}

/** "3 issues", "1 issue". */
export function issuesSaid(draft: Draft): string {
  return `${draft.issues.length} ${draft.issues.length === 1 ? "issue" : "issues"}`;
}
