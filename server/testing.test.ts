import { expect, test } from "vitest";
import { LOGINS } from "../db/cluster";
import { testDatabase } from "./testing";

const db = await testDatabase();

test.each(LOGINS)("%s signs in, and can neither bypass row security nor make roles", async (login) => {
  const [role] = await db[login]`
    select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`;
  expect(role).toEqual({
    rolname: login,
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
  });
});

test("two databases of a run share nothing", async () => {
  const other = await testDatabase();
  await db.administrator`create table only_here (id int)`;
  const [row] = await other.administrator`select to_regclass('only_here') as found`;
  expect(row?.["found"]).toBeNull();
});
