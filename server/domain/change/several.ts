/**
 * Many areas at once: how each changed against all of them together. Control limits of a funnel plot with the spread
 * beyond chance (Spiegelhalter 2005, Statistics in Medicine 24), and the false discovery rate held at 5% (Benjamini
 * and Hochberg 1995), so that chance alone does not fill the list.
 */

import { THRESHOLD } from "../disclosure";
import { normalP, zOf } from "./distributions";
import { FIGURE_VARIANCE } from "./figure-error";

/** Fewest areas with figures for "all of them together" to mean something. */
export const FEWEST_AREAS = 5;
/** Share of the areas that are named which may be there by chance. */
export const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Adjusted p of each test (q): the smallest rate of false discoveries at which it would be named. The order of the
 * answer is that of the question.
 */
export function falseDiscovery(ps: readonly number[]): number[] {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => b.p - a.p);
  const adjusted = new Array<number>(ps.length).fill(1);
  let smallest = 1;
  order.forEach(({ p, at }, fromLast) => {
    smallest = Math.min(smallest, (p * ps.length) / (ps.length - fromLast));
    adjusted[at] = smallest;
  });
  return adjusted;
}

/** Figures of one area in two sets of periods of equal number; null where hidden. */
export interface AreaFigures {
  area: number;
  before: readonly (number | null)[];
  after: readonly (number | null)[];
}

/** Against the others together. Hidden: nothing can be said, because both are. */
export type Verdict = "above" | "below" | "not-clear" | "hidden";

export interface AreaChange {
  area: number;
  /** Sums of the figures; a hidden figure makes the sum null. */
  before: number | null;
  after: number | null;
  /** Times as many as before, with its 95% interval; null when either is hidden. */
  ratio: { ratio: number; low: number; high: number } | null;
  /** Times as many as the others together would lead one to expect. */
  against: number | null;
  /** Size in the funnel: how much information the figures carry (1 / variance); null when hidden. */
  information: number | null;
  /** Adjusted for all areas that were looked at. */
  q: number | null;
  verdict: Verdict;
}

export interface SeveralChanges {
  areas: AreaChange[];
  /** How all areas with figures changed together; null with fewer than five. */
  together: number | null;
  /** Spread beyond chance: 1 is none. */
  dispersion: number;
  tested: number;
}

/** Variance of the logarithm of a sum of so many figures: chance, and the error of each figure. */
const logVariance = (sum: number, figures: number) => 1 / sum + (FIGURE_VARIANCE * figures) / sum ** 2;

/** Share of the areas at each end whose z is drawn in before the spread is worked out. */
const WINSORISED = 0.1;

/** The multiplier of variance by which the areas differ beyond chance, at least 1; the outermost are drawn in. */
function spreadOf(zs: readonly number[]): number {
  if (zs.length < FEWEST_AREAS) return 1;
  const sorted = [...zs].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length * WINSORISED);
  const low = sorted[cut] ?? 0;
  const high = sorted[sorted.length - 1 - cut] ?? 0;
  const squares = zs.reduce((sum, z) => sum + Math.min(high, Math.max(low, z)) ** 2, 0);
  return Math.max(1, squares / zs.length);
}

/** The change of every area against all of them together. */
export function compareAreas(areas: readonly AreaFigures[]): SeveralChanges {
  const sums = areas.map((each) => ({ ...each, ...sumsOf(each) }));
  const shown = sums.filter((each) => each.before.sum !== null && each.after.sum !== null);
  const total = (of: (each: (typeof sums)[number]) => number | null) =>
    shown.reduce((sum, each) => sum + (of(each) ?? 0), 0);
  const together =
    shown.length < FEWEST_AREAS ? null : total(({ after }) => after.sum) / total(({ before }) => before.sum);

  const measured = sums.map((each) => {
    const hidden = { before: each.before.sum === null, after: each.after.sum === null };
    const [before, after] = [each.before.least, each.after.least];
    const variance = logVariance(before, each.before.figures) + logVariance(after, each.after.figures);
    const against = together === null ? null : after / before / together;
    return { ...each, hidden, variance, change: after / before, against };
  });
  const dispersion = spreadOf(
    measured.flatMap(({ hidden, against, variance }) =>
      hidden.before || hidden.after || against === null ? [] : [Math.log(against) / Math.sqrt(variance)],
    ),
  );
  // A hidden figure is taken for its largest value, 10: what rises from there, or falls to there, does so at least.
  const tests = measured.flatMap((each, at) => {
    const { hidden, against, variance } = each;
    if (against === null || (hidden.before && hidden.after)) return [];
    if ((hidden.before && against < 1) || (hidden.after && against > 1)) return [];
    return [{ at, p: normalP(Math.log(against) / Math.sqrt(variance * dispersion)) }];
  });
  const qs = new Map<number, number>();
  falseDiscovery(tests.map(({ p }) => p)).forEach((q, i) => {
    const test = tests[i];
    if (test) qs.set(test.at, q);
  });
  const z = zOf(0.95);
  return {
    together,
    dispersion,
    tested: tests.length,
    areas: measured.map(({ area, before, after, hidden, variance, change, against }, at) => {
      const q = qs.get(at) ?? null;
      const isShown = !hidden.before && !hidden.after;
      const half = z * Math.sqrt(variance * dispersion);
      return {
        area,
        before: before.sum,
        after: after.sum,
        ratio: isShown
          ? { ratio: change, low: change * Math.exp(-half), high: change * Math.exp(half) }
          : null,
        against: isShown ? against : null,
        information: isShown ? 1 / variance : null,
        q,
        verdict:
          hidden.before && hidden.after
            ? "hidden"
            : q === null || q > FALSE_DISCOVERY_RATE
              ? "not-clear"
              : (against ?? 1) > 1
                ? "above"
                : "below",
      };
    }),
  };
}

function sumsOf({ before, after }: AreaFigures) {
  const of = (figures: readonly (number | null)[]) => ({
    sum: figures.some((figure) => figure === null)
      ? null
      : figures.reduce<number>((sum, figure) => sum + (figure ?? 0), 0),
    least: figures.reduce<number>((sum, figure) => sum + (figure ?? THRESHOLD), 0),
    figures: figures.length,
  });
  return { before: of(before), after: of(after) };
}

/** Limits of the funnel at a size: beyond 95% one area in twenty lies by chance, beyond 99.8% one in five hundred. */
export function funnelLimits(
  information: number,
  dispersion: number,
  confidence: 0.95 | 0.998,
): { low: number; high: number } {
  const half = zOf(confidence) * Math.sqrt(dispersion / information);
  return { low: Math.exp(-half), high: Math.exp(half) };
}
