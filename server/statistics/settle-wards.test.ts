/** Wards settle once a year has, by the rules of every settled figure, and are read by agreement alone. */

import { beforeAll, expect, test } from "vitest";
import { getAreaFigures } from "../area-figures";
import type { ActorCtx } from "../context";
import { NotFound } from "../domain/errors";
import { addDays, type Day } from "../domain/period";
import { testDatabase } from "../testing";
import { arrangeSigned, officersOf, termsBetween } from "../testing-agreements";
import { arrangeMember, arrangeOrganisation, contextFor } from "../testing-people";
import { arrangeReleaseWorld, type ReleaseWorld } from "../testing-releases";

const db = await testDatabase();
const sql = db.administrator;
const [WARD, OTHER] = ["E05000001", "E05000002"];
const TODAY: Day = "2027-05-20";

let world: ReleaseWorld;
let commissioner: ActorCtx;

beforeAll(async () => {
  world = await arrangeReleaseWorld(db);
  await sql`
    update reference.postcode set authority = 'E08999999', ward = case when postcode = 'SR2 1AA' then ${OTHER} else ${WARD} end`;
  await world.logPeople(30, "2026-05-10", "SR1 1AA");
  await world.logPeople(14, "2026-06-02", "SR1 2AA", "MON-01");
  await world.logPeople(4, "2026-06-02", "SR2 1AA");
  await world.setToday(TODAY);
  await world.tick();
  const organisation = await arrangeOrganisation(db, "Council");
  commissioner = contextFor(db, await arrangeMember(db, organisation, ["commissioner"]));
  const terms = termsBetween(
    world.team.organisationId,
    organisation,
    [{ place: "ward", detail: "full", group: "commissioner", rests: "basis" }],
    { purposes: ["service-planning"], startsOn: TODAY, reviewOn: TODAY, endsOn: addDays(TODAY, 30) },
  );
  await arrangeSigned(db, officersOf(db), terms);
});

const wards = () =>
  getAreaFigures(commissioner, { place: "ward", purpose: "service-planning", authority: "E08999999" });

test("people are counted where their postcode is, each once for each need, and few are hidden", async () => {
  const { period, areas } = await wards();
  expect(period).toBe("y:2026");
  expect(areas.map(({ place, presence }) => [place.code, presence])).toEqual([
    [WARD, true],
    [OTHER, false],
  ]);
  const figures = new Map(areas[0]?.figures?.map(({ need, figure }) => [need, figure]));
  // 44 and 30 people: rounded to 5, after a planned error of at most 5 either way.
  expect([35, 40, 45, 50]).toContain(figures.get("*"));
  expect([25, 30, 35]).toContain(figures.get("HOU-04"));
  expect(areas[1]?.figures).toEqual([]);
});

test("they are made once: who comes, goes or is erased afterwards moves none of them", async () => {
  const before = await wards();
  const kept = async () =>
    sql`select count(*)::int as rows from statistics.impact_set where area like 'ward:%'`;
  const rows = await kept();
  await world.logPeople(12, "2027-03-02", "SR2 1AA");
  await world.tick(true);
  expect(await kept()).toEqual(rows);
  expect(await wards()).toEqual(before);
});

test("a patch that holds the authority shows its wards as before, and no other authority to choose", async () => {
  const { organisationId } = commissioner.actor;
  const patch = ["lad:E08999999"];
  const own = contextFor(db, await arrangeMember(db, organisationId, ["commissioner"], { patch }));
  const asked = { place: "ward", purpose: "service-planning" } as const;
  expect(await getAreaFigures(own, asked)).toEqual(await wards());
});

test("without an agreement nobody has them, by the procedure or over the web's connection", async () => {
  const stranger = contextFor(db, await arrangeMember(db, world.team.organisationId, ["commissioner"]));
  await expect(
    getAreaFigures(stranger, { place: "ward", purpose: "service-planning", authority: "E08999999" }),
  ).rejects.toThrow(NotFound);
  await expect(db.app`select * from statistics.impact_set`).rejects.toThrow("permission denied");
  await expect(db.app`select * from statistics.ward_area`).rejects.toThrow("permission denied");
  await expect(db.reader`select * from statistics.impact_set`).rejects.toThrow("permission denied");
});
