import { describe, expect, test } from "vitest";
import { makeCounty, SMALL_AREAS_OF_ENGLAND } from "./county";

const county = makeCounty("wythershire");

describe("the made county", () => {
  test("is the same for the same seed and another for another", () => {
    expect(makeCounty("wythershire")).toEqual(county);
    expect(makeCounty("other").postcodes[0]).not.toEqual(county.postcodes[0]);
  });

  test("has the size that the guide promises", () => {
    expect(county.postcodes.length).toBeGreaterThan(2_900);
    expect(county.postcodes.length).toBeLessThan(3_100);
    expect(new Set(county.postcodes.map((p) => p.sector)).size).toBe(40);
    expect(new Set(county.smallAreas.map((a) => a.authority.code)).size).toBe(3);
    const perSector = county.smallAreas.length / 40;
    expect(perSector).toBeGreaterThanOrEqual(5);
    expect(perSector).toBeLessThanOrEqual(8);
  });

  test("gives every postcode, small area and rank once", () => {
    for (const values of [
      county.postcodes.map((p) => p.postcode),
      county.smallAreas.map((a) => a.code),
      county.smallAreas.map((a) => String(a.rank)),
      county.wards.map((w) => w.code),
    ]) {
      expect(new Set(values).size).toBe(values.length);
    }
    const ranks = county.smallAreas.map((a) => a.rank);
    expect(Math.min(...ranks)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...ranks)).toBeLessThanOrEqual(SMALL_AREAS_OF_ENGLAND);
  });

  test("writes postcodes as the format allows", () => {
    for (const { postcode } of county.postcodes) {
      expect(postcode).toMatch(/^WY[1-8] [1-6][ABD-HJLNP-UW-Z]{2}$/);
    }
  });

  test("has every small area lived in and neighbours alike in deprivation", () => {
    const lived = new Set(county.postcodes.filter((p) => !p.terminated).map((p) => p.smallArea.code));
    expect(lived.size).toBe(county.smallAreas.length);
    // Nearness in space goes with nearness in rank: Moran's idea, with the nearest neighbour only.
    const gaps = county.smallAreas.map((area) => {
      const others = county.smallAreas.filter((other) => other !== area);
      const far = (other: typeof area) =>
        Math.hypot(other.easting - area.easting, other.northing - area.northing);
      const neighbour = others.reduce((a, b) => (far(b) < far(a) ? b : a));
      return Math.abs(neighbour.deprivation - area.deprivation);
    });
    // Two unrelated places differ by a third on average.
    expect(gaps.reduce((a, b) => a + b, 0) / gaps.length).toBeLessThan(0.25);
  });
});
