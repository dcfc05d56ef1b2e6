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
    and a.terms_hash is not null
    and not exists (
      select from governance.agreement_party as p
      where p.agreement_id = a.id and p.version = a.version and p.signed_hash is distinct from a.terms_hash)
$$;

-- What a client of an organisation said about sharing, as server/domain/consent.ts decides it, and whether they object.
create or replace function governance.said(organisation integer, client uuid)
returns table (consent text, objected boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with said as (
    select s.answer::text as answer, s.answered_on, s.expires_on, s.recorded_no, s.contact_id is not null as at_contact
    from casework.consent as s
    left join casework.contact as c on c.organisation_id = s.organisation_id and c.id = s.contact_id
    where s.organisation_id = organisation and s.client_id = client and s.referral_id is null
      and c.voided_at is null
  ), of_day as (
    select * from said where answered_on = (select max(answered_on) from said)
  ), latest as (
    select * from of_day
    where not (answer = 'given' and at_contact and exists (select from of_day where answer = 'withdrawn'))
    order by recorded_no desc limit 1
  )
  select coalesce((
           select case
             when answer = 'given' and governance.today() > coalesce(expires_on, (answered_on + interval '6 months')::date)
               then 'lapsed'
             else answer end
           from latest), 'not-asked'),
         exists (
           select from governance.objection as o
           where o.organisation_id = organisation and o.client_id = client
             and o.state in ('stands', 'upheld') and o.against in ('sharing', 'both'))
$$;

-- The level of detail as a number, the least first.
create or replace function governance.detail_rank(detail text) returns integer
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array_position(array['known-to', 'rag', 'coded', 'full'], detail)
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

-- The best cell of one version for any of these groups at a place, given what the client said (null at areas, where
-- nobody is asked). No row: nothing.
create or replace function governance.best_cell(
  agreement uuid, version smallint, place text, groups text[], consent text, objected boolean
) returns table (member_group text, detail text, rests text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.member_group,
         (array['known-to', 'rag', 'coded', 'full'])[
           least(governance.detail_rank(c.detail), governance.most_detail(c.member_group, c.place))],
         c.rests
  from governance.agreement_cell as c
  where c.agreement_id = agreement and c.version = best_cell.version and c.place = best_cell.place
    and c.member_group = any (groups) and governance.most_detail(c.member_group, c.place) > 0
    and (
      c.rests = 'duty' or consent is null
      or (not objected and (
        (c.rests = 'consent' and consent = 'given')
        or (c.rests = 'basis' and consent not in ('declined', 'withdrawn')))))
  order by least(governance.detail_rank(c.detail), governance.most_detail(c.member_group, c.place)) desc,
           array_position(array['consent', 'duty', 'basis'], c.rests), c.member_group
  limit 1
$$;

-- Whether a version covers a need, by the numbers that were written out of its terms: a sensitive one rests on the
-- client's yes or on a duty to protect.
create or replace function governance.covers_need(need_numbers smallint[], rests text, need smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select need = any (need_numbers)
    and (rests <> 'basis' or not exists (select from reference.need as n where n.number = need and n.sensitive))
$$;

-- The most that the transaction's member may be given at a place for a purpose by any version in force, of somebody who is
-- a client of an organisation that gives (at areas client and giver are null: there is nobody to ask). One row or none.
create or replace function governance.tier_of(giver integer, client uuid, place text, purpose text)
returns table (
  agreement_id uuid, version smallint, member_group text, detail text, rests text, need_numbers smallint[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.agreement_id, f.version, cell.member_group, cell.detail, cell.rests, f.need_numbers
  from governance.in_force(purpose) as f
  left join lateral governance.said(giver, client) as said on client is not null
  cross join lateral governance.best_cell(
    f.agreement_id, f.version, place, governance.own_groups(), said.consent, said.objected) as cell
  where case
    when place in ('authority', 'ward', 'sector') then client is null
    else client is not null and giver is distinct from casework.current_organisation() and exists (
      select from governance.agreement_party as p
      where p.agreement_id = f.agreement_id and p.version = f.version and p.organisation_id = giver and p.gives)
  end
  order by governance.detail_rank(cell.detail) desc, array_position(array['consent', 'duty', 'basis'], cell.rests),
           cardinality(f.need_numbers) desc, f.agreement_id, f.version
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

-- What the transaction's member may be shown at areas of a level for a purpose, and counts the look. No row: nothing.
create or replace function governance.area_look(level text, purpose text)
returns table (agreement_id uuid, version smallint, detail text, need_numbers smallint[])
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  tier record;
begin
  if level not in ('authority', 'ward', 'sector') then
    return;
  end if;
  select * into tier from governance.tier_of(null, null, level, purpose);
  if tier.agreement_id is null then
    return;
  end if;
  perform governance.note_use(tier.agreement_id, tier.version, level, tier.detail, tier.member_group);
  return query select tier.agreement_id, tier.version, tier.detail, tier.need_numbers;
end
$$;

-- Numbers of the single needs that the transaction's member may have at sector on the map: as a commissioner, by the
-- versions in force for planning services that show needs there.
create or replace function governance.sector_needs() returns smallint[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct need), '{}')
  from governance.in_force('service-planning') as f
  cross join lateral governance.best_cell(f.agreement_id, f.version, 'sector', '{commissioner}', null, null) as cell
  cross join lateral unnest(f.need_numbers) as need
  where 'commissioner' = any (governance.own_groups()) and governance.detail_rank(cell.detail) >= 3
$$;
