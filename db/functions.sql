-- The doors between schemas. Each runs with the owner's rights, so each checks for itself whom it serves, names
-- its tables in full and gives back no more than its caller may know. Applied again whenever this file changes.

-- The organisation of the transaction; null when none was named.
create or replace function casework.current_organisation() returns integer
language sql stable parallel safe
return nullif(current_setting('app.organisation_id', true), '')::integer;

-- Whether the transaction is an administrator's, at administration: what it says of itself is not enough.
create or replace function casework.administers() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(current_setting('app.purpose', true), '') = 'administration' and exists (
    select from casework.member as m
    where m.organisation_id = casework.current_organisation()
      and m.id = nullif(current_setting('app.member_id', true), '')::uuid
      and m.ended_at is null and 'administrator' = any (m.roles))
$$;

-- Refuses to act for any organisation but the transaction's own.
create or replace function casework.require_organisation(organisation integer) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if organisation is distinct from casework.current_organisation() then
    raise exception 'This transaction does not act for that organisation' using errcode = '42501';
  end if;
end $$;

-- An id for a new person that sorts by time (UUID version 7): of people found to be one, the eldest id survives, so
-- that somebody new does not move what is known of somebody old.
create or replace function identity.new_person() returns uuid
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select encode(
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
      || set_byte(random, 0, get_byte(random, 0) | 48),
    'hex')::uuid
  from (select substring(uuid_send(gen_random_uuid()) from 7) as random) as version_4
$$;

-- Gives each new client a person of its own. Linking comes later, as a job.
create or replace function identity.start_people(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id)
  select organisation, fresh.client_id, fresh.person_id, fresh.person_id
  from (select client_id, identity.new_person() as person_id
        from unnest(clients) as c (client_id)) as fresh
  on conflict do nothing;
end $$;

-- Marks the people of these clients for recounting, in the caller's transaction. The rows are held until it ends:
-- otherwise a link made meanwhile could move a client to a person who was recounted without this change. Whoever knows
-- that nothing is otherwise before some day says so: earlier financial years are not read again.
drop function if exists statistics.mark_changed(integer, uuid[]);
create or replace function statistics.mark_changed(organisation integer, clients uuid[], first_changed date default null)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  with held as (
    select person_id
    from identity.client_person
    where organisation_id = organisation and client_id = any (clients)
    order by client_id
    for share
  )
  insert into statistics.changed_person (person_id, since) select distinct person_id, first_changed from held;
end $$;

-- People who are in no figure: one of their clients objected to being counted, at whichever organisation. A person is
-- counted once for all their clients, so they are left out with all of them. An objection holds from the moment it is made.
create or replace function identity.uncounted_people() returns table (person_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.person_id
  from governance.objection as o
  join identity.client_person as p on p.organisation_id = o.organisation_id and p.client_id = o.client_id
  where o.state in ('stands', 'upheld') and o.against in ('counting', 'both')
$$;

-- The clients of the caller's organisation who are in no number of its own: those who objected to being counted there,
-- with what its own records make the same person. What they said elsewhere is not told.
create or replace function governance.uncounted_clients(organisation integer) returns table (client_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  with objecting as (
    select distinct coalesce(p.own_client_id, p.client_id) as first_client_id
    from governance.objection as o
    join identity.client_person as p on p.organisation_id = o.organisation_id and p.client_id = o.client_id
    where o.organisation_id = organisation and o.state in ('stands', 'upheld') and o.against in ('counting', 'both')
  )
  select p.client_id from identity.client_person as p
  join objecting as f on f.first_client_id in (p.client_id, p.own_client_id)
  where p.organisation_id = organisation;
end $$;

-- Whose page a code opens, together with their date of birth: one answer for a code that never was, has ended or was
-- taken back, and for another date. Both are given as keyed fingerprints, one for each key of the ring. A code that came
-- with ten wrong dates is revoked: there are fewer dates than somebody could try in its two weeks.
create or replace function governance.client_of_code(code_hashes bytea[], birth_indexes bytea[])
returns table (organisation_id integer, client_id uuid, expires_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  held governance.resident_code%rowtype;
begin
  select * into held from governance.resident_code as c
  where c.code_hash = any (code_hashes) and c.revoked_at is null and c.expires_at > now()
  for update;
  if not found then
    return;
  end if;
  if not exists (
    select from identity.client_identity as i
    where i.organisation_id = held.organisation_id and i.client_id = held.client_id
      and i.date_of_birth_index = any (birth_indexes)
  ) then
    update governance.resident_code as c
    set wrong_dates = c.wrong_dates + 1, revoked_at = case when c.wrong_dates + 1 >= 10 then now() end
    where c.organisation_id = held.organisation_id and c.id = held.id;
    return;
  end if;
  update governance.resident_code as c set wrong_dates = 0, used_at = now()
  where c.organisation_id = held.organisation_id and c.id = held.id;
  return query select held.organisation_id, held.client_id, held.expires_at;
end $$;

-- The clients behind people, for the engine's recount; none behind those who are in no figure.
create or replace function identity.clients_of(people uuid[])
returns table (person_id uuid, organisation_id integer, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.person_id, c.organisation_id, c.client_id
  from identity.client_person as c
  where c.person_id = any (people) and c.person_id not in (select person_id from identity.uncounted_people())
$$;

-- The contacts between two days and whose they are: who the organisations' own people are, as a period settles.
drop function if exists identity.people_seen(date, date);
create or replace function identity.contacts_seen(first_day date, last_day date)
returns table (
  person_id uuid, organisation_id integer, contact_id uuid, occurred_on date, received_no bigint, release_sector integer
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.person_id, k.organisation_id, k.id, k.occurred_on, k.received_no, k.release_sector
  from casework.contact as k
  join identity.client_person as c on c.organisation_id = k.organisation_id and c.client_id = k.client_id
  where k.occurred_on between first_day and last_day and k.voided_at is null
    and c.person_id not in (select person_id from identity.uncounted_people())
$$;

-- The persons behind people of one organisation's own, each named by the first of their clients there. Where two of them
-- are one person by what others know, one alone is that person here: so a total of the organisation's own goes on
-- counting them as its records do, and does not tell whom others know.
create or replace function identity.own_persons(organisation integer, clients uuid[])
returns table (client_id uuid, person_id uuid, is_first boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform casework.require_organisation(organisation);
  return query
  select p.client_id, p.person_id,
         not exists (
           select from identity.client_person as o
           where o.person_id = p.person_id and o.organisation_id = organisation
             and coalesce(o.own_client_id, o.client_id) < p.client_id)
  from identity.client_person as p
  where p.organisation_id = organisation and p.client_id = any (clients);
end $$;

-- Makes the two tables that hold who reported a settling period until the caller's transaction ends. The owner makes
-- them and lets the caller write rows, because a login that could make temporary objects of its own could put a type
-- in the way of the functions here.
create or replace function statistics.make_reported() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  create temporary table reported_person (person_id uuid primary key, person_key bigint not null) on commit drop;
  create temporary table reported (
    period smallint, reporter integer, person_key bigint, need_number smallint, release_sector integer
  ) on commit drop;
  execute format('grant select, insert on pg_temp.reported_person, pg_temp.reported to %I', session_user);
end $$;

-- Lets the planner know what those tables hold: only their owner may ask for it.
create or replace function statistics.analyze_reported() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  analyze pg_temp.reported_person, pg_temp.reported;
end $$;

-- Everybody, in order, for a full recount: people after the one given.
create or replace function identity.people_after(person uuid, most integer)
returns table (person_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct c.person_id
  from identity.client_person as c
  where person is null or c.person_id > person
  order by 1
  limit most
$$;

-- Removes clients and all that is held of them, for good: their ids are kept so that nothing sent again under
-- them comes back. Their people are marked first, so that counts follow; the linker looks again at whoever was one
-- person only through an erased client.
create or replace function casework.erase_clients(organisation integer, clients uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  people uuid[];
  own uuid[];
  told uuid[];
begin
  perform casework.require_organisation(organisation);
  -- Whoever is writing to one of them finishes first, in the order in which writers hold these: what they add then
  -- goes as well.
  perform 1 from identity.client_identity
  where organisation_id = organisation and client_id = any (clients) order by client_id for update;
  perform 1 from casework.client
  where organisation_id = organisation and id = any (clients) order by id for update;
  with held as (
    select person_id from identity.client_person
    where organisation_id = organisation and client_id = any (clients)
    order by client_id
    for update
  )
  select array_agg(distinct person_id) into people from held;
  -- The linker looks again also at whom this organisation's own records make one with them: by client, for whose person
  -- they are may change before it comes to it.
  select array_agg(client_id order by client_id) into own
  from identity.own_partners(organisation, clients) as partner
  where partner.client_id <> all (clients);
  perform statistics.mark_changed(organisation, clients);
  perform governance.erase_beside(organisation, clients);

  insert into casework.erased (organisation_id, id)
  select organisation, c.id from casework.contact as c
  where c.organisation_id = organisation and c.client_id = any (clients)
  union
  select organisation, id from unnest(clients) as gone (id)
  on conflict do nothing;

  delete from casework.instrument_score where organisation_id = organisation and client_id = any (clients);
  delete from casework.action where organisation_id = organisation and client_id = any (clients);
  delete from casework.reassigned_client where organisation_id = organisation and client_id = any (clients);
  delete from casework.closing where organisation_id = organisation and client_id = any (clients);
  delete from casework.consent where organisation_id = organisation and client_id = any (clients);
  delete from governance.resident_code where organisation_id = organisation and client_id = any (clients);
  select array_agg(s.id) into told from casework.story as s
  where s.organisation_id = organisation and s.client_id = any (clients);
  delete from casework.story_consent as k using casework.story as s
  where s.organisation_id = organisation and s.client_id = any (clients)
    and k.organisation_id = organisation and k.story_id = s.id;
  delete from casework.story where organisation_id = organisation and client_id = any (clients);
  perform casework.erase_told(organisation, told);
  delete from identity.profile_conflict where organisation_id = organisation and client_id = any (clients);
  delete from identity.profile_edit where organisation_id = organisation and client_id = any (clients);
  delete from casework.referral_receipt as k using casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients)
    and k.from_organisation_id = organisation and k.referral_id = r.id;
  delete from casework.referral_link as l using casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients)
    and l.organisation_id = organisation and l.referral_id = r.id;
  delete from casework.referral_event as e using casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients)
    and e.organisation_id = organisation and e.referral_id = r.id;
  delete from casework.referral_issue as i using casework.referral as r
  where r.organisation_id = organisation and r.client_id = any (clients)
    and i.organisation_id = organisation and i.referral_id = r.id;
  delete from casework.referral where organisation_id = organisation and client_id = any (clients);
  update casework.referral_receipt set client_id = null, erased_at = now()
  where organisation_id = organisation and client_id = any (clients);
  delete from casework.issue_entry as e
  using casework.contact as c
  where c.organisation_id = organisation and c.client_id = any (clients)
    and e.organisation_id = organisation and e.contact_id = c.id;
  delete from casework.issue where organisation_id = organisation and client_id = any (clients);
  delete from casework.contact where organisation_id = organisation and client_id = any (clients);
  perform identity.forget_links(organisation, clients);
  delete from identity.trait where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_place where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_token where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_identifier where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_identity where organisation_id = organisation and client_id = any (clients);
  delete from identity.client_person where organisation_id = organisation and client_id = any (clients);
  delete from casework.early_help_answer where organisation_id = organisation and client_id = any (clients);
  delete from governance.look_answer where organisation_id = organisation and client_id = any (clients);
  delete from governance.look where organisation_id = organisation and client_id = any (clients);
  delete from casework.client where organisation_id = organisation and id = any (clients);

  -- Always, and without looking whether anybody is left: how long erasing takes must not tell who is known elsewhere.
  perform jobs.add('people.link', jsonb_build_object(
    'people', coalesce(people, '{}'), 'organisationId', organisation, 'clientIds', coalesce(own, '{}')));
end $$;

-- One day of "Run a week": moves the clock of a demo on by a day, once the contacts of the day it is have arrived.
-- False when that day has been left already, or when this is no demo.
create or replace function reference.end_demo_day(day date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update reference.demo_world set arrived_until = day + 1
  where arrived_until = day and (select demo from reference.installation);
  if not found then
    return false;
  end if;
  update reference.installation set clock_offset_ms = clock_offset_ms + 86400000;
  return true;
end $$;

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

-- Storage that the schema builder cannot say.

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

-- Referrals. A referral belongs to whoever sent it; whoever it went to reads and answers it through these, on the
-- platform as the organisation it is addressed to, outside by the hash of a link that holds.

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
