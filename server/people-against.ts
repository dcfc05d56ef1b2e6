/**
 * Tries a file against the store: which of its records would be one person with which clients, were they added today.
 * In transactions that may not write, so nothing of the file is kept and nobody is linked.
 */

import type { Sql, Tx } from "../db/client";
import type { NamedRecord } from "./domain/linking/link-all";
import type { Band, LinkModel } from "./domain/linking/model";
import { withoutOversized } from "./domain/linking/oversized-keys";
import { reasonOf } from "./domain/linking/reasons";
import { weighPair } from "./domain/linking/weighing";
import { modelInUse } from "./people-model";
import {
  type ClientKey,
  findOversized,
  keyOf,
  meet,
  type OpenedClient,
  openClients,
  recordOpening,
} from "./people-records";

/** A record of the file and a client who is or could be the same person. */
export interface TriedPair {
  recordId: string;
  client: ClientKey;
  probability: number;
  band: Exclude<Band, "leave">;
  /** Why, in plain words, without a value. */
  reason: string;
}

const RECORDS_AT_ONCE = 500;
/** Stands for the file among organisations, whose numbers begin with 1. */
const THE_FILE = 0;

/**
 * Weighs each record against every client who shares a blocking key with it. Pairs in order of the records. That it was
 * tried is recorded first.
 */
export async function tryAgainst(stats: Sql, records: readonly NamedRecord[]): Promise<TriedPair[]> {
  await stats.begin((tx) => recordOpening(tx, { action: "people.try", opened: records.length }));
  const found: TriedPair[] = [];
  for (let at = 0; at < records.length; at += RECORDS_AT_ONCE) {
    const some = records.slice(at, at + RECORDS_AT_ONCE);
    const pairs = await stats.begin("read only", async (tx) => {
      const { model } = await modelInUse(tx);
      return trySome(tx, some, model);
    });
    found.push(...pairs);
  }
  return found;
}

async function trySome(tx: Tx, records: readonly NamedRecord[], model: LinkModel): Promise<TriedPair[]> {
  const asClients = records.map(({ id, record }): OpenedClient => {
    const client = { organisationId: THE_FILE, clientId: id };
    return { ...client, key: keyOf(client), personId: id, originPersonId: id, version: 0, record };
  });
  const { others, oversized: passedOver } = await meet(tx, asClients);
  const wanted = new Map<string, ClientKey>();
  for (const met of others.values()) {
    for (const [key, client] of met) if (client.organisationId !== THE_FILE) wanted.set(key, client);
  }
  const asWritten = await openClients(tx, [...wanted.values()]);
  const oversized = await findOversized(tx, asWritten);
  const opened = new Map(asWritten.map((client) => [client.key, withoutOversized(client, oversized)]));
  return asClients.flatMap((one) =>
    [...(others.get(one.key)?.keys() ?? [])].sort().flatMap((key): TriedPair[] => {
      const client = opened.get(key);
      if (!client) return [];
      const { score } = weighPair(model, withoutOversized(one, passedOver), client);
      if (score.band === "leave") return [];
      const { organisationId, clientId } = client;
      const { probability, band } = score;
      const reason = reasonOf(score);
      return [{ recordId: one.clientId, client: { organisationId, clientId }, probability, band, reason }];
    }),
  );
}
