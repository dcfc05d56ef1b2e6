/** A note that is removed for good: gone from every row, said so, and not brought back by a device or by a writer. */

import { beforeAll, expect, test } from "vitest";
import { getClient } from "./clients";
import { logContacts, voidContact } from "./contacts";
import { inTransaction } from "./context";
import type { NewContactInput } from "./domain/contact";
import { Conflict, NotAllowed, NotFound } from "./domain/errors";
import { getContact } from "./kept-contact";
import { removeNote } from "./note-removal";
import { testDatabase } from "./testing";
import { aContact, allowTestIdentifiers, arrangeTeam } from "./testing-casework";
import { contextFor } from "./testing-people";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const others = await arrangeTeam(db, "Other House");

beforeAll(() => allowTestIdentifiers(db));

const reason = "Names a neighbour";

async function logged(over: Partial<NewContactInput> = {}): Promise<NewContactInput> {
  const contact = aContact(team, { note: "Sam Third next door heard it all", ...over });
  await logContacts(team.ctx, [contact]);
  return contact;
}

async function shown({ clientId }: NewContactInput) {
  const { contacts } = await getClient(team.ctx, { id: clientId, showIdentifiers: false });
  return contacts[0];
}

test("the note is gone from the row; the contact stays, and says who removed it", async () => {
  const contact = await logged();
  expect(await removeNote(team.ctx, { id: contact.id, reason })).toEqual({
    id: contact.id,
    outcome: "removed",
  });
  expect(await shown(contact)).toMatchObject({
    note: null,
    noteRemoved: { at: expect.any(Date), memberName: "Robin Test" },
    voided: null,
    entries: [{ status: "new" }],
  });
  expect(await getContact(team.ctx, { id: contact.id })).toMatchObject({ note: null, fixed: null });
  const [row] = await db.administrator<{ note: Buffer | null; noteRemoval: Buffer }[]>`
    select note, note_removal from casework.contact where id = ${contact.id}`;
  expect(row?.note).toBeNull();
  expect(row?.noteRemoval.toString()).not.toContain("neighbour");
});

test("the audit trail names the contact, with no word of the note or the reason", async () => {
  const contact = await logged();
  await removeNote(team.ctx, { id: contact.id, reason });
  const entries = await db.administrator<{ subjects: unknown; detail: unknown }[]>`
    select subjects, detail from governance.audit_entry
    where action = 'contact.remove-note' and subjects::text like ${`%${contact.id}%`}`;
  expect(entries).toEqual([
    {
      subjects: [
        { kind: "contact", id: contact.id },
        { kind: "client", id: contact.clientId },
      ],
      detail: {},
    },
  ]);
});

test("removing it again changes nothing, and sending it again brings nothing back", async () => {
  const contact = await logged();
  await removeNote(team.ctx, { id: contact.id, reason });
  const before = await shown(contact);
  expect(await removeNote(team.ctx, { id: contact.id, reason: "Once more" })).toMatchObject({
    outcome: "already-removed",
  });
  expect(await logContacts(team.ctx, [contact])).toMatchObject([{ outcome: "already-stored" }]);
  expect(await shown(contact)).toEqual(before);
});

test("the note of a voided contact can be removed too, and one can be voided after it", async () => {
  const voidedFirst = await logged();
  await voidContact(team.ctx, { id: voidedFirst.id, reason: "Wrong person" });
  expect(await removeNote(team.ctx, { id: voidedFirst.id, reason })).toMatchObject({ outcome: "removed" });
  const voidedAfter = await logged();
  await removeNote(team.ctx, { id: voidedAfter.id, reason });
  expect(await voidContact(team.ctx, { id: voidedAfter.id, reason: "Wrong person" })).toMatchObject({
    outcome: "voided",
  });
});

test("a contact without a note has none to remove", async () => {
  const contact = aContact(team);
  await logContacts(team.ctx, [contact]);
  await expect(removeNote(team.ctx, { id: contact.id, reason })).rejects.toThrow(Conflict);
});

test("another organisation finds no such contact, and a caseworker may not", async () => {
  const contact = await logged();
  await expect(removeNote(others.ctx, { id: contact.id, reason })).rejects.toThrow(NotFound);
  const caseworker = contextFor(db, { ...team.ctx.actor, roles: ["caseworker"] });
  await expect(removeNote(caseworker, { id: contact.id, reason })).rejects.toThrow(NotAllowed);
  expect(await shown(contact)).toMatchObject({ note: contact.note, noteRemoved: null });
});

test("saying that words are only sealed anew lets nobody rewrite them: not the web's login, not the engine's", async () => {
  const kept = await logged();
  const claiming = inTransaction(team.ctx, async ({ db }) => {
    await db`select set_config('app.resealing', 'on', true)`;
    await db`update casework.contact set note = ${Buffer.from("other words")} where id = ${kept.id}`;
  });
  await expect(claiming).rejects.toThrow("A note can be removed once, and not be changed");
  const direct = db.stats`update casework.contact set note = ${Buffer.from("other words")} where id = ${kept.id}`;
  await expect(direct).rejects.toMatchObject({ code: "42501" });
  const asApp = db.app`
    select identity.put_sealed('casework.contact', array[${team.organisationId}::int], array[${kept.id}::text],
                               array[''], array['a'::bytea, 'b', 'c', 'd'])`;
  await expect(asApp).rejects.toMatchObject({ code: "42501" });
  expect(await shown(kept)).toMatchObject({ note: kept.note });
});

test("the database lets no note be rewritten, emptied without a trace, or put back", async () => {
  const [kept, removed] = [await logged(), await logged()];
  await removeNote(team.ctx, { id: removed.id, reason });
  const write = (id: string, note: Buffer | null) =>
    inTransaction(team.ctx, ({ db }) => db`update casework.contact set note = ${note} where id = ${id}`);
  for (const [id, note] of [
    [kept.id, Buffer.from("other words")],
    [kept.id, null],
    [removed.id, Buffer.from("back")],
  ] as const) {
    await expect(write(id, note)).rejects.toThrow("A note can be removed once, and not be changed");
  }
});
