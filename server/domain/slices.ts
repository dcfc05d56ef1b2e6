/**
 * Slices: the people of a figure by age band, by sex as recorded, or by the average deprivation of their release
 * sector. One at a time, for authorities and above, and only where the whole figure is at least 100
 * (`docs/methods/disclosure.md`). Pure: the engine, the readers and the screens ask the same rules.
 */

import type { Sex } from "./client-terms";
import { FIRST_NUMBER, levelOf } from "./geography";
import type { Day } from "./period";

export const DIMENSIONS = ["age", "sex", "deprivation"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A slice as a cell's name has it: `age=16-24`. It names one dimension and no more. */
export type SliceName = `${Dimension}=${string}`;

export interface Slice {
  /** For storage; given once and never reused. 0 stands for everybody. */
  number: number;
  dimension: Dimension;
  name: SliceName;
  label: string;
}

/** Smallest published figure whose people may be shown by slice. */
export const FEWEST_FOR_SLICES = 100;

const FIRST_AGE = 10;
const FIRST_SEX = 20;
const FIRST_DECILE = 30;

/** Age bands by their first year of age. */
const AGE_BANDS = [
  { from: 0, value: "0-15", label: "0 to 15" },
  { from: 16, value: "16-24", label: "16 to 24" },
  { from: 25, value: "25-34", label: "25 to 34" },
  { from: 35, value: "35-49", label: "35 to 49" },
  { from: 50, value: "50-64", label: "50 to 64" },
  { from: 65, value: "65-79", label: "65 to 79" },
  { from: 80, value: "80+", label: "80 and over" },
] as const;
const AGE_UNKNOWN = FIRST_AGE + AGE_BANDS.length;

const SEX_SLICES = [
  { sex: "female", value: "female", label: "Female" },
  { sex: "male", value: "male", label: "Male" },
  { sex: "other", value: "other", label: "Other" },
  { sex: "not-known", value: "unknown", label: "Not known" },
] as const;

const DECILES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const decileLabel = (decile: number) =>
  decile === 1 ? "1, most deprived" : decile === 10 ? "10, least deprived" : String(decile);

export const SLICES: readonly Slice[] = [
  ...AGE_BANDS.map(
    ({ value, label }, at): Slice => ({
      number: FIRST_AGE + at,
      dimension: "age",
      name: `age=${value}`,
      label,
    }),
  ),
  { number: AGE_UNKNOWN, dimension: "age", name: "age=unknown", label: "Not known" },
  ...SEX_SLICES.map(
    ({ value, label }, at): Slice => ({
      number: FIRST_SEX + at,
      dimension: "sex",
      name: `sex=${value}`,
      label,
    }),
  ),
  ...DECILES.map(
    (decile): Slice => ({
      number: FIRST_DECILE + decile - 1,
      dimension: "deprivation",
      name: `deprivation=${decile}`,
      label: decileLabel(decile),
    }),
  ),
];

const byNumber = new Map(SLICES.map((slice) => [slice.number, slice]));
const byDimension = new Map(
  DIMENSIONS.map((dimension) => [dimension, SLICES.filter((slice) => slice.dimension === dimension)]),
);

/** The slice of a storage number. Throws when no slice has it. */
export function getSlice(number: number): Slice {
  const slice = byNumber.get(number);
  if (!slice) throw new Error(`No slice has the number ${number}`);
  return slice;
}

/** Slices of a dimension, in the order in which they are read. */
export function slicesOf(dimension: Dimension): readonly Slice[] {
  return byDimension.get(dimension) ?? [];
}

/** What the statistics know of a person besides the needs they brought. */
export interface Traits {
  /** Month on whose first day the person turned 0 at the latest (`ageMonthOf`); null when not known. */
  ageMonth: number | null;
  sex: Sex;
}

export const UNKNOWN_TRAITS: Traits = { ageMonth: null, sex: "not-known" };

/** Months since the year 0 of the month that a day lies in. */
export function monthNumberOf(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/**
 * The first month that begins on or after a day of birth. Somebody's age on the first day of any month is the whole
 * years between the two months: so the day itself need not be known to anybody who counts.
 */
export function ageMonthOf(dateOfBirth: Day): number {
  return monthNumberOf(dateOfBirth) + (dateOfBirth.endsWith("-01") ? 0 : 1);
}

/** Older than anybody has been: a date that stands for "not known". */
const OLDEST = 122;

/** The age band of somebody on the first day of a month: not known, or born later, when it is not to be told. */
export function ageSlice(ageMonth: number | null, month: number): number {
  if (ageMonth === null) return AGE_UNKNOWN;
  const age = Math.floor((month - ageMonth) / 12);
  if (age > OLDEST) return AGE_UNKNOWN;
  let at = AGE_BANDS.length - 1;
  while (at > 0 && age < (AGE_BANDS[at]?.from ?? 0)) at -= 1;
  return FIRST_AGE + at;
}

/** The slice of a sex as recorded. */
export function sexSlice(sex: Sex): number {
  return FIRST_SEX + SEX_SLICES.findIndex((slice) => slice.sex === sex);
}

/** The slice of a decile, 1 to 10. */
export function decileSlice(decile: number): number {
  return FIRST_DECILE + decile - 1;
}

/**
 * The traits of a person whose clients need not agree: of each trait what most of those say that say anything, and of
 * equally many the one that the eldest client says. Client ids sort by time.
 */
export function combineTraits(clients: readonly (Traits & { clientId: string })[]): Traits {
  const eldestFirst = clients.toSorted((a, b) => (a.clientId < b.clientId ? -1 : 1));
  const most = <T>(said: readonly T[]): T | undefined => {
    const count = (value: T) => said.filter((other) => other === value).length;
    return said.reduce<T | undefined>(
      (best, value) => (best === undefined || count(value) > count(best) ? value : best),
      undefined,
    );
  };
  return {
    ageMonth: most(eldestFirst.flatMap(({ ageMonth }) => (ageMonth === null ? [] : [ageMonth]))) ?? null,
    sex: most(eldestFirst.flatMap(({ sex }) => (sex === "not-known" ? [] : [sex]))) ?? "not-known",
  };
}

/** Traits as one number below 2^31, for storage: the month (0: not known) and the sex. */
export function packTraits({ ageMonth, sex }: Traits): number {
  return (ageMonth ?? 0) * 8 + SEX_SLICES.findIndex((slice) => slice.sex === sex);
}

/** Traits of a stored number; unknown when no traits have it. */
export function unpackTraits(packed: number): Traits {
  const month = Math.floor(packed / 8);
  return { ageMonth: month > 0 ? month : null, sex: SEX_SLICES[packed % 8]?.sex ?? "not-known" };
}

/** Why the people of a figure are not shown by slice. */
export type NotSliced = "below-authority" | "under-100" | "not-settled" | "not-made";

export const NOT_SLICED_WORDS: Readonly<Record<NotSliced, string>> = {
  "below-authority":
    "Age, sex and deprivation are shown for local authorities, regions and nations, and not for one that is the same as a sector or district.",
  "under-100": `Age, sex and deprivation are shown only where the whole figure is at least ${FEWEST_FOR_SLICES}.`,
  "not-settled": "Age, sex and deprivation are shown once the period has settled.",
  "not-made": "This period settled before figures by age, sex and deprivation were made.",
};

/**
 * Whether an area's figure may be shown by slice; null when it may. The area is the finest that is the same set of
 * sectors, the figure the one in force: hidden is under 100.
 */
export function notSliced(area: number, figure: number | null): NotSliced | null {
  if (area < FIRST_NUMBER.lad) return "below-authority";
  return figure === null || figure < FEWEST_FOR_SLICES ? "under-100" : null;
}

/** Whether an area's level has slices at all. */
export function isSliceLevel(area: number): boolean {
  const level = levelOf(area);
  return level !== "sector" && level !== "district";
}

/** A release sector as deprivation slices see it. */
export interface RankedSector {
  number: number;
  /** Every area with cells of its own that the sector lies in, itself included. */
  areas: readonly number[];
  /** Decile of its average deprivation, and the edition it is of; null when not known. */
  decile: number | null;
  edition: number | null;
}

/** A cell by area and slice; slice 0 is everybody. */
export interface SliceCell {
  area: number;
  slice: number;
}

/** The deprivation slices of a year's geography. */
export interface DeprivationSlices {
  /** The slice of a sector in an area; null when its decile is not known or of another edition than the area's. */
  sliceIn(area: number, sector: number): number | null;
  /**
   * The slices that an area has, in order, each with the cell that holds its figure: its own, or that of the finest
   * area or slice which is the same set of sectors.
   */
  of(area: number): readonly { slice: number; cell: SliceCell }[];
}

/**
 * Works out the deprivation slices of a geography. Nations and editions are never pooled: of an area only the sectors
 * of its commonest edition have a decile. Where the sectors of a decile are the same set as an area, or as the same
 * decile of a finer area, that one is the cell, with its menu.
 */
export function deprivationSlices(sectors: readonly RankedSector[]): DeprivationSlices {
  const within = new Map<number, RankedSector[]>();
  for (const sector of sectors) {
    for (const area of sector.areas) {
      const all = within.get(area);
      if (all) all.push(sector);
      else within.set(area, [sector]);
    }
  }
  const setOf = (all: readonly RankedSector[]) =>
    all
      .map(({ number }) => number)
      .sort((a, b) => a - b)
      .join(",");
  const areas = [...within.keys()].sort((a, b) => a - b);
  const known = new Map<string, SliceCell>();
  for (const area of areas) {
    const set = setOf(within.get(area) ?? []);
    if (!known.has(set)) known.set(set, { area, slice: 0 });
  }
  const editions = new Map<number, number | null>();
  const found = new Map<number, { slice: number; cell: SliceCell }[]>();
  for (const area of areas.filter(isSliceLevel)) {
    const all = within.get(area) ?? [];
    const edition = commonest(all.flatMap((sector) => (sector.edition === null ? [] : [sector.edition])));
    editions.set(area, edition);
    const slices: { slice: number; cell: SliceCell }[] = [];
    for (const decile of DECILES) {
      const its = all.filter((sector) => sector.decile === decile && sector.edition === edition);
      if (its.length === 0) continue;
      const slice = decileSlice(decile);
      const set = setOf(its);
      const cell = known.get(set) ?? { area, slice };
      known.set(set, cell);
      slices.push({ slice, cell });
    }
    found.set(area, slices);
  }
  const sectorOf = new Map(sectors.map((sector) => [sector.number, sector]));
  return {
    sliceIn(area, number) {
      const sector = sectorOf.get(number);
      if (!sector || sector.decile === null || sector.edition !== editions.get(area)) return null;
      return decileSlice(sector.decile);
    },
    of: (area) => found.get(area) ?? [],
  };
}

function commonest(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  return first?.[0] ?? null;
}
