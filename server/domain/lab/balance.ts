/**
 * How alike those who took part and those they are compared with are, covariate by covariate, before and after: the
 * difference of means in standard deviations of those who took part (before matching, so that the yardstick stays the
 * same), the ratio of variances, and the mean and largest distance of the two distributions. As R's MatchIt has them.
 */

import {
  BAND_ENDS,
  type BalanceBand,
  type BalanceLine,
  type Covariate,
  type LabColumn,
  type LabTable,
  type Matched,
} from "./analysis";
import { columnOf, NOT_KNOWN } from "./propensity-model";
import { ascending } from "./score-order";

type People = Pick<LabTable, "rows" | "treated" | "covariates">;

/** Balance of some covariates under a matching. */
export function balanceOf(
  people: People,
  covariates: readonly Covariate[],
  matched: Pick<Matched, "weights">,
): BalanceLine[] {
  return balanceSheet(people, covariates)(matched);
}

/** The same for several matchings of the same people: what they have in common is worked out once. */
export function balanceSheet(
  people: People,
  covariates: readonly Covariate[],
): (matched: Pick<Matched, "weights">) => BalanceLine[] {
  const variables = covariates.flatMap(({ name }) => variablesOf(name, columnOf(people, name)));
  const even = new Float64Array(people.rows).fill(1);
  const rulers = variables.map((variable) => rulerOf(variable, people.treated, even));
  return ({ weights }) =>
    rulers.map(({ variable, before, sd }) => {
      const after = compare(variable, people.treated, weights);
      return {
        covariate: variable.covariate,
        level: variable.level,
        meanTreatedBefore: before.treated.mean,
        meanComparisonBefore: before.comparison.mean,
        meanTreated: after.treated.mean,
        meanComparison: after.comparison.mean,
        smdBefore: inDeviations(before, sd),
        smdAfter: inDeviations(after, sd),
        varianceRatio: variable.isShare ? null : after.treated.variance / after.comparison.variance,
        ecdfMean: after.ecdfMean,
        ecdfMax: after.ecdfMax,
      };
    });
}

/** Balance of one number, such as the score itself. */
export function balanceOfNumber(
  covariate: string,
  values: Float64Array,
  treated: Uint8Array,
  weights: Float64Array,
): BalanceLine | undefined {
  const people = {
    rows: values.length,
    treated,
    covariates: new Map([[covariate, { type: "number", values } as const]]),
  };
  return balanceOf(people, [{ name: covariate, type: "number" }], { weights })[0];
}

/** The colour of the worst line. A difference that cannot be worked out is red. */
export function bandOf(lines: readonly BalanceLine[]): BalanceBand {
  const worst = maxAbsSmdOf(lines);
  return worst <= BAND_ENDS.green ? "green" : worst <= BAND_ENDS.amber ? "amber" : "red";
}

/** Largest standardised difference that is left, whichever way. */
export function maxAbsSmdOf(lines: readonly BalanceLine[]): number {
  return Math.max(0, ...lines.map(({ smdAfter }) => Math.abs(smdAfter)));
}

/** Something to compare: a number, or whether somebody has a level. */
interface Variable {
  covariate: string;
  level: string | null;
  /** NaN: not known. */
  values: Float64Array;
  /** 0 or 1 for everybody of whom it is known. */
  isShare: boolean;
  /** Rows whose value is known, from the lowest value to the highest; null for two values, which need no order. */
  order: Uint32Array | null;
  /** The higher of two values. */
  higher: number;
}

function variablesOf(covariate: string, column: LabColumn): Variable[] {
  if (column.type === "number") {
    const values = column.values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
    // Of nobody known: then it is as missing in one group as in the other, and says no more.
    if (values.every((value) => Number.isNaN(value))) return [];
    const distinct = fewValues(values);
    const number: Variable = {
      covariate,
      level: null,
      values,
      isShare: distinct?.every((value) => value === 0 || value === 1) ?? false,
      higher: Math.max(...(distinct ?? [])),
      order:
        distinct && distinct.length <= 2
          ? null
          : ascending(values).filter((row) => !Number.isNaN(values[row])),
    };
    return values.some((value) => Number.isNaN(value))
      ? [
          number,
          share(
            covariate,
            NOT_KNOWN,
            values.map((value) => Number(Number.isNaN(value))),
          ),
        ]
      : [number];
  }
  const { codes, levels } = column;
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...levels.keys(), -1]
    .filter((code) => counts.has(code))
    .map((code) =>
      share(
        covariate,
        levels[code] ?? NOT_KNOWN,
        Float64Array.from(codes, (each) => Number(each === code)),
      ),
    );
}

const share = (covariate: string, level: string, values: Float64Array): Variable => ({
  covariate,
  level,
  values,
  isShare: true,
  order: null,
  higher: 1,
});

/** The values of a number that has two at most; null where it has more. */
function fewValues(values: Float64Array): number[] | null {
  const found: number[] = [];
  for (const value of values)
    if (!Number.isNaN(value) && !found.includes(value)) {
      if (found.length === 2) return null;
      found.push(value);
    }
  return found;
}

interface Side {
  /** Sum of weights. */
  size: number;
  mean: number;
  variance: number;
}

interface Compared {
  treated: Side;
  comparison: Side;
  ecdfMean: number;
  ecdfMax: number;
}

interface Ruler {
  variable: Variable;
  before: Compared;
  sd: number;
}

const TINY = Math.sqrt(Number.EPSILON);

/** The yardstick of a variable: the spread of those who took part, or within both sides where theirs is none. */
function rulerOf(variable: Variable, treated: Uint8Array, even: Float64Array): Ruler {
  const before = compare(variable, treated, even);
  const sd = Math.sqrt(before.treated.variance);
  const { treated: took, comparison: others } = before;
  const within = (took.size * took.variance + others.size * others.variance) / (took.size + others.size);
  return { variable, before, sd: sd > TINY ? sd : Math.sqrt(within) };
}

function inDeviations({ treated, comparison }: Compared, sd: number): number {
  const difference = treated.mean - comparison.mean;
  return Math.abs(difference) < TINY ? 0 : difference / sd;
}

function compare(variable: Variable, treated: Uint8Array, weights: Float64Array): Compared {
  const { values, isShare, order } = variable;
  // Of those who took part, then of the others.
  const [sum, squares, weighed] = [new Float64Array(2), new Float64Array(2), new Float64Array(2)];
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    const weight = weights[row] ?? 0;
    if (weight === 0 || Number.isNaN(value)) continue;
    const at = treated[row] === 1 ? 0 : 1;
    sum[at] = (sum[at] ?? 0) + weight;
    squares[at] = (squares[at] ?? 0) + weight * weight;
    weighed[at] = (weighed[at] ?? 0) + weight * value;
  }
  const mean = sum.map((total, at) => (weighed[at] ?? 0) / total);
  const spread = new Float64Array(2);
  if (!isShare)
    for (let row = 0; row < values.length; row += 1) {
      const value = values[row] ?? Number.NaN;
      const weight = weights[row] ?? 0;
      if (weight === 0 || Number.isNaN(value)) continue;
      const at = treated[row] === 1 ? 0 : 1;
      spread[at] = (spread[at] ?? 0) + weight * (value - (mean[at] ?? 0)) ** 2;
    }
  const sideOf = (at: 0 | 1): Side => {
    const [average = 0, total = 0] = [mean[at], sum[at]];
    return {
      size: total,
      mean: average,
      // Weighted, with n / (n - 1) in its general form.
      variance: isShare
        ? average * (1 - average)
        : ((spread[at] ?? 0) * total) / (total * total - (squares[at] ?? 0)),
    };
  };
  const [took, others] = [sideOf(0), sideOf(1)];
  return { treated: took, comparison: others, ...distancesOf(order, variable, treated, weights, sum) };
}

/** Distances of the two weighted distributions, at each value that there is before matching. */
function distancesOf(
  order: Uint32Array | null,
  { values, higher }: Variable,
  treated: Uint8Array,
  weights: Float64Array,
  sum: Float64Array,
): Pick<Compared, "ecdfMean" | "ecdfMax"> {
  const [took = 0, others = 0] = sum;
  if (!order) {
    let apart = 0;
    for (let row = 0; row < values.length; row += 1) {
      if (values[row] !== higher) continue;
      const weight = weights[row] ?? 0;
      apart += treated[row] === 1 ? weight / took : -weight / others;
    }
    return { ecdfMean: Math.abs(apart), ecdfMax: Math.abs(apart) };
  }
  let [apart, total, largest, count] = [0, 0, 0, 0];
  for (let at = 0; at < order.length; at += 1) {
    const row = order[at] ?? 0;
    const weight = weights[row] ?? 0;
    apart += treated[row] === 1 ? weight / took : -weight / others;
    if (at + 1 < order.length && values[order[at + 1] ?? 0] === values[row]) continue;
    count += 1;
    total += Math.abs(apart);
    if (Math.abs(apart) > largest) largest = Math.abs(apart);
  }
  return { ecdfMean: total / count, ecdfMax: largest };
}
