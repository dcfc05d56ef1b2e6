/**
 * What the linker does by itself: looks at whoever waits, whatever became of the job that asked for them; takes up jobs
 * that a killed linker held; learns a new model when it is time.
 */

import type { Sql } from "../db/client";
import type { WeighAgain } from "./link-reviews";
import { linkClientsOf, oneAtATime } from "./people";
import { estimateWhenDue } from "./people-estimation";
import { modelInUse } from "./people-model";
import { type ClientKey, keyedWith, keyOf, recordOpening } from "./people-records";
import { weighForReview } from "./people-reviews";
import { keepTraits } from "./people-traits";

/** Clients taken at a time; between two times whoever was just added has their turn. */
const CLIENTS_A_ROUND = 200;

/**
 * Links everybody who waits. Gives how many it looked at. Whoever cannot be linked keeps nobody else waiting: the others
 * are linked first, then it throws what went wrong.
 */
export async function linkWhoWaits(stats: Sql, signal?: AbortSignal): Promise<number> {
  const passedOver = new Set<string>();
  const faults: unknown[] = [];
  let looked = 0;
  while (!signal?.aborted) {
    const { model } = await modelInUse(stats);
    const all = await stats<ClientKey[]>`
      select * from identity.clients_to_link(
        ${keyedWith()}, ${model.version}, ${CLIENTS_A_ROUND + passedOver.size})`;
    const waiting = all.filter((client) => !passedOver.has(keyOf(client)));
    if (waiting.length === 0) break;
    try {
      await linkClientsOf(stats, waiting);
    } catch {
      for (const client of waiting) {
        await linkClientsOf(stats, [client]).catch((error) => {
          passedOver.add(keyOf(client));
          faults.push(error);
        });
      }
    }
    looked += waiting.length;
  }
  if (faults.length > 0) throw faults[0];
  return looked;
}

/** Clients whose traits one transaction writes: others who link wait no longer than it takes. */
const TRAITS_AT_ONCE = 500;

/**
 * Writes the traits of everybody who has none, or whose details changed since: clients from before there were slices,
 * and any whose job was lost. Gives how many it looked at.
 */
export async function keepTraitsOfWhoWaits(stats: Sql, signal?: AbortSignal): Promise<number> {
  let looked = 0;
  while (!signal?.aborted) {
    const waiting = await stats<ClientKey[]>`
      select * from identity.clients_without_traits(${TRAITS_AT_ONCE})`;
    if (waiting.length === 0) break;
    const written = await stats.begin(async (tx) => {
      await oneAtATime(tx);
      await recordOpening(tx, { action: "people.traits", opened: waiting.length });
      return keepTraits(tx, waiting);
    });
    looked += written;
    // Whoever is being erased was passed over.
    if (written === 0) break;
  }
  return looked;
}

/** So long one job may be at work before it is taken that its linker was killed. Done twice, it does nothing more. */
const LONGEST_JOB = "5 minutes";

/**
 * Gives back the jobs that linkers held when they were killed, which the queue would do after four hours: those held
 * for long, or all of them when a linker has just started.
 */
export async function releaseJobs(stats: Sql, which: "held for long" | "all"): Promise<void> {
  await stats`
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
    from graphile_worker.jobs
    where task_identifier = 'people.link' and locked_by is not null
      and (${which === "all"} or locked_at < now() - ${LONGEST_JOB}::interval)
    having count(*) > 0`;
}

/** Learns a new model when it is time, and then weighs everybody by it. Gives how many it looked at. */
export async function renewModel(stats: Sql, signal?: AbortSignal): Promise<number> {
  const model = await estimateWhenDue(stats);
  return model ? linkWhoWaits(stats, signal) : 0;
}

/** Reads and weighs pairs again with the model in use; leaves out those of whom one is gone or cannot be read. */
export const weighAgain: WeighAgain = async (tx, pairs) => {
  const weighed = await weighForReview(tx, pairs, await modelInUse(tx));
  return weighed.pairs;
};
