/**
 * Lookups between small areas and other places: LSOA of 2011 to LSOA of 2021 with its kind of change, and lists
 * that tie small areas to wards and authorities, of which the names are kept.
 */

import { findColumns, headerOf, requireColumn } from "./layout";
import { csvEntries, type Load } from "./load";
import { PlaceNames } from "./names";
import { smallAreaOf } from "./small-areas";

const COLUMNS = {
  code11: [/^lsoa11_?(?:code|cd)$/],
  name11: [/^lsoa11_?(?:name|nm)$/],
  code21: [/^lsoa21_?(?:code|cd)$/],
  name21: [/^lsoa21_?(?:name|nm)$/],
  change: [/^change_code$/, /^chn?gind$/],
} as const;

/** U unchanged, S split, M merged, X irregular (ONS, LSOA (2011) to LSOA (2021) exact fit lookup). */
const CHANGES = new Set(["U", "S", "M", "X"]);

/** Starts the load of one lookup. */
export function lookups(): Load {
  const names = new PlaceNames();
  let isLookup = false;
  return {
    staging: "code11 text, name11 text, code21 text, name21 text, change text",
    accepts: csvEntries,
    begin(first) {
      const header = headerOf(first.cells);
      const at = findColumns(header, COLUMNS);
      requireColumn(Math.max(at.code11, at.code21), "small areas", "lsoa11_code or lsoa21_code", header);
      isLookup = at.code11 >= 0 && at.code21 >= 0;
      if (isLookup) requireColumn(at.change, "kinds of change", "change_code or CHGIND", header);
      const readNames = names.reader(header);
      const fault = (line: number, column: number, text: string | undefined) => ({
        line,
        column: header[column] ?? "",
        reason: "not a small area",
        remedy: `"${text}" is not an LSOA. Take the row out or mend the code.`,
      });
      return {
        table: {
          width: first.cells.length,
          stage({ cells, line }) {
            const code11 = at.code11 < 0 ? null : smallAreaOf(cells[at.code11], "2011");
            const code21 = at.code21 < 0 ? null : smallAreaOf(cells[at.code21], "2021");
            if (at.code11 >= 0 && !code11) return fault(line, at.code11, cells[at.code11]);
            if (at.code21 >= 0 && !code21) return fault(line, at.code21, cells[at.code21]);
            const change = at.change < 0 ? null : (cells[at.change]?.trim().toUpperCase() ?? "");
            if (isLookup && !CHANGES.has(change ?? "")) {
              const remedy = "The change is U (unchanged), S (split), M (merged) or X (irregular).";
              return { line, column: header[at.change] ?? "", reason: "not a kind of change", remedy };
            }
            readNames(cells);
            const name = (column: number) => (column < 0 ? null : (cells[column]?.trim() ?? null));
            return [code11?.code ?? null, name(at.name11), code21?.code ?? null, name(at.name21), change];
          },
        },
      };
    },
    async merge(tx) {
      const named = await tx`
        insert into reference.small_area as a (geography, code, name)
        select distinct on (geography, code) geography, code, name
        from (select 'lsoa11' as geography, code11 as code, name11 as name from staging
              union all select 'lsoa21', code21, name21 from staging) as s
        where code is not null and name is not null
        order by geography, code, name
        on conflict (geography, code) do update set name = excluded.name
        where a.name is distinct from excluded.name`;
      const placeNames = await names.store(tx);
      if (!isLookup) {
        const [rows] = await tx<{ count: number }[]>`select count(*)::int as count from staging`;
        return { loaded: Math.min(rows?.count ?? 0, Math.max(named.count, placeNames)), edition: null };
      }
      const looked = await tx`
        insert into reference.small_area_lookup as l (code_2011, code_2021, change)
        select distinct on (code11, code21) code11, code21, change from staging order by code11, code21
        on conflict (code_2011, code_2021) do update set change = excluded.change
        where l.change <> excluded.change`;
      return { loaded: looked.count, edition: null };
    },
  };
}
