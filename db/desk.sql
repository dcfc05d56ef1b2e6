-- Emergency access: a worker opens, for a few hours and in the sight of both organisations, what another organisation
-- holds about the person in front of them. Its hours are real time and need no job to end. What is opened is the fullest
-- level that any agreement can give, about the needs that the agreement covers, and not a field more.

-- The organisations that can be asked in an emergency: parties that give in a version in force for safeguarding. Says
-- nothing of whom they know.
create or replace function governance.glass_parties()
returns table (organisation_id integer, organisation_name text, agreement_id uuid, version smallint, title text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct on (p.organisation_id) p.organisation_id, o.name, f.agreement_id, f.version, a.terms ->> 'title'
  from governance.in_force('safeguarding') as f
  join governance.agreement_party as p
    on p.agreement_id = f.agreement_id and p.version = f.version and p.gives
    and p.organisation_id <> casework.current_organisation()
  join governance.agreement as a on a.id = f.agreement_id and a.version = f.version
  join casework.organisation as o on o.id = p.organisation_id
  where governance.own_groups() && array['caseworker', 'manager']
  order by p.organisation_id, cardinality(f.need_numbers) desc, f.agreement_id, f.version
$$;

-- Records at one other organisation of the person behind an own client, of those that match it exactly.
create or replace function governance.glass_records(own_client uuid, giver integer) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(other.client_id order by other.client_id), '{}')
  from identity.client_person as own
  join casework.client as c
    on c.organisation_id = own.organisation_id and c.id = own.client_id and not c.anonymous
  join identity.client_person as other on other.person_id = own.person_id and other.organisation_id = giver
    and identity.match_exactly(own.organisation_id, own.client_id, other.organisation_id, other.client_id)
  where own.organisation_id = casework.current_organisation() and own.client_id = own_client
$$;

-- Opens it and writes it down on both sides and in both audits, in one statement. An organisation that does not know the
-- person has nothing to review and reads nothing of whom it was about; its audit says that it was asked. Null: nothing was
-- opened, because the member, the client, the organisation, the hours or the agreement does not allow it, or because the
-- member has not shown in the last minutes, in any session, that it is they (STEP_UP_MINUTES).
create or replace function governance.open_glass(
  glass uuid, own_client uuid, giver integer, reason text, words bytea, hours smallint, request text
) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  own integer := casework.current_organisation();
  party record;
  looker record;
  records uuid[];
  moment timestamptz := clock_timestamp();
begin
  if hours not in (1, 2, 4) or reason not in ('life-at-risk', 'child-at-risk', 'adult-at-risk', 'serious-crime') then
    return null;
  end if;
  select * into party from governance.glass_parties() as p where p.organisation_id = giver;
  select m.id, a.name, o.name as organisation_name,
         case when 'caseworker' = any (m.roles) then 'caseworker' else 'manager' end as role
  into looker
  from casework.member as m
  join casework.account as a on a.id = m.account_id
  join casework.organisation as o on o.id = m.organisation_id
  where m.organisation_id = own and m.id = nullif(current_setting('app.member_id', true), '')::uuid
    and m.ended_at is null and m.roles && array['caseworker', 'manager']
    and exists (
      select from casework.session as s
      where s.account_id = m.account_id and s.revoked_at is null and s.stepped_up_at > moment - interval '5 minutes');
  if party.organisation_id is null or looker.id is null or not exists (
    select from casework.client as c where c.organisation_id = own and c.id = own_client and not c.anonymous)
  then
    return null;
  end if;
  records := governance.glass_records(own_client, giver);
  insert into governance.break_glass
    (organisation_id, id, member_id, member_name, member_role, organisation_name, client_id,
     giving_organisation_id, giving_organisation_name, agreement_id, version, reason, words, hours,
     opened_at, ends_at, found)
  values
    (own, glass, looker.id, looker.name, looker.role, looker.organisation_name, own_client,
     giver, party.organisation_name, party.agreement_id, party.version, reason, words, hours,
     moment, moment + hours * interval '1 hour', cardinality(records) > 0);
  insert into governance.break_glass_review (organisation_id, glass_id, is_giver, made_at)
  select own, glass, false, moment
  union all
  select giver, glass, true, moment where cardinality(records) > 0;
  insert into governance.break_glass_record (organisation_id, glass_id, client_id, made_at)
  select giver, glass, r, moment from unnest(records) as r;
  perform governance.note_glass(glass, giver, records, 'sharing.glass-opened', request);
  return moment + hours * interval '1 hour';
end
$$;

-- What the giving organisation's audit says of it: an entry that names each of its records, or none where it has none.
create or replace function governance.note_glass(
  glass uuid, giver integer, records uuid[], action text, request text
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into governance.audit_entry (organisation_id, request_id, action, subjects, detail)
  select giver, request, action,
         (select coalesce(jsonb_agg(jsonb_build_object('kind', 'client', 'id', r)), '[]') from unnest(records) as r),
         jsonb_build_object(
           'byOrganisation', g.organisation_id, 'group', g.member_role, 'purpose', 'safeguarding',
           'reason', g.reason, 'agreement', g.agreement_id, 'version', g.version, 'detail', 'full', 'glass', g.id)
  from governance.break_glass as g
  where g.organisation_id = casework.current_organisation() and g.id = glass
$$;

-- Whether it is open to the transaction's member at this moment: theirs, not over, and its agreement still in force.
create or replace function governance.glass_is_open(glass uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from governance.break_glass as g
    join governance.in_force('safeguarding') as f on f.agreement_id = g.agreement_id and f.version = g.version
    where g.organisation_id = casework.current_organisation() and g.id = glass
      and g.member_id = nullif(current_setting('app.member_id', true), '')::uuid
      and g.ended_at is null and clock_timestamp() < g.ends_at
      and governance.own_groups() && array['caseworker', 'manager'])
$$;

-- What it opens, a row a record, and writes the look down on both sides. Sealed values are bound to their record. Notes,
-- dates of birth, addresses and identifiers are in no row.
create or replace function governance.look_through_glass(glass uuid, request text)
returns table (
  organisation_id integer, client_id uuid, given_name bytea, family_name bytea, phone bytea,
  services jsonb, colour text, needs jsonb)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  opened governance.break_glass;
  records uuid[];
begin
  if not governance.glass_is_open(glass) then
    return;
  end if;
  update governance.break_glass as g set looks = g.looks + 1, last_look_at = clock_timestamp()
  where g.organisation_id = casework.current_organisation() and g.id = glass
  returning g.* into opened;
  records := governance.glass_records(opened.client_id, opened.giving_organisation_id);
  perform governance.note_glass(glass, opened.giving_organisation_id, records, 'sharing.glass-looked', request);
  return query
  with asked as (
    select array_agg(opened.giving_organisation_id) as organisations, array_agg(r.id) as clients,
           array_agg(n.number) as needs
    from governance.agreement as a
    cross join lateral unnest(records) as r (id)
    cross join lateral unnest(a.need_numbers) as n (number)
    where a.id = opened.agreement_id and a.version = opened.version
  ), standing as (
    select s.* from asked
    cross join lateral governance.standing_needs(asked.organisations, asked.clients, asked.needs) as s
  ), service as (
    select k.* from asked
    cross join lateral governance.services_listed(asked.organisations, asked.clients, asked.needs) as k
  )
  select opened.giving_organisation_id, r.id, k.given_name, k.family_name, k.phone,
         coalesce(v.services, '[]'),
         (select governance.colour_of(max(s.severity)) from standing as s where s.client_id = r.id),
         (select coalesce(jsonb_agg(jsonb_build_object('number', s.need_number, 'status', s.status)
                                    order by s.need_number), '[]')
          from standing as s where s.client_id = r.id)
  from unnest(records) as r (id)
  left join identity.client_identity as k
    on k.organisation_id = opened.giving_organisation_id and k.client_id = r.id
  left join service as v on v.client_id = r.id;
end
$$;

-- Ends it before its hours are over; only whoever opened it. Whether there was one to end.
create or replace function governance.end_glass(glass uuid) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with ended as (
    update governance.break_glass as g set ended_at = clock_timestamp()
    where g.organisation_id = casework.current_organisation() and g.id = glass
      and g.member_id = nullif(current_setting('app.member_id', true), '')::uuid
      and g.ended_at is null and clock_timestamp() < g.ends_at
    returning 1
  )
  select exists (select from ended)
$$;

-- To whose accounts the news of an emergency access goes that the transaction's member opened in the last minutes:
-- officers of the one that looks, and of the one that gave with whoever looks after the person there, if it knows them.
drop function if exists governance.glass_addresses(uuid);
create or replace function governance.glass_readers(glass uuid) returns table (account_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct a.id
  from governance.break_glass as g
  join casework.member as m
    on m.ended_at is null and (
      ('officer' = any (m.roles) and (
        m.organisation_id = g.organisation_id or (g.found and m.organisation_id = g.giving_organisation_id)))
      or exists (
        select from governance.break_glass_record as r
        join casework.client as c on c.organisation_id = r.organisation_id and c.id = r.client_id
        where r.glass_id = g.id and r.organisation_id = g.giving_organisation_id
          and m.organisation_id = r.organisation_id and m.id = c.assigned_to))
  join casework.account as a on a.id = m.account_id and a.disabled_at is null
  where g.organisation_id = casework.current_organisation() and g.id = glass
    and g.member_id = nullif(current_setting('app.member_id', true), '')::uuid
    and g.opened_at > clock_timestamp() - interval '5 minutes'
$$;

-- Whether the transaction's member is an officer of its organisation.
create or replace function governance.is_officer() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from casework.member as m
    where m.organisation_id = casework.current_organisation() and m.ended_at is null
      and m.id = nullif(current_setting('app.member_id', true), '')::uuid and 'officer' = any (m.roles))
$$;

-- Devices on which members of the transaction's organisation worked for it: which may be lost. Only an officer is told.
create or replace function governance.devices_of_members()
returns table (id uuid, name text, member_names text[], last_seen_at timestamptz, is_shut_out boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.id, (array_agg(d.name order by d.last_seen_at desc))[1], array_agg(distinct a.name),
         max(d.last_seen_at), bool_and(d.revoked_at is not null)
  from casework.device as d
  join casework.account as a on a.id = d.account_id
  where governance.is_officer() and exists (
    select from casework.session as s
    where s.account_id = d.account_id and s.device_id = d.id and s.organisation_id = casework.current_organisation())
  group by d.id
$$;

-- Whose sessions for the transaction's organisation a device opened its work in. Only an officer is told.
create or replace function governance.sessions_of_device(asked uuid)
returns table (member_id uuid, session_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.member_id, s.id from casework.session as s
  where governance.is_officer() and s.device_id = asked and s.member_id is not null
    and s.organisation_id = casework.current_organisation()
$$;

-- How many records of each other organisation were shown in a window, for the first time or again, to a member of the
-- transaction's organisation or to whoever used a device of its members: whom else a breach concerns. Only an officer is told.
drop function if exists governance.shown_of_others(uuid, timestamptz, timestamptz);
create or replace function governance.shown_of_others(
  kind text, looker uuid, since timestamptz, until timestamptz
)
returns table (organisation_name text, records integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with theirs as (
    select looker as member_id where kind = 'member'
    union
    select k.member_id from governance.sessions_of_device(looker) as k where kind = 'device'
  )
  select o.name, count(distinct shown.client_id)::int
  from (
    select a.organisation_id, a.client_id
    from governance.look as l
    join governance.look_answer as a on a.look_id = l.id and a.asker_organisation_id = l.organisation_id
    join theirs on theirs.member_id = l.member_id
    where l.organisation_id = casework.current_organisation() and l.at >= since and l.at < until
    union all
    -- What lists had shown and was read again, row by row: "the list / the number of its row".
    select a.organisation_id, a.client_id
    from governance.audit_entry as e
    join theirs on theirs.member_id = e.member_id
    cross join lateral jsonb_array_elements_text(e.detail -> 'shown') as read (row_of)
    join governance.look_answer as a
      on a.look_id = split_part(read.row_of, '/', 1)::uuid and a.asker_organisation_id = e.organisation_id
      and split_part(read.row_of, '/', 2)::smallint = any (a.rows)
    where e.organisation_id = casework.current_organisation() and e.at >= since and e.at < until
      and e.action in ('list-action.list', 'list-action.effect')
    union all
    select r.organisation_id, r.client_id
    from governance.break_glass as g
    join governance.break_glass_record as r on r.glass_id = g.id
    join theirs on theirs.member_id = g.member_id
    where g.organisation_id = casework.current_organisation()
      and g.opened_at < until and coalesce(g.last_look_at, g.opened_at) >= since
  ) as shown
  join casework.organisation as o on o.id = shown.organisation_id
  where governance.is_officer()
  group by o.name order by o.name
$$;
