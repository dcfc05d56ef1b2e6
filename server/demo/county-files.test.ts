import Papa from "papaparse";
import { expect, test } from "vitest";
import { makeCounty } from "./county";
import { countyFiles } from "./county-files";

const county = makeCounty("wythershire");
const files = countyFiles(county, "wythershire");

const read = (text: string) =>
  Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), { header: true, skipEmptyLines: true })
    .data;

test("the postcode directory has its 35 columns and stands in the North Sea", () => {
  const rows = read(files.postcodes);
  expect(rows).toHaveLength(county.postcodes.length);
  expect(Object.keys(rows[0] ?? {})).toHaveLength(35);
  for (const row of rows) {
    expect(row["pcd7"]).toHaveLength(7);
    expect(Number(row["lat"])).toBeGreaterThan(53.9);
    expect(Number(row["lat"])).toBeLessThan(54.6);
    expect(Number(row["long"])).toBeGreaterThan(0.9);
  }
});

test("the deprivation file ranks every small area as the directory does", () => {
  const rank = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)";
  const ranks = new Map(read(files.deprivation).map((row) => [row["LSOA code (2021)"], row[rank]]));
  for (const row of read(files.postcodes)) expect(ranks.get(row["lsoa21cd"])).toBe(row["imd25ind"]);
});
