/**
 * Rows of casework for counting a summary, each kind in order of client and streamed: a service with a million issue
 * entries is counted in the memory of its people, not of its entries. What was said of an issue is one line of COPY,
 * each entry of it one number. Whom the organisation's own records make one person several times over comes last, when
 * all their records were seen.
 */

import type { Tx } from "../../db/client";
import type { CopiedLines } from "../copied-lines";
import { NATIONS } from "../domain/geography";
import {
  type ContactSeen,
  dayNumber,
  dayOfNumber,
  type EntrySeen,
  type HomePlace,
  type IssueReferral,
  type IssueSeen,
  type ReferralSeen,
  type ScoresSeen,
} from "../domain/impact/became";
import { measures } from "../domain/impact/numbers";
import { ENTRY_STATUSES } from "../domain/issue";
import { SEVERITIES } from "../domain/needs";
import type { Day } from "../domain/period";
import { combineTraits, type Traits } from "../domain/slices";
import { log } from "../log";
import { openTraits } from "../people-traits";
import { byClient, copiedByClient, type OfClient } from "./impact-count-clients";
import { AT_ONCE, type CountScope, readReferrals } from "./impact-count-referrals";

/** What is true of the contacts in scope. COPY takes no parameters, so the transaction says what is asked for. */
const IN_SCOPE = `
  c.organisation_id = current_setting('counting.organisation')::int and c.voided_at is null
  and c.client_id <> all (string_to_array(current_setting('counting.without'), ',')::uuid[])
  and c.occurred_on between current_setting('counting.from')::date and current_setting('counting.until')::date
  and (current_setting('counting.service') = '' or c.service_id = nullif(current_setting('counting.service'), '')::uuid)`;

/** Clients with a contact in scope, and all those who are one of several records of a person. */
const TOUCHED = `
  select c.client_id from casework.contact as c where ${IN_SCOPE}
  union
  select unnest(string_to_array(current_setting('counting.repeats'), ',')::uuid[])`;

const CONTACTS = `
  copy (
    select c.client_id, c.occurred_on - date '1970-01-01', c.received_no, (nobody.id is not null)::int,
           concat_ws('|', c.place_kind, coalesce(c.nation, ''), coalesce(c.deprivation_edition::text, ''),
                     coalesce(c.deprivation_decile::text, ''), coalesce(c.authority, ''))
    from casework.contact as c
    left join casework.client as nobody
      on nobody.organisation_id = c.organisation_id and nobody.id = c.client_id and nobody.anonymous
    where ${IN_SCOPE}
    order by c.client_id, c.occurred_on, c.received_no
  ) to stdout`;

/** The place of a code in its list, from 0; none for another code. What is read takes the code from the same list. */
const placeIn = (codes: readonly string[], column: string) =>
  `case ${column} ${codes.map((code, at) => `when '${code}' then ${at}`).join(" ")} end`;

/**
 * What was said of issues. A service that was made since the services were read is not in the list of them, so what it
 * said is not either. Nothing rests on an issue that was last spoken of more than twelve months before the first day:
 * neither did a contact speak of it, nor can a need have come back after it. `whose`: a condition on the contacts.
 */
const issuesOf = (whose: string) => `
  copy (
    select c.client_id, e.issue_id, min(e.need_number),
           array_agg(
             ((c.occurred_on - date '1970-01-01')::bigint << 24)
             | ((service.number - 1) << 8)
             | (${placeIn(ENTRY_STATUSES, "e.status")} << 4)
             | (${placeIn(SEVERITIES, "e.severity")} << 1)
             | e.ours::int
             order by c.occurred_on, c.received_no)
    from casework.contact as c
    join casework.issue_entry as e on e.organisation_id = c.organisation_id and e.contact_id = c.id
    join unnest(string_to_array(current_setting('counting.services'), ',')::uuid[])
      with ordinality as service (id, number) on service.id = c.service_id
    where c.organisation_id = current_setting('counting.organisation')::int and c.voided_at is null
      and c.occurred_on <= current_setting('counting.until')::date and ${whose}
    group by c.client_id, e.issue_id
    having max(c.occurred_on) >= current_setting('counting.from')::date - 366
    order by c.client_id
  ) to stdout`;

/**
 * From this share of the clients on, those of everybody are read and the others passed over: telling whose they are costs
 * more than reading them.
 */
const MOST_OF_ALL = 0.5;

const TRAITS = `
  copy (
    select t.client_id, encode(t.traits, 'hex')
    from identity.own_traits(
      current_setting('counting.organisation')::int,
      string_to_array(current_setting('counting.wanted'), ',')::uuid[]) as t
    order by t.client_id
  ) to stdout`;

/** A person's rows, in order of their records. */
interface OfPerson<Row> {
  person: string;
  rows: Row[];
}

/** For sorting what was said: with less, a large service is sorted on the disk. Each of a few processes may take it. */
const SORTING_MEMORY = "64MB";

/** Reads the rows of one count, and gives people their numbers as they come. */
export class ImpactRows {
  /** Own client ids: the first record of each person. */
  readonly people: string[] = [];
  /** Nations, editions and codes of the authorities that people with a decile came from. */
  readonly authorities = new Map<string, { nation: string; edition: string; code: string }>();
  /** People with one record, whose ids are in order; the numbers of the others are kept. */
  private inOrder = 0;
  private readonly others = new Map<string, number>();
  private readonly homes = new Map<string, HomePlace>();
  private referrals: { person: string; referral: ReferralSeen }[] = [];

  private constructor(
    private readonly tx: Tx,
    private readonly scope: CountScope,
    /** The first record of a person by each of several. */
    private readonly repeats: ReadonlyMap<string, string>,
    /** Clients who objected to being counted. */
    private readonly without: ReadonlySet<string>,
  ) {}

  /** Says in the transaction what is asked for, and reads who has several records and who is not to be counted. */
  static async open(tx: Tx, scope: CountScope): Promise<ImpactRows> {
    const { organisationId, serviceId, services, from, until } = scope;
    const repeats = await tx<{ clientId: string; firstClientId: string }[]>`
      select client_id, first_client_id from identity.own_repeats(${organisationId})`;
    const firsts = new Map(repeats.map(({ clientId, firstClientId }) => [clientId, firstClientId]));
    const without = await tx<{ clientId: string }[]>`
      select client_id from governance.uncounted_clients(${organisationId})`;
    const left = new Set(without.map(({ clientId }) => clientId));
    await tx`
      select set_config('work_mem', ${SORTING_MEMORY}, true),
             set_config('counting.organisation', ${String(organisationId)}, true),
             set_config('counting.service', ${serviceId ?? ""}, true),
             set_config('counting.services', ${services.join(",")}, true),
             set_config('counting.from', ${dayOfNumber(from)}, true),
             set_config('counting.until', ${dayOfNumber(until)}, true),
             set_config('counting.repeats', ${[...firsts.keys()].join(",")}, true),
             set_config('counting.without', ${[...left].join(",")}, true)`;
    return new ImpactRows(tx, scope, firsts, left);
  }

  /** Rows of each person together, some people at a time: those with several records after all others. */
  private async *byPerson<Row>(
    batches: AsyncIterable<readonly OfClient<Row>[]>,
  ): AsyncGenerator<OfPerson<Row>[]> {
    const several = new Map<string, Row[]>();
    for await (const batch of batches) {
      const alone: OfPerson<Row>[] = [];
      for (const { clientId, rows } of batch) {
        const person = this.repeats.get(clientId);
        if (person === undefined) {
          alone.push({ person: clientId, rows });
          continue;
        }
        const held = several.get(person);
        if (held) held.push(...rows);
        else several.set(person, rows);
      }
      yield alone;
    }
    yield [...several].map(([person, rows]) => ({ person, rows }));
  }

  /** People with a contact in scope, and their contacts there. */
  async *contacts(): AsyncGenerator<{ person: number; contacts: ContactSeen[]; anonymous: boolean }[]> {
    const { tx } = this;
    const editions = new Map(
      (await tx<{ number: number; name: string }[]>`select number, name from reference.edition`).map(
        ({ number, name }) => [String(number), name],
      ),
    );
    const read = (line: CopiedLines) => ({
      day: line.number(),
      receivedNo: line.number(),
      anonymous: line.number() === 1,
      home: this.homeOf(line.text(), editions),
    });
    for await (const people of this.byPerson(copiedByClient(tx, CONTACTS, read))) {
      yield people.map(({ person, rows: contacts }) => {
        const number = this.people.push(person) - 1;
        if (this.repeats.has(person)) {
          contacts.sort((a, b) => a.day - b.day || a.receivedNo - b.receivedNo);
          this.others.set(person, number);
        } else {
          this.inOrder = this.people.length;
        }
        return { person: number, contacts, anonymous: contacts.some(({ anonymous }) => anonymous) };
      });
    }
  }

  private homeOf(place: string, editions: ReadonlyMap<string, string>): HomePlace {
    const known = this.homes.get(place);
    if (known) return known;
    const [kind, nationCode = "", editionNumber = "", decile = "", authority = ""] = place.split("|");
    const nation = nationCode === "" ? null : (NATIONS[nationCode] ?? nationCode);
    const edition = editions.get(editionNumber) ?? null;
    const home: HomePlace = {
      kind: kind === "postcode" || kind === "no-fixed-address" || kind === "outside" ? kind : "unknown",
      nation,
      edition,
      decile: decile === "" ? null : Number(decile),
      authority: authority === "" ? null : authority,
    };
    this.homes.set(place, home);
    if (nation !== null && edition !== null && home.decile !== null && home.authority !== null) {
      const code = home.authority;
      this.authorities.set(measures.authority(nation, edition, code), { nation, edition, code });
    }
    return home;
  }

  /** People with a contact in scope, and their issues with what any service said of them. */
  async *issues(): AsyncGenerator<{ person: number; issues: IssueSeen[] }[]> {
    const { tx } = this;
    const referrals = await this.readReferrals();
    const whose = (await this.isOfMost()) ? "true" : `c.client_id in (${TOUCHED})`;
    const read = (line: CopiedLines): IssueSeen => ({
      referrals: referrals.get(line.text()) ?? NONE,
      needNumber: line.number(),
      entries: readEntries(line),
    });
    for await (const people of this.byPerson(copiedByClient(tx, issuesOf(whose), read))) {
      yield people.flatMap(({ person, rows: issues }) => {
        const number = this.numberOf(person);
        return number === null ? [] : [{ person: number, issues }];
      });
    }
  }

  /** Whether the people with a contact in scope are most of the organisation's. */
  private async isOfMost(): Promise<boolean> {
    const { tx, scope } = this;
    const [all] = await tx<{ clients: number }[]>`
      select count(*)::int as clients from casework.client where organisation_id = ${scope.organisationId}`;
    return this.people.length >= (all?.clients ?? 0) * MOST_OF_ALL;
  }

  /** The organisation's referrals by issue. Those in scope are kept for `referralsInScope`. */
  private async readReferrals(): Promise<Map<string, IssueReferral[]>> {
    const ofIssue = new Map<string, IssueReferral[]>();
    for await (const { clientId, issueIds, referral, isInScope } of readReferrals(this.tx, this.scope)) {
      for (const issue of issueIds) {
        const known = ofIssue.get(issue);
        if (known) known.push(referral);
        else ofIssue.set(issue, [referral]);
      }
      if (isInScope && !this.without.has(clientId))
        this.referrals.push({ person: this.repeats.get(clientId) ?? clientId, referral });
    }
    return ofIssue;
  }

  /** Referrals in scope that were sent between the days; they are read with the issues. */
  *referralsInScope(): Generator<{ person: number; referral: ReferralSeen }> {
    for (const { person, referral } of this.referrals) {
      yield { person: this.numberOf(person) ?? this.addOther(person), referral };
    }
    this.referrals = [];
  }

  /** Scores of people with a contact in scope. */
  async *scores(): AsyncGenerator<{ person: number; scores: ScoresSeen }> {
    const { tx, scope } = this;
    const { organisationId, until } = scope;
    async function* rows() {
      const batches = tx<
        {
          clientId: string;
          instrumentId: string;
          direction: ScoresSeen["direction"];
          id: string;
          scoredOn: Day;
          /** Microseconds since 1970: two scores of one day can be a few apart. */
          recordedAt: number;
          score: number;
        }[]
      >`
        select s.client_id, s.instrument_id, i.direction, s.id, s.scored_on,
               (extract(epoch from s.recorded_at) * 1000000)::float8 as recorded_at, s.score
        from casework.instrument_score as s
        join casework.instrument as i on i.organisation_id = s.organisation_id and i.id = s.instrument_id
        where s.organisation_id = ${organisationId} and s.voided_at is null and s.scored_on <= ${dayOfNumber(until)}
        order by s.client_id, s.scored_on, s.recorded_at, s.id`.cursor(AT_ONCE);
      yield* batches;
    }
    for await (const people of this.byPerson(byClient(rows())))
      for (const { person, rows: all } of people) {
        const number = this.numberOf(person);
        if (number === null) continue;
        all.sort(
          (a, b) =>
            dayNumber(a.scoredOn) - dayNumber(b.scoredOn) ||
            a.recordedAt - b.recordedAt ||
            (a.id < b.id ? -1 : 1),
        );
        for (const instrumentId of new Set(all.map((row) => row.instrumentId))) {
          const of = all.filter((row) => row.instrumentId === instrumentId);
          const scores = of.map(({ scoredOn, score }) => ({ day: dayNumber(scoredOn), score }));
          const direction = of[0]?.direction ?? "higher-better";
          yield { person: number, scores: { instrumentId, direction, scores } };
        }
      }
  }

  /** The traits of those people who are wanted, of all their records together. */
  async *traits(isWanted: (person: number) => boolean): AsyncGenerator<{ person: number; traits: Traits }[]> {
    const { tx, scope } = this;
    const { organisationId } = scope;
    // Asking for those alone who are wanted costs less than finding out once more who had a contact.
    const several = [...this.repeats].filter(([, first]) => {
      const number = this.numberOf(first);
      return number !== null && isWanted(number);
    });
    const alone = this.people.filter((id, person) => isWanted(person) && !this.repeats.has(id));
    const wanted = [...alone, ...several.map(([id]) => id)];
    await tx`select set_config('counting.wanted', ${wanted.join(",")}, true)`;
    let unreadable = 0;
    const opened = ({ clientId, rows }: OfClient<string>) => {
      const [sealed = ""] = rows;
      try {
        return [{ clientId, ...openTraits({ organisationId, clientId }, Buffer.from(sealed, "hex")) }];
      } catch {
        unreadable += 1;
        return [];
      }
    };
    /** Each record as a row of its person, because its traits are bound to it. */
    async function* records() {
      for await (const batch of copiedByClient(tx, TRAITS, (line) => line.text())) {
        yield batch.map((record) => ({ clientId: record.clientId, rows: [record] }));
      }
    }
    for await (const people of this.byPerson(records())) {
      yield people.flatMap(({ person, rows: said }) => {
        const number = this.numberOf(person);
        if (number === null) return [];
        return [{ person: number, traits: combineTraits(said.flatMap(opened)) }];
      });
    }
    if (unreadable > 0) log().error({ clients: unreadable }, "traits that no key of the ring opens");
  }

  /** The number of somebody who was given one; null for somebody else. */
  private numberOf(person: string): number | null {
    let [from, to] = [0, this.inOrder];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.people[middle] ?? "") < person) from = middle + 1;
      else to = middle;
    }
    if (from < this.inOrder && this.people[from] === person) return from;
    return this.others.get(person) ?? null;
  }

  private addOther(person: string): number {
    const number = this.people.push(person) - 1;
    this.others.set(person, number);
    return number;
  }
}

const NONE: readonly IssueReferral[] = [];

const DAY = 2 ** 24;

/** The entries of an issue: each the day, then service, status, severity and whose to resolve, in one number. */
function readEntries(line: CopiedLines): EntrySeen[] {
  const entries: EntrySeen[] = [];
  line.numbers((packed) => {
    const rest = packed % DAY;
    const status = ENTRY_STATUSES[(rest >>> 4) & 15];
    const severity = (rest >>> 1) & 7;
    if (status === undefined || severity >= SEVERITIES.length) {
      throw new Error("An entry has a status or a severity that no list has");
    }
    entries.push({
      day: Math.floor(packed / DAY),
      service: rest >>> 8,
      status,
      severity: severity + 1,
      ours: (rest & 1) === 1,
    });
  });
  return entries;
}
