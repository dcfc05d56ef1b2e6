/**
 * The subject access pack and erasing, over several pairs of people in a world of their own: a canary in every column
 * that can hold words, every row counted in another way, and a search of the whole live database after erasing. The
 * short form is `server/subject-access.test.ts`.
 */

import { inTransaction } from "../server/context";
import { allowTestIdentifiers, arrangeTeam } from "../server/testing-casework";
import { faultsOf, leftOf, packOf, sowPerson, untried } from "../server/testing-subject-access";
import { type Bench, timed } from "./bench";
import { holdBenchKeys, inEmptyWorld } from "./world";

const PAIRS = 5;

export const subjectAccess: Bench = {
  name: "subject-access",
  about:
    "packs hold every row about one person and none about another; after erasing nothing of them is left",
  run: (run) =>
    inEmptyWorld(run, async (db) => {
      holdBenchKeys();
      await allowTestIdentifiers(db);
      const advice = await arrangeTeam(db, "Quayside Advice");
      const housing = await arrangeTeam(db, "Harbour Housing");
      for (let pair = 0; pair < PAIRS; pair += 1) {
        const ada = await sowPerson(db, `Adaqwert${pair}x`, advice, housing);
        const bea = await sowPerson(db, `Beazxcvb${pair}x`, advice, housing);
        let faults = 0;
        const product_ms = await timed(async () => {
          for (const [one, other] of [
            [ada, bea],
            [bea, ada],
          ] as const) {
            const { rows, missing, foreign } = faultsOf(await packOf(advice, one.clientId), one, other);
            faults += rows.length + missing.length + foreign.length;
          }
        });
        const words = ada.canaries.map(({ word }) => word);
        const before = await leftOf(db.administrator, words);
        await inTransaction(
          advice.ctx,
          ({ db }) => db`select casework.erase_clients(${advice.organisationId}, ${[ada.clientId]}::uuid[])`,
        );
        const after = await leftOf(db.administrator, words);
        const rows = [...ada.rows.values()].reduce((sum, count) => sum + count, 0);
        run.measured({
          bench: "subject-access",
          case: `pair ${pair + 1}`,
          rows,
          product_ms,
          canaries: words.length,
          untried: untried().length,
          faults,
          found_before: before.left.length,
          searched_rows: after.rows,
          found_after: after.left.length,
          ok: faults === 0 && after.left.length === 0 && before.left.length >= words.length,
        });
      }
    }),
};
