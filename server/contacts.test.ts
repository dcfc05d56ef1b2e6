import { beforeAll, describe, expect, test } from "vitest";
import { getClient } from "./clients";
import { logContacts, voidContact } from "./contacts";
import { inTransaction } from "./context";
import type { ContactAnswer, NewContactInput } from "./domain/contact";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import {
  aClient,
  aContact,
  allowTestIdentifiers,
  anEntry,
  arrangeService,
  arrangeTeam,
} from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const today = dayOf(new Date());

beforeAll(() => allowTestIdentifiers(db));

const log = (...contacts: NewContactInput[]) => logContacts(team.ctx, contacts);
const outcomes = (answers: readonly ContactAnswer[]) => answers.map(({ outcome }) => outcome);

async function logOne(contact: NewContactInput): Promise<ContactAnswer> {
  const [answer] = await log(contact);
  if (!answer) throw new Error("No answer came back");
  return answer;
}

async function countOf(table: string, clientId: string): Promise<number> {
  const column = { client: "id", contact: "client_id", issue: "client_id" }[table] ?? "client_id";
  const [row] = await db.administrator<{ count: number }[]>`
    select count(*)::int as count from casework.${db.administrator(table)}
    where ${db.administrator(column)} = ${clientId}`;
  return row?.count ?? 0;
}

/** From which day the last mark says that anything changed. */
async function markedSince(): Promise<string | null | undefined> {
  const [row] = await db.administrator<{ since: string | null }[]>`
    select since from statistics.changed_person order by id desc limit 1`;
  return row?.since;
}

async function marks(): Promise<number> {
  const [row] = await db.administrator<{ count: number }[]>`
    select count(*)::int as count from statistics.changed_person`;
  return row?.count ?? 0;
}

describe("A contact is stored once", () => {
  test("with its client, issues, entries, person, mark and audit entry", async () => {
    const before = await marks();
    const contact = aContact(team, { entries: [anEntry(), anEntry({ need: "MON-01", ours: false })] });
    expect(await log(contact)).toEqual([{ id: contact.id, outcome: "stored" }]);
    expect(await countOf("client", contact.clientId)).toBe(1);
    expect(await countOf("issue", contact.clientId)).toBe(2);
    expect(await marks()).toBe(before + 1);
    expect(await markedSince()).toBe(contact.occurredOn);
    const [person] = await db.administrator`
      select 1 from identity.client_person where client_id = ${contact.clientId}`;
    expect(person).toBeDefined();
    const [audit] = await db.administrator<{ subjects: unknown; memberId: string }[]>`
      select subjects, member_id from governance.audit_entry
      where action = 'contact.log' order by id desc limit 1`;
    expect(audit).toMatchObject({
      memberId: team.ctx.actor.memberId,
      subjects: [
        { kind: "contact", id: contact.id },
        { kind: "client", id: contact.clientId },
      ],
    });
  });

  test("and sent again, in any order of its fields, it is already stored and marks nobody", async () => {
    const contact = aContact(team);
    await log(contact);
    const before = await marks();
    const again = Object.fromEntries(Object.entries(contact).reverse()) as unknown as NewContactInput;
    expect(outcomes(await log(again, contact))).toEqual(["already-stored", "already-stored"]);
    expect(await countOf("contact", contact.clientId)).toBe(1);
    expect(await marks()).toBe(before);
  });

  test("and other content under its id is a conflict that changes nothing", async () => {
    const contact = aContact(team, { note: "First" });
    await log(contact);
    const answer = await logOne({ ...contact, note: "Second" });
    expect(answer.outcome).toBe("conflict");
    expect(answer.reason).toContain("Another contact");
    const { contacts } = await getClient(team.ctx, { id: contact.clientId, showIdentifiers: false });
    expect(contacts.map(({ note }) => note)).toEqual(["First"]);
  });

  test("by two devices at the same moment too", async () => {
    for (let round = 0; round < 5; round += 1) {
      const shared = aContact(team);
      const others = [aContact(team), aContact(team)];
      const answers = await Promise.all([
        log(shared, ...others.slice(0, 1)),
        log(...others.slice(1), shared),
        log(shared),
      ]);
      const shownAs = answers.flat().filter(({ id }) => id === shared.id);
      expect(outcomes(shownAs).sort()).toEqual(["already-stored", "already-stored", "stored"]);
      expect(await countOf("contact", shared.clientId)).toBe(1);
      expect(await countOf("issue", shared.clientId)).toBe(1);
    }
  });

  test("and one that another organisation sent under the same ids is its own", async () => {
    const other = await arrangeTeam(db, "Another");
    const contact = aContact(team);
    await log(contact);
    const theirs = { ...contact, serviceId: other.serviceId };
    expect(outcomes(await logContacts(other.ctx, [theirs]))).toEqual(["stored"]);
    expect(await countOf("contact", contact.clientId)).toBe(2);
  });
});

describe("A batch is answered for contact by contact", () => {
  test("in order, and one that is refused leaves the others stored", async () => {
    const good = [aContact(team), aContact(team)] as const;
    const unreadable = { ...aContact(team), occurredOn: "2026-02-31" };
    const answers = await log(good[0], unreadable, good[1]);
    expect(outcomes(answers)).toEqual(["stored", "refused", "stored"]);
    expect(answers.map(({ id }) => id)).toEqual([good[0].id, unreadable.id, good[1].id]);
    expect(answers[1]?.fields).toEqual({ occurredOn: "Enter a real date, like 31 5 2026." });
    expect(await countOf("client", unreadable.clientId)).toBe(0);
  });

  test("even when one is no contact at all", async () => {
    const good = aContact(team);
    const broken = { id: uuidv7(), entries: "none" } as unknown as NewContactInput;
    expect(outcomes(await log(broken, good))).toEqual(["refused", "stored"]);
  });

  test("and later contacts build on earlier ones of the batch", async () => {
    const entry = anEntry();
    const first = aContact(team, { entries: [entry] });
    const next = aContact(team, {
      clientId: first.clientId,
      newClient: undefined,
      entries: [{ ...entry, status: "resolved" }],
    });
    expect(outcomes(await log(first, next))).toEqual(["stored", "stored"]);
    const { issues } = await getClient(team.ctx, { id: first.clientId, showIdentifiers: false });
    expect(issues).toMatchObject([
      { status: "resolved", open: false, course: [{ status: "new" }, { status: "resolved" }] },
    ]);
  });

  test("so what follows a refused contact is refused for the same person", async () => {
    const first = aContact(team, { channel: "pigeon" as unknown as "phone" });
    const next = aContact(team, { clientId: first.clientId, newClient: undefined });
    expect(outcomes(await log(first, next))).toEqual(["refused", "refused"]);
  });
});

describe("A contact is refused", () => {
  const refused = async (contact: NewContactInput) => {
    const answer = await logOne(contact);
    expect(answer.outcome).toBe("refused");
    return Object.keys(answer.fields ?? {})[0];
  };

  test("after tomorrow; tomorrow itself is taken", async () => {
    expect(await refused(aContact(team, { occurredOn: addDays(today, 2) }))).toBe("occurredOn");
    expect((await logOne(aContact(team, { occurredOn: addDays(today, 1) }))).outcome).toBe("stored");
  });

  test("more than 90 days back without a reason; an import takes any past day", async () => {
    const old = aContact(team, { occurredOn: addDays(today, -91) });
    expect(await refused(old)).toBe("lateReason");
    expect((await logOne(aContact(team, { occurredOn: addDays(today, -90) }))).outcome).toBe("stored");
    expect((await logOne({ ...old, lateReason: "Found in a notebook" })).outcome).toBe("stored");
    const imported = aContact(team, { occurredOn: "2013-06-01" });
    expect(outcomes(await logContacts(team.ctx, [imported], { source: "import" }))).toEqual(["stored"]);
  });

  test("for a service of another organisation, or one that had closed", async () => {
    const other = await arrangeTeam(db, "Elsewhere");
    expect(await refused(aContact(team, { serviceId: other.serviceId }))).toBe("serviceId");
    const closed = await arrangeService(db, team.organisationId, "Closed service");
    await db.administrator`update casework.service set closed_on = ${addDays(today, -10)} where id = ${closed}`;
    expect(await refused(aContact(team, { serviceId: closed }))).toBe("serviceId");
    const before = aContact(team, { serviceId: closed, occurredOn: addDays(today, -10) });
    expect((await logOne(before)).outcome).toBe("stored");
  });

  test("for a client nobody knows, or one of another organisation: both read the same", async () => {
    const other = await arrangeTeam(db, "Across the road");
    const theirs = aContact(other);
    await logContacts(other.ctx, [theirs]);
    const foreign = await logOne(aContact(team, { clientId: theirs.clientId, newClient: undefined }));
    const unknown = await logOne(aContact(team, { newClient: undefined }));
    expect({ ...foreign, id: "" }).toEqual({ ...unknown, id: "" });
    expect(foreign.outcome).toBe("refused");
  });

  test("for an issue of another client, or under another need", async () => {
    const [mine, theirs] = [aContact(team), aContact(team)];
    await log(mine, theirs);
    const [entry] = theirs.entries;
    if (!entry) throw new Error("The contact has an entry");
    const on = (entries: NewContactInput["entries"]) =>
      aContact(team, { clientId: mine.clientId, newClient: undefined, entries });
    expect(await refused(on([{ ...entry, status: "ongoing" }]))).toBe("entries.0.issueId");
    const [own] = mine.entries;
    if (!own) throw new Error("The contact has an entry");
    expect(await refused(on([{ ...own, need: "MON-01", status: "ongoing" }]))).toBe("entries.0.need");
  });

  test("when a new issue has already improved, or stands twice in one contact", async () => {
    expect(await refused(aContact(team, { entries: [anEntry({ status: "improved" })] }))).toBe(
      "entries.0.status",
    );
    expect(await refused(aContact(team, { entries: [anEntry({ status: "no-longer-relevant" })] }))).toBe(
      "entries.0.status",
    );
    const entry = anEntry();
    expect(await refused(aContact(team, { entries: [entry, entry] }))).toBe("entries.1.issueId");
    expect((await logOne(aContact(team, { entries: [anEntry({ status: "resolved" })] }))).outcome).toBe(
      "stored",
    );
  });

  test("without a label for a need that is not listed, and for a need that does not exist", async () => {
    expect(await refused(aContact(team, { entries: [anEntry({ need: "OTH-01" })] }))).toBe("entries.0.label");
    expect(await refused(aContact(team, { entries: [anEntry({ need: "HOU-99" })] }))).toBe("entries.0.need");
    const labelled = aContact(team, { entries: [anEntry({ need: "OTH-01", label: "Lost a pet" })] });
    expect((await logOne(labelled)).outcome).toBe("stored");
  });

  test("with an identifier that cannot be right, without repeating it", async () => {
    const contact = aContact(team, {
      newClient: aClient({ identifiers: [{ kind: "nhs-number", value: "9998148627" }] }),
    });
    const answer = await logOne(contact);
    expect(Object.keys(answer.fields ?? {})).toEqual(["newClient.identifiers.0.value"]);
    expect(JSON.stringify(answer)).not.toContain("9998148627");
  });

  test.each(["phone", "email"] as const)("of somebody with words for a %s", async (field) => {
    const contact = aContact(team, { newClient: aClient({ [field]: "abc" }) });
    expect(await refused(contact)).toBe(`newClient.${field}`);
  });

  test("with test identifiers on a real installation", async () => {
    const contact = aContact(team, {
      newClient: aClient({ identifiers: [{ kind: "nhs-number", value: "9998148626" }] }),
    });
    await db.administrator`update reference.installation set demo = false`;
    expect(await refused(contact)).toBe("newClient.identifiers.0.value");
    await allowTestIdentifiers(db);
    expect((await logOne(contact)).outcome).toBe("stored");
  });
});

describe("An anonymous contact", () => {
  const anonymous = (with_: Partial<NewContactInput> = {}) =>
    aContact(team, { anonymous: true, newClient: undefined, ...with_ });

  test("makes its own anonymous client without identity", async () => {
    const contact = anonymous();
    expect((await logOne(contact)).outcome).toBe("stored");
    const [row] = await db.administrator<{ anonymous: boolean; identities: number }[]>`
      select anonymous, (select count(*)::int from identity.client_identity where client_id = c.id) as identities
      from casework.client as c where id = ${contact.clientId}`;
    expect(row).toEqual({ anonymous: true, identities: 0 });
  });

  test("cannot be met again, carries no details, and has new issues only", async () => {
    const contact = anonymous();
    await log(contact);
    const again = anonymous({ clientId: contact.clientId });
    const named = aContact(team, { clientId: contact.clientId, newClient: undefined });
    const detailed = anonymous({ newClient: aClient() });
    const ongoing = anonymous({ entries: [anEntry({ status: "ongoing" })] });
    expect(outcomes(await log(again, named, detailed, ongoing))).toEqual(Array(4).fill("refused"));
  });
});

describe("A contact is voided", () => {
  test("once, with a reason, and its person is marked; the next entry opens the issue", async () => {
    const entry = anEntry();
    const first = aContact(team, { entries: [entry], occurredOn: addDays(today, -3) });
    const next = aContact(team, {
      clientId: first.clientId,
      newClient: undefined,
      entries: [{ ...entry, status: "ongoing" }],
    });
    await log(first, next);
    const before = await marks();
    const reason = "Logged for the wrong person";
    expect(await voidContact(team.ctx, { id: first.id, reason })).toEqual({
      id: first.id,
      outcome: "voided",
    });
    expect(await marks()).toBe(before + 1);
    expect(await voidContact(team.ctx, { id: first.id, reason })).toMatchObject({
      outcome: "already-voided",
    });
    await expect(voidContact(team.ctx, { id: first.id, reason: "Another" })).rejects.toThrow("already");
    expect(await marks()).toBe(before + 1);
    const profile = await getClient(team.ctx, { id: first.clientId, showIdentifiers: false });
    expect(profile.issues).toMatchObject([{ status: "ongoing", course: [{ contactId: next.id }] }]);
    expect(profile.contacts.map(({ voided }) => voided?.reason ?? null)).toEqual([null, reason]);
  });

  test("for good: the database itself lets nobody take a void back", async () => {
    const contact = aContact(team);
    await log(contact);
    await voidContact(team.ctx, { id: contact.id, reason: "Logged twice" });
    const takenBack = db.administrator`
      update casework.contact set voided_at = null, void_reason = null where id = ${contact.id}`;
    await expect(takenBack).rejects.toThrow("voided already");
  });

  test("only by its own organisation", async () => {
    const other = await arrangeTeam(db, "Not theirs");
    const contact = aContact(team);
    await log(contact);
    await expect(voidContact(other.ctx, { id: contact.id, reason: "Not mine" })).rejects.toThrow("not found");
  });
});

describe("An erased client", () => {
  test("does not come back with what a device sends again, nor with anything new", async () => {
    const contact = aContact(team);
    await log(contact);
    await inTransaction(
      team.ctx,
      ({ db }) => db`select casework.erase_clients(${team.organisationId}, ${[contact.clientId]}::uuid[])`,
    );
    const renewed = aContact(team, { clientId: contact.clientId });
    expect(outcomes(await log(contact, renewed))).toEqual(["already-stored", "refused"]);
    for (const table of ["client", "contact", "issue"])
      expect(await countOf(table, contact.clientId)).toBe(0);
  });
});

test("The days of contacts are read in London, and a note is not stored as written", async () => {
  const contact = aContact(team, { note: "Spoke to her sister" });
  await log(contact);
  const [row] = await db.administrator<{ note: Buffer }[]>`
    select note from casework.contact where id = ${contact.id}`;
  expect(row?.note.includes("sister")).toBe(false);
});
