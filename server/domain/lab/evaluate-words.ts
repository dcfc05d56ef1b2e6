/** An analysis as lines of text for whoever runs it in a terminal. The numbers are exact: they are for the analyst. */

import { inDigits } from "../number-text";
import type {
  Analysis,
  BalanceLine,
  Effect,
  MethodResult,
  OrderRange,
  SubgroupLeftOut,
  SubgroupResult,
} from "./analysis";
import { methodWords } from "./method-words";

const digits = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4 });
const people = (count: number) => `${inDigits(count)} ${count === 1 ? "person" : "people"}`;

const pOf = (p: number) => (p < 0.001 ? "p below 0.001" : `p ${p.toFixed(3)}`);

export interface AnalysisWords {
  people: string;
  propensity: string;
  subgroup(found: SubgroupResult): string;
  leftOut(found: SubgroupLeftOut): string;
  tests: string;
}

const NO_HEADLINE = {
  "red-balance": "There is no headline: the two groups are too unlike after matching.",
  "nobody-matched": "There is no headline: nobody could be matched.",
} as const;

/** An analysis for a terminal, part by part. Numbers are exact: nothing is rounded for disclosure. */
export function analysisInWords({
  treated,
  comparison,
  propensity,
  tests,
  noHeadline,
}: Analysis): AnalysisWords {
  return {
    people: `${people(treated)} who took part, ${people(comparison)} to compare them with.`,
    propensity: [
      "Who takes part: a logistic model.",
      ...table([
        ["term", "estimate", "error"],
        ...propensity.terms.map(({ term, estimate, se }) => [
          term,
          digits.format(estimate),
          digits.format(se),
        ]),
      ]),
      `  Deviance ${digits.format(propensity.deviance)} of ${digits.format(propensity.nullDeviance)} after ${propensity.iterations} rounds; the score tells the groups apart in ${Math.round(100 * propensity.auc)} of 100 pairs.`,
      ...propensity.remarks.map((remark) => `  ${remark}`),
    ].join("\n"),
    subgroup: ({ covariate, level, treatedMatched, ess, maxAbsSmd, effects }) =>
      [
        `Only ${covariate} ${level}: ${people(treatedMatched)} matched, compared with the worth of ${inDigits(Math.round(ess))}; largest difference of a covariate ${maxAbsSmd.toFixed(3)}.`,
        ...effects.map(effectInWords),
      ].join("\n"),
    leftOut: ({ covariate, level, why }) =>
      `Nothing is said of ${covariate} ${level}: ${why === "too-few" ? "too few people" : "the two groups are too unlike there"}.`,
    tests: [
      ...(noHeadline === null ? [] : [NO_HEADLINE[noHeadline]]),
      `Tests run: ${tests.length}.`,
      ...tests.map(
        ({ of, outcome, p, corrected }) =>
          `  ${of}; ${outcome}: ${pOf(p)}${corrected === null ? "" : `, ${pOf(corrected)} allowing for all outcomes of the headline`}`,
      ),
    ].join("\n"),
  };
}

/** A method: how many were matched, how alike the groups are, what the outcomes were. */
export function methodInWords(result: MethodResult, at: number, noHeadline: Analysis["noHeadline"]): string {
  const { method, treated, treatedMatched, comparisonMatched, ess, band, maxAbsSmd } = result;
  const { balance, effects, orderRange } = result;
  const role = at === 0 ? (noHeadline === null ? "Headline" : "First method, no headline") : "Also";
  return [
    `${role}: ${methodWords(method)}.`,
    `  ${inDigits(treatedMatched)} of ${people(treated)} matched with ${people(comparisonMatched)}, worth ${inDigits(Math.round(ess))}. Balance ${band}: largest difference ${maxAbsSmd.toFixed(3)} standard deviations.`,
    ...table([
      ["covariate", "before", "after", "variance ratio", "furthest apart"],
      ...balance.map((line) => [
        nameOf(line),
        inDeviations(line.smdBefore),
        inDeviations(line.smdAfter),
        line.varianceRatio === null ? "" : line.varianceRatio.toFixed(2),
        line.ecdfMax.toFixed(3),
      ]),
    ]),
    ...effects.map(effectInWords),
    ...(orderRange ? [rangeInWords(orderRange)] : []),
  ].join("\n");
}

/** Some scores are equal, and which of two equally near people is taken depends on the order of the rows. */
const rangeInWords = ({ orders, differenceLow, differenceHigh }: OrderRange) =>
  `  In ${orders} other orders of the rows the first difference lies between ${digits.format(differenceLow)} and ${digits.format(differenceHigh)}. Name an id in the plan to fix the order.`;

/** Without a minus before nothing. */
const inDeviations = (difference: number) =>
  Math.abs(difference) < 0.0005 ? "0.000" : difference.toFixed(3);

const nameOf = ({ covariate, level }: BalanceLine) => (level === null ? covariate : `${covariate}: ${level}`);

function effectInWords({
  outcome,
  measure,
  treated,
  comparison,
  difference,
  low,
  high,
  p,
  intervalBy,
}: Effect) {
  const show =
    measure === "rate"
      ? (value: number) => (100 * value).toFixed(1)
      : (value: number) => digits.format(value);
  const unit = { rate: " in 100", mean: " on average", time: " days among those with one" }[measure];
  return `  ${outcome}: ${show(treated)} against ${show(comparison)}${unit}, a difference of ${show(difference)} (${show(low)} to ${show(high)}, ${intervalBy}); ${pOf(p)}`;
}

/** Columns of one width; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? "").length)));
  return rows.map(
    (row) =>
      `    ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ")}`,
  );
}
