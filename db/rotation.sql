-- What a new secret of the key ring asks for: sealed values read in order and put back sealed anew, indexes and search
-- tokens made again. Only the engine's login may call these (access-functions.ts), but for the two that write where clients
-- live, which the web writes by, too. What passes through is sealed or keyed: it opens in the linker alone, which holds the
-- keys. Applied again whenever this file changes.

-- Every place where sealed values lie: what tells its rows apart, and the columns. `server/sealed-places.ts` says what
-- each is bound to; a test compares both with the tables, so that no new column is forgotten.
create or replace function identity.sealed_places()
returns table (place text, organisation text, key text, key_type text, part text, columns text[])
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select listed.place, coalesce(listed.organisation, '0::integer'), listed.key, listed.key_type,
         coalesce(listed.part || '::text', '''''::text'), listed.columns
  from (values
    ('identity.client_identity', 'organisation_id', 'client_id', 'uuid', null,
     array['given_name', 'family_name', 'date_of_birth', 'postcode', 'address', 'phone', 'email', 'reference']),
    ('identity.client_identifier', 'organisation_id', 'client_id', 'uuid', 'kind', array['value']),
    ('identity.profile_conflict', 'organisation_id', 'id', 'uuid', null, array['words']),
    ('identity.link_model', null, 'id', 'integer', null, array['frequencies']),
    ('identity.trait', 'organisation_id', 'client_id', 'uuid', null, array['traits']),
    ('identity.link_review', 'organisation_id_a', 'id', 'uuid', null, array['comparison']),
    ('casework.second_factor', null, 'account_id', 'uuid', null, array['secret', 'pending_secret']),
    ('casework.sign_in_provider', 'organisation_id', 'id', 'uuid', null, array['client_secret']),
    ('casework.sign_in_session', 'organisation_id', 'id', 'uuid', null, array['token']),
    ('casework.contact', 'organisation_id', 'id', 'uuid', null,
     array['late_reason_sealed', 'note', 'note_removal', 'void_reason_sealed']),
    ('casework.issue', 'organisation_id', 'id', 'uuid', null, array['label_sealed']),
    ('casework.action', 'organisation_id', 'id', 'uuid', null, array['title']),
    ('casework.instrument_score', 'organisation_id', 'id', 'uuid', null, array['void_reason']),
    ('casework.closing', 'organisation_id', 'id', 'uuid', null, array['reason']),
    ('casework.consent', 'organisation_id', 'id', 'uuid', null, array['capacity_note']),
    ('casework.referral', 'organisation_id', 'id', 'uuid', null,
     array['sent_by_name', 'details', 'message', 'consent_words']),
    ('casework.referral_issue', 'organisation_id', 'referral_id', 'uuid', 'position', array['label']),
    ('casework.referral_event', 'organisation_id', 'id', 'uuid', null, array['by_name', 'words']),
    ('governance.look', 'organisation_id', 'id', 'uuid', null, array['words']),
    ('casework.list_action', 'organisation_id', 'id', 'uuid', null,
     array['place', 'words', 'seen', 'outcome_words', 'effect']),
    ('governance.break_glass', 'organisation_id', 'id', 'uuid', null, array['words']),
    ('governance.break_glass_review', 'organisation_id', 'glass_id', 'uuid', null, array['words']),
    ('governance.breach', 'organisation_id', 'id', 'uuid', null, array['words', 'no_risk_reason']),
    ('casework.story', 'organisation_id', 'id', 'uuid', null, array['words', 'who']),
    ('governance.rights_request', 'organisation_id', 'id', 'uuid', null, array['asker', 'words', 'answer']),
    ('governance.rights_pack', 'organisation_id', 'id', 'uuid', null, array['contents']),
    ('governance.rights_hold', 'organisation_id', 'id', 'uuid', null, array['reason']),
    ('governance.rectification', 'organisation_id', 'id', 'uuid', null, array['before', 'after', 'disagreement']),
    ('lab.data_set', 'organisation_id', 'id', 'uuid', null, array['digest']),
    ('lab.data_set_block', 'organisation_id', 'data_set_id', 'uuid', 'block',
     array['identities', 'covariates', 'events'])
  ) as listed (place, organisation, key, key_type, part, columns)
$$;

-- How many values of a place each key closed, by column. Reads the whole place.
create or replace function identity.sealed_by_key(place text)
returns table (column_name text, key_id text, rows bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  p record;
  c text;
begin
  for p in select * from identity.sealed_places() as s where s.place = sealed_by_key.place loop
    foreach c in array p.columns loop
      return query execute format(
        'select %1$L, convert_from(substring(t.%1$I from 3 for get_byte(t.%1$I, 1)), ''UTF8''), count(*)
         from %2$s as t where t.%1$I is not null group by 2', c, p.place);
    end loop;
  end loop;
end $$;

-- Rows of a place, in order after the one given, that hold a value which does not begin with this header: it was closed
-- with another key. What is empty has no bytes. They are held until the transaction ends; those that somebody else holds are passed over.
create or replace function identity.sealed_otherwise(
  place text, header bytea, after_organisation integer, after_key text, after_part text, most integer
) returns table (organisation_id integer, key text, part text, sealed bytea[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  p record;
begin
  select * into strict p from identity.sealed_places() as s where s.place = sealed_otherwise.place;
  return query execute format(
    'select %1$s, t.%2$I::text, %3$s, array[%4$s]
     from %5$s as t
     where ($3 is null or ((%1$s, t.%2$I) >= ($2, $3::%6$s) and (%1$s, t.%2$I, %3$s) > ($2, $3::%6$s, $4)))
       and (%7$s)
     order by %1$s, t.%2$I, %3$s
     limit $5
     for no key update of t skip locked',
    p.organisation, p.key, p.part,
    (select string_agg(format('coalesce(t.%I, '''')', c), ', ' order by n) from unnest(p.columns) with ordinality as u (c, n)),
    p.place, p.key_type,
    (select string_agg(format('substring(t.%1$I from 1 for length($1)) <> $1', c), ' or ') from unnest(p.columns) as c))
  using header, after_organisation, after_key, after_part, most;
end $$;

-- Puts values sealed anew in the place of the old ones; what is empty stays empty. Rows and columns in the order in
-- which they were given out, one row after the other. Words that may not be changed let this pass: it says the same.
create or replace function identity.put_sealed(
  place text, organisations integer[], keys text[], parts text[], sealed bytea[]
) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  p record;
  put integer;
begin
  select * into strict p from identity.sealed_places() as s where s.place = put_sealed.place;
  if cardinality(sealed) <> cardinality(keys) * cardinality(p.columns) then
    raise exception 'Each row has one value a column' using errcode = '22023';
  end if;
  perform set_config('app.resealing', 'on', true);
  execute format(
    'update %1$s as t set %2$s
     from unnest($1, $2, $3) with ordinality as o (organisation, key, part, n)
     where %3$s = o.organisation and t.%4$I = o.key::%5$s and %6$s = o.part',
    p.place,
    (select string_agg(
       format('%1$I = case when t.%1$I is not null then coalesce($4[(o.n - 1) * %2$s + %3$s], t.%1$I) end',
              c, cardinality(p.columns), n), ', ')
     from unnest(p.columns) with ordinality as u (c, n)),
    p.organisation, p.key, p.key_type, p.part)
  using organisations, keys, parts, sealed;
  get diagnostics put = row_count;
  perform set_config('app.resealing', '', true);
  return put;
end $$;

-- Clients indexed with another key than this, in order after the one given, with what they are indexed by. They are held
-- until the transaction ends; those that somebody else holds are passed over.
drop function if exists identity.indexed_otherwise(text, integer, uuid, integer);
drop function if exists identity.put_indexes(
  text, integer[], uuid[], bytea[], integer[], uuid[], text[], bytea[], bytea[], integer[], uuid[], bigint[]);
create or replace function identity.indexed_otherwise(
  key_id text, after_organisation integer, after_client uuid, most integer
) returns table (
  organisation_id integer, client_id uuid, given_name bytea, family_name bytea, date_of_birth bytea, phone bytea,
  reference bytea, plain_reference text, postcode bytea, address bytea, home_is_secret boolean, kinds text[], numbers bytea[], indexes bytea[]
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
  with held as (
    select i.organisation_id, i.client_id, i.given_name, i.family_name, i.date_of_birth, i.phone, i.reference,
           i.postcode, i.address, i.home_is_secret
    from identity.client_identity as i
    where i.indexed_with <> key_id
      and (after_client is null or (i.organisation_id, i.client_id) > (after_organisation, after_client))
    order by i.organisation_id, i.client_id
    limit most
    for no key update skip locked
  )
  select h.organisation_id, h.client_id, h.given_name, h.family_name, h.date_of_birth, h.phone, h.reference, c.reference,
         h.postcode, h.address, h.home_is_secret, coalesce(d.kinds, '{}'), coalesce(d.numbers, '{}'), coalesce(d.indexes, '{}')
  from held as h
  join casework.client as c on c.organisation_id = h.organisation_id and c.id = h.client_id
  left join lateral (
    select array_agg(n.kind order by n.kind, n.blind_index) as kinds,
           array_agg(n.value order by n.kind, n.blind_index) as numbers,
           array_agg(n.blind_index order by n.kind, n.blind_index) as indexes
    from identity.client_identifier as n
    where n.organisation_id = h.organisation_id and n.client_id = h.client_id
  ) as d on true
  order by h.organisation_id, h.client_id;
end $$;

-- Brings everybody who is recorded at these places under the newer of two keys, so that a place has one key whoever has been
-- indexed anew: it never stands twice. Beside each other: how closely it is named, its key before and its key now.
create or replace function identity.gather_places(breadths text[], before bytea[], after bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
    select from unnest(before) as n (key)
    where exists (select from identity.client_place as p where p.postcode_key = n.key)
      or exists (select from identity.client_place as p where p.street_key = n.key)
      or exists (select from identity.client_place as p where p.household_key = n.key)
  ) then
    return;
  end if;
  -- One after the other: two would wait for each other at a street where both bring somebody.
  perform pg_advisory_xact_lock(7361231);
  update identity.client_place as p set postcode_key = n.after
  from unnest(breadths, before, after) as n (breadth, before, after)
  where n.breadth = 'postcode' and p.postcode_key = n.before;
  update identity.client_place as p set street_key = n.after
  from unnest(breadths, before, after) as n (breadth, before, after)
  where n.breadth = 'street' and p.street_key = n.before;
  update identity.client_place as p set household_key = n.after
  from unnest(breadths, before, after) as n (breadth, before, after)
  where n.breadth = 'household' and p.household_key = n.before;
end $$;

-- Writes where clients live, in the place of what stood there; of those without a place among `placed`, nothing stays. Who is
-- recorded where they were keeps the stay. As the caller: an organisation's login writes its own clients' alone.
create or replace function identity.put_places(
  organisations integer[], clients uuid[],
  placed_organisations integer[], placed uuid[], postcodes bytea[], streets bytea[], households bytea[], key_id text
) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  -- One statement, so that nobody is for a moment without a place that they had.
  with put as (
    insert into identity.client_place as p
      (organisation_id, client_id, postcode_key, street_key, household_key, indexed_with)
    select n.*, key_id
    from unnest(placed_organisations, placed, postcodes, streets, households)
      as n (organisation_id, client_id, postcode_key, street_key, household_key)
    on conflict (organisation_id, client_id) do update
    set postcode_key = excluded.postcode_key, street_key = excluded.street_key,
        household_key = excluded.household_key, indexed_with = excluded.indexed_with,
        postcode_stay = case when p.postcode_key = excluded.postcode_key
                             then p.postcode_stay else excluded.postcode_stay end,
        street_stay = case when p.street_key = excluded.street_key then p.street_stay else excluded.street_stay end,
        household_stay = case when p.household_key = excluded.household_key
                              then p.household_stay else excluded.household_stay end
  )
  delete from identity.client_place as p
  using unnest(organisations, clients) as c (organisation_id, client_id)
  where p.organisation_id = c.organisation_id and p.client_id = c.client_id and p.client_id <> all (placed)
$$;

-- Puts the indexes, search tokens and places of clients that were made with this key in the place of those they had.
create or replace function identity.put_indexes(
  key_id text, organisations integer[], clients uuid[], births bytea[],
  number_organisations integer[], number_clients uuid[], kinds text[], before bytea[], after bytea[],
  token_organisations integer[], token_clients uuid[], tokens bigint[],
  place_organisations integer[], place_clients uuid[], postcodes bytea[], streets bytea[], households bytea[]
) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  put integer;
begin
  update identity.client_identifier as d set blind_index = n.after
  from unnest(number_organisations, number_clients, kinds, before, after)
    as n (organisation_id, client_id, kind, before, after)
  where d.organisation_id = n.organisation_id and d.client_id = n.client_id and d.kind = n.kind
    and d.blind_index = n.before;
  delete from identity.client_token as t
  using unnest(organisations, clients) as c (organisation_id, client_id)
  where t.organisation_id = c.organisation_id and t.client_id = c.client_id;
  insert into identity.client_token (organisation_id, token, client_id)
  select t.organisation_id, t.token, t.client_id
  from unnest(token_organisations, token_clients, tokens) as t (organisation_id, client_id, token)
  on conflict do nothing;
  perform identity.put_places(
    organisations, clients, place_organisations, place_clients, postcodes, streets, households, key_id);
  update identity.client_identity as i
  set date_of_birth_index = case when i.date_of_birth is not null then c.birth end, indexed_with = key_id
  from unnest(organisations, clients, births) as c (organisation_id, client_id, birth)
  where i.organisation_id = c.organisation_id and i.client_id = c.client_id;
  get diagnostics put = row_count;
  return put;
end $$;

-- How many rows rest on each key otherwise: clients by what they are indexed with, tokens of linking, and devices.
create or replace function identity.indexed_by_key()
returns table (what text, key_id text, rows bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'indexes', i.indexed_with, count(*) from identity.client_identity as i group by 2
  union all
  select 'linking', split_part(s.keyed_with, '/', 1), count(*) from identity.linking_state as s group by 2
  union all
  select 'devices', d.key_id, count(*) from casework.device as d group by 2
$$;
