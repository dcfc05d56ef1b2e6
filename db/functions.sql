-- The doors between schemas. Each runs with the owner's rights, so each checks for itself whom it serves, names
-- its tables in full and gives back no more than its caller may know. Applied again whenever this file changes.

-- The organisation of the transaction; null when none was named.
create or replace function casework.current_organisation() returns integer
language sql stable parallel safe
return nullif(current_setting('app.organisation_id', true), '')::integer;

-- Whether the transaction is an administrator's, at administration: what it says of itself is not enough.
create or replace function casework.administers() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(current_setting('app.purpose', true), '') = 'administration' and exists (
    select from casework.member as m
    where m.organisation_id = casework.current_organisation()
      and m.id = nullif(current_setting('app.member_id', true), '')::uuid
      and m.ended_at is null and 'administrator' = any (m.roles))
$$;

-- Refuses to act for any organisation but the transaction's own.
create or replace function casework.require_organisation(organisation integer) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if organisation is distinct from casework.current_organisation() then
    raise exception 'This transaction does not act for that organisation' using errcode = '42501';
  end if;
end $$;

-- An id for a new person that sorts by time (UUID version 7): of people found to be one, the eldest id survives, so
-- that somebody new does not move what is known of somebody old.
create or replace function identity.new_person() returns uuid
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select encode(
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
      || set_byte(random, 0, get_byte(random, 0) | 48),
    'hex')::uuid
  from (select substring(uuid_send(gen_random_uuid()) from 7) as random) as version_4
$$;

-- Gives each new client a person of its own. Linking comes later, as a job.
create or replace function identity.start_people(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id)
  select organisation, fresh.client_id, fresh.person_id, fresh.person_id
  from (select client_id, identity.new_person() as person_id
        from unnest(clients) as c (client_id)) as fresh
  on conflict do nothing;
end $$;

-- Marks the people of these clients for recounting, in the caller's transaction. The rows are held until it ends:
-- otherwise a link made meanwhile could move a client to a person who was recounted without this change. Whoever knows
-- that nothing is otherwise before some day says so: earlier financial years are not read again.
drop function if exists statistics.mark_changed(integer, uuid[]);
create or replace function statistics.mark_changed(organisation integer, clients uuid[], first_changed date default null)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  with held as (
    select person_id
    from identity.client_person
    where organisation_id = organisation and client_id = any (clients)
    order by client_id
    for share
  )
  insert into statistics.changed_person (person_id, since) select distinct person_id, first_changed from held;
end $$;

-- People who are in no figure: one of their clients objected to being counted, at whichever organisation. A person is
-- counted once for all their clients, so they are left out with all of them. An objection holds from the moment it is made.
create or replace function identity.uncounted_people() returns table (person_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.person_id
  from governance.objection as o
  join identity.client_person as p on p.organisation_id = o.organisation_id and p.client_id = o.client_id
  where o.state in ('stands', 'upheld') and o.against in ('counting', 'both')
$$;

-- The clients of the caller's organisation who are in no number of its own: those who objected to being counted there,
-- with what its own records make the same person. What they said elsewhere is not told.
create or replace function governance.uncounted_clients(organisation integer) returns table (client_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  with objecting as (
    select distinct coalesce(p.own_client_id, p.client_id) as first_client_id
    from governance.objection as o
    join identity.client_person as p on p.organisation_id = o.organisation_id and p.client_id = o.client_id
    where o.organisation_id = organisation and o.state in ('stands', 'upheld') and o.against in ('counting', 'both')
  )
  select p.client_id from identity.client_person as p
  join objecting as f on f.first_client_id in (p.client_id, p.own_client_id)
  where p.organisation_id = organisation;
end $$;

-- Whose page a code opens, together with their date of birth: one answer for a code that never was, has ended or was
-- taken back, and for another date. Both are given as keyed fingerprints, one for each key of the ring. A code that came
-- with ten wrong dates is revoked: there are fewer dates than somebody could try in its two weeks.
create or replace function governance.client_of_code(code_hashes bytea[], birth_indexes bytea[])
returns table (organisation_id integer, client_id uuid, expires_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  held governance.resident_code%rowtype;
begin
  select * into held from governance.resident_code as c
  where c.code_hash = any (code_hashes) and c.revoked_at is null and c.expires_at > now()
  for update;
  if not found then
    return;
  end if;
  if not exists (
    select from identity.client_identity as i
    where i.organisation_id = held.organisation_id and i.client_id = held.client_id
      and i.date_of_birth_index = any (birth_indexes)
  ) then
    update governance.resident_code as c
    set wrong_dates = c.wrong_dates + 1, revoked_at = case when c.wrong_dates + 1 >= 10 then now() end
    where c.organisation_id = held.organisation_id and c.id = held.id;
    return;
  end if;
  update governance.resident_code as c set wrong_dates = 0, used_at = now()
  where c.organisation_id = held.organisation_id and c.id = held.id;
  return query select held.organisation_id, held.client_id, held.expires_at;
end $$;

-- The clients behind people, for the engine's recount; none behind those who are in no figure.
create or replace function identity.clients_of(people uuid[])
returns table (person_id uuid, organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.person_id, c.organisation_id, c.client_id
  from identity.client_person as c
  where c.person_id = any (people) and c.person_id not in (select person_id from identity.uncounted_people())
$$;

-- The contacts between two days and whose they are: who the organisations' own people are, as a period settles.
drop function if exists identity.people_seen(date, date);
create or replace function identity.contacts_seen(first_day date, last_day date)
returns table (
  person_id uuid, organisation_id integer, contact_id uuid, occurred_on date, received_no bigint, release_sector integer
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.person_id, k.organisation_id, k.id, k.occurred_on, k.received_no, k.release_sector
  from casework.contact as k
  join identity.client_person as c on c.organisation_id = k.organisation_id and c.client_id = k.client_id
  where k.occurred_on between first_day and last_day and k.voided_at is null
    and c.person_id not in (select person_id from identity.uncounted_people())
$$;

-- The persons behind people of one organisation's own, each named by the first of their clients there. Where two of them
-- are one person by what others know, one alone is that person here: so a total of the organisation's own goes on
-- counting them as its records do, and does not tell whom others know.
create or replace function identity.own_persons(organisation integer, clients uuid[])
returns table (client_id uuid, person_id uuid, is_first boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select p.client_id, p.person_id,
         not exists (
           select from identity.client_person as o
           where o.person_id = p.person_id and o.organisation_id = organisation
             and coalesce(o.own_client_id, o.client_id) < p.client_id)
  from identity.client_person as p
  where p.organisation_id = organisation and p.client_id = any (clients);
end $$;

-- Makes the two tables that hold who reported a settling period until the caller's transaction ends. The owner makes
-- them and lets the caller write rows, because a login that could make temporary objects of its own could put a type
-- in the way of the functions here.
create or replace function statistics.make_reported() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  create temporary table reported_person (person_id uuid primary key, person_key bigint not null) on commit drop;
  create temporary table reported (
    period smallint, reporter integer, person_key bigint, need_number smallint, release_sector integer
  ) on commit drop;
  execute format('grant select, insert on pg_temp.reported_person, pg_temp.reported to %I', session_user);
end $$;

-- Lets the planner know what those tables hold: only their owner may ask for it.
create or replace function statistics.analyze_reported() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  analyze pg_temp.reported_person, pg_temp.reported;
end $$;

-- Everybody, in order, for a full recount: people after the one given.
create or replace function identity.people_after(person uuid, most integer)
returns table (person_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct c.person_id
  from identity.client_person as c
  where person is null or c.person_id > person
  order by 1
  limit most
$$;

-- Removes clients and all that is held of them, for good: their ids are kept so that nothing sent again under
-- them comes back. Their people are marked first, so that counts follow; the linker looks again at whoever was one
-- person only through an erased client.
create or replace function casework.erase_clients(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  people uuid[];
  own uuid[];
  told uuid[];
begin
  perform casework.require_organisation(organisation);
  -- Whoever is writing to one of them finishes first, in the order in which writers hold these: what they add then
  -- goes as well.
  perform 1 from identity.client_identity
  where organisation_id = organisation and client_id = any (clients) order by client_id for update;
  perform 1 from casework.client
  where organisation_id = organisation and id = any (clients) order by id for update;
  with held as (
    select person_id from identity.client_person
    where organisation_id = organisation and client_id = any (clients)
    order by client_id
    for update
  )
  select array_agg(distinct person_id) into people from held;
  -- The linker looks again also at whom this organisation's own records make one with them: by client, for whose person
  -- they are may change before it comes to it.
  select array_agg(client_id order by client_id) into own
  from identity.own_partners(organisation, clients) as partner
  where partner.client_id <> all (clients);
  perform statistics.mark_changed(organisation, clients);
  perform governance.erase_beside(organisation, clients);

  insert into casework.erased (organisation_id, id)
  select organisation, c.id from casework.contact as c
  where c.organisation_id = organisation and c.client_id = any (clients)
  union
  select organisation, id from unnest(clients) as gone (id)
  on conflict do nothing;

  delete from casework.instrument_score where organisation_id = organisation and client_id = any (clients);
  delete from casework.action where organisation_id = organisation and client_id = any (clients);
  delete from casework.reassigned_client where organisation_id = organisation and client_id = any (clients);
  delete from casework.closing where organisation_id = organisation and client_id = any (clients);
  delete from casework.consent where organisation_id = organisation and client_id = any (clients);
  delete from governance.resident_code where organisation_id = organisation and client_id = any (clients);
  select array_agg(s.id) into told from casework.story as s
  where s.organisation_id = organisation and s.client_id = any (clients);
  delete from casework.story_consent as k using casework.story as s
  where s.organisation_id = organisation and s.client_id = any (clients)
    and k.organisation_id = organisation and k.story_id = s.id;
  delete from casework.story where organisation_id = organisation and client_id = any (clients);
  perform casework.erase_told(organisation, told);
  delete from identity.profile_conflict where organisation_id = organisation and client_id = any (clients);
  delete from identity.profile_edit where organisation_id = organisation and client_id = any (clients);
  delete from casework.referral_receipt as k using casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients)
    and k.from_organisation_id = organisation and k.referral_id = r.id;
  delete from casework.referral_link as l using casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients)
    and l.organisation_id = organisation and l.referral_id = r.id;
  delete from casework.referral_event as e using casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients)
    and e.organisation_id = organisation and e.referral_id = r.id;
  delete from casework.referral_issue as i using casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients)
    and i.organisation_id = organisation and i.referral_id = r.id;
  delete from casework.referral where organisation_id = organisation and client_id = any (clients);
  update casework.referral_receipt set client_id = null, erased_at = now()
  where organisation_id = organisation and client_id = any (clients);
  delete from casework.issue_entry as e
  using casework.contact as c
  where c.organisation_id = organisation and c.client_id = any (clients)
    and e.organisation_id = organisation and e.contact_id = c.id;
  delete from casework.issue where organisation_id = organisation and client_id = any (clients);
  delete from casework.contact where organisation_id = organisation and client_id = any (clients);
  perform identity.forget_links(organisation, clients);
  delete from identity.trait where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_place where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_token where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_identifier where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_identity where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_person where organisation_id = organisation and client_id = any (clients);
  delete from casework.early_help_answer where organisation_id = organisation and client_id = any (clients);
  delete from governance.look_answer where organisation_id = organisation and client_id = any (clients);
  delete from governance.look where organisation_id = organisation and client_id = any (clients);
  delete from casework.client where organisation_id = organisation and id = any (clients);

  -- Always, and without looking whether anybody is left: how long erasing takes must not tell who is known elsewhere.
  perform jobs.add('people.link', jsonb_build_object(
    'people', coalesce(people, '{}'), 'organisationId', organisation, 'clientIds', coalesce(own, '{}')));
end $$;

-- One day of "Run a week": moves the clock of a demo on by a day, once the contacts of the day it is have arrived.
-- False when that day has been left already, or when this is no demo.
create or replace function reference.end_demo_day(day date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update reference.demo_world set arrived_until = day + 1
  where arrived_until = day and (select demo from reference.installation);
  if not found then
    return false;
  end if;
  update reference.installation set clock_offset_ms = clock_offset_ms + 86400000;
  return true;
end $$;
