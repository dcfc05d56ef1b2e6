/**
 * Recounts everybody from casework through the same code as every batch, then forms every cell again from presence.
 * Counts and cell keys become what casework says; no figure moves. Each difference found is a fault worth knowing.
 */

import type { Sql } from "../../db/client";
import { type Hmac, recordKey } from "../domain/disclosure";
import { countPeople, dropPeople } from "./count";
import { formCells } from "./form";
import { loadNesting } from "./nesting";
import { tryWriting } from "./writer";

export interface Recount {
  people: number;
  /** Rows of presence, and traits of people, that casework did not bear out. */
  presence: number;
  /** Cells that presence did not bear out. */
  cells: number;
}

const PEOPLE_A_BATCH = 4000;
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Recounts everybody; null when another engine is at work. People whose casework is still to be counted differ. */
export async function recountAll(
  stats: Sql,
  hmac: Hmac,
  progress: (people: number) => void = () => {},
): Promise<Recount | null> {
  const found: Recount = { people: 0, presence: 0, cells: 0 };
  for (let after: string | undefined = NOBODY; after !== undefined; ) {
    const from: string = after;
    const batch = await tryWriting(stats, async (tx) => {
      const rows = await tx<{ personId: string }[]>`
        select person_id from identity.people_after(${from}::uuid, ${PEOPLE_A_BATCH})`;
      const people = rows.map((row) => row.personId);
      const { differences } = await countPeople(tx, hmac, people);
      return { last: people.at(-1), people: people.length, differences };
    });
    if (!batch) return null;
    found.people += batch.people;
    found.presence += batch.differences;
    after = batch.last;
    progress(found.people);
  }
  const rest = await tryWriting(stats, async (tx) => {
    const known = new Set<bigint>();
    for (let after: string | undefined = NOBODY; after !== undefined; ) {
      const rows: { personId: string }[] = await tx`
        select person_id from identity.people_after(${after}::uuid, ${PEOPLE_A_BATCH})`;
      for (const { personId } of rows) known.add(recordKey(hmac, personId));
      after = rows.at(-1)?.personId;
    }
    const counted = await tx<{ personKey: bigint }[]>`
      select distinct person_key from statistics.presence where months <> 0`;
    const strangers = counted.map((row) => row.personKey).filter((key) => !known.has(key));
    const dropped = strangers.length > 0 ? await dropPeople(tx, hmac, strangers) : null;

    const nesting = await loadNesting(tx);
    const years = await tx<{ financialYear: number }[]>`
      select distinct financial_year from statistics.presence
      union select distinct period / 32 + 2000 from statistics.cell
      order by 1`;
    let cells = 0;
    for (const { financialYear } of years) cells += await formCells(tx, nesting, financialYear);
    return { presence: dropped?.differences ?? 0, cells };
  });
  if (!rest) return null;
  return { people: found.people, presence: found.presence + rest.presence, cells: rest.cells };
}
