/** What may be asked of outcome data sets and what is told of them: what one is about, never who is in it. */

import { z } from "zod";
import { inDigits } from "../number-text";
import { uuid } from "../typed-text";
import type { Codebook } from "./codebook";

export const dataSetIdSchema = z.object({ id: uuid });

/** Whether an organisation may hold outcome data. */
export const letHoldSchema = z.object({
  organisationId: z.number().int().positive(),
  holds: z.boolean(),
});
export type LetHold = z.output<typeof letHoldSchema>;

/** A data set in a list. */
export interface DataSetLine {
  id: string;
  name: string;
  about: string;
  holderName: string;
  isOurs: boolean;
  /** In round numbers: "about 4,000 people". */
  people: string;
  /** Null for what is worked out anew each time. */
  loadedAt: Date | null;
  withdrawnAt: Date | null;
  /** Whether a new study may choose it. */
  isOffered: boolean;
}

/** A data set as its page shows it. */
export interface DataSetView extends DataSetLine {
  codebook: Codebook;
  /** SHA-256 of the codebook in canonical JSON: what a plan that names the data set is bound to. */
  codebookHash: string;
  mayWithdraw: boolean;
}

/** The data set's id and the upload's are made by the browser. */
export const askDataSetUploadSchema = z.object({ id: uuid, uploadId: uuid });
export const dataSetUploadSchema = z.object({ uploadId: uuid });

const told = z.object({
  file: z.string(),
  read: z.number(),
  rejected: z.number(),
  /** The first of them. Line 0: a place of the codebook. */
  faults: z.array(z.object({ line: z.number(), column: z.string(), reason: z.string(), remedy: z.string() })),
});

/** What became of files that were sent: loaded; here already; refused for what is in them; or lost on the way. */
export const dataSetLoadSchema = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.enum(["loaded", "unchanged"]),
    dataSetId: uuid,
    people: z.number(),
    eventsKept: z.number(),
    columnsLeftOut: z.array(z.string()),
  }),
  z.object({ outcome: z.literal("refused"), message: z.string(), files: z.array(told) }),
  z.object({ outcome: z.literal("lost"), message: z.string() }),
]);
export type DataSetLoad = z.output<typeof dataSetLoadSchema>;

/** How many people, said so that nobody can tell whether one more or less is there. */
export function aboutPeople(people: number): string {
  if (people < 100) return "fewer than 100 people";
  const step = people < 10_000 ? 100 : 1_000;
  return `about ${inDigits(Math.round(people / step) * step)} people`;
}
