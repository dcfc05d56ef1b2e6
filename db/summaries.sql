-- Summaries that stand as they were made, what goes from them with an erased story, and programmes of many
-- organisations. Applied again whenever this file changes.

-- A paper without the stories of a list that are among the gone. Words about them, which somebody wrote for the section,
-- go as well; whoever shows the paper says what stands there instead.
create or replace function casework.paper_without(paper jsonb, stories jsonb, gone uuid[]) returns jsonb
language sql immutable strict set search_path = pg_catalog, pg_temp as $$
  select jsonb_set(paper, '{sections}', coalesce(jsonb_agg(
    case when x.section ->> 'key' = 'stories' then
      x.section || jsonb_build_object('title', '', 'text', '', 'edited', false, 'blocks', (
        select coalesce(jsonb_agg(b.block order by b.n), '[]')
        from jsonb_array_elements(x.section -> 'blocks') with ordinality as b (block, n)
        where not exists (
          select from jsonb_array_elements(stories) as t (story)
          where (t.story ->> 'id')::uuid = any (gone) and t.story -> 'quote' = b.block -> 'quote')))
    else x.section end order by x.n), '[]'))
  from jsonb_array_elements(paper -> 'sections') with ordinality as x (section, n)
$$;

-- Takes stories out of the summaries that tell them, words and bytes: called by `casework.erase_clients` alone, once the
-- stories themselves are gone and nobody can put them into another. A file keeps its name and the hash that it had.
create or replace function casework.erase_told(organisation integer, gone uuid[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  telling uuid[];
begin
  perform set_config('app.erasing_told', 'on', true);
  with told as (
    update casework.summary as s
    set stories = (
          select coalesce(jsonb_agg(t.story order by t.n), '[]')
          from jsonb_array_elements(s.stories) with ordinality as t (story, n)
          where (t.story ->> 'id')::uuid <> all (gone)),
        paper = casework.paper_without(s.paper, s.stories, gone),
        plan = s.plan #- '{texts,stories}'
    where s.organisation_id = organisation and exists (
      select from jsonb_array_elements(s.stories) as t (story) where (t.story ->> 'id')::uuid = any (gone))
    returning s.id
  )
  select array_agg(id) into telling from told;
  update casework.summary_file as f set bytes = '', erased_at = now()
  where f.organisation_id = organisation and f.summary_id = any (telling) and f.erased_at is null;
  perform set_config('app.erasing_told', '', true);
end $$;

-- Summaries. One that is ready is what somebody has read and handed on: it is never made again, whoever asks. A later
-- count is a new version. That somebody was told of it may still be noted; and a story goes with whom it is of.
create or replace function casework.keep_summary() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  told constant text[] := array['stories', 'paper', 'plan'];
begin
  if old.state <> 'ready' or to_jsonb(new) - 'told_at' is not distinct from to_jsonb(old) - 'told_at' then
    return new;
  end if;
  if coalesce(current_setting('app.erasing_told', true), '') = 'on'
     and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
    if to_jsonb(new) - told = to_jsonb(old) - told
       and new.stories <@ old.stories and new.plan = old.plan #- '{texts,stories}'
       and new.paper = casework.paper_without(old.paper, old.stories, array(
         select (o.story ->> 'id')::uuid from jsonb_array_elements(old.stories) as o (story)
         where not exists (select from jsonb_array_elements(new.stories) as n (story) where n.story = o.story))) then
      return new;
    end if;
  end if;
  raise exception 'A summary that is ready is not changed' using errcode = '42501';
end $$;
create or replace trigger summary_kept before update on casework.summary
  for each row execute function casework.keep_summary();

-- Its files are added once, while it is being made, and stay, unless what they tell is erased.
create or replace function casework.keep_summary_file() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' and exists (
    select from casework.summary as s
    where s.organisation_id = new.organisation_id and s.id = new.summary_id and s.state = 'making') then
    return new;
  end if;
  if tg_op = 'UPDATE' and coalesce(current_setting('app.erasing_told', true), '') = 'on'
     and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
    if old.erased_at is null and new.erased_at is not null and new.bytes = ''
       and to_jsonb(new) - array['bytes', 'erased_at'] = to_jsonb(old) - array['bytes', 'erased_at'] then
      return new;
    end if;
  end if;
  raise exception 'The files of a summary are not changed' using errcode = '42501';
end $$;
create or replace trigger summary_file_kept before insert or update or delete on casework.summary_file
  for each row execute function casework.keep_summary_file();

-- The other organisations here by name, for inviting them to a programme.
create or replace function casework.organisations_elsewhere()
returns table (organisation_id integer, organisation_name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.name
  from casework.organisation as o
  where casework.current_organisation() is not null and o.id <> casework.current_organisation()
  order by o.name
$$;

-- The programmes that the caller's organisation leads or is invited to, with a row for each organisation in them: its
-- name, and since when it agrees. Of none of them anything else.
create or replace function casework.own_programmes()
returns table (
  lead_organisation_id integer, programme_id uuid, name text, purpose text, made_at timestamptz,
  organisation_id integer, organisation_name text, agreed_at timestamptz
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.organisation_id, p.id, p.name, p.purpose, p.made_at, o.id, o.name, (
    select a.agreed_at
    from casework.programme_agreement as a
    where a.organisation_id = o.id and a.programme_id = p.id and a.lead_organisation_id = p.organisation_id
      and a.ended_at is null and a.agreed_at >= i.invited_at
  )
  from casework.programme as p
  join casework.programme_invitation as i
    on i.organisation_id = p.organisation_id and i.programme_id = p.id and i.withdrawn_at is null
  join casework.organisation as o on o.id = i.invited_organisation_id
  where casework.current_organisation() is not null
    and (p.organisation_id = casework.current_organisation() or exists (
      select from casework.programme_invitation as own
      where own.organisation_id = p.organisation_id and own.programme_id = p.id and own.withdrawn_at is null
        and own.invited_organisation_id = casework.current_organisation()))
  order by p.made_at desc, p.id, o.name, o.id
$$;
