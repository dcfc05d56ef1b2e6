-- People's rights: what is held about somebody beyond what the web's login may read, and what erasing and telling
-- others asks of the database itself. Applied again whenever this file changes.

-- How many rows the link service and the engine keep of clients of the caller's organisation, by table. Numbers that
-- follow from these clients' own records alone: nothing in them tells whether another organisation knows somebody.
create or replace function identity.kept_for_linking(organisation integer, clients uuid[])
returns table (place text, rows bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select 'identity.client_person', count(*) from identity.client_person as p
  where p.organisation_id = organisation and p.client_id = any (clients)
  union all
  select 'identity.linking_state', count(*) from identity.linking_state as s
  where s.organisation_id = organisation and s.client_id = any (clients)
  union all
  select 'identity.blocking_key', count(*) from identity.blocking_key as k
  where k.organisation_id = organisation and k.client_id = any (clients)
  union all
  select 'identity.trait', count(*) from identity.trait as t
  where t.organisation_id = organisation and t.client_id = any (clients);
end $$;

-- Refuses to erase what is held back for a reason. A backup that was restored is erased again whatever it says of holds:
-- that was decided before.
create or replace function governance.require_no_hold(organisation integer, clients uuid[]) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('app.purpose', true), '') <> 'operator' and exists (
    select from governance.rights_hold as h
    where h.organisation_id = organisation and h.client_id = any (clients) and h.lifted_at is null
  ) then
    raise exception 'A record is held and may not be erased' using errcode = 'check_violation';
  end if;
end $$;

-- Tells everybody whom something of these clients was shared with: by referral that was taken up, under an agreement, or
-- in an emergency. On the platform the receiver finds a notice at its own client; nothing about that client comes back.
-- Whom software cannot tell is named for the officer of the request, or, when a yes ends, for whoever writes that down;
-- of the rest without a request there is nobody to tell them. Gives each receiver once, and whether it is told by this.
drop function if exists governance.tell_receivers(integer, uuid[], text, text[], uuid);
create function governance.tell_receivers(
  organisation integer, clients uuid[], said text, about text[], request uuid
) returns table (receiver_name text, is_told boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  here text := (select o.name from casework.organisation as o where o.id = organisation);
begin
  perform casework.require_organisation(organisation);
  if said not in ('rectified', 'erased', 'restricted', 'yes-ended') then
    raise exception 'Nobody is told that' using errcode = '22023';
  end if;
  return query
  with handed as (
    select r.to_organisation_id, k.client_id, r.way,
           coalesce(r.to_organisation_name || ', ', '') || r.to_name as to_name
    from casework.referral as r
    left join casework.referral_receipt as k
      on k.organisation_id = r.to_organisation_id and k.from_organisation_id = organisation and k.referral_id = r.id
    where r.organisation_id = organisation and r.client_id = any (clients)
      and (casework.referral_state(organisation, r.id) in ('accepted', 'started', 'completed', 'lost-touch')
           or (r.to_organisation_id is null and request is not null
               and casework.referral_state(organisation, r.id) not in ('declined', 'withdrawn')))
  ), looked as (
    select distinct l.organisation_id, l.client_id
    from governance.look_answer as a
    join governance.look as l on l.id = a.look_id and l.organisation_id = a.asker_organisation_id
    where a.organisation_id = organisation and a.client_id = any (clients) and l.client_id is not null
    union
    select g.organisation_id, g.client_id
    from governance.break_glass_record as x
    join governance.break_glass as g on g.id = x.glass_id
    where x.organisation_id = organisation and x.client_id = any (clients) and g.looks > 0 and g.client_id is not null
  ), listed as (
    -- A list is about no client of the receiver's: somebody tells them.
    select distinct a.asker_organisation_id as organisation_id
    from governance.look_answer as a
    join governance.look as l on l.id = a.look_id and l.organisation_id = a.asker_organisation_id
    where a.organisation_id = organisation and a.client_id = any (clients) and l.client_id is null
      and (request is not null or said = 'yes-ended')
  ), everybody as (
    select to_organisation_id as receiver, client_id, way, to_name from handed
    union all
    select l.organisation_id, l.client_id, 'agreement', o.name
    from looked as l join casework.organisation as o on o.id = l.organisation_id
    -- Whoever took up a referral hears of it once.
    where not exists (
      select from handed as h where h.to_organisation_id = l.organisation_id and h.client_id = l.client_id)
    union all
    select null, null, 'agreement', o.name
    from listed as l join casework.organisation as o on o.id = l.organisation_id
    where not exists (select from looked as k where k.organisation_id = l.organisation_id)
  ), noticed as (
    insert into governance.rights_notice (organisation_id, id, from_organisation_id, from_name, client_id, kind, about)
    select e.receiver, gen_random_uuid(), organisation, here, e.client_id, said, tell_receivers.about
    from everybody as e where e.receiver is not null
  ), kept as (
    insert into governance.rights_recipient (organisation_id, id, request_id, kind, to_name, way, told_at)
    select organisation, gen_random_uuid(), request, said, e.to_name, e.way,
           case when e.receiver is not null then now() end
    from everybody as e
    returning to_name, told_at
  )
  select distinct k.to_name, k.told_at is not null from kept as k;
end $$;

-- Keeps by id what is erased, for a backup that is restored.
create or replace function governance.keep_erasure(organisation integer, clients uuid[], what text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into governance.erasure (organisation_id, client_id, purpose)
  select organisation, gone.id, what from unnest(clients) as gone (id)
  on conflict do nothing
$$;

-- Takes the people who are erased out of emergency access. That somebody opened it, and whether two officers found it
-- right, stays; whom it was about and what anybody wrote go: with the record of who looked the words of both sides, with
-- the record of who gave the words of that side's officer.
create or replace function governance.empty_glass(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  update governance.break_glass_review as r set words = null
  from governance.break_glass as g
  where g.organisation_id = organisation and g.client_id = any (clients)
    and r.glass_id = g.id and r.organisation_id in (g.organisation_id, g.giving_organisation_id);
  update governance.break_glass_review as r set words = null
  from governance.break_glass_record as x
  where x.organisation_id = organisation and x.client_id = any (clients)
    and r.organisation_id = organisation and r.glass_id = x.glass_id;
  delete from governance.break_glass_record as x
  where x.organisation_id = organisation and x.client_id = any (clients);
  update governance.break_glass as g set
    client_id = null, words = null,
    ended_at = case when g.ends_at > clock_timestamp() then coalesce(g.ended_at, clock_timestamp()) else g.ended_at end
  where g.organisation_id = organisation and g.client_id = any (clients);
end $$;

-- What goes with clients who are erased beside their record: called by `casework.erase_clients`, in its transaction. A
-- request keeps its days and how it ended; who asked and what was said go.
create or replace function governance.erase_beside(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  requests uuid[];
begin
  perform governance.require_no_hold(organisation, clients);
  if coalesce(current_setting('app.telling', true), '') <> 'done' then
    perform governance.tell_receivers(organisation, clients, 'erased', '{}', null);
  end if;
  perform governance.keep_erasure(organisation, clients, 'record');
  select array_agg(distinct p.request_id) into requests from governance.rights_person as p
  where p.organisation_id = organisation and p.client_id = any (clients);
  delete from governance.redaction where organisation_id = organisation and request_id = any (requests);
  update governance.rights_pack set contents = null, destroyed_at = coalesce(destroyed_at, now())
  where organisation_id = organisation and request_id = any (requests);
  delete from governance.rectification where organisation_id = organisation and client_id = any (clients);
  perform governance.empty_glass(organisation, clients);
  perform governance.empty_list_actions(organisation, clients);
  delete from governance.rights_hold where organisation_id = organisation and client_id = any (clients);
  delete from governance.rights_notice where organisation_id = organisation and client_id = any (clients);
  delete from governance.objection where organisation_id = organisation and client_id = any (clients);
  delete from governance.rights_person where organisation_id = organisation and client_id = any (clients);
  delete from governance.retention_item where organisation_id = organisation and client_id = any (clients)
    and outcome is null and coalesce(current_setting('app.retention_run', true), '') <> run_id::text;
  update governance.rights_request as r set asker = null, words = null, answer = null
  where r.organisation_id = organisation and r.id = any (requests);
end $$;

-- Erases the stories of clients and what tells them, and leaves their record.
create or replace function governance.erase_stories(organisation integer, clients uuid[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  told uuid[];
begin
  perform casework.require_organisation(organisation);
  perform governance.require_no_hold(organisation, clients);
  perform governance.keep_erasure(organisation, clients, 'stories');
  perform 1 from casework.client
  where organisation_id = organisation and id = any (clients) order by id for update;
  select array_agg(s.id) into told from casework.story as s
  where s.organisation_id = organisation and s.client_id = any (clients);
  delete from casework.story_consent as k using casework.story as s
  where s.organisation_id = organisation and s.client_id = any (clients)
    and k.organisation_id = organisation and k.story_id = s.id;
  delete from casework.story where organisation_id = organisation and client_id = any (clients);
  perform casework.erase_told(organisation, told);
  return coalesce(cardinality(told), 0);
end $$;

-- Erases what was handed over by referral, tells whoever took it, and leaves the record. Called by
-- `casework.erase_clients` for the rows, too.
create or replace function governance.erase_referrals(organisation integer, clients uuid[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone uuid[];
begin
  perform casework.require_organisation(organisation);
  perform governance.require_no_hold(organisation, clients);
  perform governance.keep_erasure(organisation, clients, 'referrals');
  perform 1 from casework.client
  where organisation_id = organisation and id = any (clients) order by id for update;
  select array_agg(r.id) into gone from casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients);
  insert into casework.erased (organisation_id, id) select organisation, g.id from unnest(gone) as g (id)
  on conflict do nothing;
  delete from casework.referral_receipt where from_organisation_id = organisation and referral_id = any (gone);
  delete from casework.referral_link where organisation_id = organisation and referral_id = any (gone);
  delete from casework.referral_event where organisation_id = organisation and referral_id = any (gone);
  delete from casework.referral_issue where organisation_id = organisation and referral_id = any (gone);
  delete from casework.referral where organisation_id = organisation and id = any (gone);
  return coalesce(cardinality(gone), 0);
end $$;

-- The last day on which anything happened with each client of the caller's organisation, up to a day, and whether they
-- are anonymous and were ever met: what retention goes by.
create or replace function governance.last_activity(organisation integer, until date, clients uuid[])
returns table (client_id uuid, anonymous boolean, was_met boolean, last_on date)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select c.id, c.anonymous, k.last_on is not null,
         greatest((c.created_at at time zone 'Europe/London')::date, k.last_on, a.last_on, g.last_on, r.last_on, n.last_on)
           as latest
  from casework.client as c
  left join lateral (
    select max(x.occurred_on) as last_on from casework.contact as x
    where x.organisation_id = c.organisation_id and x.client_id = c.id and x.voided_at is null) as k on true
  left join lateral (
    select max((x.changed_at at time zone 'Europe/London')::date) as last_on from casework.action as x
    where x.organisation_id = c.organisation_id and x.client_id = c.id) as a on true
  left join lateral (
    select max(x.on_day) as last_on from casework.closing as x
    where x.organisation_id = c.organisation_id and x.client_id = c.id) as g on true
  left join lateral (
    select max((x.sent_at at time zone 'Europe/London')::date) as last_on from casework.referral as x
    where x.organisation_id = c.organisation_id and x.client_id = c.id) as r on true
  left join lateral (
    select max(x.answered_on) as last_on from casework.consent as x
    where x.organisation_id = c.organisation_id and x.client_id = c.id) as n on true
  where c.organisation_id = organisation and (clients is null or c.id = any (clients))
    and greatest((c.created_at at time zone 'Europe/London')::date, k.last_on, a.last_on, g.last_on, r.last_on, n.last_on)
        <= until
  order by latest, c.id;
end $$;
