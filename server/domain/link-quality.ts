/**
 * How good the links are, from what stewards said: errors among links that were drawn for checking, whether a
 * probability means what it says, and how reviews end. Counts come in, shares with their intervals go out.
 */

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

/** How many reviews ended one way. */
export interface QualityCount {
  reason: string;
  model: string;
  /** From 1. */
  band: number;
  /** same, different, cannot-tell, settled or open. */
  outcome: string;
  reviews: number;
  probabilitySum: number;
}

export interface Checks {
  /** Links found wrong, of those decided; null while none is. */
  wrong: Share | null;
  /** Drawn, and not decided so far. */
  open: number;
  /** Drawn, and nobody could tell. */
  cannotTell: number;
  byModel: { model: string; wrong: Share }[];
  byBand: { label: string; wrong: Share }[];
}

export interface Calibration {
  label: string;
  /** The mean of what the model said. */
  said: number;
  /** How many were one person. */
  were: Share;
}

export interface Outcomes {
  same: number;
  different: number;
  cannotTell: number;
  /** Answered by other evidence before a steward did. */
  settled: number;
  open: number;
}

export interface LinkQuality {
  checks: Checks;
  calibration: Calibration[];
  outcomes: Outcomes;
}

/** What the counts come to. */
export function linkQuality(counts: readonly QualityCount[]): LinkQuality {
  const checks = counts.filter(({ reason }) => reason === "sample");
  // A repeat is the same pair again, and what is vetoed is not likely whatever the weights say.
  const questions = counts.filter(({ reason }) => reason !== "repeat");
  const weighed = decided(questions).filter(({ reason }) => reason !== "vetoed");
  return {
    checks: {
      wrong: wrongOf(checks),
      open: sum(checks, "open"),
      cannotTell: sum(checks, "cannot-tell"),
      byModel: groups(checks, ({ model }) => model).flatMap(([model, of]) => {
        const wrong = wrongOf(of);
        return wrong ? [{ model, wrong }] : [];
      }),
      byBand: byBand(checks).flatMap(([label, of]) => {
        const wrong = wrongOf(of);
        return wrong ? [{ label, wrong }] : [];
      }),
    },
    calibration: byBand(weighed).flatMap(([label, of]) => {
      const n = of.reduce((total, { reviews }) => total + reviews, 0);
      const were = shareOf(sum(of, "same"), n);
      const said = of.reduce((total, { probabilitySum }) => total + probabilitySum, 0) / n;
      return were ? [{ label, said, were }] : [];
    }),
    outcomes: {
      same: sum(questions, "same"),
      different: sum(questions, "different"),
      cannotTell: sum(questions, "cannot-tell"),
      settled: sum(questions, "settled"),
      open: sum(questions, "open"),
    },
  };
}

const decided = (counts: readonly QualityCount[]) =>
  counts.filter(({ outcome }) => outcome === "same" || outcome === "different");

const sum = (counts: readonly QualityCount[], outcome: string) =>
  counts.reduce((total, count) => total + (count.outcome === outcome ? count.reviews : 0), 0);

/** Of links that the software made and stewards decided about, how many they found to be two people. */
const wrongOf = (checks: readonly QualityCount[]) =>
  shareOf(sum(checks, "different"), sum(checks, "same") + sum(checks, "different"));

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
