/** The deprivation slices of each financial year, from the release sectors that were formed for it. */

import type { Tx } from "../../db/client";
import { formedYearFor } from "../domain/geography";
import { firstDayOf } from "../domain/period";
import { type DeprivationSlices, deprivationSlices, type RankedSector } from "../domain/slices";
import type { Nesting } from "./nesting";

export class Deciles {
  private readonly known = new Map<number, DeprivationSlices>();

  private constructor(
    private readonly nesting: Nesting,
    private readonly years: readonly number[],
    private readonly sectors: ReadonlyMap<number, readonly Omit<RankedSector, "areas">[]>,
  ) {}

  static async load(tx: Tx, nesting: Nesting): Promise<Deciles> {
    const formed = await tx<{ financialYear: number }[]>`select financial_year from reference.geography`;
    const rows = await tx<
      { financialYear: number; number: number; decile: number | null; edition: number | null }[]
    >`
      select financial_year, number, average_decile as decile, deprivation_edition as edition
      from reference.release_sector`;
    const sectors = new Map<number, Omit<RankedSector, "areas">[]>();
    for (const { financialYear, ...sector } of rows) {
      const year = sectors.get(financialYear);
      if (year) year.push(sector);
      else sectors.set(financialYear, [sector]);
    }
    const years = formed.map(({ financialYear }) => financialYear);
    return new Deciles(nesting, years, sectors);
  }

  of(financialYear: number): DeprivationSlices {
    const known = this.known.get(financialYear);
    if (known) return known;
    const formed = formedYearFor(firstDayOf({ type: "year", financialYear, index: 0 }), this.years);
    const sectors = (formed === null ? undefined : this.sectors.get(formed)) ?? [];
    const found = deprivationSlices(
      sectors.map((sector) => ({ ...sector, areas: this.nesting.cellAreas(financialYear, sector.number) })),
    );
    this.known.set(financialYear, found);
    return found;
  }
}
