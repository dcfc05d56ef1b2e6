/**
 * What may be asked about change and what comes back, shared by browser and server. Every number is a figure or made
 * from figures; hidden is null and never zero.
 */

import { z } from "zod";
import { type EventMarker, MOST_AREAS } from "../event-marker";
import { LEVELS, type Level } from "../geography";
import type { NotOnMenu } from "../menu";
import { findNode } from "../needs";
import type { PeriodType } from "../period";
import type { Segmented, WhyNoFit } from "./segmented";
import type { AreaChange } from "./several";
import type { Trend, YearChange } from "./trend";

const node = z.string().refine((path) => findNode(path) !== null, "No need has this code");
const type = z.enum(["month", "quarter", "year"]);
const area = z.int().min(1).max(499_999);

export const seriesAsk = z.object({
  node,
  /** Areas of one level, taken together. */
  areas: z.array(area).min(1).max(MOST_AREAS),
  type,
  /** Before and after this event; null: the series alone. */
  event: z.uuid().nullable(),
});
export type SeriesAsk = z.infer<typeof seriesAsk>;

export const areasAsk = z.object({ node, level: z.enum(LEVELS), type, event: z.uuid().nullable() });
export type AreasAsk = z.infer<typeof areasAsk>;

export const placesAsk = z.object({ level: z.enum(LEVELS) });

export interface AreaName {
  area: number;
  code: string;
  name: string;
}

/** One period of the series. */
export interface ChangePoint {
  period: string;
  words: string;
  /** The figure, or the sum of the areas' figures; null when any of them is hidden. */
  figure: number | null;
  /** 95% interval of the figure; null with it. */
  interval: { low: number; high: number } | null;
  /** Areas whose figure is hidden. */
  hidden: number;
  /** The same period a year before. */
  yearBefore: number | null;
  side: "before" | "after" | "across" | null;
  /** Sum of the figures of the comparison areas; null without one or where any is hidden. */
  comparison: number | null;
  fitted: number | null;
  expected: { mean: number; low: number; high: number } | null;
}

/**
 * Whether it may be a new organisation, or one that stopped: periods after the event (or the latest) in which coverage
 * changed, and what the same organisations reported in the area that holds the place, beside everybody there.
 */
export interface Reporting {
  /** Periods that were asked about. */
  asked: number;
  changedIn: string[];
  /** Names of areas inside the place, one level finer, in which coverage changed in one of those periods. */
  changedInside: string[];
  /** Null: no panel tells, or the reader may not compare. */
  panel: {
    area: number;
    name: string;
    words: string;
    organisations: number;
    wholeThen: number;
    wholeNow: number;
    panelThen: number;
    panelNow: number;
  } | null;
}

/** Sentences in the order in which they are read. */
export interface Finding {
  title: string;
  sentences: string[];
  /** What cannot be concluded, and why. */
  limits: string[];
}

export interface ChangeSeries {
  node: string;
  label: string;
  level: Level;
  areas: AreaName[];
  type: PeriodType;
  points: ChangePoint[];
  notPublished: NotOnMenu | null;
  trend: Trend;
  yearChange: YearChange | null;
  event: EventMarker | null;
  /** Areas that are compared with; empty without an event or when too few show. */
  compared: AreaName[];
  /** How many of those had an organisation begin or stop in the periods after. */
  comparedChanged: number;
  fit: Pick<Segmented, "effect" | "level" | "slope" | "family" | "holds" | "before" | "after"> | null;
  whyNoFit: WhyNoFit | null;
  reporting: Reporting;
  finding: Finding;
}

export interface ChangedArea extends AreaChange, AreaName {
  /** Why it is not asked: the figure is not on the reader's menu. */
  notPublished: boolean;
  /** An organisation began or stopped between the periods that are compared. */
  coverageChanged: boolean;
}

export interface ChangedAreas {
  node: string;
  label: string;
  level: Level;
  type: PeriodType;
  event: EventMarker | null;
  /** The periods that were added up, in words; null when there are none to compare. */
  before: string | null;
  after: string | null;
  areas: ChangedArea[];
  together: number | null;
  dispersion: number;
  tested: number;
  finding: Finding;
}
