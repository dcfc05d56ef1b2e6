/**
 * Places on the map by what people type, and the areas of the reader's own patch. Reference data alone, over the
 * reader's connection; what was typed is kept nowhere.
 */

import type { Sql } from "../../db/client";
import { installationNow } from "../clock";
import type { ActorCtx } from "../context";
import { isBucket, LEVELS, type Level, levelOf } from "../domain/geography";
import { dayOf, financialYearOf, findPeriod } from "../domain/period";
import { type FoundPlace, nameFit, type PlaceQuery, postcodeMeanings } from "../domain/place-search";
import { listPatch } from "./choices";
import { findPublishedAreas, type PublishedAreas } from "./published-areas";

const MOST_FOUND = 8;

const KINDS: Readonly<Record<Level, string>> = {
  sector: "postcode sector",
  district: "postcode district",
  lad: "local authority",
  region: "region",
  nation: "nation",
};

type Place = Omit<FoundPlace, "bounds">;

/** The places that a text may mean, best first; none when nothing fits. */
export async function findPlaces(ctx: ActorCtx, { text }: PlaceQuery): Promise<FoundPlace[]> {
  const today = dayOf(await installationNow(ctx.reader));
  const areas = await findPublishedAreas(ctx.reader, financialYearOf(today));
  if (!areas) return [];
  const byCode = await byPostcode(ctx, areas, text);
  const found = byCode.length > 0 ? byCode : await byName(ctx, areas, text);
  const once = new Map(found.map((place) => [`${place.kind} ${place.name} ${place.area}`, place]));
  return withBounds(ctx, areas.financialYear, [...once.values()].slice(0, MOST_FOUND));
}

async function byPostcode(ctx: ActorCtx, areas: PublishedAreas, text: string): Promise<Place[]> {
  const meanings = postcodeMeanings(text);
  if (meanings.length === 0) return [];
  const year = areas.financialYear;
  const sectors = await ctx.reader<{ sector: string; area: number }[]>`
    with meant as (
      select p.sector from reference.postcode as p
      where p.postcode = any(${meanings.flatMap(({ postcode }) => postcode ?? [])}::text[])
      union
      select s.sector from unnest(${meanings.flatMap(({ sector }) => sector ?? [])}::text[]) as s (sector)
      union
      select part.sector from reference.release_sector_part as part
      where part.financial_year = ${year}
        and replace(part.sector, ' ', '') like any(${meanings.map(({ beginning }) => `${beginning}%`)}::text[])
    )
    select part.sector, part.release_sector as area
    from meant join reference.release_sector_part as part using (sector)
    where part.financial_year = ${year} and part.release_sector >= 10
    order by part.sector`;
  const districts = areas
    .of("district")
    .filter(({ code }) => meanings.some(({ beginning }) => code === beginning || code.startsWith(beginning)));
  const districtPlaces = districts.map(({ area, code }) => placeOf("district", area, code));
  const sectorPlaces = sectors.map(({ sector, area }) => placeOf("sector", area, sector));
  return [...districtPlaces, ...sectorPlaces];
}

const placeOf = (level: Level, area: number, name: string): Place => ({
  area,
  level,
  name,
  kind: KINDS[level],
});

async function byName(ctx: ActorCtx, areas: PublishedAreas, text: string): Promise<Place[]> {
  const named = (["lad", "region", "nation"] as const).flatMap((level) =>
    areas.of(level).map(({ area, name }) => placeOf(level, area, name)),
  );
  const wards = await findWards(ctx.reader, areas.financialYear, text);
  const inWards = wards.map(({ area, name }) => ({ ...placeOf("sector", area, name), kind: "ward" }));
  return [...named, ...inWards]
    .flatMap((place) => {
      const fit = nameFit(text, place.name);
      return fit === null ? [] : [{ place, fit }];
    })
    .sort(
      (a, b) =>
        a.fit - b.fit || b.place.area - a.place.area || a.place.name.localeCompare(b.place.name, "en"),
    )
    .map(({ place }) => place);
}

/** A ward, and the release sector whose figures stand for it. */
export interface FoundWard {
  name: string;
  area: number;
  areaCode: string;
}

/** Wards by name, best first. They are no areas of figures: each leads to the release sector of most of its postcodes. */
export async function findWards(reader: Sql, financialYear: number, text: string): Promise<FoundWard[]> {
  const names = await reader<{ code: string; name: string }[]>`
    select code, name from reference.place_name where level = 'ward'`;
  const fitting = names
    .flatMap((ward) => {
      const fit = nameFit(text, ward.name);
      return fit === null ? [] : [{ ...ward, fit }];
    })
    .sort((a, b) => a.fit - b.fit || (a.code < b.code ? -1 : 1))
    .slice(0, MOST_FOUND);
  if (fitting.length === 0) return [];
  const counts = await reader<{ ward: string; area: number; areaCode: string }[]>`
    select distinct on (p.ward) p.ward, part.release_sector as area, a.code as area_code
    from reference.postcode as p
    join reference.release_sector_part as part
      on part.sector = p.sector and part.financial_year = ${financialYear}
    join reference.area as a on a.number = part.release_sector
    where p.ward = any(${fitting.map(({ code }) => code)}::text[]) and p.live
    group by p.ward, part.release_sector, a.code
    order by p.ward, count(*) desc, part.release_sector`;
  const areaOf = new Map(counts.map((row) => [row.ward, row]));
  return fitting.flatMap(({ code, name }) => {
    const found = areaOf.get(code);
    return !found || isBucket(found.area) ? [] : [{ name, area: found.area, areaCode: found.areaCode }];
  });
}

async function withBounds(ctx: ActorCtx, year: number, places: readonly Place[]): Promise<FoundPlace[]> {
  const rows = await ctx.reader<{ area: number; west: number; south: number; east: number; north: number }[]>`
    select distinct on (area) area, west, south, east, north from reference.boundary
    where financial_year = ${year} and area = any(${places.map(({ area }) => area)}::int[])
    order by area, tolerance_metres`;
  const bounds = new Map(rows.map(({ area, ...box }) => [area, box]));
  return places.map((place) => ({ ...place, bounds: bounds.get(place.area) ?? null }));
}

/** The reader's patch on a map: the areas of a level that lie in it, in a period's geography. */
export async function listPatchAreas(
  ctx: ActorCtx,
  query: { level: Level; period: string },
): Promise<number[]> {
  const period = findPeriod(query.period);
  const patch = await listPatch(ctx);
  if (!period || patch.length === 0) return [];
  const areas = await findPublishedAreas(ctx.reader, period.financialYear);
  if (!areas) return [];
  const own = new Set(patch.map(({ area }) => area));
  const isCoarser = (area: number) => LEVELS.indexOf(levelOf(area)) > LEVELS.indexOf(query.level);
  // An area above the patch holds it, and an area below lies in it.
  const holding = new Set(patch.flatMap(({ area }) => (isCoarser(area) ? [] : areas.above(area))));
  return areas
    .of(query.level)
    .map(({ area }) => area)
    .filter((area) => own.has(area) || holding.has(area) || areas.isInside(area, own));
}
