/**
 * The guard against a cohort that is sent again with one person more: a cohort that is nine tenths an earlier one of the
 * same organisation has that one's deliberate error and, in the same data, that one's numbers. Kept of a cohort are the
 * least values of keyed hashes (domain/lab/likeness.ts), to the end of the financial year.
 */

import { createHmac, hkdfSync } from "node:crypto";
import type { Sql, Tx } from "../db/client";
import type { Hmac } from "./domain/disclosure";
import { cohortKeyOf } from "./domain/lab/deliberate-error";
import { likeness, likenessOf, SLOTS } from "./domain/lab/likeness";
import type { ReportNumbers } from "./domain/lab/report-numbers";
import { ALIKE } from "./domain/lab/study";
import { type Day, financialYearOf } from "./domain/period";
import { key } from "./keys";

/** Whom a cohort is made of, as texts that stand for one person each. */
export interface CohortPeople {
  /** Everybody in the file, by names and date of birth. */
  sent: readonly string[];
  /** Everybody of them who is in the table, by data set and place: what is put into a file to make it unlike others is not. */
  found: readonly string[];
}

/** What the numbers of a cohort are made with, and what is kept of it. */
export interface GuardedCohort {
  /** That of the earlier cohort where there is one. */
  cohortKey: bigint;
  /** What an earlier study of these people said from the same data; null where none did. */
  earlier: ReportNumbers | null;
  slots: Buffer;
  era: number;
}

/** Compares a cohort with the earlier ones of its organisation in this financial year. `stats`: the engine's login. */
export async function guardCohort(
  stats: Sql,
  hmac: Hmac,
  { organisationId, studyId, dataSetId }: { organisationId: number; studyId: string; dataSetId: string },
  people: CohortPeople,
  today: Day,
): Promise<GuardedCohort> {
  const era = financialYearOf(today);
  const own = slotsOf(people, era);
  const rows = await stats<
    { slots: Buffer; cohortKey: bigint; dataSetId: string | null; numbers: ReportNumbers | null }[]
  >`
    select o.slots, o.cohort_key, s.plan ->> 'dataSetId' as data_set_id, s.numbers
    from lab.overlap as o
    join lab.study as s on s.organisation_id = o.organisation_id and s.id = o.study_id
    where o.organisation_id = ${organisationId} and o.era = ${era} and o.study_id <> ${studyId}
    order by o.run_at, o.study_id`;
  const alike = rows.filter(({ slots }) => areAlike(own, slots));
  const told = alike.filter((row) => row.dataSetId === dataSetId && row.numbers !== null);
  return {
    cohortKey: alike[0]?.cohortKey ?? cohortKeyOf(hmac, people.sent),
    earlier: told.at(-1)?.numbers ?? null,
    slots: own,
    era,
  };
}

/** Keeps what a cohort was like, in the transaction that keeps its numbers. */
export function keepLikeness(
  tx: Tx,
  { organisationId, studyId }: { organisationId: number; studyId: string },
  { cohortKey, slots, era }: GuardedCohort,
): Promise<unknown> {
  return tx`
    insert into lab.overlap (organisation_id, study_id, era, slots, cohort_key)
    values (${organisationId}, ${studyId}, ${era}, ${slots}, ${cohortKey})
    on conflict do nothing`;
}

/** Forgets the cohorts of financial years that are over. */
export async function forgetLikeness(stats: Sql, today: Day): Promise<void> {
  await stats`delete from lab.overlap where era < ${financialYearOf(today)}`;
}

/** A key for nothing else, and another one each year. */
function slotsOf({ sent, found }: CohortPeople, era: number): Buffer {
  const own = Buffer.from(hkdfSync("sha256", key("disclosure"), "", `common-need/likeness/${era}`, 32));
  const digests = function* (people: readonly string[]) {
    for (const person of people) yield createHmac("sha256", own).update(person).digest();
  };
  return Buffer.concat([sent, found].map((people) => Buffer.from(likenessOf(digests(people)).buffer)));
}

/** By everybody who was sent, or by everybody who was found of them. */
function areAlike(a: Buffer, b: Buffer): boolean {
  const bytes = SLOTS * Uint32Array.BYTES_PER_ELEMENT;
  const part = (slots: Buffer, at: number) =>
    new Uint32Array(Uint8Array.from(slots.subarray(at * bytes, (at + 1) * bytes)).buffer);
  return [0, 1].some((at) => likeness(part(a, at), part(b, at)) >= ALIKE);
}
