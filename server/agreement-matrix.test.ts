/** The short form of `npm run prove -- agreement-matrix`: every cell, and one in ten of the looks that show nothing. */

import { expect, test, vi } from "vitest";
import { testDatabase } from "./testing";
import { walkMatrix } from "./testing-agreement-matrix";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const holed = await testDatabase();

test("every cell of the grid, as a signed agreement, shows exactly its fields and nothing otherwise", async () => {
  const { tries, ...walked } = await walkMatrix(db, { every: 10 });
  expect(walked).toEqual({ cells: 92, silent: 0, refused: 20, allows: [], denies: [] });
  expect(tries).toBeGreaterThan(500);
});

test("the walk finds a hole where there is one", async () => {
  // Whoever asks for another purpose is answered as if it were that of the agreement.
  await holed.administrator.unsafe(`
    create or replace function governance.area_tier(level text, purpose text, groups text[] default governance.own_groups())
    returns table (agreement_id uuid, version smallint, member_group text, detail text, paths text[])
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select a.id, a.version, c.member_group, c.detail, '{*}'::text[]
      from governance.agreement as a
      join governance.agreement_cell as c on c.agreement_id = a.id and c.version = a.version
      where a.state = 'signed' and c.place = level and c.member_group = any (governance.own_groups())
    $$`);
  const { allows, denies } = await walkMatrix(holed, { every: 1, places: ["sector"] });
  expect(denies).toEqual([]);
  for (const situation of ["another purpose", "another organisation", "not started", "ended at midnight"]) {
    expect(allows.filter((told) => told.includes(situation)).length).toBeGreaterThan(0);
  }
});
