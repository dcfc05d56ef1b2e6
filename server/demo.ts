/**
 * "Run a week": the made workers' devices send seven days of contacts to the ledger, a day at a time, and the
 * installation's clock goes along. Linking, counting and settling follow by themselves, as they do after any other
 * contact. Runs in the web process, where contacts arrive; a week that was cut short is taken up again.
 */

import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { installationNow, listHolidays } from "./clock";
import { type ActorCtx, type Ctx, makeContext } from "./context";
import { readArrivals } from "./demo/arrivals";
import { makeTimeline } from "./demo/timeline";
import { listWorkers, send } from "./demo/workers";
import { dueSlot, slotByNumber, slotNumber } from "./domain/clock-slots";
import type { DemoStatus } from "./domain/demo";
import { Conflict, NotFound } from "./domain/errors";
import {
  addDays,
  type Day,
  daysBetween,
  lastDayOf,
  type Period,
  periodByNumber,
  periodInWords,
  periodNumber,
  periodOf,
  previousPeriod,
  settlesOn,
  shiftPeriod,
} from "./domain/period";
import { duePeriods } from "./domain/settling";
import { env } from "./env";
import { describeError, log } from "./log";
import { pools } from "./pools";

/** Least time that a day takes, so that people can watch it go by. */
const DAY_MS = 900;
/** Longest that a day waits for what settles on it, and for its open figures: the worker looks every ten seconds. */
const SETTLING_MS = 30_000;
const LOOKING_MS = 15_000;

interface World {
  loadedOn: Day;
  arrivedUntil: Day;
  weekEndsOn: Day | null;
  weekContacts: number;
}

declare global {
  var commonNeedDemoWeek: Promise<void> | undefined;
}

/** Where the demo stands; null when this is no demo installation. */
export async function demoStatus(ctx: Ctx): Promise<DemoStatus | null> {
  const world = await findWorld(ctx);
  if (!world) return null;
  if (world.weekEndsOn !== null) takeUpWeek();
  const holidays = await listHolidays(ctx.db);
  const timeline = makeTimeline(world.loadedOn, holidays);
  const settlements = await listSettlements(ctx);
  const settledOn = new Map(settlements.map((row) => [row.period, row.settledOn]));
  const today = world.arrivedUntil;
  const due = await listDue(ctx, world.loadedOn, today);
  const began = addDays(world.weekEndsOn ?? today, -7);
  return {
    today,
    phase: world.weekEndsOn !== null ? "arriving" : due.length > 0 ? "settling" : "idle",
    daysDone: daysBetween(began, today),
    contacts: world.weekContacts,
    settled:
      began < timeline.today ? [] : settledSince(settlements, began).map((period) => periodInWords(period)),
    next: nextQuarter(today, holidays, settledOn),
    weeksLeft: Math.max(0, Math.floor((daysBetween(today, timeline.lastDay) + 1) / 7)),
  };
}

/** Starts to run a week. Throws Conflict while one is being run, NotFound where there is no demo. */
export async function runWeek(ctx: ActorCtx): Promise<void> {
  if (!(await findWorld(ctx))) throw new NotFound("A demo");
  const started = await ctx.db`
    update reference.demo_world set week_ends_on = arrived_until + 7, week_contacts = 0
    where week_ends_on is null
    returning 1`;
  if (started.length === 0) throw new Conflict("A week is being run already. Wait until it is over.");
  takeUpWeek();
}

async function findWorld({ db }: Pick<Ctx, "db">): Promise<World | null> {
  const [world] = await db<World[]>`
    select loaded_on, arrived_until, week_ends_on, week_contacts from reference.demo_world`;
  return world ?? null;
}

function listSettlements({ reader }: Ctx): Promise<readonly { period: number; settledOn: Day }[]> {
  return reader<
    { period: number; settledOn: Day }[]
  >`select period, settled_on from published.settled_period`;
}

/** Periods of the made county that should have settled by a day and have not. */
async function listDue(ctx: Ctx, loadedOn: Day, today: Day): Promise<Period[]> {
  const holidays = await listHolidays(ctx.db);
  const settled = new Set((await listSettlements(ctx)).map(({ period }) => period));
  return duePeriods({
    firstDay: makeTimeline(loadedOn, holidays).firstDay,
    today,
    holidays,
    isSettled: (period) => settled.has(period),
  });
}

/** Periods that settled after a day, in order. */
function settledSince(settlements: readonly { period: number; settledOn: Day }[], day: Day): Period[] {
  return settlements
    .filter(({ settledOn }) => settledOn > day)
    .map(({ period }) => periodByNumber(period))
    .sort((a, b) => (lastDayOf(a) < lastDayOf(b) ? -1 : 1));
}

function nextQuarter(
  today: Day,
  holidays: ReadonlySet<Day>,
  settledOn: ReadonlyMap<number, Day>,
): DemoStatus["next"] {
  let quarter = previousPeriod(periodOf("quarter", today));
  while (settledOn.has(periodNumber(quarter))) quarter = shiftPeriod(quarter, 1);
  return { quarter: periodInWords(quarter), settlesOn: settlesOn(quarter, holidays) };
}

/** Runs what is left of the week, once at a time in this process. */
function takeUpWeek(): void {
  globalThis.commonNeedDemoWeek ??= runDays()
    .catch((error: unknown) => log().error({ error: describeError(error) }, "the week was cut short"))
    .finally(() => {
      globalThis.commonNeedDemoWeek = undefined;
    });
}

/** Each step may be run again: the ledger takes a contact once, and a day ends once. */
async function runDays(): Promise<void> {
  const ctx = makeContext(pools(), null);
  const workers = await listWorkers(ctx);
  for (;;) {
    const world = await findWorld(ctx);
    if (!world || world.weekEndsOn === null) return;
    const { arrivedUntil: day, weekEndsOn } = world;
    if (day >= weekEndsOn) {
      await ctx.db`update reference.demo_world set week_ends_on = null where week_ends_on = ${weekEndsOn}`;
      return;
    }
    const pause = sleep(DAY_MS);
    const arrived = await send(ctx, workers, readArrivals(resolve(env().DATA_DIR), day));
    const [ended] = await ctx.db<{ ended: boolean }[]>`select reference.end_demo_day(${day}) as ended`;
    if (ended?.ended) {
      await ctx.db`update reference.demo_world set week_contacts = week_contacts + ${arrived}`;
    }
    await pause;
    await untilSettled(ctx, world.loadedOn, addDays(day, 1));
    await untilLooked(ctx);
  }
}

/** Lets the worker settle what is due on a day before that day goes by, so that it settles on the day it should. */
async function untilSettled(ctx: Ctx, loadedOn: Day, day: Day): Promise<void> {
  const deadline = Date.now() + SETTLING_MS;
  while ((await listDue(ctx, loadedOn, day)).length > 0 && Date.now() < deadline) await sleep(300);
}

/**
 * Lets the worker look at the open figures whose slot came with a day before that day goes by, so that slots pass in
 * order, one by one, as they do in any installation.
 */
async function untilLooked(ctx: Ctx): Promise<void> {
  const deadline = Date.now() + LOOKING_MS;
  while ((await isSlotDue(ctx)) && Date.now() < deadline) {
    await ctx.db`select jobs.add('statistics.run', null, 'demo')`;
    await sleep(500);
  }
}

/** Whether a slot of a day or longer has come at which nobody has looked. */
async function isSlotDue({ db, reader }: Ctx): Promise<boolean> {
  const rows = await reader<{ slot: number; slotAt: Date | null; lookedAt: Date }[]>`
    select slot, slot_at, looked_at from published.passed_slot where slot >= ${slotNumber("1d")}`;
  const [now, holidays] = await Promise.all([installationNow(db), listHolidays(db)]);
  return rows.some(({ slot, ...look }) => dueSlot(slotByNumber(slot), look, now, holidays) !== null);
}
