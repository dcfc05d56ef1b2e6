import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import type { Cell, Purpose } from "./domain/agreements/agreement";
import { coversNeed, restsHold } from "./domain/agreements/effective";
import { DETAILS, type Detail } from "./domain/agreements/grid";
import { colourOf, nextStepOf, recencyOf } from "./domain/agreements/known-to";
import { findNeed, type Need } from "./domain/needs";
import { addDays } from "./domain/period";
import { uuidv7 } from "./ids";
import { sharedPerson } from "./shared-views";
import { testDatabase } from "./testing";
import { anEntry } from "./testing-casework";
import { aCell, agree, aLook, arrangeShared, logMore, type Shared } from "./testing-sharing";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();

/** A plain need, one that is sensitive in a wholly sensitive domain, and one that is sensitive by itself. */
const NEEDS = ["HOU-04", "MON-01", "MEN-01", "JUS-04"].map((code): Need => {
  const need = findNeed(code);
  if (!need) throw new Error(`There is no ${code}`);
  return need;
});
const PATHS = ["*", "HOU", "MON-01", "MEN", "JUS", "JUS-04"] as const;
const ASKED: readonly Purpose[] = ["direct-support", "safeguarding"];

const cell: fc.Arbitrary<Cell> = fc.record({
  place: fc.constant("person" as const),
  detail: fc.constantFrom(...DETAILS),
  group: fc.constantFrom("caseworker" as const, "analyst" as const),
  rests: fc.constantFrom("consent" as const, "basis" as const, "duty" as const),
});
const agreement = fc
  .record({
    cells: fc.uniqueArray(cell, { minLength: 1, maxLength: 4, selector: (one) => JSON.stringify(one) }),
    needs: fc.uniqueArray(fc.constantFrom(...PATHS), { minLength: 1, maxLength: 3 }),
    purposes: fc.subarray([...ASKED], { minLength: 1 }),
  })
  // A duty to protect belongs to safeguarding; terms that say otherwise cannot be signed.
  .filter(
    ({ cells, purposes }) =>
      purposes.includes("safeguarding") || cells.every(({ rests }) => rests !== "duty"),
  )
  .filter(({ cells }) => cells.every(({ group, detail }) => group !== "analyst" || detail !== "full"));
const world = fc.record({
  agreements: fc.array(agreement, { minLength: 1, maxLength: 3 }),
  consent: fc.constantFrom("not-asked" as const, "given" as const, "declined" as const, "withdrawn" as const),
  objected: fc.boolean(),
  purpose: fc.constantFrom(...ASKED),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** The level of detail of each need by the rules alone, one cell after the other. */
function byRules({ agreements, consent, objected, purpose }: World): Map<number, Detail> {
  const open = new Map<number, Detail>();
  for (const { cells, needs, purposes } of agreements) {
    if (!purposes.includes(purpose)) continue;
    for (const { group, rests, detail } of cells) {
      if (group !== "caseworker" || !restsHold(rests, { consent, objected }, purpose)) continue;
      for (const need of NEEDS.filter((one) => coversNeed(needs, one, rests))) {
        const before = open.get(need.number);
        if (!before || DETAILS.indexOf(detail) > DETAILS.indexOf(before)) open.set(need.number, detail);
      }
    }
  }
  return open;
}

let shared: Shared;
beforeAll(async () => {
  shared = await arrangeShared(db, "Properties");
  for (const { code } of NEEDS) {
    await logMore(shared.giver, shared.given, { entries: [anEntry({ need: code })] });
  }
});

test("what a look opens is what the rules say, need by need, whatever agreements there are", async () => {
  await fc.assert(
    fc.asyncProperty(world, async (made) => {
      const { agreements, consent, objected, purpose } = made;
      await db.administrator`truncate governance.agreement cascade`;
      await db.administrator`delete from casework.throttle`;
      await db.administrator`delete from casework.consent`;
      await db.administrator`delete from governance.objection`;
      for (const { cells, ...over } of agreements) await agree(db, shared, cells, over);
      if (consent !== "not-asked") {
        await db.administrator`
          insert into casework.consent
            (organisation_id, id, client_id, answer, answered_on, how, words_version, expires_on)
          values (${shared.giver.organisationId}, gen_random_uuid(), ${shared.given}, ${consent}, current_date,
                  'phone', 1, current_date + 180)`;
      }
      if (objected) {
        await db.administrator`
          insert into governance.objection (organisation_id, id, client_id, against, made_through)
          values (${shared.giver.organisationId}, gen_random_uuid(), ${shared.given}, 'sharing', 'member')`;
      }
      const look = aLook(shared.own, purpose);
      const shown = await sharedPerson(shared.asker.ctx, look);
      const [row] = await db.administrator<{ opened: number[] }[]>`
        select opened from governance.look_answer where look_id = ${look.id}`;
      const opened = new Map(
        (row?.opened ?? []).map((one) => [Math.floor(one / 10), DETAILS[(one % 10) - 1]] as const),
      );
      const expected = byRules(made);
      expect(new Map([...opened].sort())).toEqual(new Map([...expected].sort()));
      expect(shown).toHaveLength(expected.size > 0 ? 1 : 0);
    }),
    { numRuns: 30, seed: 8 },
  );
}, 120_000);

test("how recent, what to do next and which colour are the same in the database as by the rules", async () => {
  const [clock] = await db.administrator<{ today: string }[]>`select governance.today() as today`;
  const today = clock?.today ?? "";
  const days = Array.from({ length: 500 }, (_, back) => addDays(today, -back));
  const rows = await db.administrator<{ recency: string }[]>`
    select governance.recency(day) as recency
    from unnest(${days}::date[]) with ordinality as d (day, n) order by n`;
  expect(rows.map(({ recency }) => recency)).toEqual(days.map((day) => recencyOf(day, today)));

  const severities = ["low", "medium", "high", "crisis"] as const;
  for (const open of [[], ["low"], ["low", "medium"], ["medium", "high"], ["crisis", "low"]] as const) {
    const made = await arrangeShared(db, `Colour ${open.join()}`);
    await agree(db, made, [aCell({ detail: "coded" })], { needs: ["MON"] });
    for (const severity of severities) {
      const issueId = uuidv7();
      const entry = anEntry({ issueId, need: "MON-01", severity });
      await logMore(made.giver, made.given, { entries: [entry] });
      if (!open.some((one) => one === severity)) {
        await logMore(made.giver, made.given, { entries: [{ ...entry, status: "resolved" }] });
      }
    }
    const [person] = await sharedPerson(made.asker.ctx, aLook(made.own));
    expect(person?.colour).toBe(colourOf(open));
    expect(person?.services[0]?.next).toBe(nextStepOf(open.length > 0));
  }
}, 60_000);
