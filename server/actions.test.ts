/** Actions for clients: added once, sealed, given to colleagues, finished and opened again. */

import { beforeAll, describe, expect, test } from "vitest";
import { addAction, changeAction, finishAction, listClientActions, reopenAction } from "./actions";
import { logContacts } from "./contacts";
import { type ActorCtx, inTransaction } from "./context";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const today = dayOf(new Date());
const TITLE = "Ring Wearside Homes about Dawn’s arrears";

let team: Team;
let ctx: ActorCtx;
let colleague: ActorCtx;
let clientId: string;
let issueId: string;

beforeAll(async () => {
  team = await arrangeTeam(db, "Wear Advice", ["caseworker"]);
  ctx = team.ctx;
  colleague = contextFor(
    db,
    await arrangeMember(db, team.organisationId, ["caseworker"], { name: "Josh Bell" }),
  );
  issueId = uuidv7();
  const contact = aContact(team, { entries: [anEntry({ issueId })] });
  clientId = contact.clientId;
  await logContacts(ctx, [contact]);
});

const given = (with_: Partial<Parameters<typeof addAction>[1]> = {}) => ({
  ...{ id: uuidv7(), clientId, issueId: null, title: TITLE, dueOn: today, memberId: ctx.actor.memberId },
  ...with_,
});

const stored = async (id: string) => {
  const [row] = await db.administrator<{ title: Buffer; dueOn: string | null; memberId: string | null }[]>`
    select title, due_on, member_id from casework.action where id = ${id}`;
  return row;
};

const find = async (id: string) =>
  (await listClientActions(ctx, clientId)).actions.find((action) => action.id === id);

describe("adding", () => {
  test("keeps the words sealed, and gives them back to the organisation", async () => {
    const action = given({ issueId });
    expect(await addAction(ctx, action)).toEqual({ id: action.id, outcome: "stored" });
    const row = await stored(action.id);
    expect(row?.title.includes("Dawn")).toBe(false);
    expect(await find(action.id)).toMatchObject({
      ...{ title: TITLE, dueOn: today, finished: null },
      member: { id: ctx.actor.memberId },
      issue: { id: issueId, need: "HOU-04" },
    });
  });

  test("twice under one id is there once", async () => {
    const action = given();
    await addAction(ctx, action);
    expect((await addAction(ctx, action)).outcome).toBe("already-stored");
    expect(
      (await listClientActions(ctx, clientId)).actions.filter(({ id }) => id === action.id),
    ).toHaveLength(1);
  });

  test("the same at once on two connections is there once", async () => {
    const action = given();
    const outcomes = await Promise.all([
      addAction(ctx, action),
      addAction(ctx, action),
      addAction(ctx, action),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      "already-stored",
      "already-stored",
      "stored",
    ]);
  });

  test.each([
    ["a day that has passed", { dueOn: addDays(today, -2) }, "That day has passed"],
    ["a year mistyped", { dueOn: addDays(today, 4_000) }, "Check the year"],
    ["a person who is not here", { clientId: uuidv7() }, "This person was not found"],
    ["an issue of nobody", { issueId: uuidv7() }, "This issue was not found"],
    ["a colleague who is not here", { memberId: uuidv7() }, "Choose somebody who works with people here"],
  ])("with %s is refused", async (_what, wrong, words) => {
    await expect(addAction(ctx, given(wrong))).rejects.toThrow(words);
  });

  test("about an issue of another person is refused", async () => {
    const other = aContact(team);
    await logContacts(ctx, [other]);
    await expect(addAction(ctx, given({ clientId: other.clientId, issueId }))).rejects.toThrow("This issue");
  });
});

describe("an action", () => {
  test("is given to a colleague, with other words and another day", async () => {
    const action = given();
    await addAction(ctx, action);
    await changeAction(ctx, {
      ...{ id: action.id, title: "Send the papers", dueOn: null, memberId: colleague.actor.memberId },
    });
    expect(await find(action.id)).toMatchObject({
      ...{ title: "Send the papers", dueOn: null, member: { name: "Josh Bell" } },
    });
  });

  test("keeps a day that has passed meanwhile, and takes no other one that has", async () => {
    const action = given();
    await addAction(ctx, action);
    const past = addDays(today, -10);
    await db.administrator`update casework.action set due_on = ${past} where id = ${action.id}`;
    const change = { id: action.id, title: "New words", dueOn: past, memberId: null };
    await changeAction(ctx, change);
    expect((await stored(action.id))?.dueOn).toBe(past);
    await expect(changeAction(ctx, { ...change, dueOn: addDays(past, 1) })).rejects.toThrow("passed");
  });

  test("is done, or found not to be needed, and can be opened again", async () => {
    const action = given();
    await addAction(ctx, action);
    await finishAction(colleague, { id: action.id, outcome: "done" });
    await finishAction(ctx, { id: action.id, outcome: "done" });
    expect((await find(action.id))?.finished).toMatchObject({ by: "Josh Bell", outcome: "done" });
    await expect(finishAction(ctx, { id: action.id, outcome: "not-needed" })).rejects.toThrow("meanwhile");
    await expect(
      changeAction(ctx, { id: action.id, title: "Late", dueOn: null, memberId: null }),
    ).rejects.toThrow("finished meanwhile");
    await reopenAction(ctx, { id: action.id });
    await reopenAction(ctx, { id: action.id });
    expect((await find(action.id))?.finished).toBeNull();
    await finishAction(ctx, { id: action.id, outcome: "not-needed" });
  });

  test("goes with a client who is erased", async () => {
    const contact = aContact(team);
    await logContacts(ctx, [contact]);
    const action = given({ clientId: contact.clientId });
    await addAction(ctx, action);
    await inTransaction(
      ctx,
      ({ db }) => db`
      select casework.erase_clients(${team.organisationId}, ${[contact.clientId]}::uuid[])`,
    );
    expect(await stored(action.id)).toBeUndefined();
  });
});

test("the colleagues offered work with people and have not left", async () => {
  await arrangeMember(db, team.organisationId, ["officer"], { name: "Martin Pell" });
  const gone = await arrangeMember(db, team.organisationId, ["caseworker"], { name: "Gone Already" });
  await db.administrator`update casework.member set ended_at = now() where id = ${gone.memberId}`;
  const { colleagues } = await listClientActions(ctx, clientId);
  expect(colleagues.map(({ name }) => name)).toEqual(["Josh Bell", "Robin Test"]);
});
