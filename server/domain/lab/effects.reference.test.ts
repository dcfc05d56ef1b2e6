/** Effects against R's numbers in REFERENCE_DIR/outcomes, by default the project's own. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Design, negativeBinomialRegression } from "../change/regression";
import type { Effect, LabMethod, LabOutcome } from "./analysis";
import { effectOf } from "./effects";
import { bonettPrice, mcNemar, mcNemarExactP, mcNemarMidP, pairedDifference } from "./effects-pairs";
import { agrestiCaffo, fisherP, oddsRatio, riskRatio, yates } from "./effects-shares";
import { kishError, momentsOf, stateByT, type WeighedGroup } from "./errors-of-means";
import { smallestDifference, smallestDifferenceRoughly } from "./planner";

const directory = join(process.env["REFERENCE_DIR"] ?? "fixtures/reference", "outcomes");

const pair = z.tuple([z.number(), z.number()]);
const four = z.object({ x1: z.number(), n1: z.number(), x0: z.number(), n0: z.number() });
const weighedSchema = z.object({
  mean_treated: z.number(),
  mean_comparison_weighted: z.number(),
  diff: z.number(),
  n_treated: z.number(),
  n_comparison: z.number(),
  ess_comparison: z.number(),
  var_treated: z.number(),
  var_comparison_ess_corrected: z.number(),
  se_kish: z.number(),
  df_welch: z.number(),
  t: z.number(),
  p: z.number(),
  ci: pair,
  se_nominal_n: z.number(),
  unweighted_welch: z.object({ diff: z.number(), t: z.number(), df: z.number(), p: z.number(), ci: pair }),
});
/** R writes a matrix of one number as one within two lists. */
const one = z.union([z.number(), z.array(z.array(z.number()))]).transform((found) => [found].flat(2)[0] ?? 0);
const hazardSchema = z.object({ hr: z.number(), log_se: one });
const expected = z
  .object({
    diff_in_proportions: z.array(
      z.object({
        input: four,
        agresti_caffo_ci: pair,
        chisq_yates: z.number(),
        p_yates: z.number(),
        welch_t: z.object({ t: z.number(), df: z.number(), p: z.number(), ci: pair }),
        risk_ratio: z.number(),
        risk_ratio_katz_ci: pair,
        odds_ratio: z.number(),
        odds_ratio_woolf_ci: pair,
        fisher_p: z.number(),
        newcombe10_ci: pair,
      }),
    ),
    matched_pairs: z.array(
      z.object({
        input: z.object({ b: z.number(), c: z.number(), a: z.number(), d: z.number() }),
        diff: z.number(),
        se_wald: z.number(),
        wald_ci: pair,
        mcnemar_chisq: z.number(),
        mcnemar_p: z.number(),
        mcnemar_cc_chisq: z.number(),
        mcnemar_cc_p: z.number(),
        exact_p: z.number(),
        midp: z.number(),
      }),
    ),
    mde: z.array(
      z.object({
        n1: z.number(),
        n0: z.number(),
        p0: z.number(),
        power: z.number(),
        alpha: z.number(),
        mde_pooled_null: z.number(),
        mde_simple_p0_variance: z.number(),
      }),
    ),
    individual: z.object({
      rate: weighedSchema,
      frequency: weighedSchema,
      time_to_first_among_reoffenders: weighedSchema,
      frequency_unweighted_negbin: z.object({
        rate_ratio: z.number(),
        log_se: z.number(),
        theta: z.number(),
      }),
      frequency_weighted_poisson_hc0: z.object({
        rate_ratio: z.number(),
        log_se_hc0: z.number(),
        log_se_model: z.number(),
      }),
      cox_efron: hazardSchema,
      cox_breslow: hazardSchema,
      logrank: z.object({ chisq: z.number(), p: z.number() }),
      km: z.array(z.object({ strata: z.string(), time: z.number(), surv: z.number() })),
    }),
  })
  .parse(JSON.parse(readFileSync(join(directory, "expected.json"), "utf8")));

const CLOSED = 1e-8;
const FITTED = 1e-6;
const THETA = 1e-4;

/** Within a share of each number, or within it as such where it is below 1. */
function expectNear(found: readonly (number | undefined)[], wanted: readonly number[], tolerance: number) {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}

describe("two shares", () => {
  test.each(expected.diff_in_proportions)("$input", (wanted) => {
    const { input } = wanted;
    expectNear(agrestiCaffo(input), wanted.agresti_caffo_ci, CLOSED);
    expectNear(Object.values(yates(input)), [wanted.chisq_yates, wanted.p_yates], CLOSED);
    expectNear([fisherP(input)], [wanted.fisher_p], CLOSED);
    const risk = riskRatio(input);
    expectNear(
      [risk?.ratio, risk?.low, risk?.high],
      [wanted.risk_ratio, ...wanted.risk_ratio_katz_ci],
      CLOSED,
    );
    const odds = oddsRatio(input);
    expectNear(
      [odds?.ratio, odds?.low, odds?.high],
      [wanted.odds_ratio, ...wanted.odds_ratio_woolf_ci],
      CLOSED,
    );
  });

  test.each(expected.diff_in_proportions)("with weights of 1, Kish's error is Welch's: $input", (wanted) => {
    const { x1, n1, x0, n0 } = wanted.input;
    const groupOf = (events: number, people: number): WeighedGroup => ({
      rows: Int32Array.from({ length: people }, (_, i) => i),
      values: Float64Array.from({ length: people }, (_, i) => (i < events ? 1 : 0)),
      weights: new Float64Array(people).fill(1),
    });
    const [treated, comparison] = [momentsOf(groupOf(x1, n1)), momentsOf(groupOf(x0, n0))];
    const { se, freedom } = kishError(treated, comparison);
    const difference = treated.mean - comparison.mean;
    const { low, high, p } = stateByT(difference, se, freedom);
    const { t, df, ci } = wanted.welch_t;
    expectNear([difference / se, freedom, p, low, high], [t, df, wanted.welch_t.p, ...ci], CLOSED);
  });
});

describe("pairs", () => {
  test.each(expected.matched_pairs)("$input", (wanted) => {
    const { b, c, a, d } = wanted.input;
    const pairs = { treatedOnly: b, comparisonOnly: c, both: a, neither: d };
    const { difference, se, wald } = pairedDifference(pairs);
    expectNear([difference, se, ...wald], [wanted.diff, wanted.se_wald, ...wanted.wald_ci], CLOSED);
    expectNear(
      Object.values(mcNemar(pairs)),
      [wanted.mcnemar_chisq, wanted.mcnemar_p, wanted.mcnemar_cc_chisq, wanted.mcnemar_cc_p],
      CLOSED,
    );
    expectNear([mcNemarExactP(pairs), mcNemarMidP(pairs)], [wanted.exact_p, wanted.midp], CLOSED);
  });

  test("for few pairs, Bonett and Price's interval, by hand: 1 and 7 of 21 pairs differ", () => {
    // (1 + 1) / 23 less (7 + 1) / 23, and 1.96 times the root of (10/23 - (6/23)^2) / 23.
    const wanted = [-0.26087 - 0.247491, -0.26087 + 0.247491];
    const found = bonettPrice({ treatedOnly: 1, comparisonOnly: 7, both: 1, neither: 12 });
    expectNear(found, wanted, 1e-5);
  });
});

test.each(expected.mde)("the smallest difference that is seen: $n1 against $n0 at $p0", (wanted) => {
  const { n1: participants, n0: comparison, p0: baseRate, power, alpha } = wanted;
  const size = { participants, comparison, baseRate, power, confidence: 1 - alpha };
  expectNear([smallestDifference(size) ?? undefined], [wanted.mde_pooled_null], CLOSED);
  expectNear([smallestDifferenceRoughly(size)], [wanted.mde_simple_p0_variance], CLOSED);
});

describe("individuals with weights", () => {
  // Columns: id, treat, weight, reoffended, frequency, days to the first (blank when none).
  const people = readFileSync(join(directory, "individual_outcomes.csv"), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(",").map((cell) => (cell === "" || cell === "NA" ? Number.NaN : Number(cell))));
  const column = (at: number) => Float64Array.from(people, (row) => row[at] ?? Number.NaN);
  const treated = Uint8Array.from(people, ([, treat = 0]) => treat);
  const effect = (type: LabOutcome["type"], values: Float64Array, weights = column(2)): Effect => {
    const matched = { weights, stratum: null, sets: null, caliperWidth: null };
    const method: LabMethod = { name: "radius", caliper: 0.2, exact: [], score: "logit" };
    const found = effectOf({ treated, matched, method }, { name: type, type, followUp: 365 }, values);
    if (!found) throw new Error("There is no effect");
    return found;
  };
  const alike = new Float64Array(people.length).fill(1);
  const { individual } = expected;

  test.each([
    { words: "rate", type: "binary", at: 3, wanted: individual.rate },
    { words: "frequency", type: "count", at: 4, wanted: individual.frequency },
    { words: "days to the first", type: "time", at: 5, wanted: individual.time_to_first_among_reoffenders },
  ] as const)("$words: means, Kish's error, Welch's test", ({ type, at, wanted }) => {
    const found = effect(type, column(at));
    expectNear(
      [found.treated, found.comparison, found.difference, found.nTreated, found.nComparison, found.ess],
      [
        ...[wanted.mean_treated, wanted.mean_comparison_weighted, wanted.diff],
        ...[wanted.n_treated, wanted.n_comparison, wanted.ess_comparison],
      ],
      CLOSED,
    );
    expectNear(
      [found.se, found.besides["seNominal"], found.besides["freedomKish"], found.p, found.low, found.high],
      [wanted.se_kish, wanted.se_nominal_n, wanted.df_welch, wanted.p, ...wanted.ci],
      CLOSED,
    );
    expect(found.intervalBy).toBe("Kish");
    const plain = effect(type, column(at), alike);
    const { diff, df, p, ci } = wanted.unweighted_welch;
    expectNear(
      [plain.difference, plain.besides["freedomKish"], plain.p, plain.low, plain.high],
      [diff, df, p, ...ci],
      CLOSED,
    );
  });

  test("ratio of frequencies: weighted Poisson with White's error, and a negative binomial", () => {
    const { besides } = effect("count", column(4));
    const wanted = individual.frequency_weighted_poisson_hc0;
    expectNear(
      [besides["rateRatio"], besides["rateRatioLogHc0"], besides["rateRatioLogModel"]],
      [wanted.rate_ratio, wanted.log_se_hc0, wanted.log_se_model],
      FITTED,
    );
    const design: Design = people.map(([, treat = 0]) => [1, treat]);
    const fit = negativeBinomialRegression([...column(4)], design);
    const { rate_ratio, log_se, theta } = individual.frequency_unweighted_negbin;
    expectNear(
      [Math.exp(fit.coefficients[1] ?? 0), Math.sqrt(fit.bread[1]?.[1] ?? 0), fit.theta],
      [rate_ratio, log_se, theta],
      THETA,
    );
  });

  test("hazard ratio by Efron and by Breslow, and the log-rank test", () => {
    const { besides } = effect("time", column(5), alike);
    expectNear(
      [besides["hazardRatio"], besides["hazardRatioLogError"]],
      [individual.cox_efron.hr, individual.cox_efron.log_se],
      FITTED,
    );
    expectNear(
      [besides["hazardRatioBreslow"], besides["hazardRatioBreslowLogError"]],
      [individual.cox_breslow.hr, individual.cox_breslow.log_se],
      FITTED,
    );
    expectNear(
      [besides["logRankChiSquare"], besides["logRankP"]],
      [individual.logrank.chisq, individual.logrank.p],
      CLOSED,
    );
  });

  test.each(individual.km.filter(({ time }) => time < 364))("the curve: $strata on day $time", (wanted) => {
    const { besides } = effect("time", column(5), alike);
    const side = wanted.strata === "treat=1" ? "Treated" : "Comparison";
    expectNear([besides[`km${side}${wanted.time}`]], [wanted.surv], CLOSED);
  });
});
