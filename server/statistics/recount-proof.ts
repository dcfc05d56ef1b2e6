/**
 * Proof that counting is exact: a random world, the engine killed at random, and an oracle that counts sets of people.
 * After every run of the engine the two must agree in everything.
 */

import type { Sql } from "../../db/client";
import { installationNow, listHolidays } from "../clock";
import { dueSlot, SLOTS, type SlotName, slotByNumber, slotNumber } from "../domain/clock-slots";
import { type Hmac, recordKey } from "../domain/disclosure";
import {
  addDays,
  type Day,
  lastDayOf,
  periodByNumber,
  periodNumber,
  periodText,
  settlesOn,
} from "../domain/period";
import { bySettling } from "../domain/settling";
import { CoverageOracle } from "./coverage-oracle";
import { OpenOracle } from "./open-oracle";
import { changedBetween, isCounted, isKept, Oracle, type OracleCell, periodAt } from "./recount-oracle";
import { type Dice, RandomWorld } from "./recount-world";
import { SlicesOracle } from "./slices-oracle";

export interface ProofOptions {
  seed: number;
  operations: number;
  /** People of a crowd large enough for slices; none unless told. */
  crowd?: number;
  /** Superuser, for arranging what no login may do. */
  administrator: Sql;
  hmac: Hmac;
  /** Runs the engine, perhaps killing it on the way: true when it came to its end. */
  runEngine: (request: { byOfficer: boolean; mayDie: boolean }) => Promise<boolean>;
}

export interface ProofResult {
  operations: number;
  kills: number;
  settlements: number;
  revisions: number;
  heldFigures: number;
  /** Open figures that appeared, changed or went, and looks at which people waited and nothing moved. */
  openMoves: number;
  openWaits: number;
  checkedCells: number;
  checkedSlices: number;
  heldSlices: number;
  /** Figures of organisations, panels, pairs and changes of coverage. */
  checkedCoverage: number;
  heldCoverage: number;
  differences: string[];
}

/** Runs a random world and gives every difference between engine and oracle. */
export async function proveRecount(options: ProofOptions): Promise<ProofResult> {
  const proof = new Proof(options);
  await proof.start();
  for (let step = 0; step < options.operations; step += 1) await proof.operate();
  await proof.finish();
  return proof.result;
}

/** Number of the slot of an hour, and of the first that cells are given here. */
const HOUR = slotNumber("1h");

class Proof {
  readonly result: ProofResult = {
    operations: 0,
    kills: 0,
    settlements: 0,
    revisions: 0,
    heldFigures: 0,
    openMoves: 0,
    openWaits: 0,
    checkedCells: 0,
    checkedSlices: 0,
    heldSlices: 0,
    checkedCoverage: 0,
    heldCoverage: 0,
    differences: [],
  };
  private readonly world: RandomWorld;
  private readonly oracle: Oracle;
  private readonly slices: SlicesOracle;
  private readonly coverage: CoverageOracle;
  private readonly dice: Dice;
  private holidays: ReadonlySet<Day> = new Set();
  private open: OpenOracle;
  /** The last slot of each length that the engine passed, and when it looked. */
  private readonly passed = new Map<SlotName, { at: Date | null; lookedAt: Date }>();

  constructor(private readonly options: ProofOptions) {
    this.world = new RandomWorld(options.administrator, options.seed, options.crowd);
    this.oracle = new Oracle(this.world, options.hmac);
    this.slices = new SlicesOracle(this.world, this.oracle, options.hmac);
    this.coverage = new CoverageOracle(this.world, this.oracle, options.hmac);
    this.dice = this.world.dice;
    this.open = new OpenOracle(this.oracle, options.hmac, this.holidays);
  }

  async start(): Promise<void> {
    this.holidays = await listHolidays(this.options.administrator);
    await this.world.start();
    this.open = new OpenOracle(this.oracle, this.options.hmac, this.holidays);
    const { administrator } = this.options;
    // Far too few people live here for a clock by the rule: cells are given one by hand, before any is chosen.
    await administrator`insert into published.clock_choice values (2090, '2024-04-01', 0)`;
    const now = await installationNow(administrator);
    for (const { name, number } of SLOTS) {
      await administrator`insert into published.passed_slot (slot, looked_at) values (${number}, ${now})`;
      this.passed.set(name, { at: null, lookedAt: now });
    }
  }

  /** One thing that happens in casework, a run of the engine, or time going by. */
  async operate(): Promise<void> {
    this.result.operations += 1;
    // Of a crowd much comes at once: periods end while there is something to settle.
    if (this.options.crowd && this.dice.next() < 0.12)
      return this.world.setToday(addDays(this.world.today, 15 + this.dice.below(30)));
    const throwOf = this.dice.next();
    if (throwOf < 0.89) await this.world.happen();
    else if (throwOf < 0.9) await this.giveClock();
    else if (throwOf < 0.96) await this.run({ byOfficer: false, mayDie: this.dice.next() < 0.5 });
    else if (throwOf < 0.97) await this.run({ byOfficer: true, mayDie: this.dice.next() < 0.5 });
    else await this.world.setToday(addDays(this.world.today, 3 + this.dice.below(25)));
  }

  async finish(): Promise<void> {
    await this.run({ byOfficer: true, mayDie: false });
    this.result.heldFigures = this.oracle.held;
    this.result.heldSlices = this.slices.held;
    this.result.heldCoverage = this.coverage.held;
    this.result.openMoves = this.open.moved;
    this.result.openWaits = this.open.waited;
  }

  private async run(request: { byOfficer: boolean; mayDie: boolean }): Promise<void> {
    const from = await installationNow(this.options.administrator);
    const ended = await this.options.runEngine(request);
    if (!ended) this.result.kills += 1;
    await this.followSlots(ended ? from : null);
    await this.followSettlements();
    if (!ended) return;
    await this.checkDue(request.byOfficer);
    await this.checkOpen();
    await this.checkCounts();
    await this.checkSettled();
    const slices = await this.slices.check(this.options.administrator, request.byOfficer, this.oracle.sets());
    this.result.checkedSlices += slices.checked;
    for (const difference of slices.differences) this.differ(difference);
    const coverage = await this.coverage.check(this.options.administrator);
    this.result.checkedCoverage += coverage.checked;
    for (const difference of coverage.differences) this.differ(difference);
  }

  private differ(what: string): void {
    if (this.result.differences.length < 20)
      this.result.differences.push(`seed ${this.options.seed}: ${what}`);
  }

  /** Gives the cells of an area and need a clock. */
  private async giveClock(): Promise<void> {
    const { administrator } = this.options;
    const cells = await administrator<{ area: number; node: number }[]>`
      select area, node from statistics.cell where people >= 5
      except select area, node from published.clock
      order by area, node`;
    if (cells.length === 0) return;
    const { area, node } = this.dice.pick(cells);
    const { name } = this.dice.pick(SLOTS.filter(({ number }) => number >= HOUR));
    await administrator`
      insert into published.clock (financial_year, node, area, slot)
      values (2090, ${node}, ${area}, ${slotNumber(name)})`;
    this.open.clocks.set(`${area}/${node}`, { slot: name, silent: 0 });
  }

  /**
   * Looks in the oracle at the slots that the engine has passed meanwhile. Nothing has happened in between. Whatever was
   * due when a run began that came to its end (`from`) must be passed; a slot may also come due while it runs.
   */
  private async followSlots(from: Date | null): Promise<void> {
    const rows = await this.options.administrator<{ slot: number; slotAt: Date | null; lookedAt: Date }[]>`
      select slot, slot_at, looked_at from published.passed_slot`;
    const now = await installationNow(this.options.administrator);
    const passed: SlotName[] = [];
    for (const { slot: number, slotAt, lookedAt } of rows) {
      const name = slotByNumber(number);
      const before = this.passed.get(name);
      if (!before) throw new Error(`No slot ${name}`);
      const look = { slotAt: before.at, lookedAt: before.lookedAt };
      const due = dueSlot(name, look, now, this.holidays);
      const hasPassed = slotAt !== null && slotAt.getTime() !== before.at?.getTime();
      if (hasPassed && !due) this.differ(`slot ${name} was passed at ${slotAt.toISOString()}, too soon`);
      if (from && !hasPassed && dueSlot(name, look, from, this.holidays))
        this.differ(`slot ${name} was not passed`);
      if (!hasPassed) continue;
      passed.push(name);
      this.passed.set(name, { at: slotAt, lookedAt });
    }
    if (passed.length > 0) this.open.look(passed, this.world.today);
  }

  /** Settles in the oracle what the engine has settled meanwhile. Nothing has happened in between. */
  private async followSettlements(): Promise<void> {
    const rows = await this.options.administrator<{ period: number; settleNo: number }[]>`
      select period, settle_no from statistics.settlement`;
    const fresh = rows.filter(
      ({ period, settleNo }) => (this.oracle.settled.get(period)?.settleNo ?? 0) < settleNo,
    );
    if (fresh.length === 0) return;
    const sets = this.oracle.sets();
    for (const { period, settleNo } of fresh.sort((a, b) =>
      bySettling(periodByNumber(a.period), periodByNumber(b.period)),
    )) {
      this.result.settlements += 1;
      if (settleNo > 1) this.result.revisions += 1;
      this.oracle.settle(periodByNumber(period), settleNo, sets);
      this.slices.settle(periodByNumber(period), settleNo, sets);
      this.coverage.settle(periodByNumber(period), settleNo);
      this.open.settle(period);
    }
  }

  /** Every period that is due has settled; after a release every settled set is the one that stands. */
  private async checkDue(released: boolean): Promise<void> {
    const days = [...this.oracle.brought()].map((row) => row.day).sort();
    const first = days[0];
    if (!first) return;
    for (let day = first; day <= this.world.today; day = addDays(day, 28)) {
      for (const type of ["month", "quarter", "year"] as const) {
        const period = periodAt(type, day);
        const due =
          lastDayOf(period) < this.world.today && settlesOn(period, this.holidays) <= this.world.today;
        if (due && !this.oracle.settled.has(periodNumber(period)))
          this.differ(`${periodText(period)} has not settled`);
      }
    }
    if (!released) return;
    const sets = this.oracle.sets();
    for (const [period, { sets: settled }] of this.oracle.settled) {
      const standing = [...sets.keys()].filter((id) => id.endsWith(`/${period}`));
      const stale = new Set([...standing, ...settled.keys()]);
      for (const id of stale) {
        if (changedBetween(sets.get(id) ?? new Set(), settled.get(id) ?? new Set()).length > 0) {
          this.differ(`${id} was not revised`);
        }
      }
    }
  }

  private async checkCounts(): Promise<void> {
    const { administrator, hmac } = this.options;
    const people = new Map<string, number>();
    for (const { person, need, sector, day } of this.oracle.brought()) {
      const { financialYear, index } = periodAt("month", day);
      const id = `${recordKey(hmac, person)}/${financialYear}/${need}/${sector}`;
      people.set(id, (people.get(id) ?? 0) | (1 << index));
    }
    const presence = await administrator<
      {
        personKey: bigint;
        financialYear: number;
        needNumber: number;
        releaseSector: number;
        months: number;
        settled: number;
      }[]
    >`select person_key, financial_year, need_number, release_sector, months, settled from statistics.presence`;
    for (const row of presence) {
      const id = `${row.personKey}/${row.financialYear}/${row.needNumber}/${row.releaseSector}`;
      if ((people.get(id) ?? 0) !== row.months) this.differ(`presence ${id} has months ${row.months}`);
      if (row.months === 0 && row.settled === 0) this.differ(`presence ${id} should be gone`);
      people.delete(id);
    }
    for (const id of people.keys()) this.differ(`presence ${id} is missing`);

    const sets = this.oracle.sets();
    const cells = await administrator<
      {
        area: number;
        node: number;
        period: number;
        people: number;
        cellKey: bigint;
        refreshNo: number;
        changed: bigint[];
      }[]
    >`select area, node, period, people, cell_key, refresh_no, changed from statistics.cell where slice = 0`;
    for (const row of cells) {
      const id = `${row.area}/${row.node}/${row.period}`;
      const set = sets.get(id) ?? new Set<string>();
      const { people: count, cellKey } = this.oracle.keyed(set);
      this.result.checkedCells += 1;
      if (row.people !== count) this.differ(`cell ${id} counts ${row.people}, not ${count}`);
      if (row.cellKey !== cellKey) this.differ(`cell ${id} has another key`);
      const open = this.open.cells.get(id);
      const changed = open ? changedBetween(open.base, set).map((person) => recordKey(hmac, person)) : [];
      if (changed.map(String).sort().join() !== row.changed.map(String).sort().join()) {
        this.differ(`cell ${id} has ${row.changed.length} changed people, not ${changed.length}`);
      }
      if (row.refreshNo !== (open?.refreshNo ?? 0)) {
        this.differ(`cell ${id} was made ${row.refreshNo} times, not ${open?.refreshNo ?? 0}`);
      }
      if (row.refreshNo === 0 && !isKept(row.area, count)) this.differ(`cell ${id} should have no row`);
      sets.delete(id);
    }
    for (const [id, set] of sets) {
      const [area = 0, node = 0, period = 0] = id.split("/").map(Number);
      if (isCounted(periodByNumber(period), area, node) && isKept(area, set.size)) {
        this.differ(`cell ${id} of ${set.size} people is missing`);
      }
    }
  }

  /** Open figures and clocks are those of the oracle. */
  private async checkOpen(): Promise<void> {
    const { administrator } = this.options;
    const figures = await administrator<{ area: number; node: number; period: number; figure: number }[]>`
      select area, node, period, figure from published.open_figure where slice = 0`;
    const expected = new Map([...this.open.cells].filter(([, { figure }]) => figure !== null));
    for (const row of figures) {
      const id = `${row.area}/${row.node}/${row.period}`;
      const figure = expected.get(id)?.figure;
      if (figure !== row.figure) this.differ(`open ${id} shows ${row.figure}, not ${figure}`);
      expected.delete(id);
    }
    for (const id of expected.keys()) this.differ(`open ${id} is missing`);
    const clocks = await administrator<
      { area: number; node: number; slot: number | null; silentSlots: number }[]
    >`select area, node, slot, silent_slots from published.clock`;
    for (const row of clocks) {
      const clock = this.open.clocks.get(`${row.area}/${row.node}`);
      const slot = row.slot === null ? null : slotByNumber(row.slot);
      if (slot !== clock?.slot || row.silentSlots !== clock.silent) {
        this.differ(`clock ${row.area}/${row.node} is ${slot} (${row.silentSlots}), not ${clock?.slot}`);
      }
    }
  }

  private async checkSettled(): Promise<void> {
    const { administrator } = this.options;
    const cells = await administrator<
      { area: number; node: number; period: number; figure: number | null; band: number }[]
    >`
      select area, node, period, figure, anonymous_band as band from statistics.settled_cell where slice = 0`;
    const figures = await administrator<
      { area: number; node: number; period: number; figure: number; band: number }[]
    >`
      select area, node, period, figure, anonymous_band as band from published.figure where slice = 0`;
    const expected = new Map<string, OracleCell>();
    for (const { cells: of } of this.oracle.settled.values())
      for (const [id, cell] of of) expected.set(id, cell);
    const shown = new Map(expected);
    for (const row of cells) {
      const id = `${row.area}/${row.node}/${row.period}`;
      const cell = expected.get(id);
      expected.delete(id);
      if (!cell || cell.figure !== row.figure || cell.band !== row.band) {
        this.differ(`settled ${id} shows ${row.figure} (${row.band}), not ${cell?.figure} (${cell?.band})`);
      }
    }
    for (const id of expected.keys()) this.differ(`settled ${id} is missing`);
    for (const row of figures) {
      const id = `${row.area}/${row.node}/${row.period}`;
      if (shown.get(id)?.figure !== row.figure) this.differ(`published ${id} shows ${row.figure}`);
      shown.delete(id);
    }
    for (const [id, cell] of shown) if (cell.figure !== null) this.differ(`published ${id} is missing`);
  }
}
