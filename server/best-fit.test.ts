/** Households that best fit puts in a neighbour: counted both ways, by district and by authority. */
import { expect, test } from "vitest";
import { storeBestFit } from "./best-fit";
import { FIRST_NUMBER } from "./domain/geography";
import { testDatabase } from "./testing";

const db = await testDatabase();
const DISTRICT = FIRST_NUMBER.district;
const LAD = FIRST_NUMBER.lad;

test("a household whose own authority or district is not its release sector's counts with a neighbour", async () => {
  const stored = await db.owner.begin(async (tx) => {
    await tx`
      insert into reference.area (number, level, code, name) values
        (10, 'sector', 'UA1 1+UA2 1', 'UA1 1 + UA2 1'), (11, 'sector', 'UA2 2', 'UA2 2'),
        (${DISTRICT}, 'district', 'UA1', 'UA1'), (${DISTRICT + 1}, 'district', 'UA2', 'UA2'),
        (${LAD}, 'lad', 'E01', 'Made City'), (${LAD + 1}, 'lad', 'E02', 'Made Coast')`;
    await tx`
      insert into reference.release_sector (financial_year, number, district, authority, live_postcodes)
      values (2025, 10, ${DISTRICT}, ${LAD}, 4), (2025, 11, ${DISTRICT + 1}, ${LAD + 1}, 2)`;
    await tx`create temporary table grouping (sector text, grp text, nation text) on commit drop`;
    await tx`
      insert into grouping (sector, grp)
      values ('UA1 1', 'UA1 1+UA2 1'), ('UA2 1', 'UA1 1+UA2 1'), ('UA2 2', 'UA2 2')`;
    await tx`
      create temporary table estimate (sector text, district text, authority text, households float8) on commit drop`;
    await tx`
      insert into estimate values
        ('UA1 1', 'UA1', 'E01', 800), ('UA1 1', 'UA1', 'E02', 40.4), ('UA2 1', 'UA2', 'E01', 300),
        ('UA2 2', 'UA2', 'E02', 900), ('UA2 2', 'UA2', 'E01', 25), ('UA2 2', 'UA2', 'E99', 70), ('UA2 2', 'UA2', null, 10), ('UA2 2', 'UA2', 'E01', null)`;
    await storeBestFit(tx, 2025);
    return storeBestFit(tx, 2025);
  });
  expect(stored).toEqual([
    { area: DISTRICT, householdsElsewhere: 0, householdsFromElsewhere: 300 },
    { area: DISTRICT + 1, householdsElsewhere: 300, householdsFromElsewhere: 0 },
    { area: LAD, householdsElsewhere: 25, householdsFromElsewhere: 40 },
    { area: LAD + 1, householdsElsewhere: 40, householdsFromElsewhere: 25 },
  ]);
});
