/**
 * What best fit costs: a release sector counts with the district and the authority that most of its households are
 * in, so some households count with a neighbour. How many is stored when a geography is built, and shown.
 */

import type { Tx } from "../db/client";

const PLACES = ["district", "authority"] as const;

interface StoredBestFit {
  area: number;
  householdsElsewhere: number;
  householdsFromElsewhere: number;
}

/**
 * Replaces what is stored of a year, in households by estimate, and gives it in order of areas. The release sectors
 * of the year and the temporary tables `grouping` and `estimate` must be there. Only areas that are on the map are
 * compared: a code that a reorganisation retired is not a neighbour.
 */
export async function storeBestFit(tx: Tx, financialYear: number): Promise<StoredBestFit[]> {
  await tx`delete from reference.best_fit where financial_year = ${financialYear}`;
  const stored: StoredBestFit[] = [];
  for (const place of PLACES) {
    const rows = await tx<StoredBestFit[]>`
      with drawn as (
        select number, code from reference.area
        where number in (select ${tx(place)} from reference.release_sector where financial_year = ${financialYear})
      ), moved as (
        select own.number as own, counted.number as counted, sum(e.households) as households
        from grouping as g
        join reference.area as s on s.level = 'sector' and s.code = g.grp
        join reference.release_sector as r on r.financial_year = ${financialYear} and r.number = s.number
        join drawn as counted on counted.number = r.${tx(place)}
        join estimate as e on e.sector = g.sector
        join drawn as own on own.code = e.${tx(place)}
        where own.number <> counted.number and e.households > 0
        group by 1, 2
      ), sides as (
        select own as area, households as elsewhere, 0 as from_elsewhere from moved
        union all
        select counted, 0, households from moved
      )
      insert into reference.best_fit (financial_year, area, households_elsewhere, households_from_elsewhere)
      select ${financialYear}, area, round(sum(elsewhere))::int, round(sum(from_elsewhere))::int
      from sides group by area
      returning area, households_elsewhere, households_from_elsewhere`;
    stored.push(...rows);
  }
  return stored.sort((a, b) => a.area - b.area);
}
