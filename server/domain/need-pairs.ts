/**
 * Needs that often come together among an organisation's own people, and which of them to offer beside what is
 * picked. Who has a need, and who has two, is counted every night (`server/need-pairs.ts`); this decides which
 * pairs are worth offering, and says why in words. The reasons behind the limits: `docs/decisions/0017`.
 */

import { labelInSentence } from "./label-text";
import { findNeed, getNeedByNumber, isSensitiveNeed, type Need } from "./needs";

/** Months in which a need was presented, for it to count as somebody's; open ones count however old. */
export const PAIR_MONTHS = 12;
/** Fewest people with the first need, and with both. */
const FEWEST_WITH = 10;
export const FEWEST_BOTH = 5;
/** How much commoner the other need must be among people with the first than among everybody. */
const LEAST_LIFT = 1.5;
/** An offer that is right less often than this is in the way. */
const LEAST_SHARE = 0.1;
/**
 * Normal quantile of the Wilson bound. Some thousand pairs are looked at every night: among needs that have nothing
 * to do with each other the usual 1.96 would offer thirteen pairs of an organisation, and 3.29 offers about one.
 */
const QUANTILE = 3.29;
const MOST_OFFERS = 3;

/** What was counted of two needs in one organisation. */
export interface PairCount {
  /** Storage numbers: the need that somebody has, and the one that may come with it. */
  needNumber: number;
  otherNumber: number;
  /** People with the first need, with the other, with both, and with any need at all. */
  peopleWith: number;
  peopleOther: number;
  peopleBoth: number;
  everyone: number;
}

/** A need to offer when another is picked. */
export interface NeedPair {
  /** Code of the need that was picked. */
  need: string;
  /** Code of the need to offer with it. */
  offer: string;
  /** Of the people with the first, the part that has the other as well, 0 to 1. */
  share: number;
  /** People with the first need. */
  people: number;
}

/** An offer, and why it is made: "4 in 10 people here with no food also bring priority debt". */
export interface NeedOffer {
  need: Need;
  because: Need;
  reason: string;
}

/** Lower end of the Wilson score interval for a part of a whole (E. B. Wilson, 1927). */
export function wilsonLowerBound(part: number, whole: number, quantile = QUANTILE): number {
  if (whole === 0) return 0;
  const rate = part / whole;
  const square = quantile ** 2;
  const centre = rate + square / (2 * whole);
  const spread = quantile * Math.sqrt((rate * (1 - rate)) / whole + square / (4 * whole ** 2));
  return Math.max(0, (centre - spread) / (1 + square / whole));
}

/**
 * Whether a need may be offered beside another. Never a sensitive one: the person concerned sees the screen, and so
 * may whoever came with them. Never "not listed", which says nothing.
 */
export function mayBeOffered(need: Need): boolean {
  return !isSensitiveNeed(need) && !need.code.startsWith("OTH-") && need.retiredOn === undefined;
}

/** The pairs that are worth offering, of all that were counted. */
export function pairsWorthOffering(counts: readonly PairCount[]): PairCount[] {
  return counts.filter(({ needNumber, otherNumber, peopleWith, peopleOther, peopleBoth, everyone }) => {
    if (needNumber === otherNumber || peopleWith < FEWEST_WITH || peopleBoth < FEWEST_BOTH) return false;
    const base = peopleOther / everyone;
    const share = peopleBoth / peopleWith;
    return (
      share >= LEAST_SHARE &&
      share >= LEAST_LIFT * base &&
      wilsonLowerBound(peopleBoth, peopleWith) > base &&
      mayBeOffered(getNeedByNumber(otherNumber))
    );
  });
}

/**
 * At most three needs to offer beside the picked ones, the likeliest first; none that is picked or open already.
 */
export function offersFor(
  picked: readonly string[],
  open: readonly string[],
  pairs: readonly NeedPair[],
): NeedOffer[] {
  const taken = new Set([...picked, ...open]);
  const chosen = new Set(picked);
  const best = new Map<string, NeedPair>();
  for (const pair of pairs) {
    if (!chosen.has(pair.need) || taken.has(pair.offer)) continue;
    if (pair.share > (best.get(pair.offer)?.share ?? 0)) best.set(pair.offer, pair);
  }
  return [...best.values()]
    .sort((a, b) => b.share - a.share || b.people - a.people || (a.offer < b.offer ? -1 : 1))
    .flatMap((pair) => {
      const [need, because] = [findNeed(pair.offer), findNeed(pair.need)];
      if (!need || !because || !mayBeOffered(need)) return [];
      return [{ need, because, reason: reasonOf(pair.share, because, need) }];
    })
    .slice(0, MOST_OFFERS);
}

function reasonOf(share: number, because: Need, need: Need): string {
  const inTen = Math.round(share * 10);
  const howMany = inTen >= 10 ? "Nearly all" : `${Math.max(1, inTen)} in 10`;
  return `${howMany} people here with ${labelInSentence(because.label)} also bring ${labelInSentence(need.label)}`;
}
