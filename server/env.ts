/**
 * Every name that Common Need reads from its environment, in one schema, read when first needed.
 * `.env.example` lists the same names with a line for each; a test compares the two.
 */
import { z } from "zod";

export const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z.url().optional(),
  DATABASE_URL_APP: z.url().optional(),
  DATABASE_URL_STATS: z.url().optional(),
  DATABASE_URL_READER: z.url().optional(),
  DEMO: z.stringbool().default(true),
  DEMO_SIZE: z.enum(["full", "small"]).default("full"),
  NEXTAUTH_URL: z.url().optional(),
  TRUSTED_PROXIES: z.string().optional(),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default("Common Need <common-need@localhost>"),
  TILE_URL: z.string().optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  REFERENCE_DIR: z.string().optional(),
  CHROMIUM: z.string().optional(),
  HANDED_KEYS: z.string().optional(),
});

export type Environment = z.infer<typeof environmentSchema>;

let read: Environment | undefined;

/** The environment of this process. Throws with the names and the reasons when a value cannot be used. */
export function env(): Environment {
  read ??= parseEnvironment(process.env);
  return read;
}

/** Parses an environment; an empty value counts as none. */
export function parseEnvironment(values: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`These settings cannot be used:\n${faults.join("\n")}`);
}
