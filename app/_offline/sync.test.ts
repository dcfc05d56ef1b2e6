import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runTrial } from "./sync-trial";
import type { Breakage } from "./trial-world";

const RUNS = 400;
/** Long enough that most lives have a dozen contacts and several troubles at once. */
const tapes = fc.array(fc.nat(9_999), { minLength: 200, maxLength: 800, size: "max" });

describe("Whatever is cut, lost, closed or full", () => {
  test(`the server ends with exactly what the user was told (${RUNS} random lives)`, async () => {
    await fc.assert(
      fc.asyncProperty(tapes, async (tape) => {
        expect((await runTrial(tape)).faults).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test.each<Breakage>([
    "new-id-each-try",
    "told-before-written",
    "sent-without-mark",
    "silence-is-consent",
    "blind-append",
    "nobody-checks-who",
  ])(
    "and the trial notices when the engine is broken: %s",
    async (breakage) => {
      const outcome = await fc.check(
        fc.asyncProperty(tapes, async (tape) => (await runTrial(tape, breakage)).faults.length === 0),
        { numRuns: 3_000, endOnFailure: true },
      );
      expect(outcome.failed).toBe(true);
    },
    120_000,
  );
});
