/** Who reports, panels and pairs as a period settles: small worlds whose right answers are known beforehand. */

import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { setClock } from "../clock";
import type { ActorCtx } from "../context";
import { likeForLike } from "../domain/coverage";
import { FIRST_NUMBER } from "../domain/geography";
import { findNode } from "../domain/needs";
import { addMonths, type Day, findPeriod, type Period, periodByNumber } from "../domain/period";
import { getCoverage, getPanels } from "../figures/coverage";
import { statisticsTick } from "../statistics";
import { type TestDatabase, testDatabase } from "../testing";
import { arrangeMember, contextFor } from "../testing-people";

const KEY = Buffer.alloc(32, 7);
const LAD = FIRST_NUMBER.lad + 1;
const REGION = FIRST_NUMBER.region + 1;

const idOf = (text: string) => {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Each month so many new people bring these needs to an organisation; the same name makes the same people. */
interface Stream {
  organisation: string;
  needs: readonly string[];
  from: Day;
  months: number;
  people: number;
  sector?: number;
}

class SmallWorld {
  private readonly organisations = new Map<string, number>();

  constructor(readonly db: TestDatabase) {}

  async start(): Promise<void> {
    const sql = this.db.administrator;
    await sql`
      insert into reference.area (number, level, code, name) values
        (11, 'sector', 'ZZ1 1', 'ZZ1 1'), (12, 'sector', 'ZZ1 2', 'ZZ1 2'),
        (${FIRST_NUMBER.district + 1}, 'district', 'ZZ1', 'ZZ1'), (${LAD}, 'lad', 'E01', 'Testshire'),
        (${LAD + 1}, 'lad', 'E02', 'Elsewhere'), (${REGION}, 'region', 'E12', 'North')`;
    await sql`insert into reference.geography (financial_year, version) values (2022, 'a')`;
    await sql`
      insert into reference.release_sector
        (financial_year, number, district, authority, region, live_postcodes, households)
      values (2022, 11, ${FIRST_NUMBER.district + 1}, ${LAD}, ${REGION}, 50, 2000),
        (2022, 12, ${FIRST_NUMBER.district + 1}, ${LAD + 1}, ${REGION}, 50, 2000)`;
  }

  async add({ organisation, needs, from, months, people, sector = 11 }: Stream): Promise<void> {
    const sql = this.db.administrator;
    let number = this.organisations.get(organisation);
    if (number === undefined) {
      const [row] = await sql<{ id: number }[]>`
        insert into casework.organisation (name) values (${organisation}) returning id`;
      number = row?.id ?? 0;
      this.organisations.set(organisation, number);
      await sql`insert into casework.service (organisation_id, id, name) values (${number}, ${idOf(organisation)}, 'S')`;
    }
    const each = Array.from({ length: months * people }, (_, at) => {
      const month = Math.floor(at / people);
      return { id: idOf(`${organisation}/${from}/${sector}/${at}`), day: addMonths(from, month) };
    });
    const ids = each.map(({ id }) => id);
    await sql`
      insert into casework.client (organisation_id, id, anonymous)
      select ${number}, id, false from unnest(${ids}::uuid[]) as t (id)`;
    await sql`
      insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id)
      select ${number}, id, id, id from unnest(${ids}::uuid[]) as t (id)`;
    await sql`
      insert into casework.contact
        (organisation_id, id, client_id, service_id, occurred_on, channel, place_kind, release_sector, content_hash)
      select ${number}, id, id, ${idOf(organisation)}, day, 'phone', 'postcode', ${sector}, ''
      from unnest(${ids}::uuid[], ${each.map(({ day }) => day)}::date[]) as t (id, day)`;
    for (const code of needs) {
      const need = findNode(code)?.number ?? 0;
      const issues = ids.map((id) => idOf(`${id}/${code}`));
      await sql`
        insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
        select ${number}, issue, id, ${need}, 1 from unnest(${ids}::uuid[], ${issues}::uuid[]) as t (id, issue)`;
      await sql`
        insert into casework.issue_entry (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
        select ${number}, id, issue, ${need}, 'new', 'low', true
        from unnest(${ids}::uuid[], ${issues}::uuid[]) as t (id, issue)`;
    }
    await sql`insert into statistics.changed_person (person_id) select unnest(${ids}::uuid[])`;
  }

  /** Lets it be a day and the engine settle what is due. */
  async settle(day: Day, byOfficer = false): Promise<void> {
    await setClock(this.db.administrator, `${day}T12:00Z`);
    await statisticsTick(this.db.stats, KEY, { byOfficer });
  }

  async reader(): Promise<ActorCtx> {
    const [organisation] = this.organisations.values();
    return contextFor(this.db, await arrangeMember(this.db, organisation ?? 0, ["manager"], { patch: [] }));
  }
}

const OLD: readonly Stream[] = [
  { organisation: "Advice", needs: ["BEN-01", "MON-01"], from: "2023-04-10", months: 30, people: 40 },
  { organisation: "Council", needs: ["HOU-01"], from: "2023-04-10", months: 30, people: 30 },
];
const NEW: Stream = { organisation: "Pantry", needs: ["BEN-01"], from: "2024-12-10", months: 10, people: 40 };
const period = (text: string): Period => {
  const found = findPeriod(text);
  if (!found) throw new Error(text);
  return found;
};

const [plain, joined] = [new SmallWorld(await testDatabase()), new SmallWorld(await testDatabase())];

beforeAll(async () => {
  for (const world of [plain, joined]) {
    await world.start();
    for (const stream of OLD) await world.add(stream);
  }
  await joined.add(NEW);
  for (const world of [plain, joined]) await world.settle("2025-11-20");
});

describe("an organisation that begins with flat need", () => {
  test.each(["month", "quarter"] as const)("leaves the panel line by %s as it was", async (type) => {
    for (const area of [LAD, REGION]) {
      for (const node of ["*", "BEN", "BEN-01"]) {
        const [before, after] = [
          await getPanels(await plain.reader(), { area, node, type }),
          await getPanels(await joined.reader(), { area, node, type }),
        ];
        expect(after.panels.length).toBeGreaterThan(0);
        expect(after.panels).toEqual(before.panels);
        expect(after.panels.at(-1)?.points.every(({ figure }) => figure !== null)).toBe(true);
        expect(after.whole).not.toEqual(before.whole);
      }
    }
  });

  test("is why everybody's figure rose and the same organisations' did not", async () => {
    const series = await getPanels(await joined.reader(), { area: LAD, node: "BEN", type: "quarter" });
    const found = likeForLike(series, period("q:2025-Q2"));
    expect(found?.wholeNow).toBeGreaterThan((found?.wholeThen ?? 0) + 50);
    expect(Math.abs((found?.panelNow ?? 0) - (found?.panelThen ?? 0))).toBeLessThanOrEqual(10);
    expect(series.panels.at(-1)?.organisations.map(({ name }) => name)).toEqual(["Advice", "Council"]);
  });

  test("is told as a change of coverage against the period before once, against the year before for a year", async () => {
    const { whole } = await getPanels(await joined.reader(), { area: LAD, node: "*", type: "quarter" });
    const began = (since: "sinceBefore" | "sinceYear") =>
      whole.filter((point) => point[since].began).map(({ period }) => period);
    expect(began("sinceBefore")).toEqual(["q:2024-Q3", "q:2024-Q4"]);
    expect(began("sinceYear")).toEqual(["q:2024-Q3", "q:2024-Q4", "q:2025-Q1", "q:2025-Q2"]);
    expect(whole.some(({ sinceYear }) => sinceYear.stopped)).toBe(false);
    const same = await getPanels(await plain.reader(), { area: LAD, node: "*", type: "quarter" });
    expect(same.whole.some(({ sinceYear, sinceBefore }) => sinceYear.began || sinceBefore.began)).toBe(false);
  });

  test("is named with its first and last month, for authorities and above", async () => {
    const areas = await getCoverage(await joined.reader());
    for (const area of [LAD, REGION]) {
      expect(areas.find((each) => each.area === area)?.reporters).toMatchObject([
        { name: "Advice", first: "m:2023-04", last: "m:2025-09", reportsNow: true },
        { name: "Council", first: "m:2023-04", last: "m:2025-09", reportsNow: true },
        { name: "Pantry", first: "m:2024-12", last: "m:2025-09", reportsNow: true },
      ]);
    }
    expect(areas.find((each) => each.area === LAD + 1)?.reporters).toEqual([]);
  });
});

describe("one late person of one more organisation", () => {
  test("moves no band of how many organisations contributed", async () => {
    const bands = () => joined.db.administrator<{ period: number; area: number; band: number }[]>`
      select period, area, organisations_band as band from published.coverage order by period, area`;
    const before = await bands();
    expect(before.length).toBeGreaterThan(100);
    await joined.add({
      ...{ organisation: "Church", needs: ["HOU-01"], months: 1, people: 1 },
      from: "2025-08-12",
    });
    await joined.settle("2025-11-21", true);
    const [again] = await joined.db.administrator<{ periods: number }[]>`
      select count(*)::int as periods from statistics.settlement where settle_no > 1`;
    expect(again?.periods).toBeGreaterThan(0);
    expect(await bands()).toEqual(before);
  });
});

test("an older year that settles again leaves who reports to the areas of the newest", async () => {
  const world = new SmallWorld(await testDatabase());
  await world.start();
  const sql = world.db.administrator;
  await sql`insert into reference.area (number, level, code, name) values (${LAD + 2}, 'lad', 'E03', 'Newshire')`;
  await sql`insert into reference.geography (financial_year, version) values (2025, 'b')`;
  await sql`
    insert into reference.release_sector
      (financial_year, number, district, authority, region, live_postcodes, households)
    select 2025, number, district, case number when 11 then ${LAD + 2} else authority end, region, 50, 2000
    from reference.release_sector where financial_year = 2022`;
  const stream: Stream = {
    organisation: "Advice",
    needs: ["BEN-01"],
    from: "2025-01-10",
    months: 8,
    people: 40,
  };
  await world.add(stream);
  await world.settle("2025-11-20");
  const reporting = () => sql`select * from published.reporting order by area, reporter`;
  const before = await reporting();
  expect(before.map(({ area }) => area)).toContain(LAD + 2);
  await world.add({ ...stream, from: "2025-01-11", months: 1, people: 1 });
  await world.settle("2025-11-21", true);
  const again = await sql<{ period: number }[]>`select period from statistics.settlement where settle_no > 1`;
  expect(new Set(again.map(({ period }) => periodByNumber(period).financialYear))).toEqual(new Set([2024]));
  expect(await reporting()).toEqual(before);
});
