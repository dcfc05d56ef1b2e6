/**
 * What may be asked of published figures and what comes back: the shapes that the map, its card, its table and
 * its series share between server and browser. Figures only; hidden is null and never zero.
 */

import { z } from "zod";
import type { SlotName } from "./clock-slots";
import type { AnonymousBand, Figure, OrganisationsBand } from "./disclosure";
import { LEVELS, type Level } from "./geography";
import type { NotOnMenu } from "./menu";
import { findNode } from "./needs";
import { findPeriod, type PeriodType } from "./period";

const level = z.enum(LEVELS);
/** `*`, a domain code (`HOU`) or a need code (`HOU-04`). */
const node = z.string().refine((path) => findNode(path) !== null, "No need has this code");
/** `m:2026-05`, `q:2026-Q1` or `y:2026`. */
const period = z.string().refine((text) => findPeriod(text) !== null, "This is not a period");
const area = z.int().min(1).max(499_999);

export const figuresQuery = z.object({ level, node, period });
/** The areas of a level in a year's geography, and of which version the reader has numbers. */
export const areasQuery = z.object({
  level,
  year: z.int().min(2000).max(2200),
  version: z.string().max(200),
});
export const cardQuery = z.object({ area, node, period });
/** `area` null: every area of the reader's patch. */
export const seriesQuery = z.object({
  area: area.nullable(),
  node,
  type: z.enum(["month", "quarter", "year"]),
});
export type AreasQuery = z.infer<typeof areasQuery>;
export type FiguresQuery = z.infer<typeof figuresQuery>;
export type CardQuery = z.infer<typeof cardQuery>;
export type SeriesQuery = z.infer<typeof seriesQuery>;

export interface PeriodOption {
  /** `q:2026-Q1` */
  period: string;
  type: PeriodType;
  words: string;
  settledOn: string;
  revisedOn: string | null;
  /** False: every area is hidden, because nobody recorded anything or too little to show. Which of the two is not told. */
  hasFigures: boolean;
}

/** A period that has begun and has not settled: its figures are "so far". */
export interface OpenPeriod {
  period: string;
  type: PeriodType;
  words: string;
  settlesOn: string;
  /** Whether anything of it can be shown before it settles. */
  isLive: boolean;
}

/** When an open figure moves. The slot is said, never when the figure itself last moved. */
export interface OpenClock {
  slot: SlotName;
  /** "moves each Monday" */
  words: string;
  /** Instant of the last slot at which these figures were looked at; null: the first is still to come. */
  lastAt: string | null;
  /** Instant of the next slot. */
  nextAt: string;
}

/**
 * What is said of an open period's figures. An area without a figure is one of two: with a clock it is "fewer than
 * 10 so far"; without one it is not live, and nothing is shown before `settlesOn`. An area with a figure and without
 * a clock had too few new people: its figure stands still until it settles.
 */
export interface OpenFigures {
  settlesOn: string;
  clocks: OpenClock[];
  /** For each area, in the order of `areas`, its place in `clocks`; null: no clock. */
  clockOf: (number | null)[];
}

export interface PatchArea {
  area: number;
  level: Level;
  code: string;
  name: string;
}

/** What the reader may choose from. */
export interface MapOptions {
  levels: {
    level: Level;
    label: string;
    periodTypes: readonly PeriodType[];
    /** Paths of the single needs that may be chosen; null: every one. Domains and "any need" always may. */
    needs: readonly string[] | null;
  }[];
  /** Settled periods, oldest first. */
  periods: PeriodOption[];
  /** Periods that have begun and have not settled, by type; of each type the next to settle first. */
  open: OpenPeriod[];
  /** Areas that the reader answers for; empty for everybody but commissioners. */
  patch: PatchArea[];
  release: { number: number; madeOn: string } | null;
}

/** An area by name, with the base of its rate. */
export interface NamedArea {
  area: number;
  code: string;
  name: string;
  households: number | null;
}

/** Households that best fit puts in a neighbour, by estimate. */
export interface BestFit {
  /** Of this area, and counted with another. */
  elsewhere: number;
  /** Of another area, and counted with this one. */
  fromElsewhere: number;
}

/** Figures of every area of a level in a period. All arrays have the order of `areas`. */
export interface MapFigures {
  level: Level;
  node: string;
  label: string;
  period: string;
  words: string;
  /** Null: the period is open, see `open`. */
  settledOn: string | null;
  revisedOn: string | null;
  releaseNo: number | null;
  /** Set while the period is open: its figures are "so far". */
  open: OpenFigures | null;
  /** Whether any area has a figure of any need in this period. */
  periodHasFigures: boolean;
  /** Financial year whose boundaries fit these areas. */
  geographyYear: number;
  /** Changes when that year's areas are formed anew. */
  geographyVersion: string;
  areas: readonly NamedArea[];
  /** Null: fewer than 10, unless the area is in `notPublished` or, in an open period, has no clock. */
  figures: (Figure | null)[];
  /** People per 1,000 households; null when hidden or under 200 households. */
  rates: (number | null)[];
  /** Areas whose figure is not on the reader's menu, and why. */
  notPublished: { area: number; reason: NotOnMenu }[];
  /** People without a place on the map (sectors only). */
  buckets: { area: number; name: string; figure: Figure | null }[];
  /** Households that best fit counts with a neighbouring area, by estimate (districts and authorities only). */
  householdsInNeighbour: number;
  /**
   * Areas where an organisation that brings a tenth or more of the people began or stopped reporting since
   * `coverageSince`: a difference between the two need not be one of need. None while the period is open.
   */
  coverageChanged: number[];
  /** The same period a year before, else the one before; null: nothing to compare with. */
  coverageSince: string | null;
  /** Upper bounds of the classes of the legend, the same for all periods of this type; the last is open. */
  breaks: { people: number[]; rate: number[] };
}

/** Why a card shows no figure. `not-live`: too few people come for an open figure; it appears when the period settles. */
export type WhyHidden = "fewer-than-10" | "not-live" | NotOnMenu;

export interface DeprivationMix {
  nation: string;
  edition: string;
  /** Households by decile, decile 1 (the most deprived) first. */
  households: number[];
  /** Decile of the household-weighted mean rank: "average deprivation of the sector". */
  averageDecile: number | null;
}

export interface AreaCard {
  area: number;
  level: Level;
  code: string;
  name: string;
  node: string;
  label: string;
  period: string;
  words: string;
  /** Null: the period is open, see `open`. */
  settledOn: string | null;
  revisedOn: string | null;
  releaseNo: number | null;
  /** Set while the period is open. `clock` null: the figure does not move before it settles, or there is none. */
  open: { settlesOn: string; clock: OpenClock | null } | null;
  figure: Figure | null;
  whyHidden: WhyHidden | null;
  rate: number | null;
  /** Against the same period a year before, from figures only; null when either is hidden or not published. */
  change: { period: string; words: string; figure: Figure; people: number; percent: number } | null;
  anonymous: AnonymousBand | null;
  organisations: OrganisationsBand | null;
  households: number | null;
  residents: number | null;
  /** Districts and authorities only, where there are any. */
  bestFit: BestFit | null;
  /** Sectors only; one nation and one edition. */
  deprivation: DeprivationMix | null;
  /** Larger areas where this need may show, finest first. */
  widerAreas: { area: number; level: Level; name: string; figure: Figure | null }[];
  /** Postcode sectors in a release sector. */
  sectors: string[];
}

export interface FigureSeries {
  area: number;
  level: Level;
  name: string;
  points: { period: string; words: string; figure: Figure | null; rate: number | null }[];
  /** Periods that are open, oldest first, "so far": never one line with the settled ones. None where nothing is live. */
  open: {
    period: string;
    words: string;
    figure: Figure | null;
    rate: number | null;
    settlesOn: string;
    clock: OpenClock | null;
  }[];
  /** Set when no period of this type is published for the area. */
  notPublished: NotOnMenu | null;
}

/** Channel of the bell that says that there is an event. */
export const FIGURES_CHANNEL = "figures";

/** Told to open maps when figures change. */
export interface FiguresEvent {
  /** `moved`: open figures of the period did. */
  kind: "settled" | "revised" | "moved";
  period: string;
}

/** Classes of a legend. */
export const CLASSES = 5;

/** 1 is low, 5 is high: tokens q1 to q5. */
export type LegendClass = 1 | 2 | 3 | 4 | 5;
export const LEGEND_CLASSES: readonly LegendClass[] = [1, 2, 3, 4, 5];

/**
 * The class of a value, and with it its colour: one more than the number of breaks it has reached. A value on a break is
 * in the higher class. Nothing else decides it, and the breaks of an indicator are one set for all its periods: the same
 * value has the same colour in every period and in every area (`npm run prove -- colours`).
 */
export function classOf(value: number, breaks: readonly number[]): LegendClass {
  const reached = breaks.filter((bound) => value >= bound).length;
  return LEGEND_CLASSES[Math.min(reached, CLASSES - 1)] ?? 1;
}

/**
 * Upper bounds of the classes of a legend from the quantiles of all values: rounded to steps that people read
 * easily, rising, at most four (five classes).
 */
export function classBreaks(quantiles: readonly number[], step: number): number[] {
  const breaks: number[] = [];
  for (const quantile of quantiles) {
    // Steps are decimals, which binary numbers miss by a little: 2.8 must not be above 2.8.
    const rounded = Number(Math.max(step, Math.round(quantile / step) * step).toFixed(6));
    const last = breaks.at(-1);
    if (last === undefined || rounded > last) breaks.push(rounded);
  }
  return breaks;
}

/** A readable step for a legend whose largest break is this: 1, 2 or 5 times a power of ten. */
export function readableStep(largest: number, smallest: number): number {
  const rough = Math.max(smallest, largest / 20);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return Math.max(smallest, power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10));
}
