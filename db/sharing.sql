-- What crosses from one organisation to another by agreement, and the only way for it to cross. Every function looks for
-- itself who asks, which agreement holds at this moment, and what the client said: no job has to run for an end to be an
-- end. The same rules stand in server/domain/agreements/effective.ts; a test walks both over every case.

-- The day that it is for this installation, in the United Kingdom.
create or replace function governance.today() returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select ((clock_timestamp() + clock_offset_ms * interval '1 millisecond') at time zone 'Europe/London')::date
  from reference.installation
$$;

-- Whether the transaction's organisation is a party to a version: its terms are there for each of them to read.
create or replace function governance.is_party(agreement uuid, version smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from governance.agreement_party as p
    where p.agreement_id = agreement and p.version = is_party.version
      and p.organisation_id = casework.current_organisation())
$$;

-- The groups of the grid that the transaction's member is in; none for one that has ended, or who has no such role.
create or replace function governance.own_groups() returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select array(
      select role::text from unnest(m.roles) as role
      where role::text in ('caseworker', 'manager', 'commissioner', 'analyst'))
    from casework.member as m
    where m.organisation_id = casework.current_organisation()
      and m.id = nullif(current_setting('app.member_id', true), '')::uuid
      and m.ended_at is null), '{}')
$$;

-- The one written form of a value: server/domain/canonical-json.ts in SQL.
create or replace function governance.canonical(value jsonb) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return case jsonb_typeof(value)
    when 'object' then '{' || coalesce((
      select string_agg(to_json(e.key)::text || ':' || governance.canonical(e.value), ',' order by e.key collate "C")
      from jsonb_each(value) as e), '') || '}'
    when 'array' then '[' || coalesce((
      select string_agg(governance.canonical(e.value), ',' order by e.at)
      from jsonb_array_elements(value) with ordinality as e (value, at)), '') || ']'
    else value::text end;
end
$$;

-- Numbers of the needs that paths cover; a sensitive one only where it, or its wholly sensitive domain, is named.
create or replace function governance.needs_covered(paths text[]) returns smallint[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(n.number::smallint order by n.number), '{}')
  from reference.need as n
  join reference.need_domain as d on d.number = n.domain_number
  where n.code = any (paths)
    or (not n.sensitive and ('*' = any (paths) or d.code = any (paths)))
    or (d.code = any (paths) and not exists (
      select from reference.need as other where other.domain_number = d.number and not other.sensitive))
$$;

-- Whether what is enforced of a version is what was signed: the terms still have the hash that is under the signatures,
-- and its parties, dates, purposes, needs and cells are those of the terms. Rows that somebody altered by another way
-- than `governance.compile_terms` open nothing. Needs may be fewer: one may have come to the list since.
create or replace function governance.is_as_signed(agreement uuid, named smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp cost 10000 as $$
  select coalesce((
    select a.starts_on = (a.terms ->> 'startsOn')::date and a.ends_on = (a.terms ->> 'endsOn')::date
      and a.notice_days = (a.terms ->> 'noticeDays')::smallint
      and to_jsonb(a.purposes) = a.terms -> 'purposes'
      and a.terms_hash = sha256(convert_to(governance.canonical(a.terms), 'UTF8'))
      and a.need_numbers <@ governance.needs_covered(array(select jsonb_array_elements_text(a.terms -> 'needs')))
      and not exists (
        select from governance.agreement_party as p
        where p.agreement_id = a.id and p.version = a.version
          and (p.signed_hash is distinct from a.terms_hash or not a.terms -> 'parties' @> jsonb_build_array(
            jsonb_build_object('organisationId', p.organisation_id, 'gives', p.gives, 'receives', p.receives))))
      and jsonb_array_length(a.terms -> 'parties') = (
        select count(*) from governance.agreement_party as p where p.agreement_id = a.id and p.version = a.version)
      and not exists (
        select from governance.agreement_cell as c
        where c.agreement_id = a.id and c.version = a.version
          and not a.terms -> 'cells' @> jsonb_build_array(jsonb_build_object(
            'place', c.place, 'detail', c.detail, 'group', c.member_group, 'rests', c.rests)))
    from governance.agreement as a where a.id = agreement and a.version = named), false)
$$;

-- The versions by which the transaction's organisation may look today for a purpose: every party signed exactly these
-- terms, they have started, and neither their end nor the last day after a notice or before the next version has passed.
create or replace function governance.in_force(purpose text)
returns table (agreement_id uuid, version smallint, need_numbers smallint[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.version, a.need_numbers
  from governance.agreement as a
  join governance.agreement_party as own
    on own.agreement_id = a.id and own.version = a.version
    and own.organisation_id = casework.current_organisation() and own.receives
  where a.state in ('signed', 'withdrawn', 'superseded')
    and governance.today() between a.starts_on and a.ends_on
    and (a.state = 'signed' or governance.today() <= a.last_day)
    and purpose = any (a.purposes)
    and governance.is_as_signed(a.id, a.version)
$$;

-- Whether use of a client's record is held back at their wish, on this or another of the organisation's records of them:
-- where they live is in no list then, whatever it rests on.
create or replace function governance.is_restricted(organisation integer, client uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from governance.rights_hold as h
    where h.organisation_id = organisation and h.kind = 'restriction' and h.lifted_at is null
      and (h.client_id = client or exists (
        select from identity.client_person as own
        join identity.client_person as other
          on other.person_id = own.person_id and other.organisation_id = own.organisation_id
        where own.organisation_id = organisation and own.client_id = client and other.client_id = h.client_id)))
$$;

-- What counts of a client of an organisation when it shares, as `saidOf` of server/domain/agreements/effective.ts decides
-- it: the record's own answer, unless what the person said last on any of this organisation's records of them is a no;
-- and whether they object, or asked to hold use back, on any of those.
create or replace function governance.said(organisation integer, client uuid)
returns table (consent text, objected boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with clock as materialized (
    select governance.today() as today
  ), record as materialized (
    select client as id
    union
    select other.client_id
    from identity.client_person as own
    join identity.client_person as other
      on other.person_id = own.person_id and other.organisation_id = own.organisation_id
    where own.organisation_id = organisation and own.client_id = client
  ), said as (
    select s.client_id = client as own, s.answer::text as answer, least(s.answered_on, k.today) as day, s.expires_on,
           s.recorded_no, s.contact_id is not null as at_contact, k.today
    from clock as k
    cross join record as r
    join casework.consent as s
      on s.organisation_id = organisation and s.client_id = r.id and s.referral_id is null
    left join casework.contact as c on c.organisation_id = s.organisation_id and c.id = s.contact_id
    where c.voided_at is null
  ), scoped as (
    -- Once the record's own answers, once those of all.
    select v.scope, s.*, max(s.day) over (partition by v.scope) as last_day
    from said as s
    cross join (values ('own'), ('all')) as v (scope)
    where s.own or v.scope = 'all'
  ), of_day as (
    select o.*, bool_or(o.answer = 'withdrawn') over (partition by o.scope) as taken_back
    from scoped as o where o.day = o.last_day
  ), latest as (
    select distinct on (o.scope) o.scope,
           case when o.answer = 'given' and o.today > coalesce(o.expires_on, (o.day + interval '6 months')::date)
             then 'lapsed' else o.answer end as answer
    from of_day as o
    where not (o.answer = 'given' and o.at_contact and o.taken_back)
    order by o.scope, o.recorded_no desc
  )
  select coalesce(
           (select l.answer from latest as l where l.scope = 'all' and l.answer in ('declined', 'withdrawn')),
           (select l.answer from latest as l where l.scope = 'own'),
           'not-asked'),
         exists (
           select from record as r
           join governance.objection as o on o.organisation_id = organisation and o.client_id = r.id
           where o.state in ('stands', 'upheld') and o.against in ('sharing', 'both'))
         or exists (
           select from record as r where governance.is_restricted(organisation, r.id))
$$;

-- Whether a client of the caller's organisation objects to sharing there, or asked it to hold use back: what it may not use
-- itself it may not fetch from others. What a third organisation was asked is its own, and tells nothing here.
create or replace function governance.is_held_here(own_client uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.objected from governance.said(casework.current_organisation(), own_client) as s
$$;

-- The records of one person at the caller's organisation, by one of them: those for which `governance.said` takes a no said
-- on any.
create or replace function governance.own_records(organisation integer, client uuid) returns table (client_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select client
  union
  select other.client_id
  from identity.client_person as own
  join identity.client_person as other
    on other.person_id = own.person_id and other.organisation_id = own.organisation_id
  where own.organisation_id = organisation and own.client_id = client;
end $$;

-- Whether what a cell rests on lets it open a record to somebody who looks for a purpose, by what `governance.said` gives of
-- it: `restsHold` of server/domain/agreements/effective.ts in SQL.
create or replace function governance.rests_on(rests text, purpose text, consent text, objected boolean) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (rests = 'duty' and purpose = 'safeguarding')
    or (not objected
        and ((rests = 'consent' and consent = 'given')
             or (rests = 'basis' and consent not in ('declined', 'withdrawn'))))
$$;

-- The levels of detail, the least first; the number of one of them, and the name of a number.
create or replace function governance.details() returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array['known-to', 'rag', 'coded', 'full']
$$;
create or replace function governance.detail_rank(detail text) returns integer
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array_position(governance.details(), detail)
$$;
create or replace function governance.detail_name(rank integer) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (governance.details())[rank]
$$;

-- The most detail that a group may be given at a place by any agreement; 0: nothing.
create or replace function governance.most_detail(member_group text, place text) returns integer
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when member_group not in ('caseworker', 'manager', 'commissioner', 'analyst') then 0
    when place in ('authority', 'ward', 'sector') then 4
    when member_group = 'commissioner' then 0
    when member_group = 'analyst' then 3
    else 4 end
$$;

-- Whether a version covers a need, by the numbers that were written out of its terms: a sensitive one rests on the
-- client's yes or on a duty to protect.
create or replace function governance.covers_need(need_numbers smallint[], rests text, need smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select need = any (need_numbers)
    and (rests <> 'basis' or not exists (select from reference.need as n where n.number = need and n.sensitive))
$$;

-- The figures that paths cover at areas: each by its number and the name of its set. A domain with a single need is that
-- need; a need or domain that is sensitive is there only where it is named.
create or replace function governance.area_nodes(paths text[]) returns table (node smallint, measure text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 250::smallint, 'need|brought|*' where '*' = any (paths)
  union all
  select d.number::smallint, 'need|brought|' || d.code
  from reference.need_domain as d
  join reference.need as n on n.domain_number = d.number
  group by d.number, d.code
  having count(*) > 1 and (d.code = any (paths) or ('*' = any (paths) and not bool_and(n.sensitive)))
  union all
  select n.number::smallint, 'need|brought|' || n.code
  from reference.need as n where n.number = any (governance.needs_covered(paths))
$$;

-- The most that the transaction's member may be shown at areas of a level for a purpose, by any version in force: figures
-- are about no one person, so nobody is asked. One row or none.
create or replace function governance.area_tier(level text, purpose text, groups text[] default governance.own_groups())
returns table (agreement_id uuid, version smallint, member_group text, detail text, paths text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.agreement_id, f.version, c.member_group, c.detail,
         array(select jsonb_array_elements_text(a.terms -> 'needs'))
  from governance.in_force(purpose) as f
  join governance.agreement as a on a.id = f.agreement_id and a.version = f.version
  join governance.agreement_cell as c on c.agreement_id = f.agreement_id and c.version = f.version
  where c.place = level and level in ('authority', 'ward', 'sector')
    and c.member_group = any (groups) and c.member_group = any (governance.own_groups())
    and (c.rests <> 'duty' or purpose = 'safeguarding')
  order by governance.detail_rank(c.detail) desc, cardinality(f.need_numbers) desc, f.agreement_id, f.version,
           c.member_group
  limit 1
$$;

-- Counts a look by a version, in the transaction that looks. Only who receives by it can have looked.
create or replace function governance.note_use(
  agreement uuid, named smallint, place text, detail text, member_group text
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into governance.agreement_use as u
    (agreement_id, version, organisation_id, day, place, detail, member_group, looks)
  select p.agreement_id, p.version, p.organisation_id, governance.today(), place, detail, member_group, 1
  from governance.agreement_party as p
  where p.agreement_id = agreement and p.version = named and p.receives
    and p.organisation_id = casework.current_organisation() and member_group = any (governance.own_groups())
  on conflict (agreement_id, version, organisation_id, day, place, detail, member_group)
  do update set looks = u.looks + 1
$$;

-- The same, and counts the look.
create or replace function governance.area_look(level text, purpose text)
returns table (agreement_id uuid, version smallint, detail text, paths text[])
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  tier record;
begin
  select * into tier from governance.area_tier(level, purpose);
  if tier.agreement_id is null then
    return;
  end if;
  perform governance.note_use(tier.agreement_id, tier.version, level, tier.detail, tier.member_group);
  return query select tier.agreement_id, tier.version, tier.detail, tier.paths;
end
$$;

-- Paths of the needs that the transaction's member may have at sector on the map: as a commissioner, by a version in
-- force for planning services that shows figures there.
create or replace function governance.sector_needs() returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select t.paths from governance.area_tier('sector', 'service-planning', '{commissioner}') as t
    where governance.detail_rank(t.detail) >= 3), '{}')
$$;

-- The figures of wards of an authority that the transaction's member may be shown for a purpose, and no field more than
-- the cell opens: a row a ward alone, from "rag" on its colour, from "coded" on a row a need of the last settled year, at
-- "full" of every settled year. Made by server/statistics/settle-wards.ts; server/domain/agreements/areas.ts has the
-- colours' rule.
create or replace function governance.ward_figures(authority_code text, purpose text)
returns table (ward text, name text, presence boolean, colour text, period smallint, node smallint, figure integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with tier as (
    select governance.detail_rank(t.detail) as rank, t.paths from governance.area_tier('ward', purpose) as t
  ), latest as (
    select max(s.period) as period from statistics.impact_settlement as s where s.area = 'wards'
  ), covered as (
    select c.node, c.measure from tier cross join lateral governance.area_nodes(tier.paths) as c
  ), shown as (
    select w.ward, w.period, c.node, s.figure
    from statistics.ward_area as w
    cross join covered as c
    join statistics.impact_set as s
      on s.area = 'ward:' || w.ward and s.measure = c.measure and s.period = w.period and s.figure is not null
    where w.authority = authority_code
  ), place as (
    select w.ward, w.households, (
      select max(s.figure) from shown as s where s.ward = w.ward and s.period = w.period) as most
    from statistics.ward_area as w, latest
    where w.authority = authority_code and w.period = latest.period
  ), rated as (
    select p.ward, rank() over (order by p.most::float8 / p.households desc) - 1 as place, count(*) over () as places
    from place as p where p.most is not null and p.households >= 200
  )
  select p.ward, coalesce(n.name, p.ward), p.most is not null,
         case when tier.rank >= 2 then
           case when r.place * 3 < r.places then 'red' when r.place * 3 < 2 * r.places then 'amber'
                when r.ward is not null then 'green' end end,
         s.period, s.node, s.figure
  from tier
  cross join place as p
  left join reference.place_name as n on n.code = p.ward
  left join rated as r on r.ward = p.ward
  left join shown as s
    on s.ward = p.ward and (tier.rank >= 4 or (tier.rank = 3 and s.period = (select l.period from latest as l)))
  order by 2, 1, s.period, s.node
$$;

-- The last settled year that has figures by ward, as a stored period; null: none.
create or replace function governance.ward_year() returns smallint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select max(s.period) from statistics.impact_settlement as s where s.area = 'wards'
$$;
