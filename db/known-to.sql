-- What other organisations share of the person behind one of the caller's own clients, by the agreements of
-- `sharing.sql`. Each look is written down for both sides by the statement that answers it: an answer that nobody can
-- see was given does not exist. What is not open is null here already.

-- Of two cells with as much detail, the one that covers more counts.
create or replace function governance.rests_order(rests text) returns integer
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array_position(array['consent', 'duty', 'basis'], rests)
$$;

-- Whether two records that linking made one person may be looked from one to the other: an identifier that is the same on
-- both, and that no more than 50 records carry (MOST_SHARERS of server/domain/linking/oversized-keys.ts); or the word of a
-- person who looked at the pair; or, of both records as they stand, the same full name, the same date of birth and the same
-- postcode, phone or e-mail, with no identifier that speaks against it. Likeness alone never opens anything.
create or replace function identity.match_exactly(organisation integer, client uuid, other_organisation integer, other uuid)
returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with pair as (
    select case when own_first then organisation else other_organisation end as organisation_a,
           case when own_first then client else other end as client_a,
           case when own_first then other_organisation else organisation end as organisation_b,
           case when own_first then other else client end as client_b
    from (select (organisation, client) < (other_organisation, other) as own_first) as ordered
  ), said as (
    select distinct on (split_part(l.model, '-', 1)) split_part(l.model, '-', 1) as family, l.says,
           l.evidence -> 'levels' as levels
    from pair
    join identity.link_assertion as l
      on l.organisation_id_a = pair.organisation_a and l.client_id_a = pair.client_a
      and l.organisation_id_b = pair.organisation_b and l.client_id_b = pair.client_b
    order by split_part(l.model, '-', 1), l.id desc
  )
  select exists (
      select from identity.client_identifier as a
      join identity.client_identifier as b
        on b.kind = a.kind and b.blind_index = a.blind_index
        and b.organisation_id = other_organisation and b.client_id = other
      where a.organisation_id = organisation and a.client_id = client
        and (select count(*) from (
              select from identity.client_identifier as c
              where c.kind = a.kind and c.blind_index = a.blind_index limit 51) as sharers) <= 50)
    or exists (select from said where family = 'decision' and says = 'same')
    or (exists (
          select from said
          where family = 'description' and says = 'same'
            and levels ->> 'givenName' = 'same' and coalesce(levels ->> 'middleName', 'same') = 'same'
            and coalesce(levels ->> 'familyName', levels ->> 'womansFamilyName') = 'same'
            and levels ->> 'dateOfBirth' = 'same' and levels ->> 'identifiers' is null
            and (levels ->> 'place' in ('home', 'address', 'postcode')
                 or levels ->> 'phone' = 'same' or levels ->> 'email' = 'same'))
        and not exists (
          select from pair
          cross join lateral (values (organisation_a, client_a), (organisation_b, client_b))
            as half (organisation_id, client_id)
          join identity.client_identity as i
            on i.organisation_id = half.organisation_id and i.client_id = half.client_id
          left join identity.linking_state as s
            on s.organisation_id = half.organisation_id and s.client_id = half.client_id
          where s.identity_version is distinct from i.version))
$$;

-- Whether a client has brought a need at a contact that was not voided.
create or replace function governance.is_brought(organisation integer, client uuid, need smallint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from casework.issue as i
    join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
    join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
    where i.organisation_id = organisation and i.client_id = client and i.need_number = need and c.voided_at is null)
$$;

-- Each need that a client of another organisation has brought, whose detail is open to the caller's member today for a
-- purpose at the place "person", with the best cell that opens it: a sensitive need rests on a yes or on a duty. The
-- person is whom linking made of the own client, and nobody else: there is nothing to search by. An objection or a hold at
-- the caller's own organisation counts as one at whoever gives.
create or replace function governance.open_needs(own_client uuid, purpose text)
returns table (
  organisation_id integer, client_id uuid, need_number smallint, rank integer,
  agreement_id uuid, version smallint, member_group text, rests text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with asked_here as materialized (
    select governance.is_held_here(own_client) as is_held
  ), known as (
    select other.organisation_id, other.client_id
    from identity.client_person as own
    join casework.client as c
      on c.organisation_id = own.organisation_id and c.id = own.client_id and not c.anonymous
    join identity.client_person as other
      on other.person_id = own.person_id and other.organisation_id <> own.organisation_id
      and identity.match_exactly(own.organisation_id, own.client_id, other.organisation_id, other.client_id)
    where own.organisation_id = casework.current_organisation() and own.client_id = own_client
  ), cells as (
    select k.organisation_id, k.client_id, f.agreement_id, f.version, f.need_numbers, cell.member_group, cell.rests,
           least(governance.detail_rank(cell.detail), governance.most_detail(cell.member_group, cell.place)) as rank
    from known as k
    join governance.agreement_party as giver on giver.organisation_id = k.organisation_id and giver.gives
    join governance.in_force(purpose) as f on f.agreement_id = giver.agreement_id and f.version = giver.version
    join governance.agreement_cell as cell
      on cell.agreement_id = f.agreement_id and cell.version = f.version and cell.place = 'person'
      and cell.member_group = any (governance.own_groups())
      and governance.most_detail(cell.member_group, cell.place) > 0
    cross join asked_here as h
    cross join lateral governance.said(k.organisation_id, k.client_id) as said
    where governance.rests_on(cell.rests, purpose, said.consent, said.objected or h.is_held)
  )
  select distinct on (i.organisation_id, i.client_id, i.need_number)
         i.organisation_id, i.client_id, i.need_number, o.rank, o.agreement_id, o.version, o.member_group, o.rests
  from cells as o
  join casework.issue as i on i.organisation_id = o.organisation_id and i.client_id = o.client_id
  where governance.covers_need(o.need_numbers, o.rests, i.need_number)
    and governance.is_brought(i.organisation_id, i.client_id, i.need_number)
  order by i.organisation_id, i.client_id, i.need_number, o.rank desc, governance.rests_order(o.rests), o.agreement_id,
           o.version
$$;

-- Writes a look down on both sides, in both audits and in the use of the agreements, with what it opens, no further than
-- what was asked. Of a client that the caller's organisation does not have, it is refused before anything is read: nothing
-- that was kept under the same id can answer.
create or replace function governance.keep_look(
  look uuid, own_client uuid, purpose text, reason text, words bytea, asked text, request text
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  asker constant integer := casework.current_organisation();
  given smallint;
begin
  if not exists (
    select from casework.client as c where c.organisation_id = asker and c.id = own_client and not c.anonymous
  ) then
    raise exception 'This look is not about a client of the organisation that looks' using errcode = '42501';
  end if;
  insert into governance.look_answer as a
    (organisation_id, look_id, client_id, asker_organisation_id, member_group, purpose, agreement_id, version,
     detail, rests, opened)
  select distinct on (o.organisation_id, o.client_id)
         o.organisation_id, look, o.client_id, asker, o.member_group, keep_look.purpose, o.agreement_id, o.version,
         governance.detail_name(o.rank), o.rests,
         array_agg(o.need_number * 10 + o.rank) over (partition by o.organisation_id, o.client_id)
  from (
    select n.organisation_id, n.client_id, n.need_number, n.agreement_id, n.version, n.member_group, n.rests,
           least(n.rank, governance.detail_rank(asked)) as rank
    from governance.open_needs(own_client, keep_look.purpose) as n
  ) as o
  order by o.organisation_id, o.client_id, o.rank desc, governance.rests_order(o.rests), o.agreement_id, o.version;
  get diagnostics given = row_count;
  insert into governance.look
    (organisation_id, id, client_id, member_id, purpose, reason, words, asked, answers, day)
  values (asker, look, own_client, nullif(current_setting('app.member_id', true), '')::uuid,
          purpose, reason, words, asked, given, governance.today());
  insert into governance.audit_entry (organisation_id, request_id, action, subjects, detail)
  select a.organisation_id, request, 'sharing.looked',
         jsonb_build_array(jsonb_build_object('kind', 'client', 'id', a.client_id)),
         jsonb_build_object(
           'byOrganisation', asker, 'group', a.member_group, 'purpose', a.purpose, 'reason', reason,
           'agreement', a.agreement_id, 'version', a.version, 'detail', a.detail, 'rests', a.rests)
  from governance.look_answer as a
  where a.look_id = look and a.asker_organisation_id = asker;
  perform governance.note_use(u.agreement_id, u.version, 'person', u.detail, u.member_group)
  from (select distinct a.agreement_id, a.version, a.detail, a.member_group from governance.look_answer as a
        where a.look_id = look and a.asker_organisation_id = asker) as u;
end $$;

-- What a look of the caller's organisation opened: each need of each record, and its detail.
create or replace function governance.opened_by(look uuid)
returns table (organisation_id integer, client_id uuid, need_number smallint, rank integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.organisation_id, a.client_id, (shown.need / 10)::smallint, shown.need % 10
  from governance.look_answer as a
  cross join lateral unnest(a.opened) as shown (need)
  where a.look_id = look and a.asker_organisation_id = casework.current_organisation()
$$;

-- Needs as a page names them, each once whoever brought it: how many did is nobody's to know. One that is open counts first,
-- then the most severe.
create or replace function governance.needs_once(
  needs smallint[], statuses text[], opens boolean[], severities casework.severity[]
)
returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('number', n.number, 'status', n.status) order by n.number), '[]')
  from (
    select distinct on (s.number) s.number, s.status
    from unnest(needs, statuses, opens, severities) as s (number, status, open, severity)
    order by s.number, s.open desc, s.severity desc nulls last, s.status
  ) as n
$$;

-- The services of other organisations that dealt with an open need of the person: how to reach each, how recent, and
-- whether something is still open there.
create or replace function governance.services_of(organisations integer[], clients uuid[], needs smallint[])
returns table (organisation_id integer, client_id uuid, service_id uuid, last_on date, open boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with entry as (
    select e.organisation_id, i.client_id, c.service_id, c.occurred_on, e.status,
           row_number() over (
             partition by e.organisation_id, e.issue_id order by c.occurred_on desc, c.received_no desc) as back
    from unnest(organisations, clients, needs) as o (organisation_id, client_id, need_number)
    join casework.issue as i
      on i.organisation_id = o.organisation_id and i.client_id = o.client_id and i.need_number = o.need_number
    join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
    join casework.contact as c
      on c.organisation_id = e.organisation_id and c.id = e.contact_id and c.voided_at is null
  )
  select e.organisation_id, e.client_id, e.service_id, max(e.occurred_on),
         bool_or(e.back = 1 and e.status not in ('resolved', 'no-longer-relevant'))
  from entry as e
  group by e.organisation_id, e.client_id, e.service_id
$$;

-- The same for what a look opened.
create or replace function governance.services_shown(look uuid)
returns table (organisation_id integer, client_id uuid, service_id uuid, last_on date, open boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.*
  from (select array_agg(o.organisation_id) as organisations, array_agg(o.client_id) as clients,
               array_agg(o.need_number) as needs
        from governance.opened_by(look) as o) as opened
  cross join lateral governance.services_of(opened.organisations, opened.clients, opened.needs) as k
$$;

-- How recent a day is, as server/domain/agreements/known-to.ts says it.
create or replace function governance.recency(last_on date) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case
    when last_on > (governance.today() - interval '3 months')::date then '0-3'
    when last_on > (governance.today() - interval '12 months')::date then '3-12'
    else 'over-12' end
$$;

-- The colour of a person whose worst open need is of this severity, as colourOf of server/domain/agreements/known-to.ts
-- says it. Nothing open (null): none.
create or replace function governance.colour_of(worst casework.severity) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when worst is null then 'none'
              when worst in ('crisis', 'high') then 'red'
              when worst = 'medium' then 'amber'
              else 'green' end
$$;

-- How each of these needs stands with these clients today, a row a need: the last word on it, whether one of its issues
-- is open, and how severe the worst open one is (null: none is). A need that is closed counts for twelve months after.
create or replace function governance.standing_needs(organisations integer[], clients uuid[], needs smallint[])
returns table (
  organisation_id integer, client_id uuid, need_number smallint, status text, open boolean, severity casework.severity
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with last_word as (
    select distinct on (e.organisation_id, e.issue_id)
           i.organisation_id, i.client_id, i.need_number, e.status, e.severity, c.occurred_on, c.received_no,
           e.status not in ('resolved', 'no-longer-relevant') as open
    from unnest(organisations, clients, needs) as o (organisation_id, client_id, need_number)
    join casework.issue as i
      on i.organisation_id = o.organisation_id and i.client_id = o.client_id and i.need_number = o.need_number
    join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
    join casework.contact as c
      on c.organisation_id = e.organisation_id and c.id = e.contact_id and c.voided_at is null
    order by e.organisation_id, e.issue_id, c.occurred_on desc, c.received_no desc
  )
  select w.organisation_id, w.client_id, w.need_number,
         (array_agg(w.status::text order by w.open desc, w.occurred_on desc, w.received_no desc))[1],
         bool_or(w.open), max(w.severity) filter (where w.open)
  from last_word as w
  where w.open or w.occurred_on > (governance.today() - interval '12 months')::date
  group by w.organisation_id, w.client_id, w.need_number
$$;

-- The services that dealt with these needs of each client, as the screens list them.
create or replace function governance.services_listed(organisations integer[], clients uuid[], needs smallint[])
returns table (organisation_id integer, client_id uuid, services jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.organisation_id, k.client_id, jsonb_agg(jsonb_build_object(
           'service', s.name,
           'team', jsonb_build_object('name', s.team_name, 'phone', s.team_phone, 'email', s.team_email),
           'recency', governance.recency(k.last_on),
           'next', case when k.open then 'consult' else 'refer' end) order by k.last_on desc, s.name)
  from governance.services_of(organisations, clients, needs) as k
  join casework.service as s on s.organisation_id = k.organisation_id and s.id = k.service_id
  group by k.organisation_id, k.client_id
$$;

-- Known to: which services of other organisations know the person behind an own client, and nothing else.
create or replace function governance.known_to(
  look uuid, own_client uuid, purpose text, reason text, words bytea, request text
)
returns table (
  organisation text, service text, team_name text, team_phone text, team_email text, recency text, next text
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform governance.keep_look(look, own_client, purpose, reason, words, 'known-to', request);
  return query
  with known as (
    select k.organisation_id, k.service_id, max(k.last_on) as last_on, bool_or(k.open) as open
    from governance.services_shown(look) as k
    group by k.organisation_id, k.service_id
  )
  select g.name, s.name, s.team_name, s.team_phone, s.team_email, governance.recency(k.last_on),
         case when k.open then 'consult' else 'refer' end
  from known as k
  join casework.organisation as g on g.id = k.organisation_id
  join casework.service as s on s.organisation_id = k.organisation_id and s.id = k.service_id
  order by k.last_on desc, g.name, s.name;
end $$;

-- A person as each other organisation's record gives them, at its level of detail: a row a record. services, from
-- "known to" on; colour from "rag"; needs from "coded"; and only at "full" the id of the record with its sealed name and
-- telephone number, which are bound to it. Notes, dates of birth, addresses and identifiers are in no row.
create or replace function governance.shared_person(
  look uuid, own_client uuid, purpose text, reason text, words bytea, request text
)
returns table (
  organisation_id integer, organisation text, detail text, rests text, agreement_id uuid, version smallint,
  title text, last_day date, consent_on date, consent_until date,
  services jsonb, colour text, needs jsonb, client_id uuid, given_name bytea, family_name bytea, phone bytea
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform governance.keep_look(look, own_client, purpose, reason, words, 'full', request);
  return query
  with shown as (
    select o.* from governance.opened_by(look) as o
  ), asked as (
    select array_agg(o.organisation_id) as organisations, array_agg(o.client_id) as clients,
           array_agg(o.need_number) as needs
    from shown as o
  ), standing as (
    select s.*, o.rank
    from asked
    cross join lateral governance.standing_needs(asked.organisations, asked.clients, asked.needs) as s
    join shown as o using (organisation_id, client_id, need_number)
  ), service as (
    select k.*
    from asked
    cross join lateral governance.services_listed(asked.organisations, asked.clients, asked.needs) as k
  ), answer as (
    select a.*, governance.detail_rank(a.detail) as rank
    from governance.look_answer as a
    where a.look_id = look and a.asker_organisation_id = casework.current_organisation()
  )
  select b.organisation_id, g.name, b.detail, b.rests, b.agreement_id, b.version, a.terms ->> 'title',
         least(a.ends_on, coalesce(a.last_day, a.ends_on)), yes.answered_on, yes.until,
         coalesce(k.services, '[]'),
         case when b.rank >= 2 then (
           select governance.colour_of(max(s.severity))
           from standing as s
           where s.organisation_id = b.organisation_id and s.client_id = b.client_id and s.rank >= 2) end,
         case when b.rank >= 3 then (
           select coalesce(jsonb_agg(jsonb_build_object('number', s.need_number, 'status', s.status)
                                     order by s.need_number), '[]')
           from standing as s
           where s.organisation_id = b.organisation_id and s.client_id = b.client_id and s.rank >= 3) end,
         case when b.rank >= 4 then b.client_id end,
         case when b.rank >= 4 then i.given_name end,
         case when b.rank >= 4 then i.family_name end,
         case when b.rank >= 4 then i.phone end
  from answer as b
  join casework.organisation as g on g.id = b.organisation_id
  join governance.agreement as a on a.id = b.agreement_id and a.version = b.version
  left join service as k on k.organisation_id = b.organisation_id and k.client_id = b.client_id
  left join identity.client_identity as i on i.organisation_id = b.organisation_id and i.client_id = b.client_id
  left join lateral (
    select s.answered_on, coalesce(s.expires_on, (s.answered_on + interval '6 months')::date) as until
    from casework.consent as s
    left join casework.contact as c on c.organisation_id = s.organisation_id and c.id = s.contact_id
    where b.rests = 'consent' and s.organisation_id = b.organisation_id and s.client_id = b.client_id
      and s.referral_id is null and s.answer = 'given' and c.voided_at is null
    order by s.answered_on desc, s.recorded_no desc
    limit 1
  ) as yes on true
  order by b.rank desc, g.name, b.client_id;
end $$;

-- Whether everything that a look of the caller's member showed is still open to them: asked again and again by a page
-- that shows it. Says nothing of what has become open since, and nothing about looks of others or of another day.
create or replace function governance.look_stands(look uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from governance.look as l
    where l.organisation_id = casework.current_organisation() and l.id = look
      and l.member_id = nullif(current_setting('app.member_id', true), '')::uuid
      and l.at > clock_timestamp() - interval '12 hours'
      -- An answer that went with a record that was erased shows nothing any longer, and stands no longer.
      and l.answers = (
        select count(*) from governance.look_answer as a
        where a.look_id = l.id and a.asker_organisation_id = l.organisation_id)
      and not exists (
        select from governance.opened_by(l.id) as shown
        where not exists (
          select from governance.open_needs(l.client_id, l.purpose) as n
          where n.organisation_id = shown.organisation_id and n.client_id = shown.client_id
            and n.need_number = shown.need_number and n.rank >= shown.rank)))
$$;

-- Tells whoever answered a look of the caller's member today that the person said yes to sharing with them: where its
-- agreement waits for a yes. It opens nothing. It stands as a notice at that record until a worker there has asked, and
-- has written the answer down as their own. Nobody is told against a no, an answer taken back or an objection of any record
-- of the person there. False, and nobody is told, unless the member has written down today that they were asked here and
-- said yes, and nothing later stands against it.
drop function if exists governance.pass_on_yes(uuid, text, smallint, text);
create or replace function governance.pass_on_yes(look uuid, how text, request text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  asker constant integer := casework.current_organisation();
  looker constant uuid := nullif(current_setting('app.member_id', true), '')::uuid;
  own uuid;
  told record;
begin
  select l.client_id into own
  from governance.look as l
  cross join lateral governance.said(l.organisation_id, l.client_id) as said
  where l.organisation_id = asker and l.id = look and l.member_id = looker
    and l.at > clock_timestamp() - interval '12 hours'
    and said.consent = 'given' and not said.objected
    and exists (
      select from casework.consent as s
      left join casework.contact as c on c.organisation_id = s.organisation_id and c.id = s.contact_id
      where s.organisation_id = asker and s.client_id = l.client_id and s.referral_id is null
        and s.answer = 'given' and s.answered_on = governance.today() and s.asked_by = looker
        and c.voided_at is null);
  if own is null then
    return false;
  end if;
  for told in
    select a.organisation_id, a.client_id, l.purpose, cell.member_group
    from governance.look as l
    join governance.look_answer as a on a.look_id = l.id and a.asker_organisation_id = l.organisation_id
    join identity.client_person as mine on mine.organisation_id = l.organisation_id and mine.client_id = l.client_id
    join identity.client_person as theirs
      on theirs.organisation_id = a.organisation_id and theirs.client_id = a.client_id
      and theirs.person_id = mine.person_id
      and identity.match_exactly(mine.organisation_id, mine.client_id, theirs.organisation_id, theirs.client_id)
    cross join lateral governance.said(a.organisation_id, a.client_id) as said
    cross join lateral (
      select c.member_group
      from governance.in_force(l.purpose) as f
      join governance.agreement_party as giver
        on giver.agreement_id = f.agreement_id and giver.version = f.version and giver.gives
        and giver.organisation_id = a.organisation_id
      join governance.agreement_cell as c
        on c.agreement_id = f.agreement_id and c.version = f.version and c.place = 'person' and c.rests = 'consent'
        and c.member_group = any (governance.own_groups())
      limit 1
    ) as cell
    where l.organisation_id = asker and l.id = look and said.consent in ('not-asked', 'lapsed')
      and not exists (
        select from identity.client_person as same
        cross join lateral governance.said(same.organisation_id, same.client_id) as also
        where same.person_id = theirs.person_id and same.organisation_id = theirs.organisation_id
          and (also.objected or also.consent in ('declined', 'withdrawn')))
  loop
    insert into governance.rights_notice
      (organisation_id, id, from_organisation_id, from_name, client_id, kind, about)
    select told.organisation_id, gen_random_uuid(), asker, o.name, told.client_id, 'said-yes', array[how]
    from casework.organisation as o
    where o.id = asker and not exists (
      select from governance.rights_notice as n
      where n.organisation_id = told.organisation_id and n.client_id = told.client_id
        and n.from_organisation_id = asker and n.kind = 'said-yes' and n.seen_at is null);
    insert into governance.audit_entry (organisation_id, request_id, action, subjects, detail)
    values (told.organisation_id, request, 'sharing.yes-passed-on',
            jsonb_build_array(jsonb_build_object('kind', 'client', 'id', told.client_id)),
            jsonb_build_object('byOrganisation', asker, 'group', told.member_group, 'purpose', told.purpose));
  end loop;
  return true;
end $$;
