/**
 * Where somebody lives as keyed indexes, by which a list of an agreement finds a postcode, a street or a household in
 * every organisation without anybody's address being read (`identity.client_place`).
 */

import type { Place } from "./domain/client";
import { type NamedPlace, namedPlaces, type PlaceBreadth } from "./domain/place-breadth";
import { placeIndex, placeIndexesUnderEveryKey } from "./identity-vault";

/** The indexes of where a client lives, under the current key. */
export interface PlaceKeys {
  postcode: Buffer;
  /** Null where the address names no street that can be read. */
  street: Buffer | null;
  household: Buffer | null;
  /** Each of them as it was under every other secret of the key ring, beside what it is now. */
  earlier: readonly { breadth: PlaceBreadth; before: Buffer; after: Buffer }[];
}

/** What is recorded of somebody's home, and their names: a line that holds them is not shown to others as a house. */
export interface Home {
  givenName: string;
  familyName: string;
  place: Place;
  address: string | null;
  /** Nobody outside may find it. */
  homeIsSecret: boolean;
}

/** Null where no postcode is known, for somebody with no fixed address, and for a home that nobody outside may find. */
export function placeKeys(home: Home): PlaceKeys | null {
  const { place, address, homeIsSecret, givenName, familyName } = home;
  if (homeIsSecret) return null;
  const named = namedPlaces({
    postcode: place.kind === "postcode" ? place.postcode : null,
    address,
    names: [givenName, familyName],
  });
  const { postcode, street, household } = named;
  if (!postcode) return null;
  return {
    postcode: placeIndex("postcode", postcode.text),
    street: street && placeIndex("street", street.text),
    household: household && placeIndex("household", household.text),
    earlier: (["postcode", "street", "household"] as const).flatMap((breadth) => {
      const place = named[breadth];
      const [after, ...others] = place ? keysOfPlace(breadth, place) : [];
      return after ? others.map((before) => ({ breadth, before, after })) : [];
    }),
  };
}

/**
 * The keys under which `identity.client_place` may hold a place that somebody typed (`readTypedPlace`): one for each
 * secret of the key ring, the current one first.
 */
export function keysOfPlace(breadth: PlaceBreadth, { text }: NamedPlace): Buffer[] {
  return placeIndexesUnderEveryKey(breadth, text);
}
