/** Linking for tests: people added to teams, the linker's queue, and whose person a client is. */

import { logContacts } from "./contacts";
import type { NewClientInput } from "./domain/client";
import { type ClientKey, linkPeople } from "./people";
import { linkEverybody } from "./people-everybody";
import type { TestDatabase } from "./testing";
import { aClient, aContact, type Team } from "./testing-casework";

/** Adds somebody to a team by a contact. */
export async function addPerson(team: Team, details: Partial<NewClientInput> = {}): Promise<ClientKey> {
  const contact = aContact(team, { newClient: aClient(details) });
  const [answer] = await logContacts(team.ctx, [contact]);
  if (answer?.outcome !== "stored") throw new Error(answer?.reason);
  return { organisationId: team.organisationId, clientId: contact.clientId };
}

/** Runs what the queue holds for linking, as the linker does. */
export async function runLinker({ administrator, stats }: TestDatabase): Promise<void> {
  const jobs = await administrator<{ id: string; payload: unknown }[]>`
    select j.id::text, j.payload from graphile_worker._private_jobs as j
    join graphile_worker._private_tasks as t on t.id = j.task_id
    where t.identifier = 'people.link' order by j.id`;
  await administrator`
    delete from graphile_worker._private_jobs where id::text = any (${jobs.map(({ id }) => id)})`;
  for (const { payload } of jobs) await linkPeople(stats, payload);
}

/** The person behind a client. */
export async function personOf(
  { administrator }: TestDatabase,
  { organisationId, clientId }: ClientKey,
): Promise<string> {
  const [row] = await administrator<{ personId: string }[]>`
    select person_id from identity.client_person
    where organisation_id = ${organisationId} and client_id = ${clientId}`;
  if (!row) throw new Error("The client has no person");
  return row.personId;
}

/** Whether these clients are one person. */
export async function areOne(db: TestDatabase, ...clients: ClientKey[]): Promise<boolean> {
  return new Set(await Promise.all(clients.map((client) => personOf(db, client)))).size === 1;
}

/** Whose person everybody is, and by which client of its own each organisation counts it. */
async function whoIsWho({ administrator }: TestDatabase): Promise<Map<string, string>> {
  const rows = await administrator<{ client: string; person: string }[]>`
    select p.organisation_id || ':' || p.client_id as client, p.person_id || ' ' || coalesce(p.own_client_id::text, '') as person
    from identity.client_person as p
    join casework.client as c on c.organisation_id = p.organisation_id and c.id = p.client_id and not c.anonymous`;
  return new Map(rows.map(({ client, person }) => [client, person]));
}

/** What linking writes. */
const WRITTEN = ["link_assertion", "blocking_key", "linking_state", "client_person", "link_review"] as const;

/** Does some work and puts back what linking had written before it. */
async function puttingBack<T>({ administrator }: TestDatabase, work: () => Promise<T>): Promise<T> {
  await administrator`create schema before`;
  for (const table of WRITTEN) {
    await administrator.unsafe(`create table before.${table} as table identity.${table}`);
  }
  try {
    return await work();
  } finally {
    await administrator.begin(async (tx) => {
      // No trigger, and no opinion that goes with its review: all of it comes back.
      await tx`set local session_replication_role = replica`;
      for (const table of WRITTEN) {
        await tx.unsafe(`delete from identity.${table}`);
        await tx.unsafe(
          `insert into identity.${table} overriding system value select * from before.${table}`,
        );
      }
      await tx`drop schema before cascade`;
    });
  }
}

/**
 * What is wrong with the links there are, in words: links that a run over everybody, from nothing but what people
 * decided, would make and that are missing, or the other way round; and anything said of a pair twice in a row. Leaves
 * the links as they were.
 */
export async function linkFaults(db: TestDatabase): Promise<string[]> {
  const faults: string[] = [];
  const repeated = await db.administrator<{ a: string; b: string; says: string }[]>`
    select client_id_a::text as a, client_id_b::text as b, says from (
      select *, lag(says || evidence::text) over (
        partition by client_id_a, client_id_b, split_part(model, '-', 1) order by id) as before
      from identity.link_assertion where model <> 'decision'
    ) as said where before = says || evidence::text`;
  for (const { a, b, says } of repeated) faults.push(`${a} and ${b} were said to be ${says} twice in a row`);
  const found = await whoIsWho(db);
  const should = await puttingBack(db, async () => {
    await db.administrator`delete from identity.link_assertion where model <> 'decision'`;
    await db.administrator`truncate identity.blocking_key, identity.linking_state`;
    await db.administrator`update identity.client_person set person_id = origin_person_id, own_client_id = null`;
    await linkEverybody(db.stats);
    return whoIsWho(db);
  });
  for (const [client, person] of should) {
    if (found.get(client) !== person)
      faults.push(`${client} was ${found.get(client)} and should be ${person}`);
  }
  return faults;
}
