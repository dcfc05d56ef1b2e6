/**
 * Rules of place: postcodes as people write them, nations by code, deciles from ranks, levels of area with their
 * ranges of numbers, which year's release sectors serve a day, and areas that are the same set of release sectors.
 */

import { type Day, financialYearOf } from "./period";

/** Buckets for contacts without a place on the map: numbers of `reference.area`, fixed for ever. */
export const BUCKETS = { "no-fixed-address": 1, unknown: 2, outside: 3 } as const;
export type Bucket = keyof typeof BUCKETS;

export const LEVELS = ["sector", "district", "lad", "region", "nation"] as const;
/** Levels of area, finest first. `lad` is a local authority; a sector is a release sector. */
export type Level = (typeof LEVELS)[number];

/** First number of each level's range; numbers are given once and never used again. Sectors begin after the buckets. */
export const FIRST_NUMBER: Readonly<Record<Level, number>> = {
  sector: 10,
  district: 100_000,
  lad: 200_000,
  region: 300_000,
  nation: 400_000,
};

const HUNDRED_THOUSANDS: readonly Level[] = LEVELS;

/** The level of an area's number. Throws for a number outside every range. */
export function levelOf(number: number): Level {
  const level = number >= 1 ? HUNDRED_THOUSANDS[Math.floor(number / 100_000)] : undefined;
  if (!level) throw new Error(`No area has the number ${number}`);
  return level;
}

/** The next larger areas, to offer where too little shows; null from authorities on, in which most needs show. */
export function widerLevel(level: Level): Level | null {
  if (level === "sector") return "district";
  return level === "district" ? "lad" : null;
}

/**
 * Whether an area is an authority, a region or a nation. Asked of the finest area that is the same set of sectors, it
 * says whether the cell may be told as that of an authority or more.
 */
export function isAuthorityOrAbove(area: number): boolean {
  return area >= FIRST_NUMBER.lad;
}

/** Whether a release sector number is one of the buckets, which have no outline, households or district. */
export function isBucket(releaseSector: number): boolean {
  return releaseSector < FIRST_NUMBER.sector;
}

export const NATIONS: Readonly<Record<string, string>> = {
  E92000001: "England",
  W92000004: "Wales",
  S92000003: "Scotland",
  N92000002: "Northern Ireland",
};

export const REGIONS: Readonly<Record<string, string>> = {
  E12000001: "North East",
  E12000002: "North West",
  E12000003: "Yorkshire and The Humber",
  E12000004: "East Midlands",
  E12000005: "West Midlands",
  E12000006: "East of England",
  E12000007: "London",
  E12000008: "South East",
  E12000009: "South West",
};

/** Channel Islands and the Isle of Man: postal, but outside the United Kingdom and its statistics. */
const CROWN_DEPENDENCIES = new Set(["L93000001", "M83000003"]);

/** Whether a nation's code is a crown dependency. */
export function isCrownDependency(nation: string): boolean {
  return CROWN_DEPENDENCIES.has(nation);
}

const NATION_BY_LETTER: Readonly<Record<string, string>> = {
  E: "E92000001",
  W: "W92000004",
  S: "S92000003",
  N: "N92000002",
  L: "L93000001",
  M: "M83000003",
};

/** The nation of any GSS code by its first letter ("E08000024" lies in E92000001); null when it has none. */
export function nationOf(code: string): string | null {
  // Small areas of Northern Ireland before 2021 are written "95AA01S1".
  if (/^95[A-Z]{2}\d\d[A-Z]\d$/.test(code)) return "N92000002";
  return NATION_BY_LETTER[code.charAt(0)] ?? null;
}

/** The nation of a postcode area that lies in one nation outside Great Britain; null for every other area. */
export function nationOfPostcodeArea(district: string): string | null {
  const area = /^[A-Z]+/.exec(district)?.[0] ?? "";
  if (area === "BT") return "N92000002";
  if (area === "GY" || area === "JE") return "L93000001";
  return area === "IM" ? "M83000003" : null;
}

/** The census round of a column of small-area codes. */
export type SmallAreaColumn = "2011" | "2021";

/** The last data zone of Scotland's 2011 census; later numbers are of 2022. */
const LAST_DATA_ZONE_2011 = "S01013481";

/**
 * The census round that a small area's code belongs to. England and Wales reuse codes, so there the column it came
 * in decides; Scotland and Northern Ireland number each round apart.
 */
export function smallAreaEra(code: string, column: SmallAreaColumn): SmallAreaColumn {
  if (code.startsWith("S01")) return code <= LAST_DATA_ZONE_2011 ? "2011" : "2021";
  if (code.startsWith("95")) return "2011";
  return code.startsWith("N") ? "2021" : column;
}

/** Name of the geography that a small area's code is of: each has its own lists and its own deprivation. */
export function smallAreaGeography(code: string, column: SmallAreaColumn): string {
  const later = smallAreaEra(code, column) === "2021";
  if (code.startsWith("S01")) return later ? "dz22" : "dz11";
  if (/^(?:95|N)/.test(code)) return later ? "sdz21" : "soa01";
  return later ? "lsoa21" : "lsoa11";
}

/**
 * A code of a place, or null: blank and pseudo codes ("E99999999", "L99999999") mean "not applicable" and are
 * not places.
 */
export function placeCode(text: string | null | undefined): string | null {
  const code = text?.trim() ?? "";
  return code === "" || /^[A-Z]9{8}$/.test(code) ? null : code;
}

export type PostcodeReading =
  | {
      ok: true;
      /** An ordinary postcode, with one space before its last three characters. */
      kind: "postcode";
      postcode: string;
      sector: string;
      district: string;
    }
  | { ok: true; kind: Bucket; postcode: string; reason: string }
  | { ok: false; reason: string };

const SHAPE =
  "A postcode has two parts, such as SR1 3DW: one or two letters and a number, then a number and two letters.";

/**
 * Outward codes A9, A99, AA9, AA99, A9A and AA9A; the first letter is never Q, V or X, the second never I, J or Z;
 * the letters Royal Mail allows where a letter ends it.
 */
const OUTWARD =
  /^(?:[A-PR-UWYZ][A-HK-Y]?\d{1,2}|[A-PR-UWYZ]\d[ABCDEFGHJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY])$/;
/** Newport was recoded from NPT to NP: every NPT postcode is terminated, whether or not a file says so. */
export const RECODED_DISTRICT = "NPT";
/** Girobank's own postcode, and Newport's before it was recoded. */
const ODD_DISTRICTS = new Set(["GIR", RECODED_DISTRICT]);
/** The last two letters are never C, I, K, M, O or V. */
const INWARD = /^\d[ABD-HJLNP-UW-Z]{2}$/;

/** Codes for British overseas territories, which look like no other postcode. */
const OVERSEAS = /^(?:ASCN|BBND|BIQQ|FIQQ|PCRN|SIQQ|STHL|TDCU|TKCA)1ZZ$|^GX111AA$|^AI2640$/;

const NO_FIXED_ADDRESS = "ZZ99 3VZ means no fixed abode.";

/**
 * Reads a postcode as people write it: any case, spaces anywhere or none. Never guesses: a slip that would give a
 * real postcode is named in the reason. NHS pseudo postcodes (ZZ99), forces' post (BFPO) and overseas territories
 * come back as the bucket they count in.
 */
export function parsePostcode(text: string): PostcodeReading {
  const joined = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s.-]+/g, "");
  if (joined === "") return { ok: false, reason: `The postcode is empty. ${SHAPE}` };
  const special = findSpecial(joined);
  if (special) return special;
  const split = splitPostcode(joined);
  return split ? { ok: true, kind: "postcode", ...split } : { ok: false, reason: reasonAgainst(joined) };
}

export interface PostcodeParts {
  postcode: string;
  sector: string;
  district: string;
}

function splitPostcode(joined: string): PostcodeParts | null {
  const outward = joined.slice(0, -3);
  const fits = OUTWARD.test(outward) || ODD_DISTRICTS.has(outward);
  return fits && INWARD.test(joined.slice(-3)) ? partsOf(joined) : null;
}

/** Any postcode there ever was: old ones use letters that are no longer given. */
const PUBLISHED = /^(?:[A-Z]{1,2}\d[A-Z\d]?|NPT|GIR)\d[A-Z]{2}$/;

/** The parts of a postcode in an official file, padded or not; null when it is not one. */
export function publishedPostcode(text: string): PostcodeParts | null {
  const joined = text.replace(/\s+/g, "").toUpperCase();
  return PUBLISHED.test(joined) ? partsOf(joined) : null;
}

function partsOf(joined: string): PostcodeParts {
  const outward = joined.slice(0, -3);
  const inward = joined.slice(-3);
  return {
    postcode: `${outward} ${inward}`,
    sector: `${outward} ${inward.charAt(0)}`,
    district: outward,
  };
}

/** NHS pseudo postcodes: Hospital Episode Statistics, field "Postcode of patient"; others stand for countries. */
function findSpecial(joined: string): PostcodeReading | null {
  const spaced = `${joined.slice(0, -3)} ${joined.slice(-3)}`;
  if (/^ZZ99\d[A-Z]Z$/.test(joined)) {
    if (joined === "ZZ993VZ") {
      return { ok: true, kind: "no-fixed-address", postcode: spaced, reason: NO_FIXED_ADDRESS };
    }
    if (["ZZ993WZ", "ZZ993CZ", "ZZ993GZ", "ZZ991WZ", "ZZ992WZ"].includes(joined)) {
      return {
        ok: true,
        kind: "unknown",
        postcode: spaced,
        reason: `${spaced} means that the address is not known.`,
      };
    }
    return {
      ok: true,
      kind: "outside",
      postcode: spaced,
      reason: `${spaced} stands for a place outside the UK.`,
    };
  }
  if (/^BFPO(?:C\/O)?\d{1,4}$/.test(joined) || /^BF1\d[A-Z]{2}$/.test(joined)) {
    const postcode = joined.startsWith("BFPO") ? joined.replace(/^BFPO/, "BFPO ") : spaced;
    return { ok: true, kind: "outside", postcode, reason: "British forces' post has no place on the map." };
  }
  if (OVERSEAS.test(joined)) {
    const reason = "This is a British overseas territory, which is outside the map.";
    return { ok: true, kind: "outside", postcode: spaced, reason };
  }
  return null;
}

/** Characters that are taken for each other. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  O: "0",
  "0": "O",
  I: "1",
  "1": "I",
  L: "1",
  S: "5",
  "5": "S",
};

/** A postcode without spaces with one lookalike put right, each way in which that can be done, from the front. */
export function withLookalikeMended(joined: string): string[] {
  return [...joined].flatMap((character, at) => {
    const other = LOOKALIKES[character];
    return other === undefined ? [] : joined.slice(0, at) + other + joined.slice(at + 1);
  });
}

function reasonAgainst(joined: string): string {
  for (const other of withLookalikeMended(joined)) {
    const mended = splitPostcode(other);
    if (mended) return `This is not a postcode. Did you mean ${mended.postcode}?`;
  }
  if (/^[A-Z]{1,2}\d[A-Z\d]?$/.test(joined)) return `The second part is missing. ${SHAPE}`;
  if (/[^A-Z\d]/.test(joined)) return `A postcode has letters and numbers only. ${SHAPE}`;
  return `This is not a postcode. ${SHAPE}`;
}

/** How many small areas each nation ranks, by the geography of the edition. */
const RANKED: Readonly<Record<string, number>> = {
  "E92000001 lsoa11": 32_844,
  "E92000001 lsoa21": 33_755,
  "W92000004 lsoa11": 1_909,
  "W92000004 lsoa21": 1_917,
  "S92000003 dz11": 6_976,
  "N92000002 soa01": 890,
};

/** How many small areas are ranked together; null where that is not known. */
export function areasRanked(nation: string, geography: string): number | null {
  return RANKED[`${nation} ${geography}`] ?? null;
}

/** Decile of a rank among so many areas of its nation: 1 is the most deprived tenth (`ceil(rank x 10 / count)`). */
export function decileOf(rank: number, count: number): number {
  return Math.min(10, Math.max(1, Math.ceil((rank * 10) / count)));
}

/** Whether a decile lies in the most deprived fifth of its nation; null when it is not known. */
export function inMostDeprivedFifth(decile: number | null): boolean | null {
  return decile === null ? null : decile <= 2;
}

/**
 * The financial year whose release sectors serve a day: the latest formed by then, else the earliest formed.
 * Null when none has been formed.
 */
export function formedYearFor(day: Day, formedYears: readonly number[]): number | null {
  const year = financialYearOf(day);
  const earlier = formedYears.filter((formed) => formed <= year);
  if (earlier.length > 0) return Math.max(...earlier);
  return formedYears.length > 0 ? Math.min(...formedYears) : null;
}
