/**
 * Referrals as they lie in the database, read for one side and opened: the sender's own rows under row-level security,
 * or what reached the receiver through the functions that hand out what was shared and no more.
 */

import type { Tx } from "../db/client";
import { listHolidays } from "./clock";
import { now, type TxCtx } from "./context";
import { getNeedByNumber, type Severity } from "./domain/needs";
import { type Day, dayOf, daysBetween } from "./domain/period";
import {
  type DeclineReason,
  foldReferral,
  type Outcome,
  type ReferralNote,
  type ReferralStep,
  referenceOf,
  reminderFor,
  type Side,
  stepsFrom,
  type Way,
} from "./domain/referral";
import {
  type ConsentWay,
  type Shareable,
  type SharedDetails,
  sharedDetailsSchema,
} from "./domain/referral-input";
import type { LinkedReferral, ListedReferral, ReferredIssue, ShownReferral } from "./domain/referral-shown";
import { openIfAny } from "./identity-vault";
import { hasMailServer } from "./mail";

/** A referral as either side reads it. */
export interface ReferralRow {
  organisationId: number;
  organisationName: string;
  id: string;
  way: Way;
  toServiceId: string | null;
  toName: string;
  sentByName: Buffer;
  sentAt: Date;
  shared: Shareable[];
  details: Buffer | null;
  message: Buffer | null;
  consentOn: Day;
  /** The reader's own client. */
  clientId: string | null;
  /** For the receiver: the member who took it. */
  takenBy: string | null;
  /** What only the sender has. */
  sender: {
    sentBy: string;
    toOrganisationName: string | null;
    toEmail: string | null;
    toPhone: string | null;
    toDirectoryId: string | null;
    consentHow: ConsentWay;
    consentWords: Buffer;
    givenName: Buffer | null;
    familyName: Buffer | null;
    linkUntil: Date | null;
  } | null;
}

interface IssueRow {
  referralId: string;
  organisationId: number;
  position: number;
  /** For the sender alone. */
  issueId: string | null;
  needNumber: number;
  severity: Severity;
  label: Buffer | null;
}

interface EventRow {
  referralId: string;
  organisationId: number;
  id: string;
  kind: ReferralStep | ReferralNote;
  how: "here" | "link" | "told" | "sent";
  at: Date;
  byName: Buffer | null;
  reason: DeclineReason | null;
  words: Buffer | null;
  outcomes: Outcome[] | null;
}

/** A referral with its issues and all that happened to it. */
export interface WholeReferral {
  row: ReferralRow;
  issues: readonly IssueRow[];
  events: readonly EventRow[];
}

/** The actor's organisation's own referrals, latest first: all, one, or those of one client. */
export async function readSent(
  { db, actor }: TxCtx,
  only: { id?: string; clientId?: string } = {},
): Promise<WholeReferral[]> {
  const { organisationId, organisationName } = actor;
  const rows = await db<(Omit<ReferralRow, "sender"> & NonNullable<ReferralRow["sender"]>)[]>`
    select r.organisation_id, ${organisationName} as organisation_name, r.id, r.way, r.to_service_id, r.to_name,
           r.sent_by_name, r.sent_at, r.shared, r.details, r.message, r.consent_on, r.client_id,
           null::uuid as taken_by, r.sent_by, r.to_organisation_name, r.to_email, r.to_phone,
           r.to_directory_id, r.consent_how, r.consent_words, i.given_name, i.family_name,
           (select max(l.expires_at) from casework.referral_link as l
            where l.organisation_id = r.organisation_id and l.referral_id = r.id
              and l.ended_at is null and l.expires_at > now()) as link_until
    from casework.referral as r
    left join identity.client_identity as i on i.organisation_id = r.organisation_id and i.client_id = r.client_id
    where r.organisation_id = ${organisationId}
      ${only.id === undefined ? db`` : db`and r.id = ${only.id}`}
      ${only.clientId === undefined ? db`` : db`and r.client_id = ${only.clientId}`}
    order by r.sent_at desc, r.id desc`;
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [issues, events] = await Promise.all([
    db<IssueRow[]>`
      select i.organisation_id, i.referral_id, i.position, i.issue_id, i.need_number, i.severity, i.label
      from casework.referral_issue as i
      where i.organisation_id = ${organisationId} and i.referral_id = any (${ids}::uuid[])
      order by i.position`,
    db<EventRow[]>`
      select e.organisation_id, e.referral_id, e.id, e.kind, e.how, e.at, e.by_name, e.reason, e.words, e.outcomes
      from casework.referral_event as e
      where e.organisation_id = ${organisationId} and e.referral_id = any (${ids}::uuid[])
      order by e.position`,
  ]);
  const whole = rows.map((row): ReferralRow => {
    const {
      sentBy,
      toOrganisationName,
      toEmail,
      toPhone,
      toDirectoryId,
      consentHow,
      consentWords,
      givenName,
      familyName,
      linkUntil,
      ...both
    } = row;
    return {
      ...both,
      sender: {
        sentBy,
        toOrganisationName,
        toEmail,
        toPhone,
        toDirectoryId,
        consentHow,
        consentWords,
        givenName,
        familyName,
        linkUntil,
      },
    };
  });
  return gather(whole, issues, events);
}

/** Referrals that reached the caller, latest first: by being addressed to their organisation, or by a link. */
export async function readReceived(
  { db }: { db: Tx },
  only: { id?: string; clientId?: string; tokenHash?: Buffer } = {},
): Promise<WholeReferral[]> {
  const token = only.tokenHash ?? null;
  const found = await db<Omit<ReferralRow, "sender">[]>`
    select r.organisation_id, r.organisation_name, r.id, r.way, r.to_service_id, r.to_name, r.sent_by_name, r.sent_at,
           r.shared, r.details, r.message, r.consent_on, r.client_id, r.taken_by
    from casework.referrals_received(${token}::bytea) as r
    where true
      ${only.id === undefined ? db`` : db`and r.id = ${only.id}`}
      ${only.clientId === undefined ? db`` : db`and r.client_id = ${only.clientId}`}
    order by r.sent_at desc, r.id desc`;
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const [issues, events] = await Promise.all([
    db<IssueRow[]>`
      select i.organisation_id, i.referral_id, i.position, null as issue_id, i.need_number, i.severity, i.label
      from casework.referral_issues_received(${token}::bytea) as i
      where i.referral_id = any (${ids}::uuid[])
      order by i.position`,
    db<EventRow[]>`
      select e.organisation_id, e.referral_id, e.id, e.kind, e.how, e.at, e.by_name, e.reason, e.words, e.outcomes
      from casework.referral_events_received(${token}::bytea) as e
      where e.referral_id = any (${ids}::uuid[])
      order by e.position`,
  ]);
  return gather(
    found.map((row): ReferralRow => ({ ...row, sender: null })),
    issues,
    events,
  );
}

function gather(
  rows: readonly ReferralRow[],
  issues: readonly IssueRow[],
  events: readonly EventRow[],
): WholeReferral[] {
  const keyOf = (organisationId: number, id: string) => `${organisationId}:${id}`;
  const byKey = new Map<string, { issues: IssueRow[]; events: EventRow[] }>(
    rows.map(({ organisationId, id }) => [keyOf(organisationId, id), { issues: [], events: [] }]),
  );
  for (const issue of issues) byKey.get(keyOf(issue.organisationId, issue.referralId))?.issues.push(issue);
  for (const event of events) byKey.get(keyOf(event.organisationId, event.referralId))?.events.push(event);
  return rows.map((row) => {
    const of = byKey.get(keyOf(row.organisationId, row.id));
    return { row, issues: of?.issues ?? [], events: of?.events ?? [] };
  });
}

/** What showing depends on besides the rows. */
export interface Viewing {
  today: Day;
  holidays: ReadonlySet<Day>;
  /** Who looks; null for whoever holds a link. */
  memberId: string | null;
}

/** How the actor of a transaction looks at referrals today. */
export async function viewing(ctx: TxCtx): Promise<Viewing> {
  const [instant, holidays] = await Promise.all([now(ctx), listHolidays(ctx.db)]);
  return { today: dayOf(instant), holidays, memberId: ctx.actor.memberId };
}

/** Where a referral stands. */
export const courseOf = ({ row, events }: WholeReferral) => foldReferral(row.sentAt, events);

/** On which side of a referral the reader's organisation is. */
export const sideOf = ({ row }: WholeReferral): Side => (row.sender ? "sender" : "receiver");

/** The details that were shared, opened; null when there are none to show. */
export function detailsOf({ row }: WholeReferral): SharedDetails | null {
  const text = openIfAny("referral.details", row, row.details);
  return text === null ? null : sharedDetailsSchema.parse(JSON.parse(text));
}

function personNameOf(whole: WholeReferral): string | null {
  const { row } = whole;
  const { sender } = row;
  if (sender && row.clientId) {
    const at = { organisationId: row.organisationId, id: row.clientId };
    return joined(
      openIfAny("client_identity.given_name", at, sender.givenName),
      openIfAny("client_identity.family_name", at, sender.familyName),
    );
  }
  const details = detailsOf(whole);
  return joined(details?.givenName, details?.familyName);
}

function joined(...names: (string | null | undefined)[]): string | null {
  return names.filter(Boolean).join(" ") || null;
}

/** The line of a list. */
export function listed(whole: WholeReferral, { today, holidays, memberId }: Viewing): ListedReferral {
  const { row, issues } = whole;
  const course = courseOf(whole);
  return {
    id: row.id,
    reference: referenceOf(row.id),
    side: sideOf(whole),
    way: row.way,
    fromName: row.organisationName,
    toName: row.toName,
    toOrganisationName: row.sender?.toOrganisationName ?? null,
    personName: personNameOf(whole),
    clientId: row.clientId,
    needs: issues.map(({ needNumber }) => getNeedByNumber(needNumber).code),
    course,
    daysSinceSent: Math.max(0, daysBetween(dayOf(row.sentAt), today)),
    reminder: reminderFor(course, today, holidays),
    mine: memberId !== null && memberId === (row.sender ? row.sender.sentBy : row.takenBy),
  };
}

/** The issues of a referral, opened, with what came of each. */
export function issuesOf(whole: WholeReferral): ReferredIssue[] {
  const { outcomes } = courseOf(whole);
  const { organisationId, id } = whole.row;
  return whole.issues.map((issue, at) => ({
    need: getNeedByNumber(issue.needNumber).code,
    severity: issue.severity,
    label: openIfAny("referral_issue.label", { organisationId, id: `${id}/${issue.position}` }, issue.label),
    outcome: outcomes[at] ?? null,
  }));
}

function eventsOf({ row, events }: WholeReferral) {
  return events.map(({ id, kind, at, how, byName, reason, words }) => {
    const place = { organisationId: row.organisationId, id };
    return {
      id,
      kind,
      at,
      how,
      byName: openIfAny("referral_event.by_name", place, byName),
      reason,
      words: openIfAny("referral_event.words", place, words),
    };
  });
}

/** One in full, with what the viewer may do next. */
export function shown(whole: WholeReferral, by: Viewing): ShownReferral {
  const { row } = whole;
  const { sender } = row;
  const line = listed(whole, by);
  const [side, way] = [line.side, row.way];
  return {
    ...line,
    sentByName: openIfAny("referral.sent_by_name", row, row.sentByName),
    toEmail: sender?.toEmail ?? null,
    toPhone: sender?.toPhone ?? null,
    toDirectoryId: sender?.toDirectoryId ?? null,
    issues: issuesOf(whole),
    shared: row.shared,
    details: detailsOf(whole),
    message: openIfAny("referral.message", row, row.message),
    consent: {
      on: row.consentOn,
      how: sender?.consentHow ?? null,
      words: openIfAny("referral.consent_words", row, sender?.consentWords ?? null),
    },
    events: eventsOf(whole),
    steps: stepsFrom(line.course.state, { side, way }),
    link: sender && way === "email" ? { until: sender.linkUntil, canMail: hasMailServer() } : null,
  };
}

/** What whoever holds the link sees. */
export function shownByLink(whole: WholeReferral): LinkedReferral {
  const { row } = whole;
  const course = courseOf(whole);
  return {
    reference: referenceOf(row.id),
    fromName: row.organisationName,
    sentByName: openIfAny("referral.sent_by_name", row, row.sentByName),
    toName: row.toName,
    course,
    issues: issuesOf(whole),
    shared: row.shared,
    details: detailsOf(whole),
    message: openIfAny("referral.message", row, row.message),
    consentOn: row.consentOn,
    events: eventsOf(whole),
    steps: stepsFrom(course.state, { side: "receiver", way: row.way }),
  };
}
