/**
 * Every cell of the grid as a signed agreement, looked at by everybody and in every state, by screen, file and SQL, with
 * the application's check and without. The short form is `server/agreement-matrix.test.ts`.
 */

import { walkMatrix } from "../server/testing-agreement-matrix";
import { type Bench, timed } from "./bench";
import { holdBenchKeys, inEmptyWorld } from "./world";

export const agreementMatrix: Bench = {
  name: "agreement-matrix",
  about: "every cell of the grid as a signed agreement: exactly its fields, nothing otherwise",
  run: (run) =>
    inEmptyWorld(run, async (db) => {
      holdBenchKeys();
      let walked = { cells: 0, silent: 0, refused: 0, tries: 0, allows: [""], denies: [""] };
      const product_ms = await timed(async () => {
        walked = await walkMatrix(db, { say: run.say });
      });
      for (const told of [...walked.allows, ...walked.denies]) run.say(told);
      run.measured({
        bench: "agreement-matrix",
        case: "7 places x 4 details x 4 groups",
        rows: 0,
        product_ms,
        cells: walked.cells,
        cells_that_nothing_answers: walked.silent,
        refused: walked.refused,
        tries: walked.tries,
        unexpected_allows: walked.allows.length,
        unexpected_denies: walked.denies.length,
        ok: walked.allows.length === 0 && walked.denies.length === 0 && walked.cells + walked.refused === 112,
      });
    }),
};
