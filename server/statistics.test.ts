/** The engine on the real path: contacts through the ledger, counted, settled, released, read as figures. */

import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { setClock } from "./clock";
import { logContacts, voidContact } from "./contacts";
import { FIRST_NUMBER } from "./domain/geography";
import { findPeriod, periodNumber } from "./domain/period";
import { getFigures } from "./figures";
import { drain, statisticsTick } from "./statistics";
import { countChanged } from "./statistics/count";
import { keyedHash } from "./statistics/keyed-hash";
import { recountAll } from "./statistics/recount";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";

const KEY = randomBytes(32);
const hmac = keyedHash(KEY);
const QUARTER = "q:2026-Q1";
const DISTRICT = FIRST_NUMBER.district + 1;

const db = await testDatabase();
let team: Team;

const numberOf = (text: string) => {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return periodNumber(period);
};

const setToday = (day: string) => setClock(db.administrator, `${day}T12:00Z`);

async function cell(area: number, node: number, period: string): Promise<number | null> {
  const [row] = await db.administrator<{ people: number }[]>`
    select people from statistics.cell
    where area = ${area} and node = ${node} and period = ${numberOf(period)}`;
  return row?.people ?? null;
}

/** People who bring one housing issue each, on a day, in a sector. */
async function logPeople(count: number, day: string, postcode = "SR1 3DW"): Promise<string[]> {
  const contacts = Array.from({ length: count }, () =>
    aContact(team, { occurredOn: day, newClient: aClient({ place: { kind: "postcode", postcode } }) }),
  );
  const answers = await logContacts(team.ctx, contacts);
  for (const answer of answers) expect(answer).toMatchObject({ outcome: "stored" });
  return contacts.map(({ id }) => id);
}

beforeAll(async () => {
  const sql = db.administrator;
  team = await arrangeTeam(db, "Advice First");
  await sql`insert into reference.edition (kind, name, month) values ('postcodes', 'made', '2026-01')`;
  await sql`
    insert into reference.postcode (postcode, edition, sector, district, live, small_user)
    select postcode, (select number from reference.edition), sector, 'SR1', true, true
    from (values ('SR1 3DW', 'SR1 3'), ('SR1 1AA', 'SR1 1')) as t (postcode, sector)`;
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'SR1 3', 'SR1 3'), (11, 'sector', 'SR1 1', 'SR1 1'),
      (${DISTRICT}, 'district', 'SR1', 'SR1'), (${DISTRICT + 1}, 'district', 'SR2', 'SR2')`;
  await sql`insert into reference.geography (financial_year, version) values (2026, 'first')`;
  await sql`
    insert into reference.release_sector (financial_year, number, district, households, live_postcodes)
    values (2026, 10, ${DISTRICT}, 2000, 1), (2026, 11, ${DISTRICT}, 2000, 1)`;
  await sql`insert into reference.release_sector_part values (2026, 'SR1 3', 10), (2026, 'SR1 1', 11)`;
  await setToday("2026-06-15");
});

describe("counting", () => {
  test("counts a client with three issues once in any need, and once in each", async () => {
    const contact = aContact(team, {
      occurredOn: "2026-06-10",
      newClient: aClient({ place: { kind: "postcode", postcode: "SR1 3DW" } }),
      entries: [anEntry({ need: "HOU-01" }), anEntry({ need: "HOU-04" }), anEntry({ need: "MON-01" })],
    });
    await logContacts(team.ctx, [contact]);
    await logPeople(6, "2026-06-11");
    expect(await drain(db.stats, hmac)).toMatchObject({ people: 7 });
    expect(await cell(10, 250, QUARTER)).toBe(7);
    expect(await cell(10, 200, QUARTER)).toBe(7);
    expect(await cell(DISTRICT, 250, "m:2026-06")).toBe(7);
    // One person alone: no row in a sector.
    expect(await cell(10, 201, QUARTER)).toBeNull();
  });

  test("takes a voided contact's people out again", async () => {
    const [id = ""] = await logPeople(1, "2026-06-12");
    await drain(db.stats, hmac);
    expect(await cell(10, 250, QUARTER)).toBe(8);
    await voidContact(team.ctx, { id, reason: "Logged for the wrong person" });
    await drain(db.stats, hmac);
    expect(await cell(10, 250, QUARTER)).toBe(7);
  });

  test("takes a transaction's people together, however small the batch", async () => {
    await logPeople(5, "2026-06-12", "SR1 1AA");
    await logPeople(1, "2026-06-12", "SR1 1AA");
    const taken = await countChanged(db.stats, hmac, 1);
    expect(taken?.people).toBe(5);
    expect((await countChanged(db.stats, hmac, 1))?.people).toBe(1);
    expect((await countChanged(db.stats, hmac, 1))?.people).toBe(0);
  });

  test("is done by one engine at a time", async () => {
    await logPeople(20, "2026-06-13");
    const rounds = await Promise.all(Array.from({ length: 4 }, () => drain(db.stats, hmac)));
    expect(rounds.reduce((sum, round) => sum + round.people, 0)).toBe(20);
    expect(await cell(10, 250, QUARTER)).toBe(27);
  });

  test("is refused under another key", async () => {
    await logPeople(1, "2026-06-13");
    await expect(drain(db.stats, keyedHash(randomBytes(32)))).rejects.toThrow("another key");
    await drain(db.stats, hmac);
  });

  test("forms the cells of a year again when its areas change", async () => {
    expect(await cell(DISTRICT, 250, QUARTER)).toBe(34);
    await db.administrator`
      update reference.release_sector set district = ${DISTRICT + 1} where number = 11`;
    await db.administrator`update reference.geography set version = 'second'`;
    await logPeople(1, "2026-06-14", "SR1 1AA");
    await drain(db.stats, hmac);
    expect(await cell(DISTRICT, 250, QUARTER)).toBe(28);
    expect(await cell(DISTRICT + 1, 250, QUARTER)).toBe(7);
  });

  test("mends what something else has broken, and says so", async () => {
    await db.administrator`update statistics.cell set people = people + 1 where area = 10 and node = 250`;
    await db.administrator`delete from statistics.presence where release_sector = 11`;
    const first = await recountAll(db.stats, hmac);
    expect(first?.presence).toBeGreaterThan(0);
    expect(first?.cells).toBeGreaterThan(0);
    expect(await recountAll(db.stats, hmac)).toMatchObject({ presence: 0, cells: 0 });
    expect(await cell(10, 250, QUARTER)).toBe(28);
  });
});

/** All that is told of a period by which its settling again could show. */
async function toldOf(period: string) {
  const [standing] = await db.reader`
    select * from published.settled_period where period = ${numberOf(period)}`;
  const events = await db.reader<{ kind: string }[]>`
    select kind from published.event where period = ${numberOf(period)} and kind <> 'moved' order by id`;
  const coverage = await db.reader`
    select * from published.coverage where period = ${numberOf(period)} order by area`;
  return { standing, events: events.map(({ kind }) => kind), coverage: [...coverage] };
}

async function timesSettled(period: string): Promise<number | undefined> {
  const [row] = await db.administrator<{ settleNo: number }[]>`
    select settle_no from statistics.settlement where period = ${numberOf(period)}`;
  return row?.settleNo;
}

describe("settling", () => {
  const figures = () => getFigures(team.ctx, { level: "sector", node: "*", period: QUARTER });

  test("waits for the 20th working day, then publishes the quarter once", async () => {
    await setToday("2026-07-27");
    expect((await statisticsTick(db.stats, KEY)).released?.settled ?? []).not.toContain(QUARTER);
    await setToday("2026-07-28");
    const { released } = await statisticsTick(db.stats, KEY);
    expect(released?.settled).toEqual(["m:2026-06", QUARTER]);
    const map = await figures();
    expect(map.settledOn).toBe("2026-07-28");
    expect(Math.abs((map.figures[0] ?? 0) - 28)).toBeLessThanOrEqual(7);
    expect((await statisticsTick(db.stats, KEY)).released).toBeNull();
  });

  test("a few late people move nothing, many do, dated and with what they replaced", async () => {
    const [before, told] = [await figures(), await toldOf(QUARTER)];
    await logPeople(1, "2026-06-20");
    const few = await statisticsTick(db.stats, KEY, { byOfficer: true });
    expect(few.released).toBeNull();
    expect(await timesSettled(QUARTER)).toBe(2);
    expect(await figures()).toEqual(before);
    expect(await toldOf(QUARTER)).toEqual(told);
    expect((await statisticsTick(db.stats, KEY, { byOfficer: true })).released).toBeNull();

    await setToday("2026-08-03");
    await logPeople(30, "2026-06-20");
    const many = await statisticsTick(db.stats, KEY, { byOfficer: true });
    expect(many.released?.moved).toBeGreaterThan(0);
    expect(many.released?.revised).toContain(QUARTER);
    expect((await toldOf(QUARTER)).events).toEqual(["settled", "revised"]);
    const after = await figures();
    expect(after.figures[0]).toBeGreaterThan(before.figures[0] ?? 0);
    expect(after).toMatchObject({ settledOn: "2026-07-28", revisedOn: "2026-08-03" });
    const replaced = await db.reader<{ figure: number | null }[]>`
      select figure from published.superseded_figure
      where node = 250 and area = 10 and period = ${numberOf(QUARTER)}`;
    expect(replaced.map((row) => row.figure)).toEqual([before.figures[0]]);
  });

  test("an officer who asks with nothing changed makes no release", async () => {
    expect((await statisticsTick(db.stats, KEY, { byOfficer: true })).released).toBeNull();
  });

  test("a release cut short is finished under its number", async () => {
    await setToday("2026-08-28");
    await db.administrator`delete from published.release where number = (select max(number) from published.release)`;
    const [last] = await db.administrator<
      { number: number }[]
    >`select max(number) as number from published.release`;
    const { released } = await statisticsTick(db.stats, KEY);
    expect(released?.number).toBe((last?.number ?? 0) + 1);
  });

  test("a release that others are due in does not say that one late person came", async () => {
    const [told, times] = [await toldOf(QUARTER), await timesSettled(QUARTER)];
    await logPeople(1, "2026-06-21");
    await setToday("2026-09-28");
    const { released } = await statisticsTick(db.stats, KEY);
    expect(released).toMatchObject({ settled: ["m:2026-08"], revised: [] });
    expect(await timesSettled(QUARTER)).toBe((times ?? 0) + 1);
    expect(await toldOf(QUARTER)).toEqual(told);
  });
});
