import { expect, test } from "vitest";
import { getRecord, printRecord } from "./client-record";
import { findClients } from "./clients";
import { listConsents } from "./consents";
import { logContacts } from "./contacts";
import { NotAllowed, NotFound } from "./domain/errors";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { findClientsAsOfficer } from "./officer-search";
import { testDatabase } from "./testing";
import { aClient, aContact, arrangeTeam } from "./testing-casework";
import { arrangeMember, contextFor, steppedUp } from "./testing-people";
import { takeOutLooks, whoLooked } from "./who-looked";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const nosy = contextFor(
  db,
  await arrangeMember(db, team.organisationId, ["caseworker"], { name: "Nosy Parker" }),
);
const officer = contextFor(
  db,
  await arrangeMember(db, team.organisationId, ["officer"], { name: "Olive Officer" }),
);

/** Each call in a request of its own, as over the wire. */
const asked = (ctx = team.ctx) => ({ ...ctx, requestId: uuidv7() });
const today = dayOf(new Date());
const window = { from: addDays(today, -1), to: today };
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test("An officer learns who looked at a client, what they did and why, once a person and day", async () => {
  const contact = aContact(team, { newClient: aClient({ familyName: "Quenneville" }) });
  const id = contact.clientId;
  await logContacts(asked(), [contact]);
  await db.administrator`update casework.client set assigned_to = ${team.ctx.actor.memberId} where id = ${id}`;
  const page = asked();
  await getRecord(page, { id });
  await listConsents(page, { clientId: id });
  await printRecord(asked(), { id });
  await findClients(asked(nosy), "quenneville");
  await getRecord(asked(nosy), { id });
  const [found] = await findClientsAsOfficer(asked(officer), "quenneville");
  expect(found?.id).toBe(id);

  const { about, groups, isCut } = await whoLooked(asked(officer), {
    about: { kind: "client", id },
    ...window,
  });
  expect(about).toMatchObject({ kind: "client", name: "Amina Quenneville", dateOfBirth: "1984-05-31" });
  expect(isCut).toBe(false);
  const told = groups.map(({ memberName, why, did }) => [
    memberName,
    why.kind,
    did.map(({ action, times }) => `${action} ${times}`),
  ]);
  expect(told).toEqual([
    ["Olive Officer", "officer", ["client.find-as-officer 1"]],
    ["Nosy Parker", "unknown", ["client.find 1", "client.read 1"]],
    ["Robin Test", "looks-after", ["contact.log 1", "client.read 1", "client.print 1"]],
  ]);
});

test("A contact of their own is the reason of somebody who no longer looks after a client", async () => {
  const contact = aContact(team);
  await logContacts(asked(), [contact]);
  await db.administrator`
    update casework.client set assigned_to = null, created_by = null where id = ${contact.clientId}`;
  const { groups } = await whoLooked(asked(officer), {
    about: { kind: "client", id: contact.clientId },
    ...window,
  });
  expect(groups.map(({ why }) => why)).toEqual([
    { kind: "contact", contacts: 1, lastOn: contact.occurredOn },
  ]);
});

test("An officer learns whom a member looked at, and asking is recorded of both", async () => {
  const contact = aContact(team);
  await logContacts(asked(), [contact]);
  await getRecord(asked(nosy), { id: contact.clientId });
  const ctx = asked(contextFor(db, await steppedUp(db, officer.actor)));
  const question = { about: { kind: "member", id: nosy.actor.memberId }, ...window } as const;
  const { about, groups } = await takeOutLooks(ctx, question);
  expect(about).toMatchObject({ kind: "member", name: "Nosy Parker", roles: ["caseworker"] });
  expect(groups.map(({ clientId }) => clientId)).toContain(contact.clientId);
  const entries = await db.administrator<{ action: string; subjects: unknown }[]>`
    select action, subjects from governance.audit_entry where request_id = ${ctx.requestId}`;
  expect(entries).toEqual([
    { action: "use.take-out", subjects: [{ kind: "member", id: nosy.actor.memberId }] },
  ]);
});

test("A day that was not asked for is not told", async () => {
  const contact = aContact(team);
  await logContacts(asked(), [contact]);
  const { groups } = await whoLooked(asked(officer), {
    about: { kind: "client", id: contact.clientId },
    from: addDays(today, -9),
    to: addDays(today, -1),
  });
  expect(groups).toEqual([]);
});

test("Nobody learns who looked at another organisation's client, and only an officer may ask", async () => {
  const contact = aContact(team);
  await logContacts(asked(), [contact]);
  const other = await arrangeTeam(db, "Elsewhere", ["officer"]);
  const question = { about: { kind: "client", id: contact.clientId }, ...window } as const;
  expect(await failure(whoLooked(other.ctx, question))).toBeInstanceOf(NotFound);
  expect(await failure((async () => whoLooked(team.ctx, question))())).toBeInstanceOf(NotAllowed);
});
