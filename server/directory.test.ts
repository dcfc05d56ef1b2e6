import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addClient } from "./clients";
import type { ActorCtx } from "./context";
import { getDirectoryService, searchDirectory } from "./directory";
import {
  addEntry,
  editEntry,
  getDirectoryPage,
  listOwnServices,
  listService,
  markChecked,
  undoChange,
  withdrawEntry,
} from "./directory-hand";
import { addClientSchema } from "./domain/client";
import { type HandFields, handFieldsSchema } from "./domain/directory";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { entryIdOf, loadDirectory } from "./importers/directory";
import { listDestinations } from "./referral-lists";
import { addService, setServiceNeeds } from "./services";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";

const db = await testDatabase();
let advice: ActorCtx;
let housing: ActorCtx;
let administrator: ActorCtx;
const TODAY = dayOf(new Date());

beforeAll(async () => {
  const [first, second] = [
    await arrangeOrganisation(db, "Harbour Advice"),
    await arrangeOrganisation(db, "Quay Homes"),
  ];
  advice = contextFor(db, await arrangeMember(db, first, ["manager"]));
  housing = contextFor(db, await arrangeMember(db, second, ["manager"]));
  administrator = contextFor(db, await arrangeMember(db, second, ["administrator"]));
  await db.administrator`
    insert into reference.place_name (code, level, name)
    values ('E06999901', 'lad', 'Madehaven'), ('E06999902', 'lad', 'Madedale')`;
  const [edition] = await db.administrator<{ number: number }[]>`
    insert into reference.edition (kind, name, month) values ('postcodes', 'Made 2026', '2026-05') returning number`;
  const postcodes = [
    ["UA1 1AA", "UA1 1", "UA1", 600_000, "E06999901"],
    ["UA1 1AB", "UA1 1", "UA1", 600_400, "E06999901"],
    ["UA9 1AA", "UA9 1", "UA9", 640_000, "E06999902"],
  ] as const;
  for (const [postcode, sector, district, easting, authority] of postcodes) {
    await db.administrator`
      insert into reference.postcode
        (postcode, edition, sector, district, live, small_user, easting, northing, authority, nation)
      values (${postcode}, ${edition?.number ?? 0}, ${sector}, ${district}, true, true, ${easting}, 400000,
              ${authority}, 'E92000001')`;
  }
});

const LOADED = entryIdOf("made", "s1");
const service = (over: Record<string, unknown> = {}) => ({
  id: "s1",
  name: "Debt line",
  status: "active",
  assured_date: "2025-03-14",
  organization: { name: "Money Trust" },
  contacts: [{ phones: [{ number: "01632 960 001" }] }],
  service_areas: [{ name: "Madehaven" }],
  attributes: [{ taxonomy_term: { id: "t", name: "Debt advice" } }],
  ...over,
});
const load = (...contents: unknown[]) =>
  loadDirectory(db.owner, [{ name: "made", body: contents }], { source: "made", whole: false });

beforeEach(async () => {
  await db.administrator`delete from reference.directory_change`;
  await db.administrator`delete from reference.directory_entry`;
  await load(service());
});

const fields = (over: Partial<Record<keyof HandFields, unknown>> = {}) =>
  handFieldsSchema.parse({
    name: "Warm room",
    organisationName: "St Brannoc's",
    description: "Tea and a warm seat.",
    phone: "",
    email: "",
    url: "",
    status: "active",
    needs: ["BAS-02"],
    areas: ["Madedale", "UA1"],
    eligibility: "",
    minimumAge: null,
    maximumAge: null,
    opening: "Weekdays",
    postcode: "ua9 1aa",
    ...over,
  });
const found = async (ctx: ActorCtx, asked: Parameters<typeof searchDirectory>[1]) =>
  (await searchDirectory(ctx, asked)).services.map(({ name }) => name);
const audited = async (action: string) =>
  (await db.administrator`select 1 from governance.audit_entry where action = ${action}`).length;

test("a service is given whole to whoever sends somebody there", async () => {
  expect(await getDirectoryService(advice, LOADED)).toMatchObject({
    id: LOADED,
    name: "Debt line",
    organisationName: "Money Trust",
    phone: "01632 960 001",
    needs: ["MON-01", "MON-02"],
    areas: ["Madehaven"],
    lastAssuredOn: "2025-03-14",
    stale: true,
    staleWords: "Check before you send: last checked 14 March 2025",
    offered: true,
    onPlatform: null,
  });
  await expect(getDirectoryService(advice, uuidv7())).rejects.toThrow(NotFound);
});

test("an entry that cannot be read is left out, and takes no other with it", async () => {
  await load(service(), service({ id: "s2", name: "Broken line" }));
  const broken = entryIdOf("made", "s2");
  await db.administrator`update reference.directory_entry set stated = '{"name": 7}' where id = ${broken}`;
  await db.administrator`update reference.directory_state set version = version + 1`;
  expect(await found(advice, {})).toEqual(["Debt line"]);
  await expect(getDirectoryService(advice, broken)).rejects.toThrow(NotFound);
  expect(await getDirectoryService(advice, LOADED)).toMatchObject({ name: "Debt line" });
});

describe("searching by place", () => {
  test.each(["UA1 1AA", "ua11aa", "UA1 1", "UA1"])("%s lies where the service helps", async (postcode) => {
    const answer = await searchDirectory(advice, { postcode });
    expect(answer).toMatchObject({ postcodeNote: null, services: [{ why: ["Serves Madehaven"] }] });
  });

  test("a place may be written behind the words", async () => {
    const answer = await searchDirectory(advice, { text: "debt near UA9 1" });
    expect(answer.services[0]?.why[0]).toBe("Serves Madehaven: ask whether they help people from here");
  });

  test("a postcode that is new is taken for its sector, and the answer says so", async () => {
    expect(await searchDirectory(advice, { postcode: "UA1 1ZZ" })).toMatchObject({
      postcodeNote: "UA1 1ZZ is not in the postcode list. Shown for UA1 1.",
      services: [{ why: ["Serves Madehaven"] }],
    });
  });

  test.each(["nowhere", "SR1", "ZZ99 3VZ"])(
    "%s cannot be placed: the rest of the question is answered",
    async (postcode) => {
      const answer = await searchDirectory(advice, { postcode, text: "debt" });
      expect(answer.postcodeNote).toMatch(/\w/);
      expect(answer.services).toHaveLength(1);
    },
  );
});

describe("correcting by hand", () => {
  test("a correction shows for everybody, and the next load leaves it alone and says what the source says now", async () => {
    expect(
      await editEntry(advice, { id: LOADED, changes: { phone: "01632 960 099", name: "Debt line" } }),
    ).toEqual({
      changed: 1,
    });
    expect((await getDirectoryService(housing, LOADED)).phone).toBe("01632 960 099");
    await load(service({ contacts: [{ phones: [{ number: "01632 960 555" }] }], name: "The debt line" }));
    const page = await getDirectoryPage(housing, LOADED);
    expect(page.service).toMatchObject({ name: "The debt line", phone: "01632 960 099" });
    expect(page.changes).toMatchObject([
      {
        label: "Phone",
        organisationName: "Harbour Advice",
        changedOn: TODAY,
        sourceSays: "01632 960 555",
        mayUndo: false,
      },
    ]);
    expect(await audited("directory.edit")).toBe(1);
  });

  test("nothing changed is no change and no record", async () => {
    const { form } = await getDirectoryPage(advice, LOADED);
    const before = await audited("directory.edit");
    expect(await editEntry(advice, { id: LOADED, changes: handFieldsSchema.parse(form) })).toEqual({
      changed: 0,
    });
    expect(await audited("directory.edit")).toBe(before);
  });

  test("a person's needs stand instead of those matched by words, and places are found by their names", async () => {
    await editEntry(advice, {
      id: LOADED,
      changes: { needs: ["HOU-04"], areas: ["Madedale", "the far end"] },
    });
    const service = await getDirectoryService(advice, LOADED);
    expect(service.matchedNeeds).toEqual([{ code: "HOU-04", by: "hand", from: "" }]);
    expect(service.areas).toEqual(["Madedale", "the far end"]);
    expect(await found(advice, { needs: ["HOU-04"], postcode: "UA9 1AA" })).toEqual(["Debt line"]);
  });

  test("a field that is emptied is empty, whatever the source says", async () => {
    await editEntry(advice, { id: LOADED, changes: { phone: "", minimumAge: 18 } });
    await editEntry(advice, { id: LOADED, changes: { minimumAge: null } });
    await load(service({ minimum_age: 60 }));
    expect(await getDirectoryService(advice, LOADED)).toMatchObject({ phone: null, ages: { minimum: null } });
  });

  test("an e-mail address says who entered it, because referrals go there", async () => {
    const email = "door@elsewhere.example";
    expect((await getDirectoryService(advice, LOADED)).emailBy).toBeNull();
    await editEntry(housing, { id: LOADED, changes: { email } });
    expect(await getDirectoryService(advice, LOADED)).toMatchObject({
      email,
      emailBy: expect.stringMatching(/^changed by Quay Homes on \d/),
    });
    const client = await addClient(advice, addClientSchema.parse({ id: uuidv7(), familyName: "Okafor" }));
    const { destinations } = await listDestinations(advice, {
      clientId: client.id,
      needs: ["MON-01"],
      text: "",
    });
    expect(destinations).toMatchObject([{ email, emailBy: expect.stringContaining("Quay Homes") }]);
  });

  test("more than an entry holds is refused, because one that cannot be read would close the directory", async () => {
    const districts = Array.from({ length: 31 }, (_, at) => `UA${at + 1}`).join(", ");
    await expect(editEntry(housing, { id: LOADED, changes: { areas: [districts] } })).rejects.toMatchObject({
      fields: { areas: expect.stringContaining("30 places") },
    });
    for (const long of [
      { url: `https://example.org/${"a".repeat(500)}` },
      { email: `${"a".repeat(250)}@example.org` },
    ]) {
      expect(handFieldsSchema.partial().safeParse(long).success).toBe(false);
    }
    expect(await found(advice, { text: "debt line" })).toEqual(["Debt line"]);
  });

  test("a closed service is retired for everybody and found by its name only", async () => {
    await editEntry(advice, { id: LOADED, changes: { status: "defunct" } });
    expect(await found(housing, { needs: ["MON-01"] })).toEqual([]);
    expect(await found(housing, { text: "debt line" })).toEqual(["Debt line"]);
    expect((await getDirectoryService(housing, LOADED)).offered).toBe(false);
  });

  test("ages that would stand the wrong way round are refused", async () => {
    await editEntry(advice, { id: LOADED, changes: { maximumAge: 25 } });
    await expect(editEntry(housing, { id: LOADED, changes: { minimumAge: 60 } })).rejects.toThrow(Invalid);
  });

  test("a postcode that is none is refused in plain words", async () => {
    await expect(editEntry(advice, { id: LOADED, changes: { postcode: "nowhere" } })).rejects.toThrow(
      Invalid,
    );
  });
});

describe("checked today", () => {
  test("makes it fresh; an older date in the next load does not make it stale again, a newer one counts", async () => {
    await markChecked(advice, LOADED);
    await load(service({ assured_date: "2025-06-01", name: "Debt line" }));
    expect(await getDirectoryService(housing, LOADED)).toMatchObject({
      lastAssuredOn: TODAY,
      stale: false,
      staleWords: null,
    });
    expect(await audited("directory.check")).toBe(1);
  });

  test("can be undone like any change", async () => {
    await markChecked(advice, LOADED);
    const [change] = (await getDirectoryPage(advice, LOADED)).changes;
    await undoChange(advice, change?.id ?? "");
    expect((await getDirectoryService(advice, LOADED)).lastAssuredOn).toBe("2025-03-14");
  });
});

describe("undoing", () => {
  const changeOf = async (ctx: ActorCtx) => (await getDirectoryPage(ctx, LOADED)).changes[0];

  test("what stood before stands again: another organisation's correction, then the source", async () => {
    await editEntry(advice, { id: LOADED, changes: { phone: "01632 960 002" } });
    await editEntry(housing, { id: LOADED, changes: { phone: "01632 960 003" } });
    const latest = await changeOf(housing);
    expect(latest).toMatchObject({ organisationName: "Quay Homes", mayUndo: true });
    await undoChange(housing, latest?.id ?? "");
    expect((await getDirectoryService(advice, LOADED)).phone).toBe("01632 960 002");
    await undoChange(advice, (await changeOf(advice))?.id ?? "");
    expect((await getDirectoryService(advice, LOADED)).phone).toBe("01632 960 001");
    await expect(undoChange(advice, latest?.id ?? "")).rejects.toThrow(NotFound);
  });

  test("is for the organisation that made the change, or an administrator", async () => {
    await editEntry(advice, { id: LOADED, changes: { phone: "01632 960 002" } });
    const change = await changeOf(housing);
    expect(change?.mayUndo).toBe(false);
    await expect(undoChange(housing, change?.id ?? "")).rejects.toThrow(NotFound);
    expect((await changeOf(administrator))?.mayUndo).toBe(true);
    await undoChange(administrator, change?.id ?? "");
    expect((await getDirectoryService(housing, LOADED)).phone).toBe("01632 960 001");
  });

  test("is refused by the database, too, whatever the room forgets to ask", async () => {
    await editEntry(advice, { id: LOADED, changes: { phone: "01632 960 002" } });
    const { id } = await addEntry(advice, { id: uuidv7(), fields: fields() });
    const inside = (purpose: string, memberId: string) =>
      db.app.begin(async (tx) => {
        await tx`select set_config('app.organisation_id', ${String(housing.actor.organisationId)}, true),
          set_config('app.member_id', ${memberId}, true), set_config('app.purpose', ${purpose}, true)`;
        const seen = await tx`select 1 from reference.directory_change`;
        const undone = await tx`update reference.directory_change set undone_at = now()`;
        const withdrawn =
          await tx`update reference.directory_entry set withdrawn_on = current_date where id = ${id}`;
        return [seen.length, undone.count, withdrawn.count];
      });
    expect(await inside("", housing.actor.memberId)).toEqual([1, 0, 0]);
    // Who says that they are at administration and is no administrator reaches no further.
    expect(await inside("administration", housing.actor.memberId)).toEqual([1, 0, 0]);
    const smuggled = db.app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(housing.actor.organisationId)}, true)`;
      await tx`insert into reference.directory_entry (id, organisation_id, stated, digest)
        values (${uuidv7()}, ${advice.actor.organisationId}, '{}', 'x')`;
    });
    await expect(smuggled).rejects.toMatchObject({ code: "42501" });
  });
});

describe("a service added by hand", () => {
  test("is found by everybody, fresh, with its places; adding it twice is told", async () => {
    const id = uuidv7();
    await addEntry(advice, { id, fields: fields() });
    expect(await found(housing, { needs: ["BAS-02"], postcode: "UA9 1AA" })).toEqual(["Warm room"]);
    expect(await getDirectoryService(housing, id)).toMatchObject({
      areas: ["Madedale", "UA1"],
      openingWords: "Weekdays",
      lastAssuredOn: TODAY,
      premises: [{ postcode: "UA9 1AA" }],
    });
    await expect(addEntry(housing, { id, fields: fields() })).rejects.toThrow(Conflict);
    expect(await audited("directory.add")).toBeGreaterThan(0);
  });

  test("without a postcode has no place", async () => {
    const { id } = await addEntry(advice, { id: uuidv7(), fields: fields({ postcode: "" }) });
    expect((await getDirectoryService(advice, id)).premises).toEqual([]);
  });

  test("is corrected by anybody, and taken out by whoever added it or an administrator", async () => {
    const { id } = await addEntry(advice, { id: uuidv7(), fields: fields() });
    await editEntry(housing, { id, changes: { phone: "01632 960 004" } });
    await expect(withdrawEntry(housing, id)).rejects.toThrow(NotFound);
    await withdrawEntry(advice, id);
    expect(await found(housing, { text: "warm room" })).toEqual([]);
    await expect(editEntry(housing, { id, changes: { phone: "" } })).rejects.toThrow(Conflict);
    expect(await getDirectoryPage(housing, id)).toMatchObject({
      withdrawnOn: TODAY,
      mayEdit: false,
      mayWithdraw: false,
    });
    const other = await addEntry(advice, { id: uuidv7(), fields: fields() });
    await withdrawEntry(administrator, other.id);
    expect((await getDirectoryPage(advice, other.id)).withdrawnOn).toBe(TODAY);
  });

  test("what was loaded cannot be taken out, only retired", async () => {
    await expect(withdrawEntry(administrator, LOADED)).rejects.toThrow(NotFound);
  });
});

describe("an organisation's own service", () => {
  const own = ({ name: _name, organisationName: _by, status: _status, ...rest }: HandFields = fields()) =>
    rest;

  async function putIn() {
    const { id: serviceId } = await addService(advice, `Advice desk ${uuidv7().slice(-6)}`);
    await setServiceNeeds(advice, { id: serviceId, needs: ["MON-01", "BEN-02"] });
    const { id } = await listService(advice, { serviceId, fields: own() });
    return { serviceId, id };
  }

  test("stands in the directory when its manager puts it there, marked as on this installation", async () => {
    const { serviceId, id } = await putIn();
    expect(await getDirectoryService(housing, id)).toMatchObject({
      organisationName: "Harbour Advice",
      onPlatform: { organisationId: advice.actor.organisationId, serviceId },
      offered: true,
      stale: false,
    });
  });

  test("begins with its need list, and is said anew as a whole under the same id", async () => {
    const { id: fresh } = await addService(advice, `Fresh ${uuidv7().slice(-6)}`);
    await setServiceNeeds(advice, { id: fresh, needs: ["MON-01", "BEN-02"] });
    const offered = (await listOwnServices(advice)).find(({ serviceId }) => serviceId === fresh);
    expect(offered).toMatchObject({ entryId: null, form: { needs: ["MON-01", "BEN-02"] } });
    const { serviceId, id } = await putIn();
    const again = await listService(advice, { serviceId, fields: own(fields({ phone: "01632 960 007" })) });
    expect(again.id).toBe(id);
    expect((await getDirectoryService(housing, id)).phone).toBe("01632 960 007");
  });

  test("is nobody else's to correct, check or take out", async () => {
    const { id } = await putIn();
    await expect(editEntry(housing, { id, changes: { phone: "" } })).rejects.toThrow(NotAllowed);
    await expect(markChecked(housing, id)).rejects.toThrow(NotAllowed);
    await expect(withdrawEntry(housing, id)).rejects.toThrow(NotFound);
    expect(await getDirectoryPage(housing, id)).toMatchObject({ mayEdit: false, mayWithdraw: false });
    await expect(editEntry(advice, { id, changes: { phone: "" } })).rejects.toThrow(Invalid);
  });

  test("is taken out and put back by its own organisation", async () => {
    const { serviceId, id } = await putIn();
    await withdrawEntry(advice, id);
    expect((await listOwnServices(advice)).find((one) => one.serviceId === serviceId)?.entryId).toBeNull();
    await listService(advice, { serviceId, fields: own() });
    expect((await getDirectoryService(housing, id)).offered).toBe(true);
  });

  test("of another organisation, or closed, cannot be put in", async () => {
    const { serviceId } = await putIn();
    await expect(listService(housing, { serviceId, fields: own() })).rejects.toThrow(NotFound);
    await db.administrator`update casework.service set closed_on = '2026-01-01' where id = ${serviceId}`;
    await expect(listService(advice, { serviceId, fields: own() })).rejects.toThrow(NotFound);
  });
});
