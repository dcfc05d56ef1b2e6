/** Reads what an operator typed with the same schemas that the screens use. */

import type { z } from "zod";
import { Invalid } from "../domain/errors";

/** The parsed value. Throws Invalid, naming each field that is wrong. */
export function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Invalid(
    "This cannot be taken as it is:",
    Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join("."), message])),
  );
}
