/**
 * Counts, every night, which needs an organisation's own people bring together, and hands the pairs worth offering
 * to its members. Runs under the casework login, one organisation a transaction, so that row-level security keeps
 * one organisation's people out of another's counts.
 */

import type { Sql, Tx } from "../db/client";
import { installationNow } from "./clock";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import {
  FEWEST_BOTH,
  type NeedPair,
  PAIR_MONTHS,
  type PairCount,
  pairsWorthOffering,
} from "./domain/need-pairs";
import { getNeedByNumber } from "./domain/needs";
import { dayOf } from "./domain/period";

/** The pairs of needs worth offering in the actor's organisation, as last counted. */
export function listNeedPairs(ctx: ActorCtx): Promise<NeedPair[]> {
  requireRight(ctx, "contact.log", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db, actor: { organisationId } }) => {
    const rows = await db<Pick<PairCount, "needNumber" | "otherNumber" | "peopleWith" | "peopleBoth">[]>`
      select need_number, other_number, people_with, people_both
      from casework.need_pair
      where organisation_id = ${organisationId}
      order by need_number, other_number`;
    return rows.map(({ needNumber, otherNumber, peopleWith, peopleBoth }) => ({
      need: getNeedByNumber(needNumber).code,
      offer: getNeedByNumber(otherNumber).code,
      share: peopleBoth / peopleWith,
      people: peopleWith,
    }));
  });
}

/** Counts afresh for every organisation that was not counted today. Work of the worker; may run twice. */
export async function refreshNeedPairs(app: Sql): Promise<void> {
  const organisations = await app.begin(async (tx) => {
    await tx`select set_config('app.purpose', 'operator', true)`;
    return tx<{ id: number }[]>`select id from casework.organisation order by id`;
  });
  for (const { id } of organisations) {
    await app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(id)}, true)`;
      await refreshPairsOf(tx, id);
    });
  }
}

async function refreshPairsOf(db: Tx, organisationId: number): Promise<void> {
  const today = dayOf(await installationNow(db));
  const [counted] = await db`
    select 1 from casework.need_pair
    where organisation_id = ${organisationId} and computed_on = ${today} limit 1`;
  if (counted) return;
  const pairs = pairsWorthOffering(await countPairs(db, organisationId, today));
  await db`delete from casework.need_pair where organisation_id = ${organisationId}`;
  const column = (name: keyof PairCount) => pairs.map((pair) => pair[name]);
  await db`
    insert into casework.need_pair
      (organisation_id, need_number, other_number, people_with, people_other, people_both, everyone, computed_on)
    select ${organisationId}, pair.*, ${today}::date
    from unnest(${column("needNumber")}::smallint[], ${column("otherNumber")}::smallint[],
                ${column("peopleWith")}::int[], ${column("peopleOther")}::int[],
                ${column("peopleBoth")}::int[], ${column("everyone")}::int[]) as pair`;
}

/**
 * People by need and by pair of needs: open now, or presented within twelve months. Somebody who gave no name is
 * left out: each of their contacts would count as a person, with one contact's needs only.
 */
function countPairs(db: Tx, organisationId: number, today: string): Promise<PairCount[]> {
  return db<PairCount[]>`
    with course as (
      select i.client_id, i.need_number, e.status, c.occurred_on,
             row_number() over (partition by i.id order by c.occurred_on desc, c.received_no desc) as back
      from casework.issue as i
      join casework.client as p on p.organisation_id = i.organisation_id and p.id = i.client_id
      join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
      join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
      where i.organisation_id = ${organisationId} and not p.anonymous and c.voided_at is null
    ), has as materialized (
      select distinct client_id, need_number
      from course
      where status not in ('resolved', 'no-longer-relevant')
        and (back = 1 or occurred_on > ${today}::date - ${PAIR_MONTHS} * interval '1 month')
    ), people as (
      select need_number, count(*)::int as people from has group by need_number
    ), pairs as (
      select a.need_number, b.need_number as other_number, count(*)::int as people_both
      from has as a
      join has as b on b.client_id = a.client_id and b.need_number <> a.need_number
      group by a.need_number, b.need_number
      having count(*) >= ${FEWEST_BOTH}
    )
    select pairs.need_number, pairs.other_number, one.people as people_with, other.people as people_other,
           pairs.people_both, (select count(distinct client_id)::int from has) as everyone
    from pairs
    join people as one on one.need_number = pairs.need_number
    join people as other on other.need_number = pairs.other_number
    order by pairs.need_number, pairs.other_number`;
}
