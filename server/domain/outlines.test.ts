import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInPolygons, outlinesOf, type Polygon, signedArea, simplifyMesh } from "./outlines";
import { bordersBetween, nearestSectors, type PostcodePoint, traceSectors } from "./sector-mesh";

/** A square block of postcodes, 100 metres apart. */
function block(sector: string, easting: number, northing: number, side = 10): PostcodePoint[] {
  return Array.from({ length: side * side }, (_, i) => ({
    sector,
    easting: easting + (i % side) * 100,
    northing: northing + Math.floor(i / side) * 100,
    smallUser: true,
  }));
}

const sectorOutlines = (points: readonly PostcodePoint[], tolerance = 0) => {
  const mesh = simplifyMesh(traceSectors(points), tolerance);
  return { mesh, outlines: outlinesOf(mesh, (label) => label, mesh.sectors.length) };
};

const areaOf = (polygons: readonly Polygon[]) =>
  polygons.flat().reduce((sum, ring) => sum + signedArea(ring) / 2, 0);

describe("outlines of sectors", () => {
  const neighbours = [...block("UA1 1", 400_000, 300_000), ...block("UA1 2", 401_000, 300_000)];

  test("two blocks side by side share one straight border", () => {
    const { mesh, outlines } = sectorOutlines(neighbours);
    expect(mesh.sectors).toEqual(["UA1 1", "UA1 2"]);
    expect(outlines.map((polygons) => polygons.length)).toEqual([1, 1]);
    const [border] = bordersBetween(mesh);
    expect(border).toMatchObject({ a: "UA1 1", b: "UA1 2" });
    // Ten rows of postcodes and the open land to the north and south of them.
    expect(border?.metres).toBeGreaterThan(1_000);
    expect(border?.metres).toBeLessThan(8_000);
    expect(isInPolygons(outlines[0] ?? [], 400_949, 300_500)).toBe(true);
    expect(isInPolygons(outlines[1] ?? [], 400_951, 300_500)).toBe(true);
  });

  test("cells end two or three kilometres beyond the last postcode", () => {
    const { outlines } = sectorOutlines(block("UA1 1", 400_000, 300_000));
    expect(isInPolygons(outlines[0] ?? [], 400_000, 298_900)).toBe(true);
    expect(isInPolygons(outlines[0] ?? [], 400_000, 296_000)).toBe(false);
  });

  test("outer rings run counter-clockwise, holes clockwise, and every ring is closed", () => {
    const around = [
      ...block("UA1 1", 400_000, 300_000, 30).filter(
        ({ easting, northing }) =>
          easting < 401_000 || easting > 401_900 || northing < 301_000 || northing > 301_900,
      ),
      ...block("UA1 2", 401_000, 301_000),
    ];
    const { outlines } = sectorOutlines(around, 25);
    const [outer, inner] = outlines;
    expect(outer?.map((rings) => rings.length)).toEqual([2]);
    expect(inner?.map((rings) => rings.length)).toEqual([1]);
    for (const rings of [...(outer ?? []), ...(inner ?? [])]) {
      rings.forEach((ring, i) => {
        expect(Math.sign(signedArea(ring))).toBe(i === 0 ? 1 : -1);
        expect(ring.at(-1)).toEqual(ring[0]);
      });
    }
    expect(isInPolygons(outer ?? [], 401_450, 301_450)).toBe(false);
    expect(isInPolygons(inner ?? [], 401_450, 301_450)).toBe(true);
  });

  test("a union is its sectors without the lines between them", () => {
    const { mesh, outlines } = sectorOutlines(neighbours, 25);
    const [union] = outlinesOf(mesh, () => 0, 1);
    expect(union).toHaveLength(1);
    expect(areaOf(union ?? [])).toBeCloseTo(areaOf(outlines.flat()), 3);
    expect(outlinesOf(mesh, () => -1, 0)).toEqual([]);
  });

  test("a place shared by several sectors goes to the one with most small users, then to the lower code", () => {
    const here = { easting: 400_450, northing: 300_450, smallUser: true };
    const shared = (codes: string[]) => [
      ...block("UA1 1", 400_000, 300_000, 3),
      ...codes.map((sector) => ({ ...here, sector })),
    ];
    const holder = (codes: string[]) => {
      const { mesh, outlines } = sectorOutlines(shared(codes));
      return mesh.sectors[outlines.findIndex((polygons) => isInPolygons(polygons, 400_450.5, 300_450.5))];
    };
    expect(holder(["UA2 2", "UA2 1"])).toBe("UA2 1");
    expect(holder(["UA2 1", "UA2 2", "UA2 2"])).toBe("UA2 2");
  });

  test("large users shape a sector only when it has no small user", () => {
    const large = (sector: string) => ({ sector, easting: 401_550, northing: 300_550, smallUser: false });
    const ofOwn = sectorOutlines([...neighbours, large("UA1 1")]);
    expect(isInPolygons(ofOwn.outlines[0] ?? [], 401_551, 300_551)).toBe(false);
    const alone = sectorOutlines([...neighbours, large("UA1 9")]);
    expect(isInPolygons(alone.outlines[2] ?? [], 401_551, 300_551)).toBe(true);
  });

  test("nothing to draw gives nothing", () => {
    expect(traceSectors([])).toEqual({ sectors: [], arcs: [] });
  });

  const places = fc.uniqueArray(
    fc.record({
      sector: fc.constantFrom("UA1 1", "UA1 2", "UA1 3", "UA2 1", "UA2 2"),
      easting: fc.integer({ min: 400_000, max: 404_000 }),
      northing: fc.integer({ min: 300_000, max: 304_000 }),
      smallUser: fc.constant(true),
    }),
    { minLength: 3, maxLength: 120, selector: ({ easting, northing }) => `${easting} ${northing}` },
  );

  test("no gaps and no overlaps: each postcode lies in its own sector, each place in at most one, areas add up", () => {
    fc.assert(
      fc.property(
        places,
        fc.array(
          fc.tuple(fc.integer({ min: 396_000, max: 408_000 }), fc.integer({ min: 296_000, max: 308_000 })),
          { minLength: 20, maxLength: 20 },
        ),
        (points, probes) => {
          const { mesh, outlines } = sectorOutlines(points);
          const [whole] = outlinesOf(mesh, () => 0, 1);
          for (const { sector, easting, northing } of points) {
            const within = outlines.map((polygons) => isInPolygons(polygons, easting, northing));
            expect(within.filter(Boolean)).toHaveLength(1);
            expect(mesh.sectors[within.indexOf(true)]).toBe(sector);
          }
          for (const [x, y] of probes) {
            // Half a metre off the grid of the postcodes, so that no probe lies on a line.
            const [px, py] = [x + 0.37, y + 0.41];
            const holders = outlines.filter((polygons) => isInPolygons(polygons, px, py)).length;
            expect(holders).toBe(isInPolygons(whole ?? [], px, py) ? 1 : 0);
          }
          const area = areaOf(whole ?? []);
          expect(Math.abs(areaOf(outlines.flat()) / area - 1)).toBeLessThan(1e-9);
          const turned = sectorOutlines([...points].reverse());
          expect(turned.outlines).toEqual(outlines);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("a sector without cells joins the sector nearest to most of its places", () => {
  const points = [...block("UA1 1", 400_000, 300_000), ...block("UA1 2", 401_000, 300_000)];
  const near = (easting: number) => ({ easting, northing: 300_450 });
  const found = nearestSectors(
    points,
    new Map([
      ["UA9 9", [near(400_100), near(401_200), near(401_300)]],
      ["UA9 8", [near(400_100), near(401_200)]],
      ["UA9 7", []],
    ]),
  );
  expect([...found]).toEqual([
    ["UA9 9", "UA1 2"],
    ["UA9 8", "UA1 1"],
  ]);
});
