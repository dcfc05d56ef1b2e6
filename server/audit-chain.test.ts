import { mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { record } from "./audit";
import { anchorHead, sealEntries, verifyChain } from "./audit-chain";
import { inTransaction } from "./context";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";

const db = await testDatabase();
const organisation = await arrangeOrganisation(db, "Chain Advice");
const ctx = contextFor(db, await arrangeMember(db, organisation, ["caseworker"]));
const dataDir = mkdtempSync(join(tmpdir(), "audit-"));
const anchorFile = join(dataDir, "audit-anchors.jsonl");

afterAll(() => rm(dataDir, { recursive: true }));

const act = (n: number) =>
  inTransaction(ctx, (tx) =>
    record(tx, "client.read", { subjects: [{ kind: "client", id: `client-${n}` }], detail: { n } }),
  );

/** What somebody with every right over the database can do: no trigger, no foreign key, no row security. */
const tamper = (statement: string) =>
  db.administrator.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement);
  });

/** Twelve sealed entries, the eighth anchored, in a fresh chain. */
beforeEach(async () => {
  await tamper(
    "delete from governance.audit_anchor; delete from governance.audit_seal; delete from governance.audit_entry; delete from governance.audit_unsealed",
  );
  await rm(anchorFile, { force: true });
  for (let n = 1; n <= 8; n++) await act(n);
  await sealEntries(db.stats);
  await anchorHead(db.stats, dataDir);
  for (let n = 9; n <= 12; n++) await act(n);
  await sealEntries(db.stats);
});

const entryAt = (number: number) => `(select entry_id from governance.audit_seal where number = ${number})`;

describe("an untouched chain", () => {
  test("is whole, in the order in which things were done", async () => {
    expect(await verifyChain(db.stats, dataDir)).toEqual({
      ok: true,
      sealed: 12,
      waiting: 0,
      anchors: 2,
      firstBad: null,
    });
    const rows = await db.stats`
      select (e.detail ->> 'n')::int as n from governance.audit_seal as s
      join governance.audit_entry as e on e.id = s.entry_id order by s.number`;
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test("says how many entries wait for their seal", async () => {
    await act(13);
    expect(await verifyChain(db.stats, dataDir)).toMatchObject({ ok: true, sealed: 12, waiting: 1 });
  });
});

describe("somebody with every right over the database", () => {
  test.each([
    [
      "an account is put in place of another",
      "update governance.audit_entry set account_id = gen_random_uuid()",
      5,
      "changed",
    ],
    ["a subject is taken out", "update governance.audit_entry set subjects = '[]'", 5, "changed"],
    [
      "an entry is moved by a microsecond",
      "update governance.audit_entry set at = at + interval '1 microsecond'",
      5,
      "changed",
    ],
    [
      "an entry is given to another organisation",
      "update governance.audit_entry set organisation_id = null",
      5,
      "changed",
    ],
    ["an entry is deleted", "delete from governance.audit_entry", 5, "deleted"],
  ])("is found out when %s", async (_what, statement, number, fault) => {
    await tamper(`${statement} where id = ${entryAt(number)}`);
    expect((await verifyChain(db.stats, dataDir)).firstBad).toMatchObject({ number, fault });
  });

  test("is found out when an entry and its seal are deleted", async () => {
    await tamper(
      `delete from governance.audit_entry where id = ${entryAt(7)}; delete from governance.audit_seal where number = 7`,
    );
    expect((await verifyChain(db.stats, dataDir)).firstBad).toMatchObject({ number: 7, fault: "deleted" });
  });

  test("is found out when two entries change places", async () => {
    await tamper(`
      create temporary table places on commit drop as
        select number, entry_id from governance.audit_seal where number in (3, 4);
      update governance.audit_seal set entry_id = -entry_id where number in (3, 4);
      update governance.audit_seal as s set entry_id = p.entry_id from places as p where s.number + p.number = 7`);
    expect((await verifyChain(db.stats, dataDir)).firstBad).toMatchObject({ number: 3, fault: "changed" });
  });

  test("is found out when a seal is written over", async () => {
    await tamper("update governance.audit_seal set hash = sha256('x') where number = 12");
    expect((await verifyChain(db.stats, dataDir)).firstBad).toMatchObject({ number: 12, fault: "changed" });
  });

  test("is found out by the anchor when the end of the chain is cut off", async () => {
    await tamper(`
      delete from governance.audit_entry where id in (select entry_id from governance.audit_seal where number > 5);
      delete from governance.audit_seal where number > 5`);
    expect((await verifyChain(db.stats, dataDir)).firstBad).toMatchObject({ number: 6, fault: "truncated" });
  });

  test("is found out by the file when the anchors of the database are cut off too", async () => {
    await tamper(`
      delete from governance.audit_anchor;
      delete from governance.audit_entry where id in (select entry_id from governance.audit_seal where number > 5);
      delete from governance.audit_seal where number > 5`);
    expect((await verifyChain(db.stats, dataDir)).firstBad).toMatchObject({ number: 6, fault: "truncated" });
    expect((await verifyChain(db.stats, null)).ok).toBe(true);
  });

  test("is found out by the anchor when an entry is changed and the whole chain sealed again", async () => {
    await tamper(`
      update governance.audit_entry set action = 'client.add' where id = ${entryAt(2)};
      delete from governance.audit_seal;
      insert into governance.audit_unsealed select id from governance.audit_entry`);
    await sealEntries(db.stats);
    expect((await verifyChain(db.stats, dataDir)).firstBad).toMatchObject({ number: 1, fault: "made-anew" });
  });

  test("is found out when the anchor file is made to fit", async () => {
    await tamper("delete from governance.audit_anchor");
    const line = JSON.parse(await readFile(anchorFile, "utf8"));
    await tamper(`
      delete from governance.audit_seal;
      insert into governance.audit_unsealed select id from governance.audit_entry`);
    await tamper("update governance.audit_entry set action = 'client.add' where detail @> '{\"n\": 2}'");
    await sealEntries(db.stats);
    const [made] = await db.stats<
      { hash: Buffer }[]
    >`select hash from governance.audit_seal where number = 8`;
    await writeFile(anchorFile, `${JSON.stringify({ ...line, hash: made?.hash.toString("hex") })}\n`);
    expect((await verifyChain(db.stats, dataDir)).firstBad).toMatchObject({
      number: 8,
      fault: "anchor-forged",
    });
  });
});

test("of a hundred random changes each is found, at the right entry", { timeout: 60_000 }, async () => {
  const columns = [
    "at",
    "action",
    "request_id",
    "subjects",
    "detail",
    "member_id",
    "transaction",
    "session_id",
  ];
  const changed: Record<string, string> = {
    at: "at - interval '1 second'",
    action: "action || ' '",
    request_id: "reverse(request_id)",
    subjects: `subjects || '[{"kind": "client", "id": "x"}]'`,
    detail: `detail || '{"n": -1}'`,
    member_id: "gen_random_uuid()",
    transaction: "(transaction::text::bigint + 1)::text::xid8",
    session_id: "gen_random_uuid()",
  };
  await tamper("delete from governance.audit_anchor");
  await tamper("create table entry_before as select * from governance.audit_entry");
  for (let round = 0; round < 100; round++) {
    const number = 1 + ((round * 7) % 12);
    const column = columns[round % columns.length] ?? "at";
    await tamper(
      `update governance.audit_entry set ${column} = ${changed[column]} where id = ${entryAt(number)}`,
    );
    expect((await verifyChain(db.stats, null)).firstBad).toMatchObject({ number, fault: "changed" });
    await tamper(`
      update governance.audit_entry as e set ${column} = b.${column} from entry_before as b where b.id = e.id`);
  }
  expect((await verifyChain(db.stats, null)).ok).toBe(true);
});

/** A promise that somebody else keeps. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe("the sealer", () => {
  test("does not wait for a slow transaction, and seals it when it ends", async () => {
    const held = gate();
    const written = gate();
    const slow = inTransaction(ctx, async (tx) => {
      await record(tx, "client.read", { subjects: [], detail: { n: 14 } });
      written.open();
      await held.opened;
    });
    await written.opened;
    await act(13);
    expect(await sealEntries(db.stats)).toBe(1);
    expect(await sealEntries(db.stats)).toBe(0);
    held.open();
    await slow;
    expect(await sealEntries(db.stats)).toBe(1);
    expect(await verifyChain(db.stats, dataDir)).toMatchObject({ ok: true, sealed: 14, waiting: 0 });
  });

  test("is one, however many try, while many write", async () => {
    await Promise.all([
      ...Array.from({ length: 200 }, (_, n) => act(100 + n)),
      ...Array.from({ length: 20 }, () => sealEntries(db.stats)),
    ]);
    await sealEntries(db.stats);
    expect(await verifyChain(db.stats, dataDir)).toMatchObject({ ok: true, sealed: 212, waiting: 0 });
  });

  test("anchors a moved head once an hour", async () => {
    expect(await anchorHead(db.stats, dataDir)).toBeNull();
    await tamper("update governance.audit_anchor set anchored_at = anchored_at - interval '61 minutes'");
    expect(await anchorHead(db.stats, dataDir)).toBe(12n);
    expect(await anchorHead(db.stats, dataDir)).toBeNull();
  });
});

describe("no login can change what was recorded", () => {
  test.each(["owner", "app", "stats", "reader"] as const)("%s", async (login) => {
    for (const table of ["audit_entry", "audit_seal", "audit_anchor"]) {
      for (const change of [
        `update governance.${table} set ${table === "audit_entry" ? "action = ''" : "hash = ''"}`,
        `delete from governance.${table}`,
        `truncate governance.${table} cascade`,
      ]) {
        await expect(db[login].unsafe(change), change).rejects.toMatchObject({ code: "42501" });
      }
    }
  });
});

test("what cannot be recorded does not happen", async () => {
  const refused = inTransaction(ctx, async (tx) => {
    await tx.db`update casework.organisation set name = 'Changed' where id = ${organisation}`;
    await tx.db`select set_config('app.organisation_id', '', true)`;
    await record(tx, "organisation.rename", { subjects: [] });
  });
  await expect(refused).rejects.toMatchObject({ code: "42501" });
  const [row] = await db.administrator`select name from casework.organisation where id = ${organisation}`;
  expect(row).toEqual({ name: "Chain Advice" });
});
