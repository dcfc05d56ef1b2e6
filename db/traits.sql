-- The doors of traits: what the linker opens and writes down for the statistics, and what the engine reads of it. Only
-- the engine's login may call these (access-functions.ts), but for the last, by which an organisation counts its own people. What
-- passes through is sealed, by one key on the way in and another on the way out. Applied again whenever this file changes.

-- Clients whose details nobody has looked at for the statistics, or not since they changed. Those whose date of birth
-- does not open are tried again once a day: the key that was missing may be back.
create or replace function identity.clients_without_traits(most integer)
returns table (organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.id
  from casework.client as c
  join identity.client_identity as i on i.organisation_id = c.organisation_id and i.client_id = c.id
  left join identity.trait as t on t.organisation_id = c.organisation_id and t.client_id = c.id
  where not c.anonymous
    and (t.client_id is null or t.identity_version <> i.version
         or (t.traits is null and t.looked_at < now() - interval '1 day'))
  limit most
$$;

-- Of these clients those who wait, with what is opened of them and what is known so far.
create or replace function identity.trait_records(organisations integer[], clients uuid[])
returns table (
  organisation_id integer, client_id uuid, version integer, date_of_birth bytea, sex text, traits bytea
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.organisation_id, i.client_id, i.version, i.date_of_birth, i.sex, t.traits
  from unnest(organisations, clients) as asked (organisation_id, client_id)
  join casework.client as c
    on c.organisation_id = asked.organisation_id and c.id = asked.client_id and not c.anonymous
  join identity.client_identity as i
    on i.organisation_id = asked.organisation_id and i.client_id = asked.client_id
  left join identity.trait as t
    on t.organisation_id = asked.organisation_id and t.client_id = asked.client_id
  where t.client_id is null or t.identity_version <> i.version
     or (t.traits is null and t.looked_at < now() - interval '1 day')
$$;

-- Puts the traits of clients in the place of those they had, and marks the people of those that changed for counting.
-- Clients that are gone or that somebody is erasing are passed over. The people are held because a link made meanwhile
-- could move a client to a person who was recounted without this. Gives how many clients were written.
create or replace function identity.put_traits(
  organisations integer[], clients uuid[], versions integer[], traits bytea[], changed boolean[]
) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  written integer;
begin
  with held as (
    select c.organisation_id, c.id, asked.version, asked.traits
    from casework.client as c
    join unnest(organisations, clients, versions, put_traits.traits)
      as asked (organisation_id, client_id, version, traits)
      on asked.organisation_id = c.organisation_id and asked.client_id = c.id
    where not c.anonymous
    order by c.organisation_id, c.id
    for key share of c skip locked
  )
  insert into identity.trait as t (organisation_id, client_id, traits, identity_version, looked_at)
  select h.organisation_id, h.id, h.traits, h.version, now() from held as h
  on conflict (organisation_id, client_id) do update
    set traits = excluded.traits, identity_version = excluded.identity_version, looked_at = excluded.looked_at;
  get diagnostics written = row_count;
  with held as (
    select p.person_id
    from identity.client_person as p
    join unnest(organisations, clients, changed) as asked (organisation_id, client_id, changed)
      on asked.organisation_id = p.organisation_id and asked.client_id = p.client_id
    where asked.changed
    order by p.organisation_id, p.client_id
    for share of p
  )
  insert into statistics.changed_person (person_id) select distinct person_id from held;
  return written;
end $$;

-- The traits of the clients behind people, for the engine's recount.
create or replace function identity.traits_of(people uuid[])
returns table (person_id uuid, organisation_id integer, client_id uuid, traits bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.person_id, p.organisation_id, p.client_id, t.traits
  from identity.client_person as p
  join identity.trait as t on t.organisation_id = p.organisation_id and t.client_id = p.client_id
  where p.person_id = any (people) and t.traits is not null
$$;

-- The traits of an organisation's own clients, for its own summaries.
create or replace function identity.own_traits(organisation integer, clients uuid[])
returns table (client_id uuid, traits bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select t.client_id, t.traits
  from identity.trait as t
  where t.organisation_id = organisation and t.client_id = any (clients) and t.traits is not null;
end $$;
