/** Where somebody lives, in the few words that a list may show. */
import type { Place } from "../../server/domain/client";

/** "SR4 6": the sector alone, because a whole postcode is not needed to know who it is. */
export function sectorOf(place: Place): string {
  if (place.kind === "postcode") return place.postcode.slice(0, -2);
  return place.kind === "no-fixed-address" ? "No fixed address" : "Address not known";
}

/** The whole place, for who needs it. */
export function placeInWords(place: Place): string {
  if (place.kind === "postcode") return place.postcode === "" ? "Another postcode" : place.postcode;
  return place.kind === "no-fixed-address" ? "No fixed address" : "Not known";
}
