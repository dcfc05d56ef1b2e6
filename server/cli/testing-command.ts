/** Commands run in a test as the register runs them, and an installation made of a test's database. */

import { makeContext } from "../context";
import type { Installation } from "../installation";
import type { TestDatabase } from "../testing";
import type { Command, Opened } from "./command";

/** What a command came to: its exit code, its lines as JSON has them, and what it said in words. */
export interface Ran {
  code: number;
  results: Record<string, unknown>[];
  words: string;
}

/** Runs a command. Without an installation it must open none. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  { opened, json = true }: { opened?: Opened; json?: boolean } = {},
): Promise<Ran> {
  const results: Record<string, unknown>[] = [];
  const said: string[] = [];
  const code = await command.run({
    args,
    json,
    say: (text) => said.push(text),
    result: (line, words) => {
      results.push({ ...line });
      if (words !== undefined) said.push(words);
    },
    open: async () => {
      if (!opened) throw new Error("This command needs no installation");
      return opened;
    },
  });
  return { code: code ?? 0, results, words: said.join("\n") };
}

/** A test's database as an operator has it in hand, with nobody else who writes. */
export const openedIn = (
  db: TestDatabase,
  dataDir: string,
  over: Partial<Pick<Installation, "ring" | "writeWith" | "quietMs">> = {},
): Opened => ({
  ...db,
  ctx: makeContext({ app: db.app, reader: db.reader }, null),
  installation: {
    ...{ dataDir, clusterDirectory: undefined, urls: db.urls, empty: false, quietMs: 0 },
    ring: { current: "1", secrets: {} },
    writeWith: async () => {},
    stop: async () => {},
    ...over,
  },
});
