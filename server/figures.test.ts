/** Reading figures: what is on the menu, what is hidden and why, and that derived numbers come from figures alone. */

import { beforeAll, describe, expect, test } from "vitest";
import type { ActorCtx } from "./context";
import { countedNode } from "./domain/counting";
import { NotFound } from "./domain/errors";
import { FIRST_NUMBER } from "./domain/geography";
import { findNode, NEEDS } from "./domain/needs";
import { findPeriod, periodNumber } from "./domain/period";
import { getCard, getFigures, getMapOptions } from "./figures";
import { fromFirstToLast } from "./figures/choices";
import { listEventsAfter, onNews } from "./figures/events";
import { getSeries } from "./figures/series";
import { testDatabase } from "./testing";
import { arrangePlanning } from "./testing-agreements";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";

const db = await testDatabase();

const DISTRICT = FIRST_NUMBER.district + 1;
const ALIAS = FIRST_NUMBER.district + 2;
const LAD = FIRST_NUMBER.lad + 1;

const nodeNumber = (path: string) => countedNode(findNode(path)?.number ?? -1);
const numberOf = (text: string) => {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return periodNumber(period);
};

async function publish(node: string, period: string, area: number, figure: number): Promise<void> {
  await db.administrator`
    insert into published.figure (node, period, area, figure, anonymous_band, release_no)
    values (${nodeNumber(node)}, ${numberOf(period)}, ${area}, ${figure}, 1, 1)`;
}

let commissioner: ActorCtx;
let neighbour: ActorCtx;
let manager: ActorCtx;

beforeAll(async () => {
  const sql = db.administrator;
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'ZZ1 1', 'ZZ1 1'), (11, 'sector', 'ZZ1 2', 'ZZ1 2'), (12, 'sector', 'ZZ2 1', 'ZZ2 1'),
      (${DISTRICT}, 'district', 'ZZ1', 'ZZ1'), (${ALIAS}, 'district', 'ZZ2', 'ZZ2'),
      (${LAD}, 'lad', 'E01', 'Testshire'), (${LAD + 1}, 'lad', 'E02', 'Elsewhere')`;
  await sql`insert into reference.geography (financial_year, version) values (2024, 'a')`;
  await sql`
    insert into reference.release_sector
      (financial_year, number, district, authority, households, live_postcodes)
    values (2024, 10, ${DISTRICT}, ${LAD}, 2000, 50), (2024, 11, ${DISTRICT}, ${LAD}, 150, 50),
      (2024, 12, ${ALIAS}, ${LAD}, 1000, 50)`;
  await sql`insert into reference.area_alias (financial_year, area, same_as) values (2024, ${ALIAS}, 12)`;
  await sql`
    insert into published.settled_period (period, settled_on, release_no)
    select period, '2026-07-28', 1
    from unnest(${["q:2024-Q4", "q:2025-Q1", "q:2026-Q1", "m:2026-06"].map(numberOf)}::smallint[]) as t (period)`;
  await sql`insert into published.release (number, made_on, summary) values (1, '2026-07-28', '{}')`;
  await sql`
    insert into published.coverage (period, area, organisations_band) values
      (${numberOf("q:2026-Q1")}, 10, 2), (${numberOf("q:2025-Q1")}, 10, 2), (${numberOf("m:2026-06")}, ${DISTRICT}, 2)`;
  await sql`
    insert into reference.best_fit (financial_year, area, households_elsewhere, households_from_elsewhere)
    values (2024, ${LAD}, 120, 0), (2024, ${LAD + 1}, 0, 120), (2024, ${DISTRICT}, 30, 0)`;
  for (const [node, period, area, figure] of [
    ["HOU", "q:2026-Q1", 10, 40],
    ["HOU", "q:2025-Q1", 10, 25],
    ["HOU", "q:2026-Q1", 11, 15],
    ["HOU", "q:2026-Q1", 12, 30],
    ["HOU", "q:2026-Q1", 1, 20],
    ["HOU", "q:2026-Q1", DISTRICT, 55],
    ["HOU", "m:2026-06", DISTRICT, 20],
    ["HOU", "q:2026-Q1", LAD, 85],
    ["HOU-04", "q:2026-Q1", 10, 10],
    ["OTH", "q:2026-Q1", 10, 10],
  ] as const) {
    await publish(node, period, area, figure);
  }
  const organisation = await arrangeOrganisation(db, "Council");
  await arrangePlanning(db, organisation);
  const member = async (roles: Parameters<typeof arrangeMember>[2], patch: string[]) =>
    contextFor(db, await arrangeMember(db, organisation, roles, { patch }));
  commissioner = await member(["commissioner"], ["lad:E01"]);
  neighbour = await member(["commissioner"], ["lad:E02"]);
  manager = await member(["manager"], []);
});

const sectors = (over: object = {}) => ({
  level: "sector" as const,
  node: "HOU",
  period: "q:2026-Q1",
  ...over,
});

describe("a map", () => {
  test("lists every area of the level in one order, hidden as null", async () => {
    const map = await getFigures(manager, sectors({ node: "*" }));
    expect(map.areas.map(({ area }) => area)).toEqual([10, 11, 12]);
    expect(map.figures).toEqual([null, null, null]);
    expect(map.notPublished).toEqual([]);
  });

  test("gives rates only where there are 200 households", async () => {
    const map = await getFigures(manager, sectors());
    expect(map.figures).toEqual([40, 15, 30]);
    expect(map.rates).toEqual([20, null, 30]);
    expect(map.buckets).toContainEqual({ area: 1, name: "No fixed address", figure: 20 });
  });

  test("has one legend for all periods of a type", async () => {
    const now = await getFigures(manager, sectors());
    const before = await getFigures(manager, sectors({ period: "q:2025-Q1" }));
    expect(before.breaks).toEqual(now.breaks);
    expect(now.breaks.people.length).toBeGreaterThan(1);
  });

  test("serves a district of one sector from that sector, by quarter and not by month", async () => {
    const quarter = await getFigures(manager, sectors({ level: "district" }));
    expect(quarter.figures).toEqual([55, 30]);
    const month = await getFigures(manager, sectors({ level: "district", period: "m:2026-06" }));
    expect(month.figures).toEqual([20, null]);
    expect(month.notPublished).toEqual([{ area: ALIAS, reason: "no-months-at-sector" }]);
  });

  test("serves a domain with one need under both names", async () => {
    expect((await getFigures(manager, sectors({ node: "OTH" }))).figures).toEqual([10, null, null]);
  });

  test("has single needs by sector for a commissioner of that patch, and for nobody else", async () => {
    const own = await getFigures(commissioner, sectors({ node: "HOU-04" }));
    expect(own.figures).toEqual([10, null, null]);
    expect(own.notPublished).toEqual([]);
    for (const ctx of [neighbour, manager]) {
      await expect(getFigures(ctx, sectors({ node: "HOU-04" }))).rejects.toThrow(NotFound);
    }
  });

  test("offers by sector the single needs that an agreement opens there, and elsewhere every one", async () => {
    const offeredTo = async (ctx: ActorCtx) => (await getMapOptions(ctx)).levels;
    const council = await arrangeOrganisation(db, "Housing council");
    await arrangePlanning(db, council, ["HOU", "MON-01"]);
    const planner = contextFor(
      db,
      await arrangeMember(db, council, ["commissioner"], { patch: ["lad:E01"] }),
    );
    const [bySector, ...above] = await offeredTo(planner);
    const housing = NEEDS.filter(({ code }) => code.startsWith("HOU-")).map(({ code }) => code);
    expect(new Set(bySector?.needs)).toEqual(new Set([...housing, "MON-01"]));
    expect(above.map(({ needs }) => needs)).toEqual([null, null, null, null]);
    expect((await offeredTo(manager))[0]?.needs).toEqual([]);
  });

  test("of a period in which every area is hidden says so", async () => {
    expect((await getFigures(manager, sectors())).periodHasFigures).toBe(true);
    expect((await getFigures(manager, sectors({ period: "q:2024-Q4" }))).periodHasFigures).toBe(false);
    const { periods } = await getMapOptions(manager);
    expect(periods.filter(({ hasFigures }) => !hasFigures).map(({ period }) => period)).toEqual([
      "q:2024-Q4",
    ]);
  });

  test("tells how many households best fit puts in a neighbour, by district and authority", async () => {
    const lads = await getFigures(manager, sectors({ level: "lad" }));
    expect(lads.householdsInNeighbour).toBe(120);
    expect((await getFigures(manager, sectors())).householdsInNeighbour).toBe(0);
    const card = await getCard(manager, { area: LAD, node: "HOU", period: "q:2026-Q1" });
    expect(card.bestFit).toEqual({ elsewhere: 120, fromElsewhere: 0 });
  });

  test.each([
    ["months by sector", sectors({ period: "m:2026-06" })],
    ["a period that has not settled", sectors({ period: "q:2026-Q2" })],
  ])("does not know %s", async (_, query) => {
    await expect(getFigures(commissioner, query)).rejects.toThrow(NotFound);
  });
});

describe("a card", () => {
  test("compares with the same period a year before, from figures", async () => {
    const card = await getCard(manager, { area: 10, node: "HOU", period: "q:2026-Q1" });
    expect(card.figure).toBe(40);
    expect(card.change).toMatchObject({ period: "q:2025-Q1", figure: 25, people: 15, percent: 60 });
    expect(card.organisations).toBe(2);
    expect(card.anonymous).toBe(1);
    expect(card.widerAreas.map(({ area, figure }) => [area, figure])).toEqual([
      [DISTRICT, 55],
      [LAD, 85],
    ]);
  });

  test("of a hidden figure tells neither organisations nor change nor share", async () => {
    const card = await getCard(manager, { area: 11, node: "MON", period: "q:2026-Q1" });
    expect(card).toMatchObject({
      figure: null,
      whyHidden: "fewer-than-10",
      rate: null,
      change: null,
      anonymous: null,
      organisations: null,
    });
  });

  test("says why a single need of a sector is not shown", async () => {
    const card = await getCard(manager, { area: 10, node: "HOU-04", period: "q:2026-Q1" });
    expect(card).toMatchObject({ figure: null, whyHidden: "need-at-sector-needs-a-commissioner" });
  });

  test("of an area that does not exist is not found", async () => {
    await expect(getCard(manager, { area: 99, node: "HOU", period: "q:2026-Q1" })).rejects.toThrow(NotFound);
  });
});

describe("a series", () => {
  test("has every settled period of its type, hidden as null", async () => {
    const [series] = await getSeries(manager, { area: 12, node: "HOU", type: "quarter" });
    expect(series?.points.map(({ period, figure }) => [period, figure])).toEqual([
      ["q:2025-Q1", null],
      ["q:2026-Q1", 30],
    ]);
  });

  test("of a patch has its areas; of a sector no months", async () => {
    const patch = await getSeries(commissioner, { area: null, node: "HOU", type: "quarter" });
    expect(patch.map(({ name }) => name)).toEqual(["Testshire"]);
    const [months] = await getSeries(manager, { area: 10, node: "HOU", type: "month" });
    expect(months).toMatchObject({ points: [], notPublished: "no-months-at-sector" });
  });
});

test("a series leaves out what lies before the first period with figures and after the last", () => {
  const made = [false, true, false, true, false].map((hasFigures, at) => ({
    period: `y:${2020 + at}`,
    type: "year" as const,
    words: "",
    settledOn: "2026-07-28",
    revisedOn: null,
    hasFigures,
  }));
  expect(fromFirstToLast(made).map(({ period }) => period)).toEqual(["y:2021", "y:2022", "y:2023"]);
  expect(fromFirstToLast(made.filter(({ hasFigures }) => !hasFigures))).toEqual([]);
});

test("the next period to settle is told with its day", async () => {
  const { open, release } = await getMapOptions(manager);
  expect(open.find(({ type }) => type === "quarter")).toMatchObject({
    period: "q:2026-Q2",
    settlesOn: "2026-10-28",
  });
  expect(release).toEqual({ number: 1, madeOn: "2026-07-28" });
});

test("a map is read from one index alone", async () => {
  await db.administrator`vacuum analyze published.figure`;
  const plan = await db.reader.begin(async (tx) => {
    await tx`set local enable_seqscan = off`;
    return tx<{ "QUERY PLAN": string }[]>`
      explain select area, figure from published.figure
      where node = 200 and slice = 0 and period = ${numberOf("q:2026-Q1")} and area >= 1 and area < 100000`;
  });
  expect(Object.values(plan[0] ?? {}).join()).toContain("Index Only Scan using figure_key");
});

test("open maps hear of a settled period when its transaction ends", async () => {
  const rung = new Promise<void>((resolve) => {
    let rings = 0;
    // The first ring says that listening has begun.
    const stop = onNews(db.reader, () => {
      rings += 1;
      if (rings === 1) {
        void db.stats.begin(async (tx) => {
          await tx`insert into published.event (kind, period) values ('settled', ${numberOf("q:2026-Q1")})`;
          await tx`select pg_notify('figures', '1')`;
        });
      } else {
        stop();
        resolve();
      }
    });
  });
  await rung;
  expect(await listEventsAfter(db.reader, 0n)).toMatchObject([{ kind: "settled", period: "q:2026-Q1" }]);
});
