/** A contact that corrects another: one step, the pair to be seen, and every count as if it had been right at once. */

import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { editClient } from "./client-edits";
import { getClient } from "./clients";
import { logContacts, voidContact } from "./contacts";
import type { NewContactInput } from "./domain/contact";
import { Conflict, NotFound } from "./domain/errors";
import { addDays, dayOf } from "./domain/period";
import { editClientSchema } from "./domain/profile-edit";
import { uuidv7 } from "./ids";
import { getContact } from "./kept-contact";
import { statisticsTick } from "./statistics";
import { keyedHash } from "./statistics/keyed-hash";
import { recountAll } from "./statistics/recount";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, anEntry, arrangeTeam } from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const today = dayOf(new Date());

beforeAll(() => allowTestIdentifiers(db));

const log = (...contacts: NewContactInput[]) => logContacts(team.ctx, contacts);
const profile = (id: string) => getClient(team.ctx, { id, showIdentifiers: false });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

/** The same contact with something put right. */
const correctionOf = (contact: NewContactInput, over: Partial<NewContactInput> = {}): NewContactInput => {
  const { newClient: _, ...kept } = contact;
  return { ...kept, id: uuidv7(), corrects: { contactId: contact.id, reason: "It was a call" }, ...over };
};

async function onlyAnswer(contact: NewContactInput) {
  const [answer] = await log(contact);
  if (!answer) throw new Error("No answer came back");
  return answer;
}

describe("A correction", () => {
  test("takes the place of the contact it corrects, which stays to be seen with the reason", async () => {
    const wrong = aContact(team, { channel: "message", note: "First" });
    await log(wrong);
    const right = correctionOf(wrong, { channel: "phone" });
    expect(await onlyAnswer(right)).toEqual({ id: right.id, outcome: "stored" });
    const { contacts, contactCount, issues } = await profile(wrong.clientId);
    expect(contactCount).toBe(1);
    expect(contacts).toMatchObject([
      {
        id: right.id,
        channel: "phone",
        voided: null,
        replaces: {
          id: wrong.id,
          channel: "message",
          note: "First",
          voided: { reason: "It was a call", memberName: "Robin Test" },
          replaces: null,
        },
      },
    ]);
    expect(issues).toMatchObject([{ status: "new", course: [{ contactId: right.id }] }]);
    const [audit] = await db.administrator<{ subjects: unknown; detail: unknown }[]>`
      select subjects, detail from governance.audit_entry where action = 'contact.log' order by id desc limit 1`;
    expect(audit).toEqual({
      subjects: [
        { kind: "contact", id: right.id },
        { kind: "contact", id: wrong.id },
        { kind: "client", id: wrong.clientId },
      ],
      detail: { stored: 1, sent: 1, corrected: 1 },
    });
  });

  test("sent again has one effect, and can be corrected in its turn", async () => {
    const wrong = aContact(team);
    await log(wrong);
    const right = correctionOf(wrong, { channel: "visit" });
    await log(right);
    expect((await onlyAnswer(right)).outcome).toBe("already-stored");
    const better = correctionOf(right, {
      channel: "letter",
      corrects: { contactId: right.id, reason: "No, a letter" },
    });
    expect((await onlyAnswer(better)).outcome).toBe("stored");
    const { contacts } = await profile(wrong.clientId);
    expect(contacts).toMatchObject([
      { id: better.id, replaces: { id: right.id, replaces: { id: wrong.id, replaces: null } } },
    ]);
  });

  test("goes in one batch with what it corrects, however long the chain", async () => {
    const wrong = aContact(team, { place: { kind: "no-fixed-address" } });
    const right = correctionOf(wrong, { channel: "visit", place: undefined });
    const better = correctionOf(right, {
      channel: "letter",
      corrects: { contactId: right.id, reason: "Slip" },
    });
    const answers = await log(wrong, right, better);
    expect(answers.map(({ outcome }) => outcome)).toEqual(["stored", "stored", "stored"]);
    const { contacts } = await profile(wrong.clientId);
    expect(contacts).toMatchObject([{ id: better.id, place: { kind: "no-fixed-address" } }]);
  });

  test("stands on its day where the first one stood, not after what was said later that day", async () => {
    const issue = anEntry();
    const morning = aContact(team, { entries: [issue] });
    const evening = aContact(team, {
      clientId: morning.clientId,
      newClient: undefined,
      entries: [{ ...issue, status: "resolved" }],
    });
    await log(morning, evening);
    await log(correctionOf(morning, { channel: "visit" }));
    const { issues, contacts } = await profile(morning.clientId);
    expect(issues).toMatchObject([{ open: false, course: [{ status: "new" }, { status: "resolved" }] }]);
    expect(contacts.map(({ id }) => id)[0]).toBe(evening.id);
  });

  test("keeps the place the contact was accepted with, wherever the person lives by now", async () => {
    const wrong = aContact(team, { newClient: aClient({ place: { kind: "no-fixed-address" } }) });
    await log(wrong);
    await editClient(
      team.ctx,
      editClientSchema.parse({
        id: wrong.clientId,
        editId: uuidv7(),
        changes: [{ field: "place", from: { kind: "no-fixed-address" }, to: { kind: "unknown" } }],
      }),
    );
    await log(correctionOf(wrong, { channel: "visit" }));
    expect((await profile(wrong.clientId)).contacts).toMatchObject([{ place: { kind: "no-fixed-address" } }]);
    const { contacts } = await profile(wrong.clientId);
    const other = { kind: "unknown" } as const;
    const [standing] = contacts;
    await log(
      correctionOf(wrong, { place: other, corrects: { contactId: standing?.id ?? "", reason: "Elsewhere" } }),
    );
    expect((await profile(wrong.clientId)).contacts).toMatchObject([{ place: { kind: "unknown" } }]);
  });

  test("needs no new reason for a day long past that it keeps", async () => {
    const old = aContact(team, { occurredOn: addDays(today, -200), lateReason: "Found in a notebook" });
    await log(old);
    expect((await onlyAnswer(correctionOf(old, { lateReason: null, channel: "visit" }))).outcome).toBe(
      "stored",
    );
    const moved = aContact(team);
    await log(moved);
    const answer = await onlyAnswer(correctionOf(moved, { occurredOn: addDays(today, -200) }));
    expect(answer.fields).toHaveProperty("lateReason");
  });

  test("of an anonymous contact stays anonymous", async () => {
    const { newClient: _, ...nobody } = aContact(team);
    const wrong: NewContactInput = { ...nobody, anonymous: true };
    await log(wrong);
    expect((await onlyAnswer(correctionOf(wrong, { channel: "visit" }))).outcome).toBe("stored");
    const known = aContact(team);
    await log(known);
    expect((await onlyAnswer(correctionOf(known, { anonymous: true }))).fields).toHaveProperty("anonymous");
  });

  test("is one of two that are sent at once: the other is told", async () => {
    const wrong = aContact(team);
    await log(wrong);
    const answers = await Promise.all([
      onlyAnswer(correctionOf(wrong, { channel: "visit" })),
      onlyAnswer(correctionOf(wrong, { channel: "letter" })),
    ]);
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(["refused", "stored"]);
    expect(answers.find(({ outcome }) => outcome === "refused")?.reason).toContain("already");
  });
});

describe("A contact cannot be corrected", () => {
  const refused = async (contact: NewContactInput) => {
    const answer = await onlyAnswer(contact);
    expect(answer).toMatchObject({ outcome: "refused", fields: { corrects: expect.any(String) } });
    return answer.reason;
  };

  test("that was imported, or voided", async () => {
    const imported = aContact(team);
    await logContacts(team.ctx, [imported], { source: "import" });
    expect(await refused(correctionOf(imported))).toContain("imported");
    expect((await getContact(team.ctx, { id: imported.id })).fixed).toBe("imported");
    const voided = aContact(team);
    await log(voided);
    await voidContact(team.ctx, { id: voided.id, reason: "Wrong person" });
    expect(await refused(correctionOf(voided))).toContain("voided");
    expect((await getContact(team.ctx, { id: voided.id })).fixed).toBe("voided");
  });

  test("of another person, of another organisation, or that nobody knows: all read the same", async () => {
    const [mine, hers] = [aContact(team), aContact(team)];
    await log(mine, hers);
    const other = await arrangeTeam(db, "Elsewhere");
    const foreign = aContact(other);
    await logContacts(other.ctx, [foreign]);
    const reasons = [
      await refused(correctionOf(mine, { corrects: { contactId: hers.id, reason: "Not hers" } })),
      await refused(correctionOf(mine, { corrects: { contactId: foreign.id, reason: "Not ours" } })),
      await refused(correctionOf(mine, { corrects: { contactId: uuidv7(), reason: "Nobody's" } })),
    ];
    expect(new Set(reasons).size).toBe(1);
    expect(await failure(getContact(team.ctx, { id: foreign.id }))).toBeInstanceOf(NotFound);
  });

  test("twice; and a void says that it was done already", async () => {
    const wrong = aContact(team);
    await log(wrong, correctionOf(wrong));
    expect(await refused(correctionOf(wrong, { channel: "visit" }))).toContain("corrected already");
    expect(await failure(voidContact(team.ctx, { id: wrong.id, reason: "Wrong" }))).toBeInstanceOf(Conflict);
  });
});

test("A contact is read as it was logged, so that a correction can begin from it", async () => {
  const contact = aContact(team, {
    note: "Agreed £15 a week",
    consent: "given",
    occurredOn: addDays(today, -200),
    lateReason: "Found in a notebook",
    entries: [anEntry({ need: "OTH-01", label: "Lost a pet" })],
  });
  await log(contact);
  expect(await getContact(team.ctx, { id: contact.id })).toMatchObject({
    clientId: contact.clientId,
    anonymous: false,
    serviceId: team.serviceId,
    channel: "phone",
    note: "Agreed £15 a week",
    lateReason: "Found in a notebook",
    consent: "given",
    fixed: null,
    entries: [{ issueId: contact.entries[0]?.issueId, need: "OTH-01", label: "Lost a pet", status: "new" }],
  });
  const [stored] = await db.administrator`
    select c::text as contact, i::text as issue from casework.contact as c
    join casework.issue as i on i.client_id = c.client_id where c.id = ${contact.id}`;
  for (const words of ["£15", "notebook", "pet"]) expect(JSON.stringify(stored)).not.toContain(words);
});

test("Corrections and voids leave every count as a recount from the contacts finds it", async () => {
  const key = randomBytes(32);
  const settleDown = async () => {
    while (
      await db.administrator`select 1 from statistics.changed_person limit 1`.then(({ length }) => length > 0)
    ) {
      await statisticsTick(db.stats, key, {});
    }
    expect(await recountAll(db.stats, keyedHash(key))).toMatchObject({ presence: 0, cells: 0 });
    return db.administrator`
      select need_number, release_sector, financial_year, months from statistics.presence order by 1, 2, 3, 4`;
  };
  const contacts = Array.from({ length: 6 }, (_, at) =>
    aContact(team, { occurredOn: addDays(today, -at), entries: [anEntry(), anEntry({ need: "MON-01" })] }),
  );
  await log(...contacts);
  const before = await settleDown();
  expect(before.length).toBeGreaterThan(0);
  await log(...contacts.map((contact) => correctionOf(contact, { channel: "visit" })));
  expect(await settleDown()).toEqual(before);
});
