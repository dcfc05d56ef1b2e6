/**
 * A whole analysis in the order that is promised: who takes part is modelled, people are matched and their balance is
 * looked at, all before any outcome is read (`comparisonOf`); then effects are worked out by the fixed plan
 * (`analysisOf`). Every method of the plan is run and every test listed; sub-groups are matched anew within themselves.
 */

import { Invalid } from "../errors";
import { chanceFrom } from "../repeatable-chance";
import type {
  Analysis,
  AnalysisPlan,
  Covariate,
  Effect,
  FittedPropensity,
  LabColumn,
  LabMethod,
  LabTable,
  Matched,
  MethodResult,
  SubgroupLeftOut,
  SubgroupResult,
  TestRun,
} from "./analysis";
import { balanceSheet, bandOf, maxAbsSmdOf } from "./balance";
import { effectOf } from "./effects";
import type { CovariateColumns } from "./errors-of-residuals";
import { matchBy, orderRange } from "./matching";
import { methodWords } from "./method-words";
import { fitPropensity } from "./propensity";
import { modelOfCovariates } from "./propensity-model";
import { holm } from "./several";
import { FEWEST_IN_SUBGROUP, FEWEST_MATCHED } from "./study";
import { effectiveSize, keptOf } from "./weighted";

/** People without what became of them: what is matched has no outcomes in it, so none can be read. */
export type LabPeople = Omit<LabTable, "outcomes">;

const NONE: LabTable["outcomes"] = new Map();

/** Any number would do; the same one always, so that an analysis can be made again to the last digit. */
const ORDER_SEED = 1;

/** A method after matching, before outcomes. */
interface MatchedMethod {
  matched: Matched;
  /** The covariates, where the groups came out alike in them by radius. */
  alike: CovariateColumns | null;
  result: Omit<MethodResult, "effects">;
}

interface MatchedSubgroup extends MatchedMethod {
  covariate: string;
  level: string;
  /** Rows of the table that are in it. */
  rows: Int32Array;
}

/** Everything that is known before an outcome is read. */
export interface Comparison {
  people: LabPeople;
  plan: AnalysisPlan;
  fitted: FittedPropensity;
  methods: readonly MatchedMethod[];
  noHeadline: Analysis["noHeadline"];
  subgroups: readonly MatchedSubgroup[];
  subgroupsLeftOut: readonly SubgroupLeftOut[];
}

/**
 * Models who takes part, matches by every method of the plan and looks at the balance. `fitted` is the model where it
 * was fitted elsewhere, such as in worker threads. Throws Invalid where a side has nobody, or a sub-group is of nothing
 * that was measured.
 */
export function comparisonOf(
  people: LabPeople,
  plan: AnalysisPlan,
  fitted: FittedPropensity = fitPropensity({ ...people, outcomes: NONE }, plan.covariates),
): Comparison {
  requireSubgroups(people, plan);
  const methods = plan.methods.map(matcherOf(people, plan.covariates, fitted));
  const [headline] = methods;
  const split = headline ? splitSubgroups(people, plan, headline.result.method) : [];
  return {
    people,
    plan,
    fitted,
    methods,
    noHeadline: headline ? noHeadlineOf(headline.result) : "nobody-matched",
    subgroups: split.filter((each) => "matched" in each),
    subgroupsLeftOut: split.filter((each) => "why" in each),
  };
}

/**
 * Reads the outcomes, each by row of the table, and works out every effect of the plan. Without outcomes (null), where the
 * groups are too unlike for any to be read: the comparison alone.
 */
export function analysisOf(comparison: Comparison, outcomes: LabTable["outcomes"] | null): Analysis {
  const { plan, people, fitted } = comparison;
  const { treated } = people;
  const effectsIn = (
    of: Uint8Array,
    { matched, result, alike }: MatchedMethod,
    valuesOf: (values: Float64Array) => Float64Array,
  ): Effect[] =>
    (outcomes === null ? [] : plan.outcomes).flatMap((outcome) => {
      const values = outcomes?.get(outcome.name);
      if (!values) throw new Invalid(`There is no outcome ${outcome.name}.`);
      return (
        effectOf({ treated: of, matched, method: result.method, alike }, outcome, valuesOf(values)) ?? []
      );
    });
  const [first] = plan.outcomes;
  const firstValues = first && outcomes?.get(first.name);
  const methods = comparison.methods.map((each) => ({
    ...each.result,
    effects: effectsIn(treated, each, (values) => values),
    orderRange:
      firstValues && plan.id === undefined ? rangeOf(people, fitted, each.result.method, firstValues) : null,
  }));
  const subgroups = comparison.subgroups.map((each): SubgroupResult => {
    const { treatedMatched, ess, maxAbsSmd } = each.result;
    const { covariate, level, rows } = each;
    const picked = pickedBytes(treated, rows);
    const effects = effectsIn(picked, each, (values) => pickedNumbers(values, rows));
    return { covariate, level, treatedMatched, ess, maxAbsSmd, effects };
  });
  return {
    treated: countOf(treated, 1),
    comparison: countOf(treated, 0),
    propensity: fitted.propensity,
    methods,
    noHeadline: comparison.noHeadline,
    subgroups,
    subgroupsLeftOut: comparison.subgroupsLeftOut,
    tests: testsOf(methods, subgroups, comparison.noHeadline === null),
  };
}

/** Both steps at once, where the outcomes are at hand. */
export function analyse(table: LabTable, plan: AnalysisPlan, fitted?: FittedPropensity): Analysis {
  return analysisOf(comparisonOf(table, plan, fitted), table.outcomes);
}

/** Where nothing fixes an order of people: what other orders would make of the first outcome. */
const rangeOf = (people: LabPeople, fitted: FittedPropensity, method: LabMethod, values: Float64Array) =>
  orderRange({ ...people, outcomes: NONE }, fitted, method, values, chanceFrom(ORDER_SEED));

const countOf = (treated: Uint8Array, side: 0 | 1) =>
  treated.reduce((sum, each) => sum + (each === side ? 1 : 0), 0);

function requireSubgroups({ covariates }: LabPeople, plan: AnalysisPlan): void {
  for (const name of plan.subgroups) {
    if (covariates.get(name)?.type !== "category")
      throw new Invalid(`${name} has no sub-groups: name a covariate that is a category.`);
    if (plan.covariates.every((covariate) => covariate.name === name))
      throw new Invalid(`Sub-groups of ${name} need another covariate to be matched on.`);
  }
}

/** Matches the same people by one method after the other; what the methods have in common is worked out once. */
function matcherOf(
  people: LabPeople,
  covariates: readonly Covariate[],
  fitted: FittedPropensity,
): (method: LabMethod) => MatchedMethod {
  const { treated } = people;
  const table = { ...people, outcomes: NONE };
  const balanceBy = balanceSheet(table, covariates);
  const outside = outsideSupport(people, fitted);
  let columns: CovariateColumns | undefined;
  return (method) => {
    const matched = matchBy(table, fitted, method);
    const balance = balanceBy(matched);
    const band = bandOf(balance);
    const isAlike = method.name === "radius" && band !== "red";
    if (isAlike) columns ??= modelOfCovariates(table, covariates);
    const { took, others } = keptOf(treated, matched.weights);
    return {
      matched,
      alike: isAlike && columns ? columns : null,
      result: {
        method,
        caliperWidth: matched.caliperWidth,
        treated: countOf(treated, 1),
        treatedMatched: took,
        comparisonMatched: others,
        ess: effectiveSize(treated, matched.weights),
        outsideSupport: outside,
        balance,
        maxAbsSmd: maxAbsSmdOf(balance),
        band,
      },
    };
  };
}

/** Participants whose score lies below the lowest or above the highest of those they could be compared with. */
function outsideSupport({ treated }: LabPeople, { logit }: FittedPropensity): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  treated.forEach((side, row) => {
    if (side === 1) return;
    const score = logit[row] ?? Number.NaN;
    // Others whom the model sets aside are nobody to be compared with.
    if (!Number.isFinite(score)) return;
    low = Math.min(low, score);
    high = Math.max(high, score);
  });
  const isOutside = (score: number) => score < low || score > high;
  return treated.reduce(
    (sum, side, row) => sum + (side === 1 && isOutside(logit[row] ?? Number.NaN) ? 1 : 0),
    0,
  );
}

function noHeadlineOf({ treatedMatched, comparisonMatched, band }: MatchedMethod["result"]) {
  if (treatedMatched === 0 || comparisonMatched === 0) return "nobody-matched";
  return band === "red" ? "red-balance" : null;
}

/**
 * Every level of the covariates that the plan names, matched anew within itself by the headline's method, so that like
 * is compared with like there too (Green and Stuart 2014, Journal of Consulting and Clinical Psychology 82).
 */
function splitSubgroups(
  people: LabPeople,
  plan: AnalysisPlan,
  method: LabMethod,
): (MatchedSubgroup | SubgroupLeftOut)[] {
  return plan.subgroups.flatMap((covariate) => {
    const column = people.covariates.get(covariate);
    if (column?.type !== "category") return [];
    const others = plan.covariates.filter(({ name }) => name !== covariate);
    return column.levels.map((level, code) => {
      const rows = rowsWhere(people.rows, (row) => column.codes[row] === code);
      const within = pickedPeople(people, rows);
      const tooFew = { covariate, level, why: "too-few" } as const;
      const [treated, comparison] = [countOf(within.treated, 1), countOf(within.treated, 0)];
      if (treated < FEWEST_IN_SUBGROUP || comparison < FEWEST_MATCHED) return tooFew;
      const fitted = fitWithin(within, others);
      if (!fitted) return { covariate, level, why: "red-balance" } as const;
      const found = matcherOf(within, others, fitted)(method);
      const { treatedMatched, comparisonMatched, band } = found.result;
      if (treatedMatched < FEWEST_IN_SUBGROUP || comparisonMatched < FEWEST_MATCHED) return tooFew;
      if (band === "red") return { covariate, level, why: "red-balance" } as const;
      return { ...found, covariate, level, rows };
    });
  });
}

/** Null where the two groups have so little in common in here that taking part cannot be modelled. */
function fitWithin(people: LabPeople, covariates: readonly Covariate[]): FittedPropensity | null {
  try {
    return fitPropensity({ ...people, outcomes: NONE }, covariates);
  } catch (error) {
    if (error instanceof Invalid) return null;
    throw error;
  }
}

function rowsWhere(rows: number, holds: (row: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row += 1) if (holds(row)) found.push(row);
  return Int32Array.from(found);
}

const pickedNumbers = (values: Float64Array, rows: Int32Array) =>
  Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
const pickedBytes = (values: Uint8Array, rows: Int32Array) =>
  Uint8Array.from(rows, (row) => values[row] ?? 0);

function pickedColumn(column: LabColumn, rows: Int32Array): LabColumn {
  return column.type === "number"
    ? { type: "number", values: pickedNumbers(column.values, rows) }
    : {
        type: "category",
        levels: column.levels,
        codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1),
      };
}

function pickedPeople({ treated, covariates }: LabPeople, rows: Int32Array): LabPeople {
  return {
    rows: rows.length,
    treated: pickedBytes(treated, rows),
    covariates: new Map([...covariates].map(([name, column]) => [name, pickedColumn(column, rows)])),
  };
}

/** Every test there was. Correction is over the outcomes of the headline, which were one question asked several ways. */
function testsOf(
  methods: readonly MethodResult[],
  subgroups: readonly SubgroupResult[],
  isHeadline: boolean,
): TestRun[] {
  const testsIn = (of: string, effects: readonly Effect[], corrected: readonly number[] | null): TestRun[] =>
    effects.flatMap(({ outcome, p, besides }, at) => {
      const test = { of, outcome, p, corrected: corrected?.[at] ?? null };
      const logRank = besides["logRankP"];
      // Days among those with an event and the whole curve are two questions.
      return logRank === undefined
        ? [test]
        : [test, { of: `${of}, whole curve`, outcome, p: logRank, corrected: null }];
    });
  return [
    ...methods.flatMap(({ method, effects }, at) => {
      const isFamily = at === 0 && isHeadline;
      const of = isFamily ? `Headline: ${methodWords(method)}` : methodWords(method);
      return testsIn(of, effects, isFamily ? holm(effects.map(({ p }) => p)) : null);
    }),
    ...subgroups.flatMap(({ covariate, level, effects }) =>
      testsIn(`Only ${covariate}: ${level}`, effects, null),
    ),
  ];
}
