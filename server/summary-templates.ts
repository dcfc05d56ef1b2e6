/** Plans that an organisation keeps: templates to begin from, and schedules that prepare a summary of each period. */

import { record } from "./audit";
import { listHolidays } from "./clock";
import { type ActorCtx, inTransaction, now, type TxCtx } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { firstScheduled, preparedOn } from "./domain/impact/schedule";
import { numbersIn } from "./domain/impact/written-numbers";
import { dayOf, findPeriod, type Period, periodText } from "./domain/period";
import {
  MOST_SCHEDULES,
  MOST_TEMPLATES,
  type SaveSchedule,
  type SaveTemplate,
  type ScheduleStep,
  type SummarySchedule,
  type SummaryTemplate,
  type TemplatePlan,
  templatePlanSchema,
} from "./domain/summaries";
import { refuseStoryWords } from "./told-stories";

/** The organisation's templates by name. */
export function listTemplates(ctx: ActorCtx): Promise<SummaryTemplate[]> {
  return inTransaction(ctx, async ({ db, actor }) => {
    const rows = await db<{ id: string; name: string; plan: unknown }[]>`
      select id, name, plan from casework.summary_template
      where organisation_id = ${actor.organisationId} order by lower(name), id`;
    return rows.map(({ plan, ...row }) => ({ ...row, plan: templatePlanSchema.parse(plan) }));
  });
}

/**
 * Keeps a template, new or changed. Throws Conflict when another one has the name, or there are too many; NotFound when
 * its service is not one of the organisation's.
 */
export function saveTemplate(ctx: ActorCtx, { id, name, plan }: SaveTemplate): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    await checkService(ctx, plan);
    const others = await db<{ name: string }[]>`
      select name from casework.summary_template
      where organisation_id = ${actor.organisationId} and id <> ${id}`;
    if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      throw new Conflict("Another template has this name. Choose a name that tells the two apart.");
    }
    if (others.length >= MOST_TEMPLATES) {
      throw new Conflict(`There are ${MOST_TEMPLATES} templates already. Remove one that nobody uses.`);
    }
    await db`
      insert into casework.summary_template (organisation_id, id, name, plan, made_by)
      values (${actor.organisationId}, ${id}, ${name}, ${db.json(plan)}, ${actor.memberId})
      on conflict (organisation_id, id) do update set name = excluded.name, plan = excluded.plan`;
    await record(ctx, "impact.save-template", { subjects: [], detail: { template: id } });
  });
}

/** Removes a template; one that is gone stays gone. */
export function removeTemplate(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const gone = await ctx.db`
      delete from casework.summary_template
      where organisation_id = ${ctx.actor.organisationId} and id = ${id}
      returning id`;
    if (gone.length === 0) throw new NotFound("This template");
    await record(ctx, "impact.remove-template", { subjects: [], detail: { template: id } });
  });
}

/** The organisation's schedules in force by name, each with what it prepares next. */
export function listSchedules(ctx: ActorCtx): Promise<SummarySchedule[]> {
  return inTransaction(ctx, async ({ db, actor }) => {
    const holidays = await listHolidays(db);
    const rows = await db<
      {
        id: string;
        name: string;
        plan: unknown;
        every: ScheduleStep;
        nextPeriod: string;
        madeByName: string;
      }[]
    >`
      select d.id, d.name, d.plan, d.every, d.next_period,
             (select a.name from casework.member as m join casework.account as a on a.id = m.account_id
              where m.organisation_id = d.organisation_id and m.id = d.made_by) as made_by_name
      from casework.summary_schedule as d
      where d.organisation_id = ${actor.organisationId} and d.stopped_at is null
      order by lower(d.name), d.id`;
    return rows.map(({ plan: kept, nextPeriod, ...row }) => {
      const plan = templatePlanSchema.parse(kept);
      const on = preparedOn(readPeriod(nextPeriod), plan.audience, holidays);
      return { ...row, plan, next: { period: nextPeriod, on } };
    });
  });
}

/**
 * Keeps a schedule, new or changed; whoever saves it first is told of what it prepares. Throws as `saveTemplate`, Invalid
 * when its words hold numbers or are a story's, and NotFound for one that was stopped.
 */
export function saveSchedule(ctx: ActorCtx, { id, name, plan, every }: SaveSchedule): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId } = actor;
    await checkService(ctx, plan);
    refuseNumbers(plan);
    await refuseStoryWords(ctx, plan);
    const kept = await db<{ id: string; every: ScheduleStep; stopped: boolean }[]>`
      select id, every, stopped_at is not null as stopped from casework.summary_schedule
      where organisation_id = ${organisationId} and (stopped_at is null or id = ${id})
      for update`;
    const own = kept.find((row) => row.id === id);
    if (own?.stopped) throw new NotFound("This schedule");
    if (own?.every === every) {
      await db`
        update casework.summary_schedule set name = ${name}, plan = ${db.json(plan)}
        where organisation_id = ${organisationId} and id = ${id}`;
    } else {
      if (!own && kept.length >= MOST_SCHEDULES) {
        throw new Conflict(`There are ${MOST_SCHEDULES} schedules already. Stop one that nobody uses.`);
      }
      const today = dayOf(await now(ctx));
      const next = periodText(firstScheduled(every, plan.audience, today, await listHolidays(db)));
      await db`
        insert into casework.summary_schedule (organisation_id, id, name, plan, every, next_period, made_by)
        values (${organisationId}, ${id}, ${name}, ${db.json(plan)}, ${every}, ${next}, ${actor.memberId})
        on conflict (organisation_id, id) do update
        set name = excluded.name, plan = excluded.plan, every = excluded.every,
            next_period = excluded.next_period`;
    }
    await record(ctx, "impact.save-schedule", { subjects: [], detail: { schedule: id, every } });
  });
}

/** Stops a schedule; what it prepared stays. */
export function stopSchedule(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const stopped = await ctx.db`
      update casework.summary_schedule set stopped_at = now()
      where organisation_id = ${ctx.actor.organisationId} and id = ${id} and stopped_at is null
      returning id`;
    if (stopped.length === 0) throw new NotFound("This schedule");
    await record(ctx, "impact.stop-schedule", { subjects: [], detail: { schedule: id } });
  });
}

/** Words of a schedule stand in the summary of every period: a number in them would be another period's. */
function refuseNumbers({ texts }: TemplatePlan): void {
  const faults = Object.entries(texts).filter(([, text]) => numbersIn(text).length > 0);
  if (faults.length === 0) return;
  const refused = "Leave numbers out: these words stand in the summary of every period.";
  throw new Invalid(refused, Object.fromEntries(faults.map(([key]) => [`plan.texts.${key}`, refused])));
}

async function checkService({ db, actor }: TxCtx, { serviceId }: TemplatePlan): Promise<void> {
  if (serviceId === null) return;
  const [service] = await db`
    select 1 from casework.service where organisation_id = ${actor.organisationId} and id = ${serviceId}`;
  if (!service) throw new NotFound("This service");
}

/** The period of a kept text. Throws when it is none. */
function readPeriod(text: string): Period {
  const period = findPeriod(text);
  if (!period) throw new Error("A schedule's next period is none");
  return period;
}
