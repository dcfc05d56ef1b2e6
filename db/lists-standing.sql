-- Which rows of lists, and of what was set out to be done at them, may still be shown, and what is written at a row.
-- Applied again whenever this file changes.

-- Whether linking has an own client and a record of another organisation as one person, by what opens a look.
create or replace function governance.is_own_record(own_client uuid, organisation integer, client uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from identity.client_person as mine
    join identity.client_person as theirs on theirs.person_id = mine.person_id
    where mine.organisation_id = casework.current_organisation() and mine.client_id = own_client
      and theirs.organisation_id = organisation and theirs.client_id = client
      and identity.match_exactly(mine.organisation_id, mine.client_id, organisation, client))
$$;

-- What rows of lists of the caller's organisation showed, or the effects of actions, and how much of it is open to the
-- transaction's member now: to their groups, under the agreement as it is in force, with what each person there says today,
-- as long as they are recorded at the place where they were, or are the person of the own client whom the row is of, and a
-- contact stands at which they brought it. A row a need of a record; `rank_now` is 0 where it is shut. All that a page shows
-- is asked for at once: what many rows rest on alike is worked out once. `row_nos` goes beside `lists`; null in it: every
-- row of that list.
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
      and governance.is_brought(k.organisation_id, k.client_id, k.need_number)
  )
  select h.list_id, h.row_no, h.version, h.organisation_id, h.client_id, h.need_number, h.rank, coalesce(k.rank, 0)
  from shown as h
  left join ranked as k
    on k.agreement_id = h.agreement_id and k.level = h.level and k.purpose = h.purpose
    and k.organisation_id = h.organisation_id and k.client_id = h.client_id and k.need_number = h.need_number
    and case when h.level = 'person' then exists (
          select from governance.list_own_client as o
          where o.organisation_id = casework.current_organisation() and o.list_id = h.list_id and o.row_no = h.row_no
            and governance.is_own_record(o.client_id, h.organisation_id, h.client_id))
        else exists (
          select from identity.client_place as p
          where p.organisation_id = h.organisation_id and p.client_id = h.client_id
            and governance.stay_of(p, h.level) = h.stay) end
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
      -- In one order, so that two pages of a member do not wait for each other.
      order by s.id, q.row_no
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
