import { gzipSync } from "node:zlib";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { searchDirectory } from "../directory";
import { readListings } from "../directory-store";
import { uuidv7 } from "../ids";
import { testDatabase } from "../testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "../testing-people";
import { madeDirectory, writeMade, zipOf } from "../testing-places";
import { type DirectoryOptions, loadDirectory } from "./directory";
import { documentsIn } from "./directory-files";

const db = await testDatabase();
const folder = await madeDirectory();

beforeAll(async () => {
  await db.administrator`
    insert into reference.place_name (code, level, name)
    values ('E06999901', 'lad', 'Madehaven'), ('E12999901', 'region', 'Madeshire')`;
});

beforeEach(async () => {
  await db.administrator`delete from reference.directory_change`;
  await db.administrator`delete from reference.directory_entry`;
});

/** A service in full, as HSDS-UK 3.0 publishes it. */
const full = (over: Record<string, unknown> = {}) => ({
  id: "0190a000-0000-7000-8000-000000000001",
  name: "Harbour debt advice",
  description: "<p>Free &amp; confidential.</p>",
  url: "https://harbour.example/debt",
  email: "hello@harbour.example",
  status: "active",
  minimum_age: 18,
  assured_date: "2026-03-01",
  organization: { id: "o1", name: "Harbour Trust", website: "https://harbour.example/" },
  contacts: [{ id: "c1", phones: [{ id: "p1", number: "01632 960 001" }] }],
  schedules: [{ id: "s1", freq: "WEEKLY", byday: "MO", opens_at: "09:00:00", closes_at: "17:00:00" }],
  service_areas: [{ id: "a1", name: "Madehaven", extent: "E06999901" }],
  service_at_locations: [
    {
      id: "l1",
      location: {
        id: "l2",
        location_type: "physical",
        name: "Harbour House",
        addresses: [
          {
            id: "d1",
            address_1: "1 Quay",
            city: "Madehaven",
            postal_code: "ua11aa",
            address_type: "physical",
          },
        ],
      },
    },
  ],
  attributes: [{ id: "t1", taxonomy_term: { id: "t2", name: "Debt advice", taxonomy: "Made list" } }],
  ...over,
});
const second = { id: "0190a000-0000-7000-8000-000000000002", name: "Quay food bank", status: "active" };
const page = (...contents: unknown[]) => ({
  total_items: contents.length,
  total_pages: 1,
  page_number: 1,
  size: contents.length,
  first_page: true,
  last_page: true,
  empty: false,
  contents,
});

const write = (content: unknown, name = `services-${uuidv7()}.json`) =>
  writeMade(folder, name, typeof content === "string" ? content : JSON.stringify(content));
const load = (paths: readonly string[], over: Partial<DirectoryOptions> = {}) =>
  loadDirectory(db.owner, documentsIn(paths), { source: "made", whole: false, ...over });
const names = async () => (await readListings(db.reader)).map(({ facts }) => facts.name).sort();

test("a page of services is loaded, and everything it says is kept in plain words", async () => {
  const report = await load([await write(page(full(), second))]);
  expect(report).toMatchObject({
    read: 2,
    loaded: 2,
    unchanged: 0,
    rejected: 0,
    withoutNeed: 0,
    refused: false,
  });
  const [listing] = (await readListings(db.reader)).filter(
    ({ facts }) => facts.name === "Harbour debt advice",
  );
  expect(listing).toMatchObject({
    openingWords: "Monday 9am to 5pm",
    offered: true,
    facts: {
      organisationName: "Harbour Trust",
      description: "Free & confidential.",
      phones: [{ number: "01632 960 001", words: "" }],
      email: "hello@harbour.example",
      url: "https://harbour.example/debt",
      needs: [
        { code: "MON-01", by: "words", from: "Debt advice" },
        { code: "MON-02", by: "words", from: "Debt advice" },
      ],
      areas: [{ words: "Madehaven", code: "E06999901" }],
      minimumAge: 18,
      maximumAge: null,
      premises: [{ name: "Harbour House", address: "1 Quay, Madehaven", postcode: "UA1 1AA", access: "" }],
      assuredOn: "2026-03-01",
    },
  });
});

test("loading it again adds nothing; what changed at the source changes here", async () => {
  const path = await write(page(full(), second));
  await load([path]);
  expect(await load([path])).toMatchObject({ read: 2, loaded: 0, unchanged: 2 });
  expect(await load([await write(page(full({ name: "Harbour money advice" }), second))])).toMatchObject({
    loaded: 1,
    unchanged: 1,
  });
  expect(await names()).toEqual(["Harbour money advice", "Quay food bank"]);
});

test("the order of fields and of records makes no difference", async () => {
  await load([await write(page(full(), second))]);
  const turned = Object.fromEntries(Object.entries(full()).reverse());
  expect(await load([await write(page(second, turned))])).toMatchObject({ loaded: 0, unchanged: 2 });
});

test.each<[string, () => Promise<string>]>([
  ["a plain file", () => write(page(full(), second))],
  ["a gzipped file", () => writeMade(folder, "services.json.gz", JSON.stringify(page(full(), second)))],
  [
    "a zip of pages",
    () =>
      writeMade(
        folder,
        "pages.zip",
        zipOf({ "p1.json": JSON.stringify(page(full())), "p2.json": JSON.stringify([second]) }),
      ),
  ],
  ["a file that begins with a byte-order mark", () => write(`\ufeff${JSON.stringify(page(full(), second))}`)],
  ["an array", () => write([full(), second])],
  ["a wrapper", () => write({ services: [full(), second] })],
  [
    "organisations with their services",
    () => write([{ id: "o1", name: "Harbour Trust", services: [full(), second] }]),
  ],
  [
    "services at locations",
    () =>
      write([
        { id: "x", service: full(), location: {} },
        { id: "y", service: second, location: {} },
      ]),
  ],
])("services are found in %s", async (_words, make) => {
  expect(await load([await make()])).toMatchObject({ read: 2, loaded: 2, rejected: 0 });
});

test("the line of a list and the page of a service are put together, whichever comes first", async () => {
  const { service_areas: _areas, attributes: _attributes, schedules: _schedules, ...line } = full();
  const report = await load([await write(page(line)), await write(full())]);
  expect(report).toMatchObject({ read: 2, loaded: 1, rejected: 0 });
  expect((await readListings(db.reader))[0]?.openingWords).toBe("Monday 9am to 5pm");
});

test("an organisation in a file of its own gives its name to services that only know its id", async () => {
  const organisations = await write([
    { id: "o1", name: "Harbour Trust", website: "https://harbour.example/" },
  ]);
  await load([await write([{ ...second, organization_id: "o1" }]), organisations]);
  expect((await readListings(db.reader))[0]?.facts).toMatchObject({
    organisationName: "Harbour Trust",
    url: "https://harbour.example/",
  });
});

test("terms in a file of their own give their names to services that only know their ids", async () => {
  const terms = await write({
    id: "v",
    name: "Open Eligibility",
    taxonomy_terms: [{ id: "t9", name: "Emergency Food", term_uri: "openEligibility:1120" }],
  });
  await load([
    await write([{ ...second, name: "Somewhere", attributes: [{ taxonomy_term_id: "t9" }] }]),
    terms,
  ]);
  expect((await readListings(db.reader))[0]?.facts.needs).toEqual([
    { code: "BAS-01", by: "code", from: "Emergency Food" },
  ]);
});

describe("a record that cannot be used", () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ["has no id", { id: "" }, "id", "no id"],
    ["has no name", { name: " <b> </b> " }, "name", "no name"],
    ["has a status that nobody knows", { status: "Sometimes" }, "status", "unknown status"],
  ])("because it %s keeps the whole load out, and is listed", async (_words, over, field, reason) => {
    const report = await load([await write(page(second, full(over)), "bad.json")]);
    expect(report).toMatchObject({
      refused: true,
      loaded: 0,
      rejected: 1,
      byReason: { [reason]: 1 },
      faults: [{ path: "bad.json, contents[1]", field, reason, remedy: expect.stringMatching(/\w/) }],
    });
    expect(await names()).toEqual([]);
  });

  test("is left out when the operator says so", async () => {
    const report = await load([await write(page(second, full({ name: "" })))], { leaveOutBadRows: true });
    expect(report).toMatchObject({ refused: false, loaded: 1, rejected: 1 });
    expect(await names()).toEqual(["Quay food bank"]);
  });

  test("may be two services under one id", async () => {
    const report = await load([await write([full(), full({ name: "Another service" })])]);
    expect(report).toMatchObject({ refused: true, byReason: { "two services with one id": 1 } });
  });
});

test("fields that cannot be read are left out with a remark, and the service is loaded", async () => {
  const report = await load([
    await write([
      full({
        email: "not an address",
        url: "javascript:alert(1)",
        minimum_age: 400,
        assured_date: "soon",
        contacts: [{ phones: [{ number: "ask at the desk" }] }],
        organization: { name: "Harbour Trust" },
      }),
    ]),
  ]);
  expect(report).toMatchObject({
    loaded: 1,
    rejected: 0,
    remarksByReason: {
      "not an e-mail address": 1,
      "not a web address": 1,
      "not an age": 1,
      "not a date": 1,
      "not a phone number": 1,
    },
  });
  expect((await readListings(db.reader))[0]?.facts).toMatchObject({
    email: null,
    url: null,
    minimumAge: null,
    assuredOn: null,
    phones: [],
  });
});

test("hostile text is only text", async () => {
  const name = "Help<script>alert(1)</script> \u202edesrever\u0000 '); drop table x; --";
  await load([
    await write([
      full({ name, description: "&lt;img src=x onerror=alert(1)&gt;Tea", __proto__: { status: "x" } }),
    ]),
  ]);
  expect((await readListings(db.reader))[0]?.facts).toMatchObject({
    name: "Help desrever '); drop table x; --",
    description: "Tea",
  });
});

test.each<[string, string, RegExp]>([
  ["is empty", "", /is empty/],
  ["breaks off", '{"contents": [{"id": "1", "na', /not JSON that can be read/],
  ["is a web page", "<!doctype html><title>Sign in</title>", /not JSON that can be read/],
  ["holds no service", JSON.stringify(page()), /There is no service/],
  [
    "holds organisations alone",
    JSON.stringify([{ id: "o", name: "O", website: "https://o.example" }]),
    /There is no service/,
  ],
])("a file that %s is refused with a reason", async (_words, text, reason) => {
  await expect(load([await write(text)])).rejects.toThrow(reason);
});

test("a file that is not there, or that unpacks without end, is refused", async () => {
  await expect(load([`${folder}/none.json`])).rejects.toThrow(/There is no file/);
  const bomb = await writeMade(folder, "bomb.json.gz", " ".repeat(3_000_000));
  await expect(
    loadDirectory(db.owner, documentsIn([bomb], 1_000_000), { source: "made", whole: false }),
  ).rejects.toThrow(/larger, unpacked/);
  expect(gzipSync(" ".repeat(3_000_000)).length).toBeLessThan(10_000);
});

test("a trial says what would happen and keeps nothing", async () => {
  const report = await load([await write(page(full(), second))], { dryRun: true });
  expect(report).toMatchObject({ loaded: 2, dryRun: true, refused: false });
  expect(await names()).toEqual([]);
});

describe("a whole directory", () => {
  test("marks what the source no longer holds as missing; it is not offered, and comes back when the source has it again", async () => {
    const both = await write(page(full(), second));
    await load([both], { whole: true });
    expect(await load([await write(page(full()))], { whole: true })).toMatchObject({
      loaded: 0,
      unchanged: 1,
      missing: 1,
    });
    const offered = async () =>
      (await readListings(db.reader)).filter((listing) => listing.offered).map(({ facts }) => facts.name);
    expect(await offered()).toEqual(["Harbour debt advice"]);
    expect(await load([both], { whole: true })).toMatchObject({ loaded: 1, unchanged: 1, missing: 0 });
    expect(await offered()).toHaveLength(2);
  });

  test("that has shrunk by more than half is refused unless the operator says that it is right", async () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ ...second, id: `many-${i}`, name: `Service ${i}` }));
    await load([await write(many)], { whole: true });
    const few = await write(many.slice(0, 10));
    await expect(load([few], { whole: true })).rejects.toThrow(/more than half/);
    expect((await readListings(db.reader)).filter(({ offered }) => offered)).toHaveLength(50);
    expect(await load([few], { whole: true, allowShrinking: true })).toMatchObject({ missing: 40 });
  });

  test("leaves other sources alone", async () => {
    await load([await write([second])], { source: "another" });
    expect(await load([await write([full()])], { whole: true })).toMatchObject({ loaded: 1, missing: 0 });
    expect(await names()).toEqual(["Harbour debt advice", "Quay food bank"]);
  });
});

test("what is loaded is found at once, by a process that has read the directory before", async () => {
  const organisation = await arrangeOrganisation(db, "Finders");
  const ctx = contextFor(db, await arrangeMember(db, organisation, ["caseworker"]));
  expect((await searchDirectory(ctx, { text: "debt" })).services).toEqual([]);
  await load([await write([full()])]);
  expect((await searchDirectory(ctx, { text: "debt" })).services).toHaveLength(1);
});
