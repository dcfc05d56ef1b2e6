/**
 * Who takes part: a logistic model of the covariates, everybody's score by it, and what had to be done so that it could
 * be fitted. Separation, where R only warns, stops with the name of the variable.
 */

import { Invalid } from "../errors";
import type { Covariate, FittedPropensity, LabTable, PropensityTerm } from "./analysis";
import { inverseForm } from "./cholesky";
import { fitLogistic, type LogisticFit } from "./logistic";
import { predictRows } from "./logistic-pass";
import { modelOfCovariates, type PropensityModel } from "./propensity-model";
import { ascending, onGrid } from "./score-order";

/** A variable that by itself moves the log-odds by this, or has an error of it, in its standard deviations, separates. */
const RUNAWAY = 15;
/** Chances nearer to 0 or 1 than this. */
const CERTAIN = 1e-8;

/** Fits the model and scores everybody. Throws Invalid, naming the variable, where one separates the two groups. */
export function fitPropensity(table: LabTable, covariates: readonly Covariate[]): FittedPropensity {
  const model = propensityModel(table, covariates);
  const fit = fitLogistic(model.data, model.order);
  const logit = new Float64Array(table.rows);
  predictRows(model.data, { from: 0, to: table.rows }, fit.coefficients, logit);
  return scoredBy(table, model, fit, logit);
}

/** The columns of the model, for whoever fits it. Throws Invalid where nobody, or everybody, took part. */
export function propensityModel(table: LabTable, covariates: readonly Covariate[]): PropensityModel {
  const model = modelOfCovariates(table, covariates);
  const { took, others } = countGroups(table, model);
  if (took === 0 || others === 0)
    throw new Invalid(
      took === 0
        ? "There is nobody who took part and can be compared with anybody."
        : "There is nobody to compare those who took part with.",
    );
  return model;
}

function countGroups(table: LabTable, { side }: PropensityModel) {
  let [took, others] = [0, 0];
  for (let row = 0; row < table.rows; row += 1) {
    if (side && side[row] !== 0) continue;
    if (table.treated[row] === 1) took += 1;
    else others += 1;
  }
  return { took, others };
}

/** What is said of a fit and of everybody's log-odds by it. Throws Invalid where the fit ran away. */
export function scoredBy(
  table: LabTable,
  model: PropensityModel,
  fit: LogisticFit,
  logit: Float64Array,
): FittedPropensity {
  const { side } = model;
  if (side) for (const [row, each] of side.entries()) if (each !== 0) logit[row] = each * Infinity;
  refuseSeparation(model, fit, logit);
  const probability = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row += 1) probability[row] = 1 / (1 + Math.exp(-(logit[row] ?? 0)));
  const keys = onGrid(logit, "logit");
  const byScore = ascending(keys);
  const { took, others } = countGroups(table, model);
  const all = took + others;
  const remarks = [
    ...model.remarks,
    ...fit.factor.aliased.map(
      (at) =>
        `“${model.columns[at]?.term ?? ""}” says nothing that others do not say already, and is left out.`,
    ),
  ];
  return {
    propensity: {
      terms: termsOf(model, fit),
      deviance: fit.deviance,
      nullDeviance: -2 * (took * Math.log(took / all) + others * Math.log(others / all)),
      iterations: fit.iterations,
      sdLogit: spreadOf(logit, side),
      sdProbability: spreadOf(probability, side),
      auc: aucOf(table.treated, keys, byScore),
      remarks,
    },
    logit,
    probability,
    byScore,
  };
}

/** Estimates on the scale of the data, in the order of the plan; what was left out is not among them. */
function termsOf(
  { columns, order }: PropensityModel,
  { coefficients, factor }: LogisticFit,
): PropensityTerm[] {
  const kept = new Set(factor.kept);
  const unit = new Float64Array(columns.length);
  return order
    .filter((at) => kept.has(at))
    .map((at) => {
      const { term, scale } = columns[at] ?? { term: "", scale: 1 };
      if (at > 0) {
        unit.fill(0);
        unit[at] = scale;
        return {
          term,
          estimate: (coefficients[at] ?? 0) * scale,
          se: Math.sqrt(inverseForm(factor, unit)),
        };
      }
      const back = Float64Array.from(columns, (each) => -each.centre * each.scale);
      back[0] = 1;
      const estimate = coefficients.reduce((sum, each, i) => sum + each * (back[i] ?? 0), 0);
      return { term, estimate, se: Math.sqrt(inverseForm(factor, back)) };
    });
}

/** Stops where a variable by itself (nearly) tells who took part: there is no finite answer. */
function refuseSeparation({ columns, data }: PropensityModel, fit: LogisticFit, logit: Float64Array): void {
  const isCertain = logit.some((each) => Number.isFinite(each) && Math.abs(each) > Math.log(1 / CERTAIN));
  const unit = new Float64Array(columns.length);
  const reaches = fit.factor.kept
    .filter((at) => at > 0)
    .map((at) => {
      unit.fill(0);
      unit[at] = 1;
      const size = Math.abs(fit.coefficients[at] ?? 0);
      const reach = isCertain ? size * furthestOf(data.numbers[at - 1]) : size;
      return Math.max(reach, Math.sqrt(inverseForm(fit.factor, unit)));
    });
  if (fit.hasConverged && reaches.every((reach) => reach <= RUNAWAY)) return;
  // Errors run away together; the slope, in standard deviations, says which variable it is.
  const slopes = slopesInDeviations(data, fit);
  const steepest = slopes.reduce((found, slope, at) => (slope > (slopes[found] ?? 0) ? at : found), 0);
  throw new Invalid(
    `“${columns[steepest]?.term ?? ""}” tells almost by itself who took part, so that nobody similar is left to compare them with. Leave it out of the plan, or put its values together.`,
  );
}

/** Size of each column's slope times its standard deviation; 0 for the constant. */
function slopesInDeviations(
  { numbers, categories, rows }: PropensityModel["data"],
  { coefficients }: LogisticFit,
) {
  const deviations = [0, ...numbers.map(() => 1)];
  for (const { codes, levels } of categories) {
    const counts = new Float64Array(levels + 1);
    for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
    for (const count of counts.subarray(1)) deviations.push(Math.sqrt((count / rows) * (1 - count / rows)));
  }
  return deviations.map((deviation, at) => Math.abs(coefficients[at] ?? 0) * deviation);
}

/** How far anybody is from the mean, in standard deviations; 1 for a level. */
function furthestOf(number: PropensityModel["data"]["numbers"][number] | undefined): number {
  if (!number) return 1;
  let furthest = 0;
  for (const value of number.values) {
    const from = Math.abs((value - number.centre) * number.scale);
    if (from > furthest) furthest = from;
  }
  return furthest;
}

/** Standard deviation over everybody who was not set aside, n - 1. */
function spreadOf(values: Float64Array, side: Int8Array | null): number {
  let [count, sum] = [0, 0];
  for (let row = 0; row < values.length; row += 1) {
    if (side && side[row] !== 0) continue;
    count += 1;
    sum += values[row] ?? 0;
  }
  const mean = sum / count;
  let squares = 0;
  for (let row = 0; row < values.length; row += 1)
    if (!side || side[row] === 0) squares += ((values[row] ?? 0) - mean) ** 2;
  return Math.sqrt(squares / (count - 1));
}

/**
 * Chance that a participant's score is above another's, half where they are equal (Mann and Whitney 1947). Only where
 * somebody who took part stands are scores looked at.
 */
function aucOf(treated: Uint8Array, keys: Float64Array, byScore: Uint32Array): number {
  const key = (at: number) => keys[byScore[at] ?? 0] ?? 0;
  let [from, to] = [0, byScore.length];
  // Those set aside stand at the ends and are compared with nobody.
  while (from < to && key(from) === Number.NEGATIVE_INFINITY) from += 1;
  while (from < to && key(to - 1) === Number.POSITIVE_INFINITY) to -= 1;
  let [took, others, won] = [0, 0, 0];
  for (let at = from; at < to; ) {
    if (treated[byScore[at] ?? 0] !== 1) {
      others += 1;
      at += 1;
      continue;
    }
    let [first, end, tookHere] = [at, at, 0];
    while (first > from && key(first - 1) === key(at)) first -= 1;
    for (; end < to && key(end) === key(at); end += 1) tookHere += treated[byScore[end] ?? 0] ?? 0;
    const othersHere = end - first - tookHere;
    others -= at - first;
    won += tookHere * (others + othersHere / 2);
    took += tookHere;
    others += othersHere;
    at = end;
  }
  return won / (took * others);
}
