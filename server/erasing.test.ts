/** Erasing somebody takes every row that names them, in every table there is, also what was being written meanwhile. */
import { expect, test } from "vitest";
import { addAction } from "./actions";
import { editClient } from "./client-edits";
import { addClient } from "./clients";
import { closeClient, reopenClient } from "./closing";
import { recordConsent } from "./consents";
import { logContacts } from "./contacts";
import { inTransaction } from "./context";
import { addActionSchema } from "./domain/action";
import { addClientSchema } from "./domain/client";
import { closeClientSchema, reopenClientSchema } from "./domain/closing";
import { recordConsentSchema } from "./domain/consent-input";
import { recordStoryConsentSchema, saveStorySchema } from "./domain/impact/story";
import { addInstrumentSchema, recordScoreSchema } from "./domain/instrument";
import { editClientSchema } from "./domain/profile-edit";
import { sendReferralSchema } from "./domain/referral-input";
import { uuidv7 } from "./ids";
import { addInstrument, recordScore } from "./instruments";
import { linkPeople } from "./people";
import { assignClient } from "./reassignment";
import { sendReferral, stepReferral, takeOn } from "./referrals";
import { recordStoryConsent, saveStory } from "./stories";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, anEntry, arrangeTeam, type Team } from "./testing-casework";

const db = await testDatabase();
await allowTestIdentifiers(db);
const advice = await arrangeTeam(db, "Quayside Advice");
const housing = await arrangeTeam(db, "Harbour Housing");
const today = new Date().toISOString().slice(0, 10);

const erase = (team: Team, clientId: string) =>
  inTransaction(
    team.ctx,
    ({ db }) => db`select casework.erase_clients(${team.organisationId}, ${[clientId]}::uuid[])`,
  );

const edited = (clientId: string, from: string | null, to: string) =>
  editClientSchema.parse({
    id: clientId,
    editId: uuidv7(),
    changes: [{ field: "phone", from, to }],
  });

/** Somebody with something in every room. */
async function arrangeWholeRecord(): Promise<string> {
  const entries = [anEntry({ ours: false }), anEntry({ need: "BAS-01" })];
  const identifiers = [{ kind: "nhs-number" as const, value: "999 000 0018" }];
  const contact = aContact(advice, { newClient: aClient({ phone: "0191 111", identifiers }), entries });
  const { clientId } = contact;
  expect(await logContacts(advice.ctx, [contact])).toMatchObject([{ outcome: "stored" }]);
  const { memberId } = advice.ctx.actor;
  await assignClient(advice.ctx, { id: uuidv7(), clientId, to: memberId });
  await addAction(
    advice.ctx,
    addActionSchema.parse({ id: uuidv7(), clientId, title: "Ring the landlord", dueOn: null, memberId }),
  );
  const instrumentId = uuidv7();
  const scale = { id: instrumentId, name: `Scale ${instrumentId}`, lowest: 0, highest: 10, step: 1 };
  await addInstrument(advice.ctx, addInstrumentSchema.parse({ ...scale, direction: "higher-better" }));
  await recordScore(
    advice.ctx,
    recordScoreSchema.parse({ id: uuidv7(), instrumentId, clientId, scoredOn: today, score: 4 }),
  );
  await recordConsent(
    advice.ctx,
    recordConsentSchema.parse({ id: uuidv7(), clientId, answer: "given", answeredOn: today, how: "phone" }),
  );
  await editClient(advice.ctx, edited(clientId, "0191 000", "0191 222"));
  const referral = sendReferralSchema.parse({
    id: uuidv7(),
    clientId,
    to: { way: "platform", organisationId: housing.organisationId, serviceId: housing.serviceId },
    issues: [{ issueId: entries[0]?.issueId }],
    share: ["name"],
    consent: { answer: "given", how: "phone", on: today },
  });
  await sendReferral(advice.ctx, referral);
  const answer = { reason: null, words: null, outcomes: [], heardFrom: null };
  await stepReferral(housing.ctx, { id: referral.id, eventId: uuidv7(), step: "accepted", ...answer });
  await takeOn(housing.ctx, { id: referral.id, clientId: uuidv7(), known: false });
  const storyId = uuidv7();
  const words = "They had stopped opening the post. Now they know what they owe.";
  const who = "Somebody we helped";
  await saveStory(advice.ctx, saveStorySchema.parse({ id: storyId, clientId, words, who, from: 0 }));
  const no = { id: uuidv7(), storyId, audiences: [], answeredOn: today, untilOn: null, how: "phone" };
  await recordStoryConsent(advice.ctx, recordStoryConsentSchema.parse(no));
  const issues = entries.map(({ issueId }) => ({ issueId, end: "handed-on" }));
  await closeClient(
    advice.ctx,
    closeClientSchema.parse({
      id: uuidv7(),
      clientId,
      serviceId: advice.serviceId,
      because: "moved",
      issues,
    }),
  );
  await reopenClient(advice.ctx, reopenClientSchema.parse({ id: uuidv7(), clientId, because: "came-back" }));
  return clientId;
}

/** Rows that hold the id anywhere, by table. */
async function rowsNaming(id: string): Promise<Map<string, number>> {
  const tables = await db.administrator<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('identity', 'casework', 'reference', 'statistics', 'published')`;
  const found = new Map<string, number>();
  for (const { name } of tables) {
    const [row] = await db.administrator.unsafe<{ count: number }[]>(
      `select count(*)::int as count from ${name} as t where t::text like $1`,
      [`%${id}%`],
    );
    if (row && row.count > 0) found.set(name, row.count);
  }
  return found;
}

test("Nothing names somebody who was erased but the list of the erased", async () => {
  const clientId = await arrangeWholeRecord();
  await linkPeople(db.stats, { organisationId: advice.organisationId, clientIds: [clientId] });
  const before = await rowsNaming(clientId);
  // What the list must hold for this test to prove anything.
  expect([...before.keys()]).toEqual(
    expect.arrayContaining([
      "casework.action",
      "casework.client",
      "casework.closing",
      "casework.consent",
      "casework.contact",
      "casework.instrument_score",
      "casework.issue",
      "casework.reassigned_client",
      "casework.referral",
      "casework.story",
      "identity.client_identifier",
      "identity.client_identity",
      "identity.client_person",
      "identity.client_token",
      "identity.profile_conflict",
      "identity.profile_edit",
    ]),
  );
  await erase(advice, clientId);
  expect([...(await rowsNaming(clientId)).keys()]).toEqual(["casework.erased"]);
});

test("What somebody is writing while a person is erased goes with them", async () => {
  const clientId = uuidv7();
  await addClient(advice.ctx, addClientSchema.parse({ id: clientId, ...aClient({ phone: "0191 111" }) }));
  let erasing: Promise<unknown> = Promise.resolve();
  await inTransaction(advice.ctx, async (ctx) => {
    // Two values that do not fit: nothing is applied, so nobody's count is marked.
    await editClient(ctx, edited(clientId, "0191 000", "0191 222"));
    erasing = erase(advice, clientId);
    await waitingForALock();
  });
  await erasing;
  expect([...(await rowsNaming(clientId)).keys()]).toEqual(["casework.erased"]);
});

async function waitingForALock(): Promise<void> {
  for (;;) {
    const waiting = await db.administrator`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
