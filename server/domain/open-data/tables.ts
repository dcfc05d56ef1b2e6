/**
 * The tables of open data: one schema for each, from which come the header of a CSV file, its CSVW description, the
 * OpenAPI document and the check of every row. A name of a column or a value of a list is never given a new meaning:
 * people's programs rely on it.
 */

import { z } from "zod";
import { ROUNDED_TO, THRESHOLD } from "../disclosure";
import { isBucket, type Level, levelOf } from "../geography";

/** Levels as open data calls them, widest use first; `unplaced` holds people without a place on the map. */
export const OPEN_LEVELS = ["sector", "unplaced", "district", "authority", "region", "nation"] as const;
export type OpenLevel = (typeof OPEN_LEVELS)[number];

/** The level of an area's number in open data. */
export function openLevelOf(area: number): OpenLevel {
  if (isBucket(area)) return "unplaced";
  const level = levelOf(area);
  return level === "lad" ? "authority" : level;
}

/** The level inside of a level of open data. */
export function levelInside(level: OpenLevel): Level {
  if (level === "unplaced") return "sector";
  return level === "authority" ? "lad" : level;
}

/** What a cell says, and why an empty one is empty. */
export const STATUS_WORDS = {
  shown: "A figure of people",
  "fewer-than-10": `Fewer than ${THRESHOLD} people, or none: smaller numbers are not shown, so nobody can be picked out`,
  "not-published":
    "Not on the menu: the area, or this part of it, is the same as a smaller area that does not have this",
} as const;
export type Status = keyof typeof STATUS_WORDS;
export const STATUSES = ["shown", "fewer-than-10", "not-published"] as const satisfies readonly Status[];

/** Everybody: the one slice that every area, need and period has. */
export const ALL_SLICE = "all";

/** Why a figure of a settled period is another one in a later release. */
export const REVISION_WORDS = {
  "changed-since-settled":
    "Contacts that arrived later, corrections, erasure, or records found to be of one person. Which of them is not told: it could point at somebody.",
} as const;

/** What is said where a figure may have moved although need did not. */
export const COVERAGE_WORDS = {
  changed:
    "An organisation began or stopped recording here since the period compared with. Do not read a change between the two as one of need.",
} as const;

const level = z.enum(OPEN_LEVELS).meta({
  title: "Level",
  description: "What kind of area: sector, district, authority, region, nation, or unplaced.",
});
const areaCode = z.string().min(1).meta({
  title: "Area",
  description:
    'Code of the area: "SR1 3" for a sector, "SR1 1+SR1 2" for sectors counted together, "SR1" for a district, a GSS code above.',
});
const areaName = z.string().min(1).meta({ title: "Name of the area", description: "Its name." });
const need = z
  .string()
  .regex(/^(?:\*|[A-Z]{3}|[A-Z]{3}-[0-9]{2})$/)
  .meta({
    title: "Need",
    description: "* for any need, three letters for a domain of needs (HOU), more for one need (HOU-04).",
  });
const needName = z.string().min(1).meta({ title: "Name of the need", description: "Its name." });
const period = z
  .string()
  .regex(/^(?:m:[0-9]{4}-[0-9]{2}|q:[0-9]{4}-Q[1-4]|y:[0-9]{4})$/)
  .meta({
    title: "Period",
    description:
      "m:2026-05 is May 2026, q:2026-Q1 is April to June 2026, y:2026 is April 2026 to March 2027.",
  });
const slice = z
  .string()
  .regex(/^(?:all|(?:age|sex|deprivation)=[a-z0-9+-]+)$/)
  .meta({
    title: "Slice",
    description:
      "all for everybody; otherwise the one group that is counted, such as age=16-24, sex=female or deprivation=1 (average deprivation of the sector, 1 the most deprived tenth). Only for authorities and above, where the whole figure is at least 100.",
  });
const people = z
  .int()
  .min(THRESHOLD)
  .multipleOf(ROUNDED_TO)
  .nullable()
  .meta({
    title: "People",
    description: `Different people who brought this need, to the nearest ${ROUNDED_TO} with a small planned error; empty when the status is not "shown".`,
  });
const status = z.enum(STATUSES).meta({
  title: "Status",
  description: STATUSES.map((each) => `${each}: ${STATUS_WORDS[each]}.`).join(" "),
});
const day = (title: string, description: string) => z.iso.date().meta({ title, description });
const geographyYear = z.int().min(2000).max(2999).meta({
  title: "Year of the areas",
  description:
    "The areas are those in force from April of this year: see the tables of areas and boundaries.",
});
const code = (title: string) =>
  z
    .string()
    .min(1)
    .nullable()
    .meta({ title, description: `Code: ${title}.` });

export const figureRow = z.strictObject({
  period,
  level,
  area: areaCode,
  area_name: areaName,
  need,
  need_name: needName,
  slice,
  people,
  status,
  period_starts: day("First day", "First day of the period."),
  period_ends: day("Last day", "Last day of the period."),
  settled_on: day("Settled on", "The day on which the figures of the period were first published."),
  geography_year: geographyYear,
});
export type FigureRow = z.infer<typeof figureRow>;

export const revisionRow = z.strictObject({
  period,
  level,
  area: areaCode,
  area_name: areaName,
  need,
  need_name: needName,
  slice,
  from_people: people.meta({ title: "People before", description: "The figure in the release before." }),
  from_status: status.meta({ title: "Status before" }),
  to_people: people.meta({ title: "People now", description: "The figure from this release on." }),
  to_status: status.meta({ title: "Status now" }),
  why: z.enum(["changed-since-settled"]).meta({
    title: "Why",
    description: REVISION_WORDS["changed-since-settled"],
  }),
  geography_year: geographyYear,
});
export type RevisionRow = z.infer<typeof revisionRow>;

export const areaRow = z.strictObject({
  geography_year: geographyYear,
  level,
  area: areaCode,
  area_name: areaName,
  district: code("Postcode district that holds the area"),
  authority: code("Local authority that holds the area"),
  region: code("Region that holds the area"),
  nation: code("Nation that holds the area"),
  households: z.int().min(0).nullable().meta({
    title: "Households",
    description: "Estimate of households, the base of rates; empty when not known.",
  }),
  same_as: code("Finer area that is the same set of sectors, whose figures and menu it has"),
  postcode_sectors: z.string().min(1).nullable().meta({
    title: "Postcode sectors",
    description: "Of a sector: the postcode sectors counted in it, joined by +.",
  }),
});
export type AreaRow = z.infer<typeof areaRow>;

export const needRow = z.strictObject({
  need,
  need_name: needName,
  kind: z
    .enum(["any", "domain", "need"])
    .meta({ title: "Kind", description: "Any need, a domain or one need." }),
  domain: code("Domain that the need belongs to"),
  definition: z
    .string()
    .min(1)
    .nullable()
    .meta({ title: "Definition", description: "What counts as the need." }),
  finest_level: level.meta({
    title: "Finest level",
    description: "The smallest kind of area for which the need has open figures.",
  }),
  framework: code("National framework that the need reports to"),
  retired_on: z.iso.date().nullable().meta({
    title: "Retired on",
    description: "The day from which the need is no longer recorded; empty while it is in use.",
  }),
});
export type NeedRow = z.infer<typeof needRow>;

export const periodRow = z.strictObject({
  period,
  period_name: z.string().min(1).meta({ title: "Name of the period", description: "In words." }),
  type: z.enum(["month", "quarter", "year"]).meta({
    title: "Type",
    description: "A month, a quarter, or a financial year from April to March.",
  }),
  period_starts: figureRow.shape.period_starts,
  period_ends: figureRow.shape.period_ends,
  settled_on: figureRow.shape.settled_on,
  first_release: z.int().min(1).meta({
    title: "First release",
    description: "Number of the release in which the period was settled.",
  }),
  coverage_compared_with: period.nullable().meta({
    title: "Coverage compared with",
    description:
      "The period that the table of coverage compares this one with; empty where there is none to compare with, so that a change of coverage is not known.",
  }),
});
export type PeriodRow = z.infer<typeof periodRow>;

export const coverageRow = z.strictObject({
  period,
  level,
  area: areaCode,
  area_name: areaName,
  compared_with: period.meta({
    title: "Compared with",
    description:
      "The period before it that coverage is compared with: the same one a year before where there is one.",
  }),
  coverage: z.enum(["changed"]).meta({
    title: "Coverage",
    description: COVERAGE_WORDS.changed,
  }),
  geography_year: geographyYear,
});
export type CoverageRow = z.infer<typeof coverageRow>;

export const releaseRow = z.strictObject({
  release: z.int().min(1).meta({ title: "Release", description: "Number of the release; given once." }),
  made_on: day("Made on", "The day of the release."),
  settled: z.string().nullable().meta({
    title: "Settled",
    description: "Periods published for the first time, separated by spaces.",
  }),
  revised: z.string().nullable().meta({
    title: "Revised",
    description: "Periods settled before of which an open figure moved, separated by spaces.",
  }),
  revisions: z.int().min(0).meta({
    title: "Revisions",
    description: "Open figures of earlier periods that moved; each is in the table of revisions.",
  }),
  frozen_on: day("Frozen on", "The day on which the files were made, by the real clock."),
  frozen_later: z.boolean().meta({
    title: "Frozen later",
    description:
      "Whether the files were made after the release, from the record of what later releases replaced.",
  }),
  figures_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ title: "SHA-256", description: "SHA-256 of figures.csv of the release." }),
});
export type ReleaseRow = z.infer<typeof releaseRow>;

export const boundaryRow = z.strictObject({
  geography_year: geographyYear,
  level: z.enum(["sector", "district", "authority", "region", "nation"]).meta({
    title: "Level",
    description: "Kind of area.",
  }),
  areas: z.int().min(0).meta({ title: "Areas", description: "How many areas the file draws." }),
  geojson: z.string().min(1).meta({ title: "GeoJSON", description: "Address of the GeoJSON file." }),
  topojson: z.string().min(1).meta({ title: "TopoJSON", description: "Address of the TopoJSON file." }),
});
export type BoundaryRow = z.infer<typeof boundaryRow>;

interface ForeignKey {
  columns: readonly string[];
  to: TableName;
  toColumns: readonly string[];
}

export interface OpenTable {
  name: TableName;
  title: string;
  description: string;
  row: z.ZodObject;
  primaryKey: readonly string[];
  foreignKeys: readonly ForeignKey[];
}

export const TABLE_NAMES = [
  "figures",
  "revisions",
  "coverage",
  "areas",
  "needs",
  "periods",
  "releases",
  "boundaries",
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

const CELL = ["period", "level", "area", "need", "slice"] as const;
const CELL_KEYS: readonly ForeignKey[] = [
  { columns: ["need"], to: "needs", toColumns: ["need"] },
  { columns: ["period"], to: "periods", toColumns: ["period"] },
  {
    columns: ["geography_year", "level", "area"],
    to: "areas",
    toColumns: ["geography_year", "level", "area"],
  },
];

export const TABLES: Readonly<Record<TableName, OpenTable>> = {
  figures: {
    name: "figures",
    title: "Figures",
    description:
      "People who brought a need, by area and period, as in force at a release. Each person counts once in a cell.",
    row: figureRow,
    primaryKey: CELL,
    foreignKeys: CELL_KEYS,
  },
  revisions: {
    name: "revisions",
    title: "Revisions",
    description: "Figures of periods settled before that are others from this release on.",
    row: revisionRow,
    primaryKey: CELL,
    foreignKeys: CELL_KEYS,
  },
  coverage: {
    name: "coverage",
    title: "Coverage",
    description:
      "Areas where an organisation began or stopped recording, by period. An area without a row: no such change is known, or there was no earlier period to compare with (see the table of periods).",
    row: coverageRow,
    primaryKey: ["period", "level", "area"],
    foreignKeys: CELL_KEYS.filter(({ to }) => to !== "needs"),
  },
  areas: {
    name: "areas",
    title: "Areas",
    description: "The areas of figures, by the year from which they hold, and what lies in what.",
    row: areaRow,
    primaryKey: ["geography_year", "level", "area"],
    foreignKeys: [],
  },
  needs: {
    name: "needs",
    title: "Needs",
    description: "The shared list of needs.",
    row: needRow,
    primaryKey: ["need"],
    foreignKeys: [{ columns: ["domain"], to: "needs", toColumns: ["need"] }],
  },
  periods: {
    name: "periods",
    title: "Periods",
    description: "The periods that have settled.",
    row: periodRow,
    primaryKey: ["period"],
    foreignKeys: [],
  },
  releases: {
    name: "releases",
    title: "Releases",
    description: "Every release there has been; its files never change.",
    row: releaseRow,
    primaryKey: ["release"],
    foreignKeys: [],
  },
  boundaries: {
    name: "boundaries",
    title: "Boundaries",
    description: "Outlines of areas, approximate, derived from postcodes.",
    row: boundaryRow,
    primaryKey: ["geography_year", "level"],
    foreignKeys: [],
  },
};

/** The columns of a table in their order. */
export function columnsOf(table: OpenTable): readonly string[] {
  return Object.keys(table.row.shape);
}
