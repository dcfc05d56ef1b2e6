/**
 * What is counted by small area: households and residents. Shared by the files that bring nothing else, by the
 * Indices of Deprivation that bring populations, and by lookups that bring names. A newer edition of a number
 * replaces an older one; an older one only fills a gap.
 */

import type { Tx } from "../../db/client";
import { type SmallAreaColumn, smallAreaGeography } from "../domain/geography";
import { type EditionName, editionNumber } from "./edition";
import { findColumns, type Patterns } from "./layout";

/** Patterns of the column of small-area codes; the census year is in its name, or in the code itself. */
export const SMALL_AREA_CODE: Patterns<"y2011" | "y2021" | "unsaid"> = {
  y2011: [
    /^(?:lsoa|dz|soa)(?:11|01)_?(?:code|cd)$/,
    /^lsoa code \((?:2011|2001)\)$/,
    /^soa(?:2001)?(?:code)?$/,
    /^data_?zone(?:_?2011)?$/,
  ],
  y2021: [
    /^(?:lsoa|dz|sdz)(?:21|22)_?(?:code|cd)$/,
    /^lsoa code \(2021\)$/,
    /^lower layer super output areas code$/,
    /^data_?zone_?2022$/,
  ],
  unsaid: [/^geography code$/, /^lsoa[ _]code$/],
};

const SMALL_AREA_NAME = [
  /^(?:lsoa|dz|soa|sdz)\d\d_?(?:name|nm)$/,
  /^lsoa name \(\d{4}\)$/,
  /^lower layer super output areas$/,
];

export interface SmallAreaColumns {
  code: number;
  name: number;
  column: SmallAreaColumn;
}

/** Where a header has the code of a small area; null when it does not. `unsaid` decides for a name without a year. */
export function findSmallArea(header: readonly string[], unsaid: SmallAreaColumn): SmallAreaColumns | null {
  const found = findColumns(header, SMALL_AREA_CODE);
  const name = findColumns(header, { name: SMALL_AREA_NAME }).name;
  if (found.y2021 >= 0) return { code: found.y2021, name, column: "2021" };
  if (found.y2011 >= 0) return { code: found.y2011, name, column: "2011" };
  return found.unsaid >= 0 ? { code: found.unsaid, name, column: unsaid } : null;
}

const CODE = /^(?:[EWSN]\d{8}|95[A-Z]{2}\d\d[A-Z]\d)$/;

/** The code and its geography, or null when the text is no small area's code. */
export function smallAreaOf(
  text: string | undefined,
  column: SmallAreaColumn,
): { code: string; geography: string } | null {
  const code = text?.trim() ?? "";
  return CODE.test(code) ? { code, geography: smallAreaGeography(code, column) } : null;
}

/**
 * Brings staged counts (columns geography, code, name and `value`) into `reference.small_area` and gives back how
 * many rows changed.
 */
export async function mergeCounts(
  tx: Tx,
  kind: "households" | "residents",
  edition: EditionName,
): Promise<number> {
  const number = await editionNumber(tx, kind, edition);
  const value = tx(kind);
  const source = tx(`${kind}Edition`);
  const merged = await tx`
    insert into reference.small_area as a (geography, code, name, ${value}, ${source})
    select s.geography, s.code, s.name, s.value, ${number} from staging as s where s.value is not null
    on conflict (geography, code) do update set
      ${value} = excluded.${value}, ${source} = excluded.${source}, name = coalesce(a.name, excluded.name)
    where (a.${source} is null or a.${source} = ${number}
           or (select month from reference.edition where number = a.${source}) < ${edition.month})
      and (a.${value}, a.${source}, a.name)
        is distinct from (excluded.${value}, excluded.${source}, coalesce(a.name, excluded.name))`;
  return merged.count;
}
