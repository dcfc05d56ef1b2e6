/**
 * What ends with a general yes to sharing, or with an objection to it, beside what agreements opened: referrals that
 * nobody has taken up are taken back, links to the others end, and whoever was shown or sent something is told to share
 * it no further, or is named for whoever tells them. What a service that took a referral up keeps is its own to decide
 * about.
 */

import type { Tx } from "../db/client";
import type { Subject } from "./audit";
import { sealIfAny } from "./identity-vault";
import { uuidv7 } from "./ids";

/** For whom it ends: their organisation, and the name of whoever wrote it down; null on the person's own page. */
interface Ending {
  organisationId: number;
  clientId: string;
  byName: string | null;
}

/** What became of what was shared of somebody who took their yes back. */
export interface EndedSharing {
  /** Referrals that nobody had taken up, by id. */
  takenBack: readonly string[];
  /** Services on the platform that read of it at their own client: how many. */
  told: number;
  /** Whom somebody has to tell, by name: services outside that know of it, and organisations that saw it in a list. */
  toTell: readonly string[];
}

/**
 * Ends it for all the organisation's records of the person, as a no counts for all of them, in the transaction that writes
 * the answer. Done twice, nothing is left to end.
 */
export async function endSharing(
  db: Tx,
  { organisationId, clientId, byName }: Ending,
): Promise<EndedSharing> {
  const own = await db<{ clientId: string }[]>`
    select client_id from governance.own_records(${organisationId}, ${clientId})`;
  const records = own.map(({ clientId }) => clientId);
  const waiting = await db<{ id: string; toName: string; isKnown: boolean }[]>`
    select r.id, coalesce(r.to_organisation_name || ', ', '') || r.to_name as to_name,
           -- What was said over the phone, or read by its link, is known there whether or not it was taken up.
           r.way = 'phone' or (r.way = 'email' and exists (
             select from casework.referral_event as e
             where e.organisation_id = r.organisation_id and e.referral_id = r.id and e.kind = 'opened')) as is_known
    from casework.referral as r
    where r.organisation_id = ${organisationId} and r.client_id = any (${records}::uuid[])
      and casework.referral_state(r.organisation_id, r.id) = 'sent'
    order by r.sent_at, r.id`;
  const takenBack: (typeof waiting)[number][] = [];
  for (const referral of waiting) {
    const eventId = uuidv7();
    const name = sealIfAny("referral_event.by_name", { organisationId, id: eventId }, byName);
    const [answer] = await db<{ outcome: string }[]>`
      select casework.add_referral_event(
        ${organisationId}, ${referral.id}, ${eventId}, 'withdrawn', null, null, null, ${name}, null) as outcome`;
    // One that was taken up at this very moment is told with the others.
    if (answer?.outcome === "added") takenBack.push(referral);
  }
  await db`
    update casework.referral_link as l set ended_at = now()
    from casework.referral as r
    where l.organisation_id = ${organisationId} and l.ended_at is null
      and r.organisation_id = l.organisation_id and r.id = l.referral_id
      and r.client_id = any (${records}::uuid[])`;
  const receivers = await db<{ receiverName: string; isTold: boolean }[]>`
    select receiver_name, is_told
    from governance.tell_receivers(${organisationId}, ${records}::uuid[], 'yes-ended', '{}', null)
    order by receiver_name`;
  const untold = receivers.filter(({ isTold }) => !isTold).map(({ receiverName }) => receiverName);
  const known = takenBack.filter(({ isKnown }) => isKnown).map(({ toName }) => toName);
  return {
    takenBack: takenBack.map(({ id }) => id),
    told: receivers.length - untold.length,
    toTell: [...new Set([...untold, ...known])],
  };
}

/** The referrals that were taken back, for the audit entry of what took them back. */
export const takenBackIn = (ended: EndedSharing | null): Subject[] =>
  (ended?.takenBack ?? []).map((id) => ({ kind: "referral", id }));
