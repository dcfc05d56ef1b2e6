/** How many studies an organisation may run in a month: many runs of nearly the same people could tell of one of them. */

import type { Db } from "../db/client";
import { Conflict } from "./domain/errors";
import { MOST_RUNS } from "./domain/lab/study";
import { dayInWords, dayOf } from "./domain/period";

/**
 * Throws Conflict when the organisation has had its runs of the last month, with the day on which the next may be. Asked
 * before anything is sent, and by the worker before it reads: files of several studies may wait at once.
 */
export async function requireRunLeft(db: Db, organisationId: number): Promise<void> {
  const [row] = await db<{ runs: number; freeAt: Date | null }[]>`
    select count(*)::int as runs, min(ran_at) + interval '1 month' as free_at from lab.study
    where organisation_id = ${organisationId} and ran_at > now() - interval '1 month'`;
  if (!row?.freeAt || row.runs < MOST_RUNS) return;
  throw new Conflict(
    `${MOST_RUNS} studies have been run in the last month, which is the limit: many runs of nearly the same people could tell of one of them. The next can be run on ${dayInWords(dayOf(row.freeAt))}.`,
  );
}
