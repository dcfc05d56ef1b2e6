/**
 * What the worker does for summaries by itself: begins those whose schedule has come, makes any that wait because their
 * job was lost or the worker was killed, and has managers told of what a schedule came to. What fails for one organisation holds up no other. May run twice.
 */

import type { Tx } from "../db/client";
import { inOrganisation } from "./acting";
import { record } from "./audit";
import { installationNow, listHolidays } from "./clock";
import { byItselfIn } from "./context";
import { duePeriods } from "./domain/impact/schedule";
import { dayOf, findPeriod, nextPeriod, periodText } from "./domain/period";
import { templatePlanSchema } from "./domain/summaries";
import { uuidv7 } from "./ids";
import { describeError, log } from "./log";
import { askForSummary } from "./summary-asking";
import { type Making, makeSummary } from "./summary-making";
import { tellOfSchedules } from "./summary-notices";

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
    const alone = (work: () => Promise<unknown>) => tryAlone(ctx, id, work);
    await alone(() => inOrganisation(ctx.app, id, (tx) => prepareScheduled(tx, id)));
    await alone(async () => {
      for (const summaryId of await inOrganisation(ctx.app, id, (tx) => listWaiting(tx, id))) {
        await alone(() => makeSummary(ctx, { organisationId: id, summaryId }));
      }
    });
    await alone(() => tellOfSchedules(ctx.app, id));
  }
}

/** What is wrong with one summary or organisation is put into the log and keeps nobody else waiting. */
async function tryAlone(
  { signal }: Making,
  organisationId: number,
  work: () => Promise<unknown>,
): Promise<void> {
  if (signal.aborted) return;
  try {
    await work();
  } catch (error) {
    log().error({ organisationId, error: describeError(error) }, "part of a round of summaries failed");
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
  for (const schedule of schedules) {
    const plan = templatePlanSchema.safeParse(schedule.plan).data;
    const next = findPeriod(schedule.nextPeriod);
    if (!plan || !next) {
      await stopUnreadable(tx, organisationId, schedule.id);
      continue;
    }
    for (const period of duePeriods(next, plan.audience, today, holidays, MOST_AT_ONCE)) {
      const id = uuidv7();
      const asked = await askForSummary(tx, organisationId, {
        ...{ id, seriesId: id, version: 1, scheduleId: schedule.id },
        plan: { ...plan, period: periodText(period), storyIds: [] },
      });
      // The summaries of the day are used up: what is due is asked for by a later round.
      if (!asked) return;
      await tx`
        update casework.summary_schedule set next_period = ${periodText(nextPeriod(period))}
        where organisation_id = ${organisationId} and id = ${schedule.id}`;
      await record(byItselfIn(tx), "impact.prepare", {
        subjects: [{ kind: "summary", id }],
        detail: { period: periodText(period), audience: plan.audience, service: plan.serviceId },
        organisationId,
      });
    }
  }
}

/** Stops a schedule that an earlier version of the software kept and this one cannot read; who keeps it is told. */
async function stopUnreadable(tx: Tx, organisationId: number, id: string): Promise<void> {
  await tx`
    update casework.summary_schedule set stopped_at = now(), broken_at = now()
    where organisation_id = ${organisationId} and id = ${id}`;
  await record(byItselfIn(tx), "impact.stop-schedule", {
    subjects: [],
    detail: { schedule: id, unreadable: true },
    organisationId,
  });
  log().error({ organisationId, schedule: id }, "a schedule of summaries cannot be read and was stopped");
}
