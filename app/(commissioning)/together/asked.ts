/** What the address of the page asks for; whatever it cannot be is what stands first. */

import type { TogetherChoices } from "../../../server/domain/together";

export interface Asked {
  /** For pairs: an authority or a larger area. */
  area: number;
  /** For areas that are alike: any area. */
  place: number;
  period: string;
}

/** Null: nothing has settled that could be told. */
export function readAsked(
  query: Readonly<Record<string, string | string[] | undefined>>,
  { areas, places, periods }: TogetherChoices,
): Asked | null {
  const one = (name: string) => {
    const value = query[name];
    return typeof value === "string" ? value : "";
  };
  const area =
    areas.find((each) => String(each.area) === one("area")) ??
    areas.find(({ level }) => level === "region") ??
    areas[0];
  const place =
    places.find((each) => String(each.area) === one("place")) ??
    places.find(({ level }) => level === "district") ??
    places[0];
  const period = periods.find((each) => each.period === one("period")) ?? periods[0];
  if (!area || !place || !period) return null;
  return { area: area.area, place: place.area, period: period.period };
}

/** The address that asks for this. */
export function addressOf({ area, place, period }: Asked): string {
  return `/together?${new URLSearchParams({ area: String(area), place: String(place), period })}`;
}
