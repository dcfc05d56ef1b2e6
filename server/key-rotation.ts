/**
 * A new secret of the key ring taken into use: everything sealed under an old one is sealed anew, indexes of places, too,
 * and search tokens are made again, a few rows a transaction. Killed anywhere, a batch was done or was not, and the next
 * run goes on; nothing remembers how far it came but the rows themselves, which say under which key they lie. Meanwhile
 * everything works: values open under the key that they name, and whoever looks somebody up asks under every key.
 *
 * Work of the linker, the one serving process that holds these keys, as the engine's login through the functions of
 * db/rotation.sql.
 */

import type { Sql, Tx } from "../db/client";
import { LOCKS } from "../db/locks";
import { record } from "./audit";
import { ARRAY_OF, gatherPlaces, placeOfText } from "./client-rows";
import { type Ctx, inTransaction, makeContext, type TxCtx } from "./context";
import { piecesOfClient } from "./domain/client-search";
import type { CheckedIdentifier, IdentifierKind } from "./domain/identifiers";
import {
  blindIndex,
  headerOf,
  keyIdOf,
  open,
  openBytes,
  openIfAny,
  type Row,
  type SealedColumn,
  sealBytes,
  searchToken,
} from "./identity-vault";
import { appearsOlderRing, isOlderRingHeld, QUIET_MS } from "./key-holders";
import { currentKeyId, keyIds } from "./keys";
import { log } from "./log";
import { type PlaceKeys, placeKeys } from "./place-keys";
import { type PlaceRow, SEALED_PLACES } from "./sealed-places";

export interface RotationOptions {
  /** Ends when the process is asked to stop: the batch under way is finished. */
  signal?: AbortSignal;
  /** Milliseconds for which nobody may hold an older ring before the first row is sealed; none unless told. */
  quietMs?: number;
  /** Rows a transaction; 200 unless told. */
  rowsABatch?: number;
  /** Told after each batch how many rows were done. */
  onProgress?: (rows: number) => void;
}

export interface Rotated {
  /** Rows whose values were sealed anew. */
  sealed: number;
  /** Clients whose indexes and search tokens were made again. */
  indexed: number;
  /** Rows that hold a value which no key of the ring opens: they stay as they are. */
  unreadable: number;
  /** Why it left off: another process is at it, or something that runs still holds an older ring. */
  waits: "another" | "older-ring" | null;
}

const ROWS_A_BATCH = 200;

/** Seals and indexes anew what does not lie under the current key, until nothing is left or the signal ends. */
export async function rotateRows(stats: Sql, options: RotationOptions = {}): Promise<Rotated> {
  const ctx = makeContext({ app: stats, reader: stats }, null);
  const rotated: Rotated = { sealed: 0, indexed: 0, unreadable: 0, waits: null };
  // With one secret there is no older ring.
  const quietMs = keyIds("identity").length > 1 ? (options.quietMs ?? 0) : 0;
  if (await appearsOlderRing(stats, currentKeyId(), quietMs, options.signal)) {
    return { ...rotated, waits: "older-ring" };
  }
  const steps = [
    ...SEALED_PLACES.map((place) => ({
      counted: "sealed" as const,
      batch: (ctx: TxCtx<Ctx>, after: PlaceRow | null, most: number) => sealSome(ctx, place, after, most),
    })),
    { counted: "indexed" as const, batch: indexSome },
  ];
  for (const { counted, batch } of steps) {
    // Rows that somebody else held were passed over: another round, until one finds none.
    for (;;) {
      const done = await goThrough(ctx, batch, options);
      rotated[counted] += done.rows;
      if (done.waits) return { ...rotated, waits: done.waits };
      if (done.rows > 0 && !options.signal?.aborted) continue;
      rotated.unreadable += done.unreadable;
      break;
    }
    if (options.signal?.aborted) break;
  }
  return rotated;
}

/** The key under which this process has found nothing left to do: only what runs now could have written otherwise. */
let finishedUnder: string | null = null;

/** What comes round by itself in the linker: renews what is left under an old key, and asks for little when nothing is. */
export async function renewRows(stats: Sql, signal: AbortSignal): Promise<void> {
  if (keyIds("identity").length === 1 || finishedUnder === currentKeyId()) return;
  const { sealed, indexed, unreadable, waits } = await rotateRows(stats, { signal, quietMs: QUIET_MS });
  if (unreadable > 0) log().error({ unreadable }, "rows that no key of the ring opens were left as they are");
  if (sealed + indexed > 0) log().info({ sealed, indexed }, "rows renewed under the current key");
  else if (!waits && !signal.aborted) finishedUnder = currentKeyId();
}

interface Done {
  /** Rows that were renewed. */
  rows: number;
  unreadable: number;
  /** The last of them; null when there were none. */
  last: PlaceRow | null;
}

type Batch = (ctx: TxCtx<Ctx>, after: PlaceRow | null, most: number) => Promise<Done>;

/** Goes through the rows of one kind once, in order. */
async function goThrough(
  ctx: Ctx,
  batch: Batch,
  { signal, rowsABatch = ROWS_A_BATCH, onProgress }: RotationOptions,
): Promise<Omit<Done, "last"> & { waits: Rotated["waits"] }> {
  let [rows, unreadable] = [0, 0];
  let after: PlaceRow | null = null;
  do {
    const from: PlaceRow | null = after;
    const done: Done & { waits: Rotated["waits"] } = await inTransaction(ctx, async (tx) => {
      const waits = await whyWait(tx.db);
      return waits
        ? { rows: 0, unreadable: 0, last: null, waits }
        : { ...(await batch(tx, from, rowsABatch)), waits };
    });
    if (done.waits) return { rows, unreadable, waits: done.waits };
    rows += done.rows;
    unreadable += done.unreadable;
    if (done.rows > 0) onProgress?.(done.rows);
    after = done.last;
  } while (after && !signal?.aborted);
  return { rows, unreadable, waits: null };
}

/**
 * One at a time; and not while anything runs that was handed an older ring, which could not open what is sealed anew.
 */
async function whyWait(tx: Tx): Promise<Rotated["waits"]> {
  const [row] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(${LOCKS.rotating}) as mine`;
  if (!row?.mine) return "another";
  return (await isOlderRingHeld(tx, currentKeyId())) ? "older-ring" : null;
}

interface SealedRow extends PlaceRow {
  /** A value a column, without bytes where there is none. */
  sealed: Buffer[];
}

async function sealSome(
  ctx: TxCtx<Ctx>,
  { place, columns, boundTo }: (typeof SEALED_PLACES)[number],
  after: PlaceRow | null,
  most: number,
): Promise<Done> {
  const tx = ctx.db;
  const header = headerOf(currentKeyId());
  const rows = await tx<SealedRow[]>`
    select organisation_id, key, part, sealed
    from identity.sealed_otherwise(${place}, ${header}, ${after?.organisationId ?? null}, ${after?.key ?? null},
                                   ${after?.part ?? null}, ${most})`;
  const last = rows.at(-1) ?? null;
  if (!last) return { rows: 0, unreadable: 0, last };
  const unreadable = new Set<SealedRow>();
  const names = Object.values(columns);
  const anew = rows.flatMap((row) => {
    const at = boundTo?.(row) ?? { organisationId: row.organisationId, id: row.key };
    return row.sealed.map((value, number) => {
      const named = names[number];
      if (value.length === 0 || !named || keyIdOf(value) === currentKeyId()) return null;
      const column = typeof named === "function" ? named(row) : named;
      const opened = openOrNull(column, at, value);
      if (opened === null) unreadable.add(row);
      return opened === null ? null : sealBytes(column, at, opened);
    });
  });
  await tx`
    select identity.put_sealed(
      ${place}, ${rows.map(({ organisationId }) => organisationId)}::integer[],
      ${rows.map(({ key }) => key)}::text[], ${rows.map(({ part }) => part)}::text[],
      ${tx.array(anew, ARRAY_OF.bytes)}::bytea[])`;
  const renewed = rows.length - unreadable.size;
  if (renewed > 0) await note(ctx, { place, rows: renewed, key: currentKeyId() });
  return { rows: renewed, unreadable: unreadable.size, last };
}

/** One altered value must not keep all others under an old key; it stays, so that its key is not thrown away. */
function openOrNull(column: SealedColumn, at: Row, value: Buffer): Buffer | null {
  try {
    return openBytes(column, at, value);
  } catch {
    return null;
  }
}

interface IndexedRow {
  organisationId: number;
  clientId: string;
  givenName: Buffer | null;
  familyName: Buffer | null;
  dateOfBirth: Buffer | null;
  phone: Buffer | null;
  reference: Buffer | null;
  plainReference: string | null;
  postcode: Buffer | null;
  address: Buffer | null;
  homeIsSecret: boolean;
  kinds: IdentifierKind[];
  numbers: Buffer[];
  indexes: Buffer[];
}

/** What a client is found by, under the current key. */
interface Indexed {
  row: IndexedRow;
  birth: Buffer | null;
  numbers: { kind: string; before: Buffer; after: Buffer }[];
  tokens: bigint[];
  /** Null where no postcode is known or the home is kept secret. */
  place: PlaceKeys | null;
}

/** Null when a value of the client does not open. */
function indexedAnew(row: IndexedRow): Indexed | null {
  const at = { organisationId: row.organisationId, id: row.clientId };
  try {
    const dateOfBirth = openIfAny("client_identity.date_of_birth", at, row.dateOfBirth);
    const identifiers: CheckedIdentifier[] = [];
    const numbers: Indexed["numbers"] = [];
    for (const [number, kind] of row.kinds.entries()) {
      const [sealed, before] = [row.numbers[number], row.indexes[number]];
      if (!sealed || !before) continue;
      const value = open(`client_identifier.${kind}`, at, sealed);
      identifiers.push({ kind, value });
      numbers.push({ kind, before, after: blindIndex(kind, value) });
    }
    const givenName = openIfAny("client_identity.given_name", at, row.givenName) ?? "";
    const familyName = openIfAny("client_identity.family_name", at, row.familyName) ?? "";
    const pieces = piecesOfClient({
      givenName,
      familyName,
      dateOfBirth,
      phone: openIfAny("client_identity.phone", at, row.phone),
      reference: openIfAny("client_identity.reference", at, row.reference) ?? row.plainReference,
      identifiers,
    });
    return {
      row,
      birth: dateOfBirth ? blindIndex("date-of-birth", dateOfBirth) : null,
      numbers,
      tokens: pieces.map((piece) => searchToken(row.organisationId, piece)),
      place: placeKeys({
        givenName,
        familyName,
        place: placeOfText(openIfAny("client_identity.postcode", at, row.postcode)),
        address: openIfAny("client_identity.address", at, row.address),
        homeIsSecret: row.homeIsSecret,
      }),
    };
  } catch {
    return null;
  }
}

async function indexSome(ctx: TxCtx<Ctx>, after: PlaceRow | null, most: number): Promise<Done> {
  const tx = ctx.db;
  const rows = await tx<IndexedRow[]>`
    select * from identity.indexed_otherwise(
      ${currentKeyId()}, ${after?.organisationId ?? null}, ${after?.key ?? null}, ${most})`;
  const end = rows.at(-1);
  if (!end) return { rows: 0, unreadable: 0, last: null };
  const last = { organisationId: end.organisationId, key: end.clientId, part: "" };
  const clients = rows.flatMap((row) => indexedAnew(row) ?? []);
  const unreadable = rows.length - clients.length;
  if (clients.length === 0) return { rows: 0, unreadable, last };
  const numbers = clients.flatMap(({ row, numbers }) => numbers.map((number) => ({ row, ...number })));
  const tokens = clients.flatMap(({ row, tokens }) => tokens.map((token) => ({ row, token })));
  const places = clients.flatMap(({ row, place }) => (place ? [{ row, ...place }] : []));
  const organisationsOf = (of: readonly { row: IndexedRow }[]) => of.map(({ row }) => row.organisationId);
  const idsOf = (of: readonly { row: IndexedRow }[]) => of.map(({ row }) => row.clientId);
  const bytes = (values: readonly (Buffer | null)[]) => tx.array([...values], ARRAY_OF.bytes);
  const bigints = tx.array(
    tokens.map(({ token }) => token),
    ARRAY_OF.bigint,
  );
  await gatherPlaces(tx, places);
  await tx`
    select identity.put_indexes(
      ${currentKeyId()}, ${organisationsOf(clients)}::integer[], ${idsOf(clients)}::uuid[],
      ${bytes(clients.map(({ birth }) => birth))}::bytea[],
      ${organisationsOf(numbers)}::integer[], ${idsOf(numbers)}::uuid[],
      ${numbers.map(({ kind }) => kind)}::text[], ${bytes(numbers.map(({ before }) => before))}::bytea[],
      ${bytes(numbers.map(({ after }) => after))}::bytea[],
      ${organisationsOf(tokens)}::integer[], ${idsOf(tokens)}::uuid[], ${bigints}::bigint[],
      ${organisationsOf(places)}::integer[], ${idsOf(places)}::uuid[],
      ${bytes(places.map(({ postcode }) => postcode))}::bytea[],
      ${bytes(places.map(({ street }) => street))}::bytea[],
      ${bytes(places.map(({ household }) => household))}::bytea[])`;
  await note(ctx, { place: "indexes", rows: clients.length, key: currentKeyId() });
  return { rows: clients.length, unreadable, last };
}

/** In the audit, one entry a batch: everybody's values are opened, and shown to nobody. */
function note(ctx: TxCtx<Ctx>, detail: { place: string; rows: number; key: string }): Promise<void> {
  return record(ctx, "keys.renew", { subjects: [], detail });
}

/** What lies under a key: a column of a place, "indexes", "linking" or "devices", and how many rows. */
export interface UnderKey {
  what: string;
  keyId: string;
  rows: number;
}

/** How many rows lie under each key, everywhere. Reads every sealed table. */
export async function rowsByKey(stats: Sql): Promise<UnderKey[]> {
  const found: UnderKey[] = [];
  for (const { place } of SEALED_PLACES) {
    const rows = await stats<{ columnName: string; keyId: string; rows: bigint }[]>`
      select * from identity.sealed_by_key(${place})`;
    for (const { columnName, keyId, rows: count } of rows) {
      found.push({ what: `${place}.${columnName}`, keyId, rows: Number(count) });
    }
  }
  const others = await stats<{ what: string; keyId: string; rows: bigint }[]>`
    select * from identity.indexed_by_key()`;
  for (const { what, keyId, rows } of others) found.push({ what, keyId, rows: Number(rows) });
  return found;
}
