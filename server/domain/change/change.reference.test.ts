/** Intervals and regressions against R's numbers in REFERENCE_DIR, by default the project's own. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  byar,
  countInterval,
  exactCount,
  newcombe,
  proportionDifference,
  rateRatio,
  standardisedRate,
  wilson,
} from "./intervals";
import {
  durbinWatson,
  errorsOf,
  type Fit,
  leastSquares,
  modelCovariance,
  negativeBinomialRegression,
  neweyWestCovariance,
  poissonLikelihood,
  poissonRegression,
  usualLag,
  whiteCovariance,
} from "./regression";

const directory = join(process.env["REFERENCE_DIR"] ?? "fixtures/reference", "outcomes");

/** Rows of a CSV file with a header and plain fields. */
function rowsOf(name: string): string[][] {
  const [, ...lines] = readFileSync(join(directory, name), "utf8").trim().split(/\r?\n/);
  return lines.map((line) => line.split(",").map((field) => field.replaceAll('"', "")));
}

const pair = z.tuple([z.number(), z.number()]);
const named = z.record(z.string(), z.number());
const count = z.object({ count: z.number(), byar: pair, exact: pair, phe_rule: pair });
const newey = z.object({ lag: z.number(), se_no_adjust: named, se_small_sample_adjust: named });
const fitted = z.object({ coef: named, se: named });
const expectedSchema = z.object({
  diff_in_proportions: z.array(
    z.object({
      input: z.object({ x1: z.number(), n1: z.number(), x0: z.number(), n0: z.number() }),
      diff: z.number(),
      se_unpooled: z.number(),
      wald_ci: pair,
      newcombe10_ci: pair,
      z_pooled: z.number(),
      p_pooled: z.number(),
      wilson_p1: pair,
      wilson_p0: pair,
    }),
  ),
  rate_ratio: z.array(
    z.object({
      input: z.object({
        events1: z.number(),
        persontime1: z.number(),
        events0: z.number(),
        persontime0: z.number(),
      }),
      rate_diff: z.number(),
      rate_diff_wald_ci: pair,
      rate_ratio: z.number(),
      rate_ratio_wald_ci: pair,
      rate_ratio_exact_ci: pair,
      exact_p: z.number(),
    }),
  ),
  counts: z.array(count),
  wilson: z.array(z.object({ x: z.number(), n: z.number(), ci95: pair, ci998: pair })),
  dsr: z.object({
    total_count: z.number(),
    crude: z.number(),
    dsr: z.number(),
    variance: z.number(),
    dobson_byar_ci: pair,
  }),
  its: z.object({
    T0: z.number(),
    ols: fitted.extend({ sigma: z.number(), durbin_watson: z.number() }),
    newey_west: z.array(newey),
    poisson: fitted.extend({
      deviance: z.number(),
      loglik: z.number(),
      pearson_dispersion: z.number(),
      quasi_se: named,
      hc0_se: named,
    }),
    negbin: fitted.extend({ theta: z.number(), loglik: z.number() }),
    poisson_offset: fitted.extend({ deviance: z.number() }),
    poisson_harmonic: fitted.extend({ deviance: z.number() }),
  }),
});
const expected = expectedSchema.parse(JSON.parse(readFileSync(join(directory, "expected.json"), "utf8")));

/** Within a share of each number, or within it as such where it is below 1. */
function expectNear(found: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}
const CLOSED = 1e-8;
const FITTED = 1e-6;
const THETA = 1e-4;

describe("proportions", () => {
  test.each(expected.wilson)("Wilson: $x of $n", ({ x, n, ci95, ci998 }) => {
    expectNear(wilson(x, n), ci95, CLOSED);
    expectNear(wilson(x, n, 0.998), ci998, CLOSED);
  });

  test.each(expected.diff_in_proportions)("Newcombe and Wald: $input", (wanted) => {
    const { input } = wanted;
    const { difference, error, wald, z, p } = proportionDifference(input);
    expectNear(newcombe(input), wanted.newcombe10_ci, CLOSED);
    expectNear(wald, wanted.wald_ci, CLOSED);
    expectNear(
      [difference, error, z, p],
      [wanted.diff, wanted.se_unpooled, wanted.z_pooled, wanted.p_pooled],
      CLOSED,
    );
    expectNear(wilson(input.x1, input.n1), wanted.wilson_p1, CLOSED);
    expectNear(wilson(input.x0, input.n0), wanted.wilson_p0, CLOSED);
  });
});

describe("counts and rates", () => {
  test.each(expected.counts)("$count events", (wanted) => {
    expectNear(byar(wanted.count), wanted.byar, CLOSED);
    expectNear(exactCount(wanted.count), wanted.exact, CLOSED);
    expectNear(countInterval(wanted.count), wanted.phe_rule, CLOSED);
  });

  test.each(expected.rate_ratio)("ratio of rates: $input", (wanted) => {
    const { events1, persontime1: time1, events0, persontime0: time0 } = wanted.input;
    const found = rateRatio({ events1, time1, events0, time0 });
    expectNear([found.difference, found.ratio], [wanted.rate_diff, wanted.rate_ratio], CLOSED);
    expectNear(found.differenceWald, wanted.rate_diff_wald_ci, CLOSED);
    expectNear(found.wald, wanted.rate_ratio_wald_ci, CLOSED);
    expectNear(found.exact, wanted.rate_ratio_exact_ci, CLOSED);
    expectNear([found.exactP], [wanted.exact_p], CLOSED);
  });

  test("a directly standardised rate with Dobson's interval", () => {
    const found = standardisedRate(
      rowsOf("dsr_strata.csv").map(([, events, people, standard]) => ({
        events: Number(events),
        people: Number(people),
        standard: Number(standard),
      })),
    );
    const { dsr } = expected;
    if (!found) throw new Error("There is no rate");
    const per = 100_000;
    expectNear(
      [found.events, found.crude * per, found.rate * per, found.variance * per ** 2],
      [dsr.total_count, dsr.crude, dsr.dsr, dsr.variance],
      CLOSED,
    );
    expectNear(
      found.interval.map((end) => end * per),
      dsr.dobson_byar_ci,
      CLOSED,
    );
  });
});

describe("interrupted time series", () => {
  const { its } = expected;
  const rows = rowsOf("its_series.csv").map((row) => row.map(Number));
  const y = rows.map(([, value = 0]) => value);
  const design = rows.map(([time = 0]) => [1, time, time >= its.T0 ? 1 : 0, Math.max(0, time - its.T0)]);
  const values = (of: Readonly<Record<string, number>>) => Object.values(of);
  const modelErrors = (fit: Fit, dispersion?: number) => errorsOf(modelCovariance(fit, dispersion));

  test("least squares, and Newey and West's errors", () => {
    const fit = leastSquares(y, design);
    expectNear(fit.coefficients, values(its.ols.coef), FITTED);
    expectNear(modelErrors(fit, fit.dispersion), values(its.ols.se), FITTED);
    expectNear(
      [Math.sqrt(fit.dispersion), durbinWatson(fit.scores)],
      [its.ols.sigma, its.ols.durbin_watson],
      FITTED,
    );
    for (const { lag, se_no_adjust, se_small_sample_adjust } of its.newey_west) {
      expectNear(errorsOf(neweyWestCovariance(fit, design, lag)), values(se_no_adjust), FITTED);
      expectNear(
        errorsOf(neweyWestCovariance(fit, design, lag, true)),
        values(se_small_sample_adjust),
        FITTED,
      );
    }
    expect(usualLag(y.length)).toBe(its.newey_west.at(-1)?.lag);
  });

  test("Poisson, with the errors of the model, of a quasi-Poisson and White's", () => {
    const fit = poissonRegression(y, design);
    const wanted = its.poisson;
    expectNear(fit.coefficients, values(wanted.coef), FITTED);
    expectNear(modelErrors(fit), values(wanted.se), FITTED);
    expectNear(modelErrors(fit, fit.dispersion), values(wanted.quasi_se), FITTED);
    expectNear(errorsOf(whiteCovariance(fit, design)), values(wanted.hc0_se), FITTED);
    expectNear(
      [fit.deviance, poissonLikelihood(y, fit.fitted), fit.dispersion],
      [wanted.deviance, wanted.loglik, wanted.pearson_dispersion],
      FITTED,
    );
  });

  test("negative binomial", () => {
    const fit = negativeBinomialRegression(y, design);
    expectNear(fit.coefficients, values(its.negbin.coef), THETA);
    expectNear(modelErrors(fit), values(its.negbin.se), THETA);
    expectNear([fit.theta, fit.likelihood], [its.negbin.theta, its.negbin.loglik], THETA);
  });

  test("Poisson with people as the offset, and with the seasons", () => {
    const people = poissonRegression(
      y,
      design,
      rows.map(([, , size = 1]) => Math.log(size)),
    );
    expectNear(people.coefficients, values(its.poisson_offset.coef), FITTED);
    expectNear(modelErrors(people), values(its.poisson_offset.se), FITTED);
    const seasons = poissonRegression(
      y,
      design.map((row, t) => {
        const turn = (2 * Math.PI * (t + 1)) / 12;
        return [...row, Math.sin(turn), Math.cos(turn)];
      }),
    );
    expectNear(seasons.coefficients, values(its.poisson_harmonic.coef), FITTED);
    expectNear(modelErrors(seasons), values(its.poisson_harmonic.se), FITTED);
    expectNear(
      [people.deviance, seasons.deviance],
      [its.poisson_offset.deviance, its.poisson_harmonic.deviance],
      FITTED,
    );
  });
});
