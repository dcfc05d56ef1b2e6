/** The linker killed anywhere: nothing half done, nothing lost, nothing said twice. Long form: `npm run prove -- linking-store`. */

import { expect, test } from "vitest";
import { type ClientKey, linkClientsOf } from "./people";
import { linkEverybody } from "./people-everybody";
import { linkWhoWaits, releaseJobs } from "./people-rounds";
import { testDatabase } from "./testing";
import { allowTestIdentifiers, arrangeTeam } from "./testing-casework";
import { dyingAt, Killed } from "./testing-death";
import { addPerson, linkFaults } from "./testing-linking";

const db = await testDatabase();
const teams = [await arrangeTeam(db, "Advice"), await arrangeTeam(db, "Council")] as const;
await allowTestIdentifiers(db);

const state = () => db.administrator`
  select (select jsonb_agg(a order by a) from identity.link_assertion as a) as said,
         (select jsonb_agg(p order by p) from identity.client_person as p) as people,
         (select jsonb_agg(b order by b) from identity.blocking_key as b) as tokens,
         (select count(*) from identity.link_review) as reviews,
         (select count(*) from statistics.changed_person) as changed`;

test("killed before any statement of its transaction, linking has done nothing; run again, it does all of it once", async () => {
  const pair: ClientKey[] = [];
  for (const team of teams) {
    pair.push(
      await addPerson(team, {
        ...{
          givenName: "Cordelia",
          familyName: "Wrenfield",
          dateOfBirth: "1977-07-17",
          phone: "01999 555601",
        },
      }),
    );
  }
  const before = await state();
  let deaths = 0;
  for (let statement = 1; ; statement += 1) {
    try {
      await linkClientsOf(dyingAt(db.stats, statement), pair);
      break;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      deaths += 1;
      expect(await state()).toEqual(before);
    }
  }
  expect(deaths).toBeGreaterThan(8);
  const after = await state();
  expect(after).not.toEqual(before);
  expect(await linkWhoWaits(db.stats)).toBe(0);
  await linkClientsOf(db.stats, pair);
  expect(await state()).toEqual(after);
  expect(await linkFaults(db)).toEqual([]);
});

test("everybody at once is all or nothing as well", async () => {
  for (const team of teams) {
    await addPerson(team, {
      givenName: "Lysander",
      familyName: "Oakapple",
      dateOfBirth: "1955-12-25",
      phone: "01999 555602",
    });
  }
  const before = await state();
  for (const statement of [3, 6, 9, 12]) {
    await linkEverybody(dyingAt(db.stats, statement)).catch((error) => {
      if (!(error instanceof Killed)) throw error;
    });
    expect(await state()).toEqual(before);
  }
  expect((await linkEverybody(db.stats)).changed).toBe(2);
});

test("whoever waits is found without any job: new or changed", async () => {
  const a = await addPerson(teams[0], {
    givenName: "Florian",
    familyName: "Inglethorpe",
    dateOfBirth: "1964-02-29",
  });
  await db.administrator`delete from graphile_worker._private_jobs`;
  expect(await linkWhoWaits(db.stats)).toBeGreaterThan(0);
  expect(await linkWhoWaits(db.stats)).toBe(0);
  await db.administrator`
    update identity.client_identity set version = version + 1 where client_id = ${a.clientId}`;
  expect(await linkWhoWaits(db.stats)).toBe(1);
});

test("what a killed linker held is given back at once when a linker starts, and after a while otherwise", async () => {
  await db.administrator`delete from graphile_worker._private_jobs`;
  await addPerson(teams[0], { familyName: "Underwood" });
  const held = () => db.administrator`
    select from graphile_worker._private_jobs where locked_by is not null`;
  await db.administrator`
    update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '1 minute'`;
  await releaseJobs(db.stats, "held for long");
  expect(await held()).toHaveLength(1);
  await releaseJobs(db.stats, "all");
  expect(await held()).toHaveLength(0);
  await db.administrator`
    update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '6 minutes'`;
  await releaseJobs(db.stats, "held for long");
  expect(await held()).toHaveLength(0);
});
