/**
 * Counts of a made world: presence by one statement from casework, as the engine defines it, then cells and settled
 * figures by the engine's own code. Counting everybody batch after batch gives the same and takes ten times as long;
 * `sampleDiffers` counts some people again with the engine and finds no difference.
 */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Sql } from "../db/client";
import { BROUGHT } from "../server/domain/counting";
import { type Hmac, recordKey } from "../server/domain/disclosure";
import { periodsInside } from "../server/domain/period";
import { key } from "../server/keys";
import { keepBasis, noteReach, Reach } from "../server/statistics/basis";
import { countPeople } from "../server/statistics/count";
import { formCells } from "../server/statistics/form";
import { keyedHash } from "../server/statistics/keyed-hash";
import { loadNesting } from "../server/statistics/nesting";
import { settlePeriod } from "../server/statistics/settle";
import { tryWriting } from "../server/statistics/writer";
import { timed } from "./bench";
import { LAST_YEAR, partsOf } from "./world-casework";

const SETTLED_ON = `${LAST_YEAR + 1}-05-01`;
const PEOPLE_COUNTED_AGAIN = 500;

/** Counts everybody, and settles the quarters of the last year and the year itself. */
export async function buildCounts(
  administrator: Sql,
  stats: Sql,
  rows: number,
  say: (text: string) => void,
): Promise<void> {
  const { firstYear } = partsOf(rows);
  const years = Array.from({ length: LAST_YEAR + 1 - firstYear }, (_, at) => firstYear + at);
  const hmac = keyedHash(key("disclosure"));
  const step = async (name: string, work: () => Promise<unknown>) => {
    say(`  ${name}: ${((await timed(work)) / 1000).toFixed(1)} s`);
  };
  await step("keys of people", () => writeKeys(administrator, hmac));
  await step("presence", () => writePresence(administrator));
  await step("cells", () =>
    writing(stats, async (tx) => {
      const nesting = await loadNesting(tx);
      await keepBasis(tx, hmac, nesting);
      const reach = new Reach();
      for (const year of years) reach.note(year, 0);
      await noteReach(tx, nesting, reach);
      let cells = 0;
      for (const year of years) cells += await formCells(tx, nesting, year);
      return cells;
    }),
  );
  const year = { type: "year", financialYear: LAST_YEAR, index: 0 } as const;
  const quarters = periodsInside(year).filter(({ type }) => type === "quarter");
  for (const [at, period] of [...quarters, year].entries()) {
    await step(`settling ${at + 1} of ${quarters.length + 1}`, () =>
      writing(stats, async (tx) =>
        settlePeriod(tx, hmac, await loadNesting(tx), period, { number: 1, today: SETTLED_ON }),
      ),
    );
  }
  await step("counting some people again", async () => {
    const differing = await sampleDiffers(stats, hmac);
    if (differing > 0)
      throw new Error(`The engine counts ${differing} rows otherwise than the statement did`);
  });
}

/** Nobody else writes in a world that is being built. */
async function writing<T>(stats: Sql, work: Parameters<typeof tryWriting<T>>[1]): Promise<T> {
  const done = await tryWriting(stats, work);
  if (done === null) throw new Error("Another engine is at work in the world being built");
  return done;
}

async function writeKeys(administrator: Sql, hmac: Hmac): Promise<void> {
  await administrator`create unlogged table public.made_key (person_id uuid, person_key bigint)`;
  const read = await administrator.reserve();
  try {
    const people = await read<{ personId: string }[]>`select distinct person_id from identity.client_person`;
    function* lines() {
      for (const { personId } of people) yield `${personId}\t${recordKey(hmac, personId)}\n`;
    }
    await pipeline(Readable.from(lines()), await read`copy public.made_key from stdin`.writable());
    await read`analyze public.made_key`;
  } finally {
    read.release();
  }
}

/** What `countPeople` works out for a batch, for everybody at once. */
async function writePresence(administrator: Sql): Promise<void> {
  const connection = await administrator.reserve();
  try {
    await connection.unsafe("set work_mem = '512MB'; set synchronous_commit = off");
    await connection`
      insert into statistics.presence
        (person_key, financial_year, need_number, release_sector, months, anonymous)
      select
        g.person_key,
        (extract(year from k.occurred_on)::int - (extract(month from k.occurred_on) < 4)::int)::smallint,
        e.need_number,
        k.release_sector,
        bit_or(1 << ((extract(month from k.occurred_on)::int + 8) % 12)),
        false
      from (
        select organisation_id, contact_id, need_number, status,
               row_number() over (partition by organisation_id, issue_id order by occurred_on, received_no) as place
        from casework.issue_entry as e
        join casework.contact as k using (organisation_id)
        where k.id = e.contact_id
      ) as e
      join casework.contact as k on k.organisation_id = e.organisation_id and k.id = e.contact_id
      join identity.client_person as p on p.organisation_id = k.organisation_id and p.client_id = k.client_id
      join public.made_key as g on g.person_id = p.person_id
      where e.place = 1 or e.status = any(${BROUGHT}::casework.entry_status[])
      group by 1, 2, 3, 4
      order by 1, 3, 4, 2`;
    await connection`drop table public.made_key`;
    await connection`analyze statistics.presence`;
    await connection.unsafe("reset all");
  } finally {
    connection.release();
  }
}

/** Rows that the engine finds different for some people. */
async function sampleDiffers(stats: Sql, hmac: Hmac): Promise<number> {
  const { differences } = await writing(stats, async (tx) => {
    const people = await tx<{ personId: string }[]>`
      select person_id from identity.people_after('00000000-0000-0000-0000-000000000000', ${PEOPLE_COUNTED_AGAIN})`;
    return countPeople(
      tx,
      hmac,
      people.map(({ personId }) => personId),
    );
  });
  return differences;
}
