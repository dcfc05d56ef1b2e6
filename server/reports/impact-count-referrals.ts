/**
 * The organisation's referrals for counting a summary, with the days of their steps and whether each is in scope: when
 * it was sent between the days, and a service is asked for, when a contact of that service had spoken of an issue that
 * it hands over by the day it was sent.
 */

import type { Tx } from "../../db/client";
import { type DayNumber, dayNumber, type ReferralSeen } from "../domain/impact/became";
import { type Day, dayOf } from "../domain/period";

/** Rows that are read at once where rows are few. */
export const AT_ONCE = 2_000;

/** What rows are read of. */
export interface CountScope {
  organisationId: number;
  serviceId: string | null;
  /** Ids of all services of the organisation: an entry names its service by the place here. */
  services: readonly string[];
  /** People with a contact in scope between these days are read, with all that is known of them until the last. */
  from: DayNumber;
  until: DayNumber;
}

/** When a step was taken; null: not. */
type Step = Date | null;

interface ReferralRow {
  clientId: string;
  sentAt: Date;
  acceptedAt: Step;
  declinedAt: Step;
  startedAt: Step;
  completedAt: Step;
  lostTouchAt: Step;
  withdrawnAt: Step;
  issueIds: string[];
  spokenOn: Day | null;
}

const on = (at: Step): DayNumber | null => (at === null ? null : dayNumber(dayOf(at)));

/** Every referral of the organisation, in order of its client: those out of scope tell what became of issues, too. */
export async function* readReferrals(
  tx: Tx,
  { organisationId, serviceId, from, until }: CountScope,
): AsyncGenerator<{ clientId: string; issueIds: string[]; referral: ReferralSeen; isInScope: boolean }> {
  const batches = tx<ReferralRow[]>`
      select r.client_id, r.sent_at, s.*,
             array(select i.issue_id from casework.referral_issue as i
                   where i.organisation_id = r.organisation_id and i.referral_id = r.id) as issue_ids,
             (select min(c.occurred_on) from casework.referral_issue as i
              join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.issue_id
              join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
              where i.organisation_id = r.organisation_id and i.referral_id = r.id and c.voided_at is null
                and c.service_id = ${serviceId}) as spoken_on
      from casework.referral as r
      cross join lateral (
        select min(e.at) filter (where e.kind = 'accepted') as accepted_at,
               min(e.at) filter (where e.kind = 'declined') as declined_at,
               min(e.at) filter (where e.kind = 'started') as started_at,
               min(e.at) filter (where e.kind = 'completed') as completed_at,
               min(e.at) filter (where e.kind = 'lost-touch') as lost_touch_at,
               min(e.at) filter (where e.kind = 'withdrawn') as withdrawn_at
        from casework.referral_event as e
        where e.organisation_id = r.organisation_id and e.referral_id = r.id
      ) as s
      where r.organisation_id = ${organisationId}
      order by r.client_id, r.sent_at, r.id`.cursor(AT_ONCE);
  for await (const batch of batches) {
    for (const row of batch) {
      const sentOn = dayNumber(dayOf(row.sentAt));
      const isOfService = serviceId === null || (row.spokenOn !== null && dayNumber(row.spokenOn) <= sentOn);
      yield {
        clientId: row.clientId,
        issueIds: row.issueIds,
        referral: {
          sentOn,
          acceptedOn: on(row.acceptedAt),
          declinedOn: on(row.declinedAt),
          startedOn: on(row.startedAt),
          completedOn: on(row.completedAt),
          lostTouchOn: on(row.lostTouchAt),
          withdrawnOn: on(row.withdrawnAt),
        },
        isInScope: isOfService && sentOn >= from && sentOn <= until,
      };
    }
  }
}
