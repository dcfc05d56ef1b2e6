/**
 * A thousand random changes to the audit by somebody with every right over the database: each is found, and the first
 * bad entry named. The short form is `server/audit-chain.test.ts`.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillChain, TAMPERINGS, tamperOnce } from "../server/audit-tampering-proof";
import { Chance } from "../server/demo/random";
import { arrangeOrganisation } from "../server/testing-people";
import { type Bench, timed } from "./bench";
import { holdBenchKeys, inEmptyWorld } from "./world";

const ROUNDS = 1_000;

export const auditTampering: Bench = {
  name: "audit-tampering",
  about: "a thousand random changes to the audit by a superuser: each found, the first bad entry named",
  run: (run) =>
    inEmptyWorld(run, async (db) => {
      holdBenchKeys();
      const place = mkdtempSync(join(tmpdir(), "audit-place-"));
      try {
        await fillChain(db, await arrangeOrganisation(db, "Advice"), place);
        const ways = Object.keys(TAMPERINGS);
        for (const [at, way] of ways.entries()) {
          const chance = new Chance(`audit-tampering/${way}`);
          const rounds = Math.floor(ROUNDS / ways.length) + (at < ROUNDS % ways.length ? 1 : 0);
          let [found, named, exactly] = [0, 0, 0];
          const product_ms = await timed(async () => {
            for (let round = 0; round < rounds; round += 1) {
              const outcome = await tamperOnce(db.administrator, place, way, chance);
              if (outcome.found) found += 1;
              if (outcome.named) named += 1;
              if (outcome.named && outcome.expected.from === undefined) exactly += 1;
            }
          });
          const ok = found === rounds && named === rounds;
          run.measured({
            bench: "audit-tampering",
            case: way,
            rows: 0,
            product_ms,
            rounds,
            found,
            named,
            exactly,
            ok,
          });
        }
      } finally {
        rmSync(place, { recursive: true });
      }
    }),
};
