/**
 * Releases: when periods are due they settle, and every period that settled before and has changed since is settled
 * again, all under one release number. Made each month by the clock of the installation, or by an officer. A release
 * that was cut short is finished by the next run, under the same number. What it tells follows from figures alone:
 * periods settled again of which no figure moved are not in it, and where that is all, there is no release.
 */

import type { Sql, Tx } from "../../db/client";
import { installationNow, listHolidays } from "../clock";
import type { Hmac } from "../domain/disclosure";
import { isOpenCell } from "../domain/open-data/menu";
import { type Day, dayOf, type Period, periodByNumber, periodText, slotOf } from "../domain/period";
import { bySettling, duePeriods } from "../domain/settling";
import { findFirstDay, keepBasis } from "./basis";
import { loadNesting } from "./nesting";
import { settlePeriod } from "./settle";
import { SLICE_NUMBERS } from "./slices";
import { slicesChanged } from "./slices-changed";
import { tryWriting } from "./writer";

export interface Released {
  number: number;
  settled: string[];
  /** Periods settled before of which a figure of the open menu moved. */
  revised: string[];
  /** Figures that appeared, changed or went. */
  moved: number;
}

export interface ReleaseRequest {
  /** An officer asks: revise what has changed although nothing is due. */
  byOfficer?: boolean;
  signal?: AbortSignal;
}

/**
 * Settles what is due and revises what has changed. Null when there is nothing to release, when another engine is at
 * work, or when asked to stop on the way.
 */
export async function releaseDue(
  stats: Sql,
  hmac: Hmac,
  { byOfficer = false, signal }: ReleaseRequest = {},
): Promise<Released | null> {
  const plan = await tryWriting(stats, async (tx) => {
    const found = await planRelease(tx, byOfficer);
    if (found) await keepBasis(tx, hmac, await loadNesting(tx));
    return found;
  });
  if (!plan) return null;
  for (const period of plan.periods) {
    if (signal?.aborted) return null;
    const done = await tryWriting(stats, async (tx) =>
      settlePeriod(tx, hmac, await loadNesting(tx), period, { number: plan.number, today: plan.today }),
    );
    if (!done) return null;
  }
  return tryWriting(stats, (tx) => closeRelease(tx, plan.number, plan.today));
}

interface Plan {
  number: number;
  today: Day;
  periods: Period[];
}

async function planRelease(tx: Tx, byOfficer: boolean): Promise<Plan | null> {
  const today = dayOf(await installationNow(tx));
  const settlements = await tx<{ period: number; releaseNo: number }[]>`
    select period, release_no from statistics.settlement`;
  const [last] = await tx<{ number: number | null }[]>`select max(number) as number from published.release`;
  const number = (last?.number ?? 0) + 1;
  const started = settlements.some((row) => row.releaseNo === number);
  const settled = new Set(settlements.map((row) => row.period));
  const firstDay = await findFirstDay(tx);
  const due = firstDay
    ? duePeriods({
        firstDay,
        today,
        holidays: await listHolidays(tx),
        isSettled: (period) => settled.has(period),
      })
    : [];
  if (due.length === 0 && !started && !byOfficer) return null;
  const changed = new Set([...(await changedSince(tx, settled)), ...(await slicesChanged(tx, settled))]);
  const revised = [...changed].map(periodByNumber);
  if (due.length === 0 && !started && revised.length === 0) return null;
  return { number, today, periods: [...due, ...revised].sort(bySettling) };
}

/** Settled periods whose set is no longer the one that settled. */
async function changedSince(tx: Tx, settled: ReadonlySet<number>): Promise<number[]> {
  if (settled.size === 0) return [];
  // The 17 periods of a year as bits: months as they stand, quarters from 12, the year 16.
  const rows = await tx<{ financialYear: number; differing: number }[]>`
    with turned as (
      select person_key, need_number, release_sector, period / 32 + 2000 as financial_year,
        bit_or(1 << (period % 32)) as slots
      from (
        select person_key, need_number, release_sector, period
        from statistics.settled_change
        group by 1, 2, 3, 4
        having count(*) % 2 = 1
      ) as odd
      group by 1, 2, 3, 4
    )
    select financial_year, bit_or(
      (months
        | ((months & 7 <> 0)::int << 12) | ((months & 56 <> 0)::int << 13)
        | ((months & 448 <> 0)::int << 14) | ((months & 3584 <> 0)::int << 15)
        | ((months <> 0)::int << 16)
      ) # settled
    ) as differing
    from (
      select
        financial_year,
        coalesce(p.months::int, 0) as months,
        coalesce(p.settled, 0) # coalesce(t.slots, 0) as settled
      from statistics.presence as p
      full join turned as t using (person_key, need_number, release_sector, financial_year)
    ) as rows
    group by financial_year`;
  const differing = new Map(rows.map((row) => [row.financialYear, row.differing]));
  return [...settled].filter((number) => {
    const period = periodByNumber(number);
    return ((differing.get(period.financialYear) ?? 0) >> slotOf(period)) & 1;
  });
}

async function closeRelease(tx: Tx, number: number, today: Day): Promise<Released | null> {
  const settled = await tx<{ period: number }[]>`
    select period from published.settled_period where release_no = ${number}`;
  const [moved] = await tx<{ figures: number }[]>`
    select (
      (select count(*) from published.figure where release_no = ${number})
      + (select count(*) from published.pair_figure where release_no = ${number})
      + (select count(*) from published.superseded_figure as s
         where until_release_no = ${number} and figure is not null and not exists (
           select from published.figure as f
           where f.node = s.node and f.slice = s.slice and f.period = s.period and f.area = s.area))
    )::int as figures`;
  const figures = moved?.figures ?? 0;
  if (settled.length === 0 && figures === 0) {
    // People changed and no figure did: a release would tell that somebody came.
    await tx`update statistics.settlement set release_no = ${number - 1} where release_no = ${number}`;
    return null;
  }
  const textsOf = (numbers: readonly number[]) =>
    numbers.map(periodByNumber).sort(bySettling).map(periodText);
  const released = {
    settled: textsOf(settled.map(({ period }) => period)),
    revised: textsOf(await openlyRevised(tx, number)),
    moved: figures,
  };
  await tx`
    insert into published.release (number, made_on, summary) values (${number}, ${today}, ${tx.json(released)})`;
  return { number, ...released };
}

/** Periods settled in an earlier release of which this one moved a figure of the open menu. */
async function openlyRevised(tx: Tx, number: number): Promise<number[]> {
  const rows = await tx<{ period: number; area: number; node: number }[]>`
    select distinct s.period, s.area, s.node
    from published.superseded_figure as s
    join published.settled_period as p on p.period = s.period and p.release_no < ${number}
    left join published.figure as f
      on f.node = s.node and f.slice = s.slice and f.period = s.period and f.area = s.area
    where s.until_release_no = ${number} and s.slice = any(${[0, ...SLICE_NUMBERS]}::smallint[])
      and s.figure is distinct from f.figure`;
  const moved = rows.filter(({ period, area, node }) => isOpenCell(area, node, periodByNumber(period).type));
  return [...new Set(moved.map(({ period }) => period))];
}
