/**
 * What a study may say: every number has passed disclosure control, keyed on the whole cohort, and every rate,
 * difference and interval is worked out of figures. Only this reaches the organisation, the checker and the register.
 */

import type { Figure } from "../disclosure";
import type { BalanceBand, LabMethod } from "./analysis";
import type { Loss } from "./attrition";

/** Null: fewer than 10, or none. */
export type Few = Figure | null;

export type Verdict = "fewer" | "more" | "not-clear";

export interface ReportEffect {
  outcome: string;
  label: string;
  verb: string;
  type: "binary" | "count" | "time" | "number";
  better: "fewer" | "more";
  /** Per 100 people, whole; days, whole; else in the unit of the outcome. */
  unit: "per-100" | "days" | "points";
  treated: number;
  comparison: number;
  difference: number;
  low: number;
  high: number;
  /** To two figures, "less than 0.01" below. */
  p: number;
  corrected: number | null;
  verdict: Verdict;
  nTreated: Few;
  nComparison: Few;
  /** Weighted people that the comparison group is worth, as a figure. */
  worth: Few;
  /** About how many people would have to take part for a difference of this size to show; null when it showed. */
  needed: number | null;
}

export interface ReportNumbers {
  /**
   * Why there is no headline, when there is none. red-balance: the groups are too unlike, so no difference is said at
   * all. small-numbers: fewer than 10 on one side, or too few people for an estimate.
   */
  noHeadline: "red-balance" | "small-numbers" | null;
  /** These people, or nearly all of them, were in an earlier study: its numbers stand, so that one more cannot be told. */
  again: boolean;
  /** Outcomes of the plan of which no number is said because one behind it is too small. */
  notTold: readonly { outcome: string; label: string }[];
  attrition: {
    sent: Few;
    stages: readonly { stage: string; words: string; people: Few }[];
    losses: readonly { loss: Loss; words: string; people: Few }[];
  };
  /** The headline first. Empty where there is no headline. */
  effects: readonly ReportEffect[];
  balance: readonly {
    covariate: string;
    label: string;
    level: string | null;
    before: number;
    after: number;
  }[];
  band: BalanceBand;
  /** Sensitivity: the same outcome as the headline by every other method, tidy or not. */
  grid: readonly {
    method: LabMethod;
    label: string;
    band: BalanceBand;
    difference: number;
    low: number;
    high: number;
  }[];
  subgroups: readonly { label: string; people: Few; difference: number; low: number; high: number }[];
  /** Tests that were run, all of them. */
  testsRun: number;
  /** Points of the two curves at fixed days, shares to whole points; null when no outcome is a time. */
  curves: { days: readonly number[]; treated: readonly number[]; comparison: readonly number[] } | null;
}
