-- Referrals. A referral belongs to whoever sent it; whoever it went to reads and answers it through these, on the
-- platform as the organisation it is addressed to, outside by the hash of a link that holds. Applied again whenever this
-- file changes.

-- Where a referral stands: the last step that was taken.
create or replace function casework.referral_state(organisation integer, referral uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    (select e.kind from casework.referral_event as e
     where e.organisation_id = organisation and e.referral_id = referral
       and e.kind in ('accepted', 'declined', 'started', 'completed', 'lost-touch', 'withdrawn')
     order by e.position desc limit 1),
    'sent')
$$;

-- The referrals that reached the caller, and no more of each than was shared. What was shared is not handed out any
-- longer when it was declined or taken back, when its link has done its work, or when the receiver erased the client.
create or replace function casework.referrals_received(token bytea)
returns table (
  organisation_id integer, organisation_name text, id uuid, way text, to_service_id uuid, to_name text,
  sent_by_name bytea, sent_at timestamptz, shared text[], details bytea, message bytea, consent_on date,
  state text, taken_by uuid, client_id uuid
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.organisation_id, o.name, r.id, r.way, r.to_service_id, r.to_name, r.sent_by_name, r.sent_at, r.shared,
         case when shows.open then r.details end, case when shows.open then r.message end, r.consent_on,
         at.state, mine.taken_by, mine.client_id
  from casework.referral as r
  join casework.organisation as o on o.id = r.organisation_id
  cross join lateral (select casework.referral_state(r.organisation_id, r.id) as state) as at
  left join casework.referral_receipt as mine
    on token is null and mine.organisation_id = r.to_organisation_id
   and mine.from_organisation_id = r.organisation_id and mine.referral_id = r.id
  cross join lateral (
    select mine.erased_at is null and case when token is null
      then at.state not in ('declined', 'withdrawn')
      else at.state in ('sent', 'accepted', 'started') end as open
  ) as shows
  where (token is null and r.to_organisation_id = casework.current_organisation())
     or exists (
       select from casework.referral_link as l
       where l.token_hash = token and l.organisation_id = r.organisation_id and l.referral_id = r.id
         and l.ended_at is null and l.expires_at > now())
$$;

-- Whether the caller, who received a referral, has erased the client whom it became.
create or replace function casework.erased_here(sender integer, referral uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from casework.referral_receipt as k
    where k.organisation_id = casework.current_organisation()
      and k.from_organisation_id = sender and k.referral_id = erased_here.referral and k.erased_at is not null)
$$;

-- The issues of referrals that reached the caller, by position: ids of the sender's issues stay with the sender. The
-- words for them are somebody's own, and are handed out for as long as the details are.
create or replace function casework.referral_issues_received(token bytea)
returns table (
  organisation_id integer, referral_id uuid, "position" smallint, need_number smallint, severity casework.severity, label bytea
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.organisation_id, i.referral_id, i.position, i.need_number, i.severity,
         case when case when token is null
           then r.state not in ('declined', 'withdrawn') and not casework.erased_here(r.organisation_id, r.id)
           else r.state in ('sent', 'accepted', 'started') end
         then i.label end
  from casework.referrals_received(token) as r
  join casework.referral_issue as i on i.organisation_id = r.organisation_id and i.referral_id = r.id
$$;

-- What happened to referrals that reached the caller. Ids of members stay inside their organisation.
create or replace function casework.referral_events_received(token bytea)
returns table (
  organisation_id integer, referral_id uuid, id uuid, "position" smallint, kind text, how text, at timestamptz,
  by_name bytea, reason text, words bytea, outcomes text[]
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.organisation_id, e.referral_id, e.id, e.position, e.kind, e.how, e.at, e.by_name, e.reason,
         case when token is not null or not casework.erased_here(r.organisation_id, r.id) then e.words end, e.outcomes
  from casework.referrals_received(token) as r
  join casework.referral_event as e on e.organisation_id = r.organisation_id and e.referral_id = r.id
  where e.kind not in ('mail-sent', 'mail-failed', 'link-made', 'links-ended')
$$;

-- Adds what happened to a referral; the one way to do so. Works out which side the caller is on and refuses what that
-- side may not say or what cannot follow. Answers at one moment wait for each other, and the later one sees the
-- earlier: added, already (the same event again), refused (it stands elsewhere by now) or not-found.
create or replace function casework.add_referral_event(
  organisation integer, referral uuid, event uuid, said text,
  reason text, words bytea, outcomes text[], by_name bytea, token bytea
) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  here constant integer := casework.current_organisation();
  sent casework.referral%rowtype;
  held casework.referral_event%rowtype;
  state text;
  side text;
  steps constant text[] := array['accepted', 'declined', 'started', 'completed', 'lost-touch'];
begin
  select * into sent from casework.referral as r
  where r.organisation_id = organisation and r.id = referral for update;
  if not found then
    return 'not-found';
  end if;
  side := case
    when token is not null then (
      select 'link' from casework.referral_link as l
      where l.token_hash = token and l.organisation_id = organisation and l.referral_id = referral
        and l.ended_at is null and l.expires_at > now())
    when here = sent.to_organisation_id then 'here'
    when here = organisation and sent.way <> 'platform' and said = any (steps) then 'told'
    when here = organisation then 'sent'
  end;
  if side is null then
    return 'not-found';
  end if;

  select * into held from casework.referral_event as e where e.organisation_id = organisation and e.id = event;
  if found then
    return case when held.referral_id = referral and held.kind = said then 'already' else 'refused' end;
  end if;

  state := casework.referral_state(organisation, referral);
  if (case
    when said = any (steps) then side in ('here', 'link', 'told') and case said
      when 'accepted' then state = 'sent'
      when 'declined' then state = 'sent'
      when 'started' then state = 'accepted'
      when 'completed' then state = 'started'
      when 'lost-touch' then state in ('accepted', 'started')
    end
    when said = 'withdrawn' then side = 'sent' and state = 'sent'
    when said = 'opened' then side = 'link'
    when said in ('mail-sent', 'mail-failed', 'link-made', 'links-ended') then side = 'sent' and sent.way = 'email'
    else false
  end) is not true then
    return 'refused';
  end if;
  insert into casework.referral_event
    (organisation_id, id, referral_id, position, kind, how, at, by_organisation_id, by_member_id, by_name,
     reason, words, outcomes)
  select organisation, event, referral, count(*) + 1, said, side,
         (select clock_timestamp() + c.clock_offset_ms * interval '1 millisecond' from reference.installation as c), here,
         case when side <> 'link' then nullif(current_setting('app.member_id', true), '')::uuid end,
         add_referral_event.by_name, add_referral_event.reason, add_referral_event.words, add_referral_event.outcomes
  from casework.referral_event as e
  where e.organisation_id = organisation and e.referral_id = referral;
  return 'added';
end $$;

-- Whom a link belongs to, for recording that it was used; null when it does not hold.
create or replace function casework.referral_link_owner(token bytea)
returns table (organisation_id integer, referral_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.organisation_id, l.referral_id from casework.referral_link as l
  where l.token_hash = token and l.ended_at is null and l.expires_at > now()
$$;

-- Says that the client whom a referral was about and the receiver's own client are one person: whoever was handed
-- over is counted once. Only by the receiver, for the client kept with the referral; neither side is shown anything.
-- What was decided of the two before stands: a steward looked at both records, the receiver at one.
create or replace function casework.link_referred(sender integer, referral uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  here constant integer := casework.current_organisation();
  theirs uuid;
  ours uuid;
  ours_first boolean;
begin
  select r.client_id, k.client_id into theirs, ours
  from casework.referral as r
  join casework.referral_receipt as k
    on k.organisation_id = here and k.from_organisation_id = r.organisation_id and k.referral_id = r.id
  where r.organisation_id = sender and r.id = referral and r.to_organisation_id = here and k.client_id is not null;
  if not found then
    return;
  end if;
  ours_first := (here, ours) < (sender, theirs);
  if not exists (
    select from identity.link_assertion as l
    where l.organisation_id_a = case when ours_first then here else sender end
      and l.client_id_a = case when ours_first then ours else theirs end
      and l.organisation_id_b = case when ours_first then sender else here end
      and l.client_id_b = case when ours_first then theirs else ours end and l.model = 'decision'
  ) then
    perform identity.assert_links(
      array[case when ours_first then here else sender end], array[case when ours_first then ours else theirs end],
      array[case when ours_first then sender else here end], array[case when ours_first then theirs else ours end],
      array['same'], array['{"referral": true}'::jsonb], 'decision', 'referral');
  end if;
  perform jobs.add('people.link', jsonb_build_object('organisationId', here, 'clientIds', jsonb_build_array(ours)));
end $$;

-- Services of the other organisations here, with the needs they show first: where a referral can go to.
create or replace function casework.services_elsewhere()
returns table (organisation_id integer, organisation_name text, service_id uuid, service_name text, needs smallint[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.name, s.id, s.name,
         array(select n.need_number from casework.service_need as n
               where n.organisation_id = s.organisation_id and n.service_id = s.id order by n.position)
  from casework.service as s
  join casework.organisation as o on o.id = s.organisation_id
  where casework.current_organisation() is not null and o.id <> casework.current_organisation() and s.closed_on is null
  order by o.name, s.name
$$;
