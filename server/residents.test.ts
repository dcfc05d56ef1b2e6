/** Somebody's own record by a code, on a real database: who gets in, what they see, and what they can do. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { logContacts } from "./contacts";
import { type Ctx, makeContext } from "./context";
import { residentKeySchema } from "./domain/resident-code";
import { uuidv7 } from "./ids";
import { knownTo } from "./known-to";
import { setBasis } from "./recording-basis";
import { endResidentCode, findResidentCode, makeResidentCode } from "./resident-codes";
import { askByCode, objectByCode, openOwnRecord, REFUSED_AFTER_MS, takeBackByCode } from "./residents";
import { testDatabase } from "./testing";
import { aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";
import { aCell, agree, aLook, arrangeShared } from "./testing-sharing";

const waited = vi.hoisted(() => ({ ms: [] as number[] }));
vi.mock("node:timers/promises", () => ({
  setTimeout: async (ms: number) => {
    waited.ms.push(ms);
  },
}));

const db = await testDatabase();
const BORN = "1984-05-31";

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
  waited.ms = [];
});

/** Somebody at the page, from an address. */
const nobody = (address = "198.51.100.7"): Ctx =>
  makeContext({ app: db.app, reader: db.reader }, null, {
    ...{ session: null, signedOut: "not-signed-in", address, device: "" },
  });

let teams = 0;
async function aTeam(): Promise<Team> {
  teams += 1;
  return arrangeTeam(db, `Residents' team ${teams}`);
}

/** A client of a team who has a code. */
async function withCode(team: Team): Promise<{ clientId: string; code: string }> {
  const contact = aContact(team, {
    entries: [anEntry(), anEntry({ need: "SAF-01" })],
    note: "A secret note",
  });
  await logContacts(team.ctx, [contact]);
  const { code } = await makeResidentCode(team.ctx, { clientId: contact.clientId });
  return { clientId: contact.clientId, code };
}

const key = (code: string, dateOfBirth = BORN) => residentKeySchema.parse({ code, dateOfBirth });

describe("a code", () => {
  test("opens the page with the date of birth, and says what is held without names, notes and sensitive needs", async () => {
    const team = await aTeam();
    const officer = contextFor(db, await arrangeMember(db, team.organisationId, ["officer"]));
    await setBasis(officer, { purpose: "direct-support", basis: "public-task", condition: "social-care" });
    const { code } = await withCode(team);
    const opened = await openOwnRecord(nobody(), key(code));
    if (!opened.ok) throw new Error(opened.reason);
    const { record } = opened;
    expect(record.organisation).toBe(team.ctx.actor.organisationName);
    expect(record.needs).toMatchObject([{ need: "You are behind with your rent or mortgage." }]);
    expect(record.bases[0]).toMatchObject({ purpose: "direct-support", basis: "public-task" });
    expect(record.held.map(({ title }) => title)).toContain("Contacts with you");
    expect(record.looks.some(({ who }) => who.startsWith("A worker at "))).toBe(true);
    expect(record.looks[0]).toMatchObject({ who: "Whoever had your code" });
    const text = JSON.stringify(record);
    for (const hidden of ["Robin Test", "secret note", "Okafor", BORN, "hurts, scares"]) {
      expect(text).not.toContain(hidden);
    }
  });

  test("is kept as a fingerprint alone", async () => {
    const { code, clientId } = await withCode(await aTeam());
    const rows = await db.administrator`select * from governance.resident_code where client_id = ${clientId}`;
    const text = JSON.stringify(rows, (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(text).not.toContain(code.replaceAll("-", ""));
    expect(text).not.toContain(Buffer.from(code.replaceAll("-", "")).toString("hex"));
  });

  test("ends with the next one, when it is taken back, and after two weeks", async () => {
    const team = await aTeam();
    const { code, clientId } = await withCode(team);
    const { code: next } = await makeResidentCode(team.ctx, { clientId });
    expect(await openOwnRecord(nobody(), key(code))).toEqual({ ok: false, reason: "code" });
    expect(await openOwnRecord(nobody(), key(next))).toMatchObject({ ok: true });
    await db.administrator`
      update governance.resident_code set expires_at = now() - interval '1 second' where client_id = ${clientId}`;
    expect(await openOwnRecord(nobody(), key(next))).toEqual({ ok: false, reason: "code" });
    const { code: last } = await makeResidentCode(team.ctx, { clientId });
    expect(await findResidentCode(team.ctx, { clientId })).toMatchObject({ usedAt: null });
    await endResidentCode(team.ctx, { clientId });
    expect(await findResidentCode(team.ctx, { clientId })).toBeNull();
    expect(await openOwnRecord(nobody(), key(last))).toEqual({ ok: false, reason: "code" });
  });

  test("is given to nobody whose date of birth is not known, and by no other organisation", async () => {
    const [team, other] = [await aTeam(), await aTeam()];
    const contact = aContact(team, { newClient: { givenName: "Amina", familyName: "Okafor" } });
    await logContacts(team.ctx, [contact]);
    const { clientId } = contact;
    await expect(makeResidentCode(team.ctx, { clientId })).rejects.toThrow("date of birth first");
    await expect(makeResidentCode(other.ctx, { clientId })).rejects.toThrow("This person");
  });
});

describe("guessing", () => {
  afterEach(() => vi.restoreAllMocks());

  test("a wrong code and a wrong date get the same answer, put off to the same moment", async () => {
    const { code } = await withCode(await aTeam());
    const { code: none, clientId } = await withCode(await aTeam());
    await db.administrator`delete from governance.resident_code where client_id = ${clientId}`;
    vi.spyOn(performance, "now").mockReturnValue(0);
    const wrongDate = await openOwnRecord(nobody("198.51.100.1"), key(code, "1984-06-01"));
    const wrongCode = await openOwnRecord(nobody("198.51.100.2"), key(none));
    expect([wrongDate, wrongCode]).toEqual(Array(2).fill({ ok: false, reason: "code" }));
    expect(waited.ms).toEqual([REFUSED_AFTER_MS, REFUSED_AFTER_MS]);
  });

  test("ten wrong dates end the code, from wherever they come and however slowly", async () => {
    const { code } = await withCode(await aTeam());
    for (let tries = 0; tries < 10; tries += 1) {
      await db.administrator`delete from casework.throttle`;
      await openOwnRecord(nobody(`198.51.100.${tries}`), key(code, `1990-01-${tries + 10}`));
    }
    await db.administrator`delete from casework.throttle`;
    expect(await openOwnRecord(nobody(), key(code))).toEqual({ ok: false, reason: "code" });
  });

  test("an address that tries too often waits, also with the right code", async () => {
    const { code } = await withCode(await aTeam());
    const { code: other } = await withCode(await aTeam());
    for (let tries = 0; tries < 10; tries += 1) await openOwnRecord(nobody(), key(other, "1990-01-01"));
    expect(await openOwnRecord(nobody(), key(code))).toEqual({ ok: false, reason: "busy" });
  });

  test("each refusal is recorded, about nobody", async () => {
    const { code } = await withCode(await aTeam());
    await openOwnRecord(nobody(), key(code, "1990-01-01"));
    const [entry] = await db.administrator`
      select action, subjects, organisation_id from governance.audit_entry order by id desc limit 1`;
    expect(entry).toEqual({ action: "resident.refuse", subjects: [], organisationId: null });
  });
});

describe("on their own page", () => {
  test("somebody objects, and the next look of another organisation finds nothing; taken back, it finds them", async () => {
    const shared = await arrangeShared(db, "Own page");
    await agree(db, shared, [aCell()]);
    const { code } = await makeResidentCode(shared.giver.ctx, { clientId: shared.given });
    const services = async () => (await knownTo(shared.asker.ctx, aLook(shared.own))).services.length;
    expect(await services()).toBe(1);

    const id = uuidv7();
    const objected = await objectByCode(nobody(), { key: key(code), id, against: "both" });
    expect(objected).toMatchObject({
      record: { objections: [{ against: "both", madeThrough: "client", state: "stands" }] },
    });
    expect(await services()).toBe(0);
    const [marked] = await db.administrator`
      select from statistics.changed_person as m
      join identity.client_person as p using (person_id) where p.client_id = ${shared.given}`;
    expect(marked).toBeDefined();

    expect(await takeBackByCode(nobody(), { key: key(code), id })).toMatchObject({ ok: true });
    expect(await services()).toBe(1);
    const seen = await openOwnRecord(nobody(), key(code));
    if (!seen.ok) throw new Error(seen.reason);
    const asker = shared.asker.ctx.actor.organisationName;
    expect(seen.record.looks).toContainEqual(
      expect.objectContaining({
        ...{ who: `A worker at ${asker}`, what: "asked what we may share about you", why: "To help you" },
      }),
    );
    expect(seen.record.shares).toContainEqual(
      expect.objectContaining({ with: asker, what: expect.stringContaining("how to call us") }),
    );
  });

  test("they ask for a copy once, with their words sealed, and an officer's clock runs", async () => {
    const team = await aTeam();
    const { code, clientId } = await withCode(team);
    const ask = { key: key(code), id: uuidv7(), kind: "rectify" as const, words: "My name is spelt Ameena" };
    await askByCode(nobody(), ask);
    expect(await askByCode(nobody(), ask)).toMatchObject({ record: { asked: [{ kind: "rectify" }] } });
    const rows = await db.administrator<{ words: Buffer; clientId: string }[]>`
      select r.words, p.client_id from governance.rights_request as r
      join governance.rights_person as p on p.organisation_id = r.organisation_id and p.request_id = r.id
      where r.organisation_id = ${team.organisationId} and r.way = 'own-page' and r.state = 'open'`;
    expect(rows.map((row) => row.clientId)).toEqual([clientId]);
    expect(rows[0]?.words.includes("Ameena")).toBe(false);
  });

  test("three requests of a kind stand at once, and ten are taken in a day", async () => {
    const team = await aTeam();
    const { code } = await withCode(team);
    const ask = (kind: "access" | "rectify") =>
      askByCode(nobody(), { key: key(code), id: uuidv7(), kind, words: "" });
    const same = { key: key(code), id: uuidv7(), kind: "access" as const, words: "" };
    await askByCode(nobody(), same);
    const sent = await Promise.allSettled(Array.from({ length: 4 }, () => ask("access")));
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    await expect(ask("access")).rejects.toThrow("You have asked for this already");
    // Sent again it is no new one, and another kind is asked for by itself.
    expect(await askByCode(nobody(), same)).toMatchObject({ ok: true });
    expect(await ask("rectify")).toMatchObject({ ok: true });
    const answer = () => db.administrator`
      update governance.rights_request set state = 'done' where organisation_id = ${team.organisationId}`;
    for (let n = 4; n < 10; n++) {
      await answer();
      await ask("access");
    }
    await answer();
    await expect(ask("rectify")).rejects.toThrow("in one day");
  });

  test("what they do is in the record's own history", async () => {
    const team = await aTeam();
    const { code, clientId } = await withCode(team);
    await objectByCode(nobody(), { key: key(code), id: uuidv7(), against: "counting" });
    const [entry] = await db.administrator`
      select action, subjects, member_id from governance.audit_entry
      where organisation_id = ${team.organisationId} order by id desc limit 1`;
    expect(entry).toEqual({
      ...{ action: "resident.object", subjects: [{ kind: "client", id: clientId }], memberId: null },
    });
  });
});
