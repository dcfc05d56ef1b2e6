/**
 * Finds a place from what anybody types: a postcode or part of one, a district, the name of an authority or a
 * region, with a slip. Over the areas of open figures; nothing that is typed is kept.
 */

import type { Sql } from "../../db/client";
import type { AreaRow } from "../domain/open-data/tables";
import { nameFit, postcodeMeanings } from "../domain/place-search";
import { fold } from "../domain/text-match";
import { findWards } from "../figures/places";

const MOST = 12;

/** Places that fit, best first; wider ones before narrower ones that fit as well. */
export function findPlaces(areas: readonly AreaRow[], typed: string): AreaRow[] {
  const text = fold(typed);
  if (text === "") return [];
  const sector = sectorOf(typed);
  return areas
    .filter(({ level }) => level !== "unplaced")
    .map((area) => ({ area, worth: worthOf(area, text, sector) }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth || width(b.area) - width(a.area) || byCode(a.area, b.area))
    .slice(0, MOST)
    .map(({ area }) => area);
}

/** Wards by name, each with the sector that most of its postcodes count in, as that is in open figures. */
export async function findWardPlaces(
  reader: Sql,
  areas: readonly AreaRow[],
  typed: string,
): Promise<{ ward: string; area: AreaRow }[]> {
  const year = Math.max(...areas.map((area) => area.geography_year));
  if (fold(typed) === "" || !Number.isFinite(year)) return [];
  const sectors = new Map(areas.filter(({ level }) => level === "sector").map((area) => [area.area, area]));
  return (await findWards(reader, year, typed)).flatMap(({ name, areaCode }) => {
    const area = sectors.get(areaCode);
    return area ? [{ ward: name, area }] : [];
  });
}

const WIDTHS = ["sector", "district", "authority", "region", "nation"];
const width = ({ level }: AreaRow) => WIDTHS.indexOf(level);
const byCode = (a: AreaRow, b: AreaRow) => a.area.localeCompare(b.area, "en", { numeric: true });

/** The sector of a whole postcode, with one lookalike put right: "sr13dw" and "sri3dw" are of "SR1 3". */
function sectorOf(typed: string): string | null {
  return postcodeMeanings(typed).find(({ postcode }) => postcode !== null)?.sector ?? null;
}

/** What the fit of a name is worth: the same, its beginning, all words, all words with a slip. */
const WORTH_OF_FIT = [94, 80, 50, 35] as const;

function worthOf(area: AreaRow, text: string, sector: string | null): number {
  const sectors = area.postcode_sectors?.split("+") ?? [];
  if (sector !== null) return sectors.includes(sector) ? 100 : sector.startsWith(`${area.area} `) ? 90 : 0;
  const close = text.replaceAll(" ", "");
  const codes = [area.area, ...sectors].map((code) => fold(code).replaceAll(" ", ""));
  if (codes.includes(close)) return 95;
  const name = fold(area.area_name);
  if (name === text) return 94;
  if (/\d/.test(close)) return codes.some((code) => code.startsWith(close)) ? 70 : 0;
  const fit = nameFit(text, name);
  if (fit !== null) return WORTH_OF_FIT[fit] ?? 0;
  return text.length >= 2 && codes.some((code) => code.startsWith(close)) ? 40 : 0;
}
