/** How answers about sharing are written and read: rows of `casework.consent`, inside the caller's transaction. */

import { ARRAY_OF, type Writer } from "./client-rows";
import { installationNow } from "./clock";
import { answerDayOf, consentUntil, whoAnswered } from "./domain/consent";
import type { RecordConsent } from "./domain/consent-input";
import type { NewContact } from "./domain/contact";
import { ageOn, type Day, dayOf } from "./domain/period";
import { SHARE_WORDS_VERSION } from "./domain/share-words";
import { open, sealIfAny } from "./identity-vault";

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

/**
 * Writes what was answered at contacts. Not asked, and an emergency, are no answers; nor is the yes of somebody under 16
 * of whom it was not said who was asked (`whoAnswered`): they are asked again on the record.
 */
export async function insertConsentsOf(writer: Writer, contacts: readonly NewContact[]): Promise<void> {
  const answered = contacts.flatMap(({ consent, anonymous, ...contact }) =>
    !anonymous && (consent === "given" || consent === "declined") ? [{ ...contact, answer: consent }] : [],
  );
  if (answered.length === 0) return;
  const [instant, bornOn] = await Promise.all([
    installationNow(writer.db),
    birthdays(
      writer,
      answered.flatMap(({ answer, clientId }) => (answer === "given" ? [clientId] : [])),
    ),
  ]);
  const receivedOn = dayOf(instant);
  await insertConsents(
    writer,
    answered.flatMap(({ id, clientId, answer, occurredOn, channel: how, consentChild }) => {
      const answeredOn = answerDayOf(occurredOn, receivedOn);
      const born = bornOn.get(clientId);
      const child =
        answer === "given" ? whoAnswered(born ? ageOn(answeredOn, born) : null, consentChild ?? null) : null;
      if (child === undefined) return [];
      return [{ id, clientId, answer, answeredOn, how, child, contactId: id, referralId: null }];
    }),
  );
}

/** When clients were born, where it is known. */
async function birthdays(
  { db, organisationId }: Writer,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, Day>> {
  if (clientIds.length === 0) return new Map();
  const rows = await db<{ clientId: string; dateOfBirth: Buffer }[]>`
    select client_id, date_of_birth from identity.client_identity
    where organisation_id = ${organisationId} and client_id = any (${[...new Set(clientIds)]}::uuid[])
      and date_of_birth is not null`;
  return new Map(
    rows.map(({ clientId, dateOfBirth }) => [
      clientId,
      open("client_identity.date_of_birth", { organisationId, id: clientId }, dateOfBirth),
    ]),
  );
}
