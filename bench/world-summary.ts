/**
 * One organisation with one large service and a small one, as a summary reads it: three years of contacts with places,
 * issues with what was said of them, records of one person twice, traits, referrals and scores. Every number follows
 * from its row's place by a hash, so the same size gives the same world.
 */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Sql } from "../db/client";
import type { Actor } from "../server/context";
import { ageMonthOf } from "../server/domain/slices";
import { sealTraits } from "../server/people-traits";
import { timed } from "./bench";

export const SUMMARY_ORGANISATION = 1;
/** Number of its manager's account and membership. */
const MANAGER_ID = "a0000000-0000-7000-8000-000000000001";
/** Its manager, without a session. */
export const SUMMARY_MANAGER: Actor = {
  accountId: MANAGER_ID,
  memberId: MANAGER_ID,
  sessionId: null,
  organisationId: SUMMARY_ORGANISATION,
  organisationName: "Organisation",
  name: "Manager",
  roles: ["manager"],
  serviceId: null,
  patch: [],
};
export const SUMMARY_SERVICE = "50000000-0000-7000-8000-000000000001";
const FIRST_DAY = "2023-04-01";
const DAYS = 1096;

/** Writes an organisation whose large service has so many issue entries. */
export async function buildSummaryWorld(
  administrator: Sql,
  rows: number,
  say: (text: string) => void,
): Promise<void> {
  const contacts = Math.round(rows / 2);
  const clients = Math.round(rows / 6.5);
  const connection = await administrator.reserve();
  const took = await timed(async () => {
    await connection.unsafe(`
      set session_replication_role = replica;
      set synchronous_commit = off;
      set work_mem = '256MB';
      create schema made;
      create function made.unit(n bigint, salt bigint) returns float8 language sql immutable
        return (hashint8extended(n, salt) & 2147483647)::float8 / 2147483648.0;
      create function made.id(kind text, n bigint) returns uuid language sql immutable
        return (kind || '0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;

      insert into reference.edition (kind, name, month, geography) values ('deprivation', 'Made', '2025-10', 'lsoa21');
      insert into casework.organisation (id, name) overriding system value values (${SUMMARY_ORGANISATION}, 'Organisation');
      insert into casework.service (organisation_id, id, name)
        select ${SUMMARY_ORGANISATION}, made.id('5', n), 'Service ' || n from generate_series(1, 2) as n;
      insert into casework.account (id, email, name) values ('${MANAGER_ID}', 'manager@bench.example', 'Manager');
      insert into casework.member (organisation_id, id, account_id, roles)
        values (${SUMMARY_ORGANISATION}, '${MANAGER_ID}', '${MANAGER_ID}', '{manager}');
      insert into casework.service_need (organisation_id, service_id, need_number, position)
        select ${SUMMARY_ORGANISATION}, made.id('5', 1), n, n from generate_series(1, 60) as n;
      insert into casework.instrument (organisation_id, id, name, lowest, highest, step, direction)
        values (${SUMMARY_ORGANISATION}, made.id('7', 1), 'Scale', 0, 20, 1, 'higher-better');

      insert into casework.client (organisation_id, id, anonymous)
        select ${SUMMARY_ORGANISATION}, made.id('c', n), made.unit(n, 1) < 0.05 from generate_series(1, ${clients}) as n;
      -- One in twenty is a second record of somebody known.
      insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id, own_client_id)
        select ${SUMMARY_ORGANISATION}, made.id('c', n), made.id('e', n), made.id('e', n),
               case when n > 100 and made.unit(n, 2) < 0.05 and made.unit(n, 1) >= 0.05
                 then made.id('c', n - 50) end
        from generate_series(1, ${clients}) as n;

      create unlogged table made.contact as
        select row_number() over (order by day, n) as number, client, day, service
        from (
          select n, 1 + (floor(${clients} * power(made.unit(n, 4), 1.4))::bigint * 7919) % ${clients} as client,
                 date '${FIRST_DAY}' + floor(${DAYS} * made.unit(n, 6))::int as day,
                 case when n <= ${contacts} then 1 else 2 end as service
          from generate_series(1, ${Math.round(contacts * 1.1)}) as n
        ) as drawn;
      insert into casework.contact
        (organisation_id, id, client_id, service_id, occurred_on, channel, received_no, received_at,
         place_kind, release_sector, authority, nation, deprivation_decile, deprivation_edition, content_hash)
        overriding system value
        select ${SUMMARY_ORGANISATION}, made.id('d', number), made.id('c', client), made.id('5', service), day, 'phone',
               number, day + time '12:00',
               (case when client % 20 = 0 then 'no-fixed-address' else 'postcode' end)::casework.place_kind, 10,
               case when client % 20 > 0 then 'E0790100' || client % 4 end,
               case when client % 20 > 0 then 'E92000001' end, case when client % 20 > 0 then 1 + client % 10 end,
               case when client % 20 > 0 then (select max(number) from reference.edition) end, sha256(int8send(number))
        from made.contact order by number;

      create unlogged table made.entry as
        select k.number as contact, k.client, k.client * 4 + (floor(4 * made.unit(k.number, 7))::int + place) % 4 as issue,
               made.unit(k.number * 4 + place, 8) as status, made.unit(k.number * 4 + place, 10) as more
        from made.contact as k cross join lateral generate_series(0, (k.number % 3)::int) as place;
      insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
        select ${SUMMARY_ORGANISATION}, made.id('f', issue), made.id('c', client),
               1 + floor(112 * power(made.unit(issue, 9), 2.2))::smallint, 1
        from (select distinct issue, client from made.entry) as i order by issue;
      insert into casework.issue_entry
        (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
        select ${SUMMARY_ORGANISATION}, made.id('d', contact), made.id('f', issue),
               1 + floor(112 * power(made.unit(issue, 9), 2.2))::smallint,
               (case when status < 0.30 then 'new' when status < 0.55 then 'ongoing' when status < 0.75 then 'improved'
                     when status < 0.83 then 'worsened' when status < 0.97 then 'resolved'
                     else 'no-longer-relevant' end)::casework.entry_status,
               (case when more < 0.2 then 'low' when more < 0.6 then 'medium' when more < 0.9 then 'high'
                     else 'crisis' end)::casework.severity, more < 0.85
        from made.entry order by contact, issue;

      insert into casework.instrument_score (organisation_id, id, instrument_id, client_id, scored_on, score)
        select ${SUMMARY_ORGANISATION}, made.id('8', n * 2 + again), made.id('7', 1), made.id('c', n),
               date '${FIRST_DAY}' + 500 + again * 400 + (n % 150)::int, floor(21 * made.unit(n * 2 + again, 11))
        from generate_series(1, ${clients}, 20) as n cross join generate_series(0, 1) as again;
      insert into casework.referral
        (organisation_id, id, client_id, way, to_name, sent_by, sent_by_name, sent_at, shared, consent_on, consent_how,
         consent_words, content_hash)
        select ${SUMMARY_ORGANISATION}, made.id('9', issue), made.id('c', client), 'email', 'Somebody', made.id('b', 1), '\\x00',
               day + time '12:00', '{}', day, 'phone', '\\x00', '\\x00'
        from (select distinct on (e.issue) e.issue, e.client, k.day
              from made.entry as e join made.contact as k on k.number = e.contact
              where e.issue % 40 = 0 order by e.issue, k.day) as r;
      insert into casework.referral_issue (organisation_id, referral_id, position, issue_id, need_number, severity)
        select r.organisation_id, r.id, 0, i.id, i.need_number, 'low'
        from casework.referral as r
        join casework.issue as i
          on i.organisation_id = r.organisation_id and i.id = ('f' || substr(r.id::text, 2))::uuid;
      insert into casework.referral_event (organisation_id, id, referral_id, position, kind, how, at)
        select organisation_id, gen_random_uuid(), id, 1, 'accepted', 'told', sent_at + interval '5 days'
        from casework.referral;
      drop schema made cascade;
      reset all`);
    connection.release();
    await writeTraits(administrator);
    await administrator`vacuum analyze`;
  });
  say(`  ${rows.toLocaleString("en-GB")} entries built in ${Math.round(took / 1000)} s`);
}

/** Traits of everybody who is not anonymous, sealed as the linker seals them. */
async function writeTraits(administrator: Sql): Promise<void> {
  const connection = await administrator.reserve();
  try {
    const clients = await connection<{ id: string }[]>`select id from casework.client where not anonymous`;
    function* lines() {
      for (const [at, { id }] of clients.entries()) {
        const born = `${1930 + (at % 90)}-0${1 + (at % 9)}-15`;
        const sealed = sealTraits(
          { organisationId: SUMMARY_ORGANISATION, clientId: id },
          { ageMonth: ageMonthOf(born), sex: at % 2 === 0 ? "female" : "male" },
        );
        yield `${SUMMARY_ORGANISATION}\t${id}\t\\\\x${sealed.toString("hex")}\t1\n`;
      }
    }
    await pipeline(
      Readable.from(lines()),
      await connection`
        copy identity.trait (organisation_id, client_id, traits, identity_version) from stdin`.writable(),
    );
  } finally {
    connection.release();
  }
}
