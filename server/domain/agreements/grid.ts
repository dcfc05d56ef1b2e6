/**
 * The grid of an agreement: how small a place, how much detail, for whom. Every cell says exactly which fields it
 * opens, and a cell opens all that the cells with less detail open. What no cell opens does not leave an organisation.
 */

import type { Role } from "../access";

/** From the widest place to one person. */
export const PLACES = ["authority", "ward", "sector", "postcode", "street", "household", "person"] as const;
export type Place = (typeof PLACES)[number];

/** From the least detail to the most. */
export const DETAILS = ["known-to", "rag", "coded", "full"] as const;
export type Detail = (typeof DETAILS)[number];

/** For whom a cell is: a role at an organisation that receives. Officers, stewards and administrators see no cell. */
export const GROUPS = ["caseworker", "manager", "commissioner", "analyst"] as const satisfies readonly Role[];
export type Group = (typeof GROUPS)[number];

/** Where only figures exist: numbers of people that passed disclosure control. */
export const AREA_PLACES = ["authority", "ward", "sector"] as const satisfies readonly Place[];
export type AreaPlace = (typeof AREA_PLACES)[number];

/** Where there are rows about places or people, and never a number of people; in the order in which they are offered. */
export const CLOSE_PLACES = ["postcode", "street", "household", "person"] as const satisfies readonly Exclude<
  Place,
  AreaPlace
>[];
export type ClosePlace = (typeof CLOSE_PLACES)[number];

/** Whether only figures exist at this level of place. */
export const isAreaPlace = (place: Place): place is AreaPlace => AREA_PLACES.some((area) => area === place);

/**
 * What is opened.
 * place: which area, postcode, street or address. presence: whether a figure is shown there at all. colour: red, amber
 * or green: at an area by the rate of people with a need, closer by the worst open issue. figures: people by need in the
 * last settled year. series: the same for every settled period that there is. services: which service, how to reach its
 * team, how recent (0 to 3, 3 to 12, over 12 months), and whether to consult or to refer. needs: which needs, how each is
 * going. people: names and telephone numbers. Notes, dates of birth and identifiers are in no cell.
 */
export type SharedField =
  | "place"
  | "presence"
  | "colour"
  | "figures"
  | "series"
  | "services"
  | "needs"
  | "people";

const OF_AREAS: Readonly<Record<Detail, SharedField>> = {
  "known-to": "presence",
  rag: "colour",
  coded: "figures",
  full: "series",
};

const OF_CLOSE_PLACES: Readonly<Record<Detail, SharedField>> = {
  "known-to": "services",
  rag: "colour",
  coded: "needs",
  full: "people",
};

/** Exactly the fields that a cell opens, in order. */
export function fieldsOf(place: Place, detail: Detail): readonly SharedField[] {
  const fields = isAreaPlace(place) ? OF_AREAS : OF_CLOSE_PLACES;
  const upTo = DETAILS.slice(0, DETAILS.indexOf(detail) + 1).map((step) => fields[step]);
  return place === "person" ? upTo : ["place", ...upTo];
}

/** The lesser of two levels of detail. */
export const leastDetail = (a: Detail, b: Detail): Detail =>
  DETAILS.indexOf(a) <= DETAILS.indexOf(b) ? a : b;

/** The most detail that a group may be given at a place by any agreement; null: nothing. */
export function mostDetailFor(group: Group, place: Place): Detail | null {
  if (isAreaPlace(place)) return "full";
  if (group === "commissioner") return null;
  return group === "analyst" ? "coded" : "full";
}
