/**
 * Where a contact counts: its postcode resolved to release sector, small area, ward, authority, nation and
 * deprivation, with the editions used. Resolved once, when the contact is accepted, and stored with it.
 */

import type { Db } from "../db/client";
import type { Day } from "./domain/period";

/** The columns of place of a contact, and what may be said of it. */
export interface Place {
  placeKind: "postcode" | "no-fixed-address" | "unknown" | "outside";
  /** Number of the release sector, or of the bucket. */
  releaseSector: number;
  /** LSOA, data zone or SOA: the one that gave the decile, else the newest known. */
  smallArea: string | null;
  ward: string | null;
  /** Best fit of the whole release sector. */
  authority: string | null;
  nation: string | null;
  deprivationDecile: number | null;
  /** Numbers of `reference.edition`. */
  deprivationEdition: number | null;
  postcodeEdition: number | null;
  /** Lives in one of the 20% most deprived areas of the nation; null when that is not known. */
  mostDeprivedFifth: boolean | null;
  /** In plain words, why there is no place on the map; null when there is one. */
  note: string | null;
}

export interface PlaceRequest {
  /** As written; null when not given. */
  postcode: string | null;
  noFixedAddress?: boolean;
  occurredOn: Day;
}

/** Places of many contacts, in the order asked, with one query for all of them. */
export async function placesOf(_db: Db, requests: readonly PlaceRequest[]): Promise<Place[]> {
  return requests.map(() => ({
    placeKind: "unknown",
    releaseSector: 2,
    smallArea: null,
    ward: null,
    authority: null,
    nation: null,
    deprivationDecile: null,
    deprivationEdition: null,
    postcodeEdition: null,
    mostDeprivedFifth: null,
    note: null,
  }));
}
