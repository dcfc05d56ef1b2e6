/**
 * The truth beside which answers are marked: how many different people were in each cell, counted anew from presence,
 * and which areas lie in which. Read past every wall, by nobody who attacks.
 */

import type { Sql } from "../../db/client";
import { nodesOf, periodBits } from "../../server/domain/counting";
import { getNodeByNumber } from "../../server/domain/needs";
import { findPeriod, type Period, slotOf } from "../../server/domain/period";

/** Where a release sector lies; null where a level has no area there. */
export interface SectorPlace {
  sector: number;
  district: number | null;
  lad: number | null;
  region: number | null;
  nation: number | null;
}

/** Name of a cell among all: area, path of the need, text of the period. */
export const cellName = (area: number, need: string, period: string) => `${area}|${need}|${period}`;

/** Release sectors and what they lie in, in a financial year. Public reference data. */
export async function placesIn(reader: Sql, financialYear: number): Promise<SectorPlace[]> {
  return [
    ...(await reader<SectorPlace[]>`
      select number as sector, district, authority as lad, region, nation from reference.release_sector
      where financial_year = (
        select max(financial_year) from reference.geography where financial_year <= ${financialYear})
      order by 1`),
  ];
}

/** Areas that hold a sector, itself first. */
export const areasAt = ({ sector, district, lad, region, nation }: SectorPlace): number[] =>
  [sector, district, lad, region, nation].filter((area) => area !== null);

/** How many people are in every cell of these periods that has anybody, by `cellName`. */
export async function countPeople(
  administrator: Sql,
  places: readonly SectorPlace[],
  periods: readonly string[],
): Promise<Map<string, number>> {
  const placed = new Map(places.map((place) => [place.sector, areasAt(place)]));
  const wanted = periods.map((text) => ({ text, period: periodOf(text) }));
  const people = new Map<string, Set<bigint>>();
  const rows = await administrator<
    { personKey: bigint; needNumber: number; releaseSector: number; financialYear: number; months: number }[]
  >`select person_key, need_number, release_sector, financial_year, months from statistics.presence`;
  for (const row of rows) {
    const bits = periodBits(row.months);
    for (const { text, period } of wanted) {
      if (period.financialYear !== row.financialYear || ((bits >> slotOf(period)) & 1) === 0) continue;
      for (const area of placed.get(row.releaseSector) ?? [row.releaseSector]) {
        for (const node of nodesOf(row.needNumber)) {
          const name = cellName(area, getNodeByNumber(node).path, text);
          const set = people.get(name) ?? new Set();
          people.set(name, set.add(row.personKey));
        }
      }
    }
  }
  return new Map([...people].map(([name, set]) => [name, set.size]));
}

function periodOf(text: string): Period {
  const period = findPeriod(text);
  if (!period) throw new Error(`${text} is no period`);
  return period;
}
