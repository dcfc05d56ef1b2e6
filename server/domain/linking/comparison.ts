/**
 * How two records agree: one level for each field, from the same to different, or null where either says nothing.
 * Symmetric, without any weight: what a level is worth is the model's to say.
 */

import { otherNamesOf } from "../short-names";
import { postcodeParts } from "./blocking";
import type { LinkRecord } from "./record";
import { editDistance, jaroWinkler } from "./similarity";

/** The levels of each field, the best first. */
export const LEVELS = {
  givenName: ["same", "nickname", "close", "middle", "initial", "similar", "different"],
  middleName: ["same", "initial", "different"],
  familyName: ["same", "variant", "close", "part", "similar", "different"],
  /** The family name again where either is a woman: women change theirs more often. */
  womansFamilyName: ["same", "variant", "close", "part", "similar", "different"],
  sex: ["same", "different"],
  dateOfBirth: ["same", "exchanged", "slip", "first-of-january", "month", "year", "different"],
  place: ["home", "address", "postcode", "street", "slip", "sector", "district", "different"],
  town: ["same", "close", "different"],
  phone: ["same", "slip", "different"],
  email: ["same", "close", "different"],
  identifiers: ["several", "same", "mixed", "slip", "different"],
} as const;

export type Field = keyof typeof LEVELS;

/** The fields that are compared, in order. */
export const FIELDS = Object.keys(LEVELS).filter((name): name is Field => name in LEVELS);

export type LevelOf<F extends Field> = (typeof LEVELS)[F][number];
export type Levels = { [F in Field]: LevelOf<F> | null };

/** Fields in which agreement on a rare value says more than on a common one. */
export const FREQUENCY_FIELDS = ["givenName", "familyName", "dateOfBirth", "postcode", "phone"] as const;
export type FrequencyField = (typeof FREQUENCY_FIELDS)[number];

export interface Comparison {
  levels: Levels;
  /** First and last name of one stand where the other has last and first; the levels are those of the names. */
  exchanged: boolean;
  /** The values that are the same on both sides, for their rarity. */
  shared: Readonly<Partial<Record<FrequencyField, string>>>;
}

/** Compares two records. `compareRecords(a, b)` equals `compareRecords(b, a)`. */
export function compareRecords(a: LinkRecord, b: LinkRecord): Comparison {
  const names = compareNames(a, b);
  const woman = a.sex === "female" || b.sex === "female";
  const shared: Partial<Record<FrequencyField, string>> = {};
  if (names.givenName === "same") {
    // "Mary Ann" beside "Maryann": the one that comes first, whichever record is named first.
    shared.givenName = names.exchanged ?? [a.givenNames[0] ?? "", b.givenNames[0] ?? ""].sort()[0] ?? "";
  }
  if (names.familyName === "same") {
    const [one, other] = [a.familyNames.join(""), b.familyNames.join("")];
    shared.familyName = names.exchanged === one ? other : one;
  }
  const dateOfBirth = compareDates(a.dateOfBirth, b.dateOfBirth);
  if (dateOfBirth === "same" && a.dateOfBirth) shared.dateOfBirth = a.dateOfBirth;
  const place = comparePlaces(a, b);
  if (place === "postcode" && a.postcode) shared.postcode = a.postcode;
  const phone = compareSets(a.phones, b.phones, (one, other) => editDistance(one, other, 1) === 1);
  if (phone === "same") shared.phone = a.phones.filter((one) => b.phones.includes(one)).sort()[0] ?? "";
  const email = compareSets(a.emails, b.emails, isOneLetterOff);
  return {
    levels: {
      givenName: names.givenName,
      middleName: names.middleName,
      familyName: woman ? null : names.familyName,
      womansFamilyName: woman ? names.familyName : null,
      sex: a.sex === null || b.sex === null ? null : a.sex === b.sex ? "same" : "different",
      dateOfBirth,
      place,
      town: townCounts(place, a.postcode) ? compareTowns(a.town, b.town) : null,
      phone: phone === "near" ? "slip" : phone,
      email: email === "near" ? "close" : email,
      identifiers: compareIdentifiers(a, b),
    },
    exchanged: names.exchanged !== null,
    shared,
  };
}

/** Addresses hold names, so that those of a family are alike by nature: only a letter, never a number, may differ. */
function isOneLetterOff(one: string, other: string): boolean {
  const numbers = (text: string) => text.replace(/\D/g, "");
  return numbers(one) === numbers(other) && editDistance(one, other, 1) === 1;
}

interface NameLevels {
  /** Where first and last names are exchanged: the one that is taken for the given name. */
  exchanged: string | null;
  givenName: Levels["givenName"];
  middleName: Levels["middleName"];
  familyName: LevelOf<"familyName"> | null;
}

function compareNames(a: LinkRecord, b: LinkRecord): NameLevels {
  const familyName = compareFamily(a.familyNames, b.familyNames);
  let givenName = compareGiven(a.givenNames, b.givenNames);
  if (alike(familyName) === 1 && (givenName === "similar" || givenName === "different")) {
    // A short form of a name with a slip in it takes longer to see: only looked for where the family name fits.
    const [one = "", other = ""] = [a.givenNames[0], b.givenNames[0]];
    if (isNearNickname(one, other) || isNearNickname(other, one)) givenName = "nickname";
  }
  const whole = a.givenNames.length > 0 && b.givenNames.length > 0 && familyName !== null;
  if (whole && alike(givenName) + alike(familyName) === 0) {
    const oneWay = compareExchanged(a, b);
    const otherWay = oneWay === "different" ? "different" : compareExchanged(b, a);
    if (alike(oneWay) + alike(otherWay) > 0 && otherWay !== "different") {
      // Which of the two is the given name nobody can tell: the same one for either order of the records.
      const [first, second] = [a.givenNames[0] ?? "", b.givenNames[0] ?? ""];
      return first < second
        ? { exchanged: first, givenName: oneWay, middleName: null, familyName: otherWay }
        : { exchanged: second, givenName: otherWay, middleName: null, familyName: oneWay };
    }
  }
  return {
    exchanged: null,
    givenName,
    middleName: compareMiddle(a.givenNames, b.givenNames, givenName),
    familyName,
  };
}

const alike = (level: string | null) => (level === "same" || level === "close" ? 1 : 0);

/** The given name of one with the family name of the other. */
function compareExchanged(one: LinkRecord, other: LinkRecord): "same" | "close" | "similar" | "different" {
  const given = one.givenNames[0] ?? "";
  const family = other.familyNames.join("");
  if (given === family || one.givenNames.join("") === family) return "same";
  return likenessOf(given, family);
}

function compareGiven(a: readonly string[], b: readonly string[]): LevelOf<"givenName"> | null {
  const [one, other] = [a[0], b[0]];
  if (one === undefined || other === undefined) return null;
  // "Mary Ann" and "Maryann" are one name.
  if (one === other || one === b.slice(0, 2).join("") || other === a.slice(0, 2).join("")) return "same";
  if (one.length === 1 || other.length === 1) {
    return one.charAt(0) === other.charAt(0) ? "initial" : "different";
  }
  if (isNickname(one, other)) return "nickname";
  const likeness = likenessOf(one, other);
  if (likeness === "close") return "close";
  const hasMiddle = a.length > 1 || b.length > 1;
  if (hasMiddle && (isAmong(one, b.slice(1)) || isAmong(other, a.slice(1)))) return "middle";
  return likeness;
}

const isNickname = (one: string, other: string) =>
  otherNamesOf(one).includes(other) || otherNamesOf(other).includes(one);

/** Whether a name is a slip away from another name of the other: "chirstopher" for "chris". */
const isNearNickname = (one: string, other: string) =>
  one.length > 3 &&
  otherNamesOf(other).some(
    (name) => name.length > 3 && name.charAt(0) === one.charAt(0) && editDistance(name, one, 1) === 1,
  );

const isAmong = (name: string, others: readonly string[]) =>
  others.some((other) => name === other || isNickname(name, other) || isClose(name, other));

/** Likeness of a typing error (Splink's own step), and of names that only sound related. */
const CLOSE = 0.92;
const SIMILAR = 0.8;

const isClose = (one: string, other: string) => likenessOf(one, other) === "close";

/** A slip away or nearly so, likely related, or neither. Two letters are too few to be close. */
function likenessOf(one: string, other: string): "close" | "similar" | "different" {
  const shorter = Math.min(one.length, other.length);
  if (shorter > 3 && editDistance(one, other, 1) <= 1) return "close";
  const likeness = jaroWinkler(one, other);
  if (likeness >= CLOSE && shorter >= 3) return "close";
  return likeness >= SIMILAR ? "similar" : "different";
}

function compareMiddle(
  a: readonly string[],
  b: readonly string[],
  givenName: LevelOf<"givenName"> | null,
): LevelOf<"middleName"> | null {
  const [one, other] = [a[1], b[1]];
  if (one === undefined || other === undefined || givenName === "middle") return null;
  if (a.slice(1).some((name) => b.slice(1).includes(name))) return "same";
  if (one.length === 1 || other.length === 1) {
    return one.charAt(0) === other.charAt(0) ? "initial" : "different";
  }
  return isNickname(one, other) || isClose(one, other) ? "same" : "different";
}

function compareFamily(a: readonly string[], b: readonly string[]): LevelOf<"familyName"> | null {
  if (a.length === 0 || b.length === 0) return null;
  const [one, other] = [a.join(""), b.join("")];
  if (one === other) return "same";
  if (isNickname(one, other)) return "variant";
  const likeness = likenessOf(one, other);
  if (likeness === "close") return "close";
  if (a.length + b.length > 2 && a.some((word) => word.length > 2 && b.includes(word))) return "part";
  return likeness;
}

function compareDates(a: string | null, b: string | null): LevelOf<"dateOfBirth"> | null {
  if (a === null || b === null) return null;
  if (a === b) return "same";
  const [yearA, monthA, dayA] = [a.slice(0, 4), a.slice(5, 7), a.slice(8)];
  const [yearB, monthB, dayB] = [b.slice(0, 4), b.slice(5, 7), b.slice(8)];
  if (yearA === yearB && monthA === dayB && dayA === monthB) return "exchanged";
  if (yearA === yearB && (a.endsWith("-01-01") || b.endsWith("-01-01"))) return "first-of-january";
  if (editDistance(yearA + monthA + dayA, yearB + monthB + dayB, 1) === 1) return "slip";
  if (yearA === yearB && (monthA === monthB || dayA === dayB)) return "month";
  if (monthA === monthB && dayA === dayB) return "month";
  return Math.abs(Number(yearA) - Number(yearB)) <= 1 ? "year" : "different";
}

function comparePlaces(a: LinkRecord, b: LinkRecord): LevelOf<"place"> | null {
  const address = a.address === null || b.address === null ? null : compareAddresses(a.address, b.address);
  const postcode = comparePostcodes(a.postcode, b.postcode);
  if (address === "same") return postcode === "same" || postcode === "slip" ? "home" : "address";
  // One street and two numbers: neighbours as a rule, which says less than a postcode without an address.
  if (address === "street") return "street";
  return postcode === "same" ? "postcode" : (postcode ?? address);
}

function comparePostcodes(
  a: string | null,
  b: string | null,
): "same" | "slip" | "sector" | "district" | "different" | null {
  if (a === null || b === null) return null;
  const [one, other] = [postcodeParts(a), postcodeParts(b)];
  if (one.full !== null && other.full !== null) {
    if (one.full === other.full) return "same";
    if (editDistance(one.full.replace(" ", ""), other.full.replace(" ", ""), 1) === 1) return "slip";
  }
  if (one.district !== other.district) return "different";
  const [inwardA = "", inwardB = ""] = [a.split(" ")[1], b.split(" ")[1]];
  return inwardA !== "" && inwardA.charAt(0) === inwardB.charAt(0) ? "sector" : "district";
}

/** The same house, another one of the same street, or neither; slips and stray spaces do not count. */
function compareAddresses(a: string, b: string): "same" | "street" | "different" {
  if (a === b) return "same";
  const [one, other] = [a.replace(/[\d ]/g, ""), b.replace(/[\d ]/g, "")];
  if (one === "" || other === "" || jaroWinkler(one, other) < CLOSE) return "different";
  return a.replace(/\D+/g, " ").trim() === b.replace(/\D+/g, " ").trim() ? "same" : "street";
}

/**
 * Whether the town says something that the postcode and the address have not said. A British postcode is a street or
 * less; those of other countries, which are one word here, can hold several towns.
 */
function townCounts(place: LevelOf<"place"> | null, postcode: string | null): boolean {
  if (place === "postcode") return postcode !== null && !postcode.includes(" ");
  return place === null || place === "different" || place === "slip" || place === "street";
}

function compareTowns(a: string | null, b: string | null): LevelOf<"town"> | null {
  if (a === null || b === null) return null;
  const [one, other] = [a.replaceAll(" ", ""), b.replaceAll(" ", "")];
  if (one === other) return "same";
  return isClose(one, other) ? "close" : "different";
}

function compareSets(
  a: readonly string[],
  b: readonly string[],
  isNear: (one: string, other: string) => boolean,
): "same" | "near" | "different" | null {
  if (a.length === 0 || b.length === 0) return null;
  if (a.some((one) => b.includes(one))) return "same";
  return a.some((one) => b.some((other) => isNear(one, other))) ? "near" : "different";
}

function compareIdentifiers(a: LinkRecord, b: LinkRecord): LevelOf<"identifiers"> | null {
  if (a.identifiers.length === 0 || b.identifiers.length === 0) return null;
  let same = 0;
  let slips = 0;
  let different = 0;
  for (const kind of new Set(a.identifiers.map((identifier) => identifier.kind))) {
    const one = a.identifiers.filter((identifier) => identifier.kind === kind);
    const other = b.identifiers.filter((identifier) => identifier.kind === kind);
    if (other.length === 0) continue;
    const pairs = one.flatMap((x) => other.map((y) => editDistance(x.value, y.value, 1)));
    const nearest = Math.min(...pairs);
    if (nearest === 0) same += 1;
    else if (nearest === 1) slips += 1;
    else different += 1;
  }
  if (same + slips + different === 0) return null;
  if (same > 0) return slips + different > 0 ? "mixed" : same > 1 ? "several" : "same";
  return different > 0 ? "different" : "slip";
}
