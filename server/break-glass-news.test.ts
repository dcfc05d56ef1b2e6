import { expect, test } from "vitest";
import { arrangeMailServer } from "./testing-mail";

const mails = await arrangeMailServer();
const { mailGlass, openGlass } = await import("./break-glass");
const { uuidv7 } = await import("./ids");
const { MailNotTaken } = await import("./mail");
const { testDatabase } = await import("./testing");
const { arrangeMember, contextFor, steppedUp } = await import("./testing-people");
const { addPerson } = await import("./testing-linking");
const { aCell, agree, arrangeShared } = await import("./testing-sharing");

const db = await testDatabase();

/** What the queue was asked to send since the last time. */
async function takeAsked(): Promise<unknown[]> {
  const rows = await db.administrator<{ payload: unknown }[]>`
    delete from graphile_worker._private_jobs as j using graphile_worker._private_tasks as t
    where t.id = j.task_id and t.identifier = 'break-glass.mail' returning j.payload`;
  return rows.map(({ payload }) => payload);
}

/** Sends what was asked for, and says to whom. */
async function toldNow(): Promise<(string | undefined)[]> {
  mails.deliveries.length = 0;
  for (const asked of await takeAsked()) await mailGlass(db.app, asked);
  return mails.deliveries.map(({ to }) => /<(.*)>/.exec(to)?.[1]);
}

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
  const told = await toldNow();
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
  const told = await toldNow();
  expect(told).toContain("officer@asking.test");
  expect(told).not.toContain("officer@unknowing.test");
});

test("A mail that is not taken stays with the queue, which tries again; whoever cannot sign in any more gets none", async () => {
  const shared = await arrangeShared(db, "Again");
  await agree(db, shared, [aCell()], { purposes: ["safeguarding"] });
  const { giver, asker } = shared;
  const officer = await arrangeMember(db, asker.organisationId, ["officer"], { email: "officer@again.test" });
  await openGlass(contextFor(db, await steppedUp(db, asker.ctx.actor)), {
    ...{ id: uuidv7(), clientId: shared.own, givingOrganisationId: giver.organisationId },
    ...{ reason: "life-at-risk", words: "They said that they cannot go on.", hours: 1 },
  });
  const asked = await takeAsked();
  const theirs = { accountId: officer.accountId };
  expect(asked).toContainEqual(theirs);
  expect(JSON.stringify(asked)).not.toMatch(/@|Amina/);

  mails.deliveries.length = 0;
  mails.refuses = true;
  await expect(mailGlass(db.app, theirs)).rejects.toThrow(MailNotTaken);
  mails.refuses = false;
  await mailGlass(db.app, theirs);
  expect(mails.deliveries).toHaveLength(1);
  await db.administrator`update casework.account set disabled_at = now() where id = ${officer.accountId}`;
  await mailGlass(db.app, theirs);
  expect(mails.deliveries).toHaveLength(1);
});
