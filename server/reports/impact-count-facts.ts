/** What a count of a summary has to know besides casework: services with their lists, instruments, the area's households. */

import type { Tx } from "../../db/client";
import { formedYearFor } from "../domain/geography";
import { dayOfNumber, type ServiceSeen, type Span } from "../domain/impact/became";
import type { AuthorityHouseholds } from "../domain/impact/count-numbers";
import { type ImpactInstrument, type Measure, measures } from "../domain/impact/numbers";
import type { Day } from "../domain/period";
import { listFormedYears } from "../places";

/** All services of the organisation, in the order by which its entries name them. */
export async function readServices(
  tx: Tx,
  organisationId: number,
  serviceId: string | null,
): Promise<(ServiceSeen & { id: string })[]> {
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
