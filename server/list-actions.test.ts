/** What is set out to be done at a row of a list: who sees what of it, what became of it, and until when. */

import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { editClient } from "./client-edits";
import { listLooks } from "./client-looks";
import { type ActorCtx, inTransaction } from "./context";
import { effectInWords } from "./domain/agreements/list-action";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import {
  addListAction,
  closeListAction,
  emptyOldListActions,
  listActionsStand,
  listEffect,
  listListActions,
} from "./list-actions";
import { makeList } from "./shared-lists";
import { testDatabase } from "./testing";
import { anEntry, type Team } from "./testing-casework";
import { addPerson } from "./testing-linking";
import {
  actionFor,
  anAction,
  arrangeLists,
  asking,
  cellFor,
  HOME,
  holdBack,
  type ListTeams,
  somebody,
} from "./testing-lists";
import { arrangeMember, contextFor } from "./testing-people";
import { logMore, makeOne, say } from "./testing-sharing";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
let giver: Team;
let asker: Team;
let manager: ActorCtx;
let signed: ListTeams["signed"];

beforeAll(async () => {
  ({ giver, asker, manager, signed } = await arrangeLists(db));
});

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

test("an action is written at a row, its effect looked up anew, and both go with whoever is erased", async () => {
  const given = await somebody(giver, { ...HOME, address: "5 Effect Lane" }, []);
  const entry = anEntry({ need: "MON-01", severity: "high" });
  await logMore(giver, given, { entries: [entry] });
  const id = await signed([cellFor("household", "rag")]);
  const list = await makeList(manager, asking(id, { street: "Effect Lane" }));
  const action = {
    ...{
      id: uuidv7(),
      listId: list.id,
      row: 1,
      clientId: null,
      kind: "visit" as const,
      words: "Ask about the meter",
    },
    ...{ memberId: manager.actor.memberId, dueOn: addDays(dayOf(new Date()), 7) },
  };
  await addListAction(manager, action);
  await addListAction(manager, action);
  // Nobody writes at a list that is not their own.
  await expect(addListAction(asker.ctx, { ...action, id: uuidv7() })).rejects.toThrow(
    "not shared any longer",
  );
  const own = async () => (await listListActions(manager)).actions.find((one) => one.id === action.id);
  expect(await own()).toMatchObject({
    place: "5 Effect Lane, ZE1 1AA",
    words: "Ask about the meter",
    closed: null,
  });

  await logMore(giver, given, { entries: [{ ...entry, status: "resolved" }] });
  const effect = await listEffect(manager, { id: action.id, lookId: uuidv7() });
  expect(effect).toMatchObject({ before: { colour: "red" }, now: { colour: "none" } });
  expect(effectInWords(effect, "household")).toBe("It was red and is now without anything open: better.");
  const listed = await db.administrator`
    select from governance.audit_entry
    where action = 'sharing.listed' and subjects @> ${db.administrator.json([{ kind: "client", id: given }])}`;
  expect(listed).toHaveLength(2);
  await closeListAction(manager, { id: action.id, outcome: "done", words: "Meter mended" });
  await expect(closeListAction(manager, { id: action.id, outcome: "done", words: null })).rejects.toThrow(
    "closed",
  );
  expect(await own()).toMatchObject({
    closed: { outcome: "done", words: "Meter mended" },
    after: { colour: "none" },
  });

  await inTransaction(
    giver.ctx,
    ({ db }) => db`select casework.erase_clients(${giver.organisationId}, ${[given]}::uuid[])`,
  );
  expect(await own()).toMatchObject({
    ...{ kind: "visit", closed: { outcome: "done", words: null }, isEmptied: true },
    ...{ place: null, words: null, before: null, after: null },
  });
  await expect(listEffect(manager, { id: action.id, lookId: uuidv7() })).rejects.toThrow("kept any longer");
});

test("the effect of an action at a street and at a postcode is of the place where it was written", async () => {
  await somebody(giver, { ...HOME, address: "2 Round Road" }, ["MON-01"]);
  await somebody(giver, { place: { kind: "postcode", postcode: "ZE1 1AB" }, address: "3 Other Row" }, [
    "MON-01",
  ]);
  const id = await signed([cellFor("street", "coded"), cellFor("postcode", "coded")]);
  for (const [level, place, over] of [
    ["street", "Round Road, ZE1 1", { street: "Round Road" }],
    ["postcode", "ZE1 1AB", { street: null, within: ["ZE1 1AB"] }],
  ] as const) {
    const list = await makeList(
      manager,
      asking(id, { level, ...over, within: [...(over.within ?? ["ZE1 1AA"])] }),
    );
    const action = {
      ...{ id: uuidv7(), listId: list.id, row: 1, clientId: null, kind: "ring" as const, words: null },
      ...{ memberId: manager.actor.memberId, dueOn: dayOf(new Date()) },
    };
    await addListAction(manager, action);
    const { actions } = await listListActions(manager);
    expect(actions.find((one) => one.id === action.id)?.place).toBe(place);
    const { now } = await listEffect(manager, { id: action.id, lookId: uuidv7() });
    expect(now?.needs).toEqual([{ need: "MON-01", status: "new" }]);
  }
});

test("what an action shows of a place is for the group that was signed, and goes with a no, a hold and the agreement", async () => {
  const given = await somebody(giver, { ...HOME, address: "41 Board Close" }, ["MON-01"]);
  await say(giver.ctx, given, "given");
  const id = await signed([cellFor("household", "coded", { rests: "consent" })]);
  const action = await anAction(manager, asking(id, { street: "Board Close" }), {
    words: "Ask about the meter",
  });
  const worker = contextFor(db, await arrangeMember(db, asker.organisationId, ["caseworker"]));
  await listEffect(manager, { id: action, lookId: uuidv7() });
  const open = { place: "41 Board Close, ZE1 1AA", before: { detail: "coded" }, after: { detail: "coded" } };
  const shut = { words: "Ask about the meter", place: null, before: null, after: null, isEmptied: false };
  expect(await actionFor(manager, action)).toMatchObject(open);
  expect(await actionFor(worker, action)).toMatchObject(shut);
  // Nor does their look take away what the manager saw.
  const lookOf = (ctx: ActorCtx) => listEffect(ctx, { id: action, lookId: uuidv7() });
  expect(await lookOf(worker)).toEqual({ before: null, now: null });
  expect(await actionFor(manager, action)).toMatchObject(open);

  const stands = () => listActionsStand(manager, { before: [action], after: [action] });
  expect(await stands()).toEqual({ stands: true });
  await say(giver.ctx, given, "withdrawn");
  expect(await stands()).toEqual({ stands: false });
  expect(await actionFor(manager, action)).toMatchObject(shut);
  expect(await lookOf(manager)).toEqual({ before: null, now: null });
  await say(giver.ctx, given, "given");
  expect(await actionFor(manager, action)).toMatchObject(open);
  const held = await holdBack(db, giver, given);
  expect(await actionFor(manager, action)).toMatchObject(shut);
  await db.administrator`update governance.rights_hold set lifted_at = now() where id = ${held}`;
  expect(await actionFor(manager, action)).toMatchObject(open);
  await db.administrator`
    update governance.agreement set state = 'withdrawn', last_day = governance.today() - 1 where id = ${id}`;
  expect(await actionFor(manager, action)).toMatchObject(shut);
});

test("what was written at a home goes with one’s own client there who is erased", async () => {
  const home = { ...HOME, address: "91 Gone Way" };
  const own = await somebody(asker, home, ["FAM-01"]);
  await somebody(giver, home, ["MON-01"]);
  const action = await anAction(
    manager,
    asking(await signed([cellFor("household", "rag")]), { street: "Gone Way" }),
    {
      words: "Ring Amina about the meter",
    },
  );
  await inTransaction(
    asker.ctx,
    ({ db }) => db`select casework.erase_clients(${asker.organisationId}, ${[own]}::uuid[])`,
  );
  expect(await actionFor(manager, action)).toMatchObject({ words: null, place: null, isEmptied: true });
});

test("places and words of actions are destroyed a year after they were closed", async () => {
  await somebody(giver, { ...HOME, address: "7 Past Parade" }, ["MON-01"]);
  const list = await makeList(
    manager,
    asking(await signed([cellFor("street", "rag")]), { level: "street", street: "Past Parade" }),
  );
  expect(list.rows.map(({ place }) => place)).toEqual(["Past Parade, ZE1 1"]);
  const action = {
    ...{ id: uuidv7(), listId: list.id, row: 1, clientId: null, kind: "write" as const, words: null },
    ...{ memberId: manager.actor.memberId, dueOn: dayOf(new Date()) },
  };
  await addListAction(manager, action);
  await closeListAction(manager, { id: action.id, outcome: "not-needed", words: null });
  expect(await emptyOldListActions(db.app)).toBe(0);
  await db.administrator`
    update casework.list_action set closed_on = closed_on - 370 where id = ${action.id}`;
  expect(await emptyOldListActions(db.app)).toBe(1);
});

test("a whole board is answered at once, with the same answer for each action as when it is asked alone", async () => {
  const at = (address: string) => ({ ...HOME, address });
  const street = "Answer Avenue";
  const basis = await signed([
    cellFor("household", "coded"),
    cellFor("street", "rag"),
    cellFor("person", "full"),
  ]);
  const yes = await signed([cellFor("household", "coded", { rests: "consent" })]);
  const over = await signed([cellFor("household", "coded")]);
  const away = { ...HOME, address: `9 ${street}` };
  const moved = await addPerson(asker, { ...away, givenName: "Ada" });
  const elsewhere = await addPerson(giver, { ...away, givenName: "Ada" });
  await logMore(giver, elsewhere.clientId, { entries: [anEntry({ need: "MON-01" })] });
  await makeOne(db, moved, elsewhere);
  const people: string[] = [];
  for (const number of [1, 2, 3, 4])
    people.push(await somebody(giver, at(`${number} ${street}`), ["MON-01"]));
  const [stays, takesBack, restricted, erased] = people as [string, string, string, string];
  await say(giver.ctx, stays, "given");
  await say(giver.ctx, takesBack, "given");

  const board: string[] = [];
  const rowsOf = async (agreementId: string, asked: Partial<Parameters<typeof asking>[1]> = {}) => {
    const list = await makeList(manager, asking(agreementId, { street, ...asked }));
    for (const { no, own } of list.rows) {
      const id = uuidv7();
      await addListAction(manager, {
        ...{ id, listId: list.id, row: no, clientId: list.level === "person" ? (own[0]?.id ?? null) : null },
        ...{ kind: "visit", words: null, memberId: manager.actor.memberId, dueOn: dayOf(new Date()) },
      });
      board.push(id);
    }
    return list;
  };
  await rowsOf(basis);
  await rowsOf(basis, { level: "street" });
  await rowsOf(basis, { level: "person" });
  await rowsOf(yes);
  await rowsOf(over);
  for (const id of board) {
    await db.administrator`delete from casework.throttle`;
    await listEffect(manager, { id, lookId: uuidv7() });
  }
  const standing = (ids: readonly string[]) =>
    inTransaction(manager, async ({ db }) => {
      const rows = await db<{ actionId: string; rowStands: boolean; effectStands: boolean }[]>`
        select * from governance.actions_standing(${[...ids]}::uuid[]) order by action_id`;
      return rows.map((row) => ({ ...row }));
    });
  const together = async () => {
    const whole = await standing(board);
    const alone: Awaited<ReturnType<typeof standing>> = [];
    for (const id of [...board].sort()) alone.push(...(await standing([id])));
    expect(whole).toEqual(alone);
    expect(whole).toHaveLength(board.length);
    return whole.filter(({ rowStands, effectStands }) => rowStands && effectStands).length;
  };
  // Five homes, one street, one of one’s own people, two homes that said yes, and the five homes by the other agreement.
  expect(board).toHaveLength(14);
  expect(await together()).toBe(14);

  await say(giver.ctx, takesBack, "withdrawn");
  // Their home by each of three agreements, and the street.
  expect(await together()).toBe(10);
  await holdBack(db, giver, restricted);
  expect(await together()).toBe(8);
  await inTransaction(
    giver.ctx,
    ({ db }) => db`select casework.erase_clients(${giver.organisationId}, ${[erased]}::uuid[])`,
  );
  expect(await together()).toBe(6);
  await db.administrator`
    update identity.client_person set person_id = origin_person_id
    where organisation_id = ${giver.organisationId} and client_id = ${elsewhere.clientId}`;
  expect(await together()).toBe(5);
  await db.administrator`
    update governance.agreement set state = 'withdrawn', last_day = governance.today() - 1 where id = ${over}`;
  expect(await together()).toBe(3);

  const { actions } = await listListActions(manager);
  const open = actions.filter(({ id, before }) => board.includes(id) && before !== null);
  expect(open.map(({ place, level }) => [level, place]).sort()).toEqual([
    ["household", `1 ${street}, ZE1 1AA`],
    ["household", `1 ${street}, ZE1 1AA`],
    ["household", `9 ${street}, ZE1 1AA`],
  ]);
  const ids = open.map(({ id }) => id);
  expect(await listActionsStand(manager, { before: ids, after: ids })).toEqual({ stands: true });
  expect(await listActionsStand(manager, { before: board, after: [] })).toEqual({ stands: false });
});

test("whoever moves away takes what an action at their street showed along, until the street is looked at anew", async () => {
  const leaves = await somebody(giver, { ...HOME, address: "1 Leaving Lane" }, ["MON-01"]);
  await somebody(giver, { ...HOME, address: "3 Leaving Lane" }, ["MON-01"]);
  const id = await signed([cellFor("street", "rag")]);
  const action = await anAction(manager, asking(id, { level: "street", street: "Leaving Lane" }));
  expect(await actionFor(manager, action)).toMatchObject({ place: "Leaving Lane, ZE1 1" });
  await editClient(giver.ctx, {
    ...{ id: leaves, editId: uuidv7() },
    changes: [{ field: "address", from: "1 Leaving Lane", to: "1 Other Lane" }],
  });
  expect(await actionFor(manager, action)).toMatchObject({ place: null, before: null });
  await listEffect(manager, { id: action, lookId: uuidv7() });
  expect(await actionFor(manager, action)).toMatchObject({
    ...{ place: "Leaving Lane, ZE1 1", before: null, after: { colour: "amber" } },
  });
});

test("reading again what a list showed is told to whoever gave it, once a day for each reader to whom it is open", async () => {
  const given = await somebody(giver, { ...HOME, address: "4 Reading Road" }, ["MON-01"]);
  const id = await signed([cellFor("household", "coded")]);
  const action = await anAction(manager, asking(id, { street: "Reading Road" }));
  const told = async () => {
    const { looks } = await listLooks(giver.ctx, { clientId: given, before: null });
    return looks.filter(({ action }) => action === "sharing.read-again");
  };
  const read = (ctx: ActorCtx) => listListActions({ ...ctx, requestId: uuidv7() });
  expect(await told()).toEqual([]);
  await read(manager);
  await read(manager);
  expect(await told()).toMatchObject([
    {
      elsewhere: "List housing",
      detail: {
        group: "manager",
        purpose: "direct-support",
        reason: "offer-help",
        agreement: id,
        detail: "coded",
      },
    },
  ]);
  const other = contextFor(db, await arrangeMember(db, asker.organisationId, ["manager"]));
  await read(other);
  expect(await told()).toHaveLength(2);
  // To a caseworker the agreement shows nothing of it.
  await read(contextFor(db, await arrangeMember(db, asker.organisationId, ["caseworker"])));
  expect(await told()).toHaveLength(2);
  // What was seen before stands beside the effect: it is read again, too.
  const looker = contextFor(db, await arrangeMember(db, asker.organisationId, ["manager"]));
  await listEffect({ ...looker, requestId: uuidv7() }, { id: action, lookId: uuidv7() });
  expect(await told()).toHaveLength(3);
  await db.administrator`update governance.list_reading set day = day - 1`;
  await read(manager);
  expect(await told()).toHaveLength(5);
  const kept = await db.administrator`
    select from governance.list_reading where member_id = ${manager.actor.memberId} and day < governance.today()`;
  expect(kept).toHaveLength(0);
});
