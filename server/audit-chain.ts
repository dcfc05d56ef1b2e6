/**
 * The hash chain over the audit: seal n is SHA-256 of seal n-1 followed by entry n as canonical JSON. One sealer
 * at a time numbers entries as their transactions end, within seconds. Copies of the head
 * (anchors) go to a table and to a file outside the database, so that a chain cut short or made anew is noticed.
 */

import { createHash, createHmac } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Db, Sql } from "../db/client";
import { LOCKS } from "../db/locks";
import { canonicalJson } from "./domain/canonical-json";
import { key } from "./keys";

/** What the first seal follows. */
const NOTHING: Buffer = Buffer.alloc(32);
const BATCH = 5000;
const ANCHOR_EVERY = "1 hour";
const ANCHOR_FILE = "audit-anchors.jsonl";

/** An entry as it is sealed: everything of its row, in types that read the same everywhere. */
interface Entry {
  id: string;
  transaction: string;
  /** UTC with microseconds. */
  at: string;
  organisationId: number | null;
  accountId: string | null;
  memberId: string | null;
  sessionId: string | null;
  requestId: string;
  action: string;
  subjects: unknown;
  detail: unknown;
}

const COLUMNS = `e.id::text as id, e.transaction::text as transaction,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  e.organisation_id, e.account_id, e.member_id, e.session_id, e.request_id, e.action, e.subjects, e.detail`;

/** The seal that follows another. */
function sealAfter(before: Buffer, entry: Entry): Buffer {
  return createHash("sha256").update(before).update(canonicalJson(entry)).digest();
}

/** Seals every entry whose transaction has ended. Gives back how many; 0 when another sealer is at work. */
export async function sealEntries(stats: Sql): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await stats.begin(sealBatch);
    sealed += batch;
    if (batch < BATCH) return sealed;
  }
}

async function sealBatch(tx: Db): Promise<number> {
  const [lock] = await tx<{ held: boolean }[]>`select pg_try_advisory_xact_lock(${LOCKS.sealing}) as held`;
  if (!lock?.held) return 0;
  const [head] = await tx<{ number: bigint; hash: Buffer }[]>`
    select number, hash from governance.audit_seal order by number desc limit 1`;
  const entries = await tx<Entry[]>`
    with taken as (
      delete from governance.audit_unsealed
      where entry_id in (select entry_id from governance.audit_unsealed order by entry_id limit ${BATCH})
      returning entry_id
    )
    select ${tx.unsafe(COLUMNS)}
    from taken join governance.audit_entry as e on e.id = taken.entry_id
    order by e.transaction, e.id`;
  let number = head?.number ?? 0n;
  let hash = head?.hash ?? NOTHING;
  const seals = entries.map((entry) => {
    hash = sealAfter(hash, entry);
    number += 1n;
    return { number, entryId: BigInt(entry.id), hash };
  });
  if (seals.length > 0) await tx`insert into governance.audit_seal ${tx(seals)}`;
  return seals.length;
}

const anchorLine = z.object({ number: z.string(), hash: z.hex(), at: z.string(), proof: z.hex() });

/** Shows that an anchor was written by who holds the key. */
const proofOf = (number: string, hash: string) =>
  createHmac("sha256", key("audit-seal")).update(`${number}|${hash}`).digest("hex");

/** Anchors the head when it has moved and the last anchor is an hour old. Gives back the number it anchored. */
export async function anchorHead(stats: Sql, dataDir: string): Promise<bigint | null> {
  const [anchor] = await stats<{ sealNumber: bigint; hash: Buffer; anchoredAt: Date }[]>`
    insert into governance.audit_anchor (seal_number, hash)
    select number, hash from governance.audit_seal
    where not exists (
      select from governance.audit_anchor where anchored_at > now() - ${ANCHOR_EVERY}::interval)
    order by number desc limit 1
    on conflict do nothing
    returning seal_number, hash, anchored_at`;
  if (!anchor) return null;
  const number = String(anchor.sealNumber);
  const hash = anchor.hash.toString("hex");
  const line = { number, hash, at: anchor.anchoredAt.toISOString(), proof: proofOf(number, hash) };
  await appendFile(join(dataDir, ANCHOR_FILE), `${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
  return anchor.sealNumber;
}

interface Anchor {
  number: bigint;
  hash: Buffer;
}

/** What is wrong with the first bad entry. */
export type ChainFault =
  | "changed" // the entry is not the one that was sealed, or the order was
  | "deleted" // the entry, or its seal, is gone
  | "truncated" // an anchor knows of it, the chain ends before
  | "made-anew" // the chain fits together, and an anchor knows another one
  | "anchor-forged"; // a line of the anchor file was not written by this installation

export interface ChainReport {
  ok: boolean;
  /** Sealed entries that were checked. */
  sealed: number;
  /** Entries not sealed yet: a few seconds' worth while the worker runs. */
  waiting: number;
  anchors: number;
  firstBad: { number: number; entryId: string | null; fault: ChainFault } | null;
}

/** Checks the whole chain and every anchor, from the table and from the file in `dataDir` when there is one. */
export async function verifyChain(stats: Sql, dataDir: string | null): Promise<ChainReport> {
  const anchors = await readAnchors(stats, dataDir);
  const report = { sealed: 0, waiting: 0, anchors: anchors.list.length };
  const bad = (number: bigint, entryId: string | null, fault: ChainFault): ChainReport => ({
    ...report,
    ok: false,
    firstBad: { number: Number(number), entryId, fault },
  });
  let known = NOTHING;
  let last = 0n;
  // The last number that an anchor has vouched for.
  let vouched = 0n;
  const open = [...anchors.list];
  for await (const rows of sealedEntries(stats)) {
    for (const { number, entryId, hash, ...entry } of rows) {
      if (number !== last + 1n) return bad(last + 1n, null, "deleted");
      if (entry.id === null) return bad(number, entryId, "deleted");
      known = sealAfter(known, { ...entry, id: entry.id });
      if (!known.equals(hash)) return bad(number, entryId, "changed");
      while (open[0]?.number === number) {
        if (!open[0].hash.equals(hash)) return bad(vouched + 1n, null, "made-anew");
        vouched = number;
        open.shift();
      }
      last = number;
      report.sealed += 1;
    }
  }
  if (open.length > 0) return bad(last + 1n, null, "truncated");
  if (anchors.forged !== null) return bad(anchors.forged, null, "anchor-forged");
  const [rest] = await stats<{ waiting: number }[]>`
    select count(*)::int as waiting from governance.audit_entry as e
    where not exists (select from governance.audit_seal as s where s.entry_id = e.id)`;
  return { ...report, waiting: rest?.waiting ?? 0, ok: true, firstBad: null };
}

type Sealed = Omit<Entry, "id"> & { id: string | null; number: bigint; entryId: string; hash: Buffer };

/** Seals in order with their entries; the entry is null where it is gone. */
async function* sealedEntries(stats: Sql): AsyncGenerator<readonly Sealed[]> {
  let after = 0n;
  for (;;) {
    const rows = await stats<Sealed[]>`
      select s.number, s.entry_id::text as entry_id, s.hash, ${stats.unsafe(COLUMNS)}
      from governance.audit_seal as s left join governance.audit_entry as e on e.id = s.entry_id
      where s.number > ${after} order by s.number limit ${BATCH}`;
    const end = rows.at(-1);
    if (!end) return;
    yield rows;
    after = end.number;
  }
}

async function readAnchors(
  stats: Sql,
  dataDir: string | null,
): Promise<{ list: Anchor[]; forged: bigint | null }> {
  const rows = await stats<Anchor[]>`select seal_number as number, hash from governance.audit_anchor`;
  const text = dataDir === null ? "" : await readFile(join(dataDir, ANCHOR_FILE), "utf8").catch(() => "");
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => anchorLine.parse(JSON.parse(line)));
  const forged = lines.find(({ number, hash, proof }) => proofOf(number, hash) !== proof);
  const list = [
    ...rows,
    ...lines.map(({ number, hash }) => ({ number: BigInt(number), hash: Buffer.from(hash, "hex") })),
  ].sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
  return { list, forged: forged ? BigInt(forged.number) : null };
}
