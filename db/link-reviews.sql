-- The review of links. Stewards reach pairs, and the linker opens them, through these functions alone; each that
-- answers a person checks the role of the transaction's member itself. What the sealed comparison shows was masked
-- when it was made, and no client id leaves here. See docs/reviewing-links.md.

-- The account of the transaction's member, when that member holds one of these roles now; refuses everybody else.
create or replace function identity.require_role(roles text[]) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid;
begin
  select m.account_id into account
  from casework.member as m
  where m.organisation_id = casework.current_organisation()
    and m.id = nullif(current_setting('app.member_id', true), '')::uuid
    and m.ended_at is null and m.roles && require_role.roles;
  if account is null then
    raise exception 'This transaction does not act for a link steward' using errcode = '42501';
  end if;
  return account;
end $$;

-- The organisations whose clients an account sees at work now: behind the mask it would recognise its own, and learn
-- where else somebody is known, so pairs of these are withheld. The roles are those of "client.read"
-- (server/domain/access.ts).
create or replace function identity.client_organisations_of(account uuid) returns integer[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(m.organisation_id), '{}')
  from casework.member as m
  where m.account_id = account and m.ended_at is null and m.roles && array['caseworker', 'manager']
$$;

-- For the linker: what is known of these pairs, lower client first: the open review, else the one closed last, and
-- what a person has decided. Pairs of which nothing is known are left out.
create or replace function identity.link_reviews_of(
  organisations_a integer[], clients_a uuid[], organisations_b integer[], clients_b uuid[]
) returns table (
  number integer, id uuid, reason text, model text, probability double precision, comparison bytea, outcome text,
  is_open boolean, decided text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.number::integer, r.id, r.reason, r.model, r.probability, r.comparison, r.outcome,
         r.id is not null and r.closed_at is null, d.says
  from unnest(organisations_a, clients_a, organisations_b, clients_b)
    with ordinality as p (organisation_a, client_a, organisation_b, client_b, number)
  left join lateral (
    select v.* from identity.link_review as v
    where v.organisation_id_a = p.organisation_a and v.client_id_a = p.client_a
      and v.organisation_id_b = p.organisation_b and v.client_id_b = p.client_b
    order by v.closed_at desc nulls first limit 1
  ) as r on true
  left join lateral (
    select a.says from identity.link_assertion as a
    where a.organisation_id_a = p.organisation_a and a.client_id_a = p.client_a
      and a.organisation_id_b = p.organisation_b and a.client_id_b = p.client_b and a.model = 'decision'
    order by a.id desc limit 1
  ) as d on true
  where r.id is not null or d.says is not null
$$;

-- For the linker: pairs of these clients that have an open review which it does not close (settle_link_reviews): it brings
-- them up to date though it does not find them again.
create or replace function identity.link_reviews_left_open(organisations integer[], clients uuid[])
returns table (organisation_id_a integer, client_id_a uuid, organisation_id_b integer, client_id_b uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.organisation_id_a, r.client_id_a, r.organisation_id_b, r.client_id_b
  from unnest(organisations, clients) as c (organisation_id, client_id)
  join identity.link_review as r on r.organisation_id_a = c.organisation_id and r.client_id_a = c.client_id
  where r.closed_at is null and r.reason not in ('likely', 'vetoed')
  union
  select r.organisation_id_a, r.client_id_a, r.organisation_id_b, r.client_id_b
  from unnest(organisations, clients) as c (organisation_id, client_id)
  join identity.link_review as r on r.organisation_id_b = c.organisation_id and r.client_id_b = c.client_id
  where r.closed_at is null and r.reason not in ('likely', 'vetoed')
$$;

-- For the linker: opens reviews, and puts newer comparisons into open ones. Under an id that is open already the
-- comparison is replaced; when the records changed, words on the old evidence no longer count. A pair that has an
-- open review under another id is left alone, and so is one that was closed meanwhile. Gives the number written.
create or replace function identity.put_link_reviews(
  ids uuid[], organisations_a integer[], clients_a uuid[], organisations_b integer[], clients_b uuid[],
  reasons text[], repeats uuid[], probabilities double precision[], weights double precision[], models text[],
  same_need smallint[], different_need smallint[], most smallint[], comparisons bytea[], changed boolean[]
) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  refreshed integer;
  opened integer;
begin
  update identity.link_review as r
  set probability = p.probability, weight = p.weight, model = p.model, same_needs = p.same_needs,
      different_needs = p.different_needs, most_clients = p.most_clients, comparison = p.comparison,
      evidence_no = r.evidence_no + p.changed::integer::smallint
  from unnest(ids, probabilities, weights, models, same_need, different_need, most, comparisons, changed)
    as p (id, probability, weight, model, same_needs, different_needs, most_clients, comparison, changed)
  where r.id = p.id and r.closed_at is null;
  get diagnostics refreshed = row_count;
  insert into identity.link_review
    (id, organisation_id_a, client_id_a, organisation_id_b, client_id_b, reason, repeat_of, probability, weight, model,
     same_needs, different_needs, most_clients, comparison)
  select p.*
  from unnest(ids, organisations_a, clients_a, organisations_b, clients_b, reasons, repeats, probabilities, weights,
              models, same_need, different_need, most, comparisons)
    as p (id, organisation_a, client_a, organisation_b, client_b, reason, repeat_of, probability, weight, model,
          same_needs, different_needs, most_clients, comparison)
  join casework.client as a on a.organisation_id = p.organisation_a and a.id = p.client_a and not a.anonymous
  join casework.client as b on b.organisation_id = p.organisation_b and b.id = p.client_b and not b.anonymous
  where (p.organisation_a, p.client_a) < (p.organisation_b, p.client_b)
    and not exists (select from identity.link_review as r where r.id = p.id)
  on conflict do nothing;
  get diagnostics opened = row_count;
  return refreshed + opened;
end $$;

-- For the linker: closes what other evidence has answered: open reviews of these clients that the linker did not find
-- again. What is drawn for checking stays, and so does what a person asked for. Gives the number closed.
create or replace function identity.settle_link_reviews(organisations integer[], clients uuid[], still uuid[])
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  closed integer;
begin
  update identity.link_review as r
  set closed_at = now(), outcome = 'settled'
  from (
    select v.id
    from unnest(organisations, clients) as c (organisation_id, client_id)
    join identity.link_review as v on v.organisation_id_a = c.organisation_id and v.client_id_a = c.client_id
    union
    select v.id
    from unnest(organisations, clients) as c (organisation_id, client_id)
    join identity.link_review as v on v.organisation_id_b = c.organisation_id and v.client_id_b = c.client_id
  ) as touched
  where r.id = touched.id and r.closed_at is null and r.reason in ('likely', 'vetoed') and r.id <> all (still);
  get diagnostics closed = row_count;
  return closed;
end $$;

-- For the linker: links that the software made and that stand, not checked so far, at random: as many as this week's
-- sample still lacks. A link stands while both clients are one person and nobody has decided about the pair.
create or replace function identity.link_sample(week_begins timestamptz, most integer)
returns table (organisation_id_a integer, client_id_a uuid, organisation_id_b integer, client_id_b uuid)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with latest as (
    select distinct on (a.organisation_id_a, a.client_id_a, a.organisation_id_b, a.client_id_b)
           a.organisation_id_a, a.client_id_a, a.organisation_id_b, a.client_id_b, a.says
    from identity.link_assertion as a
    where a.model <> 'decision'
    order by a.organisation_id_a, a.client_id_a, a.organisation_id_b, a.client_id_b, a.id desc
  )
  select l.organisation_id_a, l.client_id_a, l.organisation_id_b, l.client_id_b
  from latest as l
  join identity.client_person as pa on pa.organisation_id = l.organisation_id_a and pa.client_id = l.client_id_a
  join identity.client_person as pb on pb.organisation_id = l.organisation_id_b and pb.client_id = l.client_id_b
  where l.says = 'same' and pa.person_id = pb.person_id
    and not exists (
      select from identity.link_assertion as d
      where d.organisation_id_a = l.organisation_id_a and d.client_id_a = l.client_id_a
        and d.organisation_id_b = l.organisation_id_b and d.client_id_b = l.client_id_b and d.model = 'decision')
    and not exists (
      select from identity.link_review as r
      where r.organisation_id_a = l.organisation_id_a and r.client_id_a = l.client_id_a
        and r.organisation_id_b = l.organisation_id_b and r.client_id_b = l.client_id_b
        and (r.reason = 'sample' or r.closed_at is null))
  order by random()
  limit greatest(0, most - (
    select count(*)::integer from identity.link_review where reason = 'sample' and opened_at >= week_begins))
$$;

-- For the linker: reviews that stewards decided before `closed_before` and that were never repeated, at random: as many as
-- this week still lacks.
create or replace function identity.link_repeats(week_begins timestamptz, closed_before timestamptz, most integer)
returns table (
  id uuid, organisation_id_a integer, client_id_a uuid, organisation_id_b integer, client_id_b uuid,
  comparison bytea, outcome text
)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select r.id, r.organisation_id_a, r.client_id_a, r.organisation_id_b, r.client_id_b, r.comparison, r.outcome
  from identity.link_review as r
  where r.closed_at < closed_before and r.outcome in ('same', 'different') and r.reason <> 'repeat'
    and not exists (
      select from identity.link_review as o
      where o.repeat_of = r.id
         or (o.closed_at is null and o.organisation_id_a = r.organisation_id_a and o.client_id_a = r.client_id_a
             and o.organisation_id_b = r.organisation_id_b and o.client_id_b = r.client_id_b))
  order by random()
  limit greatest(0, most - (
    select count(*)::integer from identity.link_review where reason = 'repeat' and opened_at >= week_begins))
$$;

-- For a steward: what waits for them, and how much that is. Not what they have spoken on already, and no pair of an
-- organisation whose clients they see.
create or replace function identity.link_queue(most integer)
returns table (
  id uuid, organisation_id integer, probability double precision, comparison bytea, opened_at timestamptz,
  waiting integer
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  steward uuid := identity.require_role(array['steward']);
  withheld integer[] := identity.client_organisations_of(steward);
begin
  return query
    select r.id, r.organisation_id_a, r.probability, r.comparison, r.opened_at, (count(*) over ())::integer
    from identity.link_review as r
    where r.closed_at is null
      and r.organisation_id_a <> all (withheld) and r.organisation_id_b <> all (withheld)
      and not exists (
        select from identity.link_opinion as o
        where o.review_id = r.id and o.evidence_no = r.evidence_no and o.account_id = steward
          and o.taken_back_at is null)
    -- Those of a day in no order that tells why they were opened: checks are drawn together.
    order by date_trunc('day', r.opened_at), md5(r.id::text)
    limit most;
end $$;

-- For a steward: one pair: while it is open, or when they have spoken on it. Never what another steward said.
create or replace function identity.link_review_of(review uuid)
returns table (
  id uuid, organisation_id integer, organisation_a text, organisation_b text, probability double precision,
  weight double precision, comparison bytea, evidence_no smallint, opened_at timestamptz, own text, own_at timestamptz,
  outcome text, is_open boolean
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  steward uuid := identity.require_role(array['steward']);
  withheld integer[] := identity.client_organisations_of(steward);
begin
  return query
    select r.id, r.organisation_id_a, a.name, b.name, r.probability, r.weight, r.comparison, r.evidence_no,
           r.opened_at, o.says, o.at, case when o.says is null then null else r.outcome end, r.closed_at is null
    from identity.link_review as r
    join casework.organisation as a on a.id = r.organisation_id_a
    join casework.organisation as b on b.id = r.organisation_id_b
    left join identity.link_opinion as o
      on o.review_id = r.id and o.evidence_no = r.evidence_no and o.account_id = steward and o.taken_back_at is null
    where r.id = review and (r.closed_at is null or o.says is not null)
      and r.organisation_id_a <> all (withheld) and r.organisation_id_b <> all (withheld);
end $$;

-- Whether joining the people of this pair reaches far: it would make a person of more clients than the review lets one
-- steward make, or join two people who each stand behind several clients already.
create or replace function identity.link_reaches_far(review identity.link_review) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.person_id <> b.person_id and (a.clients + b.clients > review.most_clients or least(a.clients, b.clients) > 1)
  from (
    select p.person_id, (select count(*) from identity.client_person as o where o.person_id = p.person_id) as clients
    from identity.client_person as p
    where p.organisation_id = review.organisation_id_a and p.client_id = review.client_id_a
  ) as a, (
    select p.person_id, (select count(*) from identity.client_person as o where o.person_id = p.person_id) as clients
    from identity.client_person as p
    where p.organisation_id = review.organisation_id_b and p.client_id = review.client_id_b
  ) as b
$$;

-- What the words on a review come to: same, different, cannot-tell, or null while more are needed. A word that goes
-- against the evidence or reaches far needs a second; once two stewards disagree, whichever two agree first.
create or replace function identity.link_outcome(review identity.link_review) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  same integer;
  different integer;
  unsure integer;
  needed integer;
begin
  select count(*) filter (where o.says = 'same'), count(*) filter (where o.says = 'different'),
         count(*) filter (where o.says = 'cannot-tell')
  into same, different, unsure
  from identity.link_opinion as o
  where o.review_id = review.id and o.evidence_no = review.evidence_no and o.taken_back_at is null;

  needed := review.same_needs;
  if different > 0 or (same > 0 and identity.link_reaches_far(review)) then needed := 2; end if;
  if same > different and same >= needed then return 'same'; end if;

  needed := review.different_needs;
  if same > 0 then needed := 2; end if;
  if different > same and different >= needed then return 'different'; end if;

  if same = 0 and different = 0 and unsure >= 2 then return 'cannot-tell'; end if;
  return null;
end $$;

-- Writes a decision of stewards into the register of links and asks for both clients to be linked again, so that
-- counts follow.
create or replace function identity.assert_decision(review identity.link_review, says text, account uuid, because text)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.assert_links(
    array[review.organisation_id_a], array[review.client_id_a],
    array[review.organisation_id_b], array[review.client_id_b], array[says],
    array[jsonb_build_object('review', review.id, 'because', because, 'weight', review.weight, 'weighedBy', review.model)],
    'decision', account::text);
  perform jobs.add('people.link', jsonb_build_object(
    'organisationId', review.organisation_id_a, 'clientIds', jsonb_build_array(review.client_id_a)));
  perform jobs.add('people.link', jsonb_build_object(
    'organisationId', review.organisation_id_b, 'clientIds', jsonb_build_array(review.client_id_b)));
end $$;

-- Whether somebody of the two people of this pair waits to be linked, because their details or what was said of them
-- changed: then what "same" would part may be out of date.
create or replace function identity.link_is_awaited(review identity.link_review) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from identity.client_person as p
    join identity.client_person as o using (person_id)
    join identity.client_identity as i on i.organisation_id = o.organisation_id and i.client_id = o.client_id
    left join identity.linking_state as s on s.organisation_id = o.organisation_id and s.client_id = o.client_id
    where ((p.organisation_id = review.organisation_id_a and p.client_id = review.client_id_a)
        or (p.organisation_id = review.organisation_id_b and p.client_id = review.client_id_b))
      and s.identity_version is distinct from i.version)
$$;

-- For a steward: says same, different or cannot-tell of a pair, on the evidence that they saw. Two at once are taken
-- one after the other. Gives what came of it: same, different or cannot-tell when that is decided now; waiting when
-- another steward must agree; and without writing anything settled when it was decided meanwhile, changed when the
-- records were, or what "same" would part; busy when either is being worked out at the moment; not-found.
create or replace function identity.give_link_opinion(review uuid, seen smallint, says text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  steward uuid := identity.require_role(array['steward']);
  withheld integer[] := identity.client_organisations_of(steward);
  patience text := current_setting('lock_timeout');
  held identity.link_review;
  decided text;
  stands text;
begin
  if says not in ('same', 'different', 'cannot-tell') then
    raise exception 'A steward says same, different or cannot-tell' using errcode = '22023';
  end if;
  if says = 'same' then
    begin
      -- LOCKS.linking (db/locks.ts): what the steward saw is what it would part until this transaction ends.
      perform set_config('lock_timeout', '3s', true);
      perform pg_advisory_xact_lock_shared(7361214);
      perform set_config('lock_timeout', patience, true);
    exception when lock_not_available then
      return 'busy';
    end;
  end if;
  select * into held from identity.link_review as r where r.id = review for update;
  if held.id is null or held.organisation_id_a = any (withheld) or held.organisation_id_b = any (withheld) then
    return 'not-found';
  end if;
  if held.closed_at is not null then return 'settled'; end if;
  if held.evidence_no <> seen then return 'changed'; end if;
  if says = 'same' and held.reason <> 'sample' and identity.link_is_awaited(held) then return 'busy'; end if;

  update identity.link_opinion as o set taken_back_at = clock_timestamp()
  where o.review_id = review and o.evidence_no = seen and o.account_id = steward and o.taken_back_at is null;
  insert into identity.link_opinion (review_id, evidence_no, account_id, organisation_id, member_id, says)
  values (review, seen, steward, casework.current_organisation(), current_setting('app.member_id')::uuid, says);

  decided := identity.link_outcome(held);
  if decided is null then return 'waiting'; end if;
  update identity.link_review as r set closed_at = now(), outcome = decided where r.id = review;
  if decided <> 'cannot-tell' then
    select a.says into stands from identity.link_assertion as a
    where a.organisation_id_a = held.organisation_id_a and a.client_id_a = held.client_id_a
      and a.organisation_id_b = held.organisation_id_b and a.client_id_b = held.client_id_b and a.model = 'decision'
    order by a.id desc limit 1;
    -- A link that was drawn for checking and found right stays what it was: checking must not change what it measures.
    if stands is distinct from decided and not (held.reason = 'sample' and decided = 'same') then
      perform identity.assert_decision(held, decided, steward, 'review');
    end if;
  end if;
  return decided;
end $$;

-- Whether this review is what the pair rests on: neither other evidence nor a later decision has taken its place.
create or replace function identity.link_rests_on(review identity.link_review) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select review.outcome is distinct from 'settled'
    and not exists (
      select from identity.link_review as r
      where r.organisation_id_a = review.organisation_id_a and r.client_id_a = review.client_id_a
        and r.organisation_id_b = review.organisation_id_b and r.client_id_b = review.client_id_b
        and r.id <> review.id and r.closed_at > review.closed_at and r.outcome in ('same', 'different'))
    and not exists (
      select from identity.link_assertion as a
      where a.organisation_id_a = review.organisation_id_a and a.client_id_a = review.client_id_a
        and a.organisation_id_b = review.organisation_id_b and a.client_id_b = review.client_id_b
        and a.model = 'decision' and a.made_at > review.closed_at
        and a.evidence ->> 'review' is distinct from review.id::text)
$$;

-- Whether an account is a steward of some organisation now.
create or replace function identity.is_steward(account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from casework.member as m
    where m.account_id = is_steward.account and m.ended_at is null and m.roles && array['steward'])
$$;

-- For a steward: takes their word back; where they have not spoken on a pair that is decided, the words of those who
-- are stewards no more, which nobody else could. A decision that rested on it is open again; clients who were joined by it are
-- kept apart until a steward says otherwise, which is a new assertion, as the decision was. Where something newer has
-- answered the pair, only the word goes. Gives open, settled when the pair stays as it is, or not-found when they had
-- not spoken.
create or replace function identity.take_back_link_opinion(review uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  steward uuid := identity.require_role(array['steward']);
  withheld integer[] := identity.client_organisations_of(steward);
  held identity.link_review;
begin
  select * into held from identity.link_review as r where r.id = review for update;
  update identity.link_opinion as o set taken_back_at = clock_timestamp()
  where o.review_id = review and o.evidence_no = held.evidence_no and o.account_id = steward
    and o.taken_back_at is null;
  if not found and held.outcome in ('same', 'different')
      and held.organisation_id_a <> all (withheld) and held.organisation_id_b <> all (withheld) then
    update identity.link_opinion as o set taken_back_at = clock_timestamp()
    where o.review_id = review and o.evidence_no = held.evidence_no and o.taken_back_at is null
      and not identity.is_steward(o.account_id);
  end if;
  if not found then return 'not-found'; end if;
  if held.closed_at is null then return 'open'; end if;
  if held.outcome = identity.link_outcome(held) or not identity.link_rests_on(held) then return 'settled'; end if;

  if held.outcome = 'same' and held.reason <> 'sample' then
    perform identity.assert_decision(held, 'different', steward, 'taken-back');
  end if;
  -- A person asks for it now, so the linker leaves it open. The pair may have been asked about again since, on other
  -- evidence: then that question stands.
  update identity.link_review as r
  set closed_at = null, outcome = null, opened_at = now(),
      reason = case when r.reason in ('likely', 'vetoed') then 'asked' else r.reason end
  where r.id = review and not exists (
    select from identity.link_review as o
    where o.closed_at is null and o.organisation_id_a = held.organisation_id_a and o.client_id_a = held.client_id_a
      and o.organisation_id_b = held.organisation_id_b and o.client_id_b = held.client_id_b);
  return 'open';
end $$;

-- For a steward: what they said last, and what came of it.
create or replace function identity.own_link_opinions(most integer)
returns table (
  id uuid, organisation_id integer, probability double precision, comparison bytea, says text, at timestamptz,
  outcome text
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  steward uuid := identity.require_role(array['steward']);
  withheld integer[] := identity.client_organisations_of(steward);
begin
  return query
    select r.id, r.organisation_id_a, r.probability, r.comparison, o.says, o.at, r.outcome
    from identity.link_opinion as o
    join identity.link_review as r on r.id = o.review_id and r.evidence_no = o.evidence_no
    where o.account_id = steward and o.taken_back_at is null
      and r.organisation_id_a <> all (withheld) and r.organisation_id_b <> all (withheld)
    order by o.at desc
    limit most;
end $$;

-- For a steward: pairs that are decided by words of those who are stewards no more, newest first, to be asked about
-- again. Not who they were.
create or replace function identity.departed_link_opinions(most integer)
returns table (
  id uuid, organisation_id integer, probability double precision, comparison bytea, at timestamptz, outcome text
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  steward uuid := identity.require_role(array['steward']);
  withheld integer[] := identity.client_organisations_of(steward);
begin
  return query
    select r.id, r.organisation_id_a, r.probability, r.comparison, max(o.at), r.outcome
    from identity.link_opinion as o
    join identity.link_review as r on r.id = o.review_id and r.evidence_no = o.evidence_no
    where o.taken_back_at is null and r.outcome in ('same', 'different') and not identity.is_steward(o.account_id)
      and r.organisation_id_a <> all (withheld) and r.organisation_id_b <> all (withheld)
      and not exists (
        select from identity.link_opinion as own
        where own.review_id = r.id and own.evidence_no = r.evidence_no and own.account_id = steward
          and own.taken_back_at is null)
    group by r.id
    order by 5 desc
    limit most;
end $$;

-- For a steward: how often their word agreed with another steward's on the same pair, and with their own on a pair
-- that was given twice. "Cannot tell" is not counted: it agrees with nothing and contradicts nothing.
create or replace function identity.own_link_agreement()
returns table (others integer, others_agreed integer, repeats integer, repeats_agreed integer)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  steward uuid := identity.require_role(array['steward']);
begin
  return query
    with word as (
      select r.id as review, coalesce(r.repeat_of, r.id) as question, o.evidence_no, o.account_id, o.says
      from identity.link_opinion as o
      join identity.link_review as r on r.id = o.review_id
      where o.taken_back_at is null and o.says in ('same', 'different')
    ), pair as (
      select own.account_id = other.account_id as twice, own.says = other.says as agreed
      from word as own
      join word as other on other.question = own.question and (
        (other.account_id <> own.account_id
          and (other.review <> own.review or other.evidence_no = own.evidence_no))
        or (other.account_id = own.account_id and own.review = own.question and other.review <> own.review))
      where own.account_id = steward
    )
    select (count(*) filter (where not twice))::integer, (count(*) filter (where not twice and agreed))::integer,
           (count(*) filter (where twice))::integer, (count(*) filter (where twice and agreed))::integer
    from pair;
end $$;

-- For stewards and officers: how reviews stood last Monday, by why they were opened, model, band of probability (1 is
-- below the first edge) and the first word for or against that then stood. Counts only, and only of whole weeks: a
-- count of today would tell whoever adds a person whether that person is known elsewhere.
drop function if exists identity.link_quality(double precision[]);
create function identity.link_quality(edges double precision[])
returns table (
  reason text, model text, band integer, outcome text, first_word text, reviews integer,
  probability_sum double precision
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  monday timestamptz := date_trunc('week', now());
begin
  perform identity.require_role(array['steward', 'officer']);
  return query
    with word as (
      -- Of any evidence: a word for a link closes its review, and one against it must not be lost while that waits.
      select distinct on (o.review_id) o.review_id, o.says
      from identity.link_opinion as o
      where o.says in ('same', 'different') and o.at < monday
        and (o.taken_back_at is null or o.taken_back_at >= monday)
      order by o.review_id, o.at, o.id
    )
    select r.reason, r.model, width_bucket(r.probability, edges) + 1,
           case when r.closed_at < monday then r.outcome else 'open' end, w.says, count(*)::integer, sum(r.probability)
    from identity.link_review as r
    left join word as w on w.review_id = r.id
    where r.opened_at < monday or w.says is not null
    group by 1, 2, 3, 4, 5;
end $$;

-- For stewards and officers: every two organisations of which no pair of records can be decided, because each steward
-- sees the clients of one of them at work; one organisation stands beside itself. Told by who is what where alone,
-- whatever pairs there are.
create or replace function identity.organisations_out_of_reach()
returns table (organisation_a text, organisation_b text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.require_role(array['steward', 'officer']);
  return query
    with steward as (
      select s.account_id, identity.client_organisations_of(s.account_id) as sees
      from (
        select distinct m.account_id from casework.member as m where m.ended_at is null and m.roles && array['steward']
      ) as s
    ), holder as (
      select o.id, o.name
      from casework.organisation as o
      where exists (
        select from casework.member as m
        where m.organisation_id = o.id and m.ended_at is null and m.roles && array['caseworker', 'manager'])
    )
    select a.name, b.name
    from holder as a
    join holder as b on a.id <= b.id
    where not exists (select from steward as s where a.id <> all (s.sees) and b.id <> all (s.sees))
    order by a.name, b.name;
end $$;

-- For stewards and officers: how long reviews waited last Monday, over those that stewards decided since a time; and
-- how many links the software had made by then.
drop function if exists identity.link_waits(timestamptz, interval);
create function identity.link_waits(since timestamptz, aim interval)
returns table (
  waiting integer, oldest_days integer, decided integer, within_aim integer, median_hours double precision,
  ninetieth_hours double precision, automatic integer
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  monday timestamptz := date_trunc('week', now());
begin
  perform identity.require_role(array['steward', 'officer']);
  return query
    with done as (
      select r.closed_at - r.opened_at as waited
      from identity.link_review as r
      where r.closed_at >= since and r.closed_at < monday and r.outcome in ('same', 'different', 'cannot-tell')
    ), open as (
      select r.opened_at
      from identity.link_review as r
      where r.opened_at < monday and (r.closed_at is null or r.closed_at >= monday)
    )
    select (select count(*)::integer from open),
           (select floor(extract(epoch from monday - min(o.opened_at)) / 86400)::integer from open as o),
           count(*)::integer, (count(*) filter (where waited <= aim))::integer,
           (percentile_cont(0.5) within group (order by extract(epoch from waited) / 3600))::double precision,
           (percentile_cont(0.9) within group (order by extract(epoch from waited) / 3600))::double precision,
           (select count(distinct (a.organisation_id_a, a.client_id_a, a.organisation_id_b, a.client_id_b))::integer
            from identity.link_assertion as a
            where a.model <> 'decision' and a.says = 'same' and a.made_at < monday)
    from done;
end $$;
