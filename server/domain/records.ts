/**
 * An organisation's records as rows that one can count: one row for each thing that a contact said of a need. Nobody is
 * named; a person goes by a code that is the same throughout one file, and another in the next.
 */

import { z } from "zod";
import { findPeriod, type Period } from "./period";
import { uuid } from "./typed-text";

/** All of it, or of a period or a service. */
export const recordsRequestSchema = z.object({
  period: z
    .string()
    .nullable()
    .transform((text, context): Period | null => {
      const period = text === null ? null : findPeriod(text);
      if (text === null || period) return period ?? null;
      context.addIssue({ code: "custom", message: "Choose a month, a quarter or a financial year." });
      return z.NEVER;
    }),
  serviceId: uuid.nullable(),
});
export type RecordsRequest = z.output<typeof recordsRequestSchema>;

/** Files of records that one member may begin in five minutes: each reads whatever was asked for anew. */
export const MOST_FILES_OF_RECORDS = 6;

/** Columns of the file, in order. */
export const RECORD_COLUMNS = [
  "day",
  "service",
  "channel",
  "person",
  "anonymous",
  "need",
  "need_name",
  "status",
  "severity",
  "ours",
] as const;
