import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import type { Cell, Purpose } from "./domain/agreements/agreement";
import { coversNeed, type RecordSaid, restsHold, type Said, saidOf } from "./domain/agreements/effective";
import { DETAILS, type Detail } from "./domain/agreements/grid";
import { colourOf, nextStepOf, recencyOf } from "./domain/agreements/known-to";
import { findNeed, type Need } from "./domain/needs";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { sharedPerson } from "./shared-views";
import { testDatabase } from "./testing";
import { anEntry } from "./testing-casework";
import { addPerson } from "./testing-linking";
import { aCell, agree, aLook, arrangeShared, logMore, makeOne, type Shared } from "./testing-sharing";

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
const record = fc.record({
  consent: fc.constantFrom("not-asked" as const, "given" as const, "declined" as const, "withdrawn" as const),
  objected: fc.boolean(),
  restricted: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
});
const world = fc.record({
  agreements: fc.array(agreement, { minLength: 1, maxLength: 3 }),
  given: record,
  /** What was said on the giver's second record of the person. */
  second: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.constant({ consent: "not-asked" as const, objected: false, restricted: false }),
    },
    record,
  ),
  purpose: fc.constantFrom(...ASKED),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** The level of detail of each need of a record by the rules alone, one cell after the other. */
function byRules({ agreements, purpose }: World, brought: readonly Need[], said: Said): Map<number, Detail> {
  const open = new Map<number, Detail>();
  for (const { cells, needs, purposes } of agreements) {
    if (!purposes.includes(purpose)) continue;
    for (const { group, rests, detail } of cells) {
      if (group !== "caseworker" || !restsHold(rests, said, purpose)) continue;
      for (const need of brought.filter((one) => coversNeed(needs, one, rests))) {
        const before = open.get(need.number);
        if (!before || DETAILS.indexOf(detail) > DETAILS.indexOf(before)) open.set(need.number, detail);
      }
    }
  }
  return open;
}

let shared: Shared;
/** The giver's two records of the person, and what was brought to each. */
let records: readonly { clientId: string; brought: readonly Need[] }[];
beforeAll(async () => {
  shared = await arrangeShared(db, "Properties");
  for (const { code } of NEEDS) {
    await logMore(shared.giver, shared.given, { entries: [anEntry({ need: code })] });
  }
  const second = await addPerson(shared.giver);
  await makeOne(db, { organisationId: shared.asker.organisationId, clientId: shared.own }, second);
  records = [
    { clientId: shared.given, brought: NEEDS },
    { clientId: second.clientId, brought: NEEDS.filter(({ code }) => code === anEntry().need) },
  ];
});

/** Writes down what was said on a record; gives it as the rules read it. */
async function write(
  clientId: string,
  { consent, objected, restricted }: World["given"],
): Promise<RecordSaid> {
  const sql = db.administrator;
  const { organisationId } = shared.giver;
  const answers: RecordSaid["answers"][number][] = [];
  if (consent !== "not-asked") {
    const [row] = await sql<Pick<RecordSaid["answers"][number], "answeredOn" | "expiresOn" | "recordedNo">[]>`
      insert into casework.consent
        (organisation_id, id, client_id, answer, answered_on, how, words_version, expires_on)
      values (${organisationId}, gen_random_uuid(), ${clientId}, ${consent}, current_date, 'phone', 1,
              current_date + 180)
      returning answered_on, expires_on, recorded_no`;
    if (row) answers.push({ ...row, answer: consent, atContact: false });
  }
  if (objected) {
    await sql`
      insert into governance.objection (organisation_id, id, client_id, against, made_through)
      values (${organisationId}, gen_random_uuid(), ${clientId}, 'sharing', 'member')`;
  }
  if (restricted) {
    await sql`
      insert into governance.rights_hold (organisation_id, id, client_id, kind, reason, review_on, placed_by)
      values (${organisationId}, gen_random_uuid(), ${clientId}, 'restriction', '', current_date, gen_random_uuid())`;
  }
  return { answers, objected, restricted };
}

test("what a look opens is what the rules say, need by need, whatever agreements there are", async () => {
  await fc.assert(
    fc.asyncProperty(world, async (made) => {
      const { agreements, purpose } = made;
      await db.administrator`truncate governance.agreement cascade`;
      await db.administrator`delete from casework.throttle`;
      await db.administrator`delete from casework.consent`;
      await db.administrator`delete from governance.objection`;
      await db.administrator`delete from governance.rights_hold`;
      for (const { cells, ...over } of agreements) await agree(db, shared, cells, over);
      const said: RecordSaid[] = [];
      for (const [at, { clientId }] of records.entries()) {
        said.push(await write(clientId, at === 0 ? made.given : made.second));
      }
      const look = aLook(shared.own, purpose);
      const shown = await sharedPerson(shared.asker.ctx, look);
      const answers = await db.administrator<{ clientId: string; opened: number[] }[]>`
        select client_id, opened from governance.look_answer where look_id = ${look.id}`;
      let open = 0;
      for (const [at, { clientId, brought }] of records.entries()) {
        const row = answers.find((one) => one.clientId === clientId);
        const opened = new Map(
          (row?.opened ?? []).map((one) => [Math.floor(one / 10), DETAILS[(one % 10) - 1]] as const),
        );
        const [own, ...others] = at === 0 ? said : [...said].reverse();
        if (!own) throw new Error("Nothing was written");
        const expected = byRules(made, brought, saidOf(own, others, dayOf(new Date())));
        expect(new Map([...opened].sort())).toEqual(new Map([...expected].sort()));
        if (expected.size > 0) open += 1;
      }
      expect(shown).toHaveLength(open);
    }),
    { numRuns: 40, seed: 8 },
  );
});

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
});
