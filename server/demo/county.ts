/**
 * Wythershire, a county that does not exist, made from a seed: a harbour city on an estuary, a resort, a works
 * town up the valley, a market town, hills and a fishing port, with postcodes, small areas and deprivation
 * that look like a real place. It lies where the map has only the North Sea; its postcode area and every code
 * of its areas have never been issued. Positions are British National Grid, in metres.
 */

import { Chance } from "./random";

export interface Postcode {
  postcode: string;
  sector: string;
  easting: number;
  northing: number;
  smallArea: SmallArea;
  /** Year and month, "199806". */
  introduced: string;
  /** Year and month; null while live. */
  terminated: string | null;
  smallUser: boolean;
}

export interface SmallArea {
  code: string;
  name: string;
  sector: string;
  ward: Ward;
  authority: Authority;
  easting: number;
  northing: number;
  households: number;
  residents: number;
  /** Rank among the 33,755 small areas of England, 1 the most deprived. */
  rank: number;
  /** 0 the least to 1 the most deprived of the county. */
  deprivation: number;
}

export interface Ward {
  code: string;
  name: string;
}

export interface Authority {
  code: string;
  name: string;
}

export interface County {
  postcodes: readonly Postcode[];
  smallAreas: readonly SmallArea[];
  wards: readonly Ward[];
}

export const POSTCODE_AREA = "WY";
export const REGION = { code: "E12000991", name: "Wythershire" };
export const NATION = { code: "E92000001", name: "England" };

export const AUTHORITIES = {
  city: { code: "E06000991", name: "Wytherhaven" },
  vale: { code: "E06000992", name: "Thornbeck Vale" },
  coast: { code: "E06000993", name: "Elmer and the Coast" },
} as const satisfies Record<string, Authority>;

type Kind = "city" | "suburb" | "town" | "country";

interface Site {
  sector: string;
  name: string;
  authority: Authority;
  kind: Kind;
  /** Kilometres east and north of the county's corner. */
  x: number;
  y: number;
}

const CORNER = { easting: 600_000, northing: 470_000 };

// sector, name, authority, kind, kilometres east, kilometres north
const SITES: readonly Site[] = (
  [
    ["1 1", "Quayside", "city", "city", 29.6, 19.1],
    ["1 2", "Castlegate", "city", "city", 28.2, 19.5],
    ["1 3", "North Dock", "city", "city", 31.0, 19.8],
    ["1 4", "Ropewalk", "city", "city", 29.4, 20.5],
    ["1 5", "South Quay", "city", "city", 29.0, 16.9],
    ["1 6", "Ferry Hill", "city", "city", 30.6, 16.5],
    ["2 1", "Abbotsholme", "city", "suburb", 27.0, 21.4],
    ["2 2", "Larkfield", "city", "suburb", 29.0, 22.3],
    ["2 3", "Northmoor Park", "city", "suburb", 31.0, 22.1],
    ["2 4", "Staithe Green", "city", "suburb", 26.2, 20.0],
    ["2 5", "Copperhill", "city", "suburb", 27.0, 16.3],
    ["2 6", "Hollin Lane", "city", "suburb", 28.7, 14.4],
    ["3 1", "Saltersea Promenade", "coast", "town", 31.3, 26.8],
    ["3 2", "Saltersea Station", "coast", "town", 30.0, 27.4],
    ["3 3", "North Sands", "coast", "town", 31.1, 28.8],
    ["3 4", "Marram", "coast", "town", 30.3, 25.3],
    ["3 5", "Gull Head", "coast", "country", 29.8, 32.2],
    ["4 1", "Thornbeck Works", "vale", "town", 14.0, 20.2],
    ["4 2", "Furnace Hill", "vale", "town", 15.4, 19.6],
    ["4 3", "Thornbeck Market", "vale", "town", 13.2, 22.0],
    ["4 4", "Bridge End", "vale", "town", 14.8, 22.3],
    ["4 5", "Moorside", "vale", "suburb", 12.0, 20.6],
    ["4 6", "Eastfield", "vale", "suburb", 16.7, 21.6],
    ["5 1", "Millbrigg", "vale", "town", 19.6, 18.9],
    ["5 2", "Lower Brigg", "vale", "suburb", 21.8, 20.0],
    ["5 3", "Ashwater", "vale", "country", 18.6, 15.2],
    ["5 4", "Haggdale", "vale", "country", 23.0, 23.8],
    ["5 5", "Nettledale", "vale", "country", 18.6, 25.6],
    ["6 1", "Kettlesham", "coast", "town", 17.0, 8.3],
    ["6 2", "Kettlesham East", "coast", "suburb", 18.5, 7.5],
    ["6 3", "Minster Fields", "coast", "suburb", 15.6, 7.1],
    ["6 4", "Orchard Hundred", "coast", "country", 13.6, 12.0],
    ["6 5", "Reedham Levels", "coast", "country", 23.6, 9.8],
    ["7 1", "Highfold", "vale", "country", 6.2, 28.0],
    ["7 2", "Cairnmoor", "vale", "country", 5.6, 17.6],
    ["7 3", "Linnfold", "vale", "country", 12.0, 30.4],
    ["8 1", "Port Elmer", "coast", "town", 34.2, 6.3],
    ["8 2", "Elmer Town", "coast", "town", 32.9, 5.3],
    ["8 3", "Sandholme", "coast", "country", 33.0, 10.6],
    ["8 4", "Elmer Fen", "coast", "country", 28.0, 4.6],
  ] as const
).map(([code, name, authority, kind, x, y]) => ({
  sector: `${POSTCODE_AREA}${code}`,
  name,
  authority: AUTHORITIES[authority],
  kind,
  x,
  y,
}));

/** How far a sector reaches against its neighbours, its share of postcodes and how many small areas it has. */
const KINDS: Readonly<Record<Kind, { reach: number; share: number; smallAreas: readonly number[] }>> = {
  city: { reach: 1, share: 1.25, smallAreas: [6, 7, 8] },
  suburb: { reach: 1.25, share: 1.1, smallAreas: [6, 7] },
  town: { reach: 1.15, share: 1.05, smallAreas: [5, 6, 7] },
  country: { reach: 3, share: 0.65, smallAreas: [5] },
};

/** Where hardship gathers (above 0) and where it is rare (below 0): place, strength, spread in kilometres. */
const DEPRIVATION: readonly (readonly [number, number, number, number])[] = [
  [31.0, 19.8, 1.1, 1.0],
  [29.0, 16.9, 0.9, 0.9],
  [31.0, 22.1, 1.0, 0.9],
  [31.3, 26.8, 1.1, 1.3],
  [31.1, 28.8, 0.5, 0.8],
  [14.4, 20.1, 1.1, 1.5],
  [19.6, 18.9, 0.6, 1.2],
  [34.2, 6.3, 0.8, 1.0],
  [27.0, 21.4, -0.6, 1.2],
  [17.0, 8.0, -0.5, 2.6],
  [28.7, 14.4, -0.4, 1.2],
  [13.6, 12.0, -0.4, 3.0],
];

/** The Wyther, from the hills to the estuary. */
const RIVER: readonly (readonly [number, number])[] = [
  [0, 27],
  [5, 25.6],
  [10, 23],
  [14, 21.2],
  [18, 20.4],
  [22, 18.3],
  [26, 18.5],
  [30, 17.9],
  [36, 17.2],
];

const coastAt = (y: number) => 34.2 + 2.2 * Math.sin(y / 5.5) + 1.1 * Math.sin(y / 2.3 + 1);

/** Whether a place can be lived on: east of the coast is sea, and the river widens towards its mouth. */
function isLand(x: number, y: number): boolean {
  if (x < 0.3 || y < 0.3 || y > 35.5 || x > coastAt(y) - 0.15) return false;
  const halfWidth = 0.05 + 0.45 * Math.max(0, (x - 20) / 14) ** 2;
  return distanceToRiver(x, y) > halfWidth;
}

function distanceToRiver(x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  RIVER.forEach(([x1, y1], i) => {
    const [x2, y2] = RIVER[i + 1] ?? [x1, y1];
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1;
    const along = Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
    nearest = Math.min(nearest, Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)));
  });
  return nearest;
}

interface Point {
  x: number;
  y: number;
}

/** Makes the county. `postcodes` is about how many it has; the same seed gives the same county. */
export function makeCounty(seed: string, postcodes = 3_000): County {
  const chance = new Chance(`${seed}/county`);
  const shares = SITES.reduce((sum, site) => sum + KINDS[site.kind].share, 0);
  const sectors = SITES.map((site) => {
    const count = Math.round((postcodes * KINDS[site.kind].share) / shares);
    const points = placesOf(site, count, chance.stream(`points of ${site.sector}`));
    return { site, points, clusters: clustersOf(points, site, chance.stream(`areas of ${site.sector}`)) };
  });
  const { smallAreas, wards } = smallAreasOf(sectors, chance.stream("small areas"));
  return {
    postcodes: sectors.flatMap(({ site, points, clusters }) => {
      const own = smallAreas.filter((area) => area.sector === site.sector);
      return postcodesOf(
        site,
        points,
        (i) => own[clusters[i] ?? 0],
        chance.stream(`codes of ${site.sector}`),
      );
    }),
    smallAreas,
    wards,
  };
}

/** Points where people live: a dense centre, estates round it, or villages along lanes and the river. */
function placesOf(site: Site, count: number, chance: Chance): Point[] {
  const inner = { city: 0.42, suburb: 0.5, town: 0.45, country: 0.28 }[site.kind];
  const outer = { city: 0.8, suburb: 0.9, town: 0.9, country: 3.4 }[site.kind];
  const villages: Point[] = [{ x: site.x, y: site.y }];
  const wanted = site.kind === "country" ? 7 : 4;
  for (let tries = 0; villages.length < wanted && tries < 400; tries++) {
    const at = { x: chance.normal(site.x, outer), y: chance.normal(site.y, outer) };
    if (belongs(at, site)) villages.push(at);
  }
  const points: Point[] = [];
  while (points.length < count) {
    const lonely = chance.happens(site.kind === "country" ? 0.14 : 0.06);
    const centre = chance.weighted(villages, (village) => (village === villages[0] ? 2 : 1));
    const spread = lonely ? outer * 1.1 : inner;
    const at = { x: chance.normal(centre.x, spread), y: chance.normal(centre.y, spread) };
    if (belongs(at, site)) points.push(at);
  }
  return points;
}

function belongs({ x, y }: Point, site: Site): boolean {
  if (!isLand(x, y)) return false;
  const far = (other: Site) => Math.hypot(x - other.x, y - other.y) / KINDS[other.kind].reach;
  const own = far(site);
  return SITES.every((other) => other === site || far(other) > own);
}

/** Which small area of its sector each point is in: some rounds of k-means. */
function clustersOf(points: readonly Point[], site: Site, chance: Chance): number[] {
  const k = chance.pick(KINDS[site.kind].smallAreas);
  let centres: Point[] = Array.from({ length: k }, () => chance.pick(points));
  let clusters: number[] = [];
  for (let round = 0; round < 12; round++) {
    clusters = points.map((point) => nearest(point, centres));
    centres = centres.map((centre, i) => middle(points.filter((_, at) => clusters[at] === i)) ?? centre);
  }
  return clusters;
}

function nearest(point: Point, centres: readonly Point[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  centres.forEach((centre, i) => {
    const far = Math.hypot(point.x - centre.x, point.y - centre.y);
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

function middle(points: readonly Point[]): Point | null {
  if (points.length === 0) return null;
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

interface MadeSector {
  site: Site;
  points: readonly Point[];
  clusters: readonly number[];
}

/** Small areas of England in the Indices of Deprivation 2025. */
export const SMALL_AREAS_OF_ENGLAND = 33_755;

function smallAreasOf(
  sectors: readonly MadeSector[],
  chance: Chance,
): { smallAreas: SmallArea[]; wards: Ward[] } {
  const wards: Ward[] = [];
  const drafts = sectors.flatMap(({ site, points, clusters }) => {
    const count = Math.max(...clusters) + 1;
    // Two wards to a sector, each with about half of its small areas.
    const pair = ["", " Outer"].map((part) => ({
      code: `E0599${String(wards.length + (part ? 2 : 1)).padStart(4, "0")}`,
      name: `${site.name}${part}`,
    }));
    wards.push(...pair);
    return Array.from({ length: count }, (_, i) => {
      const own = points.filter((_, at) => clusters[at] === i);
      const centre = middle(own) ?? { x: site.x, y: site.y };
      const households = Math.round(Math.min(1_150, Math.max(410, chance.normal(660, 120))));
      const hardship = hardshipAt(centre) + chance.normal(0, 0.22);
      const ward = pair[i < count / 2 ? 0 : 1] ?? pair[0];
      return { site, centre, households, hardship, ward };
    });
  });
  const order = [...drafts].sort((a, b) => b.hardship - a.hardship);
  const letters = "ABCDEFGH";
  const smallAreas = drafts.map((draft, i): SmallArea => {
    const place = (order.indexOf(draft) + 0.5) / drafts.length;
    const within = drafts.slice(0, i).filter((other) => other.site === draft.site).length;
    const number = SITES.filter((site) => site.authority === draft.site.authority).indexOf(draft.site) + 1;
    if (!draft.ward) throw new Error(`Small area ${i} has no ward`);
    return {
      code: `E0199${String(i + 1).padStart(4, "0")}`,
      name: `${draft.site.authority.name} ${String(number).padStart(3, "0")}${letters[within]}`,
      sector: draft.site.sector,
      ward: draft.ward,
      authority: draft.site.authority,
      ...onGrid(draft.centre),
      households: draft.households,
      residents: Math.round(draft.households * (2.05 + 0.35 * place)),
      // The power makes the county somewhat more deprived than England as a whole.
      rank: Math.max(1, Math.round(SMALL_AREAS_OF_ENGLAND * place ** 1.35)),
      deprivation: 1 - place,
    };
  });
  return { smallAreas, wards };
}

function hardshipAt({ x, y }: Point): number {
  return DEPRIVATION.reduce(
    (sum, [hotX, hotY, strength, spread]) =>
      sum + strength * Math.exp(-((x - hotX) ** 2 + (y - hotY) ** 2) / (2 * spread ** 2)),
    0,
  );
}

function onGrid({ x, y }: Point): { easting: number; northing: number } {
  return {
    easting: CORNER.easting + Math.round(x * 1_000),
    northing: CORNER.northing + Math.round(y * 1_000),
  };
}

/** Letters of the inward code: C I K M O V are never used. */
const INWARD = "ABDEFGHJLNPQRSTUWXYZ";

function postcodesOf(
  site: Site,
  points: readonly Point[],
  smallAreaOf: (i: number) => SmallArea | undefined,
  chance: Chance,
): Postcode[] {
  // Neighbours get neighbouring codes, as a postman would give them: in order of the angle round the centre.
  const order = points
    .map((point, i) => ({ point, i, turn: Math.atan2(point.y - site.y, point.x - site.x) }))
    .sort((a, b) => a.turn - b.turn);
  return order.map(({ point, i }, at) => {
    const smallArea = smallAreaOf(i);
    if (!smallArea) throw new Error(`A postcode of ${site.sector} has no small area`);
    const [first, second] = [INWARD[Math.floor(at / 12)], INWARD[(at * 7) % INWARD.length]];
    const terminated = chance.happens(0.05);
    return {
      postcode: `${site.sector}${first}${second}`,
      sector: site.sector,
      ...onGrid(point),
      smallArea,
      introduced: `${1980 + chance.below(30)}${String(1 + chance.below(12)).padStart(2, "0")}`,
      terminated: terminated
        ? `${2012 + chance.below(12)}${String(1 + chance.below(12)).padStart(2, "0")}`
        : null,
      smallUser: !chance.happens(0.02),
    };
  });
}
