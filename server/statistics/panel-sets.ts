/**
 * Settled sets of the panels as they were settled: the first settlement of a period's panel is a bit in each row, each
 * later one the rows that differ from the one before. As with `settled-sets`, erasure and unlinking change neither.
 */

import type { Tx } from "../../db/client";
import { NEXT_PANEL_SLICE, PANEL_SLICE } from "../domain/coverage";
import { type Period, periodByNumber, periodNumber, slotOf } from "../domain/period";

/** A panel's settled set: which panel, of which period, settled how often. */
export interface PanelSet {
  slice: number;
  period: number;
  settleNo: number;
}

/** A row of somebody who is in the panel's set now or in an earlier one. */
interface PanelRow {
  personKey: bigint;
  financialYear: number;
  needNumber: number;
  releaseSector: number;
  counted: boolean;
  /** Indexes of the settled sets that the row is in. */
  sets: readonly number[];
}

interface StoredRow {
  personKey: bigint;
  financialYear: number;
  needNumber: number;
  releaseSector: number;
  counted: boolean;
  settled: number;
  settledNext: number;
}

/** Who is in the set now: people whom these organisations reported, each with the sectors where they did. */
export interface PanelNow {
  slice: number;
  period: Period;
  reporters: readonly number[];
  sectors: readonly number[];
}

const ROWS_A_READ = 5000;

export class PanelSets {
  private readonly known: PanelSet[] = [];

  indexOf(set: PanelSet): number {
    const at = this.known.findIndex(
      (each) => each.slice === set.slice && each.period === set.period && each.settleNo === set.settleNo,
    );
    if (at >= 0) return at;
    return this.known.push(set) - 1;
  }

  /** Everybody in the set as it is now or in one of the known ones: a person's rows together. */
  async *people(tx: Tx, now: PanelNow): AsyncGenerator<readonly PanelRow[]> {
    const changes = await this.readChanges(tx);
    let person: PanelRow[] = [];
    for await (const rows of this.rows(tx, now)) {
      for (const row of rows) {
        if (person[0] && person[0].personKey !== row.personKey) {
          yield person;
          person = [];
        }
        person.push({ ...row, sets: this.setsOf(row, changes) });
      }
    }
    if (person.length > 0) yield person;
  }

  /** Rows of now, rows with a bit of a known set, and rows that a later settlement took in. */
  private rows(tx: Tx, { period, reporters, sectors }: PanelNow): AsyncIterable<StoredRow[]> {
    const years = [...new Set(this.known.map((set) => periodByNumber(set.period).financialYear))];
    const bits = (slice: number) =>
      years.map((year) =>
        this.known
          .filter((set) => set.slice === slice && periodByNumber(set.period).financialYear === year)
          .reduce((all, set) => all | (1 << slotOf(periodByNumber(set.period))), 0),
      );
    return tx<StoredRow[]>`
      with now as (
        select distinct r.person_key, ${period.financialYear}::smallint as financial_year, r.need_number,
          r.release_sector
        from pg_temp.reported as r
        join unnest(${[...reporters]}::int[], ${[...sectors]}::int[]) as u (reporter, sector)
          on u.reporter = r.reporter and u.sector = r.release_sector
        where r.period = ${periodNumber(period)}
      ),
      stored as (
        select p.person_key, p.financial_year, p.need_number, p.release_sector, p.settled, p.settled_next
        from statistics.panel_presence as p
        join unnest(
          ${years}::smallint[], ${bits(PANEL_SLICE)}::int[], ${bits(NEXT_PANEL_SLICE)}::int[]
        ) as w (year, own, next) on w.year = p.financial_year
        where p.settled & w.own <> 0 or p.settled_next & w.next <> 0
          or exists (
            select from statistics.panel_change as c
            where c.person_key = p.person_key and c.need_number = p.need_number
              and c.release_sector = p.release_sector and c.period = any(${this.periods()}::smallint[])
          )
      )
      select person_key, financial_year, need_number, release_sector, n.person_key is not null as counted,
        coalesce(s.settled, 0) as settled, coalesce(s.settled_next, 0) as settled_next
      from now as n full join stored as s using (person_key, financial_year, need_number, release_sector)
      order by person_key`.cursor(ROWS_A_READ);
  }

  private periods(): number[] {
    return [...new Set(this.known.map((set) => set.period))];
  }

  private async readChanges(tx: Tx): Promise<ReadonlyMap<string, readonly PanelSet[]>> {
    const rows = await tx<(PanelSet & { personKey: bigint; needNumber: number; releaseSector: number })[]>`
      select slice, period, settle_no, person_key, need_number, release_sector
      from statistics.panel_change where period = any(${this.periods()}::smallint[])`;
    const changes = new Map<string, PanelSet[]>();
    for (const row of rows) {
      const id = `${row.personKey}/${row.needNumber}/${row.releaseSector}`;
      const own = changes.get(id);
      if (own) own.push(row);
      else changes.set(id, [row]);
    }
    return changes;
  }

  private setsOf(row: StoredRow, changes: ReadonlyMap<string, readonly PanelSet[]>): number[] {
    const turns = changes.get(`${row.personKey}/${row.needNumber}/${row.releaseSector}`) ?? [];
    const sets: number[] = [];
    this.known.forEach((set, index) => {
      const period = periodByNumber(set.period);
      if (period.financialYear !== row.financialYear) return;
      const bits = set.slice === PANEL_SLICE ? row.settled : row.settledNext;
      let member = ((bits >> slotOf(period)) & 1) === 1;
      for (const turn of turns) {
        if (turn.slice === set.slice && turn.period === set.period && turn.settleNo <= set.settleNo)
          member = !member;
      }
      if (member) sets.push(index);
    });
    return sets;
  }
}

/** Remembers who is in a panel's set: a bit the first time, later the rows that differ from the time before. */
export async function keepPanelSet(tx: Tx, now: PanelNow, settleNo: number): Promise<void> {
  const { slice, period, reporters, sectors } = now;
  const number = periodNumber(period);
  const bit = 1 << slotOf(period);
  const own = slice === PANEL_SLICE ? bit : 0;
  const next = slice === NEXT_PANEL_SLICE ? bit : 0;
  if (settleNo === 1) {
    await tx`
      insert into statistics.panel_presence as p
        (person_key, financial_year, need_number, release_sector, settled, settled_next)
      select distinct r.person_key, ${period.financialYear}::smallint, r.need_number, r.release_sector,
        ${own}::int, ${next}::int
      from pg_temp.reported as r
      join unnest(${[...reporters]}::int[], ${[...sectors]}::int[]) as u (reporter, sector)
        on u.reporter = r.reporter and u.sector = r.release_sector
      where r.period = ${number}
      on conflict (person_key, need_number, release_sector, financial_year) do update
      set settled = p.settled | excluded.settled, settled_next = p.settled_next | excluded.settled_next`;
    return;
  }
  // A row that only a later settlement took in needs one to stand on.
  await tx`
    insert into statistics.panel_presence (person_key, financial_year, need_number, release_sector)
    select distinct r.person_key, ${period.financialYear}::smallint, r.need_number, r.release_sector
    from pg_temp.reported as r
    join unnest(${[...reporters]}::int[], ${[...sectors]}::int[]) as u (reporter, sector)
      on u.reporter = r.reporter and u.sector = r.release_sector
    where r.period = ${number}
    on conflict do nothing`;
  await tx`
    insert into statistics.panel_change (slice, period, settle_no, person_key, need_number, release_sector)
    select ${slice}, ${number}, ${settleNo}, p.person_key, p.need_number, p.release_sector
    from statistics.panel_presence as p
    left join (
      select distinct r.person_key, r.need_number, r.release_sector
      from pg_temp.reported as r
      join unnest(${[...reporters]}::int[], ${[...sectors]}::int[]) as u (reporter, sector)
        on u.reporter = r.reporter and u.sector = r.release_sector
      where r.period = ${number}
    ) as n using (person_key, need_number, release_sector)
    left join (
      select person_key, need_number, release_sector, count(*) % 2 = 1 as turned
      from statistics.panel_change
      where slice = ${slice} and period = ${number}
      group by 1, 2, 3
    ) as c using (person_key, need_number, release_sector)
    where p.financial_year = ${period.financialYear}
      and (n.person_key is not null)
        <> ((((p.settled & ${own}::int) | (p.settled_next & ${next}::int)) <> 0) <> coalesce(c.turned, false))`;
}
