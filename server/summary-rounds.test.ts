/** Schedules and lost work: what the worker's round begins, makes and tells, with a real database and mail server. */

import { beforeEach, describe, expect, test } from "vitest";
import { setClock } from "./clock";
import { MOST_SUMMARIES_A_DAY, type TemplatePlan } from "./domain/summaries";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { arrangeService, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMailServer } from "./testing-mail";
import { arrangeMember, contextFor } from "./testing-people";
import { arrangeCrowd } from "./testing-summaries";

const mails = await arrangeMailServer();
const { finishSummary, getSummary, listSummaries } = await import("./summaries");
const { listSchedules, saveSchedule, stopSchedule } = await import("./summary-templates");
const { summaryRound } = await import("./summary-rounds");
const db = await testDatabase();

let team: Team;
const round = () => summaryRound({ ...db, signal: new AbortController().signal });
const on = (day: string) => setClock(db.administrator, `${day}T12:00:00Z`);
const schedule = (over: Partial<TemplatePlan> = {}, every: "month" | "quarter" = "quarter") => ({
  id: uuidv7(),
  name: "For the board",
  every,
  plan: {
    ...{ serviceId: team.serviceId, audience: "trustees" as const, sections: ["needs" as const] },
    ...{ framework: null, texts: {}, ...over },
  },
});

beforeEach(async () => {
  await db.administrator`update casework.summary_schedule set stopped_at = now() where stopped_at is null`;
  team = await arrangeTeam(db, `Wear Advice ${uuidv7()}`);
  await arrangeCrowd(db, team, { people: 40, occurredOn: "2026-08-11", resolved: 20 });
  mails.deliveries.length = 0;
  mails.refuses = false;
  delete mails.refusedAddress;
});

describe("a schedule", () => {
  test("prepares the quarter for trustees once it has settled, once, and tells the manager without a number", async () => {
    await on("2026-09-20");
    const wanted = schedule();
    await saveSchedule(team.ctx, wanted);
    expect(await listSchedules(team.ctx)).toMatchObject([
      { name: "For the board", next: { period: "q:2026-Q2", on: "2026-10-28" } },
    ]);
    await on("2026-10-27");
    await round();
    expect(await listSummaries(team.ctx)).toEqual([]);

    await on("2026-10-28");
    await round();
    const [made, ...others] = await listSummaries(team.ctx);
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      ...{ state: "making", version: 1, scheduleName: "For the board", madeByName: null },
      plan: { period: "q:2026-Q2", audience: "trustees", storyIds: [] },
    });
    await waitedLong(made?.id);
    await round();
    await round();
    expect(await getSummary(team.ctx, made?.id ?? "")).toMatchObject({
      state: "ready",
      paper: { basis: "figures" },
    });
    expect(mails.deliveries).toHaveLength(1);
    const message = mails.deliveries[0]?.message.replaceAll("=\n", "");
    expect(message).toContain(`/summary/${made?.id}`);
    expect(message).toMatch(/Subject: For the board: the summary of July to\s+September 2026/);
    expect(message).not.toMatch(/\b(40|35|45)\b people/);
    expect(await listSchedules(team.ctx)).toMatchObject([{ next: { period: "q:2026-Q3" } }]);
  });

  test("prepares for the team on the day after the period, and catches up when the worker was away", async () => {
    await on("2026-07-15");
    await saveSchedule(team.ctx, schedule({ audience: "team" }, "month"));
    await on("2026-10-01");
    await round();
    expect((await listSummaries(team.ctx)).map(({ plan }) => plan.period).sort()).toEqual([
      "m:2026-07",
      "m:2026-08",
      "m:2026-09",
    ]);
  });

  test("that was stopped prepares nothing more, and what it prepared stays", async () => {
    await on("2026-09-20");
    const wanted = schedule({ audience: "team" });
    await saveSchedule(team.ctx, wanted);
    await on("2026-10-01");
    await round();
    await stopSchedule(team.ctx, wanted.id);
    await on("2027-01-01");
    await round();
    expect(await listSummaries(team.ctx)).toHaveLength(1);
    await expect(saveSchedule(team.ctx, wanted)).rejects.toMatchObject({ name: "NotFound" });
  });

  test("asks for no more than the day's number, also when somebody asks at the same time, and goes on later", async () => {
    await on("2026-09-20");
    await saveSchedule(team.ctx, schedule({ audience: "team" }));
    await on("2026-10-01");
    await db.administrator`
      insert into casework.summary (organisation_id, id, series_id, version, plan, state)
      select ${team.organisationId}, i, i, 1, '{}', 'failed' from (
        select gen_random_uuid() as i from generate_series(2, ${MOST_SUMMARIES_A_DAY})) as many`;
    const asked = async () => {
      const [row] = await db.administrator`
        select count(*)::int as n from casework.summary
        where organisation_id = ${team.organisationId} and asked_at > now() - interval '1 day'`;
      return row?.["n"];
    };
    const plan = { ...schedule({ audience: "team" }).plan, storyIds: [] };
    const period = { type: "quarter", financialYear: 2026, index: 1 } as const;
    await Promise.allSettled([round(), finishSummary(team.ctx, { id: uuidv7(), plan: { ...plan, period } })]);
    expect(await asked()).toBe(MOST_SUMMARIES_A_DAY);
    await db.administrator`
      update casework.summary set asked_at = asked_at - interval '2 days'
      where organisation_id = ${team.organisationId}`;
    await db.administrator`
      update casework.summary_schedule set next_period = 'q:2026-Q2'
      where organisation_id = ${team.organisationId}`;
    await round();
    expect(await asked()).toBe(1);
  });

  test("whose keeper has left tells another manager, and tells again when the mail was not taken", async () => {
    await on("2026-09-20");
    const leaving = await arrangeMember(db, team.organisationId, ["manager"], {
      email: `${uuidv7()}@gone.test`,
    });
    await saveSchedule(contextFor(db, leaving), schedule({ audience: "team" }));
    await db.administrator`update casework.member set ended_at = now() where id = ${leaving.memberId}`;
    await on("2026-10-01");
    await round();
    const [made] = await listSummaries(team.ctx);
    await waitedLong(made?.id);
    mails.refuses = true;
    await round();
    expect(mails.deliveries).toEqual([]);
    mails.refuses = false;
    await minutesLater(1);
    await round();
    expect(mails.deliveries.map(({ to }) => to.includes("gone.test"))).toEqual([false]);
  });

  test("tells every manager once, whichever address is refused, and tries that one later and later", async () => {
    await on("2026-09-20");
    const keeper = await arrangeMember(db, team.organisationId, ["manager"]);
    const refused = `${uuidv7()}@refused.test`;
    await arrangeMember(db, team.organisationId, ["manager"], { email: refused });
    await saveSchedule(contextFor(db, keeper), schedule({ audience: "team" }));
    await db.administrator`update casework.member set ended_at = now() where id = ${keeper.memberId}`;
    await on("2026-10-01");
    mails.refusedAddress = refused;
    await round();
    await waitedLong((await listSummaries(team.ctx))[0]?.id);
    for (let n = 0; n < 4; n++) await round();
    expect(mails.deliveries).toHaveLength(1);
    expect(await triesOf(refused)).toBe(1);
    await minutesLater(1);
    await round();
    await minutesLater(1);
    await round();
    expect(await triesOf(refused)).toBe(2);
    delete mails.refusedAddress;
    await minutesLater(1);
    await round();
    await minutesLater(60);
    await round();
    expect(mails.deliveries.map(({ to }) => to.includes(refused))).toEqual([false, true]);
  });

  test("whose service is gone says so in the list and by mail, once, and keeps no other organisation waiting", async () => {
    await on("2026-09-20");
    const [broken, whole] = [team, await arrangeTeam(db, `Tyne Advice ${uuidv7()}`)];
    const gone = await arrangeService(db, broken.organisationId, "Gone");
    await saveSchedule(broken.ctx, schedule({ audience: "team", serviceId: gone }));
    await saveSchedule(whole.ctx, schedule({ audience: "team", serviceId: whole.serviceId }));
    await db.administrator`
      delete from casework.service where organisation_id = ${broken.organisationId} and id = ${gone}`;
    await on("2026-10-01");
    await round();
    const idOf = async ({ ctx }: Team) => (await listSummaries(ctx))[0]?.id ?? "";
    const ids = [await idOf(broken), await idOf(whole)] as const;
    for (const id of ids) await waitedLong(id);
    await round();
    expect(await getSummary(whole.ctx, ids[1])).toMatchObject({ state: "ready" });
    expect(mails.deliveries).toHaveLength(1);
    for (let n = 0; n < 4; n++) await round();
    expect(await listSummaries(broken.ctx)).toMatchObject([
      { state: "failed", scheduleName: "For the board" },
    ]);
    expect(mails.deliveries).toHaveLength(2);
    const message = mails.deliveries[1]?.message.replaceAll("=\n", "");
    expect(message).toMatch(/could not be made/);
    expect(message).toContain(`/summary/${ids[0]}`);
  });

  test("that cannot be read is stopped and told of, and every other one goes on", async () => {
    await on("2026-09-20");
    const whole = await arrangeTeam(db, `Tees Advice ${uuidv7()}`);
    const unreadable = schedule({ audience: "team" });
    await saveSchedule(team.ctx, unreadable);
    await saveSchedule(team.ctx, { ...schedule({ audience: "team" }), name: "For the team" });
    await saveSchedule(whole.ctx, schedule({ audience: "team", serviceId: whole.serviceId }));
    await db.administrator`
      update casework.summary_schedule set plan = '{"audience": "nobody"}' where id = ${unreadable.id}`;
    await on("2026-10-01");
    await round();
    expect(await listSummaries(whole.ctx)).toHaveLength(1);
    expect(await listSummaries(team.ctx)).toMatchObject([{ scheduleName: "For the team" }]);
    expect(await listSchedules(team.ctx)).toMatchObject([{ name: "For the team" }]);
    await round();
    expect(mails.deliveries).toHaveLength(1);
    expect(mails.deliveries[0]?.message).toMatch(/no longer prepared by itself/);
  });
});

test("a summary whose plan cannot be read fails at once, and others are made", async () => {
  await on("2026-10-28");
  const plan = {
    ...schedule().plan,
    ...{ period: { type: "quarter" as const, financialYear: 2026, index: 1 }, storyIds: [] },
  };
  const [unreadable, whole] = [uuidv7(), uuidv7()];
  for (const id of [unreadable, whole]) {
    await finishSummary(team.ctx, { id, plan });
    await waitedLong(id);
  }
  await db.administrator`
    update casework.summary set plan = jsonb_set(plan, '{sections}', '["unheard"]') where id = ${unreadable}`;
  await db.administrator`truncate graphile_worker._private_jobs`;
  await round();
  expect(await getSummary(team.ctx, unreadable)).toMatchObject({ state: "failed" });
  expect(await getSummary(team.ctx, whole)).toMatchObject({ state: "ready" });
});

test("a summary whose job was lost is made by the round, and not before others had their turn", async () => {
  await on("2026-10-28");
  const { id } = await finishSummary(team.ctx, {
    id: uuidv7(),
    plan: {
      ...schedule().plan,
      ...{ period: { type: "quarter", financialYear: 2026, index: 1 }, storyIds: [] },
    },
  });
  await db.administrator`truncate graphile_worker._private_jobs`;
  await round();
  expect(await getSummary(team.ctx, id)).toMatchObject({ state: "making" });
  await waitedLong(id);
  await round();
  expect(await getSummary(team.ctx, id)).toMatchObject({ state: "ready" });
});

/** As if mails had been tried so much earlier. */
async function minutesLater(minutes: number) {
  await db.administrator`
    update casework.summary_notice set tried_at = tried_at - ${minutes} * interval '1 minute'`;
}

async function triesOf(email: string): Promise<number | undefined> {
  const [row] = await db.administrator<{ tries: number }[]>`
    select n.tries from casework.summary_notice as n
    join casework.member as m on m.organisation_id = n.organisation_id and m.id = n.member_id
    join casework.account as a on a.id = m.account_id
    where a.email = ${email}`;
  return row?.tries;
}

/** As if it had been asked for some minutes ago. */
async function waitedLong(id = "") {
  await db.administrator`
    update casework.summary set asked_at = now() - interval '5 minutes' where id = ${id}`;
}
