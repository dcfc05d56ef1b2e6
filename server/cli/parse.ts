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

/** The mapping of a file's own columns, from a file of JSON. Throws Invalid when it cannot be read or does not fit. */
export async function readMapping<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Invalid(`The mapping ${path} cannot be read.`);
  });
  return parse(schema, jsonOf(path, text));
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Invalid(`The mapping ${path} is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}
