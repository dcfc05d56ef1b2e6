/**
 * What the worker does for summaries by itself: begins those whose schedule has come, makes any that wait because their
 * job was lost or the worker was killed, and tells the manager of what a schedule has prepared. May run twice.
 */

import type { Sql, Tx } from "../db/client";
import { inOrganisation } from "./acting";
import { record } from "./audit";
import { installationNow, listHolidays } from "./clock";
import { byItselfIn } from "./context";
import { duePeriods } from "./domain/impact/schedule";
import { dayOf, nextPeriod, periodInWords, periodText } from "./domain/period";
import { MOST_SUMMARIES_A_DAY, periodOfPlan, templatePlanSchema } from "./domain/summaries";
import { uuidv7 } from "./ids";
import { pageAddress, sendMail } from "./mail";
import { type Making, makeSummary } from "./summary-making";
import { readPeriod } from "./summary-templates";

/** A summary that nobody began for so long is made by the round: its job may be lost, or held by a worker that died. */
const WAITS_MINUTES = 2;

/** Periods that a schedule begins in one round, when it could not for long. */
const MOST_AT_ONCE = 4;

/** One round over all organisations. */
export async function summaryRound(ctx: Making): Promise<void> {
  const organisations = await ctx.app.begin(async (tx) => {
    await tx`select set_config('app.purpose', 'operator', true)`;
    return tx<{ id: number }[]>`select id from casework.organisation order by id`;
  });
  for (const { id } of organisations) {
    if (ctx.signal.aborted) return;
    await inOrganisation(ctx.app, id, (tx) => prepareScheduled(tx, id));
    for (const summaryId of await inOrganisation(ctx.app, id, (tx) => listWaiting(tx, id))) {
      await makeSummary(ctx, { organisationId: id, summaryId });
    }
    await tellOfScheduled(ctx.app, id);
  }
}

async function listWaiting(tx: Tx, organisationId: number): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select id from casework.summary
    where organisation_id = ${organisationId} and state = 'making'
      and asked_at < now() - ${WAITS_MINUTES} * interval '1 minute'
    order by asked_at`;
  return rows.map(({ id }) => id);
}

/** Asks for the summary of each period that is due, and moves each schedule on, in one transaction. */
async function prepareScheduled(tx: Tx, organisationId: number): Promise<void> {
  const schedules = await tx<{ id: string; plan: unknown; nextPeriod: string }[]>`
    select id, plan, next_period from casework.summary_schedule
    where organisation_id = ${organisationId} and stopped_at is null
    order by id
    for update`;
  if (schedules.length === 0) return;
  const today = dayOf(await installationNow(tx));
  const holidays = await listHolidays(tx);
  let left = MOST_SUMMARIES_A_DAY - (await askedToday(tx, organisationId));
  for (const schedule of schedules) {
    const plan = templatePlanSchema.parse(schedule.plan);
    const due = duePeriods(
      readPeriod(schedule.nextPeriod),
      plan.audience,
      today,
      holidays,
      Math.min(left, MOST_AT_ONCE),
    );
    for (const period of due) {
      left -= 1;
      const id = uuidv7();
      await tx`
        insert into casework.summary (organisation_id, id, series_id, version, plan, schedule_id)
        values (${organisationId}, ${id}, ${id}, 1,
                ${tx.json({ ...plan, period: periodText(period), storyIds: [] })}, ${schedule.id})`;
      await tx`
        update casework.summary_schedule set next_period = ${periodText(nextPeriod(period))}
        where organisation_id = ${organisationId} and id = ${schedule.id}`;
      await tx`
        select jobs.add('impact.make', ${tx.json({ organisationId, summaryId: id })}, ${`impact.make ${id}`})`;
      await record(byItselfIn(tx), "impact.prepare", {
        subjects: [{ kind: "summary", id }],
        detail: { period: periodText(period), audience: plan.audience, service: plan.serviceId },
        organisationId,
      });
    }
  }
}

async function askedToday(tx: Tx, organisationId: number): Promise<number> {
  const [row] = await tx<{ n: number }[]>`
    select count(*)::int as n from casework.summary
    where organisation_id = ${organisationId} and asked_at > now() - interval '1 day'`;
  return row?.n ?? 0;
}

interface Untold {
  id: string;
  name: string;
  period: string;
}

/**
 * Mails who keeps the schedule that its summary is there; somebody who has left, the other managers. The mail has a link
 * and no number. A mail that is not taken is tried again with the next round.
 */
async function tellOfScheduled(app: Sql, organisationId: number): Promise<void> {
  const untold = await inOrganisation(
    app,
    organisationId,
    (tx) => tx<(Untold & { emails: string[]; organisationName: string })[]>`
      select s.id, d.name, s.plan ->> 'period' as period,
             (select name from casework.organisation where id = ${organisationId}) as organisation_name,
             array(
               select a.email from casework.member as m join casework.account as a on a.id = m.account_id
               where m.organisation_id = s.organisation_id and m.ended_at is null and 'manager' = any (m.roles)
                 and (m.id = d.made_by or not exists (
                   select from casework.member as k
                   where k.organisation_id = s.organisation_id and k.id = d.made_by and k.ended_at is null
                     and 'manager' = any (k.roles)))
               order by a.email
             ) as emails
      from casework.summary as s
      join casework.summary_schedule as d on d.organisation_id = s.organisation_id and d.id = s.schedule_id
      where s.organisation_id = ${organisationId} and s.state = 'ready' and s.told_at is null and s.version = 1
      order by s.asked_at`,
  );
  for (const { id, name, period, emails, organisationName } of untold) {
    const words = periodInWords(periodOfPlan({ period }));
    let taken = true;
    for (const to of emails) {
      taken =
        (await sendMail({
          to,
          kind: "scheduled summary",
          subject: `${name}: the summary of ${words} is ready`,
          text:
            `The summary "${name}" of ${organisationName} for ${words} has been prepared. ` +
            "Read it, change its words if you like, and hand it on.\n\n" +
            "No numbers are in this mail. You will be asked to sign in.",
          link: pageAddress(`/summary/${id}`),
        })) && taken;
    }
    if (!taken) continue;
    await inOrganisation(
      app,
      organisationId,
      (tx) => tx`
        update casework.summary set told_at = now()
        where organisation_id = ${organisationId} and id = ${id} and told_at is null`,
    );
  }
}
