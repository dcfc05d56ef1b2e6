/** What was recorded of one client: contacts with their entries, and each issue with its course. */

import type { TxCtx } from "./context";
import type { Channel } from "./domain/contact";
import { type CourseEntry, type EntryStatus, stateOf } from "./domain/issue";
import { getNeedByNumber, type Severity } from "./domain/needs";
import type { Day } from "./domain/period";
import type { ShownContact, ShownEntry, ShownIssue } from "./domain/profile";
import { openIfAny } from "./identity-vault";

interface ContactRow {
  id: string;
  occurredOn: Day;
  receivedNo: bigint;
  receivedAt: Date;
  channel: Channel;
  serviceId: string;
  serviceName: string;
  memberName: string | null;
  note: Buffer | null;
  lateReason: string | null;
  placeKind: ShownContact["place"]["kind"];
  deprivationDecile: number | null;
  editionName: string | null;
  nation: string | null;
  voidedAt: Date | null;
  voidReason: string | null;
}

interface EntryRow {
  contactId: string;
  issueId: string;
  needNumber: number;
  label: string | null;
  status: EntryStatus;
  severity: Severity;
  ours: boolean;
}

/** Contacts latest first, by day and then by receipt; open issues first, then by the latest mention. */
export async function readTimeline(
  { db, actor: { organisationId } }: TxCtx,
  clientId: string,
): Promise<{ contacts: ShownContact[]; issues: ShownIssue[] }> {
  const [contacts, entries] = await Promise.all([
    db<ContactRow[]>`
      select c.id, c.occurred_on, c.received_no, c.received_at, c.channel, c.service_id, s.name as service_name,
             a.name as member_name, c.note, c.late_reason, c.place_kind, c.deprivation_decile,
             e.name as edition_name, c.nation, c.voided_at, c.void_reason
      from casework.contact as c
      join casework.service as s on s.organisation_id = c.organisation_id and s.id = c.service_id
      left join casework.member as m on m.organisation_id = c.organisation_id and m.id = c.member_id
      left join casework.account as a on a.id = m.account_id
      left join reference.edition as e on e.number = c.deprivation_edition
      where c.organisation_id = ${organisationId} and c.client_id = ${clientId}
      order by c.occurred_on desc, c.received_no desc`,
    db<EntryRow[]>`
      select e.contact_id, e.issue_id, e.need_number, i.label, e.status, e.severity, e.ours
      from casework.issue as i
      join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
      where i.organisation_id = ${organisationId} and i.client_id = ${clientId}
      order by e.need_number, e.issue_id`,
  ]);
  return {
    contacts: contacts.map((row) => shownContact(organisationId, row, entries)),
    issues: shownIssues(contacts, entries),
  };
}

function shownEntry({ contactId: _, needNumber, ...entry }: EntryRow): ShownEntry {
  return { ...entry, need: getNeedByNumber(needNumber).code };
}

function shownContact(organisationId: number, row: ContactRow, entries: readonly EntryRow[]): ShownContact {
  return {
    id: row.id,
    occurredOn: row.occurredOn,
    receivedAt: row.receivedAt,
    channel: row.channel,
    service: { id: row.serviceId, name: row.serviceName },
    memberName: row.memberName,
    note: openIfAny("contact.note", { organisationId, id: row.id }, row.note),
    lateReason: row.lateReason,
    place: {
      kind: row.placeKind,
      decile: row.deprivationDecile,
      edition: row.editionName,
      nation: row.nation,
    },
    voided: row.voidedAt ? { at: row.voidedAt, reason: row.voidReason ?? "" } : null,
    entries: entries.filter(({ contactId }) => contactId === row.id).map(shownEntry),
  };
}

function shownIssues(contacts: readonly ContactRow[], entries: readonly EntryRow[]): ShownIssue[] {
  const standing = new Map(contacts.filter(({ voidedAt }) => !voidedAt).map((row) => [row.id, row]));
  const byIssue = new Map<string, EntryRow[]>();
  for (const entry of entries) {
    byIssue.set(entry.issueId, [...(byIssue.get(entry.issueId) ?? []), entry]);
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
      label: first.label,
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
