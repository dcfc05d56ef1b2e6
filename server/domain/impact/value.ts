/**
 * What help may be worth: people counted, times a cost of one of them that somebody else worked out. It is an estimate
 * with a range, it names its source and year, and it is never part of an outcome. Lines are not added up: the same person
 * may stand on several, and what they value may be the same thing.
 */

import { z } from "zod";
import { findNode } from "../needs";
import { inPounds } from "../number-text";
import { oneLine, uuid } from "../typed-text";
import { type Measure, measures, type PeopleNumbers } from "./numbers";

/** What a unit cost is a cost of: one person who … */
export const COST_BASES = ["helped", "resolved", "improved", "referred"] as const;
export type CostBasis = (typeof COST_BASES)[number];

/** As they stand in a choice and in a file: "one person with a need resolved". */
export const BASIS_WORDS: Readonly<Record<CostBasis, string>> = {
  helped: "people helped",
  resolved: "people with a need resolved",
  improved: "people with a need improved",
  referred: "people with a referral completed",
};

/** Bases that ask for which need. */
export const asksForNeed = (basis: CostBasis): boolean => basis === "resolved" || basis === "improved";

export const CONFIDENCES = ["high", "medium", "low"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What each means, for whoever chooses and whoever reads. */
export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: "published, and close to what we do",
  medium: "published, about something like it",
  low: "our own working, or an old source",
};

const MOST_POUNDS = 1_000_000;
const EARLIEST_YEAR = 1990;
const LATEST_YEAR = 2100;

const pounds = (what: string) =>
  z
    .number(`Enter ${what} in pounds, like 1250 or 87.50.`)
    .min(0, `Enter ${what} as 0 or more.`)
    .max(MOST_POUNDS, `Keep ${what} to a million pounds for one person.`)
    .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, "Use pence at the finest.");

/** One unit cost, as it is typed or stands on a line of a file. */
export const unitCostFields = z
  .object({
    name: oneLine.min(2, "Enter a name.").max(120, "Keep the name to 120 characters."),
    basis: z.enum(COST_BASES, "Say what is counted."),
    /** A domain (HOU) or a need (HOU-04); "*" where the basis asks for none, and for any need. */
    path: z.string().refine((path) => findNode(path) !== null, "Choose a need or a domain."),
    value: pounds("the value"),
    low: pounds("the low value"),
    high: pounds("the high value"),
    source: oneLine.min(3, "Say where the value comes from.").max(200, "Keep the source to 200 characters."),
    /** Of the prices. */
    year: z
      .int("Enter the year of the prices, like 2024.")
      .min(EARLIEST_YEAR, `Use a year from ${EARLIEST_YEAR}.`)
      .max(LATEST_YEAR, "Check the year."),
    confidence: z.enum(CONFIDENCES, "Choose high, medium or low."),
  })
  .superRefine(({ low, value, high, basis, path }, check) => {
    const fault = (field: string, message: string) =>
      check.addIssue({ code: "custom", path: [field], message });
    if (low > value) fault("low", "The low value is not above the value.");
    if (high < value) fault("high", "The high value is not below the value.");
    if (!asksForNeed(basis) && path !== "*")
      fault("path", "A need is asked for only where needs are counted.");
  });
export type UnitCostFields = z.output<typeof unitCostFields>;

export const saveUnitCostSchema = z.object({ id: uuid, fields: unitCostFields });
export type SaveUnitCost = z.output<typeof saveUnitCostSchema>;

export interface UnitCost extends UnitCostFields {
  id: string;
  /** No longer used in new summaries. */
  closed: boolean;
}

/** The set of people that a unit cost is multiplied by. */
export function measureOfCost({ basis, path }: Pick<UnitCostFields, "basis" | "path">): Measure {
  switch (basis) {
    case "helped":
      return measures.helped;
    case "referred":
      return measures.referral("completed");
    default:
      return measures.need(basis, path);
  }
}

/** "people with rent or mortgage arrears resolved". */
export function countedInWords({ basis, path }: Pick<UnitCostFields, "basis" | "path">): string {
  if (!asksForNeed(basis) || path === "*") return BASIS_WORDS[basis];
  const label = findNode(path)?.label ?? path;
  return `people with “${label}” ${basis}`;
}

/** Pounds, low to high. */
export interface ValueEstimate {
  low: number;
  value: number;
  high: number;
}

/** Digits of an estimate that are shown: more would look surer than it is. */
const SHOWN_DIGITS = 3;

/** Pounds to three digits, and never finer than a pound: the low end down, the high end up, so that the range holds. */
function toShownDigits(pounds: number, round: (value: number) => number): number {
  if (pounds === 0) return 0;
  const step = Math.max(1, 10 ** (Math.floor(Math.log10(pounds)) + 1 - SHOWN_DIGITS));
  // Whole pence first: a product of pence and people is whole, but for the last bits.
  return round(Math.round((pounds / step) * 1e6) / 1e6) * step;
}

/** What a number of people comes to. Throws for a number that is not of people. */
export function valueEstimateOf({ low, value, high }: ValueEstimate, people: number): ValueEstimate {
  if (!Number.isSafeInteger(people) || people < 0)
    throw new Error("An estimate is made of a number of people");
  return {
    low: toShownDigits(low * people, Math.floor),
    value: toShownDigits(value * people, Math.round),
    high: toShownDigits(high * people, Math.ceil),
  };
}

export interface ValueLine {
  cost: UnitCost;
  /** Null: hidden, fewer than 10 or none; then there is no estimate. */
  people: number | null;
  estimate: ValueEstimate | null;
}

/**
 * The lines of the section "value", as the organisation ordered them, from the numbers of a summary: outside, people is
 * a figure and so is what the estimate is made from. Nobody (exact 0) is a line with an estimate of nothing.
 */
export function valueLines(
  costs: readonly UnitCost[],
  { basis, people }: { basis: "exact" | "figures"; people: PeopleNumbers },
): ValueLine[] {
  return costs.map((cost) => {
    const counted = people[measureOfCost(cost)] ?? (basis === "exact" ? 0 : null);
    return { cost, people: counted, estimate: counted === null ? null : valueEstimateOf(cost, counted) };
  });
}

/** "An estimate: about £12,300, between £8,200 and £16,500." */
export function estimateInWords({ low, value, high }: ValueEstimate): string {
  const about = `An estimate: about ${inPounds(value)}`;
  return low === high ? `${about}.` : `${about}, between ${inPounds(low)} and ${inPounds(high)}.`;
}

/** "Prices of 2024, from Unit Cost Database; confidence medium: published, about something like it." */
export const sourceInWords = ({ source, year, confidence }: UnitCost): string =>
  `Prices of ${year}, from ${source}; confidence ${confidence}: ${CONFIDENCE_WORDS[confidence]}.`;

/** What stands under the lines wherever they are shown. */
export const VALUE_NOTES: readonly string[] = [
  "These are estimates: a number of people, times a cost of one person that somebody else worked out. They do not show what would have happened without us, and they are no part of the outcomes above.",
  "The lines are not added up. The same person may stand on more than one, and two costs may value the same thing.",
];
