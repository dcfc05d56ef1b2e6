/**
 * Everybody whom some clients could be one person with, however indirectly: by an identifier, by a description that is
 * a link, by a person's word, or because they are one person now. Who is reached so is opened and followed in turn, so
 * that the people worked out over a neighbourhood are those that would be worked out over everybody. What could never
 * join two is not followed, and a chain without an end is given up.
 */

import type { Tx } from "../db/client";
import { blockingKeys } from "./domain/linking/blocking";
import { contradictEachOther } from "./domain/linking/clusters";
import { type LinkModel, mayBeOne } from "./domain/linking/model";
import { withoutOversized } from "./domain/linking/oversized-keys";
import { isTie, type Weigh, type WeighedPair, weigher } from "./domain/linking/weighing";
import {
  type Among,
  type ClientKey,
  columnsOf,
  EVERYBODY,
  findOnceJoined,
  findOversized,
  keyOf,
  meet,
  type OpenedClient,
  openClients,
} from "./people-records";

export interface Neighbourhood {
  /** Who was reached, by key. */
  clients: ReadonlyMap<string, OpenedClient>;
  /** Pairs of whom one at least was reached, by pair. */
  pairs: ReadonlyMap<string, WeighedPair>;
  weigh: Weigh;
  /** How many clients were opened. */
  opened: number;
  /** Blocks passed over because too many share them, by the name of their rule. */
  oversized: ReadonlyMap<string, number>;
  /** False when it was given up: what is known of it is then not enough to say who is one. */
  isWhole: boolean;
}

/**
 * Steps and clients after which a neighbourhood is given up. A person known to fifty organisations is reached in a few
 * steps; what goes on for longer is a chain of wrong numbers, each of which would stop linking for everybody meanwhile.
 */
const MOST_STEPS = 20;
const MOST_REACHED = 1_000;

/**
 * Finds the neighbourhood of some clients, weighing every pair that shares a blocking key or was linked before: among
 * everybody, or within one organisation as if there were no others.
 */
export async function neighbourhood(
  tx: Tx,
  from: readonly ClientKey[],
  model: LinkModel,
  among: Among = EVERYBODY,
): Promise<Neighbourhood> {
  const world: World = { tx, among, opened: new Map(), keys: new Map() };
  const clients = new Map<string, OpenedClient>();
  const pairs = new Map<string, WeighedPair>();
  const oversized = new Map<string, number>();
  const weigh = weigher(model, pairs);
  let frontier = [...new Map(from.map((client) => [keyOf(client), client])).values()];
  let steps = 0;
  for (; frontier.length > 0; steps += 1) {
    if (steps === MOST_STEPS || clients.size + frontier.length > MOST_REACHED) break;
    const leftOut = await openInto(world, frontier);
    const reached = frontier.flatMap((client) => world.opened.get(keyOf(client)) ?? []);
    const [meetings, tied, onceJoined] = await Promise.all([
      meet(tx, reached, among),
      findPartners(tx, reached, among),
      steps === 0 ? findOnceJoined(tx, leftOut, among) : [],
    ]);
    const partners = [...tied, ...onceJoined];
    for (const block of [...meetings.oversized, ...leftOut]) {
      const rule = block.slice(0, block.indexOf("|"));
      oversized.set(rule, (oversized.get(rule) ?? 0) + 1);
    }
    for (const client of reached) clients.set(client.key, client);
    const met = [...meetings.others.values()].flatMap((others) => [...others.values()]);
    await openInto(world, [...met, ...partners]);
    const next = new Map<string, ClientKey>();
    for (const client of reached) {
      for (const key of meetings.others.get(client.key)?.keys() ?? []) {
        const other = world.opened.get(key);
        if (!other || !shareKey(world, client, other, meetings.oversized)) continue;
        if (couldJoin(weigh(client, other))) next.set(other.key, other);
      }
    }
    for (const partner of partners) next.set(keyOf(partner), partner);
    frontier = [...next.values()].filter(
      (client) => world.opened.has(keyOf(client)) && !clients.has(keyOf(client)),
    );
  }
  const isWhole = frontier.length === 0;
  return { clients, pairs, weigh, opened: world.opened.size, oversized, isWhole };
}

/** Whether what two clients have in common could make them one by itself: then whoever is tied to the other matters. */
const couldJoin = (pair: WeighedPair) =>
  pair.score.band === "link" ||
  (isTie(pair) && mayBeOne(pair.score) && !contradictEachOther(pair.a.record, pair.b.record));

interface World {
  tx: Tx;
  among: Among;
  /** Everybody who was opened, without the identifiers that too many carry. */
  opened: Map<string, OpenedClient>;
  /** The blocking keys of those whose keys were asked for. */
  keys: Map<string, ReadonlySet<string>>;
}

/**
 * Whether two clients who met share a blocking key as they are now. A client that was changed is kept under its old
 * tokens until it is linked anew, and whoever met it by one of those would be compared where a run over everybody
 * compares nobody.
 */
function shareKey(world: World, a: OpenedClient, b: OpenedClient, oversized: ReadonlySet<string>): boolean {
  const keysOfB = keysOf(world, b);
  return [...keysOf(world, a)].some((key) => keysOfB.has(key) && !oversized.has(key));
}

function keysOf({ keys }: World, { key, record }: OpenedClient): ReadonlySet<string> {
  const known = keys.get(key) ?? new Set(blockingKeys(record));
  keys.set(key, known);
  return known;
}

/**
 * Opens clients who are not open yet, without the identifiers that too many carry, whether they are followed or merely
 * met: a pair weighs the same from either side. Gives the blocking keys of what was left out.
 */
async function openInto(
  { tx, among, opened }: World,
  wanted: readonly ClientKey[],
): Promise<ReadonlySet<string>> {
  const missing = new Map(
    wanted.map((client) => [keyOf(client), client] as const).filter(([key]) => !opened.has(key)),
  );
  const asWritten = await openClients(tx, [...missing.values()]);
  const tooMany = await findOversized(tx, asWritten, among);
  for (const client of asWritten) opened.set(client.key, withoutOversized(client, tooMany));
  return tooMany;
}

function findPartners(
  tx: Tx,
  clients: readonly OpenedClient[],
  { organisationId }: Among,
): Promise<ClientKey[]> {
  const { organisations, ids } = columnsOf(clients);
  return organisationId === null
    ? tx<ClientKey[]>`
        select distinct organisation_id, client_id
        from identity.link_partners(${organisations}::integer[], ${ids}::uuid[])`
    : tx<ClientKey[]>`
        select distinct organisation_id, client_id
        from identity.own_partners(${organisationId}, ${ids}::uuid[])`;
}
