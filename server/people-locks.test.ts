/** Linking beside others who write: it holds nobody whom it does not change, and nobody waits for it in a circle. */

import { expect, test } from "vitest";
import { linkPeople } from "./people";
import { giveOpinion } from "./reviewing";
import { testDatabase } from "./testing";
import { allowTestIdentifiers, arrangeTeam } from "./testing-casework";
import { addPerson, areOne, runLinker } from "./testing-linking";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";
import { arrangeReview, weighed } from "./testing-reviews";

const db = await testDatabase();
await allowTestIdentifiers(db);
const [advice, council] = [await arrangeTeam(db, "Advice"), await arrangeTeam(db, "Council")];

/** Waits until so many sessions of this database wait for a lock. */
async function waitingForLocks(count: number): Promise<void> {
  for (;;) {
    const waiting = await db.administrator`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("a client whose person does not change is free while others are linked with it, so that no lock tells of them", async () => {
  const identifiers = [{ kind: "nhs-number" as const, value: "999 000 0018" }];
  const theirs = await addPerson(council, { identifiers, dateOfBirth: null });
  await runLinker(db);
  const ours = await addPerson(advice, { identifiers, dateOfBirth: null });
  let linked: Promise<void> = Promise.resolve();
  await db.administrator.begin(async (tx) => {
    // Here linking stops at the last thing that it writes, with all that it holds.
    await tx`lock table statistics.changed_person in share mode`;
    linked = runLinker(db);
    await waitingForLocks(1);
    const free = await db.administrator`
      select 1 from identity.client_person where client_id = ${theirs.clientId} for share nowait`;
    expect(free).toHaveLength(1);
  });
  await linked;
  expect(await areOne(db, theirs, ours)).toBe(true);
});

test("a steward who decides about a client who is being linked is waited for, not shut out", async () => {
  const stranger = { givenName: "Barnaby", familyName: "Yelland", dateOfBirth: "1931-01-19" };
  const pair = [await addPerson(advice), await addPerson(council, stranger)] as const;
  await runLinker(db);
  const id = await arrangeReview(db, weighed(pair, undefined, 0.9));
  const steward = await arrangeMember(db, await arrangeOrganisation(db, "Police"), ["steward"]);
  let both: Promise<unknown> = Promise.resolve();
  await db.administrator.begin(async (tx) => {
    await tx`select 1 from identity.link_review where id = ${id} for update`;
    const said = giveOpinion(contextFor(db, steward), { id, evidenceNo: 1, says: "same" });
    await waitingForLocks(1);
    // The two are nothing alike: linking would close the review. It waits for the word, and then does what it says.
    const [client] = pair;
    const linked = linkPeople(db.stats, {
      organisationId: client.organisationId,
      clientIds: [client.clientId],
    });
    both = Promise.all([said, linked]);
    both.catch(() => {});
    await waitingForLocks(2);
  });
  expect(await both).toMatchObject([{ outcome: "same" }, 2]);
  await runLinker(db);
  expect(await areOne(db, ...pair)).toBe(true);
});
