/** What is sent as text, brought to one form: ids, words that may be left out, and the reason for a correction. */

import { z } from "zod";
import { hasUnwanted, UNWANTED_FOUND } from "./client-terms";
import { REASON_LENGTH } from "./contact-terms";

/** An id from a device or from us. Upper and lower case are the same id. */
export const uuid = z.uuid().toLowerCase();

/** One thing by its id, where nothing else is sent. */
export const byId = z.strictObject({ id: uuid });

/** Words over any number of lines that Postgres can store: it stores every character but one. */
export const text = z
  .string()
  .trim()
  .refine((value) => !value.includes("\u0000"), "Take out the character that cannot be stored.");

/** The same; null when they are left out. */
export const optionalText = (most: number) =>
  text
    .max(most, tooLong(most))
    .nullish()
    .transform((value) => value || null);

/** One line, such as a name, with nothing in it that cannot be seen. */
export const oneLine = z
  .string()
  .trim()
  .refine((value) => !hasUnwanted(value), UNWANTED_FOUND);

/** Why something that was recorded is taken back or put right. */
export const reasonSchema = text
  .min(3, "Say why, in a few words.")
  .max(REASON_LENGTH, tooLong(REASON_LENGTH));

function tooLong(most: number): string {
  return `Keep this to ${most.toLocaleString("en-GB")} characters.`;
}
