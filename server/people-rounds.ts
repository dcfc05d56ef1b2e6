/**
 * What the linker does by itself: looks at clients whom nobody asked about, because they are older than linking or
 * because keys, rules or the model have changed since they were looked at.
 */

import type { Sql } from "../db/client";
import { linkClientsOf } from "./people";
import { modelInUse } from "./people-model";
import { type ClientKey, keyedWith } from "./people-records";

/** Clients taken at a time; between two times whoever was just added has their turn. */
const CLIENTS_A_ROUND = 200;

/** Links everybody who waits. Gives how many it looked at. */
export async function linkWhoWaits(stats: Sql, signal?: AbortSignal): Promise<number> {
  let looked = 0;
  while (!signal?.aborted) {
    const { model } = await modelInUse(stats);
    const waiting = await stats<ClientKey[]>`
      select * from identity.clients_to_link(${keyedWith()}, ${model.version}, ${CLIENTS_A_ROUND})`;
    if (waiting.length === 0) break;
    await linkClientsOf(stats, waiting);
    looked += waiting.length;
  }
  return looked;
}
