/**
 * How accepted contacts are written: contact, issues that they open, and entries, one statement a table for any
 * number of them, inside the caller's transaction. Receipt is numbered in the order given.
 */

import { ARRAY_OF, type Writer } from "./client-rows";
import type { AcceptedContact } from "./domain/contact";
import { TAXONOMY_VERSION } from "./domain/needs";
import { sealIfAny } from "./identity-vault";
import type { Place } from "./places";

export interface ContactToWrite extends AcceptedContact {
  fingerprint: Buffer;
  place: Place;
}

/** Writes contacts that keep every rule. Throws a unique violation when one of the ids was stored meanwhile. */
export async function insertContacts(
  { db, organisationId, memberId }: Writer,
  rows: readonly ContactToWrite[],
): Promise<void> {
  const entries = rows.flatMap(({ contact, entries }) =>
    entries.map(({ entry, need, opens }) => ({ contact, entry, need, opens })),
  );
  const opened = entries.filter(({ opens }) => opens);
  const contacts = rows.map(({ contact }) => contact);
  const places = rows.map(({ place }) => place);
  const sealedNotes = contacts.map(({ id, note }) => sealIfAny("contact.note", { organisationId, id }, note));
  await Promise.all([
    db`
      insert into casework.contact
        (organisation_id, member_id, id, client_id, service_id, occurred_on, channel, device_claimed_at,
         late_reason, place_kind, release_sector, small_area, ward, authority, nation, deprivation_decile,
         deprivation_edition, postcode_edition, note, content_hash)
      select ${organisationId}, ${memberId}, fresh.*
      from unnest(
        ${contacts.map(({ id }) => id)}::uuid[],
        ${contacts.map(({ clientId }) => clientId)}::uuid[],
        ${contacts.map(({ serviceId }) => serviceId)}::uuid[],
        ${contacts.map(({ occurredOn }) => occurredOn)}::date[],
        ${contacts.map(({ channel }) => channel)}::casework.channel[],
        ${contacts.map(({ deviceClaimedAt }) => deviceClaimedAt ?? null)}::timestamptz[],
        ${contacts.map(({ lateReason }) => lateReason)}::text[],
        ${places.map(({ placeKind }) => placeKind)}::casework.place_kind[],
        ${places.map(({ releaseSector }) => releaseSector)}::integer[],
        ${places.map(({ smallArea }) => smallArea)}::text[],
        ${places.map(({ ward }) => ward)}::text[],
        ${places.map(({ authority }) => authority)}::text[],
        ${places.map(({ nation }) => nation)}::text[],
        ${places.map(({ deprivationDecile }) => deprivationDecile)}::smallint[],
        ${places.map(({ deprivationEdition }) => deprivationEdition)}::smallint[],
        ${places.map(({ postcodeEdition }) => postcodeEdition)}::smallint[],
        ${db.array(sealedNotes, ARRAY_OF.bytes)}::bytea[],
        ${db.array(
          rows.map(({ fingerprint }) => fingerprint),
          ARRAY_OF.bytes,
        )}::bytea[]) as fresh`,
    db`
      insert into casework.issue (organisation_id, taxonomy_version, id, client_id, need_number, label)
      select ${organisationId}, ${TAXONOMY_VERSION}, fresh.*
      from unnest(${opened.map(({ entry }) => entry.issueId)}::uuid[],
                  ${opened.map(({ contact }) => contact.clientId)}::uuid[],
                  ${opened.map(({ need }) => need.number)}::smallint[],
                  ${opened.map(({ entry }) => entry.label)}::text[]) as fresh`,
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
  ]);
}
