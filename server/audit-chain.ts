/**
 * The hash chain over the audit: seal n is SHA-256 of seal n-1 followed by entry n as canonical JSON, with a keyed
 * proof that it was made here. One sealer at a time numbers entries as their transactions end, within seconds. With
 * the chain alone nobody can change what was sealed; with anchors elsewhere (audit-anchors.ts) nobody can cut it short
 * or go back to an older one either, without being found.
 */

import { createHash, createHmac } from "node:crypto";
import type { Db, Sql } from "../db/client";
import { LOCKS } from "../db/locks";
import { type Anchor, readAnchors } from "./audit-anchors";
import type { ChainFault } from "./domain/audit-state";
import { canonicalJson } from "./domain/canonical-json";
import { key } from "./keys";

/** What the first seal follows. */
const NOTHING: Buffer = Buffer.alloc(32);
const BATCH = 5000;

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

/** An entry as canonical JSON: what `canonicalJson` makes of it, whose names are known and need no sorting. */
function canonicalEntry(entry: Entry): string {
  const { accountId, action, at, detail, id, memberId, organisationId, requestId, sessionId } = entry;
  const [a, b, c] = [JSON.stringify(accountId), JSON.stringify(action), JSON.stringify(at)];
  const [d, e, f] = [canonicalJson(detail), JSON.stringify(id), JSON.stringify(memberId)];
  const [g, h, i] = [JSON.stringify(organisationId), JSON.stringify(requestId), JSON.stringify(sessionId)];
  const [j, k] = [canonicalJson(entry.subjects), JSON.stringify(entry.transaction)];
  return `{"accountId":${a},"action":${b},"at":${c},"detail":${d},"id":${e},"memberId":${f},"organisationId":${g},"requestId":${h},"sessionId":${i},"subjects":${j},"transaction":${k}}`;
}

/** The seal that follows another. */
function sealAfter(before: Buffer, entry: Entry): Buffer {
  return createHash("sha256").update(before).update(canonicalEntry(entry)).digest();
}

/** Shows that a seal was made by who holds the key: a chain cannot be made anew without it, from any point on. */
const proofOf = (secret: Buffer, number: bigint, hash: Buffer): Buffer =>
  createHmac("sha256", secret).update(`seal|${number}|`).update(hash).digest();

/** Seals every entry whose transaction has ended. Gives back how many; 0 when another sealer is at work. */
export async function sealEntries(stats: Sql): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await stats.begin(sealBatch);
    sealed += batch;
    if (batch < BATCH) return sealed;
  }
}

/** Seals the next few thousand in an open transaction. Gives back how many. */
export async function sealBatch(tx: Db): Promise<number> {
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
  const secret = key("audit-seal");
  const seals = entries.map((entry) => {
    hash = sealAfter(hash, entry);
    number += 1n;
    return { number, entryId: BigInt(entry.id), hash, proof: proofOf(secret, number, hash) };
  });
  if (seals.length > 0) await tx`insert into governance.audit_seal ${tx(seals)}`;
  return seals.length;
}

export interface ChainReport {
  ok: boolean;
  /** The number after which this check began: 0 for the whole chain. */
  after: number;
  /** Sealed entries that were checked. */
  sealed: number;
  /** Entries not sealed yet: a few seconds' worth while the worker runs. */
  waiting: number;
  anchors: number;
  /** Number and hash of the last seal that was checked, from which another check may go on. */
  head: { number: number; hash: string };
  /** The newest anchor outside the database. */
  lastAnchor: { number: number; at: Date; where: string } | null;
  /** Places that hold no anchor although there are some: new, or emptied by somebody. */
  emptyPlaces: string[];
  firstBad: { number: number | null; entryId: string | null; fault: ChainFault; where: string | null } | null;
}

export interface Verifying {
  /** Directories with anchors (`anchorPlaces`). */
  places: readonly string[];
  /** Files with anchors that were kept by hand, such as those of releases that somebody downloaded. */
  given?: readonly string[];
  /** Where an earlier check ended well; without it the whole chain is checked. */
  since?: { number: number; hash: string } | undefined;
}

/** Checks the chain and every anchor: from the table, from files, from releases. */
export async function verifyChain(stats: Db, { places, given, since }: Verifying): Promise<ChainReport> {
  const anchors = await readAnchors(stats, places, given);
  const after = BigInt(since?.number ?? 0);
  const check = new ChainCheck(
    { number: after, hash: since ? Buffer.from(since.hash, "hex") : NOTHING },
    anchors.list.filter(({ number }) => number > after),
  );
  const outside = anchors.list.filter(({ where }) => where !== "the database");
  const newest = outside.reduce<Anchor | null>(
    (last, one) => (last && last.at.getTime() >= one.at.getTime() ? last : one),
    null,
  );
  let bad = await firstBadSeal(stats, check);
  const [forged] = anchors.forged;
  if (!bad && forged) {
    bad = {
      number: forged.number === null ? null : Number(forged.number),
      entryId: null,
      fault: "anchor-forged",
      where: forged.where,
    };
  }
  bad ??= await firstBeside(stats, since === undefined);
  const [rest] = await stats<{ waiting: number }[]>`
    select count(*)::int as waiting from governance.audit_unsealed`;
  return {
    ok: bad === null,
    after: Number(after),
    sealed: check.sealed,
    waiting: rest?.waiting ?? 0,
    anchors: anchors.list.length,
    head: { number: Number(check.last), hash: check.known.toString("hex") },
    lastAnchor: newest && { number: Number(newest.number), at: newest.at, where: newest.where },
    emptyPlaces: anchors.emptyPlaces,
    firstBad: bad,
  };
}

type Bad = NonNullable<ChainReport["firstBad"]>;

/** Walks the seals in order; the next rows are read while these are hashed. */
async function firstBadSeal(stats: Db, check: ChainCheck): Promise<Bad | null> {
  if (check.last > 0n) {
    const [start] = await stats<{ hash: Buffer }[]>`
      select hash from governance.audit_seal where number = ${check.last}`;
    if (!start) return badAt(check.last, null, "truncated");
    if (!start.hash.equals(check.known)) return badAt(check.last, null, "changed");
  }
  let next = sealedAfter(stats, check.last);
  for (;;) {
    const rows = await next;
    const end = rows.at(-1);
    if (!end) return check.end();
    next = sealedAfter(stats, end.number);
    // Nobody may be there to hear of it when this batch ends the check.
    next.catch(() => {});
    for (const row of rows) {
      const bad = check.take(row);
      if (bad) return bad;
    }
  }
}

const badAt = (number: bigint, entryId: string | null, fault: ChainFault, where?: string): Bad => ({
  number: Number(number),
  entryId,
  fault,
  where: where ?? null,
});

type Sealed = Omit<Entry, "id"> & {
  id: string | null;
  number: bigint;
  entryId: string;
  hash: Buffer;
  proof: Buffer | null;
};

/** The next seals in order with their entries; the entry is null where it is gone. */
const sealedAfter = (stats: Db, after: bigint) => stats<Sealed[]>`
  select s.number, s.entry_id::text as entry_id, s.hash, s.proof, ${stats.unsafe(COLUMNS)}
  from governance.audit_seal as s left join governance.audit_entry as e on e.id = s.entry_id
  where s.number > ${after} order by s.number limit ${BATCH}`;

/** A walk along the chain: what is known so far, and which anchors are still to come. */
class ChainCheck {
  sealed = 0;
  last: bigint;
  known: Buffer;
  /** The last number that an anchor has vouched for. */
  private vouched: bigint;
  /** Seals from before there were proofs have none; from the first that has one, each must. */
  private isProven = false;
  private at = 0;
  private readonly secret = key("audit-seal");

  constructor(
    start: { number: bigint; hash: Buffer },
    private readonly anchors: readonly Anchor[],
  ) {
    this.last = start.number;
    this.vouched = start.number;
    this.known = start.hash;
  }

  /** Takes the next seal; says what is wrong with it, if anything. */
  take(sealed: Sealed): Bad | null {
    const { number, entryId, hash, proof, id } = sealed;
    if (number !== this.last + 1n) return badAt(this.last + 1n, null, "deleted");
    if (id === null) return badAt(number, entryId, "deleted");
    this.known = sealAfter(this.known, { ...sealed, id });
    if (!this.known.equals(hash)) return badAt(number, entryId, "changed");
    if (proof === null ? this.isProven : !proofOf(this.secret, number, hash).equals(proof)) {
      return badAt(number, entryId, "forged");
    }
    this.isProven ||= proof !== null;
    for (let anchor = this.anchors[this.at]; anchor?.number === number; anchor = this.anchors[++this.at]) {
      if (!anchor.hash.equals(hash)) return badAt(this.vouched + 1n, null, "made-anew", anchor.where);
    }
    if (this.anchors[this.at - 1]?.number === number) this.vouched = number;
    this.last = number;
    this.sealed += 1;
    return null;
  }

  /** After the last seal: an anchor that is left knows of more. */
  end(): Bad | null {
    const anchor = this.anchors[this.at];
    return anchor ? badAt(this.last + 1n, null, "truncated", anchor.where) : null;
  }
}

/** What stands beside the chain: entries that the sealer never saw, and entries that a search does not find. */
async function firstBeside(stats: Db, whole: boolean): Promise<Bad | null> {
  const [past] = await stats<{ id: string }[]>`
    select e.id::text from governance.audit_entry as e
    where not exists (select from governance.audit_seal as s where s.entry_id = e.id)
      and not exists (select from governance.audit_unsealed as u where u.entry_id = e.id)
    order by e.id limit 1`;
  if (past) return { number: null, entryId: past.id, fault: "never-sealed", where: null };
  if (!whole) return null;
  const [hidden] = await stats<{ id: string; number: bigint | null }[]>`
    select e.id::text, s.number from governance.audit_entry as e
    left join governance.audit_seal as s on s.entry_id = e.id
    where e.id = (select governance.hidden_entry())`;
  if (!hidden) return null;
  const number = hidden.number === null ? null : Number(hidden.number);
  return { number, entryId: hidden.id, fault: "hidden", where: null };
}
