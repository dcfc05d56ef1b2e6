/**
 * Learns from the clients here what agreement is worth: how often strangers agree, how often the records of one
 * person do, and how common each name is. From a sample when there are many: shares are the same in a sample.
 */

import { setImmediate as letOthersRun } from "node:timers/promises";
import type { Sql, Tx } from "../db/client";
import { candidatePairs, learning } from "./domain/linking/learning";
import type { LinkModel } from "./domain/linking/model";
import type { LinkRecord } from "./domain/linking/record";
import { keepModel } from "./people-model";
import { type ClientKey, openClients, recordOpening } from "./people-records";

/** With fewer clients than this there are too few records of one person to learn from. */
export const FEWEST_CLIENTS = 2_000;
/** So many are taken at most; their pairs fit in memory, and more would not change the shares. */
const MOST_CLIENTS = 20_000;
const RANDOM_PAIRS = 100_000;
/** Clients opened by one query. */
const CLIENTS_AT_ONCE = 2_000;
/** A model is made anew after a week, or once there are this many times the clients that it was learnt from. */
const OLDEST_DAYS = 7;
const GROWTH = 1.5;

/** Estimates from these records. Lets other work of the process go on between. */
export async function estimateFrom(records: readonly LinkRecord[]): Promise<LinkModel> {
  const { evident, pairs } = candidatePairs(records.map((record) => ({ record })));
  const steps = learning("estimated", evident, pairs, { randomPairs: RANDOM_PAIRS });
  let step = steps.next();
  for (; !step.done; step = steps.next()) await letOthersRun();
  return step.value.model;
}

/** Estimates a new model when it is time for one, and keeps it. Gives it; null when it was not time. */
export async function estimateWhenDue(stats: Sql): Promise<LinkModel | null> {
  const [due] = await stats<{ clients: number; due: boolean }[]>`
    select * from identity.link_model_due(${FEWEST_CLIENTS}, ${GROWTH}, make_interval(days => ${OLDEST_DAYS}))`;
  if (!due?.due) return null;
  return stats.begin((tx) => estimateNow(tx, due.clients)).then((model) => model);
}

/** Estimates a model from the clients there are, and keeps it as the one in use. */
async function estimateNow(tx: Tx, clients: number): Promise<LinkModel> {
  const sample = await tx<ClientKey[]>`select * from identity.linkable_sample(${MOST_CLIENTS})`;
  await recordOpening(tx, { action: "people.estimate", opened: sample.length });
  const records: LinkRecord[] = [];
  for (let at = 0; at < sample.length; at += CLIENTS_AT_ONCE) {
    const opened = await openClients(tx, sample.slice(at, at + CLIENTS_AT_ONCE));
    for (const { record } of opened) records.push(record);
  }
  return keepModel(tx, await estimateFrom(records), clients);
}
