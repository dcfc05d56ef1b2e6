-- What the tables keep to by themselves, whoever writes: what may never change, what is marked or noted with every write,
-- and storage that the schema builder cannot say. Applied again whenever this file changes.

-- A contact is voided once: what was said then stands, whoever asks. Words that lay plain may be sealed, and sealed
-- ones be sealed under another key by `identity.put_sealed`, which runs as the owner and says that it does; no more.
create or replace function casework.keep_void() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('app.resealing', true), '') = 'on'
     and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid)
     and (new.voided_at, new.voided_by, new.void_reason) is not distinct from (old.voided_at, old.voided_by, old.void_reason)
     and (new.void_reason_sealed is null) = (old.void_reason_sealed is null) then
    return new;
  end if;
  if old.voided_at is not null and not (
    (new.voided_at, new.voided_by) is not distinct from (old.voided_at, old.voided_by)
    and ((new.void_reason, new.void_reason_sealed) is not distinct from (old.void_reason, old.void_reason_sealed)
         or (old.void_reason is not null and old.void_reason_sealed is null
             and new.void_reason is null and new.void_reason_sealed is not null))
  ) then
    raise exception 'This contact has been voided already' using errcode = '42501';
  end if;
  return new;
end $$;
create or replace trigger contact_void before update on casework.contact
  for each row execute function casework.keep_void();

-- A note stands as it was written, or is removed for good, with who did it and when; whoever asks. It may be sealed
-- under another key, as the words above.
create or replace function casework.keep_note() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('app.resealing', true), '') = 'on'
     and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid)
     and (new.note_removed_at, new.note_removed_by) is not distinct from (old.note_removed_at, old.note_removed_by)
     and (new.note is null, new.note_removal is null) = (old.note is null, old.note_removal is null) then
    return new;
  end if;
  if (new.note, new.note_removed_at, new.note_removed_by, new.note_removal)
       is distinct from (old.note, old.note_removed_at, old.note_removed_by, old.note_removal)
     and not (
       old.note is not null and old.note_removed_at is null
       and new.note is null and new.note_removed_at is not null
       and new.note_removed_by is not null and new.note_removal is not null
     ) then
    raise exception 'A note can be removed once, and not be changed' using errcode = '42501';
  end if;
  return new;
end $$;
create or replace trigger contact_note before update on casework.contact
  for each row execute function casework.keep_note();

-- Puts sealed words in the place of plain ones that older versions of the product wrote: reasons of contacts, and what
-- issues that are not listed were called. What is sealed already is left alone.
create or replace function casework.seal_words(organisation integer, kind text, ids uuid[], sealed bytea[])
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  moved integer;
begin
  perform casework.require_organisation(organisation);
  if kind = 'late' then
    update casework.contact as c set late_reason_sealed = w.sealed, late_reason = null
    from unnest(ids, sealed) as w (id, sealed)
    where c.organisation_id = organisation and c.id = w.id
      and c.late_reason is not null and c.late_reason_sealed is null;
  elsif kind = 'void' then
    update casework.contact as c set void_reason_sealed = w.sealed, void_reason = null
    from unnest(ids, sealed) as w (id, sealed)
    where c.organisation_id = organisation and c.id = w.id
      and c.void_reason is not null and c.void_reason_sealed is null;
  else
    update casework.issue as i set label_sealed = w.sealed, label = null
    from unnest(ids, sealed) as w (id, sealed)
    where i.organisation_id = organisation and i.id = w.id
      and i.label is not null and i.label_sealed is null;
  end if;
  get diagnostics moved = row_count;
  return moved;
end $$;

-- A map is one range of this key, read without touching the table.
create unique index if not exists figure_key
  on published.figure (node, slice, period, area) include (figure);
alter table published.figure set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- Another mark in the transaction of whatever moves what is settled and published, whoever writes. A statement that
-- touches no row leaves the mark: a settlement that moves nothing must not show by it.
insert into published.figures_mark (id, mark) values (1, gen_random_uuid()) on conflict do nothing;
create or replace function published.mark_figures() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'TRUNCATE' then
    if not exists (select from touched) then return null; end if;
  end if;
  insert into published.figures_mark (id, mark) values (1, gen_random_uuid())
  on conflict (id) do update set mark = excluded.mark;
  return null;
end $$;
do $$
declare
  name text;
begin
  foreach name in array array['figure', 'coverage', 'settled_period'] loop
    execute format(
      'create or replace trigger mark_inserted after insert on published.%1$I referencing new table as touched
         for each statement execute function published.mark_figures();
       create or replace trigger mark_updated after update on published.%1$I referencing new table as touched
         for each statement execute function published.mark_figures();
       create or replace trigger mark_deleted after delete on published.%1$I referencing old table as touched
         for each statement execute function published.mark_figures();
       create or replace trigger mark_truncated after truncate on published.%1$I
         for each statement execute function published.mark_figures();', name);
  end loop;
end $$;

-- Rows that change in place, and a queue that empties many times a day.
alter table statistics.presence set (fillfactor = 90);
alter table statistics.cell set (fillfactor = 80);
alter table statistics.changed_person set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Lets new audit entries wait for their seal. The sealer sees them once their transaction has ended, in whatever
-- order transactions end, and nobody who writes an entry can leave this out.
create or replace function governance.await_seal() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into governance.audit_unsealed (entry_id) select id from added;
  return null;
end $$;
create or replace trigger await_seal after insert on governance.audit_entry
  referencing new table as added for each statement execute function governance.await_seal();

-- The audit is only ever added to, whoever asks: the trigger holds for the owner of the tables too.
create or replace function governance.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'The audit can only be added to' using errcode = '42501';
end $$;
create or replace trigger refuse_change before update or delete or truncate on governance.audit_entry
  for each statement execute function governance.refuse_change();
create or replace trigger refuse_change before update or delete or truncate on governance.audit_seal
  for each statement execute function governance.refuse_change();
create or replace trigger refuse_change before update or delete or truncate on governance.audit_anchor
  for each statement execute function governance.refuse_change();

-- Notes whom each new audit entry names, so that what was done with one client is found among millions of entries.
create or replace function governance.note_subjects() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into governance.audit_subject (organisation_id, subject_id, entry_id)
  select distinct a.organisation_id, (s.subject ->> 'id')::uuid, a.id
  from added as a
  cross join lateral jsonb_array_elements(a.subjects) as s (subject)
  where a.organisation_id is not null
    and s.subject ->> 'id' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  return null;
end $$;
create or replace trigger note_subjects after insert on governance.audit_entry
  referencing new table as added for each statement execute function governance.note_subjects();

-- The first entry that names somebody of its organisation and is not found by a search for them; null when each is.
create or replace function governance.hidden_entry() returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id
  from governance.audit_entry as a
  cross join lateral jsonb_array_elements(a.subjects) as s (subject)
  where a.organisation_id is not null
    and s.subject ->> 'id' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    and not exists (
      select from governance.audit_subject as x
      where x.organisation_id = a.organisation_id and x.subject_id = (s.subject ->> 'id')::uuid and x.entry_id = a.id)
  order by a.id limit 1
$$;

-- Entries from before subjects were noted: once, while there is none. The owner may see them for this moment only;
-- `access.ts`, applied next, binds it again.
alter table governance.audit_entry no force row level security;
insert into governance.audit_subject (organisation_id, subject_id, entry_id)
select distinct a.organisation_id, (s.subject ->> 'id')::uuid, a.id
from governance.audit_entry as a
cross join lateral jsonb_array_elements(a.subjects) as s (subject)
where a.organisation_id is not null
  and s.subject ->> 'id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  and not exists (select from governance.audit_subject);
