/**
 * A release is frozen for ever: whatever happens to people, contacts and links afterwards, and when the database is
 * put back from a dump, its files are the same bytes. What changed is told by a later release.
 */

import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Sql } from "../../db/client";
import { RELEASE_ANCHOR } from "../audit-anchors";
import { type ChainReport, sealEntries, verifyChain } from "../audit-chain";
import { voidContact } from "../contacts";
import { inTransaction } from "../context";
import { NO_CHANGE, packChanges } from "../domain/coverage";
import { type FigureRow, figureRow, type RevisionRow, revisionRow } from "../domain/open-data/tables";
import { periodNumber } from "../domain/period";
import { uuidv7 } from "../ids";
import { listReleaseFiles, listReleases, readReleaseFile } from "../open-data/release-files";
import { type TestDatabase, testDatabase } from "../testing";
import { arrangeReleaseWorld, DISTRICT, type ReleaseWorld } from "../testing-releases";
import { freezeReleases } from "./freeze";

const db = await testDatabase();
/** Where the dump of the first is put back. */
const other = await testDatabase();
let world: ReleaseWorld;
/** Contacts of the people who were there first. */
let first: string[];

beforeAll(async () => {
  world = await arrangeReleaseWorld(db);
  first = await world.logPeople(60, "2026-06-10");
  await world.logPeople(40, "2026-06-11", "SR2 1AA", "MON-01");
  await world.logPeople(30, "2026-06-12", "SR1 2AA", "BAS-01");
  await world.setToday("2026-07-28");
  await sealEntries(db.stats);
  await world.tick();
});

async function bytesOf(reader: Sql, release: number, name: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readReleaseFile(reader, { release, name })) parts.push(part);
  return Buffer.concat(parts);
}

/** Every file of every release, by name, as its bytes are now. */
async function everyByte(reader: Sql): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { release } of await listReleases(reader)) {
    for (const { name } of await listReleaseFiles(reader, release)) {
      const bytes = await bytesOf(reader, release, name);
      found.set(`${release}/${name}`, createHash("sha256").update(bytes).digest("hex"));
    }
  }
  return found;
}

/** The anchor of the audit is of the moment when the files are made; all else follows from the release. */
const withoutAnchors = (files: ReadonlyMap<string, string>) =>
  new Map([...files].filter(([name]) => !name.endsWith(`/${RELEASE_ANCHOR}`)));

async function rowsOf(release: number): Promise<FigureRow[]> {
  const { rows } = JSON.parse((await bytesOf(db.reader, release, "figures.json")).toString());
  return figureRow.array().parse(rows);
}

async function revisionsOf(release: number): Promise<RevisionRow[]> {
  const { rows } = JSON.parse((await bytesOf(db.reader, release, "revisions.json")).toString());
  return revisionRow.array().parse(rows);
}

async function clientsOf(contacts: readonly string[]): Promise<string[]> {
  const rows = await db.administrator<{ clientId: string }[]>`
    select client_id from casework.contact where id = any(${[...contacts]}::uuid[])`;
  return rows.map(({ clientId }) => clientId);
}

/** Says that clients are one person, or each a person of their own. */
async function movePeople(clients: readonly string[], people: readonly string[]): Promise<void> {
  const organisations = clients.map(() => world.team.organisationId);
  const nobody = clients.map(() => null);
  await db.stats`
    select identity.move_clients(${organisations}::int[], ${[...clients]}::uuid[], ${[...people]}::uuid[], ${nobody}::uuid[])`;
}

const cellOf = (row: Pick<FigureRow, "period" | "level" | "area" | "need" | "slice">) =>
  [row.period, row.level, row.area, row.need, row.slice].join("|");

describe("a release", () => {
  test("is frozen as it is made, and its hashes are in the audit chain", async () => {
    const [release] = await listReleases(db.reader);
    expect(release).toMatchObject({ release: 1, frozen_later: false, settled: "m:2026-06 q:2026-Q1" });
    const files = await listReleaseFiles(db.reader, 1);
    const [entry] = await db.administrator<{ detail: Record<string, string>; subjects: unknown }[]>`
      select detail, subjects from governance.audit_entry where action = 'release.freeze'`;
    expect(entry?.subjects).toEqual([{ kind: "release", id: "1" }]);
    expect(entry?.detail).toEqual(Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])));
    await sealEntries(db.stats);
    expect(await verifyChain(db.stats, { places: [] })).toMatchObject({ ok: true, waiting: 0 });
    await expect(
      db.administrator`update governance.audit_entry set detail = '{}' where action = 'release.freeze'`,
    ).rejects.toThrow("only be added to");
  });

  test("carries the head of the audit, by which a chain that was cut short behind it is found", async () => {
    const anchored = JSON.parse((await bytesOf(db.reader, 1, RELEASE_ANCHOR)).toString());
    const number = Number(anchored.anchor.number);
    const [seal] = await db.stats<{ hash: Buffer }[]>`
      select hash from governance.audit_seal where number = ${number}`;
    expect(anchored).toMatchObject({ release: 1, anchor: { hash: seal?.hash.toString("hex") } });
    let report: ChainReport | undefined;
    await db.administrator
      .begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`
          delete from governance.audit_entry
          where id in (select entry_id from governance.audit_seal where number >= ${number})`;
        await tx`delete from governance.audit_seal where number >= ${number}`;
        report = await verifyChain(tx, { places: [] });
        throw new Error("rolled back");
      })
      .catch(() => {});
    expect(report?.firstBad).toMatchObject({ number, fault: "truncated", where: "open-data release 1" });
  });

  test("cannot be changed by the login that makes it", async () => {
    for (const change of [
      "update published.frozen_bytes set size = 0",
      "delete from published.frozen_bytes",
      "update published.release_file set sha256 = ''",
      "delete from published.release_part",
    ]) {
      await expect(db.stats.unsafe(change)).rejects.toThrow("permission denied");
    }
  });

  test("is made once, however often the engine comes round", async () => {
    const before = await everyByte(db.reader);
    await world.tick();
    await Promise.all([freezeReleases(db.stats), freezeReleases(db.stats)]);
    expect(await everyByte(db.reader)).toEqual(before);
    const entries =
      await db.administrator`select from governance.audit_entry where action = 'release.freeze'`;
    expect(entries).toHaveLength(1);
  });

  test("keeps every byte through linking, unlinking, erasure, voids and late entries", async () => {
    const before = await everyByte(db.reader);
    const clients = await clientsOf(first.slice(0, 40));
    const one = uuidv7();
    await movePeople(
      clients,
      clients.map(() => one),
    );
    await world.tick(true);
    await movePeople(
      clients,
      clients.map(() => uuidv7()),
    );
    await world.tick(true);
    for (const id of first.slice(40, 45)) await voidContact(world.team.ctx, { id, reason: "Logged twice" });
    const gone = await clientsOf(first.slice(45, 50));
    await inTransaction(
      world.team.ctx,
      ({ db: tx }) => tx`select casework.erase_clients(${world.team.organisationId}, ${gone}::uuid[])`,
    );
    await world.tick(true);
    await world.setToday("2026-08-05");
    await world.logPeople(50, "2026-06-20");
    await world.tick(true);
    const releases = await listReleases(db.reader);
    expect(releases.length).toBeGreaterThanOrEqual(4);
    const after = await everyByte(db.reader);
    for (const [name, hash] of before) expect(after.get(name), name).toBe(hash);
  });

  test("lists the figures that moved since the one before, each with from and to, and no other", async () => {
    const numbers = (await listReleases(db.reader)).map(({ release }) => release).sort((a, b) => a - b);
    let moved = 0;
    for (const number of numbers.slice(1)) {
      const before = new Map((await rowsOf(number - 1)).map((row) => [cellOf(row), row]));
      const expected = (await rowsOf(number)).flatMap((row) => {
        const old = before.get(cellOf(row));
        return old && old.people !== row.people ? [[cellOf(row), old.people, row.people]] : [];
      });
      const said = (await revisionsOf(number)).map((row) => [cellOf(row), row.from_people, row.to_people]);
      expect(said).toEqual(expected);
      moved += said.length;
    }
    expect(moved).toBeGreaterThan(0);
  });

  test("that changes nothing is made of the very stretches of the one before", async () => {
    const [last] = await listReleases(db.reader);
    const number = (last?.release ?? 0) + 1;
    const stretchesOf = async (release: number) =>
      (
        await db.reader<{ sha256: string }[]>`
          select sha256 from published.release_part
          where release_no = ${release} and name = 'figures.csv' order by position`
      ).map(({ sha256 }) => sha256);
    await db.administrator`
      insert into published.release (number, made_on, summary)
      values (${number}, '2026-08-06', '{"settled": [], "revised": []}')`;
    expect(await freezeReleases(db.stats, { justMade: number })).toEqual([number]);
    expect(await stretchesOf(number)).toEqual(await stretchesOf(number - 1));
    expect(await revisionsOf(number)).toEqual([]);
  });

  test("made before there were files gets the same ones later, and says so", async () => {
    const before = await everyByte(db.reader);
    for (const table of ["release_part", "release_file", "frozen_bytes"]) {
      await db.administrator.unsafe(`delete from published.${table}`);
    }
    expect(await listReleases(db.reader)).toEqual([]);
    await world.tick();
    expect(withoutAnchors(await everyByte(db.reader))).toEqual(withoutAnchors(before));
    expect((await listReleases(db.reader)).every((release) => release.frozen_later)).toBe(true);
  });

  test("is finished by the next run when the one that makes it is killed", async () => {
    const before = await everyByte(db.reader);
    for (const table of ["release_part", "release_file"]) {
      await db.administrator.unsafe(`delete from published.${table} where release_no = 2`);
    }
    expect(await freezeReleases(db.stats)).toEqual([2]);
    expect(withoutAnchors(await everyByte(db.reader))).toEqual(withoutAnchors(before));
  });

  test("is the same bytes in a database put back from a dump", async () => {
    const before = await everyByte(db.reader);
    await putBack(db, other);
    expect(await everyByte(other.reader)).toEqual(before);
    expect(await freezeReleases(other.stats)).toEqual([]);
  });

  test("lists where an organisation began or stopped recording, and what each period is compared with", async () => {
    const may = periodNumber({ type: "month", financialYear: 2026, index: 1 });
    const june = periodNumber({ type: "month", financialYear: 2026, index: 2 });
    const number = (await listReleases(db.reader))[0]?.release ?? 0;
    await db.administrator`
      insert into published.coverage (period, area, organisations_band) values (${may}, ${DISTRICT}, 1)`;
    await db.administrator`
      update published.coverage set changed = ${packChanges({ began: true, stopped: false }, NO_CHANGE)}
      where period = ${june} and area = ${DISTRICT}`;
    await db.administrator`
      insert into published.release (number, made_on, summary)
      values (${number + 1}, '2026-08-06', '{"settled": [], "revised": []}')`;
    await freezeReleases(db.stats, { justMade: number + 1 });
    const linesOf = async (release: number, name: string) =>
      (await bytesOf(db.reader, release, name)).toString().split("\r\n").slice(1, -1);
    expect(await linesOf(number + 1, "coverage.csv")).toEqual([
      "m:2026-06,district,SR1,SR1,m:2026-05,changed,2026",
    ]);
    expect(await linesOf(number, "coverage.csv")).toEqual([]);
    const { rows } = JSON.parse((await bytesOf(db.reader, number + 1, "periods.json")).toString());
    expect(rows).toMatchObject([
      { period: "m:2026-06", coverage_compared_with: "m:2026-05" },
      { period: "q:2026-Q1", coverage_compared_with: null },
    ]);
  });
});

/** A dump and its restore, table by table: what is in the other database afterwards was read from the dump alone. */
async function putBack(from: TestDatabase, to: TestDatabase): Promise<void> {
  const tables = await from.administrator<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('reference', 'published') order by 1`;
  await to.administrator.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (const { name } of tables) {
      const [dump] = await from.administrator.unsafe(`select json_agg(t)::text as rows from ${name} as t`);
      await tx.unsafe(`delete from ${name}`);
      await tx.unsafe(
        `insert into ${name} overriding system value
         select r.* from json_populate_recordset(null::${name}, coalesce($1::text::json, '[]')) as r`,
        [dump?.["rows"] ?? null],
      );
    }
  });
}
