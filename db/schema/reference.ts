/**
 * What everybody may read: the taxonomy, places and their nesting, deprivation by edition, households,
 * the calendar and the installation's clock. Nothing here is about a person.
 */

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";

export const reference = pgSchema("reference");

/** One row: what kind of installation this is, and how far its clock runs ahead (demo only). */
export const installation = reference.table("installation", {
  id: smallint().primaryKey().default(1),
  demo: boolean().notNull().default(false),
  clockOffsetMs: bigint({ mode: "bigint" }).notNull().default(sql`0`),
  /** england-and-wales, scotland or northern-ireland. */
  calendar: text().notNull().default("england-and-wales"),
});

/** One row in a demo installation, none elsewhere: from what its world is made, and how far its contacts have come. */
export const demoWorld = reference.table("demo_world", {
  id: smallint().primaryKey().default(1),
  seed: text().notNull(),
  size: text().notNull(),
  loadedOn: date().notNull(),
  /** Contacts have arrived up to the evening before this day, which is the day that it is. */
  arrivedUntil: date().notNull(),
  /** The day on which the week that is being run ends; null when none is. */
  weekEndsOn: date(),
  /** Contacts that arrived in the week being run, or in the last one. */
  weekContacts: integer().notNull().default(0),
});

export const bankHoliday = reference.table(
  "bank_holiday",
  { calendar: text().notNull(), day: date().notNull(), name: text().notNull() },
  (t) => [primaryKey({ columns: [t.calendar, t.day] })],
);

export const needDomain = reference.table("need_domain", {
  number: smallint().primaryKey(),
  code: text().notNull().unique(),
  label: text().notNull(),
});

export const need = reference.table("need", {
  number: smallint().primaryKey(),
  code: text().notNull().unique(),
  domainNumber: smallint()
    .notNull()
    .references(() => needDomain.number),
  label: text().notNull(),
  definition: text().notNull(),
  synonyms: text().array().notNull(),
  framework: text().notNull(),
  frameworkDomain: text().notNull(),
  indicators: text().array().notNull(),
  severityHint: text().notNull(),
  sensitive: boolean().notNull(),
  retiredOn: date(),
  replacedBy: text(),
  taxonomyVersion: smallint().notNull(),
});

/** One loaded edition of an official source. */
export const edition = reference.table(
  "edition",
  {
    number: smallint().primaryKey().generatedAlwaysAsIdentity(),
    /** postcodes, deprivation, households, residents or indicators. */
    kind: text().notNull(),
    /** "NSPL November 2021", "IMD 2019". */
    name: text().notNull(),
    /** Newer wins: the month of the edition, "2021-11". */
    month: text().notNull(),
    /** Small areas that the edition is about: lsoa11, lsoa21, dz11, dz22, soa01 or sdz21. */
    geography: text(),
    /** Whether a postcode file says which codes are live; where it does not, an older one may. */
    statesStatus: boolean().notNull().default(true),
    loadedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [unique("edition_name").on(t.kind, t.name)],
);

export const postcode = reference.table(
  "postcode",
  {
    /** With one space before the last three characters: "SR1 3DW". */
    postcode: text().primaryKey(),
    edition: smallint()
      .notNull()
      .references(() => edition.number),
    sector: text().notNull(),
    district: text().notNull(),
    live: boolean().notNull(),
    smallUser: boolean().notNull(),
    /** British National Grid (or Irish Grid in Northern Ireland), metres; null without a grid reference. */
    easting: integer(),
    northing: integer(),
    latitude: real(),
    longitude: real(),
    /** LSOA or data zone of the 2011 census, SOA 2001 in Northern Ireland. */
    smallArea2011: text("small_area_2011"),
    smallArea2021: text("small_area_2021"),
    ward: text(),
    authority: text(),
    region: text(),
    nation: text(),
  },
  (t) => [index("postcode_sector").on(t.sector)],
);

/** Names of wards, authorities, regions and nations by GSS code. */
export const placeName = reference.table("place_name", {
  code: text().primaryKey(),
  level: text().notNull(),
  name: text().notNull(),
});

/** Small areas of one census edition: lsoa11, lsoa21, dz11, dz22, soa01 or sdz21. */
export const smallArea = reference.table(
  "small_area",
  {
    geography: text().notNull(),
    code: text().notNull(),
    name: text(),
    households: integer(),
    /** The edition that each number is of: a newer one replaces it, an older one does not. */
    householdsEdition: smallint().references(() => edition.number),
    residents: integer(),
    residentsEdition: smallint().references(() => edition.number),
  },
  (t) => [primaryKey({ columns: [t.geography, t.code] })],
);

export const smallAreaLookup = reference.table(
  "small_area_lookup",
  {
    code2011: text("code_2011").notNull(),
    code2021: text("code_2021").notNull(),
    /** U unchanged, S split, M merged, X irregular. */
    change: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.code2011, t.code2021] }), index("small_area_lookup_2021").on(t.code2021)],
);

/** Rank 1 is the most deprived of its nation and edition. Editions and nations are never pooled. */
export const deprivation = reference.table(
  "deprivation",
  {
    edition: smallint()
      .notNull()
      .references(() => edition.number),
    smallArea: text().notNull(),
    nation: text().notNull(),
    rank: integer().notNull(),
    decile: smallint().notNull(),
    /** Rank, decile and score by domain of deprivation, as published. */
    domains: jsonb().notNull(),
  },
  (t) => [primaryKey({ columns: [t.edition, t.smallArea] })],
);

/** Postcode sectors, with what is estimated for them. */
export const sector = reference.table("sector", {
  code: text().primaryKey(),
  district: text().notNull(),
  livePostcodes: integer().notNull(),
  liveSmallUserPostcodes: integer().notNull(),
  /** Estimates; null where no small area of the sector is known. */
  households: integer(),
  residents: integer(),
});

/**
 * Areas of figures. Numbers: 1 to 3 are the buckets "no fixed address", "unknown" and "outside"; release
 * sectors up to 99999; districts from 100000; authorities from 200000; regions from 300000; nations from 400000.
 */
export const area = reference.table(
  "area",
  {
    number: integer().primaryKey(),
    /** sector, district, lad, region or nation. */
    level: text().notNull(),
    /** "SR1 1+SR1 2", "SR1", "E08000024". */
    code: text().notNull(),
    name: text().notNull(),
  },
  (t) => [uniqueIndex("area_code").on(t.level, t.code)],
);

/** The financial years for which release sectors have been formed. A day is served by `formedYearFor`. */
export const geography = reference.table("geography", {
  financialYear: smallint().primaryKey(),
  /** Changes whenever anything of the geography does. */
  version: text().notNull(),
  builtAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** Which release sector a sector belongs to, from a financial year on. */
export const releaseSectorPart = reference.table(
  "release_sector_part",
  {
    financialYear: smallint().notNull(),
    sector: text().notNull(),
    releaseSector: integer()
      .notNull()
      .references(() => area.number),
  },
  (t) => [primaryKey({ columns: [t.financialYear, t.sector] })],
);

/** A release sector and the whole-sector areas it lies in, fixed for the financial year. */
export const releaseSector = reference.table(
  "release_sector",
  {
    financialYear: smallint().notNull(),
    number: integer()
      .notNull()
      .references(() => area.number),
    district: integer().notNull(),
    authority: integer(),
    region: integer(),
    nation: integer(),
    households: integer(),
    residents: integer(),
    livePostcodes: integer().notNull(),
    /** Households by decile of the nation and edition named: ten numbers, decile 1 first. */
    deprivationMix: jsonb(),
    deprivationEdition: smallint(),
    /** Decile of the household-weighted mean rank: "average deprivation of the sector". */
    averageDecile: smallint(),
  },
  (t) => [primaryKey({ columns: [t.financialYear, t.number] })],
);

/** Areas that are the same set of release sectors as a finer one: the menu of the finer one holds. */
export const areaAlias = reference.table(
  "area_alias",
  {
    financialYear: smallint().notNull(),
    area: integer().notNull(),
    sameAs: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.financialYear, t.area] })],
);

/**
 * Districts and authorities are unions of whole release sectors: households that best fit puts in a neighbour, by
 * estimate. Areas without any have no row.
 */
export const bestFit = reference.table(
  "best_fit",
  {
    financialYear: smallint().notNull(),
    area: integer()
      .notNull()
      .references(() => area.number),
    /** Households whose postcode is of this area and whose release sector counts with another. */
    householdsElsewhere: integer().notNull(),
    /** Households whose postcode is of another area and whose release sector counts with this one. */
    householdsFromElsewhere: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.financialYear, t.area] })],
);

/** Approximate outlines, derived from postcodes: GeoJSON geometry in WGS84. */
export const boundary = reference.table(
  "boundary",
  {
    financialYear: smallint().notNull(),
    area: integer()
      .notNull()
      .references(() => area.number),
    toleranceMetres: smallint().notNull(),
    geometry: jsonb().notNull(),
    west: doublePrecision().notNull(),
    south: doublePrecision().notNull(),
    east: doublePrecision().notNull(),
    north: doublePrecision().notNull(),
  },
  (t) => [primaryKey({ columns: [t.financialYear, t.area, t.toleranceMetres] })],
);
