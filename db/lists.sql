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
            when f.own then not (select s.objected from governance.said(f.organisation_id, f.client_id) as s)
            when level = 'person' then
              identity.match_exactly(here, encode(f.row_key, 'hex')::uuid, f.organisation_id, f.client_id)
              and not (select s.objected from governance.said(here, encode(f.row_key, 'hex')::uuid) as s)
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
  select not s.objected and not identity.home_is_secret(casework.current_organisation(), own_client)
  from governance.said(casework.current_organisation(), own_client) as s
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

-- Whether linking has an own client and a record of another organisation as one person.
create or replace function governance.is_own_record(own_client uuid, organisation integer, client uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from identity.client_person as mine
    join identity.client_person as theirs on theirs.person_id = mine.person_id
    where mine.organisation_id = casework.current_organisation() and mine.client_id = own_client
      and theirs.organisation_id = organisation and theirs.client_id = client)
$$;

-- What rows of lists of the caller's organisation showed, or the effects of actions, and how much of it is open to the
-- transaction's member now: to their groups, under the agreement as it is in force, with what each person there says today,
-- as long as they are recorded at the place where they were. A row a need of a record; `rank_now` is 0 where it is shut. All that a page shows is asked for at once: what many rows
-- rest on alike is worked out once. `row_nos` goes beside `lists`; null in it: every row of that list.
create or replace function governance.shown_now(lists uuid[], row_nos smallint[])
returns table (
  list_id uuid, row_no smallint, version smallint, organisation_id integer, client_id uuid, need_number smallint,
  rank_then integer, rank_now integer
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with answer as materialized (
    select distinct s.id as list_id, r.row_no, s.agreement_id, s.level, l.purpose, a.organisation_id, a.client_id, a.opened, a.stay
    from unnest(lists, row_nos) as q (list_id, row_no)
    join governance.look as l on l.organisation_id = casework.current_organisation() and l.id = q.list_id
    join governance.shared_list as s on s.organisation_id = l.organisation_id and s.id = l.id
    join governance.look_answer as a on a.look_id = l.id and a.asker_organisation_id = l.organisation_id
    cross join lateral unnest(a.rows) as r (row_no)
    where r.row_no = q.row_no or q.row_no is null
  ), terms as materialized (
    select k.agreement_id, k.level, k.purpose, t.version
    from (select distinct a.agreement_id, a.level, a.purpose from answer as a) as k
    cross join lateral governance.list_terms(k.agreement_id, k.level, k.purpose) as t
  ), shown as materialized (
    select a.*, t.version, (o.need / 10)::smallint as need_number, o.need % 10 as rank
    from answer as a
    left join terms as t using (agreement_id, level, purpose)
    cross join lateral unnest(a.opened) as o (need)
  ), ranked as materialized (
    select g.agreement_id, g.level, g.purpose, k.*
    from (
      select d.agreement_id, d.version, d.level, d.purpose, array_agg(d.organisation_id) as organisations,
             array_agg(d.client_id) as clients, array_agg(d.need_number) as needs
      from (
        select distinct h.agreement_id, h.version, h.level, h.purpose, h.organisation_id, h.client_id, h.need_number
        from shown as h where h.version is not null
      ) as d
      group by d.agreement_id, d.version, d.level, d.purpose
    ) as g
    cross join lateral governance.list_ranks(
      g.agreement_id, g.version, g.level, g.purpose, g.organisations, g.clients, g.needs) as k
    where not identity.home_is_secret(k.organisation_id, k.client_id)
  )
  select h.list_id, h.row_no, h.version, h.organisation_id, h.client_id, h.need_number, h.rank, coalesce(k.rank, 0)
  from shown as h
  left join ranked as k
    on k.agreement_id = h.agreement_id and k.level = h.level and k.purpose = h.purpose
    and k.organisation_id = h.organisation_id and k.client_id = h.client_id and k.need_number = h.need_number
    and (h.level = 'person' or exists (
      select from identity.client_place as p
      where p.organisation_id = h.organisation_id and p.client_id = h.client_id
        and governance.stay_of(p, h.level) = h.stay))
$$;

-- Rows of lists of the caller's organisation that rest on an own client who may not stand in one any longer.
create or replace function governance.own_shut(lists uuid[], row_nos smallint[])
returns table (list_id uuid, row_no smallint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with own as materialized (
    select o.list_id, o.row_no, o.client_id
    from unnest(lists, row_nos) as q (list_id, row_no)
    join governance.list_own_client as o
      on o.organisation_id = casework.current_organisation() and o.list_id = q.list_id
      and (o.row_no = q.row_no or q.row_no is null)
  ), shut as materialized (
    select c.client_id from (select distinct o.client_id from own as o) as c where not governance.may_be_listed(c.client_id)
  )
  select distinct o.list_id, o.row_no from own as o join shut as c on c.client_id = o.client_id
$$;

-- Which of these rows still stand: all that was given in one is open to the transaction's member now, and no own client on
-- whom it rests is held back. Whoever made the list,
-- and when, does not count: what an organisation wrote down at a row is shown no longer than this holds. Of a list of people
-- the row is named with its own client, who must be the person that others spoke of.
create or replace function governance.rows_standing(lists uuid[], row_nos smallint[], own_clients uuid[])
returns table (list_id uuid, row_no smallint, own_client uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with shown as materialized (
    select n.list_id, n.row_no, n.organisation_id, n.client_id, bool_and(n.rank_now >= n.rank_then) as is_open
    from governance.shown_now(lists, row_nos) as n
    group by n.list_id, n.row_no, n.organisation_id, n.client_id
  ), shut as materialized (
    select o.* from governance.own_shut(lists, row_nos) as o
  )
  select q.list_id, q.row_no, q.own_client
  from (select distinct u.* from unnest(lists, row_nos, own_clients) as u (list_id, row_no, own_client)) as q
  join governance.shared_list as s on s.organisation_id = casework.current_organisation() and s.id = q.list_id
  join shown as h on h.list_id = q.list_id and h.row_no = q.row_no
  where not exists (
    select from shut as o where o.list_id = q.list_id and o.row_no = q.row_no)
  group by q.list_id, q.row_no, q.own_client
  having bool_and(h.is_open and (s.level <> 'person' or governance.is_own_record(
    q.own_client, h.organisation_id, h.client_id)))
$$;

-- Which actions of the caller's organisation may show what their row showed, and what their effect did, by the rule above.
create or replace function governance.actions_standing(actions uuid[])
returns table (action_id uuid, row_stands boolean, effect_stands boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with action as materialized (
    select t.id, t.list_id, t.row_no, t.client_id, t.effect_id
    from casework.list_action as t
    where t.organisation_id = casework.current_organisation() and t.id = any (actions)
  ), standing as materialized (
    select n.*
    from (
      select array_agg(p.list_id) as lists, array_agg(p.row_no) as row_nos, array_agg(p.client_id) as own_clients
      from (
        select a.list_id, a.row_no, a.client_id from action as a
        union all
        select a.effect_id, 1::smallint, a.client_id from action as a where a.effect_id is not null
      ) as p
    ) as q
    cross join lateral governance.rows_standing(q.lists, q.row_nos, q.own_clients) as n
  )
  select a.id,
         exists (
           select from standing as n
           where n.list_id = a.list_id and n.row_no = a.row_no and n.own_client is not distinct from a.client_id),
         exists (
           select from standing as n
           where n.list_id = a.effect_id and n.row_no = 1 and n.own_client is not distinct from a.client_id)
  from action as a
$$;

-- Whether everything that a list of the caller's member showed is still open to them: asked again and again by a page that
-- shows it, as `governance.look_stands` is for a look at one person.
create or replace function governance.list_stands(list uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from governance.look as l
    join governance.shared_list as s on s.organisation_id = l.organisation_id and s.id = l.id
    where l.organisation_id = casework.current_organisation() and l.id = list
      and l.member_id = nullif(current_setting('app.member_id', true), '')::uuid
      and l.at > clock_timestamp() - interval '12 hours'
      and exists (
        select from governance.list_terms(s.agreement_id, s.level, l.purpose) as t where t.version = s.version)
      and l.answers = (
        select count(*) from governance.look_answer as a
        where a.look_id = l.id and a.asker_organisation_id = l.organisation_id)
      and not exists (
        select from governance.shown_now(array[l.id], array[null::smallint]) as n where n.rank_now < n.rank_then)
      and not exists (select from governance.own_shut(array[l.id], array[null::smallint])))
$$;

-- A row of a list of the caller's member of the last twelve hours, for an action to be written at: where it is and what it
-- is of. The address is sealed and somebody's who was shown there. Of a list of people, the own client must be the one of
-- that row. What was shown and has been closed to the reader meanwhile is not written down anew.
create or replace function governance.listed_row(list uuid, named_row smallint, own_client uuid)
returns table (
  agreement_id uuid, level text, purpose text, asked text[], place_organisation_id integer, place_client_id uuid,
  address bytea, postcode bytea, detail text, colour text, needs jsonb
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with open_now as materialized (
    select s.agreement_id, s.level, l.purpose, s.asked, n.organisation_id, n.client_id, n.need_number,
           least(n.rank_then, n.rank_now) as rank
    from governance.look as l
    join governance.shared_list as s on s.organisation_id = l.organisation_id and s.id = l.id
    join governance.shown_now(array[list], array[named_row]) as n on n.version = s.version and n.rank_now > 0
    where l.organisation_id = casework.current_organisation() and l.id = list
      and l.member_id = nullif(current_setting('app.member_id', true), '')::uuid
      and l.at > clock_timestamp() - interval '12 hours'
      and case when s.level = 'person' then governance.is_own_record(own_client, n.organisation_id, n.client_id)
          else own_client is null end
      and not exists (select from governance.own_shut(array[list], array[named_row]))
  ), standing as (
    select s.*, h.rank
    from (select array_agg(h.organisation_id) as organisations, array_agg(h.client_id) as clients,
                 array_agg(h.need_number) as needs from open_now as h) as a
    cross join lateral governance.standing_needs(a.organisations, a.clients, a.needs) as s
    join open_now as h
      on h.organisation_id = s.organisation_id and h.client_id = s.client_id and h.need_number = s.need_number
  ), row_of as (
    select h.agreement_id, h.level, h.purpose, h.asked, max(h.rank) as rank
    from open_now as h group by h.agreement_id, h.level, h.purpose, h.asked
  )
  select r.agreement_id, r.level, r.purpose, r.asked, home.organisation_id, home.client_id, home.address, home.postcode,
         governance.detail_name(r.rank),
         case when r.rank >= 2 then governance.colour_of(
           (select max(s.severity) from standing as s where s.rank >= 2 and s.open)) end,
         case when r.rank >= 3 then (
           select governance.needs_once(
                    array_agg(s.need_number), array_agg(s.status), array_agg(s.open), array_agg(s.severity))
           from standing as s where s.rank >= 3) end
  from row_of as r
  left join lateral (
    select i.organisation_id, i.client_id, case when r.level <> 'postcode' then i.address end as address, i.postcode
    from open_now as h
    join identity.client_identity as i on i.organisation_id = h.organisation_id and i.client_id = h.client_id
    where r.level <> 'person'
    order by h.organisation_id, h.client_id
    limit 1
  ) as home on true
$$;

-- Writes down that the transaction's member reads what rows of lists showed, again: an entry in the audit of each organisation
-- that gave, the first time on a day that this member reads the row.
create or replace function governance.note_list_reading(lists uuid[], row_nos smallint[], request text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  here constant integer := casework.current_organisation();
  reader constant uuid := nullif(current_setting('app.member_id', true), '')::uuid;
  read record;
begin
  delete from governance.list_reading as r
  where r.organisation_id = here and r.member_id = reader and r.day < governance.today();
  for read in
    with fresh as (
      insert into governance.list_reading (organisation_id, list_id, row_no, member_id, day)
      select distinct here, s.id, q.row_no, reader, governance.today()
      from unnest(lists, row_nos) as q (list_id, row_no)
      join governance.shared_list as s on s.organisation_id = here and s.id = q.list_id
      on conflict do nothing
      returning list_id, row_no
    )
    select f.list_id, array_agg(f.row_no) as row_nos from fresh as f group by f.list_id
  loop
    perform governance.tell_givers(
      read.list_id, read.row_nos, 'sharing.read-again', (governance.own_groups())[1], request);
  end loop;
end $$;

-- The own clients of a row: at a home, those who are recorded there. What is written at the row may be about them.
create or replace function governance.own_clients_at(list uuid, named_row smallint) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct mine.client_id), '{}')
  from governance.shared_list as s
  join governance.look_answer as a on a.look_id = s.id and a.asker_organisation_id = s.organisation_id
  join identity.client_place as p on p.organisation_id = a.organisation_id and p.client_id = a.client_id
  join identity.client_place as mine
    on mine.organisation_id = s.organisation_id and mine.household_key = p.household_key
  where s.organisation_id = casework.current_organisation() and s.id = list and s.level = 'household'
    and named_row = any (a.rows)
$$;

-- Takes somebody who is erased out of what others set out to do at a place of a list that showed them: where it is, what
-- was written and what was seen there go. That something was done, by whom and when stays. Called by
-- `governance.erase_beside`.
create or replace function governance.empty_list_actions(organisation integer, clients uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from governance.list_own_client as o
  where o.organisation_id = organisation and o.client_id = any (clients);
  update casework.list_action as t
  set place = null, words = null, seen = null, outcome_words = null, effect = null,
      emptied_at = coalesce(t.emptied_at, clock_timestamp())
  from governance.look_answer as a
  where a.organisation_id = organisation and a.client_id = any (clients)
    and t.organisation_id = a.asker_organisation_id
    and ((t.list_id = a.look_id and t.row_no = any (a.rows)) or t.effect_id = a.look_id);
  delete from casework.list_action as t
  where t.organisation_id = organisation and t.client_id = any (clients);
  -- An own client of the home, whom the words may name.
  update casework.list_action as t
  set place = null, words = null, seen = null, outcome_words = null, effect = null,
      own_clients = array(select own from unnest(t.own_clients) as own where own <> all (clients)),
      emptied_at = coalesce(t.emptied_at, clock_timestamp())
  where t.organisation_id = organisation and t.own_clients && clients
$$;
