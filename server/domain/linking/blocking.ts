/**
 * Which pairs of clients are worth comparing: those that share a blocking key. Several rules, each leaving out what
 * the others lean on, so that one slip never hides a pair. Every key is made of several parts, or of an identifier,
 * so that none is common enough to be guessed by how often it occurs.
 */

import type { CheckedIdentifier } from "../identifiers";
import { headNamesOf } from "../short-names";
import type { LinkRecord } from "./record";
import { soundex } from "./similarity";

/** Changes with the rules: keys kept from another version are made again. */
export const RULES_VERSION = 1;

const IDENTIFIER_RULE = "identifier|";

/** The blocking key of an identifier. */
export const blockOfIdentifier = ({ kind, value }: CheckedIdentifier): string =>
  `${IDENTIFIER_RULE}${kind}|${value}`;

/** Whether a blocking key is that of an identifier. */
export const isBlockOfIdentifier = (key: string): boolean => key.startsWith(IDENTIFIER_RULE);

/** The keys of a client, each beginning with the name of its rule; none twice. */
export function blockingKeys(record: LinkRecord): string[] {
  const keys = new Set<string>();
  const first = record.givenNames[0] ?? null;
  const family = record.familyNames.join("");
  // A stray space makes two words of one name: the whole counts as well.
  const names = [...record.givenNames, ...record.familyNames, family].filter((name) => name.length > 1);
  const sounds = new Set(names.map(soundex));
  const day = record.dateOfBirth === null ? null : orderFree(record.dateOfBirth);
  const street = record.address === null ? null : streetSound(record.address);
  const house = record.address === null ? null : `${record.address.replace(/\D+/g, " ").trim()} ${street}`;
  const town = record.town === null ? null : soundex(record.town.replaceAll(" ", ""));
  const { district, full } = postcodeParts(record.postcode);

  for (const identifier of record.identifiers) keys.add(blockOfIdentifier(identifier));
  for (const sound of sounds) {
    if (day) keys.add(`date-name|${day}|${sound}`);
    if (full) keys.add(`postcode-name|${full}|${sound}`);
    for (const phone of record.phones) keys.add(`phone-name|${phone}|${sound}`);
    for (const email of record.emails) keys.add(`email-name|${email}|${sound}`);
    if (house) keys.add(`house-name|${house}|${sound}`);
    if (street && town) keys.add(`street-town-name|${street}|${town}|${sound}`);
  }
  if (house && town) keys.add(`house-town|${house}|${town}`);
  if (house && district) keys.add(`house-district|${house}|${district}`);
  if (day && street) keys.add(`date-street|${day}|${street}`);
  if (day && first !== null && family !== "") {
    const letters = [first.charAt(0), family.charAt(0)].sort().join("");
    keys.add(`date-initials|${day}|${letters}`);
  }
  if (day && town) keys.add(`date-town|${day}|${town}`);
  if (day && district) keys.add(`date-district|${day}|${district}`);
  if (first !== null) {
    for (const last of new Set([...record.familyNames, family].map(soundex))) {
      for (const given of new Set(headNamesOf(first).map(soundex))) {
        const both = given < last ? `${given}|${last}` : `${last}|${given}`;
        if (district) keys.add(`names-district|${both}|${district}`);
        if (town) keys.add(`names-town|${both}|${town}`);
        if (record.dateOfBirth === null) continue;
        keys.add(`names-year|${both}|${record.dateOfBirth.slice(0, 4)}`);
        keys.add(`names-day|${both}|${orderFree(record.dateOfBirth).slice(4)}`);
      }
    }
  }
  return [...keys];
}

/** A date with the smaller of day and month first, so that one with both exchanged gives the same text. */
function orderFree(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return month < day ? year + month + day : year + day + month;
}

/** The sound of the longest word of an address: its street, through most slips. */
function streetSound(address: string): string {
  const words = address.split(" ").filter((word) => !/\d/.test(word));
  return soundex(words.reduce((found, word) => (word.length > found.length ? word : found), ""));
}

/** What is the first half of a British postcode and no more. */
const DISTRICT = /^[A-Z]{1,2}\d[A-Z\d]?$/;

/** The postcode when it is whole, and its district. Text of another country is both. */
export function postcodeParts(postcode: string | null): { full: string | null; district: string | null } {
  if (postcode === null) return { full: null, district: null };
  const [district = "", inward = ""] = postcode.split(" ");
  const partial = inward.length === 1 || (inward === "" && DISTRICT.test(district));
  return { full: partial ? null : postcode, district };
}
