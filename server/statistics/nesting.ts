/**
 * Which areas a release sector lies in, by financial year, as the engine counts them: areas that are the same set
 * of release sectors are one cell, that of the finest.
 */

import type { Db } from "../../db/client";
import { formedYearFor } from "../domain/geography";
import { firstDayOf } from "../domain/period";

export interface Nesting {
  /** Areas with cells of their own that hold a release sector: finest first, equal areas once. */
  cellAreas(financialYear: number, releaseSector: number): readonly number[];
  /** Every area that holds a release sector, equal ones too: what a cell of another year may be. */
  allAreas(financialYear: number, releaseSector: number): readonly number[];
  /** Release sectors in an area with cells of its own. */
  sectorsIn(financialYear: number, area: number): readonly number[];
  /** The finest area that is the same set of release sectors. */
  finest(financialYear: number, area: number): number;
  /** Changes when the areas of a financial year do. */
  fingerprint(financialYear: number): string;
}

interface FormedYear {
  financialYear: number;
  version: string;
  database: string;
}

/** The last nesting loaded, and the geographies it was loaded for: it is wanted for every batch of people. */
let known: { of: string; nesting: Nesting } | null = null;

/** Which areas hold each release sector, in every year that has a geography; read again only when one is formed. */
export async function loadNesting(db: Db): Promise<Nesting> {
  const formed = await db<FormedYear[]>`
    select financial_year, version, current_database() as database
    from reference.geography
    order by financial_year`;
  const of = JSON.stringify(formed);
  if (known?.of === of) return known.nesting;
  const nesting = await readNesting(db, formed);
  // Without a geography there is nothing by which a later one could be told.
  if (formed.length > 0) known = { of, nesting };
  return nesting;
}

async function readNesting(db: Db, formed: readonly FormedYear[]): Promise<Nesting> {
  const sectors = await db<
    {
      financialYear: number;
      number: number;
      district: number;
      authority: number | null;
      region: number | null;
      nation: number | null;
    }[]
  >`select financial_year, number, district, authority, region, nation from reference.release_sector`;
  const aliases = await db<{ financialYear: number; area: number; sameAs: number }[]>`
    select financial_year, area, same_as from reference.area_alias`;

  const sameAs = new Map(aliases.map((row) => [`${row.financialYear}:${row.area}`, row.sameAs]));
  const finestIn = (formedYear: number, area: number): number => {
    const finer = sameAs.get(`${formedYear}:${area}`);
    return finer === undefined || finer === area ? area : finestIn(formedYear, finer);
  };
  /** By formed year and release sector: every area, and those with cells of their own. */
  const areas = new Map<number, Map<number, { all: readonly number[]; cells: readonly number[] }>>();
  for (const row of sectors) {
    const all = [row.number, row.district, row.authority, row.region, row.nation].filter(
      (area) => area !== null,
    );
    const cells = [...new Set(all.map((area) => finestIn(row.financialYear, area)))];
    const year = areas.get(row.financialYear) ?? new Map<number, { all: number[]; cells: number[] }>();
    year.set(row.number, { all, cells });
    areas.set(row.financialYear, year);
  }
  const years = formed.map((row) => row.financialYear);
  const formedYears = new Map<number, number | null>();
  const formedFor = (financialYear: number): number | null => {
    const known = formedYears.get(financialYear);
    if (known !== undefined) return known;
    const found = formedYearFor(firstDayOf({ type: "year", financialYear, index: 0 }), years);
    formedYears.set(financialYear, found);
    return found;
  };
  const sectorsByArea = new Map<number, Map<number, number[]>>();
  const sectorsOf = (formedYear: number): Map<number, number[]> => {
    const known = sectorsByArea.get(formedYear);
    if (known) return known;
    const found = new Map<number, number[]>();
    for (const [sector, { cells }] of areas.get(formedYear) ?? []) {
      for (const area of cells) {
        const sectors = found.get(area);
        if (sectors) sectors.push(sector);
        else found.set(area, [sector]);
      }
    }
    sectorsByArea.set(formedYear, found);
    return found;
  };
  const versions = new Map(formed.map((row) => [row.financialYear, row.version]));
  /** Buckets, and sectors that the year's geography does not know, are areas by themselves. */
  const placeOf = (financialYear: number, releaseSector: number) => {
    const formedYear = formedFor(financialYear);
    const known = formedYear === null ? undefined : areas.get(formedYear)?.get(releaseSector);
    return known ?? { all: [releaseSector], cells: [releaseSector] };
  };
  return {
    cellAreas: (financialYear, releaseSector) => placeOf(financialYear, releaseSector).cells,
    allAreas: (financialYear, releaseSector) => placeOf(financialYear, releaseSector).all,
    sectorsIn(financialYear, area) {
      const formedYear = formedFor(financialYear);
      return (formedYear === null ? undefined : sectorsOf(formedYear).get(area)) ?? [area];
    },
    finest(financialYear, area) {
      const formedYear = formedFor(financialYear);
      return formedYear === null ? area : finestIn(formedYear, area);
    },
    fingerprint(financialYear) {
      const formedYear = formedFor(financialYear);
      return formedYear === null ? "none" : `${formedYear} ${versions.get(formedYear) ?? ""}`;
    },
  };
}
