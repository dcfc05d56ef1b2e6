/**
 * What the proofs found when they were last run to be kept (`npm run prove -- NAME --keep`): each writes its own entry,
 * with its day and the commit that it ran on. Nobody types a result.
 */

import { z } from "zod";
import { daySchema } from "./client";
import { inDigits } from "./number-text";

const proofSchema = z.strictObject({
  /** As `npm run prove` calls it. */
  name: z.string(),
  /** What it does, in a sentence. */
  about: z.string(),
  ranOn: daySchema,
  /** The commit, in hexadecimal digits; with "+" where files had been changed since. */
  commit: z.string().regex(/^[0-9a-f]{7,40}\+?$/),
  /** Each measurement, with what it counted by name: ok is null where it has no limit to keep. */
  cases: z.array(
    z.strictObject({
      case: z.string(),
      ok: z.boolean().nullable(),
      counts: z.record(z.string(), z.number()),
    }),
  ),
});
export type ProofResult = z.infer<typeof proofSchema>;

export const proofResultsSchema = z.array(proofSchema);

/** "Held: an entry is deleted (rounds 67, found 67)": what came of one case. */
export function caseInWords({ case: what, ok, counts }: ProofResult["cases"][number]): string {
  const counted = Object.entries(counts).map(
    ([name, count]) => `${name.replaceAll("_", " ")} ${inDigits(count)}`,
  );
  const verdict = ok === null ? "Measured" : ok ? "Held" : "Not held";
  return `${verdict}: ${what}${counted.length > 0 ? ` (${counted.join(", ")})` : ""}`;
}

/** The results with that of one proof put in the place of its last one, by name. */
export const withProof = (kept: readonly ProofResult[], fresh: ProofResult): ProofResult[] =>
  [...kept.filter(({ name }) => name !== fresh.name), fresh].sort((a, b) => a.name.localeCompare(b.name));

/** "15 of 15 cases held"; those that did not are named. A proof without a limit says how many cases it measured. */
export function verdictOf({ cases }: Pick<ProofResult, "cases">): string {
  const limited = cases.filter(({ ok }) => ok !== null);
  const failed = limited.filter(({ ok }) => ok === false);
  const count = `${limited.length - failed.length} of ${limited.length} ${limited.length === 1 ? "case" : "cases"} held`;
  return failed.length === 0 ? count : `${count}. Not held: ${failed.map((one) => one.case).join("; ")}`;
}
