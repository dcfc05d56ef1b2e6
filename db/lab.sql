-- The data lab's functions between organisations, and what the database itself keeps a study to. Applied again whenever
-- this file changes.

-- Lets an organisation hold outcome data for the data lab, or no more: an administrator's word, or a command's on the
-- machine itself. What it holds stays, and is not offered while it may not.
create or replace function lab.let_hold(organisation integer, holds boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not casework.administers() and coalesce(current_setting('app.purpose', true), '') <> 'operator' then
    raise exception 'Only an administrator may let an organisation hold outcome data' using errcode = '42501';
  end if;
  if holds then
    insert into lab.data_holder (organisation_id) values (organisation) on conflict do nothing;
  else
    delete from lab.data_holder where organisation_id = organisation;
  end if;
end $$;

-- Who first met each service between two days: the beginnings that a study of these records is of. Anonymous contacts
-- are nobody who could be met again, and whoever objected to being counted is in no study.
create or replace function lab.service_starts(first_day date, last_day date)
returns table (person_id uuid, organisation_id integer, service_id uuid, started_on date)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.person_id, k.organisation_id, k.service_id, min(k.occurred_on)
  from casework.contact as k
  join casework.client as c on c.organisation_id = k.organisation_id and c.id = k.client_id and not c.anonymous
  join identity.client_person as p on p.organisation_id = k.organisation_id and p.client_id = k.client_id
  where k.voided_at is null and p.person_id not in (select person_id from identity.uncounted_people())
  group by 1, 2, 3
  having min(k.occurred_on) between first_day and last_day
$$;

-- Everybody who ever met a service.
create or replace function lab.service_people(organisation integer, service uuid)
returns table (person_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct p.person_id
  from casework.contact as k
  join identity.client_person as p on p.organisation_id = k.organisation_id and p.client_id = k.client_id
  where k.organisation_id = organisation and k.service_id = service and k.voided_at is null
$$;

-- What people said of their needs between two days, anywhere here: a row for each contact and need, and one for a
-- contact without any.
create or replace function lab.contacts_of(people uuid[], first_day date, last_day date)
returns table (
  person_id uuid, organisation_id integer, service_id uuid, contact_id uuid, occurred_on date, decile smallint,
  need_number smallint, status text, severity text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.person_id, k.organisation_id, k.service_id, k.id, k.occurred_on, k.deprivation_decile,
         e.need_number, e.status::text, e.severity::text
  from identity.client_person as p
  join casework.contact as k on k.organisation_id = p.organisation_id and k.client_id = p.client_id
  left join casework.issue_entry as e on e.organisation_id = k.organisation_id and e.contact_id = k.id
  where p.person_id = any (people) and p.person_id not in (select person_id from identity.uncounted_people())
    and k.voided_at is null and k.occurred_on between first_day and last_day
  order by p.person_id, k.occurred_on, k.received_no, e.issue_id
$$;

-- Moves a study on by the steps that there are and by no other: the first two hands by the web's login, runs by the
-- worker's, the signature by lab.sign_study alone. A plan is changed while it is a draft, and what was fixed stays. Only
-- the worker's login may write the numbers, and that is how it is known here.
create or replace function lab.keep_plan() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  is_worker boolean := has_column_privilege('lab.study', 'numbers', 'update');
  is_owner boolean := pg_has_role((select relowner from pg_class where oid = tg_relid), 'member');
  acting uuid := nullif(current_setting('app.member_id', true), '')::uuid;
  is_fixed_now boolean := old.state = 'asked' and new.state = 'fixed';
begin
  if old.plan_hash is not null and (
    new.plan is distinct from old.plan or new.canonical is distinct from old.canonical
    or new.plan_hash is distinct from old.plan_hash or new.version is distinct from old.version
    or new.holder_organisation_id is distinct from old.holder_organisation_id
    or new.seconded_by is distinct from old.seconded_by or new.asked_by is distinct from old.asked_by
    or new.fixed_at is distinct from old.fixed_at or new.state in ('draft', 'asked')
  ) then
    raise exception 'a fixed plan cannot be changed' using errcode = 'check_violation';
  end if;
  if new.state is distinct from old.state and not (case old.state || ' ' || new.state
    when 'draft asked' then true
    when 'draft withdrawn' then true
    when 'asked draft' then true
    when 'asked fixed' then true
    when 'asked withdrawn' then true
    when 'fixed running' then true
    when 'fixed withdrawn' then true
    when 'running fixed' then is_worker
    when 'running ready' then is_worker and new.numbers is not null
    when 'running too-few' then is_worker
    when 'running withdrawn' then true
    when 'ready signed' then is_owner
    when 'ready withdrawn' then true
    when 'signed published' then true
    when 'signed withdrawn' then true
    when 'published withdrawn' then true
    when 'too-few withdrawn' then true
    else false
  end) then
    raise exception 'a study does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  if old.state <> 'draft' and new.plan is distinct from old.plan then
    raise exception 'only a draft is changed' using errcode = 'check_violation';
  end if;
  if new.asked_by is distinct from old.asked_by and not (case old.state || ' ' || new.state
    when 'draft asked' then new.asked_by = acting
    when 'asked draft' then new.asked_by is null
    else false
  end) or new.state = 'asked' and new.asked_by is null then
    raise exception 'who asks for a study is who is at work' using errcode = 'check_violation';
  end if;
  if not is_fixed_now and (
    new.canonical is distinct from old.canonical or new.plan_hash is distinct from old.plan_hash
    or new.seconded_by is distinct from old.seconded_by or new.fixed_at is distinct from old.fixed_at
    or new.holder_organisation_id is distinct from old.holder_organisation_id
  ) then
    raise exception 'a plan is fixed in one step' using errcode = 'check_violation';
  end if;
  if is_fixed_now and not coalesce(
    new.seconded_by = acting and new.seconded_by <> new.asked_by and new.fixed_at is not null
    and new.plan_hash = encode(sha256(convert_to(new.canonical, 'UTF8')), 'hex')
    and new.canonical::jsonb -> 'plan' = new.plan and new.canonical::jsonb -> 'dataSetId' = new.plan -> 'dataSetId'
    and new.holder_organisation_id = coalesce(
      (select d.organisation_id from lab.data_set as d where d.id = (new.plan ->> 'dataSetId')::uuid),
      new.organisation_id),
    false
  ) then
    raise exception 'a plan is fixed by a second person, as it is and with its hash' using errcode = 'check_violation';
  end if;
  return new;
end $$;
drop trigger if exists keep_plan on lab.study;
create trigger keep_plan before update on lab.study for each row execute function lab.keep_plan();

-- A sealed file is opened and ended by the worker; the web's login says that it is all here, once, and ends none: what
-- ended it would leave its pieces and its key.
create or replace function lab.keep_upload() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  is_worker boolean := has_column_privilege('lab.upload', 'keeper', 'update');
begin
  if new.state is distinct from old.state and not (case old.state || ' ' || new.state
    when 'key open' then is_worker
    when 'open sent' then true
    when 'key ended' then is_worker
    when 'open ended' then is_worker
    when 'sent ended' then is_worker
    else false
  end) then
    raise exception 'a sealed file does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
drop trigger if exists keep_upload on lab.upload;
create trigger keep_upload before update on lab.upload for each row execute function lab.keep_upload();

-- Studies with a result in data sets that the caller's organisation holds: the plan and what may be said.
drop function if exists lab.studies_held();
create or replace function lab.studies_held()
returns table (
  organisation_id integer, organisation_name text, id uuid, number integer, state text, plan jsonb, plan_hash text,
  fixed_at timestamptz, ready_at timestamptz, signed_at timestamptz, question text, questioned_at timestamptz,
  numbers jsonb
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.organisation_id, o.name, s.id, s.number, s.state, s.plan, s.plan_hash, s.fixed_at, s.ready_at, s.signed_at,
         s.question, s.questioned_at, s.numbers
  from lab.study as s
  join casework.organisation as o on o.id = s.organisation_id
  where s.holder_organisation_id = casework.current_organisation() and s.state in ('ready', 'signed', 'published')
    and s.numbers is not null
$$;

-- The answer of the holder's analyst, who is at work in the transaction: their signature, or with `asked` what they want
-- cleared up before. done, already (signed), moved-on, own (who asked or seconded may not sign) or not-found, which it is
-- to whoever is no analyst of the holder, too.
drop function if exists lab.sign_study(integer, uuid, uuid);
drop function if exists lab.sign_study(integer, uuid);
create or replace function lab.check_study(organisation integer, named uuid, asked text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held lab.study%rowtype;
  signer uuid := (
    select m.account_id from casework.member as m
    where m.organisation_id = casework.current_organisation()
      and m.id = nullif(current_setting('app.member_id', true), '')::uuid
      and m.ended_at is null and 'analyst' = any (m.roles));
  at timestamptz := (select clock_timestamp() + clock_offset_ms * interval '1 millisecond' from reference.installation);
begin
  select * into held from lab.study as s
  where s.organisation_id = organisation and s.id = named
    and s.holder_organisation_id = casework.current_organisation()
  for update;
  if not found or signer is null then
    return 'not-found';
  end if;
  if held.state in ('signed', 'published') then
    return 'already';
  end if;
  if held.state <> 'ready' then
    return 'moved-on';
  end if;
  if exists (
    select from casework.member as m
    where m.organisation_id = organisation and m.account_id = signer and m.id in (held.asked_by, held.seconded_by)
  ) then
    return 'own';
  end if;
  if asked is not null then
    update lab.study set question = asked, questioned_at = at, changed_at = at
    where organisation_id = organisation and id = named;
  else
    update lab.study
    set state = 'signed', signed_by_account = signer, signed_at = at, question = null, questioned_at = null, changed_at = at
    where organisation_id = organisation and id = named;
  end if;
  return 'done';
end $$;
