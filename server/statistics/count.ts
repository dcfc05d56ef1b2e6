/**
 * Counts people again. A batch takes the people whose casework changed, reads what they brought, compares it with
 * what was last counted (`statistics.presence`), and moves the cells by the difference. One transaction a batch:
 * killed anywhere, nothing has happened and the next run does it. Counting somebody twice finds no difference.
 */

import type { Sql, Tx } from "../../db/client";
import {
  areaOfGroup,
  changedMonthsByGroup,
  FIRST_DAY_COUNTED,
  menuBits,
  monthsBefore,
  monthsNow,
  periodBits,
} from "../domain/counting";
import { type Hmac, recordKey } from "../domain/disclosure";
import { type Day, financialYearOf, firstDayOf, periodNumber } from "../domain/period";
import { keepBasis, noteReach, Reach } from "./basis";
import { broughtEntry } from "./brought";
import { applyMoves, Moves } from "./cells";
import { chunksOf, listOf, readAhead } from "./chunks";
import { loadNesting, type Nesting } from "./nesting";
import { countTraits, dropTraits, readTraits } from "./traits";
import { tryWriting } from "./writer";

export interface Counted {
  /** People taken. */
  people: number;
  /** Rows of presence that differed, and people of whom something else is known than before. */
  differences: number;
}

/** Marks that a batch takes at least, where so many wait; it ends with the last mark of a transaction. */
const BATCH = 4000;
/** People read by one query, while those before them are counted. */
const CHUNK = 500;

/**
 * Counts one batch of changed people. A batch takes whole transactions, so that both people of a link or an
 * unlink are counted at once. Null when another engine is at work; no people when none wait. `isLast`: everybody who
 * was waiting when it began has been counted.
 */
export function countChanged(
  stats: Sql,
  hmac: Hmac,
  atLeast = BATCH,
): Promise<(Counted & { isLast: boolean }) | null> {
  return tryWriting(stats, async (tx) => {
    const taken = await tx<{ personId: string; since: Day | null }[]>`
      delete from statistics.changed_person
      where transaction <= (
        select transaction
        from (select transaction from statistics.changed_person order by transaction limit ${atLeast}) as first
        order by transaction desc
        limit 1
      )
      returning person_id, since`;
    const since = new Map<string, Day>();
    for (const { personId, since: day } of taken) {
      const first = firstDayRead(day);
      const known = since.get(personId);
      if (known === undefined || first < known) since.set(personId, first);
    }
    const people = [...since.keys()];
    const counted =
      people.length === 0 ? { people: 0, differences: 0 } : await countPeople(tx, hmac, people, since);
    return { ...counted, isLast: taken.length < atLeast };
  });
}

/**
 * The first day to read of somebody in whom nothing changed before another: a financial year is counted whole. What was
 * said later of an issue may count otherwise for it, what was said earlier may not.
 */
function firstDayRead(since: Day | null): Day {
  if (since === null || since < FIRST_DAY_COUNTED) return FIRST_DAY_COUNTED;
  return firstDayOf({ type: "year", financialYear: financialYearOf(since), index: 0 });
}

/**
 * Counts these people again, in the caller's transaction. Of whom `since` knows a first day to read, earlier years stay
 * as they were counted.
 */
export async function countPeople(
  tx: Tx,
  hmac: Hmac,
  people: readonly string[],
  since: ReadonlyMap<string, Day> = new Map(),
): Promise<Counted> {
  const nesting = await loadNesting(tx);
  await keepBasis(tx, hmac, nesting);
  const moves = new Moves();
  const reach = new Reach();
  let differences = 0;
  const read = async (chunk: readonly string[]) => {
    const keyed = chunk.map((personId) => ({
      personId,
      personKey: recordKey(hmac, personId),
      firstDay: since.get(personId) ?? FIRST_DAY_COUNTED,
    }));
    const [rows, traits] = await Promise.all([readDifferences(tx, keyed), readTraits(tx, keyed)]);
    return { keyed, rows, traits };
  };
  for await (const [, { keyed, rows, traits }] of readAhead(chunksOf(people, CHUNK), read)) {
    differences += await takeDifferences(tx, rows, nesting, moves, reach);
    const present = new Set(rows.filter(({ now }) => now !== 0).map(({ personKey }) => personKey));
    const elsewhere = keyed.filter(
      ({ personKey, firstDay }) => firstDay > FIRST_DAY_COUNTED && !present.has(personKey),
    );
    for (const personKey of await presentBefore(tx, elsewhere)) present.add(personKey);
    differences += await countTraits(
      tx,
      keyed.map((person) => ({ ...person, isPresent: present.has(person.personKey) })),
      traits,
    );
  }
  await noteReach(tx, nesting, reach);
  await applyMoves(tx, moves, nesting);
  return { people: people.length, differences };
}

/** Takes from the counts people who are in presence and nowhere else, by their keys. */
export async function dropPeople(tx: Tx, hmac: Hmac, keys: readonly bigint[]): Promise<Counted> {
  const nesting = await loadNesting(tx);
  await keepBasis(tx, hmac, nesting);
  const moves = new Moves();
  const reach = new Reach();
  const rows = await tx<PresenceRow[]>`
    select person_key, financial_year, need_number, release_sector, 0 as now, months as was, settled, anonymous
    from statistics.presence
    where person_key = any(${listOf(keys)}::bigint[])
    order by person_key`;
  const differences = await takeDifferences(tx, rows, nesting, moves, reach);
  await dropTraits(tx, keys);
  await noteReach(tx, nesting, reach);
  await applyMoves(tx, moves, nesting);
  return { people: keys.length, differences };
}

interface PresenceRow {
  personKey: bigint;
  financialYear: number;
  needNumber: number;
  releaseSector: number;
  /** Months by casework, and as last counted. */
  now: number;
  was: number;
  settled: number;
  anonymous: boolean;
}

/**
 * Every row of these people from the year of their first day to read: what casework says now beside what was last
 * counted, in order of their keys.
 */
function readDifferences(
  tx: Tx,
  people: readonly { personId: string; personKey: bigint; firstDay: Day }[],
): Promise<readonly PresenceRow[]> {
  const ids = listOf(people.map(({ personId }) => personId));
  const keys = listOf(people.map(({ personKey }) => personKey));
  const days = listOf(people.map(({ firstDay }) => firstDay));
  const years = listOf(people.map(({ firstDay }) => financialYearOf(firstDay)));
  return tx<PresenceRow[]>`
    with given as (
      select * from unnest(${ids}::uuid[], ${keys}::bigint[], ${days}::date[], ${years}::smallint[])
        as g (person_id, person_key, first_day, first_year)
    ),
    brought as (
      select
        g.person_key,
        (extract(year from k.occurred_on)::int - (extract(month from k.occurred_on) < 4)::int)::smallint
          as financial_year,
        e.need_number,
        k.release_sector,
        bit_or(1 << ((extract(month from k.occurred_on)::int + 8) % 12)) as months,
        bool_and(c.anonymous) as anonymous
      from identity.clients_of(${ids}::uuid[]) as o
      join given as g on g.person_id = o.person_id
      join casework.client as c on c.organisation_id = o.organisation_id and c.id = o.client_id
      -- Apart, so that the first day narrows the look into the index.
      cross join lateral (
        select organisation_id, id, occurred_on, received_no, release_sector
        from casework.contact
        where organisation_id = o.organisation_id and client_id = o.client_id and occurred_on >= g.first_day
          and voided_at is null
        offset 0
      ) as k
      join casework.issue_entry as e on e.organisation_id = k.organisation_id and e.contact_id = k.id
      where ${broughtEntry(tx)}
      group by 1, 2, 3, 4
    ),
    counted as (
      select p.person_key, p.financial_year, p.need_number, p.release_sector, p.months, p.settled, p.anonymous
      from given as g
      join statistics.presence as p on p.person_key = g.person_key and p.financial_year >= g.first_year
    )
    select
      person_key, financial_year, need_number, release_sector,
      coalesce(b.months, 0) as now,
      coalesce(c.months, 0) as was,
      coalesce(c.settled, 0) as settled,
      coalesce(b.anonymous, c.anonymous) as anonymous
    from brought as b full join counted as c using (person_key, financial_year, need_number, release_sector)
    order by person_key`;
}

/** Those of the people whom a year before their first day to read counts. */
async function presentBefore(
  tx: Tx,
  people: readonly { personKey: bigint; firstDay: Day }[],
): Promise<readonly bigint[]> {
  if (people.length === 0) return [];
  const rows = await tx<{ personKey: bigint }[]>`
    select g.person_key
    from unnest(
      ${listOf(people.map(({ personKey }) => personKey))}::bigint[],
      ${listOf(people.map(({ firstDay }) => financialYearOf(firstDay)))}::smallint[]
    ) as g (person_key, first_year)
    where exists (
      select from statistics.presence as p
      where p.person_key = g.person_key and p.financial_year < g.first_year and p.months <> 0)`;
  return rows.map(({ personKey }) => personKey);
}

/** Writes presence as casework says, and notes how the cells move. Gives the number of rows that differed. */
async function takeDifferences(
  tx: Tx,
  rows: readonly PresenceRow[],
  nesting: Nesting,
  moves: Moves,
  reach: Reach,
): Promise<number> {
  const differing = rows.filter((row) => row.now !== row.was);
  for (const row of differing) reach.note(row.financialYear, row.now);
  for (let from = 0; from < rows.length; ) {
    let until = from + 1;
    while (rows[until]?.personKey === rows[from]?.personKey) until += 1;
    const person = rows.slice(from, until);
    for (const year of new Set(person.filter((row) => row.now !== row.was).map((row) => row.financialYear))) {
      notePerson(
        year,
        person.filter((row) => row.financialYear === year),
        nesting,
        moves,
      );
    }
    from = until;
  }
  await writePresence(tx, differing);
  return differing.length;
}

/** Which cells of a year a person enters and leaves: groups whose months changed, taken over all their rows. */
function notePerson(year: number, rows: readonly PresenceRow[], nesting: Nesting, moves: Moves): void {
  const personKey = rows[0]?.personKey;
  if (personKey === undefined) return;
  const groups = changedMonthsByGroup(
    rows.map(({ now, ...row }) => ({ ...row, months: now })),
    (sector) => nesting.cellAreas(year, sector),
  );
  const firstPeriod = periodNumber({ type: "month", financialYear: year, index: 0 });
  for (const [group, both] of groups) {
    const menu = menuBits(areaOfGroup(group));
    const had = periodBits(monthsBefore(both)) & menu;
    const has = periodBits(monthsNow(both)) & menu;
    if (had !== has) moves.add(group, firstPeriod, { personKey, entered: has & ~had, left: had & ~has });
  }
}

/** A row that nothing counts any more goes, unless a settled set still stands on it. */
async function writePresence(tx: Tx, rows: readonly PresenceRow[]): Promise<void> {
  const kept = rows.filter((row) => row.now !== 0 || row.settled !== 0);
  const gone = rows.filter((row) => row.now === 0 && row.settled === 0);
  if (kept.length > 0) {
    await tx`
      insert into statistics.presence
        (person_key, financial_year, need_number, release_sector, months, anonymous)
      select person_key, financial_year, need_number, release_sector, months, anonymous = 1
      from unnest(
        ${listOf(kept.map((row) => row.personKey))}::bigint[],
        ${listOf(kept.map((row) => row.financialYear))}::smallint[],
        ${listOf(kept.map((row) => row.needNumber))}::smallint[],
        ${listOf(kept.map((row) => row.releaseSector))}::int[],
        ${listOf(kept.map((row) => row.now))}::smallint[],
        ${listOf(kept.map((row) => Number(row.anonymous)))}::smallint[]
      ) as t (person_key, financial_year, need_number, release_sector, months, anonymous)
      on conflict (person_key, need_number, release_sector, financial_year)
      do update set months = excluded.months, anonymous = excluded.anonymous`;
  }
  if (gone.length > 0) {
    await tx`
      delete from statistics.presence as p
      using unnest(
        ${listOf(gone.map((row) => row.personKey))}::bigint[],
        ${listOf(gone.map((row) => row.financialYear))}::smallint[],
        ${listOf(gone.map((row) => row.needNumber))}::smallint[],
        ${listOf(gone.map((row) => row.releaseSector))}::int[]
      ) as g (person_key, financial_year, need_number, release_sector)
      where p.person_key = g.person_key and p.financial_year = g.financial_year
        and p.need_number = g.need_number and p.release_sector = g.release_sector`;
  }
}
