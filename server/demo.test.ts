import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listAgreements } from "./agreements";
import { myDay } from "./caseload";
import type { ActorCtx } from "./context";
import { makeContext } from "./context";
import { demoStatus, runWeek } from "./demo";
import { type Loaded, loadDemo } from "./demo/load";
import { listWorkers } from "./demo/workers";
import { dueState } from "./domain/action";
import { demoInWords } from "./domain/demo";
import { Conflict } from "./domain/errors";
import { addDays, periodNumber, previousPeriod } from "./domain/period";
import { REFERRAL_STATES } from "./domain/referral";
import { listEvents } from "./event-markers";
import { getFigures, getMapOptions } from "./figures";
import { key } from "./keys";
import { decideLink } from "./people";
import { keepModel, modelInUse } from "./people-model";
import { linkWhoWaits } from "./people-rounds";
import { statisticsTick } from "./statistics";
import { keyedHash } from "./statistics/keyed-hash";
import { recountAll } from "./statistics/recount";
import { type TestDatabase, testDatabase } from "./testing";

const dataDir = mkdtempSync(join(tmpdir(), "common-need-demo-"));
process.env["DATA_DIR"] = dataDir;

let db: TestDatabase;
let loaded: Loaded;
let ctx: ActorCtx;

beforeAll(async () => {
  db = await testDatabase();
  loaded = await loadDemo(db, { size: "small", loadedOn: "2026-11-22", dataDir });
  globalThis.commonNeedPools = { app: db.app, reader: db.reader };
  const worker = [...(await listWorkers(makeContext(db, null))).values()][0];
  if (!worker) throw new Error("Nobody works in the made county");
  ctx = { ...makeContext(db, null), actor: worker.actor };
}, 240_000);

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const isSettled = async (period: number) => {
  const rows = await db.reader`select 1 from published.settled_period where period = ${period}`;
  return rows.length > 0;
};

test("it is a few days before a quarter settles, and the one before has settled", async () => {
  expect(loaded.today).toBe("2027-01-26");
  expect(loaded.settlesOn).toBe("2027-01-29");
  expect(await isSettled(periodNumber(loaded.quarter))).toBe(false);
  expect(await isSettled(periodNumber(previousPeriod(loaded.quarter)))).toBe(true);
});

test("its two events were written down before any figure after their day", async () => {
  const events = await listEvents(ctx);
  expect(events.map(({ title, writtenBefore }) => [title, writtenBefore])).toEqual([
    ["Saltersea Pantry opens", true],
    ["Thornbeck Works closes", true],
  ]);
  expect(events.map(({ areas }) => areas.length)).toEqual([4, 3]);
});

test("every contact has a place, and people are counted once across organisations", async () => {
  const [places] = await db.administrator<{ sectors: number; outside: number; linked: number }[]>`
    select count(distinct release_sector) filter (where release_sector > 9)::int as sectors,
           count(*) filter (where place_kind = 'outside')::int as outside,
           (select count(*)::int from (select 1 from identity.client_person
              group by person_id having count(*) > 1) as p) as linked
    from casework.contact`;
  expect(places?.sectors).toBe(40);
  expect(places?.outside).toBe(0);
  expect(places?.linked).toBeGreaterThan(10);
});

test("loading into an installation in use is refused", async () => {
  await expect(loadDemo(db, { size: "small", dataDir })).rejects.toThrow(Conflict);
});

test("a week that is run brings contacts, moves the clock and lets the quarter settle", async () => {
  const before = await demoStatus(ctx);
  expect(before).toMatchObject({ phase: "idle", today: loaded.today, contacts: 0, settled: [] });
  await runWeek(ctx);
  await expect(runWeek(ctx)).rejects.toThrow(Conflict);
  while ((await demoStatus(ctx))?.phase === "arriving") {
    await sleep(100);
    await statisticsTick(db.stats, key("disclosure"));
  }

  const after = await demoStatus(ctx);
  expect(after).toMatchObject({ phase: "idle", today: addDays(loaded.today, 7) });
  expect(after?.contacts).toBeGreaterThan(10);
  expect(after?.settled).toEqual(["December 2026", "October to December 2026"]);
  expect(after && demoInWords(after)).toMatch(/settled\. January to March 2027 settles on/);
  const [settled] = await db.reader<{ settledOn: string }[]>`
    select settled_on from published.settled_period where period = ${periodNumber(loaded.quarter)}`;
  expect(settled?.settledOn).toBe(loaded.settlesOn);
});

test("figures of the settled quarter show for some sectors and most districts", async () => {
  const figures = await db.reader<{ level: string; shown: number }[]>`
    select a.level, count(*)::int as shown
    from published.figure as f join reference.area as a on a.number = f.area and a.number > 9
    where f.period = ${periodNumber(loaded.quarter)} and f.node = 250 and f.slice = 0
    group by 1`;
  const shown = new Map(figures.map((row) => [row.level, row.shown]));
  expect(shown.get("sector")).toBeGreaterThanOrEqual(8);
  expect(shown.get("district")).toBeGreaterThanOrEqual(6);
});

test("the largest figures are told by age, sex and deprivation, and no others are", async () => {
  const [told] = await db.reader<{ ages: number; sexes: number; tenths: number; without: number }[]>`
    select count(distinct f.slice) filter (where f.slice between 10 and 16)::int as ages,
      count(distinct f.slice) filter (where f.slice in (20, 21))::int as sexes,
      count(distinct f.slice) filter (where f.slice between 30 and 39)::int as tenths,
      count(*) filter (where not exists (
        select from published.figure as w
        where w.node = f.node and w.slice = 0 and w.period = f.period and w.area = f.area and w.figure >= 100
      ))::int as without
    from published.figure as f
    where f.slice between 10 and 39`;
  expect(told?.without).toBe(0);
  expect(told?.ages).toBeGreaterThanOrEqual(4);
  expect(told?.sexes).toBe(2);
  expect(told?.tenths).toBeGreaterThanOrEqual(3);
});

test("the county shows how many came in the year so far, with the clock by which it moves", async () => {
  const year = (await getMapOptions(ctx)).open.find(({ type, isLive }) => isLive && type === "year");
  if (!year) throw new Error("No year is open and live");
  const { open, figures } = await getFigures(ctx, { level: "region", node: "*", period: year.period });
  expect(open?.clocks.map(({ words }) => words)).toEqual(["moves every fourth Monday"]);
  expect(figures[0]).toBeGreaterThan(100);
});

test("a worker begins with people, with actions due today and late, and nobody has them all", async () => {
  const worker = (await listWorkers(makeContext(db, null))).get("amira.haddow@wythershire-advice.example");
  if (!worker) throw new Error("The worker was not made");
  const day = await myDay({ ...makeContext(db, null), actor: worker.actor });
  expect(day.people).toBeGreaterThan(20);
  expect(day.unassigned.count).toBeGreaterThan(0);
  const states = new Set(day.actions.map(({ dueOn }) => dueState(dueOn, loaded.today)));
  expect([...states]).toEqual(expect.arrayContaining(["overdue", "today", "soon", "whenever"]));
});

test("one organisation scores its people, and some of them have come some way", async () => {
  const [scores] = await db.administrator<{ organisations: number; people: number; scores: number }[]>`
    select count(distinct organisation_id)::int as organisations, count(distinct client_id)::int as people,
           count(*)::int as scores
    from casework.instrument_score`;
  expect(scores?.organisations).toBe(1);
  expect(scores?.people).toBeGreaterThan(10);
  expect(scores?.scores).toBe(2 * (scores?.people ?? 0));
});

test("some organisations have checked their crisis cards, with numbers that nobody can be rung at", async () => {
  const rows = await db.administrator<
    { organisationId: number; phones: { label: string; number: string }[] }[]
  >`
    select organisation_id, phones from casework.crisis_card`;
  expect(new Set(rows.map(({ organisationId }) => organisationId)).size).toBe(2);
  const local = rows
    .flatMap(({ phones }) => phones)
    .filter(({ label }) => /council|team|service/i.test(label));
  expect(local.length).toBeGreaterThan(0);
  for (const { number } of local) expect(number).toMatch(/^01632 960 \d{3}$/);
});

test("referrals are under way in every state, between the organisations and to services outside", async () => {
  const rows = await db.administrator<{ state: string; ways: string[] }[]>`
    select casework.referral_state(organisation_id, id) as state, array_agg(distinct way order by way) as ways
    from casework.referral group by 1`;
  expect(rows.map(({ state }) => state).sort()).toEqual([...REFERRAL_STATES].sort());
  expect([...new Set(rows.flatMap(({ ways }) => ways))].sort()).toEqual(["email", "phone", "platform"]);
});

test("agreements stand in every state, one is used by nobody, and people have said yes and no to sharing", async () => {
  const officer = [...(await listWorkers(makeContext(db, null), "officer")).values()][0];
  if (!officer) throw new Error("Nobody signs agreements");
  const lines = await listAgreements({ ...makeContext(db, null), actor: officer.actor });
  expect([...new Set(lines.map(({ standing }) => standing))].sort()).toEqual(["draft", "ended", "in-force"]);
  const inForce = lines.filter(({ standing }) => standing === "in-force");
  expect(inForce.some(({ looks }) => looks > 0)).toBe(true);
  expect(
    inForce.filter(({ looks, startsOn }) => looks === 0 && startsOn < addDays(loaded.today, -90)),
  ).toHaveLength(1);
  const answers = await db.administrator<{ answer: string }[]>`
    select distinct answer from casework.consent where referral_id is null and contact_id is null`;
  expect(answers.map(({ answer }) => answer).sort()).toEqual(["declined", "given"]);
});

test("a link undone stays undone through three runs with new models; settled figures do not change by a byte, and every count is a recount's", async () => {
  await linkWhoWaits(db.stats);
  const [pair] = await db.administrator<
    { a: { organisationId: number; clientId: string }; b: { organisationId: number; clientId: string } }[]
  >`
    select jsonb_build_object('organisationId', organisation_id_a, 'clientId', client_id_a) as a,
           jsonb_build_object('organisationId', organisation_id_b, 'clientId', client_id_b) as b
    from identity.link_assertion as l
    where model like 'description%' and says = 'same' and (
      select count(*) from identity.client_person as p join identity.client_person as o using (person_id)
      where o.client_id = l.client_id_a) = 2
    order by l.id limit 1`;
  if (!pair) throw new Error("Nobody was linked by description");
  const { a, b } = pair;
  const people = () => db.administrator<{ personId: string; originPersonId: string }[]>`
    select person_id, origin_person_id from identity.client_person
    where client_id in (${a.clientId}, ${b.clientId}) order by client_id`;
  const settled = () => db.administrator`
    select jsonb_agg(f order by f.node, f.slice, f.period, f.area)::text as figures from published.figure as f
    where f.period in (select period from published.settled_period)`;
  const recount = () => recountAll(db.stats, keyedHash(key("disclosure")));
  await statisticsTick(db.stats, key("disclosure"));
  const before = await settled();
  const linked = await people();
  expect(new Set(linked.map(({ personId }) => personId)).size).toBe(1);

  await decideLink(db.stats, { a, b, says: "different", madeBy: "test" });
  for (let run = 0; run < 3; run += 1) {
    const { model } = await modelInUse(db.stats);
    await keepModel(db.stats, model, 1_000);
    expect(await linkWhoWaits(db.stats)).toBeGreaterThan(500);
    await statisticsTick(db.stats, key("disclosure"));
    const apart = await people();
    expect(apart.map(({ personId }) => personId)).toEqual(apart.map(({ originPersonId }) => originPersonId));
    expect(await settled()).toEqual(before);
    expect(await recount()).toMatchObject({ presence: 0, cells: 0 });
  }
  await decideLink(db.stats, { a, b, says: "same", madeBy: "test" });
  await statisticsTick(db.stats, key("disclosure"));
  expect(await people()).toEqual(linked);
  expect(await settled()).toEqual(before);
  expect(await recount()).toMatchObject({ presence: 0, cells: 0 });
});

test("a study is published, and another waits for its second person", async () => {
  const studies = await db.stats<{ state: string; intervention: string; receipts: number }[]>`
    select s.state, s.plan ->> 'intervention' as intervention,
           (select count(*)::int from lab.receipt as r where r.subject_id = s.id and r.ended = 'success') as receipts
    from lab.study as s order by s.organisation_id, s.number`;
  expect(studies.map(({ state, receipts }) => [state, receipts])).toEqual([
    ["published", 1],
    ["draft", 0],
  ]);
});
