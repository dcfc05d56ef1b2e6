/** A part of a benchmark in a process of its own, so that the time and the memory that it takes are its own. */

import { fork } from "node:child_process";
import { join } from "node:path";

/** Runs a file of this folder and gives what it sends. Throws when it ends badly, or without a word. */
export function runApart<Said>(
  file: string,
  args: readonly string[],
  execArgv: readonly string[] = [],
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, file), args, {
      execArgv: [...process.execArgv, ...execArgv],
    });
    let said: Said | undefined;
    child.once("message", (words) => {
      said = words as Said;
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      said !== undefined && code === 0 ? resolve(said) : reject(new Error(`${file} ended with ${code}`)),
    );
  });
}
