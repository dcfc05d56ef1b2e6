/**
 * Builds the geography of a financial year from the postcodes at hand: sector outlines, households and residents,
 * release sectors, the districts, authorities, regions and nations they make up, and which of those are the same.
 * One transaction: either the whole year is there or nothing has changed.
 */

import type { Sql, Tx } from "../db/client";
import { LOCKS } from "../db/locks";
import { type Group, storeGeography } from "./area-store";
import { Conflict, Invalid } from "./domain/errors";
import { formedYearFor, type Level } from "./domain/geography";
import { type Grid, gridOf } from "./domain/grid";
import { isInPolygons, outlinesOf, simplifyMesh } from "./domain/outlines";
import { type FormingSector, formReleaseSectors, isLargeEnough } from "./domain/release-sectors";
import {
  bordersBetween,
  nearestSectors,
  type PostcodePoint,
  type SectorMesh,
  traceSectors,
} from "./domain/sector-mesh";
import { listFormedYears } from "./places";
import { estimateSectors, mainPlaces } from "./sector-estimates";

export interface BuildReport {
  financialYear: number;
  /** Postcode sectors there ever were in the postcode files, and those with live postcodes. */
  sectors: number;
  liveSectors: number;
  releaseSectors: number;
  /** Release sectors made of several sectors. */
  unions: number;
  /** Release sectors that stayed under the least size, because their nation has no other. */
  small: number;
  areas: Record<Level, number>;
  aliases: number;
  /** True when contacts already count on this geography: what was formed stayed, new sectors were added. */
  kept: boolean;
  seconds: number;
}

/** Builds a year. Throws `Invalid` without postcodes, and `Conflict` where contacts already count otherwise. */
export async function buildGeography(
  owner: Sql,
  financialYear: number,
  onStep: (step: string) => void = () => {},
): Promise<BuildReport> {
  const began = Date.now();
  const report = await owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCKS.formingGeography})`;
    await tx.unsafe("set local work_mem = '256MB'");
    const kept = await isInUse(tx, financialYear);
    onStep("Estimating households and residents of sectors");
    const { sectors } = await estimateSectors(tx);
    if (sectors === 0) throw new Invalid("There are no postcodes yet. Run `import postcodes` first.");
    onStep("Tracing the lines between sectors");
    const points = await listLivePoints(tx);
    const meshes = traceGrids(points);
    onStep("Forming release sectors");
    const { groups, small, liveSectors } = await formGroups(tx, financialYear, kept, points, meshes);
    onStep("Storing areas and outlines");
    const stored = await storeGeography(tx, financialYear, groups, meshes, kept);
    const unions = groups.filter((group) => group.code.includes("+")).length;
    return { sectors, liveSectors, releaseSectors: groups.length, unions, small, ...stored, kept };
  });
  return { financialYear, ...report, seconds: Math.round((Date.now() - began) / 100) / 10 };
}

/**
 * Whether contacts already count on this year's release sectors. Throws `Conflict` when the year is not formed yet
 * and contacts of days it would serve already count on another year's: their counts would fall between two maps.
 */
async function isInUse(tx: Tx, financialYear: number): Promise<boolean> {
  const formed = await listFormedYears(tx);
  const years = [...new Set([...formed, financialYear])].sort((a, b) => a - b);
  const next = years.find((year) => year > financialYear);
  const from = years[0] === financialYear ? "-infinity" : `${financialYear}-04-01`;
  const until = next === undefined ? "infinity" : `${next}-04-01`;
  const [found] = await tx<{ day: string | null }[]>`
    select min(occurred_on) as day from casework.contact
    where release_sector >= 10 and occurred_on >= ${from}::date and occurred_on < ${until}::date`;
  const day = found?.day ?? null;
  if (day === null) return false;
  if (formed.includes(financialYear)) return true;
  throw new Conflict(
    `Contacts from ${day} on already count on the release sectors of ${formedYearFor(day, formed)}, so those of ` +
      `${financialYear} would split their counts. Build a financial year that begins after the last contact.`,
  );
}

export type LivePoint = PostcodePoint & { grid: Grid };

/** Live postcodes of the United Kingdom with a position, in order. */
async function listLivePoints(tx: Tx): Promise<LivePoint[]> {
  const rows = await tx<(PostcodePoint & { nation: string | null })[]>`
    select sector, easting, northing, small_user, nation from reference.postcode
    where live and easting is not null and northing is not null
      and nation is distinct from 'L93000001' and nation is distinct from 'M83000003'
    order by postcode`;
  return rows.map(({ nation, ...point }) => ({ ...point, grid: gridOf(nation) }));
}

/** Great Britain and Northern Ireland are traced apart, each in the metres of its own grid. */
function traceGrids(points: readonly LivePoint[]): Map<Grid, SectorMesh> {
  const grids = [...new Set(points.map((point) => point.grid))];
  return new Map(grids.map((grid) => [grid, traceSectors(points.filter((point) => point.grid === grid))]));
}

interface Formed {
  groups: Group[];
  small: number;
  liveSectors: number;
}

async function formGroups(
  tx: Tx,
  financialYear: number,
  kept: boolean,
  points: readonly LivePoint[],
  meshes: ReadonlyMap<Grid, SectorMesh>,
): Promise<Formed> {
  const forming = await listFormingSectors(tx);
  const groups = kept ? await listKeptGroups(tx, financialYear) : [];
  const placed = new Set(groups.flatMap((group) => group.sectors));
  const fresh = forming.filter((sector) => sector.centre && !placed.has(sector.code));
  const freshCodes = new Set(fresh.map((sector) => sector.code));
  const borders = [...meshes.values()]
    .flatMap((mesh) => bordersBetween(mesh))
    .filter(({ a, b }) => freshCodes.has(a) && freshCodes.has(b));
  // On a map in use a newcomer that is large enough stands alone; a small one joins what is there, which keeps its
  // code and number.
  const formed = kept
    ? fresh.filter((sector) => isLargeEnough([sector])).map(({ code }) => ({ code, sectors: [code] }))
    : formReleaseSectors(fresh, borders);
  const byCode = new Map(forming.map((sector) => [sector.code, sector]));
  const membersOf = (codes: readonly string[]) => codes.flatMap((code) => byCode.get(code) ?? []);
  const small = formed.filter(({ sectors }) => !isLargeEnough(membersOf(sectors))).length;
  groups.push(...formed.map(({ code, sectors }) => ({ code, sectors: [...sectors] })));
  await attachTheRest(tx, forming, groups, points);
  return { groups, small, liveSectors: forming.filter((sector) => sector.live).length };
}

type Forming = FormingSector & { live: boolean };

/** Every sector with its main places; a centre only where live postcodes have positions. */
async function listFormingSectors(tx: Tx): Promise<Forming[]> {
  await tx`create temporary table grouping (sector text, grp text, nation text) on commit drop`;
  await tx`insert into grouping select code, code, null from reference.sector`;
  const [authorities, nations] = [await mainPlaces(tx, "authority"), await mainPlaces(tx, "nation")];
  const rows = await tx<
    {
      code: string;
      district: string;
      livePostcodes: number;
      liveSmallUserPostcodes: number;
      households: number | null;
      residents: number | null;
      easting: number | null;
      northing: number | null;
    }[]
  >`
    select s.code, s.district, s.live_postcodes, s.live_small_user_postcodes, s.households, s.residents,
      avg(p.easting)::float8 as easting, avg(p.northing)::float8 as northing
    from reference.sector as s left join live_postcode as p on p.sector = s.code
    group by s.code order by s.code`;
  return rows.map(({ easting, northing, livePostcodes, ...row }) => ({
    ...row,
    live: livePostcodes > 0,
    authority: authorities.get(row.code) ?? null,
    nation: nations.get(row.code) ?? null,
    centre: easting === null || northing === null ? null : { easting, northing },
  }));
}

/** Release sectors as formed before, which contacts count on. */
async function listKeptGroups(tx: Tx, financialYear: number): Promise<Group[]> {
  const rows = await tx<{ code: string; sectors: string[] }[]>`
    select a.code, array_agg(p.sector order by p.sector) as sectors
    from reference.release_sector_part as p join reference.area as a on a.number = p.release_sector
    where p.financial_year = ${financialYear}
    group by a.code order by a.code`;
  return rows.map(({ code, sectors }) => ({ code, sectors: [...sectors] }));
}

/**
 * Sectors without an outline of their own (no longer delivered to, or without positions) and small newcomers on a
 * map in use join the release sector that most of their postcodes are nearest to; without any position, that of the
 * largest sector of their district, and where there is none they stay off the map. They are no part of its code.
 */
async function attachTheRest(
  tx: Tx,
  forming: readonly Forming[],
  groups: Group[],
  points: readonly LivePoint[],
): Promise<void> {
  const groupOf = new Map(groups.flatMap((group) => group.sectors.map((sector) => [sector, group] as const)));
  const rest = forming.filter((sector) => !groupOf.has(sector.code));
  if (rest.length === 0) return;
  const nearest = await nearestOf(
    tx,
    rest,
    points.filter((point) => groupOf.has(point.sector)),
  );
  const join = (sector: Forming, group: Group | undefined) => {
    group?.sectors.push(sector.code);
    if (group) groupOf.set(sector.code, group);
  };
  for (const sector of rest) join(sector, groupOf.get(nearest.get(sector.code) ?? ""));
  for (const sector of rest.filter((sector) => !groupOf.has(sector.code))) {
    const [largest] = forming
      .filter((other) => other.district === sector.district && groupOf.has(other.code))
      .sort((a, b) => b.liveSmallUserPostcodes - a.liveSmallUserPostcodes || (a.code < b.code ? -1 : 1));
    join(sector, groupOf.get(largest?.code ?? ""));
  }
}

async function nearestOf(
  tx: Tx,
  rest: readonly Forming[],
  points: readonly LivePoint[],
): Promise<Map<string, string>> {
  const rows = await tx<{ sector: string; easting: number; northing: number; nation: string | null }[]>`
    select sector, easting, northing, nation from reference.postcode
    where sector = any (${rest.map((sector) => sector.code)}) and easting is not null and northing is not null
    order by postcode`;
  const nearest = new Map<string, string>();
  for (const grid of new Set(points.map((point) => point.grid))) {
    const places = new Map<string, { easting: number; northing: number }[]>();
    for (const row of rows.filter((row) => gridOf(row.nation) === grid)) {
      const list = places.get(row.sector);
      if (list) list.push(row);
      else places.set(row.sector, [row]);
    }
    const found = nearestSectors(
      points.filter((point) => point.grid === grid),
      places,
    );
    for (const [sector, near] of found) nearest.set(sector, near);
  }
  return nearest;
}

export interface CheckReport {
  /** Live small-user postcodes with a position. */
  postcodes: number;
  /** Of those, how many lie inside the outline of their own sector. */
  inside: number;
  share: number;
  /** Sectors by postcode area: "SR" with its own counts. */
  areas: Record<string, { postcodes: number; inside: number; share: number }>;
}

/** Draws sectors afresh and counts the postcodes that lie inside their own sector's outline. */
export async function checkOutlines(owner: Sql, toleranceMetres = 25): Promise<CheckReport> {
  return owner.begin(async (tx) => {
    const points = await listLivePoints(tx);
    const areas: CheckReport["areas"] = {};
    for (const [grid, mesh] of traceGrids(points)) {
      const outlines = outlinesOf(simplifyMesh(mesh, toleranceMetres), (label) => label, mesh.sectors.length);
      const labelOf = new Map(mesh.sectors.map((code, label) => [code, label]));
      for (const point of points) {
        if (point.grid !== grid || !point.smallUser) continue;
        const polygons = outlines[labelOf.get(point.sector) ?? -1] ?? [];
        const letters = /^[A-Z]+/.exec(point.sector)?.[0] ?? "";
        areas[letters] ??= { postcodes: 0, inside: 0, share: 0 };
        areas[letters].postcodes += 1;
        if (isInPolygons(polygons, point.easting, point.northing)) areas[letters].inside += 1;
      }
    }
    const share = (part: { postcodes: number; inside: number }) =>
      part.postcodes === 0 ? 1 : Math.floor((part.inside / part.postcodes) * 100_000) / 100_000;
    for (const area of Object.values(areas)) area.share = share(area);
    const all = Object.values(areas).reduce(
      (sum, area) => ({ postcodes: sum.postcodes + area.postcodes, inside: sum.inside + area.inside }),
      { postcodes: 0, inside: 0 },
    );
    return { ...all, share: share(all), areas };
  });
}
