/** How many people an organisation added lately, for its officer: numbers of its own, exact, of nobody by name. */

import { installationNow } from "./clock";
import { type ActorCtx, inTransaction } from "./context";
import { type NewPeople, newPeopleIn, USUAL_WEEKS } from "./domain/new-people";
import { addDays, dayOf } from "./domain/period";

/** New people of the actor's organisation: by the day of their first contact, anonymous ones too. */
export async function getNewPeople(ctx: ActorCtx): Promise<NewPeople> {
  const today = dayOf(await installationNow(ctx.db));
  const weeks = 1 + USUAL_WEEKS;
  const rows = await inTransaction(
    ctx,
    ({ db }) => db<{ weeksAgo: number; people: number }[]>`
      select greatest((${today}::date - first_on) / 7, 0) as weeks_ago, count(*)::int as people
      from (
        select min(occurred_on) as first_on
        from casework.contact
        where organisation_id = ${ctx.actor.organisationId} and voided_at is null
        group by client_id
      ) as began
      where first_on > ${addDays(today, -7 * weeks)}
      group by 1`,
  );
  const people = new Map(rows.map((row) => [row.weeksAgo, row.people]));
  return newPeopleIn(Array.from({ length: weeks }, (_, at) => people.get(at) ?? 0));
}
