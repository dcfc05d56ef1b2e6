import { expect, test } from "vitest";
import { listLooks } from "./client-looks";
import { getRecord, printRecord } from "./client-record";
import { findClients } from "./clients";
import { listConsents } from "./consents";
import { logContacts } from "./contacts";
import { inTransaction } from "./context";
import { NotFound } from "./domain/errors";
import { uuidv7 } from "./ids";
import { knownTo } from "./known-to";
import { sharedPerson } from "./shared-views";
import { packFor } from "./subject-pack";
import { testDatabase } from "./testing";
import { aClient, aContact, arrangeTeam } from "./testing-casework";
import { aCell, agree, aLook, arrangeShared } from "./testing-sharing";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");

/** Each call in a request of its own, as over the wire. */
const asked = () => ({ ...team.ctx, requestId: uuidv7() });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test("A record says who has looked and what they did, once a request, and looking is looked at too", async () => {
  const contact = aContact(team, { newClient: aClient({ familyName: "Quenneville" }) });
  const id = contact.clientId;
  await logContacts(asked(), [contact]);
  await findClients(asked(), "quenneville");
  const page = asked();
  await getRecord(page, { id });
  await listConsents(page, { clientId: id });
  await printRecord(asked(), { id });
  const { looks, looksInAll } = await getRecord(asked(), { id });
  expect(looks.map(({ action }) => action)).toEqual([
    "client.print",
    "client.read",
    "client.find",
    "contact.log",
  ]);
  expect(looksInAll).toBe(4);
  const all = await listLooks(asked(), { clientId: id, before: null });
  expect(all.looks.map(({ action }) => action)[0]).toBe("client.read");
  expect(all.next).toBeNull();
  const other = await arrangeTeam(db, "Elsewhere");
  expect(await failure(listLooks(other.ctx, { clientId: id, before: null }))).toBeInstanceOf(NotFound);
});

test("A look at what others share has a line of its own at both sides, whatever else is sent with it as one request", async () => {
  const shared = await arrangeShared(db, "Together");
  await agree(db, shared, [aCell({ detail: "full" })]);
  const { asker, giver, own, given } = shared;
  const together = { ...asker.ctx, requestId: uuidv7() };
  await getRecord(together, { id: own });
  await knownTo(together, aLook(own));
  await sharedPerson(together, aLook(own));
  await printRecord(together, { id: own });
  const historyOf = async (ctx: typeof asker.ctx, clientId: string) =>
    (await listLooks({ ...ctx, requestId: uuidv7() }, { clientId, before: null })).looks.map(
      ({ action }) => action,
    );
  expect(await historyOf(asker.ctx, own)).toEqual(
    expect.arrayContaining(["client.read", "client.print", "sharing.known-to", "sharing.person"]),
  );
  const crossed = (await historyOf(giver.ctx, given)).filter((action) => action === "sharing.looked");
  expect(crossed).toHaveLength(2);
  const copy = await inTransaction(giver.ctx, (ctx) => packFor(ctx, [given]));
  expect(copy.looks.filter(({ action }) => action === "sharing.looked")).toHaveLength(2);
});

test("A device that writes ids in capitals changes nobody's record unseen", async () => {
  const contact = aContact(team);
  await logContacts(asked(), [contact]);
  const id = contact.clientId;
  await logContacts(asked(), [{ ...aContact(team), newClient: undefined, clientId: id.toUpperCase() }]);
  const { looks } = await listLooks(asked(), { clientId: id, before: null });
  expect(looks.map(({ action }) => action)).toEqual(["contact.log", "contact.log"]);
});

test("Every entry that names somebody is noted for them, and found by an index under row-level security", async () => {
  const [missing] = await db.administrator<{ count: number }[]>`
    select count(*)::int as count
    from governance.audit_entry as e
    cross join lateral jsonb_array_elements(e.subjects) as s
    where e.organisation_id is not null and not exists (
      select from governance.audit_subject as x
      where x.organisation_id = e.organisation_id and x.subject_id::text = lower(s ->> 'id') and x.entry_id = e.id)`;
  expect(missing?.count).toBe(0);
  const plan = await db.app.begin(async (tx) => {
    await tx`select set_config('app.organisation_id', ${String(team.organisationId)}, true)`;
    await tx`set local enable_seqscan = off`;
    return tx`
      explain select entry_id from governance.audit_subject
      where organisation_id = ${team.organisationId} and subject_id = ${uuidv7()}`;
  });
  expect(JSON.stringify(plan)).toMatch(/Index Cond: [^"]*subject_id/);
});
