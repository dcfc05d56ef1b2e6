/**
 * Settled sets of people as they were settled. The first settlement of a period is a bit in each row of presence;
 * each later one is the rows that differ from the one before. Erasure and unlinking change neither, so a figure's
 * set can always be read again.
 */

import type { Tx } from "../../db/client";
import { maskOf, type Period, periodByNumber, slotOf } from "../domain/period";

interface SettledSet {
  period: number;
  settleNo: number;
  slot: number;
}

/** A row of somebody who is in the current set or an earlier one. */
export interface SetRow {
  financialYear: number;
  needNumber: number;
  releaseSector: number;
  /** In the period's set as counted now. */
  counted: boolean;
  /** Indexes of the settled sets that the row is in. */
  sets: readonly number[];
}

export interface PersonInSets {
  personKey: bigint;
  anonymous: boolean;
  rows: SetRow[];
}

interface StoredRow {
  personKey: bigint;
  financialYear: number;
  needNumber: number;
  releaseSector: number;
  months: number;
  settled: number;
  anonymous: boolean;
}

interface Change {
  period: number;
  settleNo: number;
  personKey: bigint;
  needNumber: number;
  releaseSector: number;
}

const ROWS_A_READ = 5000;

/** The settled sets that a settlement compares with, each known by its index. */
export class SettledSets {
  private readonly indexes = new Map<number, number>();
  private readonly byYear = new Map<number, { index: number; set: SettledSet }[]>();

  indexOf(period: number, settleNo: number): number {
    const id = period * 32_768 + settleNo;
    const known = this.indexes.get(id);
    if (known !== undefined) return known;
    const index = this.indexes.size;
    this.indexes.set(id, index);
    const { financialYear } = periodByNumber(period);
    const set = { period, settleNo, slot: slotOf(periodByNumber(period)) };
    const year = this.byYear.get(financialYear);
    if (year) year.push({ index, set });
    else this.byYear.set(financialYear, [{ index, set }]);
    return index;
  }

  /** Everybody who is in the period's set as counted now or in one of these sets. */
  async *people(tx: Tx, period: Period): AsyncGenerator<PersonInSets> {
    const changes = await this.readChanges(tx);
    const personOf = (rows: readonly StoredRow[]): PersonInSets | null => {
      const first = rows[0];
      if (!first) return null;
      const own = changes.get(first.personKey) ?? [];
      changes.delete(first.personKey);
      return this.personOf(first.personKey, rows, own, period);
    };
    let rows: StoredRow[] = [];
    for await (const read of this.presence(tx, period)) {
      for (const row of read) {
        if (rows[0] && rows[0].personKey !== row.personKey) {
          const person = personOf(rows);
          if (person) yield person;
          rows = [];
        }
        rows.push(row);
      }
    }
    const last = personOf(rows);
    if (last) yield last;
    // People of whom nothing is left but that a later settlement once took them in.
    for (const [personKey, own] of changes) yield this.personOf(personKey, [], own, period);
  }

  private presence(tx: Tx, period: Period): AsyncIterable<StoredRow[]> {
    const years = [...new Set([period.financialYear, ...this.byYear.keys()])];
    const slots = years.map((year) =>
      (this.byYear.get(year) ?? []).reduce((bits, { set }) => bits | (1 << set.slot), 0),
    );
    return tx<StoredRow[]>`
      select p.person_key, p.financial_year, p.need_number, p.release_sector, p.months, p.settled, p.anonymous
      from statistics.presence as p
      join unnest(
        ${years}::smallint[],
        ${years.map((year) => (year === period.financialYear ? maskOf(period) : 0))}::int[],
        ${slots}::int[]
      ) as w (year, months, slots) on w.year = p.financial_year
      where p.months & w.months <> 0 or p.settled & w.slots <> 0
      order by p.person_key`.cursor(ROWS_A_READ);
  }

  private async readChanges(tx: Tx): Promise<Map<bigint, Change[]>> {
    const periods = [...this.byYear.values()].flat().map(({ set }) => set.period);
    const rows = await tx<Change[]>`
      select period, settle_no, person_key, need_number, release_sector
      from statistics.settled_change
      where period = any(${[...new Set(periods)]}::smallint[])`;
    const changes = new Map<bigint, Change[]>();
    for (const row of rows) {
      const own = changes.get(row.personKey);
      if (own) own.push(row);
      else changes.set(row.personKey, [row]);
    }
    return changes;
  }

  private personOf(
    personKey: bigint,
    stored: readonly StoredRow[],
    changes: readonly Change[],
    period: Period,
  ): PersonInSets {
    const rows = [...stored];
    const find = (year: number, change: Change) =>
      rows.find(
        (row) =>
          row.financialYear === year &&
          row.needNumber === change.needNumber &&
          row.releaseSector === change.releaseSector,
      );
    const turns = new Map<StoredRow, Change[]>();
    for (const change of changes) {
      const { financialYear } = periodByNumber(change.period);
      let row = find(financialYear, change);
      if (!row) {
        row = { ...change, financialYear, months: 0, settled: 0, anonymous: false };
        rows.push(row);
      }
      turns.set(row, [...(turns.get(row) ?? []), change]);
    }
    const mask = maskOf(period);
    return {
      personKey,
      anonymous: stored.some((row) => row.anonymous),
      rows: rows.map((row) => ({
        financialYear: row.financialYear,
        needNumber: row.needNumber,
        releaseSector: row.releaseSector,
        counted: row.financialYear === period.financialYear && (row.months & mask) !== 0,
        sets: this.setsOf(row, turns.get(row) ?? []),
      })),
    };
  }

  private setsOf(row: StoredRow, turns: readonly Change[]): number[] {
    const sets: number[] = [];
    for (const { index, set } of this.byYear.get(row.financialYear) ?? []) {
      let member = ((row.settled >> set.slot) & 1) === 1;
      for (const turn of turns) {
        if (turn.period === set.period && turn.settleNo <= set.settleNo) member = !member;
      }
      if (member) sets.push(index);
    }
    return sets;
  }
}
