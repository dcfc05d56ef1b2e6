/**
 * The impact summary of an organisation or one of its services over one period: read in one statement, so that
 * every number of it is of the same instant, and recorded in the audit in the same transaction.
 * Screen and file call `impactSummary`; what the numbers mean is in `domain/impact.ts`.
 */

import { record } from "../audit";
import { type ActorCtx, type Ctx, inTransaction, now, requireRight, type TxCtx } from "../context";
import { NotFound } from "../domain/errors";
import { NATIONS } from "../domain/geography";
import {
  type DeprivationProfile,
  type DomainImpact,
  domainByStorageNumber,
  type ImpactOptions,
  type ImpactRequest,
  type ImpactSummary,
  type IssueCounts,
  NO_ISSUES,
  type WithoutDecile,
} from "../domain/impact";
import type { Day } from "../domain/period";
import {
  dayOf,
  firstDayOf,
  lastDayOf,
  MONTHS_OF,
  type Period,
  periodText,
  shiftPeriod,
} from "../domain/period";

/** In what form a summary leaves the database: written into the audit. */
export type ImpactForm = "screen" | "csv";

/**
 * The summary. Exact numbers of the actor's own organisation.
 * @throws NotFound when the service is not one of the organisation's.
 */
export async function impactSummary(
  ctx: Ctx,
  request: ImpactRequest,
  form: ImpactForm = "screen",
): Promise<ImpactSummary> {
  requireRight(ctx, "impact.read", ctx.actor?.organisationId ?? null);
  return inTransaction(ctx, async (ctx) => {
    const names = await getNames(ctx, request.serviceId);
    await record(ctx, "impact.read", {
      subjects: request.serviceId
        ? [{ kind: "service", id: request.serviceId }]
        : [{ kind: "organisation", id: String(ctx.actor.organisationId) }],
      detail: { period: periodText(request.period), form },
    });
    const counted = await countImpact(ctx, request);
    return { ...names, period: request.period, madeOn: dayOf(await now(ctx)), ...counted };
  });
}

/** What can be asked for: the services, and the days between which there is something to say. */
export async function impactOptions(ctx: Ctx): Promise<ImpactOptions> {
  requireRight(ctx, "impact.read", ctx.actor?.organisationId ?? null);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const services = await ctx.db<{ id: string; name: string }[]>`
      select id, name from casework.service where organisation_id = ${organisationId} order by name`;
    const [span] = await ctx.db<{ firstDay: Day | null }[]>`
      select min(occurred_on) as first_day from casework.contact
      where organisation_id = ${organisationId} and voided_at is null`;
    return {
      organisationName: ctx.actor.organisationName,
      services: services.map(({ id, name }) => ({ id, name })),
      firstDay: span?.firstDay ?? null,
      today: dayOf(await now(ctx)),
    };
  });
}

async function getNames(
  ctx: TxCtx<ActorCtx>,
  serviceId: string | null,
): Promise<Pick<ImpactSummary, "organisationName" | "serviceName">> {
  const { organisationId, organisationName } = ctx.actor;
  if (serviceId === null) return { organisationName, serviceName: null };
  const [service] = await ctx.db<{ name: string }[]>`
    select name from casework.service where organisation_id = ${organisationId} and id = ${serviceId}`;
  if (!service) throw new NotFound("This service");
  return { organisationName, serviceName: service.name };
}

type Counted = Omit<ImpactSummary, "organisationName" | "serviceName" | "period" | "madeOn">;

interface IssueRow extends IssueCounts {
  /** Null: all domains together. */
  domainNumber: number | null;
  people: number;
}

interface PlaceRow {
  placeKind: "postcode" | "no-fixed-address" | "unknown" | "outside";
  nation: string | null;
  edition: string | null;
  decile: number | null;
  people: number;
}

interface CountedRow {
  people: number;
  anonymousPeople: number;
  contacts: number;
  openNotMentioned: number;
  issues: IssueRow[];
  places: PlaceRow[];
  peopleYearBefore: number;
  contactsYearBefore: number;
  servicesWithoutList: string[];
}

async function countImpact(ctx: TxCtx<ActorCtx>, { serviceId, period }: ImpactRequest): Promise<Counted> {
  const organisation = ctx.actor.organisationId;
  const before: Period = shiftPeriod(period, -12 / MONTHS_OF[period.type]);
  const [row] = await ctx.db<CountedRow[]>`
    with asked as (
      select ${organisation}::int as organisation_id, ${serviceId}::uuid as service_id,
             ${firstDayOf(period)}::date as first_day, ${lastDayOf(period)}::date as last_day
    ),
    visit as (
      select c.id, c.client_id, c.service_id, c.occurred_on, c.received_no,
             c.place_kind, c.nation, c.deprivation_edition, c.deprivation_decile
      from casework.contact as c, asked
      where c.organisation_id = asked.organisation_id and c.voided_at is null
        and c.occurred_on between asked.first_day and asked.last_day
        and (asked.service_id is null or c.service_id = asked.service_id)
    ),
    -- Two records of one person are one person, who goes by the first of them.
    person as (
      select p.client_id, p.first_client_id as id
      from asked, identity.own_people(asked.organisation_id, array(select distinct client_id from visit)) as p
    ),
    listed as (
      select distinct n.service_id from casework.service_need as n, asked
      where n.organisation_id = asked.organisation_id
    ),
    mention as (
      select e.issue_id,
             bool_and(listed.service_id is not null and own.need_number is null) as outside_list,
             (array_agg(e.ours order by v.occurred_on desc, v.received_no desc))[1] as ours
      from asked
      join visit as v on true
      join casework.issue_entry as e on e.organisation_id = asked.organisation_id and e.contact_id = v.id
      left join listed on listed.service_id = v.service_id
      left join casework.service_need as own
        on own.organisation_id = asked.organisation_id and own.service_id = v.service_id
       and own.need_number = e.need_number
      group by e.issue_id
    ),
    -- Issues known by the end of the period, to the service where one is asked for.
    known as (
      select distinct e.issue_id
      from asked
      join casework.contact as c on c.organisation_id = asked.organisation_id and c.voided_at is null
       and c.occurred_on <= asked.last_day
       and (asked.service_id is null or c.service_id = asked.service_id)
      join casework.issue_entry as e on e.organisation_id = c.organisation_id and e.contact_id = c.id
    ),
    -- The earliest remaining entry opens an issue; the latest by day, then receipt, says how it stands.
    history as (
      select e.issue_id, min(c.occurred_on) as opened_on,
             (array_agg(e.status order by c.occurred_on desc, c.received_no desc))[1] as status
      from asked
      join known on true
      join casework.issue_entry as e
        on e.organisation_id = asked.organisation_id and e.issue_id = known.issue_id
      join casework.contact as c on c.organisation_id = asked.organisation_id and c.id = e.contact_id
       and c.voided_at is null and c.occurred_on <= asked.last_day
      group by e.issue_id
    ),
    told as (
      select n.domain_number, person.id as person_id, history.status, mention.ours, mention.outside_list,
             history.opened_on >= asked.first_day as opened
      from asked
      join mention on true
      join history on history.issue_id = mention.issue_id
      join casework.issue as i on i.organisation_id = asked.organisation_id and i.id = mention.issue_id
      join person on person.client_id = i.client_id
      join reference.need as n on n.number = i.need_number
    ),
    counts as (
      select domain_number as "domainNumber",
             count(*) as mentioned,
             count(*) filter (where opened) as opened,
             count(*) filter (where status not in ('resolved', 'no-longer-relevant')) as open,
             count(*) filter (where status = 'resolved') as resolved,
             count(*) filter (where status = 'no-longer-relevant') as "noLongerRelevant",
             count(*) filter (where not ours) as theirs,
             count(*) filter (where outside_list) as "outsideList",
             count(distinct person_id) as people
      from told
      group by grouping sets ((), (domain_number))
    ),
    home as (
      select distinct on (person.id) v.place_kind, v.nation, v.deprivation_edition, v.deprivation_decile
      from visit as v join person on person.client_id = v.client_id
      order by person.id, v.occurred_on desc, v.received_no desc
    ),
    places as (
      select home.place_kind as "placeKind", home.nation, edition.name as edition,
             home.deprivation_decile as decile, count(*) as people
      from home left join reference.edition on edition.number = home.deprivation_edition
      group by home.place_kind, home.nation, edition.name, home.deprivation_decile
    ),
    visit_before as (
      select c.client_id
      from casework.contact as c, asked
      where c.organisation_id = asked.organisation_id and c.voided_at is null
        and c.occurred_on between ${firstDayOf(before)}::date and ${lastDayOf(before)}::date
        and (asked.service_id is null or c.service_id = asked.service_id)
    )
    select
      (select count(distinct id)::int from person) as people,
      (select count(distinct person.id)::int
       from asked, person
       join casework.client as c on c.id = person.client_id
       where c.organisation_id = asked.organisation_id and c.anonymous) as anonymous_people,
      (select count(*)::int from visit) as contacts,
      (select count(*)::int from history
       where status not in ('resolved', 'no-longer-relevant')
         and not exists (select from mention where mention.issue_id = history.issue_id)) as open_not_mentioned,
      (select coalesce(json_agg(counts), '[]') from counts) as issues,
      (select coalesce(json_agg(places), '[]') from places) as places,
      (select count(distinct p.first_client_id)::int
       from asked,
            identity.own_people(asked.organisation_id, array(select distinct client_id from visit_before)) as p
      ) as people_year_before,
      (select count(*)::int from visit_before) as contacts_year_before,
      (select coalesce(json_agg(s.name order by s.name), '[]')
       from asked
       join casework.service as s on s.organisation_id = asked.organisation_id
        and exists (select from visit where visit.service_id = s.id)
       where not exists (select from listed where listed.service_id = s.id)) as services_without_list`;
  if (!row) throw new Error("The impact statement gives exactly one row");
  return {
    people: row.people,
    anonymousPeople: row.anonymousPeople,
    contacts: row.contacts,
    openNotMentioned: row.openNotMentioned,
    ...byDomain(row.issues),
    ...byPlace(row.places),
    yearBefore:
      row.contactsYearBefore > 0 ? { people: row.peopleYearBefore, contacts: row.contactsYearBefore } : null,
    servicesWithoutList: row.servicesWithoutList,
  };
}

/** Splits the grand total from the domains; domains with most people first, ties by code. */
function byDomain(rows: readonly IssueRow[]): Pick<Counted, "issues" | "domains"> {
  const countsOf = ({ domainNumber: _, people: __, ...counts }: IssueRow): IssueCounts => counts;
  const total = rows.find((row) => row.domainNumber === null);
  const domains = rows
    .flatMap((row): DomainImpact[] =>
      row.domainNumber === null
        ? []
        : [{ ...domainByStorageNumber(row.domainNumber), people: row.people, ...countsOf(row) }],
    )
    .sort((a, b) => b.people - a.people || a.code.localeCompare(b.code));
  return { issues: total ? countsOf(total) : NO_ISSUES, domains };
}

/** One profile for each nation and edition, the one with most people first. */
function byPlace(rows: readonly PlaceRow[]): Pick<Counted, "deprivation" | "withoutDecile"> {
  const profiles = new Map<string, { nation: string; edition: string; deciles: number[] }>();
  const without: WithoutDecile = { noFixedAddress: 0, unknown: 0, outside: 0, noDecile: 0 };
  for (const row of rows) {
    if (row.placeKind === "no-fixed-address") without.noFixedAddress += row.people;
    else if (row.placeKind === "unknown") without.unknown += row.people;
    else if (row.placeKind === "outside") without.outside += row.people;
    else if (row.decile === null || row.nation === null || row.edition === null)
      without.noDecile += row.people;
    else {
      const key = `${row.nation} ${row.edition}`;
      const profile = profiles.get(key) ?? {
        nation: NATIONS[row.nation] ?? row.nation,
        edition: row.edition,
        deciles: new Array<number>(10).fill(0),
      };
      profile.deciles[row.decile - 1] = (profile.deciles[row.decile - 1] ?? 0) + row.people;
      profiles.set(key, profile);
    }
  }
  const deprivation = [...profiles.values()]
    .map((profile): DeprivationProfile => {
      const [first = 0, second = 0] = profile.deciles;
      return {
        ...profile,
        people: profile.deciles.reduce((sum, people) => sum + people, 0),
        mostDeprivedFifth: first + second,
      };
    })
    .sort((a, b) => b.people - a.people || a.edition.localeCompare(b.edition));
  return { deprivation, withoutDecile: without };
}
