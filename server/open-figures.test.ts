/** Open figures on the real path: contacts through the ledger, slots of a real calendar, figures as people read them. */

import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { setClock } from "./clock";
import { logContacts, voidContact } from "./contacts";
import { NotFound } from "./domain/errors";
import { FIRST_NUMBER } from "./domain/geography";
import { findPeriod, periodNumber } from "./domain/period";
import { getCard, getFigures, getMapOptions } from "./figures";
import { lastEvent, listEventsAfter } from "./figures/events";
import { getSeries } from "./figures/series";
import { statisticsTick } from "./statistics";
import { keyedHash } from "./statistics/keyed-hash";
import { recountAll } from "./statistics/recount";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";

const KEY = randomBytes(32);
const SECTOR = 10;
const QUIET = 11;
const DISTRICT = FIRST_NUMBER.district + 1;
const LAST_QUARTER = "q:2025-Q4";
const QUARTER = "q:2026-Q1";

const db = await testDatabase();
let team: Team;

const numberOf = (text: string) => {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return periodNumber(period);
};

/** Sets the installation's clock, in London time in summer. */
const setSummerClock = (at: string) => setClock(db.administrator, `${at}+01:00`);

/** A round of the engine at an instant. */
async function tickAt(at: string) {
  await setSummerClock(at);
  return statisticsTick(db.stats, KEY);
}

/** People who bring one housing need each. Gives the ids of their contacts. */
async function logPeople(count: number, day: string, postcode = "SR1 3DW"): Promise<string[]> {
  await setSummerClock(`${day}T11:00`);
  const ids: string[] = [];
  for (let left = count; left > 0; left -= 50) {
    const contacts = Array.from({ length: Math.min(50, left) }, () =>
      aContact(team, {
        occurredOn: day,
        newClient: aClient({ place: { kind: "postcode", postcode } }),
        entries: [anEntry({ need: "HOU-01" })],
      }),
    );
    for (const answer of await logContacts(team.ctx, contacts)) expect(answer.outcome).toBe("stored");
    ids.push(...contacts.map(({ id }) => id));
  }
  return ids;
}

const card = (area: number, period: string) => getCard(team.ctx, { area, node: "HOU", period });
const shown = async (area = SECTOR, period = QUARTER) => (await card(area, period)).figure;

async function made(area: number, period: string) {
  const [row] = await db.administrator<{ people: number; refreshNo: number; changed: bigint[] }[]>`
    select people, refresh_no, changed from statistics.cell
    where area = ${area} and node = 200 and slice = 0 and period = ${numberOf(period)}`;
  return row;
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
      (${SECTOR}, 'sector', 'SR1 3', 'SR1 3'), (${QUIET}, 'sector', 'SR1 1', 'SR1 1'),
      (${DISTRICT}, 'district', 'SR1', 'SR1')`;
  await sql`insert into reference.geography (financial_year, version) values (2025, 'first')`;
  await sql`
    insert into reference.release_sector (financial_year, number, district, households, live_postcodes)
    values (2025, ${SECTOR}, ${DISTRICT}, 2000, 1), (2025, ${QUIET}, ${DISTRICT}, 2000, 1)`;
  await sql`insert into reference.release_sector_part values (2025, 'SR1 3', ${SECTOR}), (2025, 'SR1 1', ${QUIET})`;
  await setSummerClock("2026-03-20T12:00");
  await logPeople(340, "2026-03-12");
  await logPeople(20, "2026-03-12", "SR1 1AA");
});

test("nothing is live before anything has closed", async () => {
  expect(await tickAt("2026-04-15T12:00")).toMatchObject({ clocks: null, passed: [] });
  expect((await getMapOptions(team.ctx)).open.map(({ isLive }) => isLive)).not.toContain(true);
  await expect(card(SECTOR, LAST_QUARTER)).rejects.toThrow(NotFound);
});

test("the first clocks are chosen when everything due has settled, from the last closed year", async () => {
  const tick = await tickAt("2026-04-30T12:00");
  expect(tick.released?.settled).toContain("y:2025");
  expect(tick.clocks).toMatchObject({ financialYear: 2025, from: "y:2025" });
  expect(tick.passed).toEqual([]);
  const map = await getFigures(team.ctx, { level: "sector", node: "HOU", period: QUARTER });
  expect(map).toMatchObject({ settledOn: null, revisedOn: null, releaseNo: null });
  expect(map.areas.map(({ area }) => area)).toEqual([SECTOR, QUIET]);
  expect(map.open).toMatchObject({
    settlesOn: "2026-07-28",
    clocks: [{ slot: "14d", words: "moves every second Monday", lastAt: null }],
    clockOf: [0, null],
  });
  // The slot of 5 May comes too soon after clocks were chosen.
  expect(map.open?.clocks[0]?.nextAt).toBe("2026-05-18T05:00:00.000Z");
  expect(await card(QUIET, QUARTER)).toMatchObject({ whyHidden: "not-live", open: { clock: null } });
  expect(await card(SECTOR, QUARTER)).toMatchObject({ whyHidden: "fewer-than-10", figure: null });
});

describe("an open figure", () => {
  test("does not move off its slot, whoever comes", async () => {
    await logPeople(70, "2026-04-30");
    expect((await tickAt("2026-05-11T12:00")).drained.people).toBe(70);
    await logPeople(1, "2026-05-11");
    await tickAt("2026-05-15T12:00");
    expect(await shown()).toBeNull();
    expect((await card(SECTOR, QUARTER)).open?.clock?.lastAt).toBeNull();
    expect(await made(SECTOR, QUARTER)).toMatchObject({ people: 71, refreshNo: 0 });
  });

  test("is made at its slot, for every open period of the cell at once, and open maps are told", async () => {
    const before = await lastEvent(db.reader);
    const { passed } = await tickAt("2026-05-18T06:00:08");
    expect(passed.find(({ slot }) => slot === "14d")).toMatchObject({ at: new Date("2026-05-18T05:00Z") });
    for (const [area, period] of [
      [SECTOR, QUARTER],
      [SECTOR, "y:2026"],
      [DISTRICT, QUARTER],
    ] as const) {
      expect(Math.abs(((await shown(area, period)) ?? 0) - 71)).toBeLessThanOrEqual(7);
    }
    const told = await listEventsAfter(db.reader, before);
    expect(told.map(({ kind, period }) => `${kind} ${period}`).sort()).toEqual([
      "moved m:2026-04",
      "moved q:2026-Q1",
      "moved y:2026",
    ]);
    expect((await card(SECTOR, QUARTER)).open?.clock).toMatchObject({
      lastAt: "2026-05-18T05:00:00.000Z",
      nextAt: "2026-06-01T05:00:00.000Z",
    });
  });

  test("stays at its next slot while fewer people differ than any quota", async () => {
    const before = await shown();
    await logPeople(4, "2026-05-20");
    await tickAt("2026-06-01T06:00:05");
    expect(await shown()).toBe(before);
    expect(await made(SECTOR, QUARTER)).toMatchObject({ people: 75, refreshNo: 1 });
  });

  test("forgets who came and was taken out again", async () => {
    const [id = ""] = await logPeople(1, "2026-06-01");
    await tickAt("2026-06-01T14:00");
    expect((await made(SECTOR, QUARTER))?.changed).toHaveLength(5);
    await voidContact(team.ctx, { id, reason: "Logged for the wrong person" });
    await tickAt("2026-06-01T14:01");
    expect((await made(SECTOR, QUARTER))?.changed).toHaveLength(4);
  });

  test("moves once for all slots at which the worker was away", async () => {
    await logPeople(60, "2026-06-02");
    const { passed } = await tickAt("2026-07-01T12:00");
    expect(passed.filter(({ slot }) => slot === "14d")).toHaveLength(1);
    expect((await tickAt("2026-07-01T12:01")).passed.filter(({ slot }) => slot === "14d")).toEqual([]);
    expect(await made(SECTOR, QUARTER)).toMatchObject({ people: 135, refreshNo: 2, changed: [] });
    expect(Math.abs(((await shown()) ?? 0) - 135)).toBeLessThanOrEqual(7);
  });

  test("is not moved by a recount, which mends counts and keeps who changed", async () => {
    await logPeople(3, "2026-06-30");
    await tickAt("2026-07-01T12:02");
    const before = await shown();
    await db.administrator`update statistics.cell set people = people + 9 where area = ${SECTOR}`;
    expect((await recountAll(db.stats, keyedHash(KEY)))?.cells).toBeGreaterThan(0);
    expect(await shown()).toBe(before);
    expect((await made(SECTOR, QUARTER))?.changed).toHaveLength(3);
    expect(await made(SECTOR, QUARTER)).toMatchObject({ people: 138, refreshNo: 2 });
  });

  test("is said apart from settled ones in a series", async () => {
    const [series] = await getSeries(team.ctx, { area: SECTOR, node: "HOU", type: "quarter" });
    expect(series?.points.map(({ period }) => period)).toEqual([LAST_QUARTER]);
    expect(series?.open).toMatchObject([
      { period: QUARTER, figure: await shown(), settlesOn: "2026-07-28", clock: { slot: "14d" } },
      { period: "q:2026-Q2", figure: null },
    ]);
  });

  test("gives way to the settled one, which has a draw of its own and no lag", async () => {
    const { released } = await tickAt("2026-07-28T12:00");
    expect(released?.settled).toContain(QUARTER);
    const settled = await card(SECTOR, QUARTER);
    expect(settled).toMatchObject({ settledOn: "2026-07-28", open: null });
    expect(Math.abs((settled.figure ?? 0) - 138)).toBeLessThanOrEqual(7);
    const left = await db.reader`select 1 from published.open_figure where period = ${numberOf(QUARTER)}`;
    expect(left).toHaveLength(0);
    expect(await made(SECTOR, QUARTER)).toMatchObject({ people: 138, refreshNo: 0, changed: [] });
    expect(await made(SECTOR, "y:2026")).toMatchObject({ people: 138, refreshNo: 2 });
  });
});

describe("the clock of a cell", () => {
  const slotOf = async () => (await card(SECTOR, "y:2026")).open?.clock?.slot ?? null;

  test("was chosen again on the first Monday of June, from the year that had closed", async () => {
    const choices = await db.reader<{ financialYear: number; chosenOn: string; fromPeriod: number }[]>`
      select financial_year, chosen_on, from_period from published.clock_choice order by financial_year`;
    expect(choices).toEqual([
      { financialYear: 2025, chosenOn: "2026-04-30", fromPeriod: numberOf("y:2025") },
      { financialYear: 2026, chosenOn: "2026-06-01", fromPeriod: numberOf("y:2025") },
    ]);
  });

  test("takes the next longer slot after two slots without a move, and ends after the longest", async () => {
    expect(await slotOf()).toBe("14d");
    const seen: (string | null)[] = [];
    for (const monday of ["2026-08-10", "2026-08-24", "2026-09-21", "2026-10-19", "2026-11-16"]) {
      await tickAt(`${monday}T12:00`);
      // The look before was at noon or a moment later, and a whole slot must lie between two.
      await tickAt(`${monday}T17:00`);
      seen.push(await slotOf());
    }
    expect(seen.slice(0, 2)).toContain("28d");
    expect(seen.at(-1)).toBeNull();
    const year = await card(SECTOR, "y:2026");
    expect(year).toMatchObject({ whyHidden: null, open: { clock: null } });
    expect(Math.abs((year.figure ?? 0) - 135)).toBeLessThanOrEqual(7);
  });
});
