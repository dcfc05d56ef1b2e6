/** Lists by agreement: who is in one, what a row shows at each level of detail, who can see that it was made. */

import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { editClient } from "./client-edits";
import { listLooks } from "./client-looks";
import { voidContact } from "./contacts";
import { type ActorCtx, inTransaction } from "./context";
import type { ClosePlace } from "./domain/agreements/grid";
import {
  type AskList,
  askablePaths,
  LISTS_AN_HOUR,
  MOST_NEEDS,
  MOST_ROWS,
} from "./domain/agreements/shared-list";
import { dayOf } from "./domain/period";
import { editClientSchema, type ProfileChangeInput } from "./domain/profile-edit";
import { uuidv7 } from "./ids";
import { addListAction } from "./list-actions";
import { lookDigest } from "./look-digest";
import { askDatabase, listStands, makeList } from "./shared-lists";
import { testDatabase } from "./testing";
import { anEntry, arrangeTeam, type Team } from "./testing-casework";
import { addPerson } from "./testing-linking";
import { arrangeLists, asking, cellFor, HOME, holdBack, type ListTeams, somebody } from "./testing-lists";
import { arrangeMember, contextFor } from "./testing-people";
import { logMore, makeOne, say } from "./testing-sharing";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
let giver: Team;
let asker: Team;
let manager: ActorCtx;
let signed: ListTeams["signed"];

const NEXT_DOOR = { ...HOME, address: "16 Whitby St" } as const;

beforeAll(async () => {
  ({ giver, asker, manager, signed } = await arrangeLists(db));
});

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

test("a list shows the homes where all that is asked for stands together, whoever brought it, and no more than its cell", async () => {
  const given = await somebody(giver, HOME, ["MON-01"]);
  await somebody(giver, { ...HOME, givenName: "Ben" }, ["MON-01"]);
  const own = await somebody(asker, { ...HOME, address: "14, Whitby St." }, ["FAM-01"]);
  await somebody(giver, NEXT_DOOR, ["MON-01"]);
  const id = await signed([cellFor("household", "rag")]);
  const list = await makeList(manager, asking(id, { needs: ["MON-01", "FAM-01"] }));
  expect(list.rows).toEqual([
    {
      no: 1,
      place: "14 Whitby Street, ZE1 1AA",
      own: [{ id: own, name: "Amina Okafor" }],
      detail: "rag",
      services: [
        expect.objectContaining({ service: "List advice service", recency: "0-3", next: "consult" }),
      ],
      colour: "amber",
    },
  ]);
  // Both sides have it on record, in the same transaction.
  const { looks } = await listLooks(giver.ctx, { clientId: given, before: null });
  expect(looks[0]).toMatchObject({ action: "sharing.listed", elsewhere: "List housing", people: 2 });
  expect((await listLooks(manager, { clientId: own, before: null })).looks[0]).toMatchObject({
    action: "sharing.list",
  });
  const officer = contextFor(db, await arrangeMember(db, asker.organisationId, ["officer"]));
  expect(await lookDigest(officer, dayOf(new Date()))).toMatchObject({
    ...{ looks: 0, unusual: [] },
    lists: [
      { level: "household", within: ["ZE1 1AA"], street: "Whitby Street", rows: 1, reason: "offer-help" },
    ],
  });
  const use = await db.administrator`
    select place, detail, member_group, looks from governance.agreement_use where agreement_id = ${id}`;
  expect([...use]).toEqual([{ place: "household", detail: "rag", memberGroup: "manager", looks: 1 }]);
  // Next door has nobody for the second need; the own record alone makes no row anywhere.
  expect((await makeList(manager, asking(id, { needs: ["FAM-01"] }))).rows).toEqual([]);
  expect((await makeList(manager, asking(id))).rows.map(({ place }) => place)).toEqual([
    "14 Whitby Street, ZE1 1AA",
    "16 Whitby Street, ZE1 1AA",
  ]);
});

test("below “needs” a list is asked for only by what the parties signed by name, and never by what is sensitive", async () => {
  const street = { ...HOME, address: "3 Rule Row" };
  await somebody(giver, street, ["MON-01", "MEN-01", "HOU-05"]);
  const ask = (agreementId: string, needs: string[], over: Partial<AskList> = {}) =>
    makeList(manager, asking(agreementId, { street: "Rule Row", needs, ...over }));
  const colour = await signed([cellFor("household", "rag")], { needs: ["*", "MON-01", "MEN"] });
  expect((await ask(colour, ["MON-01"])).rows).toHaveLength(1);
  expect((await ask(colour, ["*"])).rows).toHaveLength(1);
  for (const path of ["HOU-05", "HOU", "MEN", "MEN-01", "EMP"]) {
    await expect(ask(colour, [path])).rejects.toThrow("does not let you ask for one of these needs");
  }
  const needs = await signed([cellFor("household", "coded")], { needs: ["*", "MEN"] });
  const [row] = (await ask(needs, ["HOU-05"])).rows;
  // What was not asked for is not in the row, however much the cell would show.
  expect(row?.needs?.map(({ need, status }) => [need, status])).toEqual([["HOU-05", "new"]]);
  // A sensitive need waits for a yes or a duty, also where it may be asked for.
  expect((await ask(needs, ["MEN-01"])).rows).toEqual([]);

  const paths = ["*", "HOU", "HOU-05", "MON", "MON-01", "MEN", "MEN-01", "PHY", "PHY-08", "JUS-04"];
  for (const detail of ["rag", "coded"] as const) {
    for (const named of [["*"], ["MEN", "HOU-05"], ["PHY", "PHY-08"], ["*", "JUS-04", "MON-01"]]) {
      const cells = [cellFor("household", detail)];
      const id = await signed(cells, { needs: named });
      const rows = await db.administrator<{ path: string }[]>`
        select p.path from unnest(${paths}::text[]) as p (path)
        where exists (
          select from governance.list_criteria(${id}, 1::smallint, array[p.path]) as c
          where c.named or ${detail === "coded"})`;
      const askable = askablePaths({ cells, needs: named }, ["manager"], "household");
      expect(rows.map(({ path }) => path).sort()).toEqual(
        paths.filter((path) => askable.includes(path)).sort(),
      );
    }
  }
});

test("somebody who said no is in no list, and a list that shows them is gone from the open page", async () => {
  const given = await somebody(giver, { ...HOME, address: "1 Standing Street" }, ["MON-01"]);
  const id = await signed([cellFor("household", "known-to")]);
  const asked = () => asking(id, { street: "Standing Street" });
  const list = await makeList(manager, asked());
  expect(list.rows).toHaveLength(1);
  expect(list.rows[0]).not.toHaveProperty("colour");
  expect(await listStands(manager, list)).toEqual({ stands: true });
  expect(await listStands(asker.ctx, list)).toEqual({ stands: false });
  await say(giver.ctx, given, "declined");
  expect(await listStands(manager, list)).toEqual({ stands: false });
  expect((await makeList(manager, asked())).rows).toEqual([]);
});

test("where somebody lives who asked that use be held back is in no list, also under a duty to protect", async () => {
  const given = await somebody(giver, { ...HOME, address: "1 Held Street" }, ["MON-01"]);
  const id = await signed([cellFor("household", "known-to", { rests: "duty" })], {
    purposes: ["safeguarding"],
  });
  const rows = async () =>
    (await makeList(manager, asking(id, { street: "Held Street", purpose: "safeguarding" }))).rows;
  expect(await rows()).toHaveLength(1);
  await holdBack(db, giver, given);
  expect(await rows()).toEqual([]);
});

test("use held back ends a list that is open, by whichever record of the person at whoever gives or lists, and by no other’s", async () => {
  const home = { ...HOME, address: "51 Twin Row", givenName: "Ida", familyName: "Twin" };
  const held = await addPerson(giver, home);
  const other = await addPerson(giver, home);
  await logMore(giver, other.clientId, { entries: [anEntry({ need: "MON-01" })] });
  await makeOne(db, held, other);
  const own = await addPerson(asker, home);
  await makeOne(db, other, own);
  const id = await signed(
    (["household", "person"] as const).map((level) => cellFor(level, "known-to", { rests: "duty" })),
    { purposes: ["safeguarding"] },
  );
  const made = (level: ClosePlace) =>
    makeList(manager, asking(id, { level, street: "Twin Row", purpose: "safeguarding" }));
  const lists = [await made("household"), await made("person")];
  const stand = async () => {
    const answers = await Promise.all(lists.map(({ id }) => listStands(manager, { id })));
    return answers.map(({ stands }) => stands);
  };
  const lift = (hold: string) =>
    db.administrator`update governance.rights_hold set lifted_at = now() where id = ${hold}`;
  expect(lists.map(({ rows }) => rows)).toMatchObject([
    [{ own: [{ id: own.clientId, name: "Ida Twin" }] }],
    [{ own: [{ id: own.clientId, name: "Ida Twin" }] }],
  ]);
  // Who was asked somewhere else has nothing to do with this list, and is not told of.
  const third = await arrangeTeam(db, "List police");
  const elsewhere = await addPerson(third, home);
  await makeOne(db, own, elsewhere);
  await holdBack(db, third, elsewhere.clientId);
  expect(await stand()).toEqual([true, true]);

  const hold = await holdBack(db, asker, own.clientId);
  expect(await stand()).toEqual([false, false]);
  expect((await made("household")).rows).toEqual([]);
  expect((await made("person")).rows).toEqual([]);
  // Somebody else of the home is in the list as before, and the own client is not named beside them.
  await somebody(giver, { ...home, givenName: "Max", familyName: "Lodger" }, ["MON-01"]);
  expect((await made("household")).rows).toMatchObject([{ own: [] }]);
  await lift(hold);
  expect(await stand()).toEqual([true, true]);

  await holdBack(db, giver, held.clientId);
  expect(await stand()).toEqual([false, false]);
  expect((await made("person")).rows).toEqual([]);
});

test("a list answers no more finely than its level: a postcode whole, and a street whole", async () => {
  const at = { place: { kind: "postcode", postcode: "ZE1 1AB" }, address: "63 Fine Road" } as const;
  const given = await somebody(giver, at, ["MON-01"]);
  const id = await signed([cellFor("postcode", "known-to"), cellFor("street", "known-to")]);
  expect(() => asking(id, { level: "postcode", street: "Fine Road" })).toThrow("postcodes are listed whole");
  const places = async (over: Partial<AskList>) => {
    const { rows, within } = await makeList(
      manager,
      asking(id, { level: "street", street: "Fine Road", ...over }),
    );
    return { within, places: rows.map(({ place }) => place) };
  };
  const whole = { within: ["ZE1 1"], places: ["Fine Road, ZE1 1"] };
  for (const within of ["ZE1 1AB", "ZE1 1AA", "ZE1 1"])
    expect(await places({ within: [within] })).toEqual(whole);

  // Whatever the web hands over, the database keeps to the level: a street is answered by all of it.
  const beside = await somebody(giver, { ...at, place: { kind: "postcode", postcode: "ZE1 1AD" } }, []);
  const keysOf = async (clientId: string) => {
    const [keys] = await db.administrator<Record<"postcodeKey" | "streetKey" | "householdKey", Buffer>[]>`
      select postcode_key, street_key, household_key from identity.client_place where client_id = ${clientId}`;
    if (!keys) throw new Error("They live somewhere");
    return { postcodes: [keys.postcodeKey], streets: [keys.streetKey], homes: [keys.householdKey] };
  };
  const nowhere = { postcodes: null, streets: null, homes: null };
  const rowsAt = (level: "postcode" | "street", where: Partial<Record<keyof typeof nowhere, Buffer[]>>) =>
    inTransaction(manager, async (ctx) => {
      const ask = { ...asking(id, { level, street: null }), where: { ...nowhere, ...where }, action: null };
      return (await askDatabase(ctx, ask)).length;
    });
  const { postcodes, streets, homes } = await keysOf(given);
  expect(await rowsAt("postcode", { postcodes })).toBe(1);
  expect(await rowsAt("postcode", { postcodes, streets })).toBe(0);
  expect(await rowsAt("postcode", { postcodes, homes })).toBe(0);
  expect(await rowsAt("street", { streets, homes })).toBe(0);
  const { postcodes: others } = await keysOf(beside);
  expect(await rowsAt("street", { postcodes: others, streets })).toBe(1);
  expect(await rowsAt("street", { postcodes: others })).toBe(1);
});

test("a home that nobody outside may find is in no list, ends those that showed it, and comes back when it may be found", async () => {
  const refuge = { place: { kind: "postcode", postcode: "ZE2 9AA" }, address: "8 Refuge Row" } as const;
  const own = await addPerson(asker, { ...refuge, givenName: "Una", familyName: "Reed" });
  const given = await addPerson(giver, { ...refuge, givenName: "Una", familyName: "Reed" });
  await logMore(giver, given.clientId, { entries: [anEntry({ need: "MON-01" })] });
  await makeOne(db, own, given);
  await say(giver.ctx, given.clientId, "given");
  const levels = ["household", "street", "postcode", "person"] as const;
  const id = await signed(levels.map((level) => cellFor(level, "full", { rests: "consent" })));
  const made = (level: ClosePlace) =>
    makeList(
      manager,
      asking(id, { level, within: ["ZE2 9AA"], street: level === "postcode" ? null : "Refuge Row" }),
    );
  const rows = async () => {
    await db.administrator`delete from casework.throttle`;
    const lists: Awaited<ReturnType<typeof made>>[] = [];
    for (const level of levels) lists.push(await made(level));
    const names = lists.flatMap(({ rows }) =>
      rows.flatMap(({ people }) => people?.flatMap(({ familyName }) => familyName ?? []) ?? []),
    );
    return { lists, shown: names.filter((name) => name === "Reed").length };
  };
  const keep = (team: Team, clientId: string, to: boolean) =>
    editClient(team.ctx, {
      ...{ id: clientId, editId: uuidv7() },
      changes: [{ field: "homeIsSecret", from: !to, to }],
    });
  const before = await rows();
  expect(before.shown).toBe(levels.length);
  const [shown] = before.lists;
  if (!shown) throw new Error("There is a list");
  expect(await listStands(manager, { id: shown.id })).toEqual({ stands: true });

  await keep(giver, given.clientId, true);
  expect(await listStands(manager, { id: shown.id })).toEqual({ stands: false });
  const atIt = { ...{ listId: shown.id, row: 1, clientId: null, kind: "visit" as const, words: null } };
  const action = { ...atIt, id: uuidv7(), memberId: manager.actor.memberId, dueOn: dayOf(new Date()) };
  await expect(addListAction(manager, action)).rejects.toThrow("not shared any longer");
  expect((await rows()).shown).toBe(0);

  await keep(giver, given.clientId, false);
  expect((await rows()).shown).toBe(levels.length);
  // Their home is as secret where it is the asker's own record that says so.
  await keep(asker, own.clientId, true);
  expect((await made("person")).rows).toEqual([]);
});

test("a home kept secret on one record is secret on every record of the person", async () => {
  const home = { ...HOME, address: "6 Quiet Row", givenName: "Una", familyName: "Still" };
  const listed = await addPerson(giver, home);
  await logMore(giver, listed.clientId, { entries: [anEntry({ need: "MON-01" })] });
  const third = await arrangeTeam(db, "List refuge");
  const marked = await addPerson(third, home);
  await makeOne(db, listed, marked);
  const id = await signed([cellFor("household", "known-to")]);
  const made = () => makeList(manager, asking(id, { street: "Quiet Row" }));
  const list = await made();
  expect(list.rows).toHaveLength(1);
  await editClient(third.ctx, {
    ...{ id: marked.clientId, editId: uuidv7() },
    changes: [{ field: "homeIsSecret", from: false, to: true }],
  });
  expect(await listStands(manager, list)).toEqual({ stands: false });
  expect((await made()).rows).toEqual([]);
});

test("who has moved since a list was made is not found by it at their new home, and other changes end nothing", async () => {
  const given = await somebody(giver, { ...HOME, address: "2 Mover Mews" }, ["MON-01"]);
  const id = await signed([cellFor("household", "rag")]);
  const made = (street: string) => makeList(manager, asking(id, { street }));
  const list = await made("Mover Mews");
  const change = (...changes: ProfileChangeInput[]) =>
    editClient(giver.ctx, editClientSchema.parse({ id: given, editId: uuidv7(), changes }));
  const act = () =>
    addListAction(manager, {
      ...{ id: uuidv7(), listId: list.id, row: 1, clientId: null, kind: "visit", words: null },
      ...{ memberId: manager.actor.memberId, dueOn: dayOf(new Date()) },
    });
  await change(
    { field: "phone", from: null, to: "01632 960 123" },
    { field: "address", from: "2 Mover Mews", to: "2, MOVER MEWS" },
  );
  expect(await listStands(manager, list)).toEqual({ stands: true });
  await act();
  await change({ field: "address", from: "2, MOVER MEWS", to: "9 New Lane" });
  expect(await listStands(manager, list)).toEqual({ stands: false });
  await expect(act()).rejects.toThrow("not shared any longer");
  expect((await made("New Lane")).rows).toMatchObject([{ place: "9 New Lane, ZE1 1AA" }]);
});

test("a list of people is of one’s own clients alone, with what the agreement opens of one person", async () => {
  const home = { ...HOME, address: "9 Person Place" };
  const own = await addPerson(asker, { ...home, givenName: "Ivy", familyName: "Stone" });
  const given = await addPerson(giver, { givenName: "Ivy", familyName: "Stone", phone: "01632 960555" });
  await logMore(giver, given.clientId, { entries: [anEntry({ need: "MON-01", severity: "crisis" })] });
  await makeOne(db, own, given);
  // Known to the giver at the same home, and to nobody here.
  await somebody(giver, home, ["MON-01"]);
  const id = await signed([cellFor("person", "full", { rests: "consent" })]);
  const asked = () => asking(id, { level: "person", street: null });
  expect((await makeList(manager, asked())).rows).toEqual([]);
  await say(giver.ctx, given.clientId, "given");
  const { rows } = await makeList(manager, asked());
  expect(rows).toMatchObject([
    {
      own: [{ id: own.clientId, name: "Ivy Stone" }],
      detail: "full",
      colour: "red",
      needs: [{ need: "MON-01", status: "new" }],
      people: [{ givenName: "Ivy", familyName: "Stone", phone: "01632 960555", organisation: "List advice" }],
    },
  ]);
  expect(rows[0]).not.toHaveProperty("place");
});

test("a list of people ends for whom linking takes apart, and for whom nothing says exactly any longer that they are one", async () => {
  const id = await signed([cellFor("person", "coded")]);
  const person = async (address: string) => {
    const own = await addPerson(asker, { ...HOME, address });
    const given = await addPerson(giver, {});
    await logMore(giver, given.clientId, { entries: [anEntry({ need: "MON-01" })] });
    await makeOne(db, own, given);
    return { own: own.clientId, given: given.clientId };
  };
  const apart = await person("1 Apart Road");
  const unsaid = await person("1 Unsaid Road");
  const listOf = (street: string) => makeList(manager, asking(id, { level: "person", street }));
  const lists = [await listOf("Apart Road"), await listOf("Unsaid Road")];
  for (const list of lists) expect(await listStands(manager, list)).toEqual({ stands: true });
  const somebodyElse = await addPerson(giver, {});
  await db.administrator`
    update identity.client_person set person_id = (
      select person_id from identity.client_person where client_id = ${somebodyElse.clientId})
    where client_id = ${apart.given}`;
  await db.administrator`
    delete from identity.link_assertion
    where model = 'decision' and ${unsaid.own} in (client_id_a, client_id_b)`;
  for (const list of lists) expect(await listStands(manager, list)).toEqual({ stands: false });
});

test("what was written down of somebody by mistake and voided ends a list that showed it", async () => {
  const { clientId } = await addPerson(giver, { ...HOME, address: "1 Void Street" });
  const contact = await logMore(giver, clientId, { entries: [anEntry({ need: "MON-01" })] });
  const id = await signed([cellFor("household", "coded")]);
  const list = await makeList(manager, asking(id, { street: "Void Street" }));
  expect(await listStands(manager, list)).toEqual({ stands: true });
  await voidContact(giver.ctx, { id: contact.id, reason: "Somebody else" });
  expect(await listStands(manager, list)).toEqual({ stands: false });
});

test("the database stops at the numbers that the rules say", async () => {
  const [made] = await db.administrator<{ facts: string; list: string }[]>`
    select max(prosrc) filter (where proname = 'list_facts') as facts,
           max(prosrc) filter (where proname = 'make_list') as list
    from pg_proc where proname in ('list_facts', 'make_list')`;
  expect(made?.facts).toContain(`cardinality(asked) not between 1 and ${MOST_NEEDS} `);
  expect(made?.list).toContain(`most constant integer := ${MOST_ROWS};`);
});

test("the eleventh list within an hour is refused", async () => {
  const id = await signed([cellFor("postcode", "known-to")]);
  for (let turn = 0; turn < LISTS_AN_HOUR; turn += 1) {
    const { rows } = await makeList(manager, asking(id, { level: "postcode", street: null }));
    expect(rows.map(({ place }) => place)).toEqual(["ZE1 1AA"]);
  }
  await expect(makeList(manager, asking(id))).rejects.toThrow("10 lists within an hour");
});
