/** Linking for tests: people added to teams, the linker's queue, and whose person a client is. */

import { logContacts } from "./contacts";
import type { NewClientInput } from "./domain/client";
import { type ClientKey, linkPeople } from "./people";
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
