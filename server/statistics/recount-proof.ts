/**
 * Proof that counting is exact: a random world of organisations, clients, contacts, voids, links, unlinks and
 * erasures; the engine killed at random; and an oracle that knows nothing of masks, keys or differences. It holds
 * sets of people and applies the method by its words. After every run of the engine the two must agree in everything.
 */

import type { Sql } from "../../db/client";
import { listHolidays } from "../clock";
import {
  addKeys,
  anonymousBand,
  cellId,
  type Figure,
  type Hmac,
  recordKey,
  settledFigure,
  settledQuota,
} from "../domain/disclosure";
import { FIRST_NUMBER, type Level, levelOf } from "../domain/geography";
import type { EntryStatus } from "../domain/issue";
import { findNode, getNeedByNumber, getNodeByNumber, isSensitiveNode } from "../domain/needs";
import {
  addDays,
  type Day,
  findPeriod,
  firstDayOf,
  lastDayOf,
  type Period,
  periodByNumber,
  periodNumber,
  periodsInside,
  periodText,
  previousPeriod,
  settlesOn,
} from "../domain/period";
import { bySettling } from "../domain/settling";

/** A stream of random numbers from a seed (mulberry32): the same seed gives the same world. */
export class Dice {
  constructor(private state: number) {}
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  pick<T>(from: readonly T[]): T {
    const found = from[this.below(from.length)];
    if (found === undefined) throw new Error("Nothing to pick from");
    return found;
  }
  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.below(16).toString(16)).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

interface Client {
  organisation: number;
  id: string;
  person: string;
  origin: string;
  anonymous: boolean;
  erased: boolean;
}
interface Entry {
  issue: string;
  need: number;
  status: EntryStatus;
}
interface Contact {
  client: Client;
  id: string;
  day: Day;
  receivedNo: number;
  sector: number;
  voided: boolean;
  entries: Entry[];
}

const NEEDS_USED = ["HOU-01", "HOU-04", "MON-01", "MEN-02", "SAF-01", "OTH-01"].map((code) => {
  const node = findNode(code);
  if (node?.kind !== "need") throw new Error(`${code} is no need`);
  return node.number;
});
const STATUSES: readonly EntryStatus[] = [
  "new",
  "ongoing",
  "ongoing",
  "improved",
  "worsened",
  "resolved",
  "no-longer-relevant",
];
const FIRST_STATUSES: readonly EntryStatus[] = ["new", "new", "ongoing", "resolved"];

/** Sectors 11 to 16: what each lies in, by formed year. The second year moves a sector and splits an alias. */
const NESTING: Readonly<Record<number, Readonly<Record<number, readonly [district: number, lad: number]>>>> =
  {
    2024: { 11: [1, 1], 12: [1, 1], 13: [1, 1], 14: [2, 2], 15: [2, 2], 16: [3, 2] },
    2025: { 11: [1, 1], 12: [1, 1], 13: [2, 1], 14: [2, 2], 15: [3, 2], 16: [3, 2] },
  };
const REGION = FIRST_NUMBER.region + 1;
const NATION = FIRST_NUMBER.nation + 1;
/** Areas that are the same set as a finer one. */
const ALIASES: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  2024: { [FIRST_NUMBER.district + 3]: 16, [NATION]: REGION },
  2025: { [NATION]: REGION },
};
const formedFor = (year: number) => (year < 2025 ? 2024 : 2025);
const finest = (year: number, area: number) => ALIASES[formedFor(year)]?.[area] ?? area;

function areasOf(year: number, sector: number): number[] {
  const place = NESTING[formedFor(year)]?.[sector];
  if (!place) return [sector];
  const [district, lad] = place;
  return [sector, FIRST_NUMBER.district + district, FIRST_NUMBER.lad + lad, REGION, NATION];
}

const OPEN_STATUSES = new Set<EntryStatus>(["new", "ongoing", "improved", "worsened"]);

/** A settled cell as the oracle remembers it: the set that its figure stands for. */
interface OracleCell {
  set: ReadonlySet<string>;
  figure: Figure | null;
  band: number;
}

export interface ProofOptions {
  seed: number;
  operations: number;
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
  checkedCells: number;
  differences: string[];
}

/** Runs a random world and gives every difference between engine and oracle. */
export async function proveRecount(options: ProofOptions): Promise<ProofResult> {
  const world = new World(options);
  await world.start();
  for (let step = 0; step < options.operations; step += 1) await world.operate();
  await world.finish();
  return world.result;
}

class World {
  readonly result: ProofResult = {
    operations: 0,
    kills: 0,
    settlements: 0,
    revisions: 0,
    heldFigures: 0,
    checkedCells: 0,
    differences: [],
  };
  private readonly dice: Dice;
  private readonly clients: Client[] = [];
  private readonly contacts: Contact[] = [];
  private receivedNo = 0;
  private holidays: ReadonlySet<Day> = new Set();
  private today: Day = "2024-05-20";
  private organisations: number[] = [];
  private services = new Map<number, string>();
  /** Settled cells and exact sets, by period and how often it has settled. */
  private readonly settled = new Map<
    number,
    { settleNo: number; cells: Map<string, OracleCell>; sets: Sets }
  >();
  private readonly clocked = new Map<string, ReadonlySet<string>>();

  constructor(private readonly options: ProofOptions) {
    this.dice = new Dice(options.seed);
  }

  async start(): Promise<void> {
    const { administrator } = this.options;
    await administrator.begin(async (sql) => {
      for (const name of ["Advice", "Housing", "Health"]) {
        const [row] = await sql<{ id: number }[]>`
          insert into casework.organisation (name) values (${name}) returning id`;
        const id = row?.id ?? 0;
        const service = this.dice.uuid();
        await sql`insert into casework.service (organisation_id, id, name) values (${id}, ${service}, 'Service')`;
        this.organisations.push(id);
        this.services.set(id, service);
      }
      const area = (number: number, level: Level, code: string) =>
        sql`insert into reference.area (number, level, code, name) values (${number}, ${level}, ${code}, ${code})`;
      for (const sector of [11, 12, 13, 14, 15, 16]) await area(sector, "sector", `ZZ1 ${sector}`);
      for (const at of [1, 2, 3]) await area(FIRST_NUMBER.district + at, "district", `ZZ${at}`);
      for (const at of [1, 2]) await area(FIRST_NUMBER.lad + at, "lad", `E0${at}`);
      await area(REGION, "region", "E12");
      await area(NATION, "nation", "E92");
      for (const [formed, nesting] of Object.entries(NESTING)) {
        await sql`insert into reference.geography (financial_year, version) values (${Number(formed)}, 'a')`;
        for (const [sector, [district, lad]] of Object.entries(nesting)) {
          await sql`
            insert into reference.release_sector
              (financial_year, number, district, authority, region, nation, live_postcodes)
            values (${Number(formed)}, ${Number(sector)}, ${FIRST_NUMBER.district + district},
              ${FIRST_NUMBER.lad + lad}, ${REGION}, ${NATION}, 50)`;
        }
        for (const [alias, sameAs] of Object.entries(ALIASES[Number(formed)] ?? {})) {
          await sql`
            insert into reference.area_alias (financial_year, area, same_as)
            values (${Number(formed)}, ${Number(alias)}, ${sameAs})`;
        }
      }
    });
    this.holidays = await listHolidays(administrator);
    await this.setToday(this.today);
    for (let i = 0; i < 60; i += 1) await this.addClient(false);
  }

  /** One random thing that happens. */
  async operate(): Promise<void> {
    this.result.operations += 1;
    const throwOf = this.dice.next();
    if (throwOf < 0.62) await this.logContact(this.anyClient());
    else if (throwOf < 0.66) await this.logContact(await this.addClient(true));
    else if (throwOf < 0.7) await this.addClient(false);
    else if (throwOf < 0.78) await this.voidContact();
    else if (throwOf < 0.84) await this.link();
    else if (throwOf < 0.88) await this.unlink();
    else if (throwOf < 0.89) await this.erase();
    else if (throwOf < 0.895) await this.giveClock();
    else if (throwOf < 0.96) await this.run({ byOfficer: false, mayDie: this.dice.next() < 0.5 });
    else if (throwOf < 0.97) await this.run({ byOfficer: true, mayDie: this.dice.next() < 0.5 });
    else await this.setToday(addDays(this.today, 3 + this.dice.below(25)));
  }

  async finish(): Promise<void> {
    await this.run({ byOfficer: true, mayDie: false });
  }

  private async run(request: { byOfficer: boolean; mayDie: boolean }): Promise<void> {
    const ended = await this.options.runEngine(request);
    if (!ended) this.result.kills += 1;
    await this.followSettlements();
    if (!ended) return;
    await this.checkDue(request.byOfficer);
    await this.checkCounts();
    await this.checkSettled();
  }

  private differ(what: string): void {
    if (this.result.differences.length < 20)
      this.result.differences.push(`seed ${this.options.seed}: ${what}`);
  }

  // What happens.

  private async setToday(day: Day): Promise<void> {
    this.today = day;
    await this.options.administrator`
      update reference.installation
      set clock_offset_ms = (extract(epoch from (${day}::date + time '12:00') - clock_timestamp()) * 1000)::bigint`;
  }

  private anyClient(): Client {
    const living = this.clients.filter((client) => !client.erased && !client.anonymous);
    return this.dice.pick(living);
  }

  private async addClient(anonymous: boolean): Promise<Client> {
    const person = this.dice.uuid();
    const client: Client = {
      organisation: this.dice.pick(this.organisations),
      id: this.dice.uuid(),
      person,
      origin: person,
      anonymous,
      erased: false,
    };
    await this.options.administrator.begin(async (sql) => {
      await sql`
        insert into casework.client (organisation_id, id, anonymous)
        values (${client.organisation}, ${client.id}, ${anonymous})`;
      await sql`
        insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id)
        values (${client.organisation}, ${client.id}, ${person}, ${person})`;
    });
    this.clients.push(client);
    return client;
  }

  private async logContact(client: Client): Promise<void> {
    const issues = new Map<string, number>();
    for (const contact of this.contacts) {
      if (contact.client === client) for (const entry of contact.entries) issues.set(entry.issue, entry.need);
    }
    const entries: Entry[] = [];
    const fresh: Entry[] = [];
    for (let i = 1 + this.dice.below(3); i > 0; i -= 1) {
      const known = [...issues].filter(([issue]) => !entries.some((entry) => entry.issue === issue));
      if (known.length > 0 && this.dice.next() < 0.5) {
        const [issue, need] = this.dice.pick(known);
        entries.push({ issue, need, status: this.dice.pick(STATUSES) });
      } else {
        const entry = {
          issue: this.dice.uuid(),
          need: this.dice.pick(NEEDS_USED),
          status: this.dice.pick(FIRST_STATUSES),
        };
        entries.push(entry);
        fresh.push(entry);
      }
    }
    // Most contacts are of the last weeks; some come very late.
    const back = this.dice.next() < 0.8 ? this.dice.below(40) : this.dice.below(400);
    this.receivedNo += 1;
    const contact: Contact = {
      client,
      id: this.dice.uuid(),
      day: addDays(this.today, -back),
      receivedNo: this.receivedNo,
      sector: this.dice.next() < 0.92 ? this.dice.pick([11, 12, 13, 14, 15, 16]) : this.dice.pick([1, 2, 3]),
      voided: false,
      entries,
    };
    const { organisation } = client;
    await this.options.administrator.begin(async (sql) => {
      await sql`
        insert into casework.contact
          (organisation_id, id, client_id, service_id, occurred_on, channel, place_kind, release_sector, content_hash)
        values (${organisation}, ${contact.id}, ${client.id}, ${this.services.get(organisation) ?? null},
          ${contact.day}, 'phone', 'postcode', ${contact.sector}, '')`;
      for (const { issue, need } of fresh) {
        await sql`
          insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
          values (${organisation}, ${issue}, ${client.id}, ${need}, 1)`;
      }
      for (const { issue, need, status } of entries) {
        await sql`
          insert into casework.issue_entry
            (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
          values (${organisation}, ${contact.id}, ${issue}, ${need}, ${status}, 'low', true)`;
      }
      await sql`insert into statistics.changed_person (person_id) values (${client.person})`;
    });
    this.contacts.push(contact);
  }

  private async voidContact(): Promise<void> {
    const standing = this.contacts.filter((contact) => !contact.voided);
    if (standing.length === 0) return;
    const contact = this.dice.pick(standing);
    await this.options.administrator.begin(async (sql) => {
      await sql`
        update casework.contact set voided_at = now(), void_reason = 'test'
        where organisation_id = ${contact.client.organisation} and id = ${contact.id}`;
      await sql`insert into statistics.changed_person (person_id) values (${contact.client.person})`;
    });
    contact.voided = true;
  }

  private async link(): Promise<void> {
    const [a, b] = [this.anyClient(), this.anyClient()];
    if (a.person === b.person) return;
    await this.move(
      this.clients.filter((client) => client.person === a.person && !client.erased),
      b.person,
    );
  }

  private async unlink(): Promise<void> {
    const linked = this.clients.filter((client) => client.person !== client.origin && !client.erased);
    if (linked.length === 0) return;
    const client = this.dice.pick(linked);
    await this.move([client], client.origin);
  }

  private async move(clients: readonly Client[], person: string): Promise<void> {
    const before = [...new Set(clients.map((client) => client.person))];
    await this.options.administrator.begin(async (sql) => {
      for (const client of clients) {
        await sql`
          update identity.client_person set person_id = ${person}
          where organisation_id = ${client.organisation} and client_id = ${client.id}`;
      }
      for (const changed of [...before, person]) {
        await sql`insert into statistics.changed_person (person_id) values (${changed})`;
      }
    });
    for (const client of clients) client.person = person;
  }

  private async erase(): Promise<void> {
    const client = this.anyClient();
    await this.options.administrator.begin(async (sql) => {
      await sql`select set_config('app.organisation_id', ${String(client.organisation)}, true)`;
      await sql`select casework.erase_clients(${client.organisation}, ${[client.id]}::uuid[])`;
    });
    client.erased = true;
    for (const contact of this.contacts) if (contact.client === client) contact.voided = true;
  }

  /** Open figures come later; what a recount must keep for them is tried now. */
  private async giveClock(): Promise<void> {
    const waiting = await this.options.administrator<{ waiting: boolean }[]>`
      select exists (select from statistics.changed_person) as waiting`;
    if (waiting[0]?.waiting) return;
    const cells = await this.options.administrator<{ area: number; node: number; period: number }[]>`
      select area, node, period from statistics.cell where clock is null order by area, node, period`;
    if (cells.length === 0) return;
    const { area, node, period } = this.dice.pick(cells);
    await this.options.administrator`
      update statistics.cell set clock = '1d' where area = ${area} and node = ${node} and period = ${period}`;
    const id = `${area}/${node}/${period}`;
    this.clocked.set(id, this.sets().get(id) ?? new Set());
  }

  // What the oracle says.

  /** Who brought which need in which sector on which day, by the words of the method. */
  private *brought(): Generator<{ person: string; need: number; sector: number; day: Day }> {
    const opening = new Map<string, Contact>();
    for (const contact of this.contacts) {
      if (contact.voided) continue;
      for (const { issue } of contact.entries) {
        const first = opening.get(issue);
        if (
          !first ||
          contact.day < first.day ||
          (contact.day === first.day && contact.receivedNo < first.receivedNo)
        ) {
          opening.set(issue, contact);
        }
      }
    }
    for (const contact of this.contacts) {
      if (contact.voided) continue;
      for (const { issue, need, status } of contact.entries) {
        if (OPEN_STATUSES.has(status) || opening.get(issue) === contact) {
          yield { person: contact.client.person, need, sector: contact.sector, day: contact.day };
        }
      }
    }
  }

  /** The people of every cell, equal areas and nodes included. */
  private sets(): Sets {
    const sets: Sets = new Map();
    for (const { person, need, sector, day } of this.brought()) {
      const periods = (["month", "quarter", "year"] as const).map((type) => periodAt(type, day));
      const year = periods[0]?.financialYear ?? 0;
      const domain = findNode(getNeedByNumber(need).code.slice(0, 3))?.number ?? 0;
      for (const area of areasOf(year, sector)) {
        for (const node of [need, domain, 250]) {
          for (const period of periods) {
            const id = `${area}/${node}/${periodNumber(period)}`;
            const set = sets.get(id);
            if (set) set.add(person);
            else sets.set(id, new Set([person]));
          }
        }
      }
    }
    return sets;
  }

  /** Settles in the oracle what the engine has settled meanwhile. Nothing has happened in between. */
  private async followSettlements(): Promise<void> {
    const rows = await this.options.administrator<{ period: number; settleNo: number }[]>`
      select period, settle_no from statistics.settlement`;
    const fresh = rows.filter(({ period, settleNo }) => (this.settled.get(period)?.settleNo ?? 0) < settleNo);
    if (fresh.length === 0) return;
    const sets = this.sets();
    for (const { period, settleNo } of fresh.sort((a, b) =>
      bySettling(periodByNumber(a.period), periodByNumber(b.period)),
    )) {
      this.result.settlements += 1;
      if (settleNo > 1) this.result.revisions += 1;
      this.settle(periodByNumber(period), settleNo, sets);
    }
  }

  private settle(period: Period, settleNo: number, sets: Sets): void {
    const number = periodNumber(period);
    const neighbours = [period, previousPeriod(period), ...periodsInside(period)].filter((each) =>
      this.settled.has(periodNumber(each)),
    );
    const cells = new Map<string, OracleCell>();
    const own: Sets = new Map();
    for (const [id, set] of sets) {
      const [area = 0, node = 0, of = 0] = id.split("/").map(Number);
      if (of !== number) continue;
      own.set(id, set);
      if (!isCounted(period, area, node) || set.size < 5) continue;
      const nearest = { differing: Number.POSITIVE_INFINITY, cell: null as OracleCell | null };
      for (const neighbour of neighbours) {
        const then = finest(neighbour.financialYear, area);
        if (neighbour.type === "month" && (levelOf(area) === "sector" || levelOf(then) === "sector"))
          continue;
        const past = this.settled.get(periodNumber(neighbour));
        const cell = past?.cells.get(`${then}/${node}/${periodNumber(neighbour)}`) ?? {
          set: past?.sets.get(`${area}/${node}/${periodNumber(neighbour)}`) ?? new Set<string>(),
          figure: null,
          band: 0,
        };
        const differing = differenceOf(cell.set, set);
        if (differing < nearest.differing) Object.assign(nearest, { differing, cell });
      }
      const name = `${levelOf(area)}:${codeOf(area)}`;
      const nodeName = getNodeByNumber(node);
      const text = cellId({ area: name, node: nodeName, slice: "all" });
      const quota = settledQuota(this.options.hmac, period, text, isSensitiveNode(nodeName));
      if (nearest.cell && nearest.differing < quota) {
        if (nearest.cell.figure !== null) this.result.heldFigures += 1;
        cells.set(id, nearest.cell);
        continue;
      }
      const figure = settledFigure(this.options.hmac, period, text, this.keyed(set));
      const anonymous = new Set(
        this.clients
          .filter((client) => client.anonymous && set.has(client.person))
          .map((client) => client.person),
      );
      const anonymousText = cellId({ area: name, node: nodeName, slice: "anonymous" });
      const few = settledFigure(this.options.hmac, period, anonymousText, this.keyed(anonymous));
      cells.set(id, { set, figure, band: figure === null ? 0 : anonymousBand(figure, few) });
    }
    this.settled.set(number, { settleNo, cells, sets: own });
  }

  private keyed(set: ReadonlySet<string>) {
    let cellKey = 0n;
    for (const person of set) cellKey = addKeys(cellKey, recordKey(this.options.hmac, person));
    return { people: set.size, cellKey };
  }

  // Whether they agree.

  /** Every period that is due has settled; after a release every settled set is the one that stands. */
  private async checkDue(released: boolean): Promise<void> {
    const days = [...this.brought()].map((row) => row.day).sort();
    const first = days[0];
    if (!first) return;
    for (let day = first; day <= this.today; day = addDays(day, 28)) {
      for (const type of ["month", "quarter", "year"] as const) {
        const period = periodAt(type, day);
        const due = lastDayOf(period) < this.today && settlesOn(period, this.holidays) <= this.today;
        if (due && !this.settled.has(periodNumber(period)))
          this.differ(`${periodText(period)} has not settled`);
      }
    }
    if (!released) return;
    const sets = this.sets();
    for (const [period, { sets: settled }] of this.settled) {
      const standing = [...sets.keys()].filter((id) => id.endsWith(`/${period}`));
      const stale = new Set([...standing, ...settled.keys()]);
      for (const id of stale) {
        if (differenceOf(sets.get(id) ?? new Set(), settled.get(id) ?? new Set()) > 0) {
          this.differ(`${id} was not revised`);
        }
      }
    }
  }

  private async checkCounts(): Promise<void> {
    const { administrator, hmac } = this.options;
    const people = new Map<string, number>();
    for (const { person, need, sector, day } of this.brought()) {
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

    const sets = this.sets();
    const cells = await administrator<
      {
        area: number;
        node: number;
        period: number;
        people: number;
        cellKey: bigint;
        clock: string | null;
        changed: bigint[];
      }[]
    >`select area, node, period, people, cell_key, clock, changed from statistics.cell`;
    for (const row of cells) {
      const id = `${row.area}/${row.node}/${row.period}`;
      const set = sets.get(id) ?? new Set<string>();
      const { people: count, cellKey } = this.keyed(set);
      this.result.checkedCells += 1;
      if (row.people !== count) this.differ(`cell ${id} counts ${row.people}, not ${count}`);
      if (row.cellKey !== cellKey) this.differ(`cell ${id} has another key`);
      const base = this.clocked.get(id);
      const changed = base ? changedBetween(base, set).map((person) => recordKey(hmac, person)) : [];
      if (changed.map(String).sort().join() !== row.changed.map(String).sort().join()) {
        this.differ(`cell ${id} has ${row.changed.length} changed people, not ${changed.length}`);
      }
      if (row.clock === null && !isKept(row.area, count)) this.differ(`cell ${id} should have no row`);
      sets.delete(id);
    }
    for (const [id, set] of sets) {
      const [area = 0, node = 0, period = 0] = id.split("/").map(Number);
      if (isCounted(periodByNumber(period), area, node) && isKept(area, set.size)) {
        this.differ(`cell ${id} of ${set.size} people is missing`);
      }
    }
  }

  private async checkSettled(): Promise<void> {
    const { administrator } = this.options;
    const cells = await administrator<
      { area: number; node: number; period: number; figure: number | null; band: number }[]
    >`
      select area, node, period, figure, anonymous_band as band from statistics.settled_cell`;
    const figures = await administrator<
      { area: number; node: number; period: number; figure: number; band: number }[]
    >`
      select area, node, period, figure, anonymous_band as band from published.figure`;
    const expected = new Map<string, OracleCell>();
    for (const { cells: of } of this.settled.values()) for (const [id, cell] of of) expected.set(id, cell);
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

type Sets = Map<string, Set<string>>;

function periodAt(type: Period["type"], day: Day): Period {
  const [year = 0, month = 0] = day.split("-").map(Number);
  const financialYear = month >= 4 ? year : year - 1;
  const monthIndex = (month + 8) % 12;
  const quarter = `q:${financialYear}-Q${Math.floor(monthIndex / 3) + 1}`;
  const text =
    type === "month" ? `m:${day.slice(0, 7)}` : type === "quarter" ? quarter : `y:${financialYear}`;
  const period = findPeriod(text);
  if (!period || firstDayOf(period) > day) throw new Error(`${text} does not hold ${day}`);
  return period;
}

/** Whether a cell is one of its own: no months at sector, equal areas once, a domain of one need once. */
function isCounted(period: Period, area: number, node: number): boolean {
  if (period.type === "month" && levelOf(area) === "sector") return false;
  return finest(period.financialYear, area) === area && node !== findNode("OTH")?.number;
}

function isKept(area: number, people: number): boolean {
  return people >= (levelOf(area) === "sector" || levelOf(area) === "district" ? 5 : 1);
}

function codeOf(area: number): string {
  const at = area % 100_000;
  if (area <= 3) return ["no-fixed-address", "unknown", "outside"][area - 1] ?? "";
  const codes = { sector: `ZZ1 ${at}`, district: `ZZ${at}`, lad: `E0${at}`, region: "E12", nation: "E92" };
  return codes[levelOf(area)];
}

function changedBetween(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...[...a].filter((person) => !b.has(person)), ...[...b].filter((person) => !a.has(person))];
}
function differenceOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return changedBetween(a, b).length;
}
