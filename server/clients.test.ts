import { beforeAll, describe, expect, test } from "vitest";
import { addClient, findClients, getClient, recentClients } from "./clients";
import { logContacts } from "./contacts";
import { addClientSchema, type NewClientInput } from "./domain/client";
import type { NewContactInput } from "./domain/contact";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, anEntry, arrangeTeam, type Team } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const other = await arrangeTeam(db, "Harbour Housing");
const today = dayOf(new Date());

beforeAll(() => allowTestIdentifiers(db));

async function log(by: Team, with_: Partial<NewContactInput> = {}): Promise<NewContactInput> {
  const contact = aContact(by, with_);
  const [answer] = await logContacts(by.ctx, [contact]);
  if (answer?.outcome !== "stored") throw new Error(answer?.reason);
  return contact;
}

const known = (by: Team, details: Partial<NewClientInput>) => log(by, { newClient: aClient(details) });

const names = async (text: string, by = team) =>
  (await findClients(by.ctx, text)).map(({ givenName, familyName }) => `${givenName} ${familyName}`);

describe("Somebody is found", () => {
  beforeAll(async () => {
    await known(team, {
      givenName: "Siân",
      familyName: "O’Brien",
      dateOfBirth: "1972-03-09",
      reference: "AF/0042",
      identifiers: [{ kind: "nhs-number", value: "999 814 8626" }],
    });
    await known(team, { givenName: "Oluwaseun", familyName: "Adebayo", dateOfBirth: "1990-11-02" });
    await known(other, { givenName: "Siân", familyName: "O’Brien", dateOfBirth: "1972-03-09" });
  });

  test.each([
    "Sian OBrien",
    "o'brien sian",
    "obr",
    "OBREIN",
    "sain obrien",
    "9/3/72",
    "09 March 1972",
    "obrien 090372",
    "af 0042",
    "9998148626",
    "999-814-8626",
  ])("by %s", async (typed) => {
    expect(await names(typed)).toEqual(["Siân O’Brien"]);
  });

  test.each(["Oluwaseum", "adebyo", "Adebayo oluwaseun", "2 Nov 1990"])("by %s", async (typed) => {
    expect(await names(typed)).toEqual(["Oluwaseun Adebayo"]);
  });

  test("by their own organisation only, and not by what nobody carries", async () => {
    expect(await names("adebayo", other)).toEqual([]);
    expect(await names("9998148626", other)).toEqual([]);
    expect(await names("Quetzalcoatl")).toEqual([]);
    expect(await names("")).toEqual([]);
  });

  test("and says by what, when they were last seen, and how many issues are open", async () => {
    const [found] = await findClients(team.ctx, "AF/0042");
    expect(found).toMatchObject({ matched: "reference", lastContactOn: today, openIssues: 1 });
  });

  test("and the audit names whom the search showed", async () => {
    const [found] = await findClients(team.ctx, "adebayo");
    const [entry] = await db.administrator<{ subjects: unknown }[]>`
      select subjects from governance.audit_entry where action = 'client.find' order by id desc limit 1`;
    expect(entry?.subjects).toEqual([{ kind: "client", id: found?.id }]);
  });

  test("never when anonymous", async () => {
    const contact = await log(team, { anonymous: true, newClient: undefined });
    const { givenName } = await getClient(team.ctx, { id: contact.clientId, showIdentifiers: false });
    expect(givenName).toBe("");
  });
});

describe("Recent people", () => {
  test("are those whom the member logged last, each once, without anonymous and voided ones", async () => {
    const actor = await arrangeMember(db, team.organisationId, ["caseworker"]);
    const mine: Team = { ...team, ctx: contextFor(db, actor) };
    const first = await known(mine, { familyName: "First" });
    const second = await known(mine, { familyName: "Second" });
    await log(mine, { anonymous: true, newClient: undefined });
    await log(mine, { clientId: first.clientId, newClient: undefined });
    const recent = await recentClients(mine.ctx);
    expect(recent.map(({ id }) => id)).toEqual([first.clientId, second.clientId]);
  });
});

describe("A profile", () => {
  test("shows who somebody is, with identifiers hidden but for their end until asked for", async () => {
    const { clientId } = await known(team, {
      sex: "female",
      place: { kind: "postcode", postcode: "sr13dw" },
      phone: " 0191 498 0000 ",
      identifiers: [
        { kind: "nino", value: "ab 12 34 56 c" },
        { kind: "prison-number", value: "a1234aa" },
      ],
    });
    const masked = await getClient(team.ctx, { id: clientId, showIdentifiers: false });
    expect(masked).toMatchObject({
      givenName: "Amina",
      sex: "female",
      dateOfBirth: "1984-05-31",
      place: { kind: "postcode", postcode: "SR1 3DW" },
      phone: "0191 498 0000",
      email: null,
      identifiers: [
        { kind: "nino", value: "••••••56C" },
        { kind: "prison-number", value: "••••4AA" },
      ],
    });
    const shown = await getClient(team.ctx, { id: clientId, showIdentifiers: true });
    expect(shown.identifiers.map(({ value }) => value)).toEqual(["AB123456C", "A1234AA"]);
    const [entry] = await db.administrator<{ detail: unknown }[]>`
      select detail from governance.audit_entry where action = 'client.read' order by id desc limit 1`;
    expect(entry?.detail).toMatchObject({ identifiersInFull: true });
  });

  test("knows no fixed address from an address that is not known", async () => {
    const nowhere = await known(team, { place: { kind: "no-fixed-address" } });
    const unknown = await known(team, {});
    for (const [{ clientId }, kind] of [
      [nowhere, "no-fixed-address"],
      [unknown, "unknown"],
    ] as const) {
      const { place, contacts } = await getClient(team.ctx, { id: clientId, showIdentifiers: false });
      expect(place).toEqual({ kind });
      expect(contacts.map((contact) => contact.place.kind)).toEqual([kind]);
    }
  });

  test("tells the course of each issue by day and then by receipt, open ones first", async () => {
    const [rent, debt] = [anEntry(), anEntry({ need: "MON-01" })];
    const late = await log(team, { occurredOn: addDays(today, -1), entries: [rent, debt] });
    const on = (with_: Partial<NewContactInput>) =>
      log(team, { clientId: late.clientId, newClient: undefined, ...with_ });
    await on({ entries: [{ ...rent, status: "resolved" }] });
    await on({
      occurredOn: addDays(today, -2),
      entries: [{ ...rent, status: "ongoing", severity: "crisis" }],
    });
    await on({ entries: [{ ...debt, status: "worsened", severity: "high", ours: false }] });
    const { issues, contacts } = await getClient(team.ctx, { id: late.clientId, showIdentifiers: false });
    expect(issues).toMatchObject([
      { need: "MON-01", status: "worsened", open: true, severity: "high", ours: false },
      {
        need: "HOU-04",
        status: "resolved",
        open: false,
        course: [{ status: "ongoing" }, { status: "new" }, { status: "resolved" }],
      },
    ]);
    expect(contacts.map(({ occurredOn }) => occurredOn)).toEqual([
      today,
      today,
      addDays(today, -1),
      addDays(today, -2),
    ]);
  });

  test("of another organisation's client reads like one that does not exist", async () => {
    const theirs = await known(other, {});
    const read = (id: string) => getClient(team.ctx, { id, showIdentifiers: false }).catch(String);
    expect(await read(theirs.clientId)).toBe(await read(uuidv7()));
  });
});

describe("Somebody is added before any contact", () => {
  const adding = (with_: Partial<NewClientInput> = {}) =>
    addClientSchema.parse({ id: uuidv7(), ...aClient({ familyName: "Newcomer", ...with_ }) });

  test("once, however often and at whatever moment it is sent", async () => {
    const client = adding();
    const answers = await Promise.all([1, 2, 3].map(() => addClient(team.ctx, client)));
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual([
      "already-stored",
      "already-stored",
      "stored",
    ]);
    expect(await names("newcomer")).toHaveLength(1);
  });

  test("with the field that is wrong named as the form knows it", async () => {
    const client = adding({ identifiers: [{ kind: "nino", value: "GB123456A" }] });
    await expect(addClient(team.ctx, client)).rejects.toMatchObject({
      fields: { "identifiers.0.value": expect.stringContaining("GB") },
    });
    await expect(addClient(team.ctx, adding({ email: "abc" }))).rejects.toMatchObject({
      fields: { email: expect.stringContaining("name@example.org") },
    });
    const unborn = adding({ dateOfBirth: addDays(today, 1) });
    await expect(addClient(team.ctx, unborn)).rejects.toMatchObject({
      fields: { dateOfBirth: expect.anything() },
    });
  });
});

test("No name, date of birth, postcode or identifier of anybody lies in the database as it was typed", async () => {
  await known(team, {
    givenName: "Plaintextia",
    dateOfBirth: "1971-12-25",
    place: { kind: "postcode", postcode: "NE1 4ST" },
    identifiers: [{ kind: "nino", value: "CE765432B" }],
  });
  const tables = await db.administrator<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('identity', 'casework', 'statistics', 'governance', 'graphile_worker')`;
  for (const { name } of tables) {
    const rows = await db.administrator.unsafe(`select to_jsonb(t)::text as row from ${name} as t`);
    const all = rows.map(({ row }) => String(row)).join("\n");
    for (const value of ["Plaintextia", "1971-12-25", "NE1 4ST", "CE765432B"]) {
      const hex = Buffer.from(value).toString("hex");
      expect(all.includes(value) || all.includes(hex), `${value} in ${name}`).toBe(false);
    }
  }
});
