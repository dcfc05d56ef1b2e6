/**
 * Forms the cells of a financial year from presence alone, compares them with the cells that stand, and mends what
 * differs. Counts and cell keys only: no figure moves, and cells with an open figure keep their changed people.
 */

import type { Tx } from "../../db/client";
import {
  areaOfGroup,
  type Brought,
  cellOf,
  groupOf,
  groupOfCell,
  menuBits,
  monthsByGroup,
  PERIODS_PER_YEAR,
  periodBits,
} from "../domain/counting";
import { addKeys, type PeopleSet } from "../domain/disclosure";
import { periodNumber } from "../domain/period";
import { CellWrites, rowFrom } from "./cells";
import type { Nesting } from "./nesting";

/** Running counts of every cell of a year, in arrays that grow: a year of the whole country has some million groups. */
class YearCounts {
  private readonly slots = new Map<number, number>();
  private people = new Int32Array(PERIODS_PER_YEAR * 1024);
  private keys = new BigInt64Array(PERIODS_PER_YEAR * 1024);

  add(group: number, bits: number, personKey: bigint): void {
    let at = this.slots.get(group);
    if (at === undefined) {
      at = this.slots.size * PERIODS_PER_YEAR;
      this.slots.set(group, at);
      if (at + PERIODS_PER_YEAR > this.people.length) this.grow();
    }
    for (let left = bits; left !== 0; left &= left - 1) {
      const cell = at + 31 - Math.clz32(left & -left);
      this.people[cell] = (this.people[cell] ?? 0) + 1;
      this.keys[cell] = addKeys(this.keys[cell] ?? 0n, personKey);
    }
  }

  *cells(): Generator<{ group: number; slot: number; people: number; cellKey: bigint }> {
    for (const [group, at] of this.slots) {
      for (let slot = 0; slot < PERIODS_PER_YEAR; slot += 1) {
        const people = this.people[at + slot] ?? 0;
        if (people > 0) yield { group, slot, people, cellKey: this.keys[at + slot] ?? 0n };
      }
    }
  }

  private grow(): void {
    const people = new Int32Array(this.people.length * 2);
    people.set(this.people);
    const keys = new BigInt64Array(this.keys.length * 2);
    keys.set(this.keys);
    this.people = people;
    this.keys = keys;
  }
}

const ROWS_A_READ = 5000;

/** Makes the cells of a year what presence says. Gives the number that differed. */
export async function formCells(tx: Tx, nesting: Nesting, financialYear: number): Promise<number> {
  const counts = await countYear(tx, nesting, financialYear);
  const firstPeriod = periodNumber({ type: "month", financialYear, index: 0 });
  const kept = await readKept(tx, firstPeriod);
  const wanted = new Map<number, PeopleSet>();
  for (const { group, slot, people, cellKey } of counts.cells()) {
    const cell = cellOf(group, firstPeriod + slot);
    if (people >= rowFrom(areaOfGroup(group)) || kept.has(cell)) wanted.set(cell, { people, cellKey });
  }
  const writes = new CellWrites();
  let differences = 0;
  const standing = tx<
    {
      area: number;
      node: number;
      period: number;
      people: number;
      cellKey: bigint;
      changed: bigint[] | null;
    }[]
  >`
    select area, node, period, people, cell_key, case when refresh_no > 0 then changed end as changed
    from statistics.cell
    where slice = 0 and period between ${firstPeriod} and ${firstPeriod + PERIODS_PER_YEAR - 1}`;
  for await (const rows of standing.cursor(ROWS_A_READ)) {
    for (const row of rows) {
      const cell = cellOf(groupOf(row.area, row.node), row.period);
      const set = wanted.get(cell) ?? { people: 0, cellKey: 0n };
      wanted.delete(cell);
      if (set.people === row.people && set.cellKey === row.cellKey) continue;
      differences += 1;
      writes.move(cell, { ...set, changed: row.changed });
    }
  }
  for (const [cell, set] of wanted) {
    if (set.people < rowFrom(areaOfGroup(groupOfCell(cell)))) continue;
    differences += 1;
    writes.add(cell, { ...set, changed: null });
  }
  await writes.flush(tx);
  return differences;
}

/** Cells that keep their row however few people are left. */
async function readKept(tx: Tx, firstPeriod: number): Promise<ReadonlySet<number>> {
  const rows = await tx<{ area: number; node: number; period: number }[]>`
    select area, node, period
    from statistics.cell
    where slice = 0 and refresh_no > 0
      and period between ${firstPeriod} and ${firstPeriod + PERIODS_PER_YEAR - 1}`;
  return new Set(rows.map(({ area, node, period }) => cellOf(groupOf(area, node), period)));
}

async function countYear(tx: Tx, nesting: Nesting, financialYear: number): Promise<YearCounts> {
  const counts = new YearCounts();
  const areasOf = (sector: number) => nesting.cellAreas(financialYear, sector);
  let personKey: bigint | null = null;
  let person: Brought[] = [];
  const countPerson = () => {
    if (personKey === null) return;
    for (const [group, months] of monthsByGroup(person, areasOf)) {
      counts.add(group, periodBits(months) & menuBits(areaOfGroup(group)), personKey);
    }
  };
  const presence = tx<(Brought & { personKey: bigint })[]>`
    select person_key, need_number, release_sector, months
    from statistics.presence
    where financial_year = ${financialYear} and months <> 0
    order by person_key`;
  for await (const rows of presence.cursor(ROWS_A_READ)) {
    for (const row of rows) {
      if (row.personKey !== personKey) {
        countPerson();
        personKey = row.personKey;
        person = [];
      }
      person.push(row);
    }
  }
  countPerson();
  return counts;
}
