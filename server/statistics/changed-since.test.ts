/**
 * A mark may say since which day something changed, and earlier years are not read again. Whatever else marked the same
 * person meanwhile, in any order, the counts come out as if everything had been read.
 */

import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { setClock } from "../clock";
import { logContacts, voidContact } from "../contacts";
import { inTransaction } from "../context";
import type { NewContactInput } from "../domain/contact";
import { uuidv7 } from "../ids";
import { drain } from "../statistics";
import { testDatabase } from "../testing";
import { aClient, aContact, anEntry, arrangeTeam, type Team } from "../testing-casework";
import { runLinker } from "../testing-linking";
import { keyedHash } from "./keyed-hash";
import { recountAll } from "./recount";

const hmac = keyedHash(randomBytes(32));
const db = await testDatabase();
let team: Team;

/** In two financial years. */
const [EARLIER, LATER] = ["2026-03-20", "2026-06-10"];

beforeAll(async () => {
  team = await arrangeTeam(db, "Advice First");
  await setClock(db.administrator, "2026-06-15T12:00Z");
});

const log = async (contact: NewContactInput) => {
  const [answer] = await logContacts(team.ctx, [contact]);
  expect(answer).toMatchObject({ outcome: "stored" });
  return contact;
};
const meet = (occurredOn: string) => log(aContact(team, { occurredOn, newClient: aClient() }));
const meetAgain = ({ clientId }: { clientId: string }, occurredOn: string) =>
  log(aContact(team, { clientId, newClient: undefined, occurredOn }));

async function personOf({ clientId }: { clientId: string }): Promise<string | undefined> {
  const [row] = await db.administrator<{ personId: string }[]>`
    select person_id from identity.client_person where client_id = ${clientId}`;
  return row?.personId;
}

/** What the marks that wait say, each day once. */
async function markedSince(): Promise<(string | null)[]> {
  const rows = await db.administrator<{ since: string | null }[]>`
    select distinct since from statistics.changed_person order by since nulls last`;
  return rows.map(({ since }) => since);
}

/** Counts what is marked, and expects that a count of everybody finds nothing else. */
async function countRight(): Promise<void> {
  await drain(db.stats, hmac);
  expect(await recountAll(db.stats, hmac)).toMatchObject({ presence: 0, cells: 0 });
}

test.each([
  ["the earlier first", [EARLIER, LATER]],
  ["the later first", [LATER, EARLIER]],
])("of two marks with a day the earliest tells where to read from: %s", async (_, [one = "", other = ""]) => {
  const contact = await meet(one);
  await meetAgain(contact, other);
  expect(await markedSince()).toEqual([EARLIER, LATER]);
  await countRight();
});

test.each(["before", "after"])(
  "a void marks without a day, and everything is read, when it comes %s a contact",
  async (when) => {
    const contact = await meet(EARLIER);
    await countRight();
    if (when === "after") await meetAgain(contact, LATER);
    await voidContact(team.ctx, { id: contact.id, reason: "Logged for the wrong person" });
    if (when === "before") await meetAgain(contact, LATER);
    expect(await markedSince()).toEqual([LATER, null]);
    await countRight();
  },
);

test("a correction marks without a day: what it takes the place of may lie in an earlier year", async () => {
  const { newClient: _, ...wrong } = await meet(EARLIER);
  await countRight();
  await log({
    ...wrong,
    ...{ id: uuidv7(), occurredOn: LATER },
    corrects: { contactId: wrong.id, reason: "It was in June" },
  });
  expect(await markedSince()).toEqual([null]);
  await countRight();
});

test("a link and an erasure mark without a day", async () => {
  const [one, other] = [await meet(EARLIER), await meet(LATER)];
  await countRight();
  await db.stats`
    select identity.move_clients(
      ${[team.organisationId]}::int[], ${[one.clientId]}::uuid[], ${[await personOf(other)]}::uuid[], array[null]::uuid[])`;
  expect(await markedSince()).toEqual([null]);
  await countRight();
  await inTransaction(
    team.ctx,
    ({ db }) => db`select casework.erase_clients(${team.organisationId}, ${[one.clientId]}::uuid[])`,
  );
  expect(await markedSince()).toEqual([null]);
  await countRight();
});

test("whoever brings nothing in the year that is read stays who they are known to be by years before", async () => {
  // Linked to nobody else of these tests.
  const alone = aClient({ givenName: "Zora", familyName: "Quill", dateOfBirth: "1951-02-03" });
  const entry = anEntry();
  const contact = await log(aContact(team, { occurredOn: EARLIER, newClient: alone, entries: [entry] }));
  await runLinker(db);
  await countRight();
  const known = () => db.administrator`select person_key, traits from statistics.person_trait order by 1`;
  const before = await known();
  expect(before.length).toBeGreaterThan(0);
  const entries = [{ ...entry, status: "resolved" as const }];
  await log(aContact(team, { clientId: contact.clientId, newClient: undefined, occurredOn: LATER, entries }));
  expect(await markedSince()).toEqual([LATER]);
  await countRight();
  expect([...(await known())]).toEqual([...before]);
});
