/**
 * Coverage: which organisations reported where and when, whether a figure may have moved because one of them began or
 * stopped, and which of them make up the panel of those that reported throughout. Pure rules, told in
 * `docs/methods/coverage.md`. All of them go by figures, an organisation's own people under disclosure control, so what
 * they say outward tells no more than figures do.
 */

import { z } from "zod";
import type { Figure } from "./disclosure";
import type { Level } from "./geography";
import { findNode } from "./needs";
import {
  findPeriod,
  MONTHS_OF,
  type Period,
  type PeriodType,
  periodByNumber,
  periodText,
  yearBefore,
} from "./period";

/**
 * Slices of the panels, as figures are stored. A panel spans two financial years, so a period is in two of them: with
 * that of its own year and, as the year before, with that of the next.
 */
export const PANEL_SLICE = 60;
export const NEXT_PANEL_SLICE = 61;

/** Months since the year 0 of the month (0 to 11 from April) of a financial year. */
function monthAt(financialYear: number, index: number): number {
  return financialYear * 12 + index;
}

/** Months that a period covers, as numbers that go up by one a month. */
export function monthsOf({ type, financialYear, index }: Period): number[] {
  const length = MONTHS_OF[type];
  return Array.from({ length }, (_, at) => monthAt(financialYear, index * length + at));
}

/** The month of such a number. */
export function monthByNumber(number: number): Period {
  return { type: "month", financialYear: Math.floor(number / 12), index: number % 12 };
}

/**
 * Months in which an organisation reported in an authority, from the settled periods in which its own figure there
 * shows: the months that show, and every month of a quarter that shows although none of its months does, which is how
 * an organisation of a few people a month is seen. `shown`: storage numbers of those periods.
 */
export function reportedMonths(shown: Iterable<number>): Set<number> {
  const months = new Set<number>();
  const quarters: Period[] = [];
  for (const number of shown) {
    const period = periodByNumber(number);
    if (period.type === "month") for (const month of monthsOf(period)) months.add(month);
    if (period.type === "quarter") quarters.push(period);
  }
  const byMonth = new Set(months);
  for (const quarter of quarters) {
    const within = monthsOf(quarter);
    if (!within.some((month) => byMonth.has(month))) for (const month of within) months.add(month);
  }
  return months;
}

/** From when to when an organisation reported: its first and last month, as month periods. Null: never. */
export function spanOf(months: ReadonlySet<number>): { first: Period; last: Period } | null {
  if (months.size === 0) return null;
  const sorted = [...months].sort((a, b) => a - b);
  return { first: monthByNumber(sorted[0] ?? 0), last: monthByNumber(sorted.at(-1) ?? 0) };
}

/** Part of the months of a period that must be missing from one of two periods for coverage to have changed. */
const MISSING_PART = 1 / 3;
/** Share of an area's people from which an organisation's beginning or stopping is said. */
export const MATERIAL_SHARE = 0.1;

/**
 * Whether an organisation began or stopped between two periods of one type: the part of their months in which it
 * reported differs by a third or more. 1 month of 1, 1 of 3, 4 of 12.
 */
export function beganOrStopped(
  months: ReadonlySet<number>,
  then: Period,
  now: Period,
): "began" | "stopped" | null {
  const part = (period: Period) => {
    const all = monthsOf(period);
    return all.filter((month) => months.has(month)).length / all.length;
  };
  const difference = part(now) - part(then);
  if (Math.abs(difference) < MISSING_PART - 1e-9) return null;
  return difference > 0 ? "began" : "stopped";
}

/** Whether an organisation's people are a material share of an area's, by figures; hidden ones never are. */
export function isMaterial(own: number | null, all: number | null): boolean {
  return own !== null && all !== null && own / all >= MATERIAL_SHARE;
}

/** What changed in who reports, against the period before and against the same period a year before. */
export interface CoverageChange {
  began: boolean;
  stopped: boolean;
}

export const NO_CHANGE: CoverageChange = { began: false, stopped: false };

const BEGAN = 1;
const STOPPED = 2;
const YEAR_SHIFT = 2;

/** Both changes as one small number, for storage. */
export function packChanges(sinceBefore: CoverageChange, sinceYear: CoverageChange): number {
  const bits = ({ began, stopped }: CoverageChange) => (began ? BEGAN : 0) | (stopped ? STOPPED : 0);
  return bits(sinceBefore) | (bits(sinceYear) << YEAR_SHIFT);
}

/** The changes of a stored number. */
export function unpackChanges(stored: number): { sinceBefore: CoverageChange; sinceYear: CoverageChange } {
  const of = (bits: number): CoverageChange => ({
    began: (bits & BEGAN) !== 0,
    stopped: (bits & STOPPED) !== 0,
  });
  return { sinceBefore: of(stored), sinceYear: of(stored >> YEAR_SHIFT) };
}

/** "An organisation began reporting here"; null when nothing changed. */
export function coverageChangeInWords({ began, stopped }: CoverageChange): string | null {
  if (began && stopped) return "An organisation began reporting here and another stopped";
  if (began) return "An organisation began reporting here";
  return stopped ? "An organisation stopped reporting here" : null;
}

/**
 * Months in which an organisation must have reported to be in the panel of a financial year: every month from the April
 * before it to the end of the newest settled period, which this is. Within a year the panel can only lose members;
 * each April it is chosen anew.
 */
export function panelMonths(newest: Period): number[] {
  const last = monthsOf(newest).at(-1) ?? 0;
  const first = monthAt(newest.financialYear - 1, 0);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Whether an organisation that reported in these months reported throughout. */
export function reportedThroughout(months: ReadonlySet<number>, period: Period): boolean {
  return panelMonths(period).every((month) => months.has(month));
}

/** An organisation in an area, and from when to when it reported there by figures. */
export interface Reporter {
  organisation: number;
  name: string;
  /** First and last month: `m:2025-04`. */
  first: string;
  last: string;
  /** Reported in the newest settled month or quarter. */
  reportsNow: boolean;
}

/** Who reports in an authority or a larger area, as far as figures tell. */
export interface AreaCoverage {
  area: number;
  level: Level;
  code: string;
  name: string;
  /** Larger areas that hold all of it. */
  within: number[];
  /** Those whose own figure has shown, longest first. */
  reporters: Reporter[];
}

/** What the card of an area says of coverage. */
export interface CoverageCard {
  area: number;
  /** The period against which coverage changed, in words; null when it did not. */
  since: string | null;
  change: CoverageChange;
  /** Who reports, for authorities and above; null for smaller areas, where names could tell too much. */
  reporters: Reporter[] | null;
  /** Whether the reader may open the page that says more. */
  mayCompare: boolean;
}

const area = z.int().min(1).max(499_999);
const period = z.string().refine((text) => findPeriod(text) !== null, "This is not a period");
const node = z.string().refine((path) => findNode(path) !== null, "No need has this code");

export const coverageCardQuery = z.object({ area, period });
export type CoverageCardQuery = z.infer<typeof coverageCardQuery>;
/** The panels of an authority or a larger area. */
export const panelQuery = z.object({
  area: area.min(200_000),
  node,
  type: z.enum(["month", "quarter", "year"]),
});
export type PanelQuery = z.infer<typeof panelQuery>;

/** One panel: the organisations that reported throughout two financial years, and the people whom they reported. */
export interface Panel {
  /** The later of the two years. */
  financialYear: number;
  organisations: { organisation: number; name: string }[];
  /** Settled periods of both years, oldest first; people, hidden is null. */
  points: { period: string; words: string; figure: Figure | null }[];
}

/** The panels of an area and need beside everybody. */
export interface PanelSeries {
  area: number;
  level: Level;
  name: string;
  node: string;
  label: string;
  type: PeriodType;
  /** Everybody, in the settled periods with figures, oldest first, and whether coverage changed there. */
  whole: {
    period: string;
    words: string;
    figure: Figure | null;
    sinceBefore: CoverageChange;
    sinceYear: CoverageChange;
  }[];
  /** Oldest first. None: nobody reported throughout two years, or the area's people do not show. */
  panels: Panel[];
}

/** What the same organisations reported in a period and a year before it, beside everybody; null where no panel tells. */
export function likeForLike(
  series: PanelSeries,
  now: Period,
): { wholeThen: Figure; wholeNow: Figure; panelThen: Figure; panelNow: Figure } | null {
  const panel = series.panels.find(({ financialYear }) => financialYear === now.financialYear);
  const [then, text] = [periodText(yearBefore(now)), periodText(now)];
  const of = (points: readonly { period: string; figure: Figure | null }[] | undefined, period: string) =>
    points?.find((point) => point.period === period)?.figure ?? null;
  const [wholeThen, wholeNow] = [of(series.whole, then), of(series.whole, text)];
  const [panelThen, panelNow] = [of(panel?.points, then), of(panel?.points, text)];
  if (wholeThen === null || wholeNow === null || panelThen === null || panelNow === null) return null;
  return { wholeThen, wholeNow, panelThen, panelNow };
}
