/** What an organisation does with its own clients tells nothing of others' clients. Long form: `npm run prove -- oracle`. */

import { beforeAll, describe, expect, test } from "vitest";
import { inTransaction, type Purpose } from "./context";
import type { ClientKey } from "./people";
import { testDatabase } from "./testing";
import { allowTestIdentifiers, arrangeTeam } from "./testing-casework";
import { addPerson, areOne, runLinker } from "./testing-linking";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const [advice, council] = [await arrangeTeam(db, "Advice"), await arrangeTeam(db, "Council")];
let theirs: ClientKey;
let known: ClientKey;
let unknown: ClientKey;

beforeAll(async () => {
  await allowTestIdentifiers(db);
  theirs = await addPerson(council, numbered("999 000 0018"));
  known = await addPerson(advice, numbered("999 000 0018"));
  unknown = await addPerson(advice, numbered("999 000 0026"));
});

const numbered = (value: string) => ({
  dateOfBirth: null,
  identifiers: [{ kind: "nhs-number" as const, value }],
});

describe("The audit", () => {
  test("shows the casework login nothing of what linking opened, whatever it says that it is there for", async () => {
    const administrator = contextFor(db, await arrangeMember(db, advice.organisationId, ["administrator"]));
    const entries = () =>
      Promise.all(
        (["sign-in", "administration", "operator"] as const).map((purpose: Purpose) =>
          inTransaction(
            administrator,
            ({ db }) => db`select action, subjects, detail from governance.audit_entry order by id`,
            purpose,
          ),
        ),
      );
    const before = await entries();
    expect(before.every((seen) => seen.length > 0)).toBe(true);
    await runLinker(db);
    expect(await areOne(db, theirs, known)).toBe(true);
    const kept = await db.stats`select 1 from governance.audit_entry where action = 'people.link'`;
    expect(kept.length).toBeGreaterThan(0);
    expect(await entries()).toEqual(before);
  });
});

describe("Erasing somebody", () => {
  /** Tables of which the erasing touched rows, with how many, and what it asked of the linker. */
  const erased = async (client: ClientKey) => {
    await db.administrator`delete from graphile_worker._private_jobs`;
    const touched = await inTransaction(advice.ctx, async ({ db }) => {
      // Postgres counts for its own session, which no other login could ask for; with what it did of late before.
      const count = () => db<{ name: string; rows: number }[]>`
        select schemaname || '.' || relname as name, (n_tup_ins + n_tup_upd + n_tup_del)::int as rows
        from pg_stat_xact_user_tables order by 1`;
      const before = new Map((await count()).map(({ name, rows }) => [name, rows]));
      await db`select casework.erase_clients(${client.organisationId}, ${[client.clientId]}::uuid[])`;
      const after = await count();
      return after
        .map(({ name, rows }) => ({ name, rows: rows - (before.get(name) ?? 0) }))
        .filter(({ rows }) => rows > 0);
    });
    const jobs = await db.administrator<{ identifier: string; payload: object }[]>`
      select t.identifier, j.payload from graphile_worker._private_jobs as j
      join graphile_worker._private_tasks as t on t.id = j.task_id`;
    const asked = jobs.map(({ identifier, payload }) => [
      identifier,
      JSON.stringify(payload).replace(/[0-9a-f-]{36}/g, "a person"),
    ]);
    // What is said of a pair goes with either client at once.
    return { touched: touched.filter(({ name }) => name !== "identity.link_assertion"), asked };
  };

  test("asks the linker the same and touches the same rows, known elsewhere or not; what it leaves is worked out then", async () => {
    const looked = () => db.administrator`
      select linked_at from identity.linking_state where client_id = ${theirs.clientId}`;
    const before = await looked();
    expect(before).toHaveLength(1);
    const ofKnown = await erased(known);
    expect(await looked()).toEqual(before);
    await runLinker(db);
    expect(await looked()).not.toEqual(before);
    const ofUnknown = await erased(unknown);
    const here = `"organisationId":${advice.organisationId}`;
    expect(ofKnown.asked).toEqual([["people.link", `{"people":["a person"],"clientIds":[],${here}}`]]);
    expect(ofKnown.touched.length).toBeGreaterThan(5);
    expect(ofUnknown).toEqual(ofKnown);
  });
});
