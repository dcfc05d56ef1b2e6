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
-- terms, they have started, and neither their end nor that of a notice has passed.
create or replace function governance.in_force(purpose text)
returns table (agreement_id uuid, version smallint, need_numbers smallint[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.version, a.need_numbers
  from governance.agreement as a
  join governance.agreement_party as own
    on own.agreement_id = a.id and own.version = a.version
    and own.organisation_id = casework.current_organisation() and own.receives
  where a.state in ('signed', 'withdrawn')
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
  order by least(governance.detail_rank(c.detail), governance.most_detail(c.member_group, c.place)) desc, c.rests
  limit 1
$$;
