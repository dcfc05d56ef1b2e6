import { beforeAll, expect, test } from "vitest";
import { setClock } from "./clock";
import { logContacts } from "./contacts";
import { addDays, type Day } from "./domain/period";
import { getNewPeople } from "./new-people";
import { testDatabase } from "./testing";
import { aClient, aContact, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const TODAY = "2026-06-15";

const db = await testDatabase();
let team: Team;
let stranger: Team;

async function addPeople(of: Team, count: number, day: Day): Promise<void> {
  const contacts = Array.from({ length: count }, () =>
    aContact(of, { occurredOn: day, newClient: aClient() }),
  );
  for (const answer of await logContacts(of.ctx, contacts)) expect(answer.outcome).toBe("stored");
}

beforeAll(async () => {
  await setClock(db.administrator, `${TODAY}T12:00Z`);
  team = await arrangeTeam(db, "Advice First");
  stranger = await arrangeTeam(db, "Housing");
});

test("tells an officer of more than five times the usual number of new people, of their own organisation alone", async () => {
  const officer = contextFor(db, await arrangeMember(db, team.organisationId, ["officer"]));
  for (const week of [1, 2, 3, 4, 5]) await addPeople(team, 2, addDays(TODAY, -7 * week));
  await addPeople(stranger, 40, TODAY);
  await addPeople(team, 10, addDays(TODAY, -3));
  expect(await getNewPeople(officer)).toEqual({ lately: 10, usual: 2, isUnusual: false });
  await addPeople(team, 1, TODAY);
  expect(await getNewPeople(officer)).toEqual({ lately: 11, usual: 2, isUnusual: true });
});
