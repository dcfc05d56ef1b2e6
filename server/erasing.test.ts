/** Erasing somebody takes every row that names them, in every table there is, also what was being written meanwhile. */
import { expect, test } from "vitest";
import { editClient } from "./client-edits";
import { addClient } from "./clients";
import { inTransaction } from "./context";
import { addClientSchema } from "./domain/client";
import { uuidv7 } from "./ids";
import { linkPeople } from "./people";
import { testDatabase } from "./testing";
import { aClient, allowTestIdentifiers, arrangeTeam, type Team } from "./testing-casework";
import { arrangeWholeRecord, edited } from "./testing-whole-record";

const db = await testDatabase();
await allowTestIdentifiers(db);
const advice = await arrangeTeam(db, "Quayside Advice");
const housing = await arrangeTeam(db, "Harbour Housing");

const erase = (team: Team, clientId: string) =>
  inTransaction(
    team.ctx,
    ({ db }) => db`select casework.erase_clients(${team.organisationId}, ${[clientId]}::uuid[])`,
  );

/** Rows that hold the id anywhere, by table. */
async function rowsNaming(id: string): Promise<Map<string, number>> {
  const tables = await db.administrator<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('identity', 'casework', 'reference', 'statistics', 'published')`;
  const found = new Map<string, number>();
  for (const { name } of tables) {
    const [row] = await db.administrator.unsafe<{ count: number }[]>(
      `select count(*)::int as count from ${name} as t where t::text like $1`,
      [`%${id}%`],
    );
    if (row && row.count > 0) found.set(name, row.count);
  }
  return found;
}

test("Nothing names somebody who was erased but the list of the erased", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  await linkPeople(db.stats, { organisationId: advice.organisationId, clientIds: [clientId] });
  const before = await rowsNaming(clientId);
  // What the list must hold for this test to prove anything.
  expect([...before.keys()]).toEqual(
    expect.arrayContaining([
      "casework.action",
      "casework.client",
      "casework.closing",
      "casework.consent",
      "casework.contact",
      "casework.instrument_score",
      "casework.issue",
      "casework.reassigned_client",
      "casework.referral",
      "casework.story",
      "identity.client_identifier",
      "identity.client_identity",
      "identity.client_person",
      "identity.client_token",
      "identity.profile_conflict",
      "identity.profile_edit",
    ]),
  );
  await erase(advice, clientId);
  expect([...(await rowsNaming(clientId)).keys()]).toEqual(["casework.erased"]);
});

test("What somebody is writing while a person is erased goes with them", async () => {
  const clientId = uuidv7();
  await addClient(advice.ctx, addClientSchema.parse({ id: clientId, ...aClient({ phone: "0191 111" }) }));
  let erasing: Promise<unknown> = Promise.resolve();
  await inTransaction(advice.ctx, async (ctx) => {
    // Two values that do not fit: nothing is applied, so nobody's count is marked.
    await editClient(ctx, edited(clientId, "0191 000", "0191 222"));
    erasing = erase(advice, clientId);
    await waitingForALock();
  });
  await erasing;
  expect([...(await rowsNaming(clientId)).keys()]).toEqual(["casework.erased"]);
});

async function waitingForALock(): Promise<void> {
  for (;;) {
    const waiting = await db.administrator`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
