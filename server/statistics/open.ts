/**
 * Open figures: at each slot the cells whose clock it is are looked at once, and those with enough changed people get
 * their figure afresh. A slot is one transaction: its figures, the sets they stand for, the clocks and the news of it
 * happen together or not at all. Worker down over several slots: the cells are looked at once.
 */

import type { Db, Sql, Tx } from "../../db/client";
import { installationNow, listHolidays } from "../clock";
import { dueSlot, type SlotName, slotByNumber, slotNumber } from "../domain/clock-slots";
import { cellId, FEWEST_PEOPLE, type Hmac, readFigure } from "../domain/disclosure";
import { FIGURES_CHANNEL } from "../domain/figures";
import { FIRST_NUMBER } from "../domain/geography";
import { getNodeByNumber, isSensitiveNode, type NeedNode } from "../domain/needs";
import { type CellClock, type OpenState, passSlot } from "../domain/open-cell";
import { type Day, dayOf, type Period, periodNumber } from "../domain/period";
import { openPeriods } from "../domain/settling";
import { readAreaNames } from "./area-names";
import { keepBasis } from "./basis";
import { loadNesting } from "./nesting";
import { tryWriting } from "./writer";

export interface PassedSlot {
  slot: SlotName;
  /** The slot, and not the instant at which the engine came to it. */
  at: Date;
  /** Cells looked at. */
  cells: number;
  /** Figures made afresh, and those among them that show another number now. */
  refreshed: number;
  moved: number;
}

/** Looks at the cells of every slot that has come since they were looked at. Null: another engine is at work. */
export async function passSlots(stats: Sql, hmac: Hmac, signal?: AbortSignal): Promise<PassedSlot[] | null> {
  const passed: PassedSlot[] = [];
  // Longest first: a cell that takes the next longer slot is not looked at twice.
  for (const slot of (await dueSlots(stats)).reverse()) {
    if (signal?.aborted) break;
    const done = await tryWriting(stats, async (tx) => {
      const due = (await dueSlots(tx)).find(({ name }) => name === slot.name);
      return { look: due ? await lookAt(tx, hmac, due.name, due.at) : null };
    });
    if (!done) return null;
    if (done.look) passed.push(done.look);
  }
  return passed;
}

interface DueSlot {
  name: SlotName;
  at: Date;
}

/** Slots that have come and at which nobody has looked, shortest first. */
async function dueSlots(db: Db): Promise<DueSlot[]> {
  const rows = await db<{ slot: number; slotAt: Date | null; lookedAt: Date }[]>`
    select slot, slot_at, looked_at from published.passed_slot order by slot`;
  if (rows.length === 0) return [];
  const now = await installationNow(db);
  const holidays = await listHolidays(db);
  return rows.flatMap(({ slot, ...look }) => {
    const name = slotByNumber(slot);
    const at = dueSlot(name, look, now, holidays);
    return at ? [{ name, at }] : [];
  });
}

/** A cell-period that has enough changed people for a quota to be drawn; a clock without any has one row of nulls. */
interface LookRow {
  node: number;
  area: number;
  silentSlots: number;
  period: number | null;
  people: number;
  cellKey: bigint;
  refreshNo: number;
  differing: number;
  figure: number | null;
}

const ROWS_A_READ = 10_000;

async function lookAt(tx: Tx, hmac: Hmac, slot: SlotName, at: Date): Promise<PassedSlot> {
  const now = await installationNow(tx);
  await tx`
    update published.passed_slot set slot_at = ${at}, looked_at = ${now} where slot = ${slotNumber(slot)}`;
  const [used] = await tx`
    select from published.clock
    where financial_year = (select max(financial_year) from published.clock_choice)
      and slot = ${slotNumber(slot)}
    limit 1`;
  if (!used) return { slot, at, cells: 0, refreshed: 0, moved: 0 };
  await keepBasis(tx, hmac, await loadNesting(tx));
  const open = await listOpenPeriods(tx, dayOf(now));
  const look = new Look(hmac, slot, open, await readAreaNames(tx));
  const rows = tx<LookRow[]>`
    select k.node, k.area, k.silent_slots, c.period, c.people, c.cell_key, c.refresh_no,
      case when c.refresh_no = 0 then c.people else cardinality(c.changed) end as differing, f.figure
    from published.clock as k
    left join statistics.cell as c
      on c.area = k.area and c.node = k.node and c.slice = k.slice
      and c.period = any(${open.map(periodNumber)}::smallint[])
      and case when c.refresh_no = 0 then c.people else cardinality(c.changed) end >= ${FEWEST_PEOPLE}
    left join published.open_figure as f
      on f.node = c.node and f.slice = c.slice and f.period = c.period and f.area = c.area
    where k.financial_year = (select max(financial_year) from published.clock_choice)
      and k.slot = ${slotNumber(slot)} and k.slice = 0
    order by k.node, k.area, c.period`;
  for await (const read of rows.cursor(ROWS_A_READ)) for (const row of read) look.take(row);
  look.end();
  await look.write(tx);
  return { slot, at, cells: look.cells, refreshed: look.refreshed.length, moved: look.moved };
}

async function listOpenPeriods(tx: Tx, today: Day): Promise<Period[]> {
  const rows = await tx<{ period: number }[]>`select period from statistics.settlement`;
  const settled = new Set(rows.map((row) => row.period));
  return openPeriods({ today, holidays: await listHolidays(tx), isSettled: (number) => settled.has(number) });
}

interface CellAt {
  node: number;
  area: number;
}

/** One look: takes the cells in order, passes each its slot, and writes what came of it. */
class Look {
  cells = 0;
  moved = 0;
  readonly refreshed: (CellAt & { before: OpenState; after: OpenState })[] = [];
  private readonly clocks: (CellAt & CellClock)[] = [];
  private readonly nodes = new Map<number, NeedNode>();
  private readonly periods: ReadonlyMap<number, Period>;
  private cell: LookRow[] = [];

  constructor(
    private readonly hmac: Hmac,
    private readonly slot: SlotName,
    open: readonly Period[],
    private readonly areaNames: ReadonlyMap<number, string>,
  ) {
    this.periods = new Map(open.map((period) => [periodNumber(period), period]));
  }

  take(row: LookRow): void {
    const first = this.cell[0];
    if (first && (first.node !== row.node || first.area !== row.area)) this.end();
    this.cell.push(row);
  }

  /** The rows of a cell have all come. */
  end(): void {
    const [first] = this.cell;
    if (!first) return;
    const { node, area, silentSlots } = first;
    const states = this.cell.flatMap((row) => this.stateOf(row) ?? []);
    this.cell = [];
    this.cells += 1;
    const before: CellClock = { slot: this.slot, silentSlots };
    const { clock, refreshed } = passSlot(this.hmac, this.nameOf(node, area), before, states);
    if (clock.slot !== before.slot || clock.silentSlots !== before.silentSlots) {
      this.clocks.push({ node, area, ...clock });
    }
    for (const after of refreshed) {
      const was = states.find(({ period }) => period === after.period);
      if (!was) throw new Error("A period was refreshed that was not looked at");
      if (was.figure !== after.figure) this.moved += 1;
      this.refreshed.push({ node, area, before: was, after });
    }
  }

  async write(tx: Tx): Promise<void> {
    await this.writeSets(tx);
    await this.writeFigures(tx);
    await this.writeClocks(tx);
    await this.tell(tx);
  }

  private stateOf(row: LookRow): OpenState | null {
    const period = row.period === null ? undefined : this.periods.get(row.period);
    if (!period) return null;
    return {
      period,
      people: row.people,
      cellKey: row.cellKey,
      differing: row.differing,
      refreshNo: row.refreshNo,
      figure: row.figure === null ? null : readFigure(row.figure),
    };
  }

  private nameOf(number: number, areaNumber: number) {
    const node = this.nodes.get(number) ?? getNodeByNumber(number);
    this.nodes.set(number, node);
    const area = this.areaNames.get(areaNumber);
    if (area === undefined) throw new Error(`No area has the number ${areaNumber}`);
    return { id: cellId({ area, node, slice: "all" }), sensitive: isSensitiveNode(node) };
  }

  /** The figures stand for the sets as they are now. */
  private async writeSets(tx: Tx): Promise<void> {
    if (this.refreshed.length === 0) return;
    await tx`
      update statistics.cell as c
      set changed = '{}', refresh_no = t.refresh_no
      from unnest(
        ${this.refreshed.map(({ area }) => area)}::int[],
        ${this.refreshed.map(({ node }) => node)}::smallint[],
        ${this.refreshed.map(({ after }) => periodNumber(after.period))}::smallint[],
        ${this.refreshed.map(({ after }) => after.refreshNo)}::int[]
      ) as t (area, node, period, refresh_no)
      where c.area = t.area and c.node = t.node and c.slice = 0 and c.period = t.period`;
  }

  private async writeFigures(tx: Tx): Promise<void> {
    const moved = this.refreshed.filter(({ before, after }) => before.figure !== after.figure);
    const shown = moved.filter(({ after }) => after.figure !== null);
    const gone = moved.filter(({ after }) => after.figure === null);
    if (shown.length > 0) {
      await tx`
        insert into published.open_figure (node, period, area, figure)
        select * from unnest(
          ${shown.map(({ node }) => node)}::smallint[],
          ${shown.map(({ after }) => periodNumber(after.period))}::smallint[],
          ${shown.map(({ area }) => area)}::int[],
          ${shown.map(({ after }) => after.figure)}::int[])
        on conflict (node, slice, period, area) do update set figure = excluded.figure`;
    }
    if (gone.length > 0) {
      await tx`
        delete from published.open_figure as f
        using unnest(
          ${gone.map(({ node }) => node)}::smallint[],
          ${gone.map(({ after }) => periodNumber(after.period))}::smallint[],
          ${gone.map(({ area }) => area)}::int[]
        ) as t (node, period, area)
        where f.node = t.node and f.slice = 0 and f.period = t.period and f.area = t.area`;
    }
  }

  private async writeClocks(tx: Tx): Promise<void> {
    if (this.clocks.length === 0) return;
    await tx`
      update published.clock as k
      set slot = t.slot, silent_slots = t.silent_slots
      from unnest(
        ${this.clocks.map(({ node }) => node)}::smallint[],
        ${this.clocks.map(({ area }) => area)}::int[],
        ${this.clocks.map(({ slot }) => (slot === null ? null : slotNumber(slot)))}::smallint[],
        ${this.clocks.map(({ silentSlots }) => silentSlots)}::smallint[]
      ) as t (node, area, slot, silent_slots)
      where k.financial_year = (select max(financial_year) from published.clock_choice)
        and k.node = t.node and k.slice = 0 and k.area = t.area`;
  }

  /** Open maps hear of the periods in which anything shows another number. */
  private async tell(tx: Tx): Promise<void> {
    const periods = new Set(
      this.refreshed
        .filter(({ before, after }) => before.figure !== after.figure)
        .map(({ after }) => periodNumber(after.period)),
    );
    if (periods.size === 0) return;
    await tx`delete from published.event where kind = 'moved' and at < now() - interval '1 day'`;
    const events = await tx<{ id: bigint }[]>`
      insert into published.event (kind, period)
      select 'moved', period from unnest(${[...periods].sort((a, b) => a - b)}::smallint[]) as t (period)
      returning id`;
    await tx`select pg_notify(${FIGURES_CHANNEL}, ${String(events.at(-1)?.id)})`;
  }
}

/** A period has settled: its open figures and their changed people go. */
export async function closeOpenFigures(tx: Tx, period: Period): Promise<void> {
  const number = periodNumber(period);
  await tx`delete from published.open_figure where period = ${number}`;
  await tx`
    delete from statistics.cell
    where period = ${number} and refresh_no > 0
      and (people = 0 or people < ${FEWEST_PEOPLE} and area < ${FIRST_NUMBER.lad})`;
  await tx`
    update statistics.cell set changed = '{}', refresh_no = 0 where period = ${number} and refresh_no > 0`;
}
