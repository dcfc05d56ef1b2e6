/**
 * What a data holder says of an administrative data set: what its columns are, what its events mean, and what it is
 * suited for and not. It travels as codebook.json beside people.csv and events.csv.
 *
 * people.csv: a row for each person and index date (a sentence, a discharge, a claim), with the columns of an extract
 * (`linking/extract.ts`: record_id, first_name, last_name, date_of_birth …), `index_date`, and each covariate under its
 * name as it was on that date. events.csv: record_id, date, kind.
 */

import { z } from "zod";
import { covariateSchema, outcomeSchema } from "./analysis";

const day = z.iso.date();
const words = z.string().trim().min(1).max(600);
/** A column of people.csv, or a kind of events.csv. */
const column = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/);

export const labCovariateSchema = z.strictObject({
  name: column,
  label: z.string().trim().min(1).max(80),
  type: covariateSchema.shape.type,
  /** Words for the values of a category, in their order; other values are refused. */
  levels: z.record(z.string().max(60), z.string().trim().min(1).max(80)).optional(),
  /** What a number may be. */
  lowest: z.number().optional(),
  highest: z.number().optional(),
});

export const labEventSchema = z.strictObject({
  kind: column,
  /** "a proven reoffence", "a stay in hospital". */
  label: z.string().trim().min(1).max(80),
  /** How serious it is, where the holder says so: higher is worse. */
  severity: z.number().min(0).max(100).optional(),
});

/** An outcome that the data set offers: of which events, how long after the index date. */
export const offeredOutcomeSchema = z.strictObject({
  name: column,
  label: z.string().trim().min(1).max(100),
  type: outcomeSchema.shape.type,
  kinds: z.array(column).min(1),
  followUp: z.number().int().min(30).max(3_660),
  /**
   * How many events of one person count at the most, for a count: somebody with more counts as having so many. One person
   * moves a mean so far and no further, so its deliberate error has this size. See `highestOf` for where it is left out.
   */
  most: z.number().int().min(1).max(100).optional(),
  /** Which way is hoped for. */
  better: z.enum(["fewer", "more"]),
  /** Words of a sentence: "people who took part were less likely to [reoffend within a year]". */
  verb: z.string().trim().min(1).max(100),
});
export type OfferedOutcome = z.output<typeof offeredOutcomeSchema>;

export const codebookSchema = z.strictObject({
  name: z.string().trim().min(3).max(100),
  about: words,
  /** Who is in it: "everybody sentenced in Wythershire". */
  population: words,
  /** What the index date is: "the day of the sentence". */
  indexDate: z.string().trim().min(1).max(120),
  /** Index dates from and to; events are complete to `completeTo`. */
  from: day,
  to: day,
  completeTo: day,
  covariates: z.array(labCovariateSchema).min(1).max(60),
  events: z.array(labEventSchema).min(1).max(40),
  outcomes: z.array(offeredOutcomeSchema).min(1).max(14),
  /** Longest time in days between the index date and the start of the intervention, either way. */
  anchorDays: z.number().int().min(0).max(3_660).default(365),
  suitedFor: z.array(words).min(1).max(10),
  notSuitedFor: z.array(words).min(1).max(10),
  /** What matters and is not in the data: "housing", "mental health". */
  notMeasured: z.array(z.string().trim().min(1).max(80)).min(1).max(20),
});
export type Codebook = z.output<typeof codebookSchema>;
export type CodebookText = z.input<typeof codebookSchema>;

/** Events of one person that count, where a codebook does not say. */
const USUAL_MOST = 5;

/**
 * The highest value that one person can have in an outcome; the lowest is 0. It follows from the codebook and never from
 * the people: 1; the most events that count; the days of the follow-up; the severity of the worst kind of event.
 */
export function highestOf({ type, most, followUp, kinds }: OfferedOutcome, { events }: Codebook): number {
  if (type === "binary") return 1;
  if (type === "count") return most ?? USUAL_MOST;
  if (type === "time") return followUp;
  return Math.max(0, ...events.map(({ kind, severity }) => (kinds.includes(kind) ? (severity ?? 0) : 0)));
}
