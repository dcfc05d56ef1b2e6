/**
 * Finds a place from what anybody types: a postcode or part of one, a district, the name of an authority or a
 * region, with a slip. Over the areas of open figures; nothing that is typed is kept.
 */

import { parsePostcode } from "../domain/geography";
import type { AreaRow } from "../domain/open-data/tables";
import { fold, isOneSlip } from "../domain/text-match";

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

const WIDTHS = ["sector", "district", "authority", "region", "nation"];
const width = ({ level }: AreaRow) => WIDTHS.indexOf(level);
const byCode = (a: AreaRow, b: AreaRow) => a.area.localeCompare(b.area, "en", { numeric: true });

/** The sector of a whole postcode: "sr13dw" is of "SR1 3". */
function sectorOf(typed: string): string | null {
  const reading = parsePostcode(typed);
  return reading.ok && reading.kind === "postcode" ? reading.sector : null;
}

function worthOf(area: AreaRow, text: string, sector: string | null): number {
  const sectors = area.postcode_sectors?.split("+") ?? [];
  if (sector !== null) return sectors.includes(sector) ? 100 : sector.startsWith(`${area.area} `) ? 90 : 0;
  const close = text.replaceAll(" ", "");
  const codes = [area.area, ...sectors].map((code) => fold(code).replaceAll(" ", ""));
  if (codes.includes(close)) return 95;
  const name = fold(area.area_name);
  if (name === text) return 94;
  if (/\d/.test(close)) return codes.some((code) => code.startsWith(close)) ? 70 : 0;
  if (name.startsWith(text)) return 80;
  const words = name.split(" ");
  const typedWords = text.split(" ");
  const found = typedWords.map((word): number => {
    if (words.some((each) => each.startsWith(word))) return 1;
    return word.length > 3 && words.some((each) => isOneSlip(each, word)) ? 0.7 : 0;
  });
  const share = found.reduce((sum, part) => sum + part, 0) / found.length;
  if (found.every((part) => part > 0)) return 50 * share;
  return text.length >= 2 && codes.some((code) => code.startsWith(close)) ? 40 : 0;
}
