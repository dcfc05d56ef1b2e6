/**
 * Domains that come together: how many people who brought one also brought the other, beside what there would be if the
 * two had nothing to do with each other; and areas whose needs are alike. From figures alone (`docs/methods/together.md`).
 */

import { z } from "zod";
import type { Figure } from "./disclosure";
import type { Level } from "./geography";
import { DOMAINS } from "./needs";
import { findPeriod, type PeriodType } from "./period";

/** Pairs settle for quarters and years: a month has too few people for most of them. */
export const PAIR_PERIODS: readonly PeriodType[] = ["quarter", "year"];

const pairPeriod = z.string().refine((text) => {
  const period = findPeriod(text);
  return period !== null && PAIR_PERIODS.includes(period.type);
}, "Pairs are told by quarter and year");

export const togetherQuery = z.object({ area: z.int().min(200_000).max(499_999), period: pairPeriod });
export type TogetherQuery = z.infer<typeof togetherQuery>;
export const alikeQuery = z.object({ area: z.int().min(10).max(499_999), period: pairPeriod });
export type AlikeQuery = z.infer<typeof alikeQuery>;

/** Root mean square error of a figure, in people (`docs/methods/disclosure.md`). */
const FIGURE_ERROR = 2.3;
/** 95% of a normal distribution lies within so many standard deviations. */
const Z95 = 1.96;

/** How often two domains come together against chance. */
export interface Lift {
  /** People to expect in both if the two had nothing to do with each other: a × b / all. */
  expected: number;
  /** People in both for each one expected, with its 95% interval. */
  lift: number;
  low: number;
  high: number;
  verdict: "more" | "fewer" | "not-clear";
}

/**
 * The lift of a pair: people in both, over those expected where the two are independent among everybody who brought any
 * need. Its interval is that of its logarithm by the delta method for the shares of one sample (multinomial): variance
 * 1/both - 1/a - 1/b + (2 lift - 1)/all, widened by the error of each figure.
 */
export function liftOf(counts: { both: number; a: number; b: number; all: number }): Lift {
  const { both, a, b, all } = counts;
  const expected = (a * b) / all;
  const lift = both / expected;
  const sampling = Math.max(0, 1 / both - 1 / a - 1 / b + (2 * lift - 1) / all);
  const noise = [both, a, b, all].reduce((sum, count) => sum + (FIGURE_ERROR / count) ** 2, 0);
  const spread = Math.exp(Z95 * Math.sqrt(sampling + noise));
  const [low, high] = [lift / spread, lift * spread];
  return { expected, lift, low, high, verdict: low > 1 ? "more" : high < 1 ? "fewer" : "not-clear" };
}

/** Two domains and the people who brought both. */
export interface DomainPair {
  /** Codes; `a` comes first in the taxonomy. */
  a: string;
  b: string;
  figure: Figure;
  lift: Lift;
}

export interface Together {
  area: number;
  level: Level;
  name: string;
  period: string;
  words: string;
  settledOn: string;
  revisedOn: string | null;
  /** People who brought any need; null: hidden, and so is everything else. */
  all: Figure | null;
  /** Every domain in the order of the taxonomy; null: fewer than 10. */
  domains: { code: string; label: string; figure: Figure | null }[];
  /** Pairs that show, highest lift first. All others are hidden: fewer than 10 people, or none. */
  pairs: DomainPair[];
}

/** What may be chosen, widest area and newest period first. */
export interface TogetherChoices {
  /** Areas that have pairs: authorities and larger. */
  areas: { area: number; level: Level; name: string }[];
  /** Areas whose needs may be compared. */
  places: { area: number; level: Level; name: string }[];
  periods: { period: string; words: string }[];
}

/** A profile has to show so many domains, or it says more of what is hidden than of need. */
export const FEWEST_DOMAINS = 4;
/** People taken for a hidden domain: the middle of none and nine, to the nearest 5. */
export const HIDDEN_AS = 5;

/** Shares of the domains in what an area brings, in the order of the figures; null where too few show. */
export function profileOf(figures: readonly (Figure | null)[]): number[] | null {
  if (figures.filter((figure) => figure !== null).length < FEWEST_DOMAINS) return null;
  const counts = figures.map((figure) => figure ?? HIDDEN_AS);
  const sum = counts.reduce((all, count) => all + count, 0);
  return counts.map((count) => count / sum);
}

/** Hellinger distance of two profiles: 0 the same, 1 nothing in common. */
export function distanceOf(p: readonly number[], q: readonly number[]): number {
  const sum = p.reduce((all, share, at) => all + (Math.sqrt(share) - Math.sqrt(q[at] ?? 0)) ** 2, 0);
  return Math.sqrt(sum / 2);
}

/**
 * Distance that chance and the errors of figures put between two areas with the same needs, about: by the delta method a
 * share's square root has the variance of its count over 4 × count × all.
 */
export function noiseDistance(p: readonly (Figure | null)[], q: readonly (Figure | null)[]): number {
  const of = (figures: readonly (Figure | null)[]) => {
    const counts = figures.map((figure) => figure ?? HIDDEN_AS);
    const sum = counts.reduce((all, count) => all + count, 0);
    // Var(sqrt(x / S)) is about Var(x) / (4 x S); sampling of people has Var(x) = x.
    return counts.reduce((all, count) => all + (count + FIGURE_ERROR ** 2) / (4 * count * sum), 0);
  };
  return Math.sqrt((of(p) + of(q)) / 2);
}

/** An area whose needs are like those of the one asked about. */
export interface AlikeArea {
  area: number;
  code: string;
  name: string;
  distance: number;
  /** No farther than errors and chance alone would put two areas with the same needs. */
  isIndistinct: boolean;
  /** Domains that take the largest share of both, and those whose shares differ most; shares in whole per cent. */
  shared: SharedDomain[];
  differing: SharedDomain[];
}

export interface SharedDomain {
  code: string;
  label: string;
  here: number;
  there: number;
}

export interface Alike {
  area: number;
  level: Level;
  name: string;
  period: string;
  words: string;
  /** Set when the area itself shows too few domains. */
  tooFew: boolean;
  /** Nearest first, at most five. */
  areas: AlikeArea[];
  /** Areas of the level that show enough domains, this one among them. */
  compared: number;
  /** Areas of the level in all. */
  of: number;
}

const MOST_ALIKE = 5;
const TOP = 3;

/** The areas most like one of them. Figures are in the order of the taxonomy's domains. */
export function mostAlike(
  here: readonly (Figure | null)[],
  others: readonly { area: number; code: string; name: string; figures: readonly (Figure | null)[] }[],
): AlikeArea[] {
  const own = profileOf(here);
  if (!own) return [];
  return others
    .flatMap(({ figures, ...area }): AlikeArea[] => {
      const profile = profileOf(figures);
      if (!profile) return [];
      const distance = distanceOf(own, profile);
      const domains = DOMAINS.map(({ code, label }, at) => ({
        code,
        label,
        here: Math.round((own[at] ?? 0) * 100),
        there: Math.round((profile[at] ?? 0) * 100),
        shows: here[at] != null || figures[at] != null,
      })).filter(({ shows }) => shows);
      const plain = (found: typeof domains) =>
        found.slice(0, TOP).map(({ code, label, here, there }) => ({ code, label, here, there }));
      return [
        {
          ...area,
          distance,
          isIndistinct: distance <= noiseDistance(here, figures),
          shared: plain(domains.toSorted((a, b) => Math.min(b.here, b.there) - Math.min(a.here, a.there))),
          differing: plain(
            domains
              .filter(({ here, there }) => Math.abs(here - there) >= 2)
              .toSorted((a, b) => Math.abs(b.here - b.there) - Math.abs(a.here - a.there)),
          ),
        },
      ];
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_ALIKE);
}
