/** Maps that are kept: given again while nothing settled moved, and never once anything did, whoever moved it. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { ActorCtx } from "../context";
import { countedNode } from "../domain/counting";
import type { MapFigures } from "../domain/figures";
import { FIRST_NUMBER } from "../domain/geography";
import { findNode } from "../domain/needs";
import { findPeriod, periodNumber } from "../domain/period";
import { getFigures } from "../figures";
import { testDatabase } from "../testing";
import { arrangePlanning } from "../testing-agreements";
import { arrangeMember, arrangeOrganisation, contextFor } from "../testing-people";
import { KeptMaps } from "./kept-maps";

const db = await testDatabase();
const DISTRICT = FIRST_NUMBER.district + 1;
const QUARTERS = ["q:2025-Q1", "q:2026-Q1"];
const NODES = ["*", "HOU"];

const node = (path: string) => countedNode(findNode(path)?.number ?? -1);
const numberOf = (text: string) => {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return periodNumber(period);
};

let manager: ActorCtx;
let commissioner: ActorCtx;

/** The same reader's rights over another pool: nothing is kept for it. */
const afresh = (ctx: ActorCtx): ActorCtx => ({ ...ctx, reader: new Proxy(ctx.reader, {}) });

const ask = (ctx: ActorCtx, over: object = {}) =>
  getFigures(ctx, { level: "sector", node: "HOU", period: "q:2026-Q1", ...over });

const put = (area: number, figure: number, over: { node?: string; period?: string } = {}) => db.stats`
  insert into published.figure (node, period, area, figure, anonymous_band, release_no)
  values (${node(over.node ?? "HOU")}, ${numberOf(over.period ?? "q:2026-Q1")}, ${area}, ${figure}, 1, 1)
  on conflict (node, slice, period, area) do update set figure = excluded.figure`;

const mark = async () => {
  const [row] = await db.reader<{ mark: string }[]>`select mark from published.figures_mark`;
  return row?.mark ?? "";
};

/** Statements that reach the reader's connection while some work is done. */
async function statementsOf(ctx: ActorCtx, work: (ctx: ActorCtx) => Promise<unknown>): Promise<number> {
  let statements = 0;
  const counting = new Proxy(ctx.reader, {
    apply(target, self, given) {
      const answer: unknown = Reflect.apply(target, self, given);
      // A part of a statement is none by itself: only what is waited for goes out.
      return answer instanceof Promise
        ? new Proxy(answer, {
            get(promise, name) {
              if (name === "then") statements += 1;
              const value: unknown = Reflect.get(promise, name);
              return typeof value === "function" ? value.bind(promise) : value;
            },
          })
        : answer;
    },
  });
  const other = { ...ctx, reader: counting };
  await work(other);
  statements = 0;
  await work(other);
  return statements;
}

beforeAll(async () => {
  const sql = db.administrator;
  await sql`
    insert into reference.area (number, level, code, name) values
      (10, 'sector', 'ZZ1 1', 'ZZ1 1'), (11, 'sector', 'ZZ1 2', 'ZZ1 2'), (12, 'sector', 'ZZ1 3', 'ZZ1 3'),
      (${DISTRICT}, 'district', 'ZZ1', 'ZZ1')`;
  await sql`insert into reference.geography (financial_year, version) values (2024, 'a')`;
  await sql`
    insert into reference.release_sector (financial_year, number, district, households, live_postcodes)
    select 2024, number, ${DISTRICT}, 2000, 50 from generate_series(10, 12) as number`;
  await sql`
    insert into published.settled_period (period, settled_on, release_no)
    select period, '2026-07-28', 1 from unnest(${QUARTERS.map(numberOf)}::smallint[]) as t (period)`;
  const organisation = await arrangeOrganisation(db, "Council");
  await arrangePlanning(db, organisation);
  const member = async (role: "commissioner" | "manager", patch: string[]) =>
    contextFor(db, await arrangeMember(db, organisation, [role], { patch }));
  manager = await member("manager", []);
  commissioner = await member("commissioner", ["district:ZZ1"]);
  for (const area of [10, 11, 12]) await put(area, area * 5);
});

describe("a map of a settled period", () => {
  test("asked for again is the very same answer, for one statement", async () => {
    expect(await ask(manager)).toBe(await ask(manager));
    expect(await statementsOf(manager, (ctx) => ask(ctx))).toBe(1);
  });

  test("cannot be changed by who reads it", async () => {
    const map = await ask(manager);
    expect(() => map.figures.push(null)).toThrow(TypeError);
    expect(Object.isFrozen(map)).toBe(true);
  });

  test("of another menu is another answer", async () => {
    await put(10, 15, { node: "HOU-04" });
    expect((await ask(commissioner, { node: "HOU-04" })).figures[0]).toBe(15);
    await expect(ask(manager, { node: "HOU-04" })).rejects.toThrow(/not published/);
    expect((await ask(commissioner, { node: "HOU-04" })).figures[0]).toBe(15);
  });

  test.each<[string, () => Promise<unknown>, (map: MapFigures) => unknown, unknown]>([
    ["a figure moves", () => put(10, 45), ({ figures }) => figures[0], 45],
    [
      "a figure goes",
      () => db.stats`delete from published.figure where area = 10 and node = ${node("HOU")}`,
      ({ figures }) => figures[0],
      null,
    ],
    ["a figure appears", () => put(10, 30), ({ figures }) => figures[0], 30],
    [
      "the period is revised",
      () => db.stats`
        update published.settled_period set revised_on = '2026-08-28' where period = ${numberOf("q:2026-Q1")}`,
      ({ revisedOn }) => revisedOn,
      "2026-08-28",
    ],
    [
      "somebody began to report",
      () => db.stats`
        insert into published.coverage (period, area, organisations_band, changed) values
          (${numberOf("q:2025-Q1")}, 10, 2, 0), (${numberOf("q:2026-Q1")}, 10, 2, 4)`,
      ({ coverageChanged }) => coverageChanged,
      [10],
    ],
    [
      "the areas are formed anew",
      async () => {
        await db.administrator`update reference.area set name = 'Renamed' where number = 10`;
        await db.administrator`update reference.geography set version = 'b'`;
      },
      ({ areas }) => areas[0]?.name,
      "Renamed",
    ],
    [
      "everything is taken away at once",
      () => db.administrator`truncate published.figure`,
      ({ figures }) => figures,
      [null, null, null],
    ],
  ])("is read again after %s", async (_, move, shown, expected) => {
    await ask(manager);
    await move();
    expect(shown(await ask(manager))).toEqual(expected);
  });

  test("is read again after figures were put back as they once were, and moved otherwise", async () => {
    await put(10, 50);
    const then = await mark();
    expect((await ask(manager)).figures[0]).toBe(50);
    await put(10, 60);
    expect((await ask(manager)).figures[0]).toBe(60);
    // As a database that is restored: what was published, and the mark of that time.
    await db.administrator.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update published.figure set figure = 50 where area = 10`;
      await tx`update published.figures_mark set mark = ${then}`;
    });
    expect((await ask(manager)).figures[0]).toBe(50);
    await put(10, 70);
    expect((await ask(manager)).figures[0]).toBe(70);
  });

  test("is as it was while a settlement is under way, and changes when that ends", async () => {
    await put(11, 20);
    await ask(manager);
    await db.stats.begin(async (tx) => {
      await tx`update published.figure set figure = 90 where area = 11 and node = ${node("HOU")}`;
      expect((await ask(manager)).figures[1]).toBe(20);
      expect((await ask(afresh(manager))).figures[1]).toBe(20);
    });
    expect((await ask(manager)).figures[1]).toBe(90);
  });
});

describe("the mark", () => {
  test("stays where a statement touches no row, and where only an open figure moves", async () => {
    const before = await mark();
    await db.stats`delete from published.figure where area = 999`;
    await db.stats`update published.coverage set changed = 0 where area = 999`;
    await db.stats`
      insert into published.open_figure (node, period, area, figure) values (200, ${numberOf("q:2026-Q1")}, 10, 25)`;
    expect(await mark()).toBe(before);
  });

  test("cannot be set by the engine or by a reader", async () => {
    for (const login of [db.stats, db.reader, db.app]) {
      await expect(login`update published.figures_mark set mark = gen_random_uuid()`).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});

test("whatever moves in whatever order, what is kept equals what is read afresh", async () => {
  const change = fc.record({
    area: fc.constantFrom(10, 11, 12),
    node: fc.constantFrom(...NODES),
    period: fc.constantFrom(...QUARTERS),
    figure: fc.option(fc.integer({ min: 2, max: 40 }).map((fives) => fives * 5)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 4 }), async (steps) => {
      for (const step of steps) {
        await db.stats.begin(async (tx) => {
          for (const { area, node: path, period, figure } of step) {
            await tx`
              delete from published.figure
              where node = ${node(path)} and slice = 0 and period = ${numberOf(period)} and area = ${area}`;
            if (figure === null) continue;
            await tx`
              insert into published.figure (node, period, area, figure, anonymous_band, release_no)
              values (${node(path)}, ${numberOf(period)}, ${area}, ${figure}, 1, 1)`;
          }
        });
        for (const path of NODES) {
          for (const period of QUARTERS) {
            const query = { node: path, period };
            expect(await ask(manager, query)).toEqual(await ask(afresh(manager), query));
          }
        }
      }
    }),
    { numRuns: 25 },
  );
});

test("only so many areas are kept, the map asked for longest ago going first", async () => {
  const map = { ...(await ask(manager)) };
  const maps = new KeptMaps(map.areas.length * 2);
  maps.keep("mark", "first", { ...map });
  maps.keep("mark", "second", { ...map });
  expect(maps.find("mark", "first")).not.toBeNull();
  maps.keep("mark", "third", { ...map });
  expect(["first", "second", "third"].map((question) => maps.find("mark", question) !== null)).toEqual([
    true,
    false,
    true,
  ]);
  expect(maps.find("another mark", "first")).toBeNull();
  expect(maps.find(null, "first")).toBeNull();
});
