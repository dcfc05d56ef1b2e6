/**
 * A random world for the proof of counting: organisations, clients, contacts, late entries, voids, links, unlinks and
 * erasures, written as casework writes them. It remembers what it did; it counts nothing.
 */

import type { Sql } from "../../db/client";
import { setClock } from "../clock";
import { FIRST_NUMBER, type Level } from "../domain/geography";
import type { EntryStatus } from "../domain/issue";
import { findNode } from "../domain/needs";
import { addDays, type Day } from "../domain/period";
import { chanceFrom } from "../domain/repeatable-chance";
import { monthNumberOf, type Traits } from "../domain/slices";
import { sealTraits } from "../people-traits";

/** Throws that repeat: the same seed gives the same world. */
export class Dice {
  /** A number from 0 to below 1. */
  readonly next: () => number;
  constructor(seed: number) {
    this.next = chanceFrom(seed);
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

export interface Client {
  organisation: number;
  id: string;
  person: string;
  origin: string;
  anonymous: boolean;
  erased: boolean;
  /** As the linker wrote them; null before it looked. */
  traits: Traits | null;
}
export interface Entry {
  issue: string;
  need: number;
  status: EntryStatus;
}
export interface Contact {
  client: Client;
  id: string;
  day: Day;
  receivedNo: number;
  sector: number;
  voided: boolean;
  entries: Entry[];
}

interface Planned {
  contact: Contact;
  /** Entries that open an issue. */
  fresh: Entry[];
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
/** Average deprivation of the sectors, of two editions: the second year pools nothing of the first. */
export const DECILES: Readonly<
  Record<number, Readonly<Record<number, readonly [decile: number, edition: number]>>>
> = {
  2024: { 11: [1, 1], 12: [1, 1], 13: [2, 1], 14: [2, 1], 15: [2, 1], 16: [7, 1] },
  2025: { 11: [1, 2], 12: [2, 2], 13: [2, 2], 14: [2, 2], 15: [2, 2], 16: [7, 1] },
};
const REGION = FIRST_NUMBER.region + 1;
const NATION = FIRST_NUMBER.nation + 1;
/** Areas that are the same set as a finer one. */
const ALIASES: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  2024: { [FIRST_NUMBER.district + 3]: 16, [NATION]: REGION },
  2025: { [NATION]: REGION },
};
/** The financial year whose geography serves a year. */
export const formedFor = (year: number) => (year < 2025 ? 2024 : 2025);
/** The area whose cell an area shares, being the same set of sectors; else itself. */
export const finest = (year: number, area: number) => ALIASES[formedFor(year)]?.[area] ?? area;

/** Areas that hold a sector, equal ones too. */
export function areasOf(year: number, sector: number): number[] {
  const place = NESTING[formedFor(year)]?.[sector];
  if (!place) return [sector];
  const [district, lad] = place;
  return [sector, FIRST_NUMBER.district + district, FIRST_NUMBER.lad + lad, REGION, NATION];
}

export class RandomWorld {
  readonly dice: Dice;
  readonly clients: Client[] = [];
  readonly contacts: Contact[] = [];
  today: Day = "2024-05-20";
  private receivedNo = 0;
  private readonly organisations: number[] = [];
  private readonly services = new Map<number, string>();

  constructor(
    private readonly administrator: Sql,
    seed: number,
    /** People from the start; a crowd comes in rushes and has traits that change. */
    private readonly crowd = 0,
  ) {
    this.dice = new Dice(seed);
  }

  async start(): Promise<void> {
    const { administrator } = this;
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
              (financial_year, number, district, authority, region, nation, live_postcodes, average_decile,
                deprivation_edition)
            values (${Number(formed)}, ${Number(sector)}, ${FIRST_NUMBER.district + district},
              ${FIRST_NUMBER.lad + lad}, ${REGION}, ${NATION}, 50,
              ${DECILES[Number(formed)]?.[Number(sector)]?.[0] ?? null},
              ${DECILES[Number(formed)]?.[Number(sector)]?.[1] ?? null})`;
        }
        for (const [alias, sameAs] of Object.entries(ALIASES[Number(formed)] ?? {})) {
          await sql`
            insert into reference.area_alias (financial_year, area, same_as)
            values (${Number(formed)}, ${Number(alias)}, ${sameAs})`;
        }
      }
    });
    await this.setToday(this.today);
    for (let i = 0; i < Math.max(60, this.crowd); i += 1) await this.addClient(false);
    if (this.crowd > 0) for (const client of this.clients) await this.changeTraits(client);
  }

  /** One random thing that happens in casework. */
  async happen(): Promise<void> {
    if (this.crowd > 0) {
      const among = this.dice.next();
      if (among < 0.12) return this.rush();
      if (among < 0.3) return this.changeTraits(this.anyClient());
    }
    const throwOf = this.dice.next();
    if (throwOf < 0.7) await this.logContact(this.anyClient());
    else if (throwOf < 0.745) await this.logContact(await this.addClient(true));
    else if (throwOf < 0.79) await this.addClient(false);
    else if (throwOf < 0.88) await this.voidContact();
    else if (throwOf < 0.945) await this.link();
    else if (throwOf < 0.99) await this.unlink();
    else await this.erase();
  }

  async setToday(day: Day): Promise<void> {
    this.today = day;
    await setClock(this.administrator, `${day}T12:00Z`);
  }

  /** Most of the crowd comes in a few days. */
  private async rush(): Promise<void> {
    const planned: Planned[] = [];
    const clients = new Set(Array.from({ length: this.crowd }, () => this.anyClient()));
    for (const client of clients) planned.push(this.planContact(client, () => this.dice.below(15)));
    await this.write(planned);
  }

  /** The linker looks at a client who is new or was corrected. */
  private async changeTraits(client: Client): Promise<void> {
    // Ages of the crowd stand close to where bands end, so that birthdays tell.
    const ageMonth =
      monthNumberOf("2024-04-01") - 12 * this.dice.pick([16, 25, 35, 50]) + this.dice.below(14) - 6;
    const traits: Traits = {
      ageMonth: this.dice.next() < 0.9 ? ageMonth : null,
      sex: this.dice.pick(["female", "female", "male", "male", "other", "not-known"]),
    };
    const at = { organisationId: client.organisation, clientId: client.id };
    await this.administrator.begin(async (sql) => {
      await sql`
        insert into identity.trait (organisation_id, client_id, traits, identity_version)
        values (${client.organisation}, ${client.id}, ${sealTraits(at, traits)}, 1)
        on conflict (organisation_id, client_id) do update set traits = excluded.traits`;
      await sql`insert into statistics.changed_person (person_id) values (${client.person})`;
    });
    client.traits = traits;
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
      traits: null,
    };
    await this.administrator.begin(async (sql) => {
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
    // Most contacts are of the last weeks; some come very late.
    await this.write([this.planContact(client, () => this.dice.below(this.dice.next() < 0.8 ? 40 : 400))]);
  }

  /** Makes up a contact, some days back. */
  private planContact(client: Client, back: () => number): Planned {
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
    const day = addDays(this.today, -back());
    this.receivedNo += 1;
    const contact: Contact = {
      client,
      id: this.dice.uuid(),
      day,
      receivedNo: this.receivedNo,
      sector: this.dice.next() < 0.92 ? this.dice.pick([11, 12, 13, 14, 15, 16]) : this.dice.pick([1, 2, 3]),
      voided: false,
      entries,
    };
    return { contact, fresh };
  }

  /** Writes contacts in the order in which they were made up, and marks their people. */
  private async write(planned: readonly Planned[]): Promise<void> {
    const contacts = planned.map(({ contact }) => contact);
    const issues = planned.flatMap(({ contact: { client }, fresh }) =>
      fresh.map((entry) => ({ client, ...entry })),
    );
    const entries = contacts.flatMap(({ client, id, entries: of }) =>
      of.map((entry) => ({ organisation: client.organisation, contact: id, ...entry })),
    );
    await this.administrator.begin(async (sql) => {
      await sql`
        insert into casework.contact
          (organisation_id, id, client_id, service_id, occurred_on, channel, place_kind, release_sector, content_hash)
        select organisation, id, client, service, day, 'phone', 'postcode', sector, ''
        from unnest(
          ${contacts.map(({ client }) => client.organisation)}::int[],
          ${contacts.map(({ id }) => id)}::uuid[],
          ${contacts.map(({ client }) => client.id)}::uuid[],
          ${contacts.map(({ client }) => this.services.get(client.organisation) ?? null)}::uuid[],
          ${contacts.map(({ day }) => day)}::date[],
          ${contacts.map(({ sector }) => sector)}::int[]
        ) with ordinality as t (organisation, id, client, service, day, sector, at)
        order by at`;
      await sql`
        insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
        select t.*, 1
        from unnest(
          ${issues.map(({ client }) => client.organisation)}::int[],
          ${issues.map(({ issue }) => issue)}::uuid[],
          ${issues.map(({ client }) => client.id)}::uuid[],
          ${issues.map(({ need }) => need)}::smallint[]
        ) as t`;
      await sql`
        insert into casework.issue_entry
          (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
        select organisation, contact, issue, need, status::casework.entry_status, 'low', true
        from unnest(
          ${entries.map(({ organisation }) => organisation)}::int[],
          ${entries.map(({ contact }) => contact)}::uuid[],
          ${entries.map(({ issue }) => issue)}::uuid[],
          ${entries.map(({ need }) => need)}::smallint[],
          ${entries.map(({ status }) => status)}::text[]
        ) as t (organisation, contact, issue, need, status)`;
      await sql`
        insert into statistics.changed_person (person_id, since)
        select person, min(day)
        from unnest(
          ${contacts.map(({ client }) => client.person)}::uuid[],
          ${contacts.map(({ day }) => day)}::date[]
        ) as t (person, day)
        group by person`;
    });
    this.contacts.push(...contacts);
  }

  private async voidContact(): Promise<void> {
    const standing = this.contacts.filter((contact) => !contact.voided);
    if (standing.length === 0) return;
    const contact = this.dice.pick(standing);
    await this.administrator.begin(async (sql) => {
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
    await this.administrator.begin(async (sql) => {
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
    await this.administrator.begin(async (sql) => {
      await sql`select set_config('app.organisation_id', ${String(client.organisation)}, true)`;
      await sql`select casework.erase_clients(${client.organisation}, ${[client.id]}::uuid[])`;
    });
    client.erased = true;
    for (const contact of this.contacts) if (contact.client === client) contact.voided = true;
  }
}
