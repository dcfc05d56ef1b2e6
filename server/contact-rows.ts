/**
 * How accepted contacts are written: contact, issues that they open, and entries, one statement a table for any
 * number of them, inside the caller's transaction. Receipt is numbered in the order given; a correction takes the
 * number of what it corrects.
 */

import { ARRAY_OF, type Writer } from "./client-rows";
import type { AcceptedContact } from "./domain/contact";
import { inMostDeprivedFifth } from "./domain/geography";
import { TAXONOMY_VERSION } from "./domain/needs";
import type { Day } from "./domain/period";
import { openIfAny, type Row, seal, sealIfAny } from "./identity-vault";
import type { Place } from "./places";

export interface ContactToWrite extends AcceptedContact {
  fingerprint: Buffer;
  place: Place;
}

/**
 * Writes contacts that keep every rule, and voids those that they correct. Throws a unique violation when one of the
 * ids was stored, or one of the contacts corrected, meanwhile.
 */
export async function insertContacts(writer: Writer, rows: readonly ContactToWrite[]): Promise<void> {
  const { db, organisationId } = writer;
  const entries = rows.flatMap(({ contact, entries }) =>
    entries.map(({ entry, need, opens }) => ({ contact, entry, need, opens })),
  );
  const opened = entries.filter(({ opens }) => opens);
  const corrections = rows.filter(({ contact }) => contact.corrects);
  await Promise.all([
    insertFirst(
      writer,
      rows.filter(({ contact }) => !contact.corrects),
    ),
    ...(corrections.length > 0 ? [insertCorrections(writer, corrections)] : []),
    db`
      insert into casework.issue (organisation_id, taxonomy_version, id, client_id, need_number, label_sealed)
      select ${organisationId}, ${TAXONOMY_VERSION}, fresh.*
      from unnest(${opened.map(({ entry }) => entry.issueId)}::uuid[],
                  ${opened.map(({ contact }) => contact.clientId)}::uuid[],
                  ${opened.map(({ need }) => need.number)}::smallint[],
                  ${db.array(
                    opened.map(({ entry: { issueId: id, label } }) =>
                      sealIfAny("issue.label", { organisationId, id }, label),
                    ),
                    ARRAY_OF.bytes,
                  )}::bytea[]) as fresh`,
    db`
      insert into casework.issue_entry
        (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
      select ${organisationId}, fresh.*
      from unnest(${entries.map(({ contact }) => contact.id)}::uuid[],
                  ${entries.map(({ entry }) => entry.issueId)}::uuid[],
                  ${entries.map(({ need }) => need.number)}::smallint[],
                  ${entries.map(({ entry }) => entry.status)}::casework.entry_status[],
                  ${entries.map(({ entry }) => entry.severity)}::casework.severity[],
                  ${db.array(
                    entries.map(({ entry }) => entry.ours),
                    ARRAY_OF.boolean,
                  )}::boolean[]) as fresh`,
    ...(corrections.length > 0
      ? [
          voidContacts(
            writer,
            corrections.flatMap(({ contact: { corrects } }) =>
              corrects ? [{ id: corrects.contactId, reason: corrects.reason }] : [],
            ),
          ),
        ]
      : []),
  ]);
}

async function insertFirst(writer: Writer, rows: readonly ContactToWrite[]): Promise<void> {
  if (rows.length === 0) return;
  const { db, organisationId, memberId } = writer;
  await db`
    insert into casework.contact (organisation_id, member_id, ${columns(db)})
    select ${organisationId}, ${memberId}, fresh.* from ${valuesOf(writer, rows)} as fresh`;
}

/**
 * A correction stands in the order of receipt where the contact it corrects stood: received later, it would otherwise
 * pass what was said of the same issue on the same day.
 */
async function insertCorrections(writer: Writer, rows: readonly ContactToWrite[]): Promise<void> {
  const { db, organisationId, memberId } = writer;
  const corrects = new Map(rows.map(({ contact }) => [contact.id, contact.corrects?.contactId]));
  const firstOf = (id: string): string => {
    const before = corrects.get(id);
    return before === undefined ? id : firstOf(before);
  };
  await db`
    insert into casework.contact
      (organisation_id, member_id, received_no, corrects, ${columns(db)})
    overriding system value
    select ${organisationId}, ${memberId}, first.received_no, place_of.corrects, fresh.*
    from ${valuesOf(writer, rows)} as fresh (${columns(db)})
    join unnest(${rows.map(({ contact }) => contact.id)}::uuid[],
                ${rows.map(({ contact }) => contact.corrects?.contactId ?? contact.id)}::uuid[],
                ${rows.map(({ contact }) => firstOf(contact.id))}::uuid[]) as place_of (id, corrects, first)
      on place_of.id = fresh.id
    join casework.contact as first on first.organisation_id = ${organisationId} and first.id = place_of.first`;
}

/** The columns of a contact that any contact has, in the order of `valuesOf`. */
const columns = (db: Writer["db"]) => db`
  id, client_id, service_id, occurred_on, channel, device_claimed_at, late_reason_sealed, consent,
  place_kind, release_sector, small_area, ward, authority, nation, deprivation_decile,
  deprivation_edition, postcode_edition, note, content_hash`;

function valuesOf({ db, organisationId }: Writer, rows: readonly ContactToWrite[]) {
  const contacts = rows.map(({ contact }) => contact);
  const places = rows.map(({ place }) => place);
  const bytes = (values: readonly (Buffer | null)[]) => db.array([...values], ARRAY_OF.bytes);
  return db`
    unnest(
      ${contacts.map(({ id }) => id)}::uuid[],
      ${contacts.map(({ clientId }) => clientId)}::uuid[],
      ${contacts.map(({ serviceId }) => serviceId)}::uuid[],
      ${contacts.map(({ occurredOn }) => occurredOn)}::date[],
      ${contacts.map(({ channel }) => channel)}::casework.channel[],
      ${contacts.map(({ deviceClaimedAt }) => deviceClaimedAt ?? null)}::timestamptz[],
      ${bytes(
        contacts.map(({ id, lateReason }) =>
          sealIfAny("contact.late_reason", { organisationId, id }, lateReason),
        ),
      )}::bytea[],
      ${contacts.map(({ consent }) => consent ?? null)}::text[],
      ${places.map(({ placeKind }) => placeKind)}::casework.place_kind[],
      ${places.map(({ releaseSector }) => releaseSector)}::integer[],
      ${places.map(({ smallArea }) => smallArea)}::text[],
      ${places.map(({ ward }) => ward)}::text[],
      ${places.map(({ authority }) => authority)}::text[],
      ${places.map(({ nation }) => nation)}::text[],
      ${places.map(({ deprivationDecile }) => deprivationDecile)}::smallint[],
      ${places.map(({ deprivationEdition }) => deprivationEdition)}::smallint[],
      ${places.map(({ postcodeEdition }) => postcodeEdition)}::smallint[],
      ${bytes(contacts.map(({ id, note }) => sealIfAny("contact.note", { organisationId, id }, note)))}::bytea[],
      ${bytes(rows.map(({ fingerprint }) => fingerprint))}::bytea[])`;
}

/** Marks contacts as voided, with the reason of each. None of them may be voided already. */
export async function voidContacts(
  { db, organisationId, memberId }: Writer,
  voids: readonly { id: string; reason: string }[],
): Promise<void> {
  const sealed = voids.map(({ id, reason }) => seal("contact.void_reason", { organisationId, id }, reason));
  await db`
    update casework.contact as c
    set voided_at = now(), void_reason_sealed = v.reason, voided_by = ${memberId}
    from unnest(${voids.map(({ id }) => id)}::uuid[], ${db.array(sealed, ARRAY_OF.bytes)}::bytea[])
      as v (id, reason)
    where c.organisation_id = ${organisationId} and c.id = v.id`;
}

/** A void as it is stored: the reason sealed, or plain when it was written before reasons were. */
export interface VoidRow {
  clientId: string;
  voidedAt: Date | null;
  voidReason: string | null;
  voidReasonSealed: Buffer | null;
}

/** Why a contact was voided; null when it was not. */
export function voidReasonOf(at: Row, row: Pick<VoidRow, "voidReason" | "voidReasonSealed">): string | null {
  return openIfAny("contact.void_reason", at, row.voidReasonSealed) ?? row.voidReason;
}

/** The places that stored contacts were accepted with, by id, and their days. */
export async function keptPlaces(
  { db, organisationId }: Writer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { occurredOn: Day; place: Place }>> {
  if (ids.length === 0) return new Map();
  const rows = await db<({ id: string; occurredOn: Day } & Omit<Place, "mostDeprivedFifth" | "note">)[]>`
    select id, occurred_on, place_kind, release_sector, small_area, ward, authority, nation,
           deprivation_decile, deprivation_edition, postcode_edition
    from casework.contact
    where organisation_id = ${organisationId} and id = any (${ids}::uuid[])`;
  return new Map(
    rows.map(({ id, occurredOn, ...place }) => [
      id,
      {
        occurredOn,
        place: { ...place, mostDeprivedFifth: inMostDeprivedFifth(place.deprivationDecile), note: null },
      },
    ]),
  );
}
