/**
 * Asking for summaries, by somebody or by a schedule: one request at a time in an organisation, so many in a day, and
 * each handed to the worker. There is no other way for a summary to come into being.
 */

import type { Tx } from "../db/client";
import { LOCKS } from "../db/locks";
import type { PlanText } from "./domain/impact/plan";
import type { ToldStory } from "./domain/impact/story";
import { MOST_SUMMARIES_A_DAY } from "./domain/summaries";

/** A summary as it is asked for; what may be left out is null. */
export interface NewSummary {
  id: string;
  /** Of a first version, its own id. */
  seriesId: string;
  version: number;
  plan: PlanText;
  programmeId?: string | null;
  /** In the words that leave: the worker, which makes the paper, holds no key to open sealed ones. */
  stories?: readonly ToldStory[];
  madeBy?: string | null;
  scheduleId?: string | null;
}

/**
 * Waits until nobody else asks in the organisation, until the transaction ends: versions are numbered, and the day's
 * are counted.
 */
export async function askAlone(tx: Tx, organisationId: number): Promise<void> {
  await tx`select pg_advisory_xact_lock(${LOCKS.askingForSummary}, ${organisationId})`;
}

/**
 * Asks for a summary, and has the worker make it under a key of its own, so that it waits in the queue once. False, and
 * nothing is asked for, when those of the last day are used up. In a transaction that acts for the organisation.
 */
export async function askForSummary(tx: Tx, organisationId: number, asked: NewSummary): Promise<boolean> {
  await askAlone(tx, organisationId);
  const [day] = await tx<{ asked: number }[]>`
    select count(*)::int as asked from casework.summary
    where organisation_id = ${organisationId} and asked_at > now() - interval '1 day'`;
  if ((day?.asked ?? 0) >= MOST_SUMMARIES_A_DAY) return false;
  const { id, seriesId, version, plan, programmeId = null, madeBy = null, scheduleId = null } = asked;
  const stories = (asked.stories ?? []).map(({ id, quote, who, consentOn }) => ({
    id,
    quote,
    who,
    consentOn,
  }));
  await tx`
    insert into casework.summary
      (organisation_id, id, series_id, version, programme_id, plan, stories, made_by, schedule_id)
    values (${organisationId}, ${id}, ${seriesId}, ${version}, ${programmeId}, ${tx.json(plan)},
            ${tx.json(stories)}, ${madeBy}, ${scheduleId})`;
  await tx`
    select jobs.add('impact.make', ${tx.json({ organisationId, summaryId: id })}, ${`impact.make ${id}`})`;
  return true;
}
