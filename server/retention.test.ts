/** An officer sees everything that a list of old records names, and nothing else is deleted by it. */
import { expect, test } from "vitest";
import { MOST_LISTED } from "./domain/rights/retention";
import { uuidv7 } from "./ids";
import { deleteListed } from "./retention";
import { createCaller } from "./routers";
import { testDatabase } from "./testing";
import { arrangeTeam } from "./testing-casework";
import { arrangeMember, contextFor, steppedUp } from "./testing-people";

const db = await testDatabase();

test("A list holds no more than an officer is shown: the oldest first, the held last, the rest on the next list", async () => {
  const archive = await arrangeTeam(db, "Old Archive");
  const caller = createCaller(
    contextFor(db, await steppedUp(db, await arrangeMember(db, archive.organisationId, ["officer"]))),
  );
  const { organisationId } = archive;
  const arrangeOld = (count: number, madeOn: string) => db.administrator<{ id: string }[]>`
    insert into casework.client (organisation_id, id, anonymous, created_at)
    select ${organisationId}, gen_random_uuid(), true, ${madeOn}::timestamptz from generate_series(1, ${count})
    returning id`;
  const [held] = await arrangeOld(1, "2001-06-01");
  await arrangeOld(MOST_LISTED, "2005-06-01");
  const [late] = await arrangeOld(1, "2010-06-01");
  await caller.rights.placeHold({
    ...{ id: uuidv7(), clientId: held?.id ?? "", kind: "legal" },
    ...{ reason: "A claim", reviewOn: "2099-01-01" },
  });
  const id = uuidv7();
  expect(await caller.rights.makeRun({ id })).toEqual({ id, listed: MOST_LISTED });
  const { review } = await caller.rights.retention();
  expect(review?.items).toHaveLength(MOST_LISTED);
  expect(review?.run).toMatchObject({ listed: MOST_LISTED, toDelete: MOST_LISTED });
  await caller.rights.endReview({ id, confirmed: true });
  expect(await deleteListed(db.app, { organisationId, runId: id })).toBe(MOST_LISTED);
  const next = uuidv7();
  expect(await caller.rights.makeRun({ id: next })).toEqual({ id: next, listed: 2 });
  const left = (await caller.rights.retention()).review?.items;
  expect(left).toMatchObject([
    { clientId: held?.id, held: true },
    { clientId: late?.id, held: false },
  ]);
});
