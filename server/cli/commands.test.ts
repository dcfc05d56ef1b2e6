import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { record } from "../audit";
import { sealEntries } from "../audit-chain";
import { inTransaction } from "../context";
import { testDatabase } from "../testing";
import { auditVerify } from "./audit";
import { type Command, readOptions, WrongUsage } from "./command";
import { organisationAdd } from "./organisation";
import { openedIn, runCommand } from "./testing-command";
import { userAdd, userDisable, userLink, userResetSecondFactor } from "./user";

const db = await testDatabase();
const dataDir = mkdtempSync(join(tmpdir(), "cli-"));
afterAll(() => rmSync(dataDir, { recursive: true }));

const opened = openedIn(db, dataDir);
const { ctx } = opened;
const run = (command: Command, ...args: string[]) => runCommand(command, args, { opened });

describe("organisation add and user add", () => {
  test("make an organisation and a member, and print the links that begin it", async () => {
    const organisation = await run(
      organisationAdd,
      "--name",
      "Advice",
      "--manager-name",
      "Ann",
      "--manager-email",
      "ann@a.test",
    );
    expect(organisation).toMatchObject({ code: 0, results: [{ name: "Advice", mailSent: false }] });
    const user = await run(
      userAdd,
      "--email",
      "Bo@A.test",
      "--name",
      "Bo",
      "--organisation",
      "advice",
      "--roles",
      "caseworker,officer",
    );
    expect(user.results[0]).toMatchObject({ link: expect.stringContaining("/set-password?token=") });
    const rows = await db.administrator`
      select a.email, m.roles from casework.member as m join casework.account as a on a.id = m.account_id
      order by a.email`;
    expect(rows).toEqual([
      { email: "ann@a.test", roles: ["manager"] },
      { email: "bo@a.test", roles: ["caseworker", "officer"] },
    ]);
  });

  test("say what is missing or wrong, and change nothing", async () => {
    await expect(run(userAdd, "--email", "x@a.test")).rejects.toBeInstanceOf(WrongUsage);
    await expect(run(userAdd, "--colour", "red")).rejects.toBeInstanceOf(WrongUsage);
    await expect(
      run(userAdd, "--email", "not an address", "--name", "X", "--organisation", "advice", "--roles", "king"),
    ).rejects.toMatchObject({
      name: "Invalid",
      fields: { email: expect.any(String), "roles.0": expect.any(String) },
    });
  });
});

test("user disable shuts an account out, user link lets it in again with a new password", async () => {
  await db.administrator`
    insert into casework.account (id, email, name, password_hash) values (gen_random_uuid(), 'cy@a.test', 'Cy', 'x')`;
  const isDisabled = async () => {
    const [row] = await db.administrator`
      select disabled_at is not null as disabled from casework.account where email = 'cy@a.test'`;
    return row?.["disabled"];
  };
  expect(await run(userDisable, "--email", "Cy@a.test")).toMatchObject({ code: 0, results: [{ ended: 0 }] });
  expect(await isDisabled()).toBe(true);
  const { results } = await run(userLink, "--email", "cy@a.test");
  expect(results[0]).toMatchObject({ link: expect.stringContaining("/set-password?token=") });
  expect(await isDisabled()).toBe(false);
  await expect(run(userDisable, "--email", "nobody@a.test")).rejects.toMatchObject({ name: "NotFound" });
});

test("user reset-second-factor takes a second step away, so that its owner sets it up anew", async () => {
  await db.administrator`
    with made as (
      insert into casework.account (id, email, name) values (gen_random_uuid(), 'di@a.test', 'Di') returning id)
    insert into casework.second_factor (account_id, secret, confirmed_at) select id, 'x', now() from made`;
  const reset = await run(userResetSecondFactor, "--email", "di@a.test");
  expect(reset).toMatchObject({ code: 0, results: [{ reset: "di@a.test", ended: 0 }] });
  expect(
    await db.administrator`
    select 1 from casework.second_factor join casework.account as a on a.id = account_id
    where a.email = 'di@a.test'`,
  ).toEqual([]);
  await expect(run(userResetSecondFactor, "--email", "nobody@a.test")).rejects.toMatchObject({
    name: "NotFound",
  });
});

describe("audit verify", () => {
  const fill = async () => {
    await inTransaction(ctx, (tx) => record(tx, "test.entry", { subjects: [] }), "operator");
    await sealEntries(db.stats);
  };

  test("answers 0 for a whole audit", async () => {
    for (let n = 0; n < 5; n++) await fill();
    const { code, results } = await run(auditVerify);
    expect({ code, ...results[0] }).toMatchObject({ code: 0, ok: true, waiting: 0, firstBad: null });
  });

  test("answers 1 and names the first bad entry, in words and in JSON", async () => {
    await db.administrator.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`
        update governance.audit_entry set action = 'other'
        where id = (select entry_id from governance.audit_seal where number = 3)`;
    });
    const { code, results, words } = await run(auditVerify);
    expect({ code, ...results[0] }).toMatchObject({
      code: 1,
      ok: false,
      firstBad: { number: 3, fault: "changed" },
    });
    expect(words).toMatch(/^Entry 3 is not what was sealed/);
  });
});

test("options are read by name, in any order, around operands", () => {
  const { text, has, operands } = readOptions(
    ["a.csv", "--map", "m.json", "--dry-run", "b.csv"],
    ["map"],
    ["dry-run"],
  );
  expect({ text, dry: has("dry-run"), operands }).toEqual({
    text: { map: "m.json" },
    dry: true,
    operands: ["a.csv", "b.csv"],
  });
});

test("help lists every command; a command that is not there is typed wrongly, and nothing goes to standard output", () => {
  const admin = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "server/cli/index.ts", ...args], { encoding: "utf8" });
  const help = admin("help");
  expect(help.status).toBe(0);
  for (const name of ["audit verify", "organisation add", "user add", "import postcodes", "statistics run"]) {
    expect(help.stdout).toContain(`  ${name} `);
  }
  expect(admin("audit", "vrify", "--json")).toMatchObject({ status: 2, stdout: "" });
});
