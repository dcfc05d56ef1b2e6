/**
 * What linking knows of one client, brought to one written form: case, accents, apostrophes, hyphens and spaces do
 * not count, dates are ISO, placeholders ("unknown", 01/01/1900) are nothing at all. Null and empty mean that nothing
 * is known, which is no evidence for or against.
 */

import {
  type CheckedIdentifier,
  type IdentifierKind,
  type IdentifierRules,
  readIdentifier,
} from "../identifiers";
import { fold, wordsOf } from "../text-match";

export interface LinkRecord {
  /** First name, then middle names: folded words. */
  givenNames: readonly string[];
  /** Folded words: two for a double surname. */
  familyNames: readonly string[];
  sex: "female" | "male" | "other" | null;
  /** YYYY-MM-DD. An impossible day ("1980-13-02") is kept as written: a typing error is still evidence. */
  dateOfBirth: string | null;
  /** "SR1 3AB", or what there is of it: "SR1 3", "SR1". Other text without spaces where it is no UK postcode. */
  postcode: string | null;
  /** Number and street, folded. */
  address: string | null;
  /** Town or suburb, folded. */
  town: string | null;
  /** Digits in national form: "07700900123". */
  phones: readonly string[];
  emails: readonly string[];
  identifiers: readonly CheckedIdentifier[];
}

/** As written. Everything may be missing. */
export interface RawRecord {
  firstName?: string | null;
  middleName?: string | null;
  lastName?: string | null;
  sex?: string | null;
  /** ISO, dd/mm/yyyy or yyyymmdd. */
  dateOfBirth?: string | null;
  postcode?: string | null;
  address?: string | null;
  town?: string | null;
  phones?: readonly string[];
  emails?: readonly string[];
  identifiers?: readonly { kind: IdentifierKind; value: string }[];
}

export interface ReadingRules extends IdentifierRules {
  /** Whether postcodes, telephone numbers and identifiers are those of the United Kingdom and checked as such. */
  ukFormats: boolean;
}

/** What was typed to get past a form. */
const NOT_A_NAME = new Set([
  "unknown",
  "unk",
  "unkown",
  "not known",
  "notknown",
  "nk",
  "na",
  "n a",
  "none",
  "no name",
  "noname",
  "test",
  "tester",
  "testing",
  "anonymous",
  "anon",
  "withheld",
  "refused",
  "not given",
  "not provided",
  "not recorded",
  "tbc",
  "tba",
  "x",
  "xx",
  "xxx",
  "xxxx",
  "zzz",
  "baby",
  "client",
  "patient",
  "null",
  "nil",
  "name",
  "surname",
]);
const TITLES = new Set(["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "rev", "master"]);

/** A client as linking compares it. Pure: the year and what is taken are handed in. */
export function linkRecord(raw: RawRecord, rules: ReadingRules): LinkRecord {
  return {
    givenNames: [...nameWords(raw.firstName), ...nameWords(raw.middleName)],
    familyNames: nameWords(raw.lastName),
    sex: readSex(raw.sex),
    dateOfBirth: readBirthDate(raw.dateOfBirth, rules.currentYear),
    postcode: readPostcode(raw.postcode, rules.ukFormats),
    address: readAddress(raw.address),
    town: words(raw.town),
    phones: distinct((raw.phones ?? []).map((phone) => readPhone(phone, rules.ukFormats))),
    emails: distinct((raw.emails ?? []).map(readEmail)),
    identifiers: (raw.identifiers ?? []).flatMap(({ kind, value }) => readAny(kind, value, rules)),
  };
}

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];

function words(text: string | null | undefined): string | null {
  const folded = fold(text ?? "");
  return folded === "" || NOT_A_NAME.has(folded) ? null : folded;
}

function nameWords(text: string | null | undefined): string[] {
  const folded = words(text);
  if (folded === null || /^(.)\1{2,}$/.test(folded)) return [];
  const parts = folded.split(" ").filter((word) => !/^\d+$/.test(word));
  const named = parts.filter((word) => !TITLES.has(word));
  return named.length > 0 ? named : parts;
}

/** Whether a sex is left open on purpose, empty, in words or by a code, so that it need not be mended. */
export const saysNoSex = (text: string): boolean =>
  ["", "u", "unknown", "not known", "0", "9"].includes(fold(text));

function readSex(text: string | null | undefined): LinkRecord["sex"] {
  const folded = fold(text ?? "");
  if (["f", "female", "woman", "girl", "2"].includes(folded)) return "female";
  if (["m", "male", "man", "boy", "1"].includes(folded)) return "male";
  if (["o", "other", "x", "i", "intersex", "non binary", "nonbinary"].includes(folded)) return "other";
  return null;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The date as YYYY-MM-DD, day before month where the order is not said; null when there is none or a placeholder. */
export function readBirthDate(text: string | null | undefined, currentYear: number): string | null {
  const written = (text ?? "").trim().toLowerCase();
  const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[t ].*)?$/.exec(written);
  const british = iso ? null : /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?$/.exec(written);
  const named = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]([a-z]{3})[a-z]*[-/., ]+(\d{4}|\d{2})$/.exec(written);
  let parts: [string, string, string] | null = null;
  if (iso) parts = [iso[1] ?? "", iso[2] ?? "", iso[3] ?? ""];
  else if (british) parts = [british[3] ?? "", british[2] ?? "", british[1] ?? ""];
  else if (named) {
    const month = MONTHS.indexOf(named[2] ?? "") + 1;
    if (month > 0) parts = [named[3] ?? "", String(month), named[1] ?? ""];
  }
  if (!parts) return null;
  const [year, month, day] = parts;
  const full = year.length === 2 ? String(centuryOf(Number(year), currentYear) + Number(year)) : year;
  const date = `${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isPlaceholderDate(date, currentYear) ? null : date;
}

const centuryOf = (twoDigits: number, currentYear: number) => (twoDigits <= currentYear % 100 ? 2000 : 1900);

/** The first days that systems count from, repeated digits, and years in which nobody alive was born. */
function isPlaceholderDate(date: string, currentYear: number): boolean {
  const digits = date.replaceAll("-", "");
  if (/^(\d)\1*$/.test(digits) || ["1900-01-01", "1901-01-01", "1899-12-30", "1753-01-01"].includes(date))
    return true;
  const year = Number(date.slice(0, 4));
  return year < 1880 || year > currentYear + 1 || date.endsWith("-00-00");
}

const OUTWARD = "[A-Z]{1,2}\\d[A-Z\\d]?";
const WHOLE = new RegExp(`^(${OUTWARD})(\\d[A-Z]{2})$`);
const SECTOR = new RegExp(`^(${OUTWARD})\\s+(\\d)$`);
const DISTRICT = new RegExp(`^${OUTWARD}$`);

function readPostcode(text: string | null | undefined, ukFormats: boolean): string | null {
  const written = (text ?? "").normalize("NFKC").trim().toUpperCase();
  const compact = written.replace(/[^A-Z\d]+/g, "");
  if (compact === "" || /^(.)\1+$/.test(compact) || NOT_A_NAME.has(fold(written))) return null;
  if (!ukFormats) return compact;
  if (compact.startsWith("ZZ99")) return null;
  const whole = WHOLE.exec(compact);
  if (whole) return `${whole[1]} ${whole[2]}`;
  const sector = SECTOR.exec(written);
  if (sector) return `${sector[1]} ${sector[2]}`;
  // A slip leaves a shape that fits none: it is compared letter by letter.
  return DISTRICT.test(compact) ? compact : compact.length >= 5 ? compact : null;
}

const STREET_WORDS: Readonly<Record<string, string>> = {
  ave: "avenue",
  av: "avenue",
  cl: "close",
  clo: "close",
  cres: "crescent",
  ct: "court",
  dr: "drive",
  gdns: "gardens",
  gr: "grove",
  ln: "lane",
  pl: "place",
  rd: "road",
  sq: "square",
  st: "street",
  ter: "terrace",
  terr: "terrace",
};

function readAddress(text: string | null | undefined): string | null {
  const folded = wordsOf(text ?? "").map((word, at) => (at > 0 ? (STREET_WORDS[word] ?? word) : word));
  const joined = folded.join(" ");
  return joined === "" || NOT_A_NAME.has(joined) || joined === "no fixed address" || joined === "nfa"
    ? null
    : joined;
}

function readPhone(text: string, ukFormats: boolean): string | null {
  let digits = text.replace(/\(0\)/g, "").replace(/[^\d+]/g, "");
  if (ukFormats) digits = digits.replace(/^(?:\+44|0044|44(?=\d{10}$))0?/, "0");
  digits = digits.replace(/\D/g, "");
  if (ukFormats && /^[1-9]\d{9}$/.test(digits)) digits = `0${digits}`;
  // One digit over and over, or fewer than any number has.
  return digits.length < 6 || /^0?\d?(\d)\1{6,}$/.test(digits) ? null : digits;
}

function readEmail(text: string): string | null {
  const written = text.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, "");
  const [name = "", domain = ""] = written.split("@");
  if (name === "" || !domain.includes(".")) return null;
  return ["none", "noemail", "no", "test", "na", "unknown", "info"].includes(name) ? null : written;
}

function readAny(kind: IdentifierKind, text: string, rules: ReadingRules): CheckedIdentifier[] {
  if (rules.ukFormats) {
    const read = readIdentifier(kind, text, rules);
    return "value" in read ? [read] : [];
  }
  const value = text.toUpperCase().replace(/[^A-Z\d]+/g, "");
  return value.length < 4 || /^(.)\1*$/.test(value) ? [] : [{ kind, value }];
}
