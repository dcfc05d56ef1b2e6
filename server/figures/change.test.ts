/** Change read from published figures: sums, sides of the event, the comparison, the menu, and who reports. */

import { beforeAll, describe, expect, test } from "vitest";
import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import { Invalid } from "../domain/errors";
import { writeEventSchema } from "../domain/event-marker";
import { FIRST_NUMBER } from "../domain/geography";
import { findNode } from "../domain/needs";
import { type Period, periodNumber, periodText, shiftPeriod } from "../domain/period";
import { writeEvent } from "../event-markers";
import { uuidv7 } from "../ids";
import { testDatabase } from "../testing";
import { arrangePlanning } from "../testing-agreements";
import { arrangeMember, arrangeOrganisation, contextFor } from "../testing-people";
import { getChangedAreas, getChangeSeries, listPlaces } from "./change";

const db = await testDatabase();
const DISTRICT = FIRST_NUMBER.district + 1;
const SECTORS = [10, 11, 12, 13, 14, 15, 16, 17];
/** The two sectors that a made event is about. */
const OWN = [10, 11];

const first: Period = { type: "quarter", financialYear: 2024, index: 0 };
const quarters = Array.from({ length: 12 }, (_, at) => shiftPeriod(first, at));
/** The event lies in the ninth quarter, April to June 2026. */
const EVENT_DAY = "2026-05-20";
const AFTER = 9;

const nodeNumber = (path: string) => countedNode(findNode(path)?.number ?? -1);

let commissioner: ActorCtx;
let manager: ActorCtx;
let event: string;

/** Sectors of about 60; those of the event fall to a half after it, one sector is hidden once. */
function figureOf(sector: number, at: number): number | null {
  if (sector === 17 && at === 3) return null;
  const usual = 60 + ((sector + at) % 3) * 5;
  return OWN.includes(sector) && at >= AFTER ? usual / 2 - ((usual / 2) % 5) : usual;
}

beforeAll(async () => {
  const sql = db.administrator;
  await sql`
    insert into reference.area (number, level, code, name)
    select number, 'sector', 'ZZ1 ' || number, 'ZZ1 ' || number from unnest(${SECTORS}::int[]) as s (number)`;
  await sql`insert into reference.area (number, level, code, name) values (${DISTRICT}, 'district', 'ZZ1', 'ZZ1')`;
  await sql`insert into reference.geography (financial_year, version) values (2024, 'a')`;
  await sql`
    insert into reference.release_sector (financial_year, number, district, households, live_postcodes)
    select 2024, number, ${DISTRICT}, 2000, 50 from unnest(${SECTORS}::int[]) as s (number)`;
  for (const [at, quarter] of quarters.entries()) {
    const period = periodNumber(quarter);
    await sql`insert into published.settled_period (period, settled_on, release_no) values (${period}, '2027-01-28', 1)`;
    await sql`insert into published.coverage (period, area, organisations_band) values (${period}, 10, 2)`;
    for (const sector of SECTORS) {
      const figure = figureOf(sector, at);
      if (figure === null) continue;
      await sql`
        insert into published.figure (node, period, area, figure, anonymous_band, release_no)
        values (${nodeNumber("BAS")}, ${period}, ${sector}, ${figure}, 1, 1)`;
    }
  }
  const organisation = await arrangeOrganisation(db, "Council");
  await arrangePlanning(db, organisation);
  const member = async (role: "commissioner" | "manager") =>
    contextFor(db, await arrangeMember(db, organisation, [role]));
  commissioner = await member("commissioner");
  manager = await member("manager");
  event = uuidv7();
  await writeEvent(
    commissioner,
    writeEventSchema.parse({
      ...{ id: event, kind: "service-opened", title: "A pantry opens", happensOn: EVENT_DAY, reason: "" },
      ...{ areas: OWN, comparison: [], expected: [{ node: "BAS", direction: "fall" }] },
    }),
  );
});

const place = (over: object = {}) => ({ node: "BAS", areas: OWN, type: "quarter" as const, event, ...over });

describe("a place over time", () => {
  test("adds up the figures of its areas and compares each period with the year before", async () => {
    const { points } = await getChangeSeries(manager, place({ event: null }));
    expect(points.map(({ period }) => period)).toEqual(quarters.map(periodText));
    expect(points.map(({ figure }) => figure)).toEqual(
      quarters.map((_, at) => (figureOf(10, at) ?? 0) + (figureOf(11, at) ?? 0)),
    );
    expect(points[4]?.yearBefore).toBe(points[0]?.figure);
    expect(points.every(({ interval, figure }) => (interval?.low ?? 0) < (figure ?? 0))).toBe(true);
  });

  test("finds the fall after the event beside the sectors that it is not about", async () => {
    const { fit, compared, points, finding } = await getChangeSeries(manager, place());
    expect(points.map(({ side }) => side)).toEqual(
      quarters.map((_, at) => (at < 8 ? "before" : at === 8 ? "across" : "after")),
    );
    // The sector with a hidden figure is not compared with.
    expect(compared.map(({ area }) => area)).toEqual([12, 13, 14, 15, 16]);
    expect(fit?.effect.ratio).toBeGreaterThan(0.4);
    expect(fit?.effect.ratio).toBeLessThan(0.6);
    expect(fit?.effect.high).toBeLessThan(1);
    expect(finding.title).toMatch(/^Basic needs: fell by about .* in ZZ1 10 and ZZ1 11 after May 2026/);
  });

  test("says that a hidden figure is left out", async () => {
    const { points, finding } = await getChangeSeries(manager, place({ areas: [16, 17], event: null }));
    expect(points[3]).toMatchObject({ figure: null, interval: null, hidden: 1 });
    expect(finding.limits.join(" ")).toContain("1 of 12 quarters is left out");
  });

  test("of areas of two levels is refused, and months of a sector are not on the menu", async () => {
    await expect(getChangeSeries(manager, place({ areas: [10, DISTRICT] }))).rejects.toThrow(Invalid);
    expect(await getChangeSeries(manager, place({ type: "month" }))).toMatchObject({
      points: [],
      notPublished: "no-months-at-sector",
    });
  });

  test("of a single need by sector is for the commissioner of that patch alone", async () => {
    expect((await getChangeSeries(manager, place({ node: "BAS-01" }))).points).toEqual([]);
  });

  test("says whether an organisation began reporting in between", async () => {
    const last = quarters.at(-1);
    if (!last) throw new Error("no quarter");
    const quiet = await getChangeSeries(manager, place());
    expect(quiet.reporting).toMatchObject({ asked: 3, changedIn: [] });
    // Began since the year before.
    await db.administrator`update published.coverage set changed = 4 where period = ${periodNumber(last)}`;
    const told = await getChangeSeries(manager, place());
    expect(told.reporting.changedIn).toEqual(["January to March 2027"]);
    await db.administrator`update published.coverage set changed = 0`;
  });
});

describe("all areas", () => {
  const asked = (over: object = {}) => ({
    node: "BAS",
    level: "sector" as const,
    type: "quarter" as const,
    event,
    ...over,
  });

  test("names those that fell after the event and no others, over whole periods a year apart", async () => {
    const { areas, before, after, finding } = await getChangedAreas(manager, asked());
    expect(areas.filter(({ verdict }) => verdict === "below").map(({ area }) => area)).toEqual(OWN);
    expect(areas.filter(({ verdict }) => verdict === "above")).toEqual([]);
    expect([before, after]).toEqual(["July 2025 to March 2026", "July 2026 to March 2027"]);
    expect(finding.title).toBe(
      "Basic needs: fell, set against the others, in ZZ1 10 and ZZ1 11 after May 2026",
    );
  });

  test("without an event compares the latest period with the year before", async () => {
    const { before, after, together } = await getChangedAreas(manager, asked({ event: null }));
    expect([before, after]).toEqual(["January to March 2026", "January to March 2027"]);
    expect(together).not.toBeNull();
  });

  test("of a level with too few says so", async () => {
    const { finding } = await getChangedAreas(manager, asked({ level: "district" }));
    expect(finding.title).toBe("Basic needs: too few districts show a figure");
  });
});

test("places of a level are named", async () => {
  expect(await listPlaces(manager, "district")).toEqual([{ area: DISTRICT, code: "ZZ1", name: "ZZ1" }]);
});

test("areas are read in the two periods that are compared and in no other", async () => {
  let reads = 0;
  const counting = new Proxy(manager.reader, {
    apply(target, self, given: [readonly string[]]) {
      if (given[0].join("") === "published.figure") reads += 1;
      return Reflect.apply(target, self, given);
    },
  });
  await getChangedAreas(
    { ...manager, reader: counting },
    { node: "BAS", level: "sector", type: "quarter", event: null },
  );
  expect(reads).toBe(2);
});
