import { describe, expect, test } from "vitest";
import { getRecord, listContacts, printRecord } from "./client-record";
import { findClients } from "./clients";
import { closeClient, reopenClient } from "./closing";
import { logContacts } from "./contacts";
import { type CloseClient, closeClientSchema, type IssueEnd, reopenClientSchema } from "./domain/closing";
import { Conflict, NotFound } from "./domain/errors";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeTeam } from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const today = dayOf(new Date());

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const recordOf = (id: string) => getRecord(team.ctx, { id });

/** Somebody with three open issues. */
async function arrangeClient(familyName = "Okafor") {
  const entries = [anEntry(), anEntry({ need: "MON-01" }), anEntry({ need: "MON-02" })];
  const contact = aContact(team, {
    newClient: aClient({ familyName }),
    entries,
    occurredOn: addDays(today, -3),
  });
  await logContacts(team.ctx, [contact]);
  return { id: contact.clientId, issues: entries.map(({ issueId }) => issueId) };
}

function closing(
  id: string,
  ends: readonly (readonly [string, IssueEnd])[],
  over: Partial<CloseClient> = {},
) {
  return closeClientSchema.parse({
    id: uuidv7(),
    clientId: id,
    because: "finished",
    serviceId: team.serviceId,
    issues: ends.map(([issueId, end]) => ({ issueId, end })),
    ...over,
  });
}

describe("Closing a record", () => {
  test("writes what ended as a contact of the day, and leaves open what was handed on", async () => {
    const { id, issues } = await arrangeClient();
    const [a = "", b = "", c = ""] = issues;
    const sent = closing(
      id,
      [
        [a, "resolved"],
        [b, "no-longer-relevant"],
        [c, "handed-on"],
      ],
      {
        reason: "Debt plan is in place",
      },
    );
    expect(await closeClient(team.ctx, sent)).toEqual({ outcome: "stored", closedOn: today });
    expect(await closeClient(team.ctx, sent)).toEqual({ outcome: "already-stored", closedOn: today });
    const shown = await recordOf(id);
    expect(shown.closedOn).toBe(today);
    expect(shown.contacts).toHaveLength(2);
    expect(shown.contacts[0]).toMatchObject({
      occurredOn: today,
      channel: "other",
      memberName: "Robin Test",
    });
    const states = new Map(shown.issues.map((issue) => [issue.id, issue.status]));
    expect([a, b, c].map((issue) => states.get(issue))).toEqual(["resolved", "no-longer-relevant", "new"]);
    expect(shown.closings).toMatchObject([
      {
        kind: "closed",
        because: "finished",
        reason: "Debt plan is in place",
        handedOn: [c],
        memberName: "Robin Test",
      },
    ]);
    const [stored] =
      await db.administrator`select t::text from casework.closing as t where client_id = ${id}`;
    expect(JSON.stringify(stored)).not.toContain("Debt plan");
  });

  test("writes no contact when nothing ended", async () => {
    const { id, issues } = await arrangeClient();
    await closeClient(
      team.ctx,
      closing(
        id,
        issues.map((issue) => [issue, "handed-on"] as const),
      ),
    );
    expect((await recordOf(id)).contacts).toHaveLength(1);
  });

  test("is refused when the open issues are others than those answered for", async () => {
    const { id, issues } = await arrangeClient();
    const [a = "", b = ""] = issues;
    const few = closing(id, [
      [a, "resolved"],
      [b, "resolved"],
    ]);
    expect(await failure(closeClient(team.ctx, few))).toBeInstanceOf(Conflict);
    expect((await recordOf(id)).closedOn).toBeNull();
  });

  test("asks for words when the reason is another, and is not done twice", async () => {
    const { id } = await arrangeClient();
    const read = closeClientSchema.safeParse({ ...closing(id, []), because: "other", reason: " " });
    expect(read.error?.issues[0]?.path).toEqual(["reason"]);
    const { issues } = await arrangeClient();
    const once = await arrangeClient();
    const all = once.issues.map((issue) => [issue, "handed-on"] as const);
    await closeClient(team.ctx, closing(once.id, all));
    expect(await failure(closeClient(team.ctx, closing(once.id, all)))).toBeInstanceOf(Conflict);
    expect(issues).toHaveLength(3);
  });

  test("keeps somebody to be found, marked as closed, and a late contact is taken", async () => {
    const { id, issues } = await arrangeClient("Zielinski");
    await closeClient(
      team.ctx,
      closing(
        id,
        issues.map((issue) => [issue, "handed-on"] as const),
      ),
    );
    expect(await findClients(team.ctx, "zielinski")).toMatchObject([{ id, closedOn: today }]);
    const [answer] = await logContacts(team.ctx, [
      aContact(team, { clientId: id, newClient: undefined, occurredOn: addDays(today, -1) }),
    ]);
    expect(answer?.outcome).toBe("stored");
  });

  test("of another organisation's client is not found", async () => {
    const other = await arrangeTeam(db, "Elsewhere");
    const { id } = await arrangeClient();
    expect(await failure(closeClient(other.ctx, closing(id, [])))).toBeInstanceOf(NotFound);
  });
});

test("A closed record is opened again with a reason, and both stay to be seen", async () => {
  const { id, issues } = await arrangeClient();
  await closeClient(
    team.ctx,
    closing(
      id,
      issues.map((issue) => [issue, "handed-on"] as const),
    ),
  );
  const again = reopenClientSchema.parse({ id: uuidv7(), clientId: id, because: "came-back" });
  expect(await reopenClient(team.ctx, again)).toEqual({ outcome: "stored", closedOn: null });
  expect(await reopenClient(team.ctx, again)).toEqual({ outcome: "already-stored", closedOn: null });
  const another = { ...again, id: uuidv7() };
  expect(await failure(reopenClient(team.ctx, another))).toBeInstanceOf(Conflict);
  const shown = await recordOf(id);
  expect(shown.closedOn).toBeNull();
  expect(shown.closings.map(({ kind }) => kind)).toEqual(["re-opened", "closed"]);
});

describe("The record", () => {
  test("shows a long history a page at a time, each contact once, and all of it on paper", async () => {
    const first = aContact(team, { occurredOn: addDays(today, -60) });
    const more = Array.from({ length: 44 }, (_, at) =>
      aContact(team, {
        clientId: first.clientId,
        newClient: undefined,
        occurredOn: addDays(today, -(at % 11)),
      }),
    );
    await logContacts(team.ctx, [first, ...more]);
    const { contacts, nextContacts, contactCount } = await recordOf(first.clientId);
    expect([contacts.length, contactCount]).toEqual([20, 45]);
    const seen = contacts.map(({ id }) => id);
    for (let before = nextContacts; before; ) {
      const page = await listContacts(team.ctx, { clientId: first.clientId, before });
      seen.push(...page.contacts.map(({ id }) => id));
      before = page.next;
    }
    const printed = await printRecord(team.ctx, { id: first.clientId });
    expect(seen).toEqual(printed.contacts.map(({ id }) => id));
    expect(new Set(seen).size).toBe(45);
    expect(printed.printedBy).toBe("Robin Test");
  });
});
