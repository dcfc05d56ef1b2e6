import { expect, test } from "vitest";
import { connect } from "../db/client";
import { assertLoginsAreBound, readiness } from "./readiness";
import { testDatabase } from "./testing";

const db = await testDatabase();
const bound = { app: db.app, reader: db.reader };

test("the logins of the web process are bound by row-level security", async () => {
  await expect(assertLoginsAreBound(bound)).resolves.toBeUndefined();
});

test.each(["owner", "administrator"] as const)(
  "a web process with the login of the %s is refused",
  async (login) => {
    await expect(assertLoginsAreBound({ ...bound, app: db[login] })).rejects.toMatchObject({
      name: "UnboundLogin",
    });
  },
);

test("a login that may bypass row-level security is refused", async () => {
  await db.administrator`create role bypasser login bypassrls password 'x'`;
  const url = Object.assign(new URL(db.urls.app), { username: "bypasser", password: "x" });
  await db.administrator`grant connect on database ${db.administrator(url.pathname.slice(1))} to bypasser`;
  const sql = connect(url.href, { max: 1 });
  await expect(assertLoginsAreBound({ ...bound, reader: sql })).rejects.toMatchObject({
    name: "UnboundLogin",
  });
  await sql.end();
  await db.administrator`revoke connect on database ${db.administrator(url.pathname.slice(1))} from bypasser`;
  await db.administrator`drop role bypasser`;
});

test("ready means migrated and answering", async () => {
  expect(await readiness(bound)).toEqual({ ready: true });
  await db.administrator`comment on schema reference is null`;
  expect(await readiness(bound)).toEqual({ ready: false, because: "migrations have not run" });
  const away = connect("postgres://app:x@127.0.0.1:1/nothing", { max: 1 });
  expect(await readiness({ app: away, reader: away })).toEqual({
    ready: false,
    because: "the database does not answer",
  });
  await away.end();
});
