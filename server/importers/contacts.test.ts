import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { findClients, getClient } from "../clients";
import { logContacts } from "../contacts";
import { makeContext } from "../context";
import { contactMapSchema } from "../domain/contact-map";
import { findNeed } from "../domain/needs";
import { testDatabase } from "../testing";
import { aClient, aContact, allowTestIdentifiers, arrangeTeam, type Team } from "../testing-casework";
import { type ContactImportOptions, importContacts } from "./contacts";

const db = await testDatabase();
const ctx = makeContext({ app: db.app, reader: db.reader }, null);
const directory = await mkdtemp(join(tmpdir(), "contacts-"));
let team: Team;
let made = 0;

afterAll(() => rm(directory, { recursive: true }));
beforeAll(() => allowTestIdentifiers(db));
beforeEach(async () => {
  team = await arrangeTeam(db, `Importer ${made++}`);
});

const anonymousMap = {
  columns: { date: "Date", postcode: "Postcode", category: "Theme" },
  categories: { Rent: ["HOU-04"], "Rent and debt": ["HOU-04", "MON-01"], Chat: [] },
};
const namedMap = {
  columns: {
    date: "Date",
    category: "Theme",
    reference: "Ref",
    givenName: "First",
    familyName: "Last",
    dateOfBirth: "DOB",
    "nhs-number": "NHS",
  },
  people: "named",
  categories: { Rent: ["HOU-04"], Debt: ["MON-01"] },
};

async function load(lines: readonly string[], map: object, options: Partial<ContactImportOptions> = {}) {
  const path = join(directory, `${made}-${Math.random()}.csv`);
  await writeFile(path, `${lines.join("\r\n")}\r\n`);
  const parsed = contactMapSchema.parse({ service: `${team.ctx.actor.organisationName} service`, ...map });
  return importContacts(ctx, path, { organisationId: team.organisationId, map: parsed, ...options });
}

async function contactsHeld(): Promise<number> {
  const [row] = await db.administrator<{ count: number }[]>`
    select count(*)::int as count from casework.contact where organisation_id = ${team.organisationId}`;
  return row?.count ?? 0;
}

const header = "Date,Postcode,Theme";

describe("A flat extract", () => {
  test("is loaded with days as people write them, categories as needs, and one audit entry", async () => {
    const report = await load(
      [header, "31/05/2024,sr1 3dw,Rent", "2024-06,NFA,rent AND debt", '"31 May 2024","",Chat'],
      anonymousMap,
    );
    expect(report).toMatchObject({
      read: 3,
      loaded: 2,
      unchanged: 0,
      passedOver: 1,
      rejected: 0,
      refused: false,
    });
    const rows = await db.administrator<
      { occurredOn: string; placeKind: string; needs: number[]; memberId: null }[]
    >`
      select c.occurred_on, c.place_kind, c.member_id, array_agg(e.need_number order by e.need_number) as needs
      from casework.contact as c
      join casework.issue_entry as e on e.organisation_id = c.organisation_id and e.contact_id = c.id
      where c.organisation_id = ${team.organisationId}
      group by c.organisation_id, c.id order by c.occurred_on`;
    expect([...rows]).toEqual([
      { occurredOn: "2024-05-31", placeKind: "unknown", needs: [findNeed("HOU-04")?.number], memberId: null },
      {
        occurredOn: "2024-06-01",
        placeKind: "no-fixed-address",
        needs: [findNeed("HOU-04")?.number, findNeed("MON-01")?.number],
        memberId: null,
      },
    ]);
    const audit = await db.administrator<{ action: string; detail: unknown }[]>`
      select action, detail from governance.audit_entry where organisation_id = ${team.organisationId}`;
    expect([...audit]).toEqual([{ action: "contact.import", detail: { read: 3, loaded: 2, unchanged: 0 } }]);
  });

  test("adds nothing the second time, and only what is new when it has grown, equal rows told apart", async () => {
    const lines = [header, "31/05/2024,SR1 3DW,Rent", "31/05/2024,SR1 3DW,Rent", "01/06/2024,SR1 3DW,Rent"];
    expect(await load(lines, anonymousMap)).toMatchObject({ loaded: 3, unchanged: 0 });
    expect(await load(lines, anonymousMap)).toMatchObject({ loaded: 0, unchanged: 3 });
    expect(await load([...lines, "31/05/2024,SR1 3DW,Rent"], anonymousMap)).toMatchObject({
      loaded: 1,
      unchanged: 3,
    });
    expect(await contactsHeld()).toBe(4);
  });

  test("of several batches goes on from one to the next: people and issues are known there, and bad rows keep their line", async () => {
    const people = 300;
    const lines = Array.from({ length: 4_600 }, (_, row) => {
      const who = row % people;
      const month = String(1 + Math.floor(row / 400)).padStart(2, "0");
      return `${row === 4_100 ? "31/02" : `15/${month}`}/2024,Rent,R${who},Jo,Case${who},01/01/1980,`;
    });
    const named = ["Date,Theme,Ref,First,Last,DOB,NHS", ...lines];
    const first = await load(named, namedMap, { leaveOutBadRows: true });
    expect(first).toMatchObject({ read: 4_600, loaded: 4_599, rejected: 1 });
    expect(first.faults).toMatchObject([{ line: 4_102, column: "Date" }]);
    const [held] = await db.administrator<{ clients: number; issues: number; entries: number }[]>`
      select (select count(*)::int from casework.client where organisation_id = ${team.organisationId}) as clients,
             (select count(*)::int from casework.issue where organisation_id = ${team.organisationId}) as issues,
             (select count(*)::int from casework.issue_entry where organisation_id = ${team.organisationId}) as entries`;
    expect(held).toEqual({ clients: people, issues: people, entries: 4_599 });
    expect(await load(named, namedMap, { leaveOutBadRows: true })).toMatchObject({
      loaded: 0,
      unchanged: 4_599,
      rejected: 1,
    });
  });

  test("does not double when a column is added that the mapping does not read", async () => {
    await load([header, "31/05/2024,SR1 3DW,Rent"], anonymousMap);
    const wider = await load([`Officer,${header}`, "Kim,31/05/2024,SR1 3DW,Rent"], anonymousMap);
    expect(wider).toMatchObject({ loaded: 0, unchanged: 1 });
  });

  test("with bad rows is not loaded at all; each is listed with line, column, reason and how to mend it", async () => {
    const lines = [
      header,
      "31/05/2024,SR1 3DW,Rent",
      "31/02/2024,SR1 3DW,Rent",
      "31/05/2024,SR1 3DO,Rent",
      "31/05/2024,SR1 3DW,Gossip",
      "31/05/2024,SR1 3DW",
      "31/05/2199,SR1 3DW,Rent",
    ];
    const report = await load(lines, anonymousMap);
    expect(report).toMatchObject({ read: 6, loaded: 0, rejected: 5, refused: true });
    expect(report.faults.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [3, "Date", "not a date"],
      [4, "Postcode", "not a postcode"],
      [5, "Theme", "category not in the mapping"],
      [6, "", "wrong number of columns"],
      [7, "occurredOn", "refused by the ledger"],
    ]);
    for (const { remedy } of report.faults) expect(remedy).toMatch(/[A-Z].+[.?)\]]$/);
    expect(await contactsHeld()).toBe(0);
    expect(await load(lines, anonymousMap, { leaveOutBadRows: true })).toMatchObject({
      loaded: 1,
      refused: false,
    });
    expect(await contactsHeld()).toBe(1);
  });

  test("is only tried with a dry run", async () => {
    const report = await load([header, "31/05/2024,SR1 3DW,Rent"], anonymousMap, { dryRun: true });
    expect(report).toMatchObject({ loaded: 1, dryRun: true });
    expect(await contactsHeld()).toBe(0);
  });

  test("without a column of the mapping is refused by name", async () => {
    await expect(load(["Date,Theme", "31/05/2024,Rent"], anonymousMap)).rejects.toThrow(
      'no column "Postcode"',
    );
  });

  test("of a service the organisation lacks needs it added, or asks for it", async () => {
    const lines = [
      `${header},Team`,
      "31/05/2024,SR1 3DW,Rent,Harbour team",
      "31/05/2024,SR1 3DW,Rent,harbour TEAM",
    ];
    const map = { ...anonymousMap, columns: { ...anonymousMap.columns, service: "Team" } };
    expect(await load(lines, map)).toMatchObject({ refused: true, byReason: { "service not found": 2 } });
    expect(await load(lines, map, { addServices: true })).toMatchObject({ loaded: 2 });
    const services = await db.administrator`
      select name from casework.service where organisation_id = ${team.organisationId} order by name`;
    expect(services.map(({ name }) => name)).toEqual([
      "Harbour team",
      `${team.ctx.actor.organisationName} service`,
    ]);
  });
});

describe("An extract that names people", () => {
  const names = "Date,Theme,Ref,First,Last,DOB,NHS";

  test("adds each person once, with one issue for each need that goes on from row to row", async () => {
    const lines = [
      names,
      "31/05/2024,Rent,A/7,Amina,Okafor,31/05/1984,999 814 8626",
      "01/06/2024,Rent,a/7,Amina,Okafor,31/05/1984,999 814 8626",
      "02/06/2024,Debt,A/7,Amina,Okafor,31/05/1984,999 814 8626",
    ];
    expect(await load(lines, namedMap)).toMatchObject({ loaded: 3 });
    const [found, ...others] = await findClients(team.ctx, "okafor");
    expect(others).toEqual([]);
    const profile = await getClient(team.ctx, { id: found?.id ?? "", showIdentifiers: true });
    expect(profile).toMatchObject({
      reference: "A/7",
      dateOfBirth: "1984-05-31",
      identifiers: [{ kind: "nhs-number", value: "9998148626" }],
    });
    expect(profile.contacts).toHaveLength(3);
    expect(profile.issues.map(({ need, course }) => [need, course.length])).toEqual([
      ["MON-01", 1],
      ["HOU-04", 2],
    ]);
    expect(await load(lines, namedMap)).toMatchObject({ loaded: 0, unchanged: 3 });
  });

  test("takes house and street where the mapping names their column, and is the same file as without them", async () => {
    const map = { ...namedMap, columns: { ...namedMap.columns, postcode: "Postcode", address: "Address" } };
    const named = "Date,Theme,Ref,First,Last,DOB,NHS,Postcode,Address";
    const lines = [
      named,
      '31/05/2024,Rent,A-1,Amina,Okafor,31/05/1984,,SR1 3DW,"Flat 2\n14 Whitby St"',
      "31/05/2024,Rent,A-2,Sam,Li,,,NFA,14 Whitby St",
      "31/05/2024,Rent,A-3,Tom,Nowak,,,SR1 3DW,",
    ];
    expect(await load(lines, map)).toMatchObject({ loaded: 3, rejected: 0 });
    const lives = async (text: string) => {
      const [found] = await findClients(team.ctx, text);
      return getClient(team.ctx, { id: found?.id ?? "", showIdentifiers: false });
    };
    expect(await lives("A-1")).toMatchObject({ address: "Flat 2, 14 Whitby St" });
    expect(await lives("A-2")).toMatchObject({ place: { kind: "no-fixed-address" }, address: null });
    expect(await lives("A-3")).toMatchObject({ address: null });
    expect(await load(lines, map)).toMatchObject({ loaded: 0, unchanged: 3 });
  });

  test("finds a client whom the organisation has already under that reference", async () => {
    const contact = aContact(team, { newClient: aClient({ reference: "B-12" }) });
    await logContacts(team.ctx, [contact]);
    await load([names, "31/05/2024,Rent,b-12,Amina,Okafor,,"], namedMap);
    const { contacts } = await getClient(team.ctx, { id: contact.clientId, showIdentifiers: false });
    expect(contacts).toHaveLength(2);
  });

  test("asks for a link of those with identifiers, and refuses identifiers that cannot be right", async () => {
    await load([names, "31/05/2024,Rent,C1,Amina,Okafor,,9998107407"], namedMap);
    const jobs = await db.administrator<{ payload: { organisationId: number } }[]>`
      select payload from graphile_worker._private_jobs`;
    expect(jobs.some(({ payload }) => payload.organisationId === team.organisationId)).toBe(true);
    const bad = await load([names, "31/05/2024,Rent,C2,Amina,Okafor,,9998107408"], namedMap);
    expect(bad.faults).toMatchObject([{ line: 2, column: "NHS", reason: "nhs-number not valid" }]);
  });

  test("takes rows that name nobody as anonymous only where the mapping says so", async () => {
    const lines = [names, "31/05/2024,Rent,,,,,"];
    expect(await load(lines, namedMap)).toMatchObject({ refused: true, byReason: { "nobody named": 1 } });
    expect(await load(lines, { ...namedMap, people: "either" })).toMatchObject({ loaded: 1 });
  });
});

test("The sample mapping of street crime knows all 14 categories of the police's own list", async () => {
  const sample = contactMapSchema.parse(
    JSON.parse(await readFile("fixtures/maps/police-street-categories.json", "utf8")),
  );
  expect(Object.keys(sample.categories)).toHaveLength(14);
  const lines = [
    "month,postcode,lsoa11,category,outcome",
    "2013-06,DH9 9PZ,E01020676,Anti-social behaviour,",
  ];
  expect(await load(lines, sample, { addServices: true })).toMatchObject({ loaded: 1 });
});

test("A mapping with a slip in a name, or without needs, is refused before anything is read", () => {
  const refused = (map: object) => contactMapSchema.safeParse(map).success;
  expect(refused({ columns: { date: "Date", potscode: "Postcode" }, needs: ["HOU-04"] })).toBe(false);
  expect(refused({ columns: { date: "Date" } })).toBe(false);
  expect(refused({ columns: { date: "Date" }, needs: ["HOU-99"] })).toBe(false);
  expect(refused({ columns: { date: "Date" }, needs: ["HOU-04"] })).toBe(true);
  expect(z.toJSONSchema(contactMapSchema, { io: "input" })).toHaveProperty("properties.columns");
});
