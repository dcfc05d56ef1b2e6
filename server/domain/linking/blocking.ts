/**
 * Which pairs of clients are worth comparing: those that share a blocking key. Several rules, each leaving out what
 * the others lean on, so that one slip never hides a pair. Every key is made of several parts, or of an identifier,
 * so that none is common enough to be guessed by how often it occurs.
 */

import { headNamesOf } from "../short-names";
import type { LinkRecord } from "./record";
import { soundex } from "./similarity";

/** Changes with the rules: keys kept from another version are made again. */
export const RULES_VERSION = 1;

/** The keys of a client, each beginning with the name of its rule; none twice. */
export function blockingKeys(record: LinkRecord): string[] {
  const keys = new Set<string>();
  const first = record.givenNames[0] ?? null;
  const names = [...new Set([...record.givenNames, ...record.familyNames])];
  const sounds = new Set(names.map(soundex));
  const day = record.dateOfBirth === null ? null : orderFree(record.dateOfBirth);
  const { district, full } = postcodeParts(record.postcode);

  for (const { kind, value } of record.identifiers) keys.add(`identifier|${kind}|${value}`);
  for (const sound of sounds) {
    if (day) keys.add(`date-name|${day}|${sound}`);
    if (full) keys.add(`postcode-name|${full}|${sound}`);
    for (const phone of record.phones) keys.add(`phone-name|${phone}|${sound}`);
    for (const email of record.emails) keys.add(`email-name|${email}|${sound}`);
  }
  if (day && district) keys.add(`date-district|${day}|${district}`);
  if (first !== null) {
    for (const family of new Set(record.familyNames.map(soundex))) {
      for (const given of new Set(headNamesOf(first).map(soundex))) {
        const both = given < family ? `${given}|${family}` : `${family}|${given}`;
        if (district) keys.add(`names-district|${both}|${district}`);
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

/** The postcode when it is whole, and its district. Text that is no UK postcode is both. */
export function postcodeParts(postcode: string | null): { full: string | null; district: string | null } {
  if (postcode === null) return { full: null, district: null };
  const [district = "", inward = ""] = postcode.split(" ");
  return inward.length === 3 || (inward === "" && district.length > 4)
    ? { full: postcode, district }
    : { full: null, district };
}
