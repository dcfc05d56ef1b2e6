-- The data lab's functions between organisations, and what the database itself keeps a study to. Applied again whenever
-- this file changes.

-- A plan that was fixed stays as it is: whatever moves the study on.
create or replace function lab.keep_plan() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.plan_hash is not null and (
    new.plan is distinct from old.plan or new.canonical is distinct from old.canonical
    or new.plan_hash is distinct from old.plan_hash or new.version is distinct from old.version
    or new.holder_organisation_id is distinct from old.holder_organisation_id
    or new.seconded_by is distinct from old.seconded_by or new.asked_by is distinct from old.asked_by
    or new.state in ('draft', 'asked')
  ) then
    raise exception 'a fixed plan cannot be changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
drop trigger if exists keep_plan on lab.study;
create trigger keep_plan before update on lab.study for each row execute function lab.keep_plan();

-- Studies with a result in data sets that the caller's organisation holds: the plan and what may be said.
create or replace function lab.studies_held()
returns table (
  organisation_id integer, organisation_name text, id uuid, number integer, state text, plan jsonb, plan_hash text,
  fixed_at timestamptz, ready_at timestamptz, signed_at timestamptz, numbers jsonb
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.organisation_id, o.name, s.id, s.number, s.state, s.plan, s.plan_hash, s.fixed_at, s.ready_at, s.signed_at,
         s.numbers
  from lab.study as s
  join casework.organisation as o on o.id = s.organisation_id
  where s.holder_organisation_id = casework.current_organisation() and s.state in ('ready', 'signed', 'published')
    and s.numbers is not null
$$;

-- The signature of the holder's analyst: signed, already, moved-on, own (who asked or seconded may not sign) or not-found.
drop function if exists lab.sign_study(integer, uuid, uuid);
create function lab.sign_study(organisation integer, named uuid, account uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held lab.study%rowtype;
  at timestamptz := (select clock_timestamp() + clock_offset_ms * interval '1 millisecond' from reference.installation);
begin
  select * into held from lab.study as s
  where s.organisation_id = organisation and s.id = named
    and s.holder_organisation_id = casework.current_organisation()
  for update;
  if not found then
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
    where m.organisation_id = organisation and m.account_id = account and m.id in (held.asked_by, held.seconded_by)
  ) then
    return 'own';
  end if;
  update lab.study set state = 'signed', signed_by_account = account, signed_at = at, changed_at = at
  where organisation_id = organisation and id = named;
  return 'signed';
end $$;
