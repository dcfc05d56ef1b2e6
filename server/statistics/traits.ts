/**
 * What the engine knows of people besides their needs: the month from which their age counts and the sex, by record
 * key. A settled set keeps the traits that it settled with: when they change after a settlement, a new row says from
 * which settlement on it holds, and the old one stays for as long as a settled set may stand on it.
 */

import type { Sql, Tx } from "../../db/client";
import { combineTraits, packTraits, type Traits, UNKNOWN_TRAITS } from "../domain/slices";
import { keyIds } from "../keys";
import { log } from "../log";
import { openTraits } from "../people-traits";
import { listOf } from "./chunks";

/** Somebody counted: the id that casework knows, and the key that the statistics know. */
export interface CountedPerson {
  personId: string;
  personKey: bigint;
  /** Whether casework says that they brought anything: of others nothing is kept for the future. */
  isPresent: boolean;
}

const UNKNOWN = packTraits(UNKNOWN_TRAITS);

/** What is said of people, by id, and what holds now, by record key. */
export interface ReadTraits {
  said: ReadonlyMap<string, number>;
  was: ReadonlyMap<bigint, number>;
}

/** Reads what countTraits compares. */
export async function readTraits(
  tx: Tx,
  people: readonly { personId: string; personKey: bigint }[],
): Promise<ReadTraits> {
  const [said, was] = await Promise.all([
    readSaid(
      tx,
      people.map(({ personId }) => personId),
    ),
    readCounted(
      tx,
      people.map(({ personKey }) => personKey),
    ),
  ]);
  return { said, was };
}

/** Brings the traits of people up to date, in the counting transaction. Gives the number that changed. */
export async function countTraits(
  tx: Tx,
  people: readonly CountedPerson[],
  { said, was }: ReadTraits,
): Promise<number> {
  const changes = people.flatMap(({ personId, personKey, isPresent }) => {
    const now = isPresent ? (said.get(personId) ?? UNKNOWN) : UNKNOWN;
    return now === (was.get(personKey) ?? UNKNOWN) ? [] : [{ personKey, traits: now }];
  });
  await writeTraits(tx, changes);
  return changes.length;
}

/** Takes away what is known of people who are counted no longer, but for what settled sets stand on. */
export async function dropTraits(tx: Tx, keys: readonly bigint[]): Promise<void> {
  const was = await readCounted(tx, keys);
  const known = keys.filter((key) => (was.get(key) ?? UNKNOWN) !== UNKNOWN);
  await writeTraits(
    tx,
    known.map((personKey) => ({ personKey, traits: UNKNOWN })),
  );
}

/** The traits of people, by id, from those of their clients; packed. */
async function readSaid(tx: Tx, people: readonly string[]): Promise<Map<string, number>> {
  const found = await readTraitsOf(tx, people);
  return new Map([...found].map(([person, traits]) => [person, packTraits(traits)]));
}

/** The traits of people, by id, from those of their clients. Whoever is missing has none that are known. */
export async function readTraitsOf(db: Sql | Tx, people: readonly string[]): Promise<Map<string, Traits>> {
  const found = new Map<string, Traits>();
  const rows = await db<{ personId: string; organisationId: number; clientId: string; traits: Buffer }[]>`
    select * from identity.traits_of(${listOf(people)}::uuid[])`;
  if (rows.length === 0) return found;
  // Without the key everybody would become "not known", and nobody would be told.
  if (keyIds("traits").length === 0) throw new Error('This process was not handed the key "traits".');
  const clients = new Map<string, (Traits & { clientId: string })[]>();
  let unreadable = 0;
  for (const row of rows) {
    let traits = UNKNOWN_TRAITS;
    try {
      traits = openTraits(row, row.traits);
    } catch {
      unreadable += 1;
    }
    const own = clients.get(row.personId);
    const client = { ...traits, clientId: row.clientId };
    if (own) own.push(client);
    else clients.set(row.personId, [client]);
  }
  if (unreadable > 0) log().error({ clients: unreadable }, "traits that no key of the ring opens");
  for (const [person, own] of clients) found.set(person, combineTraits(own));
  return found;
}

/** The traits that hold now, by record key. */
async function readCounted(tx: Tx, keys: readonly bigint[]): Promise<Map<bigint, number>> {
  const rows = await tx<{ personKey: bigint; traits: number }[]>`
    select distinct on (person_key) person_key, traits
    from statistics.person_trait
    where person_key = any(${listOf(keys)}::bigint[])
    order by person_key, from_settlement desc`;
  return new Map(rows.map((row) => [row.personKey, row.traits]));
}

/**
 * Writes traits that hold from the next settlement on. Of whom no settled set stands on, what was known before goes;
 * of whom nothing is known and nothing settled, nothing is kept.
 */
async function writeTraits(tx: Tx, changes: readonly { personKey: bigint; traits: number }[]): Promise<void> {
  if (changes.length === 0) return;
  const keys = changes.map(({ personKey }) => personKey.toString());
  await tx`
    delete from statistics.person_trait as t
    where t.person_key = any(${keys}::bigint[])
      and (t.from_settlement > (select coalesce(max(number), 0) from statistics.settlement_order)
        or not exists (
          select from statistics.presence as p where p.person_key = t.person_key and p.settled <> 0)
        and not exists (select from statistics.settled_change as c where c.person_key = t.person_key))`;
  await tx`
    insert into statistics.person_trait (person_key, from_settlement, traits)
    select n.person_key, o.next, n.traits
    from unnest(${keys}::bigint[], ${changes.map(({ traits }) => traits)}::int[]) as n (person_key, traits)
    cross join (select coalesce(max(number), 0) + 1 as next from statistics.settlement_order) as o
    where n.traits <> ${UNKNOWN}
      or exists (select from statistics.person_trait as t where t.person_key = n.person_key)`;
}

/** Traits by person and settlement: packed in arrays, because a country has some million people. */
export class TraitsAsSettled {
  private constructor(
    private readonly keys: BigInt64Array,
    private readonly from: Int32Array,
    private readonly traits: Int32Array,
  ) {}

  /** Reads everybody's. */
  static async load(tx: Tx): Promise<TraitsAsSettled> {
    const [rows] = await tx<{ count: number }[]>`select count(*)::int as count from statistics.person_trait`;
    const size = rows?.count ?? 0;
    const keys = new BigInt64Array(size);
    const from = new Int32Array(size);
    const traits = new Int32Array(size);
    let at = 0;
    const stored = tx<{ personKey: bigint; fromSettlement: number; traits: number }[]>`
      select person_key, from_settlement, traits
      from statistics.person_trait
      order by person_key, from_settlement`;
    for await (const read of stored.cursor(ROWS_A_READ)) {
      for (const row of read) {
        keys[at] = row.personKey;
        from[at] = row.fromSettlement;
        traits[at] = row.traits;
        at += 1;
      }
    }
    return new TraitsAsSettled(keys, from, traits);
  }

  /** Where a person's traits begin, to ask for several settlements of one person. */
  placeOf(personKey: bigint): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.keys[middle] ?? 0n) < personKey) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What was known of a person when a settlement was made, packed; `NOW` asks for what is known now. */
  at(place: number, personKey: bigint, settlement: number): number {
    let found = UNKNOWN;
    for (let at = place; this.keys[at] === personKey; at += 1) {
      if ((this.from[at] ?? 0) > settlement) break;
      found = this.traits[at] ?? UNKNOWN;
    }
    return found;
  }
}

/** Later than every settlement. */
export const NOW = Number.MAX_SAFE_INTEGER;

const ROWS_A_READ = 10_000;
