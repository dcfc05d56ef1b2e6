/** A worker's day, who looks after whom, and moves of many people with their way back. */

import { beforeAll, describe, expect, test } from "vitest";
import { addAction, finishAction } from "./actions";
import { listPeople, myDay, setNotSeenDays } from "./caseload";
import { logContacts, voidContact } from "./contacts";
import type { ActorCtx } from "./context";
import { type Reassign, UNDO_HOURS } from "./domain/caseload";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { endMember } from "./members";
import { assignClient, reassign, undoMove } from "./reassignment";
import { teamCaseload } from "./team-caseload";
import { testDatabase } from "./testing";
import { aContact, anEntry, arrangeService, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const today = dayOf(new Date());

let team: Team;
let manager: ActorCtx;
let amira: ActorCtx;
let tom: ActorCtx;

beforeAll(async () => {
  team = await arrangeTeam(db, "Wear Advice");
  manager = team.ctx;
  const worker = (name: string) =>
    arrangeMember(db, team.organisationId, ["caseworker"], { name, serviceId: team.serviceId });
  amira = contextFor(db, await worker("Amira Haddow"));
  tom = contextFor(db, await worker("Tom Ellwood"));
});

interface Somebody {
  of?: ActorCtx | null;
  daysAgo?: number;
  severity?: "low" | "crisis";
  given?: string;
  serviceId?: string;
}

/** Somebody with one contact and one issue, looked after by a worker. */
async function somebody({ of = null, daysAgo = 0, severity = "low", given = "Dawn", serviceId }: Somebody) {
  const issueId = uuidv7();
  const contact = aContact(team, {
    newClient: { givenName: given, familyName: "Hetherington" },
    occurredOn: addDays(today, -daysAgo),
    ...(serviceId && { serviceId }),
    entries: [anEntry({ issueId, need: "SAF-01", severity })],
  });
  await logContacts(manager, [contact], { source: "import" });
  const { clientId } = contact;
  if (of) await assignClient(manager, { id: uuidv7(), clientId, to: of.actor.memberId });
  return { clientId, contactId: contact.id, issueId };
}

const moveOf = (clientIds: string[], to: ActorCtx | null): Reassign => ({
  id: uuidv7(),
  clientIds,
  to: to?.actor.memberId ?? null,
});

async function assignedTo(clientId: string): Promise<string | null> {
  const [row] = await db.administrator<{ assignedTo: string | null }[]>`
    select assigned_to from casework.client where organisation_id = ${team.organisationId} and id = ${clientId}`;
  return row?.assignedTo ?? null;
}

async function memberOfAction(id: string): Promise<string | null> {
  const [row] = await db.administrator<{ memberId: string | null }[]>`
    select member_id from casework.action where organisation_id = ${team.organisationId} and id = ${id}`;
  return row?.memberId ?? null;
}

const action = (clientId: string, of: ActorCtx | null, dueOn: string | null = null) => ({
  id: uuidv7(),
  clientId,
  issueId: null,
  title: "Ring council tax about instalments",
  dueOn,
  memberId: of?.actor.memberId ?? null,
});

describe("a worker's day", () => {
  test("names their people who were not seen for so long, longest first, and none of anybody else", async () => {
    const [seen, long, longer, others] = await Promise.all([
      somebody({ of: amira, daysAgo: 3 }),
      somebody({ of: amira, daysAgo: 40 }),
      somebody({ of: amira, daysAgo: 90 }),
      somebody({ of: tom, daysAgo: 90 }),
    ]);
    const day = await myDay(amira);
    const ids = day.notSeen.shown.map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual([longer.clientId, long.clientId]);
    expect(ids).not.toContain(seen.clientId);
    expect(ids).not.toContain(others.clientId);
    expect(day.notSeen.shown[0]).toMatchObject({ givenName: "Dawn", daysUnseen: 90 });
  });

  test("asks after the number of days that the worker chose, and keeps it", async () => {
    const { clientId } = await somebody({ of: amira, daysAgo: 10 });
    expect((await myDay(amira)).notSeen.shown.map(({ id }) => id)).not.toContain(clientId);
    await setNotSeenDays(amira, 7);
    const day = await myDay(amira);
    expect(day.notSeenDays).toBe(7);
    expect(day.notSeen.shown.map(({ id }) => id)).toContain(clientId);
    expect((await myDay(tom)).notSeenDays).toBe(28);
  });

  test("goes by the latest contact that was not voided", async () => {
    const { clientId, contactId } = await somebody({ of: tom, daysAgo: 60 });
    const again = aContact(team, { clientId, entries: [anEntry()] });
    delete again.newClient;
    await logContacts(manager, [again]);
    expect((await myDay(tom)).notSeen.shown.map(({ id }) => id)).not.toContain(clientId);
    await voidContact(manager, { id: again.id, reason: "Somebody else" });
    expect((await myDay(tom)).notSeen.shown.map(({ id }) => id)).toContain(clientId);
    expect(contactId).not.toBe(again.id);
  });

  test("names open issues in crisis until they are less or resolved", async () => {
    const { clientId, issueId } = await somebody({ of: tom, severity: "crisis" });
    const line = (await myDay(tom)).crisis.shown.find(({ id }) => id === clientId);
    expect(line?.crisis).toEqual([{ issueId, clientId, need: "SAF-01", label: null, since: today }]);
    await logContacts(manager, [
      {
        ...aContact(team, { clientId, newClient: undefined }),
        entries: [anEntry({ issueId, need: "SAF-01", status: "improved", severity: "high" })],
      },
    ]);
    expect((await myDay(tom)).crisis.shown.map(({ id }) => id)).not.toContain(clientId);
  });

  test("shows the worker's own actions with whom they are for, and what was finished today", async () => {
    const { clientId } = await somebody({ of: amira, given: "Kofi" });
    const [mine, done, toms] = [
      action(clientId, amira, today),
      action(clientId, amira),
      action(clientId, tom),
    ];
    for (const each of [mine, done, toms]) await addAction(amira, each);
    await finishAction(amira, { id: done.id, outcome: "done" });
    const { actions } = await myDay(amira);
    expect(actions.map(({ id }) => id)).toEqual(expect.arrayContaining([mine.id, done.id]));
    expect(actions.map(({ id }) => id)).not.toContain(toms.id);
    expect(actions.find(({ id }) => id === mine.id)).toMatchObject({
      title: "Ring council tax about instalments",
      client: { givenName: "Kofi", familyName: "Hetherington" },
    });
  });

  test("leaves closed and anonymous people out of every list", async () => {
    const { clientId } = await somebody({ of: tom, daysAgo: 60, severity: "crisis" });
    await db.administrator`
      update casework.client set closed_on = ${today}
      where organisation_id = ${team.organisationId} and id = ${clientId}`;
    const nobody = aContact(team, { anonymous: true, newClient: undefined });
    await logContacts(manager, [nobody]);
    const day = await myDay(tom);
    const ids = [...day.notSeen.shown, ...day.crisis.shown, ...day.unassigned.shown].map(({ id }) => id);
    expect(ids).not.toContain(clientId);
    expect(ids).not.toContain(nobody.clientId);
  });

  test("is recorded with everybody whom it named", async () => {
    const { clientId } = await somebody({ of: amira, daysAgo: 300 });
    const ctx = { ...amira, requestId: uuidv7() };
    await myDay(ctx);
    const [entry] = await db.administrator<{ action: string; subjects: { id: string }[] }[]>`
      select action, subjects from governance.audit_entry where request_id = ${ctx.requestId}`;
    expect(entry?.action).toBe("caseload.my-day");
    expect(entry?.subjects.map(({ id }) => id)).toContain(clientId);
  });
});

describe("lists of people", () => {
  test("come in pages that neither overlap nor leave anybody out", async () => {
    const worker = contextFor(db, await arrangeMember(db, team.organisationId, ["caseworker"]));
    const people = await Promise.all(Array.from({ length: 120 }, (_, at) => somebody({ daysAgo: at % 7 })));
    const ids = people.map(({ clientId }) => clientId);
    await reassign(manager, moveOf(ids, worker));
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listPeople>> = await listPeople(worker, {
        ...{ whose: worker.actor.memberId, view: "all", serviceId: null, after },
      });
      found.push(...page.people.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(found).toHaveLength(120);
    expect(new Set(found)).toEqual(new Set(ids));

    await reassign(manager, moveOf(ids, null));
    const free = new Set<string>();
    do {
      const page: Awaited<ReturnType<typeof listPeople>> = await listPeople(worker, {
        ...{ whose: "unassigned", view: "all", serviceId: null, after },
      });
      for (const { id } of page.people) free.add(id);
      after = page.next;
    } while (after);
    expect([...free]).toEqual(expect.arrayContaining(ids));
  });

  test("can be narrowed to a crisis, and to the service of the latest contact", async () => {
    const other = await arrangeService(db, team.organisationId, "Another service");
    const [crisis, calm, elsewhere] = await Promise.all([
      somebody({ severity: "crisis" }),
      somebody({}),
      somebody({ serviceId: other }),
    ]);
    const idsOf = async (asked: Partial<Parameters<typeof listPeople>[1]>) =>
      (
        await listPeople(tom, { whose: "unassigned", view: "all", serviceId: null, after: null, ...asked })
      ).people.map(({ id }) => id);
    expect(await idsOf({ view: "crisis" })).toContain(crisis.clientId);
    expect(await idsOf({ view: "crisis" })).not.toContain(calm.clientId);
    expect(await idsOf({ serviceId: other })).toEqual([elsewhere.clientId]);
  });
});

describe("moving people", () => {
  test("moves all of them with their open actions, and undoing puts all of it back", async () => {
    const [first, second] = await Promise.all([somebody({ of: amira }), somebody({})]);
    const [hers, toms, free, done] = [
      action(first.clientId, amira),
      action(first.clientId, tom),
      action(second.clientId, null),
      action(first.clientId, amira),
    ];
    for (const each of [hers, toms, free, done]) await addAction(amira, each);
    await finishAction(amira, { id: done.id, outcome: "not-needed" });
    const worker = contextFor(db, await arrangeMember(db, team.organisationId, ["caseworker"]));
    const to = worker.actor.memberId;

    const moved = await reassign(manager, moveOf([first.clientId, second.clientId], worker));
    expect(moved.moved).toBe(2);
    expect(await Promise.all([first, second].map(({ clientId }) => assignedTo(clientId)))).toEqual([to, to]);
    expect(await Promise.all([hers, toms, free, done].map(({ id }) => memberOfAction(id)))).toEqual([
      to,
      tom.actor.memberId,
      to,
      amira.actor.memberId,
    ]);

    expect(await undoMove(manager, { id: moved.id ?? "" })).toEqual({ returned: 2, stayed: 0 });
    expect(await assignedTo(first.clientId)).toBe(amira.actor.memberId);
    expect(await assignedTo(second.clientId)).toBeNull();
    expect(await memberOfAction(hers.id)).toBe(amira.actor.memberId);
    expect(await memberOfAction(free.id)).toBeNull();
    await expect(undoMove(manager, { id: moved.id ?? "" })).rejects.toThrow(Conflict);
  });

  test("sent twice has one effect and one way back", async () => {
    const { clientId } = await somebody({ of: amira });
    const move = moveOf([clientId], tom);
    expect(await reassign(manager, move)).toEqual({ id: move.id, moved: 1 });
    expect(await reassign(manager, move)).toEqual({ id: move.id, moved: 1 });
    expect(await undoMove(manager, { id: move.id })).toEqual({ returned: 1, stayed: 0 });
  });

  test("undone leaves alone whoever was moved on meanwhile", async () => {
    const [stays, returns] = await Promise.all([somebody({ of: amira }), somebody({ of: amira })]);
    const moved = await reassign(manager, moveOf([stays.clientId, returns.clientId], tom));
    await assignClient(tom, { id: uuidv7(), clientId: stays.clientId, to: null });
    expect(await undoMove(manager, { id: moved.id ?? "" })).toEqual({ returned: 1, stayed: 1 });
    expect(await assignedTo(stays.clientId)).toBeNull();
    expect(await assignedTo(returns.clientId)).toBe(amira.actor.memberId);
  });

  test("moves nobody when one of them is not here, or the colleague does not work with people", async () => {
    const { clientId } = await somebody({ of: amira });
    await expect(reassign(manager, moveOf([clientId, uuidv7()], tom))).rejects.toThrow(NotFound);
    const officer = contextFor(db, await arrangeMember(db, team.organisationId, ["officer"]));
    await expect(reassign(manager, moveOf([clientId], officer))).rejects.toThrow(Invalid);
    expect(await assignedTo(clientId)).toBe(amira.actor.memberId);
  });

  test("of many is for managers; of one for every worker", async () => {
    const { clientId } = await somebody({});
    expect(() => reassign(amira, moveOf([clientId], amira))).toThrow(NotAllowed);
    await assignClient(amira, { id: uuidv7(), clientId, to: amira.actor.memberId });
    expect(await assignedTo(clientId)).toBe(amira.actor.memberId);
  });

  test("cannot be undone after a day", async () => {
    const { clientId } = await somebody({});
    const { id } = await reassign(manager, moveOf([clientId], tom));
    await db.administrator`
      update casework.reassignment set made_at = now() - ${UNDO_HOURS} * interval '1 hour' - interval '1 minute'
      where id = ${id}`;
    await expect(undoMove(manager, { id: id ?? "" })).rejects.toThrow("more than a day old");
  });

  test("is one entry of the audit that names everybody", async () => {
    const [first, second] = await Promise.all([somebody({}), somebody({})]);
    const ctx = { ...manager, requestId: uuidv7() };
    await reassign(ctx, moveOf([first.clientId, second.clientId], tom));
    const entries = await db.administrator<{ action: string; subjects: { kind: string; id: string }[] }[]>`
      select action, subjects from governance.audit_entry where request_id = ${ctx.requestId}`;
    expect(entries).toHaveLength(1);
    expect(entries[0]?.subjects).toEqual(
      expect.arrayContaining([
        { kind: "client", id: first.clientId },
        { kind: "client", id: second.clientId },
        { kind: "member", id: tom.actor.memberId },
      ]),
    );
  });
});

describe("the team", () => {
  test("is shown with what each worker carries, and what nobody does", async () => {
    const worker = contextFor(
      db,
      await arrangeMember(db, team.organisationId, ["caseworker"], { name: "Bethan Rosser" }),
    );
    const [calm, crisis] = await Promise.all([
      somebody({ of: worker }),
      somebody({ of: worker, severity: "crisis" }),
    ]);
    const overdue = action(calm.clientId, worker);
    await addAction(worker, overdue);
    await addAction(worker, action(crisis.clientId, worker, today));
    await db.administrator`update casework.action set due_on = ${addDays(today, -1)} where id = ${overdue.id}`;
    const { workers, unassigned, moves } = await teamCaseload(manager);
    expect(workers.find(({ id }) => id === worker.actor.memberId)).toMatchObject({
      name: "Bethan Rosser",
      people: 2,
      crisis: 1,
      overdue: 1,
    });
    expect(unassigned.people).toBeGreaterThan(0);
    expect(moves.length).toBeGreaterThan(0);
  });
});

describe("a member who leaves", () => {
  test("leaves their people and open actions to nobody, where they can be seen", async () => {
    const leaver = contextFor(db, await arrangeMember(db, team.organisationId, ["caseworker"]));
    const { clientId } = await somebody({ of: leaver });
    const open = action(clientId, leaver);
    await addAction(leaver, open);
    await endMember(manager, leaver.actor.memberId);
    expect(await assignedTo(clientId)).toBeNull();
    expect(await memberOfAction(open.id)).toBeNull();
    const { people } = await listPeople(manager, {
      ...{ whose: "unassigned", view: "all", serviceId: null, after: null },
    });
    expect(people.map(({ id }) => id)).toContain(clientId);
  });

  test("or to the colleague who is named", async () => {
    const leaver = contextFor(db, await arrangeMember(db, team.organisationId, ["caseworker"]));
    const { clientId } = await somebody({ of: leaver });
    await endMember(manager, leaver.actor.memberId, tom.actor.memberId);
    expect(await assignedTo(clientId)).toBe(tom.actor.memberId);
  });
});

test("another organisation's people are in nobody's list and cannot be moved", async () => {
  const theirs = await arrangeTeam(db, "Harbour Housing");
  const contact = aContact(theirs);
  await logContacts(theirs.ctx, [contact]);
  const { people } = await listPeople(theirs.ctx, {
    ...{ whose: "unassigned", view: "all", serviceId: null, after: null },
  });
  expect(people.map(({ id }) => id)).toEqual([contact.clientId]);
  await expect(reassign(manager, moveOf([contact.clientId], tom))).rejects.toThrow(NotFound);
  await expect(
    listPeople(manager, { whose: theirs.ctx.actor.memberId, view: "all", serviceId: null, after: null }),
  ).rejects.toThrow(NotFound);
});
