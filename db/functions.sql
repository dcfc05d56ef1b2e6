-- The doors between schemas. Each runs with the owner's rights, so each checks for itself whom it serves, names
-- its tables in full and gives back no more than its caller may know. Applied again whenever this file changes.

-- The organisation of the transaction; null when none was named.
create or replace function casework.current_organisation() returns integer
language sql stable parallel safe
return nullif(current_setting('app.organisation_id', true), '')::integer;

-- Whether the transaction is an administrator's, at administration: what it says of itself is not enough.
create or replace function casework.administers() returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(current_setting('app.purpose', true), '') = 'administration' and exists (
    select from casework.member as m
    where m.organisation_id = casework.current_organisation()
      and m.id = nullif(current_setting('app.member_id', true), '')::uuid
      and m.ended_at is null and 'administrator' = any (m.roles))
$$;

-- Refuses to act for any organisation but the transaction's own.
create or replace function casework.require_organisation(organisation integer) returns void
language plpgsql stable set search_path = pg_catalog as $$
begin
  if organisation is distinct from casework.current_organisation() then
    raise exception 'This transaction does not act for that organisation' using errcode = '42501';
  end if;
end $$;

-- Gives each new client a person of its own. Linking comes later, as a job.
create or replace function identity.start_people(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform casework.require_organisation(organisation);
  insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id)
  select organisation, fresh.client_id, fresh.person_id, fresh.person_id
  from (select client_id, gen_random_uuid() as person_id from unnest(clients) as c (client_id)) as fresh
  on conflict do nothing;
end $$;

-- Marks the people of these clients for recounting, in the caller's transaction.
create or replace function statistics.mark_changed(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform casework.require_organisation(organisation);
  insert into statistics.changed_person (person_id)
  select distinct person_id
  from identity.client_person
  where organisation_id = organisation and client_id = any (clients);
end $$;

-- The clients behind people, for the engine's recount.
create or replace function identity.clients_of(people uuid[])
returns table (person_id uuid, organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select c.person_id, c.organisation_id, c.client_id
  from identity.client_person as c
  where c.person_id = any (people)
$$;

-- Everybody, in order, for a full recount: people after the one given.
create or replace function identity.people_after(person uuid, most integer)
returns table (person_id uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct c.person_id
  from identity.client_person as c
  where person is null or c.person_id > person
  order by 1
  limit most
$$;

-- Removes clients and all that is held of them. Their people are marked first, so that counts follow.
create or replace function casework.erase_clients(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform casework.require_organisation(organisation);
  perform statistics.mark_changed(organisation, clients);
  delete from casework.issue_entry as e
  using casework.contact as c
  where c.organisation_id = organisation and c.client_id = any (clients)
    and e.organisation_id = organisation and e.contact_id = c.id;
  delete from casework.issue where organisation_id = organisation and client_id = any (clients);
  delete from casework.contact where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_token where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_identifier where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_identity where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_person where organisation_id = organisation and client_id = any (clients);
  delete from casework.client where organisation_id = organisation and id = any (clients);
end $$;

-- Which of these clients of one organisation are the same person: each goes by the first of them. Person ids stay here.
create or replace function identity.own_people(organisation integer, clients uuid[])
returns table (client_id uuid, first_client_id uuid)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select p.client_id, first_value(p.client_id) over (partition by p.person_id order by p.client_id)
  from identity.client_person as p
  where p.organisation_id = organisation and p.client_id = any (clients);
end $$;

-- Storage that the schema builder cannot say.

-- A map is one range of this key, read without touching the table.
create unique index if not exists figure_key
  on published.figure (node, slice, period, area) include (figure);
alter table published.figure set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- Rows that change in place, and a queue that empties many times a day.
alter table statistics.presence set (fillfactor = 90);
alter table statistics.cell set (fillfactor = 80);
alter table statistics.changed_person set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
