/**
 * Stories that summaries tell: held while a summary is asked for, kept to the part from which they can be taken out
 * again, and found out when they may be told no longer. A story
 * is told in a kept summary for as long as the person’s latest answer covers its readers and the day, and it is in use.
 */

import type { TxCtx } from "./context";
import { Invalid } from "./domain/errors";
import type { Plan } from "./domain/impact/plan";
import { LEAVE_STORY_OUT, storiesWritten } from "./domain/impact/written-stories";
import type { Day } from "./domain/period";
import { storyTexts } from "./stories";

type Db = TxCtx["db"];

/** Stories of the summary `s` that may not be told to its readers on the day, as JSON: `[{ id, quote, … }]`. */
export const storiesGone = (db: Db, today: Day) => db`
  (select coalesce(jsonb_agg(told), '[]') from jsonb_array_elements(s.stories) as told
   where not exists (
     select from casework.story as t
     cross join lateral (
       select k.audiences, k.until_on from casework.story_consent as k
       where k.organisation_id = t.organisation_id and k.story_id = t.id
       order by k.answered_on desc, k.recorded_at desc, k.id desc limit 1
     ) as latest
     where t.organisation_id = s.organisation_id and t.id = (told ->> 'id')::uuid
       and t.retired_at is null and latest.until_on >= ${today} and cardinality(latest.audiences) > 0
       and (s.plan ->> 'audience' = 'team' or s.plan ->> 'audience' = any (latest.audiences))))`;

/** Whether the summary `s` told a story of somebody who was erased: its files hold nothing any more. */
const toldErased = (db: Db) => db`
  exists (
    select from casework.summary_file as e
    where e.organisation_id = s.organisation_id and e.summary_id = s.id and e.erased_at is not null)`;

/** Whether the summary `s` was made with a story that may be told no longer. */
export const tellsGone = (db: Db, today: Day) =>
  db`(${toldErased(db)} or jsonb_array_length(${storiesGone(db, today)}) > 0)`;

/** Holds stories until the transaction ends, so that erasing somebody sees what it puts their words into. */
export async function holdStories({ db, actor }: TxCtx, ids: readonly string[]): Promise<void> {
  await db`
    select from casework.story
    where organisation_id = ${actor.organisationId} and id = any (${[...ids]}::uuid[])
    order by id for share`;
}

/**
 * Refuses words of a story in a part from which they could not be taken out again when the person takes them back.
 * @throws Invalid with the parts.
 */
export async function refuseStoryWords(ctx: TxCtx, plan: Pick<Plan, "texts" | "sections">): Promise<void> {
  if (Object.keys(plan.texts).length === 0) return;
  const parts = storiesWritten(plan, await storyTexts(ctx));
  if (parts.length === 0) return;
  throw new Invalid(
    "Words that you wrote are of somebody’s story.",
    Object.fromEntries(parts.map((key) => [`plan.texts.${key}`, LEAVE_STORY_OUT])),
  );
}
