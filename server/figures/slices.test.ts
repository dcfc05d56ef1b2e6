/** The profile of a figure: what is told by slice, what is hidden, and what is not on the menu at all. */

import { beforeAll, describe, expect, test } from "vitest";
import type { ActorCtx } from "../context";
import { NotFound } from "../domain/errors";
import { FIRST_NUMBER } from "../domain/geography";
import { findNode } from "../domain/needs";
import { findPeriod, periodNumber } from "../domain/period";
import { SLICES, type SliceName } from "../domain/slices";
import { testDatabase } from "../testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "../testing-people";
import { getSlices } from "./slices";

const db = await testDatabase();

const DISTRICT = FIRST_NUMBER.district + 1;
const LAD = FIRST_NUMBER.lad + 1;
const SMALL = FIRST_NUMBER.lad + 2;
const SAME = FIRST_NUMBER.lad + 3;
const REGION = FIRST_NUMBER.region + 1;
const QUARTER = "q:2026-Q1";

const numberOf = (text: string) => {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return periodNumber(period);
};

async function publish(
  area: number,
  slice: "all" | SliceName,
  figure: number,
  { node = "HOU", period = QUARTER } = {},
): Promise<void> {
  const number = SLICES.find(({ name }) => name === slice)?.number ?? 0;
  await db.administrator`
    insert into published.figure (node, slice, period, area, figure, anonymous_band, release_no)
    values (${findNode(node)?.number ?? -1}, ${number}, ${numberOf(period)}, ${area}, ${figure}, 0, 1)`;
}

let reader: ActorCtx;

beforeAll(async () => {
  const sql = db.administrator;
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'ZZ1 1', 'ZZ1 1'), (11, 'sector', 'ZZ1 2', 'ZZ1 2'), (12, 'sector', 'ZZ2 1', 'ZZ2 1'),
      (13, 'sector', 'ZZ2 2', 'ZZ2 2'), (14, 'sector', 'ZZ3 1', 'ZZ3 1'),
      (${DISTRICT}, 'district', 'ZZ1', 'ZZ1'), (${DISTRICT + 1}, 'district', 'ZZ2', 'ZZ2'),
      (${DISTRICT + 2}, 'district', 'ZZ3', 'ZZ3'),
      (${LAD}, 'lad', 'E01', 'Testshire'), (${SMALL}, 'lad', 'E02', 'Smallshire'), (${SAME}, 'lad', 'E03', 'Sameshire'),
      (${REGION}, 'region', 'E12', 'The region'), (${FIRST_NUMBER.nation + 1}, 'nation', 'E92', 'England')`;
  await sql`insert into reference.edition (kind, name, month) values ('deprivation', 'IMD 2019', '2019-09')`;
  await sql`insert into reference.geography (financial_year, version) values (2026, 'a')`;
  await sql`
    insert into reference.release_sector
      (financial_year, number, district, authority, region, nation, households, live_postcodes, average_decile,
        deprivation_edition)
    select 2026, number, district, authority, ${REGION}, ${FIRST_NUMBER.nation + 1}, 2000, 50, decile,
      (select number from reference.edition)
    from (values (10, ${DISTRICT}::int, ${LAD}::int, 1), (11, ${DISTRICT}, ${LAD}, 2), (12, ${DISTRICT + 1}, ${LAD}, 1),
      (13, ${DISTRICT + 1}, ${SMALL}, 5), (14, ${DISTRICT + 2}, ${SAME}, 2)) as t (number, district, authority, decile)`;
  await sql`
    insert into reference.area_alias (financial_year, area, same_as)
    values (2026, ${SAME}, 14), (2026, ${DISTRICT + 2}, 14), (2026, ${SMALL}, 13)`;
  await sql`
    insert into published.settled_period (period, settled_on, release_no)
    select period, '2026-07-28', 1
    from unnest(${[QUARTER, "q:2025-Q4"].map(numberOf)}::smallint[]) as t (period)`;
  await publish(LAD, "all", 200);
  await publish(LAD, "age=16-24", 60);
  await publish(LAD, "age=35-49", 65);
  await publish(LAD, "age=unknown", 10);
  await publish(LAD, "sex=female", 110);
  await publish(LAD, "sex=male", 85);
  await publish(LAD, "deprivation=1", 150);
  await publish(11, "all", 45);
  await publish(REGION, "all", 95, { node: "MON" });
  await publish(REGION, "sex=female", 90, { node: "MON" });
  await publish(LAD, "all", 120, { node: "HOU-04" });
  await publish(LAD, "sex=female", 120, { node: "HOU-04" });
  await publish(11, "all", 30, { node: "HOU-04" });
  await publish(LAD, "all", 200, { period: "q:2025-Q4" });
  const organisation = await arrangeOrganisation(db, "Council");
  reader = contextFor(db, await arrangeMember(db, organisation, ["analyst"]));
});

const slices = (over: object = {}) => getSlices(reader, { area: LAD, node: "HOU", period: QUARTER, ...over });

const bands = async (dimension: string, over: object = {}) =>
  (await slices(over)).dimensions.find((each) => each.dimension === dimension)?.bands ?? [];

describe("a figure of 100 or more", () => {
  test("is told by age: every band, hidden ones too, with shares of figures", async () => {
    const age = await bands("age");
    expect(age).toHaveLength(8);
    expect(age.find(({ name }) => name === "age=16-24")).toMatchObject({
      figure: 60,
      share: 30,
      whyHidden: null,
    });
    expect(age.find(({ name }) => name === "age=80+")).toEqual({
      name: "age=80+",
      label: "80 and over",
      figure: null,
      share: null,
      whyHidden: "fewer-than-10",
    });
  });

  test("is told by sex, and by tenths with their nation and edition", async () => {
    expect((await bands("sex")).map(({ figure }) => figure)).toEqual([110, 85, null, null]);
    const profile = await slices();
    expect(profile).toMatchObject({ whole: 200, notSliced: null });
    expect(profile.deprivation).toEqual({ nation: "England", edition: "IMD 2019" });
  });

  test("shows a tenth that is one sector as that sector's figure, where the sector has it on the menu", async () => {
    expect((await bands("deprivation")).map(({ label, figure }) => [label, figure])).toEqual([
      ["1, most deprived", 150],
      ["2", 45],
    ]);
    expect((await bands("deprivation", { node: "HOU-04" })).at(-1)).toMatchObject({
      figure: null,
      whyHidden: "one-small-area",
    });
  });
});

describe("what is not on the menu", () => {
  test("a figure under 100 tells nothing by slice, whatever lies in the tables", async () => {
    const profile = await slices({ area: REGION, node: "MON" });
    expect(profile).toMatchObject({ whole: 95, notSliced: "under-100", dimensions: [] });
  });

  test("a hidden figure, a sector, a district, and an authority that is one sector", async () => {
    expect(await slices({ node: "MEN" })).toMatchObject({ whole: null, notSliced: "under-100" });
    for (const area of [11, DISTRICT, SAME]) {
      expect(await slices({ area })).toMatchObject({ notSliced: "below-authority", dimensions: [] });
    }
  });

  test("a period that has not settled, and one that settled before there were slices", async () => {
    expect(await slices({ period: "q:2026-Q2" })).toMatchObject({ notSliced: "not-settled", dimensions: [] });
    expect(await slices({ period: "q:2025-Q4" })).toMatchObject({ notSliced: "not-made", dimensions: [] });
  });

  test("an area or a need that there is not, is not found", async () => {
    await expect(slices({ area: LAD + 900 })).rejects.toThrow(NotFound);
    await expect(slices({ node: "XXX" })).rejects.toThrow(NotFound);
  });
});

test("the connection reads published figures and reference data alone", async () => {
  await expect(db.reader`select from statistics.person_trait`).rejects.toThrow("permission denied");
  await expect(db.reader`select from identity.trait`).rejects.toThrow("permission denied");
});
