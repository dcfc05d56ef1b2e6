/** How answers about sharing are written and read: rows of `casework.consent`, inside the caller's transaction. */

import { ARRAY_OF, type Writer } from "./client-rows";
import { consentUntil } from "./domain/consent";
import type { RecordConsent } from "./domain/consent-input";
import type { NewContact } from "./domain/contact";
import { SHARE_WORDS_VERSION } from "./domain/share-words";
import { sealIfAny } from "./identity-vault";

export interface ConsentToWrite
  extends Omit<RecordConsent, "capacity" | "capacityNote" | "child">,
    Partial<Pick<RecordConsent, "capacity" | "capacityNote" | "child">> {
  contactId: string | null;
  referralId: string | null;
}

/** Writes answers, once for each id. */
export async function insertConsents(
  { db, organisationId, memberId }: Writer,
  consents: readonly ConsentToWrite[],
): Promise<void> {
  if (consents.length === 0) return;
  const notes = db.array(
    consents.map(({ id, capacityNote }) =>
      sealIfAny("consent.capacity_note", { organisationId, id }, capacityNote ?? null),
    ),
    ARRAY_OF.bytes,
  );
  await db`
    insert into casework.consent
      (organisation_id, asked_by, words_version, id, client_id, answer, answered_on, how, expires_on,
       contact_id, referral_id, capacity, capacity_note, child)
    select ${organisationId}, ${memberId}::uuid, ${SHARE_WORDS_VERSION}, fresh.*
    from unnest(${consents.map(({ id }) => id)}::uuid[],
                ${consents.map(({ clientId }) => clientId)}::uuid[],
                ${consents.map(({ answer }) => answer)}::casework.consent_answer[],
                ${consents.map(({ answeredOn }) => answeredOn)}::date[],
                ${consents.map(({ how }) => how)}::casework.channel[],
                ${consents.map(({ answer, answeredOn }) =>
                  answer === "given" ? consentUntil(answeredOn) : null,
                )}::date[],
                ${consents.map(({ contactId }) => contactId)}::uuid[],
                ${consents.map(({ referralId }) => referralId)}::uuid[],
                ${consents.map(({ capacity }) => capacity ?? null)}::text[],
                ${notes}::bytea[],
                ${consents.map(({ child }) => child ?? null)}::text[]) as fresh
    on conflict do nothing`;
}

/** Writes what was answered at contacts. Not asked, and an emergency, are no answers. */
export async function insertConsentsOf(writer: Writer, contacts: readonly NewContact[]): Promise<void> {
  await insertConsents(
    writer,
    contacts.flatMap(({ id, clientId, consent, occurredOn, channel, anonymous }) =>
      !anonymous && (consent === "given" || consent === "declined")
        ? [
            {
              id,
              clientId,
              answer: consent,
              answeredOn: occurredOn,
              how: channel,
              contactId: id,
              referralId: null,
            },
          ]
        : [],
    ),
  );
}
