/**
 * Scores, matching and balance against R's glm and MatchIt 4.7.2: every `matching/lalonde_s*.json`, the files beside
 * them, and every `matching/sim*_expected.json` of REFERENCE_DIR, by default the project's own. What those files
 * promise for each specification is what is held here: everything that an order of rows cannot change agrees to one
 * part in a million (coefficients to 1e-5); what it can change lies within the range over 200 orders.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { leastSquares, modelCovariance } from "../change/regression";
import { chanceFrom } from "../repeatable-chance";
import type { FittedPropensity, LabMethod, LabTable, Matched } from "./analysis";
import { balanceOf, balanceOfNumber, maxAbsSmdOf } from "./balance";
import { matchBy, orderRange } from "./matching";
import { fitPropensity } from "./propensity";
import {
  argumentsOf,
  methodOfCall,
  numbersOf,
  type RTable,
  type RTerm,
  readRTable,
  tableOfTerms,
  termsOfFormula,
} from "./testing-r";
import { effectiveSize, keptOf, meanOf } from "./weighted";

const OWN = "fixtures/reference";
const reference = process.env["REFERENCE_DIR"] ?? OWN;
const directory = join(reference, "matching");
const files = existsSync(directory) ? readdirSync(directory) : [];
const read = (name: string) => readFileSync(join(directory, name), "utf8");

const range = z.tuple([z.number(), z.number()]);
const named = z.record(z.string(), z.number());
const line = z.object({
  variable: z.string(),
  mean_treated: z.number(),
  mean_control: z.number(),
  smd: z.number().nullish(),
  var_ratio: z.number().nullish(),
  ecdf_mean: z.number().nullish(),
  ecdf_max: z.number().nullish(),
});
const balance = z.object({ before: z.array(line), after: z.array(line) });
const outcomes = z.record(
  z.string(),
  z.object({ mean_treated: z.number(), mean_control: z.number(), att: z.number() }),
);
const width = z.union([z.number(), z.record(z.string(), z.number())]);
const specSchema = z.object({
  args: z.string(),
  formula: z.string(),
  caliper_width: width.nullish(),
  n: z.object({ treated_matched: z.number(), control_matched: z.number(), control_ess: z.number() }),
  balance,
  max_abs_smd_after: z.number(),
  outcome: outcomes,
  match_matrix: z.array(z.array(z.string().nullable())).optional(),
  row_order_sensitivity: z
    .object({
      att_range: range,
      treated_matched_range: range,
      control_matched_range: range,
    })
    .optional(),
  weights_by_id: named,
});

/** One part in a million, as the reference asks; numbers near nothing to 1e-9. */
function expectClose(
  found: number | null | undefined,
  expected: number,
  what: string,
  relative = 1e-6,
): void {
  expect(Math.abs((found ?? Number.NaN) - expected), `${what}: ${found} for ${expected}`).toBeLessThanOrEqual(
    Math.max(relative * Math.abs(expected), 1e-9),
  );
}

const rName = (term: string) => term.replace(": ", "");

function expectBalance(
  expected: z.output<typeof balance>,
  { table, covariates }: ReturnType<typeof tableOfTerms>,
  scores: Float64Array,
  matched: Matched,
  sides: readonly ("before" | "after")[],
): void {
  const even = new Float64Array(table.rows).fill(1);
  for (const side of sides) {
    const weights = side === "before" ? even : matched.weights;
    const lines = new Map(
      balanceOf(table, covariates, { weights }).map((each) => [each.covariate + (each.level ?? ""), each]),
    );
    const own = balanceOfNumber("distance", scores, table.treated, matched.weights);
    if (own) lines.set("distance", { ...own, smdAfter: side === "before" ? own.smdBefore : own.smdAfter });
    for (const each of expected[side]) {
      const at = `${side} ${each.variable}`;
      const found = lines.get(each.variable.replaceAll("`", "").replace(/\)TRUE$/, ")"));
      const isScore = each.variable === "distance";
      if (isScore && side === "before") {
        expectClose(found?.meanTreatedBefore, each.mean_treated, at);
        expectClose(found?.smdAfter, each.smd ?? Number.NaN, at);
        continue;
      }
      expectClose(found?.meanTreated, each.mean_treated, `${at} mean of participants`);
      expectClose(found?.meanComparison, each.mean_control, `${at} mean of the others`);
      if (typeof each.smd === "number") expectClose(found?.smdAfter, each.smd, `${at} difference`);
      if (typeof each.var_ratio === "number")
        expectClose(found?.varianceRatio, each.var_ratio, `${at} variances`);
      else expect(found?.varianceRatio ?? null, at).toBeNull();
      if (typeof each.ecdf_mean === "number") expectClose(found?.ecdfMean, each.ecdf_mean, `${at} eCDF mean`);
      if (typeof each.ecdf_max === "number") expectClose(found?.ecdfMax, each.ecdf_max, `${at} eCDF max`);
    }
  }
}

const widthOf = (value: z.output<typeof width>) =>
  typeof value === "number" ? value : (Object.values(value)[0] ?? 0);

const difference = ({ treated }: LabTable, values: Float64Array, { weights }: Pick<Matched, "weights">) =>
  meanOf(values, treated, 1, weights) - meanOf(values, treated, 0, weights);

/** Terms that a call matches on exactly may be columns that the formula does not name. */
function withExact(data: RTable, terms: readonly RTerm[], method: LabMethod): RTerm[] {
  if (!("exact" in method)) return [...terms];
  const missing = method.exact.filter((name) => terms.every((term) => term.name !== name));
  return [...terms, ...missing.flatMap((name) => termsOfFormula(data, name))];
}

test.runIf(reference === OWN || files.length > 0)("there are files to read", () => {
  expect(files.filter((name) => /^(?:lalonde_s\d+|sim.*_expected)\.json$/.test(name))).not.toEqual([]);
});

describe.runIf(files.includes("lalonde.csv"))("lalonde", () => {
  const data = files.includes("lalonde.csv") ? readRTable(read("lalonde.csv")) : new Map<string, string[]>();
  const ids = data.get("id") ?? [];
  const FORMULA = "treat ~ age + educ + race + married + nodegree + re74 + re75";
  const prepared = (formula: string, method: LabMethod | null = null) => {
    const terms = termsOfFormula(data, formula);
    const made = tableOfTerms(data, {
      treated: "treat",
      terms: method ? withExact(data, terms, method) : terms,
      outcomes: ["re78"],
    });
    return { ...made, covariates: made.covariates.slice(0, terms.length), terms };
  };
  const re78 = data.size > 0 ? numbersOf(data, "re78") : new Float64Array(0);

  test.runIf(files.includes("lalonde_propensity_model.json"))("has R's model of who takes part", () => {
    const expected = z
      .object({
        coef: named,
        se: named,
        deviance: z.number(),
        null_deviance: z.number(),
        iterations: z.number(),
        sd_ps_all: z.number(),
        sd_logit_all: z.number(),
        auc: z.number(),
      })
      .parse(JSON.parse(read("lalonde_propensity_model.json")));
    const { table, covariates } = prepared(FORMULA);
    const { propensity } = fitPropensity(table, covariates);
    expect(propensity.terms.map(({ term }) => rName(term))).toEqual(Object.keys(expected.coef));
    for (const { term, estimate, se } of propensity.terms) {
      expectClose(estimate, expected.coef[rName(term)] ?? Number.NaN, term, 1e-5);
      expectClose(se, expected.se[rName(term)] ?? Number.NaN, `error of ${term}`);
    }
    expectClose(propensity.deviance, expected.deviance, "deviance");
    expectClose(propensity.nullDeviance, expected.null_deviance, "null deviance");
    expectClose(propensity.sdProbability, expected.sd_ps_all, "sd of the chance");
    expectClose(propensity.sdLogit, expected.sd_logit_all, "sd of the log-odds");
    expectClose(propensity.auc, expected.auc, "auc");
    expect(propensity.iterations).toBe(expected.iterations);
    expect(propensity.remarks).toEqual([]);
  });

  test.runIf(files.includes("lalonde_scores.csv"))("gives everybody R's score", () => {
    const expected = readRTable(read("lalonde_scores.csv"));
    const { table, covariates } = prepared(FORMULA);
    const { logit, probability } = fitPropensity(table, covariates);
    expect(expected.get("id")).toEqual(ids);
    for (const [row, value] of numbersOf(expected, "logit").entries())
      expectClose(logit[row], value, `logit ${row}`);
    for (const [row, value] of numbersOf(expected, "ps").entries())
      expectClose(probability[row], value, `ps ${row}`);
  });

  test.runIf(files.includes("lalonde_ipw_ols.json"))("weighs and adjusts to R's estimates", () => {
    const expected = z
      .object({
        re78: z.object({
          att: z.number(),
          se_hc0_weights_fixed: z.number(),
          mean_control: z.number(),
          control_ess: z.number(),
        }),
        unadjusted_diff: z.number(),
        ols_main_effects: z.object({ att: z.number(), se: z.number() }),
      })
      .parse(JSON.parse(read("lalonde_ipw_ols.json")));
    const { table, covariates, terms } = prepared(FORMULA);
    const { probability } = fitPropensity(table, covariates);
    const weights = probability.map((p, row) => (table.treated[row] === 1 ? 1 : p / (1 - p)));
    expectClose(difference(table, re78, { weights }), expected.re78.att, "weighted difference");
    expectClose(meanOf(re78, table.treated, 0, weights), expected.re78.mean_control, "weighted mean");
    expectClose(effectiveSize(table.treated, weights), expected.re78.control_ess, "effective size");
    const even = { weights: new Float64Array(table.rows).fill(1) };
    expectClose(difference(table, re78, even), expected.unadjusted_diff, "plain difference");
    const design = Array.from(table.treated, (took, row) => [
      1,
      took,
      ...terms.flatMap(({ column }) => entriesOf(column, row)),
    ]);
    const fit = leastSquares([...re78], design);
    expectClose(fit.coefficients[1], expected.ols_main_effects.att, "least squares");
    const covariance = modelCovariance(fit, fit.dispersion);
    expectClose(Math.sqrt(covariance[1]?.[1] ?? 0), expected.ols_main_effects.se, "its error");
  });

  const entriesOf = (column: RTerm["column"], row: number): number[] =>
    column.type === "number"
      ? [column.values[row] ?? Number.NaN]
      : column.levels.slice(1).map((_, at) => Number(column.codes[row] === at + 1));

  describe.each(files.filter((name) => /^lalonde_s\d+\.json$/.test(name)))("%s", (name) => {
    const expected = specSchema.parse(JSON.parse(read(name)));
    const args = argumentsOf(expected.args);
    const method = methodOfCall(args, termsOfFormula(data, expected.formula));
    const made = prepared(expected.formula, method);
    const { table, covariates } = made;
    const fitted = fitPropensity(table, covariates);
    const matched = matchBy(table, fitted, method);
    const scores = "score" in method && method.score === "probability" ? fitted.probability : fitted.logit;
    const sensitivity = expected.row_order_sensitivity;
    const kept = keptOf(table.treated, matched.weights);

    test("has the caliper and the balance from before matching", () => {
      if (expected.caliper_width != null)
        expectClose(matched.caliperWidth, widthOf(expected.caliper_width), "caliper");
      expectBalance(expected.balance, made, scores, matched, ["before"]);
    });

    test.runIf(sensitivity)("is within the range over orders of the rows", () => {
      const [low = 0, high = 0] = sensitivity?.att_range ?? [];
      const att = difference(table, re78, matched);
      expect(att).toBeGreaterThanOrEqual(low - 1e-6 * Math.abs(low));
      expect(att).toBeLessThanOrEqual(high + 1e-6 * Math.abs(high));
      const [fewest, most] = sensitivity?.treated_matched_range ?? [];
      expect(kept.took).toBeGreaterThanOrEqual(fewest ?? 0);
      expect(kept.took).toBeLessThanOrEqual(most ?? 0);
      const [fewestOthers, mostOthers] = sensitivity?.control_matched_range ?? [];
      expect(kept.others).toBeGreaterThanOrEqual(fewestOthers ?? 0);
      expect(kept.others).toBeLessThanOrEqual(mostOthers ?? 0);
    });

    test.runIf(sensitivity)("says of other orders of the rows what R says of them", () => {
      const [low = 0, high = 0] = sensitivity?.att_range ?? [];
      const own = orderRange(table, fitted, method, re78, chanceFrom(1));
      const middle = difference(table, re78, matched);
      const [ownLow, ownHigh] = [own?.differenceLow ?? middle, own?.differenceHigh ?? middle];
      // Two hundred orders each, by other chances: the ends differ, the ranges are about one.
      const slack = high - low + 1e-6 * Math.abs(low);
      expect(ownLow).toBeGreaterThanOrEqual(low - slack);
      expect(ownHigh).toBeLessThanOrEqual(high + slack);
      expect(ownLow).toBeLessThanOrEqual(high + 1e-6 * Math.abs(high));
      expect(ownHigh).toBeGreaterThanOrEqual(low - 1e-6 * Math.abs(low));
    });

    test.skipIf(sensitivity)("has the weights, counts, balance and estimate", () => {
      expect(kept).toEqual({ took: expected.n.treated_matched, others: expected.n.control_matched });
      const weights = new Map(ids.map((id: string, row: number) => [id, matched.weights[row] ?? 0]));
      const found = Object.fromEntries(
        [...weights].filter(([id, weight]) => weight > 0 && table.treated[ids.indexOf(id)] === 0),
      );
      expect(Object.keys(found).sort()).toEqual(Object.keys(expected.weights_by_id).sort());
      for (const [id, weight] of Object.entries(expected.weights_by_id)) expectClose(found[id], weight, id);
      expectClose(effectiveSize(table.treated, matched.weights), expected.n.control_ess, "effective size");
      expectClose(
        difference(table, re78, matched),
        expected.outcome["re78"]?.att ?? Number.NaN,
        "difference",
      );
      expectBalance(expected.balance, made, scores, matched, ["after"]);
      expectClose(
        maxAbsSmdOf(balanceOf(table, covariates, matched)),
        expected.max_abs_smd_after,
        "largest difference",
      );
    });
  });
});

const simSpec = z.object({
  args: z.string().optional(),
  caliper_width: width,
  n: z.object({ treated_matched: z.number(), control_matched: z.number(), control_ess: z.number() }),
  balance: balance.optional(),
  smd_by_dummy: named.optional(),
  max_abs_smd: z.number().optional(),
  outcome: z.record(z.string(), z.unknown()),
});
const simSchema = z.looseObject({
  truth: z.object({ n_treated: z.number(), n_control: z.number(), naive_diff: z.number() }),
  formula: z.string(),
  propensity: z.object({
    coef: named,
    se: named,
    deviance: z.number(),
    iterations: z.number(),
    sd_logit_all: z.number(),
  }),
  ipw_att: z.object({ att: z.number(), control_ess: z.number() }),
});

describe.each(files.filter((name) => /^sim.*_expected\.json$/.test(name)))("%s", (name) => {
  const stem = name.replace("_expected.json", "");
  const data = readRTable(read(`${stem}.csv`));
  const ids = data.get("id") ?? [];
  const expected = simSchema.parse(JSON.parse(read(name)));
  const specs = Object.entries(expected)
    .filter(([key]) => /^spec_\w$/.test(key))
    .map(([key, value]) => [key, simSpec.parse(value)] as const);
  const terms = termsOfFormula(data, expected.formula);
  const made = tableOfTerms(data, { treated: "treat", terms, outcomes: ["reoffended", "frequency"] });
  const { table, covariates } = made;
  const fitted: FittedPropensity = fitPropensity(table, covariates);
  const outcome = (each: string) => table.outcomes.get(each) ?? new Float64Array(0);

  test("has R's model of who takes part", () => {
    const { propensity } = fitted;
    expect(propensity.terms.map(({ term }) => rName(term))).toEqual(Object.keys(expected.propensity.coef));
    for (const { term, estimate, se } of propensity.terms) {
      expectClose(estimate, expected.propensity.coef[rName(term)] ?? Number.NaN, term, 1e-5);
      expectClose(se, expected.propensity.se[rName(term)] ?? Number.NaN, `error of ${term}`);
    }
    expectClose(propensity.deviance, expected.propensity.deviance, "deviance");
    expectClose(propensity.sdLogit, expected.propensity.sd_logit_all, "sd of the log-odds");
    expect(propensity.iterations).toBe(expected.propensity.iterations);
  });

  test("weighs everybody to R's estimate", () => {
    const weights = fitted.probability.map((p, row) => (table.treated[row] === 1 ? 1 : p / (1 - p)));
    expectClose(
      difference(table, outcome("reoffended"), { weights }),
      expected.ipw_att.att,
      "weighted difference",
    );
    expectClose(effectiveSize(table.treated, weights), expected.ipw_att.control_ess, "effective size");
  });

  describe.each(specs)("%s", (key, spec) => {
    const method = spec.args
      ? methodOfCall(argumentsOf(spec.args), terms)
      : // Worked out in R without MatchIt: the radius of 0.2 of the log-odds.
        methodOfCall(
          argumentsOf('list(link = "linear.logit", ratio = 1000, replace = TRUE, caliper = 0.2)'),
          terms,
        );
    const under = {
      ...made,
      table: {
        ...table,
        covariates: new Map(withExact(data, terms, method).map((term) => [term.name, term.column])),
      },
    };
    const matched = matchBy(under.table, fitted, method);

    test("has the counts, weights and estimates", () => {
      expectClose(matched.caliperWidth, widthOf(spec.caliper_width), "caliper");
      expect(keptOf(table.treated, matched.weights)).toEqual({
        took: spec.n.treated_matched,
        others: spec.n.control_matched,
      });
      expectClose(effectiveSize(table.treated, matched.weights), spec.n.control_ess, "effective size");
      const found = spec.outcome["att"];
      if (typeof found === "number") {
        expectClose(difference(table, outcome("reoffended"), matched), found, "difference");
        const { freq_comparison } = z.object({ freq_comparison: z.number() }).parse(spec.outcome);
        expectClose(
          meanOf(outcome("frequency"), table.treated, 0, matched.weights),
          freq_comparison,
          "frequency",
        );
      } else
        for (const [each, { att }] of Object.entries(outcomes.parse(spec.outcome)))
          expectClose(difference(table, outcome(each), matched), att, each);
    });

    test("has the balance", () => {
      if (spec.balance) expectBalance(spec.balance, under, fitted.logit, matched, ["before", "after"]);
      const lines = balanceOf(table, covariates, matched);
      for (const [dummy, smd] of Object.entries(spec.smd_by_dummy ?? {})) {
        const found = lines.find((each) => each.covariate + (each.level ?? "") === dummy);
        // There a share's deviation is that of a number, with n - 1.
        const n = expected.truth.n_treated;
        const isShare = found?.varianceRatio === null;
        expectClose((found?.smdAfter ?? Number.NaN) * (isShare ? Math.sqrt((n - 1) / n) : 1), smd, dummy);
      }
    });

    test.runIf(key === "spec_a" && files.includes(`${stem}_spec_a_pairs.csv`))("has the pairs", () => {
      const pairs = readRTable(read(`${stem}_spec_a_pairs.csv`));
      const others = pairs.get("control_id") ?? [];
      const rowOf = new Map(ids.map((id, row) => [id, row]));
      const strata = matched.stratum ?? new Int32Array(0);
      for (const [at, id] of (pairs.get("treated_id") ?? []).entries()) {
        const stratum = strata[rowOf.get(id) ?? -1];
        expect(stratum).toBeGreaterThanOrEqual(0);
        expect(strata[rowOf.get(others[at] ?? "") ?? -1]).toBe(stratum);
      }
    });
  });
});
