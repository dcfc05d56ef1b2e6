/** A pack holds what is held about one person, and the register behind it knows every table and column that there is. */
import { expect, test } from "vitest";
import { inTransaction } from "./context";
import { missingLines, PERSON_LINES } from "./domain/rights/register";
import { packFor } from "./subject-pack";
import { testDatabase } from "./testing";
import { allowTestIdentifiers, arrangeTeam, type Team } from "./testing-casework";
import { arrangeWholeRecord } from "./testing-whole-record";

const db = await testDatabase();
await allowTestIdentifiers(db);
const advice = await arrangeTeam(db, "Quayside Advice");
const housing = await arrangeTeam(db, "Harbour Housing");

const pack = (team: Team, ...clientIds: string[]) =>
  inTransaction(team.ctx, (ctx) => packFor(ctx, clientIds));

test("Every table and column of every schema has a line that says whom it is about", async () => {
  const rows = await db.administrator<{ place: string; columns: string[] }[]>`
    select table_schema || '.' || table_name as place, array_agg(column_name::text) as columns
    from information_schema.columns
    where table_schema in ('identity', 'casework', 'reference', 'statistics', 'published', 'lab', 'governance')
    group by 1`;
  expect(rows.length).toBeGreaterThan(100);
  expect(missingLines(new Map(rows.map(({ place, columns }) => [place, columns])))).toEqual({
    tables: [],
    columns: [],
    gone: [],
  });
});

test("A pack says what is held, why, who looked and with whom it was shared", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  const made = await pack(advice, clientId);
  expect(made.held.map(({ place }) => place).sort()).toEqual(PERSON_LINES.map(({ place }) => place).sort());
  const rows = (place: string) => made.held.find((table) => table.place === place)?.rows ?? [];
  expect(rows("identity.client_identity")).toMatchObject([
    {
      values: { given_name: "Amina", family_name: "Okafor", date_of_birth: "1984-05-31", phone: "0191 111" },
    },
  ]);
  expect(rows("casework.action")).toMatchObject([
    { values: { title: "Ring the landlord" }, words: ["title"] },
  ]);
  expect(rows("casework.issue").map(({ values }) => values["need_number"])).toHaveLength(2);
  expect(made.shares).toMatchObject([
    {
      with: "Harbour Housing, Harbour Housing service",
      direction: "to",
      details: ["name"],
      state: "accepted",
    },
  ]);
  expect(rows("governance.audit_entry").map(({ values }) => values["action"])).toEqual(
    expect.arrayContaining(["contact.log", "referral.send", "client.edit"]),
  );
  // All that the test did was one request: one line, beside that of the change.
  const memberName = advice.ctx.actor.name;
  expect(made.looks).toMatchObject([{ memberName }, { memberName, action: "client.edit" }]);
});

test("Whoever received a referral gives what came with it, and nothing of the sender's record", async () => {
  await arrangeWholeRecord(advice, housing);
  const [taken] = await db.administrator<{ id: string }[]>`
    select client_id as id from casework.referral_receipt
    where organisation_id = ${housing.organisationId} and client_id is not null order by referral_id desc limit 1`;
  const made = await pack(housing, taken?.id ?? "");
  const [receipt] = made.held.find(({ place }) => place === "casework.referral_receipt")?.rows ?? [];
  expect(receipt?.values).toMatchObject({ from: "Quayside Advice", details: { givenName: "Amina" } });
  expect(made.shares).toMatchObject([{ with: "Quayside Advice", direction: "from" }]);
  expect(JSON.stringify(made)).not.toContain("Ring the landlord");
});

test("Somebody else's client gives an empty pack", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  const made = await pack(housing, clientId);
  expect(made.clientIds).toEqual([]);
  expect(made.held.every(({ count }) => count === 0)).toBe(true);
  expect(made.looks).toEqual([]);
});
