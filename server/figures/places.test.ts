/** Finding places on the map by what people type, and the areas of a commissioner's own patch. */

import { beforeAll, expect, test } from "vitest";
import type { ActorCtx } from "../context";
import { FIRST_NUMBER } from "../domain/geography";
import type { AreaRow } from "../domain/open-data/tables";
import { findWardPlaces } from "../open-data/places";
import { testDatabase } from "../testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "../testing-people";
import { findPlaces, listPatchAreas } from "./places";

const db = await testDatabase();
const DISTRICT = FIRST_NUMBER.district + 1;
const LAD = FIRST_NUMBER.lad + 1;
const REGION = FIRST_NUMBER.region + 1;
let commissioner: ActorCtx;
let manager: ActorCtx;

beforeAll(async () => {
  const sql = db.administrator;
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'ZZ1 1+ZZ1 2', 'ZZ1 1 and ZZ1 2'), (12, 'sector', 'ZZ2 1', 'ZZ2 1'),
      (${DISTRICT}, 'district', 'ZZ1', 'ZZ1'), (${DISTRICT + 1}, 'district', 'ZZ2', 'ZZ2'),
      (${LAD}, 'lad', 'E01', 'Sunderland'), (${LAD + 1}, 'lad', 'E02', 'Elsewhere'),
      (${REGION}, 'region', 'E12', 'North East')`;
  await sql`insert into reference.geography (financial_year, version) values (2024, 'a')`;
  await sql`
    insert into reference.release_sector
      (financial_year, number, district, authority, region, households, live_postcodes)
    values (2024, 10, ${DISTRICT}, ${LAD}, ${REGION}, 2000, 50),
      (2024, 12, ${DISTRICT + 1}, ${LAD + 1}, ${REGION}, 1000, 50)`;
  await sql`
    insert into reference.release_sector_part (financial_year, sector, release_sector)
    values (2024, 'ZZ1 1', 10), (2024, 'ZZ1 2', 10), (2024, 'ZZ2 1', 12)`;
  const [edition] = await sql<{ number: number }[]>`
    insert into reference.edition (kind, name, month) values ('postcodes', 'Made', '2024-01') returning number`;
  await sql`
    insert into reference.postcode (postcode, edition, sector, district, live, small_user, ward)
    values ('ZZ1 2AB', ${edition?.number ?? 0}, 'ZZ1 2', 'ZZ1', true, true, 'W1'),
      ('ZZ2 1AB', ${edition?.number ?? 0}, 'ZZ2 1', 'ZZ2', true, true, 'W2')`;
  await sql`
    insert into reference.place_name (code, level, name) values ('W1', 'ward', 'Hendon'), ('W2', 'ward', 'Millfield')`;
  await sql`
    insert into reference.boundary (financial_year, area, tolerance_metres, geometry, west, south, east, north)
    values (2024, 10, 25, '{}', -2, 53, -1, 54)`;
  const organisation = await arrangeOrganisation(db, "Council");
  const member = async (role: "commissioner" | "manager", patch: string[]) =>
    contextFor(db, await arrangeMember(db, organisation, [role], { patch }));
  commissioner = await member("commissioner", ["lad:E01"]);
  manager = await member("manager", []);
});

const found = async (text: string) =>
  (await findPlaces(commissioner, { text })).map(({ name, kind, area }) => [name, kind, area]);

test.each(["ZZ1 2AB", "zz12ab", " zz1  2ab "])(
  "%s is found by the sector that it counts in",
  async (text) => {
    expect(await found(text)).toEqual([["ZZ1 2", "postcode sector", 10]]);
  },
);

test("the beginning of a postcode finds its district and sectors, and one without a record its sector", async () => {
  expect(await found("zz1")).toEqual([
    ["ZZ1", "postcode district", DISTRICT],
    ["ZZ1 1", "postcode sector", 10],
    ["ZZ1 2", "postcode sector", 10],
  ]);
  expect(await found("ZZ2 1XY")).toEqual([["ZZ2 1", "postcode sector", 12]]);
});

test("names are found with a slip in them, wards by the sector that most of their postcodes count in", async () => {
  expect(await found("sunderlnad")).toEqual([["Sunderland", "local authority", LAD]]);
  expect(await found("north")).toEqual([["North East", "region", REGION]]);
  expect(await found("millfield")).toEqual([["Millfield", "ward", 12]]);
  expect(await found("nowhere at all")).toEqual([]);
});

test("the public finds a ward by its name too, as the sector of open figures that it leads to", async () => {
  const sector = (area: string): AreaRow => ({
    ...{ geography_year: 2024, level: "sector", area, area_name: area, district: null, authority: null },
    ...{ region: null, nation: null, households: 1000, same_as: null, postcode_sectors: null },
  });
  const areas = [sector("ZZ1 1+ZZ1 2"), sector("ZZ2 1")];
  const wards = async (typed: string) =>
    (await findWardPlaces(db.reader, areas, typed)).map(({ ward, area }) => [ward, area.area]);
  expect(await wards("hendn")).toEqual([["Hendon", "ZZ1 1+ZZ1 2"]]);
  expect(await wards("millfield")).toEqual([["Millfield", "ZZ2 1"]]);
  expect(await wards(" ")).toEqual([]);
});

test("a place says where it lies, as far as its outline has been made", async () => {
  const [hendon] = await findPlaces(commissioner, { text: "hendon" });
  expect(hendon?.bounds).toEqual({ west: -2, south: 53, east: -1, north: 54 });
  const [millfield] = await findPlaces(commissioner, { text: "millfield" });
  expect(millfield?.bounds).toBeNull();
});

test("a patch is its areas on every level, and the areas above that hold it", async () => {
  const patch = (level: "sector" | "district" | "lad" | "region", ctx = commissioner) =>
    listPatchAreas(ctx, { level, period: "q:2026-Q1" });
  expect(await patch("sector")).toEqual([10]);
  expect(await patch("district")).toEqual([DISTRICT]);
  expect(await patch("lad")).toEqual([LAD]);
  expect(await patch("region")).toEqual([REGION]);
  expect(await patch("sector", manager)).toEqual([]);
});
