/**
 * Tampering with the audit at random, as somebody who has every right over the database and knows how the chain is
 * made, but neither holds the key nor reaches the second place. Each change is made inside a transaction that is rolled
 * back after the chain was checked in it, so that a thousand of them take a minute.
 */

import { createHash } from "node:crypto";
import type { Db, Sql, Tx } from "../db/client";
import { anchorHead, keepHead } from "./audit-anchors";
import { type ChainReport, sealBatch, sealEntries, verifyChain } from "./audit-chain";
import type { Chance } from "./demo/random";
import { canonicalJson } from "./domain/canonical-json";
import { uuidv7 } from "./ids";

/** A chain to tamper with: how many entries, and an anchor after every so many. */
const ENTRIES = 240;
const ANCHOR_EVERY = 40;

/** What a change was, and what a check of the whole chain must say of it. */
interface Tampering {
  /** The number that is to be named; with `from`, any number from there to it. */
  number: number | null;
  from?: number;
  /** The id of the entry that is to be named, where it has no number. */
  entryId?: string;
}

type Tamper = (tx: Tx, chance: Chance) => Promise<Tampering>;

/** Numbers of the chain, but not the first few: there is something before and after each. */
const someNumber = (chance: Chance) => 3 + chance.below(ENTRIES - 6);

/** Each way to tamper, in words. */
export const TAMPERINGS: Readonly<Record<string, Tamper>> = {
  "a byte of a column of an entry is changed": flipEntry,
  "a byte of a seal is changed": flipSeal,
  "an entry is deleted": async (tx, chance) => {
    const number = someNumber(chance);
    await tx`delete from governance.audit_entry where id = ${entryAt(tx, number)}`;
    return { number };
  },
  "a seal is deleted": async (tx, chance) => {
    const number = someNumber(chance);
    await tx`delete from governance.audit_seal where number = ${number}`;
    return { number };
  },
  "an entry and its seal are deleted": async (tx, chance) => {
    const number = someNumber(chance);
    await tx`delete from governance.audit_entry where id = ${entryAt(tx, number)}`;
    await tx`delete from governance.audit_seal where number = ${number}`;
    return { number };
  },
  "an entry is taken out and the rest moved up and made anew": async (tx, chance) => {
    const number = someNumber(chance);
    await tx`delete from governance.audit_entry where id = ${entryAt(tx, number)}`;
    await tx`delete from governance.audit_seal where number = ${number}`;
    await tx`update governance.audit_seal set number = -(number - 1) where number > ${number}`;
    await tx`update governance.audit_seal set number = -number where number < 0`;
    await makeAnew(tx, number);
    return { number };
  },
  "two entries change places": async (tx, chance) => {
    const [a, b] = [someNumber(chance), someNumber(chance)].sort((x, y) => x - y) as [number, number];
    const other = a === b ? b + 1 : b;
    await tx`create temporary table places on commit drop as
      select number, entry_id from governance.audit_seal where number in (${a}, ${other})`;
    await tx`update governance.audit_seal set entry_id = -entry_id where number in (${a}, ${other})`;
    await tx`
      update governance.audit_seal as s set entry_id = p.entry_id
      from places as p where s.number + p.number = ${a + other} and s.number in (${a}, ${other})`;
    return { number: a };
  },
  "the end is cut off": async (tx, chance) => {
    const number = someNumber(chance);
    await cutAfter(tx, number - 1);
    return { number };
  },
  "an old backup is restored": async (tx, chance) => {
    const number = someNumber(chance);
    await restoreTo(tx, number - 1);
    return { number };
  },
  "an old backup is restored and work goes on": async (tx, chance) => {
    const number = someNumber(chance);
    await restoreTo(tx, number - 1);
    await workGoesOn(tx, 1 + chance.below(2 * ENTRIES));
    // The entries that came instead are sealed as they should be: the first anchor that knows others tells.
    return { from: lastAnchorBefore(number) + 1, number: ENTRIES };
  },
  "an entry is changed and the chain made anew from there": async (tx, chance) => {
    const number = someNumber(chance);
    await tx`update governance.audit_entry set account_id = ${uuidv7()} where id = ${entryAt(tx, number)}`;
    await makeAnew(tx, number);
    if (chance.below(2) === 0)
      await tx`update governance.audit_seal set proof = null where number >= ${number}`;
    return { number };
  },
  "an entry is changed, the chain and its anchors made anew, and every proof taken away": async (
    tx,
    chance,
  ) => {
    const number = someNumber(chance);
    await tx`update governance.audit_entry set action = 'client.find' where id = ${entryAt(tx, number)}`;
    await makeAnew(tx, number);
    await tx`update governance.audit_seal set proof = null`;
    await tx`
      update governance.audit_anchor as a set hash = s.hash
      from governance.audit_seal as s where s.number = a.seal_number`;
    return { from: lastAnchorBefore(number) + 1, number };
  },
  "an entry is put in without a seal": async (tx) => {
    const entryId = await putEntry(tx);
    return { number: null, entryId };
  },
  "an entry is put in with a seal of one’s own": async (tx) => {
    const entryId = await putEntry(tx);
    await tx`
      insert into governance.audit_seal (number, entry_id, hash, proof)
      values (${ENTRIES + 1}, ${entryId}, ${Buffer.alloc(32)}, ${Buffer.alloc(32)})`;
    await makeAnew(tx, ENTRIES + 1);
    return { number: ENTRIES + 1 };
  },
  "an entry is hidden from the search for somebody": async (tx, chance) => {
    const number = someNumber(chance);
    await tx`delete from governance.audit_subject where entry_id = ${entryAt(tx, number)}`;
    return { number };
  },
};

const entryAt = (tx: Tx, number: number) =>
  tx`(select entry_id from governance.audit_seal where number = ${number})`;

const lastAnchorBefore = (number: number) => Math.floor((number - 1) / ANCHOR_EVERY) * ANCHOR_EVERY;

/** Fills an empty audit with entries, seals them and anchors every so many of them in a place. */
export async function fillChain(
  db: { administrator: Sql; stats: Sql },
  organisationId: number,
  place: string,
): Promise<void> {
  for (let done = 0; done < ENTRIES; done += ANCHOR_EVERY) {
    await putEntries(db.administrator, organisationId, ANCHOR_EVERY);
    await sealEntries(db.stats);
    // An hour goes by.
    await db.administrator.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update governance.audit_anchor set anchored_at = anchored_at - interval '61 minutes'`;
    });
    await anchorHead(db.stats, [place]);
  }
  await keepHead(db.stats, [place]);
}

/** Entries as rooms write them, each in a transaction of its own. */
async function putEntries(db: Db, organisationId: number, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => uuidv7());
  await db`
    insert into governance.audit_entry (organisation_id, account_id, member_id, session_id, request_id, action, subjects, detail)
    select ${organisationId}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'request ' || id, 'client.read',
      jsonb_build_array(jsonb_build_object('kind', 'client', 'id', id)), jsonb_build_object('n', n, 'way', 'list')
    from unnest(${ids}::uuid[]) with ordinality as t (id, n)`;
}

/** Tampers once and checks; what was changed is as it was afterwards. */
export async function tamperOnce(
  administrator: Sql,
  place: string,
  way: string,
  chance: Chance,
): Promise<{ found: boolean; named: boolean; report: ChainReport; expected: Tampering }> {
  const tamper = TAMPERINGS[way];
  if (!tamper) throw new Error(`There is no way to tamper called ${way}`);
  let outcome: { report: ChainReport; expected: Tampering } | undefined;
  await administrator
    .begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      const expected = await tamper(tx, chance);
      outcome = { expected, report: await verifyChain(tx, { places: [place] }) };
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  if (!outcome) throw new Error("Nothing was tampered with");
  const { report, expected } = outcome;
  const { firstBad } = report;
  const { number, from = number, entryId } = expected;
  const inRange =
    number === null || from === null
      ? firstBad?.number === null && firstBad.entryId === entryId
      : firstBad != null && firstBad.number !== null && firstBad.number >= from && firstBad.number <= number;
  return { found: !report.ok, named: inRange, ...outcome };
}

class RolledBack extends Error {}

/** Changes one character of one column such that the database takes it and it says something else. */
async function flipEntry(tx: Tx, chance: Chance): Promise<Tampering> {
  const columns = [
    ["transaction", "xid8"],
    ["at", "timestamptz"],
    ["organisation_id", "integer"],
    ["account_id", "uuid"],
    ["member_id", "uuid"],
    ["session_id", "uuid"],
    ["request_id", "text"],
    ["action", "text"],
    ["subjects", "jsonb"],
    ["detail", "jsonb"],
  ] as const;
  const number = someNumber(chance);
  const [column, type] = columns[chance.below(columns.length)] ?? columns[0];
  for (;;) {
    const [row] = await tx<{ text: string }[]>`
      select ${tx(column)}::text as text from governance.audit_entry where id = ${entryAt(tx, number)}`;
    const text = flipped(row?.text ?? "", chance);
    const changed = await tx
      .savepoint(
        (inner) => inner`
          update governance.audit_entry set ${inner(column)} = ${text}::text::${inner.unsafe(type)}
          where id = ${entryAt(inner, number)} and ${inner(column)} is distinct from ${text}::text::${inner.unsafe(type)}`,
      )
      .catch(() => null);
    if (changed && changed.count === 1) return { number };
  }
}

/** Changes one bit of a seal's hash or proof, or the entry that it is of. */
async function flipSeal(tx: Tx, chance: Chance): Promise<Tampering> {
  const number = someNumber(chance);
  const bit = chance.below(256);
  const column = (["hash", "proof", "entry_id"] as const)[chance.below(3)] ?? "hash";
  if (column === "entry_id") {
    await tx`update governance.audit_seal set entry_id = entry_id + 1000000 where number = ${number}`;
  } else {
    await tx`
      update governance.audit_seal
      set ${tx(column)} = set_bit(${tx(column)}, ${bit}, 1 - get_bit(${tx(column)}, ${bit}))
      where number = ${number}`;
  }
  return { number };
}

const PRINTABLE = "0123456789abcdef-+.:xyzXYZ ";

function flipped(text: string, chance: Chance): string {
  const at = chance.below(Math.max(1, text.length));
  return text.slice(0, at) + PRINTABLE.charAt(chance.below(PRINTABLE.length)) + text.slice(at + 1);
}

async function cutAfter(tx: Tx, last: number): Promise<void> {
  await tx`
    delete from governance.audit_entry
    where id in (select entry_id from governance.audit_seal where number > ${last})`;
  await tx`delete from governance.audit_seal where number > ${last}`;
}

/** The whole database as it was when the chain ended there, its own anchors included. */
async function restoreTo(tx: Tx, last: number): Promise<void> {
  await cutAfter(tx, last);
  await tx`delete from governance.audit_anchor where seal_number > ${last}`;
}

/** What rooms and the sealer do after a restore: the seals are genuine. */
async function workGoesOn(tx: Tx, entries: number): Promise<void> {
  await tx`set local session_replication_role = origin`;
  await putEntries(tx, 1, entries);
  await sealBatch(tx);
  await tx`set local session_replication_role = replica`;
}

async function putEntry(tx: Tx): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into governance.audit_entry (request_id, action, subjects, detail)
    values ('forged', 'client.read', '[]', '{}') returning id::text`;
  if (!row) throw new Error("The entry was not put in");
  return row.id;
}

/** Hashes the chain anew from a seal on, as its description says and with no part of ours: the key is not there. */
async function makeAnew(tx: Tx, from: number): Promise<void> {
  const [before] = await tx<{ hash: Buffer }[]>`
    select hash from governance.audit_seal where number = ${from - 1}`;
  const rows = await tx<{ number: bigint; entry: Record<string, unknown> }[]>`
    select s.number, jsonb_build_object(
      'id', e.id::text, 'transaction', e.transaction::text,
      'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'organisationId', e.organisation_id, 'accountId', e.account_id, 'memberId', e.member_id,
      'sessionId', e.session_id, 'requestId', e.request_id, 'action', e.action, 'subjects', e.subjects,
      'detail', e.detail) as entry
    from governance.audit_seal as s join governance.audit_entry as e on e.id = s.entry_id
    where s.number >= ${from} order by s.number`;
  let hash = before?.hash ?? Buffer.alloc(32);
  const hashes = rows.map(({ entry }) => {
    hash = createHash("sha256").update(hash).update(canonicalJson(entry)).digest();
    return hash.toString("hex");
  });
  await tx`
    update governance.audit_seal as s set hash = decode(made.hash, 'hex')
    from unnest(${rows.map(({ number }) => Number(number))}::bigint[], ${hashes}::text[]) as made (number, hash)
    where s.number = made.number`;
}
