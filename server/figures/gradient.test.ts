/** A need by deprivation: from figures alone, nations apart, and only the reader's own patch where that is asked. */

import { beforeAll, expect, test } from "vitest";
import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import { FIRST_NUMBER } from "../domain/geography";
import { findNode } from "../domain/needs";
import { findPeriod, periodNumber } from "../domain/period";
import { testDatabase } from "../testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "../testing-people";
import { getGradients } from "./gradient";

const db = await testDatabase();
const DISTRICT = FIRST_NUMBER.district + 1;
const LAD = FIRST_NUMBER.lad + 1;
const ENGLAND = FIRST_NUMBER.nation + 1;
const WALES = FIRST_NUMBER.nation + 2;
const PERIOD = "q:2026-Q1";
let commissioner: ActorCtx;

beforeAll(async () => {
  const sql = db.administrator;
  const period = findPeriod(PERIOD);
  const number = period ? periodNumber(period) : 0;
  await sql`
    insert into reference.area (number, level, code, name)
    select n, 'sector', 'ZZ1 ' || n, 'ZZ1 ' || n from generate_series(10, 16) as n`;
  await sql`
    insert into reference.area (number, level, code, name) values
      (${DISTRICT}, 'district', 'ZZ1', 'ZZ1'), (${LAD}, 'lad', 'E01', 'Own'), (${LAD + 1}, 'lad', 'E02', 'Other'),
      (${ENGLAND}, 'nation', 'E92000001', 'England'), (${WALES}, 'nation', 'W92000004', 'Wales')`;
  const [english, welsh] = await sql<{ number: number }[]>`
    insert into reference.edition (kind, name, month)
    values ('deprivation', 'IMD 2019', '2019-09'), ('deprivation', 'WIMD 2019', '2019-11') returning number`;
  await sql`insert into reference.geography (financial_year, version) values (2024, 'a')`;
  for (const [area, authority, nation, edition, decile] of [
    [10, LAD, ENGLAND, english, 1],
    [11, LAD, ENGLAND, english, 5],
    [12, LAD + 1, ENGLAND, english, 10],
    [13, LAD, ENGLAND, english, 10],
    [14, LAD, WALES, welsh, 1],
  ] as const) {
    await sql`
      insert into reference.release_sector
        (financial_year, number, district, authority, nation, households, live_postcodes, deprivation_edition, average_decile)
      values (2024, ${area}, ${DISTRICT}, ${authority}, ${nation}, 1000, 50, ${edition?.number ?? 0}, ${decile})`;
  }
  await sql`insert into published.settled_period (period, settled_on, release_no) values (${number}, '2026-07-28', 1)`;
  for (const [area, figure] of [
    [10, 40],
    [11, 25],
    [12, 10],
    [14, 90],
  ] as const) {
    await sql`
      insert into published.figure (node, period, area, figure, anonymous_band, release_no)
      values (${countedNode(findNode("HOU")?.number ?? -1)}, ${number}, ${area}, ${figure}, 1, 1)`;
  }
  const organisation = await arrangeOrganisation(db, "Council");
  const member = await arrangeMember(db, organisation, ["commissioner"], { patch: ["lad:E01"] });
  commissioner = contextFor(db, member);
});

const ask = (whole: boolean) => getGradients(commissioner, { node: "HOU", period: PERIOD, whole });

test("each nation and edition has deciles and a slope of its own, and hidden sectors are counted", async () => {
  const [england, wales, ...others] = await ask(true);
  expect(others).toEqual([]);
  expect(england).toMatchObject({ nation: "England", edition: "IMD 2019", hidden: 1 });
  expect(england?.deciles.map(({ decile, rate }) => [decile, rate])).toEqual([
    [1, 40],
    [5, 25],
    [10, 10],
  ]);
  // Half of the households of the least deprived tenth lie in a hidden sector.
  expect(england?.slope).toBeNull();
  expect(england?.bounds?.low).toBeLessThan(england?.bounds?.high ?? 0);
  expect(wales).toMatchObject({
    nation: "Wales",
    edition: "WIMD 2019",
    hidden: 0,
    slope: null,
    bounds: null,
  });
});

test("the sectors of the reader's own patch stand alone where that is asked", async () => {
  const [england] = await ask(false);
  expect(england?.deciles.map(({ decile }) => decile)).toEqual([1, 5]);
  expect(england?.hidden).toBe(1);
});
