/**
 * How closely a place is named - a postcode, a street, a household - and the text and words of each: the text is keyed
 * and compared (`server/identity-vault.ts`), the words are what somebody reads. Pure.
 */

import type { ClosePlace } from "./agreements/grid";
import { parsePostcode } from "./geography";
import { readStreetAddress } from "./street-address";
import { wordsOf } from "./text-match";

/** Everybody of a postcode, of a street within its postcode sector, of one home within its postcode. */
export type PlaceBreadth = Exclude<ClosePlace, "person">;

/** A place of one breadth. */
export interface NamedPlace {
  /** The same text for the same place, however it was typed; for keyed indexes alone, never shown. */
  text: string;
  /** "14 Whitby Street, SR1 3DW". */
  words: string;
}

/** Null where what was recorded does not reach so far. */
export type NamedPlaces = Readonly<Record<PlaceBreadth, NamedPlace | null>>;

const NOWHERE: NamedPlaces = { postcode: null, street: null, household: null };

/**
 * A place at every breadth, from a postcode and the line beside it, as they are recorded, and the names of whoever lives
 * there where they are known. Null in every one for a postcode that is none: forces' post and the pseudo postcodes of the
 * NHS are no places where several live. What names somebody is shown to nobody as a place.
 */
export function namedPlaces(recorded: {
  postcode: string | null;
  address: string | null;
  names?: readonly string[];
}): NamedPlaces {
  const reading = recorded.postcode === null ? null : parsePostcode(recorded.postcode);
  if (!reading?.ok || reading.kind !== "postcode") return NOWHERE;
  const { postcode, sector } = reading;
  const { building, street } = readStreetAddress(recorded.address ?? "");
  const names = (recorded.names ?? []).flatMap(wordsOf).filter((name) => name.length > 1);
  const ofStreet = street && !isStreetOf(street.shown, names) ? street : null;
  const ofHome = building && ofStreet === street && !isHouseOf(building.shown, names) ? building : null;
  return {
    postcode: { text: postcode, words: postcode },
    street: ofStreet && streetWithin(sector, ofStreet),
    household: ofHome && {
      // With its street: one postcode may have two, and a house of the same number in each.
      text: [ofHome.key, ofStreet?.key ?? "", postcode].join("|"),
      words: [inStreet(ofHome.shown, ofStreet?.shown), postcode].join(", "),
    },
  };
}

/** No house or street is called by one. */
const TITLES: ReadonlySet<string> = new Set(
  "mr mrs ms miss mx dr prof professor rev revd reverend".split(" "),
);

/** Whether the words for a house name somebody instead: "Mrs Okafor's House", or any word of their names. */
function isHouseOf(shown: string, names: readonly string[]): boolean {
  const called = new Set(names.flatMap((name) => [name, `${name}s`]));
  return wordsOf(shown).some((word) => TITLES.has(word) || called.has(word));
}

/** Whether somebody's name was written before their street without a comma. One name alone may be the street's own. */
function isStreetOf(shown: string, names: readonly string[]): boolean {
  const words = wordsOf(shown);
  return (
    words.some((word) => TITLES.has(word)) ||
    (names.length > 1 && names.every((name) => words.includes(name)))
  );
}

const streetWithin = (sector: string, { key, shown }: { key: string; shown: string }): NamedPlace => ({
  text: `${key}|${sector}`,
  words: `${shown}, ${sector}`,
});

/** "Flat 2, 14 Whitby Street", "Rose Cottage, Church Lane". */
function inStreet(building: string, street: string | undefined): string {
  if (street === undefined) return building;
  return /(?:^|, )\d[^ ,]*$/.test(building) ? `${building} ${street}` : `${building}, ${street}`;
}

/** What somebody typed to name a place, or which field of it cannot be read and why. */
export type TypedPlace =
  | { ok: true; place: NamedPlace }
  | { ok: false; field: "postcode" | "address"; reason: string };

/**
 * Reads a place as somebody types it: a postcode; a street with a postcode or only its sector, "SR1 3"; or the house and
 * street with a postcode. Never guesses.
 */
export function readTypedPlace(
  breadth: PlaceBreadth,
  typed: { postcode: string; address: string },
): TypedPlace {
  const sector = breadth === "street" ? readSector(typed.postcode) : null;
  if (sector !== null) {
    const { street } = readStreetAddress(typed.address);
    return street ? { ok: true, place: streetWithin(sector, street) } : NO_STREET;
  }
  const reading = parsePostcode(typed.postcode);
  if (!reading.ok || reading.kind !== "postcode")
    return { ok: false, field: "postcode", reason: reading.reason };
  const place = namedPlaces({ postcode: reading.postcode, address: typed.address })[breadth];
  if (place) return { ok: true, place };
  return breadth === "street" ? NO_STREET : NO_HOUSE;
}

const NO_STREET: TypedPlace = {
  ok: false,
  field: "address",
  reason: "Enter the name of a street, like Whitby Street.",
};
const NO_HOUSE: TypedPlace = {
  ok: false,
  field: "address",
  reason: "Enter the number or name of the house and its street, like 14 Whitby Street.",
};

/** "sr13" and "SR1 3" as "SR1 3"; null for what is no sector. */
export function readSector(text: string): string | null {
  const joined = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s.-]+/g, "");
  // Any last two letters that postcodes have: it is read by one rule.
  const reading = parsePostcode(`${joined}AA`);
  return reading.ok && reading.kind === "postcode" ? reading.sector : null;
}
