/**
 * Many areas at once: how each changed against all of them together. Control limits of a funnel plot with the spread
 * beyond chance (Spiegelhalter 2005, Statistics in Medicine 24), and the false discovery rate held at 5% (Benjamini
 * and Hochberg 1995), so that chance alone does not fill the list.
 */

import { THRESHOLD } from "../disclosure";
import type { PeriodType } from "../period";
import { normalP, zOf } from "./distributions";
import { ratioErrorVariance, type YearsOfPair } from "./figure-error";

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
  /** One of the areas that an event is about: never among "the others", and asked apart from them. */
  named?: boolean;
}

/** Against the others together. Hidden: nothing can be said, because both are. */
export type Verdict = "above" | "below" | "not-clear" | "hidden";

export interface AreaChange {
  area: number;
  named: boolean;
  /** Sums of the figures; a hidden figure makes the sum null. */
  before: number | null;
  after: number | null;
  /** Times as many as before, with its 95% interval; null when either is hidden. */
  ratio: { ratio: number; low: number; high: number } | null;
  /** Times as many as the others together would lead one to expect. */
  against: number | null;
  /** Size in the funnel: how much information the figures carry (1 / variance); null when hidden. */
  information: number | null;
  /** Adjusted for all areas that were looked at with it. */
  q: number | null;
  verdict: Verdict;
}

export interface SeveralChanges {
  areas: AreaChange[];
  /** How all others with figures changed together; null with fewer than five. */
  together: number | null;
  /** Spread beyond chance: 1 is none. */
  dispersion: number;
  tested: number;
}

/**
 * Share of the people of one period who come in the next, about: those who come twice are one chance, not two. From
 * casework that lasts some weeks; where it lasts longer the spread between areas shows it.
 */
const COME_AGAIN: Readonly<Record<PeriodType, number>> = { month: 1 / 3, quarter: 1 / 5, year: 1 / 10 };

/**
 * How much wider chance is for the sum of so many periods than if nobody came twice, when `share` of the people of one
 * come in the next.
 */
export function comingAgain(share: number, periods: number): number {
  let factor = 1;
  for (let apart = 1; apart < periods; apart += 1) {
    factor += 2 * (1 - apart / periods) * share ** apart;
  }
  return factor;
}

/** Share of the areas at each end, and one at least, whose z is drawn in before the spread is worked out. */
const WINSORISED = 0.1;

/** The multiplier of variance by which the areas differ beyond chance, at least 1; the outermost are drawn in. */
function spreadOf(zs: readonly number[]): number {
  if (zs.length < FEWEST_AREAS) return 1;
  const sorted = [...zs].sort((a, b) => a - b);
  const cut = Math.max(1, Math.floor(sorted.length * WINSORISED));
  const low = sorted[cut] ?? 0;
  const high = sorted[sorted.length - 1 - cut] ?? 0;
  const squares = zs.reduce((sum, z) => sum + Math.min(high, Math.max(low, z)) ** 2, 0);
  return Math.max(1, squares / zs.length);
}

interface Total {
  before: number;
  after: number;
  areas: number;
}

/**
 * The change of every area against all others together. With an event, the others are the areas it is not about, and
 * what chance does is judged from them alone. Areas of the event are asked among themselves and the others among
 * themselves (Efron 2008): what was written down beforehand does not pay for a search that nobody planned. `apart`
 * false, for an event written afterwards, asks all of them together. `years` are the financial years of the pairs of
 * periods; without them each side is taken for one year.
 */
export function compareAreas(
  areas: readonly AreaFigures[],
  { type, apart = true, years }: { type: PeriodType; apart?: boolean; years?: readonly YearsOfPair[] },
): SeveralChanges {
  const periods = areas[0]?.after.length ?? 1;
  const pairs = years ?? Array.from({ length: periods }, () => ({ before: 0, after: 1 }));
  const again = comingAgain(COME_AGAIN[type], periods);
  /** Variance of the logarithm of the change of so many areas: chance, and the error of the figures. */
  const logVariance = (total: Total) =>
    again / total.before + again / total.after + ratioErrorVariance(pairs, total);
  const measured = areas.map((each) => {
    const sums = sumsOf(each);
    const hidden = { before: sums.before.sum === null, after: sums.after.sum === null };
    return { ...each, ...sums, named: each.named ?? false, hidden, isShown: !hidden.before && !hidden.after };
  });
  const others = measured.filter(({ isShown, named }) => isShown && !named);
  const all = others.reduce<Total>(
    (total, { before, after }) => ({
      before: total.before + before.least,
      after: total.after + after.least,
      areas: total.areas + 1,
    }),
    { before: 0, after: 0, areas: 0 },
  );
  const together = others.length < FEWEST_AREAS ? null : all.after / all.before;
  const compared = measured.map((each) => {
    const { before, after, named, isShown } = each;
    // An area is not one of its own others.
    const own = !named && isShown;
    const rest = {
      before: all.before - (own ? before.least : 0),
      after: all.after - (own ? after.least : 0),
      areas: all.areas - (own ? 1 : 0),
    };
    const change = after.least / before.least;
    const variance = logVariance({ before: before.least, after: after.least, areas: 1 });
    const restVariance = logVariance(rest);
    const against = together === null ? null : change / (rest.after / rest.before);
    return { ...each, change, variance, testVariance: variance + restVariance, against };
  });
  const zOfArea = ({ against, testVariance }: { against: number | null; testVariance: number }) =>
    Math.log(against ?? 1) / Math.sqrt(testVariance);
  const dispersion =
    together === null ? 1 : spreadOf(compared.filter(({ isShown, named }) => isShown && !named).map(zOfArea));

  // A hidden figure is taken for its largest value, 10: what rises from there, or falls to there, does so at least.
  const mayAsk = ({ hidden, against }: (typeof compared)[number]) =>
    against !== null &&
    !(hidden.before && hidden.after) &&
    !(hidden.before && against < 1) &&
    !(hidden.after && against > 1);
  const asked = compared.filter(mayAsk);
  const families = apart
    ? [asked.filter(({ named }) => named), asked.filter(({ named }) => !named)]
    : [asked];
  const qs = new Map<number, number>();
  for (const family of families) {
    const ps = family.map((each) => normalP(zOfArea(each) / Math.sqrt(dispersion)));
    falseDiscovery(ps).forEach((q, at) => {
      const tested = family[at];
      if (tested) qs.set(tested.area, q);
    });
  }
  const z = zOf(0.95);
  return {
    together,
    dispersion,
    tested: asked.length,
    areas: compared.map(({ area, named, before, after, hidden, isShown, variance, change, against }) => {
      const q = qs.get(area) ?? null;
      const half = z * Math.sqrt(variance * dispersion);
      return {
        area,
        named,
        before: before.sum,
        after: after.sum,
        ratio: isShown
          ? { ratio: change, low: change * Math.exp(-half), high: change * Math.exp(half) }
          : null,
        against: isShown ? against : null,
        information: isShown ? 1 / variance : null,
        q,
        verdict: verdictOf(hidden.before && hidden.after, q, against),
      };
    }),
  };
}

function verdictOf(isHidden: boolean, q: number | null, against: number | null): Verdict {
  if (isHidden) return "hidden";
  if (q === null || against === null || q > FALSE_DISCOVERY_RATE) return "not-clear";
  return against > 1 ? "above" : "below";
}

function sumsOf({ before, after }: AreaFigures) {
  const of = (figures: readonly (number | null)[]) => ({
    sum: figures.some((figure) => figure === null)
      ? null
      : figures.reduce<number>((sum, figure) => sum + (figure ?? 0), 0),
    least: figures.reduce<number>((sum, figure) => sum + (figure ?? THRESHOLD), 0),
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
