/**
 * How good the links are, from what stewards said: errors among links that were drawn for checking, whether a
 * probability means what it says, and how reviews end. Counts come in; only rounded counts, and shares with the
 * interval that rounding leaves them, go out: an exact count would tell whoever adds a person and looks again whether
 * that person is known elsewhere. What comes in is as of the last Monday, for the same reason (db/link-reviews.sql).
 */

import type { ReviewOutcome, ReviewReason } from "./link-review";

/** Lower edges of the bands of probability above the first. */
export const BAND_EDGES = [0.5, 0.75, 0.9, 0.99, 0.999] as const;

/** Bands as people say them, from the lowest: band 1 is below the first edge. */
export const BAND_LABELS = [
  "under 50 in 100",
  "50 to 74 in 100",
  "75 to 89 in 100",
  "90 to 98 in 100",
  "99 in 100",
  "over 999 in 1,000",
] as const;

/** A part of a whole with what it may be in the long run, at 95%. */
export interface Share {
  part: number;
  whole: number;
  /** From 0 to 1. */
  share: number;
  low: number;
  high: number;
}

/** Normal quantile of a two-sided 95% interval. */
const QUANTILE_95 = 1.959964;

/**
 * Score interval of a share (E. B. Wilson, 1927), which holds for few cases and for none wrong, where the usual one
 * says "exactly 0". Null when there is nothing to divide by.
 */
export function shareOf(part: number, whole: number): Share | null {
  if (whole === 0) return null;
  const share = part / whole;
  const z2 = QUANTILE_95 ** 2;
  const centre = share + z2 / (2 * whole);
  const spread = QUANTILE_95 * Math.sqrt((share * (1 - share)) / whole + z2 / (4 * whole ** 2));
  const scale = 1 + z2 / whole;
  return {
    part,
    whole,
    share,
    low: part === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: part === whole ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/** Counts below this are not told apart from none. */
const FEWEST_TOLD = 10;
/** Counts are told to the nearest so many; the part of a share, of which only the share is told, to the nearest 5. */
const NEAREST = 10;
const NEAREST_PART = 5;

/** A count to the nearest 10, or that it is below 10. */
export type RoughCount = number | "few";

export const roughCount = (count: number): RoughCount =>
  count < FEWEST_TOLD ? "few" : NEAREST * Math.round(count / NEAREST);

/** A share of rounded counts. The interval holds the exact one's, whatever was rounded away. */
export interface RoughShare {
  /** To the nearest 10. */
  whole: number;
  /** From 0 to 1. */
  share: number;
  low: number;
  high: number;
}

/** Null when the whole is below 10. */
export function roughShareOf(exactPart: number, exactWhole: number): RoughShare | null {
  const whole = roughCount(exactWhole);
  if (whole === "few") return null;
  const rounded = NEAREST_PART * Math.round(exactPart / NEAREST_PART);
  // Half is rounded up: a whole of 40 may be 35 to 44, a part of 5 may be 3 to 7.
  const [fewest, most] = [Math.max(FEWEST_TOLD, whole - NEAREST / 2), whole + NEAREST / 2 - 1];
  const [least, greatest] = [Math.max(0, rounded - 2), rounded + 2];
  return {
    whole,
    share: Math.min(rounded, whole) / whole,
    low: shareOf(Math.min(least, most), most)?.low ?? 0,
    high: shareOf(Math.min(greatest, fewest), fewest)?.high ?? 1,
  };
}

/** How many reviews stand one way. */
export interface QualityCount {
  reason: ReviewReason;
  model: string;
  /** From 1. */
  band: number;
  outcome: ReviewOutcome | "open";
  /** The first word for or against that stands; null while there is none. */
  firstWord: "same" | "different" | null;
  reviews: number;
  probabilitySum: number;
}

export interface Checks {
  /** Links found wrong by whoever looked first; null while fewer than 10 were looked at. */
  wrong: RoughShare | null;
  /** Drawn, and not decided so far. */
  open: RoughCount;
  /** Drawn, and nobody could tell. */
  cannotTell: RoughCount;
  byModel: { model: string; wrong: RoughShare }[];
  byBand: { label: string; wrong: RoughShare }[];
}

export interface Calibration {
  label: string;
  /** The mean of what the model said, to 1 in 100, or in the last bands to 1 in 1,000. */
  said: number;
  /** How many were one person. */
  were: RoughShare;
}

export interface Outcomes {
  same: RoughCount;
  different: RoughCount;
  cannotTell: RoughCount;
  /** Answered by other evidence before a steward did. */
  settled: RoughCount;
  open: RoughCount;
}

export interface LinkQuality {
  checks: Checks;
  calibration: Calibration[];
  outcomes: Outcomes;
}

/**
 * What the counts come to. Shares are of first words, not of outcomes: a link found right is done with at one word, and
 * one found wrong waits for a second, so that among what is decided the wrong ones would be missing. The first word
 * counts the same whichever it is.
 */
export function linkQuality(counts: readonly QualityCount[]): LinkQuality {
  const checks = counts.filter(({ reason }) => reason === "sample");
  // A repeat is the same pair again, and what is vetoed is not likely whatever the weights say.
  const questions = counts.filter(({ reason }) => reason !== "repeat");
  const weighed = questions.filter(({ reason, firstWord }) => reason !== "vetoed" && firstWord !== null);
  return {
    checks: {
      wrong: shareOfWord(checks, "different"),
      open: ended(checks, "open"),
      cannotTell: ended(checks, "cannot-tell"),
      byModel: groups(checks, ({ model }) => model).flatMap(([model, of]) => {
        const wrong = shareOfWord(of, "different");
        return wrong ? [{ model, wrong }] : [];
      }),
      byBand: byBand(checks).flatMap(([label, of]) => {
        const wrong = shareOfWord(of, "different");
        return wrong ? [{ label, wrong }] : [];
      }),
    },
    calibration: byBand(weighed).flatMap(([label, of]) => {
      const were = shareOfWord(of, "same");
      return were ? [{ label, said: roughMean(of), were }] : [];
    }),
    outcomes: {
      same: ended(questions, "same"),
      different: ended(questions, "different"),
      cannotTell: ended(questions, "cannot-tell"),
      settled: ended(questions, "settled"),
      open: ended(questions, "open"),
    },
  };
}

const sum = (counts: readonly QualityCount[]) => counts.reduce((total, { reviews }) => total + reviews, 0);

const ended = (counts: readonly QualityCount[], outcome: QualityCount["outcome"]) =>
  roughCount(sum(counts.filter((count) => count.outcome === outcome)));

/** Of reviews that have a first word, how many have this one. */
const shareOfWord = (counts: readonly QualityCount[], word: "same" | "different") =>
  roughShareOf(
    sum(counts.filter(({ firstWord }) => firstWord === word)),
    sum(counts.filter(({ firstWord }) => firstWord !== null)),
  );

function roughMean(counts: readonly QualityCount[]): number {
  const mean = counts.reduce((total, { probabilitySum }) => total + probabilitySum, 0) / sum(counts);
  const steps = mean < 0.99 ? 100 : 1000;
  return Math.round(mean * steps) / steps;
}

function groups(
  counts: readonly QualityCount[],
  of: (count: QualityCount) => string,
): [string, QualityCount[]][] {
  const found = new Map<string, QualityCount[]>();
  for (const count of counts) found.set(of(count), [...(found.get(of(count)) ?? []), count]);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

const byBand = (counts: readonly QualityCount[]): [string, QualityCount[]][] =>
  BAND_LABELS.map((label, at) => [label, counts.filter(({ band }) => band === at + 1)]);
