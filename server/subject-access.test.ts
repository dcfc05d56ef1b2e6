/**
 * The pack holds every row about one person and none about anybody else; after erasing nothing of them is left, and no
 * device that was offline brings them back.
 */
import { expect, test } from "vitest";
import { addAction } from "./actions";
import { editClient } from "./client-edits";
import { addClient } from "./clients";
import { recordConsent } from "./consents";
import { logContacts } from "./contacts";
import { inTransaction } from "./context";
import { addActionSchema } from "./domain/action";
import { addClientSchema } from "./domain/client";
import { recordConsentSchema } from "./domain/consent-input";
import { dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, anEntry, arrangeTeam } from "./testing-casework";
import { faultsOf, leftOf, packOf, sowPerson } from "./testing-subject-access";
import { edited } from "./testing-whole-record";

const db = await testDatabase();
await allowTestIdentifiers(db);
const advice = await arrangeTeam(db, "Quayside Advice");
const housing = await arrangeTeam(db, "Harbour Housing");

test("A pack holds every row and word about one person and none about another; erasing leaves none of them", async () => {
  const ada = await sowPerson(db, "Adaqwert", advice, housing);
  const bea = await sowPerson(db, "Beazxcvb", advice, housing);
  expect(ada.canaries.length).toBeGreaterThan(80);
  const none = { rows: [], missing: [], foreign: [] };
  expect(faultsOf(await packOf(advice, ada.clientId), ada, bea)).toEqual(none);
  expect(faultsOf(await packOf(advice, bea.clientId), bea, ada)).toEqual(none);
  const [mine, hers] = [ada, bea].map(({ canaries }) => canaries.map(({ word }) => word));
  expect((await leftOf(db.administrator, mine ?? [])).left.length).toBeGreaterThan(80);

  await inTransaction(
    advice.ctx,
    ({ db }) => db`select casework.erase_clients(${advice.organisationId}, ${[ada.clientId]}::uuid[])`,
  );
  expect((await leftOf(db.administrator, mine ?? [])).left).toEqual([]);
  expect((await leftOf(db.administrator, hers ?? [])).left.length).toBeGreaterThan(80);
  expect((await packOf(advice, ada.clientId)).held.every(({ count }) => count === 0)).toBe(true);
});

test("Somebody who was erased does not come back from a device that was offline", async () => {
  const today = dayOf(new Date());
  const newClient = aClient({ familyName: "Ghostqwert" });
  const first = aContact(advice, { newClient });
  const { clientId } = first;
  await logContacts(advice.ctx, [first]);
  await inTransaction(
    advice.ctx,
    ({ db }) => db`select casework.erase_clients(${advice.organisationId}, ${[clientId]}::uuid[])`,
  );
  const { newClient: _known, ...later } = aContact(advice, { clientId, entries: [anEntry()] });
  // All that a device may have kept of them: what it sent before, sent again, and what it wrote meanwhile.
  const answers = await logContacts(advice.ctx, [first, aContact(advice, { clientId, newClient }), later]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(["already-stored", "refused", "refused"]);
  const { memberId } = advice.ctx.actor;
  const writes = [
    () => addClient(advice.ctx, addClientSchema.parse({ id: clientId, ...newClient })),
    () => editClient(advice.ctx, edited(clientId, null, "0191 333")),
    () =>
      addAction(
        advice.ctx,
        addActionSchema.parse({ id: uuidv7(), clientId, title: "Ring Ghostqwert", dueOn: null, memberId }),
      ),
    () =>
      recordConsent(
        advice.ctx,
        recordConsentSchema.parse({
          id: uuidv7(),
          clientId,
          answer: "given",
          answeredOn: today,
          how: "phone",
        }),
      ),
  ];
  for (const write of writes) await expect(write()).rejects.toThrow();
  expect((await leftOf(db.administrator, ["Ghostqwert"])).left).toEqual([]);
  const rows = await db.administrator`select from casework.client where id = ${clientId}`;
  expect(rows).toHaveLength(0);
});
