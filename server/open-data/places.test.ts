import { expect, test } from "vitest";
import type { AreaRow } from "../domain/open-data/tables";
import { findPlaces } from "./places";

const area = (level: AreaRow["level"], code: string, name: string): AreaRow => ({
  ...{ geography_year: 2026, level, area: code, area_name: name },
  ...{ district: null, authority: null, region: null, nation: null, households: 1000 },
  ...{ same_as: null, postcode_sectors: level === "sector" ? code : null },
});
const areas = [
  area("authority", "E01", "Wytherhaven"),
  area("region", "E12", "Wythershire"),
  area("district", "WY1", "WY1"),
  area("sector", "WY1 1", "WY1 1"),
];

test.each([
  ["wytherhaven", "Wytherhaven"],
  ["wytherhavn", "Wytherhaven"],
  ["wytherhv", "Wytherhaven"],
  ["wy1 1", "WY1 1"],
  ["WY1 1AB", "WY1 1"],
  ["WYI 1AB", "WY1 1"],
])("“%s” finds %s first, as the search of people who signed in does", (typed, name) => {
  expect(findPlaces(areas, typed)[0]?.area_name).toBe(name);
});
