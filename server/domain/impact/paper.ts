/**
 * A paper: its words, tables and charts, ready for any form (screen, PDF, spreadsheet). Every form shows the same numbers
 * in the same order, because all are made from this. An impact summary is one, the report of a study another.
 */

import type { Day } from "../period";
import type { Audience, SectionKey } from "./plan";

/** "few": hidden, fewer than 10 or none. Null: does not apply. */
export type PaperCell = string | number | "few" | null;

export interface PaperColumn {
  key: string;
  label: string;
  /**
   * percent: 37 is 37%; days: whole days; score: one decimal; money: pounds; number: as it is. Columns of text may not
   * hold "few".
   */
  type: "text" | "people" | "count" | "percent" | "days" | "score" | "money" | "number";
  /** What the column counts, for the notes of a file. */
  about: string;
}

/** A tidy table: one observation a row. */
export interface PaperTable {
  /** Unique in the paper, in kebab case: names sheets and files. */
  name: string;
  caption: string;
  columns: readonly PaperColumn[];
  rows: readonly (readonly PaperCell[])[];
}

/** Lying bars with n: a whole, and within it a part that is told apart ("resolved"). */
export interface BarsChart {
  kind: "bars";
  whole: string;
  part: string | null;
  unit: string;
  bars: readonly { label: string; whole: number | null; part: number | null; note: string }[];
}

/** Two means joined, each with its 95% interval where there is one. */
export interface SlopeChart {
  kind: "slope";
  first: { label: string; value: number; low: number | null; high: number | null };
  latest: { label: string; value: number; low: number | null; high: number | null };
  lowest: number;
  highest: number;
  unit: string;
}

/** Standing bars against a line: people by tenth beside the households of the area. Shares, 0 to 1. */
export interface ProfileChart {
  kind: "profile";
  bars: readonly { label: string; share: number | null; against: number | null }[];
  from: string;
  to: string;
  against: string;
}

/** A curve of a share, 0 to 1, with its band: in steps, unless joined. */
export interface SurvivalChart {
  kind: "survival";
  points: readonly { days: number; share: number; low: number | null; high: number | null }[];
  /** Where half are over; null when the curve does not reach it. */
  median: number | null;
  /** The points are a few fixed days, joined by straight lines: not every step may be told outside. */
  joined?: boolean;
  across: string;
  up: string;
}

/** Values by period, the last one marked. */
export interface TimelineChart {
  kind: "timeline";
  unit: string;
  points: readonly { label: string; group: string | null; value: number | null; marked: boolean }[];
}

/** A hundred people in each of two groups, ten by ten: those whom it happened to are filled. */
export interface DotsChart {
  kind: "dots";
  /** What a filled dot is: "reoffended within a year". */
  filled: string;
  /** Those who took part first; `filled` of a hundred, whole. */
  groups: readonly { label: string; filled: number; note: string }[];
}

/** Differences under one another, each a point with its 95% interval, against the line of no difference. */
export interface ForestChart {
  kind: "forest";
  /** own: each line has a scale of its own (outcomes of several units). shared: one axis under all. */
  scale: "own" | "shared";
  /** What is shown: "Difference for every 100 people". */
  unit: string;
  /** Words at the axis: "fewer", "same", "more". */
  ends: { less: string; none: string; more: string };
  lines: readonly {
    label: string;
    /** Second line under the label, or nothing. */
    note: string;
    difference: number;
    low: number;
    high: number;
    /** "−12 (−19 to −5)", as it stands beside the line. */
    words: string;
    /** Filled point; hollow where it is not clear. */
    clear: boolean;
    /** In the colour of the subject; the others are context. */
    main: boolean;
  }[];
}

/** How many people are left at each stage, and why the others are not. */
export interface FunnelChart {
  kind: "funnel";
  unit: string;
  /** `people` null: hidden. `lost`: "20 not found, 15 had no full date of birth", or nothing. The last is told apart. */
  stages: readonly { label: string; people: number | null; lost: string }[];
}

/** How alike two groups are in each thing that was checked, before and after (a love plot). In hundredths of a standard deviation. */
export interface LoveChart {
  kind: "love";
  unit: string;
  /** Up to which a difference is good, and up to which fair, to either side. */
  good: number;
  fair: number;
  before: string;
  after: string;
  lines: readonly { label: string; before: number; after: number }[];
}

/** How the share of people with no event fell in each of two groups, in whole per cent at a few days. */
export interface CurvesChart {
  kind: "curves";
  days: readonly number[];
  treated: readonly number[];
  comparison: readonly number[];
  /** What the two are called. */
  names: { treated: string; comparison: string };
}

/** The charts of a study's report. */
export type StudyChart = CurvesChart | DotsChart | ForestChart | FunnelChart | LoveChart;

export type PaperChart = BarsChart | SlopeChart | ProfileChart | SurvivalChart | TimelineChart | StudyChart;

export type PaperBlock =
  | { kind: "chart"; name: string; title: string; says: string; chart: PaperChart; table: PaperTable }
  | { kind: "table"; title: string; table: PaperTable }
  | { kind: "words"; words: readonly string[] }
  | { kind: "story"; quote: readonly string[]; who: string; consent: string };
export type ChartBlock = Extract<PaperBlock, { kind: "chart" }>;

export interface PaperSection<Key extends string = SectionKey> {
  key: Key;
  title: string;
  /** Drafted from fixed sentences, or as edited. */
  text: string;
  edited: boolean;
  blocks: readonly PaperBlock[];
  /** How this is counted, beside the section. */
  notes: readonly { term: string; means: string }[];
}

export interface PaperHeadline {
  value: string;
  what: string;
  note: string;
}

/** What every paper has, whatever it is about. */
export interface PaperSheet {
  basis: "exact" | "figures";
  /** "Wear Advice, money advice". */
  from: string;
  /** "July to September 2026". */
  period: string;
  title: string;
  titleEdited: boolean;
  lead: string;
  leadEdited: boolean;
  headlines: readonly PaperHeadline[];
  sections: readonly PaperSection<string>[];
  /** Under `FOOT_HEADINGS`, as sentences. */
  counted: readonly string[];
  limits: readonly string[];
  /** "Counted on 24 November 2026 …" */
  foot: string;
  /** The day of the cut-off: the date that files bear, so that the same paper gives the same bytes on any day. */
  countedOn: Day;
  /** Of a frozen one: number of the version, and how its numbers differ from the version before. */
  version: { number: number; changes: readonly string[] } | null;
}

/** An impact summary. */
export interface Paper extends PaperSheet {
  audience: Audience;
  sections: readonly PaperSection[];
}

/** The report of a study. Its numbers are always figures, and nothing in it is edited. */
export interface StudyPaper extends PaperSheet {
  /** "Study 14 on the register". */
  study: string;
}

export type AnyPaper = Paper | StudyPaper;

/** What heads the two lists at the foot of a paper, in every form. */
export const FOOT_HEADINGS = { counted: "How we counted", limits: "What this does not show" } as const;

/** What stands under a chart that travels alone: whose numbers it shows, of when, and whether they may leave. */
export function chartFootOf({
  from,
  period,
  foot,
  basis,
}: Pick<PaperSheet, "from" | "period" | "foot" | "basis">) {
  const inside = basis === "exact" ? " Exact numbers, for use inside only: do not publish them." : "";
  return `${from}, ${period}. ${foot}${inside}`;
}
