/**
 * Everybody whom some clients could be one person with, however indirectly: by an identifier, by a description that is
 * a link, by a person's word, or because they are one person now. Who is reached so is opened and followed in turn, so
 * that the people worked out over a neighbourhood are those that would be worked out over everybody.
 */

import type { Tx } from "../db/client";
import type { LinkModel } from "./domain/linking/model";
import { withoutOversized } from "./domain/linking/oversized-keys";
import { isTie, type Weigh, type WeighedPair, weigher } from "./domain/linking/weighing";
import { type ClientKey, columnsOf, keyOf, meet, type OpenedClient, openClients } from "./people-records";

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
}

/** Finds the neighbourhood of some clients, weighing every pair that shares a blocking key or was linked before. */
export async function neighbourhood(
  tx: Tx,
  from: readonly ClientKey[],
  model: LinkModel,
): Promise<Neighbourhood> {
  const opened = new Map<string, OpenedClient>();
  const clients = new Map<string, OpenedClient>();
  const pairs = new Map<string, WeighedPair>();
  const oversized = new Map<string, number>();
  const weigh = weigher(model, pairs);
  let frontier = [...new Map(from.map((client) => [keyOf(client), client])).values()];
  while (frontier.length > 0) {
    await openInto(tx, opened, frontier);
    const asWritten = frontier.flatMap((client) => opened.get(keyOf(client)) ?? []);
    const next = new Map<string, ClientKey>();
    const [meetings, partners] = await Promise.all([meet(tx, asWritten), findPartners(tx, asWritten)]);
    for (const block of meetings.oversized) {
      const rule = block.slice(0, block.indexOf("|"));
      oversized.set(rule, (oversized.get(rule) ?? 0) + 1);
    }
    const reached = asWritten.map((client) => withoutOversized(client, meetings.oversized));
    for (const client of reached) {
      clients.set(client.key, client);
      opened.set(client.key, client);
    }
    await openInto(
      tx,
      opened,
      [...meetings.others.values()].flatMap((others) => [...others.values()]),
    );
    await openInto(tx, opened, partners);
    for (const client of reached) {
      for (const other of meetings.others.get(client.key)?.keys() ?? []) {
        const met = opened.get(other);
        if (met && isTie(weigh(client, met))) next.set(met.key, met);
      }
    }
    for (const partner of partners) next.set(keyOf(partner), partner);
    frontier = [...next.values()].filter(
      (client) => opened.has(keyOf(client)) && !clients.has(keyOf(client)),
    );
  }
  return { clients, pairs, weigh, opened: opened.size, oversized };
}

async function openInto(
  tx: Tx,
  opened: Map<string, OpenedClient>,
  wanted: readonly ClientKey[],
): Promise<void> {
  const missing = new Map(
    wanted.map((client) => [keyOf(client), client] as const).filter(([key]) => !opened.has(key)),
  );
  for (const client of await openClients(tx, [...missing.values()])) opened.set(client.key, client);
}

function findPartners(tx: Tx, clients: readonly OpenedClient[]): Promise<ClientKey[]> {
  const { organisations, ids } = columnsOf(clients);
  return tx<ClientKey[]>`
    select distinct organisation_id, client_id
    from identity.link_partners(${organisations}::integer[], ${ids}::uuid[])`;
}
