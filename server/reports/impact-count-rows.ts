/**
 * Rows of casework for counting a summary, each kind in order of person and a batch at a time: a service with a million
 * issue entries is counted in the memory of its people, not of its entries. What was said of an issue comes as one row,
 * each entry of it as one number.
 */

import type { Tx } from "../../db/client";
import { formedYearFor, NATIONS } from "../domain/geography";
import {
  type ContactSeen,
  type DayNumber,
  dayNumber,
  dayOfNumber,
  type EntrySeen,
  type HomePlace,
  type IssueReferral,
  type IssueSeen,
  type ReferralSeen,
  type ScoresSeen,
  type ServiceSeen,
  type Span,
} from "../domain/impact/count";
import type { AuthorityHouseholds } from "../domain/impact/count-numbers";
import { type ImpactInstrument, type Measure, measures } from "../domain/impact/numbers";
import { ENTRY_STATUSES } from "../domain/issue";
import { type Day, dayOf } from "../domain/period";
import { combineTraits, type Traits, UNKNOWN_TRAITS } from "../domain/slices";
import { log } from "../log";
import { openTraits } from "../people-traits";
import { listFormedYears } from "../places";

/** Rows that are read at once: a batch is a few hundred kilobytes. */
const AT_ONCE = 2_000;

interface Scope {
  organisationId: number;
  serviceId: string | null;
  /** People with a contact in scope between these days are read, with all that is known of them until the last. */
  from: DayNumber;
  until: DayNumber;
}

/** A service with its place among the others of the organisation, which is its number in entries. */
export interface NumberedService extends ServiceSeen {
  id: string;
}

/** All services of the organisation. */
export async function readServices(
  tx: Tx,
  organisationId: number,
  serviceId: string | null,
): Promise<NumberedService[]> {
  const rows = await tx<{ id: string; needs: number[] }[]>`
    select s.id, coalesce(array_agg(n.need_number) filter (where n.need_number is not null), '{}')::int[] as needs
    from casework.service as s
    left join casework.service_need as n on n.organisation_id = s.organisation_id and n.service_id = s.id
    where s.organisation_id = ${organisationId}
    group by s.id
    order by s.id`;
  return rows.map(({ id, needs }) => ({
    id,
    inScope: serviceId === null || id === serviceId,
    needs: needs.length > 0 ? new Set(needs) : null,
  }));
}

/** Rows of one batch after the other, those of one person together. */
async function* byPerson<Row extends { person: string }>(
  batches: AsyncIterable<Row[]>,
): AsyncGenerator<{ person: string; rows: Row[] }> {
  let rows: Row[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      const [first] = rows;
      if (first && first.person !== row.person) {
        yield { person: first.person, rows };
        rows = [];
      }
      rows.push(row);
    }
  }
  const [first] = rows;
  if (first) yield { person: first.person, rows };
}

/** Reads the rows of one count, and gives people their numbers as they come. */
export class ImpactRows {
  /** Own client ids; those with a contact in order. */
  readonly people: string[] = [];
  /** Nations, editions and codes of the authorities that people with a decile came from. */
  readonly authorities = new Map<string, { nation: string; edition: string; code: string }>();
  private withContact = 0;
  /** Those who have a referral and no contact. */
  private readonly others = new Map<string, number>();
  private readonly homes = new Map<string, HomePlace>();
  private referrals: { person: string; referral: ReferralSeen }[] = [];

  constructor(
    private readonly tx: Tx,
    private readonly scope: Scope,
  ) {}

  /** The organisation's clients with their own person, as a source for a query. */
  private own() {
    const { organisationId } = this.scope;
    return this.tx`
      own as materialized (
        select p.client_id, p.first_client_id as person
        from identity.own_people(
          ${organisationId}, array(select id from casework.client where organisation_id = ${organisationId})
        ) as p
      )`;
  }

  /** People with a contact in scope, and their contacts there. */
  async *contacts(): AsyncGenerator<{ person: number; contacts: ContactSeen[]; anonymous: boolean }> {
    const { tx } = this;
    const { organisationId, serviceId, from, until } = this.scope;
    const editions = new Map(
      (await tx<{ number: number; name: string }[]>`select number, name from reference.edition`).map(
        ({ number, name }) => [String(number), name],
      ),
    );
    const batches = tx<{ person: string; visit: number; place: string }[]>`
      with ${this.own()}
      select own.person,
             ((c.occurred_on - date '1970-01-01') * 2 + client.anonymous::int) as visit,
             concat_ws('|', c.place_kind, coalesce(c.nation, ''), coalesce(c.deprivation_edition::text, ''),
                       coalesce(c.deprivation_decile::text, ''), coalesce(c.authority, '')) as place
      from casework.contact as c
      join own on own.client_id = c.client_id
      join casework.client as client
        on client.organisation_id = c.organisation_id and client.id = c.client_id
      where c.organisation_id = ${organisationId} and c.voided_at is null
        and c.occurred_on between ${dayOfNumber(from)} and ${dayOfNumber(until)}
        and (${serviceId}::uuid is null or c.service_id = ${serviceId})
      order by own.person, c.occurred_on, c.received_no`.cursor(AT_ONCE);
    for await (const { person, rows } of byPerson(batches)) {
      const contacts = rows.map(({ visit, place }) => ({
        day: Math.floor(visit / 2),
        home: this.homeOf(place, editions),
      }));
      yield {
        person: this.people.push(person) - 1,
        contacts,
        anonymous: rows.some(({ visit }) => visit % 2 === 1),
      };
    }
    this.withContact = this.people.length;
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
  async *issues(
    services: readonly NumberedService[],
  ): AsyncGenerator<{ person: number; issues: IssueSeen[] }> {
    const { tx } = this;
    const { organisationId, until } = this.scope;
    const referrals = await this.readReferrals();
    const batches = tx<{ person: string; issueId: string; needNumber: number; entries: string }[]>`
      with ${this.own()}, ${this.touched()}
      select own.person, e.issue_id, min(e.need_number) as need_number,
             array_agg(
               ((c.occurred_on - date '1970-01-01')::bigint << 24)
               | ((service.number - 1) << 8)
               | (case e.status when 'new' then 0 when 'ongoing' then 1 when 'improved' then 2
                                when 'worsened' then 3 when 'resolved' then 4 else 5 end << 4)
               | (case e.severity when 'low' then 1 when 'medium' then 2 when 'high' then 3 else 4 end << 1)
               | e.ours::int
               order by c.occurred_on, c.received_no)::text as entries
      from touched
      join own on own.person = touched.person
      join casework.contact as c on c.organisation_id = ${organisationId} and c.client_id = own.client_id
       and c.voided_at is null and c.occurred_on <= ${dayOfNumber(until)}
      join unnest(${services.map(({ id }) => id)}::uuid[]) with ordinality as service (id, number)
        on service.id = c.service_id
      join casework.issue_entry as e on e.organisation_id = c.organisation_id and e.contact_id = c.id
      group by own.person, e.issue_id
      order by own.person`.cursor(AT_ONCE);
    for await (const { person, rows } of byPerson(batches)) {
      const number = this.numberOf(person);
      if (number === null) continue;
      const issues = rows.map(({ issueId, needNumber, entries }) => ({
        needNumber,
        entries: readEntries(entries),
        referrals: referrals.get(issueId) ?? NONE,
      }));
      yield { person: number, issues };
    }
  }

  /** Everybody with a contact in scope, as a source for a query. */
  private touched() {
    const { organisationId, serviceId, from, until } = this.scope;
    return this.tx`
      touched as materialized (
        select distinct own.person
        from casework.contact as c join own on own.client_id = c.client_id
        where c.organisation_id = ${organisationId} and c.voided_at is null
          and c.occurred_on between ${dayOfNumber(from)} and ${dayOfNumber(until)}
          and (${serviceId}::uuid is null or c.service_id = ${serviceId})
      )`;
  }

  /**
   * The organisation's referrals with the days of their steps, kept for `referralsInScope`; gives them by issue. One is a
   * service's when a contact of that service had spoken of an issue that it hands over by the day it was sent.
   */
  private async readReferrals(): Promise<Map<string, IssueReferral[]>> {
    const { tx } = this;
    const { organisationId, serviceId, from, until } = this.scope;
    const ofIssue = new Map<string, IssueReferral[]>();
    type Step = Date | null;
    const batches = tx<
      {
        person: string;
        sentAt: Date;
        acceptedAt: Step;
        declinedAt: Step;
        startedAt: Step;
        completedAt: Step;
        lostTouchAt: Step;
        withdrawnAt: Step;
        issueIds: string[];
        spokenOn: Day | null;
      }[]
    >`
      with ${this.own()}
      select own.person, r.sent_at, s.*,
             array(select i.issue_id from casework.referral_issue as i
                   where i.organisation_id = r.organisation_id and i.referral_id = r.id) as issue_ids,
             (select min(c.occurred_on) from casework.referral_issue as i
              join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.issue_id
              join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
              where i.organisation_id = r.organisation_id and i.referral_id = r.id and c.voided_at is null
                and c.service_id = ${serviceId}) as spoken_on
      from casework.referral as r
      join own on own.client_id = r.client_id
      cross join lateral (
        select min(e.at) filter (where e.kind = 'accepted') as accepted_at,
               min(e.at) filter (where e.kind = 'declined') as declined_at,
               min(e.at) filter (where e.kind = 'started') as started_at,
               min(e.at) filter (where e.kind = 'completed') as completed_at,
               min(e.at) filter (where e.kind = 'lost-touch') as lost_touch_at,
               min(e.at) filter (where e.kind = 'withdrawn') as withdrawn_at
        from casework.referral_event as e
        where e.organisation_id = r.organisation_id and e.referral_id = r.id
      ) as s
      where r.organisation_id = ${organisationId}
      order by own.person, r.sent_at, r.id`.cursor(AT_ONCE);
    const on = (at: Step): DayNumber | null => (at === null ? null : dayNumber(dayOf(at)));
    for await (const batch of batches) {
      for (const row of batch) {
        const sentOn = dayNumber(dayOf(row.sentAt));
        const referral: ReferralSeen = {
          sentOn,
          acceptedOn: on(row.acceptedAt),
          declinedOn: on(row.declinedAt),
          startedOn: on(row.startedAt),
          completedOn: on(row.completedAt),
          lostTouchOn: on(row.lostTouchAt),
          withdrawnOn: on(row.withdrawnAt),
        };
        for (const issue of row.issueIds) ofIssue.set(issue, [...(ofIssue.get(issue) ?? []), referral]);
        const inScope = serviceId === null || (row.spokenOn !== null && dayNumber(row.spokenOn) <= sentOn);
        if (inScope && sentOn >= from && sentOn <= until) {
          this.referrals.push({ person: row.person, referral });
        }
      }
    }
    return ofIssue;
  }

  /** Referrals in scope that were sent between the days; read with the issues. */
  *referralsInScope(): Generator<{ person: number; referral: ReferralSeen }> {
    for (const { person, referral } of this.referrals) {
      yield { person: this.numberOf(person) ?? this.addOther(person), referral };
    }
    this.referrals = [];
  }

  /** Scores of people with a contact in scope. */
  async *scores(): AsyncGenerator<{ person: number; scores: ScoresSeen }> {
    const { tx } = this;
    const { organisationId, until } = this.scope;
    const batches = tx<
      {
        person: string;
        instrumentId: string;
        direction: ScoresSeen["direction"];
        scoredOn: Day;
        score: number;
      }[]
    >`
      with ${this.own()}
      select own.person, s.instrument_id, i.direction, s.scored_on, s.score
      from casework.instrument_score as s
      join casework.instrument as i on i.organisation_id = s.organisation_id and i.id = s.instrument_id
      join own on own.client_id = s.client_id
      where s.organisation_id = ${organisationId} and s.voided_at is null
        and s.scored_on <= ${dayOfNumber(until)}
      order by own.person, s.instrument_id, s.scored_on, s.recorded_at, s.id`.cursor(AT_ONCE);
    for await (const { person, rows } of byPerson(batches)) {
      const number = this.numberOf(person);
      if (number === null) continue;
      for (const instrumentId of new Set(rows.map((row) => row.instrumentId))) {
        const of = rows.filter((row) => row.instrumentId === instrumentId);
        const scores = of.map(({ scoredOn, score }) => ({ day: dayNumber(scoredOn), score }));
        yield {
          person: number,
          scores: { instrumentId, direction: of[0]?.direction ?? "higher-better", scores },
        };
      }
    }
  }

  /** The traits of people with a contact in scope, of all their records together. */
  async *traits(): AsyncGenerator<{ person: number; traits: Traits }> {
    const { tx } = this;
    const { organisationId } = this.scope;
    let unreadable = 0;
    const batches = tx<{ person: string; clientId: string; traits: Buffer }[]>`
      with ${this.own()}, ${this.touched()}
      select own.person, own.client_id, t.traits
      from identity.own_traits(
        ${organisationId},
        array(select own.client_id from own join touched on touched.person = own.person)
      ) as t
      join own on own.client_id = t.client_id
      order by own.person, own.client_id`.cursor(AT_ONCE);
    for await (const { person, rows } of byPerson(batches)) {
      const number = this.numberOf(person);
      if (number === null) continue;
      const opened = rows.map(({ clientId, traits }) => {
        try {
          return { clientId, ...openTraits({ organisationId, clientId }, traits) };
        } catch {
          unreadable += 1;
          return { clientId, ...UNKNOWN_TRAITS };
        }
      });
      yield { person: number, traits: combineTraits(opened) };
    }
    if (unreadable > 0) log().error({ clients: unreadable }, "traits that no key of the ring opens");
  }

  /** The number of somebody with a contact in scope, or of another who was given one; null for somebody else. */
  private numberOf(person: string): number | null {
    let [from, to] = [0, this.withContact];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.people[middle] ?? "") < person) from = middle + 1;
      else to = middle;
    }
    if (from < this.withContact && this.people[from] === person) return from;
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

/** Entries of the text of an array of numbers, "{…,…}": the day, then service, status, severity and whose to resolve. */
function readEntries(text: string): EntrySeen[] {
  return text
    .slice(1, -1)
    .split(",")
    .map((part) => {
      const packed = Number(part);
      const rest = packed % DAY;
      return {
        day: Math.floor(packed / DAY),
        service: rest >>> 8,
        status: ENTRY_STATUSES[(rest >>> 4) & 15] ?? "ongoing",
        severity: (rest >>> 1) & 7,
        ours: (rest & 1) === 1,
      };
    });
}

/** The instruments that the names of sets speak of, by name. */
export async function readInstruments(
  tx: Tx,
  organisationId: number,
  names: readonly Measure[],
): Promise<ImpactInstrument[]> {
  const rows = await tx<ImpactInstrument[]>`
    select id, name, lowest, highest, direction from casework.instrument
    where organisation_id = ${organisationId}
    order by lower(name), id`;
  const known = new Set<string>(names);
  const counted = rows.filter(({ id }) =>
    (["both", "once"] as const).some((course) => known.has(measures.instrument(id, course))),
  );
  return counted.map(({ id, name, lowest, highest, direction }) => ({
    id,
    name,
    lowest,
    highest,
    direction,
  }));
}

/** Names of the services in scope with a contact in the span that have chosen no needs. */
export async function servicesWithoutList(
  tx: Tx,
  { organisationId, serviceId, span }: { organisationId: number; serviceId: string | null; span: Span },
): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select s.name from casework.service as s
    where s.organisation_id = ${organisationId} and (${serviceId}::uuid is null or s.id = ${serviceId})
      and not exists (
        select from casework.service_need as n
        where n.organisation_id = s.organisation_id and n.service_id = s.id)
      and exists (
        select from casework.contact as c
        where c.organisation_id = s.organisation_id and c.service_id = s.id and c.voided_at is null
          and c.occurred_on between ${dayOfNumber(span.first)} and ${dayOfNumber(span.until)})
    order by s.name`;
  return rows.map(({ name }) => name);
}

/** Households by decile of these authorities, in the sectors of the year that serves a day; zeros where not known. */
export async function readHouseholds(
  tx: Tx,
  authorities: ReadonlyMap<string, { nation: string; edition: string; code: string }>,
  day: Day,
): Promise<AuthorityHouseholds[]> {
  if (authorities.size === 0) return [];
  const year = formedYearFor(day, await listFormedYears(tx));
  const rows = await tx<
    { code: string; name: string; edition: string | null; households: number[] | null }[]
  >`
    select a.code, a.name, mix.edition, mix.households
    from reference.area as a
    left join (
      select authority, edition, array_agg(households order by decile) as households
      from (
        select r.authority, e.name as edition, d.decile, round(sum(d.households::float8)) as households
        from reference.release_sector as r
        join reference.edition as e on e.number = r.deprivation_edition
        cross join lateral jsonb_array_elements_text(r.deprivation_mix) with ordinality as d (households, decile)
        where r.financial_year = ${year}
        group by r.authority, e.name, d.decile
      ) as deciles
      group by authority, edition
    ) as mix on mix.authority = a.number
    where a.level = 'lad' and a.code = any (${[...authorities.values()].map(({ code }) => code)})`;
  const none = new Array<number>(10).fill(0);
  return [...authorities.values()].map(({ nation, edition, code }) => {
    const of = rows.filter((row) => row.code === code);
    const mix = of.find((row) => row.edition === edition);
    return { nation, edition, code, name: of[0]?.name ?? code, households: mix?.households ?? none };
  });
}
