-- Agreements are written here and nowhere else. Each function looks for itself who is at work and whether the step is
-- theirs; what the rows say is made from the terms in this file, so the rows cannot say other than what was signed.

-- The instant that it is for this installation.
create or replace function governance.instant() returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select clock_timestamp() + clock_offset_ms * interval '1 millisecond' from reference.installation
$$;

-- Whether the transaction's member is at work in one of these roles.
create or replace function governance.acts_as(wanted text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from casework.member as m
    where m.organisation_id = casework.current_organisation()
      and m.id = nullif(current_setting('app.member_id', true), '')::uuid
      and m.ended_at is null and m.roles::text[] && wanted)
$$;

-- Writes the rows of a version from its terms, in place of those that were there. It refuses terms that no agreement
-- can have, whoever sent them: the same rules as `termsSchema`.
create or replace function governance.compile_terms(agreement uuid, named smallint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  written jsonb := (select a.terms from governance.agreement as a where a.id = agreement and a.version = named);
begin
  delete from governance.agreement_cell as c where c.agreement_id = agreement and c.version = named;
  delete from governance.agreement_party as p where p.agreement_id = agreement and p.version = named;
  insert into governance.agreement_party (agreement_id, version, organisation_id, gives, receives)
  select agreement, named, (p ->> 'organisationId')::integer, (p ->> 'gives')::boolean, (p ->> 'receives')::boolean
  from jsonb_array_elements(written -> 'parties') as p;
  insert into governance.agreement_cell (agreement_id, version, place, detail, member_group, rests)
  select distinct agreement, named, c ->> 'place', c ->> 'detail', c ->> 'group', c ->> 'rests'
  from jsonb_array_elements(written -> 'cells') as c;
  update governance.agreement as a set
    starts_on = (written ->> 'startsOn')::date, review_on = (written ->> 'reviewOn')::date,
    ends_on = (written ->> 'endsOn')::date, notice_days = (written ->> 'noticeDays')::smallint,
    purposes = array(select jsonb_array_elements_text(written -> 'purposes')),
    need_numbers = governance.needs_covered(array(select jsonb_array_elements_text(written -> 'needs')))
  where a.id = agreement and a.version = named;
  if not exists (
    select from governance.agreement as a
    where a.id = agreement and a.version = named
      and a.starts_on <= a.ends_on and a.review_on between a.starts_on and a.ends_on
      and a.notice_days between 0 and 90 and cardinality(a.purposes) > 0
      and a.purposes <@ array['direct-support', 'early-help', 'homelessness-prevention', 'safeguarding', 'service-planning']
      and exists (
        select from governance.agreement_party as p where p.agreement_id = agreement and p.version = named and p.gives)
      and exists (
        select from governance.agreement_party as p where p.agreement_id = agreement and p.version = named and p.receives)
      and exists (
        select from governance.agreement_party as p
        where p.agreement_id = agreement and p.version = named and p.organisation_id = a.organisation_id)
      and 1 < (
        select count(*) from governance.agreement_party as p where p.agreement_id = agreement and p.version = named)
      and exists (select from governance.agreement_cell as c where c.agreement_id = agreement and c.version = named)
      and not exists (
        select from governance.agreement_cell as c
        where c.agreement_id = agreement and c.version = named and (
          c.place not in ('authority', 'ward', 'sector', 'postcode', 'street', 'household', 'person')
          or governance.detail_rank(c.detail) is null
          or governance.detail_rank(c.detail) > governance.most_detail(c.member_group, c.place)
          or c.rests not in ('consent', 'basis', 'duty')
          or (c.rests = 'duty' and not 'safeguarding' = any (a.purposes))))
  ) then
    raise exception 'No agreement can have these terms' using errcode = 'check_violation';
  end if;
end
$$;

-- Keeps a draft of the transaction's organisation: the first version of an agreement, the draft as it is now in place of
-- what it was, or the version after the last. saved, moved-on (it is not a draft any more), not-found.
create or replace function governance.put_draft(agreement uuid, named smallint, terms jsonb) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  own integer := casework.current_organisation();
  latest governance.agreement%rowtype;
begin
  if not governance.acts_as('{officer,manager}') then
    return 'not-found';
  end if;
  select * into latest from governance.agreement as a where a.id = agreement order by a.version desc limit 1 for update;
  if latest.id is not null and latest.organisation_id <> own then
    return 'not-found';
  end if;
  if latest.version = named and latest.state = 'draft' then
    update governance.agreement as a set terms = put_draft.terms, changed_at = governance.instant()
    where a.id = agreement and a.version = named;
  elsif named = coalesce(latest.version, 0) + 1 and coalesce(latest.state, '') not in ('draft', 'proposed') then
    insert into governance.agreement (
      id, version, organisation_id, terms, starts_on, review_on, ends_on, notice_days, purposes, need_numbers,
      made_by, made_at, changed_at)
    values (
      agreement, named, own, terms, governance.today(), governance.today(), governance.today(), 0, '{}', '{}',
      current_setting('app.member_id')::uuid, governance.instant(), governance.instant())
    on conflict do nothing;
    if not found then
      return 'moved-on';
    end if;
  else
    return 'moved-on';
  end if;
  perform governance.compile_terms(agreement, named);
  return 'saved';
end
$$;

-- Puts a draft to its parties: from now on it does not change, and has the hash that they sign. proposed, moved-on or
-- not-found.
create or replace function governance.propose_agreement(agreement uuid, named smallint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held governance.agreement%rowtype;
begin
  select * into held from governance.agreement as a
  where a.id = agreement and a.version = named and a.organisation_id = casework.current_organisation()
  for update;
  if not found or not governance.acts_as('{officer,manager}') then
    return 'not-found';
  end if;
  if held.state <> 'draft' then
    return 'moved-on';
  end if;
  perform governance.compile_terms(agreement, named);
  update governance.agreement as a set
    state = 'proposed', proposed_at = governance.instant(), changed_at = governance.instant(),
    terms_hash = sha256(convert_to(governance.canonical(a.terms), 'UTF8'))
  where a.id = agreement and a.version = named;
  return 'proposed';
end
$$;

-- The signature of an officer for the transaction's organisation, under the hash of exactly what they read. With the last
-- one it is signed, and the versions before end: at once, or on the day before this one starts. signed, complete, already,
-- other-terms, moved-on or not-found.
create or replace function governance.sign_agreement(agreement uuid, named smallint, read_hash bytea) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  own integer := casework.current_organisation();
  held governance.agreement%rowtype;
begin
  select * into held from governance.agreement as a where a.id = agreement and a.version = named for update;
  if not found or not governance.acts_as('{officer}') or not governance.is_party(agreement, named) then
    return 'not-found';
  end if;
  if exists (
    select from governance.agreement_party as p
    where p.agreement_id = agreement and p.version = named and p.organisation_id = own and p.signed_hash is not null
  ) then
    return 'already';
  end if;
  if held.state <> 'proposed' or held.ends_on < governance.today() then
    return 'moved-on';
  end if;
  if read_hash is distinct from held.terms_hash
    or held.terms_hash <> sha256(convert_to(governance.canonical(held.terms), 'UTF8')) then
    return 'other-terms';
  end if;
  update governance.agreement_party as p set
    signed_by = current_setting('app.member_id')::uuid, signed_at = governance.instant(), signed_hash = read_hash
  where p.agreement_id = agreement and p.version = named and p.organisation_id = own;
  update governance.agreement as a set changed_at = governance.instant() where a.id = agreement and a.version = named;
  if exists (
    select from governance.agreement_party as p
    where p.agreement_id = agreement and p.version = named and p.signed_hash is distinct from held.terms_hash
  ) then
    return 'signed';
  end if;
  update governance.agreement as a set
    state = 'superseded', changed_at = governance.instant(),
    last_day = case when held.starts_on > governance.today() then least(held.starts_on - 1, a.last_day) end
  where a.id = agreement and a.version < named and a.state in ('signed', 'withdrawn', 'superseded')
    and a.proposed_at is not null and (a.state = 'signed' or governance.today() <= a.last_day);
  update governance.agreement as a set state = 'signed' where a.id = agreement and a.version = named;
  return 'complete';
end
$$;

-- Ends a version. Who made a draft or a proposal takes it back; an officer of any party declines a proposal, or gives
-- notice of what is signed: sharing goes on for the days of notice, counting today, and with none it ends now. So does a
-- version that runs until the next one starts; and who ends a version ends those before it that they are in and that
-- still run, each by its own notice. withdrawn, moved-on or not-found.
create or replace function governance.withdraw_agreement(agreement uuid, named smallint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  own integer := casework.current_organisation();
  held governance.agreement%rowtype;
begin
  select * into held from governance.agreement as a where a.id = agreement and a.version = named for update;
  if not found or not governance.is_party(agreement, named) then
    return 'not-found';
  end if;
  if not governance.acts_as('{officer}') and not (
    held.state in ('draft', 'proposed') and held.organisation_id = own and governance.acts_as('{manager}')
  ) then
    return 'not-found';
  end if;
  if held.state = 'draft' and held.organisation_id <> own then
    return 'not-found';
  end if;
  if held.state not in ('draft', 'proposed', 'signed')
    and (held.state <> 'superseded' or coalesce(held.last_day < governance.today(), true)) then
    return 'moved-on';
  end if;
  update governance.agreement as a set
    state = 'withdrawn', withdrawn_by = current_setting('app.member_id')::uuid, withdrawn_organisation_id = own,
    withdrawn_at = governance.instant(), changed_at = governance.instant(),
    last_day = case when a.state in ('signed', 'superseded')
      then least(a.last_day, governance.today() + a.notice_days - 1, a.ends_on) end
  where a.id = agreement and (a.version = named or (
    held.state in ('signed', 'superseded') and a.version < named and a.state = 'superseded'
    and governance.today() <= a.last_day and governance.is_party(a.id, a.version)));
  return 'withdrawn';
end
$$;

-- Adds what somebody of a party says of a version that is not signed yet. said, moved-on or not-found. Sent again under
-- one id it is there once.
create or replace function governance.comment_on_agreement(agreement uuid, named smallint, comment uuid, words text)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not governance.is_party(agreement, named) or not governance.acts_as('{officer,manager}') then
    return 'not-found';
  end if;
  if not exists (
    select from governance.agreement as a
    where a.id = agreement and a.version = named and a.state in ('draft', 'proposed')
  ) then
    return 'moved-on';
  end if;
  insert into governance.agreement_comment (agreement_id, version, id, organisation_id, member_id, words, said_at)
  values (agreement, named, comment, casework.current_organisation(), current_setting('app.member_id')::uuid,
          left(words, 2000), governance.instant())
  on conflict do nothing;
  return 'said';
end
$$;

-- The organisations of the versions that the transaction's organisation is in, and who signed for each.
create or replace function governance.agreement_parties()
returns table (
  agreement_id uuid, version smallint, organisation_id integer, organisation_name text, gives boolean, receives boolean,
  signed_at timestamptz, signer_name text, signed_hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.agreement_id, p.version, p.organisation_id, o.name, p.gives, p.receives, p.signed_at, c.name, p.signed_hash
  from governance.agreement_party as p
  join casework.organisation as o on o.id = p.organisation_id
  left join casework.member as m on m.organisation_id = p.organisation_id and m.id = p.signed_by
  left join casework.account as c on c.id = m.account_id
  where governance.is_party(p.agreement_id, p.version)
  order by p.agreement_id, p.version, o.name
$$;

-- What was said of the versions that the transaction's organisation is in, and by whom.
create or replace function governance.agreement_comments(agreement uuid)
returns table (
  version smallint, id uuid, organisation_name text, member_name text, words text, said_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.version, s.id, o.name, c.name, s.words, s.said_at
  from governance.agreement_comment as s
  join casework.organisation as o on o.id = s.organisation_id
  join casework.member as m on m.organisation_id = s.organisation_id and m.id = s.member_id
  join casework.account as c on c.id = m.account_id
  where s.agreement_id = agreement and governance.is_party(s.agreement_id, s.version)
  order by s.said_at, s.id
$$;
