/**
 * What became of those who took part beside those they are compared with: a difference with its interval and test for
 * each outcome, and beside it the other errors and tests that a reader may ask for. How sure the difference is depends
 * on how people were matched: pairs by what differs within them, several beside one by the set, with replacement by set
 * and person, everything else by Kish's effective size (as the Justice Data Lab does); shares with a small cell by Newcombe;
 * of a measured number, by radius, only what the covariates leave over.
 */

import { newcombe, proportionDifference, type TwoProportions } from "../change/intervals";
import type { Effect, LabMethod, LabOutcome, Matched } from "./analysis";
import { besidesOfPairs, bonettPrice, mcNemarMidP, type PairCounts, pairedDifference } from "./effects-pairs";
import {
  agrestiCaffo,
  fisherP,
  newcombeP,
  oddsRatio,
  type Ratio,
  ratioFrom,
  riskRatio,
  SMALL_CELL,
  smallestCell,
  yates,
} from "./effects-shares";
import { besidesOfTimes, type Watched } from "./effects-time";
import {
  clusterErrors,
  kishError,
  type Moments,
  momentsOf,
  nominalError,
  type Parts,
  partsOf,
  robustErrors,
  type Stated,
  stateByT,
  twoWayError,
  type WeighedGroup,
} from "./errors-of-means";
import { type CovariateColumns, residualError } from "./errors-of-residuals";

/** Above so many places in sets the two-way error is left out: it would take longer than everything else. */
const MOST_PLACES = 5_000_000;

/** A comparison whose outcomes are to be read. */
export interface Compared {
  /** 1 for somebody who took part. */
  treated: Uint8Array;
  matched: Matched;
  method: LabMethod;
  /** The covariates, where the two groups are alike in them after matching by radius; else null. */
  alike?: CovariateColumns | null;
}

interface Sides<T> {
  treated: T;
  comparison: T;
}

/** A difference as it is stated, and by what. */
interface StatedBy extends Omit<Stated, "freedom"> {
  intervalBy: string;
}

/**
 * The effect on one outcome, whose values are by row of the table (NaN: not known; for a time: no event). Null where
 * fewer than two people are left on a side, or the values are too large to be worked with: then there is nothing to state.
 */
export function effectOf(compared: Compared, outcome: LabOutcome, values: Float64Array): Effect | null {
  const isTime = outcome.type === "time";
  const known = isTime ? values.map((days) => (days <= outcome.followUp ? days : Number.NaN)) : values;
  const stratum = isTime ? null : compared.matched.stratum;
  const groups = groupsOf(compared, known, stratum);
  if (groups.treated.values.length < 2 || groups.comparison.values.length < 2) return null;

  const moments = { treated: momentsOf(groups.treated), comparison: momentsOf(groups.comparison) };
  const difference = moments.treated.mean - moments.comparison.mean;
  const pairs = stratum && pairsOf(groups, stratum);
  const errors = errorsOf(compared, groups, moments, known, stratum);
  const counts = pairs && outcome.type === "binary" ? countPairs(pairs) : null;
  const shares = outcome.type === "binary" ? sharesOf(moments) : null;
  const isSmall = shares !== null && smallestCell(shares) < SMALL_CELL;
  const stated = counts
    ? statePairs(counts, isSmall)
    : isSmall
      ? stateSmall(shares, errors.kish.se)
      : stateByDesign(compared.method, outcome, difference, errors, pairs?.length ?? 0);
  if (![difference, stated.se, stated.low, stated.high].every(Number.isFinite)) return null;
  return {
    outcome: outcome.name,
    type: outcome.type,
    measure: outcome.type === "binary" ? "rate" : isTime ? "time" : "mean",
    treated: moments.treated.mean,
    comparison: moments.comparison.mean,
    difference,
    ...stated,
    nTreated: moments.treated.people,
    nComparison: moments.comparison.people,
    apart: {
      treated: shareApart(groups.treated) * moments.treated.people,
      comparison: shareApart(groups.comparison) * moments.treated.people,
    },
    ess: moments.comparison.ess,
    besides: finite({
      ...besidesOfErrors(errors),
      ...(shares && besidesOfShares(shares)),
      ...(counts && besidesOfPairs(counts)),
      ...(outcome.type === "count" && besidesOfCounts(errors.parts, moments)),
      ...(isTime && besidesOfTimes(watchedOf(compared, known, outcome.followUp), outcome.followUp)),
    }),
  };
}

/**
 * Both sides with their weights, as far as the outcome is known. Where people were matched in strata, somebody stays
 * only if the stratum still has both sides: of a pair, both or neither.
 */
function groupsOf(
  { treated, matched: { weights } }: Compared,
  values: Float64Array,
  stratum: Int32Array | null,
): Sides<WeighedGroup> {
  const isKnown = (row: number) => (weights[row] ?? 0) > 0 && Number.isFinite(values[row] ?? Number.NaN);
  const sidesOf = new Map<number, number>();
  if (stratum) {
    stratum.forEach((of, row) => {
      if (of >= 0 && isKnown(row)) sidesOf.set(of, (sidesOf.get(of) ?? 0) | (treated[row] === 1 ? 1 : 2));
    });
  }
  const rows: Sides<number[]> = { treated: [], comparison: [] };
  for (let row = 0; row < treated.length; row += 1) {
    if (!isKnown(row) || (stratum && sidesOf.get(stratum[row] ?? -1) !== 3)) continue;
    rows[treated[row] === 1 ? "treated" : "comparison"].push(row);
  }
  const groupOf = (of: readonly number[]): WeighedGroup => ({
    rows: Int32Array.from(of),
    values: Float64Array.from(of, (row) => values[row] ?? Number.NaN),
    weights: Float64Array.from(of, (row) => weights[row] ?? 0),
  });
  return { treated: groupOf(rows.treated), comparison: groupOf(rows.comparison) };
}

/** Share of the weight of everybody whose value is not the commonest one. */
function shareApart({ values, weights }: WeighedGroup): number {
  const byValue = new Map<number, number>();
  let whole = 0;
  values.forEach((value, i) => {
    const weight = weights[i] ?? 0;
    whole += weight;
    byValue.set(value, (byValue.get(value) ?? 0) + weight);
  });
  let most = 0;
  for (const weight of byValue.values()) most = Math.max(most, weight);
  return 1 - most / whole;
}

/** Values of each participant and of the one person beside them; null unless everybody is in such a pair. */
function pairsOf(
  { treated, comparison }: Sides<WeighedGroup>,
  stratum: Int32Array,
): { treated: number; comparison: number }[] | null {
  if (treated.rows.length !== comparison.rows.length) return null;
  const beside = new Map<number, number>();
  comparison.rows.forEach((row, i) => {
    beside.set(stratum[row] ?? -1, comparison.values[i] ?? Number.NaN);
  });
  const pairs = new Map<number, { treated: number; comparison: number }>();
  treated.rows.forEach((row, i) => {
    const of = stratum[row] ?? -1;
    const other = beside.get(of);
    if (other !== undefined) pairs.set(of, { treated: treated.values[i] ?? Number.NaN, comparison: other });
  });
  const isOneEach = pairs.size === treated.rows.length && beside.size === comparison.rows.length;
  return isOneEach ? [...pairs.values()] : null;
}

function countPairs(pairs: readonly { treated: number; comparison: number }[]): PairCounts {
  const counts = { treatedOnly: 0, comparisonOnly: 0, both: 0, neither: 0 };
  for (const { treated, comparison } of pairs) {
    if (treated > 0) counts[comparison > 0 ? "both" : "treatedOnly"] += 1;
    else counts[comparison > 0 ? "comparisonOnly" : "neither"] += 1;
  }
  return counts;
}

interface Errors {
  kish: { se: number; freedom: number };
  nominal: number;
  robust: { hc0: number; hc1: number };
  cluster: { clusters: number; hc0: number; hc1: number } | null;
  twoWay: { clusters: number; se: number } | null;
  residual: { se: number; freedom: number } | null;
  parts: Parts;
}

function errorsOf(
  { matched: { sets }, alike }: Compared,
  groups: Sides<WeighedGroup>,
  moments: Sides<Moments>,
  values: Float64Array,
  stratum: Int32Array | null,
): Errors {
  const parts = {
    treated: partsOf(groups.treated, moments.treated, 1),
    comparison: partsOf(groups.comparison, moments.comparison, -1),
  };
  const difference = moments.treated.mean - moments.comparison.mean;
  const places = (sets ?? []).reduce((sum, { controls }) => sum + controls.length, 0);
  return {
    kish: kishError(moments.treated, moments.comparison),
    nominal: nominalError(moments.treated, moments.comparison),
    robust: robustErrors(parts),
    cluster: stratum && clusterErrors(groups, parts, stratum),
    twoWay: sets && places <= MOST_PLACES ? twoWayError(sets, values) : null,
    residual: alike ? residualError(alike, groups.treated, groups.comparison, difference) : null,
    parts,
  };
}

/** The interval that goes with how people were matched. */
function stateByDesign(
  method: LabMethod,
  { type }: LabOutcome,
  difference: number,
  { kish, robust, cluster, twoWay, residual }: Errors,
  pairs: number,
): StatedBy {
  const state = (se: number, freedom: number, intervalBy: string) => {
    const { freedom: _, ...stated } = stateByT(difference, se, freedom);
    return { ...stated, intervalBy };
  };
  if (cluster && pairs > 1) {
    // Clustered on pairs it is the paired t, but for n / (n - 1).
    return state(cluster.hc0 * Math.sqrt(pairs / (pairs - 1)), pairs - 1, "pairs");
  }
  if (method.name === "nearest" && cluster && cluster.clusters > 1) {
    return state(cluster.hc1, cluster.clusters - 1, "sets");
  }
  if (method.name === "nearest" && twoWay) return state(twoWay.se, twoWay.clusters - 1, "sets and people");
  if (method.name === "nearest" && method.replace) return state(robust.hc1, kish.freedom, "HC1");
  if (type === "number" && residual) return state(residual.se, residual.freedom, "residuals");
  return state(kish.se, kish.freedom, "Kish");
}

/** Shares of pairs: McNemar's test, and an interval of the same kind. */
function statePairs(counts: PairCounts, isSmall: boolean): StatedBy {
  const { se, wald } = pairedDifference(counts);
  const [low, high] = isSmall ? bonettPrice(counts) : wald;
  return { low, high, se, p: mcNemarMidP(counts), intervalBy: isSmall ? "Bonett-Price" : "pairs" };
}

/** Shares with a small cell: Newcombe's interval and the p that belongs to it. */
function stateSmall(shares: TwoProportions, se: number): StatedBy {
  const [low, high] = newcombe(shares);
  return { low, high, se, p: newcombeP(shares), intervalBy: "Newcombe" };
}

/** Both shares as counts of people; a weighted group counts for its effective size. */
const sharesOf = ({ treated, comparison }: Sides<Moments>): TwoProportions => ({
  x1: treated.mean * treated.ess,
  n1: treated.ess,
  x0: comparison.mean * comparison.ess,
  n0: comparison.ess,
});

type Besides = Record<string, number>;

const besidesOfErrors = ({ kish, nominal, robust, cluster, twoWay, residual }: Errors): Besides => ({
  seKish: kish.se,
  freedomKish: kish.freedom,
  seNominal: nominal,
  seHc0: robust.hc0,
  seHc1: robust.hc1,
  ...(cluster && { clusters: cluster.clusters, seClusterHc0: cluster.hc0, seClusterHc1: cluster.hc1 }),
  ...(twoWay && { seTwoWayHc1: twoWay.se }),
  ...(residual && { seResiduals: residual.se }),
});

const ends = (name: string, [low, high]: readonly [number, number]): Besides => ({
  [`${name}Low`]: low,
  [`${name}High`]: high,
});

const ratio = (name: string, found: Ratio | null): Besides =>
  found ? { [name]: found.ratio, ...ends(name, [found.low, found.high]) } : {};

function besidesOfShares(shares: TwoProportions): Besides {
  const whole = Object.values(shares).every((count) => Math.abs(count - Math.round(count)) < 1e-9);
  return {
    ...ends("newcombe", newcombe(shares)),
    ...ends("agrestiCaffo", agrestiCaffo(shares)),
    pooledP: proportionDifference(shares).p,
    ...ratio("riskRatio", riskRatio(shares)),
    ...ratio("oddsRatio", oddsRatio(shares)),
    // Of whole people only: fractions of a person have no exact chances.
    ...(whole && { yatesP: yates(shares).p, fisherP: fisherP(wholeOf(shares)) }),
  };
}

const wholeOf = ({ x1, n1, x0, n0 }: TwoProportions): TwoProportions => ({
  x1: Math.round(x1),
  n1: Math.round(n1),
  x0: Math.round(x0),
  n0: Math.round(n0),
});

/** Ratio of the two rates as of a weighted Poisson regression: with the model's error, too small, and White's. */
function besidesOfCounts(parts: Parts, { treated, comparison }: Sides<Moments>): Besides {
  if (!(treated.mean > 0 && comparison.mean > 0)) return {};
  const of = (each: Float64Array, mean: number) => each.reduce((sum, part) => sum + (part / mean) ** 2, 0);
  const robust = Math.sqrt(of(parts.treated, treated.mean) + of(parts.comparison, comparison.mean));
  const model = Math.sqrt(1 / (treated.weight * treated.mean) + 1 / (comparison.weight * comparison.mean));
  return {
    ...ratio("rateRatio", ratioFrom(treated.mean / comparison.mean, robust)),
    rateRatioLogHc0: robust,
    rateRatioLogModel: model,
  };
}

/** Everybody who is kept, with the day of the event or the end of the follow-up. */
function watchedOf(
  { treated, matched: { weights } }: Compared,
  days: Float64Array,
  followUp: number,
): Watched[] {
  const watched: Watched[] = [];
  weights.forEach((weight, row) => {
    if (!(weight > 0)) return;
    const day = days[row] ?? Number.NaN;
    const ended = !Number.isNaN(day);
    watched.push({ treated: treated[row] === 1, days: ended ? day : followUp, ended, weight });
  });
  return watched;
}

/** Numbers that could not be worked out are left out. */
const finite = (besides: Besides): Besides =>
  Object.fromEntries(Object.entries(besides).filter(([, value]) => Number.isFinite(value)));
