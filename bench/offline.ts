/**
 * 10,000 random lives of devices without signal (`app/_offline/sync-trial.ts`), each compared with a ledger kept
 * outside the product of what the user was told: nothing lost, doubled, made up or taken for somebody else's.
 */
import fc from "fast-check";
import { runTrial } from "../app/_offline/sync-trial";
import { type Bench, timed } from "./bench";

const LIVES = 10_000;
const tapes = fc.array(fc.nat(9_999), { minLength: 200, maxLength: 800, size: "max" });

export const offline: Bench = {
  name: "offline",
  about: "10,000 random lives of devices that lose signal, power, room and their user",
  async run({ measured }) {
    const happened: Record<string, number> = {};
    let faulty = 0;
    const property = fc.asyncProperty(tapes, async (tape) => {
      const trial = await runTrial(tape);
      for (const [what, times] of Object.entries(trial.happened))
        happened[what] = (happened[what] ?? 0) + times;
      if (trial.faults.length > 0) faulty += 1;
    });
    const product_ms = await timed(() => fc.assert(property, { numRuns: LIVES }));
    const ok = faulty === 0;
    measured({
      bench: "offline",
      case: `${LIVES} random lives`,
      rows: 0,
      product_ms,
      faulty,
      ok,
      ...happened,
    });
  },
};
