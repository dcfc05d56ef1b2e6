import { expect, test } from "vitest";
import { key } from "../server/keys";
import { keyedHash } from "../server/statistics/keyed-hash";
import { recountAll } from "../server/statistics/recount";
import { testDatabase } from "../server/testing";
import { buildCasework } from "./world-casework";
import { buildCounts } from "./world-counts";

test("a world counted by statements over whole sets is what the engine counts", async () => {
  const db = await testDatabase();
  const said: string[] = [];
  await buildCasework(db.administrator, 4_000, (text) => said.push(text));
  await buildCounts(db.administrator, db.stats, 4_000, (text) => said.push(text));
  const [world] = await db.administrator<{ entries: number; figures: number }[]>`
    select (select count(*)::int from casework.issue_entry) as entries,
           (select count(*)::int from published.figure) as figures`;
  expect(world?.entries).toBeGreaterThan(3_900);
  expect(world?.figures).toBeGreaterThan(50);
  expect(await recountAll(db.stats, keyedHash(key("disclosure")))).toMatchObject({ presence: 0, cells: 0 });
});
