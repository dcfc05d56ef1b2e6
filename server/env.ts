/**
 * Every name that Common Need reads from its environment, in one schema, read when first needed.
 * `.env.example` lists the same names with a line for each; a test compares the two.
 */
import { z } from "zod";

/** A program and its arguments: words, or a JSON list of texts where one holds a space. No shell reads them. */
const command = z.string().transform((text, ctx): readonly string[] => {
  const words = text.trimStart().startsWith("[") ? wordsOf(text) : text.trim().split(/\s+/);
  if (words) return words;
  ctx.addIssue({
    code: "custom",
    message: 'Write words, or a JSON list of texts: ["/opt/keys/unwrap", "my key"]',
  });
  return z.NEVER;
});

function wordsOf(json: string): readonly string[] | null {
  try {
    return z.array(z.string()).min(1).parse(JSON.parse(json));
  } catch {
    return null;
  }
}

export const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  DATA_DIR: z.string().default(".data"),
  AUDIT_ANCHOR_DIR: z.string().optional(),
  DATABASE_URL: z.url().optional(),
  DATABASE_URL_APP: z.url().optional(),
  DATABASE_URL_STATS: z.url().optional(),
  DATABASE_URL_READER: z.url().optional(),
  DEMO: z.stringbool().default(true),
  DEMO_SIZE: z.enum(["full", "small"]).default("full"),
  NEXTAUTH_URL: z.url().optional(),
  TRUSTED_PROXIES: z.string().optional(),
  SSO_PRIVATE_HOSTS: z.string().optional(),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default("Common Need <common-need@localhost>"),
  TILE_URL: z.string().optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  REFERENCE_DIR: z.string().optional(),
  CHROMIUM: z.string().optional(),
  KEY_RING: z.string().optional(),
  KEY_WRAP_COMMAND: command.optional(),
  KEY_UNWRAP_COMMAND: command.optional(),
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
