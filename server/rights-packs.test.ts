/** An officer looks after requests: a copy after every text was read, erasing unless held, corrections told, old records. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { logContacts } from "./contacts";
import { inTransaction, makeContext } from "./context";
import { copyFile } from "./documents/subject-copy";
import { readPdf } from "./documents/testing-pdf";
import { dayOf } from "./domain/period";
import type { RequestKind } from "./domain/rights/request";
import { ERASURE_FILE, listErasures, readErasureList, replayErasures } from "./erasure-list";
import { uuidv7 } from "./ids";
import { deleteListed } from "./retention";
import { destroyOldPacks, takePack } from "./rights-packs";
import { createCaller } from "./routers";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, anEntry, arrangeTeam } from "./testing-casework";
import { arrangeMember, contextFor, steppedUp } from "./testing-people";
import { arrangeWholeRecord } from "./testing-whole-record";

const db = await testDatabase();
await allowTestIdentifiers(db);
const advice = await arrangeTeam(db, "Quayside Advice");
const housing = await arrangeTeam(db, "Harbour Housing");
const officer = contextFor(
  db,
  await steppedUp(db, await arrangeMember(db, advice.organisationId, ["officer"])),
);
const { rights } = createCaller(officer);
const today = dayOf(new Date());

/** A request about somebody, whose asker showed who they are. */
async function arrangeRequest(kind: RequestKind, clientId: string): Promise<string> {
  const id = uuidv7();
  await rights.open({
    id,
    kind,
    receivedOn: today,
    way: "letter",
    askerKind: "self",
    asker: "Amina, 1 Quay",
  });
  await rights.setIdentity({ id, way: "known" });
  await rights.setPerson({ id, clientId, isTheirs: true });
  return id;
}

test("A request goes one step after the other, and is answered when its work is done", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  const id = uuidv7();
  await rights.open({
    id,
    kind: "access",
    receivedOn: today,
    way: "email",
    askerKind: "self",
    asker: "Amina",
  });
  expect(await rights.get({ id })).toMatchObject({ next: "identity", asker: "Amina", people: [] });
  await expect(rights.pack({ id })).rejects.toThrow("Check first who asks.");
  expect((await rights.pause({ id, because: "identity" })).clock.isPaused).toBe(true);
  expect((await rights.resume({ id })).clock.isPaused).toBe(false);
  expect((await rights.setIdentity({ id, way: "document" })).next).toBe("find");
  expect((await rights.setPerson({ id, clientId, isTheirs: true })).next).toBe("work");
  await expect(rights.answer({ id, outcome: "done" })).rejects.toThrow("still to be done");
  expect((await rights.extend({ id, because: "complex" })).extendedOn).not.toBeNull();
  expect(
    (await rights.answer({ id, outcome: "refused", because: "excessive", words: "Three times" })).state,
  ).toBe("refused");
  await expect(rights.setIdentity({ id, way: "known" })).rejects.toThrow("answered already");
});

test("No copy is made before every text was read, and what is blacked out is in none of its files", async () => {
  const contact = aContact(advice, {
    newClient: aClient(),
    note: "Her brother Samqwert called for her",
    entries: [anEntry()],
  });
  await logContacts(advice.ctx, [contact]);
  const id = await arrangeRequest("access", contact.clientId);
  await expect(rights.finishPack({ id })).rejects.toThrow("Read one text first");
  const [words] = (await rights.pack({ id })).queue;
  if (!words) throw new Error("There is nothing to read");
  expect(words).toMatchObject({ column: "note", decision: null });
  const at = { id, place: words.place, key: words.key, column: words.column, mark: words.mark };
  const from = words.text.indexOf("Samqwert");
  const passages: [number, number][] = [[from, from + 8]];
  await expect(rights.decideWords({ ...at, decision: "withhold", because: "harm" })).rejects.toThrow(
    "professional",
  );
  expect(
    await rights.decideWords({ ...at, decision: "black-out", passages, because: "third-party" }),
  ).toEqual({ left: 0 });
  await rights.finishPack({ id });

  const pack = await takePack(officer, id);
  for (const name of ["copy.html", "copy.json"]) {
    const text = new TextDecoder().decode((await copyFile(pack, name))?.bytes);
    expect(text).toContain("called for her");
    expect(text).toContain("Okafor");
    expect(text).not.toContain("Samqwert");
  }
  const pdf = await readPdf((await copyFile(pack, "copy.pdf"))?.bytes ?? new Uint8Array());
  expect(pdf).toMatchObject({
    title: "What Quayside Advice holds about you",
    language: "en-GB",
    outside: [],
  });
  expect(pdf.pages.join(" ")).toContain("called for her");
  expect(pdf.pages.join(" ")).not.toContain("Samqwert");
  expect(pdf.outline.map(({ title }) => title)).toEqual(
    expect.arrayContaining(["Who has looked", "Your rights"]),
  );
  expect((await copyFile(pack, "copy.zip"))?.bytes.length).toBeGreaterThan(1000);
  expect(await copyFile(pack, "../other")).toBeNull();
  // Sealed where it lies.
  const [kept] = await db.administrator<{ text: string }[]>`
    select encode(contents, 'escape') as text from governance.rights_pack where request_id = ${id}`;
  expect(kept?.text).not.toContain("Okafor");
  await db.administrator`update governance.rights_pack set expires_at = now() - interval '1 second' where request_id = ${id}`;
  await expect(takePack(officer, id)).rejects.toThrow("was not found");
  expect(await destroyOldPacks(db.app)).toBe(1);
  expect(await destroyOldPacks(db.app)).toBe(0);
  // It was handed out: that its week is over does not undo the work.
  expect((await rights.get({ id })).next).toBe("answer");
  expect((await rights.setPerson({ id, clientId: contact.clientId, isTheirs: true })).next).toBe("answer");
  // It was about somebody else: a new one is to be made.
  const other = await arrangeWholeRecord(advice, housing);
  expect((await rights.setPerson({ id, clientId: other, isTheirs: true })).next).toBe("work");
});

test("A copy is not handed out to an officer who has not shown again who they are", async () => {
  const stale = contextFor(db, await arrangeMember(db, advice.organisationId, ["officer"]));
  await expect(takePack(stale, uuidv7())).rejects.toThrow("Show again that it is you");
});

test("Nothing is erased while a hold stands, and whoever was handed it is told once it goes", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  const id = await arrangeRequest("erase", clientId);
  await rights.decideErasure({ id, purpose: "record", decision: "erase" });
  const holdId = uuidv7();
  await rights.placeHold({ id: holdId, clientId, kind: "legal", reason: "A claim", reviewOn: "2099-01-01" });
  await expect(rights.erase({ id })).rejects.toThrow("A hold stands");
  await expect(
    inTransaction(
      advice.ctx,
      ({ db }) => db`select casework.erase_clients(${advice.organisationId}, ${[clientId]}::uuid[])`,
    ),
  ).rejects.toThrow("held");
  await rights.liftHold({ id: holdId });
  const done = await rights.erase({ id });
  expect(done).toMatchObject({ next: "answer", asker: null, people: [] });
  const { recipients } = await rights.decided({ id });
  expect(recipients).toMatchObject([
    { kind: "erased", toName: "Harbour Housing, Harbour Housing service", way: "platform" },
  ]);
  const [theirs] = await db.administrator<{ clientId: string }[]>`
    select client_id from governance.rights_notice where organisation_id = ${housing.organisationId}`;
  const notices = await createCaller(housing.ctx).rights.notices({ clientId: theirs?.clientId ?? "" });
  expect(notices).toMatchObject([{ kind: "erased", fromName: "Quayside Advice" }]);
  expect((await rights.answer({ id, outcome: "done" })).state).toBe("done");
});

test("A hold that is sent again is the same hold, and its receivers are told once", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  const id = await arrangeRequest("restrict", clientId);
  const hold = { id: uuidv7(), clientId, kind: "restriction", reason: "They asked", reviewOn: "2099-01-01" };
  await rights.placeHold({ ...hold, kind: "restriction" });
  await rights.placeHold({ ...hold, kind: "restriction" });
  const { holds, recipients } = await rights.decided({ id });
  expect(holds).toMatchObject([{ id: hold.id, reason: "They asked" }]);
  expect(recipients).toMatchObject([{ kind: "restricted", way: "platform" }]);
  await expect(rights.placeHold({ ...hold, kind: "legal" })).rejects.toThrow("Another hold");
});

test("Stories are erased by themselves, and the record stays", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  const id = await arrangeRequest("erase", clientId);
  await rights.decideErasure({ id, purpose: "stories", decision: "erase" });
  await rights.decideErasure({ id, purpose: "record", decision: "keep", because: "duty" });
  await rights.erase({ id });
  const [left] = await db.administrator<{ stories: number; clients: number }[]>`
    select (select count(*)::int from casework.story where client_id = ${clientId}) as stories,
           (select count(*)::int from casework.client where id = ${clientId}) as clients`;
  expect(left).toEqual({ stories: 0, clients: 1 });
});

test("A correction keeps what stood there, changes it, and tells every receiver", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  const id = await arrangeRequest("rectify", clientId);
  const phone = { field: "phone" as const, from: "0191 111", to: "0191 999" };
  await rights.rectify({ id, correctionId: uuidv7(), clientId, outcome: "details", change: phone });
  await rights.rectify({
    ...{ id, correctionId: uuidv7(), clientId, outcome: "refused" },
    ...{ before: "He was late", disagreement: "I was on time" },
  });
  const { corrections, recipients } = await rights.decided({ id });
  expect(corrections).toMatchObject([
    { outcome: "corrected", about: ["phone"], before: "0191 111", after: "0191 999" },
    { outcome: "refused", before: "He was late", disagreement: "I was on time" },
  ]);
  expect(recipients).toHaveLength(1);
  const wrong = { ...phone, from: "0191 000", to: "0191 777" };
  await expect(
    rights.rectify({ id, correctionId: uuidv7(), clientId, outcome: "details", change: wrong }),
  ).rejects.toThrow("changed this detail meanwhile");
});

test("As many old records are deleted as the list said, and neither who is held, kept nor came back", async () => {
  const old = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const contact = aContact(advice, { newClient: aClient(), occurredOn: "2015-03-02" });
      await logContacts(advice.ctx, [contact], { source: "import" });
      return contact.clientId;
    }),
  );
  const child = aContact(advice, {
    newClient: aClient({ dateOfBirth: "2010-01-05" }),
    occurredOn: "2015-03-02",
  });
  await logContacts(advice.ctx, [child], { source: "import" });
  const ids = [...old, child.clientId];
  await db.administrator`update casework.client set created_at = '2015-03-02' where id = any (${ids}::uuid[])`;
  const [held = "", kept = "", back = ""] = old;
  await rights.placeHold({
    id: uuidv7(),
    clientId: held,
    kind: "legal",
    reason: "A claim",
    reviewOn: "2099-01-01",
  });
  const id = uuidv7();
  expect(await rights.makeRun({ id })).toEqual({ id, listed: 6 });
  await rights.keepItem({ id, clientId: kept, because: "needed" });
  const { review } = await rights.retention();
  expect(review?.run).toMatchObject({ listed: 6, toDelete: 4 });
  expect(review?.items.every(({ name }) => name === "Amina Okafor")).toBe(true);
  // Before it is confirmed, nobody is deleted, whoever asks.
  const payload = { organisationId: advice.organisationId, runId: id };
  expect(await deleteListed(db.app, payload)).toBe(0);
  await rights.endReview({ id, confirmed: true });
  const { newClient: _known, ...again } = aContact(advice, { clientId: back });
  await logContacts(advice.ctx, [again]);
  expect(await deleteListed(db.app, payload)).toBe(3);
  expect(await deleteListed(db.app, payload)).toBe(3);
  const left = await db.administrator<{ id: string }[]>`
    select id from casework.client where id = any (${ids}::uuid[])`;
  expect(new Set(left.map(({ id }) => id))).toEqual(new Set([held, kept, back, child.clientId]));
  expect((await rights.retention()).runs[0]).toMatchObject({ state: "done", deleted: 3 });
});

test("What was erased is erased again after a backup was restored, and the list holds ids alone", async () => {
  const clientId = await arrangeWholeRecord(advice, housing);
  const copies = ["casework.client", "identity.client_identity"] as const;
  for (const table of copies) {
    const column = table === "casework.client" ? "id" : "client_id";
    await db.administrator.unsafe(
      `create table copy_${column} as select * from ${table} where ${column} = '${clientId}'`,
    );
  }
  await inTransaction(
    advice.ctx,
    ({ db }) => db`select casework.erase_clients(${advice.organisationId}, ${[clientId]}::uuid[])`,
  );
  const place = mkdtempSync(join(tmpdir(), "erasures-"));
  try {
    expect(await listErasures(db.stats, place)).toBeGreaterThan(0);
    expect(await listErasures(db.stats, place)).toBe(0);
    const file = join(place, ERASURE_FILE);
    expect(readFileSync(file, "utf8")).toContain(clientId);
    await db.administrator`insert into casework.client select * from copy_id`;
    await db.administrator`insert into identity.client_identity select * from copy_client_id`;
    await db.administrator`drop table copy_id, copy_client_id`;
    const ctx = makeContext({ app: db.app, reader: db.reader }, null);
    const lines = await readErasureList(file);
    expect(await replayErasures(ctx, lines)).toBe(1);
    expect(await replayErasures(ctx, lines)).toBe(0);
    const [left] = await db.administrator`
      select 1 from identity.client_identity where client_id = ${clientId}`;
    expect(left).toBeUndefined();
  } finally {
    rmSync(place, { recursive: true });
  }
});
