import { beforeAll, expect, test } from "vitest";
import { renewPieces } from "./client-pieces";
import { findClients } from "./clients";
import { logContacts } from "./contacts";
import type { NewClientInput } from "./domain/client";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, arrangeTeam, type Team } from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const other = await arrangeTeam(db, "Harbour Housing");

async function known(by: Team, details: Partial<NewClientInput>): Promise<void> {
  const [answer] = await logContacts(by.ctx, [aContact(by, { newClient: aClient(details) })]);
  if (answer?.outcome !== "stored") throw new Error(answer?.reason);
}

const names = async (text: string, by = team) =>
  (await findClients(by.ctx, text)).map(({ givenName, familyName }) => `${givenName} ${familyName}`);

beforeAll(async () => {
  await allowTestIdentifiers(db);
  await known(team, {
    givenName: "Elizabeth",
    familyName: "Wójcik",
    dateOfBirth: "1984-03-14",
    phone: "+44 7700 900123",
    reference: "AF-17",
    identifiers: [{ kind: "nhs-number", value: "999 814 8626" }],
  });
  await known(other, { givenName: "Elizabeth", familyName: "Other", dateOfBirth: "1984-07-01" });
  // As the first version cut them: without phone and year.
  await db.administrator`delete from identity.client_token`;
  await db.administrator`update identity.client_identity set pieces_version = 1`;
});

test("People who were cut otherwise are cut again, once, and found in every way by their own organisation", async () => {
  expect(await names("elizabeth")).toEqual([]);
  expect(await renewPieces({ app: db.app, reader: db.reader })).toBe(2);
  expect(await renewPieces({ app: db.app, reader: db.reader })).toBe(0);
  for (const typed of ["liz wojcik", "07700 900123", "900123", "1984", "af17", "9998148626", "14/3/84"]) {
    expect({ typed, found: await names(typed) }).toEqual({ typed, found: ["Elizabeth Wójcik"] });
  }
  expect(await names("elizabeth", other)).toEqual(["Elizabeth Other"]);
});

test("The audit says whom it opened", async () => {
  const entries = await db.administrator<{ organisationId: number; people: number }[]>`
    select organisation_id, jsonb_array_length(subjects) as people from governance.audit_entry
    where action = 'client.make-findable' order by organisation_id`;
  expect(entries).toEqual([
    { organisationId: team.organisationId, people: 1 },
    { organisationId: other.organisationId, people: 1 },
  ]);
});
