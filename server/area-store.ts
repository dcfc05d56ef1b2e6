/**
 * Stores a formed geography: numbers of areas, which release sector lies in which district, authority, region and
 * nation, deprivation, aliases and outlines. A number, once given to an area, is that area's for ever.
 */

import { createHash, type Hash } from "node:crypto";
import type { Tx } from "../db/client";
import { storeBestFit } from "./best-fit";
import {
  areasRanked,
  decileOf,
  FIRST_NUMBER,
  LEVELS,
  type Level,
  NATIONS,
  REGIONS,
} from "./domain/geography";
import { type Grid, toDegrees } from "./domain/grid";
import { outlinesOf, type Polygon, simplifyMesh, TOLERANCES_METRES } from "./domain/outlines";
import { aliasesOf } from "./domain/release-sectors";
import type { SectorMesh } from "./domain/sector-mesh";
import { deprivationOf, mainPlaces } from "./sector-estimates";

/** A release sector: its code, and the sectors that count in it. */
export interface Group {
  code: string;
  sectors: string[];
}

/** Code of the area of each level that a release sector lies in. */
type Nesting = Record<Level, string | null>;

export interface StoredGeography {
  areas: Record<Level, number>;
  aliases: number;
}

/**
 * Replaces what is stored of a financial year by these release sectors. With `kept`, release sectors that were
 * there stay in the areas they were in. The temporary tables of `estimateSectors` must exist.
 */
export async function storeGeography(
  tx: Tx,
  financialYear: number,
  groups: readonly Group[],
  meshes: ReadonlyMap<Grid, SectorMesh>,
  kept: boolean,
): Promise<StoredGeography> {
  const before = kept ? await listNesting(tx, financialYear) : new Map<string, Nesting>();
  const nesting = await nestGroups(tx, groups, before);
  const numbers = await numberAreas(tx, nesting);
  const hash = createHash("sha256").update(String(financialYear));
  for (const table of ["boundary", "area_alias", "release_sector", "release_sector_part"]) {
    await tx`delete from ${tx(`reference.${table}`)} where financial_year = ${financialYear}`;
  }
  await storeGroups(tx, financialYear, groups, nesting, numbers, hash);
  hash.update(JSON.stringify(await storeBestFit(tx, financialYear)));
  const aliases = await storeAliases(tx, financialYear, nesting, numbers);
  await storeOutlines(tx, financialYear, groups, nesting, numbers, meshes, hash);
  const version = hash.digest("hex").slice(0, 16);
  await tx`
    insert into reference.geography (financial_year, version) values (${financialYear}, ${version})
    on conflict (financial_year) do update set version = excluded.version, built_at = now()
    where geography.version <> excluded.version`;
  const areas = countAreas(nesting);
  return { areas, aliases };
}

async function listNesting(tx: Tx, financialYear: number): Promise<Map<string, Nesting>> {
  const rows = await tx<Nesting[]>`
    select s.code as sector, d.code as district, l.code as lad, r.code as region, n.code as nation
    from reference.release_sector as x
    join reference.area as s on s.number = x.number
    left join reference.area as d on d.number = x.district
    left join reference.area as l on l.number = x.authority
    left join reference.area as r on r.number = x.region
    left join reference.area as n on n.number = x.nation
    where x.financial_year = ${financialYear}`;
  return new Map(rows.map((row) => [row.sector ?? "", { ...row }]));
}

async function nestGroups(
  tx: Tx,
  groups: readonly Group[],
  before: ReadonlyMap<string, Nesting>,
): Promise<Map<string, Nesting>> {
  const pairs = groups.flatMap((group) => group.sectors.map((sector) => ({ sector, grp: group.code })));
  await tx`truncate grouping`;
  await tx`
    insert into grouping (sector, grp)
    select sector, grp
    from unnest(${pairs.map((p) => p.sector)}::text[], ${pairs.map((p) => p.grp)}::text[]) as g (sector, grp)`;
  await tx`analyze grouping`;
  const districts = await mainPlaces(tx, "district");
  const lads = await mainPlaces(tx, "authority");
  const regions = await mainPlaces(tx, "region");
  const nations = await mainPlaces(tx, "nation");
  return new Map(
    groups.map(({ code, sectors }) => [
      code,
      before.get(code) ?? {
        sector: code,
        district: districts.get(code) ?? sectors[0]?.split(" ")[0] ?? null,
        lad: lads.get(code) ?? null,
        region: regions.get(code) ?? null,
        nation: nations.get(code) ?? null,
      },
    ]),
  );
}

/** Numbers by level and code. New codes get the next numbers of their level, in order. */
type AreaNumbers = Readonly<Record<Level, ReadonlyMap<string, number>>>;

async function numberAreas(tx: Tx, nesting: ReadonlyMap<string, Nesting>): Promise<AreaNumbers> {
  const numbers: Record<Level, Map<string, number>> = {
    sector: new Map(),
    district: new Map(),
    lad: new Map(),
    region: new Map(),
    nation: new Map(),
  };
  for (const level of LEVELS) {
    const codes = [...new Set([...nesting.values()].flatMap((place) => place[level] ?? []))].sort();
    const known = await tx<{ code: string; number: number }[]>`
      select code, number from reference.area where level = ${level}`;
    for (const { code, number } of known) numbers[level].set(code, number);
    const names = await namesOf(tx, level, codes);
    let next = Math.max(FIRST_NUMBER[level] - 1, ...known.map((area) => area.number)) + 1;
    const fresh = codes
      .filter((code) => !numbers[level].has(code))
      .map((code) => ({ number: next++, level, code, name: names.get(code) ?? code }));
    for (const { code, number } of fresh) numbers[level].set(code, number);
    await tx`
      insert into reference.area (number, level, code, name)
      select number, ${level}, code, name
      from unnest(${fresh.map((a) => a.number)}::int[], ${fresh.map((a) => a.code)}::text[],
                  ${fresh.map((a) => a.name)}::text[]) as a (number, code, name)`;
    await tx`
      update reference.area as a set name = n.name
      from unnest(${[...names.keys()]}::text[], ${[...names.values()]}::text[]) as n (code, name)
      where a.level = ${level} and a.code = n.code and a.name <> n.name`;
  }
  return numbers;
}

async function namesOf(tx: Tx, level: Level, codes: readonly string[]): Promise<Map<string, string>> {
  if (level === "sector") return new Map(codes.map((code) => [code, code.split("+").join(" + ")]));
  if (level === "district") return new Map(codes.map((code) => [code, code]));
  const rows = await tx<{ code: string; name: string }[]>`
    select code, name from reference.place_name where level = ${level} and code = any (${[...codes]})`;
  const fixed = Object.entries(level === "region" ? REGIONS : level === "nation" ? NATIONS : {});
  return new Map([
    ...fixed.filter(([code]) => codes.includes(code)),
    ...rows.map(({ code, name }) => [code, name] as const),
  ]);
}

async function storeGroups(
  tx: Tx,
  financialYear: number,
  groups: readonly Group[],
  nesting: ReadonlyMap<string, Nesting>,
  numbers: AreaNumbers,
  hash: Hash,
): Promise<void> {
  const nations = [...nesting].map(([code, place]) => ({ code, nation: place.nation }));
  await tx`
    update grouping as g set nation = n.nation
    from unnest(${nations.map((n) => n.code)}::text[], ${nations.map((n) => n.nation)}::text[]) as n (code, nation)
    where g.grp = n.code`;
  const deprivation = await deprivationOf(tx);
  const ranked = await tx<{ number: number; geography: string | null; areas: number }[]>`
    select e.number, e.geography, count(*)::int as areas
    from reference.edition as e join reference.deprivation as d on d.edition = e.number
    group by e.number`;
  const editions = new Map(ranked.map((edition) => [edition.number, edition]));
  const totals = await tx<
    { grp: string; households: number | null; residents: number | null; livePostcodes: number }[]
  >`
    select g.grp, sum(s.households)::int as households, sum(s.residents)::int as residents,
      sum(s.live_postcodes)::int as live_postcodes
    from grouping as g join reference.sector as s on s.code = g.sector group by g.grp`;
  const totalOf = new Map(totals.map((total) => [total.grp, total]));
  const rows = groups.map(({ code }) => {
    const place = nesting.get(code);
    const own = deprivation.get(code);
    const edition = own && editions.get(own.edition);
    const among = edition && (areasRanked(place?.nation ?? "", edition.geography ?? "") ?? edition.areas);
    const number = (level: Level) => numbers[level].get(place?.[level] ?? "") ?? null;
    return {
      number: number("sector"),
      district: number("district"),
      authority: number("lad"),
      region: number("region"),
      nation: number("nation"),
      households: totalOf.get(code)?.households ?? null,
      residents: totalOf.get(code)?.residents ?? null,
      livePostcodes: totalOf.get(code)?.livePostcodes ?? 0,
      deprivationMix: own?.mix ?? null,
      deprivationEdition: own?.edition ?? null,
      averageDecile: own && among ? decileOf(own.meanRank, among) : null,
    };
  });
  hash.update(JSON.stringify(rows));
  await tx`
    insert into reference.release_sector (financial_year, number, district, authority, region, nation, households,
      residents, live_postcodes, deprivation_mix, deprivation_edition, average_decile)
    select ${financialYear}, number, district, authority, region, nation, households, residents, "livePostcodes",
      "deprivationMix", "deprivationEdition", "averageDecile"
    from jsonb_to_recordset(${tx.json(rows)}) as r (number int, district int, authority int, region int, nation int,
      households int, residents int, "livePostcodes" int, "deprivationMix" jsonb, "deprivationEdition" smallint,
      "averageDecile" smallint)`;
  const parts = groups.flatMap(({ code, sectors }) =>
    [...sectors].sort().map((sector) => ({ sector, number: numbers.sector.get(code) ?? 0 })),
  );
  hash.update(JSON.stringify(parts));
  await tx`
    insert into reference.release_sector_part (financial_year, sector, release_sector)
    select ${financialYear}, sector, number
    from unnest(${parts.map((p) => p.sector)}::text[], ${parts.map((p) => p.number)}::int[]) as p (sector, number)`;
}

/** Release sectors of each area of a level above them. */
function membersOf(
  level: Level,
  nesting: ReadonlyMap<string, Nesting>,
  numbers: AreaNumbers,
): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (const [code, place] of nesting) {
    const area = numbers[level].get(place[level] ?? "");
    const releaseSector = numbers.sector.get(code);
    if (area === undefined || releaseSector === undefined) continue;
    const list = members.get(area);
    if (list) list.push(releaseSector);
    else members.set(area, [releaseSector]);
  }
  return members;
}

async function storeAliases(
  tx: Tx,
  financialYear: number,
  nesting: ReadonlyMap<string, Nesting>,
  numbers: AreaNumbers,
): Promise<number> {
  const levels = LEVELS.map((level) =>
    [...membersOf(level, nesting, numbers)].map(([area, releaseSectors]) => ({ area, releaseSectors })),
  );
  const aliases = aliasesOf(levels);
  await tx`
    insert into reference.area_alias (financial_year, area, same_as)
    select ${financialYear}, area, same_as
    from unnest(${aliases.map((a) => a.area)}::int[], ${aliases.map((a) => a.sameAs)}::int[]) as a (area, same_as)`;
  return aliases.length;
}

function countAreas(nesting: ReadonlyMap<string, Nesting>): Record<Level, number> {
  const count = (level: Level) => new Set([...nesting.values()].flatMap((place) => place[level] ?? [])).size;
  return {
    sector: count("sector"),
    district: count("district"),
    lad: count("lad"),
    region: count("region"),
    nation: count("nation"),
  };
}

interface OutlineRow {
  area: number;
  tolerance: number;
  geometry: string;
  bounds: Bounds;
}

interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

const ROWS_AT_ONCE = 500;

async function storeOutlines(
  tx: Tx,
  financialYear: number,
  groups: readonly Group[],
  nesting: ReadonlyMap<string, Nesting>,
  numbers: AreaNumbers,
  meshes: ReadonlyMap<Grid, SectorMesh>,
  hash: Hash,
): Promise<void> {
  const groupOf = new Map(groups.flatMap((group) => group.sectors.map((sector) => [sector, group.code])));
  for (const tolerance of TOLERANCES_METRES) {
    const drawn = [...meshes].map(([grid, mesh]) => inDegrees(grid, simplifyMesh(mesh, tolerance)));
    for (const level of LEVELS) {
      const polygons = new Map<number, Polygon[]>();
      for (const mesh of drawn) {
        const areas = mesh.sectors.map((sector) => {
          const code = nesting.get(groupOf.get(sector) ?? "")?.[level];
          return numbers[level].get(code ?? "") ?? -1;
        });
        const present = [...new Set(areas)].filter((area) => area >= 0).sort((a, b) => a - b);
        const indexOf = new Map(present.map((area, index) => [area, index]));
        const outlines = outlinesOf(mesh, (label) => indexOf.get(areas[label] ?? -1) ?? -1, present.length);
        present.forEach((area, index) => {
          polygons.set(area, [...(polygons.get(area) ?? []), ...(outlines[index] ?? [])]);
        });
      }
      const rows = [...polygons].flatMap(([area, coordinates]): OutlineRow[] => {
        if (coordinates.length === 0) return [];
        const geometry = JSON.stringify({ type: "MultiPolygon", coordinates });
        hash.update(geometry);
        return [{ area, tolerance, geometry, bounds: boundsOf(coordinates) }];
      });
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        await insertOutlines(tx, financialYear, rows.slice(at, at + ROWS_AT_ONCE));
      }
    }
  }
}

async function insertOutlines(tx: Tx, financialYear: number, rows: readonly OutlineRow[]): Promise<void> {
  const of = (side: keyof Bounds) => rows.map((row) => row.bounds[side]);
  await tx`
    insert into reference.boundary (financial_year, area, tolerance_metres, geometry, west, south, east, north)
    select ${financialYear}, area, tolerance, geometry::jsonb, west, south, east, north
    from unnest(${rows.map((r) => r.area)}::int[], ${rows.map((r) => r.tolerance)}::smallint[],
                ${rows.map((r) => r.geometry)}::text[], ${of("west")}::float8[], ${of("south")}::float8[],
                ${of("east")}::float8[], ${of("north")}::float8[])
      as b (area, tolerance, geometry, west, south, east, north)`;
}

/** Five decimals of a degree are about a metre. */
const DECIMALS = 100_000;

/** The same lines in WGS84. Rounded line by line, so that both sides of a line still share it. */
function inDegrees(grid: Grid, mesh: SectorMesh): SectorMesh {
  const arcs = mesh.arcs.map((arc) => {
    const points = new Float64Array(arc.points.length);
    for (let at = 0; at + 1 < points.length; at += 2) {
      const { longitude, latitude } = toDegrees(grid, arc.points[at] ?? 0, arc.points[at + 1] ?? 0);
      points[at] = Math.round(longitude * DECIMALS) / DECIMALS;
      points[at + 1] = Math.round(latitude * DECIMALS) / DECIMALS;
    }
    return { ...arc, points };
  });
  return { sectors: mesh.sectors, arcs };
}

function boundsOf(polygons: readonly Polygon[]): Bounds {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const [outer] of polygons) {
    for (const [x, y] of outer ?? []) {
      bounds.west = Math.min(bounds.west, x);
      bounds.east = Math.max(bounds.east, x);
      bounds.south = Math.min(bounds.south, y);
      bounds.north = Math.max(bounds.north, y);
    }
  }
  return bounds;
}
