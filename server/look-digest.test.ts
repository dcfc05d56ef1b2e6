import { expect, test, vi } from "vitest";
import { NotAllowed } from "./domain/errors";
import { addDays, dayOf } from "./domain/period";
import { knownTo } from "./known-to";
import { lookDigest, mailLookDigests } from "./look-digest";
import { sendMail } from "./mail";
import { testDatabase } from "./testing";
import { addPerson } from "./testing-linking";
import { arrangeMember, contextFor } from "./testing-people";
import { aCell, agree, aLook, arrangeShared, logMore } from "./testing-sharing";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));
vi.mock("./mail", () => ({ sendMail: vi.fn(async () => true), pageAddress: (path: string) => path }));

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
  const elsewhere = contextFor(db, await arrangeMember(db, shared.giver.organisationId, ["officer"]));
  expect((await lookDigest(elsewhere, today)).looks).toBe(0);
});

test("officers are told by mail once a week, without a name or a number, and only where somebody looked", async () => {
  const shared = await arrangeShared(db, "Mailed");
  await arrangeMember(db, shared.asker.organisationId, ["officer"], { email: "officer@asker.test" });
  await arrangeMember(db, shared.giver.organisationId, ["officer"], { email: "officer@giver.test" });
  await knownTo(shared.asker.ctx, aLook(shared.own));
  const told = async () => {
    vi.mocked(sendMail).mockClear();
    await mailLookDigests(db.app);
    return vi
      .mocked(sendMail)
      .mock.calls.map(([mail]) => mail)
      .filter(({ to }) => to.startsWith("officer@"));
  };
  const [mail, ...others] = await told();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ to: "officer@asker.test", link: "/desk/look-ups" });
  expect(mail?.text).not.toMatch(/\d|Amina|Okafor/);
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
