import { expect, test } from "vitest";
import { arrangeMailServer } from "./testing-mail";

const mails = await arrangeMailServer();
const { openGlass } = await import("./break-glass");
const { uuidv7 } = await import("./ids");
const { testDatabase } = await import("./testing");
const { arrangeMember, contextFor, steppedUp } = await import("./testing-people");
const { addPerson } = await import("./testing-linking");
const { aCell, agree, arrangeShared } = await import("./testing-sharing");

const db = await testDatabase();

test("Officers of both organisations and the person’s worker are told at once, and nobody learns from the mail of whom", async () => {
  const shared = await arrangeShared(db, "News");
  await agree(db, shared, [aCell()], { purposes: ["safeguarding"] });
  const { giver, asker } = shared;
  const worker = contextFor(db, await steppedUp(db, asker.ctx.actor));
  await arrangeMember(db, asker.organisationId, ["officer"], { email: "officer@asker.test" });
  await arrangeMember(db, giver.organisationId, ["officer"], { email: "officer@giver.test" });
  const lead = await arrangeMember(db, giver.organisationId, ["caseworker"], { email: "lead@giver.test" });
  await arrangeMember(db, giver.organisationId, ["caseworker"], { email: "colleague@giver.test" });
  await db.administrator`
    update casework.client set assigned_to = ${lead.memberId}
    where organisation_id = ${giver.organisationId} and id = ${shared.given}`;
  await openGlass(worker, {
    ...{ id: uuidv7(), clientId: shared.own, givingOrganisationId: giver.organisationId },
    ...{ reason: "life-at-risk", words: "Amina said that she cannot go on.", hours: 1 },
  });
  const told = mails.deliveries.map(({ to }) => /<(.*)>/.exec(to)?.[1]);
  expect(told).toEqual(
    expect.arrayContaining(["officer@asker.test", "officer@giver.test", "lead@giver.test"]),
  );
  expect(told).not.toContain("colleague@giver.test");
  for (const { message } of mails.deliveries) {
    expect(message).not.toMatch(/Amina|Okafor|cannot go on|News/);
  }
});

test("An organisation that does not know the person gets no mail; the worker’s own officers do", async () => {
  const { giver, asker, ...shared } = await arrangeShared(db, "Silence");
  await agree(db, { giver, asker }, [aCell()], { purposes: ["safeguarding"] });
  await arrangeMember(db, asker.organisationId, ["officer"], { email: "officer@asking.test" });
  await arrangeMember(db, giver.organisationId, ["officer"], { email: "officer@unknowing.test" });
  const stranger = await addPerson(asker, { givenName: "Stranger" });
  expect(stranger.clientId).not.toBe(shared.own);
  await openGlass(contextFor(db, await steppedUp(db, asker.ctx.actor)), {
    ...{ id: uuidv7(), clientId: stranger.clientId, givingOrganisationId: giver.organisationId },
    ...{ reason: "life-at-risk", words: "They said that they cannot go on.", hours: 1 },
  });
  const told = mails.deliveries.map(({ to }) => /<(.*)>/.exec(to)?.[1]);
  expect(told).toContain("officer@asking.test");
  expect(told).not.toContain("officer@unknowing.test");
});
