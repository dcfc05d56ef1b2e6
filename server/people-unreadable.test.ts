/** A client of whom a value does not open keeps nobody else from being linked, is told once and is tried again later. */

import { beforeAll, expect, test, vi } from "vitest";
import { log } from "./log";
import { type ClientKey, linkPeople } from "./people";
import { linkEverybody } from "./people-everybody";
import { linkWhoWaits, weighAgain } from "./people-rounds";
import { testDatabase } from "./testing";
import { arrangeTeam } from "./testing-casework";
import { addPerson, areOne } from "./testing-linking";

const db = await testDatabase();
const [advice, council] = [await arrangeTeam(db, "Advice"), await arrangeTeam(db, "Council")];
const details = {
  givenName: "Rosalind",
  familyName: "Strathallan",
  dateOfBirth: "1959-01-13",
  phone: "01999 555603",
};
let broken: ClientKey;
let healthy: [ClientKey, ClientKey];

beforeAll(async () => {
  // Linked once, so that it is kept under the tokens that its neighbours share with it; altered since.
  broken = await addPerson(advice, details);
  await linkWhoWaits(db.stats);
  await db.administrator`
    alter table identity.client_identity add column kept bytea`;
  await db.administrator`
    update identity.client_identity set kept = given_name, given_name = family_name, version = version + 1
    where client_id = ${broken.clientId}`;
  healthy = [await addPerson(advice, details), await addPerson(council, details)];
});

test("its neighbours are linked as if it were not there", async () => {
  for (const { organisationId, clientId } of healthy) {
    await linkPeople(db.stats, { organisationId, clientIds: [clientId] });
  }
  expect(await areOne(db, ...healthy)).toBe(true);
  expect(await areOne(db, broken, healthy[0])).toBe(false);
});

test("it is reported once, without a word of it, and waits no more", async () => {
  const error = vi.spyOn(log(), "error").mockImplementation(() => {});
  try {
    await linkWhoWaits(db.stats);
    expect(await linkWhoWaits(db.stats)).toBe(0);
    await linkPeople(db.stats, { organisationId: broken.organisationId, clientIds: [broken.clientId] });
    expect(error.mock.calls).toEqual([
      [{ clients: 1 }, "clients not linked: no key of the ring opens their details"],
    ]);
  } finally {
    error.mockRestore();
  }
});

test("everybody else is linked at once and weighed again for checking", async () => {
  await linkEverybody(db.stats);
  expect(await areOne(db, ...healthy)).toBe(true);
  const [a, b] = healthy;
  const pairs = await db.stats.begin((tx) =>
    weighAgain(tx, [
      { a, b },
      { a, b: broken },
    ]),
  );
  expect(pairs).toHaveLength(1);
});

test("it is tried again after a day, and linked once it opens", async () => {
  await db.administrator`
    update identity.client_identity set given_name = kept where client_id = ${broken.clientId}`;
  expect(await linkWhoWaits(db.stats)).toBe(0);
  await db.administrator`update identity.linking_state set linked_at = now() - interval '25 hours'`;
  expect(await linkWhoWaits(db.stats)).toBe(1);
  expect(await areOne(db, broken, ...healthy)).toBe(true);
});
