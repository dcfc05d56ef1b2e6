/** Effects after matching against R's in REFERENCE_DIR/matching: every specification of every file, by pattern. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { analyse } from "./analyse";
import { analysisPlanSchema, type Effect } from "./analysis";
import {
  argumentsOf,
  methodOfCall,
  numbersOf,
  type RTable,
  readRTable,
  tableOfTerms,
  termsOfFormula,
} from "./testing-r";

const directory = join(process.env["REFERENCE_DIR"] ?? "fixtures/reference", "matching");

const error = z.object({ se: z.number() });
const outcomeSchema = z.object({
  mean_treated: z.number(),
  mean_control: z.number(),
  att: z.number(),
  hc1_on_weighted_fit: error,
  hc0_on_weighted_fit: error,
  cluster_hc1_subclass: error.optional(),
  cluster_hc0_nocadjust_subclass: error.optional(),
  cluster_two_way_subclass_id_hc1: error.optional(),
  paired_t: z.object({ se: z.number(), p: z.number(), ci: z.tuple([z.number(), z.number()]) }).optional(),
});
const specSchema = z.object({
  args: z.string(),
  outcome: z.record(z.string(), outcomeSchema),
  row_order_sensitivity: z.object({ att_range: z.tuple([z.number(), z.number()]) }).optional(),
  pairs_2x2: z
    .object({
      both: z.number(),
      treated_only: z.number(),
      comparison_only: z.number(),
      neither: z.number(),
    })
    .optional(),
});
const radiusSchema = z.object({
  outcome: z.object({
    rate_treated: z.number(),
    rate_comparison: z.number(),
    att: z.number(),
    se_hc1: z.number(),
    freq_treated: z.number(),
    freq_comparison: z.number(),
  }),
});

const TOLERANCE = 1e-6;
const near = (found: number | undefined, wanted: number) =>
  Math.abs((found ?? Number.NaN) - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted));
const expectNear = (found: number | undefined, wanted: number) => {
  if (!near(found, wanted)) expect(found).toBe(wanted);
};

const json = (name: string): unknown => JSON.parse(readFileSync(join(directory, name), "utf8"));
const csv = (name: string): RTable => readRTable(readFileSync(join(directory, name), "utf8"));
const names = existsSync(directory) ? readdirSync(directory).sort() : [];

const TYPES: Readonly<Record<string, "binary" | "count" | "number">> = {
  reoffended: "binary",
  frequency: "count",
  re78: "number",
};

/** The effects of one specification, by outcome. */
function effectsOf(data: RTable, formula: string, args: string, outcomes: readonly string[]) {
  const named = termsOfFormula(data, formula);
  const method = methodOfCall(argumentsOf(args), named);
  // What people are matched on exactly may be a column that the formula does not name.
  const more =
    "exact" in method ? method.exact.filter((name) => named.every((term) => term.name !== name)) : [];
  const terms = [...named, ...more.flatMap((name) => termsOfFormula(data, name))];
  const { table, covariates } = tableOfTerms(data, { treated: "treat", terms, outcomes });
  const plan = analysisPlanSchema.parse({
    treated: "treat",
    covariates: covariates.slice(0, named.length),
    outcomes: outcomes.map((name) => ({ name, type: TYPES[name] ?? "number" })),
    methods: [method],
  });
  const [result] = analyse(table, plan).methods;
  return new Map((result?.effects ?? []).map((effect) => [effect.outcome, effect]));
}

function expectEffect(effect: Effect | undefined, wanted: z.output<typeof outcomeSchema>) {
  expectNear(effect?.treated, wanted.mean_treated);
  expectNear(effect?.comparison, wanted.mean_control);
  expectNear(effect?.difference, wanted.att);
  const besides = effect?.besides ?? {};
  expectNear(besides["seHc1"], wanted.hc1_on_weighted_fit.se);
  expectNear(besides["seHc0"], wanted.hc0_on_weighted_fit.se);
  if (wanted.cluster_hc1_subclass) expectNear(besides["seClusterHc1"], wanted.cluster_hc1_subclass.se);
  if (wanted.cluster_hc0_nocadjust_subclass)
    expectNear(besides["seClusterHc0"], wanted.cluster_hc0_nocadjust_subclass.se);
  if (wanted.cluster_two_way_subclass_id_hc1)
    expectNear(besides["seTwoWayHc1"], wanted.cluster_two_way_subclass_id_hc1.se);
  if (wanted.paired_t && effect?.type !== "binary") {
    expectNear(effect?.se, wanted.paired_t.se);
    expectNear(effect?.p, wanted.paired_t.p);
    expectNear(effect?.low, wanted.paired_t.ci[0]);
    expectNear(effect?.high, wanted.paired_t.ci[1]);
  }
}

const specs = names.filter((name) => /^lalonde_s\d+\.json$/.test(name));
describe.runIf(specs.length > 0)("lalonde", () => {
  test.each(specs)("%s", (name) => {
    const spec = specSchema.extend({ formula: z.string() }).parse(json(name));
    const effects = effectsOf(csv("lalonde.csv"), spec.formula, spec.args, Object.keys(spec.outcome));
    for (const [outcome, wanted] of Object.entries(spec.outcome)) {
      const effect = effects.get(outcome);
      const range = spec.row_order_sensitivity?.att_range;
      // Equal scores are taken by a rule of our own: then the estimate is one of those that orders of rows give.
      if (range && !near(effect?.difference, wanted.att)) {
        expect(effect?.difference).toBeGreaterThanOrEqual(range[0] - TOLERANCE);
        expect(effect?.difference).toBeLessThanOrEqual(range[1] + TOLERANCE);
      } else expectEffect(effect, wanted);
    }
  });
});

const sims = names.filter((name) => /^sim.*_expected\.json$/.test(name));
test.each(sims)("%s", (name) => {
  const file = z.looseObject({ formula: z.string() }).parse(json(name));
  const data = csv(name.replace("_expected.json", ".csv"));
  const keys = Object.keys(file).filter((key) => /^spec_[a-z]$/.test(key));
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    const outcomes = ["reoffended", "frequency"];
    const radius = radiusSchema.safeParse(file[key]);
    if (radius.success) {
      const args = `list(link = "linear.logit", ratio = ${numbersOf(data, "treat").length}, replace = TRUE, caliper = 0.2)`;
      const effects = effectsOf(data, file.formula, args, outcomes);
      const wanted = radius.data.outcome;
      const rate = effects.get("reoffended");
      expectNear(rate?.treated, wanted.rate_treated);
      expectNear(rate?.comparison, wanted.rate_comparison);
      expectNear(rate?.difference, wanted.att);
      expectNear(rate?.besides["seHc1"], wanted.se_hc1);
      expectNear(effects.get("frequency")?.treated, wanted.freq_treated);
      expectNear(effects.get("frequency")?.comparison, wanted.freq_comparison);
      continue;
    }
    const spec = specSchema.parse(file[key]);
    const effects = effectsOf(data, file.formula, spec.args, outcomes);
    for (const outcome of outcomes) {
      const wanted = spec.outcome[outcome];
      if (wanted) expectEffect(effects.get(outcome), wanted);
    }
    if (spec.pairs_2x2) {
      const { both, treated_only, comparison_only, neither } = spec.pairs_2x2;
      expect(effects.get("reoffended")?.besides).toMatchObject({
        pairsBoth: both,
        pairsTreatedOnly: treated_only,
        pairsComparisonOnly: comparison_only,
        pairsNeither: neither,
      });
    }
  }
});
