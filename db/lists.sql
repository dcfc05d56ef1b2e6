-- Lists by agreement: places, or own clients, at which needs stand together, made of what other organisations share and of
-- what the caller's own records say. One function makes a list and writes it down for everybody whom it shows, in the same
-- statement. No number of people is ever in it. The rules of what may be asked stand in
-- server/domain/agreements/shared-list.ts, too, and why in docs/decisions; a test holds the two against each other.

-- Whether nobody outside may find the home of this record: it, or another that linking has as the same person, at whichever
-- organisation, is of somebody in a refuge, or who must not be found. The record that is marked has no row in
-- `identity.client_place`; this is asked besides wherever a list is made, stands or is acted on.
create or replace function identity.home_is_secret(organisation integer, client uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
      select from identity.client_identity as i
      where i.organisation_id = organisation and i.client_id = client and i.home_is_secret)
    or exists (
      select from identity.client_person as mine
      join identity.client_person as other on other.person_id = mine.person_id
      join identity.client_identity as i
        on i.organisation_id = other.organisation_id and i.client_id = other.client_id and i.home_is_secret
      where mine.organisation_id = organisation and mine.client_id = client)
$$;

-- Whether the transaction's member may have a list by this agreement today, at a level and for a purpose. One row or none.
create or replace function governance.list_terms(agreement uuid, level text, purpose text)
returns table (version smallint, need_numbers smallint[], paths text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.version, f.need_numbers, array(select jsonb_array_elements_text(a.terms -> 'needs'))
  from governance.in_force(purpose) as f
  join governance.agreement as a on a.id = f.agreement_id and a.version = f.version
  where f.agreement_id = agreement and level in ('postcode', 'street', 'household', 'person')
    and exists (
      select from governance.agreement_cell as c
      where c.agreement_id = f.agreement_id and c.version = f.version and c.place = level
        and c.member_group = any (governance.own_groups()) and governance.most_detail(c.member_group, level) > 0
        and (c.rests <> 'duty' or purpose = 'safeguarding'))
$$;

-- The needs that each path asked for stands for, as far as the version covers them. named: the parties signed this very
-- path and the need is not sensitive, so that it may be asked for also where the needs themselves are not shown.
create or replace function governance.list_criteria(agreement uuid, named_version smallint, asked text[])
returns table (criterion integer, need_number smallint, named boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select q.at::integer, n.number::smallint, a.terms -> 'needs' ? q.path and not n.sensitive
  from governance.agreement as a
  cross join lateral unnest(asked) with ordinality as q (path, at)
  cross join lateral unnest(governance.needs_covered(array[q.path])) as covered (number)
  join reference.need as n on n.number = covered.number
  where a.id = agreement and a.version = named_version and covered.number = any (a.need_numbers)
$$;

-- The detail of each need of each record that one version gives the transaction's member at a level, with the best cell that
-- gives it, as `detailOf` of server/domain/agreements/effective.ts says it. What it does not open has no row, nor has
-- anybody whose use is held back, whatever a cell rests on: at whoever gives, or at the caller's own organisation, which may
-- not use through others what it may not use itself. An objection that was made to the caller counts likewise as one that
-- was made to whoever gives. What a third organisation was asked is its own, and tells nothing here.
create or replace function governance.list_ranks(
  agreement uuid, named_version smallint, level text, purpose text,
  organisations integer[], clients uuid[], needs smallint[]
)
returns table (
  organisation_id integer, client_id uuid, need_number smallint, rank integer, member_group text, rests text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with brought as materialized (
    select distinct b.* from unnest(organisations, clients, needs) as b (organisation_id, client_id, need_number)
  ), asked_here as materialized (
    select p.person_id, bool_or(w.is_restricted) as is_restricted
    from (
      select h.client_id, true as is_restricted from governance.rights_hold as h
      where h.organisation_id = casework.current_organisation() and h.kind = 'restriction' and h.lifted_at is null
      union all
      select o.client_id, false from governance.objection as o
      where o.organisation_id = casework.current_organisation() and o.state in ('stands', 'upheld')
        and o.against in ('sharing', 'both')
    ) as w
    join identity.client_person as p
      on p.organisation_id = casework.current_organisation() and p.client_id = w.client_id
    group by p.person_id
  ), said as materialized (
    select r.organisation_id, r.client_id, s.consent, s.objected or h.person_id is not null as objected
    from (select distinct b.organisation_id, b.client_id from brought as b) as r
    join governance.agreement_party as giver
      on giver.agreement_id = agreement and giver.version = named_version and giver.gives
      and giver.organisation_id = r.organisation_id
    left join identity.client_person as p on p.organisation_id = r.organisation_id and p.client_id = r.client_id
    left join asked_here as h on h.person_id = p.person_id
    cross join lateral governance.said(r.organisation_id, r.client_id) as s
    where not governance.is_restricted(r.organisation_id, r.client_id) and h.is_restricted is not true
  )
  select distinct on (b.organisation_id, b.client_id, b.need_number)
         b.organisation_id, b.client_id, b.need_number,
         least(governance.detail_rank(c.detail), governance.most_detail(c.member_group, c.place)) as rank,
         c.member_group, c.rests
  from brought as b
  join said as s on s.organisation_id = b.organisation_id and s.client_id = b.client_id
  join governance.agreement as a on a.id = agreement and a.version = named_version
  join governance.agreement_cell as c
    on c.agreement_id = a.id and c.version = a.version and c.place = level
    and c.member_group = any (governance.own_groups()) and governance.most_detail(c.member_group, c.place) > 0
  where governance.covers_need(a.need_numbers, c.rests, b.need_number)
    and governance.rests_on(c.rests, purpose, s.consent, s.objected)
  order by b.organisation_id, b.client_id, b.need_number, rank desc, governance.rests_order(c.rests), c.member_group
$$;

-- Which stay a client's record has at a place of a level: another one as soon as they are recorded somewhere else.
create or replace function governance.stay_of(place identity.client_place, level text) returns uuid
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case level when 'postcode' then place.postcode_stay when 'street' then place.street_stay
                    when 'household' then place.household_stay end
$$;

-- Everything that a list is made of, a row a need of a record at a place that belongs in it. At a place of a list every
-- path asked for is met by something open, and at least one by what somebody else shares; what the caller's own records say
-- counts for what is met and is not shown. Where the effect of one action is asked for (`whole` is false), what was met and
-- is not any longer is there too.
-- The places: within these postcodes, streets and homes, as far as each is named. For people: the own clients recorded
-- there, or this one client. Nothing is answered more finely than the level: no postcode by its streets or homes, and a
-- street always whole, where postcodes only say which streets are meant.
create or replace function governance.list_facts(
  agreement uuid, level text, purpose text, asked text[],
  postcodes bytea[], streets bytea[], homes bytea[], own_client uuid, whole boolean
)
returns table (
  row_key bytea, organisation_id integer, client_id uuid, stay uuid, own boolean, need_number smallint, rank integer,
  member_group text, rests text, status text, open boolean, severity casework.severity
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  here constant integer := casework.current_organisation();
  terms record;
begin
  select * into terms from governance.list_terms(agreement, level, purpose);
  if terms.version is null or cardinality(asked) not between 1 and 5 or exists (
    select from unnest(asked) as q (path)
    where not exists (select from governance.list_criteria(agreement, terms.version, array[q.path]))
  ) then
    return;
  end if;
  if homes is not null and level in ('postcode', 'street') or streets is not null and level = 'postcode' then
    return;
  end if;
  if level = 'street' then
    if streets is null then
      streets := array(
        select distinct p.street_key from identity.client_place as p
        where p.postcode_key = any (postcodes) and p.street_key is not null
          and (p.organisation_id = here or exists (
            select from governance.agreement_party as y
            where y.agreement_id = agreement and y.version = terms.version and y.gives
              and y.organisation_id = p.organisation_id)));
    end if;
    postcodes := null;
  end if;
  return query
  with criterion as materialized (
    select c.* from governance.list_criteria(agreement, terms.version, asked) as c
  ), party as materialized (
    select p.organisation_id from governance.agreement_party as p
    where p.agreement_id = agreement and p.version = terms.version and p.gives and p.organisation_id <> here
  ), resident as materialized (
    select p.organisation_id, p.client_id,
           case level when 'postcode' then p.postcode_key when 'street' then p.street_key
                      when 'household' then p.household_key else uuid_send(p.client_id) end as row_key,
           governance.stay_of(p, level) as stay
    from identity.client_place as p
    where own_client is null and coalesce(postcodes, streets, homes) is not null
      and (postcodes is null or p.postcode_key = any (postcodes))
      and (streets is null or p.street_key = any (streets)) and (homes is null or p.household_key = any (homes))
      and (p.organisation_id = here
           or (level <> 'person' and p.organisation_id in (select y.organisation_id from party as y)))
    union all
    select here, own_client, uuid_send(own_client), null where level = 'person' and own_client is not null
  ), record as materialized (
    select r.row_key, r.organisation_id, r.client_id, r.stay, r.organisation_id = here as own
    from resident as r
    join casework.client as c on c.organisation_id = r.organisation_id and c.id = r.client_id and not c.anonymous
    where r.row_key is not null
    union
    -- A person: their records elsewhere, as linking has them.
    select r.row_key, other.organisation_id, other.client_id, null, false
    from resident as r
    join casework.client as c on c.organisation_id = r.organisation_id and c.id = r.client_id and not c.anonymous
    join identity.client_person as mine on mine.organisation_id = r.organisation_id and mine.client_id = r.client_id
    join identity.client_person as other on other.person_id = mine.person_id
    where level = 'person' and other.organisation_id in (select y.organisation_id from party as y)
  ), brought as materialized (
    select distinct r.organisation_id, r.client_id, i.need_number
    from record as r
    join casework.issue as i on i.organisation_id = r.organisation_id and i.client_id = r.client_id
    where i.need_number in (select c.need_number from criterion as c)
  ), standing as materialized (
    select s.*
    from (select array_agg(b.organisation_id) as organisations, array_agg(b.client_id) as clients,
                 array_agg(b.need_number) as needs from brought as b) as a
    cross join lateral governance.standing_needs(a.organisations, a.clients, a.needs) as s
  ), fact as materialized (
    select r.row_key, r.stay, r.own, s.*
    from record as r
    join standing as s on s.organisation_id = r.organisation_id and s.client_id = r.client_id
    where s.open or not whole
  ), likely as materialized (
    -- Before anybody is asked what they said: places that nothing could bring into the list are left behind.
    select f.row_key
    from fact as f join criterion as c on c.need_number = f.need_number
    group by f.row_key
    having bool_or(not f.own) and (not whole or count(distinct c.criterion) = cardinality(asked))
  ), checked as materialized (
    select f.*
    from fact as f
    where f.row_key in (select l.row_key from likely as l)
      and not governance.is_restricted(f.organisation_id, f.client_id)
      and not identity.home_is_secret(f.organisation_id, f.client_id)
      and case
            when f.own then not governance.is_held_here(f.client_id)
            when level = 'person' then
              identity.match_exactly(here, encode(f.row_key, 'hex')::uuid, f.organisation_id, f.client_id)
              and not governance.is_held_here(encode(f.row_key, 'hex')::uuid)
            else true end
  ), ranked as materialized (
    select k.*
    from (select array_agg(f.organisation_id) as organisations, array_agg(f.client_id) as clients,
                 array_agg(f.need_number) as needs from checked as f where not f.own) as a
    cross join lateral governance.list_ranks(
      agreement, terms.version, level, purpose, a.organisations, a.clients, a.needs) as k
  ), usable as materialized (
    select f.*, c.criterion, k.rank, k.member_group, k.rests
    from checked as f
    join criterion as c on c.need_number = f.need_number
    left join ranked as k
      on not f.own and k.organisation_id = f.organisation_id and k.client_id = f.client_id
      and k.need_number = f.need_number
    where f.own or k.rank >= 3 or (k.rank >= 1 and c.named)
  ), met as (
    select u.row_key from usable as u
    group by u.row_key
    having bool_or(not u.own) and (not whole or count(distinct u.criterion) = cardinality(asked))
  )
  select distinct u.row_key, u.organisation_id, u.client_id, u.stay, u.own, u.need_number, u.rank, u.member_group, u.rests,
         u.status, u.open, u.severity
  from usable as u
  where u.row_key in (select m.row_key from met as m);
end $$;

-- How severe something is at a place as far as its colour may be known; 0 where it may not, so that the order of places
-- without a colour tells nothing.
create or replace function governance.shown_severity(rank integer, open boolean, severity casework.severity)
returns integer
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when rank >= 2 and open then array_position(enum_range(null::casework.severity), severity) else 0 end
$$;

-- What a list is made of with the number of each row, as one value, and how many places there are: numbered by how severe
-- the worst is, then by chance, so that neither an address nor who recorded it is told by the order.
create or replace function governance.numbered_facts(
  list uuid, agreement uuid, level text, purpose text, asked text[],
  postcodes bytea[], streets bytea[], homes bytea[], own_client uuid, whole boolean, most integer,
  out places integer, out facts jsonb
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(distinct x.row_key), jsonb_agg(jsonb_build_object(
           'row_no', x.row_no, 'row_key', encode(x.row_key, 'hex'), 'organisation_id', x.organisation_id,
           'client_id', x.client_id, 'stay', x.stay, 'own', x.own, 'need_number', x.need_number, 'rank', x.rank,
           'member_group', x.member_group, 'rests', x.rests, 'status', x.status, 'open', x.open,
           'severity', x.severity)) filter (where x.row_no <= most)
  from (
    select f.*, dense_rank() over (order by f.worst desc, f.shuffled, f.row_key) as row_no
    from (
      select f.*, max(governance.shown_severity(f.rank, f.open, f.severity)) over (partition by f.row_key) as worst,
             sha256(f.row_key || uuid_send(list)) as shuffled
      from governance.list_facts(agreement, level, purpose, asked, postcodes, streets, homes, own_client, whole) as f
    ) as f
  ) as x
$$;

-- The same, as rows again.
create or replace function governance.facts_of(facts jsonb)
returns table (
  row_no smallint, row_key text, organisation_id integer, client_id uuid, stay uuid, own boolean, need_number smallint,
  rank integer, member_group text, rests text, status text, open boolean, severity casework.severity
)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select * from jsonb_to_recordset(facts) as f (
    row_no smallint, row_key text, organisation_id integer, client_id uuid, stay uuid, own boolean, need_number smallint,
    rank integer, member_group text, rests text, status text, open boolean, severity casework.severity)
$$;

-- Writes down what each record of another organisation answered, in which rows, and at which stay. Gives how many did.
create or replace function governance.keep_list_answers(
  list uuid, facts jsonb, agreement uuid, version smallint, purpose text
) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  given integer;
begin
  insert into governance.look_answer
    (organisation_id, look_id, client_id, asker_organisation_id, member_group, purpose, agreement_id, version,
     detail, rests, opened, rows, stay)
  select distinct on (f.organisation_id, f.client_id)
         f.organisation_id, list, f.client_id, casework.current_organisation(), f.member_group, purpose, agreement, version,
         governance.detail_name(f.rank), f.rests, o.opened, o.rows, f.stay
  from governance.facts_of(facts) as f
  join (
    select g.organisation_id, g.client_id, array_agg(distinct g.need_number * 10 + g.rank) as opened,
           array_agg(distinct g.row_no) as rows
    from governance.facts_of(facts) as g
    where not g.own
    group by g.organisation_id, g.client_id
  ) as o on o.organisation_id = f.organisation_id and o.client_id = f.client_id
  where not f.own
  order by f.organisation_id, f.client_id, f.rank desc, governance.rests_order(f.rests), f.member_group;
  get diagnostics given = row_count;
  return given;
end $$;

-- Whether an own client may stand in a list, or count for one.
create or replace function governance.may_be_listed(own_client uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not governance.is_held_here(own_client)
    and not identity.home_is_secret(casework.current_organisation(), own_client)
$$;

-- Writes down which own clients each row rests on: those who counted for what is met, the one whom a row of people is of,
-- and at a home those who are recorded there. Nobody who said no, whose use is held back or whose home is kept secret.
create or replace function governance.keep_own_clients(list uuid, facts jsonb, level text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into governance.list_own_client (organisation_id, list_id, client_id, row_no)
  select casework.current_organisation(), list, o.client_id, o.row_no
  from (
    select f.client_id, f.row_no from governance.facts_of(facts) as f where f.own
    union
    select f.row_key::uuid, f.row_no from governance.facts_of(facts) as f where level = 'person'
    union
    select p.client_id, f.row_no
    from governance.facts_of(facts) as f
    join identity.client_place as p
      on p.organisation_id = casework.current_organisation() and p.household_key = decode(f.row_key, 'hex')
    join casework.client as c on c.organisation_id = p.organisation_id and c.id = p.client_id and not c.anonymous
    where level = 'household'
  ) as o
  where governance.may_be_listed(o.client_id)
$$;

-- Writes an entry into the audit of each organisation that gave something in these rows of a list (null: in all of them).
create or replace function governance.tell_givers(
  list uuid, row_nos smallint[], action text, member_group text, request text
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into governance.audit_entry (organisation_id, request_id, action, subjects, detail)
  select a.organisation_id, request, action,
         jsonb_agg(jsonb_build_object('kind', 'client', 'id', a.client_id) order by a.client_id),
         jsonb_build_object(
           'byOrganisation', a.asker_organisation_id, 'group', coalesce(tell_givers.member_group, a.member_group),
           'purpose', a.purpose, 'reason', l.reason, 'agreement', a.agreement_id, 'version', a.version,
           'detail', a.detail, 'rests', a.rests, 'level', s.level)
  from governance.look as l
  join governance.shared_list as s on s.organisation_id = l.organisation_id and s.id = l.id
  join governance.look_answer as a on a.look_id = l.id and a.asker_organisation_id = l.organisation_id
  where l.organisation_id = casework.current_organisation() and l.id = list
    and (row_nos is null or a.rows && row_nos)
  group by a.organisation_id, a.asker_organisation_id, a.member_group, a.purpose, l.reason, a.agreement_id, a.version,
           a.detail, a.rests, s.level
$$;

-- Services that know somebody in each row.
create or replace function governance.services_in_rows(facts jsonb) returns table (row_no smallint, services jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with given as materialized (
    select f.* from governance.facts_of(facts) as f where not f.own
  ), known as (
    select f.row_no, k.organisation_id, k.service_id, max(k.last_on) as last_on, bool_or(k.open) as open
    from (
      select array_agg(o.organisation_id) as organisations, array_agg(o.client_id) as clients,
             array_agg(o.need_number) as needs
      from (select distinct g.organisation_id, g.client_id, g.need_number from given as g) as o
    ) as a
    cross join lateral governance.services_of(a.organisations, a.clients, a.needs) as k
    join (select distinct g.row_no, g.organisation_id, g.client_id from given as g) as f
      on f.organisation_id = k.organisation_id and f.client_id = k.client_id
    group by f.row_no, k.organisation_id, k.service_id
  )
  select k.row_no, jsonb_agg(jsonb_build_object(
           'organisation', g.name, 'service', v.name,
           'team', jsonb_build_object('name', v.team_name, 'phone', v.team_phone, 'email', v.team_email),
           'recency', governance.recency(k.last_on),
           'next', case when k.open then 'consult' else 'refer' end) order by k.last_on desc, g.name, v.name)
  from known as k
  join casework.organisation as g on g.id = k.organisation_id
  join casework.service as v on v.organisation_id = k.organisation_id and v.id = k.service_id
  group by k.row_no
$$;

-- Names and telephone numbers of each row, sealed and bound to their record, where they are open in full.
create or replace function governance.people_in_rows(facts jsonb) returns table (row_no smallint, people jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.row_no, jsonb_agg(jsonb_build_object(
           'organisationId', i.organisation_id, 'clientId', i.client_id, 'organisation', g.name,
           'givenName', encode(i.given_name, 'base64'), 'familyName', encode(i.family_name, 'base64'),
           'phone', encode(i.phone, 'base64')) order by g.name, i.client_id)
  from (
    select distinct f.row_no, f.organisation_id, f.client_id from governance.facts_of(facts) as f where f.rank >= 4
  ) as o
  join identity.client_identity as i on i.organisation_id = o.organisation_id and i.client_id = o.client_id
  join casework.organisation as g on g.id = o.organisation_id
  group by o.row_no
$$;

-- The sealed address of somebody recorded at each street or home, of the caller's organisation where it knows somebody.
create or replace function governance.addresses_of_rows(facts jsonb, level text)
returns table (row_no smallint, organisation_id integer, client_id uuid, address bytea, postcode bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with line as materialized (
    select distinct f.row_no, decode(f.row_key, 'hex') as row_key from governance.facts_of(facts) as f
    where level in ('street', 'household')
  ), lives as (
    select l.row_no, p.organisation_id, p.client_id
    from line as l
    join identity.client_place as p
      on p.organisation_id = casework.current_organisation()
      and case level when 'street' then p.street_key else p.household_key end = l.row_key
    union
    select f.row_no, p.organisation_id, p.client_id
    from governance.facts_of(facts) as f
    join line as l on l.row_no = f.row_no
    join identity.client_place as p
      on p.organisation_id = f.organisation_id and p.client_id = f.client_id
      and case level when 'street' then p.street_key else p.household_key end = l.row_key
  )
  select distinct on (v.row_no) v.row_no, i.organisation_id, i.client_id, i.address, i.postcode
  from lives as v
  join identity.client_identity as i on i.organisation_id = v.organisation_id and i.client_id = v.client_id
  order by v.row_no, v.organisation_id = casework.current_organisation() desc, v.organisation_id, v.client_id
$$;

-- Makes a list and writes it down: a look of the member, an answer of each record that it shows with the rows in which it
-- stands, an entry in the audit of each organisation that gave, and the use of the agreement. At most 200 rows; `more` says
-- in each whether there were others. With an action, the one row of that action, whether or not all that was asked for is
-- still met.
-- By the level of detail: services from "known to" on; colour from "rag"; needs from "coded"; names and telephone numbers,
-- sealed and bound to their record, at "full". Where a street or a home is shown, the sealed address of somebody recorded
-- there is handed over; the web opens it and shows no more than the level.
create or replace function governance.make_list(
  list uuid, agreement uuid, level text, purpose text, reason text, words bytea, asked text[],
  within text[], street text, postcodes bytea[], streets bytea[], homes bytea[], action uuid, request text
)
returns table (
  row_no smallint, more boolean, place_key bytea, place_organisation_id integer, place_client_id uuid, address bytea,
  postcode bytea, own_clients uuid[], detail text, services jsonb, colour text, needs jsonb, people jsonb
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  here constant integer := casework.current_organisation();
  looker constant uuid := nullif(current_setting('app.member_id', true), '')::uuid;
  most constant integer := 200;
  whole constant boolean := action is null;
  own_client uuid;
  facts jsonb;
  places integer;
  given integer;
  named_version smallint;
begin
  if not whole then
    select t.agreement_id, t.level, t.purpose, t.asked, t.client_id
    into agreement, level, purpose, asked, own_client
    from casework.list_action as t
    where t.organisation_id = here and t.id = action and t.emptied_at is null;
    if not found then
      raise exception 'There is no such action' using errcode = '42501';
    end if;
  end if;
  select t.version into named_version from governance.list_terms(agreement, level, purpose) as t;
  select n.places, n.facts into places, facts
  from governance.numbered_facts(list, agreement, level, purpose, asked, postcodes, streets, homes, own_client, whole,
                                 case when whole then most else 1 end) as n;
  given := governance.keep_list_answers(list, facts, agreement, named_version, purpose);
  insert into governance.look
    (organisation_id, id, client_id, member_id, purpose, reason, words, asked, answers, day)
  values (here, list, null, looker, purpose, reason, words,
          case when whole then 'list' else 'effect' end, given, governance.today());
  insert into governance.shared_list
    (organisation_id, id, agreement_id, version, level, asked, within, street, rows, is_cut, action_id)
  select here, list, agreement, named_version, level, asked, within, street, least(places, most), places > most, action
  where named_version is not null;
  perform governance.keep_own_clients(list, facts, level);
  perform governance.tell_givers(list, null, 'sharing.listed', null, request);
  perform governance.note_use(u.agreement_id, u.version, level, u.detail, u.member_group)
  from (select distinct a.agreement_id, a.version, a.detail, a.member_group from governance.look_answer as a
        where a.look_id = list and a.asker_organisation_id = here) as u;
  return query
  with line as (
    select f.row_no, f.row_key, max(f.rank) as rank, max(f.severity) filter (where f.rank >= 2 and f.open) as worst,
           governance.needs_once(
             array_agg(f.need_number) filter (where f.rank >= 3), array_agg(f.status) filter (where f.rank >= 3),
             array_agg(f.open) filter (where f.rank >= 3), array_agg(f.severity) filter (where f.rank >= 3)) as needs
    from governance.facts_of(facts) as f
    group by f.row_no, f.row_key
  ), own as (
    select o.row_no, array_agg(o.client_id order by o.client_id) as clients
    from governance.list_own_client as o
    where o.organisation_id = here and o.list_id = list and level in ('household', 'person')
    group by o.row_no
  )
  select l.row_no, places > most and whole, decode(l.row_key, 'hex'),
         home.organisation_id, home.client_id, home.address, home.postcode, coalesce(own.clients, '{}'),
         governance.detail_name(l.rank), coalesce(v.services, '[]'),
         case when l.rank >= 2 then governance.colour_of(l.worst) end,
         case when l.rank >= 3 then l.needs end,
         case when l.rank >= 4 then coalesce(n.people, '[]') end
  from line as l
  left join own on own.row_no = l.row_no
  left join governance.services_in_rows(facts) as v on v.row_no = l.row_no
  left join governance.people_in_rows(facts) as n on n.row_no = l.row_no
  left join governance.addresses_of_rows(facts, level) as home on home.row_no = l.row_no
  order by l.row_no;
end $$;
