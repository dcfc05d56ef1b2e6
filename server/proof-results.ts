/** The results of the proofs as they stand in the project's file, for the impact assessment. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ProofResult, proofResultsSchema } from "./domain/proof-results";

/** Written by `npm run prove -- NAME --keep`, and kept with the code. */
const FILE = "docs/proofs.json";

/** Where the results are, in a checkout of the project. */
export const proofsFile = (root: string): string => join(root, FILE);

/** What was kept, by name; empty where no proof was ever kept. Throws for a file that is not of this form. */
export function readProofs(root = process.cwd()): ProofResult[] {
  const file = proofsFile(root);
  if (!existsSync(file)) return [];
  return proofResultsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}
