import { expect, test } from "vitest";
import { findClients, getClient } from "./clients";
import { logContacts, voidContact } from "./contacts";
import { sealOldWords } from "./sealed-words";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam } from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");

test("Words that lay plain are sealed, and the record says the same before and after", async () => {
  const contact = aContact(team, {
    lateReason: "Late",
    entries: [anEntry({ need: "OTH-01", label: "A label" })],
    newClient: aClient({ reference: "AF/0042" }),
  });
  await logContacts(team.ctx, [contact]);
  await voidContact(team.ctx, { id: contact.id, reason: "Void" });
  await db.administrator`alter table casework.contact disable trigger contact_void`;
  await db.administrator`
    update casework.contact
    set late_reason = 'Found in a notebook', late_reason_sealed = null,
        void_reason = 'Wrong person', void_reason_sealed = null`;
  await db.administrator`update casework.issue set label = 'Lost a pet', label_sealed = null`;
  await db.administrator`alter table casework.contact enable trigger contact_void`;
  await db.administrator`update identity.client_identity set reference = null`;
  await db.administrator`update casework.client set reference = 'AF/0042' where id = ${contact.clientId}`;

  const read = () => getClient(team.ctx, { id: contact.clientId, showIdentifiers: false });
  const before = await read();
  expect(before.reference).toBe("AF/0042");
  const found = async () => (await findClients(team.ctx, "af/0042")).map(({ id }) => id);
  expect(await found()).toEqual([contact.clientId]);
  expect(before.contacts).toMatchObject([
    {
      lateReason: "Found in a notebook",
      voided: { reason: "Wrong person" },
      entries: [{ label: "Lost a pet" }],
    },
  ]);
  expect(await sealOldWords({ app: db.app, reader: db.reader })).toBe(4);
  expect(await read()).toEqual(before);
  expect(await found()).toEqual([contact.clientId]);
  const [left] = await db.administrator<{ text: string }[]>`
    select (select string_agg(c::text, ' ') from casework.contact as c)
        || (select string_agg(i::text, ' ') from casework.issue as i)
        || (select string_agg(c::text, ' ') from casework.client as c)
        || (select string_agg(i::text, ' ') from identity.client_identity as i) as text`;
  expect(left?.text).not.toMatch(/notebook|Wrong person|pet|AF.0042/);
  expect(await sealOldWords({ app: db.app, reader: db.reader })).toBe(0);
  await expect(
    db.administrator`update casework.contact set void_reason_sealed = null where id = ${contact.id}`,
  ).rejects.toThrow("voided already");
});
