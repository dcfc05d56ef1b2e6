/** Slices as the engine settles them, against an oracle that parts sets of people. Longer: `npm run prove -- recount`. */

import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { statisticsTick } from "../statistics";
import { testDatabase } from "../testing";
import { dyingAt, survives } from "../testing-death";
import { keyedHash } from "./keyed-hash";
import { recountAll } from "./recount";
import { proveRecount } from "./recount-proof";
import { Dice } from "./recount-world";

test("slices of a random crowd, with edits, links, erasures and kills, differ from the oracle by nothing", async () => {
  const db = await testDatabase();
  const key = randomBytes(32);
  const dice = new Dice(11);
  const result = await proveRecount({
    seed: 3,
    operations: 130,
    crowd: 260,
    administrator: db.administrator,
    hmac: keyedHash(key),
    runEngine: ({ byOfficer, mayDie }) =>
      survives(statisticsTick(mayDie ? dyingAt(db.stats, 1 + dice.below(30)) : db.stats, key, { byOfficer })),
  });
  expect(result.differences).toEqual([]);
  expect(result.kills).toBeGreaterThan(0);
  expect(result.revisions).toBeGreaterThan(2);
  expect(result.checkedSlices).toBeGreaterThan(1000);
  expect(result.heldSlices).toBeGreaterThan(0);
  expect(await recountAll(db.stats, keyedHash(key))).toMatchObject({ presence: 0, cells: 0 });
}, 240_000);
