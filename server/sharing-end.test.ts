import { expect, test } from "vitest";
import { recordConsent } from "./consents";
import { logContacts } from "./contacts";
import { askListSchema } from "./domain/agreements/shared-list";
import type { ConsentAnswer } from "./domain/consent";
import { recordConsentSchema } from "./domain/consent-input";
import { dayOf } from "./domain/period";
import { referralStepSchema, sendReferralSchema } from "./domain/referral-input";
import { uuidv7 } from "./ids";
import { object } from "./objections";
import { getReferral, sendReferral, stepReferral, takeOn } from "./referrals";
import { listNotices } from "./rights-notices";
import { makeList } from "./shared-lists";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam } from "./testing-casework";
import { addPerson } from "./testing-linking";
import { arrangeMember, contextFor } from "./testing-people";
import { aCell, agree, logMore, makeOne } from "./testing-sharing";

const db = await testDatabase();
const today = dayOf(new Date());
const advice = await arrangeTeam(db, "Ending Advice");
const housing = await arrangeTeam(db, "Ending Housing");

/** Somebody with an issue that is somebody else's, and referrals of it: one to each of these. */
async function arrangeReferred(...to: ("platform" | "phone")[]) {
  const entry = anEntry({ need: "HOU-04", ours: false });
  const contact = aContact(advice, { newClient: aClient(), entries: [entry] });
  await logContacts({ ...advice.ctx, requestId: uuidv7() }, [contact]);
  await say(contact.clientId, "given");
  const ids = [];
  for (const way of to) {
    const referral = sendReferralSchema.parse({
      id: uuidv7(),
      clientId: contact.clientId,
      to:
        way === "platform"
          ? { way, organisationId: housing.organisationId, serviceId: housing.serviceId }
          : { way, name: "Food bank", phone: "01632 960002" },
      issues: [{ issueId: entry.issueId }],
      share: ["name"],
      consent: { answer: "given", how: "phone", on: today },
      message: "Ring after five",
    });
    await sendReferral(advice.ctx, referral);
    ids.push(referral.id);
  }
  return { clientId: contact.clientId, ids };
}

const say = (clientId: string, answer: ConsentAnswer) =>
  recordConsent(
    advice.ctx,
    recordConsentSchema.parse({ id: uuidv7(), clientId, answer, answeredOn: today, how: "phone" }),
  );

const step = (ctx: typeof advice.ctx, id: string, step: string) =>
  stepReferral(ctx, referralStepSchema.parse({ id, eventId: uuidv7(), step, heardFrom: "Jo" }));

test("A yes taken back takes back what nobody took up, and tells whoever did to pass nothing on", async () => {
  const { clientId, ids } = await arrangeReferred("platform", "platform", "phone");
  const [open = "", accepted = "", phoned = ""] = ids;
  await step(housing.ctx, accepted, "accepted");
  const { clientId: theirs } = await takeOn(housing.ctx, {
    ...{ id: accepted, clientId: uuidv7(), known: false },
  });

  const { ended } = await say(clientId, "withdrawn");
  expect(ended).toEqual({ takenBack: [open, phoned], told: 1, toTell: ["Food bank"] });
  expect(await getReferral(housing.ctx, open)).toMatchObject({
    course: { state: "withdrawn" },
    details: null,
    message: null,
  });
  expect(await getReferral(housing.ctx, accepted)).toMatchObject({ course: { state: "accepted" } });
  expect(await listNotices(housing.ctx, theirs)).toMatchObject([
    { kind: "yes-ended", fromName: "Ending Advice" },
  ]);
});

test("An objection to sharing does the same, and one to being counted leaves a referral alone", async () => {
  const { clientId, ids } = await arrangeReferred("platform");
  const state = async () => (await getReferral(advice.ctx, ids[0] ?? "")).course.state;
  await object(advice.ctx, { id: uuidv7(), clientId, against: "counting" });
  expect(await state()).toBe("sent");
  const { ended } = await object(advice.ctx, { id: uuidv7(), clientId, against: "sharing" });
  expect(ended).toEqual({ takenBack: ids, told: 0, toTell: [] });
  expect(await state()).toBe("withdrawn");
  const [entry] = await db.administrator`
    select subjects from governance.audit_entry where action = 'objection.make' order by id desc limit 1`;
  expect(entry?.["subjects"]).toContainEqual({ kind: "referral", id: ids[0] });
});

test("A yes taken back on one record ends what was sent from the person’s other record, too", async () => {
  const one = await arrangeReferred("platform");
  const other = await arrangeReferred("platform", "platform");
  const [sent = "", accepted = ""] = other.ids;
  await step(housing.ctx, accepted, "accepted");
  await takeOn(housing.ctx, { id: accepted, clientId: uuidv7(), known: false });
  const at = ({ clientId }: { clientId: string }) => ({ organisationId: advice.organisationId, clientId });
  await makeOne(db, at(one), at(other));
  const { ended } = await say(one.clientId, "withdrawn");
  expect(ended).toEqual({ takenBack: [...one.ids, sent], told: 1, toTell: [] });
  expect(await getReferral(housing.ctx, sent)).toMatchObject({
    ...{ course: { state: "withdrawn" }, details: null, message: null },
  });
});

test("A service that took up two referrals of somebody is counted once", async () => {
  const { clientId, ids } = await arrangeReferred("platform", "platform");
  for (const id of ids) {
    await step(housing.ctx, id, "accepted");
    await takeOn(housing.ctx, { id, clientId: uuidv7(), known: false });
  }
  expect((await say(clientId, "withdrawn")).ended).toEqual({ takenBack: [], told: 1, toTell: [] });
});

test("Whoever saw somebody only in a list has no client to tell it at, and is named", async () => {
  const home = { place: { kind: "postcode", postcode: "ZE1 1AA" }, address: "14 Whitby Street" } as const;
  const { clientId } = await addPerson(advice, home);
  await logMore(advice, clientId, { entries: [anEntry({ need: "MON-01" })] });
  await say(clientId, "given");
  const cell = aCell({ place: "household", detail: "rag", group: "manager" });
  const { id } = await agree(db, { giver: advice, asker: housing }, [cell], { needs: ["MON-01"] });
  const asked = askListSchema.parse({
    ...{ id: uuidv7(), agreementId: id, level: "household", purpose: "direct-support", reason: "offer-help" },
    ...{ words: null, within: ["ZE1 1AA"], street: "Whitby Street", needs: ["MON-01"] },
  });
  const manager = contextFor(db, await arrangeMember(db, housing.organisationId, ["manager"]));
  expect((await makeList(manager, asked)).rows).toHaveLength(1);
  const { ended } = await say(clientId, "withdrawn");
  expect(ended).toEqual({ takenBack: [], told: 0, toTell: ["Ending Housing"] });
});
