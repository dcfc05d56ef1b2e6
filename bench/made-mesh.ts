/** Outlines of a made nation: sectors in towns of all sizes, drawn as the product draws them from postcodes. */

import { Delaunay } from "d3-delaunay";
import { toDegrees } from "../server/domain/grid";
import { outlinesOf, simplifyMesh } from "../server/domain/outlines";
import { type PostcodePoint, traceSectors } from "../server/domain/sector-mesh";
import { type Topology, topologyOf } from "../server/domain/topology";

/** About the size of Great Britain, in metres of its grid. */
const NATION = { west: 150_000, south: 50_000, width: 480_000, height: 900_000 };
const TOWNS = 900;
/** Postcodes that a sector is drawn from; real ones have more, and then their lines are simplified. */
const POINTS = 10;
/** How a nation is stored. */
const TOLERANCE_METRES = 100;

/** Numbers from 0 to 1, the same each time (Park and Miller 1988). */
function chances(): () => number {
  let state = 20_261_122;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** The topology of so many made sectors. */
export function madeTopology(sectors: number): Topology {
  const chance = chances();
  const around = (spread: number) => spread * (chance() + chance() + chance() - 1.5);
  const towns = Array.from({ length: TOWNS }, () => ({
    easting: NATION.west + chance() * NATION.width,
    northing: NATION.south + chance() * NATION.height,
    // A few towns are large: most sectors lie in them, and are small.
    spread: 4_000 + 26_000 * chance() ** 3,
  }));
  const centres: { easting: number; northing: number; reach: number }[] = [];
  while (centres.length < sectors) {
    const town = towns[Math.floor(TOWNS * chance() ** 2)];
    if (!town) continue;
    const [easting, northing] = [town.easting + around(town.spread), town.northing + around(town.spread)];
    centres.push({ easting, northing, reach: town.spread / 8 });
  }
  const nearest = Delaunay.from(
    centres,
    ({ easting }) => easting,
    ({ northing }) => northing,
  );
  const points = centres.flatMap(({ easting, northing, reach }) =>
    Array.from({ length: POINTS }, (): PostcodePoint => {
      const place = {
        easting: Math.round(easting + around(reach)),
        northing: Math.round(northing + around(reach)),
      };
      // A postcode lies in the sector whose centre it is nearest to, so that sectors are whole.
      const sector = nearest.find(place.easting, place.northing);
      return { ...place, sector: `Z${String(sector).padStart(5, "0")}`, smallUser: true };
    }),
  );
  const mesh = simplifyMesh(traceSectors(points), TOLERANCE_METRES);
  const polygons = outlinesOf(mesh, (label) => label, mesh.sectors.length);
  return topologyOf(
    polygons.map((parts, at) => ({
      id: 10 + at,
      properties: { code: mesh.sectors[at] ?? "", name: mesh.sectors[at] ?? "" },
      polygons: parts.map((rings) =>
        rings.map((ring) =>
          ring.map(([x, y]): [number, number] => {
            const { longitude, latitude } = toDegrees("british", x, y);
            return [longitude, latitude];
          }),
        ),
      ),
    })),
  );
}
