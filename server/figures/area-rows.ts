/** The areas of a year as rows of open data: what each is called, what it lies in, which finer one it equals. */

import type { Db } from "../../db/client";
import type { NamedArea } from "../domain/figures";
import { BUCKETS, LEVELS, type Level, levelOf } from "../domain/geography";
import { type AreaRow, openLevelOf } from "../domain/open-data/tables";
import type { PublishedAreas } from "./published-areas";

/** Areas of a level by number; with the sectors, first those without a place on the map. */
export function namedAreas(areas: PublishedAreas, level: Level): readonly NamedArea[] {
  if (level !== "sector") return areas.of(level);
  const buckets = Object.values(BUCKETS).flatMap((bucket) => areas.find(bucket) ?? []);
  return [...buckets, ...areas.of("sector")];
}

/** Every area of a year. */
export async function areaRowsOf(db: Db, areas: PublishedAreas): Promise<AreaRow[]> {
  const parts = await db<{ releaseSector: number; sectors: string }[]>`
    select release_sector, string_agg(sector, '+' order by sector) as sectors
    from reference.release_sector_part where financial_year = ${areas.financialYear}
    group by release_sector`;
  const sectorsOf = new Map(parts.map(({ releaseSector, sectors }) => [releaseSector, sectors]));
  return LEVELS.flatMap((level) =>
    namedAreas(areas, level).map((named) => {
      const above = new Map(areas.above(named.area).map((area) => [levelOf(area), areas.find(area)?.code]));
      const finest = areas.finest(named.area);
      return {
        geography_year: areas.financialYear,
        level: openLevelOf(named.area),
        area: named.code,
        area_name: named.name,
        district: above.get("district") ?? null,
        authority: above.get("lad") ?? null,
        region: above.get("region") ?? null,
        nation: above.get("nation") ?? null,
        households: named.households,
        same_as: finest === named.area ? null : (areas.find(finest)?.code ?? null),
        postcode_sectors: sectorsOf.get(named.area) ?? null,
      };
    }),
  );
}
