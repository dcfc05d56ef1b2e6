/**
 * The log of a process: JSON lines on standard error, no personal data. An error is logged by its kind and
 * place, never by its message: messages of the database and of libraries can quote what somebody typed.
 */

import pino from "pino";
import { env } from "./env";

let made: pino.Logger | undefined;

/** The log, opened when first needed. */
export function log(): pino.Logger {
  made ??= pino({ level: env().LOG_LEVEL, base: null }, pino.destination({ dest: 2, sync: true }));
  return made;
}

/** What may be logged of an error: its kind, the database's code, and where in our code it came from. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const places = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  return {
    kind: error.name,
    ...pick(error, ["code", "constraint_name", "table_name", "routine"]),
    at: places.slice(0, 12).map((line) => line.trim()),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}

function pick(error: Error, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(error).filter(([name]) => names.includes(name)));
}
