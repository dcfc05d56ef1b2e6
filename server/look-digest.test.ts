import { expect, test, vi } from "vitest";
import { Invalid, NotAllowed } from "./domain/errors";
import { addDays, dayOf } from "./domain/period";
import { arrangeMailServer } from "./testing-mail";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const mails = await arrangeMailServer();
const { knownTo } = await import("./known-to");
const { lookDigest, mailLookDigests } = await import("./look-digest");
const { testDatabase } = await import("./testing");
const { addPerson } = await import("./testing-linking");
const { arrangeMember, contextFor } = await import("./testing-people");
const { aCell, agree, aLook, arrangeShared, logMore } = await import("./testing-sharing");

const db = await testDatabase();
const today = dayOf(new Date());

test("an officer sees how often each member looked, and the unusual ones with their reason", async () => {
  const shared = await arrangeShared(db, "Digest");
  await agree(db, shared, [aCell()]);
  const { asker, own } = shared;
  const officer = contextFor(db, await arrangeMember(db, asker.organisationId, ["officer"]));
  const okafor = await arrangeMember(db, asker.organisationId, ["caseworker"], { name: "Ben Okafor" });
  await knownTo(asker.ctx, aLook(own));
  await knownTo(contextFor(db, okafor), { ...aLook(own), words: "She rang me" });
  const other = await addPerson(asker, { familyName: "Lind" });
  await knownTo(asker.ctx, aLook(other.clientId));
  await db.administrator`update casework.client set created_at = created_at - interval '25 hours'`;

  const digest = await lookDigest(officer, today);
  expect(digest).toMatchObject({
    looks: 3,
    byMember: [
      { memberName: "Robin Test", looks: 2, people: 2 },
      { memberName: "Ben Okafor", looks: 1, people: 1 },
    ],
    unusual: [{ memberName: "Ben Okafor", clientId: own, words: "She rang me", why: ["same-surname"] }],
  });
  expect((await lookDigest(officer, addDays(today, 1))).looks).toBe(0);
  await expect(async () => lookDigest(asker.ctx, today)).rejects.toBeInstanceOf(NotAllowed);
  await expect(lookDigest(officer, addDays(today, -367))).rejects.toBeInstanceOf(Invalid);
  const elsewhere = contextFor(db, await arrangeMember(db, shared.giver.organisationId, ["officer"]));
  expect((await lookDigest(elsewhere, today)).looks).toBe(0);
});

test("officers are told by mail once a week, without a name or a number, and only where somebody looked", async () => {
  const shared = await arrangeShared(db, "Mailed");
  await arrangeMember(db, shared.asker.organisationId, ["officer"], { email: "officer@asker.test" });
  await arrangeMember(db, shared.giver.organisationId, ["officer"], { email: "officer@giver.test" });
  await knownTo(shared.asker.ctx, aLook(shared.own));
  const told = async () => {
    mails.deliveries.length = 0;
    await mailLookDigests(db.app);
    return mails.deliveries.filter(({ to }) => to.includes("officer@"));
  };
  const [mail, ...others] = await told();
  expect(others).toEqual([]);
  expect(mail?.to).toContain("<officer@asker.test>");
  expect(mail?.message).not.toMatch(/Amina|Okafor/);
  // Below the head; a soft break at the end of a line is no part of what is read (RFC 2045).
  const body = mail?.message.split("\n\n").slice(1).join("\n\n").replaceAll("=\n", "") ?? "";
  expect(body).toContain("/desk/look-ups");
  expect(body.replace(/\S+\/desk\/look-ups/, "")).not.toMatch(/\d/);
  expect(await told()).toEqual([]);
  await db.administrator`update governance.look_digest set told_on = told_on - 7`;
  expect(await told()).toHaveLength(1);
});

test("a look at somebody whom the member had recorded just before is unusual, until they have met again", async () => {
  const shared = await arrangeShared(db, "Made");
  await agree(db, shared, [aCell()]);
  const { asker, own } = shared;
  const officer = contextFor(db, await arrangeMember(db, asker.organisationId, ["officer"]));
  await knownTo(asker.ctx, aLook(own));
  const why = async () => (await lookDigest(officer, today)).unusual.map((one) => one.why);
  expect(await why()).toEqual([["made-to-look"]]);
  await logMore(asker, own);
  expect(await why()).toEqual([]);
});
