/** Which authorities the sectors and areas of a year lie in: an organisation's reporting is told by authority. */

import type { Db } from "../../db/client";
import { isAuthorityOrAbove, isBucket, levelOf } from "../domain/geography";
import type { Nesting } from "./nesting";

/** One financial year's authorities. Areas are those with cells of their own. */
export interface YearAuthorities {
  /** The authority of a release sector; null for buckets and sectors in none. */
  of(releaseSector: number): number | null;
  /** Authorities by the area whose cell they share. */
  cellOf: ReadonlyMap<number, number>;
  /** Authorities that an area's sectors lie in. */
  within(area: number): ReadonlySet<number>;
  /** Authorities, regions and nations that hold a sector, as cells; without those that are one sector or district. */
  wider(releaseSector: number): readonly number[];
  /** Cells of authorities, regions and nations; without those that are one sector or district. */
  wide: readonly number[];
}

/** Authorities of any financial year, from the release sectors that there have ever been. */
export async function loadAuthorities(
  db: Db,
  nesting: Nesting,
): Promise<(financialYear: number) => YearAuthorities> {
  const rows = await db<{ number: number }[]>`select distinct number from reference.release_sector`;
  const known = new Map<number, YearAuthorities>();
  return (financialYear) => {
    const found = known.get(financialYear) ?? formYear(nesting, financialYear, rows);
    known.set(financialYear, found);
    return found;
  };
}

const NONE: ReadonlySet<number> = new Set();

function formYear(
  nesting: Nesting,
  financialYear: number,
  sectors: readonly { number: number }[],
): YearAuthorities {
  const ofSector = new Map<number, number>();
  const cellOf = new Map<number, number>();
  const within = new Map<number, Set<number>>();
  const wider = new Map<number, readonly number[]>();
  const wideAreas = new Set<number>();
  for (const { number } of sectors) {
    if (isBucket(number)) continue;
    const all = nesting.allAreas(financialYear, number);
    const finest = all.map((area) => nesting.finest(financialYear, area));
    const cells = [...new Set(finest)].filter(isAuthorityOrAbove);
    for (const area of cells) wideAreas.add(area);
    wider.set(number, cells);
    const authority = all.find((area) => levelOf(area) === "lad");
    if (authority === undefined) continue;
    ofSector.set(number, authority);
    cellOf.set(authority, nesting.finest(financialYear, authority));
    for (const area of nesting.cellAreas(financialYear, number)) {
      const authorities = within.get(area);
      if (authorities) authorities.add(authority);
      else within.set(area, new Set([authority]));
    }
  }
  return {
    of: (sector) => ofSector.get(sector) ?? null,
    cellOf,
    within: (area) => within.get(area) ?? NONE,
    wider: (sector) => wider.get(sector) ?? [],
    wide: [...wideAreas].sort((a, b) => a - b),
  };
}
