/** What a command of `npm run admin` is given and what it says: words for people, or one JSON object a line. */

import { parseArgs } from "node:util";
import type { Sql } from "../../db/client";
import type { Ctx } from "../context";
import type { Installation } from "../installation";

/** A line of the register in `index.ts`. */
export interface Command {
  /** Its words: "user add". */
  name: string;
  /** What follows the words: "--email ADDRESS --name NAME". */
  usage: string;
  /** What it does, in a line. */
  about: string;
  /** Does it; gives back the exit code when that is not 0. Errors of `domain/errors` are told in plain words. */
  run(call: Call): Promise<number | undefined>;
}

export interface Call {
  /** What followed the command's words, without --json. */
  args: readonly string[];
  json: boolean;
  /** Progress and remarks for people; with --json they go to standard error. */
  say(text: string): void;
  /** One result: a JSON line with --json, else the words, or its fields when there are no words. */
  result(line: Readonly<Record<string, unknown>>, words?: string): void;
  /** Opens the installation, the first time it is asked for; closed when the command ends. */
  open(): Promise<Opened>;
}

/** An installation in the hands of its operator: every login and every key. */
export interface Opened {
  installation: Installation;
  owner: Sql;
  app: Sql;
  stats: Sql;
  reader: Sql;
  /** Nobody signed in: use it with inTransaction(ctx, work, "operator"), or with an actor put in. */
  ctx: Ctx;
}

/** A command was typed wrongly: its usage is shown, and the exit code is 2. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

/**
 * Options and operands of a command: `readOptions(args, ["email", "name"], ["dry-run"])` reads
 * `--email X --name Y --dry-run FILE…`. Throws WrongUsage for what it does not know.
 */
export function readOptions<T extends string, F extends string = never>(
  args: readonly string[],
  texts: readonly T[],
  flags: readonly F[] = [],
): { text: Partial<Record<T, string>>; has: (flag: F) => boolean; operands: string[] } {
  const options = Object.fromEntries<{ type: "string" | "boolean" }>([
    ...texts.map((name) => [name, { type: "string" as const }] as const),
    ...flags.map((name) => [name, { type: "boolean" as const }] as const),
  ]);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const given = new Map(Object.entries(values));
    const text: Partial<Record<T, string>> = {};
    for (const name of texts) {
      const value = given.get(name);
      if (typeof value === "string") text[name] = value;
    }
    const set = new Set(flags.filter((name) => given.get(name) === true));
    return { text, has: (flag) => set.has(flag), operands: positionals };
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : "These options cannot be read.");
  }
}

/** An option that must be there. Throws WrongUsage without it. */
export function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new WrongUsage(`--${name} is missing.`);
  return value;
}
