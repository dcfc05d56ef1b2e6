/**
 * Coverage, panels and pairs as the engine settles them, against an oracle that knows sets of people alone: three
 * organisations that report month after month, one of which begins late in one authority and another stops, while late
 * entries, voids, links, unlinks and erasures go on and the engine is killed now and then.
 */

import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Sql } from "../../db/client";
import { findNode } from "../domain/needs";
import { addDays, addMonths, periodByNumber } from "../domain/period";
import { bySettling } from "../domain/settling";
import { statisticsTick } from "../statistics";
import { testDatabase } from "../testing";
import { dyingAt, survives } from "../testing-death";
import { CoverageOracle } from "./coverage-oracle";
import { keyedHash } from "./keyed-hash";
import { Oracle } from "./recount-oracle";
import { type Client, type Contact, Dice, RandomWorld } from "./recount-world";

const FIRST = "2023-04-05";
const MONTHS = 29;
const EACH_MONTH = 5;
const NEEDS = ["HOU-01", "MON-01", "MEN-02", "SAF-01"].map((code) => findNode(code)?.number ?? 0);
const EAST = [14, 15, 16];

/** Contacts of every organisation in every sector and month, for the world to go on from. */
async function steadily(world: RandomWorld, sql: Sql, dice: Dice): Promise<void> {
  const services = await sql<{ organisation: number; service: string }[]>`
    select organisation_id as organisation, id as service from casework.service order by organisation_id`;
  const clients: Client[] = [];
  const contacts: (Contact & { service: string })[] = [];
  services.forEach(({ organisation, service }, which) => {
    for (const sector of [11, 12, 13, 14, 15, 16]) {
      for (let month = 0; month < MONTHS; month += 1) {
        // The second begins late in the east, the third stops everywhere.
        if ((which === 1 && month < 19 && EAST.includes(sector)) || (which === 2 && month > 21)) continue;
        for (let at = 0; at < EACH_MONTH; at += 1) {
          const known = clients.filter((client) => client.organisation === organisation);
          const again = known.length > 40 && dice.next() < 0.5 ? dice.pick(known) : null;
          // Some are known to another organisation already.
          const other = !again && clients.length > 40 && dice.next() < 0.25 ? dice.pick(clients) : null;
          const person = other?.person ?? dice.uuid();
          const client: Client = again ?? {
            ...{ organisation, id: dice.uuid(), person, origin: person, anonymous: false, erased: false },
            traits: null,
          };
          if (!again) clients.push(client);
          const needs = dice.next() < 0.5 ? [dice.pick(NEEDS), dice.pick(NEEDS)] : [dice.pick(NEEDS)];
          contacts.push({
            ...{ client, id: dice.uuid(), receivedNo: -contacts.length - 1, sector, voided: false, service },
            day: addDays(addMonths(FIRST, month), dice.below(20)),
            entries: [...new Set(needs)].map((need) => ({
              issue: dice.uuid(),
              need,
              status: "new" as const,
            })),
          });
        }
      }
    }
  });
  const entries = contacts.flatMap((contact) => contact.entries.map((entry) => ({ ...entry, contact })));
  await sql`
    insert into casework.client (organisation_id, id, anonymous)
    select *, false from unnest(
      ${clients.map(({ organisation }) => organisation)}::int[], ${clients.map(({ id }) => id)}::uuid[])`;
  await sql`
    insert into identity.client_person (organisation_id, client_id, person_id, origin_person_id)
    select organisation, id, person, person from unnest(
      ${clients.map(({ organisation }) => organisation)}::int[], ${clients.map(({ id }) => id)}::uuid[],
      ${clients.map(({ person }) => person)}::uuid[]) as t (organisation, id, person)`;
  await sql`
    insert into casework.contact
      (organisation_id, id, client_id, service_id, occurred_on, channel, place_kind, release_sector, content_hash)
    select organisation, id, client, service, day, 'phone', 'postcode', sector, ''
    from unnest(
      ${contacts.map(({ client }) => client.organisation)}::int[], ${contacts.map(({ id }) => id)}::uuid[],
      ${contacts.map(({ client }) => client.id)}::uuid[], ${contacts.map(({ service }) => service)}::uuid[],
      ${contacts.map(({ day }) => day)}::date[], ${contacts.map(({ sector }) => sector)}::int[]
    ) as t (organisation, id, client, service, day, sector)`;
  await sql`
    insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
    select *, 1 from unnest(
      ${entries.map(({ contact }) => contact.client.organisation)}::int[], ${entries.map(({ issue }) => issue)}::uuid[],
      ${entries.map(({ contact }) => contact.client.id)}::uuid[], ${entries.map(({ need }) => need)}::smallint[])`;
  await sql`
    insert into casework.issue_entry (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
    select organisation, contact, issue, need, 'new', 'low', true from unnest(
      ${entries.map(({ contact }) => contact.client.organisation)}::int[],
      ${entries.map(({ contact }) => contact.id)}::uuid[], ${entries.map(({ issue }) => issue)}::uuid[],
      ${entries.map(({ need }) => need)}::smallint[]) as t (organisation, contact, issue, need)`;
  await sql`
    insert into statistics.changed_person (person_id)
    select distinct unnest(${clients.map(({ person }) => person)}::uuid[])`;
  world.clients.push(...clients);
  world.contacts.push(...contacts);
}

test("coverage, panels and pairs differ from the oracle by nothing", async () => {
  const db = await testDatabase();
  const key = randomBytes(32);
  const dice = new Dice(5);
  const world = new RandomWorld(db.administrator, 8);
  await world.start();
  await steadily(world, db.administrator, dice);
  const oracle = new Oracle(world, keyedHash(key));
  const coverage = new CoverageOracle(world, oracle, keyedHash(key));

  const follow = async () => {
    const rows = await db.administrator<{ period: number; settleNo: number }[]>`
      select period, settle_no from statistics.settlement`;
    const fresh = rows
      .filter(({ period, settleNo }) => (oracle.settled.get(period)?.settleNo ?? 0) < settleNo)
      .sort((a, b) => bySettling(periodByNumber(a.period), periodByNumber(b.period)));
    const sets = fresh.length > 0 ? oracle.sets() : new Map();
    for (const { period, settleNo } of fresh) {
      oracle.settle(periodByNumber(period), settleNo, sets);
      coverage.settle(periodByNumber(period), settleNo);
    }
  };
  /** Runs the engine until nothing stops it; each time it dies what it had settled is followed. */
  let kills = 0;
  const run = async (byOfficer: boolean) => {
    for (let mayDie = dice.next() < 0.5; ; mayDie = false) {
      const stats = mayDie ? dyingAt(db.stats, 1 + dice.below(150)) : db.stats;
      const isAlive = await survives(statisticsTick(stats, key, { byOfficer }));
      if (!isAlive) kills += 1;
      await follow();
      if (isAlive && !mayDie) return;
    }
  };

  let checked = 0;
  for (const day of ["2024-08-05", "2025-02-03", "2025-05-30", "2025-06-30", "2025-08-05", "2025-09-10"]) {
    await world.setToday(day);
    for (let times = 0; times < 12; times += 1) await world.happen();
    await run(dice.next() < 0.6);
    const found = await coverage.check(db.administrator);
    expect(found.differences.slice(0, 10)).toEqual([]);
    checked += found.checked;
  }
  const [made] = await db.administrator<
    { own: number; next: number; pairs: number; began: number; stopped: number }[]
  >`
    select
      (select count(*) from published.figure where slice = 60)::int as own,
      (select count(*) from published.figure where slice = 61)::int as next,
      (select count(*) from published.pair_figure)::int as pairs,
      (select count(*) from published.coverage where changed & 5 <> 0)::int as began,
      (select count(*) from published.coverage where changed & 10 <> 0)::int as stopped`;
  for (const [what, count] of Object.entries(made ?? {})) expect([what, count > 10]).toEqual([what, true]);
  const [revised] = await db.administrator<{ panels: number }[]>`
    select count(*)::int as panels from statistics.panel_settlement where settle_no > 1`;
  expect(revised?.panels).toBeGreaterThan(2);
  expect(kills).toBeGreaterThan(0);
  expect(coverage.held).toBeGreaterThan(20);
  expect(checked).toBeGreaterThan(5000);
}, 480_000);
