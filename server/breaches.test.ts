import { expect, test } from "vitest";
import {
  listAffected,
  listAskableDevices,
  listBreaches,
  openBreach,
  takeAffected,
  takeBreachStep,
} from "./breaches";
import { getRecord } from "./client-record";
import { findClients } from "./clients";
import { logContacts } from "./contacts";
import { type ActorCtx, inTransaction } from "./context";
import { openDevice } from "./devices";
import { askListSchema } from "./domain/agreements/shared-list";
import { affectedSchema, commissionerNotice, openBreachSchema, peopleNotice } from "./domain/breach";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { uuidv7 } from "./ids";
import { listEffect, listListActions } from "./list-actions";
import { makeList } from "./shared-lists";
import { sharedPerson } from "./shared-views";
import { takeAlong } from "./take-along";
import { testDatabase } from "./testing";
import { aClient, aContact, arrangeTeam } from "./testing-casework";
import { anAction, arrangeLists, asking, cellFor, HOME, somebody } from "./testing-lists";
import { arrangeMember, arrangeSession, contextFor } from "./testing-people";
import { aCell, agree, aLook, arrangeShared } from "./testing-sharing";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const member = async (roles: Parameters<typeof arrangeMember>[2], organisationId = team.organisationId) =>
  contextFor(db, await arrangeMember(db, organisationId, roles, { name: "Somebody Else" }));
const officer = await member(["officer"]);
const asked = (ctx = team.ctx) => ({ ...ctx, requestId: uuidv7() });
const by = ({ actor }: ActorCtx) => ({ kind: "member" as const, id: actor.memberId });
const HOUR = 3_600_000;
const window = () => ({ from: new Date(Date.now() - HOUR), until: new Date(Date.now() + HOUR) });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test("From somebody and a window to everybody whose record they touched, opened ones apart from listed ones", async () => {
  const [first, second] = [
    aContact(team, { newClient: aClient({ familyName: "Quenneville" }) }),
    aContact(team, { newClient: aClient({ givenName: "Bea", familyName: "Quenneville" }) }),
  ];
  await logContacts(asked(), [first]);
  await logContacts(asked(), [second]);
  const nosy = await member(["caseworker"]);
  await findClients(asked(nosy), "quenneville");
  await getRecord(asked(nosy), { id: first.clientId });
  const listing = asked(officer);
  const { people, isCut, total, opened, aboutName, elsewhere } = await listAffected(listing, {
    about: by(nosy),
    ...window(),
  });
  expect(aboutName).toBe("Somebody Else");
  expect(people.map(({ name, wasOpened }) => [name, wasOpened])).toEqual([
    ["Amina Quenneville", true],
    ["Bea Quenneville", false],
  ]);
  expect([isCut, total, opened, elsewhere]).toEqual([false, 2, 1, []]);
  // The officer saw their names: whoever asks later who looked at them is told so.
  const [entry] = await db.administrator<{ subjects: { kind: string; id: string }[] }[]>`
    select subjects from governance.audit_entry where request_id = ${listing.requestId}`;
  expect(entry?.subjects).toEqual([
    { kind: "member", id: nosy.actor.memberId },
    { kind: "client", id: first.clientId },
    { kind: "client", id: second.clientId },
  ]);
  const before = { from: new Date(Date.now() - 3 * HOUR), until: new Date(Date.now() - 2 * HOUR) };
  const none = await listAffected(asked(officer), { about: by(nosy), ...before });
  expect(none.people).toEqual([]);
});

test("Nobody but an officer is told whom a breach affects; others are refused before they show again who they are", async () => {
  const question = { about: by(officer), ...window() };
  const worker = await member(["caseworker"]);
  for (const ask of [listAffected, takeAffected]) {
    const refusal = await failure(ask(asked(worker), question));
    expect(refusal).toBeInstanceOf(NotAllowed);
    expect(refusal).toMatchObject({ needs: null });
  }
  expect(await failure(takeAffected(asked(officer), question))).toMatchObject({ needs: "step-up" });
});

test("From a lost device to everybody whom it showed, and whom it held already, whoever worked on it", async () => {
  const [kept, shown, elsewhere] = [aContact(team), aContact(team), aContact(team)];
  for (const contact of [kept, shown, elsewhere]) await logContacts(asked(), [contact]);
  const worker = await member(["caseworker"]);
  await db.administrator`
    update casework.client set assigned_to = ${worker.actor.memberId} where id = ${kept.clientId}`;
  const [onDevice, atDesk] = [
    await arrangeSession(db, worker.actor.accountId),
    await arrangeSession(db, worker.actor.accountId),
  ];
  const sessionOf = (sessionId: string) => ({ ...worker, actor: { ...worker.actor, sessionId } });
  const { accountId, name } = worker.actor;
  const session = { id: onDevice, accountId, name, email: "", deviceId: null };
  const about = { kind: "device" as const, id: uuidv7() };
  const found = async (from: Date) => {
    const { people } = await listAffected(asked(officer), { about, ...window(), from });
    return new Map(people.map(({ clientId, wasOpened }) => [clientId, wasOpened]));
  };
  expect(await failure(found(new Date(0)))).toBeInstanceOf(NotFound);

  await openDevice(
    { ...worker, caller: { address: "192.0.2.9", device: "", session, signedOut: null } },
    { deviceId: about.id, name: "Chrome on Android" },
  );
  await takeAlong(asked(sessionOf(onDevice)), { known: null });
  const lostAt = new Date();
  await getRecord(asked(sessionOf(onDevice)), { id: shown.clientId });
  await getRecord(asked(sessionOf(atDesk)), { id: elsewhere.clientId });
  expect(await found(lostAt)).toEqual(
    new Map([
      [shown.clientId, true],
      [kept.clientId, false],
    ]),
  );
  const id = uuidv7();
  const words = "It was left on the bus.";
  await openBreach(asked(officer), {
    ...{ id, about, what: "lost-device" as const, words, awareAt: new Date() },
    ...{ ...window(), from: lostAt },
  });
  expect((await listBreaches(asked(officer))).find((one) => one.id === id)).toMatchObject({
    ...{ about, aboutName: "Chrome on Android, used by Somebody Else", people: 2, opened: 1 },
  });
  // A worker is not told which devices there are, by no way.
  const [own] = await inTransaction(worker, ({ db }) => db`select * from governance.devices_of_members()`);
  expect(own).toBeUndefined();
  const outside = await arrangeTeam(db, "Outside", ["officer"]);
  expect(await listAskableDevices(outside.ctx)).toEqual([]);
  expect(await failure(listAffected(outside.ctx, { about, ...window() }))).toBeInstanceOf(NotFound);
});

test("Records of another organisation that were shown by agreement are told by organisation", async () => {
  const shared = await arrangeShared(db, "Breach");
  await agree(db, shared, [aCell({ detail: "full" })]);
  await sharedPerson(asked(shared.asker.ctx), aLook(shared.own));
  const ctx = await member(["officer"], shared.asker.organisationId);
  const question = { about: by(shared.asker.ctx), ...window() };
  expect((await listAffected(ctx, question)).elsewhere).toEqual([
    { organisationName: shared.giver.ctx.actor.organisationName, records: 1 },
  ]);
});

test("A list by agreement in which one own client came up is no record that was opened", async () => {
  const home = { place: { kind: "postcode", postcode: "ZE1 1AA" }, address: "14 Whitby Street" } as const;
  const shared = await arrangeShared(db, "Listing", home);
  const { id: agreementId } = await agree(db, shared, [aCell({ place: "household", group: "manager" })]);
  const manager = await member(["manager"], shared.asker.organisationId);
  const ask = askListSchema.parse({
    ...{ id: uuidv7(), agreementId, level: "household", purpose: "direct-support", reason: "offer-help" },
    ...{ within: ["ZE1 1AA"], street: "Whitby Street", needs: ["*"] },
  });
  const { rows } = await makeList(asked(manager), ask);
  expect(rows.map(({ own }) => own.map((one) => one.id))).toEqual([[shared.own]]);
  const ctx = await member(["officer"], shared.asker.organisationId);
  const { people, opened } = await listAffected(asked(ctx), { about: by(manager), ...window() });
  expect(people.map(({ clientId, wasOpened }) => [clientId, wasOpened])).toEqual([[shared.own, false]]);
  expect(opened).toBe(0);
});

test("What a list had shown before counts for whoever read it again in the window, row by row", async () => {
  const { giver, asker, manager, signed } = await arrangeLists(db);
  await somebody(giver, { ...HOME, address: "1 Again Street" }, ["MON-01"]);
  await somebody(giver, { ...HOME, address: "2 Again Street" }, ["MON-01"]);
  const id = await anAction(
    manager,
    asking(await signed([cellFor("household", "coded")]), { street: "Again Street" }),
  );
  const [reader, looker] = [
    await member(["manager"], asker.organisationId),
    await member(["manager"], asker.organisationId),
  ];
  const nobody = await member(["caseworker"], asker.organisationId);
  for (const ctx of [reader, nobody]) await listListActions(asked(ctx));
  const ctx = await member(["officer"], asker.organisationId);
  const elsewhere = async (who: ActorCtx) =>
    (await listAffected(asked(ctx), { about: by(who), ...window() })).elsewhere;
  // The list showed two homes; one of them stands on the board.
  expect(await elsewhere(manager)).toEqual([{ organisationName: "List advice", records: 2 }]);
  expect(await elsewhere(reader)).toEqual([{ organisationName: "List advice", records: 1 }]);
  expect(await elsewhere(nobody)).toEqual([]);
  // Also by the effect, which shows what was seen before.
  await listEffect(asked(looker), { id, lookId: uuidv7() });
  expect(await elsewhere(looker)).toEqual([{ organisationName: "List advice", records: 1 }]);
});

test("A breach is kept with its figures and its clock, takes its steps and is closed once the Commissioner is answered", async () => {
  const worker = await member(["caseworker"]);
  const contact = aContact(team);
  await logContacts(asked(), [contact]);
  await getRecord(asked(worker), { id: contact.clientId });
  const id = uuidv7();
  const awareAt = new Date(Date.now() - 71 * HOUR);
  const given = {
    ...({ id, about: by(worker), what: "looked-without-reason", awareAt } as const),
    ...{ words: "They looked at a neighbour.", ...window() },
  };
  await openBreach(asked(officer), given);
  await openBreach(asked(officer), given);
  const find = async () => (await listBreaches(asked(officer))).find((one) => one.id === id);
  expect(await find()).toMatchObject({
    ...{ people: 1, opened: 1, state: "open", isLate: false, words: "They looked at a neighbour." },
    commissionerDueAt: new Date(awareAt.getTime() + 72 * HOUR),
  });
  expect(await failure(takeBreachStep(asked(officer), { id, step: "close" }))).toBeInstanceOf(Conflict);
  await takeBreachStep(asked(officer), { id, step: "commissioner-told" });
  await takeBreachStep(asked(officer), { id, step: "people-told" });
  await takeBreachStep(asked(officer), { id, step: "close" });
  expect(await find()).toMatchObject({ state: "closed", commissioner: "told" });
  expect(await failure(takeBreachStep(asked(officer), { id, step: "close" }))).toBeInstanceOf(Conflict);
  const elsewhere = await arrangeTeam(db, "Elsewhere", ["officer"]);
  expect(await listBreaches(elsewhere.ctx)).toEqual([]);
  expect(await failure(takeBreachStep(elsewhere.ctx, { id, step: "close" }))).toBeInstanceOf(NotFound);
  const foreign = { about: by(worker), ...window() };
  expect(await failure(listAffected(elsewhere.ctx, foreign))).toBeInstanceOf(NotFound);
});

test("Why nobody is at risk is kept sealed, stays when the Commissioner is told after all, and is not in the audit", async () => {
  const worker = await member(["caseworker"]);
  const id = uuidv7();
  const words = "They looked at a neighbour.";
  await openBreach(asked(officer), {
    ...({ id, about: by(worker), what: "looked-without-reason", awareAt: new Date(), words } as const),
    ...window(),
  });
  const find = async () => (await listBreaches(asked(officer))).find((one) => one.id === id);
  expect(await find()).toMatchObject({ commissioner: null, noRiskReason: null });
  const reason = "Only the street was shown, and it was deleted unread.";
  const deciding = asked(officer);
  await takeBreachStep(deciding, { id, step: "commissioner-no-risk", reason });
  expect(await find()).toMatchObject({ commissioner: "no-risk", noRiskReason: reason });
  const [kept] = await db.administrator<{ noRiskReason: Buffer }[]>`
    select no_risk_reason from governance.breach where id = ${id}`;
  expect(kept?.noRiskReason.includes("street")).toBe(false);
  const entries = await db.administrator<{ detail: unknown }[]>`
    select detail from governance.audit_entry where request_id = ${deciding.requestId}`;
  expect(entries.map(({ detail }) => detail)).toEqual([{ step: "commissioner-no-risk" }]);
  await takeBreachStep(asked(officer), { id, step: "commissioner-told" });
  expect(await find()).toMatchObject({ commissioner: "told", noRiskReason: reason });
});

test("Nobody becomes aware of a breach in the future, and a question spans two years at most", async () => {
  const worker = await member(["caseworker"]);
  const given = {
    ...{ id: uuidv7(), about: by(worker), words: "They looked at a neighbour.", ...window() },
    ...({ what: "looked-without-reason", awareAt: new Date(Date.now() + HOUR) } as const),
  };
  expect(await failure(openBreach(asked(officer), given))).toBeInstanceOf(Invalid);
  expect((await listBreaches(asked(officer))).filter(({ id }) => id === given.id)).toEqual([]);
  const years = { ...given, awareAt: new Date(), from: new Date(Date.now() - 3 * 366 * 24 * HOUR) };
  const { about, from, until } = years;
  for (const read of [affectedSchema.safeParse({ about, from, until }), openBreachSchema.safeParse(years)]) {
    expect(read.error?.issues.map(({ message }) => message)).toEqual(["Ask about two years at most."]);
  }
});

test("Notices carry the figures and the times, and nobody’s name", () => {
  const figures = {
    ...({ what: "lost-device", people: 1_204, opened: 1, organisationName: "Advice First" } as const),
    from: new Date("2026-11-20T09:00:00Z"),
    until: new Date("2026-11-20T17:30:00Z"),
    awareAt: new Date("2026-11-21T08:15:00Z"),
  };
  const notice = commissionerNotice(figures);
  expect(notice).toContain("about 1,204 people");
  expect(notice).toContain("The records of 1 person were opened");
  expect(notice).toContain("20 November 2026 at 09:00");
  expect(peopleNotice(figures)).toContain("a device was lost or stolen, between 20 November 2026 at 09:00");
  // What was done is for the officer to say: outside the brackets nothing is claimed of it.
  for (const draft of [notice, peopleNotice(figures)]) {
    expect(draft.replaceAll(/\[[^\]]*\]/g, "")).not.toMatch(/stopped|ended|told|copied|health/);
  }
});
