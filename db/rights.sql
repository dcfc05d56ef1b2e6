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
