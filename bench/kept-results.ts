/** Keeps what a proof found in the project's file, with its day and commit: `--keep`. */

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { type ProofResult, withProof } from "../server/domain/proof-results";
import { proofsFile, readProofs } from "../server/proof-results";

/** The commit that is checked out, with "+" where files of the project were changed since. */
export function checkedOut(root: string): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", ".", ":!docs/proofs.json") !== "";
  return `${git("rev-parse", "--short=12", "HEAD")}${changed ? "+" : ""}`;
}

/** Writes a result in the place of the last one of its name. */
export function keepResult(root: string, result: ProofResult): void {
  writeFileSync(proofsFile(root), `${JSON.stringify(withProof(readProofs(root), result), null, 2)}\n`);
}
