/**
 * What was recorded of one client: contacts with their entries, and each issue with its course. A contact that was
 * corrected stands below the one that took its place, never as one of its own. Long histories are read a page at a
 * time; issues are always worked out from all of them.
 */

import type { TxCtx } from "./context";
import type { Channel, ContactConsent } from "./domain/contact-terms";
import { type CourseEntry, type EntryStatus, stateOf } from "./domain/issue";
import { getNeedByNumber, type Severity } from "./domain/needs";
import type { Day } from "./domain/period";
import type { ShownContact, ShownEntry, ShownIssue } from "./domain/profile";
import { openIfAny, type Row } from "./identity-vault";

interface ContactRow {
  id: string;
  occurredOn: Day;
  receivedNo: bigint;
  receivedAt: Date;
  deviceClaimedAt: Date | null;
  channel: Channel;
  serviceId: string;
  serviceName: string;
  memberName: string | null;
  note: Buffer | null;
  noteRemovedAt: Date | null;
  noteRemovedByName: string | null;
  lateReason: string | null;
  lateReasonSealed: Buffer | null;
  consent: ContactConsent | null;
  corrects: string | null;
  placeKind: ShownContact["place"]["kind"];
  deprivationDecile: number | null;
  editionName: string | null;
  nation: string | null;
  voidedAt: Date | null;
  voidReason: string | null;
  voidReasonSealed: Buffer | null;
  voidedByName: string | null;
}

interface EntryRow {
  contactId: string;
  issueId: string;
  needNumber: number;
  label: string | null;
  labelSealed: Buffer | null;
  status: EntryStatus;
  severity: Severity;
  ours: boolean;
}

/** Where a contact stands in the order of a client's contacts. */
interface Standing {
  id: string;
  occurredOn: Day;
  receivedNo: bigint;
  voidedAt: Date | null;
}

export const CONTACTS_A_PAGE = 20;

/** Which contacts to read: a page, from the one after `before`, or all of them. */
export type TimelinePage = { before: string | null } | "all";

/** Contacts latest first, by day and then by receipt. */
export interface ContactPage {
  contacts: ShownContact[];
  /** Where the next page begins; null on the last. */
  next: string | null;
}

export interface Timeline extends ContactPage {
  /** Open ones first, then by the latest mention. */
  issues: ShownIssue[];
  /** Contacts that were not voided. */
  contactCount: number;
}

/** A client's issues, and a page of the contacts they come from. */
export async function readTimeline(ctx: TxCtx, clientId: string, page: TimelinePage): Promise<Timeline> {
  const { db, actor } = ctx;
  const { organisationId } = actor;
  const [standing, entries, contacts] = await Promise.all([
    db<Standing[]>`
      select id, occurred_on, received_no, voided_at
      from casework.contact
      where organisation_id = ${organisationId} and client_id = ${clientId} and voided_at is null`,
    readEntries(ctx, clientId, null),
    readContacts(ctx, clientId, page),
  ]);
  return {
    ...pageOf(organisationId, contacts, entries, page),
    issues: shownIssues(organisationId, standing, entries),
    contactCount: standing.length,
  };
}

/** A further page of a client's contacts. */
export async function readContactPage(ctx: TxCtx, clientId: string, before: string): Promise<ContactPage> {
  const page = { before };
  const contacts = await readContacts(ctx, clientId, page);
  const entries = await readEntries(
    ctx,
    clientId,
    contacts.map(({ id }) => id),
  );
  return pageOf(ctx.actor.organisationId, contacts, entries, page);
}

const CURSOR = /^(\d{4}-\d{2}-\d{2})\|(\d{1,18})$/;

/** Whether a text says where a page begins. */
export const isCursor = (text: string): boolean => CURSOR.test(text);

/**
 * One more than a page of those that nothing took the place of, and behind each what it corrects, however often that
 * was done.
 */
function readContacts({ db, actor: { organisationId } }: TxCtx, clientId: string, page: TimelinePage) {
  const [, day = null, number = null] = page === "all" ? [] : (CURSOR.exec(page.before ?? "") ?? []);
  return db<ContactRow[]>`
    with recursive head as (
      select c.id, c.corrects
      from casework.contact as c
      where c.organisation_id = ${organisationId} and c.client_id = ${clientId}
        and not exists (
          select from casework.contact as later
          where later.organisation_id = c.organisation_id and later.corrects = c.id)
        ${day === null ? db`` : db`and (c.occurred_on, c.received_no) < (${day}::date, ${number}::bigint)`}
      order by c.occurred_on desc, c.received_no desc
      ${page === "all" ? db`` : db`limit ${CONTACTS_A_PAGE + 1}`}
    ), shown as (
      select id, corrects from head
      union
      select b.id, b.corrects
      from shown as s
      join casework.contact as b on b.organisation_id = ${organisationId} and b.id = s.corrects
    )
    select c.id, c.occurred_on, c.received_no, c.received_at, c.device_claimed_at, c.channel, c.service_id,
           s.name as service_name, a.name as member_name, c.note, c.late_reason, c.late_reason_sealed, c.consent,
           c.corrects, c.place_kind, c.deprivation_decile, e.name as edition_name, c.nation, c.voided_at,
           c.void_reason, c.void_reason_sealed, va.name as voided_by_name,
           c.note_removed_at, na.name as note_removed_by_name
    from shown
    join casework.contact as c on c.organisation_id = ${organisationId} and c.id = shown.id
    join casework.service as s on s.organisation_id = c.organisation_id and s.id = c.service_id
    left join casework.member as m on m.organisation_id = c.organisation_id and m.id = c.member_id
    left join casework.account as a on a.id = m.account_id
    left join casework.member as vm on vm.organisation_id = c.organisation_id and vm.id = c.voided_by
    left join casework.account as va on va.id = vm.account_id
    left join casework.member as nm on nm.organisation_id = c.organisation_id and nm.id = c.note_removed_by
    left join casework.account as na on na.id = nm.account_id
    left join reference.edition as e on e.number = c.deprivation_edition
    order by c.occurred_on desc, c.received_no desc`;
}

/** What contacts said of issues: of all of the client's, or of those named. */
function readEntries(
  { db, actor: { organisationId } }: TxCtx,
  clientId: string,
  contactIds: readonly string[] | null,
) {
  return db<EntryRow[]>`
    select e.contact_id, e.issue_id, e.need_number, i.label, i.label_sealed, e.status, e.severity, e.ours
    from casework.issue as i
    join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
    where i.organisation_id = ${organisationId} and i.client_id = ${clientId}
      ${contactIds === null ? db`` : db`and e.contact_id = any (${[...contactIds]}::uuid[])`}
    order by e.need_number, e.issue_id`;
}

/** What one contact said of issues. */
export async function readEntriesOf(ctx: TxCtx, clientId: string, contactId: string): Promise<ShownEntry[]> {
  const rows = await readEntries(ctx, clientId, [contactId]);
  return rows.map((row) => shownEntry(ctx.actor.organisationId, row));
}

/** What an issue was called when its need is not listed, however it is stored. */
export function labelOf(at: Row, row: { label: string | null; labelSealed: Buffer | null }): string | null {
  return openIfAny("issue.label", at, row.labelSealed) ?? row.label;
}

function pageOf(
  organisationId: number,
  rows: readonly ContactRow[],
  entries: readonly EntryRow[],
  page: TimelinePage,
): ContactPage {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const replaced = new Set(rows.flatMap(({ corrects }) => corrects ?? []));
  const byContact = new Map<string, EntryRow[]>();
  for (const entry of entries) {
    const said = byContact.get(entry.contactId);
    if (said) said.push(entry);
    else byContact.set(entry.contactId, [entry]);
  }
  const shown = (row: ContactRow): ShownContact => {
    const before = row.corrects === null ? undefined : byId.get(row.corrects);
    return {
      ...shownContact(organisationId, row, byContact.get(row.id) ?? []),
      replaces: before ? shown(before) : null,
    };
  };
  const heads = rows.filter(({ id }) => !replaced.has(id));
  const most = page === "all" ? heads.length : CONTACTS_A_PAGE;
  const last = heads[most - 1];
  return {
    contacts: heads.slice(0, most).map(shown),
    next: last && heads.length > most ? `${last.occurredOn}|${last.receivedNo}` : null,
  };
}

function shownEntry(organisationId: number, row: EntryRow): ShownEntry {
  const { issueId, needNumber, status, severity, ours } = row;
  const label = labelOf({ organisationId, id: issueId }, row);
  return { issueId, need: getNeedByNumber(needNumber).code, label, status, severity, ours };
}

function shownContact(
  organisationId: number,
  row: ContactRow,
  entries: readonly EntryRow[],
): Omit<ShownContact, "replaces"> {
  const at: Row = { organisationId, id: row.id };
  return {
    id: row.id,
    occurredOn: row.occurredOn,
    receivedAt: row.receivedAt,
    claimedAt: row.deviceClaimedAt,
    channel: row.channel,
    service: { id: row.serviceId, name: row.serviceName },
    memberName: row.memberName,
    note: openIfAny("contact.note", at, row.note),
    noteRemoved: row.noteRemovedAt ? { at: row.noteRemovedAt, memberName: row.noteRemovedByName } : null,
    lateReason: openIfAny("contact.late_reason", at, row.lateReasonSealed) ?? row.lateReason,
    consent: row.consent,
    place: {
      kind: row.placeKind,
      decile: row.deprivationDecile,
      edition: row.editionName,
      nation: row.nation,
    },
    voided: row.voidedAt
      ? {
          at: row.voidedAt,
          reason: openIfAny("contact.void_reason", at, row.voidReasonSealed) ?? row.voidReason ?? "",
          memberName: row.voidedByName,
        }
      : null,
    entries: entries.map((entry) => shownEntry(organisationId, entry)),
  };
}

function shownIssues(
  organisationId: number,
  contacts: readonly Standing[],
  entries: readonly EntryRow[],
): ShownIssue[] {
  const standing = new Map(contacts.map((row) => [row.id, row]));
  const byIssue = new Map<string, EntryRow[]>();
  for (const entry of entries) {
    const said = byIssue.get(entry.issueId);
    if (said) said.push(entry);
    else byIssue.set(entry.issueId, [entry]);
  }
  const issues = [...byIssue].flatMap(([id, said]) => {
    const [first] = said;
    if (!first) return [];
    const state = stateOf(
      said.flatMap((entry): CourseEntry[] => {
        const contact = standing.get(entry.contactId);
        return contact ? [{ ...entry, occurredOn: contact.occurredOn, receivedNo: contact.receivedNo }] : [];
      }),
    );
    return [{ id, first, state }];
  });
  return issues
    .sort(
      (a, b) =>
        Number(b.state.open) - Number(a.state.open) ||
        (b.state.latest?.occurredOn ?? "").localeCompare(a.state.latest?.occurredOn ?? ""),
    )
    .map(({ id, first, state }) => ({
      id,
      need: getNeedByNumber(first.needNumber).code,
      label: labelOf({ organisationId, id }, first),
      status: state.latest?.status ?? null,
      open: state.open,
      severity: state.latest?.severity ?? null,
      ours: state.latest?.ours ?? null,
      course: state.course.map(({ contactId, occurredOn, status, severity }) => ({
        contactId,
        occurredOn,
        status,
        severity,
      })),
    }));
}
