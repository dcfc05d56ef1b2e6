import { mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { record } from "./audit";
import { anchorHead, anchorPlaces, keepHead } from "./audit-anchors";
import { sealEntries, verifyChain } from "./audit-chain";
import { acceptRestore, checkRound, findAuditState } from "./audit-checks";
import { fillChain, TAMPERINGS, tamperOnce } from "./audit-tampering-proof";
import { inTransaction } from "./context";
import { Chance } from "./demo/random";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";

const db = await testDatabase();
const organisation = await arrangeOrganisation(db, "Chain Advice");
const ctx = contextFor(db, await arrangeMember(db, organisation, ["caseworker"]));
const dataDir = mkdtempSync(join(tmpdir(), "audit-"));
const headFile = join(dataDir, "audit-head.json");
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

const EMPTY = ["audit_anchor", "audit_seal", "audit_subject", "audit_unsealed", "audit_check", "audit_entry"]
  .map((table) => `delete from governance.${table}`)
  .join("; ");

/** Twelve sealed entries, the eighth anchored, in a fresh chain. */
beforeEach(async () => {
  await tamper(EMPTY);
  for (const file of [anchorFile, headFile]) await rm(file, { force: true });
  for (let n = 1; n <= 8; n++) await act(n);
  await sealEntries(db.stats);
  await anchorHead(db.stats, [dataDir]);
  for (let n = 9; n <= 12; n++) await act(n);
  await sealEntries(db.stats);
});

const entryAt = (number: number) => `(select entry_id from governance.audit_seal where number = ${number})`;

describe("an untouched chain", () => {
  test("is whole, in the order in which things were done", async () => {
    expect(await verifyChain(db.stats, { places: [dataDir] })).toMatchObject({
      ok: true,
      sealed: 12,
      waiting: 0,
      anchors: 3,
      lastAnchor: { number: 8 },
      firstBad: null,
    });
    const rows = await db.stats`
      select (e.detail ->> 'n')::int as n from governance.audit_seal as s
      join governance.audit_entry as e on e.id = s.entry_id order by s.number`;
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test("says how many entries wait for their seal", async () => {
    await act(13);
    expect(await verifyChain(db.stats, { places: [dataDir] })).toMatchObject({
      ok: true,
      sealed: 12,
      waiting: 1,
    });
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
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({ number, fault });
  });

  test("is found out when an entry and its seal are deleted", async () => {
    await tamper(
      `delete from governance.audit_entry where id = ${entryAt(7)}; delete from governance.audit_seal where number = 7`,
    );
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      number: 7,
      fault: "deleted",
    });
  });

  test("is found out when two entries change places", async () => {
    await tamper(`
      create temporary table places on commit drop as
        select number, entry_id from governance.audit_seal where number in (3, 4);
      update governance.audit_seal set entry_id = -entry_id where number in (3, 4);
      update governance.audit_seal as s set entry_id = p.entry_id from places as p where s.number + p.number = 7`);
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      number: 3,
      fault: "changed",
    });
  });

  test("is found out when a seal is written over", async () => {
    await tamper("update governance.audit_seal set hash = sha256('x') where number = 12");
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      number: 12,
      fault: "changed",
    });
  });

  test("is found out by the anchor when the end of the chain is cut off", async () => {
    await tamper(`
      delete from governance.audit_entry where id in (select entry_id from governance.audit_seal where number > 5);
      delete from governance.audit_seal where number > 5`);
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      number: 6,
      fault: "truncated",
    });
  });

  test("is found out by the file when the anchors of the database are cut off too", async () => {
    await tamper(`
      delete from governance.audit_anchor;
      delete from governance.audit_entry where id in (select entry_id from governance.audit_seal where number > 5);
      delete from governance.audit_seal where number > 5`);
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      number: 6,
      fault: "truncated",
    });
    expect((await verifyChain(db.stats, { places: [] })).ok).toBe(true);
  });

  test("is found out by the anchor when an entry is changed and the whole chain sealed again", async () => {
    await tamper(`
      update governance.audit_entry set action = 'client.add' where id = ${entryAt(2)};
      delete from governance.audit_seal;
      insert into governance.audit_unsealed select id from governance.audit_entry`);
    await sealEntries(db.stats);
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      number: 1,
      fault: "made-anew",
    });
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
    const fitting = `${JSON.stringify({ ...line, hash: made?.hash.toString("hex") })}\n`;
    for (const file of [anchorFile, headFile]) await writeFile(file, fitting);
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      number: 8,
      fault: "anchor-forged",
    });
  });
});

describe("of changes at random by somebody with every right over the database and without the key", () => {
  const ways = Object.keys(TAMPERINGS);
  const place = mkdtempSync(join(tmpdir(), "audit-elsewhere-"));
  afterAll(() => rm(place, { recursive: true }));

  test("each is found, and the first bad entry named", async () => {
    await tamper(EMPTY);
    await fillChain(db, organisation, place);
    expect(await verifyChain(db.stats, { places: [place] })).toMatchObject({ ok: true });
    const chance = new Chance("audit-tampering");
    for (let round = 0; round < 45; round += 1) {
      const way = ways[round % ways.length] ?? "";
      const { found, named, report, expected } = await tamperOnce(db.administrator, place, way, chance);
      expect({ way, found, named, bad: report.firstBad, expected }).toMatchObject({
        found: true,
        named: true,
      });
    }
    expect(await verifyChain(db.stats, { places: [place] })).toMatchObject({ ok: true });
  });
});

describe("the newest head", () => {
  test("shows within seconds that the end of the chain was cut off, and is not written over by a shorter chain", async () => {
    await keepHead(db.stats, [dataDir]);
    await tamper(`
      delete from governance.audit_entry where id in (select entry_id from governance.audit_seal where number > 11);
      delete from governance.audit_seal where number > 11`);
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      ...{ number: 12, fault: "truncated", where: headFile },
    });
    // Work goes on: neither a shorter chain nor another of the same length takes the head's place.
    for (const n of [13, 14]) {
      await act(n);
      await sealEntries(db.stats);
      await keepHead(db.stats, [dataDir]);
    }
    expect((await verifyChain(db.stats, { places: [dataDir] })).firstBad).toMatchObject({
      ...{ number: 9, fault: "made-anew", where: headFile },
    });
  });
});

describe("a second place elsewhere", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "audit-elsewhere-"));
  const places = anchorPlaces(dataDir, elsewhere);
  afterAll(() => rm(elsewhere, { recursive: true }));

  test("finds an old backup of the database and of DATA_DIR restored together", async () => {
    await keepHead(db.stats, places);
    await rm(anchorFile);
    await rm(headFile);
    await tamper(`
      delete from governance.audit_anchor;
      delete from governance.audit_entry where id in (select entry_id from governance.audit_seal where number > 6);
      delete from governance.audit_seal where number > 6`);
    expect(await verifyChain(db.stats, { places: [dataDir] })).toMatchObject({ ok: true });
    expect((await verifyChain(db.stats, { places })).firstBad).toMatchObject({
      ...{ number: 7, fault: "truncated", where: join(elsewhere, "audit-head.json") },
    });
  });

  test("is named when it was emptied", async () => {
    for (const name of ["audit-head.json", "audit-anchors.jsonl"]) {
      await rm(join(elsewhere, name), { force: true });
    }
    expect(await verifyChain(db.stats, { places })).toMatchObject({ ok: true, emptyPlaces: [elsewhere] });
  });
});

describe("the check that comes round", () => {
  const checks = () => db.administrator`
    select is_whole, ok, sealed, head_number::int as head, fault, bad_number::int as bad
    from governance.audit_check order by id`;

  test("looks at the whole chain once a day, then at what is new, and at all of it again after a fault", async () => {
    await checkRound(db.stats, [dataDir]);
    await act(13);
    await sealEntries(db.stats);
    await checkRound(db.stats, [dataDir]);
    await tamper(`update governance.audit_entry set action = 'x' where id = ${entryAt(3)}`);
    await act(14);
    await sealEntries(db.stats);
    // What is new is right; that an old entry was changed is found by the next whole check.
    await checkRound(db.stats, [dataDir]);
    await tamper("update governance.audit_check set at = at - interval '1 day'");
    await checkRound(db.stats, [dataDir]);
    await checkRound(db.stats, [dataDir]);
    expect(await checks()).toEqual([
      { isWhole: true, ok: true, sealed: 12, head: 12, fault: null, bad: null },
      { isWhole: false, ok: true, sealed: 1, head: 13, fault: null, bad: null },
      { isWhole: false, ok: true, sealed: 1, head: 14, fault: null, bad: null },
      { isWhole: true, ok: false, sealed: 2, head: 2, fault: "changed", bad: 3 },
      { isWhole: true, ok: false, sealed: 2, head: 2, fault: "changed", bad: 3 },
    ]);
  });

  test("tells an officer what it found, and how to go on after a restore is for the operator alone", async () => {
    await keepHead(db.stats, [dataDir]);
    await checkRound(db.stats, [dataDir]);
    const officer = contextFor(db, await arrangeMember(db, organisation, ["officer"]));
    expect(await findAuditState(officer)).toMatchObject({
      ...{ ok: true, entries: 12, fault: null, isLate: false, anchor: { number: 12, where: headFile } },
    });
    await tamper(`
      delete from governance.audit_anchor;
      delete from governance.audit_entry where id in (select entry_id from governance.audit_seal where number > 6);
      delete from governance.audit_seal where number > 6`);
    await checkRound(db.stats, [dataDir]);
    expect(await findAuditState(officer)).toMatchObject({ ok: false, fault: "truncated", badNumber: 7 });

    const aside = await acceptRestore(db.stats, [dataDir]);
    expect(aside).toHaveLength(2);
    await sealEntries(db.stats);
    await anchorHead(db.stats, [dataDir]);
    await checkRound(db.stats, [dataDir]);
    expect(await findAuditState(officer)).toMatchObject({ ok: true, entries: 7 });
    for (const file of aside) await rm(file);
  });
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
    expect(await verifyChain(db.stats, { places: [dataDir] })).toMatchObject({
      ok: true,
      sealed: 14,
      waiting: 0,
    });
  });

  test("is one, however many try, while many write", async () => {
    await Promise.all([
      ...Array.from({ length: 200 }, (_, n) => act(100 + n)),
      ...Array.from({ length: 20 }, () => sealEntries(db.stats)),
    ]);
    await sealEntries(db.stats);
    expect(await verifyChain(db.stats, { places: [dataDir] })).toMatchObject({
      ok: true,
      sealed: 212,
      waiting: 0,
    });
  });

  test("anchors a moved head once an hour", async () => {
    expect(await anchorHead(db.stats, [dataDir])).toBeNull();
    await tamper("update governance.audit_anchor set anchored_at = anchored_at - interval '61 minutes'");
    expect(await anchorHead(db.stats, [dataDir])).toBe(12n);
    expect(await anchorHead(db.stats, [dataDir])).toBeNull();
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
