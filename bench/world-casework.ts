/**
 * Casework by statements over whole sets: organisations, clients, contacts, issues and entries over three or five
 * financial years, with few organisations, sectors, needs and people having most of them. Every number follows from its
 * row's place by a hash, so the same size gives the same world.
 */

import type { Sql } from "../db/client";
import { daysBetween } from "../server/domain/period";
import { timed } from "./bench";

/** The last financial year of a world. */
export const LAST_YEAR = 2025;

/** From this many entries on a world is the whole country's: five years of some two million people. */
export const NATIONAL_ROWS = 30_000_000;

/** How large the parts of a world of so many issue entries are. */
export function partsOf(rows: number) {
  const within = (least: number, value: number, most: number) =>
    Math.min(most, Math.max(least, Math.round(value)));
  const isNational = rows >= NATIONAL_ROWS;
  const firstYear = LAST_YEAR + 1 - (isNational ? 5 : 3);
  const firstDay = `${firstYear}-04-01`;
  return {
    firstYear,
    /** First day of contacts. */
    firstDay,
    days: daysBetween(firstDay, `${LAST_YEAR + 1}-04-01`),
    contacts: Math.round(rows / 2),
    clients: Math.round(rows / (isNational ? 13 : 6.5)),
    organisations: within(8, rows / 20_000, 256),
    /** The whole country has about 11,000. */
    sectors: within(200, rows / 450, 11_000),
  };
}

export async function buildCasework(
  administrator: Sql,
  rows: number,
  say: (text: string) => void,
): Promise<void> {
  const { contacts, clients, organisations, sectors, firstDay, firstYear, days } = partsOf(rows);
  const connection = await administrator.reserve();
  const step = async (name: string, statement: string) => {
    const took = await timed(() => connection.unsafe(statement));
    say(`  ${name}: ${(took / 1000).toFixed(1)} s`);
  };
  try {
    // Foreign keys are not checked row by row while a world is made: its rows are right by construction.
    await connection.unsafe(`
      set session_replication_role = replica;
      set synchronous_commit = off;
      set work_mem = '256MB';
      set maintenance_work_mem = '512MB';
      create schema made;
      create function made.unit(n bigint, salt bigint) returns float8 language sql immutable
        return (hashint8extended(n, salt) & 2147483647)::float8 / 2147483648.0;
      create function made.id(kind text, n bigint) returns uuid language sql immutable
        return (kind || '0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;`);
    await step("places", placesSql(sectors, firstYear));
    await step(
      "organisations",
      `insert into casework.organisation (id, name) overriding system value
         select o, 'Organisation ' || o from generate_series(1, ${organisations}) as o;
       select setval(pg_get_serial_sequence('casework.organisation', 'id'), ${organisations});
       insert into casework.service (organisation_id, id, name)
         select o, made.id('5', o), 'Service' from generate_series(1, ${organisations}) as o;
       insert into casework.account (id, email, name)
         select made.id('a', o), 'worker' || o || '@bench.example', 'Worker ' || o
         from generate_series(1, ${organisations}) as o;
       insert into casework.member (organisation_id, id, account_id, roles, service_id)
         select o, made.id('b', o), made.id('a', o), '{caseworker}', made.id('5', o)
         from generate_series(1, ${organisations}) as o`,
    );
    await step(
      "clients",
      `create unlogged table made.client as
         select row_number() over (order by organisation, n) as number, organisation, sector,
                case when made.unit(n, 3) < 0.15 then 1 + (n::bigint * 7919) % ${clients} else n end as person
         from (
           select n, (1 + floor(${organisations} * power(made.unit(n, 1), 1.5)))::int as organisation,
                  (10 + floor(${sectors} * power(made.unit(n, 2), 1.8)))::int as sector
           from generate_series(1, ${clients}) as n
         ) as drawn;
       alter table made.client add primary key (number);
       insert into casework.client (organisation_id, id)
         select organisation, made.id('c', number) from made.client order by number;
       insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id)
         select organisation, made.id('c', number), made.id('e', person), made.id('e', number)
         from made.client order by number`,
    );
    await step(
      "contacts",
      `create unlogged table made.contact as
         select row_number() over (order by organisation, day) as number, organisation, client, day,
                case when moved then 10 + (sector * 31) % ${sectors} else sector end as sector
         from (
           select c.organisation, c.number as client, c.sector, made.unit(n, 5) < 0.04 as moved,
                  date '${firstDay}' + floor(${days} * made.unit(n, 6))::int as day
           from generate_series(1, ${contacts}) as n
           join made.client as c
             on c.number = 1 + (floor(${clients} * power(made.unit(n, 4), 1.4))::bigint * 7919) % ${clients}
         ) as drawn;
       insert into casework.contact
         (organisation_id, id, client_id, service_id, member_id, occurred_on, channel, received_no, received_at,
          place_kind, release_sector, content_hash)
         overriding system value
         select organisation, made.id('d', number), made.id('c', client), made.id('5', organisation),
                made.id('b', organisation), day, 'phone', number, day + time '12:00', 'postcode', sector,
                sha256(int8send(number))
         from made.contact order by number;
       select setval(pg_get_serial_sequence('casework.contact', 'received_no'), ${contacts})`,
    );
    await step(
      "issues and entries",
      `create unlogged table made.entry as
         select k.organisation, k.number as contact, k.client,
                k.client * 4 + (floor(4 * made.unit(k.number, 7))::int + place) % 4 as issue,
                made.unit(k.number * 4 + place, 8) as status
         from made.contact as k cross join lateral generate_series(0, (k.number % 3)::int) as place;
       insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
         select organisation, made.id('f', issue), made.id('c', client),
                floor(113 * power(made.unit(issue, 9), 2.2))::smallint, 1
         from (select distinct organisation, issue, client from made.entry) as i order by organisation, issue;
       insert into casework.issue_entry
         (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
         select organisation, made.id('d', contact), made.id('f', issue),
                floor(113 * power(made.unit(issue, 9), 2.2))::smallint,
                (case when status < 0.30 then 'new' when status < 0.55 then 'ongoing' when status < 0.75 then 'improved'
                      when status < 0.83 then 'worsened' when status < 0.97 then 'resolved'
                      else 'no-longer-relevant' end)::casework.entry_status,
                'medium', true
         from made.entry order by organisation, contact, issue`,
    );
    // What anybody would add who counts from these tables; the product's own writing is measured without it.
    await step(
      "an index for the naive query",
      "create index made_need on casework.issue_entry (need_number)",
    );
    await step("tidying", "drop schema made cascade; analyze");
    await connection.unsafe("reset all");
  } finally {
    connection.release();
  }
}

/** The places of a world of so many entries, and one organisation with one service: what an import needs. */
export async function buildPlaces(administrator: Sql, rows: number): Promise<void> {
  const { sectors, firstYear } = partsOf(rows);
  await administrator.unsafe(`
    create schema made;
    ${placesSql(sectors, firstYear)};
    insert into casework.organisation (id, name) overriding system value values (1, 'Organisation 1');
    insert into casework.service (organisation_id, id, name)
      values (1, '50000000-0000-7000-8000-000000000001', 'Service');
    drop schema made cascade;
    analyze`);
}

/** Sectors in districts of 4, authorities of 37, 12 regions and a nation, and 20 postcodes in each sector. */
function placesSql(sectors: number, firstYear: number): string {
  const district = (sector: string) => `100000 + ${sector} / 4`;
  const authority = (sector: string) => `200000 + ${sector} / 37`;
  const region = (sector: string) => `300000 + ${sector} * 12 / ${sectors}`;
  // Area letters that are not in use: Z is the first letter of none.
  const districtCode = (sector: string) =>
    `substr('ZY', ${sector} / 4 / 99 / 20 + 1, 1) || substr('ABCDEFGHKLMNOPQRSTUV', ${sector} / 4 / 99 % 20 + 1, 1)
     || (${sector} / 4 % 99 + 1)`;
  const sectorCode = (sector: string) => `${districtCode(sector)} || ' ' || (${sector} % 4 + 1)`;
  return `
    create unlogged table made.sector as
      select 10 + s as number, ${sectorCode("s")} as code, ${districtCode("s")} as district_code,
             ${district("s")} as district, ${authority("s")} as authority, ${region("s")} as region
      from generate_series(0, ${sectors - 1}) as s;
    insert into reference.area (number, level, code, name)
      select number, 'sector', code, code from made.sector
      union all select distinct district, 'district', district_code, district_code from made.sector
      union all select distinct authority, 'lad', 'E0790' || (authority - 200000 + 1000),
                       'Authority ' || (authority - 200000) from made.sector
      union all select distinct region, 'region', 'E12000' || (region - 300000 + 100), 'Region ' || (region - 300000)
        from made.sector
      union all select 400000, 'nation', 'E92000001', 'England';
    insert into reference.geography (financial_year, version) values (${firstYear}, 'made');
    insert into reference.edition (kind, name, month) values ('postcodes', 'Made', '2021-01');
    insert into reference.sector (code, district, live_postcodes, live_small_user_postcodes, households, residents)
      select code, district_code, 20, 20, 2000, 4600 from made.sector;
    insert into reference.release_sector_part (financial_year, sector, release_sector)
      select ${firstYear}, code, number from made.sector;
    insert into reference.release_sector
      (financial_year, number, district, authority, region, nation, households, residents, live_postcodes)
      select ${firstYear}, number, district, authority, region, 400000, 2000, 4600, 20 from made.sector;
    insert into reference.postcode
      (postcode, edition, sector, district, live, small_user, authority, region, nation)
      select s.code || letter || 'A', (select max(number) from reference.edition), s.code, s.district_code, true, true,
             'E0790' || (s.authority - 200000 + 1000), 'E12000' || (s.region - 300000 + 100), 'E92000001'
      from made.sector as s
      cross join unnest(string_to_array('A,B,D,E,F,G,H,J,L,N,P,Q,R,S,T,U,W,X,Y,Z', ',')) as letter`;
}
