/**
 * What somebody has said so far on the log screen, before it is sent. Pure: each change gives a new draft, and
 * the draft becomes exactly what `contacts.log` takes. Ids are made once, when the draft or an issue begins.
 */
import type { Place } from "../../../server/domain/client";
import type { NewContactInput } from "../../../server/domain/contact";
import { type Channel, LATE_DAYS } from "../../../server/domain/contact-terms";
import type { EntryStatus } from "../../../server/domain/issue";
import { findNeed, type Need, type Severity } from "../../../server/domain/needs";
import { type Day, daysBetween } from "../../../server/domain/period";
import type { ShownIssue } from "../../../server/domain/profile";

/** An issue named today for the first time. */
export interface NewIssue {
  kind: "new";
  issueId: string;
  need: string;
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

export interface Draft {
  contactId: string;
  clientId: string;
  anonymous: boolean;
  serviceId: string;
  channel: Channel;
  occurredOn: Day;
  lateReason: string;
  /** Null: the place in the client's profile. */
  place: PlaceChoice | null;
  note: string;
  /** In the order picked. */
  issues: readonly DraftIssue[];
}

/** A place as it is being typed: a postcode may still be half there. */
export type PlaceChoice = Place;

export type Change =
  | { type: "channel"; channel: Channel }
  | { type: "service"; serviceId: string }
  | { type: "day"; day: Day }
  | { type: "late-reason"; text: string }
  | { type: "place"; place: PlaceChoice | null }
  | { type: "note"; text: string }
  | { type: "add-need"; issueId: string; need: Need; ours: boolean }
  | { type: "carry-on"; issue: ShownIssue; status: OpenIssue["status"] }
  | { type: "edit"; issueId: string; ours?: boolean; severity?: Severity; label?: string }
  | { type: "remove"; issueId: string };

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
    case "note":
      return { ...draft, note: change.text };
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
    ? { ...issue, ...both, label: change.label ?? issue.label }
    : { ...issue, ...both };
}

/** Whether the day is so far back that a reason is asked for. */
export function isLate(draft: Draft, today: Day): boolean {
  return daysBetween(draft.occurredOn, today) > LATE_DAYS;
}

/** Whether anything was said that would be missed. */
export function hasContent(draft: Draft): boolean {
  return draft.issues.length > 0 || draft.note !== "" || draft.lateReason !== "";
}

/**
 * The contact as `contacts.log` takes it. `claimedAt` is the device's time when Save was first pressed: sent
 * again, the contact must be the same to the letter, or it would be another one under the same id.
 */
export function contactOf(draft: Draft, claimedAt: Date): NewContactInput {
  return {
    id: draft.contactId,
    clientId: draft.clientId,
    anonymous: draft.anonymous,
    serviceId: draft.serviceId,
    occurredOn: draft.occurredOn,
    channel: draft.channel,
    deviceClaimedAt: claimedAt.toISOString(),
    ...(draft.lateReason && { lateReason: draft.lateReason }),
    ...(draft.place && { place: draft.place }),
    ...(draft.note && { note: draft.note }),
    entries: draft.issues.map((issue) => ({
      issueId: issue.issueId,
      need: issue.need,
      status: issue.kind === "new" ? "new" : issue.status,
      severity: issue.severity,
      ours: issue.ours,
      ...(issue.kind === "new" && issue.label && { label: issue.label }),
    })),
  };
}

/** "3 issues", "1 issue". */
export function contactWords(draft: Draft): string {
  return `${draft.issues.length} ${draft.issues.length === 1 ? "issue" : "issues"}`;
}
