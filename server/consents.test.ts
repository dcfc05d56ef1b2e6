import { expect, test } from "vitest";
import { getClient } from "./clients";
import { listRenewals } from "./consent-renewals";
import { listConsents, recordConsent } from "./consents";
import { logContacts, voidContact } from "./contacts";
import { recordConsentSchema } from "./domain/consent-input";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { addDays, addMonths, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { aContact, arrangeTeam } from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const today = dayOf(new Date());

async function arrangeClient(): Promise<string> {
  const contact = aContact(team);
  await logContacts(team.ctx, [contact]);
  return contact.clientId;
}

const answer = (clientId: string, said: "given" | "declined" | "withdrawn", answeredOn = today) => ({
  id: uuidv7(),
  clientId,
  answer: said,
  answeredOn,
  how: "phone" as const,
});
const say = (consent: ReturnType<typeof answer>, ctx = team.ctx) =>
  recordConsent(ctx, recordConsentSchema.parse(consent));
const stateOf = async (id: string) => (await getClient(team.ctx, { id, showIdentifiers: false })).sharing;
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test("Somebody is not asked, says yes, takes it back and says no; all of it stays to be seen", async () => {
  const id = await arrangeClient();
  expect(await stateOf(id)).toEqual({ answer: "not-asked" });
  expect((await say(answer(id, "given"))).state.answer).toBe("given");
  expect((await say(answer(id, "withdrawn"))).state.answer).toBe("withdrawn");
  expect((await say(answer(id, "declined"))).state.answer).toBe("declined");
  expect(await stateOf(id)).toEqual({ answer: "declined", on: today });
  const { history } = await listConsents(team.ctx, { clientId: id });
  expect(history.map(({ answer: said }) => said)).toEqual(["declined", "withdrawn", "given"]);
  expect(history[2]).toMatchObject({ memberName: "Robin Test", how: "phone", atContact: false });
  expect(history[2]?.words).toContain("May we tell other services");
});

test("An answer sent twice is written once, and another under its id is refused", async () => {
  const id = await arrangeClient();
  const given = answer(id, "given");
  expect((await say(given)).outcome).toBe("stored");
  expect((await say(given)).outcome).toBe("already-stored");
  expect(await failure(say({ ...given, answer: "declined" }))).toBeInstanceOf(Conflict);
  expect((await listConsents(team.ctx, { clientId: id })).history).toHaveLength(1);
});

test("A contact carries the answer; voided, it takes the answer with it; an emergency asks nobody", async () => {
  const contact = aContact(team, { consent: "given" });
  await logContacts(team.ctx, [contact]);
  expect((await stateOf(contact.clientId)).answer).toBe("given");
  await voidContact(team.ctx, { id: contact.id, reason: "Wrong person" });
  expect(await stateOf(contact.clientId)).toEqual({ answer: "not-asked" });
  const emergency = aContact(team, { consent: "emergency" });
  await logContacts(team.ctx, [emergency]);
  expect(await stateOf(emergency.clientId)).toEqual({ answer: "not-asked" });
  const corrected = aContact(team, { consent: "given" });
  const { newClient: _, ...kept } = corrected;
  const right = { ...kept, id: uuidv7(), consent: "declined" as const };
  await logContacts(team.ctx, [
    corrected,
    { ...right, corrects: { contactId: corrected.id, reason: "They said no" } },
  ]);
  expect((await stateOf(corrected.clientId)).answer).toBe("declined");
});

test("Nothing is answered on a day to come, and nothing taken back that was never given", async () => {
  const id = await arrangeClient();
  expect(await failure(say(answer(id, "given", addDays(today, 1))))).toBeInstanceOf(Invalid);
  expect(await failure(say(answer(id, "withdrawn")))).toBeInstanceOf(Invalid);
});

test("Nobody asks for another organisation's client, or for somebody who gave no name", async () => {
  const other = await arrangeTeam(db, "Elsewhere");
  const id = await arrangeClient();
  expect(await failure(say(answer(id, "given"), other.ctx))).toBeInstanceOf(NotFound);
  expect(await failure(listConsents(other.ctx, { clientId: id }))).toBeInstanceOf(NotFound);
  const { newClient: _, ...nobody } = aContact(team);
  await logContacts(team.ctx, [{ ...nobody, anonymous: true, consent: "given" }]);
  expect(await failure(say(answer(nobody.clientId, "given")))).toBeInstanceOf(NotFound);
});

/** A client of the team who is as old as that today. */
async function arrangeAged(years: number): Promise<string> {
  const contact = aContact(team, {
    newClient: { givenName: "Amina", familyName: "Okafor", dateOfBirth: addMonths(today, -12 * years) },
  });
  await logContacts(team.ctx, [contact]);
  return contact.clientId;
}
const sayAs = (id: string, more: { child?: string; capacity?: string; capacityNote?: string }) =>
  recordConsent(team.ctx, recordConsentSchema.parse({ ...answer(id, "given"), ...more }));

test("Under 13 a parent is asked, from 13 a child may who understands, and at 16 nobody is asked for them", async () => {
  const [twelve, thirteen, sixteen] = [await arrangeAged(12), await arrangeAged(13), await arrangeAged(16)];
  for (const [id, child] of [
    [twelve, undefined],
    [twelve, "understands"],
    [thirteen, undefined],
    [sixteen, "parent"],
  ] as const) {
    expect(await failure(sayAs(id, child ? { child } : {}))).toBeInstanceOf(Invalid);
  }
  expect((await sayAs(twelve, { child: "parent" })).state.answer).toBe("given");
  expect((await sayAs(thirteen, { child: "understands" })).state.answer).toBe("given");
  // A yes is taken back by whoever it is about.
  expect((await say(answer(twelve, "withdrawn"))).state.answer).toBe("withdrawn");
});

test("A yes said at a contact counts under 16 once it says who was asked", async () => {
  const [twelve, fourteen, other] = [await arrangeAged(12), await arrangeAged(14), await arrangeAged(14)];
  const atContact = async (clientId: string, consentChild?: "parent" | "understands") => {
    await logContacts(team.ctx, [{ ...aContact(team, { clientId }), consent: "given", consentChild }]);
    const { state, history } = await listConsents(team.ctx, { clientId });
    return [state.answer, history[0]?.child];
  };
  expect(await atContact(twelve, "understands")).toEqual(["not-asked", undefined]);
  expect(await atContact(twelve, "parent")).toEqual(["given", "parent"]);
  expect(await atContact(fourteen)).toEqual(["not-asked", undefined]);
  expect(await atContact(other, "understands")).toEqual(["given", "understands"]);
});

test("Who decided for somebody is written down, sealed, and read back beside the answer", async () => {
  const id = await arrangeClient();
  const missing = recordConsentSchema.safeParse({ ...answer(id, "given"), capacity: "best-interests" });
  expect(missing.error?.issues[0]?.path).toEqual(["capacityNote"]);
  const words = "Her sister and the social worker; she could not weigh it.";
  await sayAs(id, { capacity: "best-interests", capacityNote: words });
  const { history } = await listConsents(team.ctx, { clientId: id });
  expect(history[0]).toMatchObject({ capacity: "best-interests", capacityNote: words, wordsVersion: 1 });
  const [row] = await db.administrator<{ capacityNote: Buffer }[]>`
    select capacity_note from casework.consent where client_id = ${id}`;
  expect(row?.capacityNote.includes("sister")).toBe(false);
});

test("A worker sees whose yes ends within four weeks or ended lately, and nobody else's", async () => {
  const { memberId } = team.ctx.actor;
  const saidOn = { soon: addDays(addMonths(today, -6), 10), lately: addDays(addMonths(today, -6), -10) };
  const ids = { soon: await arrangeClient(), lately: await arrangeClient(), fresh: await arrangeClient() };
  const notMine = await arrangeClient();
  await say(answer(ids.soon, "given", saidOn.soon));
  await say(answer(ids.lately, "given", saidOn.lately));
  await say(answer(ids.fresh, "given"));
  await say(answer(notMine, "given", saidOn.soon));
  await db.administrator`
    update casework.client set assigned_to = ${memberId} where id = any (${Object.values(ids)}::uuid[])`;
  const { renewals } = await listRenewals(team.ctx);
  expect(renewals.map(({ clientId, state }) => [clientId, state.answer])).toEqual([
    [ids.lately, "lapsed"],
    [ids.soon, "given"],
  ]);
  await say(answer(ids.soon, "given"));
  expect((await listRenewals(team.ctx)).renewals).toHaveLength(1);
});
