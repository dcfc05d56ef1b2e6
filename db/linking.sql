-- The doors of linking: what the linker reads of identity and what it writes there. Only the engine's login may call
-- them (access-functions.ts); what comes back is sealed or keyed, and opens in the linker alone, which holds the keys. Applied
-- again whenever this file changes.

-- Replaced by link_records, link_partners and the carriers below.
drop function if exists identity.link_neighbourhood(integer[], uuid[]);
drop function if exists identity.link_assertions(integer[], uuid[]);
drop function if exists identity.move_clients(integer[], uuid[], uuid[]);
drop function if exists identity.identifier_carriers(text[], bytea[], integer);
drop function if exists identity.token_carriers(bigint[], integer);
drop function if exists identity.left_behind(uuid[]);


-- Clients as the linker opens them: sealed details and identifiers, whose person they are and were made as.
-- Anonymous ones and those that are gone are left out.
create or replace function identity.link_records(organisations integer[], clients uuid[])
returns table (
  organisation_id integer, client_id uuid, person_id uuid, origin_person_id uuid, version integer, given_name bytea, family_name bytea, date_of_birth bytea, sex text, postcode bytea, address bytea, phone bytea,
  email bytea, kinds text[], numbers bytea[]
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.organisation_id, p.client_id, p.person_id, p.origin_person_id, i.version, i.given_name, i.family_name, i.date_of_birth, i.sex, i.postcode, i.address, i.phone, i.email,
         coalesce(n.kinds, '{}'), coalesce(n.numbers, '{}')
  from unnest(organisations, clients) as asked (organisation_id, client_id)
  join identity.client_person as p using (organisation_id, client_id)
  join casework.client as c on c.organisation_id = p.organisation_id and c.id = p.client_id and not c.anonymous
  join identity.client_identity as i on i.organisation_id = p.organisation_id and i.client_id = p.client_id
  left join lateral (
    select array_agg(d.kind order by d.kind, d.blind_index) as kinds,
           array_agg(d.value order by d.kind, d.blind_index) as numbers
    from identity.client_identifier as d
    where d.organisation_id = p.organisation_id and d.client_id = p.client_id
  ) as n on true
$$;

-- Whom these clients are tied to whatever their details say: by a word that stands, that they are the same, or because
-- they are one person now. Whom they are said to be different from need not be reached: they matter only where
-- something else ties them.
create or replace function identity.link_partners(organisations integer[], clients uuid[])
returns table (organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with said as (
    select a.organisation_id_b as organisation_id, a.client_id_b as client_id,
           a.organisation_id_a, a.client_id_a, a.organisation_id_b, a.client_id_b, a.model, a.id
    from unnest(organisations, clients) as asked (organisation_id, client_id)
    join identity.link_assertion as a
      on a.organisation_id_a = asked.organisation_id and a.client_id_a = asked.client_id and a.says = 'same'
    union all
    select a.organisation_id_a, a.client_id_a,
           a.organisation_id_a, a.client_id_a, a.organisation_id_b, a.client_id_b, a.model, a.id
    from unnest(organisations, clients) as asked (organisation_id, client_id)
    join identity.link_assertion as a
      on a.organisation_id_b = asked.organisation_id and a.client_id_b = asked.client_id and a.says = 'same'
  )
  select s.organisation_id, s.client_id
  from said as s
  where not exists (
    select from identity.link_assertion as later
    where later.organisation_id_a = s.organisation_id_a and later.client_id_a = s.client_id_a
      and later.organisation_id_b = s.organisation_id_b and later.client_id_b = s.client_id_b
      and split_part(later.model, '-', 1) = split_part(s.model, '-', 1) and later.id > s.id)
  union
  select o.organisation_id, o.client_id
  from unnest(organisations, clients) as asked (organisation_id, client_id)
  join identity.client_person as m
    on m.organisation_id = asked.organisation_id and m.client_id = asked.client_id
  join identity.client_person as o using (person_id)
$$;

-- Whom these clients of one organisation are tied to by that organisation's own records or by a person's word on two
-- of its clients, as if there were no others.
create or replace function identity.own_partners(organisation integer, clients uuid[])
returns table (organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select own_partners.organisation, next.client_id
  from unnest(clients) as asked (client_id)
  cross join lateral (
    select a.client_id_b
    from identity.link_assertion as a
    where a.organisation_id_a = organisation and a.client_id_a = asked.client_id
      and a.organisation_id_b = organisation and a.model = 'decision'
    union
    select a.client_id_a
    from identity.link_assertion as a
    where a.organisation_id_b = organisation and a.client_id_b = asked.client_id
      and a.organisation_id_a = organisation and a.model = 'decision'
    union
    select m.own_client_id
    from identity.client_person as m
    where m.organisation_id = organisation and m.client_id = asked.client_id and m.own_client_id is not null
    union
    select o.client_id
    from identity.client_person as m
    join identity.client_person as o
      on o.organisation_id = m.organisation_id and o.own_client_id = coalesce(m.own_client_id, m.client_id)
    where m.organisation_id = organisation and m.client_id = asked.client_id
  ) as next (client_id)
$$;

-- Who carries each of these identifiers, given as keyed indexes: at most so many of one, and one more when there are
-- more than that. Of one organisation alone, or of all when it is null.
create or replace function identity.identifier_carriers(
  kinds text[], indexes bytea[], most integer, organisation integer
)
returns table (number integer, organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select asked.number::integer, carrier.organisation_id, carrier.client_id
  from unnest(kinds, indexes) with ordinality as asked (kind, blind_index, number)
  cross join lateral (
    select d.organisation_id, d.client_id
    from identity.client_identifier as d
    where d.kind = asked.kind and d.blind_index = asked.blind_index
      and (organisation is null or d.organisation_id = organisation)
    limit most + 1
  ) as carrier
$$;

-- Who carries each of these tokens, in the same way.
create or replace function identity.token_carriers(tokens bigint[], most integer, organisation integer)
returns table (number integer, organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select asked.number::integer, carrier.organisation_id, carrier.client_id
  from unnest(tokens) with ordinality as asked (token, number)
  cross join lateral (
    select b.organisation_id, b.client_id
    from identity.blocking_key as b
    where b.token = asked.token and (organisation is null or b.organisation_id = organisation)
    limit most + 1
  ) as carrier
$$;

-- What was said last of each pair among these clients, by each kind of model: a decision, identifiers, a description.
create or replace function identity.link_assertions(organisations integer[], clients uuid[])
returns table (
  organisation_id_a integer, client_id_a uuid, organisation_id_b integer, client_id_b uuid,
  says text, model text, evidence jsonb, id bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct on (l.organisation_id_a, l.client_id_a, l.organisation_id_b, l.client_id_b, split_part(l.model, '-', 1))
         l.organisation_id_a, l.client_id_a, l.organisation_id_b, l.client_id_b, l.says, l.model, l.evidence, l.id
  from unnest(organisations, clients) as a (organisation_id, client_id)
  join identity.link_assertion as l
    on l.organisation_id_a = a.organisation_id and l.client_id_a = a.client_id
  join unnest(organisations, clients) as b (organisation_id, client_id)
    on l.organisation_id_b = b.organisation_id and l.client_id_b = b.client_id
  order by l.organisation_id_a, l.client_id_a, l.organisation_id_b, l.client_id_b, split_part(l.model, '-', 1),
           l.id desc
$$;

-- Holds clients until the transaction ends, so that none is erased while it is being linked, and gives those that
-- there are. In one order, lower first: two of these, or one and an erasure, cannot wait for each other in a circle.
create or replace function identity.hold_clients(organisations integer[], clients uuid[])
returns table (organisation_id integer, client_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
  select c.organisation_id, c.id
  from casework.client as c
  join unnest(organisations, clients) as asked (organisation_id, client_id)
    on asked.organisation_id = c.organisation_id and asked.client_id = c.id
  where not c.anonymous
  order by c.organisation_id, c.id
  for key share of c;
end $$;

-- Puts the tokens of clients in the place of those that they had. Clients that are gone are passed over.
create or replace function identity.key_clients(
  organisations integer[], clients uuid[], versions integer[], token_organisations integer[], token_clients uuid[],
  tokens bigint[], keyed_with text, linked_with text
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Sets are subtracted and not compared row by row: there may be some twenty thousand tokens.
  with had as (
    select b.token, b.organisation_id, b.client_id
    from unnest(organisations, clients) as asked (organisation_id, client_id)
    join identity.blocking_key as b
      on b.organisation_id = asked.organisation_id and b.client_id = asked.client_id
  ), told as (
    select t.token, t.organisation_id, t.client_id
    from unnest(tokens, token_organisations, token_clients) as t (token, organisation_id, client_id)
  ), gone as (
    delete from identity.blocking_key as b
    using (select * from had except select * from told) as g
    where b.token = g.token and b.organisation_id = g.organisation_id and b.client_id = g.client_id
  )
  insert into identity.blocking_key (token, organisation_id, client_id)
  select fresh.token, fresh.organisation_id, fresh.client_id
  from (select * from told except select * from had) as fresh
  join casework.client as c
    on c.organisation_id = fresh.organisation_id and c.id = fresh.client_id and not c.anonymous
  on conflict do nothing;
  insert into identity.linking_state as s
    (organisation_id, client_id, keyed_with, linked_with, identity_version, linked_at)
  select c.organisation_id, c.id, key_clients.keyed_with, key_clients.linked_with, asked.version, now()
  from unnest(organisations, clients, versions) as asked (organisation_id, client_id, version)
  join casework.client as c
    on c.organisation_id = asked.organisation_id and c.id = asked.client_id and not c.anonymous
  on conflict (organisation_id, client_id) do update
    set keyed_with = excluded.keyed_with, linked_with = excluded.linked_with,
        identity_version = excluded.identity_version, linked_at = excluded.linked_at;
end $$;

-- Notes clients of whom a value does not open, so that they are not tried again each minute. What was found of them
-- before stays as it is. Gives how many were not noted yet. Whoever is being erased is passed over.
create or replace function identity.note_unreadable(
  organisations integer[], clients uuid[], versions integer[], keyed_with text
) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known integer;
  noted integer;
begin
  select count(*) into known
  from identity.linking_state as s
  join unnest(organisations, clients) as asked (organisation_id, client_id) using (organisation_id, client_id)
  where s.linked_with = 'unreadable';
  with held as (
    select c.organisation_id, c.id, asked.version
    from casework.client as c
    join unnest(organisations, clients, versions) as asked (organisation_id, client_id, version)
      on asked.organisation_id = c.organisation_id and asked.client_id = c.id
    for key share of c skip locked
  )
  insert into identity.linking_state as s
    (organisation_id, client_id, keyed_with, linked_with, identity_version, linked_at)
  select h.organisation_id, h.id, note_unreadable.keyed_with, 'unreadable', h.version, now() from held as h
  on conflict (organisation_id, client_id) do update
    set keyed_with = excluded.keyed_with, linked_with = excluded.linked_with,
        identity_version = excluded.identity_version, linked_at = excluded.linked_at;
  get diagnostics noted = row_count;
  return greatest(noted - known, 0);
end $$;

-- Takes the statistics of what was just written: tables that grow from nothing in one transaction are planned for as if
-- empty, and every later statement would read all of them for each client.
create or replace function identity.take_link_statistics() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  analyze identity.blocking_key;
  analyze identity.linking_state;
end $$;

-- Clients whom linking has yet to look at, or looked at before their details changed, or with other keys, rules or another
-- model than these. Whatever becomes of a job, its clients are found here. Those of whom a value does not open are tried
-- again once a day: the key that was missing may be back.
create or replace function identity.clients_to_link(keyed_with text, linked_with text, most integer)
returns table (organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.id
  from casework.client as c
  join identity.client_identity as i on i.organisation_id = c.organisation_id and i.client_id = c.id
  left join identity.linking_state as s on s.organisation_id = c.organisation_id and s.client_id = c.id
  where not c.anonymous
    and (s.client_id is null or s.keyed_with <> clients_to_link.keyed_with
         or s.identity_version <> i.version
         or case when s.linked_with = 'unreadable' then s.linked_at < now() - interval '1 day'
                 else s.linked_with <> clients_to_link.linked_with end)
  limit most
$$;

-- Every client that is not anonymous, in order, after the one given.
create or replace function identity.linkable_after(organisation integer, client uuid, most integer)
returns table (organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.id
  from casework.client as c
  where not c.anonymous and (c.organisation_id, c.id) > (organisation, client)
  order by c.organisation_id, c.id
  limit most
$$;

-- Clients taken at random, in no order; all when they are not more than asked for.
create or replace function identity.linkable_sample(most integer)
returns table (organisation_id integer, client_id uuid)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.id from casework.client as c where not c.anonymous order by random() limit most
$$;

-- Writes down what was said of pairs of clients; of each pair the lower client comes first. Clients that are gone
-- or anonymous are passed over. Whoever was decided about waits to be linked anew.
create or replace function identity.assert_links(
  organisations_a integer[], clients_a uuid[], organisations_b integer[], clients_b uuid[],
  said text[], evidence jsonb[], model text, made_by text
) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  added integer;
begin
  insert into identity.link_assertion
    (organisation_id_a, client_id_a, organisation_id_b, client_id_b, says, evidence, model, made_by)
  select p.organisation_a, p.client_a, p.organisation_b, p.client_b, p.says, p.evidence,
         assert_links.model, assert_links.made_by
  from unnest(organisations_a, clients_a, organisations_b, clients_b, said, assert_links.evidence)
    as p (organisation_a, client_a, organisation_b, client_b, says, evidence)
  join casework.client as a on a.organisation_id = p.organisation_a and a.id = p.client_a and not a.anonymous
  join casework.client as b on b.organisation_id = p.organisation_b and b.id = p.client_b and not b.anonymous
  where (p.organisation_a, p.client_a) < (p.organisation_b, p.client_b)
    and p.says in ('same', 'different');
  get diagnostics added = row_count;
  if assert_links.model = 'decision' then
    delete from identity.linking_state as s
    using unnest(organisations_a || organisations_b, clients_a || clients_b) as c (organisation_id, client_id)
    where s.organisation_id = c.organisation_id and s.client_id = c.client_id;
  end if;
  return added;
end $$;

-- Points clients at the people they belong to, and marks everybody who gained or lost one; and says by which client
-- each goes among those that its own organisation knows to be one. Null leaves either as it is. Holds nobody but those
-- whom it changes: a row that is held while others work with it would tell them that somebody is being linked with it.
-- Only linking changes these rows, one at a time. They are held in one order, lower first, so that this and an erasure
-- cannot wait in a circle.
create or replace function identity.move_clients(
  organisations integer[], clients uuid[], people uuid[], own_clients uuid[]
) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  moved integer;
begin
  with told as (
    select p.organisation_id, p.client_id, p.person_id as old_person_id,
           coalesce(t.person_id, p.person_id) as new_person_id,
           nullif(coalesce(t.own_client_id, p.own_client_id), p.client_id) as own_client_id
    from identity.client_person as p
    join unnest(organisations, clients, people, own_clients) as t (organisation_id, client_id, person_id, own_client_id)
      using (organisation_id, client_id)
    where p.person_id <> coalesce(t.person_id, p.person_id)
      or p.own_client_id is distinct from nullif(coalesce(t.own_client_id, p.own_client_id), p.client_id)
    order by p.organisation_id, p.client_id
    for update of p
  ), changed as (
    update identity.client_person as p
    set person_id = t.new_person_id, own_client_id = t.own_client_id
    from told as t
    where p.organisation_id = t.organisation_id and p.client_id = t.client_id
    returning t.old_person_id, t.new_person_id
  )
  insert into statistics.changed_person (person_id)
  select old_person_id from changed where old_person_id <> new_person_id
  union
  select new_person_id from changed where old_person_id <> new_person_id;
  get diagnostics moved = row_count;
  return moved;
end $$;

-- Whoever an erasure left behind: the clients of these people, and these clients of the organisation that erased. They
-- wait to be linked anew. The linker asks for it, so that erasing does the same work whether anybody is left or not.
create or replace function identity.left_behind(people uuid[], organisation integer, clients uuid[])
returns table (organisation_id integer, client_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
  with behind as (
    select p.organisation_id, p.client_id from identity.client_person as p where p.person_id = any (people)
    union
    select p.organisation_id, p.client_id
    from identity.client_person as p
    where p.organisation_id = left_behind.organisation and p.client_id = any (left_behind.clients)
  ), looked as (
    delete from identity.linking_state as s using behind as b
    where s.organisation_id = b.organisation_id and s.client_id = b.client_id
  )
  select b.organisation_id, b.client_id from behind as b;
end $$;

-- Which of these clients of one organisation are the same person by that organisation's own records: each goes by the
-- first of them. Worked out from those records alone, so nobody learns from a total of their own whom others know.
create or replace function identity.own_people(organisation integer, clients uuid[])
returns table (client_id uuid, first_client_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select p.client_id, coalesce(p.own_client_id, p.client_id)
  from identity.client_person as p
  where p.organisation_id = organisation and p.client_id = any (clients);
end $$;

-- The same of the whole organisation: every record of those who have several, each with the first of them.
create or replace function identity.own_repeats(organisation integer)
returns table (client_id uuid, first_client_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select p.client_id, p.own_client_id
  from identity.client_person as p
  where p.organisation_id = organisation and p.own_client_id is not null
  union
  select p.own_client_id, p.own_client_id
  from identity.client_person as p
  where p.organisation_id = organisation and p.own_client_id is not null;
end $$;

-- Removes what linking holds of clients that are being erased. Opinions go with their review.
create or replace function identity.forget_links(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  delete from identity.link_review
  where (organisation_id_a = organisation and client_id_a = any (clients))
     or (organisation_id_b = organisation and client_id_b = any (clients));
  delete from identity.link_assertion
  where (organisation_id_a = organisation and client_id_a = any (clients))
     or (organisation_id_b = organisation and client_id_b = any (clients));
  delete from identity.blocking_key where organisation_id = organisation and client_id = any (clients);
  delete from identity.linking_state where organisation_id = organisation and client_id = any (clients);
end $$;

-- The model in use: the newest.
create or replace function identity.current_link_model()
returns table (id integer, made_at timestamptz, clients integer, parameters jsonb, frequencies bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.made_at, m.clients, m.parameters, m.frequencies
  from identity.link_model as m
  order by m.id desc
  limit 1
$$;

-- The number that the next model will have: what is common in it is sealed for its own row.
create or replace function identity.reserve_link_model() returns integer
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select nextval('identity.link_model_id_seq')::integer
$$;

create or replace function identity.keep_link_model(number integer, clients integer, parameters jsonb, frequencies bytea)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.link_model (id, clients, parameters, frequencies) overriding system value
  values (number, keep_link_model.clients, keep_link_model.parameters, keep_link_model.frequencies)
$$;

-- How many clients can be linked, and whether it is time for a new model: there are enough of them, and the last one is
-- missing, was learnt from far fewer or is old.
create or replace function identity.link_model_due(fewest integer, growth double precision, oldest interval)
returns table (clients integer, due boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select n.clients, n.clients >= fewest and not exists (
    select from identity.link_model as m
    where m.clients * growth > n.clients and m.made_at > now() - oldest)
  from (select count(*)::integer as clients from casework.client as c where not c.anonymous) as n
$$;
