/** Reads what an operator typed with the same schemas that the screens use. */

import { readFile } from "node:fs/promises";
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

/**
 * What a file of JSON says: a mapping of another file's columns, or a plan. Throws Invalid when it cannot be read or does
 * not fit.
 */
export async function readMapping<T>(path: string, schema: z.ZodType<T>, what = "mapping"): Promise<T> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Invalid(`The ${what} ${path} cannot be read.`);
  });
  return parse(schema, jsonOf(path, text, what));
}

function jsonOf(path: string, text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Invalid(`The ${what} ${path} is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}
