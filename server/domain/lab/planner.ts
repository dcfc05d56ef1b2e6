/**
 * What a study could see at all, said before any name is sent: the smallest difference that would show, how many people
 * a smaller one needs, and what several cohorts show together. Pure, so that a page answers while somebody types. Shares
 * and differences are 0 to 1, not percentages; `reference/outcomes/expected.json` (mde) holds them to R.
 */

import { normalBelow, normalQuantile, solveRising, zOf } from "../change/distributions";
import { CONFIDENCE, type Interval, wilson } from "../change/intervals";
import { besideOf, ERROR_VARIANCE, FEWEST_WITH_OUTCOME, varianceOfDifference } from "./deliberate-error";
import { FEWEST_MATCHED, FEWEST_SENT } from "./study";

/** Chance of seeing a difference that is there: 80%, as is usual. */
const POWER = 0.8;

export interface StudySize {
  /** People who took part and are still there at the end. */
  participants: number;
  /** People they are compared with; of a weighted group, what it is worth (its effective size). */
  comparison: number;
  /** Share of people like them who have the outcome anyway, between 0 and 1. */
  baseRate: number;
  /** Which way a difference is looked for; fewer unless said. */
  towards?: "fewer" | "more";
  power?: number;
  confidence?: number;
  /** As a report shows it, with the deliberate error of its numbers reckoned in; else of exact numbers. */
  asShown?: boolean;
}

/** Standard errors of a difference of shares: as the test has it, with one share for both, and as it is. */
function errorsAt({ participants: n1, comparison: n0, asShown }: StudySize, p1: number, p0: number) {
  const pooled = (n1 * p1 + n0 * p0) / (n1 + n0);
  const onPurpose = asShown ? varianceOfDifference(n1, n0, p0 - p1) : 0;
  return {
    tested: Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0) + onPurpose),
    true: Math.sqrt((p1 * (1 - p1)) / n1 + (p0 * (1 - p0)) / n0 + onPurpose),
  };
}

/** The base rate as if fewer were looked for: more people with an outcome are fewer people without it. */
const rateDown = ({ baseRate, towards }: StudySize) => (towards === "more" ? 1 - baseRate : baseRate);

/**
 * Chance that a true difference of so many (0.05 for five in a hundred, either way by `towards`) is significant in a
 * two-sided test of two shares (Fleiss, Levin and Paik 2003, 4.2, without correction). 0 for a difference that cannot
 * be, larger than the rate itself.
 */
export function chanceOfSeeing(size: StudySize, difference: number): number {
  const p0 = rateDown(size);
  if (!(difference > 0 && difference <= p0)) return 0;
  const errors = errorsAt(size, p0 - difference, p0);
  return normalBelow((difference - zOf(size.confidence ?? CONFIDENCE) * errors.tested) / errors.true);
}

/**
 * The smallest true difference that is seen with the power asked for (80%); null when not even the largest possible
 * one would be.
 */
export function smallestDifference(size: StudySize): number | null {
  const p0 = rateDown(size);
  const power = size.power ?? POWER;
  if (!(p0 > 0 && p0 < 1 && size.participants >= 1 && size.comparison >= 1)) return null;
  const nearlyAll = p0 * (1 - 1e-9);
  if (!(chanceOfSeeing(size, nearlyAll) >= power)) return null;
  return solveRising(power, (difference) => chanceOfSeeing(size, difference), p0 * 1e-9, nearlyAll);
}

/** The same by the short formula of text books, with the base rate's variance on both sides: a little larger. */
export function smallestDifferenceRoughly(size: StudySize): number {
  const p0 = rateDown(size);
  const { participants: n1, comparison: n0, power = POWER, confidence = CONFIDENCE } = size;
  return (zOf(confidence) + normalQuantile(power)) * Math.sqrt(p0 * (1 - p0) * (1 / n1 + 1 / n0));
}

/** More people than any study has: what needs more is not to be had. */
const MOST_PEOPLE = 10_000_000;

/**
 * Fewest participants with whom a difference is seen with the power asked for, beside a comparison group of the size
 * given; null when no number would do, because the comparison group is too small or the difference impossible.
 */
export function participantsNeeded(size: Omit<StudySize, "participants">, difference: number): number | null {
  const power = size.power ?? POWER;
  const does = (participants: number) => chanceOfSeeing({ ...size, participants }, difference) >= power;
  if (!does(MOST_PEOPLE)) return null;
  let [enough, tooFew] = [MOST_PEOPLE, 1];
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (does(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/**
 * The same for a difference of two means, in the unit of the standard deviation given; whichever way it points. By the
 * normal distribution, with d the deviation, n the participants, E the variance of the deliberate error of a mean in
 * people and h the highest value that one of them can have (0: exact numbers), the error reckoned in as a report has it:
 * (difference / (z of 95% + z of 80%))² = d² / n + d² / comparison + E h² / n².
 */
export function participantsNeededForMeans(
  difference: number,
  { deviation, highest }: { deviation: number; highest: number },
  comparison: number,
): number | null {
  const seen = zOf(CONFIDENCE) + normalQuantile(POWER);
  const rest = (difference / seen) ** 2 - deviation ** 2 / comparison;
  if (!(rest > 0)) return null;
  const neededWith = (beside: number): number => {
    const error = ERROR_VARIANCE * (1 + beside ** -2) * highest ** 2;
    // The positive root for 1 / n, in the form that is exact where there is no error.
    return Math.ceil((deviation ** 2 + Math.sqrt(deviation ** 4 + 4 * error * rest)) / (2 * rest));
  };
  return neededWith(besideOf(neededWith(1), comparison));
}

/** People to two figures and to tens at least, upwards: what is needed is told no more closely than it is known. */
export function roughlyUp(people: number): number {
  const unit = 10 ** Math.max(1, Math.floor(Math.log10(people)) - 1);
  return Math.ceil(people / unit) * unit;
}

/** How closely the share among the participants alone would be known, whatever they are compared with (Wilson). */
export function ownRateInterval({
  participants,
  baseRate,
}: Pick<StudySize, "participants" | "baseRate">): Interval {
  return participants > 0 ? wilson(participants * baseRate, participants) : [0, 1];
}

/**
 * What is taken where an organisation knows nothing better, from two published studies of the Justice Data Lab: of 203
 * people sent by Leeds Integrated Offender Management 142 were analysed, seven in ten (of 321 sent by Blue Sky 72); Blue
 * Sky's were compared with 7,209, of whom 43 in 100 reoffended. Those are weighted, so they are worth fewer: about 4,000.
 */
export const USUAL = { sent: 200, kept: 0.7, comparison: 4_000, baseRate: 0.4 } as const;

/**
 * Differences that services like these have been found to make. The published results of the Justice Data Lab come to
 * about two in a hundred on average, and most of those of single programmes lie between two and six.
 */
export const LIKELY_DIFFERENCES = [0.02, 0.04, 0.06] as const;

export interface OutlookQuestion extends Omit<StudySize, "participants" | "asShown"> {
  /** People whose names would be sent. */
  sent: number;
  /** Share of them that is still there at the end, 0 to 1. */
  kept: number;
  /** Of how many cohorts of this size a study could be made together; 1 unless said. */
  cohorts?: number;
}

export interface Outlook {
  /** Participants at the end, whole people, of all cohorts together. */
  participants: number;
  /** Null: not even the largest possible difference. */
  smallest: number | null;
  /** Share among the participants alone, with its interval. */
  ownRate: Interval;
  /** For each likely difference: its chance of being seen; how many participants, and cohorts of this size, it needs. */
  likely: readonly {
    difference: number;
    /** Null where the difference is larger than the rate itself. */
    chance: number | null;
    participants: number | null;
    cohorts: number | null;
  }[];
  /**
   * too-few: nothing could be said at all. too-rare: too few would have the outcome, or too few would not, for their
   * number to be shown. large: only a difference larger than services are usually found to make.
   * some: the largest of those that are usual. most: differences in the middle of them, and larger ones.
   */
  reach: "too-few" | "too-rare" | "large" | "some" | "most";
}

/** Everything that a page of planning says, from what an organisation knows of itself, as its report would show it. */
export function outlookOf({ sent, kept, cohorts = 1, ...rest }: OutlookQuestion): Outlook {
  const each = Math.floor(sent * kept);
  const participants = each * cohorts;
  const size: StudySize = { ...rest, participants, asShown: true };
  const smallest = smallestDifference(size);
  const [, middle, largest] = LIKELY_DIFFERENCES;
  const isTooFew =
    sent * cohorts < FEWEST_SENT || participants < FEWEST_MATCHED || size.comparison < FEWEST_MATCHED;
  const isTooRare = participants * Math.min(rest.baseRate, 1 - rest.baseRate) < FEWEST_WITH_OUTCOME;
  return {
    participants,
    smallest,
    ownRate: ownRateInterval(size),
    likely: LIKELY_DIFFERENCES.map((difference) => {
      const needed = participantsNeeded({ ...rest, asShown: true }, difference);
      return {
        difference,
        chance: difference > rateDown(size) ? null : participants > 0 ? chanceOfSeeing(size, difference) : 0,
        participants: needed,
        cohorts: needed === null || each === 0 ? null : Math.ceil(needed / each),
      };
    }),
    reach: isTooFew
      ? "too-few"
      : isTooRare
        ? "too-rare"
        : smallest === null || smallest > largest
          ? "large"
          : smallest > middle
            ? "some"
            : "most",
  };
}
