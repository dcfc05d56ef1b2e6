/** What is sent as text, brought to one form: ids, words that may be left out, and the reason for a correction. */

import { z } from "zod";
import { REASON_LENGTH } from "./contact-terms";

/** An id from a device or from us. Upper and lower case are the same id. */
export const uuid = z.uuid().toLowerCase();

/** Words over any number of lines; null when they are left out. */
export const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most, tooLong(most))
    .refine((value) => !value.includes("\u0000"), "Take out the character that cannot be stored.")
    .nullish()
    .transform((value) => value || null);

/** Why something that was recorded is taken back or put right. */
export const reasonSchema = z
  .string()
  .trim()
  .min(3, "Say why, in a few words.")
  .max(REASON_LENGTH, tooLong(REASON_LENGTH));

function tooLong(most: number): string {
  return `Keep this to ${most.toLocaleString("en-GB")} characters.`;
}
