/**
 * Clients as the linker sees them: opened in its memory, brought to one written form, with the tokens by which they
 * meet others. Nothing that is opened here is ever written, logged or kept.
 */

import { createHmac } from "node:crypto";
import type { Tx } from "../db/client";
import { record } from "./audit";
import { ARRAY_OF } from "./client-rows";
import { byItselfIn } from "./context";
import { IDENTIFIER_KINDS, type IdentifierKind } from "./domain/identifiers";
import {
  blockingKeys,
  blockOfIdentifier,
  isBlockOfIdentifier,
  RULES_VERSION,
} from "./domain/linking/blocking";
import { isOversized, LARGEST_BLOCK, MOST_SHARERS } from "./domain/linking/oversized-keys";
import { type LinkRecord, linkRecord, type RawRecord, type ReadingRules } from "./domain/linking/record";
import type { LinkClient } from "./domain/linking/weighing";
import { indexesUnderEveryKey, open, openIfAny } from "./identity-vault";
import { currentKeyId, key, keyIds } from "./keys";
import { log } from "./log";

/** A client among all organisations. */
export interface ClientKey {
  organisationId: number;
  clientId: string;
}

/** One text for a client. Sorts as organisation, then id: numbers of organisations have ten digits at most. */
export const keyOf = ({ organisationId, clientId }: ClientKey) =>
  `${String(organisationId).padStart(10, "0")}:${clientId}`;

/** Columns for functions that take clients as two arrays. */
export const columnsOf = (clients: readonly ClientKey[]) => ({
  organisations: clients.map(({ organisationId }) => organisationId),
  ids: clients.map(({ clientId }) => clientId),
});

/** A client, opened. */
export interface OpenedClient extends LinkClient {
  /** Of the details that were opened: grows with each change. */
  version: number;
}

/** What linking opens: for whom it was asked, and how many. */
export interface Opening {
  action: "people.link" | "people.relink" | "people.estimate" | "people.try" | "people.traits";
  asked?: readonly ClientKey[];
  opened: number;
}

/**
 * Records that linking opens details, in the transaction that does. The entry belongs to no organisation, so that none
 * learns with whom its clients were compared.
 */
export function recordOpening(tx: Tx, { action, asked = [], opened }: Opening): Promise<void> {
  const subjects = asked.map(({ clientId }) => ({ kind: "client" as const, id: clientId }));
  return record(byItselfIn(tx), action, { subjects, detail: { opened } });
}

interface SealedRow extends ClientKey {
  personId: string;
  originPersonId: string;
  version: number;
  givenName: Buffer | null;
  familyName: Buffer | null;
  dateOfBirth: Buffer | null;
  sex: string;
  postcode: Buffer | null;
  address: Buffer | null;
  phone: Buffer | null;
  email: Buffer | null;
  kinds: string[];
  numbers: Buffer[];
}

/** How stored details are read: they were checked when they were taken, also those of test ranges. */
const rulesOf = (year: number): ReadingRules => ({ ukFormats: true, testRanges: true, currentYear: year });

/**
 * Opens clients. Left out are those that are gone or anonymous, and those of whom a value does not open: one altered
 * value must not keep its neighbours apart, nor stop a run over everybody.
 */
export async function openClients(tx: Tx, clients: readonly ClientKey[]): Promise<OpenedClient[]> {
  const rules = rulesOf(new Date().getUTCFullYear());
  const rows = await readSealed(tx, clients);
  return rows.flatMap((row) => {
    const { organisationId, clientId, personId, originPersonId, version } = row;
    const raw = openOrNull(row);
    if (raw === null) return [];
    const record = linkRecord(raw, rules);
    return [{ organisationId, clientId, key: keyOf(row), personId, originPersonId, version, record }];
  });
}

/** Notes those of these clients of whom a value does not open, and reports them the first time. */
export async function noteUnreadable(tx: Tx, clients: readonly ClientKey[]): Promise<void> {
  const unreadable = (await readSealed(tx, clients)).filter((row) => openOrNull(row) === null);
  if (unreadable.length === 0) return;
  const { organisations, ids } = columnsOf(unreadable);
  const [noted] = await tx<{ fresh: number }[]>`
    select identity.note_unreadable(
      ${organisations}::integer[], ${ids}::uuid[], ${unreadable.map(({ version }) => version)}::integer[],
      ${keyedWith()}) as fresh`;
  const fresh = noted?.fresh ?? 0;
  if (fresh > 0)
    log().error({ clients: fresh }, "clients not linked: no key of the ring opens their details");
}

async function readSealed(tx: Tx, clients: readonly ClientKey[]): Promise<readonly SealedRow[]> {
  if (clients.length === 0) return [];
  const { organisations, ids } = columnsOf(clients);
  return tx<SealedRow[]>`
    select * from identity.link_records(${organisations}::integer[], ${ids}::uuid[])`;
}

function openOrNull(row: SealedRow): RawRecord | null {
  const at = { organisationId: row.organisationId, id: row.clientId };
  try {
    const phone = openIfAny("client_identity.phone", at, row.phone);
    const email = openIfAny("client_identity.email", at, row.email);
    return {
      firstName: openIfAny("client_identity.given_name", at, row.givenName),
      lastName: openIfAny("client_identity.family_name", at, row.familyName),
      dateOfBirth: openIfAny("client_identity.date_of_birth", at, row.dateOfBirth),
      sex: row.sex,
      postcode: openIfAny("client_identity.postcode", at, row.postcode),
      address: openIfAny("client_identity.address", at, row.address),
      phones: phone === null ? [] : [phone],
      emails: email === null ? [] : [email],
      identifiers: row.kinds.flatMap((kind, number) => {
        const sealed = row.numbers[number];
        return sealed && isKind(kind) ? [{ kind, value: open(`client_identifier.${kind}`, at, sealed) }] : [];
      }),
    };
  } catch {
    return null;
  }
}

const isKind = (kind: string): kind is IdentifierKind =>
  (IDENTIFIER_KINDS as readonly string[]).includes(kind);

/** What the tokens of a client were made with: another key or other rules, and they are made again. */
export const keyedWith = (): string => `${currentKeyId()}/${RULES_VERSION}`;

/** Token of a blocking key, 64 bits: equal in every organisation, under a key that serves nothing else. */
const tokenOf = (blockingKey: string, keyId: string): bigint =>
  createHmac("sha256", key("linking", keyId)).update(blockingKey).digest().readBigInt64BE();

/** The tokens that a client is kept under. */
export const tokensOf = (record: LinkRecord): bigint[] =>
  blockingKeys(record).map((blockingKey) => tokenOf(blockingKey, currentKeyId()));

interface Carrier extends ClientKey {
  number: number;
}

/** Among whom others are looked for: the clients of one organisation, as if there were no others, or of all. */
export interface Among {
  organisationId: number | null;
}
export const EVERYBODY: Among = { organisationId: null };

/** Clients who share a blocking key, by their own key. */
type Block = Map<string, ClientKey>;

/** Who could be one with whom. */
export interface Meetings {
  /** By key of each client asked for: the others. */
  others: ReadonlyMap<string, ReadonlyMap<string, ClientKey>>;
  /** Blocking keys that too many share to say anything: they were not followed. */
  oversized: ReadonlySet<string>;
}

/**
 * Finds whom each of these clients could be one with: those of them, and of all that are kept, who share a token or an
 * identifier. Looked up under every key that rows may still be kept under, so that nobody is missed while the ring
 * changes its secret.
 */
export async function meet(
  tx: Tx,
  clients: readonly OpenedClient[],
  among: Among = EVERYBODY,
): Promise<Meetings> {
  const blocks = new Map<string, Block>();
  const keysOfClient = new Map(clients.map((client) => [client.key, blockingKeys(client.record)]));
  const join = (name: string, client: ClientKey) => {
    const block = blocks.get(name) ?? new Map<string, ClientKey>();
    blocks.set(name, block.set(keyOf(client), client));
  };
  for (const client of clients) for (const name of keysOfClient.get(client.key) ?? []) join(name, client);
  const names = [...blocks.keys()];
  const [kept, sharers] = await Promise.all([
    findKeptUnder(
      tx,
      names.filter((name) => !isBlockOfIdentifier(name)),
      among,
      LARGEST_BLOCK,
    ),
    findSharers(tx, clients, among),
  ]);
  for (const [name, carrier] of [...kept, ...sharers]) join(name, carrier);

  const others = new Map<string, Map<string, ClientKey>>();
  const oversized = new Set(names.filter((name) => isOversized(name, blocks.get(name)?.size ?? 0)));
  for (const name of oversized) blocks.delete(name);
  for (const { key: self } of clients) {
    const met = new Map<string, ClientKey>();
    for (const name of keysOfClient.get(self) ?? []) {
      for (const [other, client] of blocks.get(name) ?? []) if (other !== self) met.set(other, client);
    }
    others.set(self, met);
  }
  return { others, oversized };
}

/** Who is kept under these blocking keys, by blocking key. */
async function findKeptUnder(
  tx: Tx,
  names: readonly string[],
  among: Among,
  most: number,
): Promise<NamedCarrier[]> {
  const ids = keyIds("linking");
  const asked = names.flatMap((name) => ids.map((id) => ({ name, token: tokenOf(name, id) })));
  const tokens = tx.array(
    asked.map(({ token }) => token),
    ARRAY_OF.bigint,
  );
  const found = await tx<Carrier[]>`
    select * from identity.token_carriers(${tokens}::bigint[], ${most}, ${among.organisationId})`;
  return namedCarriers(asked, found);
}

/** Who carries the identifiers of these clients, by blocking key. */
async function findSharers(tx: Tx, clients: readonly OpenedClient[], among: Among): Promise<NamedCarrier[]> {
  const identifiers = new Map(
    clients.flatMap(({ record }) =>
      record.identifiers.map((identifier) => [blockOfIdentifier(identifier), identifier] as const),
    ),
  );
  const asked = [...identifiers].flatMap(([name, { kind, value }]) =>
    indexesUnderEveryKey(kind, value).map((index) => ({ name, kind, index })),
  );
  const indexes = tx.array(
    asked.map(({ index }) => index),
    ARRAY_OF.bytes,
  );
  const found = await tx<Carrier[]>`
    select * from identity.identifier_carriers(
      ${asked.map(({ kind }) => kind)}::text[], ${indexes}::bytea[], ${MOST_SHARERS}, ${among.organisationId})`;
  return namedCarriers(asked, found);
}

type NamedCarrier = [name: string, carrier: ClientKey];

const namedCarriers = (asked: readonly { name: string }[], found: readonly Carrier[]): NamedCarrier[] =>
  found.map(({ number, organisationId, clientId }) => [
    asked[number - 1]?.name ?? "",
    { organisationId, clientId },
  ]);

/** Identifiers of these clients that too many carry to name anybody, by blocking key. */
export async function findOversized(
  tx: Tx,
  clients: readonly OpenedClient[],
  among: Among = EVERYBODY,
): Promise<ReadonlySet<string>> {
  const sharers = new Map<string, number>();
  for (const [name] of await findSharers(tx, clients, among)) sharers.set(name, (sharers.get(name) ?? 0) + 1);
  return new Set([...sharers].flatMap(([name, count]) => (isOversized(name, count) ? [name] : [])));
}

/**
 * Whoever was linked by these identifiers before too many carried them, to be linked anew without: as many are kept
 * under them still as may share one. Of an identifier that has been too common for longer, nobody.
 */
export async function findOnceJoined(
  tx: Tx,
  oversized: ReadonlySet<string>,
  among: Among,
): Promise<ClientKey[]> {
  const kept = new Map<string, ClientKey[]>();
  for (const [name, client] of await findKeptUnder(tx, [...oversized], among, MOST_SHARERS)) {
    kept.set(name, [...(kept.get(name) ?? []), client]);
  }
  return [...kept].flatMap(([name, clients]) => (isOversized(name, clients.length) ? [] : clients));
}
