/**
 * The guard against a cohort that is sent again with one person more: a cohort that is nine tenths an earlier one of the
 * same organisation gets, in the same data, that one's answer: too few, too unlike, or its numbers. Kept of a cohort are
 * the least values of keyed hashes (domain/lab/likeness.ts), to the end of the financial year.
 */

import { createHmac, hkdfSync } from "node:crypto";
import type { Sql } from "../db/client";
import { methodSchema } from "./domain/lab/analysis";
import { likeness, likenessOf, SLOTS } from "./domain/lab/likeness";
import type { EarlierReport } from "./domain/lab/report";
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

/** What earlier studies of these people were told, and what is kept of the cohort. */
export interface GuardedCohort {
  /** The first of them was told that there were too few. */
  isTooFew: boolean;
  /** What was said of them, the first study first; none where there is none. */
  earlier: readonly EarlierReport[];
  slots: Buffer;
  era: number;
}

interface AlikeRow {
  slots: Buffer;
  numbers: ReportNumbers | null;
  method: unknown;
}

/**
 * Compares a cohort with the earlier ones of its organisation in this financial year that got an answer from the same
 * data. `stats`: the engine's login.
 */
export async function guardCohort(
  stats: Sql,
  { organisationId, studyId, dataSetId }: { organisationId: number; studyId: string; dataSetId: string },
  people: CohortPeople,
  today: Day,
): Promise<GuardedCohort> {
  const era = financialYearOf(today);
  const slots = slotsOf(people, era);
  // Whoever has a day of counting got an answer, whatever became of the study since.
  const rows = await stats<AlikeRow[]>`
    select o.slots, s.numbers, s.plan -> 'methods' -> 0 as method
    from lab.overlap as o
    join lab.study as s on s.organisation_id = o.organisation_id and s.id = o.study_id
    where o.organisation_id = ${organisationId} and o.era = ${era} and o.study_id <> ${studyId}
      and s.counted_on is not null and s.plan ->> 'dataSetId' = ${dataSetId}
    order by o.run_at, o.study_id`;
  const alike = rows.filter((row) => areAlike(slots, row.slots));
  const earlier = alike.flatMap(({ numbers, method }) =>
    numbers ? [{ numbers, method: methodSchema.parse(method) }] : [],
  );
  return { isTooFew: alike[0]?.numbers === null, earlier, slots, era };
}

/** Keeps what a cohort was like, before anything is said of it. A study that is run again is what it was the last time. */
export function keepLikeness(
  stats: Sql,
  { organisationId, studyId }: { organisationId: number; studyId: string },
  { slots, era }: Pick<GuardedCohort, "slots" | "era">,
): Promise<unknown> {
  return stats.begin(async (tx) => {
    await tx`delete from lab.overlap where organisation_id = ${organisationId} and study_id = ${studyId}`;
    await tx`
      insert into lab.overlap (organisation_id, study_id, era, slots)
      values (${organisationId}, ${studyId}, ${era}, ${slots})`;
  });
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
