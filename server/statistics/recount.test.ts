/** The engine against an oracle that counts sets of people. The long form is `npm run prove -- recount`. */

import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { statisticsTick } from "../statistics";
import { testDatabase } from "../testing";
import { dyingAt, survives } from "../testing-death";
import { keyedHash } from "./keyed-hash";
import { recountAll } from "./recount";
import { proveRecount } from "./recount-proof";
import { Dice } from "./recount-world";

test("a random world, with the engine killed at random, differs from the oracle by nothing", async () => {
  const db = await testDatabase();
  const key = randomBytes(32);
  const dice = new Dice(7);
  const result = await proveRecount({
    seed: 1,
    operations: 800,
    administrator: db.administrator,
    hmac: keyedHash(key),
    runEngine: ({ byOfficer, mayDie }) =>
      survives(statisticsTick(mayDie ? dyingAt(db.stats, 1 + dice.below(40)) : db.stats, key, { byOfficer })),
  });
  expect(result.differences).toEqual([]);
  expect(result.kills).toBeGreaterThan(5);
  expect(result.settlements).toBeGreaterThan(10);
  expect(result.heldFigures).toBeGreaterThan(0);
  expect(result.openMoves).toBeGreaterThan(20);
  expect(result.openWaits).toBeGreaterThan(20);
  expect(await recountAll(db.stats, keyedHash(key))).toMatchObject({ presence: 0, cells: 0 });
}, 240_000);
