import { expect, test } from "vitest";
import { gridOf, toDegrees, toGrid } from "./grid";

/** Ordnance Survey's worked example (A guide to coordinate systems in Great Britain, annex C), by its own transformation. */
test("the British grid agrees with Ordnance Survey's example within five metres", () => {
  const at = toGrid("british", 1.716_073_973, 52.658_007_833);
  expect(Math.hypot(at.easting - 651_409.8, at.northing - 313_177.4)).toBeLessThan(5);
});

test.each([
  ["british", -1.379_728, 54.908_542],
  ["british", -3.2, 58.9],
  ["irish", -5.93, 54.597],
] as const)("%s: degrees %d %d come back within a metre", (grid, longitude, latitude) => {
  const { easting, northing } = toGrid(grid, longitude, latitude);
  const back = toDegrees(grid, easting, northing);
  expect(Math.abs(back.longitude - longitude)).toBeLessThan(1e-5);
  expect(Math.abs(back.latitude - latitude)).toBeLessThan(1e-5);
});

test("Northern Ireland has its own grid", () => {
  expect([gridOf("N92000002"), gridOf("E92000001"), gridOf(null)]).toEqual(["irish", "british", "british"]);
});
