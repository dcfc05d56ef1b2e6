/**
 * Scored instruments: a scale on which somebody is scored more than once, to see how far they have come. The wording
 * of such instruments is licensed as a rule, so a name, a scale, a direction and the scores are all that is kept.
 */

import { z } from "zod";
import { daySchema } from "./client";
import { addDays, type Day, daysBetween } from "./period";
import { oneLine, reasonSchema, uuid } from "./typed-text";

export const SCORE_DIRECTIONS = ["higher-better", "lower-better"] as const;
export type ScoreDirection = (typeof SCORE_DIRECTIONS)[number];

/** "higher is better", as it stands behind the scores. */
export const DIRECTION_WORDS: Readonly<Record<ScoreDirection, string>> = {
  "higher-better": "higher is better",
  "lower-better": "lower is better",
};

/** Points that a scale may have: more is a mistake of typing. */
export const MOST_POINTS = 1_000;

const number = (what: string) =>
  z.number(`Enter ${what} as a number.`).min(-10_000).max(10_000, "Use numbers up to 10,000.");

export const addInstrumentSchema = z
  .object({
    id: uuid,
    name: oneLine.min(2, "Enter a name.").max(80, "Keep the name to 80 characters."),
    lowest: number("the lowest score"),
    highest: number("the highest score"),
    /** Distance between two neighbouring scores. */
    step: number("the step").positive("A step is more than 0."),
    direction: z.enum(SCORE_DIRECTIONS),
  })
  .superRefine(({ lowest, highest, step }, check) => {
    const fault = scaleFault({ lowest, highest, step });
    if (fault) check.addIssue({ code: "custom", ...fault });
  });
export type AddInstrument = z.output<typeof addInstrumentSchema>;

interface Scale {
  lowest: number;
  highest: number;
  step: number;
}

function scaleFault({ lowest, highest, step }: Scale): { path: string[]; message: string } | null {
  if (highest <= lowest) return { path: ["highest"], message: "The highest score is above the lowest." };
  if (!isWhole((highest - lowest) / step)) {
    return { path: ["step"], message: "The step does not lead from the lowest score to the highest." };
  }
  if ((highest - lowest) / step > MOST_POINTS) {
    return { path: ["step"], message: "The scale has too many points. Check the step." };
  }
  return null;
}

/** Whether a number is whole, but for the last bits of a fraction. */
const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;

export const instrumentIdSchema = z.object({ id: uuid });

export const recordScoreSchema = z.object({
  /** UUID v7 from the device. */
  id: uuid,
  instrumentId: uuid,
  clientId: uuid,
  /** The contact at which it was taken, if it was. */
  contactId: uuid.nullish().transform((id) => id ?? null),
  scoredOn: daySchema,
  score: z.number("Enter the score as a number."),
});
export type RecordScore = z.output<typeof recordScoreSchema>;

export const voidScoreSchema = z.object({
  id: uuid,
  reason: reasonSchema,
});

export interface Instrument extends Scale {
  id: string;
  name: string;
  direction: ScoreDirection;
  /** Closed: scores stay, none is added. */
  closed: boolean;
}

/** Years back that a score can be meant. */
const MOST_YEARS_BACK = 20;

/** What is wrong with a score or its day, by field; null when nothing is. */
export function scoreFault(
  scale: Scale & { name: string },
  { score, scoredOn }: { score: number; scoredOn: Day },
  today: Day,
): Readonly<Record<string, string>> | null {
  const { lowest, highest, step } = scale;
  if (score < lowest || score > highest) {
    return { score: `A score of ${scale.name} lies between ${lowest} and ${highest}.` };
  }
  if (!isWhole((score - lowest) / step)) {
    return { score: `Scores of ${scale.name} go in steps of ${step} from ${lowest}.` };
  }
  if (scoredOn > today) return { scoredOn: "That day has not come yet." };
  if (scoredOn < addDays(today, -MOST_YEARS_BACK * 366)) return { scoredOn: "Check the year." };
  return null;
}

/** A score as the record of a client shows it. */
export interface ShownScore {
  id: string;
  scoredOn: Day;
  score: number;
  /** Name of the colleague who recorded it; null when nobody is named. */
  memberName: string | null;
  recordedAt: Date;
  voided: { at: Date; reason: string } | null;
}

/** What one instrument says of one client: scores that were not voided, oldest first. */
export interface ScoreCourse {
  first: ShownScore;
  latest: ShownScore;
  /** latest minus first. */
  change: number;
  /** better or worse by the direction of the instrument; same when nothing changed. */
  turn: "better" | "worse" | "same";
  days: number;
  scores: readonly ShownScore[];
}

/** First, latest and what lies between; null when no score stands. On one day the one recorded later counts as later. */
export function courseOf(direction: ScoreDirection, scores: readonly ShownScore[]): ScoreCourse | null {
  const standing = scores
    .filter(({ voided }) => voided === null)
    .sort((a, b) => a.scoredOn.localeCompare(b.scoredOn) || a.recordedAt.getTime() - b.recordedAt.getTime());
  const [first] = standing;
  const latest = standing.at(-1);
  if (!first || !latest) return null;
  const change = latest.score - first.score;
  const upIsBetter = direction === "higher-better";
  const turn = change === 0 ? "same" : change > 0 === upIsBetter ? "better" : "worse";
  return {
    first,
    latest,
    change,
    turn,
    days: daysBetween(first.scoredOn, latest.scoredOn),
    scores: standing,
  };
}

/** "From 14 to 19, higher is better", or "14, higher is better" for a first score. */
export function courseInWords(direction: ScoreDirection, course: ScoreCourse): string {
  const { first, latest, turn } = course;
  const better = DIRECTION_WORDS[direction];
  if (course.scores.length === 1) return `${first.score} so far, ${better}`;
  if (turn === "same") return `${first.score} at first and now, ${better}`;
  return `From ${first.score} to ${latest.score}, ${better}`;
}
