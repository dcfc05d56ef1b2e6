/** What is known of a place itself, from reference data: residents, deprivation with its nation and edition, sectors. */

import { z } from "zod";
import type { Sql } from "../../db/client";
import type { DeprivationMix } from "../domain/figures";

export interface AreaFacts {
  residents: number | null;
  deprivation: DeprivationMix | null;
  /** Postcode sectors of a release sector. */
  sectors: string[];
}

const mixSchema = z.array(z.number()).length(10);

/** Facts of a release sector; of anything else only that there are none. */
export async function readAreaFacts(reader: Sql, formedYear: number, area: number): Promise<AreaFacts> {
  const [row] = await reader<
    {
      residents: number | null;
      mix: unknown;
      averageDecile: number | null;
      edition: string | null;
      nation: string | null;
      sectors: string[] | null;
    }[]
  >`
    select r.residents, r.deprivation_mix as mix, r.average_decile, e.name as edition, n.name as nation,
      (
        select array_agg(p.sector order by p.sector)
        from reference.release_sector_part as p
        where p.financial_year = r.financial_year and p.release_sector = r.number
      ) as sectors
    from reference.release_sector as r
    left join reference.edition as e on e.number = r.deprivation_edition
    left join reference.area as n on n.number = r.nation
    where r.financial_year = ${formedYear} and r.number = ${area}`;
  if (!row) return { residents: null, deprivation: null, sectors: [] };
  const mix = mixSchema.safeParse(row.mix);
  return {
    residents: row.residents,
    deprivation:
      mix.success && row.edition !== null && row.nation !== null
        ? { nation: row.nation, edition: row.edition, households: mix.data, averageDecile: row.averageDecile }
        : null,
    sectors: row.sectors ?? [],
  };
}
